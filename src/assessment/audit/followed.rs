//! Where documents name what only the report of an audit tells: by the finding's own id, by an id that its row names, or by
//! the id of the report.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::assessment::ids::{IdAt, each_id, ids};
use crate::assessment::inventory::Inventory;
use crate::documents::{Document, Record};
use crate::vocabulary::{RequirementId, plain, shortened};

/// A place that names a finding.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, schemars::JsonSchema, Serialize)]
pub struct NamedAt {
    /// Whether only the report is named, so that another finding of it may be meant.
    pub only_report: bool,
    /// Where it stands.
    pub path: String,
    /// First line.
    pub line: u32,
    /// Last line.
    pub end_line: u32,
    /// The id that stands there.
    pub id: String,
    /// What the record of that id says of its state and result, where it is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub says: Option<String>,
}

/// What is looked for: a row of a report.
pub(super) struct Sought {
    /// Id of the finding, such as `IAR-2026-01/4`.
    pub(super) id: String,
    /// Id of the report.
    pub(super) report: String,
    /// Path of the report.
    pub(super) path: String,
    /// Ids that the row itself names.
    pub(super) named: Vec<String>,
    /// The longer words of the row, by which a text on its report can be told to speak of it.
    words: BTreeSet<String>,
}

impl Sought {
    pub(super) fn new(id: String, report: String, path: String, row: &str) -> Self {
        let own = |word: &&str| word.contains('-') && word.len() <= 40 && word.starts_with(char::is_alphabetic) && RequirementId::parse(word).is_none();
        let named = ids(row).filter(own).filter(|word| plain(word) != plain(&report)).map(str::to_owned).collect();
        Self { words: longer_words(row), id, report, path, named }
    }
}

/// For each of them the places that name it, the best first: one pass over all documents.
pub(super) fn named_at(inventory: &Inventory<'_>, sought: &[Sought]) -> Vec<Vec<NamedAt>> {
    let mut wanted: BTreeMap<String, Vec<(usize, bool)>> = BTreeMap::new();
    for (index, one) in sought.iter().enumerate() {
        wanted.entry(plain(&one.report)).or_default().push((index, true));
        one.named.iter().chain([&one.id]).for_each(|id| wanted.entry(plain(id)).or_default().push((index, false)));
    }
    let mut found: Vec<BTreeSet<(Reverse<usize>, NamedAt)>> = sought.iter().map(|_| BTreeSet::new()).collect();
    if sought.is_empty() {
        return Vec::new();
    }
    // What another row of the report names is about that row, and nonconformities on record are carried in by themselves.
    let of_rows: BTreeSet<String> = sought.iter().flat_map(|one| &one.named).map(|id| plain(id)).collect();
    for identity in inventory.identified {
        let path = identity.document.path.to_string();
        let is = |kind: &str| identity.kinds.iter().any(|one| inventory.framework.is_a(&one.id, kind));
        let of_audits = identity.kinds.is_empty() || is("nonconformity-record") || is("internal-audit-report") || is("audit-programme");
        each_id(identity.document, &mut |id, mention| {
            for (index, only_report) in wanted.get(&plain(id)).into_iter().flatten() {
                let about_another = || mention.record.and_then(own_id).is_some_and(|own| of_rows.contains(&plain(own)));
                if sought[*index].path == path || *only_report && (of_audits || about_another()) {
                    continue;
                }
                let alike = longer_words(mention.text).intersection(&sought[*index].words).count();
                found[*index].insert((Reverse(alike), place(identity.document, &path, id, *only_report, mention)));
            }
        });
    }
    found.into_iter().map(best_first).collect()
}

fn own_id(record: &Record) -> Option<&str> {
    record.field("id").or(record.fields.first())?.value.as_text()
}

/// The record of the id as a whole; else the text in which it stands.
fn place(document: &Document, path: &str, id: &str, only_report: bool, mention: IdAt<'_>) -> NamedAt {
    let record = mention
        .record
        .or_else(|| document.lists.is_empty().then_some(&document.head))
        .filter(|record| own_id(record).is_some_and(|own| plain(own) == plain(id)));
    let (line, end_line) = record.map_or((mention.line, mention.end_line), |record| (record.at.line, record.at.end_line));
    NamedAt { only_report, path: path.to_owned(), line: line.max(1), end_line, id: id.to_owned(), says: record.and_then(state) }
}

/// What a record says of its state and result.
fn state(record: &Record) -> Option<String> {
    let text = |names: &[&str]| names.iter().find_map(|name| record.field(name)?.value.as_text()).filter(|text| !text.trim().is_empty());
    let parts = [text(&["status", "state"]), text(&["result", "outcome", "effectiveness"])];
    let words: Vec<String> = parts.into_iter().flatten().map(|text| shortened(text.trim().trim_end_matches('.'), 120)).collect();
    (!words.is_empty()).then(|| words.join("; "))
}

/// Records of the id first, then what has most words in common with the finding; the report alone only where nothing names
/// the finding itself, and of each document once.
fn best_first(found: BTreeSet<(Reverse<usize>, NamedAt)>) -> Vec<NamedAt> {
    let is_named = found.iter().any(|(_, place)| !place.only_report);
    let mut places: Vec<NamedAt> = found.into_iter().map(|(_, place)| place).filter(|place| !is_named || !place.only_report).collect();
    places.sort_by_key(|place| place.says.is_none());
    let mut seen = BTreeSet::new();
    places.retain(|place| seen.insert((place.path.clone(), if place.only_report { 0 } else { place.line })));
    places
}

fn longer_words(text: &str) -> BTreeSet<String> {
    const LONGER: usize = 5;
    plain(text).split(' ').filter(|word| word.chars().count() >= LONGER && !word.bytes().any(|byte| byte.is_ascii_digit())).map(str::to_owned).collect()
}
