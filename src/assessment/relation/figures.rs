//! Values that a table decides, and figures that must agree.

use std::collections::{BTreeMap, BTreeSet};

use super::names::{Named, names_in};
use super::{Judge, Outcome, Verdict};
use crate::assessment::inventory::Inventory;
use crate::assessment::records::RecordRef;
use crate::assessment::wording::field_words;
use crate::documents::{Document, Table};
use crate::framework::{Matrix, Must, Targets, Tests};
use crate::vocabulary::plain;

/// A value is the one that a table gives for two others.
pub(super) fn matrix(judge: &Judge<'_, '_>, relation: &Matrix) -> Outcome {
    let inventory = judge.inventory;
    let values = |field: &str| -> BTreeSet<String> {
        inventory.holding(&relation.kind).records.iter().filter_map(|record| record.text(inventory, field)).map(plain).collect()
    };
    let known = (values(&relation.row), values(&relation.column));
    let tables =
        inventory.holding(&relation.there).documents.iter().flat_map(|reference| reference.document.tables.iter().map(|table| (reference.document, table)));
    let found = tables.into_iter().find_map(|(document, table)| Some((document, table, cells(table, relation, &known)?)));
    judge.each(|record| {
        let Some((document, table, cells)) = &found else { return Verdict::Nothing };
        let value = |field: &str| record.text(inventory, field).map(plain);
        let (Some(row), Some(column), Some(value)) = (value(&relation.row), value(&relation.column), value(&relation.value)) else { return Verdict::Nothing };
        match cells.get(&(row.clone(), column.clone())) {
            None => Verdict::Nothing,
            Some(right) if *right == value => Verdict::Holds,
            Some(right) => {
                let detail = format!(
                    "{} {row} and {} {column} give {right} by {}:{}, not {value}",
                    field_words(&relation.row),
                    field_words(&relation.column),
                    document.path,
                    table.at.line
                );
                Verdict::breaks(relation.value.as_str(), judge.broken(record, detail))
            }
        }
    })
}

/// The cells of a matrix by row and column, whichever way round it is; none where a table is none.
fn cells(table: &Table, relation: &Matrix, known: &(BTreeSet<String>, BTreeSet<String>)) -> Option<BTreeMap<(String, String), String>> {
    let header: Vec<String> = table.header.iter().map(|cell| plain(&cell.value)).collect();
    let at = |field: &str| header.iter().position(|name| name == &plain(field));
    let cell = |row: &Vec<crate::vocabulary::Spanned<String>>, index: usize| row.get(index).map(|cell| plain(&cell.value)).unwrap_or_default();
    if let (Some(row), Some(column), Some(value)) = (at(&relation.row), at(&relation.column), at(&relation.value)) {
        return Some(table.rows.iter().map(|line| ((cell(line, row), cell(line, column)), cell(line, value))).collect());
    }
    let bare = |text: &str, field: &str| {
        text.strip_prefix(&format!("{} ", plain(field))).or(text.strip_suffix(&format!(" {}", plain(field)))).unwrap_or(text).to_owned()
    };
    let heads: Vec<String> = header.iter().skip(1).cloned().collect();
    let sides: Vec<String> = table.rows.iter().map(|row| cell(row, 0)).collect();
    if heads.len() < 2 || sides.len() < 2 {
        return None;
    }
    let fits = |names: &[String], field: &str, known: &BTreeSet<String>| names.iter().filter(|name| known.contains(&bare(name, field))).count() >= 2;
    let corner = header.first().map(String::as_str).unwrap_or_default();
    let rows_first = corner.find(&plain(&relation.row)).unwrap_or(usize::MAX) <= corner.find(&plain(&relation.column)).unwrap_or(usize::MAX);
    let straight = fits(&sides, &relation.row, &known.0) && fits(&heads, &relation.column, &known.1);
    let turned = fits(&sides, &relation.column, &known.1) && fits(&heads, &relation.row, &known.0);
    // The same words may stand on both sides; then the corner says which is which.
    let marked = |names: &[String], field: &str| names.iter().any(|name| name.contains(&plain(field)));
    let is_turned = turned && (!straight || !rows_first || marked(&sides, &relation.column) || marked(&heads, &relation.row));
    if !straight && !is_turned {
        return None;
    }
    let mut cells = BTreeMap::new();
    for line in &table.rows {
        for (index, head) in heads.iter().enumerate() {
            let (row, column) = if is_turned { (head.clone(), cell(line, 0)) } else { (cell(line, 0), head.clone()) };
            cells.insert((bare(&row, &relation.row), bare(&column, &relation.column)), cell(line, index + 1));
        }
    }
    Some(cells)
}

/// A figure agrees with that of another kind.
pub(super) fn targets(judge: &Judge<'_, '_>, relation: &Targets) -> Outcome {
    let inventory = judge.inventory;
    let there = Named::new(inventory, &relation.there, Some(&relation.by), &Tests::default());
    judge.each(|record| {
        let ours = figures(inventory, record, &relation.measure);
        let others = there.of(&names_in(inventory, record, Some(&relation.key)));
        let theirs: Vec<(Figure, &RecordRef<'_>)> =
            others.iter().flat_map(|other| figures(inventory, other, &relation.measure).into_iter().map(move |figure| (figure, *other))).collect();
        let (Some(own), false) = (ours.first(), theirs.is_empty()) else { return Verdict::Nothing };
        let agrees =
            |theirs: f64| ours.iter().any(|own| if relation.must == Must::Equal { (own.number - theirs).abs() < 1e-9 } else { own.number >= theirs - 1e-9 });
        // One agreement may hold several figures on a measure: one that agrees is enough.
        let holds = match relation.must {
            Must::Equal => theirs.iter().any(|(figure, _)| agrees(figure.number)),
            Must::NotBelow => lowest(ours.iter()) >= lowest(theirs.iter().map(|(figure, _)| figure)) - 1e-9,
        };
        if holds {
            return Verdict::Holds;
        }
        let worst = theirs.iter().find(|(figure, _)| !agrees(figure.number)).unwrap_or(&theirs[0]);
        let own = if relation.must == Must::NotBelow { ours.iter().min_by(|left, right| left.number.total_cmp(&right.number)).unwrap_or(own) } else { own };
        let detail = format!("{} here, {} in {}:{}", own.number, worst.0.number, worst.1.document.path, worst.0.line);
        let mut broken = judge.broken_at(record, detail, own.field, own.line);
        broken.contradicts = relation.must == Must::Equal;
        Verdict::Breaks(Box::new(broken))
    })
}

fn lowest<'all>(figures: impl Iterator<Item = &'all Figure>) -> f64 {
    figures.map(|figure| figure.number).fold(f64::INFINITY, f64::min)
}

/// A figure on a measure.
struct Figure {
    number: f64,
    line: u32,
    /// The field that holds it; none for a row of a table.
    field: Option<&'static str>,
}

/// The figures on a measure in a record: its `target`, or rows of tables that name the measure.
fn figures(inventory: &Inventory<'_>, record: &RecordRef<'_>, measure: &str) -> Vec<Figure> {
    let speaks_of = |text: &str| plain(text).contains(&plain(measure));
    let by_field = record.text(inventory, "measure").is_none_or(speaks_of);
    if let Some(number) = record.text(inventory, "target").filter(|_| by_field).and_then(number_in) {
        return vec![Figure { number, line: record.place(inventory, "target").line, field: Some("target") }];
    }
    if std::ptr::eq(record.record, &record.document.head) { rows(record.document, &speaks_of) } else { Vec::new() }
}

fn rows(document: &Document, speaks_of: &dyn Fn(&str) -> bool) -> Vec<Figure> {
    const COLUMNS: [&str; 6] = ["target", "level", "value", "agreed", "agreed level", "service level"];
    let mut found = Vec::new();
    for table in &document.tables {
        let Some(column) = table.header.iter().position(|cell| COLUMNS.contains(&plain(&cell.value).as_str())) else { continue };
        for row in table.rows.iter().filter(|row| row.first().is_some_and(|cell| speaks_of(&cell.value))) {
            if let Some((cell, number)) = row.get(column).and_then(|cell| Some((cell, number_in(&cell.value)?))) {
                found.push(Figure { number, line: cell.at.line, field: None });
            }
        }
    }
    found
}

/// The first number of a text: "at least 99.5 %" is 99.5, "2,500" is 2500.
fn number_in(text: &str) -> Option<f64> {
    let start = text.find(|character: char| character.is_ascii_digit())?;
    let digits: String = text[start..].chars().take_while(|character| character.is_ascii_digit() || ".,".contains(*character)).collect();
    let trimmed = digits.trim_end_matches(['.', ',']);
    let plain = match trimmed.rsplit_once(',') {
        Some((_, last)) if last.len() != 3 && !trimmed.contains('.') => trimmed.replace(',', "."),
        _ => trimmed.replace(',', ""),
    };
    plain.parse().ok()
}
