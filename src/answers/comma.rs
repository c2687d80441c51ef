//! CSV, with whatever separator the program of the person uses.

use std::collections::BTreeMap;

use super::FilledIn;
use super::table::{Answered, Grid};
use crate::documents::csv_delimiter;
use crate::vocabulary::{LineIndex, unguard_formula};

/// Separators that programs use.
const SEPARATORS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// Reads a CSV text.
///
/// # Errors
/// In words: the line that cannot be read.
pub(super) fn read(text: &str, heads: &[&str]) -> Result<FilledIn, String> {
    let (likely, skipped) = csv_delimiter(text);
    // A line above the heads may hold another character more often.
    let others = SEPARATORS.into_iter().filter(|separator| *separator != likely);
    for separator in std::iter::once(likely).chain(others) {
        if let Some(table) = separated(text, skipped, separator)?.table(heads) {
            // Whatever stands right of the last head stands under the wrong one.
            return match table.too_long() {
                Some(place) => Err(format!("{place}: more cells than columns; put quotation marks around cells that hold the separator")),
                None => Ok(FilledIn { tables: vec![table], ..FilledIn::default() }),
            };
        }
    }
    Ok(FilledIn::default())
}

fn separated(text: &str, skipped: usize, separator: u8) -> Result<Grid, String> {
    let lines = LineIndex::new(text);
    let mut reader = csv::ReaderBuilder::new().delimiter(separator).flexible(true).has_headers(false).from_reader(&text.as_bytes()[skipped..]);
    let mut rows: Vec<(u32, BTreeMap<u32, Answered>)> = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| format!("it cannot be read as CSV: {error}"))?;
        let start = record.position().map_or(0, |position| usize::try_from(position.byte()).unwrap_or(0)) + skipped;
        let blank = text.as_bytes().get(start..).unwrap_or_default().iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        let line = lines.line(start + blank);
        let texts = record.iter().map(|text| unguard_formula(text).replace("\r\n", "\n").trim().to_owned());
        let cells = (0..).zip(texts).map(|(column, text)| (column, Answered { text, ..Answered::default() })).collect();
        rows.push((line, cells));
    }
    Ok(Grid { name: String::new(), rows, place: line_of })
}

/// The place of a row or cell in a text.
pub(super) fn line_of(_: &str, line: u32, cell: Option<(u32, &str)>) -> String {
    match cell {
        Some((_, head)) if !head.is_empty() => format!("line {line}, column {head}"),
        Some((column, _)) => format!("line {line}, column {}", column + 1),
        None => format!("line {line}"),
    }
}
