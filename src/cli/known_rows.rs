//! The rows that a checklist written today would have, for holding a filled-in one against them.

use std::collections::BTreeMap;

use super::exit::Failure;
use super::pipeline::Run;
use crate::answers::FilledIn;
use crate::assessment::{AuditRequest, Columns, Fields, KeptAnswer, KnownRow, PlanError, plan};
use crate::framework::{AuditId, Framework};
use crate::report::checklist::{Answer, GroupedBy, Row, RowSort, heads};
use crate::report::{AuditChecklist, Deliverable, Redaction, shown_text};
use crate::vocabulary::{plain, sanitize};

/// Heads of a checklist.
pub(super) const COLUMNS: Columns = Columns {
    id: heads::ID,
    question: heads::QUESTION,
    evidence: heads::EVIDENCE,
    result: heads::RESULT,
    evidence_seen: heads::EVIDENCE_SEEN,
    auditee: heads::AUDITEE,
    auditor: heads::AUDITOR,
    date: heads::DATE,
    notes: heads::NOTES,
    others: &[heads::CLAUSE, heads::WHOM, heads::LOOK_AT, heads::DOCUMENTS_SAY],
};

/// The kind of audit that a file was written for: as its hidden sheet says, or its title, or the name given on the
/// command line. None where nothing tells.
pub(super) fn kind_of(filled_in: &FilledIn, named: Option<&str>, framework: &Framework) -> Option<AuditId> {
    let by_word = |text: &str| {
        let text = plain(text).replace(' ', "");
        AuditId::ALL.into_iter().find(|id| text.starts_with(id.word()))
    };
    let said = filled_in.meta.iter().find(|(name, _)| name == "audit").and_then(|(_, kind)| by_word(kind));
    let titled = || {
        let title = plain(filled_in.title.as_deref()?);
        let kinds = framework.audits.iter().flat_map(|audits| &audits.kinds);
        kinds.filter(|kind| title.ends_with(&plain(&kind.title))).map(|kind| kind.id).next()
    };
    said.or_else(titled).or_else(|| named.and_then(by_word))
}

/// The words that a result may have: those of the kind of audit, or of any.
pub(super) fn result_words(framework: &Framework, kind: Option<AuditId>) -> Vec<String> {
    let kinds = framework.audits.iter().flat_map(|audits| &audits.kinds).filter(|known| kind.is_none_or(|kind| kind == known.id));
    let mut words: Vec<String> = Vec::new();
    for word in kinds.flat_map(|kind| &kind.results).map(|result| &result.word) {
        if !words.contains(word) {
            words.push(word.clone());
        }
    }
    words
}

/// Every row that any checklist of today has, by id; those of the kind of audit as that kind has them.
pub(super) fn known_rows(run: &Run, filled_in: &FilledIn, kind: Option<AuditId>) -> Result<BTreeMap<String, KnownRow>, Failure> {
    let redaction = Redaction::of(&run.assessment.people);
    let seed = filled_in.meta.iter().find(|(name, _)| name == "seed").map(|(_, seed)| seed.clone());
    let prefix = String::from_utf8_lossy(&run.snapshot.prefix).into_owned();
    let mut known: BTreeMap<String, KnownRow> = BTreeMap::new();
    for kind in kind.into_iter().chain(AuditId::ALL) {
        for year in if kind == AuditId::Surveillance { [Some(1), Some(2)].as_slice() } else { [None].as_slice() } {
            let request =
                AuditRequest { kind, clauses: Vec::new(), processes: Vec::new(), auditor: None, seed: seed.clone(), year: *year, previous_since: None };
            // A map that knows no such audit has no rows of it.
            let Ok(plan) = plan(&run.framework, &run.assessment, &run.settings, &request).map_err(|PlanError(why)| why) else { continue };
            let view = AuditChecklist::new(&run.assessment, &run.framework, &run.settings, &plan, GroupedBy::Clause);
            take_up(&view, &redaction, &prefix, &mut known);
        }
    }
    for (kind, record) in run.assessment.audit_facts.populations.iter().flat_map(|lot| lot.records.iter().map(|record| (&lot.kind, record))) {
        // A sample of another day drew other records; they are there all the same.
        let id = format!("sample:{kind}/{}", record.id);
        known.entry(id.clone()).or_insert_with(|| KnownRow { id, evidence: below(&record.path, &prefix), ..KnownRow::default() });
    }
    for answer in &run.assessment.answers {
        if let Some(row) = known.get_mut(&answer.row).filter(|row| row.kept.is_none() && row.hash.is_empty()) {
            let text = |text: &Option<String>| text.clone().unwrap_or_default();
            let fields = Fields {
                result: text(&answer.result),
                evidence_seen: text(&answer.evidence_seen),
                auditee: text(&answer.auditee),
                auditor: text(&answer.by),
                date: text(&answer.on),
                notes: text(&answer.notes),
            };
            row.kept = Some(kept(&fields, &redaction, answer.path.clone(), answer.line));
        }
    }
    Ok(known)
}

fn take_up(view: &AuditChecklist, redaction: &Redaction, prefix: &str, known: &mut BTreeMap<String, KnownRow>) {
    for row in view.rows().filter(|row| !row.id.is_empty()) {
        let entry = known.entry(row.id.clone()).or_insert_with(|| known_row(row, redaction, prefix));
        entry.id.clone_from(&row.id);
    }
    for sheet in view.workbook().sheets {
        let place = |head: &str| sheet.columns.iter().position(|column| column.head == head);
        let (Some(id), Some(question), Some(evidence)) = (place(heads::ID), place(heads::QUESTION), place(heads::EVIDENCE)) else { continue };
        for cells in &sheet.rows {
            let text = |index: usize| cells.get(index).map(crate::report::Cell::shown).unwrap_or_default();
            let Some(row) = known.get_mut(&text(id)) else { continue };
            for (shown, text) in [(&mut row.questions, text(question)), (&mut row.evidence_shown, text(evidence))] {
                shown.insert(shown_text(&text));
                shown.insert(shown_text(&redaction.text(&text)));
            }
        }
    }
}

fn known_row(row: &Row, redaction: &Redaction, prefix: &str) -> KnownRow {
    let Answer { result, evidence_seen, auditee, auditor, date, notes, kept_in, .. } = row.answer.clone();
    let place = kept_in.as_deref().and_then(|place| place.rsplit_once(':')).map(|(path, line)| (path.to_owned(), line.parse().unwrap_or(0)));
    let mut evidence: Vec<String> = row.evidence.iter().flat_map(|evidence| below(&evidence.path, prefix)).collect();
    evidence.sort();
    evidence.dedup();
    KnownRow {
        id: row.id.clone(),
        hash: row.hash.clone(),
        evidence,
        is_fixed: matches!(row.sort, RowSort::Requirement | RowSort::Question),
        kept: place.map(|(path, line)| kept(&Fields { result, evidence_seen, auditee, auditor, date, notes }, redaction, path, line)),
        ..KnownRow::default()
    }
}

fn kept(fields: &Fields, redaction: &Redaction, path: String, line: u32) -> KeptAnswer {
    let with = |change: &dyn Fn(&str) -> String| Fields {
        result: fields.result.clone(),
        evidence_seen: change(&fields.evidence_seen),
        auditee: change(&fields.auditee),
        auditor: change(&fields.auditor),
        date: fields.date.clone(),
        notes: change(&fields.notes),
    };
    let shown = vec![
        with(&shown_text),
        with(&|text| shown_text(&redaction.text(text))),
        // Markdown has a line for each, and no room for the longest.
        with(&sanitize),
        with(&|text| sanitize(&redaction.text(text))),
    ];
    KeptAnswer { fields: fields.clone(), shown, path, line }
}

/// A path from the root of the system; none where it lies outside.
fn below(path: &str, prefix: &str) -> Vec<String> {
    path.strip_prefix(prefix).map(str::to_owned).into_iter().collect()
}
