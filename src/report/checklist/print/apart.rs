//! Rows of a group that stand apart from its table: what depends on something that did not come about or that is to be
//! asked first, and what documents support so that a glance confirms it.

use std::collections::BTreeMap;

use serde::Serialize;

use super::super::view::{Answer, AuditChecklist, Group, Row, RowSort};
use super::entry::{Entry, Printer};
use super::most;
use crate::assessment::Verdict;

/// Rows that depend on one condition which nothing shows.
#[derive(Serialize)]
pub(super) struct Untriggered<'view> {
    /// Name of the question that is to be asked first; none where it is known that nothing triggered them.
    question: Option<String>,
    condition: String,
    /// The same with its paths in full, for Markdown.
    in_full: String,
    /// Whether the question is asked here, and its answer written here.
    is_asked_here: bool,
    /// Whom to ask, where it is the same for most rows.
    whom: Option<&'view str>,
    rows: Vec<Entry<'view>>,
}

/// A question on which rows depend.
#[derive(Default)]
struct Asked<'view> {
    /// How many rows.
    rows: usize,
    /// Its number and the heading under which it is asked; none until then.
    place: Option<(usize, &'view str)>,
}

/// What is known of the whole checklist when its groups are put together.
pub(super) struct Conditions<'view> {
    /// Questions on which several rows depend.
    questions: BTreeMap<&'view str, Asked<'view>>,
    asked: usize,
    /// Titles of the kinds of which records are sampled.
    sampled: Vec<&'view str>,
}

impl<'view> Conditions<'view> {
    pub(super) fn new(view: &'view AuditChecklist) -> Self {
        let mut questions: BTreeMap<&str, Asked<'view>> = BTreeMap::new();
        for question in view.groups.iter().flat_map(|group| &group.rows).filter_map(dependent) {
            questions.entry(question).or_default().rows += 1;
        }
        questions.retain(|_, asked| asked.rows > 1);
        Self { questions, asked: 0, sampled: view.samples.lots.iter().map(|lot| lot.title.as_str()).collect() }
    }

    /// What stands above rows that depend on a question: the question itself the first time, then where it is asked.
    fn told(&mut self, question: &str, group: &'view Group) -> Option<(String, String, bool)> {
        let Asked { rows, place } = self.questions.get_mut(question)?;
        if let Some((number, heading)) = place {
            return Some((format!("Q{number}"), format!("only if question Q{number}, asked under \u{201c}{heading}\u{201d}, is answered with yes"), false));
        }
        self.asked += 1;
        *place = Some((self.asked, &group.title));
        let condition = format!("{question} The {rows} rows that depend on it are asked only if the answer is yes.");
        Some((format!("Q{}", self.asked), condition, true))
    }
}

/// Nobody has answered it and nothing was found on it.
fn is_open(row: &Row) -> bool {
    row.answer == Answer::default() && row.findings.is_empty()
}

/// The question on which a row depends that has nothing else to be told.
fn dependent(row: &Row) -> Option<&str> {
    let needs = row.verdict.as_deref() == Some(Verdict::NeedsAuditor.word());
    row.depends_on.as_deref().filter(|_| needs && is_open(row) && row.files.is_empty())
}

/// What the documents say behind the verdict.
fn reason(row: &Row) -> &str {
    let said = row.documents_say.strip_prefix(row.verdict.as_deref().unwrap_or_default()).unwrap_or(&row.documents_say);
    said.trim_start_matches([':', ' '])
}

/// Whether documents settle a row as far as they can, and nothing is left to be drawn or told.
fn is_on_sight(row: &Row, printer: &Printer<'_>, sampled: &[&str]) -> bool {
    let is_supported = row.sort == RowSort::Requirement && row.verdict.as_deref() == Some(Verdict::Supported.word());
    let is_bare = is_open(row) && row.facts.is_empty() && row.grade_note.is_none() && printer.said(row).is_empty();
    let rests_on_sample = row.files.iter().any(|file| sampled.contains(&file.what.as_str()));
    is_supported && is_bare && !row.files.is_empty() && !rests_on_sample
}

/// Rows that share a condition, those to be confirmed on sight, and the others. A row that somebody answered is one of the
/// others, and one with a condition of its own too.
pub(super) fn apart<'view>(
    printer: &Printer<'view>,
    group: &'view Group,
    conditions: &mut Conditions<'view>,
) -> (Vec<Untriggered<'view>>, Vec<&'view Row>, Vec<&'view Row>) {
    let not_triggered = |row: &Row| is_open(row) && row.verdict.as_deref() == Some(Verdict::NotTriggered.word());
    let mut of: Vec<(bool, String, Vec<&Row>)> = Vec::new();
    let (mut on_sight, mut others) = (Vec::new(), Vec::new());
    for row in &group.rows {
        let question = dependent(row).filter(|question| conditions.questions.contains_key(question));
        let condition = question.map(|question| (true, question.to_owned())).or_else(|| not_triggered(row).then(|| (false, reason(row).to_owned())));
        match condition {
            Some((is_question, told)) => match of.iter_mut().find(|(other, text, _)| *other == is_question && *text == told) {
                Some((_, _, rows)) => rows.push(row),
                None => of.push((is_question, told, vec![row])),
            },
            None if is_on_sight(row, printer, &conditions.sampled) => on_sight.push(row),
            None => others.push(row),
        }
    }
    of.retain(|(is_question, _, rows)| {
        let stays = *is_question || rows.len() > 1;
        if !stays {
            others.extend(rows.iter().copied());
        }
        stays
    });
    let place = |row: &&Row| group.rows.iter().position(|other| std::ptr::eq(other, *row));
    others.sort_by_key(place);
    let untriggered = of.into_iter().map(|(is_question, told, rows)| {
        let asked = if is_question { conditions.told(&told, group) } else { None };
        let (question, in_full, is_asked_here) = asked.map_or((None, told, false), |(name, text, here)| (Some(name), text, here));
        let whom = most(&rows);
        let rows = rows.into_iter().map(|row| printer.entry(row, whom, &[])).collect();
        Untriggered { question, condition: printer.places.shortened(&in_full), in_full, is_asked_here, whom, rows }
    });
    (untriggered.collect(), on_sight, others)
}
