//! Who answers for what by the registers and documents, and who did what by the records: against it an auditor's
//! independence is held.

use std::collections::BTreeMap;

use super::person;
use super::processes::process_views;
use crate::assessment::inventory::Inventory;
use crate::assessment::people::same_person;
use crate::assessment::responsibility::Responsibility as Stated;
use crate::documents::ControlField;
use crate::framework::{FieldType, Form};
use crate::vocabulary::{ClauseNumber, is_placeholder};

/// How a person has to do with something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Relation {
    /// Owns the process, by the register of processes or its description.
    OwnsProcess,
    /// Holds a role for it.
    HoldsRole,
    /// Is top management.
    TopManagement,
    /// Is accountable for it, by what a statement of applicability is made from.
    Accountable,
    /// Owns a document or register of it.
    OwnsDocument,
    /// Did the work, by the records.
    DidWork,
}

/// A person and something that the person answers for or did.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Responsibility {
    /// How.
    pub relation: Relation,
    /// Who, as written.
    pub person: String,
    /// What: the name of the process or role, the title of the document or kind of record.
    pub what: String,
    /// For roles: what the holder answers for, in the organization's own words, piece by piece.
    pub duties: Vec<String>,
    /// For documents: what they are, by ids of kinds.
    pub kinds: Vec<String>,
    /// For work: the field of the record that names the person.
    pub field: Option<String>,
    /// For work: how many records name the person.
    pub number: usize,
    /// Sub-clauses.
    pub clauses: Vec<String>,
    /// Where it stands, or first stands.
    pub path: String,
    /// Line.
    pub line: u32,
}

/// Everything that anybody here answers for or did.
pub(in crate::assessment) fn responsibilities(inventory: &Inventory<'_>) -> Vec<Responsibility> {
    let mut found = owners(inventory);
    found.extend(roles(inventory));
    found.extend(documents(inventory));
    found.extend(work(inventory));
    found.sort();
    found
}

fn owners(inventory: &Inventory<'_>) -> Vec<Responsibility> {
    let views = process_views(inventory).into_iter();
    views
        .filter_map(|view| {
            Some(Responsibility {
                relation: Relation::OwnsProcess,
                person: view.owner?,
                what: view.name,
                duties: Vec::new(),
                kinds: Vec::new(),
                field: None,
                number: 1,
                clauses: view.clauses,
                path: view.path,
                line: view.line,
            })
        })
        .collect()
}

/// Holders of roles; each role with the sub-clauses of the processes that it names.
fn roles(inventory: &Inventory<'_>) -> Vec<Responsibility> {
    let mut found = Vec::new();
    for entry in &inventory.holding("role-register").records {
        let (Some(person), Some(role)) = (entry.text(inventory, "holder"), entry.text(inventory, "role")) else { continue };
        let named = entry.members(inventory, "process");
        let duties: Vec<String> = entry.members(inventory, "responsibility").into_iter().map(|(text, _)| text).collect();
        let of = |name: &String| inventory.processes_by_name.process(inventory.framework, name).map(|process| process.clauses.clone());
        found.push(Responsibility {
            relation: Relation::HoldsRole,
            person: person.to_owned(),
            what: role.to_owned(),
            duties,
            kinds: Vec::new(),
            field: None,
            number: 1,
            clauses: named.iter().filter_map(|(name, _)| of(name)).flatten().collect(),
            path: entry.document.path.to_string(),
            line: entry.record.at.line.max(1),
        });
    }
    let top = inventory.settings.roles.top_management.iter().map(|person| Responsibility {
        relation: Relation::TopManagement,
        person: person.clone(),
        what: "top management".to_owned(),
        duties: Vec::new(),
        kinds: Vec::new(),
        field: None,
        number: 1,
        clauses: ["4", "5", "9.3"].map(str::to_owned).to_vec(),
        path: inventory.settings.path.clone().unwrap_or_default(),
        line: 1,
    });
    found.extend(top);
    found
}

/// Owners of documents and registers that are kept up.
fn documents(inventory: &Inventory<'_>) -> Vec<Responsibility> {
    let mut found = Vec::new();
    for identity in inventory.identified {
        let kept_up = identity.kinds.iter().filter(|kind| inventory.kind(&kind.id).is_some_and(|kind| kind.form != Form::Record));
        let kinds: Vec<String> = kept_up.clone().map(|kind| kind.id.clone()).collect();
        let clauses: Vec<String> = kept_up.flat_map(|kind| inventory.framework.clauses_of(&kind.id)).collect();
        let Some((owner, line)) = person(identity.document, ControlField::Owner).filter(|_| !clauses.is_empty()) else { continue };
        found.push(Responsibility {
            relation: Relation::OwnsDocument,
            person: owner,
            what: identity.document.shown_title(),
            duties: Vec::new(),
            kinds,
            field: None,
            number: 1,
            clauses,
            path: identity.document.path.to_string(),
            line,
        });
    }
    found
}

/// The same, and who is accountable for what none of them owns, holds a role for or leads: so a statement of applicability
/// and a checklist name the same people.
pub(super) fn with_accountable(found: &[Responsibility], stated: &Stated) -> Vec<Responsibility> {
    let answers = |one: &&Responsibility| matches!(one.relation, Relation::OwnsProcess | Relation::HoldsRole | Relation::TopManagement);
    let covers = |one: &Responsibility, clause: &ClauseNumber| one.clauses.iter().filter_map(|own| ClauseNumber::parse(own)).any(|own| own.contains(clause));
    let mut of_person: BTreeMap<(&str, &str), (Vec<String>, u32)> = BTreeMap::new();
    for row in &stated.rows {
        let Some(clause) = ClauseNumber::parse(&row.clause) else { continue };
        for said in &row.accountable {
            // Several names in one value are told by the configuration's own line.
            let is_known = |one: &Responsibility| same_person(&one.person, &said.value) && covers(one, &clause);
            let Some(path) = said.path.as_deref().filter(|_| !said.value.contains(',') && !found.iter().filter(answers).any(is_known)) else { continue };
            let name = said.value.split(" (").next().unwrap_or(&said.value);
            of_person.entry((name, path)).or_insert_with(|| (Vec::new(), said.line.unwrap_or(1))).0.push(row.clause.clone());
        }
    }
    let entry = |((person, path), (clauses, line)): ((&str, &str), (Vec<String>, u32))| Responsibility {
        relation: Relation::Accountable,
        person: person.to_owned(),
        what: String::new(),
        duties: Vec::new(),
        kinds: Vec::new(),
        field: None,
        number: 1,
        clauses,
        path: path.to_owned(),
        line,
    };
    let mut all: Vec<Responsibility> = found.iter().cloned().chain(of_person.into_iter().map(entry)).collect();
    all.sort();
    all
}

/// Fields of records that name somebody who only asked for something, was asked, or was trained.
const NOT_WORK: [&str; 5] = ["raised_by", "requested_by", "auditee", "user", "person"];

/// Who did what, by the fields of records that hold persons: one entry for each person, kind and field.
fn work(inventory: &Inventory<'_>) -> Vec<Responsibility> {
    let mut found: BTreeMap<(&str, &str, &str), (usize, String, u32)> = BTreeMap::new();
    for (kind, holding) in &inventory.holdings {
        let Some(of) = inventory.kind(kind).filter(|kind| kind.form == Form::Record) else { continue };
        let fields: Vec<&str> = of.fields.iter().filter(|field| field.kind == FieldType::Person).map(|field| field.name.as_str()).collect();
        for record in &holding.records {
            for field in fields.iter().filter(|field| !NOT_WORK.contains(field)) {
                let Some(person) = record.text(inventory, field).filter(|text| !is_placeholder(text)) else { continue };
                let place = || (0, record.document.path.to_string(), record.record.at.line.max(1));
                found.entry((person, kind, field)).or_insert_with(place).0 += 1;
            }
        }
    }
    let entry = |((person, kind, field), (number, path, line)): ((&str, &str, &str), (usize, String, u32))| Responsibility {
        relation: Relation::DidWork,
        person: person.to_owned(),
        what: inventory.kind(kind).map_or(kind, |kind| kind.title.as_str()).to_owned(),
        duties: Vec::new(),
        kinds: Vec::new(),
        field: Some(field.to_owned()),
        number,
        clauses: inventory.framework.clauses_of(kind),
        path,
        line,
    };
    found.into_iter().map(entry).collect()
}
