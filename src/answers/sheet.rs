//! Cells of a spreadsheet, whichever program saved it.

use std::collections::BTreeMap;

use calamine::{Data, ExcelDateTime};
use jiff::civil::Date;

use super::day::day_of_serial;
use super::table::{Answered, Grid};
use crate::vocabulary::key_of;

/// The most rows, columns and letters that are read from one workbook.
pub(super) const ROWS: u32 = 100_000;
/// Columns beyond this are nobody's answers.
pub(super) const COLUMNS: u32 = 500;
const LETTERS: usize = 64 * 1024 * 1024;

/// Cells of one sheet as they come.
pub(super) struct Cells {
    name: String,
    rows: BTreeMap<u32, BTreeMap<u32, Answered>>,
    letters: usize,
}

impl Cells {
    /// None yet.
    pub(super) fn new(name: &str) -> Self {
        Self { name: name.to_owned(), rows: BTreeMap::new(), letters: 0 }
    }

    /// Takes up a cell.
    ///
    /// # Errors
    /// In words, if there are more than any checklist has.
    pub(super) fn add(&mut self, row: u32, column: u32, data: &Data) -> Result<(), String> {
        let (text, day) = match data {
            Data::Empty => return Ok(()),
            Data::DateTime(moment) => match day_of(moment) {
                Some(day) => (day.to_string(), Some(day)),
                None => (moment.as_f64().to_string(), None),
            },
            Data::Float(number) => (number.to_string(), None),
            // A day or moment of an OpenDocument sheet; the reader of days knows its form.
            other => (other.to_string(), None),
        };
        if column >= COLUMNS {
            return Ok(());
        }
        if row >= ROWS {
            return Err(format!("the sheet {} has more than {ROWS} rows; no checklist has", self.name));
        }
        let text = text.replace("\r\n", "\n").replace("_x000D_", "").trim().to_owned();
        self.letters += text.len();
        if self.letters > LETTERS {
            return Err(format!("the sheet {} holds more text than any checklist", self.name));
        }
        let is_error = matches!(data, Data::Error(_));
        self.rows.entry(row).or_default().insert(column, Answered { text, day, is_error, ..Answered::default() });
        Ok(())
    }

    /// Spreads what stands in merged cells over the rows below it: who merges four cells of a column says one thing of
    /// four rows. Never in the column of ids. Says whether there were any.
    pub(super) fn spread(&mut self, merged: &[calamine::Dimensions], wanted: &[&str]) -> bool {
        let id = wanted.first().map(|head| key_of(head)).unwrap_or_default();
        let ids: Vec<u32> = self.rows.values().flatten().filter(|(_, cell)| key_of(&cell.text) == id).map(|(column, _)| *column).collect();
        let mut spread = false;
        for region in merged.iter().filter(|region| region.end.0 > region.start.0 && !ids.contains(&region.start.1)) {
            let ((top, left), bottom) = (region.start, region.end.0);
            let Some(cell) = self.rows.get(&top).and_then(|row| row.get(&left)).cloned() else { continue };
            for row in (top + 1)..=bottom.min(top.saturating_add(2_000)) {
                // Only where a row is: merged emptiness below the table is no answer.
                if let Some(cells) = self.rows.get_mut(&row) {
                    cells.entry(left).or_insert_with(|| cell.clone());
                    spread = true;
                }
            }
        }
        spread
    }

    /// The same as rows.
    pub(super) fn grid(self) -> Grid {
        let rows = self.rows.into_iter().map(|(row, cells)| (row + 1, cells)).collect();
        let place = |name: &str, row: u32, cell: Option<(u32, &str)>| match cell {
            Some((column, _)) => format!("sheet {name}, cell {}", address(row.saturating_sub(1), column)),
            None => format!("sheet {name}, row {row}"),
        };
        Grid { name: self.name, rows, place }
    }

    /// The first two columns as names and values.
    pub(super) fn pairs(self) -> Vec<(String, String)> {
        let text = |cells: &BTreeMap<u32, Answered>, column: u32| cells.get(&column).map(|cell| cell.text.clone()).unwrap_or_default();
        self.rows.values().map(|cells| (text(cells, 0), text(cells, 1))).filter(|(name, _)| !name.is_empty()).collect()
    }
}

fn day_of(moment: &ExcelDateTime) -> Option<Date> {
    // Beyond this the calendar of spreadsheets ends, and the library reckons no further.
    if !(1.0..2_958_466.0).contains(&moment.as_f64()) {
        return None;
    }
    let (year, month, day, ..) = moment.to_ymd_hms_milli();
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok().or_else(|| day_of_serial(moment.as_f64()))
}

/// `H12`.
fn address(row: u32, column: u32) -> String {
    let mut letters = String::new();
    let mut rest = column + 1;
    while rest > 0 {
        letters.insert(0, char::from(b'A' + u8::try_from((rest - 1) % 26).unwrap_or(0)));
        rest = (rest - 1) / 26;
    }
    format!("{letters}{}", row + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_have_addresses() {
        assert_eq!([(0, 0), (11, 7), (0, 25), (0, 26), (2, 702)].map(|(row, column)| address(row, column)), ["A1", "H12", "Z1", "AA1", "AAA3"]);
    }
}
