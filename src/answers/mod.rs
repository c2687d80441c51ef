//! Tables that people filled in and hand back: workbooks, CSV, Markdown. Gives every row with its place and the text under
//! each head. Knows nothing of what the rows are about.
//!
//! What comes in is foreign: nothing is unpacked to disk, sizes are limited, and whatever cannot be read is said in words.

mod comma;
mod day;
mod encoding;
mod markdown;
mod open_document;
mod package;
mod sheet;
mod table;
mod workbook;

pub use day::read_answered_day;
pub use table::{Answered, Table, TableRow};

use package::Package;

/// The most that a file may hold.
pub const FILE_BYTES: usize = 32 * 1024 * 1024;

/// What a filled-in file holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FilledIn {
    /// Its tables with the heads that were looked for.
    pub tables: Vec<Table>,
    /// Names and values of its hidden sheet, where it has one.
    pub meta: Vec<(String, String)>,
    /// Its title, where it has one.
    pub title: Option<String>,
    /// Whether texts are as they were written; Markdown says the same in other characters.
    pub is_exact: bool,
    /// Sheets without the heads that were looked for, and in how many of their rows something is filled in.
    pub passed_over: Vec<(String, usize)>,
    /// What a reader should know of how it was read.
    pub remarks: Vec<String>,
}

impl FilledIn {
    /// Takes up the table of a sheet, or that it has none.
    fn take(&mut self, grid: table::Grid, heads: &[&str]) {
        let (name, filled) = (grid.name.clone(), grid.filled());
        match grid.table(heads) {
            Some(table) => self.tables.push(table),
            None => self.passed_over.push((name, filled)),
        }
    }
}

/// Reads a filled-in file: which kind it is, its bytes tell, and its name where they do not. Tables are found by a row
/// that has all the heads looked for, compared case and separators aside; the first of them names the column that is
/// never spread over merged cells.
///
/// # Errors
/// In words: why the file cannot be read, and what to do about it.
pub fn read_answers(name: &str, bytes: &[u8], heads: &[&str]) -> Result<FilledIn, String> {
    if bytes.is_empty() {
        return Err("the file is empty".to_owned());
    }
    if bytes.len() > FILE_BYTES {
        return Err(format!("the file is larger than {} MiB; no checklist is", FILE_BYTES / 1024 / 1024));
    }
    let ending = name.rsplit('.').next().unwrap_or_default().to_lowercase();
    let mut is_markdown = false;
    let mut filled_in = if bytes.starts_with(b"PK") {
        match package::inspect(bytes)? {
            Package::Excel => workbook::read(bytes, heads)?,
            Package::OpenDocument => open_document::read(bytes, heads)?,
        }
    } else if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
        return Err("a workbook of an old kind (.xls), or one with a password; save it as .xlsx without a password".to_owned());
    } else if bytes.starts_with(b"%PDF") {
        return Err("a PDF; answers are read from .xlsx, .ods, .csv and .md".to_owned());
    } else {
        let (text, remark) = encoding::decode(bytes)?;
        is_markdown = ending == "md" || ending == "markdown";
        let mut filled_in = if is_markdown { markdown::read(&text, heads) } else { comma::read(&text, heads)? };
        filled_in.remarks.extend(remark);
        filled_in
    };
    filled_in.is_exact = !is_markdown;
    if filled_in.tables.is_empty() {
        let heads: Vec<String> = heads.iter().map(|head| format!("`{head}`")).collect();
        return Err(format!("no table with the columns {} is in it; import a checklist that clausewise wrote", heads.join(" and ")));
    }
    Ok(filled_in)
}

#[cfg(test)]
mod tests;
