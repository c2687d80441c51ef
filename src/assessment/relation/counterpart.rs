//! For each record there is one of another kind that names it.

use std::collections::{BTreeMap, BTreeSet};

use super::names::Named;
use super::{Break, Judge, Outcome, Status, Verdict};
use crate::assessment::outcome::Identified;
use crate::assessment::people::same_person;
use crate::assessment::records::RecordRef;
use crate::assessment::wording::{Fact, field_words};
use crate::framework::Tests;
use crate::vocabulary::{list_some, plain, shortened, slug};

/// The records that must name others.
pub(super) struct Others<'all> {
    pub(super) there: &'all str,
    pub(super) by: &'all str,
    pub(super) tests: &'all Tests,
    pub(super) agreeing: &'all BTreeMap<String, String>,
    pub(super) where_usual: bool,
    /// The field of the record that says of the other in its own words.
    pub(super) says: Option<&'all str>,
}

/// Each record is named by one of another kind.
pub(super) fn counterpart(judge: &Judge<'_, '_>, others: &Others<'_>, key: Option<&str>) -> Outcome {
    let Others { there, by, tests: where_there, agreeing, where_usual, says } = *others;
    let index = (!agreeing.is_empty()).then(|| Named::new(judge.inventory, there, Some(by), where_there));
    let inventory = judge.inventory;
    // What is not there needs nobody beside it; its absence is told by what asks for it.
    if inventory.holding(judge.kind).records.is_empty() {
        return Outcome::new(Status::NothingToJudge);
    }
    let holding = inventory.holding(there);
    let filling = holding.records.iter().filter(|record| record.filled(inventory, by).is_some()).count();
    if where_usual && filling * 2 < holding.records.len() {
        return Outcome::new(Status::NothingToJudge);
    }
    // By each name the first record that gives it.
    let mut named: BTreeMap<String, &RecordRef<'_>> = BTreeMap::new();
    for record in holding.records.iter().filter(|record| record.passes(inventory, where_there)) {
        for (value, _) in record.members(inventory, by) {
            // "SVC-MAIL Business Email" names SVC-MAIL.
            for name in [value.as_str(), value.split_whitespace().next().unwrap_or_default(), value.split('(').next().unwrap_or_default()] {
                named.entry(plain(name)).or_insert(record);
            }
        }
    }
    let title = inventory.kind(there).map_or(there, |kind| kind.title.as_str());
    let nowhere = holding.records.is_empty() && holding.documents.is_empty();
    // What only seems to be such a record, or could be, may well name it in words that nobody has confirmed.
    let unconfirmed = holding.documents.iter().any(|reference| reference.provenance == Identified::Inferred) || !inventory.could_be(there).is_empty();
    let external = inventory.is_external(there) || unconfirmed;
    // A value that many records share is missing there once: ten requests of a type lack one instruction.
    let mut reported: BTreeSet<String> = BTreeSet::new();
    let mut outcome = judge.each(|record| {
        let names: Vec<String> = match key {
            Some(key) => record.members(inventory, key).into_iter().map(|(value, _)| value).collect(),
            None => std::iter::once(record.id(inventory))
                .chain(["name", "party", "title"].iter().filter_map(|field| record.text(inventory, field)).map(str::to_owned))
                .collect(),
        };
        let naming = names.iter().find_map(|name| named.get(&plain(name)));
        if let Some(other) = naming.filter(|_| index.as_ref().is_none_or(|index| agrees(judge, record, &names, index, agreeing))) {
            // Where the other has to say something, its word is what shows it.
            return if where_there.0.is_empty() { Verdict::Holds } else { Verdict::HoldsBy(**other, other.line_of(inventory, where_there)) };
        }
        if external || names.is_empty() {
            return Verdict::Nothing;
        }
        if key.is_some() && !names.iter().all(|name| reported.insert(plain(name))) {
            return Verdict::Nothing;
        }
        // Where there is none of the other kind at all, that is one fault and not one for each record.
        if nowhere && !reported.insert(String::new()) {
            return Verdict::Nothing;
        }
        let own_words = says.and_then(|field| record.text(inventory, field)).map(|text| shortened(text, 100)).unwrap_or_default();
        let fact = |record: Option<String>| Fact::NoCounterpart {
            says: if record.is_some() { own_words.clone() } else { String::new() },
            record,
            there: title.to_owned(),
            names_it: format!(
                "names {} under {}{}",
                if key.is_some() { list_some(&names, 3) } else { "it".to_owned() },
                field_words(by),
                if where_there.0.is_empty() { "" } else { " and shows it" }
            ),
            fault: judge.fault_words(),
        };
        if nowhere {
            return Verdict::Breaks(Box::new(Break { missing_kind: Some(there.to_owned()), ..Break::new(key.unwrap_or("id"), fact(None)) }));
        }
        // Whatever else the record names may be the very thing that is missing.
        let mut missing: Vec<String> = names.iter().map(|name| slug(name)).collect();
        missing
            .extend(record.record.fields.iter().filter_map(|field| field.value.as_text()).filter(|text| text.contains('-') && !text.contains(' ')).map(slug));
        missing.extend(record.record.fields.iter().filter_map(|field| field.value.as_text()).filter_map(linked_stem));
        Verdict::Breaks(Box::new(Break { missing, ..Break::new(key.unwrap_or("id"), fact(Some(record.id(inventory)))) }))
    });
    // What holds for all of them is not a matter of the first.
    outcome.faults.iter_mut().filter(|fault| fault.missing_kind.is_some()).for_each(|fault| judge.kind.clone_into(&mut fault.subject));
    outcome
}

/// `[assets.md](../processes/assets.md)` names `assets`.
fn linked_stem(text: &str) -> Option<String> {
    let target = text.split_once("](")?.1.split(')').next()?;
    let file = target.split('#').next()?.rsplit('/').next()?;
    Some(slug(file.split('.').next()?)).filter(|stem| !stem.is_empty())
}

/// Whether one of the records that name it agrees with it in some fields.
fn agrees<'run>(judge: &Judge<'_, 'run>, record: &RecordRef<'run>, names: &[String], index: &Named<'_, 'run>, agreeing: &BTreeMap<String, String>) -> bool {
    let inventory = judge.inventory;
    let values = |record: &RecordRef<'run>, field: &str| record.members(inventory, field).into_iter().map(|(value, _)| value).collect::<Vec<String>>();
    let wanted: BTreeSet<String> = names.iter().map(|name| plain(name)).collect();
    index.of(&wanted).into_iter().any(|other| {
        agreeing.iter().all(|(own, theirs)| {
            let (own, theirs) = (values(record, own), values(other, theirs));
            own.is_empty() || theirs.is_empty() || own.iter().any(|own| theirs.iter().any(|theirs| same_person(own, theirs)))
        })
    })
}
