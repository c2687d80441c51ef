//! A deliverable as an Excel workbook: tables under styled heads, drop-downs, charts, print settings, and a hidden sheet
//! by which a filled-in one can be read back.

mod charts;
mod height;
mod lists;
mod names;
mod page;
mod style;
mod table;

use jiff::civil::Date;
use rust_xlsxwriter::{DocProperties, Workbook as File, Worksheet, XlsxError};

use super::headings::headings;
use super::house::HouseStyle;
use super::workbook::Workbook;
use crate::vocabulary::read_date;
use lists::Lists;
use names::Names;
use page::Page;
use style::Styles;

/// Height of a row and width of a column that nothing is said of, as the font of the workbook has them.
const ROW_PIXELS: u32 = 17;
const COLUMN_PIXELS: u32 = 64;
/// Size of letters, in points.
const SIZE: f64 = 10.0;
/// The same on a sheet of more rows than these.
const SIZE_OF_LONG: f64 = 9.0;
const LONG: usize = 50;
/// The hidden sheet of names and values.
const META: &str = "_meta";
/// The hidden sheet with the words of long drop-downs.
const LISTS: &str = "_lists";

/// A text as a cell of a handed-over table shows it.
pub fn shown_text(text: &str) -> String {
    names::cell_text(text)
}

/// The workbook's bytes; the same for the same tables.
///
/// # Errors
/// In words: a table that a workbook cannot hold.
pub(super) fn xlsx(workbook: &Workbook, house: &HouseStyle) -> Result<Vec<u8>, String> {
    let words = headings(house.language.as_deref())?.remove("common").unwrap_or_default();
    let page = Page::new(&workbook.title, value(workbook, "as_of"), house, &words);
    write(workbook, house, &page).map_err(|error| format!("the workbook cannot hold it: {error}"))
}

fn write(workbook: &Workbook, house: &HouseStyle, page: &Page) -> Result<Vec<u8>, XlsxError> {
    let mut file = File::new();
    file.set_properties(&properties(workbook, house));
    let (short, long) = (Styles::new(house, SIZE), Styles::new(house, SIZE_OF_LONG));
    // Widths of columns are counted in figures of this font; it must be one that programs have the measures of.
    file.set_default_format(&style::plain(), ROW_PIXELS, COLUMN_PIXELS)?;
    let mut names = Names::new(&[META, LISTS]);
    let mut lists = Lists::new();
    for sheet in &workbook.sheets {
        let name = names.legal(&sheet.name);
        let worksheet = file.add_worksheet();
        worksheet.set_name(&name)?;
        let styles = if sheet.rows.len() > LONG { &long } else { &short };
        table::write(worksheet, sheet, styles, &mut lists)?;
        charts::insert(worksheet, sheet, &name, styles)?;
        page.set_up(worksheet, sheet, &name, styles.size)?;
    }
    if workbook.sheets.is_empty() {
        // A workbook without a visible sheet opens nowhere.
        file.add_worksheet().set_name(names.legal(&workbook.title))?;
    }
    if !lists.is_empty() {
        lists.write(hidden(&mut file, LISTS)?)?;
    }
    let meta = hidden(&mut file, META)?;
    meta.set_column_width(0, 28)?.set_column_width(1, 60)?;
    for (row, (name, value)) in (0..).zip(&workbook.meta) {
        meta.write_string(row, 0, names::cell_text(name))?;
        meta.write_string(row, 1, names::cell_text(value))?;
    }
    file.save_to_buffer()
}

fn hidden<'file>(file: &'file mut File, name: &str) -> Result<&'file mut Worksheet, XlsxError> {
    let sheet = file.add_worksheet();
    sheet.set_name(name)?.set_hidden(true);
    Ok(sheet)
}

fn value<'book>(workbook: &'book Workbook, name: &str) -> Option<&'book str> {
    workbook.meta.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
}

/// The day of the assessment stands for the day of making: the program has no other clock.
fn properties(workbook: &Workbook, house: &HouseStyle) -> DocProperties {
    let day = value(workbook, "as_of").and_then(|text| read_date(text).day()).filter(|day| day.year() >= 1900);
    let day = day.unwrap_or(Date::constant(2000, 1, 1));
    let (year, month, of_month) = (u16::try_from(day.year()).unwrap_or(2000), u8::try_from(day.month()).unwrap_or(1), u8::try_from(day.day()).unwrap_or(1));
    let author = house.prepared_by.as_deref().or_else(|| value(workbook, "tool")).unwrap_or("clausewise");
    let mut properties = DocProperties::new().set_title(names::line(&workbook.title)).set_author(names::line(author));
    if let Some(standard) = value(workbook, "standard") {
        properties = properties.set_subject(names::line(standard));
    }
    if let Some(classification) = &house.classification {
        properties = properties.set_status(names::line(classification));
    }
    match rust_xlsxwriter::ExcelDateTime::from_ymd(year, month, of_month) {
        Ok(made) => properties.set_creation_datetime(&made),
        Err(_) => properties,
    }
}

#[cfg(test)]
mod tests;
