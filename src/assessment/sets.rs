//! Requirements about sets of documents: such a set is judged member by member where each member is asked for, and it is
//! no more whole than they are. What a member lacks is one finding, which names the set as well.

use std::collections::BTreeMap;

use super::absence::Judged;
use super::applicability::Trigger;
use super::fold::{FaultKey, Raised, key};
use super::inventory::Inventory;
use super::outcome::{Fault, Identified};
use super::verify::leads_to;
use super::wording::Fact;
use crate::framework::{BuiltIn, Grade};
use crate::vocabulary::slug;

/// The sets that a finding takes down as well, by the key of its fault.
pub(super) fn followers(inventory: &Inventory<'_>, judged: &[Judged<'_>], raised: &[Raised]) -> BTreeMap<FaultKey, Vec<String>> {
    let is_asked = |item: &&Judged<'_>| !item.requirement.follows.is_empty() && !matches!(item.trigger, Trigger::DoesNotHold(_));
    let sets: Vec<&Judged<'_>> = judged.iter().filter(is_asked).collect();
    let of = |one: &Raised| -> Vec<String> {
        let takes_down = |set: &&&Judged<'_>| {
            let set = set.requirement;
            !one.requirements.contains(&set.id) && set.follows.iter().any(|id| one.requirements.contains(id))
        };
        sets.iter().filter(takes_down).map(|set| set.requirement.id.clone()).collect()
    };
    // An observation leaves nothing incomplete, nor does a review that is late; what is absent names what rests on it.
    let is_other = |fault: &Fault| matches!(fault.check(), Some(BuiltIn::ReviewOverdue | BuiltIn::Absent));
    let weighs = |one: &&Raised| inventory.own_grade_of(&one.fault) <= Grade::Minor && !is_other(&one.fault);
    raised.iter().filter(weighs).map(|one| (key(&one.fault), of(one))).filter(|(_, sets)| !sets.is_empty()).collect()
}

/// The sets of which an empty document is a member, by the word of a register; says so in the fault.
pub(super) fn of_member(inventory: &Inventory<'_>, fault: &mut Fault) -> Vec<String> {
    let (Some(BuiltIn::EmptyDocument), Some(place)) = (fault.check(), fault.place.clone()) else { return Vec::new() };
    let mut sets = Vec::new();
    for (_, requirement) in inventory.framework.requirements() {
        for members in &requirement.members {
            let names = |record: &&super::records::RecordRef<'_>| {
                let line = record.filled(inventory, &members.field).map(|field| field.value.at.line);
                let links = || record.document.links.iter().filter(|link| Some(link.at.line) == line);
                Identified::Inferred != record.provenance
                    && links().any(|link| leads_to(inventory, record.document, link).is_some_and(|path| path.to_string() == place.path))
            };
            let Some(record) = inventory.holding(&members.kind).records.iter().find(names) else { continue };
            if let Fact::Empty { named_by, .. } = &mut fault.fact {
                let at = record.place(inventory, &members.field);
                *named_by = Some(format!("{} names it ({}:{})", record.id(inventory), at.path, at.line));
            }
            // A relation that misses the same member is about the same.
            fault.missing.extend(record.record.fields.iter().filter_map(|field| field.value.as_text()).take(2).map(slug));
            fault.missing.push(slug(&record.id(inventory)));
            fault.grade = Some(Grade::Minor);
            sets.push(requirement.id.clone());
        }
    }
    sets
}
