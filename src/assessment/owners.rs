//! Who would settle a finding: whom the record names, else the document, else the registers of processes and roles.

use std::collections::{BTreeMap, BTreeSet};

use super::audit::{Grounds, Posts, Relation, Responsibility as Responsible};
use super::finding::Finding;
use super::inventory::Inventory;
use super::records::{RecordRef, says_none_text};
use super::references::lies_at;
use crate::framework::{Clause, FieldType, Form, Framework, Requirement};
use crate::vocabulary::is_placeholder;

/// Fields that say who looks after a record or an entry, the closest first.
const LOOKS_AFTER: [&str; 4] = ["owner", "responsible", "relationship_owner", "accountable"];

/// The list of 7.5.4 names documents that other sub-clauses demand: who looks after documents does not write them.
const LISTS_ONLY: &str = "7.5.4-";

/// The requirement whose work a finding is: what is missing belongs to the sub-clause that demands it.
pub fn demanded_by<'framework>(framework: &'framework Framework, finding: &Finding) -> Option<(&'framework Clause, &'framework Requirement)> {
    let kind = finding.missing.as_ref().and_then(|kind| framework.kinds.get(kind));
    let demanding = kind.and_then(|kind| kind.demanded.as_ref()).map(|demand| demand.by.as_slice()).unwrap_or_default();
    let own = |id: &&String| !id.starts_with(LISTS_ONLY);
    // What is demanded anywhere is demanded in writing too, by 7.5.1.
    let of_subject = |id: &&String| finding.missing.is_none() || !id.starts_with("7.5.");
    let all = || finding.requirements.iter();
    let of_its_work = || {
        let clauses = kind.map(|kind| framework.clauses_of(&kind.id)).unwrap_or_default();
        let about = clauses.iter().find(|number| !number.starts_with("7.5"))?;
        framework.clauses.iter().find(|clause| clause.number == *about)?.requirements.first().map(|requirement| &requirement.id)
    };
    let id = demanding.iter().find(own).or_else(|| all().filter(own).find(of_subject)).or_else(of_its_work);
    let id = id.or_else(|| all().find(own)).or_else(|| all().next());
    id.and_then(|id| framework.requirement(id))
}

/// Everybody who looks after something, to be asked for each finding.
pub(super) struct Owners<'all, 'run> {
    inventory: &'all Inventory<'run>,
    /// Records that name somebody, by path, with the name.
    records: BTreeMap<String, Vec<(&'all RecordRef<'run>, &'run str)>>,
    registers: Vec<Responsible>,
    /// With the owners of documents.
    posts: Posts,
    /// What the register of processes says where each process is described, and who owns it.
    described: Vec<(&'run str, &'run str)>,
    /// What the register of documents says where each document lies, and who owns it.
    listed: Vec<(&'run str, &'run str)>,
}

impl<'all, 'run> Owners<'all, 'run> {
    pub(super) fn new(inventory: &'all Inventory<'run>) -> Self {
        let mut records: BTreeMap<String, Vec<(&'all RecordRef<'run>, &'run str)>> = BTreeMap::new();
        let all = inventory.holdings.values().flat_map(|holding| &holding.records);
        for record in all.filter(|record| record.kind.form != Form::Document) {
            if let Some(name) = looked_after_by(inventory, record) {
                records.entry(record.document.path.to_string()).or_default().push((record, name));
            }
        }
        records.values_mut().for_each(|records| records.sort_by_key(|(record, _)| record.record.at.line));
        let owned = |register: &str, place: &str| {
            let entries = inventory.holding(register).records.iter();
            entries.filter_map(|entry| Some((entry.text(inventory, place)?, named(entry.text(inventory, "owner")?)?))).collect()
        };
        let (described, listed) = (owned("process-register", "description"), owned("document-register", "location"));
        let all = inventory.responsible();
        let registers =
            all.iter().filter(|one| matches!(one.relation, Relation::OwnsProcess | Relation::HoldsRole | Relation::TopManagement)).cloned().collect();
        Self { inventory, records, registers, posts: Posts::new(inventory.framework, all), described, listed }
    }

    /// Whom the record at the place of a finding names; none where the finding is about the document as a whole.
    pub(super) fn of_record(&self, finding: &Finding) -> Option<String> {
        /// Records of several kinds may begin on one line.
        const NEAR: usize = 4;
        let (line, records) = (finding.location.line, self.records.get(&finding.location.path)?);
        let behind = records.partition_point(|(record, _)| record.record.at.line <= line);
        let near = records.get(..behind)?.iter().rev().take(NEAR);
        near.filter(|(record, _)| line <= record.record.at.end_line).map(|(_, name)| (*name).to_owned()).next()
    }

    /// Who owns the document of a finding by the register of documents, or the process that it describes by that of processes.
    pub(super) fn of_description(&self, finding: &Finding) -> Option<String> {
        if let Some((_, owner)) = self.listed.iter().find(|(place, _)| lies_at(&finding.location.path, place)) {
            return Some((*owner).to_owned());
        }
        let file = finding.location.path.rsplit('/').next().filter(|file| !file.is_empty())?;
        self.described.iter().find(|(description, _)| description.rsplit('/').next() == Some(file)).map(|(_, owner)| (*owner).to_owned())
    }

    /// Whom the registers name for the role that is asked about the requirement, for its process, or for a role of that
    /// process.
    pub(super) fn of_registers(&self, finding: &Finding) -> Option<String> {
        let (clause, requirement) = demanded_by(self.inventory.framework, finding)?;
        self.in_charge(clause, requirement)
    }

    /// As [`Self::of_registers`], for a requirement.
    pub(super) fn in_charge(&self, clause: &Clause, requirement: &Requirement) -> Option<String> {
        let own_post = requirement.whom.as_ref().filter(|whom| **whom != clause.whom);
        let held = self.posts.holders(own_post.unwrap_or(&clause.whom));
        let names = |holders: &[&Responsible]| {
            let mut seen = BTreeSet::new();
            let names: Vec<&str> = holders.iter().filter_map(|one| named(&one.person)).filter(|name| seen.insert(*name)).collect();
            names.join(", ")
        };
        if let Some((_, holders)) = held.as_ref().filter(|(grounds, _)| own_post.is_some() || *grounds <= Grounds::OtherName) {
            return Some(names(holders));
        }
        let about = |one: &Responsible| {
            let holds = |other: &&String| **other == clause.number || clause.number.strip_prefix(other.as_str()).is_some_and(|rest| rest.starts_with('.'));
            one.clauses.iter().filter(holds).map(String::len).max()
        };
        let of = |relation: Relation| {
            let fitting = self.registers.iter().filter(move |one| one.relation == relation && named(&one.person).is_some());
            // The first of equals: the registers are in order.
            let mut best: Option<(usize, &Responsible)> = None;
            for (length, one) in fitting.filter_map(|one| Some((about(one)?, one))) {
                if best.is_none_or(|(longest, _)| length > longest) {
                    best = Some((length, one));
                }
            }
            best.map(|(_, one)| one.person.trim().to_owned())
        };
        of(Relation::OwnsProcess).or_else(|| held.map(|(_, holders)| names(&holders))).or_else(|| of(Relation::HoldsRole))
    }
}

fn looked_after_by<'run>(inventory: &Inventory<'run>, record: &RecordRef<'run>) -> Option<&'run str> {
    let is_person = |name: &&&str| record.kind.fields.iter().any(|field| field.name == **name && field.kind == FieldType::Person);
    LOOKS_AFTER.iter().filter(is_person).find_map(|field| named(record.text(inventory, field)?))
}

/// A value that names somebody.
pub fn named(text: &str) -> Option<&str> {
    let text = text.trim();
    (!text.is_empty() && !is_placeholder(text) && !says_none_text(text)).then_some(text)
}
