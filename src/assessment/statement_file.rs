//! Files of statements under `assessments/`: what each entry says, and what is wrong with it.

use jiff::civil::Date;

use super::determination::Verdict;
use crate::documents::{Document, Record};
use crate::vocabulary::{Place, plain, read_date};
use crate::yaml::{Node, NodeKind};

/// First words of the schema by which a file of statements is known.
pub(super) const SCHEMA: &str = "clausewise/statements/";

/// What one entry is about.
#[derive(Clone, Debug)]
pub(super) enum About {
    /// A row of a checklist, which may be a requirement.
    Row { id: String, result: Option<&'static Outcome> },
    /// A finding.
    Finding { fingerprint: String, rejected: bool },
}

/// A word that a person may write as a result, and what it says of a requirement.
#[derive(Debug)]
pub(super) struct Outcome {
    /// The word.
    pub(super) word: &'static str,
    /// The verdict that it comes to; none where it judges nothing.
    pub(super) verdict: Option<Verdict>,
}

/// One entry.
#[derive(Clone, Debug)]
pub(super) struct Entry<'run> {
    pub(super) document: &'run Document,
    pub(super) at: Place,
    pub(super) about: About,
    pub(super) by: Option<String>,
    pub(super) on: Option<Date>,
    pub(super) until: Option<Date>,
    pub(super) reason: Option<String>,
    pub(super) evidence_seen: Option<String>,
    pub(super) auditee: Option<String>,
    pub(super) notes: Option<String>,
    pub(super) audit: Option<String>,
    pub(super) hash: Option<String>,
    /// Why it did not hold any more when it was read back from a checklist.
    pub(super) stale: Option<String>,
    pub(super) evidence: Vec<String>,
}

impl Entry<'_> {
    /// On what grounds it was stated: the reason, else what was seen, else what was noted.
    pub(super) fn grounds(&self) -> Option<&str> {
        [&self.reason, &self.evidence_seen, &self.notes].into_iter().flatten().map(String::as_str).next()
    }
}

/// Whether a file says that it holds statements.
pub(super) fn holds_statements(document: &Document) -> bool {
    document.head.field("schema").and_then(|field| field.value.as_text()).is_some_and(|schema| schema.starts_with(SCHEMA))
}

/// Every entry of a file of statements, or what is wrong with it and where.
pub(super) fn entries(document: &Document) -> impl Iterator<Item = Result<Entry<'_>, (Place, String)>> {
    let records = document.lists.iter().filter(|(key, _)| key == "statements").flat_map(|(_, records)| records);
    records.map(move |record| entry(document, record).map_err(|why| (record.at, why)))
}

fn entry<'run>(document: &'run Document, entry: &'run Record) -> Result<Entry<'run>, String> {
    let filled =
        |record: &Record, key: &str| record.field(key).and_then(|field| field.value.as_text()).filter(|text| !text.trim().is_empty()).map(str::to_owned);
    let text = |key: &str| filled(entry, key);
    let or_head = |key: &str| text(key).or_else(|| filled(&document.head, key));
    let day = |key: &str| -> Result<Option<Date>, String> {
        or_head(key).map(|text| read_date(&text).day().ok_or_else(|| format!("`{key}` is \"{text}\", which is no day"))).transpose()
    };
    let result = text("result").map(|word| outcome_of(&word)).transpose()?;
    let about = match (text("row"), text("requirement"), text("finding")) {
        (None, Some(id), None) => {
            result.ok_or("it needs a `result`")?;
            About::Row { id, result }
        }
        (Some(id), None, None) => About::Row { id, result },
        (Some(row), Some(id), None) if row == id => About::Row { id, result },
        (None, None, Some(fingerprint)) => match text("decision").map(|word| plain(&word)).as_deref() {
            Some("accept" | "accepted") => About::Finding { fingerprint, rejected: false },
            Some("reject" | "rejected") => About::Finding { fingerprint, rejected: true },
            _ => return Err("a statement on a finding needs `decision: accept` or `decision: reject`".to_owned()),
        },
        _ => return Err("it needs either a `requirement` or a `finding`, or the `row` of a checklist".to_owned()),
    };
    let evidence = entry.field("evidence").map(|field| match &field.value.kind {
        NodeKind::List(items) => items.iter().filter_map(|item| item.as_text().or_else(|| item.get("path").and_then(Node::as_text))).map(path_of).collect(),
        _ => field.value.as_text().into_iter().map(path_of).collect(),
    });
    let read = Entry {
        document,
        at: entry.at,
        about,
        by: or_head("assessor").or_else(|| or_head("owner")),
        on: day("made_on")?,
        until: day("until")?,
        reason: text("reason"),
        evidence_seen: text("evidence_seen"),
        auditee: text("auditee"),
        notes: text("notes"),
        audit: or_head("audit"),
        hash: text("hash"),
        stale: text("stale"),
        evidence: evidence.unwrap_or_default(),
    };
    // A row of a checklist may be filled in by halves, and nothing of it is lost; a statement of its own is whole.
    if text("row").is_none() {
        read.by.as_ref().ok_or("nobody is named as `assessor`")?;
        read.on.ok_or("it needs the day, `made_on`")?;
        read.reason.as_ref().ok_or("it needs a `reason`")?;
    }
    Ok(read)
}

/// `governance/scope.md:12` is evidence in that file.
fn path_of(text: &str) -> String {
    let text = text.trim();
    match text.rsplit_once(':') {
        Some((path, line)) if !line.is_empty() && line.bytes().all(|byte| byte.is_ascii_digit()) => path.to_owned(),
        _ => text.to_owned(),
    }
}

/// The words of a result: those of a verdict, and those of a filled-in checklist.
const OUTCOMES: [Outcome; 15] = [
    Outcome { word: "supported", verdict: Some(Verdict::Supported) },
    Outcome { word: "partly-supported", verdict: Some(Verdict::PartlySupported) },
    Outcome { word: "no-evidence", verdict: Some(Verdict::NoEvidence) },
    Outcome { word: "contradicted", verdict: Some(Verdict::Contradicted) },
    Outcome { word: "needs-auditor", verdict: Some(Verdict::NeedsAuditor) },
    Outcome { word: "conform", verdict: Some(Verdict::Supported) },
    Outcome { word: "opportunity", verdict: Some(Verdict::Supported) },
    Outcome { word: "observation", verdict: Some(Verdict::Supported) },
    Outcome { word: "minor", verdict: Some(Verdict::PartlySupported) },
    Outcome { word: "major", verdict: Some(Verdict::Contradicted) },
    Outcome { word: "not triggered", verdict: Some(Verdict::NotTriggered) },
    Outcome { word: "not audited", verdict: None },
    // Stage 1 knows no grades, and so it judges nothing.
    Outcome { word: "no concern", verdict: None },
    Outcome { word: "area of concern", verdict: None },
    Outcome { word: "not looked at", verdict: None },
];

fn outcome_of(word: &str) -> Result<&'static Outcome, String> {
    static ALL: [Outcome; 15] = OUTCOMES;
    let words = || ALL.iter().map(|outcome| outcome.word).collect::<Vec<_>>().join(", ");
    ALL.iter().find(|outcome| plain(outcome.word) == plain(word)).ok_or_else(|| format!("the result \"{word}\" is none of {}", words()))
}
