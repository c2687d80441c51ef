//! A document's own next review has not passed.

use jiff::civil::Date;

use super::super::inventory::Inventory;
use super::super::outcome::{Confidence, Fault, Outcome, Status};
use super::super::wording::Fact;
use super::exists::exists;
use super::{controlled_of, fault, is_sure, name_of};
use crate::documents::{ControlField, ControlValue, Document};
use crate::framework::BuiltIn;
use crate::vocabulary::{Interval, read_date};

/// No document of the kind is past the review that it promises itself.
pub(super) fn reviewed(inventory: &Inventory<'_>, kind: &str) -> Outcome {
    let documents: Vec<_> = controlled_of(inventory, kind).into_iter().filter(|reference| !reference.document.is_unread()).collect();
    if documents.is_empty() {
        return if kind == "all" { Outcome::new(Status::NothingToJudge) } else { exists(inventory, kind) };
    }
    let mut outcome = Outcome::new(Status::Judged);
    for reference in documents {
        let document = reference.document;
        match promised(document) {
            // That the day has passed is true whatever the document is; only whether it belongs here is then a guess.
            Some((due, how, value)) if due < inventory.as_of.0 && (is_sure(reference.provenance) || is_day(document)) => {
                let fact = Fact::ReviewOverdue { document: name_of(document), due: due.to_string(), how, as_of: inventory.as_of.to_string() };
                let confidence = if is_sure(reference.provenance) { Confidence::High } else { Confidence::Low };
                outcome.faults.push(Fault { confidence, ..fault(BuiltIn::ReviewOverdue, document, value.at, "next_review", fact) });
            }
            promised => {
                // No promise, no breach: the standard asks for documents to be kept current, not for a date.
                let line = promised.map_or(1, |(_, _, value)| value.at.line);
                outcome.cite(inventory, &document.path, line, kind, reference.provenance);
            }
        }
    }
    outcome
}

/// Whether a document names the day of its next review.
fn is_day(document: &Document) -> bool {
    document.control.get(ControlField::NextReview).is_some_and(|next| read_date(&next.value).day().is_some())
}

/// When the next review is due, how that is known, and the value that says so.
fn promised(document: &Document) -> Option<(Date, String, &ControlValue)> {
    let control = &document.control;
    if let Some(next) = control.get(ControlField::NextReview)
        && let Some(day) = read_date(&next.value).day()
    {
        return Some((day, "its own next review".to_owned(), next));
    }
    let interval = control.get(ControlField::ReviewInterval)?;
    let length = Interval::parse(&interval.value)?;
    let last = [ControlField::LastReview, ControlField::ApprovedOn]
        .iter()
        .filter_map(|field| control.get(*field))
        .filter_map(|value| read_date(&value.value).day())
        .max()?;
    Some((length.after(last), format!("{length} after {last}"), interval))
}
