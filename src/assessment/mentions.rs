//! Where else a record is named. Before a finding says of a record that something is not there, its reader wants to see
//! what other records say of it: links are often made in one direction only.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use rayon::prelude::*;
use serde::Serialize;

use super::determination::Determination;
use super::finding::Finding;
use super::ids::{each_id, ids};
use super::inventory::Inventory;
use super::owners::named;
use super::recognition::Identity;
use super::records::RecordRef;
use super::references::lies_at;
use crate::documents::{Document, Record};
use crate::framework::Form;
use crate::vocabulary::{list_some, shortened};

/// A place where another record or document names the record that a finding is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, schemars::JsonSchema, Serialize)]
pub struct Mention {
    /// Path from the repository's root.
    pub path: String,
    /// Line.
    pub line: u32,
    /// Id of the record that stands there, where it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub record: Option<String>,
    /// What the register of documents says there of the document.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub says: Option<String>,
}

impl Mention {
    /// "CHG-7 (changes.yaml:4)", or the place alone.
    pub(super) fn words(&self) -> String {
        let says = self.says.as_ref().map(|says| format!(": {says}")).unwrap_or_default();
        match &self.record {
            Some(record) => format!("{record} ({}:{}{says})", self.path, self.line),
            None => format!("{}:{}{says}", self.path, self.line),
        }
    }
}

/// Named in more places than so many, it is what everything is about, such as a service: the places tell nothing.
const MOST: usize = 8;

/// Adds to each finding about one record where that record is named beside itself.
pub(super) fn mention(inventory: &Inventory<'_>, findings: &mut [Finding]) {
    let starts = starts(inventory);
    let about: Vec<Option<&Start>> =
        findings.iter().map(|finding| finding.missing.is_none().then(|| record_at(&starts, &finding.location.path, finding.location.line)).flatten()).collect();
    let wanted: BTreeSet<&str> = about.iter().flatten().map(|start| start.id.as_str()).filter(|id| is_id(id)).collect();
    if wanted.is_empty() {
        return;
    }
    let named = places(inventory, &starts, &wanted);
    for (finding, start) in findings.iter_mut().zip(about) {
        let Some(start) = start else { continue };
        if !is_id(&start.id) {
            continue;
        }
        let own = |mention: &&Mention| mention.path == finding.location.path && mention.record.as_ref() == Some(&start.id);
        let others: Vec<&Mention> = named.get(start.id.as_str()).into_iter().flatten().filter(|mention| !own(mention)).collect();
        if others.len() <= MOST {
            finding.named_in = others.into_iter().cloned().collect();
        }
    }
}

/// Adds to each finding about how a document is marked what the register of documents says of it.
pub(super) fn show_register(inventory: &Inventory<'_>, findings: &mut [Finding]) {
    /// What the register can say that a document may lack or say otherwise.
    const TOLD: [&str; 4] = ["title", "owner", "version", "status"];
    let name = |path: &str| path.trim().rsplit('/').next().unwrap_or_default().to_owned();
    let mut by_name: HashMap<String, Vec<&RecordRef<'_>>> = HashMap::new();
    for entry in &inventory.holding("document-register").records {
        if let Some(place) = entry.text(inventory, "location") {
            by_name.entry(name(place)).or_default().push(entry);
        }
    }
    for finding in findings.iter_mut().filter(|finding| finding.requirements.iter().any(|id| id == MARKED)) {
        let path = finding.location.path.clone();
        let lists = |entry: &&&RecordRef<'_>| entry.text(inventory, "location").is_some_and(|place| lies_at(&path, place));
        let Some(entry) = by_name.get(&name(&path)).into_iter().flatten().find(lists) else { continue };
        let told = TOLD.iter().filter_map(|field| Some(format!("{field} {}", shortened(named(entry.text(inventory, field)?)?, 60))));
        let place = entry.first_line();
        finding.named_in.push(Mention {
            path: entry.document.path.to_string(),
            line: place.line.max(1),
            record: entry.own_id(inventory),
            says: Some(told.collect::<Vec<_>>().join(", ")).filter(|told| !told.is_empty()),
        });
    }
}

/// That documents are identified and described.
const MARKED: &str = "7.5.2-a";

/// Says where no evidence is linked that the record is named elsewhere: the link may be all that is missing.
pub(super) fn say_where(determinations: &mut [Determination], findings: &[Finding]) {
    const SHOWN: usize = 4;
    for item in determinations.iter_mut().filter(|item| item.evidence.is_empty()) {
        let about = findings
            .iter()
            .filter(|finding| finding.requirements.contains(&item.id))
            .flat_map(|finding| &finding.named_in)
            .filter(|mention| mention.says.is_none());
        let places: BTreeSet<String> = about.map(|mention| format!("{}:{}", mention.path, mention.line)).collect();
        if !places.is_empty() {
            let places: Vec<String> = places.into_iter().collect();
            item.reason.push_str(&format!("; no record that answers it links to it; named in: {}", list_some(&places, SHOWN)));
        }
    }
}

/// Where a record with an id stands.
struct Start {
    line: u32,
    end_line: u32,
    id: String,
}

/// Where records begin, by document and in order.
fn starts(inventory: &Inventory<'_>) -> BTreeMap<String, Vec<Start>> {
    let mut all: BTreeMap<String, BTreeMap<u32, Start>> = BTreeMap::new();
    let kept = |record: &&RecordRef<'_>| record.kind.form != Form::Document;
    for record in inventory.holdings.values().flat_map(|holding| &holding.records).filter(kept) {
        if let Some(id) = record.own_id(inventory) {
            let line = record.first_line().line;
            // The head of a document of prose is the record, and what stands below it belongs to it.
            let is_head = std::ptr::eq(record.record, &raw const record.document.head);
            let end_line = if is_head { u32::MAX } else { record.record.at.end_line.max(line) };
            all.entry(record.document.path.to_string()).or_default().insert(line, Start { line, end_line, id });
        }
    }
    all.into_iter().map(|(path, lines)| (path, lines.into_values().collect())).collect()
}

/// Whether a text is an id and no name: one word of some length with a figure in it.
fn is_id(text: &str) -> bool {
    const SHORTEST: usize = 4;
    text.len() >= SHORTEST && ids(text).eq([text])
}

/// The record in which a line of a document stands.
fn record_at<'starts>(starts: &'starts BTreeMap<String, Vec<Start>>, path: &str, line: u32) -> Option<&'starts Start> {
    let own = starts.get(path)?;
    own.get(own.partition_point(|start| start.line <= line).checked_sub(1)?).filter(|start| line <= start.end_line)
}

/// Lines on which a document tells its own versions: what they name was done to the document, and says nothing of the record.
fn history(document: &Document, starts: Option<&Vec<Start>>) -> BTreeSet<u32> {
    let tables = document.tables.iter().filter(|table| table.is_history()).flat_map(|table| table.rows.iter().filter_map(|row| row.first()));
    let has = |record: &Record, names: &[&str]| names.iter().any(|name| record.field(name).is_some());
    let is_entry = |record: &Record| starts.is_some_and(|starts| starts.binary_search_by_key(&record.at.line, |start| start.line).is_ok());
    let lists = document.lists.iter().flat_map(|(_, records)| records);
    let rows = lists.filter(|record| has(record, &["version", "revision"]) && has(record, &["date"]) && !is_entry(record));
    tables.map(|cell| cell.at.line).chain(rows.flat_map(|record| record.at.line..=record.at.end_line.max(record.at.line))).collect()
}

/// Where each id stands as a word of its own, once for each record or line, in the order of the documents.
fn places<'ids>(inventory: &Inventory<'_>, starts: &BTreeMap<String, Vec<Start>>, wanted: &BTreeSet<&'ids str>) -> BTreeMap<&'ids str, BTreeSet<Mention>> {
    let of_document = |identity: &Identity<'_>| -> Vec<(&'ids str, Mention)> {
        let path = identity.document.path.to_string();
        let mut found = Vec::new();
        let history = history(identity.document, starts.get(&path));
        each_id(identity.document, &mut |id, at| {
            if let Some(id) = wanted.get(id).filter(|_| !history.contains(&at.line)) {
                let record = record_at(starts, &path, at.line).map(|start| start.id.clone());
                found.push((*id, Mention { path: path.clone(), line: at.line, record, says: None }));
            }
        });
        found
    };
    // What is evidence for nothing tells nothing of a record.
    let told: Vec<&Identity<'_>> = inventory.identified.iter().filter(|identity| !identity.kinds.is_empty()).collect();
    let found: Vec<Vec<(&str, Mention)>> = told.into_par_iter().map(of_document).collect();
    let mut by_id: BTreeMap<&str, BTreeSet<Mention>> = BTreeMap::new();
    for (id, mention) in found.into_iter().flatten() {
        by_id.entry(id).or_default().insert(mention);
    }
    for mentions in by_id.values_mut() {
        // A record that names it on several lines names it once.
        let mut seen = BTreeSet::new();
        mentions.retain(|mention| mention.record.is_none() || seen.insert((mention.path.clone(), mention.record.clone())));
    }
    by_id
}
