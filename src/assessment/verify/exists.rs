//! A document, register or record is there.

use super::super::inventory::Inventory;
use super::super::outcome::{Outcome, Status};
use crate::framework::Tests;

/// A document or register of the kind is there and has content.
pub(super) fn exists(inventory: &Inventory<'_>, kind: &str) -> Outcome {
    let holding = inventory.holding(kind);
    if holding.documents.is_empty() && holding.records.is_empty() {
        return nowhere(inventory, kind);
    }
    if !holding.documents.is_empty() && holding.documents.iter().all(|reference| reference.document.is_unread()) {
        let paths: Vec<String> = holding.documents.iter().map(|reference| reference.document.path.to_string()).collect();
        return unread(inventory, kind, &paths);
    }
    let mut outcome = Outcome::new(Status::Judged);
    for reference in holding.documents.iter().filter(|reference| !reference.document.is_unread()) {
        let line = reference.document.title.as_ref().map_or(1, |title| title.at.line);
        outcome.cite(inventory, &reference.document.path, line, kind, reference.provenance);
    }
    outcome
}

/// Nothing is known to be of the kind. Where a document could be it, a person looks before anybody calls it missing.
pub(in crate::assessment) fn nowhere(inventory: &Inventory<'_>, kind: &str) -> Outcome {
    let could_be = inventory.could_be(kind);
    if could_be.is_empty() {
        return Outcome::absent(kind);
    }
    let title = inventory.kind(kind).map_or(kind, |kind| kind.title.as_str());
    let paths: Vec<String> = could_be.iter().map(|document| document.path.to_string()).collect();
    let paths = crate::vocabulary::list_some(&paths, 3);
    let reason = format!("no document is the {} for sure; {paths} could be: say so in clausewise.yaml", super::super::wording::lower_first(title));
    Outcome { could_be: Some(kind.to_owned()), ..Outcome::new(Status::ToConfirm(reason)) }
}

/// There are records or entries of the kind.
pub(super) fn records(inventory: &Inventory<'_>, kind: &str, filter: &Tests, at_least: u32) -> Outcome {
    let holding = inventory.holding(kind);
    if holding.records.is_empty() {
        return exists(inventory, kind);
    }
    let matching: Vec<_> = holding.records.iter().filter(|record| record.passes(inventory, filter)).collect();
    if matching.len() < at_least as usize {
        return Outcome::new(Status::NotFound);
    }
    let mut outcome = Outcome::new(Status::Judged);
    for record in matching.iter().rev() {
        outcome.cite_field(inventory, record, kind, record.line_of(inventory, filter));
    }
    outcome.evidence.reverse();
    outcome
}

/// Present, not read: the auditor opens it.
pub(super) fn unread(inventory: &Inventory<'_>, kind: &str, paths: &[String]) -> Outcome {
    let mut outcome = Outcome::new(Status::ToConfirm(format!("present, not read: {}", crate::vocabulary::list_some(paths, 3))));
    for reference in inventory.holding(kind).documents.iter() {
        outcome.cite(inventory, &reference.document.path, 0, kind, reference.provenance);
    }
    outcome
}
