//! Where several minor gaps meet at one requirement: small each, and together an auditor may weigh them as a major one.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::Numbers;
use crate::assessment::{Assessment, Finding};
use crate::framework::Grade;

/// A requirement at which several gaps meet.
#[derive(Debug, Serialize)]
pub(super) struct Meeting {
    pub(super) requirement: String,
    /// What it asks for, in our own words.
    pub(super) intent: String,
    /// Numbers of the findings.
    pub(super) findings: Vec<String>,
}

/// The requirements at which open minor gaps of different rules meet, those with the most first. How often one rule is
/// broken is told beside each of its findings.
pub(super) fn meetings(open: &[&Finding], assessment: &Assessment, numbers: &Numbers) -> Vec<Meeting> {
    let mut at: BTreeMap<&str, Vec<&Finding>> = BTreeMap::new();
    for finding in open.iter().filter(|finding| finding.grade == Grade::Minor && !finding.is_taken_up) {
        finding.requirements.iter().for_each(|requirement| at.entry(requirement).or_default().push(finding));
    }
    at.retain(|_, findings| findings.iter().map(|finding| &finding.rule).collect::<BTreeSet<_>>().len() > 1);
    let requirements = assessment.requirements.iter().filter_map(|item| Some((item, at.remove(item.id.as_str())?)));
    let mut meetings: Vec<Meeting> = requirements
        .map(|(item, mut findings)| {
            findings.sort_by_key(|finding| numbers.position(&finding.fingerprint));
            let findings = findings.into_iter().map(|finding| numbers.of(&finding.fingerprint)).collect();
            Meeting { requirement: item.id.clone(), intent: item.intent.clone(), findings }
        })
        .collect();
    // 7.5.4 lists what other sub-clauses ask for: the same gaps are told once, at the requirement that is about them.
    let told: Vec<(bool, Vec<String>)> = meetings.iter().map(|one| (one.is_list(), one.findings.clone())).collect();
    meetings.retain(|one| !one.is_list() || !told.iter().any(|(is_list, findings)| !is_list && *findings == one.findings));
    meetings.sort_by_key(|one| std::cmp::Reverse(one.findings.len()));
    meetings
}

impl Meeting {
    fn is_list(&self) -> bool {
        self.requirement.starts_with("7.5.4-")
    }
}
