//! Other parties: what they run, under which agreement, how they are controlled.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;

use super::processes::ProcessNames;
use super::registers::{all_said, said, sure};
use super::said::{Basis, Remark, Said};
use crate::assessment::finding::Finding;
use crate::assessment::inventory::Inventory;
use crate::assessment::outcome::Identified;
use crate::assessment::records::RecordRef;
use crate::assessment::references::same_thing;
use crate::assessment::verify::day_of;
use crate::documents::ControlField;
use crate::vocabulary::plain;

/// A process, or a part of one, that another party runs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct PartyProcess {
    /// As the register has it.
    pub said: Said,
    /// The sub-clauses it belongs to by its name, best first; none where its name says nothing.
    pub clauses: Vec<String>,
}

/// Another party that takes part in the service lifecycle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Party {
    /// Its id in the register, or its name.
    pub id: String,
    /// Its name, with the place of its entry.
    pub name: Said,
    /// External supplier, internal supplier, or customer acting as supplier, as the register has it.
    pub sort: Option<Said>,
    /// Services into which its part goes.
    pub services: Vec<Said>,
    /// Components that it provides or operates.
    pub components: Vec<Said>,
    /// Processes, or parts of them, that it runs.
    pub processes: Vec<PartyProcess>,
    /// The contracts and agreements with it that are there, by id; what the register names and nothing holds, as it names it.
    pub agreements: Vec<Said>,
    /// How it is controlled, as the register has it.
    pub controls: Vec<Said>,
    /// The newest record of control: day, id, and how many there are.
    pub control_record: Option<Said>,
    /// Who looks after it.
    pub relationship_owner: Option<Said>,
    /// Who answers for it.
    pub accountable: Option<Said>,
    /// What is missing, and findings that speak of it.
    pub remarks: Vec<Remark>,
}

impl Party {
    /// Asks for the sub-clause of what belongs to none by its name, unless the statement names the party in one of its rows.
    pub(super) fn remark_on_processes(&mut self, is_stated: bool) {
        let unplaced = self.processes.iter().filter(|process| process.clauses.is_empty() && !is_stated);
        let words = |said: &Said| Remark::at(format!("\u{201c}{}\u{201d} belongs to no sub-clause by its name; say to which", said.value), said);
        self.remarks.extend(unplaced.map(|process| words(&process.said)));
    }

    /// Whether a document is an agreement with it.
    pub(super) fn has_agreement_at(&self, path: &str) -> bool {
        self.agreements.iter().any(|said| said.basis == Basis::Document && said.path.as_deref() == Some(path))
    }

    /// Whether a text names it, by id or by name.
    pub(super) fn is_named_in(&self, text: &str) -> bool {
        let text = format!(" {} ", plain(text));
        [&self.id, &self.name.value].into_iter().map(|name| plain(name)).any(|name| !name.is_empty() && text.contains(&format!(" {name} ")))
    }
}

pub(super) fn parties(inventory: &Inventory<'_>, names: &ProcessNames, findings: &[Finding]) -> Vec<Party> {
    sure(inventory, "other-party-register").filter_map(|record| party(inventory, names, findings, record)).collect()
}

fn party(inventory: &Inventory<'_>, names: &ProcessNames, findings: &[Finding], record: &RecordRef<'_>) -> Option<Party> {
    let field = |name: &str| said(inventory, record, name, Basis::Register);
    let all = |name: &str| all_said(inventory, record, name, Basis::Register);
    let id = record.own_id(inventory)?;
    let name = field("party").unwrap_or_else(|| {
        let place = record.place(inventory, "id");
        Said::at(id.clone(), Basis::Register, place.path, place.line)
    });
    let runs = |said: Said| PartyProcess { clauses: names.of_part(&said.value), said };
    let mut party = Party {
        name,
        sort: field("type"),
        services: all("services"),
        components: whole(inventory, record, "components"),
        processes: whole(inventory, record, "processes").into_iter().map(runs).collect(),
        agreements: Vec::new(),
        controls: field("controls").into_iter().collect(),
        control_record: None,
        relationship_owner: field("relationship_owner"),
        accountable: field("accountable"),
        remarks: Vec::new(),
        id,
    };
    party.agreements = agreements(inventory, &party, all("agreement"));
    party.control_record = control_record(inventory, &party);
    party.remarks = remarks(&party, findings);
    Some(party)
}

/// The members of a list; a text stays whole, since a comma in it parts no processes.
fn whole(inventory: &Inventory<'_>, record: &RecordRef<'_>, field: &str) -> Vec<Said> {
    let is_text = record.filled(inventory, field).is_some_and(|field| field.value.as_text().is_some_and(|text| !text.contains([';', '\n'])));
    if is_text { said(inventory, record, field, Basis::Register).into_iter().collect() } else { all_said(inventory, record, field, Basis::Register) }
}

/// Contracts and agreements that name the party, or that the register names; with the place of the document itself.
fn agreements(inventory: &Inventory<'_>, party: &Party, named: Vec<Said>) -> Vec<Said> {
    let mut found = Vec::new();
    for record in sure(inventory, "supplier-contract").chain(sure(inventory, "internal-agreement")) {
        let control = &record.document.control;
        let id = control.get(ControlField::Id).map_or_else(|| record.document.path.stem(), |id| id.value.clone());
        let is_theirs = record.text(inventory, "party").is_some_and(|text| party.is_named_in(text));
        if is_theirs || named.iter().any(|said| same_thing(&said.value, &id)) {
            let version = control.get(ControlField::Version).map(|version| format!(" version {}", version.value)).unwrap_or_default();
            let ended = ended(inventory, record);
            let line = ended.as_ref().map_or(0, |(_, line)| *line);
            let words = ended.map(|(day, _)| format!("{ENDED}{day}")).unwrap_or_default();
            found.push(Said::at(format!("{id}{version}{words}"), Basis::Document, record.document.path.to_string(), line));
        }
    }
    let missing = named.into_iter().filter(|said| !found.iter().any(|known| same_thing(known.value.split(' ').next().unwrap_or_default(), &said.value)));
    let missing: Vec<Said> = missing.map(|said| said.because("no such document here")).collect();
    found.extend(missing);
    found
}

/// What stands before the day on which an agreement ended.
pub(super) const ENDED: &str = ", ended ";

/// The day on which an agreement ended, with its line, where that is past.
fn ended(inventory: &Inventory<'_>, record: &RecordRef<'_>) -> Option<(Date, u32)> {
    let field = ["end", "valid_to"].into_iter().find(|field| record.day(inventory, field).is_some())?;
    let day = record.day(inventory, field).filter(|day| *day < inventory.as_of.0)?;
    Some((day, record.place(inventory, field).line))
}

/// The newest record of performance that names the party and is not later than the day of the assessment.
fn control_record(inventory: &Inventory<'_>, party: &Party) -> Option<Said> {
    let theirs: Vec<&RecordRef<'_>> = inventory
        .holding("supplier-performance-report")
        .records
        .iter()
        .filter(|record| record.provenance != Identified::Inferred && record.text(inventory, "party").is_some_and(|text| party.is_named_in(text)))
        .collect();
    let dated = theirs.iter().filter_map(|record| Some((day_of(inventory, record)?, *record))).filter(|(day, _)| *day <= inventory.as_of.0);
    let (day, newest) = dated.max_by(|left, right| left.0.cmp(&right.0))?;
    let id = newest.own_id(inventory).unwrap_or_default();
    let all = theirs.len();
    let others = if all > 1 { format!(", the newest of {all}") } else { String::new() };
    let place = newest.place(inventory, "id");
    Some(Said::at(format!("{id} of {day}{others}").trim_start().to_owned(), Basis::Record, place.path, place.line))
}

/// What a row that leans on the party would lack, and the findings that speak of it.
fn remarks(party: &Party, findings: &[Finding]) -> Vec<Remark> {
    let speaks = |finding: &&Finding| {
        let about = finding.requirements.iter().any(|id| id.starts_with("8.2.3") || id.starts_with("8.3.4"));
        about && finding.accepted.is_none() && (party.is_named_in(&finding.message) || party.has_agreement_at(&finding.location.path))
    };
    let spoken: Vec<&Finding> = findings.iter().filter(speaks).collect();
    // What a rule of the map has found is cited and not said a second time.
    let is_found = |clause: &str| spoken.iter().any(|finding| finding.requirements.iter().any(|id| id.starts_with(clause)));
    let mut remarks: Vec<Remark> = spoken.iter().map(|finding| Remark::cites(finding)).collect();
    if party.agreements.is_empty() && !is_found("8.3.4") {
        remarks.push(Remark::at("no contract or agreement with this party was found", &party.name));
    }
    if party.control_record.is_none() && !is_found("8.2.3.2") {
        remarks.push(Remark::at("no record of how it performs was found", &party.name));
    }
    if party.accountable.is_none() {
        remarks.push(Remark::at("nobody of the organization is named as accountable for what it does", &party.name));
    }
    remarks
}
