//! A table as it was filled in: heads, rows, and where each cell stands.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::vocabulary::key_of;

/// A table that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// Name of the sheet, or the heading above; empty in a CSV file.
    pub name: String,
    /// Its heads as written, left to right.
    pub heads: Vec<String>,
    /// Its rows that hold something, top to bottom.
    pub rows: Vec<TableRow>,
}

/// One row.
#[derive(Clone, Debug, PartialEq)]
pub struct TableRow {
    /// Where it stands: `sheet Checklist, row 12`, `line 40`.
    pub place: String,
    cells: BTreeMap<String, Answered>,
}

/// What stands in a cell.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answered {
    /// Its text, without blanks around it.
    pub text: String,
    /// The day, where the file says that it is one.
    pub day: Option<Date>,
    /// Whether a formula failed in it.
    pub is_error: bool,
    /// Where it stands: `sheet Checklist, cell H12`, `line 40, column Date`.
    pub place: String,
}

impl TableRow {
    /// A row of cells under keys of heads.
    pub(super) fn new(place: String, cells: BTreeMap<String, Answered>) -> Self {
        Self { place, cells }
    }

    /// The cell under a head; none where the table has no such column.
    pub fn cell(&self, head: &str) -> Option<&Answered> {
        self.cells.get(&key_of(head))
    }

    /// The text under a head; empty where there is none.
    pub fn text(&self, head: &str) -> &str {
        self.cell(head).map_or("", |cell| cell.text.as_str())
    }
}

/// Cells with their places, as every reader gives them: row by row.
pub(super) struct Grid {
    /// Name of the sheet or heading.
    pub(super) name: String,
    /// Rows in order, each with its number or line and its cells by column.
    pub(super) rows: Vec<(u32, BTreeMap<u32, Answered>)>,
    /// The place of a row, in words.
    pub(super) place: fn(&str, u32) -> String,
}

/// How far down the heads may stand: people put a title above.
const HEADS_WITHIN: usize = 40;

impl Grid {
    /// The table in it, where a row has all the heads.
    pub(super) fn table(self, wanted: &[&str]) -> Option<Table> {
        let keys: Vec<String> = wanted.iter().map(|head| key_of(head)).collect();
        let is_head = |cells: &BTreeMap<u32, Answered>| keys.iter().all(|key| cells.values().any(|cell| key_of(&cell.text) == *key));
        let head = self.rows.iter().take(HEADS_WITHIN).position(|(_, cells)| is_head(cells))?;
        let heads: BTreeMap<u32, String> = self.rows[head].1.iter().map(|(column, cell)| (*column, cell.text.clone())).collect();
        let mut keyed: BTreeMap<u32, String> = BTreeMap::new();
        for (column, text) in &heads {
            // Of two columns of one name the first is ours: people add columns to the right.
            if !key_of(text).is_empty() && !keyed.values().any(|known| *known == key_of(text)) {
                keyed.insert(*column, key_of(text));
            }
        }
        let rows = self.rows.into_iter().skip(head + 1).filter(|(_, cells)| cells.values().any(|cell| !cell.text.is_empty() || cell.day.is_some()));
        let rows = rows.map(|(number, mut cells)| {
            let cells = keyed.iter().filter_map(|(column, key)| Some((key.clone(), cells.remove(column)?))).collect();
            TableRow::new((self.place)(&self.name, number), cells)
        });
        Some(Table { rows: rows.collect(), heads: heads.into_values().filter(|head| !head.is_empty()).collect(), name: self.name })
    }
}
