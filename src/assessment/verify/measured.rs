//! A measure is named and its target is a number.

use super::super::inventory::Inventory;
use super::super::outcome::{Outcome, Status};
use super::super::wording::Fact;
use super::complete::complete;
use super::exists::records;
use super::{fault, grade_for, is_sure};
use crate::framework::{BuiltIn, Tests};

/// Every entry names its measure, and target (and value) hold a number.
pub(super) fn measured(inventory: &Inventory<'_>, kind: &str, measure: &str, target: &str, value: Option<&str>) -> Outcome {
    let holding = inventory.holding(kind);
    if holding.records.is_empty() {
        return records(inventory, kind, &Tests::default(), 1);
    }
    let mut outcome = complete(inventory, kind, &[measure.to_owned()], &Tests::default(), None);
    outcome.evidence.clear();
    for record in &holding.records {
        let numbers = std::iter::once(target).chain(value);
        let mut good = record.filled(inventory, measure).is_some();
        for field in numbers {
            let text = record.text(inventory, field);
            // "Zero" and "none" are targets too, as people write them.
            let has_number = text.is_some_and(|text| {
                text.chars().any(|character| character.is_ascii_digit()) || ["zero", "none", "no "].iter().any(|word| text.to_lowercase().starts_with(word))
            });
            if has_number {
                continue;
            }
            good = false;
            if is_sure(record.provenance) {
                let id = record.id(inventory);
                let fact = Fact::NoNumber { record: id.clone(), field: field.to_owned(), value: text.map(str::to_owned) };
                let at = record.field(inventory, field).map_or_else(|| record.first_line(), |found| found.value.at);
                let mut found = fault(BuiltIn::NotMeasured, record.document, at, field, fact);
                found.subject = id;
                found.grade = grade_for(inventory, kind);
                outcome.faults.push(found);
            }
        }
        if good {
            outcome.cite(inventory, &record.document.path, record.first_line().line.max(1), kind, record.provenance);
        }
    }
    outcome.status = Status::Judged;
    outcome
}
