//! Somebody is named for something.

use super::super::inventory::Inventory;
use super::super::outcome::{Confidence, Outcome, Status};
use super::super::records::RecordRef;
use super::super::wording::Fact;
use super::exists::exists;
use super::{fault, grade_for, head_line, is_sure};
use crate::framework::{BuiltIn, FieldType};
use crate::vocabulary::{Place, plain};

/// An entry or passage with one of the terms names a person or post, or a field does.
pub(super) fn responsibility(inventory: &Inventory<'_>, kind: &str, terms: &[String], field: Option<&str>) -> Outcome {
    let holding = inventory.holding(kind);
    if holding.records.is_empty() && holding.documents.is_empty() {
        return exists(inventory, kind);
    }
    let title = inventory.kind(kind).map_or(kind, |kind| kind.title.as_str());
    let mut outcome = Outcome::new(Status::Judged);
    if let Some(field) = field {
        for record in &holding.records {
            if record.filled(inventory, field).is_some() {
                outcome.cite_field(inventory, record, kind, record.place(inventory, field).line);
            } else if is_sure(record.provenance) {
                let id = record.id(inventory);
                let fact = Fact::NobodyNamed { what: id.clone(), kind: title.to_owned() };
                let mut found = fault(BuiltIn::NotAssigned, record.document, record.first_line(), field, fact);
                found.subject = id;
                found.grade = grade_for(inventory, kind);
                outcome.faults.push(found);
            }
        }
        return outcome;
    }
    let terms: Vec<String> = terms.iter().map(|term| plain(term)).collect();
    for record in holding.records.iter().filter(|record| speaks_of(record, &terms) && names_somebody(inventory, record)) {
        outcome.cite(inventory, &record.document.path, record.first_line().line.max(1), kind, record.provenance);
    }
    if outcome.evidence.is_empty() {
        for reference in &holding.documents {
            let said = reference.document.passages.iter().find(|passage| mentions(&passage.text, &terms));
            if let Some(passage) = said {
                outcome.cite(inventory, &reference.document.path, passage.line, kind, reference.provenance);
                outcome.confidence = Confidence::Low;
            }
        }
    }
    if outcome.evidence.is_empty() {
        match holding.documents.first().filter(|reference| is_sure(reference.provenance)) {
            Some(reference) => {
                let fact = Fact::NobodyNamed { what: terms.first().cloned().unwrap_or_default(), kind: title.to_owned() };
                let at = Place::line(head_line(reference.document).line);
                let mut found = fault(BuiltIn::NotAssigned, reference.document, at, terms.join("+"), fact);
                found.grade = grade_for(inventory, kind);
                outcome.faults.push(found);
            }
            None => outcome.status = Status::NotFound,
        }
    }
    outcome
}

fn mentions(text: &str, terms: &[String]) -> bool {
    let text = plain(text);
    terms.iter().any(|term| text.contains(term.as_str()))
}

fn speaks_of(record: &RecordRef<'_>, terms: &[String]) -> bool {
    let mut scalars = Vec::new();
    record.record.fields.iter().for_each(|field| field.value.scalars(&mut scalars));
    scalars.iter().any(|(text, _)| mentions(text, terms))
}

fn names_somebody(inventory: &Inventory<'_>, record: &RecordRef<'_>) -> bool {
    record.kind.fields.iter().filter(|field| field.kind == FieldType::Person).any(|field| record.filled(inventory, &field.name).is_some())
}
