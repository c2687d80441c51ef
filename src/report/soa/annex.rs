//! The annexes of the one table: what rows rest on and where it is said, each thing once.

use serde::Serialize;

use super::rows;
use super::sources::{Sources, sources};
use super::table::reviewed_by;
use crate::assessment::{ResponsibilityStatus, RestingDocument, RestingRecords, Said, SubClause, TO_BE_STATED};
use crate::vocabulary::list_some;

/// Everything that the table has no room for.
#[derive(Debug, Serialize)]
pub(super) struct Annexes {
    others: Vec<Others>,
    conditions: Vec<Shared>,
    intervals: Vec<Interval>,
    interfaces: Vec<Shared>,
    remarks: Vec<Shared>,
    /// Only where rows differ in it.
    reviews: Vec<Shared>,
    documents: Vec<Numbered>,
    records: Vec<Numbered>,
    sources: Sources,
}

/// A text, and the sub-clauses of which it holds.
#[derive(Debug, Serialize)]
struct Shared {
    clauses: String,
    text: String,
}

#[derive(Debug, Serialize)]
struct Others {
    clauses: String,
    parties: String,
    agreements: String,
    controls: String,
}

#[derive(Debug, Serialize)]
struct Interval {
    title: String,
    interval: String,
    last_done: String,
    next_due: String,
    clauses: String,
}

/// A document, or records of one kind.
#[derive(Debug, Serialize)]
pub(super) struct Numbered {
    pub(super) number: String,
    pub(super) title: String,
    /// Path, or paths.
    place: String,
    version: String,
    approved: String,
    owner: String,
    /// How many records there are.
    entries: String,
    period: String,
    clauses: String,
    /// By what it is found again.
    #[serde(skip)]
    key: String,
}

impl Annexes {
    /// Of rows; paths are told from `root` on.
    pub(super) fn new(all: &[SubClause], root: &str) -> Self {
        let from = |path: &str| rows::from(path, root);
        let differ = all.iter().filter(|row| !super::table::is_heading(row)).map(reviewed_by).collect::<std::collections::BTreeSet<_>>().len() > 1;
        Self {
            others: others(all),
            conditions: shared(all, |row| some(rows::condition(&row.condition))),
            intervals: intervals(all, &from),
            interfaces: shared(all, |row| some(rows::values(&row.interfaces))),
            remarks: shared(all, |row| row.remarks.iter().map(rows::remark).map(|text| rooted(&text, root)).collect()),
            reviews: if differ { shared(all, |row| some(reviewed_by(row))) } else { Vec::new() },
            documents: documents(all, &from),
            records: records(all, &from),
            sources: sources(all, &from),
        }
    }

    /// A document by its path.
    pub(super) fn document(&self, path: &str) -> Option<&Numbered> {
        self.documents.iter().find(|one| one.key == path)
    }

    /// Records by their kind and what keeps them.
    pub(super) fn records(&self, records: &RestingRecords) -> Option<&Numbered> {
        let key = key(records);
        self.records.iter().find(|one| one.key == key)
    }
}

/// A text in which paths are told from a folder on.
fn rooted(text: &str, root: &str) -> String {
    if root.is_empty() || root == "." { text.to_owned() } else { text.replace(&format!("{root}/"), "") }
}

fn some(text: String) -> Vec<String> {
    if text.is_empty() { Vec::new() } else { vec![text] }
}

/// Every text once, in the order of the rows, with the rows that say it.
fn shared(all: &[SubClause], of: impl Fn(&SubClause) -> Vec<String>) -> Vec<Shared> {
    let mut found: Vec<(String, Vec<&str>)> = Vec::new();
    for row in all {
        for text in of(row) {
            add(&mut found, text, &row.clause);
        }
    }
    found.into_iter().map(|(text, clauses)| Shared { clauses: clauses.join(", "), text }).collect()
}

/// Adds a sub-clause to those of a key, once.
fn add<'row, Key: PartialEq>(found: &mut Vec<(Key, Vec<&'row str>)>, key: Key, clause: &'row str) {
    match found.iter_mut().find(|(known, _)| *known == key) {
        Some((_, clauses)) if clauses.contains(&clause) => {}
        Some((_, clauses)) => clauses.push(clause),
        None => found.push((key, vec![clause])),
    }
}

/// A value with why it is believed or what is wrong with it; its place stands elsewhere.
fn noted(said: &[Said]) -> String {
    let one = |said: &Said| {
        let place = said.path.as_ref().map(|path| said.line.map_or_else(|| path.clone(), |line| format!("{path}:{line}")));
        let note = place.and_then(|place| said.from.strip_prefix(&place)?.strip_prefix(", ").map(str::to_owned));
        note.map_or_else(|| said.value.clone(), |note| format!("{} ({note})", said.value))
    };
    said.iter().map(one).collect::<Vec<_>>().join("; ")
}

fn others(all: &[SubClause]) -> Vec<Others> {
    let mut found: Vec<([String; 3], Vec<&str>)> = Vec::new();
    for row in all {
        let texts = [rows::values(&row.other_parties), noted(&row.agreements), noted(&row.controls)];
        if texts.iter().any(|text| !text.is_empty()) {
            let asked = row.status.status.is_some_and(ResponsibilityStatus::is_with_others);
            add(&mut found, texts.map(|text| if text.is_empty() && asked { TO_BE_STATED.to_owned() } else { text }), &row.clause);
        }
    }
    let laid = |([parties, agreements, controls], clauses): ([String; 3], Vec<&str>)| Others { clauses: clauses.join(", "), parties, agreements, controls };
    found.into_iter().map(laid).collect()
}

fn intervals(all: &[SubClause], from: &impl Fn(&str) -> String) -> Vec<Interval> {
    let mut found: Vec<([String; 4], Vec<&str>)> = Vec::new();
    for row in all {
        for cycle in &row.cycles {
            let interval = cycle.interval.as_ref().map_or_else(|| TO_BE_STATED.to_owned(), |said| format!("{} ({})", said.value, from(&said.from)));
            let last = cycle.last_done.clone().unwrap_or_else(|| "none yet".to_owned());
            add(&mut found, [cycle.title.clone(), interval, last, cycle.next_due.clone().unwrap_or_default()], &row.clause);
        }
    }
    let laid = |([title, interval, last_done, next_due], clauses): ([String; 4], Vec<&str>)| Interval {
        title,
        interval,
        last_done,
        next_due,
        clauses: clauses.join(", "),
    };
    found.into_iter().map(laid).collect()
}

fn documents(all: &[SubClause], from: &impl Fn(&str) -> String) -> Vec<Numbered> {
    let mut found: Vec<(&str, Vec<&str>)> = Vec::new();
    let every = || all.iter().flat_map(|row| row.documents.iter().map(move |document| (row, document)));
    for (row, document) in every() {
        add(&mut found, document.path.as_str(), &row.clause);
    }
    let of = |path: &str| every().map(|(_, document)| document).find(|document| document.path == path);
    let laid = |(at, (path, clauses)): (usize, (&str, Vec<&str>))| Some(document(at + 1, of(path)?, &clauses, from));
    found.into_iter().enumerate().filter_map(laid).collect()
}

fn document(number: usize, document: &RestingDocument, clauses: &[&str], from: &impl Fn(&str) -> String) -> Numbered {
    let sure = if document.confirmed { "" } else { "; recognised and not yet confirmed" };
    let approved = document.approved_on.clone().unwrap_or_default();
    let approved = document.status.as_ref().map_or(approved, |status| format!("{status}, not approved"));
    Numbered {
        number: format!("D{number}"),
        title: document.title.clone(),
        place: from(&document.path),
        version: document.version.clone().unwrap_or_default(),
        approved: format!("{approved}{sure}").trim_start_matches("; ").to_owned(),
        owner: document.owner.clone().unwrap_or_default(),
        entries: String::new(),
        period: String::new(),
        clauses: clauses.join(", "),
        key: document.path.clone(),
    }
}

fn key(records: &RestingRecords) -> String {
    format!("{} {}", records.documented_information, records.kept_in.join(" "))
}

fn records(all: &[SubClause], from: &impl Fn(&str) -> String) -> Vec<Numbered> {
    let mut found: Vec<(String, Vec<&str>)> = Vec::new();
    let every = || all.iter().flat_map(|row| row.records.iter().map(move |records| (row, records)));
    for (row, records) in every() {
        add(&mut found, key(records), &row.clause);
    }
    let of = |wanted: &str| every().map(|(_, records)| records).find(|records| key(records) == *wanted);
    let laid = |(at, (key, clauses)): (usize, (String, Vec<&str>))| {
        let records = of(&key)?;
        let paths: Vec<String> = records.kept_in.iter().map(|path| from(path)).collect();
        let period = match (&records.first, &records.last) {
            (Some(first), Some(last)) if first != last => format!("{first} to {last}"),
            (first, last) => first.clone().or_else(|| last.clone()).unwrap_or_default(),
        };
        Some(Numbered {
            number: format!("R{}", at + 1),
            title: records.title.clone(),
            place: list_some(&paths, 3),
            version: String::new(),
            approved: String::new(),
            owner: String::new(),
            entries: records.number.map_or_else(|| "in another system, not looked at here".to_owned(), |number| number.to_string()),
            period,
            clauses: clauses.join(", "),
            key,
        })
    };
    found.into_iter().enumerate().filter_map(laid).collect()
}
