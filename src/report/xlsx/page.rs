//! A sheet on paper: landscape A4, as wide as one page, the head on each, and lines that say what it is.

use std::collections::BTreeMap;

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::super::house::HouseStyle;
use super::super::workbook::Sheet;
use super::names::line;

/// Excel's number for A4.
const A4: u8 = 9;

/// Width of columns for each point of the size of their letters that can still be read on one page: printed, letters are
/// then a little higher than six points.
const READABLE: f64 = 24.2;
/// Width of what a page holds, of one unit of column width, and of the white in a column, in points.
const PAPER: f64 = 784.0;
const UNIT: f64 = 5.25;
const WHITE: f64 = 3.75;
/// Another program reckons columns a little wider.
const SPARE: f64 = 0.93;

/// What stands above and below every page.
pub(super) struct Page {
    title: String,
    below: String,
}

impl Page {
    /// For a title and the day of the assessment, in the words of a language.
    pub(super) fn new(title: &str, as_of: Option<&str>, house: &HouseStyle, words: &BTreeMap<String, String>) -> Self {
        let word = |key: &str, fallback: &str| words.get(key).map_or_else(|| fallback.to_owned(), |word| coded(word));
        let day = as_of.map(|day| format!("{} {}", word("as_of", "As of"), coded(day).trim())).unwrap_or_default();
        let kept = house.classification.as_deref().map(coded).unwrap_or_default();
        Self { title: coded(title), below: format!("&L&8{day}&C&8{kept}&R&8{} &P {} &N", word("page", "Page"), word("of", "of")) }
    }

    /// Sets up a sheet for paper, whose letters have a size.
    pub(super) fn set_up(&self, worksheet: &mut Worksheet, sheet: &Sheet, name: &str, size: f64) -> Result<(), XlsxError> {
        worksheet.set_landscape().set_paper_size(A4).set_margins(0.4, 0.4, 0.65, 0.6, 0.3, 0.3);
        let printed = printed(sheet);
        let pages = pages(&printed, usize::from(sheet.frozen_columns), READABLE * size);
        if pages.len() > 1 {
            // A whole number of pages for the width would cut between any two columns; so the scale is said and the cuts are.
            let widest = pages.iter().map(|page| points(page.width, page.columns)).fold(0.0, f64::max);
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 10 and 100")]
            worksheet.set_print_scale((PAPER * SPARE / widest * 100.0).floor().clamp(10.0, 100.0) as u16);
            let breaks: Vec<u32> = pages.iter().skip(1).filter_map(|page| u32::try_from(page.first).ok()).collect();
            worksheet.set_vertical_page_breaks(&breaks)?;
        } else {
            worksheet.set_print_fit_to_pages(1, 0);
        }
        if let (Ok(columns @ 1..), Ok(rows), true) = (u16::try_from(printed.len()), u32::try_from(sheet.rows.len()), sheet.charts.is_empty()) {
            worksheet.set_print_area(0, 0, if sheet.off_paper.is_empty() { rows } else { 0 }, columns - 1)?;
        }
        if !sheet.columns.is_empty() && sheet.off_paper.is_empty() {
            worksheet.set_repeat_rows(0, 0)?;
        }
        if pages.len() > 1 && sheet.frozen_columns > 0 {
            // Whoever fills in the second page by hand must see which row it is.
            worksheet.set_repeat_columns(0, sheet.frozen_columns - 1)?;
        }
        let said = if sheet.off_paper.is_empty() { coded(name) } else { format!("{}: {}", coded(name), coded(&sheet.off_paper)) };
        worksheet.set_header(format!("&L&8{}&R&8{said}", self.title)).set_footer(&self.below);
        Ok(())
    }
}

/// Widths of the columns that are printed: all up to the last one that people need.
fn printed(sheet: &Sheet) -> Vec<f64> {
    let last = sheet.columns.iter().rposition(|column| column.on_paper).map_or(0, |last| last + 1);
    sheet.columns[..last].iter().map(|column| column.width).collect()
}

/// Columns that stand side by side on a page, those that are on every page included.
#[derive(Clone, Copy, Debug, PartialEq)]
struct PageOfColumns {
    first: usize,
    columns: usize,
    width: f64,
}

/// Columns as pages hold them, none wider than can be read; the leading columns stand on each.
fn pages(widths: &[f64], leading: usize, readable: f64) -> Vec<PageOfColumns> {
    let leading = leading.min(widths.len());
    let always: f64 = widths[..leading].iter().sum();
    let mut pages = vec![PageOfColumns { first: 0, columns: 0, width: 0.0 }];
    for (at, width) in widths.iter().enumerate() {
        let Some(page) = pages.last_mut() else { break };
        if page.width + width > readable && at > leading && page.columns > leading {
            pages.push(PageOfColumns { first: at, columns: leading + 1, width: always + width });
        } else {
            page.columns += 1;
            page.width += width;
        }
    }
    pages
}

fn points(width: f64, columns: usize) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "a few columns")]
    let white = WHITE * columns as f64;
    width * UNIT + white
}

/// Text as head and foot lines take it: `&` begins a code, and the whole line holds 255 characters.
fn coded(text: &str) -> String {
    let short: String = line(text).chars().take(60).collect();
    let doubled = short.replace('&', "&&");
    // A figure right after the size of the letters would make another size.
    if doubled.starts_with(|character: char| character.is_ascii_digit()) { format!("\u{a0}{doubled}") } else { doubled }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_be_read_on_one_page_stays_there_and_the_rest_keeps_its_leading_columns() {
        assert_eq!(pages(&[10.0, 100.0, 100.0], 1, 242.0).len(), 1);
        let found = pages(&[10.0, 100.0, 100.0, 60.0, 150.0], 1, 242.0);
        assert_eq!(found.iter().map(|page| (page.first, page.columns)).collect::<Vec<_>>(), [(0, 3), (3, 3)]);
        assert_eq!(pages(&[300.0, 300.0], 1, 242.0).len(), 1, "one column beside the leading one is the least");
        assert_eq!(pages(&[], 1, 242.0).len(), 1);
    }
}
