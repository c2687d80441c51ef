//! CSV: exports of ticket systems and the like, one record a row.

use super::defect::{Cause, Defect};
use super::document::{Document, Format};
use super::record::Record;
use crate::repository::RepoPath;
use crate::vocabulary::{LineIndex, Place, Spanned};
use crate::yaml::Node;

/// Reads a CSV file whose first row names the columns.
pub(super) fn read(path: RepoPath, text: &str) -> Document {
    let mut document = Document::new(path, Format::Csv);
    let first = text.lines().next().unwrap_or_default();
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter_of(first)).flexible(true).trim(csv::Trim::All).from_reader(text.as_bytes());
    let header: Vec<String> = match reader.headers() {
        Ok(header) => header.iter().map(str::to_owned).collect(),
        Err(error) => {
            document.defects.push(Defect::new(Cause::NotRead, Place::line(1), format!("the header row cannot be read: {error}")));
            return document;
        }
    };
    // The reader counts other line ends than everybody else does; its byte offsets are exact.
    let lines = LineIndex::new(text);
    let line_at = |offset: u64| {
        let start = usize::try_from(offset).unwrap_or(0).min(text.len());
        let ends = text.as_bytes()[start..].iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        lines.line(start + ends)
    };
    let mut records = Vec::new();
    for row in reader.records() {
        let row = match row {
            Ok(row) => row,
            Err(error) => {
                let line = error.position().map_or(0, |position| line_at(position.byte()));
                document.defects.push(Defect::new(Cause::NotUnderstood, Place::line(line), format!("row cannot be read: {error}")));
                continue;
            }
        };
        let at = Place::line(row.position().map_or(0, |position| line_at(position.byte())));
        if row.len() > header.len() {
            let message = format!("{} cells under {} columns; put quotes around cells that hold the separator", row.len(), header.len());
            document.defects.push(Defect::new(Cause::NotUnderstood, at, message));
        }
        document.words += row.len();
        let pairs = header.iter().zip(row.iter()).map(|(name, cell)| (Spanned::new(name.clone(), at), Node::text(cell, at))).collect();
        records.push(Record::from_pairs(pairs, at));
    }
    document.lists.push((String::new(), records));
    document
}

/// The separator that the header row uses most.
fn delimiter_of(header: &str) -> u8 {
    [b',', b';', b'\t', b'|'].into_iter().max_by_key(|delimiter| (header.bytes().filter(|byte| byte == delimiter).count(), *delimiter == b',')).unwrap_or(b',')
}
