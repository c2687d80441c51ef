//! One table on one sheet.

use rust_xlsxwriter::{
    ConditionalFormatCell, ConditionalFormatCellRule, DataValidation, DataValidationRule, ExcelDateTime, Format, IgnoreError, Worksheet, XlsxError,
};

use super::super::workbook::{Cell, Content, Sheet};
use super::height::row_height;
use super::lists::Lists;
use super::names::cell_text;
use super::style::{GRADES, RESULTS, Styles, VERDICTS};
use rust_xlsxwriter::Color;

/// Least height of a row in which nobody writes, in points.
const ROW: f64 = 16.5;
/// Least height of a row in which somebody is to write, also by hand, in points.
const ROW_TO_FILL: f64 = 30.0;
/// A narrower column shows nothing.
const NARROWEST: f64 = 4.0;
/// Excel allows 255; a wider column than this fits no screen.
const WIDEST: f64 = 120.0;

/// Writes heads and rows, and sets up what helps to read and to fill them.
pub(super) fn write(worksheet: &mut Worksheet, sheet: &Sheet, styles: &Styles, lists: &mut Lists) -> Result<(), XlsxError> {
    let widths: Vec<f64> = sheet.columns.iter().map(|column| column.width.clamp(NARROWEST, WIDEST)).collect();
    for (index, (column, width)) in (0..).zip(sheet.columns.iter().zip(&widths)) {
        worksheet.set_column_width(index, *width)?;
        let head = if column.content == Content::Number { &styles.head_of_numbers } else { &styles.head };
        worksheet.write_string_with_format(0, index, cell_text(&column.head), head)?;
    }
    let heads = sheet.columns.iter().map(|column| column.head.as_str()).zip(widths.iter().map(|width| width - 3.0));
    worksheet.set_row_height(0, row_height(heads, 24.0, true, styles.size))?;

    // Where only a word is chosen nobody writes by hand.
    let to_fill = sheet.columns.iter().any(|column| column.on_paper && matches!(column.content, Content::Blank | Content::BlankDate));
    let least = if to_fill { ROW_TO_FILL } else { ROW };
    for (index, row) in (1..).zip(&sheet.rows) {
        let mut texts: Vec<(String, f64)> = Vec::new();
        for (place, (column, width)) in (0..).zip(sheet.columns.iter().zip(&widths)) {
            let cell = row.get(usize::from(place)).unwrap_or(&Cell::Empty);
            let text = write_cell(worksheet, (index, place), cell, format_of(&column.content, styles))?;
            if matches!(column.content, Content::Text | Content::Blank | Content::Choice(_)) {
                texts.extend(text.map(|text| (text, *width)));
            }
        }
        worksheet.set_row_height(index, row_height(texts.iter().map(|(text, width)| (text.as_str(), *width)), least, false, styles.size))?;
    }
    help(worksheet, sheet, lists)?;
    let frozen = sheet.frozen_columns.min(u16::try_from(sheet.columns.len()).unwrap_or(u16::MAX));
    worksheet.set_freeze_panes(1, frozen)?;
    Ok(())
}

fn format_of<'styles>(content: &Content, styles: &'styles Styles) -> &'styles Format {
    match content {
        Content::Text => &styles.text,
        Content::Word | Content::Grade | Content::Verdict => &styles.word,
        Content::Number => &styles.number,
        Content::Date => &styles.date,
        Content::Blank => &styles.blank,
        Content::Choice(_) => &styles.choice,
        Content::BlankDate => &styles.blank_date,
    }
}

/// Writes a cell; gives back its text, where it is one.
fn write_cell(worksheet: &mut Worksheet, (row, column): (u32, u16), cell: &Cell, format: &Format) -> Result<Option<String>, XlsxError> {
    match cell {
        Cell::Empty => worksheet.write_blank(row, column, format).map(|_| None),
        Cell::Number(number) => worksheet.write_number_with_format(row, column, *number, format).map(|_| None),
        Cell::Date(day) => match excel_day(*day) {
            Some(day) => worksheet.write_date_with_format(row, column, day, &format.clone().set_num_format("yyyy-mm-dd")).map(|_| None),
            None => worksheet.write_string_with_format(row, column, day.to_string(), format).map(|_| None),
        },
        Cell::Text(text) => {
            let text = cell_text(text);
            // A string cell is no formula; the mark keeps it from becoming one when somebody edits it.
            if text.starts_with(['=', '+', '-', '@']) {
                worksheet.write_string_with_format(row, column, &text, &format.clone().set_quote_prefix())?;
            } else {
                worksheet.write_string_with_format(row, column, &text, format)?;
            }
            Ok(Some(text))
        }
    }
}

/// A day as the program counts it; none before 1900.
fn excel_day(day: jiff::civil::Date) -> Option<ExcelDateTime> {
    let (year, month, day) = (u16::try_from(day.year()).ok()?, u8::try_from(day.month()).ok()?, u8::try_from(day.day()).ok()?);
    ExcelDateTime::from_ymd(year, month, day).ok().filter(|_| year >= 1900)
}

/// Filters, drop-downs, tones by words.
fn help(worksheet: &mut Worksheet, sheet: &Sheet, lists: &mut Lists) -> Result<(), XlsxError> {
    let (Ok(last), Ok(columns)) = (u32::try_from(sheet.rows.len()), u16::try_from(sheet.columns.len())) else { return Ok(()) };
    if last == 0 || columns == 0 {
        return Ok(());
    }
    worksheet.autofilter(0, 0, last, columns - 1)?;
    // "8.6" is the number of a clause; nobody wants to be told that it looks like a number.
    worksheet.ignore_error_range(0, 0, last, columns - 1, IgnoreError::NumberStoredAsText)?;
    for (index, column) in (0..).zip(&sheet.columns) {
        match &column.content {
            Content::Grade => colour(worksheet, index, last, GRADES.iter())?,
            Content::Verdict => colour(worksheet, index, last, VERDICTS.iter())?,
            Content::Choice(words) => {
                colour(worksheet, index, last, GRADES.iter().chain(&VERDICTS).chain(&RESULTS).filter(|(word, ..)| is_among(word, words)))?;
                worksheet.add_data_validation(1, index, last, index, &lists.choice(words)?)?;
            }
            Content::BlankDate => {
                worksheet.add_data_validation(1, index, last, index, &a_day()?)?;
            }
            _ => {}
        }
    }
    Ok(())
}

fn a_day() -> Result<DataValidation, XlsxError> {
    DataValidation::new()
        .allow_date(DataValidationRule::GreaterThanOrEqualTo(ExcelDateTime::from_ymd(2000, 1, 1)?))
        .set_error_title("Not a day")?
        .set_error_message("Write a day as year-month-day, such as 2026-03-25.")
}

fn is_among(word: &str, words: &[String]) -> bool {
    words.iter().any(|known| known.to_lowercase().replace('-', " ") == word.replace('-', " "))
}

fn colour<'tone>(worksheet: &mut Worksheet, column: u16, last: u32, tones: impl Iterator<Item = &'tone (&'tone str, u32, u32)>) -> Result<(), XlsxError> {
    for (word, ground, text) in tones {
        let format = Format::new().set_background_color(Color::RGB(*ground)).set_font_color(Color::RGB(*text));
        let mut spellings = vec![(*word).to_owned(), word.replace('-', " ")];
        spellings.dedup();
        for spelling in spellings {
            let rule = ConditionalFormatCell::new().set_rule(ConditionalFormatCellRule::EqualTo(spelling)).set_format(&format);
            worksheet.add_conditional_format(1, column, last, column, &rule)?;
        }
    }
    Ok(())
}
