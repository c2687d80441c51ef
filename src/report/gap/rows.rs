//! What the template lays out, piece by piece.

use serde::Serialize;

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
}

#[derive(Debug, Serialize)]
pub(super) struct VerdictRow {
    pub(super) verdict: String,
    pub(super) number: usize,
    pub(super) meaning: &'static str,
}

#[derive(Debug, Serialize)]
pub(super) struct ClauseRow {
    pub(super) number: String,
    pub(super) title: String,
    pub(super) top: bool,
    pub(super) documents: String,
    pub(super) records: String,
    pub(super) open: String,
    pub(super) major: usize,
    pub(super) minor: usize,
    pub(super) other: usize,
}

#[derive(Debug, Serialize)]
pub(super) struct FindingView {
    pub(super) grade: &'static str,
    pub(super) message: String,
    pub(super) place: String,
    pub(super) rule: String,
    pub(super) requirements: String,
    pub(super) remedy: String,
    pub(super) confidence: &'static str,
    /// Why the grade is higher than the rule's.
    pub(super) raised: String,
    pub(super) folded: Vec<String>,
    pub(super) effort: String,
}

#[derive(Debug, Serialize)]
pub(super) struct GapClause {
    pub(super) number: String,
    pub(super) title: String,
    pub(super) items: Vec<ItemView>,
    pub(super) findings: Vec<FindingView>,
}

#[derive(Debug, Serialize)]
pub(super) struct ItemView {
    pub(super) id: String,
    pub(super) intent: String,
    pub(super) verdict: &'static str,
    pub(super) confidence: &'static str,
    pub(super) reason: String,
    pub(super) evidence: String,
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
    pub(super) reason: String,
    pub(super) owner: String,
    pub(super) until: String,
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
    pub(super) paths: String,
}
