//! What was recognised and not yet confirmed, and what is there and counts as nothing.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::assessment::{Assessment, DocumentView, Identification, Identified};
use crate::framework::Framework;
use crate::vocabulary::{count, list_some, shortened};

/// Rows shown; the command `map` lists all.
const SHOWN: usize = 120;

#[derive(Debug, Serialize)]
pub(super) struct Confirm {
    number: usize,
    more: usize,
    rows: Vec<ConfirmRow>,
    /// Stubs, templates and other documents that count as nothing, by reason.
    nothing: Vec<NothingRow>,
    foreign: String,
}

#[derive(Debug, Serialize)]
struct ConfirmRow {
    document: String,
    seems: String,
    sure: String,
    because: String,
    depth: String,
}

#[derive(Debug, Serialize)]
struct NothingRow {
    reason: String,
    number: usize,
    paths: String,
}

impl Confirm {
    pub(super) fn new(assessment: &Assessment, framework: &Framework) -> Self {
        let inferred = |document: &&DocumentView| {
            document.not_evidence.is_none() && document.documented_information.iter().any(|kind| kind.provenance == Identified::Inferred)
        };
        let mut rows: Vec<&DocumentView> = assessment.documents.iter().filter(inferred).collect();
        // What is least sure needs a person most.
        rows.sort_by_key(|document| document.documented_information.first().and_then(|kind| kind.confidence));
        let number = rows.len();
        Self {
            number,
            more: number.saturating_sub(SHOWN),
            rows: rows.into_iter().take(SHOWN).map(|document| row(document, framework)).collect(),
            nothing: nothing(assessment),
            foreign: foreign(assessment),
        }
    }
}

fn row(document: &DocumentView, framework: &Framework) -> ConfirmRow {
    let title = |kind: &Identification| framework.kinds.get(&kind.id).map_or(kind.id.clone(), |kind| kind.title.clone());
    let kinds: Vec<String> = document.documented_information.iter().map(title).collect();
    let first = document.documented_information.first();
    let sure = first.map(|kind| format!("{} ({:.2})", kind.confidence.map_or("", |confidence| confidence.word()), kind.score)).unwrap_or_default();
    let because = first.and_then(|kind| kind.matched.as_ref()).map_or_else(String::new, |matched| match matched.line {
        0 => "its path; document as a whole, place not found".to_owned(),
        line => format!("line {line}: {}", shortened(&matched.text, 90)),
    });
    let depth = document.depth.as_ref().map_or_else(String::new, |depth| {
        let all = depth.covered.len() + depth.missing.len();
        let missing: Vec<String> = depth.missing.clone();
        let rest = if missing.is_empty() { String::new() } else { format!("; not found by headings or words: {}", list_some(&missing, 4)) };
        format!("{} of {all} topics{rest}", depth.covered.len())
    });
    let template = document.not_evidence.as_ref().map(|reason| format!(" ({reason})")).unwrap_or_default();
    ConfirmRow { document: document.path.clone(), seems: format!("{}{template}", kinds.join("; ")), sure, because, depth }
}

fn nothing(assessment: &Assessment) -> Vec<NothingRow> {
    let mut reasons: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for document in &assessment.documents {
        let Some(reason) = &document.not_evidence else { continue };
        // The title in the reason would make a group of each document.
        let group = match reason.split_once(" (") {
            Some((group, _)) => group,
            None if document.to_fill_in.is_some() => "a template: its places still wait for values",
            None => reason.as_str(),
        };
        reasons.entry(group).or_default().push(document.path.clone());
    }
    let row = |(reason, paths): (&str, Vec<String>)| NothingRow { reason: reason.to_owned(), number: paths.len(), paths: list_some(&paths, 6) };
    reasons.into_iter().map(row).collect()
}

/// A remark on languages that no vocabulary covers.
fn foreign(assessment: &Assessment) -> String {
    let foreign = assessment.foreign;
    if foreign == 0 {
        return String::new();
    }
    format!(
        "{} in a language for which the clause map has no vocabulary. They could be recognised by little more than their names, so what is called missing may well be among them.",
        count(foreign, "document is", "documents are")
    )
}
