//! A deliverable's main table as CSV, safe to open in a spreadsheet.

use super::workbook::Workbook;
use crate::vocabulary::sanitize;

/// First characters by which a spreadsheet takes a cell for a formula; the full-width ones too.
const FORMULA: [char; 10] = ['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'];

/// The sheet that is the register, every field quoted. A cell that a spreadsheet would take for a formula gets an
/// apostrophe in front, unless it is wanted raw.
///
/// # Errors
/// In words; none is known for tables in memory.
pub(super) fn csv(workbook: &Workbook, raw: bool) -> Result<String, String> {
    let sheet = workbook.sheets.iter().find(|sheet| sheet.is_register).ok_or("no sheet is the register")?;
    let mut writer = csv::WriterBuilder::new().quote_style(csv::QuoteStyle::Always).from_writer(Vec::new());
    let guarded = |text: &str| {
        let clean: Vec<String> = text.lines().map(sanitize).collect();
        let clean = clean.join("\n");
        if !raw && clean.trim_start().starts_with(FORMULA) { format!("'{clean}") } else { clean }
    };
    let failed = |error: csv::Error| error.to_string();
    writer.write_record(sheet.columns.iter().map(|column| guarded(&column.head))).map_err(failed)?;
    for row in &sheet.rows {
        writer.write_record(row.iter().map(|cell| guarded(&cell.shown()))).map_err(failed)?;
    }
    let bytes = writer.into_inner().map_err(|error| error.to_string())?;
    String::from_utf8(bytes).map_err(|error| error.to_string())
}
