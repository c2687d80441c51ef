//! Records have their fields.

use super::super::grading::Sample;
use super::super::inventory::Inventory;
use super::super::outcome::{Outcome, Status};
use super::super::records::place_in;
use super::super::wording::Fact;
use super::exists::records;
use super::{fault, grade_for, is_sure};
use crate::framework::{BuiltIn, Grade, Tests};

/// Every record to which `when` applies has these fields filled.
pub(super) fn complete(inventory: &Inventory<'_>, kind: &str, fields: &[String], when: &Tests, grade: Option<Grade>) -> Outcome {
    let holding = inventory.holding(kind);
    if holding.records.is_empty() {
        return records(inventory, kind, &Tests::default(), 1);
    }
    let title = inventory.kind(kind).map_or(kind, |kind| kind.title.as_str());
    let mut outcome = Outcome::new(Status::NothingToJudge);
    let mut gap_in_guess = false;
    let mut passing = 0;
    for record in holding.records.iter().filter(|record| record.passes(inventory, when)) {
        outcome.status = Status::Judged;
        let missing: Vec<&String> = fields.iter().filter(|field| record.filled(inventory, field).is_none()).collect();
        if missing.is_empty() {
            passing += 1;
            // One field is shown by its own line, several by the record that holds them.
            let line = match fields {
                [field] => record.place(inventory, field).line,
                _ => record.first_line().line,
            };
            outcome.cite_field(inventory, record, kind, line);
            continue;
        }
        if !is_sure(record.provenance) {
            gap_in_guess = true;
            continue;
        }
        for field in missing {
            let written = record.field(inventory, field);
            let at = written.map_or_else(|| record.first_line(), |written| written.value.at);
            let placeholder = written.and_then(|written| written.value.as_text()).filter(|text| !text.is_empty()).map(str::to_owned);
            let id = record.id(inventory);
            let fact = Fact::FieldEmpty { record: id.clone(), field: field.clone(), kind: title.to_owned(), placeholder };
            let mut found = fault(BuiltIn::Incomplete, record.document, at, field.clone(), fact);
            found.subject = id;
            found.place = Some(place_in(record.document, at));
            found.grade = grade.or_else(|| grade_for(inventory, kind));
            found.confidence = record.provenance.confidence();
            outcome.faults.push(found);
        }
    }
    let of = outcome.faults.iter().map(|fault| &fault.subject).collect::<std::collections::BTreeSet<_>>().len() + passing;
    for fault in &mut outcome.faults {
        fault.sample = Some(Sample { title: title.to_owned(), field: fault.target.clone(), of });
    }
    if gap_in_guess && outcome.evidence.is_empty() && outcome.faults.is_empty() {
        outcome.status = Status::NotFound;
    }
    outcome
}
