//! Findings: the product.

use std::collections::BTreeMap;

use serde::Serialize;

use super::action::Action;
use super::grading::Sample;
use super::groundwork::Ground;
use super::mentions::Mention;
use super::outcome::Confidence;
use crate::framework::{Framework, Grade};

/// Where a finding points.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, schemars::JsonSchema, Serialize)]
pub struct FindingPlace {
    /// Path from the repository's root.
    pub path: String,
    /// First line; 0 for the file as a whole.
    pub line: u32,
    /// First column.
    pub column: u32,
    /// Last line.
    pub end_line: u32,
    /// Column after the last character.
    pub end_column: u32,
}

impl FindingPlace {
    /// `path:line`, for people.
    pub fn shown(&self) -> String {
        if self.line == 0 { self.path.clone() } else { format!("{}:{}", self.path, self.line) }
    }
}

/// A gap that the organization has accepted.
#[derive(Clone, Debug, PartialEq, Eq, schemars::JsonSchema, Serialize)]
pub struct Acceptance {
    /// Why.
    pub reason: String,
    /// Who.
    pub owner: String,
    /// Until when.
    pub until: String,
    /// Whether it was rejected as no fault, rather than accepted as one that stays.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub rejected: bool,
}

/// One fault, its rule and its grade, pointing at the document and at what asks for it.
#[derive(Clone, Debug, PartialEq, Eq, schemars::JsonSchema, Serialize)]
pub struct Finding {
    /// Stays the same while the fault does, whatever line it moves to.
    pub fingerprint: String,
    /// By which all papers made from one assessment name it, as F1, F2 and so on; none where it is accepted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<usize>,
    /// The rule, which names the fault.
    pub rule: String,
    /// Proposed grade; an auditor decides.
    pub grade: Grade,
    /// Why the grade is higher than the rule's, where it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grade_reason: Option<String>,
    /// How many records of how many are at fault in the same way, where it is about one of several.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub share: Option<String>,
    /// How sure.
    pub confidence: Confidence,
    /// Requirements that it speaks to.
    pub requirements: Vec<String>,
    /// What is wrong.
    pub message: String,
    /// What settles it.
    pub remedy: String,
    /// The acceptance, where the organization has accepted it.
    pub accepted: Option<Acceptance>,
    /// The place in the documents; for something absent, what makes it expected.
    pub location: FindingPlace,
    /// The line of the clause map that asks.
    pub asked_by: AskedBy,
    /// Of how many records it is one.
    #[serde(skip)]
    pub(super) sample: Option<Sample>,
    /// What settling it takes.
    pub action: Action,
    /// What else this fault alone causes.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub folded: Vec<String>,
    /// Where else the record is named that it is about: what may bear on it, and was not judged.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub named_in: Vec<Mention>,
    /// Records that may hold what is missing, without a link: to be read before it is called missing.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub may_answer: Vec<Mention>,
    /// Documented information that is missing, where that is the fault.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub missing: Option<String>,
    /// What is there that it could be built on, where something is missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub build_on: Option<Ground>,
    /// Whether the location is only where a line was needed, since what is missing stands nowhere: people are not shown it.
    #[serde(skip)]
    pub is_nowhere: bool,
    /// The day by which something should have been done, where that is the fault.
    #[serde(skip)]
    pub due: Option<String>,
    /// Whether the documents speak against what is asked for, not merely not for it.
    #[serde(skip)]
    pub contradicts: bool,
    /// Whether a later record took up what this one left out, so that nothing is left to be done about it.
    #[serde(skip)]
    pub is_taken_up: bool,
}

/// A line of the clause map.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, schemars::JsonSchema, Serialize)]
pub struct AskedBy {
    /// File within the clause map.
    pub path: String,
    /// Line.
    pub line: u32,
}

impl Finding {
    /// "F12"; nothing where it is accepted.
    pub fn shown_number(&self) -> String {
        self.number.map(|number| format!("F{number}")).unwrap_or_default()
    }

    /// "CHG-7 (changes.yaml:4), minutes.md:12": where else the record is named that it is about; nothing where nowhere.
    pub fn named_in_words(&self) -> Option<String> {
        listed(&self.named_in)
    }

    /// "IMP-4 (improvements.yaml:58)": records that may hold what is missing, without a link; nothing where there are none.
    pub fn may_answer_words(&self) -> Option<String> {
        listed(&self.may_answer)
    }
}

fn listed(mentions: &[Mention]) -> Option<String> {
    (!mentions.is_empty()).then(|| mentions.iter().map(Mention::words).collect::<Vec<_>>().join(", "))
}

/// Gives the open findings their numbers, in the order in which a gap report tells them by clause: governance, then
/// practice, then what speaks to no requirement.
pub(super) fn number(findings: &mut [Finding], framework: &Framework) {
    let order: BTreeMap<&str, usize> = framework.clauses.iter().enumerate().map(|(index, clause)| (clause.number.as_str(), index)).collect();
    let clause = |finding: &Finding| {
        let first = finding.requirements.first().and_then(|id| id.split_once('-'));
        first.and_then(|(clause, _)| order.get(clause).copied()).unwrap_or(usize::MAX)
    };
    let is_practice = |finding: &Finding| finding.requirements.first().is_some_and(|id| id.starts_with("8."));
    let mut open: Vec<&mut Finding> = findings.iter_mut().filter(|finding| finding.accepted.is_none()).collect();
    open.sort_by_key(|finding| (finding.requirements.is_empty(), is_practice(finding), clause(finding)));
    open.into_iter().enumerate().for_each(|(index, finding)| finding.number = Some(index + 1));
}
