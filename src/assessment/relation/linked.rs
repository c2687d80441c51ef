//! Relations between records of two kinds.

use jiff::ToSpan;

use super::names::{Named, names_in, own_names};
use super::{Break, Judge, Outcome, Status, Verdict};
use crate::assessment::inventory::Inventory;
use crate::assessment::records::RecordRef;
use crate::assessment::wording::field_words;
use crate::framework::{Counted, FirstNotBefore, FollowedBy, Linked, NoneAfter, Rule, Tests};
use crate::vocabulary::{count, list_some, slug};

/// Each record that a field names passes some tests.
pub(super) fn linked(judge: &Judge<'_, '_>, relation: &Linked) -> Outcome {
    let inventory = judge.inventory;
    let there = Named::new(inventory, &relation.there, relation.by.as_deref(), &Tests::default());
    let known = Named::new(inventory, judge.kind, None, &Tests::default());
    judge.each(|record| {
        let mut others = there.of(&names_in(inventory, record, Some(&relation.key)));
        others.retain(|other| relation.unless_there.0.is_empty() || !other.passes(inventory, &relation.unless_there));
        let fails = |other: &&&RecordRef<'_>| !other.passes(inventory, &relation.then);
        let own = own_names(inventory, record);
        let is_silent = |other: &&&RecordRef<'_>| {
            let named = relation.back.as_ref().map(|back| names_in(inventory, other, Some(back))).unwrap_or_default();
            // What it names must exist; else that is the fault, and is told as such.
            !named.is_empty() && named.is_disjoint(&own) && !known.of(&named).is_empty()
        };
        match others.iter().find(fails) {
            None if others.is_empty() => Verdict::Nothing,
            None => match others.iter().find(is_silent) {
                None => Verdict::Holds,
                Some(other) => {
                    let back = relation.back.as_deref().unwrap_or_default();
                    let detail = format!("{} names others: {}", other.id(inventory), shown(inventory, other, back));
                    Verdict::breaks(relation.key.as_str(), judge.broken(record, detail))
                }
            },
            Some(other) => {
                let failing = |test: &&crate::framework::FieldTest| !other.passes(inventory, &Tests(vec![(*test).clone()]));
                let field = relation.then.0.iter().find(failing).map_or("", |test| test.field.as_str());
                let detail = format!("{}, see {}", other.id(inventory), shown(inventory, other, field));
                let missing = vec![slug(&other.id(inventory))];
                Verdict::Breaks(Box::new(Break { missing, ..Break::new(relation.key.as_str(), judge.broken(record, detail)) }))
            }
        }
    })
}

/// Of the records there that belong to a record, one is dated on or after it.
pub(super) fn followed_by(judge: &Judge<'_, '_>, relation: &FollowedBy) -> Outcome {
    let inventory = judge.inventory;
    let there = Named::new(inventory, &relation.there, relation.by.as_deref(), &relation.where_there);
    judge.each(|record| {
        let Some(day) = record.day(inventory, &relation.date) else { return Verdict::Nothing };
        let days = relation.threshold.as_ref().map_or(relation.days, |name| inventory.threshold(name, relation.days));
        let limit = day.saturating_add(i64::from(days).days());
        // What has not come yet, or may still come in time, is not judged.
        if day > inventory.as_of.0 || days > 0 && limit >= inventory.as_of.0 {
            return Verdict::Nothing;
        }
        let others = there.of(&names_in(inventory, record, relation.key.as_deref()));
        let dated: Vec<_> = others.iter().filter_map(|other| Some((other.day(inventory, &relation.date_there)?, *other))).collect();
        let Some((latest, newest)) = dated.iter().max_by_key(|(day, _)| *day) else { return Verdict::Nothing };
        let late = if relation.each { dated.iter().find(|(then, _)| *then < day).copied() } else { (*latest < day).then_some((*latest, *newest)) };
        match late {
            None => Verdict::Holds,
            Some((then, _)) if relation.if_content_changed && inventory.is_content_unchanged_since(record.document, then) => Verdict::Holds,
            Some((then, other)) => {
                let id = other.id(inventory);
                let detail = format!(
                    "{} {day}; {} of {id} {then}, {}",
                    field_words(&relation.date),
                    field_words(&relation.date_there),
                    other.place(inventory, "id").shown()
                );
                let field = relation.key.as_deref().filter(|_| relation.each).unwrap_or(&relation.date);
                Verdict::breaks(field, judge.broken(record, detail))
            }
        }
    })
}

/// No record there that names a record is dated after it.
pub(super) fn none_after(judge: &Judge<'_, '_>, relation: &NoneAfter) -> Outcome {
    let inventory = judge.inventory;
    let there = Named::new(inventory, &relation.there, Some(&relation.by), &relation.where_there);
    judge.each(|record| {
        let Some(day) = record.day(inventory, &relation.date) else { return Verdict::Nothing };
        let others = there.of(&names_in(inventory, record, None));
        let later: Vec<String> = others
            .iter()
            .filter(|other| other.day(inventory, &relation.date_there).is_some_and(|then| then > day))
            .map(|other| format!("{} of {}", other.id(inventory), shown(inventory, other, &relation.date_there)))
            .collect();
        if later.is_empty() {
            return Verdict::Holds;
        }
        Verdict::breaks(relation.date.as_str(), judge.broken(record, format!("{} {day}, then {}", field_words(&relation.date), list_some(&later, 3))))
    })
}

/// A number is the number of records there that name the record.
pub(super) fn counted(judge: &Judge<'_, '_>, relation: &Counted) -> Outcome {
    let inventory = judge.inventory;
    let there = Named::new(inventory, &relation.there, Some(&relation.by), &relation.where_there);
    // Where nothing there names anything of this kind, the count cannot be made here.
    let in_use = inventory.holding(&relation.there).records.iter().any(|record| record.filled(inventory, &relation.by).is_some());
    judge.each(|record| {
        let said = record.text(inventory, &relation.field).and_then(|text| text.split_whitespace().next()?.parse::<usize>().ok());
        let (Some(said), true) = (said, in_use) else { return Verdict::Nothing };
        let found = there.of(&names_in(inventory, record, None));
        if said == found.len() {
            return Verdict::Holds;
        }
        let names: Vec<String> = found.iter().map(|other| other.id(inventory)).collect();
        let which = if names.is_empty() { String::new() } else { format!(": {}", list_some(&names, 4)) };
        let detail = format!("it says {said}, {} name it{which}", count(found.len(), "record", "records"));
        Verdict::breaks(relation.field.as_str(), judge.broken(record, detail))
    })
}

/// The first record is not dated before the first one there.
pub(super) fn first_not_before(inventory: &Inventory<'_>, rule: &Rule, relation: &FirstNotBefore) -> Outcome {
    // A record without its date may have been the first.
    if inventory.holding(&relation.there).records.iter().any(|record| record.day(inventory, &relation.date_there).is_none()) {
        return Outcome::new(Status::NothingToJudge);
    }
    let first = |kind: &str, field: &str| inventory.holding(kind).records.iter().filter_map(|record| record.day(inventory, field)).min();
    let (Some(first), Some(first_there)) = (first(&relation.kind, &relation.date), first(&relation.there, &relation.date_there)) else {
        return Outcome::new(Status::NothingToJudge);
    };
    let none = Tests::default();
    let judge = Judge::new(inventory, rule, &relation.kind, &none, &none);
    judge.each(|record| {
        if record.day(inventory, &relation.date) != Some(first) {
            return Verdict::Nothing;
        }
        if first >= first_there {
            return Verdict::Holds;
        }
        Verdict::breaks(relation.date.as_str(), judge.broken(record, format!("{first}; the first one there is of {first_there}")))
    })
}

/// A field's value with its place: `status open (records/changes.yaml:12)`.
fn shown(inventory: &Inventory<'_>, record: &RecordRef<'_>, field: &str) -> String {
    let value = record.text(inventory, field).map_or_else(|| format!("\"{}\" is empty", field_words(field)), |value| format!("{} {value}", field_words(field)));
    format!("{value} ({})", record.place(inventory, field).shown())
}
