//! What comes of one expectation: evidence, faults, or the reason why nothing can be said.

use std::collections::BTreeSet;

use serde::Serialize;

use super::finding::FindingPlace;
use super::grading::Sample;
use super::inventory::Inventory;
use super::records::RecordRef;
use super::wording::Fact;
use crate::framework::{BuiltIn, Grade};
use crate::repository::RepoPath;
pub use crate::vocabulary::Confidence;

/// The most places that are kept as evidence for one expectation.
const EVIDENCE: usize = 8;

/// How it is known that a document is some documented information.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, schemars::JsonSchema, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Identified {
    /// The tool's guess.
    Inferred,
    /// `clausewise.yaml` says so.
    Mapped,
    /// The document says so.
    Declared,
}

impl Identified {
    /// The word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Inferred => "inferred",
            Self::Mapped => "mapped",
            Self::Declared => "declared",
        }
    }

    pub(super) fn confidence(self) -> Confidence {
        match self {
            Self::Inferred => Confidence::Low,
            Self::Mapped => Confidence::Medium,
            Self::Declared => Confidence::High,
        }
    }
}

/// A place that speaks for a requirement.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, schemars::JsonSchema, Serialize)]
pub struct Evidence {
    /// Path from the repository's root.
    pub path: String,
    /// Line; 0 for the file as a whole.
    pub line: u32,
    /// Kind of documented information.
    pub documented_information: String,
    /// How that is known.
    pub provenance: Identified,
    /// The commit that brought the file's content; none if unknown or uncommitted.
    pub commit: Option<String>,
    /// Its day.
    pub last_changed_on: Option<String>,
    /// The passage, where a heading or keyword decided.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub passage: Option<String>,
    /// The line on which the record begins whose field this is.
    #[serde(skip)]
    pub record: Option<u32>,
}

impl Evidence {
    /// Leaves one place for each record: the field that shows it rather than the record as a whole. The places are in order.
    pub(super) fn one_for_each_record(evidence: &mut Vec<Self>) {
        let key = |one: &Self, record: u32| (one.path.clone(), one.documented_information.clone(), record);
        let by_field: BTreeSet<_> = evidence.iter().filter_map(|one| one.record.map(|record| key(one, record))).collect();
        let mut seen = BTreeSet::new();
        evidence.retain(|one| match one.record {
            Some(record) => seen.insert(key(one, record)),
            None => !by_field.contains(&key(one, one.line)),
        });
    }
}

/// Which rule a fault breaks.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Breach {
    /// A built-in check.
    Check(BuiltIn),
    /// A relation, by the id of its rule.
    Rule(String),
}

/// One fault, before it becomes a finding.
#[derive(Clone, Debug)]
pub(super) struct Fault {
    pub(super) breach: Breach,
    /// The rule that names the fault where it was asked for, a special case of the check.
    pub(super) special: Option<String>,
    /// Another grade than the rule's.
    pub(super) grade: Option<Grade>,
    /// Whether the documents speak against the requirement, not merely not for it.
    pub(super) contradicts: bool,
    pub(super) confidence: Confidence,
    /// The document's or record's id, or its path where it has none: part of the fingerprint.
    pub(super) subject: String,
    /// The field, section, link or list at fault: part of the fingerprint.
    pub(super) target: String,
    pub(super) place: Option<FindingPlace>,
    pub(super) fact: Fact,
    /// Names of a missing thing that would explain the fault.
    pub(super) missing: Vec<String>,
    /// A kind whose absence would explain the fault.
    pub(super) missing_kind: Option<String>,
    /// What it is about, in words that faults with the same cause share: a part of a record, a sequence of numbers, what
    /// follows a record. Rules say which others explain theirs.
    pub(super) about: Vec<String>,
    /// It folds beneath another, and its requirements went there with it.
    pub(super) carried: bool,
    /// Where a later record took up what this one left out.
    pub(super) since: Option<String>,
    /// Of how many records it is one.
    pub(super) sample: Option<Sample>,
    /// Kinds at fault, where a rule reads several: a requirement about another of them is not touched.
    pub(super) blames: Vec<String>,
}

impl Fault {
    /// A fault with nothing special about it.
    pub(super) fn new(breach: Breach, subject: impl Into<String>, target: impl Into<String>, place: FindingPlace, fact: Fact) -> Self {
        Self {
            breach,
            special: None,
            grade: None,
            contradicts: false,
            confidence: Confidence::High,
            subject: subject.into(),
            target: target.into(),
            place: Some(place),
            fact,
            missing: Vec::new(),
            missing_kind: None,
            about: Vec::new(),
            carried: false,
            since: None,
            sample: None,
            blames: Vec::new(),
        }
    }

    /// What a later record took up is settled as far as it can be: an observation that says where.
    pub(super) fn taken_up(&mut self, since: Option<String>) {
        if since.is_some() {
            self.grade = Some(Grade::Observation);
            self.since = since;
        }
    }

    /// The fault in words.
    pub(super) fn words(&self) -> String {
        let words = self.fact.words().0;
        self.since.as_ref().map_or_else(|| words.clone(), |since| format!("{words}; since taken up in {since}"))
    }

    /// The check that found it, where it was one of the program.
    pub(super) fn check(&self) -> Option<BuiltIn> {
        match self.breach {
            Breach::Check(check) => Some(check),
            Breach::Rule(_) => None,
        }
    }
}

/// What comes of one expectation.
#[derive(Clone, Debug)]
pub(super) struct Outcome {
    pub(super) status: Status,
    pub(super) evidence: Vec<Evidence>,
    pub(super) faults: Vec<Fault>,
    pub(super) confidence: Confidence,
    /// The kind for which something is there that could be it.
    pub(super) could_be: Option<String>,
    /// Records of which it is not asked yet and that do not show it, each with its status.
    pub(super) to_come: Vec<String>,
}

/// Where an expectation stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Status {
    /// Met, or met but for the faults.
    Judged,
    /// Looked for in what is there, and not found at all.
    NotFound,
    /// The kind of documented information is not there.
    Absent(String),
    /// There is nothing to which it applies.
    NothingToJudge,
    /// It cannot be told here, and why.
    CannotTell(String),
    /// Something is there that could be it, and a person has to look: not read, or not recognised for sure.
    ToConfirm(String),
}

impl Outcome {
    pub(super) fn new(status: Status) -> Self {
        Self { status, evidence: Vec::new(), faults: Vec::new(), confidence: Confidence::High, could_be: None, to_come: Vec::new() }
    }

    /// Cites a place, unless better known or enough places are cited already: one good document is enough, and a guess
    /// beside it takes nothing away.
    pub(super) fn cite(&mut self, inventory: &Inventory<'_>, path: &RepoPath, line: u32, kind: &str, provenance: Identified) {
        self.keep(inventory.evidence(path, line, kind, provenance));
    }

    /// Cites a line of a record.
    pub(super) fn cite_field(&mut self, inventory: &Inventory<'_>, record: &RecordRef<'_>, kind: &str, line: u32) {
        let first = record.first_line().line.max(1);
        let line = line.max(1);
        let cited = inventory.evidence(&record.document.path, line, kind, record.provenance);
        self.keep(Evidence { record: (line != first).then_some(first), ..cited });
    }

    fn keep(&mut self, evidence: Evidence) {
        let provenance = evidence.provenance;
        let best = self.evidence.first().map(|evidence| evidence.provenance);
        if best.is_some_and(|best| best > provenance) || (best == Some(provenance) && self.evidence.len() >= EVIDENCE) {
            return;
        }
        if best.is_some_and(|best| best < provenance) {
            self.evidence.clear();
        }
        if self.evidence.is_empty() {
            self.confidence = provenance.confidence();
        }
        self.evidence.push(evidence);
    }

    pub(super) fn absent(kind: &str) -> Self {
        Self::new(Status::Absent(kind.to_owned()))
    }

    /// Whether something speaks for the requirement.
    pub(super) fn speaks_for(&self) -> bool {
        self.status == Status::Judged && !self.evidence.is_empty()
    }
}
