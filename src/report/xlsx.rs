//! A deliverable as an Excel workbook.

use super::house::HouseStyle;
use super::workbook::Workbook;

/// The workbook's bytes; the same for the same tables.
///
/// # Errors
/// In words: a table that a workbook cannot hold.
pub(super) fn xlsx(_workbook: &Workbook, _house: &HouseStyle) -> Result<Vec<u8>, String> {
    Err("no workbook yet".to_owned())
}
