//! Findings of earlier audits: nonconformity records, what audit reports name that has no record, and the rows of their
//! tables of findings.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::Serialize;

use super::followed::{CommonWords, NamedAt, Sought, named_at};
use crate::assessment::inventory::Inventory;
use crate::assessment::owners::named;
use crate::assessment::records::{RecordRef, members_of, says_none_text};
use crate::documents::Table;
use crate::vocabulary::{ClauseNumber, RequirementId, plain, shortened};

/// What earlier audits left.
#[derive(Clone, Debug, Default, PartialEq, Eq, schemars::JsonSchema, Serialize)]
pub struct EarlierFindings {
    /// The last internal audit of which there is a report.
    pub last_audit: Option<EarlierAudit>,
    /// By day and id.
    pub findings: Vec<EarlierFinding>,
}

/// An internal audit of which there is a report.
#[derive(Clone, Debug, PartialEq, Eq, schemars::JsonSchema, Serialize)]
pub struct EarlierAudit {
    /// Id of the report.
    pub id: String,
    /// Its day.
    pub date: String,
    /// Where it is.
    pub path: String,
    /// Line.
    pub line: u32,
}

/// A finding of an earlier audit, or from anywhere else.
#[derive(Clone, Debug, Default, PartialEq, Eq, schemars::JsonSchema, Serialize)]
pub struct EarlierFinding {
    /// Stable id: `nc:NC-2025-03` for a nonconformity, `report:IAR-2026-03/2` for a row of a report.
    pub id: String,
    /// Where it came from.
    pub source: Option<String>,
    /// Its day.
    pub date: Option<String>,
    /// Sub-clauses or requirements that it names.
    pub clauses: Vec<String>,
    /// What was found.
    pub description: String,
    /// Its grade, where a report says one.
    pub grade: Option<String>,
    /// What was done at once.
    pub correction: Option<String>,
    /// Why it happened.
    pub cause: Option<String>,
    /// What was done about the cause.
    pub action: Option<String>,
    /// Who answers for that.
    pub owner: Option<String>,
    /// By when.
    pub due: Option<String>,
    /// Whether it worked.
    pub effectiveness: Option<String>,
    /// The day on which it was closed.
    pub closed_on: Option<String>,
    /// Whether it is open, as far as anything here tells.
    pub open: bool,
    /// Where documents name what only a report tells.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub named_at: Vec<NamedAt>,
    /// Where it stands.
    pub path: String,
    /// Line.
    pub line: u32,
    /// Commit of the last change.
    pub commit: Option<String>,
    /// Its day.
    pub last_changed_on: Option<String>,
}

/// Everything that earlier audits left.
pub(in crate::assessment) fn earlier_findings(inventory: &Inventory<'_>) -> EarlierFindings {
    let mut findings: Vec<EarlierFinding> = inventory.holding("nonconformity-record").records.iter().map(|record| of_record(inventory, record)).collect();
    let known: BTreeSet<String> = findings.iter().map(|finding| plain(finding.id.trim_start_matches("nc:"))).collect();
    let reports = &inventory.holding("internal-audit-report").records;
    let mut only_told: Vec<(EarlierFinding, Sought)> = Vec::new();
    let common = CommonWords::new(inventory);
    for report in reports {
        findings.extend(without_record(inventory, report, &known));
        only_told.extend(of_tables(inventory, report, &known, &common));
    }
    let (mut told, sought): (Vec<EarlierFinding>, Vec<Sought>) = only_told.into_iter().unzip();
    for (finding, places) in told.iter_mut().zip(named_at(inventory, &sought, &common)) {
        finding.named_at = places;
    }
    findings.extend(told);
    let dated = reports.iter().filter_map(|report| Some((day(inventory, report)?, report))).filter(|(day, _)| *day <= inventory.as_of.0);
    let last = dated.max_by_key(|(day, report)| (*day, report.document.path.clone()));
    findings.sort_by(|left, right| (&left.date, &left.id, &left.path, left.line).cmp(&(&right.date, &right.id, &right.path, right.line)));
    let mut seen = BTreeSet::new();
    findings.retain(|finding| seen.insert(finding.id.clone()));
    EarlierFindings {
        last_audit: last.map(|(day, report)| EarlierAudit {
            id: report.id(inventory),
            date: day.to_string(),
            path: report.document.path.to_string(),
            line: report.record.at.line.max(1),
        }),
        findings,
    }
}

fn day(inventory: &Inventory<'_>, report: &RecordRef<'_>) -> Option<Date> {
    report.day(inventory, "date")
}

fn of_record(inventory: &Inventory<'_>, record: &RecordRef<'_>) -> EarlierFinding {
    let text = |field: &str| record.text(inventory, field).filter(|text| !says_none_text(text)).map(|text| shortened(text.trim(), 400));
    let status = text("status").map(|status| plain(&status)).unwrap_or_default();
    let closed = record.day(inventory, "closed_on").filter(|day| *day <= inventory.as_of.0);
    EarlierFinding {
        id: format!("nc:{}", shortened(record.own_id(inventory).unwrap_or_else(|| format!("{}:{}", record.document.path, record.record.at.line)).trim(), 60)),
        source: text("source"),
        date: record.day(inventory, "date").map(|day| day.to_string()),
        clauses: record.filled(inventory, "clause").map(|field| clauses_in(members_of(&field.value).into_iter().map(|(text, _)| text))).unwrap_or_default(),
        description: text("description").unwrap_or_default(),
        correction: text("correction"),
        cause: text("cause"),
        action: text("action"),
        owner: text("owner"),
        due: text("due"),
        effectiveness: text("effectiveness"),
        closed_on: closed.map(|day| day.to_string()),
        open: closed.is_none() && !status.starts_with("closed"),
        ..placed(inventory, record, record.record.at.line.max(1))
    }
}

/// Nonconformities that a report names and that nobody recorded.
fn without_record(inventory: &Inventory<'_>, report: &RecordRef<'_>, known: &BTreeSet<String>) -> Vec<EarlierFinding> {
    let named = report.members(inventory, "nonconformities").into_iter();
    let missing = named.filter(|(id, _)| !known.contains(&plain(id)) && id.chars().any(|character| character.is_ascii_digit()) && id.len() <= 40);
    missing
        .map(|(id, at)| EarlierFinding {
            id: format!("nc:{id}"),
            source: Some(report.id(inventory)),
            date: day(inventory, report).map(|day| day.to_string()),
            description: format!("named in {}; no record of it is here", report.id(inventory)),
            open: true,
            ..placed(inventory, report, at.line)
        })
        .collect()
}

/// The rows of a report's tables of findings that name no nonconformity on record: observations, and what nobody followed up.
fn of_tables(inventory: &Inventory<'_>, report: &RecordRef<'_>, known: &BTreeSet<String>, common: &CommonWords) -> Vec<(EarlierFinding, Sought)> {
    let tables = report.document.tables.iter().filter(|table| !table.is_history());
    let mut found = Vec::new();
    for (table, columns) in tables.filter_map(|table| Some((table, Columns::of(table)?))) {
        for row in &table.rows {
            let cell = |index: usize| row.get(index).map(|cell| cell.value.trim()).unwrap_or_default();
            let row_text = row.iter().map(|cell| cell.value.as_str()).collect::<Vec<_>>().join(" ");
            let whole = format!(" {} ", plain(&row_text));
            if cell(columns.text).is_empty() || known.iter().any(|id| whole.contains(&format!(" {id} "))) {
                continue;
            }
            let number = if cell(0).is_empty() { (found.len() + 1).to_string() } else { shortened(cell(0), 20) };
            let line = row.first().map_or(table.at.line, |cell| cell.at.line);
            let id = format!("{}/{number}", report.id(inventory));
            let sought = Sought::new(
                id.clone(),
                report.id(inventory),
                report.document.path.to_string(),
                &row_text,
                (cell(columns.text), columns.grade.map(cell).unwrap_or_default()),
                common,
            );
            let finding = EarlierFinding {
                id: format!("report:{id}"),
                source: Some(report.id(inventory)),
                date: day(inventory, report).map(|day| day.to_string()),
                clauses: columns.clause.map(|index| clauses_in([cell(index).to_owned()])).unwrap_or_default(),
                description: shortened(cell(columns.text), 400),
                grade: columns.grade.map(|index| shortened(cell(index), 60)).filter(|grade| !grade.is_empty()),
                owner: told_to(inventory, report, &row_text),
                open: true,
                ..placed(inventory, report, line)
            };
            found.push((finding, sought));
        }
    }
    found
}

/// The one person among those who were interviewed or had the report to whom a row says that it was told.
fn told_to(inventory: &Inventory<'_>, report: &RecordRef<'_>, row: &str) -> Option<String> {
    const HANDED: [&str; 5] = ["told to", "given to", "passed to", "handed to", "reported to"];
    let text = format!(" {} ", plain(row));
    let named_in_row = |name: &str| HANDED.iter().any(|words| text.contains(&format!(" {words} {} ", plain(name))));
    let members = ["auditees", "reported_to"].into_iter().flat_map(|field| report.members(inventory, field));
    let people: BTreeSet<String> = members.filter_map(|(text, _)| named(&text).map(str::to_owned)).filter(|name| named_in_row(name)).collect();
    people.into_iter().next()
}

/// The columns of a table of findings: a clause, and what was found.
struct Columns {
    clause: Option<usize>,
    text: usize,
    grade: Option<usize>,
}

impl Columns {
    fn of(table: &Table) -> Option<Self> {
        let heads: Vec<String> = table.header.iter().map(|cell| plain(&cell.value)).collect();
        let begins = |words: &[&str]| heads.iter().position(|head| words.iter().any(|word| head.starts_with(word)));
        let clause = begins(&["clause", "sub clause", "requirement", "reference"]);
        let text = begins(&["finding", "description", "what was found"]).or_else(|| begins(&["evidence"]))?;
        let grade = begins(&["grade", "grading", "class", "kind", "type", "severity"]);
        (clause.is_some() && Some(text) != clause || grade.is_some() && Some(text) != grade).then_some(Self { clause, text, grade })
    }
}

/// The clause numbers and ids of requirements that texts name: "8.6.1-s3", "7.2 d", "clause 9.2.2".
pub(super) fn clauses_in(texts: impl IntoIterator<Item = String>) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for text in texts {
        for word in text.split([' ', ',', ';', '(', ')', '/']) {
            let word = word.trim_end_matches('.');
            let known = RequirementId::parse(word).is_some()
                || (word.contains('.') && ClauseNumber::parse(word).is_some_and(|number| (4..=10).contains(&number.top())));
            if known && !found.iter().any(|other| other == word) {
                found.push(word.to_owned());
            }
        }
    }
    found
}

fn placed(inventory: &Inventory<'_>, record: &RecordRef<'_>, line: u32) -> EarlierFinding {
    let change = inventory.history.last_change(&record.document.path);
    EarlierFinding {
        path: record.document.path.to_string(),
        line,
        commit: change.map(|commit| commit.id.clone()),
        last_changed_on: change.map(|commit| commit.date.to_string()),
        ..EarlierFinding::default()
    }
}
