//! Lists that must have the same members.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{Breach, Fault, Outcome, Status};
use crate::assessment::finding::FindingPlace;
use crate::assessment::inventory::Inventory;
use crate::assessment::outcome::Identified;
use crate::assessment::records::place_in;
use crate::assessment::references::same_thing;
use crate::assessment::wording::Fact;
use crate::framework::{ListMember, Relation, Rule};
use crate::vocabulary::plain;

struct List<'all> {
    kind: &'all str,
    label: &'all str,
    members: BTreeMap<String, (String, FindingPlace)>,
    place: FindingPlace,
}

/// Lists that must hold the same things, side by side.
#[derive(Clone, Debug, schemars::JsonSchema, Serialize)]
pub struct Comparison {
    /// The rule that compares them.
    pub rule: String,
    /// Names of the lists that are there and hold something.
    pub lists: Vec<String>,
    /// Names of those that are not there, or hold nothing by a name.
    pub without: Vec<String>,
    /// Everything that is in one of them.
    pub members: Vec<ComparedMember>,
}

/// One thing, and in which of the lists it is.
#[derive(Clone, Debug, schemars::JsonSchema, Serialize)]
pub struct ComparedMember {
    /// As the first list that has it writes it.
    pub name: String,
    /// For each list, whether it has it.
    pub present: Vec<bool>,
}

/// Every comparison of lists that the map asks for, agreeing or not.
pub(in crate::assessment) fn compare_lists(inventory: &Inventory<'_>) -> Vec<Comparison> {
    let compare = |rule: &Rule| {
        let Some(Relation::SameSet { lists: wanted }) = &rule.relation else { return None };
        let read_all: Vec<(&ListMember, Option<List<'_>>)> =
            wanted.iter().map(|list| (list, read(inventory, list, &mut Outcome::new(Status::Judged)))).collect();
        let lists: Vec<&List<'_>> = read_all.iter().filter_map(|(_, list)| list.as_ref()).collect();
        let names: BTreeSet<&String> = lists.iter().flat_map(|list| list.members.keys()).collect();
        let member = |name: &String| ComparedMember {
            name: lists.iter().find_map(|list| list.members.get(name)).map_or_else(|| name.clone(), |(shown, _)| shown.clone()),
            present: lists.iter().map(|list| list.members.contains_key(name)).collect(),
        };
        Some(Comparison {
            rule: rule.id.clone(),
            lists: lists.iter().map(|list| list.label.to_owned()).collect(),
            without: read_all.iter().filter(|(_, list)| list.is_none()).map(|(list, _)| list.label.clone()).collect(),
            members: names.into_iter().map(member).collect(),
        })
    };
    inventory.framework.rules.values().filter_map(compare).filter(|comparison| !comparison.members.is_empty()).collect()
}

/// Lists have the same members; those that are absent or empty are left out.
pub(super) fn same_set(inventory: &Inventory<'_>, rule: &Rule, wanted: &[ListMember]) -> Outcome {
    let mut outcome = Outcome::new(Status::Judged);
    let lists: Vec<List<'_>> = wanted.iter().filter_map(|list| read(inventory, list, &mut outcome)).collect();
    if lists.len() < 2 {
        return match wanted.first() {
            Some(first) if lists.is_empty() => Outcome::absent(&first.kind),
            _ => Outcome::new(Status::NothingToJudge),
        };
    }
    let all: BTreeSet<&String> = lists.iter().flat_map(|list| list.members.keys()).collect();
    for member in all {
        let (present, absent): (Vec<&List<'_>>, Vec<&List<'_>>) = lists.iter().partition(|list| list.members.contains_key(member));
        if absent.is_empty() {
            continue;
        }
        let shown = present.iter().find_map(|list| list.members.get(member)).map_or_else(|| member.clone(), |(shown, _)| shown.clone());
        // Where most lists have it, the fault lies where it is missing; else where it is written.
        let mostly_there = present.len() >= absent.len();
        let at_fault = if mostly_there { absent[0].place.clone() } else { present[0].members[member].1.clone() };
        let blamed = if mostly_there { &absent } else { &present };
        let labels = |lists: &[&List<'_>]| lists.iter().map(|list| list.label.to_owned()).collect::<Vec<_>>();
        let fact = Fact::NotInAllLists { member: shown.clone(), present: labels(&present), absent: labels(&absent) };
        outcome.faults.push(Fault {
            contradicts: true,
            missing: vec![crate::vocabulary::slug(&shown)],
            blames: blamed.iter().map(|list| list.kind.to_owned()).collect(),
            ..Fault::new(Breach::Rule(rule.id.clone()), member.clone(), "lists", at_fault, fact)
        });
    }
    outcome
}

fn read<'all>(inventory: &Inventory<'_>, list: &'all ListMember, outcome: &mut Outcome) -> Option<List<'all>> {
    let mut members: BTreeMap<String, (String, FindingPlace)> = BTreeMap::new();
    let mut place = None;
    for record in inventory.holding(&list.kind).records.iter().filter(|record| record.provenance != Identified::Inferred) {
        if !record.passes(inventory, &list.filter) {
            continue;
        }
        for (value, at) in record.members(inventory, &list.field) {
            let name = resolved(inventory, &value);
            members.entry(name).or_insert_with(|| (value, place_in(record.document, at)));
            place.get_or_insert_with(|| record.place(inventory, &list.field));
        }
        if !members.is_empty() {
            outcome.cite(inventory, &record.document.path, record.place(inventory, &list.field).line.max(1), &list.kind, record.provenance);
        }
    }
    outcome.evidence.dedup();
    (!members.is_empty()).then(|| List {
        kind: &list.kind,
        label: &list.label,
        members,
        place: place.unwrap_or(FindingPlace { path: String::new(), line: 0, column: 1, end_line: 0, end_column: 1 }),
    })
}

/// One name for a service, whether a list writes its id or its name.
fn resolved(inventory: &Inventory<'_>, value: &str) -> String {
    let catalogue = &inventory.holding("service-catalogue").records;
    let known = catalogue.iter().find(|record| {
        let id = record.own_id(inventory).unwrap_or_default();
        same_thing(&id, value) || record.text(inventory, "name").is_some_and(|name| plain(name) == plain(value))
    });
    known.and_then(|record| record.own_id(inventory)).map_or_else(|| plain(value), |id| plain(&id))
}
