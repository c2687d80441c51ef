//! The body of a document was not changed after its approval, as far as Git tells.

use super::super::inventory::Inventory;
use super::super::outcome::{Outcome, Status};
use super::super::wording::Fact;
use super::exists::exists;
use super::{controlled_of, fault, is_sure, name_of};
use crate::documents::ControlField;
use crate::framework::BuiltIn;

/// No document of the kind was changed after its approval.
pub(super) fn unchanged(inventory: &Inventory<'_>, kind: &str) -> Outcome {
    if let Some(reason) = &inventory.no_history {
        return Outcome::new(Status::CannotTell(reason.clone()));
    }
    let documents: Vec<_> = controlled_of(inventory, kind).into_iter().filter(|reference| !reference.document.is_unread()).collect();
    if documents.is_empty() {
        return if kind == "all" { Outcome::new(Status::NothingToJudge) } else { exists(inventory, kind) };
    }
    // History that proves nothing speaks for nothing either.
    if inventory.is_history_silent() {
        return Outcome::new(Status::NothingToJudge);
    }
    let mut outcome = Outcome::new(Status::Judged);
    for reference in documents {
        let document = reference.document;
        let approved = document.control.get(ControlField::ApprovedOn);
        match (inventory.revisions.contents.get(&document.path), approved) {
            (Some(change), Some(approved)) if is_sure(reference.provenance) => {
                let fact = Fact::ChangedAfterApproval {
                    document: name_of(document),
                    approved_on: approved.value.clone(),
                    commit: change.commit.clone(),
                    date: change.date.to_string(),
                    characters: change.characters,
                };
                let mut found = fault(BuiltIn::ChangedAfterApproval, document, approved.at, "approved_on", fact);
                found.contradicts = true;
                outcome.faults.push(found);
            }
            // Nothing can have changed since an approval that nothing shows; a guess is no ground to say so.
            (_, None) if !is_sure(reference.provenance) => {}
            _ => outcome.cite(inventory, &document.path, approved.map_or(1, |value| value.at.line), "document control", reference.provenance),
        }
    }
    outcome
}
