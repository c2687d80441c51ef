//! A deliverable's main table as CSV, safe to open in a spreadsheet.

use super::workbook::Workbook;
use crate::vocabulary::{guard_formula, sanitize_name};

/// The sheet that is the register, every field quoted. A cell that a spreadsheet would take for a formula gets an
/// apostrophe in front, unless it is wanted raw.
///
/// # Errors
/// In words; none is known for tables in memory.
pub(super) fn csv(workbook: &Workbook, raw: bool) -> Result<String, String> {
    let sheet = workbook.sheets.iter().find(|sheet| sheet.is_register).ok_or("no sheet is the register")?;
    let mut writer = csv::WriterBuilder::new().quote_style(csv::QuoteStyle::Always).from_writer(Vec::new());
    let guarded = |text: &str| {
        let lines: Vec<String> = text.replace("\r\n", "\n").replace('\t', " ").split('\n').map(sanitize_name).collect();
        let clean = lines.join("\n");
        if raw { clean } else { guard_formula(&clean) }
    };
    let failed = |error: csv::Error| error.to_string();
    writer.write_record(sheet.columns.iter().map(|column| guarded(&column.head))).map_err(failed)?;
    for row in &sheet.rows {
        writer.write_record(row.iter().map(|cell| guarded(&cell.shown()))).map_err(failed)?;
    }
    let bytes = writer.into_inner().map_err(|error| error.to_string())?;
    String::from_utf8(bytes).map_err(|error| error.to_string())
}
