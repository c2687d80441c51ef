//! CSV, with whatever separator the program of the person uses.

use std::collections::BTreeMap;

use super::FilledIn;
use super::table::{Answered, Grid};
use crate::documents::csv_delimiter;
use crate::vocabulary::{LineIndex, unguard_formula};

/// Reads a CSV text.
///
/// # Errors
/// In words: the line that cannot be read.
pub(super) fn read(text: &str, heads: &[&str]) -> Result<FilledIn, String> {
    let (delimiter, skipped) = csv_delimiter(text);
    let lines = LineIndex::new(text);
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).has_headers(false).from_reader(text[skipped..].as_bytes());
    let mut rows: Vec<(u32, BTreeMap<u32, Answered>)> = Vec::new();
    let mut names: Vec<String> = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| format!("it cannot be read as CSV: {error}"))?;
        let start = record.position().map_or(0, |position| usize::try_from(position.byte()).unwrap_or(0)) + skipped;
        let blank = text.as_bytes().get(start..).unwrap_or_default().iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        let line = lines.line(start + blank);
        let texts: Vec<String> = record.iter().map(|text| unguard_formula(text).replace("\r\n", "\n").trim().to_owned()).collect();
        if names.is_empty() && texts.iter().filter(|text| !text.is_empty()).count() >= heads.len() {
            names.clone_from(&texts);
        }
        if texts.iter().skip(names.len()).any(|text| !text.is_empty()) && !names.is_empty() {
            return Err(format!("line {line}: {} cells under {} columns; put quotation marks around cells that hold the separator", texts.len(), names.len()));
        }
        let cell = |(column, text): (usize, String)| {
            let name = names.get(column).map_or_else(|| (column + 1).to_string(), Clone::clone);
            (u32::try_from(column).unwrap_or(u32::MAX), Answered { text, place: format!("line {line}, column {name}"), ..Answered::default() })
        };
        let cells = texts.into_iter().enumerate().map(cell).collect();
        rows.push((line, cells));
    }
    let grid = Grid { name: String::new(), rows, place: |_, line| format!("line {line}") };
    Ok(FilledIn { tables: grid.table(heads).into_iter().collect(), ..FilledIn::default() })
}
