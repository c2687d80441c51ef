//! What the registers of processes and roles say of who performs and who answers.

use super::parties::Party;
use super::processes::ProcessNames;
use super::said::{Basis, Said};
use crate::assessment::inventory::Inventory;
use crate::assessment::outcome::Identified;
use crate::assessment::people::same_person;
use crate::assessment::records::{RecordRef, says_none_text};
use crate::vocabulary::plain;

/// An entry of the process register.
#[derive(Clone, Debug)]
pub(super) struct Process {
    pub(super) name: Said,
    pub(super) owner: Option<Said>,
    pub(super) performed_by: Option<Said>,
    pub(super) interfaces: Option<Said>,
    /// The sub-clauses it belongs to, best first.
    pub(super) clauses: Vec<String>,
}

/// An entry of the register of roles.
#[derive(Clone, Debug)]
pub(super) struct Role {
    pub(super) name: Said,
    pub(super) holders: Vec<Said>,
    pub(super) clauses: Vec<String>,
}

/// Entries of a kind whose documents say, or the configuration says, that they are it: what only seems to be a register
/// has not been confirmed, and a statement rests on nothing of the sort.
pub(super) fn sure<'all, 'run>(inventory: &'all Inventory<'run>, kind: &str) -> impl Iterator<Item = &'all RecordRef<'run>> {
    inventory.holding(kind).records.iter().filter(|record| record.provenance != Identified::Inferred)
}

/// A filled field with its place.
pub(super) fn said(inventory: &Inventory<'_>, record: &RecordRef<'_>, field: &str, basis: Basis) -> Option<Said> {
    let mut scalars = Vec::new();
    record.filled(inventory, field)?.value.scalars(&mut scalars);
    let text = scalars.iter().map(|(text, _)| text.trim()).collect::<Vec<_>>().join(", ");
    let place = record.place(inventory, field);
    (!says_none_text(&text)).then(|| Said::at(text, basis, place.path, place.line))
}

/// The members of a field, each with its place.
pub(super) fn all_said(inventory: &Inventory<'_>, record: &RecordRef<'_>, field: &str, basis: Basis) -> Vec<Said> {
    let path = record.document.path.to_string();
    let members = record.members(inventory, field).into_iter().filter(|(text, _)| !says_none_text(text));
    members.map(|(text, at)| Said::at(text, basis, path.clone(), at.line)).collect()
}

pub(super) fn processes(inventory: &Inventory<'_>, names: &ProcessNames) -> Vec<Process> {
    let records: Vec<&RecordRef<'_>> = sure(inventory, "process-register").collect();
    let by_name = |record: &RecordRef<'_>| record.text(inventory, "process").map(|text| names.of(text)).unwrap_or_default();
    let described = |record: &RecordRef<'_>| record.text(inventory, "description").map(|text| names.of_document(text)).unwrap_or_default();
    let known: Vec<(Vec<String>, Vec<String>)> = records.iter().map(|record| (by_name(record), described(record))).collect();
    let clauses_of = |at: usize| {
        let Some((named, described)) = known.get(at).filter(|(named, described)| named.is_empty() && !described.is_empty()) else {
            return known.get(at).map(|(named, _)| named.clone()).unwrap_or_default();
        };
        // A row whose name says nothing is told by its description, unless that speaks of processes of other rows too:
        // one file may describe several.
        let others = || known.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, other)| other);
        let is_shared = others().any(|(_, other)| other.iter().any(|clause| described.contains(clause)));
        let is_others = |clause: &String| others().any(|(other, _)| other.contains(clause));
        if is_shared { named.clone() } else { described.iter().filter(|clause| !is_others(clause)).cloned().collect() }
    };
    let entry = |(at, record): (usize, &&RecordRef<'_>)| {
        let field = |name: &str| said(inventory, record, name, Basis::Register);
        let (name, clauses) = (field("process")?, clauses_of(at));
        Some(Process { owner: field("owner"), performed_by: field("performed_by"), interfaces: field("interfaces"), name, clauses })
    };
    records.iter().enumerate().filter_map(entry).collect()
}

pub(super) fn roles(inventory: &Inventory<'_>, names: &ProcessNames, processes: &[Process]) -> Vec<Role> {
    let clauses_of = |text: &str| {
        let same = processes.iter().find(|process| plain(&process.name.value) == plain(text));
        same.map(|process| process.clauses.clone()).filter(|clauses| !clauses.is_empty()).unwrap_or_else(|| names.of(text))
    };
    let entry = |record: &RecordRef<'_>| {
        let name = said(inventory, record, "role", Basis::Register)?;
        let mut clauses: Vec<String> = record.members(inventory, "process").iter().flat_map(|(text, _)| clauses_of(text)).collect();
        dedup(&mut clauses);
        Some(Role { name, holders: all_said(inventory, record, "holder", Basis::Register), clauses })
    };
    sure(inventory, "role-register").filter_map(entry).collect()
}

/// Keeps the first of each, in order.
pub(super) fn dedup(texts: &mut Vec<String>) {
    let mut seen = std::collections::BTreeSet::new();
    texts.retain(|text| seen.insert(text.clone()));
}

/// Names by which the organization, its units, roles and people are known to be its own.
#[derive(Debug, Default)]
pub(super) struct OwnNames {
    names: Vec<(String, String)>,
    people: Vec<String>,
}

/// Words that say "ourselves".
const OURSELVES: [&str; 14] = [
    "own staff",
    "own",
    "own organization",
    "own organisation",
    "internal",
    "internally",
    "in house",
    "inhouse",
    "ourselves",
    "us",
    "we",
    "the organization",
    "the organisation",
    "top management",
];

/// Legal forms, which are no part of a name in daily use.
const LEGAL_FORMS: [&str; 22] = [
    "ltd",
    "limited",
    "plc",
    "llc",
    "llp",
    "inc",
    "corp",
    "corporation",
    "co",
    "gmbh",
    "ag",
    "kg",
    "se",
    "sa",
    "sas",
    "sarl",
    "srl",
    "spa",
    "bv",
    "nv",
    "ab",
    "oy",
];

impl OwnNames {
    pub(super) fn new(inventory: &Inventory<'_>, processes: &[Process], roles: &[Role], others: &[Party]) -> Self {
        let settings = inventory.settings;
        let path = settings.path.clone().unwrap_or_else(|| "clausewise.yaml".to_owned());
        let mut own = Self::default();
        for name in settings.organization.iter().chain(&settings.unit) {
            let words: Vec<String> = plain(name).split(' ').filter(|word| !LEGAL_FORMS.contains(word)).map(str::to_owned).collect();
            own.names.push((plain(name), format!("the organization by {path}")));
            own.names.push((words.join(" "), format!("the organization by {path}")));
            let initials: String = words.iter().filter_map(|word| word.chars().next()).collect();
            // "Marlfield" is Marlfield Systems Ltd, unless another party begins with that word too.
            let first =
                words.first().filter(|first| first.chars().count() > 3 && !others.iter().any(|party| plain(&party.name.value).starts_with(first.as_str())));
            own.names.extend(first.map(|first| (first.clone(), format!("short for \u{201c}{name}\u{201d} in {path}"))));
            if words.len() > 1 {
                own.names.push((initials, format!("the initials of \u{201c}{name}\u{201d} in {path}")));
            }
        }
        own.names.extend(roles.iter().map(|role| (plain(&role.name.value), format!("a role in {}", role.name.from))));
        let configured = settings.roles.top_management.iter().chain(&settings.roles.authorized_managers);
        own.people.extend(configured.cloned().chain(roles.iter().flat_map(|role| &role.holders).map(|holder| holder.value.clone())));
        own.people.extend(processes.iter().filter_map(|process| process.owner.as_ref()).map(|owner| owner.value.clone()));
        own
    }

    /// Why a name is one of the organization's own; none where nothing says so.
    pub(super) fn knows(&self, text: &str) -> Option<String> {
        let name = plain(text);
        if OURSELVES.contains(&name.as_str()) {
            return Some("the organization itself".to_owned());
        }
        let by_name = self.names.iter().find(|(own, _)| *own == name).map(|(_, why)| why.clone());
        by_name.or_else(|| self.people.iter().any(|person| same_person(person, text)).then(|| "a person of the organization by its registers".to_owned()))
    }
}
