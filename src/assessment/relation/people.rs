//! People who must not be the same.

use super::names::{Named, names_in};
use super::{Judge, Outcome, Verdict};
use crate::assessment::people::same_person;
use crate::assessment::records::says_none_text;
use crate::assessment::wording::{Fact, field_words};
use crate::framework::{ConfiguredRole, HeldBy, NotAllSame, NotOwnWork, Tests};
use crate::vocabulary::list_some;

/// The people of one field are not among those of others.
pub(super) fn someone_other_than(judge: &Judge<'_, '_>, field: &str, others: &[String]) -> Outcome {
    judge.each(|record| {
        let people = record.members(judge.inventory, field);
        let mut compared = false;
        for other in others {
            for (name, _) in record.members(judge.inventory, other) {
                compared = true;
                if let Some((person, _)) = people.iter().find(|(person, _)| same_person(person, &name)) {
                    return Verdict::contradicts(
                        field,
                        Fact::SamePerson {
                            record: record.id(judge.inventory),
                            person: person.clone(),
                            field: field.to_owned(),
                            other: other.clone(),
                            fault: judge.fault_words(),
                        },
                    );
                }
            }
        }
        if compared && !people.is_empty() { Verdict::Holds } else { Verdict::Nothing }
    })
}

/// A person is not among those who answer for what was looked at.
pub(super) fn not_own_work(judge: &Judge<'_, '_>, relation: &NotOwnWork) -> Outcome {
    let inventory = judge.inventory;
    let there = Named::new(inventory, &relation.there, relation.by.as_deref(), &Tests::default());
    judge.each(|record| {
        let people = record.members(inventory, &relation.field);
        let looked_at = there.of(&names_in(inventory, record, Some(&relation.key)));
        if people.is_empty() || looked_at.is_empty() {
            return Verdict::Nothing;
        }
        for other in looked_at {
            for (field, name) in relation.others.iter().flat_map(|field| other.members(inventory, field).into_iter().map(move |(name, _)| (field, name))) {
                if let Some((person, _)) = people.iter().find(|(person, _)| same_person(person, &name)) {
                    let detail = format!("{person} is {} of {}, {}", field_words(field), other.id(inventory), other.place(inventory, field).shown());
                    return Verdict::contradicts(relation.field.as_str(), judge.broken(record, detail));
                }
            }
        }
        Verdict::Holds
    })
}

/// People: not one and the same in all fields.
pub(super) fn not_all_same(judge: &Judge<'_, '_>, relation: &NotAllSame) -> Outcome {
    judge.each(|record| {
        let named: Vec<Vec<String>> = relation
            .fields
            .iter()
            .map(|field| record.members(judge.inventory, field).into_iter().map(|(name, _)| name).filter(|name| !says_none_text(name)).collect())
            .collect();
        let Some((first, others)) = named.split_first() else { return Verdict::Nothing };
        if named.iter().any(Vec::is_empty) {
            return Verdict::Nothing;
        }
        let everywhere = first.iter().find(|person| others.iter().all(|names| names.len() == 1 && same_person(person, &names[0])));
        match everywhere.filter(|_| first.len() == 1) {
            None => Verdict::Holds,
            Some(person) => Verdict::breaks(relation.fields[1].as_str(), judge.broken(record, person.clone())),
        }
    })
}

/// People of a field hold a role that the configuration gives; nothing is judged where it names nobody.
pub(super) fn held_by(judge: &Judge<'_, '_>, relation: &HeldBy) -> Outcome {
    let roles = &judge.inventory.settings.roles;
    let (holders, role): (Vec<&String>, &str) = match relation.role {
        ConfiguredRole::TopManagement => (roles.top_management.iter().collect(), "top management"),
        ConfiguredRole::AuthorizedManagers => (roles.authorized_managers.iter().chain(&roles.top_management).collect(), "the authorized managers"),
        ConfiguredRole::Auditors => (roles.auditors.iter().collect(), "the auditors"),
    };
    judge.each(|record| {
        let people: Vec<_> = relation.fields.iter().flat_map(|field| record.members(judge.inventory, field)).collect();
        if holders.is_empty() || people.is_empty() {
            return Verdict::Nothing;
        }
        let holds = |person: &str| holders.iter().any(|holder| same_person(person, holder));
        let fits = if relation.all { people.iter().all(|(person, _)| holds(person)) } else { people.iter().any(|(person, _)| holds(person)) };
        if fits {
            return Verdict::Holds;
        }
        let strange: Vec<String> = people.iter().filter(|(person, _)| !holds(person)).map(|(person, _)| person.clone()).collect();
        let known: Vec<String> = holders.iter().map(|holder| (*holder).clone()).collect();
        let detail = format!("{}; {role} by clausewise.yaml: {}", list_some(&strange, 4), list_some(&known, 4));
        Verdict::breaks(relation.fields[0].as_str(), judge.broken(record, detail))
    })
}
