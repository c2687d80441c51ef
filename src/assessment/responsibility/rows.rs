//! One row for each sub-clause, one line for each requirement in it.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::conditions::{self, ConditionOf, ConditionState};
use super::derive::{Derived, Registers};
use super::evidence::{self, Cycle, RestingDocument, RestingRecords};
use super::listed;
use super::own_rows::{OwnRows, from_items};
use super::parties::Party;
use super::proposed::Proposals;
use super::said::{Answer, Basis, Remark, ResponsibilityStatus, Said, Standing};
use super::warnings;
use crate::assessment::determination::{Determination, Verdict};
use crate::assessment::finding::Finding;
use crate::assessment::inventory::Inventory;
use crate::assessment::wording::lower_first;
use crate::documents::Document;
use crate::framework::{Clause, Requirement};

/// A row of the statement: a lowest sub-clause.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct SubClause {
    /// Its number.
    pub clause: String,
    /// Its title.
    pub title: String,
    /// Always yes: no requirement of clauses 4 to 10 can be left out.
    pub applicable: &'static str,
    /// The status, or that it is still to be stated.
    pub status: Standing,
    /// Units, roles or parties that perform it.
    pub performed_by: Vec<Said>,
    /// Persons of the organization who answer for it.
    pub accountable: Vec<Said>,
    /// Where nothing says who performs it: whom registers name for the process or post. No statement; to be confirmed.
    pub proposed: Option<Said>,
    /// Ids of other parties that take part.
    pub other_parties: Vec<Said>,
    /// Contracts and agreements with them.
    pub agreements: Vec<Said>,
    /// Records of the control over them.
    pub controls: Vec<Said>,
    /// On what it depends.
    pub condition: ConditionOf,
    /// Documents it rests on.
    pub documents: Vec<RestingDocument>,
    /// Records it rests on.
    pub records: Vec<RestingRecords>,
    /// What is done at planned intervals.
    pub cycles: Vec<Cycle>,
    /// With what it works together, as a register says it.
    pub interfaces: Vec<Said>,
    /// Sub-clauses that an auditor follows from here, by the clause map.
    pub related: Vec<String>,
    /// What else is to be said, findings among it.
    pub remarks: Vec<Remark>,
    /// Who reviewed the row.
    pub reviewed_by: Option<Said>,
    /// When.
    pub reviewed_on: Option<Said>,
    /// Its requirements.
    pub items: Vec<StatedItem>,
}

/// A requirement in the statement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct StatedItem {
    /// Its id.
    pub id: String,
    /// What is asked, in our words.
    pub intent: String,
    /// Its status: its own where something says one, else that of its sub-clause.
    pub status: Standing,
    /// Whether the status is that of the sub-clause.
    pub inherited: bool,
    /// On what it depends.
    pub condition: ConditionOf,
    /// What the documents say of it, in the word of a verdict.
    pub verdict: String,
    /// Why.
    pub reason: String,
    /// Places that speak for it.
    pub evidence: Vec<String>,
    /// Fingerprints of findings that speak to it.
    pub findings: Vec<String>,
    /// The numbers by which papers name them; accepted ones have none.
    #[serde(skip)]
    pub finding_numbers: Vec<String>,
    /// What the organization's own statement says of this requirement by itself.
    pub remarks: Vec<Remark>,
}

/// Why a status is not-triggered where nobody states it; the proof stands with the condition.
const ABSENT: &str = "follows from the assessment: its condition did not come about in what was looked at";

/// Everything that rows are made from.
pub(super) struct Basics<'all, 'run> {
    pub(super) inventory: &'all Inventory<'run>,
    pub(super) determinations: BTreeMap<&'all str, &'all Determination>,
    pub(super) documents: BTreeMap<String, &'run Document>,
    pub(super) registers: Registers<'run>,
    pub(super) own: OwnRows,
    pub(super) findings: &'all [Finding],
    pub(super) proposals: Proposals,
}

impl Basics<'_, '_> {
    pub(super) fn row(&self, clause: &Clause) -> SubClause {
        let determinations: Vec<&Determination> = clause.requirements.iter().filter_map(|item| self.determinations.get(item.id.as_str()).copied()).collect();
        let condition = |item: &Requirement| conditions::of_requirement(self.inventory, item, self.determinations.get(item.id.as_str()).copied());
        let mut conditions: Vec<(&str, ConditionOf)> = clause.requirements.iter().map(|item| (item.id.as_str(), condition(item))).collect();
        conditions::settle(&mut conditions);
        let borrowed: Vec<(&str, &ConditionOf)> = conditions.iter().map(|(id, condition)| (*id, condition)).collect();
        let documents = evidence::documents(self.inventory, clause, &determinations, &self.documents);
        let mut row = SubClause {
            clause: clause.number.clone(),
            title: clause.title.clone(),
            applicable: "yes",
            status: Standing::heading(),
            performed_by: Vec::new(),
            accountable: Vec::new(),
            proposed: None,
            other_parties: Vec::new(),
            agreements: Vec::new(),
            controls: Vec::new(),
            condition: conditions::of_clause(clause, &borrowed),
            records: evidence::records(self.inventory, clause, &determinations),
            cycles: evidence::cycles(self.inventory, clause, self.findings),
            interfaces: Vec::new(),
            related: clause.related.clone(),
            remarks: Vec::new(),
            reviewed_by: None,
            reviewed_on: None,
            items: Vec::new(),
            documents,
        };
        if clause.requirements.is_empty() {
            return row;
        }
        let listed = listed::listed(self.inventory, &row.documents, &self.registers.parties);
        let derived = self.registers.derive(clause, determinations.iter().any(|item| !item.evidence.is_empty()), &listed);
        self.take_registers(clause, &mut row, derived);
        self.ask_of_services(&conditions, &mut row);
        self.own.take_up(clause, &mut row, &self.registers.parties, &listed);
        if row.status.basis != Some(Basis::Statement) {
            row.remarks.extend(listed.iter().filter(|one| row.other_parties.iter().any(|said| said.from == one.parts.from)).map(listed::remark));
        }
        self.lead_to_parties(&mut row);
        self.cite_findings(clause, &mut row);
        row.items = conditions.into_iter().filter_map(|(id, condition)| self.item(id, condition, &row)).collect();
        if row.status.answer == Answer::ToBeStated {
            from_items(&mut row);
            row.proposed = if row.performed_by.is_empty() { self.proposals.of(clause) } else { None };
        }
        warnings::warn(self.inventory, &mut row);
        row
    }

    fn take_registers(&self, clause: &Clause, row: &mut SubClause, derived: Derived) {
        let all_absent = row.condition.state == ConditionState::NotTriggered;
        row.status = if all_absent {
            Standing::stated(ResponsibilityStatus::NotTriggered, &Said::follows("", Basis::Assessment, ABSENT))
        } else {
            derived.standing.unwrap_or_else(|| Standing::to_be_stated("no register and no statement says who performs it"))
        };
        row.performed_by = derived.performed_by;
        row.accountable = derived.accountable;
        row.other_parties = derived.parties;
        row.interfaces = derived.interfaces;
        row.remarks = if all_absent { Vec::new() } else { derived.remarks };
        if row.accountable.is_empty() && !derived.has_process {
            row.accountable.extend(evidence::owner_of_document(self.inventory, clause, &row.documents, &self.documents));
        }
        unique(&mut row.performed_by);
        unique(&mut row.accountable);
        unique(&mut row.other_parties);
    }

    /// A sub-clause of which each requirement depends on something, and of which a service that was entered leaves open
    /// whether it came about: that question is why it is to be stated.
    fn ask_of_services(&self, conditions: &[(&str, ConditionOf)], row: &mut SubClause) {
        let is_open = |condition: &ConditionOf| matches!(condition.state, ConditionState::NotTriggered | ConditionState::Unknown);
        let asked = conditions.iter().find(|(_, condition)| condition.asks()).map(|(_, condition)| condition.proof.clone());
        if let Some(question) = asked.filter(|_| conditions.iter().all(|(_, condition)| is_open(condition))) {
            row.status = Standing::to_be_stated(question);
            row.remarks.clear();
        }
    }

    /// What a sub-clause demands in writing and nobody found, and what was found out about agreements with others.
    fn cite_findings(&self, clause: &Clause, row: &mut SubClause) {
        let of_clause = |finding: &&Finding| clause.requirements.iter().any(|item| finding.requirements.contains(&item.id));
        for finding in self.findings.iter().filter(of_clause) {
            let missing = finding.missing.as_ref().and_then(|kind| self.inventory.kind(kind)).filter(|kind| kind.demanded.is_some());
            if let Some(kind) = missing {
                let text = format!("what it demands in writing was not found: {}", lower_first(&kind.title));
                row.remarks.push(Remark { text, place: None, ..Remark::cites(finding) });
            }
            let cited = Remark::cites(finding);
            // What is at fault with a party belongs to what the party does, and to the sub-clause that asks for it.
            let is_of_party = |party: &Party| party.has_agreement_at(&finding.location.path) || party.remarks.contains(&cited);
            if self.registers.parties.iter().any(is_of_party) && finding.accepted.is_none() && !row.remarks.contains(&cited) {
                row.remarks.push(cited);
            }
        }
    }

    /// Agreements and control of the parties that take part, out of their register, where the row itself names none.
    fn lead_to_parties(&self, row: &mut SubClause) {
        let own_agreements = !row.agreements.is_empty();
        let own_controls = !row.controls.is_empty();
        for said in row.other_parties.clone() {
            let Some(party) = self.registers.parties.iter().find(|party| party.is_named_in(&said.value)) else {
                row.remarks.push(Remark::at(format!("{} is not in the register of other parties", said.value), &said));
                continue;
            };
            if !own_agreements {
                row.agreements.extend(party.agreements.iter().cloned());
            }
            if !own_controls {
                row.controls.extend(party.control_record.clone());
            }
            row.remarks.extend(party.remarks.iter().filter(|remark| !remark.text.starts_with('\u{201c}')).cloned());
        }
        unique(&mut row.agreements);
        unique(&mut row.controls);
    }

    fn numbers_on(&self, id: &str) -> Vec<String> {
        let mut open: Vec<&Finding> =
            self.findings.iter().filter(|finding| finding.accepted.is_none() && finding.requirements.iter().any(|own| own == id)).collect();
        open.sort_by_key(|finding| finding.number);
        open.into_iter().map(Finding::shown_number).collect()
    }

    fn item(&self, id: &str, condition: ConditionOf, row: &SubClause) -> Option<StatedItem> {
        let determination = self.determinations.get(id)?;
        let own = self.own.of_item(id, &condition, row);
        let absent = determination.verdict == Verdict::NotTriggered;
        let (status, inherited) = match own.as_ref() {
            Some((standing, _)) => (standing.clone(), false),
            // The question is asked of what depends on it, and of nothing else in the sub-clause.
            None if absent && condition.state == ConditionState::Unknown => (Standing::to_be_stated(condition.proof.clone()), false),
            None if absent && row.status.answer != Answer::Refused => {
                let source = Said::follows("", Basis::Assessment, ABSENT);
                (Standing::stated(ResponsibilityStatus::NotTriggered, &source), false)
            }
            // What was not triggered as a whole lapses for what is triggered all the same.
            None if row.status.status == Some(ResponsibilityStatus::NotTriggered) && condition.state != ConditionState::NotTriggered => {
                (Standing::to_be_stated("its sub-clause is stated as not triggered, and that does not follow for this requirement"), false)
            }
            None => (row.status.clone(), true),
        };
        Some(StatedItem {
            id: id.to_owned(),
            intent: determination.intent.clone(),
            status,
            inherited,
            condition,
            verdict: determination.verdict.word().to_owned(),
            reason: determination.reason.clone(),
            evidence: determination
                .evidence
                .iter()
                .map(|place| if place.line == 0 { place.path.clone() } else { format!("{}:{}", place.path, place.line) })
                .collect(),
            finding_numbers: self.numbers_on(id),
            findings: determination.findings.clone(),
            remarks: own.map(|(_, remarks)| remarks).unwrap_or_default(),
        })
    }
}

/// Keeps the first of each value.
pub(super) fn unique(said: &mut Vec<Said>) {
    let mut seen = std::collections::BTreeSet::new();
    said.retain(|said| seen.insert(said.value.clone()));
}
