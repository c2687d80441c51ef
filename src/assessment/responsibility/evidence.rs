//! Documents, records and planned intervals that a sub-clause rests on.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::Serialize;

use super::said::{Basis, Said};
use super::stated::control_said;
use crate::assessment::determination::Determination;
use crate::assessment::finding::Finding;
use crate::assessment::inventory::Inventory;
use crate::assessment::outcome::{Evidence, Identified};
use crate::assessment::promises::{StatedInterval, lead};
use crate::assessment::verify::{day_of, draft_status, span_of};
use crate::documents::{ControlField, Document};
use crate::framework::{Clause, Expectation, Form, Relation, Requirement};

/// A document that a sub-clause rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct RestingDocument {
    /// Path.
    pub path: String,
    /// Title.
    pub title: String,
    /// What it is.
    pub documented_information: String,
    /// Its version.
    pub version: Option<String>,
    /// When it was approved; a draft never was, whatever its head has kept of an earlier version.
    pub approved_on: Option<String>,
    /// Its state, where it is not approved.
    pub status: Option<String>,
    /// Who owns it.
    pub owner: Option<String>,
    /// Whether it, or the configuration, says what it is; else it was only recognised.
    pub confirmed: bool,
}

/// Records that a sub-clause rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct RestingRecords {
    /// Kind of documented information.
    pub documented_information: String,
    /// Its title.
    pub title: String,
    /// How many there are; none where they are kept elsewhere.
    pub number: Option<usize>,
    /// Day of the first.
    pub first: Option<String>,
    /// Day of the last.
    pub last: Option<String>,
    /// Where they are: files, or the system that keeps them.
    pub kept_in: Vec<String>,
    /// Whether the configuration declares them to be in another system; nobody has looked at them here.
    pub elsewhere: bool,
}

/// Something that is done at planned intervals.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Cycle {
    /// Kind of documented information that it leaves.
    pub documented_information: String,
    /// Its title.
    pub title: String,
    /// The organization's own interval, with its place.
    pub interval: Option<Said>,
    /// When it was last done.
    pub last_done: Option<String>,
    /// When it is next due.
    pub next_due: Option<String>,
}

/// The documents among the evidence for the requirements of a sub-clause.
pub(super) fn documents(inventory: &Inventory<'_>, clause: &Clause, items: &[&Determination], by_path: &BTreeMap<String, &Document>) -> Vec<RestingDocument> {
    let is_document = |evidence: &&Evidence| inventory.kind(&evidence.documented_information).is_some_and(|kind| kind.form != Form::Record);
    let mut found: BTreeMap<String, RestingDocument> = BTreeMap::new();
    for evidence in items.iter().flat_map(|item| &item.evidence).filter(is_document) {
        let Some(document) = by_path.get(&evidence.path) else { continue };
        found.entry(evidence.path.clone()).or_insert_with(|| resting(document, &evidence.documented_information, evidence.provenance));
    }
    // What is about the sub-clause is what it rests on, also where nothing is demanded in writing: a description of a process
    // that no requirement cites. What is only recognised counts where there is nothing else.
    let nothing_else = found.is_empty();
    let is_about =
        |id: &str| inventory.kind(id).is_some_and(|kind| kind.form != Form::Record) && inventory.framework.clauses_of(id).first() == Some(&clause.number);
    for one in inventory.identified.iter().filter(|one| one.not_evidence().is_none()) {
        let counts = |provenance: Identified| nothing_else || provenance != Identified::Inferred;
        if let Some(kind) = one.kinds.iter().find(|kind| is_about(&kind.id) && counts(kind.provenance)) {
            found.entry(one.document.path.to_string()).or_insert_with(|| resting(one.document, &kind.id, kind.provenance));
        }
    }
    found.into_values().collect()
}

fn resting(document: &Document, kind: &str, provenance: Identified) -> RestingDocument {
    let control = |field: ControlField| document.control.get(field).map(|value| value.value.clone());
    RestingDocument {
        path: document.path.to_string(),
        title: document.shown_title(),
        documented_information: kind.to_owned(),
        version: control(ControlField::Version),
        approved_on: control(ControlField::ApprovedOn).filter(|_| draft_status(document).is_none()),
        status: draft_status(document).map(|status| status.value.clone()),
        owner: control(ControlField::Owner),
        confirmed: provenance != Identified::Inferred,
    }
}

/// The records among the evidence for some requirements, by kind, and those that are declared to be elsewhere.
pub(super) fn records(inventory: &Inventory<'_>, clause: &Clause, items: &[&Determination]) -> Vec<RestingRecords> {
    let mut kinds: BTreeSet<&str> = items.iter().flat_map(|item| &item.evidence).map(|evidence| evidence.documented_information.as_str()).collect();
    kinds.retain(|id| inventory.kind(id).is_some_and(|kind| kind.form == Form::Record));
    let mut found: Vec<RestingRecords> = kinds.into_iter().map(|id| of_kind(inventory, id)).collect();
    let asked = asked_kinds(clause);
    let settings = inventory.settings;
    for external in settings.external.iter().filter(|external| asked.contains(external.kind.as_str())) {
        let mut kept_in = external.system.clone();
        kept_in.extend(external.pointer.iter().map(|pointer| format!(", {pointer}")).collect::<Vec<_>>());
        kept_in.extend(external.owner.iter().map(|owner| format!(", kept by {owner}")).collect::<Vec<_>>());
        kept_in.extend(external.last_checked.iter().map(|day| format!(", last looked at on {day}")).collect::<Vec<_>>());
        found.push(RestingRecords {
            documented_information: external.kind.clone(),
            title: title(inventory, &external.kind),
            number: None,
            first: None,
            last: None,
            kept_in: vec![format!("{kept_in} (by {})", settings.path.as_deref().unwrap_or("clausewise.yaml"))],
            elsewhere: true,
        });
    }
    found
}

fn of_kind(inventory: &Inventory<'_>, id: &str) -> RestingRecords {
    let records = &inventory.holding(id).records;
    let span = span_of(inventory, records.iter());
    let paths: BTreeSet<String> = records.iter().map(|record| record.document.path.to_string()).collect();
    RestingRecords {
        documented_information: id.to_owned(),
        title: title(inventory, id),
        number: Some(records.len()),
        first: span.map(|(first, _)| first.to_string()),
        last: span.map(|(_, last)| last.to_string()),
        kept_in: paths.into_iter().collect(),
        elsewhere: false,
    }
}

/// What the sub-clause asks for at planned intervals.
pub(super) fn cycles(inventory: &Inventory<'_>, clause: &Clause, findings: &[Finding]) -> Vec<Cycle> {
    let expectations = clause.requirements.iter().flat_map(|requirement| &requirement.expects).map(|asked| &asked.expectation);
    let kinds: BTreeSet<&str> =
        expectations.filter_map(|expectation| if let Expectation::Regular { kind, .. } = expectation { Some(kind.as_str()) } else { None }).collect();
    kinds.into_iter().map(|kind| announced(inventory, clause, findings, cycle(inventory, kind))).collect()
}

/// A day that a document announces and that has passed is nearer than the one that follows from the interval: the same
/// requirement tells of both.
fn announced(inventory: &Inventory<'_>, clause: &Clause, findings: &[Finding], mut cycle: Cycle) -> Cycle {
    let tells_of = |requirement: &&Requirement| {
        requirement.expects.iter().any(|asked| matches!(&asked.expectation, Expectation::Regular { kind, .. } if *kind == cycle.documented_information))
    };
    let rules = clause.requirements.iter().filter(tells_of).flat_map(|requirement| &requirement.expects);
    let rules = rules.filter_map(|asked| if let Expectation::Rule(rule) = &asked.expectation { inventory.framework.rules.get(rule) } else { None });
    let overdue = rules.filter(|rule| matches!(rule.relation, Some(Relation::NotOverdue { .. }))).filter_map(|rule| {
        let open = findings.iter().filter(|finding| finding.rule == rule.id && finding.accepted.is_none());
        open.filter_map(|finding| finding.due.clone()).min()
    });
    if let Some(day) = overdue.min().filter(|day| cycle.next_due.as_ref().is_none_or(|next| day < next)) {
        cycle.next_due = Some(day);
    }
    cycle
}

fn cycle(inventory: &Inventory<'_>, kind: &str) -> Cycle {
    let stated = inventory.intervals.get(kind);
    let records = inventory.holding(kind).records.iter().filter(|record| record.provenance != Identified::Inferred);
    let last = records.filter_map(|record| day_of(inventory, record)).filter(|day| *day <= inventory.as_of.0).max();
    let said = |stated: &StatedInterval| {
        let stated = stated.in_their_words().unwrap_or(stated);
        let basis = if stated.sentence.is_none() { Basis::Configuration } else { Basis::Document };
        let said = Said::at(stated.interval.to_string(), basis, stated.path.clone(), stated.at.line);
        match lead(inventory, stated) {
            Some(lead) => said.because(&lead),
            None => said,
        }
    };
    Cycle {
        documented_information: kind.to_owned(),
        title: title(inventory, kind),
        interval: stated.map(said),
        last_done: last.map(|day| day.to_string()),
        next_due: last.zip(stated).map(|(day, stated)| stated.interval.after(day).to_string()),
    }
}

/// Kinds of documented information that a sub-clause asks for.
fn asked_kinds(clause: &Clause) -> BTreeSet<&str> {
    clause.requirements.iter().flat_map(|requirement| &requirement.expects).filter_map(|asked| asked.expectation.kind()).collect()
}

/// The owner of the first document of the sub-clause's own kinds, for want of anything that says more.
pub(super) fn owner_of_document(
    inventory: &Inventory<'_>,
    clause: &Clause,
    documents: &[RestingDocument],
    by_path: &BTreeMap<String, &Document>,
) -> Option<Said> {
    let own = |document: &&RestingDocument| {
        document.confirmed && inventory.framework.clauses_of(&document.documented_information).first().is_some_and(|first| *first == clause.number)
    };
    let document = documents.iter().find(own)?;
    let title = title(inventory, &document.documented_information);
    let owner = control_said(by_path.get(&document.path)?, ControlField::Owner, Basis::Document)?;
    Some(owner.because(&format!("as owner of this document: {title}")))
}

fn title(inventory: &Inventory<'_>, kind: &str) -> String {
    inventory.kind(kind).map_or_else(|| kind.to_owned(), |kind| kind.title.clone())
}
