//! Records that may hold what a finding says is missing, without a link to the record at fault. The link is still missing
//! then; whether the thing itself is, only reading them tells.

use std::collections::{BTreeMap, BTreeSet};

use super::determination::{Determination, Verdict};
use super::finding::Finding;
use super::ids::ids;
use super::inventory::Inventory;
use super::mentions::Mention;
use super::outcome::{Confidence, Evidence, Identified};
use super::records::RecordRef;
use super::telling::TellingWords;
use crate::framework::AnsweredIn;
use crate::vocabulary::list_some;

/// A word that more records hold than so many says nothing of any of them.
const RARE: usize = 3;
/// More records than so many would be no hint.
const MOST: usize = 4;

/// Adds to each finding whose rule says where an answer may lie the records there that name the record at fault, or that
/// share a rare word with the fields by which it tells what it is about.
pub(super) fn point_to_answers(inventory: &Inventory<'_>, findings: &mut [Finding]) {
    let telling = TellingWords::new(inventory.framework);
    let mut by_rule: BTreeMap<String, Candidates<'_, '_>> = BTreeMap::new();
    for finding in findings.iter_mut() {
        let Some(answered) = inventory.framework.rules.get(&finding.rule).and_then(|rule| rule.answered_in.as_ref()) else { continue };
        let Some(record) = inventory.record_around(&finding.location) else { continue };
        let candidates = by_rule.entry(finding.rule.clone()).or_insert_with(|| Candidates::new(inventory, answered, &telling));
        finding.may_answer = candidates.of(inventory, answered, &record, &telling);
        // What may answer it is named there, with more to say than that it is named.
        let answers = &finding.may_answer;
        finding.named_in.retain(|mention| !answers.iter().any(|answer| answer.path == mention.path && answer.record == mention.record));
    }
}

/// A requirement for which nothing is linked is in part supported where something may answer it: to be read, not to be made.
pub(super) fn count_answers(inventory: &Inventory<'_>, determinations: &mut [Determination], findings: &[Finding]) {
    for item in determinations.iter_mut().filter(|item| item.verdict == Verdict::NoEvidence && item.evidence.is_empty()) {
        let about = findings.iter().filter(|finding| finding.requirements.contains(&item.id));
        let answers: BTreeSet<&Mention> = about.flat_map(|finding| &finding.may_answer).collect();
        if answers.is_empty() {
            continue;
        }
        item.verdict = Verdict::PartlySupported;
        item.confidence = Confidence::Low;
        let shown: Vec<String> = answers.iter().map(|answer| answer.words()).collect();
        item.reason.push_str(&format!("; not linked to it, and to be read: {}", list_some(&shown, MOST)));
        item.evidence = answers.iter().filter_map(|answer| evidence(inventory, answer)).collect();
    }
}

fn evidence(inventory: &Inventory<'_>, answer: &Mention) -> Option<Evidence> {
    let identity = inventory.identified.iter().find(|one| one.document.path.to_string() == answer.path)?;
    let kind = identity.kinds.first()?;
    Some(inventory.evidence(&identity.document.path, answer.line, &kind.id, Identified::Inferred))
}

/// The records among which an answer may lie, with their words.
struct Candidates<'all, 'run> {
    records: Vec<(&'all RecordRef<'run>, BTreeSet<String>)>,
    holding: BTreeMap<String, usize>,
}

impl<'all, 'run> Candidates<'all, 'run> {
    fn new(inventory: &'all Inventory<'run>, answered: &AnsweredIn, telling: &TellingWords<'_>) -> Self {
        let records = answered.kinds.iter().flat_map(|kind| &inventory.holding(kind).records);
        let records: Vec<_> = records.map(|record| (record, telling.of_record(record))).collect();
        let mut holding: BTreeMap<String, usize> = BTreeMap::new();
        records.iter().flat_map(|(_, words)| words).for_each(|word| *holding.entry(word.clone()).or_default() += 1);
        Self { records, holding }
    }

    fn of(&self, inventory: &Inventory<'_>, answered: &AnsweredIn, record: &RecordRef<'_>, telling: &TellingWords<'_>) -> Vec<Mention> {
        let own_id = record.own_id(inventory);
        let about = answered.by.iter().filter_map(|field| record.text(inventory, field)).collect::<Vec<_>>().join(" ");
        let is_rare = |word: &String| self.holding.get(word).is_some_and(|records| *records <= RARE);
        let about: BTreeSet<String> = telling.of(&about).into_iter().filter(is_rare).collect();
        let fits = |(other, words): &&(&RecordRef<'_>, BTreeSet<String>)| {
            !std::ptr::eq(other.record, record.record) && (!words.is_disjoint(&about) || own_id.as_deref().is_some_and(|id| names(other, id)))
        };
        let found = self.records.iter().filter(fits);
        let found: BTreeSet<Mention> = found.map(|(other, _)| mention(inventory, other)).collect();
        if found.len() <= MOST { found.into_iter().collect() } else { Vec::new() }
    }
}

fn mention(inventory: &Inventory<'_>, record: &RecordRef<'_>) -> Mention {
    Mention { path: record.document.path.to_string(), line: record.first_line().line, record: record.own_id(inventory), says: None }
}

/// Whether a record names an id as a word of its own.
fn names(record: &RecordRef<'_>, id: &str) -> bool {
    record.record.fields.iter().any(|field| {
        let mut scalars = Vec::new();
        field.value.scalars(&mut scalars);
        scalars.iter().any(|(text, _)| ids(text).any(|word| word == id))
    })
}
