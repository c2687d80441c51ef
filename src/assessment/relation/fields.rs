//! Fields that must be filled, hold one of some values, or agree with each other.

use std::collections::BTreeSet;

use super::{Break, Judge, Outcome, Verdict};
use crate::assessment::records::{members_of, says_none_text};
use crate::assessment::wording::Fact;
use crate::framework::{Listed, Tests};
use crate::vocabulary::plain;

/// All, or any, of the fields are filled.
pub(super) fn present(judge: &Judge<'_, '_>, fields: &[String], any: bool) -> Outcome {
    judge.each(|record| {
        let missing: Vec<String> = fields.iter().filter(|field| record.filled(judge.inventory, field).is_none()).cloned().collect();
        let holds = if any { missing.len() < fields.len() } else { missing.is_empty() };
        if holds {
            let shown = fields.iter().find_map(|field| record.filled(judge.inventory, field)).filter(|_| any || fields.len() == 1);
            return shown.map_or(Verdict::Holds, |field| Verdict::HoldsBy(*record, field.value.at.line));
        }
        let fact = Fact::FieldsMissing { record: record.id(judge.inventory), fields: missing.clone(), any, fault: judge.fault_words() };
        let since = record.later_in_row(judge.inventory).into_iter().filter(|_| judge.rule.taken_up_later).find_map(|later| {
            let taken = |field: &String| later.filled(judge.inventory, field);
            if missing.iter().any(|field| taken(field).is_none()) {
                return None;
            }
            missing.first().map(|field| later.place(judge.inventory, field).shown())
        });
        Verdict::Breaks(Box::new(Break { since, ..Break::new(missing.first().cloned().unwrap_or_default(), fact) }))
    })
}

/// A field's values are in a list.
pub(super) fn one_of(judge: &Judge<'_, '_>, field: &str, values: &[String], listed_in: Option<&Listed>) -> Outcome {
    let mut allowed: Vec<String> = values.to_vec();
    if let Some(listed) = listed_in {
        for record in &judge.inventory.holding(&listed.kind).records {
            allowed.extend(record.members(judge.inventory, &listed.field).into_iter().map(|(value, _)| value));
        }
    }
    let known: BTreeSet<String> = allowed.iter().map(|value| plain(value)).collect();
    judge.each(|record| {
        // Where nothing is listed there is nothing to be outside of.
        let (Some(written), false) = (record.filled(judge.inventory, field), known.is_empty()) else { return Verdict::Nothing };
        let fits = |value: &str| {
            let value = plain(value);
            known.contains(&value) || known.iter().any(|known| known.starts_with(&format!("{value} ")) || value.starts_with(&format!("{known} ")))
        };
        let strange = members_of(&written.value).into_iter().find(|(value, _)| !says_none_text(value) && !fits(value));
        match strange {
            None => Verdict::Holds,
            Some((value, _)) => {
                Verdict::breaks(field, Fact::NotInList { record: record.id(judge.inventory), field: field.to_owned(), value, allowed: allowed.clone() })
            }
        }
    })
}

/// Where the filter holds, the other tests hold too.
pub(super) fn agrees(judge: &Judge<'_, '_>, then: &Tests) -> Outcome {
    judge.each(|record| {
        if record.passes(judge.inventory, then) {
            return Verdict::Holds;
        }
        let field = then.0.iter().find(|test| !record.passes(judge.inventory, &Tests(vec![(*test).clone()]))).map_or("", |test| test.field.as_str());
        Verdict::breaks(field, Fact::Disagrees { record: record.id(judge.inventory), fault: judge.fault_words() })
    })
}
