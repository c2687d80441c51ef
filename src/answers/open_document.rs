//! OpenDocument spreadsheets, as LibreOffice saves them.

use std::io::Cursor;

use calamine::{Ods, Reader};
use regex::Regex;

use super::FilledIn;
use super::package::archive_says;
use super::sheet::Cells;
use super::workbook::META;

/// The most cells that a sheet may come to when its repetitions are written out.
const CELLS: u64 = 4_000_000;

/// Reads every sheet.
///
/// # Errors
/// In words: what cannot be read.
pub(super) fn read(bytes: &[u8], heads: &[&str]) -> Result<FilledIn, String> {
    let content = archive_says(bytes, "content.xml").ok_or("the workbook cannot be read: its text is no UTF-8")?;
    if expanded(&content)? > CELLS {
        return Err("the workbook repeats cells beyond what any checklist has; save it as .xlsx".to_owned());
    }
    drop(content);
    let damaged = |error: calamine::OdsError| format!("the workbook cannot be read: {error}");
    let mut file: Ods<_> = Ods::new(Cursor::new(bytes)).map_err(damaged)?;
    let mut filled_in = FilledIn::default();
    for name in file.sheet_names() {
        let range = file.worksheet_range(&name).map_err(damaged)?;
        let (top, left) = range.start().unwrap_or_default();
        let mut cells = Cells::new(&name);
        for (row, column, data) in range.used_cells() {
            cells.add(top + u32::try_from(row).unwrap_or(u32::MAX), left + u32::try_from(column).unwrap_or(u32::MAX), data)?;
        }
        if name == META {
            filled_in.meta = cells.pairs();
        } else {
            filled_in.take(cells.grid(), heads);
        }
    }
    Ok(filled_in)
}

/// How many cells the text comes to: a row or cell may be there once and count a million times. What is empty to the
/// right of all, or below all, counts nothing.
fn expanded(content: &str) -> Result<u64, String> {
    let tag = r"<(/?)table:(table-row|table-cell|covered-table-cell)\b([^>]*?)(/?)>";
    let tags = Regex::new(tag).map_err(|error| error.to_string())?;
    let repeated = Regex::new(r#"number-(?:rows|columns)-repeated\s*=\s*["']\s*(\d+)"#).map_err(|error| error.to_string())?;
    let times = |attributes: &str| repeated.captures(attributes).map_or(1, |found| found[1].parse().unwrap_or(u64::MAX).min(1 << 24));
    let (mut total, mut rows, mut pending_rows, mut cells, mut filled) = (0_u64, 1, 0_u64, 0_u64, 0_u64);
    let mut widest = 0;
    for found in tags.captures_iter(content) {
        let (closes, empty) = (!found[1].is_empty(), !found[4].is_empty());
        match (&found[2], closes) {
            ("table-row", false) => (rows, cells, filled) = (times(&found[3]), 0, 0),
            ("table-row", true) => {
                widest = widest.max(filled);
                if filled > 0 {
                    // Empty rows between filled ones are written out too.
                    total = total.saturating_add((rows + pending_rows).saturating_mul(widest));
                    pending_rows = 0;
                } else {
                    pending_rows = pending_rows.saturating_add(rows);
                }
            }
            (_, false) => {
                cells = cells.saturating_add(times(&found[3]));
                if !empty || found[3].contains("value") {
                    filled = cells;
                }
            }
            _ => {}
        }
    }
    Ok(total)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repetitions_are_counted_where_something_stands() {
        let row = |attributes: &str, cells: &str| format!("<table:table-row {attributes}>{cells}</table:table-row>");
        let filled = r#"<table:table-cell office:value-type="string"><text:p>x</text:p></table:table-cell>"#;
        assert_eq!(expanded(&row("", &filled.repeat(3))), Ok(3));
        let trailing = r#"<table:table-cell table:number-columns-repeated="16000"/>"#;
        assert_eq!(expanded(&row("", &format!("{filled}{trailing}"))), Ok(1));
        assert_eq!(expanded(&row("", &format!("{trailing}{filled}"))), Ok(16_001));
        assert_eq!(expanded(&row(r#"table:number-rows-repeated="1048000""#, trailing)), Ok(0));
        assert_eq!(expanded(&row(r#"table:number-rows-repeated="1048000""#, filled)), Ok(1_048_000));
    }
}
