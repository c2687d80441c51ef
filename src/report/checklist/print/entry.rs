//! A row of a printed table.

use serde::Serialize;

use super::super::asked::WALKED;
use super::super::carried::{IN_SAMPLE, NO_FINDING};
use super::super::view::{Answer, AuditChecklist, Row, RowSort};
use super::found::{Findings, Told};
use super::places::Places;
use crate::assessment::ALL_OF_SAMPLE;

/// What is said of a requirement that documents support, and of one that they support as far as they can: the verdict alone
/// tells it.
const SUPPORTED: &str = "documents support it (";
const AS_FAR: &str = "documents support it as far as they can; an interview or observation settles it";
const AGAINST: &str = "documents speak against it";
const TO_NOTE: &str = "to note:";
/// What counts where documents settle nothing; `needs-auditor` tells it.
const NO_DOCUMENT: &str = "an interview or an observation: documents cannot settle it";

/// A row.
#[derive(Serialize)]
pub(super) struct Entry<'view> {
    id: &'view str,
    title: &'view str,
    /// Whom to ask, where it is somebody else than the table says.
    whom: Option<&'view str>,
    questions: &'view [String],
    /// What to look at and what counts.
    look_at: Vec<String>,
    verdict: Option<&'view str>,
    said: String,
    findings: Vec<Told<'view>>,
    /// Whether something was counted for it, which stands above the table.
    has_facts: bool,
    /// What the documents suggest where no finding shows it.
    grade_note: Option<&'view str>,
    places: Vec<String>,
    answer: Answer,
}

impl Entry<'_> {
    /// Where its evidence stands.
    pub(super) fn places(&mut self) -> &mut Vec<String> {
        &mut self.places
    }

    /// Leaves out what stands above the table.
    pub(super) fn without(&mut self, auditee: &str, auditor: &str, date: &str) {
        for (field, above) in [(&mut self.answer.auditee, auditee), (&mut self.answer.auditor, auditor), (&mut self.answer.date, date)] {
            if field == above {
                field.clear();
            }
        }
    }
}

/// What all rows are printed with.
pub(super) struct Printer<'view> {
    pub(super) findings: Findings<'view>,
    pub(super) places: Places<'view>,
}

impl<'view> Printer<'view> {
    pub(super) fn new(view: &'view AuditChecklist) -> Self {
        let places = Places::new(&view.cover.root);
        Self { findings: Findings::new(view, places), places }
    }

    /// A row, without what its table says for all rows.
    pub(super) fn entry(&self, row: &'view Row, whom: Option<&str>, everywhere: &[&str]) -> Entry<'view> {
        Entry {
            id: &row.id,
            title: if row.sort == RowSort::Sample { name(row) } else { &row.title },
            whom: Some(row.whom.as_str()).filter(|own| !own.is_empty() && whom != Some(own)),
            questions: &row.questions,
            look_at: look_at(row, everywhere).iter().map(|line| self.places.shortened(line)).collect(),
            verdict: row.verdict.as_deref(),
            said: self.said(row),
            findings: row.findings.iter().map(|finding| self.findings.told(finding, &row.id)).collect(),
            has_facts: !row.facts.is_empty(),
            grade_note: row.grade_note.as_deref().filter(|_| row.findings.is_empty()),
            places: self.places.of(&row.files),
            answer: row.answer.clone(),
        }
    }

    /// What the documents say beyond the verdict and the findings.
    pub(super) fn said(&self, row: &Row) -> String {
        let said = row.documents_say.as_str();
        let verdict = row.verdict.as_deref().unwrap_or_default();
        let said = said.strip_prefix(verdict).map_or(said, |rest| rest.trim_start_matches([':', ' ']));
        let said = match said.strip_prefix(SUPPORTED) {
            Some(rest) => rest.split_once(')').map_or("", |(_, rest)| rest),
            None => said.strip_prefix(AS_FAR).or_else(|| said.strip_prefix(AGAINST)).unwrap_or(said),
        };
        let mut told = said.trim_start_matches([':', ';', '.', ' ']).to_owned();
        for finding in &row.findings {
            told = told.replace(finding.message.as_str(), "");
        }
        let is_told = told.len() < said.trim_start_matches([':', ';', '.', ' ']).len();
        let told = if is_told { told.strip_prefix(TO_NOTE).unwrap_or(&told).to_owned() } else { told };
        let is_empty = |piece: &str| {
            let is_rest = is_told && piece.starts_with("and ") && piece.ends_with(" more");
            let is_count = row.sort == RowSort::Sample && piece.ends_with(" on this record");
            piece.is_empty() || is_rest || is_count
        };
        let pieces = told.split("; ").map(|piece| piece.trim_matches([' ', ';']).trim_start_matches(['.', ' '])).filter(|piece| !is_empty(piece));
        let told: Vec<&str> = pieces.map(|piece| piece.strip_prefix(NO_FINDING).map_or(piece, |rest| rest.trim_start_matches(['.', ' ']))).collect();
        self.places.shortened(&told.join("; "))
    }
}

/// What a record is called beside its id, which the row's id holds.
fn name(row: &Row) -> &str {
    let record = row.id.split_once('/').map_or(row.id.as_str(), |(_, record)| record);
    row.title.strip_prefix(record).map_or(row.title.as_str(), |rest| rest.trim_start_matches([':', ' ']))
}

/// Whether a text of what to look at or what counts says something beside what stands elsewhere: in the notes, in the
/// verdict, or behind the kind's own name.
pub(super) fn tells(row: &Row, text: &str) -> bool {
    let is_kind = row.look_at.iter().any(|kind| kind == text) && row.expect.iter().any(|count| count.split_once(": ").is_some_and(|(about, _)| about == text));
    text != NO_DOCUMENT && text != WALKED && !is_kind
}

/// What to look at and what counts, each kind named once.
fn look_at(row: &Row, everywhere: &[&str]) -> Vec<String> {
    let of_row = |text: &&String| !everywhere.contains(&text.as_str()) && ![NO_DOCUMENT, WALKED].contains(&text.as_str());
    if row.sort == RowSort::Sample {
        // That all are looked at, the sample says itself.
        return row.look_at.iter().map(|text| text.strip_prefix(IN_SAMPLE).unwrap_or(text)).filter(|text| *text != ALL_OF_SAMPLE).map(str::to_owned).collect();
    }
    let mut lines: Vec<(&str, Vec<&str>)> = row.look_at.iter().filter(of_row).map(|text| (text.as_str(), Vec::new())).collect();
    for text in row.expect.iter().filter(of_row) {
        let (about, what) = text.split_once(": ").unwrap_or((text.as_str(), ""));
        match lines.iter_mut().find(|(other, _)| *other == about) {
            Some((_, counts)) if !what.is_empty() => counts.push(what),
            _ => lines.push((text, Vec::new())),
        }
    }
    lines.into_iter().map(|(about, counts)| if counts.is_empty() { about.to_owned() } else { format!("{about}: {}", counts.join("; ")) }).collect()
}
