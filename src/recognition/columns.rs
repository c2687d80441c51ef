//! Registers by their columns: a table with likelihood, impact and mitigation is one of risks, whatever its title.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::documents::{Document, Format, Record};
use crate::framework::{DocumentedInformation, Form};
use crate::vocabulary::key_of;

/// Which kinds have a field of a name.
#[derive(Clone, Debug)]
pub(super) struct Columns {
    by_key: HashMap<String, Vec<usize>>,
}

/// A table, list or record whose fields are those of a kind.
#[derive(Clone, Debug)]
pub(super) struct Fit {
    pub(super) kind: usize,
    pub(super) points: f64,
    pub(super) line: u32,
    /// The names as written, for people.
    pub(super) names: String,
}

/// The most that columns can say.
const MOST: f64 = 6.0;

impl Columns {
    pub(super) fn new(kinds: &[&DocumentedInformation]) -> Self {
        let mut by_key: HashMap<String, Vec<usize>> = HashMap::new();
        for (index, kind) in kinds.iter().enumerate().filter(|(_, kind)| kind.form != Form::Document) {
            let keys: BTreeSet<String> =
                kind.fields.iter().flat_map(|field| std::iter::once(&field.name).chain(&field.also)).map(|name| key_of(name)).collect();
            for key in keys {
                by_key.entry(key).or_default().push(index);
            }
        }
        Self { by_key }
    }

    /// The kinds whose fields the tables, lists and head of a document have, each once with its best place.
    pub(super) fn fits(&self, document: &Document) -> Vec<Fit> {
        let mut best: BTreeMap<usize, Fit> = BTreeMap::new();
        let mut look = |record: &Record, share: f64, is_head: bool| {
            for fit in self.fit(record, share, is_head) {
                match best.get(&fit.kind) {
                    Some(known) if known.points >= fit.points => {}
                    _ => {
                        best.insert(fit.kind, fit);
                    }
                }
            }
        };
        let rows = document.table_records.len().max(1);
        let mut last_header = u32::MAX;
        for record in &document.table_records {
            // The rows of one table have the same columns: its first stands for all of them.
            let header = record.fields.first().map_or(0, |field| field.name.at.line);
            if header != last_header {
                last_header = header;
                let cells: usize = document.tables.iter().filter(|table| table.at.line == header).map(words_of).sum();
                let share = (cells as f64 / document.words.max(1) as f64 * 2.0).min(1.0);
                look(record, share.max(1.0 / rows as f64 * 0.2), false);
            }
        }
        for (_, records) in &document.lists {
            if let Some(record) = records.first() {
                look(record, 1.0, false);
            }
        }
        if document.format == Format::Yaml && document.lists.iter().all(|(key, _)| !key.is_empty()) {
            look(&document.head, 1.0, true);
        }
        best.into_values().collect()
    }

    fn fit(&self, record: &Record, share: f64, is_head: bool) -> Vec<Fit> {
        let keys: Vec<(&str, &str)> =
            record.fields.iter().map(|field| (field.key.as_str(), field.name.value.as_str())).filter(|(key, _)| !key.is_empty()).collect();
        if keys.len() < 3 {
            return Vec::new();
        }
        let mut weights: BTreeMap<usize, (f64, usize, Vec<&str>)> = BTreeMap::new();
        for (key, name) in &keys {
            let Some(kinds) = self.by_key.get(*key) else { continue };
            for kind in kinds {
                let entry = weights.entry(*kind).or_default();
                // A column that many kinds have tells little of any of them.
                entry.0 += 1.0 / kinds.len() as f64;
                entry.1 += 1;
                entry.2.push(name);
            }
        }
        let line = record.fields.first().map_or(0, |field| field.name.at.line);
        let wanted = if is_head { 0.6 } else { 0.5 };
        weights
            .into_iter()
            .filter_map(|(kind, (weight, matched, names))| {
                let fraction = matched as f64 / keys.len() as f64;
                let points = (MOST * (1.0 - (-weight).exp()) * fraction * share).min(MOST);
                (matched >= 3 && fraction >= wanted && weight >= 0.4).then(|| Fit { kind, points, line, names: names.join(", ") })
            })
            .collect()
    }
}

fn words_of(table: &crate::documents::Table) -> usize {
    table.rows.iter().flatten().map(|cell| crate::vocabulary::words(&cell.value)).sum()
}
