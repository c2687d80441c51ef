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
    empty: BTreeMap<String, String>,
    is_too_long: bool,
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
    /// The cell under a head; none where it is empty and where the table has no such column.
    pub fn cell(&self, head: &str) -> Option<&Answered> {
        self.cells.get(&key_of(head))
    }

    /// Whether the table has such a column.
    pub fn has(&self, head: &str) -> bool {
        self.address(head).is_some()
    }

    /// Where the cell under a head stands, an empty one too; none where the table has no such column.
    pub fn address(&self, head: &str) -> Option<String> {
        let key = key_of(head);
        self.cells.get(&key).map(|cell| cell.place.clone()).or_else(|| self.empty.get(&key).cloned())
    }

    /// The text under a head; empty where there is none.
    pub fn text(&self, head: &str) -> &str {
        self.cell(head).map_or("", |cell| cell.text.as_str())
    }
}

impl Table {
    /// The first row with more cells than there are heads.
    pub(super) fn too_long(&self) -> Option<&str> {
        self.rows.iter().find(|row| row.is_too_long).map(|row| row.place.as_str())
    }
}

/// Cells with their places, as every reader gives them: row by row.
pub(super) struct Grid {
    /// Name of the sheet or heading.
    pub(super) name: String,
    /// Rows in order, each with its number or line and its cells by column.
    pub(super) rows: Vec<(u32, BTreeMap<u32, Answered>)>,
    /// The place of a row in words, or of a cell in it, given its column and head.
    pub(super) place: fn(&str, u32, Option<(u32, &str)>) -> String,
}

/// How far down the heads may stand: people put a title above.
const HEADS_WITHIN: usize = 40;

impl Grid {
    /// Names and values of a table of two columns, under keys.
    pub(super) fn facts(&self) -> Vec<(String, String)> {
        let pair = |(_, cells): &(u32, BTreeMap<u32, Answered>)| match (cells.len(), cells.get(&0), cells.get(&1)) {
            (2, Some(name), Some(value)) => Some((key_of(&name.text), value.text.clone())),
            _ => None,
        };
        self.rows.iter().filter_map(pair).collect()
    }

    /// How many rows below the first hold something beside what stands in their first column.
    pub(super) fn filled(&self) -> usize {
        let is_filled = |(_, cells): &&(u32, BTreeMap<u32, Answered>)| cells.iter().any(|(column, cell)| *column > 0 && !cell.text.is_empty());
        self.rows.iter().skip(1).filter(is_filled).count()
    }

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
        let last = heads.keys().next_back().copied();
        let rows = self.rows.into_iter().skip(head + 1).filter(|(_, cells)| cells.values().any(|cell| !cell.text.is_empty() || cell.day.is_some()));
        let rows = rows.map(|(number, mut cells)| {
            let is_too_long = cells.iter().any(|(column, cell)| last.is_some_and(|last| *column > last) && !cell.text.is_empty());
            let mut row = TableRow { place: (self.place)(&self.name, number, None), cells: BTreeMap::new(), empty: BTreeMap::new(), is_too_long };
            for (column, key) in &keyed {
                match cells.remove(column).filter(|cell| !cell.text.is_empty() || cell.day.is_some()) {
                    Some(mut cell) => {
                        let head = heads.get(column).map(String::as_str).unwrap_or_default();
                        cell.place = (self.place)(&self.name, number, Some((*column, head)));
                        row.cells.insert(key.clone(), cell).map(drop)
                    }
                    None => {
                        let head = heads.get(column).map(String::as_str).unwrap_or_default();
                        row.empty.insert(key.clone(), (self.place)(&self.name, number, Some((*column, head)))).map(drop)
                    }
                };
            }
            row
        });
        Some(Table { rows: rows.collect(), heads: heads.values().filter(|head| !head.is_empty()).cloned().collect(), name: self.name })
    }
}
