//! The organization's own statement of applicability, row by row, as far as it can be believed.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;

use super::registers::{all_said, said, sure};
use super::said::{Basis, Remark, ResponsibilityStatus, Said};
use crate::assessment::finding::Finding;
use crate::assessment::inventory::Inventory;
use crate::assessment::records::RecordRef;
use crate::documents::{ControlField, Document};
use crate::vocabulary::{ClauseNumber, RequirementId};

/// The organization's own statement as a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct OwnStatement {
    /// Path.
    pub path: String,
    /// Its id.
    pub id: Option<Said>,
    /// Its version.
    pub version: Option<Said>,
    /// Who prepared it: its owner.
    pub owner: Option<Said>,
    /// Who approved it.
    pub approved_by: Option<Said>,
    /// When.
    pub approved_on: Option<Said>,
    /// Draft, approved ...
    pub status: Option<Said>,
    /// How many rows it has.
    pub rows: usize,
    /// How many of them name no sub-clause or requirement of the map.
    pub unplaced: Vec<Said>,
}

/// What a row of the statement says.
#[derive(Clone, Debug)]
pub(super) struct Row {
    /// Sub-clause or requirement, as written.
    pub(super) about: Said,
    pub(super) target: Target,
    pub(super) status: Option<Said>,
    pub(super) performed_by: Option<Said>,
    pub(super) accountable: Option<Said>,
    pub(super) other_parties: Vec<Said>,
    pub(super) agreements: Vec<Said>,
    pub(super) control: Option<Said>,
    pub(super) condition: Option<Said>,
    pub(super) action: Option<Said>,
    pub(super) interfaces: Option<Said>,
    pub(super) remarks: Option<Said>,
    pub(super) period: (Option<Date>, Option<Date>),
    pub(super) reviewed_by: Option<Said>,
    pub(super) reviewed_on: Option<Said>,
    /// Findings that stand in this row.
    pub(super) findings: Vec<Remark>,
}

/// What a row is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// A clause or sub-clause: everything in it.
    Clause(ClauseNumber),
    /// One requirement.
    Requirement(String),
}

impl Row {
    /// The status, where it is one of the five.
    pub(super) fn allowed(&self) -> Option<ResponsibilityStatus> {
        self.status.as_ref().and_then(|said| ResponsibilityStatus::parse(&said.value))
    }
}

/// The rows of all statements of the repository, and the statement that stands at their head.
pub(super) fn read(inventory: &Inventory<'_>, findings: &[Finding]) -> (Option<OwnStatement>, Vec<Row>) {
    let mut rows = Vec::new();
    let mut unplaced = Vec::new();
    let mut documents: Vec<&Document> = Vec::new();
    for record in sure(inventory, KIND) {
        if !documents.iter().any(|known| known.path == record.document.path) {
            documents.push(record.document);
        }
        for about in all_said(inventory, record, "clause", Basis::Statement) {
            match target(inventory, &about.value) {
                Some(target) => rows.push(row(inventory, record, findings, about, target)),
                None => unplaced.push(about),
            }
        }
    }
    let number = rows.len() + unplaced.len();
    // The one in force counts; where there are several, the one approved last.
    documents.sort_by(|left, right| approved_on(right).cmp(&approved_on(left)).then_with(|| left.path.cmp(&right.path)));
    (documents.first().map(|document| head(document, number, unplaced)), rows)
}

/// The kind that such a statement is.
pub(super) const KIND: &str = "statement-of-applicability";

fn approved_on(document: &Document) -> Option<&str> {
    document.control.get(ControlField::ApprovedOn).map(|value| value.value.as_str())
}

fn head(document: &Document, rows: usize, unplaced: Vec<Said>) -> OwnStatement {
    let control = |field: ControlField| control_said(document, field, Basis::Statement);
    OwnStatement {
        path: document.path.to_string(),
        id: control(ControlField::Id),
        version: control(ControlField::Version),
        owner: control(ControlField::Owner),
        approved_by: control(ControlField::ApprovedBy),
        approved_on: control(ControlField::ApprovedOn),
        status: control(ControlField::Status),
        rows,
        unplaced,
    }
}

/// A value of a document's control data with its place.
pub(super) fn control_said(document: &Document, field: ControlField, basis: Basis) -> Option<Said> {
    document.control.get(field).map(|value| Said::at(value.value.clone(), basis, document.path.to_string(), value.at.line))
}

/// "8.6.1", "8.6.1-s3", "8.6.1 Incident management", "clause 8.6".
fn target(inventory: &Inventory<'_>, written: &str) -> Option<Target> {
    let framework = inventory.framework;
    written.split_whitespace().take(2).find_map(|word| {
        let word = word.trim_end_matches([':', '.', ')', '(']);
        if RequirementId::parse(word).is_some() && framework.requirement(word).is_some() {
            return Some(Target::Requirement(word.to_owned()));
        }
        let number = ClauseNumber::parse(word)?;
        framework.clauses.iter().filter_map(|clause| clause.number()).any(|clause| number.contains(&clause)).then_some(Target::Clause(number))
    })
}

fn row(inventory: &Inventory<'_>, record: &RecordRef<'_>, findings: &[Finding], about: Said, target: Target) -> Row {
    let field = |name: &str| said(inventory, record, name, Basis::Statement);
    let path = record.document.path.to_string();
    let (first, last) = (record.record.at.line, record.record.at.end_line.max(record.record.at.line));
    let stands_here = |finding: &&Finding| finding.location.path == path && (first..=last).contains(&finding.location.line);
    // A status may say "no", which for other fields means that there is nothing to say.
    let status =
        record.filled(inventory, "status").and_then(|found| Some(Said::at(found.value.as_text()?, Basis::Statement, path.clone(), found.value.at.line)));
    Row {
        about,
        target,
        status,
        performed_by: field("performed_by"),
        accountable: field("accountable"),
        other_parties: all_said(inventory, record, "other_party", Basis::Statement),
        agreements: all_said(inventory, record, "agreement", Basis::Statement),
        control: field("control"),
        condition: field("condition"),
        action: field("action"),
        interfaces: field("interfaces"),
        remarks: field("remarks"),
        period: (record.day(inventory, "period_from"), record.day(inventory, "period_to")),
        reviewed_by: field("reviewed_by"),
        reviewed_on: field("reviewed_on"),
        findings: findings.iter().filter(stands_here).map(Remark::cites).collect(),
    }
}
