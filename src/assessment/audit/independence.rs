//! Whether an auditor audits own work.

use std::collections::BTreeSet;

use super::responsible::{Relation, Responsibility};
use crate::assessment::people::same_person;
use crate::vocabulary::ClauseNumber;

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
    /// Holds an auditor against everything that anybody answers for or did, within the audited sub-clauses.
    pub(super) fn new(all: &[Responsibility], auditor: Option<&str>, audited: &BTreeSet<String>, auditors: &[String]) -> Self {
        let numbers: Vec<(ClauseNumber, &String)> = audited.iter().filter_map(|text| Some((ClauseNumber::parse(text)?, text))).collect();
        let touched = |responsibility: &Responsibility| -> Vec<String> {
            let own: Vec<ClauseNumber> = responsibility.clauses.iter().filter_map(|clause| ClauseNumber::parse(clause)).collect();
            numbers.iter().filter(|(number, _)| own.iter().any(|clause| clause.contains(number))).map(|(_, text)| (*text).clone()).collect()
        };
        let answers = |one: &&Responsibility| matches!(one.relation, Relation::OwnsProcess | Relation::HoldsRole | Relation::TopManagement);
        let responsible = all.iter().filter(answers).filter(|one| !touched(one).is_empty()).cloned().collect();
        let own = auditor.map(|auditor| {
            let own = all.iter().filter(|one| same_person(&one.person, auditor));
            own.map(|one| SelfAudit { responsibility: one.clone(), clauses: touched(one) }).filter(|own| !own.clauses.is_empty()).collect()
        });
        let unknown = auditor.is_some_and(|auditor| !auditors.is_empty() && !auditors.iter().any(|known| same_person(known, auditor)));
        Self { responsible, own: own.unwrap_or_default(), unknown }
    }
}
