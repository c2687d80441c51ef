//! The statement as one table, a row for each sub-clause: what holds for all of them is said once above it, and what a
//! row rests on stands in annexes under numbers.

use serde::Serialize;

use super::annex::{Annexes, Numbered};
use super::rows;
use crate::assessment::{Responsibility, Stance as Answer, SubClause, TO_BE_STATED};
use crate::vocabulary::{count, listing};

/// Documents or records that a row names by their titles; the others it names by their numbers.
const NAMED: usize = 4;

/// One table and what belongs to it.
#[derive(Debug, Serialize)]
pub(super) struct OneTable {
    /// What holds for all rows.
    holds: Vec<String>,
    /// How the table and its annexes are read.
    reading: Vec<String>,
    rows: Vec<TableRow>,
    /// Why sub-clauses are to be stated, each reason once.
    open: Vec<Reason>,
    /// Whom registers name for some of them, to be confirmed.
    proposed: Vec<Proposal>,
    annexes: Annexes,
}

#[derive(Debug, Serialize)]
struct TableRow {
    clause: String,
    title: String,
    status: String,
    accountable: String,
    performed_by: String,
    rests_on: String,
}

#[derive(Debug, Serialize)]
struct Proposal {
    who: String,
    from: String,
    clauses: Vec<String>,
}

#[derive(Debug, Serialize)]
struct Reason {
    why: String,
    number: usize,
    clauses: Vec<String>,
}

impl OneTable {
    /// The table of a statement whose paths begin at `root`.
    pub(super) fn new(responsibility: &Responsibility, root: &str) -> Self {
        let all = &responsibility.rows;
        let annexes = Annexes::new(all, root);
        let rows = all.iter().map(|row| table_row(row, &annexes)).collect();
        Self { holds: holds(all), reading: reading(root), rows, open: open(all), proposed: proposed(all), annexes }
    }
}

fn holds(all: &[SubClause]) -> Vec<String> {
    let headings: Vec<&str> = all.iter().filter(|row| is_heading(row)).map(|row| row.clause.as_str()).collect();
    let heading = match headings.as_slice() {
        [] => String::new(),
        [one] => format!(" {one} is a heading and holds no requirement of its own."),
        many => format!(" {} are headings and hold no requirement of their own.", listing(many)),
    };
    let applicable = all.iter().all(|row| row.applicable == "yes");
    let mut lines = Vec::new();
    if applicable {
        lines.push(format!("Applicable: yes, for all {}.{heading}", count(all.len(), "sub-clause", "sub-clauses")));
    }
    lines.extend(reviewed(all));
    lines
}

fn reading(root: &str) -> Vec<String> {
    let mut lines = Vec::new();
    lines.push(
        "\u{201c}performed\u{201d}: no register here names another party as who does a part of it. Where one does, the row is performed-with-others, and the annex \u{201c}other parties, agreements and control\u{201d} names agreements and controls. Who provides or operates services and components stands under \u{201c}Other parties\u{201d}."
            .to_owned(),
    );
    lines.push("A number with D leads to the annex of documents (path, version, approval), one with R to that of records (entries, period, path). The last annex says for each row in which file and on which line it is said.".to_owned());
    if root != "." && !root.is_empty() {
        lines.push(format!("Paths in the annexes begin at {root}."));
    }
    lines
}

/// Who reviewed the rows, where all have the same; that nobody did, where none says so. Else an annex tells it.
fn reviewed(all: &[SubClause]) -> Option<String> {
    let mut texts: Vec<String> = all.iter().filter(|row| !is_heading(row)).map(reviewed_by).collect();
    texts.dedup();
    match texts.as_slice() {
        [one] if one.is_empty() => Some("No row says that it was reviewed.".to_owned()),
        [one] => Some(format!("Reviewed: every row, by {one}.")),
        _ => None,
    }
}

/// "NAME on DAY"; empty where nothing says it.
pub(super) fn reviewed_by(row: &SubClause) -> String {
    let value = |said: &Option<crate::assessment::Said>| said.as_ref().map(|said| said.value.clone());
    match (value(&row.reviewed_by), value(&row.reviewed_on)) {
        (Some(by), Some(on)) => format!("{by} on {on}"),
        (Some(one), None) | (None, Some(one)) => one,
        (None, None) => String::new(),
    }
}

pub(super) fn is_heading(row: &SubClause) -> bool {
    row.status.answer == Answer::Heading
}

fn table_row(row: &SubClause, annexes: &Annexes) -> TableRow {
    let stated = |text: String| if text.is_empty() && !is_heading(row) { TO_BE_STATED.to_owned() } else { text };
    let documents = row.documents.iter().filter_map(|document| annexes.document(&document.path));
    let records = row.records.iter().filter_map(|records| annexes.records(records));
    TableRow {
        clause: row.clause.clone(),
        title: row.title.clone(),
        status: row.status.word.clone(),
        accountable: stated(rows::values(&row.accountable)),
        performed_by: stated(rows::values(&row.performed_by)),
        rests_on: [named(documents.collect()), named(records.collect())].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join("; "),
    }
}

/// "Major incident procedure (D12); Service desk handbook (D13); D14, D15".
fn named(all: Vec<&Numbered>) -> String {
    let named = if all.len() > NAMED { NAMED } else { all.len() };
    let mut texts: Vec<String> = all[..named].iter().map(|one| format!("{} ({})", one.title, one.number)).collect();
    if all.len() > named {
        texts.push(all[named..].iter().map(|one| one.number.clone()).collect::<Vec<_>>().join(", "));
    }
    texts.join("; ")
}

/// Each reason with its sub-clauses, that of most of them first.
fn open(all: &[SubClause]) -> Vec<Reason> {
    let mut reasons: Vec<(&str, Vec<&str>)> = Vec::new();
    for row in all.iter().filter(|row| row.status.answer == Answer::ToBeStated) {
        match reasons.iter_mut().find(|(why, _)| *why == row.status.from) {
            Some((_, clauses)) => clauses.push(&row.clause),
            None => reasons.push((&row.status.from, vec![&row.clause])),
        }
    }
    reasons.sort_by_key(|(_, clauses)| std::cmp::Reverse(clauses.len()));
    reasons
        .into_iter()
        .map(|(why, clauses)| Reason { why: why.to_owned(), number: clauses.len(), clauses: clauses.into_iter().map(str::to_owned).collect() })
        .collect()
}

/// Each proposal with its sub-clauses, in their order.
fn proposed(all: &[SubClause]) -> Vec<Proposal> {
    let mut proposals: Vec<Proposal> = Vec::new();
    for (row, said) in all.iter().filter_map(|row| Some((row, row.proposed.as_ref()?))) {
        match proposals.iter_mut().find(|one| one.who == said.value && one.from == said.from) {
            Some(one) => one.clauses.push(row.clause.clone()),
            None => proposals.push(Proposal { who: said.value.clone(), from: said.from.clone(), clauses: vec![row.clause.clone()] }),
        }
    }
    proposals
}
