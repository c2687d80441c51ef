//! A sheet on paper: landscape A4, as wide as one page, the head on each, and lines that say what it is.

use std::collections::BTreeMap;

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::super::house::HouseStyle;
use super::super::workbook::Sheet;
use super::names::line;

/// Excel's number for A4.
const A4: u8 = 9;

/// As many characters side by side are still readable on one page.
const READABLE: f64 = 240.0;

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

    /// Sets up a sheet for paper.
    pub(super) fn set_up(&self, worksheet: &mut Worksheet, sheet: &Sheet, name: &str) -> Result<(), XlsxError> {
        let pages = pages_wide(sheet);
        worksheet.set_landscape().set_paper_size(A4).set_print_fit_to_pages(pages, 0).set_margins(0.4, 0.4, 0.65, 0.6, 0.3, 0.3);
        if !sheet.columns.is_empty() {
            worksheet.set_repeat_rows(0, 0)?;
        }
        if pages > 1 && sheet.frozen_columns > 0 {
            // Whoever fills in the second page by hand must see which row it is.
            worksheet.set_repeat_columns(0, sheet.frozen_columns - 1)?;
        }
        worksheet.set_header(format!("&L&8{}&R&8{}", self.title, coded(name))).set_footer(&self.below);
        Ok(())
    }
}

/// One page wide; two, with the leading columns on both, where one could be read with a magnifying glass only.
fn pages_wide(sheet: &Sheet) -> u16 {
    let width: f64 = sheet.columns.iter().map(|column| column.width).sum();
    if width > READABLE { 2 } else { 1 }
}

/// Text as head and foot lines take it: `&` begins a code, and the whole line holds 255 characters.
fn coded(text: &str) -> String {
    let short: String = line(text).chars().take(60).collect();
    let doubled = short.replace('&', "&&");
    // A figure right after the size of the letters would make another size.
    if doubled.starts_with(|character: char| character.is_ascii_digit()) { format!("\u{a0}{doubled}") } else { doubled }
}
