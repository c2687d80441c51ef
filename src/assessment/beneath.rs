//! Findings that fold beneath others: by the place they stand at, the record they miss, or the rule that explains them.

use std::collections::{BTreeMap, BTreeSet};

use super::fold::{FaultKey, Raised, lay_beneath};
use super::inventory::Inventory;
use super::outcome::Fault;
use super::wording::Fact;
use crate::framework::BuiltIn;
use crate::vocabulary::slug;

/// Where exactly one relation says that a record of a kind is missing, a gap in the series of that kind and references
/// to one missing record of it are about the same.
pub(super) fn by_record(inventory: &Inventory<'_>, raised: &mut Vec<Raised>, away: &mut BTreeSet<FaultKey>) {
    let mut lacking: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, one) in raised.iter().enumerate() {
        if let Fact::NoCounterpart { there, .. } = &one.fault.fact {
            lacking.entry(there.clone()).or_default().push(index);
        }
    }
    let mut beneath: BTreeMap<usize, usize> = BTreeMap::new();
    for (title, causes) in lacking.iter().filter(|(_, causes)| causes.len() == 1) {
        let referred = |fault: &Fault| match &fault.fact {
            Fact::UnknownReference { kind, value, .. } if kind == title => Some(slug(value)),
            _ => None,
        };
        let ids: BTreeSet<String> = raised.iter().filter_map(|one| referred(&one.fault).or_else(|| one.folded.iter().find_map(referred))).collect();
        for (index, one) in raised.iter().enumerate().filter(|(index, _)| *index != causes[0]) {
            let is_gap = match &one.fault.fact {
                Fact::IntervalMissed { title: of, last: Some(_), .. } | Fact::PeriodMissing { title: of, .. } => of == title,
                Fact::Broken { record: of, .. } if one.fault.check() == Some(BuiltIn::IdGap) => of == title,
                _ => false,
            };
            let is_reference = one.fault.check() == Some(BuiltIn::BrokenReference) && ids.len() == 1 && one.fault.missing.iter().any(|name| ids.contains(name));
            if is_gap || is_reference {
                beneath.insert(index, causes[0]);
            }
        }
    }
    sink(inventory, raised, &beneath, away);
}

/// A placeholder folds beneath the fault of the field that it stands in, and an empty document beneath its absence.
pub(super) fn by_place(inventory: &Inventory<'_>, raised: &mut Vec<Raised>, away: &mut BTreeSet<FaultKey>) {
    const OF_FIELDS: [BuiltIn; 4] = [BuiltIn::Incomplete, BuiltIn::NotMeasured, BuiltIn::NotAssigned, BuiltIn::NotControlled];
    let of_field = |fault: &Fault| fault.check().is_none_or(|check| OF_FIELDS.contains(&check));
    let line = |fault: &Fault| fault.place.as_ref().map(|place| (place.path.clone(), place.line));
    let fields: BTreeMap<(String, u32), usize> =
        raised.iter().enumerate().filter(|(_, one)| of_field(&one.fault)).filter_map(|(index, one)| Some((line(&one.fault)?, index))).collect();
    let absences: BTreeMap<String, usize> = raised
        .iter()
        .enumerate()
        .filter(|(_, one)| one.fault.check() == Some(BuiltIn::Absent) && one.fault.missing_kind.is_some())
        .filter_map(|(index, one)| Some((one.fault.place.as_ref()?.path.clone(), index)))
        .collect();
    let checks: BTreeMap<(BuiltIn, String), usize> =
        raised.iter().enumerate().filter_map(|(index, one)| Some(((one.fault.check()?, one.fault.place.as_ref()?.path.clone()), index))).collect();
    let of_check = |fault: &Fault, check: BuiltIn| fault.place.as_ref().and_then(|place| checks.get(&(check, place.path.clone())));
    let cause_of = |fault: &Fault| match fault.check() {
        Some(BuiltIn::Placeholder) => line(fault).and_then(|line| fields.get(&line)),
        Some(BuiltIn::EmptyDocument) => fault.place.as_ref().and_then(|place| absences.get(&place.path)),
        // A text that changed without a new approval says the same as a version newer than the approval.
        Some(BuiltIn::ApprovalBeforeVersion) => of_check(fault, BuiltIn::ChangedAfterApproval).or_else(|| of_check(fault, BuiltIn::NotApproved)),
        Some(BuiltIn::ReviewPlannedTooLate) => of_check(fault, BuiltIn::ApprovalBeforeVersion),
        _ => None,
    };
    let beneath: BTreeMap<usize, usize> = raised.iter().enumerate().filter_map(|(index, one)| Some((index, *cause_of(&one.fault)?))).collect();
    sink(inventory, raised, &beneath, away);
}

/// What a rule says is explained by another folds beneath a fault of that rule about the same thing.
pub(super) fn by_explanation(inventory: &Inventory<'_>, raised: &mut Vec<Raised>, away: &mut BTreeSet<FaultKey>) {
    let mut told: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for (index, one) in raised.iter().enumerate() {
        let general = one.fault.check().and_then(|check| inventory.framework.built_in(check));
        for rule in inventory.rule_of(&one.fault).into_iter().chain(general) {
            for about in &one.fault.about {
                told.entry((rule.id.as_str(), about)).or_insert(index);
            }
        }
    }
    let mut beneath: BTreeMap<usize, usize> = BTreeMap::new();
    for (index, one) in raised.iter().enumerate() {
        let explaining = inventory.rule_of(&one.fault).map(|rule| rule.explained_by.as_slice()).unwrap_or_default();
        let mut pairs = explaining.iter().flat_map(|by| one.fault.about.iter().map(move |about| (by.as_str(), about.as_str())));
        if let Some(cause) = pairs.find_map(|pair| told.get(&pair)) {
            beneath.insert(index, *cause);
        }
    }
    sink(inventory, raised, &beneath, away);
}

/// Causes of causes that are followed: no rule explains one that explains it.
const DEEPEST: usize = 16;

/// Moves findings beneath others, and what is beneath them too.
fn sink(inventory: &Inventory<'_>, raised: &mut Vec<Raised>, beneath: &BTreeMap<usize, usize>, away: &mut BTreeSet<FaultKey>) {
    let mut sunk = BTreeSet::new();
    for index in beneath.keys() {
        // What sinks beneath something that sinks itself goes where that goes; in a circle nothing moves.
        let last = (0..DEEPEST.min(beneath.len())).fold(*index, |at, _| beneath.get(&at).copied().unwrap_or(at));
        if beneath.contains_key(&last) {
            continue;
        }
        let fault = raised[*index].fault.clone();
        let (requirements, folded) = (std::mem::take(&mut raised[*index].requirements), std::mem::take(&mut raised[*index].folded));
        lay_beneath(inventory, &mut raised[last], (fault, requirements), away, true);
        raised[last].folded.extend(folded);
        sunk.insert(*index);
    }
    let mut index = 0;
    raised.retain(|_| {
        index += 1;
        !sunk.contains(&(index - 1))
    });
}
