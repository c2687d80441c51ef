//! Which sub-clauses a process, a role or a part of a process belongs to, by what registers call it.

use std::collections::BTreeMap;

use crate::assessment::inventory::Inventory;
use crate::assessment::outcome::Identified;
use crate::documents::ControlField;
use crate::framework::Sort;
use crate::vocabulary::{ClauseNumber, plain};

/// Names of processes, subjects and sub-clauses, each with the sub-clauses it belongs to, best first.
#[derive(Debug, Default)]
pub(super) struct ProcessNames {
    by_name: BTreeMap<String, Vec<String>>,
    /// File names and ids of process descriptions, each with its sub-clauses.
    by_document: Vec<(String, Vec<String>)>,
    /// Titles of clauses between group and lowest sub-clause, in plain words.
    between: Vec<(String, Vec<String>)>,
}

/// Words at the end of a kind's title that say what sort of document it is.
const KINDS_END: [&str; 2] = [" process", " procedure"];

/// Words at the end of a name that people put there or leave out.
const NAMES_END: [&str; 3] = [" process", " procedure", " management"];

/// Titles in the standard of clauses that lie between the groups of the map and its lowest sub-clauses: a process of such
/// a name is that of all sub-clauses below.
const BETWEEN: [(&str, &str); 6] = [
    ("7.5.3", "Control of documented information"),
    ("8.2.3", "Control of parties involved in the service lifecycle"),
    ("8.3.4", "Supplier management"),
    ("8.5.1", "Change management"),
    ("8.5.2", "Service design and transition"),
    ("8.7.3", "Information security management"),
];

impl ProcessNames {
    pub(super) fn new(inventory: &Inventory<'_>) -> Self {
        let framework = inventory.framework;
        let mut names = Self::default();
        // The general kind of process description says nothing on which process it describes.
        let is_general = |id: &str| framework.kinds.values().any(|kind| kind.is_a.as_deref() == Some(id));
        for kind in framework.kinds.values().filter(|kind| matches!(kind.sort, Sort::Process | Sort::Procedure) && !is_general(&kind.id)) {
            let clauses = clauses_of_kind(inventory, &kind.id);
            let title = plain(&kind.title);
            let short = KINDS_END.iter().find_map(|end| title.strip_suffix(end)).map(str::to_owned);
            for name in short.iter().chain([&title]).chain(&kind.recognised_by.names) {
                names.add(name, &clauses);
            }
        }
        for subject in &framework.subjects {
            names.add(&subject.title, &subject.clauses);
        }
        for clause in &framework.clauses {
            names.add(&clause.title, std::slice::from_ref(&clause.number));
        }
        let below = |number: &ClauseNumber| -> Vec<String> {
            let clauses = framework.clauses.iter().filter(|clause| clause.number().is_some_and(|clause| number.contains(&clause)));
            clauses.filter(|clause| !clause.requirements.is_empty()).map(|clause| clause.number.clone()).collect()
        };
        for (number, title) in &framework.groups {
            names.add(title, &below(number));
        }
        for (number, title) in BETWEEN {
            names.between.extend(ClauseNumber::parse(number).map(|number| (plain(title), below(&number))));
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
        if !clauses.is_empty() && !name.is_empty() {
            self.by_name.entry(name).or_insert_with(|| clauses.to_vec());
        }
    }

    /// The sub-clauses of a process by its whole name, the one it is mainly about first.
    pub(super) fn of(&self, name: &str) -> Vec<String> {
        let name = plain(name);
        let shorter = |end: &&str| name.strip_suffix(*end).and_then(|name| self.by_name.get(name));
        let longer = |end: &&str| self.by_name.get(&format!("{name}{end}"));
        let known = self.by_name.get(&name).or_else(|| NAMES_END.iter().find_map(shorter)).or_else(|| KINDS_END.iter().find_map(longer));
        let mut clauses = known.cloned().unwrap_or_default();
        let of_title = |title: &str| title == name || name.strip_suffix(" process") == Some(title);
        clauses.extend(self.between.iter().filter(|(title, _)| of_title(title)).flat_map(|(_, clauses)| clauses.clone()));
        super::registers::dedup(&mut clauses);
        clauses
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
