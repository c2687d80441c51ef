//! Whether an auditor audits own work.

use std::collections::BTreeSet;

use super::responsible::{Relation, Responsibility};
use crate::assessment::people::same_person;
use crate::vocabulary::ClauseNumber;

/// The sub-clause of internal audits.
const AUDITS: &str = "9.2";

/// Whether a person is the auditor, or one of several: "Jane Doe, John Roe".
fn is_one_of(person: &str, auditor: &str) -> bool {
    same_person(person, auditor) || auditor.split([',', ';', '/', '&']).flat_map(|part| part.split(" and ")).any(|part| same_person(person, part.trim()))
}

/// Who answers for what is audited, and what of it is the auditor's own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Independence {
    /// Owners of processes, holders of roles and top management for what is audited.
    pub responsible: Vec<Responsibility>,
    /// What the auditor owns, answers for or did of what is audited.
    pub own: Vec<SelfAudit>,
    /// Whether the settings name internal auditors and this is none of them.
    pub unknown: bool,
}

/// Something of the auditor's own that is audited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SelfAudit {
    /// What it is.
    pub responsibility: Responsibility,
    /// The audited sub-clauses that it touches.
    pub clauses: Vec<String>,
}

impl Independence {
    /// Holds an auditor against everything that anybody answers for or did, within the sub-clauses `own` that the auditor
    /// looks at; and tells who answers for what is audited, and who audited before.
    pub(super) fn new(all: &[Responsibility], auditor: Option<&str>, audited: &BTreeSet<String>, own: &BTreeSet<String>, auditors: &[String]) -> Self {
        let numbers: Vec<(ClauseNumber, &String)> = audited.iter().filter_map(|text| Some((ClauseNumber::parse(text)?, text))).collect();
        let touched_of = |numbers: &[(ClauseNumber, &String)], responsibility: &Responsibility| -> Vec<String> {
            let own: Vec<ClauseNumber> = responsibility.clauses.iter().filter_map(|clause| ClauseNumber::parse(clause)).collect();
            numbers.iter().filter(|(number, _)| own.iter().any(|clause| clause.contains(number))).map(|(_, text)| (*text).clone()).collect()
        };
        let own_numbers: Vec<(ClauseNumber, &String)> = numbers.iter().filter(|(_, text)| own.contains(*text)).cloned().collect();
        let touched = |responsibility: &Responsibility| touched_of(&numbers, responsibility);
        let answers = |one: &&Responsibility| {
            // Who audited before did what 9.2 asks for, so it is for somebody else to audit that.
            let audited_before = || one.clauses.first().is_some_and(|clause| clause == AUDITS || clause.starts_with(&format!("{AUDITS}.")));
            one.relation != Relation::OwnsDocument && (one.relation != Relation::DidWork || audited_before())
        };
        let responsible = all.iter().filter(answers).filter(|one| !touched(one).is_empty()).cloned().collect();
        let own = auditor.map(|auditor| {
            let own = all.iter().filter(|one| is_one_of(&one.person, auditor));
            own.map(|one| SelfAudit { responsibility: one.clone(), clauses: touched_of(&own_numbers, one) }).filter(|own| !own.clauses.is_empty()).collect()
        });
        let unknown = auditor.is_some_and(|auditor| !auditors.is_empty() && !auditors.iter().any(|known| is_one_of(known, auditor)));
        Self { responsible, own: own.unwrap_or_default(), unknown }
    }
}
