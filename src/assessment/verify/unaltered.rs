//! Records were not altered after they were closed, as far as Git tells.

use super::super::inventory::Inventory;
use super::super::outcome::{Outcome, Status};
use super::super::records::RecordRef;
use super::super::wording::Fact;
use super::exists::exists;
use super::{fault, is_sure};
use crate::framework::{BuiltIn, Field, FieldType};

/// Fields whose alteration after closure speaks against the record, not merely for care; so do all dates.
const WEIGHTY: [&str; 7] = ["outcome", "approved_by", "decision", "priority", "result", "resolution", "effectiveness"];

/// Whether a name that a record writes is one of those, under whatever name the organization has for it.
fn is_weighty(inventory: &Inventory<'_>, record: &RecordRef<'_>, key: &str) -> bool {
    let written_so = |field: &&Field| inventory.names(&record.kind.id).is_some_and(|names| names.keys(&field.name).iter().any(|name| name == key));
    let field = record.kind.fields.iter().find(written_so);
    field.is_some_and(|field| field.kind == FieldType::Date || WEIGHTY.contains(&field.name.as_str()))
}

/// No record of the kind was altered after it was closed.
pub(super) fn unaltered(inventory: &Inventory<'_>, kind: &str) -> Outcome {
    if let Some(reason) = &inventory.no_history {
        return Outcome::new(Status::CannotTell(reason.clone()));
    }
    let records = if kind == "all" {
        inventory.holdings.values().flat_map(|holding| holding.records.clone()).filter(|record| record.kind.closed_by.is_some()).collect()
    } else {
        inventory.holding(kind).records.clone()
    };
    if records.is_empty() {
        return if kind == "all" { Outcome::new(Status::NothingToJudge) } else { exists(inventory, kind) };
    }
    // History that proves nothing speaks for nothing either.
    if inventory.is_history_silent() {
        return Outcome::new(Status::NothingToJudge);
    }
    let mut outcome = Outcome::new(Status::Judged);
    for record in &records {
        let mut altered = false;
        for alteration in inventory.alterations(record).filter(|_| is_sure(record.provenance)) {
            altered = true;
            let id = record.id(inventory);
            let fact = Fact::AlteredAfterClosure {
                record: id.clone(),
                fields: alteration.fields.clone(),
                commit: alteration.commit.clone(),
                date: alteration.date.to_string(),
            };
            let mut found = fault(BuiltIn::AlteredAfterClosure, record.document, record.first_line(), alteration.fields.join("+"), fact);
            found.subject = id;
            found.contradicts = alteration.fields.iter().any(|field| is_weighty(inventory, record, field));
            outcome.faults.push(found);
        }
        if !altered {
            outcome.cite(inventory, &record.document.path, record.first_line().line.max(1), &record.kind.id, record.provenance);
        }
    }
    outcome
}
