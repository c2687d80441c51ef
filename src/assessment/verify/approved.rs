//! Approval: there at all, by the right people, not of a draft, not in the future.

use super::super::inventory::Inventory;
use super::super::outcome::{Outcome, Status};
use super::super::wording::Fact;
use super::exists::exists;
use super::{controlled_of, fault, head_line, is_sure, name_of};
use crate::documents::ControlField;
use crate::framework::{ApprovedBy, BuiltIn};
use crate::vocabulary::{plain, read_date};

/// Status words of a text that is not yet, or no longer, approved.
const NOT_APPROVED: [&str; 12] = [
    "draft",
    "in review",
    "under review",
    "in draft",
    "proposed",
    "proposal",
    "work in progress",
    "wip",
    "for review",
    "pending",
    "pending approval",
    "rejected",
];

/// Every document of the kind is approved.
pub(super) fn approved(inventory: &Inventory<'_>, kind: &str, by: Option<ApprovedBy>) -> Outcome {
    let documents: Vec<_> = controlled_of(inventory, kind).into_iter().filter(|reference| !reference.document.is_unread()).collect();
    if documents.is_empty() {
        return exists(inventory, kind);
    }
    let mut outcome = Outcome::new(Status::Judged);
    for reference in documents {
        let (document, name) = (reference.document, name_of(reference.document));
        if !is_sure(reference.provenance) {
            outcome.cite(inventory, &document.path, head_line(document).line, kind, reference.provenance);
            continue;
        }
        let status = document.control.get(ControlField::Status);
        let draft = status.filter(|status| NOT_APPROVED.contains(&plain(&status.value).as_str()));
        if let Some(status) = draft {
            let fact = Fact::Draft { document: name, status: status.value.clone() };
            outcome.faults.push(fault(BuiltIn::NotApproved, document, status.at, "status", fact));
            continue;
        }
        let approver = document.control.get(ControlField::ApprovedBy);
        let date = document.control.get(ControlField::ApprovedOn);
        let Some(approver) = approver else {
            // The missing day is part of the same fault.
            let fact = Fact::NotApproved { document: name, fields: vec!["by whom it was approved"] };
            outcome.faults.push(fault(BuiltIn::NotApproved, document, head_line(document), "approved_by", fact));
            continue;
        };
        if date.is_none() {
            let fact = Fact::NotApproved { document: name.clone(), fields: vec!["when it was approved"] };
            outcome.faults.push(fault(BuiltIn::NotApproved, document, head_line(document), "approved_on", fact));
        }
        let mut good = date.is_some();
        if let Some((role, people)) = by.and_then(|by| people_of(inventory, by))
            && !people.iter().any(|person| plain(&approver.value).contains(&plain(person)))
        {
            good = false;
            let fact = Fact::WrongApprover { document: name, approver: approver.value.clone(), role, people };
            outcome.faults.push(fault(BuiltIn::WrongApprover, document, approver.at, "approved_by", fact));
        }
        if let Some(date) = date.filter(|date| read_date(&date.value).day().is_some_and(|day| day > inventory.as_of.0)) {
            let fact = Fact::ApprovedInFuture { document: name_of(document), date: date.value.clone(), as_of: inventory.as_of.to_string() };
            outcome.faults.push(fault(BuiltIn::ApprovedInFuture, document, date.at, "approved_on", fact));
        }
        if good {
            outcome.cite(inventory, &document.path, approver.at.line, kind, reference.provenance);
        }
    }
    outcome
}

/// The role that must approve and the people who hold it; none where the settings name nobody.
fn people_of(inventory: &Inventory<'_>, by: ApprovedBy) -> Option<(&'static str, Vec<String>)> {
    let roles = &inventory.settings.roles;
    let (role, people) = match by {
        ApprovedBy::TopManagement => ("top management", roles.top_management.clone()),
        ApprovedBy::AuthorizedManagers => ("the authorized managers", roles.authorized_managers.iter().chain(&roles.top_management).cloned().collect()),
    };
    let mut named: Vec<String> = Vec::new();
    for person in people {
        if !named.contains(&person) {
            named.push(person);
        }
    }
    (!named.is_empty()).then_some((role, named))
}
