//! CSV: exports of ticket systems and the like, one record a row.

use super::defect::{Cause, Defect};
use super::document::{Document, Format};
use super::record::Record;
use crate::repository::RepoPath;
use crate::vocabulary::{Place, Spanned};
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
    let mut records = Vec::new();
    for row in reader.records() {
        let row = match row {
            Ok(row) => row,
            Err(error) => {
                let line = error.position().map_or(0, csv::Position::line);
                document.defects.push(Defect::new(Cause::NotUnderstood, Place::line(u32::try_from(line).unwrap_or(0)), format!("row cannot be read: {error}")));
                continue;
            }
        };
        let line = row.position().map_or(0, csv::Position::line);
        let at = Place::line(u32::try_from(line).unwrap_or(0));
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
