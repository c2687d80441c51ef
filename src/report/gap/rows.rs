//! What the template lays out, piece by piece. Raw text: whoever writes it escapes it.

use serde::Serialize;

/// A name and a value.
#[derive(Debug, Serialize)]
pub(super) struct Row {
    pub(super) name: String,
    pub(super) value: String,
}

#[derive(Debug, Serialize)]
pub(super) struct IntervalRow {
    pub(super) title: String,
    pub(super) interval: String,
    pub(super) place: String,
    pub(super) sentence: String,
    pub(super) beside: String,
}

#[derive(Debug, Serialize)]
pub(super) struct VerdictRow {
    pub(super) verdict: &'static str,
    pub(super) number: usize,
    /// Its share of all requirements in hundredths.
    pub(super) percent: usize,
    pub(super) meaning: String,
}

/// A finding as a report tells it.
#[derive(Clone, Debug, Serialize)]
pub(super) struct FindingView {
    /// Its number, the same in all papers.
    pub(super) number: String,
    pub(super) fingerprint: String,
    pub(super) grade: &'static str,
    pub(super) message: String,
    pub(super) place: String,
    pub(super) rule: String,
    pub(super) requirements: Vec<String>,
    pub(super) remedy: String,
    pub(super) confidence: &'static str,
    /// Why the grade is higher than the rule's, or how many of how many are at fault.
    pub(super) raised: String,
    /// What else it alone causes; at most a dozen lines, the last saying how many more.
    pub(super) folded: Vec<String>,
    /// Where else the record is named that it is about.
    pub(super) named_in: String,
    /// Records that may hold what is missing, without a link.
    pub(super) may_answer: String,
    pub(super) effort: &'static str,
    pub(super) stops: &'static str,
    /// Why what was done in the meantime cannot show; mostly nothing.
    pub(super) remark: String,
    /// A document that is near to what is missing.
    pub(super) build_on: Option<BuildOn>,
    /// Whether it is about something that was not done by its day.
    #[serde(skip)]
    pub(super) is_overdue: bool,
}

/// A document that is near to what is missing.
#[derive(Clone, Debug, Serialize)]
pub(super) struct BuildOn {
    /// What to do with it: "build on".
    pub(super) lead: &'static str,
    pub(super) place: String,
    pub(super) what: String,
}

/// Findings that are told together: one, or all that are overdue by one rule.
#[derive(Debug, Serialize)]
pub(super) struct FindingGroup {
    pub(super) first: FindingView,
    /// What all of them are, where there are several.
    pub(super) title: String,
    pub(super) all: Vec<FindingView>,
    /// For which of them what was done in the meantime cannot show.
    pub(super) remark: String,
    pub(super) requirements: Vec<String>,
}

#[derive(Debug, Serialize)]
pub(super) struct GapPart {
    pub(super) id: &'static str,
    pub(super) title: &'static str,
    pub(super) about: &'static str,
    pub(super) clauses: Vec<GapClause>,
}

#[derive(Debug, Serialize)]
pub(super) struct GapClause {
    pub(super) number: String,
    pub(super) title: String,
    pub(super) items: Vec<ItemView>,
    /// One by one, for tables.
    #[serde(skip)]
    pub(super) findings: Vec<FindingView>,
    /// For who reads.
    pub(super) groups: Vec<FindingGroup>,
}

/// A requirement and what came of it.
#[derive(Debug, Serialize)]
pub(super) struct ItemView {
    pub(super) id: String,
    pub(super) intent: String,
    pub(super) verdict: &'static str,
    pub(super) confidence: &'static str,
    pub(super) reason: String,
    /// Some places, and how many more there are.
    pub(super) evidence: Vec<String>,
    pub(super) evidence_more: usize,
}

/// A place that was taken as evidence, for the appendix.
#[derive(Debug, Serialize)]
pub(super) struct EvidenceRow {
    pub(super) id: String,
    pub(super) verdict: &'static str,
    pub(super) path: String,
    pub(super) place: String,
    pub(super) kind: String,
    pub(super) known: &'static str,
    pub(super) commit: String,
    pub(super) changed: String,
}

#[derive(Debug, Serialize)]
pub(super) struct Questions {
    pub(super) whom: String,
    pub(super) items: Vec<QuestionView>,
}

#[derive(Debug, Serialize)]
pub(super) struct QuestionView {
    pub(super) id: String,
    pub(super) question: String,
    pub(super) seen: String,
}

#[derive(Debug, Serialize)]
pub(super) struct AcceptedView {
    pub(super) message: String,
    pub(super) rule: String,
    pub(super) reason: String,
    pub(super) owner: String,
    pub(super) until: String,
}

/// One of the documents that 7.5.4 names.
#[derive(Debug, Serialize)]
pub(super) struct NamedRow {
    pub(super) letter: String,
    pub(super) title: String,
    /// `here`, `missing` or `open`.
    pub(super) state: &'static str,
    pub(super) paths: Vec<String>,
    pub(super) more: usize,
    /// In words, where there are no paths.
    pub(super) words: String,
}

#[derive(Debug, Serialize)]
pub(super) struct RecordRow {
    pub(super) title: String,
    pub(super) number: usize,
    pub(super) period: String,
}

#[derive(Debug, Serialize)]
pub(super) struct KindRow {
    pub(super) title: String,
    pub(super) how: String,
    pub(super) paths: Vec<String>,
    pub(super) more: usize,
}
