//! What Git tells of documents and records: who wrote what was approved, when records came, and which are gone. All of it
//! is what the committing machines claim, so each fault is an observation.

use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan;

use super::finding::FindingPlace;
use super::inventory::Inventory;
use super::outcome::{Breach, Fault, Identified};
use super::people::same_person;
use super::records::{RecordRef, place_in};
use super::verify::{day_of, name_of, subject_of};
use super::wording::Fact;
use crate::documents::{ControlField, Document, Removal};
use crate::framework::{BuiltIn, Form};
use crate::repository::RepoPath;
use crate::vocabulary::{Place, count, list_some, plain, read_date, slug};

/// Days between an approval and the commit of its text that are nothing to ask about.
const GRACE: u32 = 14;
/// Days between an event and the commit of its record.
const LATE: u32 = 30;
/// So many late records in one commit are no accident.
const MANY: u32 = 5;

/// Every fault that only history shows; none where history cannot be told.
pub(super) fn faults(inventory: &Inventory<'_>) -> Vec<Fault> {
    let mut faults = Vec::new();
    if inventory.no_history.is_some() {
        return faults;
    }
    for (document, kinds) in inventory.controlled_documents() {
        let is_record = kinds.iter().any(|kind| inventory.kind(&kind.id).is_some_and(|kind| kind.form == Form::Record));
        if !is_record {
            faults.extend(approval_before_text(inventory, document));
            faults.extend(approved_by_only_author(inventory, document));
        }
    }
    faults.extend(without_reference(inventory));
    faults.extend(backfilled(inventory));
    faults.extend(deleted(inventory));
    faults
}

fn fault(check: BuiltIn, document: &Document, at: Place, target: &str, said: (&str, String)) -> Fault {
    let fact = Fact::Broken { record: name_of(document), fault: said.0.to_owned(), detail: said.1 };
    Fault::new(Breach::Check(check), subject_of(document), target, place_in(document, at), fact)
}

fn short(commit: &str) -> &str {
    commit.get(..7).unwrap_or(commit)
}

/// The text came into Git long after the day on which it is said to have been approved.
fn approval_before_text(inventory: &Inventory<'_>, document: &Document) -> Option<Fault> {
    let beginning = inventory.revisions.traces.beginnings.get(&document.path).map(|beginning| (&beginning.commit, beginning.date));
    let late = inventory.revisions.late_texts.get(&document.path).map(|(commit, date)| (commit, *date));
    let (commit, date) = late.or(beginning)?;
    let approved = document.control.get(ControlField::ApprovedOn)?;
    let day = read_date(&approved.value).day()?;
    let grace = inventory.threshold("approval_grace_days", GRACE);
    if date <= day.saturating_add(i64::from(grace).days()) {
        return None;
    }
    let detail = format!("approved on {day}, its text first committed on {date} in {}", short(commit));
    Some(fault(BuiltIn::ApprovalBeforeText, document, approved.at, "approved_on", ("its approval is older than its text", detail)))
}

/// The approver wrote every commit of the document.
fn approved_by_only_author(inventory: &Inventory<'_>, document: &Document) -> Option<Fault> {
    let beginning = inventory.revisions.traces.beginnings.get(&document.path)?;
    let approver = document.control.get(ControlField::ApprovedBy)?;
    let [author] = beginning.authors.iter().collect::<Vec<_>>()[..] else { return None };
    if !same_person(author, &approver.value) {
        return None;
    }
    let detail = format!("{author} made all its commits, the first on {}", beginning.date);
    Some(fault(BuiltIn::ApprovedByOnlyAuthor, document, approver.at, "approved_by", ("its approver is its only author", detail)))
}

/// The content of an approved document was changed, and nothing names the change; asked only where it is the custom here.
fn without_reference(inventory: &Inventory<'_>) -> Vec<Fault> {
    let changes: BTreeSet<String> =
        inventory.holding("change-record").records.iter().filter_map(|record| record.own_id(inventory)).map(|id| plain(&id)).collect();
    // Each word of a text is looked up, so that many changes cost no more than few.
    let is_change =
        |text: &str| text.split(|character: char| !(character.is_alphanumeric() || "-_./".contains(character))).any(|word| changes.contains(&plain(word)));
    let named = |document: &Document, references: &[String]| {
        let mut head = Vec::new();
        document.head.fields.iter().for_each(|field| field.value.scalars(&mut head));
        // Of a history only the newest version is about the newest change.
        let in_history = |table: &crate::documents::Table| {
            let newest = table.newest_version_on().map(|(_, at)| at.line);
            let is_newest = |row: &&Vec<crate::vocabulary::Spanned<String>>| newest.is_some() && row.first().map(|cell| cell.at.line) == newest;
            table.rows.iter().filter(is_newest).flatten().any(|cell| is_change(&cell.value))
        };
        references.iter().any(|id| changes.contains(&plain(id))) || head.iter().any(|(text, _)| is_change(text)) || document.tables.iter().any(in_history)
    };
    let mut without = Vec::new();
    let mut with = 0;
    for (document, _) in inventory.controlled_documents() {
        // What was not approved again is told as such.
        if let Some(edit) = inventory.revisions.edits.get(&document.path).filter(|_| !inventory.revisions.contents.contains_key(&document.path)) {
            if named(document, &edit.references) {
                with += 1;
            } else {
                without.push((document, edit));
            }
        }
    }
    if with == 0 || with < without.len() {
        return Vec::new();
    }
    let raise = |(document, edit): (&Document, &crate::documents::ContentEdit)| {
        let detail = format!("changed on {} in {}", edit.date, short(&edit.commit));
        fault(BuiltIn::ChangeWithoutReference, document, Place::line(1), "change", ("its content was changed and no change record is named for it", detail))
    };
    without.into_iter().map(raise).collect()
}

/// Records of events that came in numbers, long after the events: one fault for each commit.
fn backfilled(inventory: &Inventory<'_>) -> Vec<Fault> {
    let late = i64::from(inventory.threshold("backfilled_days", LATE));
    let many = inventory.threshold("backfilled_records", MANY) as usize;
    let mut by_commit: BTreeMap<(jiff::civil::Date, &str), Vec<&RecordRef<'_>>> = BTreeMap::new();
    for record in inventory.holdings.values().flat_map(|holding| &holding.records) {
        if record.kind.form != Form::Record || record.provenance == Identified::Inferred {
            continue;
        }
        let line = record.record.at.line;
        let appearances = inventory.revisions.traces.appearances.get(&record.document.path).into_iter().flatten();
        let Some(appearance) = appearances.into_iter().find(|appearance| appearance.line == line) else { continue };
        if day_of(inventory, record).is_some_and(|day| appearance.date > day.saturating_add(late.days())) {
            by_commit.entry((appearance.date, &appearance.commit)).or_default().push(record);
        }
    }
    let raise = |((date, commit), records): ((jiff::civil::Date, &str), Vec<&RecordRef<'_>>)| {
        let mut names: Vec<String> = records.iter().map(|record| record.id(inventory)).collect();
        names.sort();
        let first = records.iter().min_by_key(|record| record.id(inventory))?;
        let detail = format!("{}: {}", count(names.len(), "record", "records"), list_some(&names, 6));
        let fact = Fact::Broken {
            record: format!("commit {} of {date}", short(commit)),
            fault: format!("records were committed more than {late} days after their events"),
            detail,
        };
        Some(Fault::new(Breach::Check(BuiltIn::RecordBackfilled), commit, "records", place_in(first.document, first.first_line()), fact))
    };
    by_commit.into_iter().filter(|(_, records)| records.len() >= many).filter_map(raise).collect()
}

/// Records that were there and are not any more, anywhere.
fn deleted(inventory: &Inventory<'_>) -> Vec<Fault> {
    let mut present: BTreeSet<String> = BTreeSet::new();
    for record in inventory.holdings.values().flat_map(|holding| &holding.records) {
        present.extend(record.own_id(inventory).map(|id| plain(&id)));
    }
    for document in &inventory.documents.all {
        present.extend(document.control.get(ControlField::Id).map(|id| plain(&id.value)));
    }
    let mut faults = Vec::new();
    for (path, removals) in &inventory.revisions.traces.removals {
        for removal in removals.iter().filter(|removal| !present.contains(&plain(&removal.id)) && is_of_records(inventory, path, removal)) {
            let fact = Fact::Broken {
                record: removal.id.clone(),
                fault: "a record was removed".to_owned(),
                detail: format!("on {} in {}, from {path}", removal.date, short(&removal.commit)),
            };
            let line = u32::from(inventory.documents.at(path).is_some());
            let place = FindingPlace { path: path.to_string(), line, column: 1, end_line: line, end_column: 1 };
            let missing = vec![slug(&removal.id)];
            faults.push(Fault { missing, ..Fault::new(Breach::Check(BuiltIn::RecordDeleted), removal.id.clone(), "record", place, fact) });
        }
    }
    faults
}

/// Whether what a document said it was, or what the configuration says of its path, is a kind of record.
fn is_of_records(inventory: &Inventory<'_>, path: &RepoPath, removal: &Removal) -> bool {
    let is_record = |kind: &str| inventory.kind(kind).is_some_and(|kind| kind.form == Form::Record);
    let below = path.below(inventory.prefix).map(|path| path.to_string()).unwrap_or_default();
    let mapped = inventory.settings.mappings.iter().filter(|mapping| mapping.matcher.is_match(&below)).flat_map(|mapping| &mapping.kinds);
    removal.kinds.iter().map(String::as_str).chain(mapped.map(String::as_str)).any(is_record)
}
