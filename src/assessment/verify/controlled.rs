//! Document control data are there (7.5.2).

use super::super::inventory::Inventory;
use super::super::outcome::{Outcome, Status};
use super::super::wording::Fact;
use super::approved::approval_fault;
use super::{controlled_of, fault, head_line, is_sure, name_of};
use crate::documents::ControlField;
use crate::framework::BuiltIn;

/// Every document of the kind states these control data.
pub(super) fn controlled(inventory: &Inventory<'_>, kind: &str, control: &[String]) -> Outcome {
    let fields: Vec<ControlField> = control.iter().filter_map(|name| ControlField::from_name(name)).collect();
    let mut outcome = Outcome::new(Status::NothingToJudge);
    for reference in controlled_of(inventory, kind) {
        let document = reference.document;
        if document.is_unread() {
            continue;
        }
        outcome.status = Status::Judged;
        outcome.confidence = outcome.confidence.min(reference.provenance.confidence());
        let has = |field: &ControlField| document.control.get(*field).is_some() || (*field == ControlField::Title && document.title.is_some());
        // Approval data that are missing are a missing approval, and a draft has none whatever it says.
        let about_approval = |field: &&ControlField| matches!(field, ControlField::ApprovedBy | ControlField::ApprovedOn);
        let unapproved = if fields.iter().any(|field| about_approval(&field)) { approval_fault(document) } else { None };
        let missing: Vec<&'static str> = fields.iter().filter(|field| !about_approval(field) && !has(field)).map(|field| field.name()).collect();
        if let Some(fault) = unapproved {
            if is_sure(reference.provenance) {
                outcome.faults.push(fault);
            }
            if missing.is_empty() {
                continue;
            }
        }
        if missing.is_empty() {
            outcome.cite(inventory, &document.path, head_line(document).line, "document control", reference.provenance);
        } else if is_sure(reference.provenance) {
            let target = missing.join("+");
            let fact = Fact::ControlMissing { document: name_of(document), fields: missing };
            outcome.faults.push(fault(BuiltIn::NotControlled, document, head_line(document), target, fact));
        }
    }
    outcome
}
