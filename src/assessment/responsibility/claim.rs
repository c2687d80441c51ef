//! Before a claim: six questions on whether conformity can be claimed at all, after the decision steps of part 3 of the
//! standard as practice knows them. Each shows what documents and configuration say; none is answered here.

use schemars::JsonSchema;
use serde::Serialize;

use super::checks::{Check, Looked};
use super::claim_parties::{control_of_others, evidence_from_others, in_writing};
use super::registers::{OwnNames, Process, said, sure};
use super::rows::SubClause;
use super::said::{Answer, Basis, ResponsibilityStatus, Said};
use crate::documents::ControlField;
use crate::vocabulary::{ClauseNumber, count, list_some};

/// One of the six questions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ClaimQuestion {
    /// Stable id: claim-1 to claim-6.
    pub id: &'static str,
    /// The question.
    pub question: &'static str,
    /// What documents and configuration say to it; never a verdict.
    pub says: Vec<ClaimSays>,
    /// What they do not say: to be asked.
    pub ask: Vec<String>,
}

/// Something that documents or the configuration say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ClaimSays {
    /// In words.
    pub text: String,
    /// Where, as `path:line`.
    pub places: Vec<String>,
}

/// The most names in one line.
const NAMES: usize = 40;

impl ClaimQuestion {
    pub(super) fn new(id: &'static str, question: &'static str) -> Self {
        Self { id, question, says: Vec::new(), ask: Vec::new() }
    }

    pub(super) fn says(&mut self, text: impl Into<String>, places: impl IntoIterator<Item = String>) {
        let mut kept: Vec<String> = Vec::new();
        for place in places {
            if !kept.contains(&place) {
                kept.push(place);
            }
        }
        self.says.push(ClaimSays { text: text.into(), places: kept });
    }

    pub(super) fn ask(&mut self, text: impl Into<String>) {
        self.ask.push(text.into());
    }

    /// What is said in common of several, with the place of each.
    fn says_of(&mut self, words: &str, all: &[(&str, String)]) {
        if !all.is_empty() {
            let names: Vec<&str> = all.iter().map(|(name, _)| *name).collect();
            self.says(format!("{words}: {}", list_some(&names, NAMES)), all.iter().map(|(_, place)| place.clone()));
        }
    }
}

/// The six questions.
pub(super) fn questions(looked: &Looked<'_, '_>, rows: &[SubClause], processes: &[Process], own: &OwnNames, rules: &[Check]) -> Vec<ClaimQuestion> {
    vec![
        services_and_customers(looked),
        own_leadership(looked, rows),
        which_processes(looked, rows, processes, own),
        control_of_others(looked, processes, own, rules),
        in_writing(looked),
        evidence_from_others(looked),
    ]
}

fn services_and_customers(looked: &Looked<'_, '_>) -> ClaimQuestion {
    let mut asked = ClaimQuestion::new("claim-1", "Does the organization deliver services to customers, and does it have top management for them?");
    let live: Vec<(&str, String)> =
        looked.services.iter().filter(|service| service.live).map(|service| (service.name.as_str(), service.id.from.clone())).collect();
    if live.is_empty() {
        asked.ask("Which services are delivered? No confirmed service catalogue with a live service was found.");
    }
    asked.says_of("Live services of the catalogue", &live);
    let customers = customers(looked);
    if customers.is_empty() {
        asked.ask("Who are the customers? No confirmed register of customers and no service level agreement names one.");
    }
    asked.says_of("Customers", &customers.iter().map(|said| (said.value.as_str(), said.from.clone())).collect::<Vec<_>>());
    let settings = looked.inventory.settings;
    let leaders = &settings.roles.top_management;
    if leaders.is_empty() {
        asked.ask("Who is top management of these services? The configuration names nobody under roles.top_management.");
    } else {
        let path = settings.path.as_deref().unwrap_or("clausewise.yaml");
        asked.says(format!("Top management: {}", leaders.join(", ")), [format!("{path}, roles.top_management")]);
    }
    asked
}

/// Customers of the register, else those whom agreements name.
fn customers(looked: &Looked<'_, '_>) -> Vec<Said> {
    let inventory = looked.inventory;
    let is_customer = |record: &&crate::assessment::records::RecordRef<'_>| {
        record.text(inventory, "type").is_none_or(|sort| crate::vocabulary::plain(sort).starts_with("customer"))
    };
    let mut found: Vec<Said> =
        sure(inventory, "customer-register").filter(is_customer).filter_map(|record| said(inventory, record, "name", Basis::Register)).collect();
    if found.is_empty() {
        found.extend(sure(inventory, "service-level-agreement").filter_map(|record| said(inventory, record, "customer", Basis::Document)));
    }
    super::rows::unique(&mut found);
    found
}

fn own_leadership(looked: &Looked<'_, '_>, rows: &[SubClause]) -> ClaimQuestion {
    let mut asked = ClaimQuestion::new("claim-2", "Can it show clauses 4 and 5 itself?");
    let wanted: Vec<&SubClause> = rows.iter().filter(|row| ClauseNumber::parse(&row.clause).is_some_and(|number| matches!(number.top(), 4 | 5))).collect();
    let (stated, open): (Vec<&SubClause>, Vec<&SubClause>) = wanted.into_iter().partition(|row| row.status.answer == Answer::Stated);
    let clauses = |rows: &[&SubClause]| list_some(&rows.iter().map(|row| row.clause.as_str()).collect::<Vec<_>>(), NAMES);
    for word in ["performed", "planned"] {
        let with: Vec<&SubClause> = stated.iter().copied().filter(|row| row.status.word == word).collect();
        if !with.is_empty() {
            asked.says(format!("Stated as {word}: {}", clauses(&with)), with.iter().map(|row| row.status.from.clone()));
        }
    }
    for row in stated.iter().filter(|row| !row.other_parties.is_empty()) {
        let parties: Vec<&str> = row.other_parties.iter().map(|said| said.value.as_str()).collect();
        asked.says(format!("{} names other parties: {}", row.clause, parties.join(", ")), row.other_parties.iter().map(|said| said.from.clone()));
    }
    if let Some(by) = looked.scope.and_then(|scope| scope.approved_by.as_ref()) {
        asked.says(format!("Scope approved by {}", by.value), [by.from.clone()]);
    }
    for reference in &looked.inventory.holding("service-management-policy").documents {
        let is_sure = reference.provenance != crate::assessment::outcome::Identified::Inferred;
        if let Some(by) = super::stated::control_said(reference.document, ControlField::ApprovedBy, Basis::Document).filter(|_| is_sure) {
            asked.says(format!("Policy approved by {}", by.value), [by.from]);
        }
    }
    if !open.is_empty() {
        asked.ask(format!("Who performs {}? Nothing here states it.", clauses(&open)));
    }
    asked
}

/// Whether a process belongs to clauses 6 to 10, as far as its name tells.
fn is_of_six_to_ten(process: &Process) -> bool {
    process.clauses.first().and_then(|clause| ClauseNumber::parse(clause)).is_none_or(|number| number.top() >= 6)
}

/// Whether who performs a process is, at least in part, the organization.
pub(super) fn is_own(own: &OwnNames, said: &Said) -> bool {
    said.value.split([',', ';', '+', '/']).any(|part| own.knows(part.trim()).is_some())
}

/// Rows of a process in which others take part, by whatever says so.
fn shared<'all>(rows: &'all [SubClause], process: &'all Process) -> impl Iterator<Item = &'all SubClause> {
    rows.iter().filter(|row| row.status.status.is_some_and(ResponsibilityStatus::is_with_others) && process.clauses.contains(&row.clause))
}

fn which_processes(looked: &Looked<'_, '_>, rows: &[SubClause], processes: &[Process], own: &OwnNames) -> ClaimQuestion {
    let mut asked = ClaimQuestion::new("claim-3", "Which processes of clauses 6 to 10 does it run itself, and which do others run?");
    let all: Vec<&Process> = processes.iter().filter(|process| is_of_six_to_ten(process)).collect();
    if all.is_empty() {
        asked.ask("Which processes are there, and who runs each? No confirmed register of processes was found.");
    }
    let (mut itself, mut silent, mut strange) = (Vec::new(), Vec::new(), Vec::new());
    for process in all {
        let Some(by) = &process.performed_by else {
            silent.push(process.name.value.as_str());
            continue;
        };
        let names_party = looked.parties.iter().any(|party| party.is_named_in(&by.value));
        match (names_party, is_own(own, by)) {
            (true, _) => asked.says(format!("With others: {} ({})", process.name.value, by.value), [by.from.clone()]),
            (false, true) if shared(rows, process).next().is_some() => {
                for row in shared(rows, process) {
                    let parties: Vec<&str> = row.other_parties.iter().map(|said| said.value.as_str()).collect();
                    let places = [by.from.clone()].into_iter().chain(row.other_parties.iter().map(|said| said.from.clone()));
                    asked.says(format!("With others: {} ({}, and {} in {})", process.name.value, by.value, parties.join(", "), row.clause), places);
                }
            }
            (false, true) => itself.push((process.name.value.as_str(), by.from.clone())),
            (false, false) => strange.push(format!("{} (\u{201c}{}\u{201d}, {})", process.name.value, by.value, by.from)),
        }
    }
    asked.says_of(&format!("By itself, {}", count(itself.len(), "process", "processes")), &itself);
    for party in looked.parties {
        let runs: Vec<(&str, String)> = party.processes.iter().map(|process| (process.said.value.as_str(), process.said.from.clone())).collect();
        asked.says_of(&format!("{} runs", party.id), &runs);
    }
    if !silent.is_empty() {
        asked.ask(format!("Who runs {}? The register of processes does not say.", list_some(&silent, NAMES)));
    }
    if !strange.is_empty() {
        asked.ask(format!("Is it a unit of the organization or another party that runs {}?", list_some(&strange, NAMES)));
    }
    asked
}
