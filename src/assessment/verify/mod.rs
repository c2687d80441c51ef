//! How each kind of expectation is verified: one file for each.

mod approved;
mod complete;
mod controlled;
mod covers;
mod exists;
mod measured;
mod regular;
mod resolves;
mod responsibility;
mod reviewed;
mod unaltered;
mod unchanged;

pub(super) use approved::draft_status;
pub use approved::is_draft_word;
pub(super) use regular::{day_of, span_of};

pub(super) use resolves::local_target;

use super::inventory::{DocumentRef, Inventory};
use super::outcome::{Breach, Fault, Identified, Outcome};
use super::records::place_in;
use super::relation;
use super::wording::Fact;
use crate::documents::{ControlField, Document};
use crate::framework::{BuiltIn, Expectation, Grade};
use crate::vocabulary::Place;
pub(super) use covers::PASSAGE;
pub(super) use exists::nowhere;
pub(super) use resolves::leads_to;

/// Verifies one expectation.
pub(super) fn verify(inventory: &Inventory<'_>, expectation: &Expectation) -> Outcome {
    match expectation {
        Expectation::Exists(kind) => exists::exists(inventory, kind),
        Expectation::Records { kind, filter, at_least } => exists::records(inventory, kind, filter, *at_least),
        Expectation::Complete { kind, fields, when, grade } => complete::complete(inventory, kind, fields, when, *grade),
        Expectation::Covers { kind, section, when } => covers::covers(inventory, kind, section, when),
        Expectation::Controlled { kind, control } => controlled::controlled(inventory, kind, control),
        Expectation::Approved { kind, by } => approved::approved(inventory, kind, *by),
        Expectation::Reviewed { kind } => reviewed::reviewed(inventory, kind),
        Expectation::Regular { kind, per, for_each } => regular::regular(inventory, kind, per.as_deref(), for_each.as_ref()),
        Expectation::Measured { kind, measure, target, value } => measured::measured(inventory, kind, measure, target, value.as_deref()),
        Expectation::Responsibility { kind, terms, field } => responsibility::responsibility(inventory, kind, terms, field.as_deref()),
        Expectation::Unchanged { kind } => unchanged::unchanged(inventory, kind),
        Expectation::Unaltered { kind } => unaltered::unaltered(inventory, kind),
        Expectation::Resolves { kind, field } => resolves::resolves(inventory, kind, field.as_deref()),
        Expectation::Rule(rule) => match inventory.framework.rules.get(rule) {
            Some(rule) => relation::verify(inventory, rule),
            None => Outcome::new(super::outcome::Status::CannotTell(format!("the rule {rule} is not in the map"))),
        },
    }
}

/// Documents of a kind that are under control, or of all kinds: what is only inferred is no ground for a fault.
fn controlled_of<'run>(inventory: &Inventory<'run>, kind: &str) -> Vec<DocumentRef<'run>> {
    let mut documents: Vec<DocumentRef<'run>> = if kind == "all" {
        inventory.holdings.keys().filter(|kind| is_kept_up(inventory, kind)).flat_map(|kind| inventory.holdings[kind].documents.clone()).collect()
    } else {
        inventory.holding(kind).documents.clone()
    };
    // What is in force no more is kept as it was.
    documents.retain(|reference| !reference.document.is_withdrawn());
    documents.sort_by(|left, right| left.document.path.cmp(&right.document.path));
    documents.dedup_by(|left, right| left.document.path == right.document.path);
    documents
}

/// Whether a kind is a document or register that is kept up, not a record of an event.
fn is_kept_up(inventory: &Inventory<'_>, kind: &str) -> bool {
    inventory.kind(kind).is_some_and(|kind| kind.form != crate::framework::Form::Record)
}

/// The document's id, or its path where it has none: how fingerprints know it.
pub(super) fn subject_of(document: &Document) -> String {
    document.control.get(ControlField::Id).map_or_else(|| document.path.to_string(), |id| id.value.clone())
}

/// How a document is called in a message.
pub(super) fn name_of(document: &Document) -> String {
    crate::vocabulary::sanitize(&document.shown_title())
}

/// The grade of a fault in something that the standard does not demand: never more than an observation.
fn grade_for(inventory: &Inventory<'_>, kind: &str) -> Option<Grade> {
    let demanded = inventory.framework.kinds.values().any(|other| other.demanded.is_some() && inventory.framework.is_a(kind, &other.id));
    (!demanded).then_some(Grade::Observation)
}

/// A fault of a built-in check at a place in a document.
fn fault(check: BuiltIn, document: &Document, at: Place, target: impl Into<String>, fact: Fact) -> Fault {
    Fault::new(Breach::Check(check), subject_of(document), target, place_in(document, at), fact)
}

/// Whether faults may rest on how this is known.
fn is_sure(provenance: Identified) -> bool {
    provenance != Identified::Inferred
}

/// Where the head of a document, or its title, stands.
fn head_line(document: &Document) -> Place {
    let line = document.title.as_ref().map_or(1, |title| title.at.line);
    Place::line(if document.head.fields.is_empty() { line } else { document.head.at.line.max(1) })
}
