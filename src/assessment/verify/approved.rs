//! Approval: there at all, by the right people, not of a draft, not in the future.

use super::super::inventory::Inventory;
use super::super::outcome::{Fault, Outcome, Status};
use super::super::wording::Fact;
use super::exists::exists;
use super::{controlled_of, fault, head_line, is_sure, name_of};
use crate::documents::{ControlField, ControlValue, Document};
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
        let approver = document.control.get(ControlField::ApprovedBy);
        let date = document.control.get(ControlField::ApprovedOn);
        let unapproved = approval_fault(document);
        let is_draft = unapproved.as_ref().is_some_and(|fault| fault.target == "status");
        outcome.faults.extend(unapproved);
        let Some(approver) = approver.filter(|_| !is_draft) else { continue };
        let mut good = date.is_some();
        if let Some((role, people)) = by.and_then(|by| people_of(inventory, by))
            && !people.iter().any(|person| plain(&approver.value).contains(&plain(person)))
        {
            good = false;
            let rule = written_rule(inventory, &people);
            let fact = Fact::WrongApprover { document: name, approver: approver.value.clone(), role, people, rule };
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

/// Where the procedure for documented information tells who approves, by a name of those who may.
fn written_rule(inventory: &Inventory<'_>, people: &[String]) -> Option<String> {
    let documents = inventory.holding("document-control-procedure").documents.iter().filter(|reference| is_sure(reference.provenance));
    let passages = documents.flat_map(|reference| reference.document.passages.iter().map(|passage| (reference.document, passage)));
    let names_one = |text: &str| text.contains("approve") && people.iter().any(|person| text.contains(&plain(person)));
    let mut telling = passages.filter(|(_, passage)| names_one(&plain(&passage.text)));
    telling.next().map(|(document, passage)| format!("{}:{}", document.path, passage.line))
}

/// What a document says of its state where that means that it is not, or no longer, approved.
pub(in super::super) fn draft_status(document: &Document) -> Option<&ControlValue> {
    document.control.get(ControlField::Status).filter(|status| is_draft_word(&status.value))
}

/// Whether a status says that a document is not approved yet.
pub fn is_draft_word(status: &str) -> bool {
    NOT_APPROVED.contains(&plain(status).as_str())
}

/// What keeps a document from being approved: it is a draft, or does not say by whom or when. One cause, one fault,
/// whoever asks for it.
pub(super) fn approval_fault(document: &Document) -> Option<Fault> {
    let name = name_of(document);
    if let Some(status) = draft_status(document) {
        let fact = Fact::Draft { document: name, status: status.value.clone() };
        return Some(fault(BuiltIn::NotApproved, document, status.at, "status", fact));
    }
    let (target, missing) = match (document.control.get(ControlField::ApprovedBy), document.control.get(ControlField::ApprovedOn)) {
        (Some(_), Some(_)) => return None,
        (None, None) => ("approved_by", vec!["by whom", "when it was approved"]),
        (None, Some(_)) => ("approved_by", vec!["by whom it was approved"]),
        (Some(_), None) => ("approved_on", vec!["when it was approved"]),
    };
    let fact = Fact::NotApproved { document: name, fields: missing };
    Some(fault(BuiltIn::NotApproved, document, head_line(document), target, fact))
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
