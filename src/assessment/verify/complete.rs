//! Records have their fields.

use super::super::grading::Sample;
use super::super::inventory::Inventory;
use super::super::outcome::{Outcome, Status};
use super::super::records::{RecordRef, place_in};
use super::super::wording::Fact;
use super::exists::records;
use super::{fault, grade_for, is_sure};
use crate::framework::{BuiltIn, Grade, Tests};
use crate::vocabulary::shortened;

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
            outcome.cite_field(inventory, record, kind, shown_by(inventory, record, fields));
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
    if outcome.status == Status::Judged && may_come_later(inventory, kind, fields, when) {
        for record in holding.records.iter().filter(|record| is_sure(record.provenance) && !record.passes(inventory, when)) {
            let missing = fields.iter().any(|field| record.filled(inventory, field).is_none());
            match (missing, record.text(inventory, "status")) {
                (true, Some(status)) => outcome.to_come.push(format!("{} ({})", record.id(inventory), shortened(status.trim(), 30))),
                (false, _) => outcome.cite_field(inventory, record, kind, shown_by(inventory, record, fields)),
                (true, None) => {}
            }
        }
    }
    if gap_in_guess && outcome.evidence.is_empty() && outcome.faults.is_empty() {
        outcome.status = Status::NotFound;
    }
    outcome
}

/// One field is shown by its own line, several by the record that holds them.
fn shown_by(inventory: &Inventory<'_>, record: &RecordRef<'_>, fields: &[String]) -> u32 {
    match fields {
        [field] => record.place(inventory, field).line,
        _ => record.first_line().line,
    }
}

/// Whether records that are not asked yet will be: all that is looked at is how far they have come, and the field is more
/// than the day on which that is over.
fn may_come_later(inventory: &Inventory<'_>, kind: &str, fields: &[String], when: &Tests) -> bool {
    let is_of_status = matches!(when.0.as_slice(), [test] if test.field == "status" && test.is.is_some());
    let closed_by = inventory.kind(kind).and_then(|kind| kind.closed_by.as_ref());
    is_of_status && closed_by.is_none_or(|closed_by| !fields.contains(closed_by))
}
