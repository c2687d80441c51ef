//! Which sub-clauses a process, a role or a part of a process belongs to, by what registers call it.

use std::collections::BTreeMap;

use crate::assessment::inventory::Inventory;
use crate::assessment::outcome::Identified;
use crate::documents::ControlField;
use crate::framework::Sort;
use crate::vocabulary::plain;

/// Names of processes, subjects and sub-clauses, each with the sub-clauses it belongs to, best first.
#[derive(Debug, Default)]
pub(super) struct ProcessNames {
    by_name: BTreeMap<String, Vec<String>>,
    /// File names and ids of process descriptions, each with its sub-clauses.
    by_document: Vec<(String, Vec<String>)>,
}

/// Words at the end of a name that say what it is a name of.
const TAILS: [&str; 4] = [" process", " procedure", " policy", " management"];

impl ProcessNames {
    pub(super) fn new(inventory: &Inventory<'_>) -> Self {
        let framework = inventory.framework;
        let mut names = Self::default();
        for clause in &framework.clauses {
            names.add(&clause.title, std::slice::from_ref(&clause.number));
        }
        for (number, title) in &framework.groups {
            let below = framework.clauses.iter().filter(|clause| clause.number().is_some_and(|clause| number.contains(&clause)));
            names.add(title, &below.filter(|clause| !clause.requirements.is_empty()).map(|clause| clause.number.clone()).collect::<Vec<_>>());
        }
        for subject in &framework.subjects {
            names.add(&subject.title, &subject.clauses);
        }
        // The general kind of process description says nothing on which process it describes.
        let is_general = |id: &str| framework.kinds.values().any(|kind| kind.is_a.as_deref() == Some(id));
        for kind in framework.kinds.values().filter(|kind| matches!(kind.sort, Sort::Process | Sort::Procedure) && !is_general(&kind.id)) {
            let clauses = clauses_of_kind(inventory, &kind.id);
            names.add(&kind.title, &clauses);
            for name in &kind.recognised_by.names {
                names.add(name, &clauses);
            }
        }
        for identity in inventory.identified {
            let sure = identity.kinds.iter().filter(|kind| kind.provenance != Identified::Inferred);
            let kinds = sure.filter_map(|kind| framework.kinds.get(&kind.id)).filter(|kind| matches!(kind.sort, Sort::Process | Sort::Procedure));
            for clauses in kinds.map(|kind| clauses_of_kind(inventory, &kind.id)).filter(|clauses| !clauses.is_empty()) {
                let file = String::from_utf8_lossy(identity.document.path.file_name()).into_owned();
                names.by_document.push((file, clauses.clone()));
                names.by_document.extend(identity.document.control.get(ControlField::Id).map(|id| (id.value.clone(), clauses)));
            }
        }
        names
    }

    /// The first that takes a name keeps it.
    fn add(&mut self, name: &str, clauses: &[String]) {
        let name = plain(name);
        if clauses.is_empty() || name.is_empty() {
            return;
        }
        let short = TAILS[..3].iter().find_map(|tail| name.strip_suffix(tail)).map(str::to_owned);
        for name in short.into_iter().chain([name]) {
            self.by_name.entry(name).or_insert_with(|| clauses.to_vec());
        }
    }

    /// The sub-clauses of a process by its whole name.
    pub(super) fn of(&self, name: &str) -> Vec<String> {
        let name = plain(name);
        let shorter = |tail: &&str| name.strip_suffix(*tail).and_then(|name| self.by_name.get(name));
        self.by_name.get(&name).or_else(|| TAILS.iter().find_map(shorter)).cloned().unwrap_or_default()
    }

    /// The sub-clauses of the document that a text names by its file or id.
    pub(super) fn of_document(&self, text: &str) -> Vec<String> {
        let names_it = |name: &str| {
            text.match_indices(name).any(|(at, _)| {
                let outside = |character: Option<char>| character.is_none_or(|character| !character.is_alphanumeric() && !matches!(character, '-' | '_'));
                outside(text[..at].chars().next_back()) && outside(text[at + name.len()..].chars().next())
            })
        };
        let mut clauses: Vec<String> = Vec::new();
        for clause in self.by_document.iter().filter(|(name, _)| names_it(name)).flat_map(|(_, clauses)| clauses) {
            if !clauses.contains(clause) {
                clauses.push(clause.clone());
            }
        }
        clauses
    }

    /// The sub-clauses of the process with whose name a text begins: "incident management for line faults".
    pub(super) fn of_part(&self, text: &str) -> Vec<String> {
        let text = plain(text);
        let begins = |name: &str| text.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
        // A single word begins too many texts.
        let longest = self.by_name.keys().filter(|name| name.contains(' ') && begins(name)).max_by_key(|name| name.len());
        longest.and_then(|name| self.by_name.get(name)).cloned().unwrap_or_default()
    }
}

/// The sub-clauses of a kind, those that expect it after its own.
fn clauses_of_kind(inventory: &Inventory<'_>, kind: &str) -> Vec<String> {
    let mut clauses = inventory.framework.clauses_of(kind);
    for (clause, requirement) in inventory.framework.requirements() {
        let expects = requirement.expects.iter().any(|asked| asked.expectation.kind() == Some(kind));
        if expects && !clauses.contains(&clause.number) {
            clauses.push(clause.number.clone());
        }
    }
    clauses
}
