//! What changed in documents after they were approved, and in records after they were closed.
//!
//! Only files that were touched in the time that matters are read again, so this costs nothing where nobody touched
//! anything. What is compared is content: the body without head and tables of versions, white space and case folded.

use std::collections::{BTreeMap, HashMap, HashSet};

use jiff::ToSpan;
use jiff::civil::Date;
use rayon::prelude::*;

use super::control::ControlField;
use super::document::Document;
use super::read::Documents;
use super::record::Record;
use super::traces::{Traces, id_of};
use super::versions::Versions;
use crate::repository::{BlobReader, Change, History, RepoPath, RepositoryError, Snapshot};
use crate::vocabulary::{plain, read_date};

/// The days whose commits count: after `after`, up to and including `until`.
#[derive(Clone, Copy, Debug)]
pub struct Window {
    /// History up to and including this day proves nothing.
    pub after: Option<Date>,
    /// Later commits are invisible.
    pub until: Date,
}

impl Window {
    /// Whether no commit can lie in it.
    pub fn is_empty(&self) -> bool {
        self.after.is_some_and(|after| after >= self.until)
    }

    pub(super) fn holds(&self, day: Date) -> bool {
        day <= self.until && self.after.is_none_or(|after| day > after)
    }
}

/// A change of a document's content after its approval.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContentChange {
    /// The commit that changed it last.
    pub commit: String,
    /// Its day.
    pub date: Date,
    /// How many characters of the text differ from what was approved.
    pub characters: usize,
}

/// A change of the content of an approved document, whoever approved it afterwards.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContentEdit {
    /// The commit.
    pub commit: String,
    /// Its day.
    pub date: Date,
    /// Ids that its message names.
    pub references: Vec<String>,
}

/// A record that was altered after it was closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordAlteration {
    /// The line on which the record begins today.
    pub line: u32,
    /// The fields that differ.
    pub fields: Vec<String>,
    /// The commit.
    pub commit: String,
    /// Its day.
    pub date: Date,
}

/// What changed after approval and closure.
#[derive(Clone, Debug, Default)]
pub struct Revisions {
    /// Documents whose content changed after their approval.
    pub contents: BTreeMap<RepoPath, ContentChange>,
    /// Documents whose text came, with its approval, long after the day of that approval: the commit and its day.
    pub late_texts: BTreeMap<RepoPath, (String, Date)>,
    /// Records that were altered after their closure.
    pub alterations: BTreeMap<RepoPath, Vec<RecordAlteration>>,
    /// The newest change of content of each approved document.
    pub edits: BTreeMap<RepoPath, ContentEdit>,
    /// Where documents and records come from, and which are gone.
    pub traces: Traces,
}

/// Compares documents and records with what Git kept of them.
///
/// # Errors
/// A repository that cannot be opened any more.
pub fn compare_revisions(snapshot: &Snapshot, history: &History, documents: &Documents, window: Window) -> Result<Revisions, RepositoryError> {
    let mut revisions = Revisions::default();
    if window.is_empty() || history.commits.is_empty() {
        return Ok(revisions);
    }
    // Every stretch has a reader of its own, and none waits for another.
    const STRETCH: usize = 32;
    let of_stretch = |stretch: &[Document]| -> Result<Revisions, RepositoryError> {
        let blobs = BlobReader::new(snapshot)?;
        let mut found = Revisions::default();
        stretch.iter().for_each(|document| found.look_at(document, history, window, &blobs));
        Ok(found)
    };
    let found: Vec<Result<Revisions, RepositoryError>> = documents.all.par_chunks(STRETCH).map(of_stretch).collect();
    for stretch in found {
        revisions.extend(stretch?);
    }
    revisions.traces.look_at_the_gone(history, window, &BlobReader::new(snapshot)?);
    Ok(revisions)
}

impl Revisions {
    fn look_at(&mut self, document: &Document, history: &History, window: Window, blobs: &BlobReader) {
        let changes = history.changes_with_moves(&document.path);
        let in_window = |change: &Change| history.commits.get(change.commit as usize).is_some_and(|commit| window.holds(commit.date));
        if !changes.iter().any(in_window) {
            return;
        }
        let mut versions = Versions::new(&document.path, blobs);
        match content_change(document, &changes, history, window, &mut versions) {
            Some(Late::Changed(change)) => drop(self.contents.insert(document.path.clone(), change)),
            Some(Late::Brought(commit, date)) => drop(self.late_texts.insert(document.path.clone(), (commit, date))),
            None => {}
        }
        if let Some(edit) = newest_edit(document, &changes, history, window, &mut versions) {
            self.edits.insert(document.path.clone(), edit);
        }
        self.traces.look_at(document, &changes, history, window, &mut versions);
        let alterations = alterations(document, &changes, history, window, &mut versions);
        if !alterations.is_empty() {
            self.alterations.insert(document.path.clone(), alterations);
        }
    }

    fn extend(&mut self, other: Self) {
        self.contents.extend(other.contents);
        self.late_texts.extend(other.late_texts);
        self.alterations.extend(other.alterations);
        self.edits.extend(other.edits);
        self.traces.extend(other.traces);
    }
}

/// The newest commit in the window that changed the content of an approved document; its first version changes nothing.
fn newest_edit(document: &Document, changes: &[Change], history: &History, window: Window, versions: &mut Versions) -> Option<ContentEdit> {
    document.control.get(ControlField::ApprovedOn)?;
    changes.windows(2).find_map(|pair| {
        let commit = history.commits.get(pair[0].commit as usize).filter(|commit| window.holds(commit.date))?;
        let (now, then) = (versions.at(&pair[0])?, versions.at(&pair[1])?);
        let edit = ContentEdit { commit: commit.id.clone(), date: commit.date, references: commit.references.clone() };
        is_change_of_content(difference(&then, &now), &now).then_some(edit)
    })
}

/// A typo is no change of content: fewer than 20 characters, or less than one in a hundred.
fn is_change_of_content(characters: usize, now: &Document) -> bool {
    let body: usize = now.passages.iter().map(|passage| passage.text.chars().count()).sum();
    characters >= 20 && characters * 100 >= body
}

/// Days after an approval within which a commit may bring the approved text together with its approval.
const GRACE: i64 = 14;

/// What happened to a text after the day of its approval.
enum Late {
    /// It was changed.
    Changed(ContentChange),
    /// It came only then, together with the approval.
    Brought(String, Date),
}

fn content_change(document: &Document, changes: &[Change], history: &History, window: Window, versions: &mut Versions) -> Option<Late> {
    let approved = read_date(&document.control.get(ControlField::ApprovedOn)?.value).day()?;
    let from = window.after.map_or(approved, |after| after.max(approved));
    let day = |change: &Change| history.commits.get(change.commit as usize).map(|commit| commit.date);
    let later = changes.iter().position(|change| day(change).is_some_and(|day| day > from && day <= window.until))?;
    // What was approved is the text as it stood at the end of that day; a text that came later was approved on paper.
    // A commit that brings the approval itself, soon after its day, brings what was approved.
    let approved_on = |document: &Document| document.control.get(ControlField::ApprovedOn).and_then(|value| read_date(&value.value).day());
    let is_later = |change: &Change| day(change).is_some_and(|day| day > from && day <= window.until);
    let brought = changes.iter().enumerate().rev().filter(|(_, change)| is_later(change)).find_map(|(index, change)| {
        let text = versions.at(change)?;
        (approved_on(&text) == Some(approved)).then_some(index)
    });
    let before = changes.iter().position(|change| day(change).is_some_and(|day| day <= from));
    let unsaid = before.and_then(|index| versions.at(&changes[index])).is_none_or(|text| approved_on(&text) != Some(approved));
    let approved_at = brought.filter(|_| unsaid).or(before)?;
    let approved_text = &changes[approved_at];
    let came = history.commits.get(approved_text.commit as usize)?;
    let late_text = || (came.date > from.saturating_add(GRACE.days())).then(|| Late::Brought(came.id.clone(), came.date));
    if later >= approved_at {
        return late_text();
    }
    let (then, now) = (versions.at(approved_text)?, versions.at(&changes[later])?);
    let approved_then = approved_on(&then);
    let characters = difference(&then, &now);
    if !is_change_of_content(characters, &now) || approved_then.is_some_and(|then| then > approved) {
        return late_text();
    }
    let commit = history.commits.get(changes[later].commit as usize)?;
    Some(Late::Changed(ContentChange { commit: commit.id.clone(), date: commit.date, characters }))
}

/// Characters of words that one text has more often than the other: the larger side.
fn difference(then: &Document, now: &Document) -> usize {
    let mut counts: HashMap<String, i64> = HashMap::new();
    let mut count = |document: &Document, step: i64| {
        let history = document.tables.iter().filter(|table| table.is_history());
        let history_rows: HashSet<String> = history.flat_map(|table| &table.rows).map(|row| row_text(row)).collect();
        for passage in document.passages.iter().filter(|passage| !history_rows.contains(&passage.text)) {
            for word in plain(&passage.text).split(' ').filter(|word| !word.is_empty()) {
                *counts.entry(word.to_owned()).or_default() += step;
            }
        }
        for section in &document.sections {
            *counts.entry(plain(&section.title)).or_default() += step;
        }
    };
    count(then, -1);
    count(now, 1);
    let side =
        |sign: i64| -> i64 { counts.iter().filter(|(_, count)| count.signum() == sign).map(|(word, count)| word.chars().count() as i64 * count.abs()).sum() };
    usize::try_from(side(1).max(side(-1))).unwrap_or(0)
}

fn row_text(row: &[crate::vocabulary::Spanned<String>]) -> String {
    row.iter().map(|cell| cell.value.as_str()).collect::<Vec<_>>().join(" | ")
}

/// Names under which a record says that it was closed.
const CLOSED: [&str; 4] = ["closed_on", "closed", "closed_at", "closed_date"];
/// Fields to which notes are appended after closure.
const NOTES: [&str; 5] = ["notes", "comments", "work_notes", "review_notes", "remarks"];

fn alterations(document: &Document, changes: &[Change], history: &History, window: Window, versions: &mut Versions) -> Vec<RecordAlteration> {
    let records: Vec<&Record> = all_records(document);
    let closed =
        |record: &Record| CLOSED.iter().find_map(|key| record.field(key)).and_then(|field| field.value.as_text()).and_then(|text| read_date(text).day());
    let Some(first_closed) = records.iter().filter_map(|record| closed(record)).min() else { return Vec::new() };
    let mut found = Vec::new();
    for pair in changes.windows(2) {
        let [newer, older] = pair else { continue };
        let Some(commit) = history.commits.get(newer.commit as usize).filter(|commit| window.holds(commit.date)) else { continue };
        // Nothing was closed before that commit: there is nothing it could have altered.
        if commit.date <= first_closed {
            continue;
        }
        let (Some(after), Some(before)) = (versions.at(newer), versions.at(older)) else { continue };
        let before: HashMap<String, &Record> = all_records(&before).into_iter().filter_map(|record| Some((id_of(record)?, record))).collect();
        for record in all_records(&after) {
            let Some((name, was)) = id_of(record).and_then(|name| before.get(&name).map(|was| (name, *was))) else { continue };
            if closed(was).is_none_or(|day| day >= commit.date) {
                continue;
            }
            let fields = differing(was, record);
            let today = records.iter().find(|record| id_of(record).as_deref() == Some(name.as_str()));
            if let (false, Some(today)) = (fields.is_empty(), today) {
                found.push(RecordAlteration { line: today.at.line, fields, commit: commit.id.clone(), date: commit.date });
            }
        }
    }
    found
}

fn all_records(document: &Document) -> Vec<&Record> {
    std::iter::once(&document.head).chain(document.lists.iter().flat_map(|(_, records)| records)).collect()
}

fn differing(before: &Record, after: &Record) -> Vec<String> {
    let text = |record: &Record, key: &str| {
        let mut scalars = Vec::new();
        if let Some(field) = record.field(key) {
            field.value.scalars(&mut scalars);
        }
        plain(&scalars.iter().map(|(text, _)| *text).collect::<Vec<_>>().join(" "))
    };
    let mut keys: Vec<&str> = before.fields.iter().chain(&after.fields).map(|field| field.key.as_str()).collect();
    keys.sort_unstable();
    keys.dedup();
    keys.into_iter().filter(|key| !NOTES.contains(key) && text(before, key) != text(after, key)).map(str::to_owned).collect()
}
