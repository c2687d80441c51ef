//! What a management review has already decided on a finding: who does what until when. A proposal that repeats what was
//! decided as if it were new is not worth much to those who decided it.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::Serialize;

use super::finding::Finding;
use super::ids::ids;
use super::inventory::Inventory;
use super::records::{RecordRef, says_none_text};
use super::telling::TellingWords;
use super::verify::day_of;
use crate::documents::Record;
use crate::framework::{DecisionColumns, Form};
use crate::repository::RepoPath;
use crate::vocabulary::{is_key, is_placeholder, plain, read_date, shortened};

/// A decision that seems to be about a finding: the same person is to act, and its words are those of the record.
#[derive(Clone, Debug, PartialEq, Eq, schemars::JsonSchema, Serialize)]
pub struct Decided {
    /// What was decided, shortened.
    pub what: String,
    /// Who is to do it.
    pub who: String,
    /// Until when.
    pub until: String,
    /// Path of the minutes.
    pub path: String,
    /// Line.
    pub line: u32,
}

/// A decision of minutes, with its words.
struct Decision {
    decided: Decided,
    persons: BTreeSet<String>,
    words: BTreeSet<String>,
    ids: BTreeSet<String>,
}

/// All decisions that have somebody to act and a day.
pub(super) struct Decisions<'all, 'run> {
    inventory: &'all Inventory<'run>,
    all: Vec<Decision>,
    telling: TellingWords<'run>,
}

impl<'all, 'run> Decisions<'all, 'run> {
    pub(super) fn new(inventory: &'all Inventory<'run>) -> Self {
        let mut found = Self { inventory, all: Vec::new(), telling: TellingWords::new(inventory.framework) };
        for kind in inventory.framework.kinds.values() {
            let Some(columns) = &kind.decisions else { continue };
            let holding = inventory.holding(&kind.id);
            // What is dated later was not decided yet.
            let is_ahead = |record: &&RecordRef<'_>| day_of(inventory, record).is_some_and(|day| day > inventory.as_of.0);
            let ahead: BTreeSet<&RepoPath> = holding.records.iter().filter(is_ahead).map(|record| &record.document.path).collect();
            for document in holding.documents.iter().map(|reference| reference.document).filter(|document| !ahead.contains(&document.path)) {
                let rows = document.table_records.iter().chain(document.lists.iter().flat_map(|(_, records)| records));
                let decisions: Vec<Decision> = rows.filter_map(|row| found.read(&document.path.to_string(), row, columns)).collect();
                found.all.extend(decisions);
            }
        }
        found
    }

    fn read(&self, path: &str, row: &Record, columns: &DecisionColumns) -> Option<Decision> {
        let value = |names: &[String]| {
            let field = names.iter().find_map(|name| row.fields.iter().find(|field| is_key(name, &field.key)))?;
            field.value.as_text().map(str::trim).filter(|text| !text.is_empty() && !is_placeholder(text) && !says_none_text(text))
        };
        let (what, who, until) = (value(&columns.what)?, value(&columns.who)?, value(&columns.until)?);
        // A day that has passed decides nothing on what is still at fault.
        let day: Date = read_date(until).day().filter(|day| *day >= self.inventory.as_of.0)?;
        Some(Decision {
            decided: Decided { what: shortened(what, 100), who: who.to_owned(), until: day.to_string(), path: path.to_owned(), line: row.at.line },
            persons: persons(who),
            words: self.telling.of(what),
            ids: ids(what).map(str::to_owned).collect(),
        })
    }

    /// The decision on a finding that `owner` would settle, if there is one: it names the record at fault. Else by two signs
    /// that know nothing of each other: whoever is to settle it was given the task, and a third of the task's words are those
    /// of the record.
    pub(super) fn on(&self, finding: &Finding, owner: Option<&str>) -> Option<Decided> {
        self.by_id(finding).or_else(|| self.by_words(finding, owner))
    }

    fn by_id(&self, finding: &Finding) -> Option<Decided> {
        self.all.iter().find(|decision| !decision.ids.is_empty())?;
        let id = self.inventory.record_around(&finding.location)?.own_id(self.inventory)?;
        let naming = self.all.iter().filter(|decision| decision.ids.contains(&id));
        naming.max_by_key(|decision| &decision.decided.until).map(|decision| decision.decided.clone())
    }

    fn by_words(&self, finding: &Finding, owner: Option<&str>) -> Option<Decided> {
        const SHARE: usize = 3;
        let owners = persons(owner?);
        let mine = || self.all.iter().filter(|decision| !decision.persons.is_disjoint(&owners));
        mine().next()?;
        let (about, said) = self.told(finding);
        let (about, said) = (self.telling.of(&about), self.telling.of(&said));
        let told: BTreeSet<String> = about.union(&said).cloned().collect();
        let shared = |decision: &Decision| decision.words.intersection(&told).count();
        // One word alone has to be one of the subject: what a record says besides, other records say too.
        let tells = |decision: &Decision| shared(decision) > 1 || !decision.words.is_disjoint(&about);
        let fits = |decision: &&Decision| tells(decision) && shared(decision) * SHARE >= decision.words.len();
        // Of equals the newest: what was decided later holds.
        let best = mine().filter(fits).max_by_key(|decision| (shared(decision) * 100 / decision.words.len().max(1), decision.decided.until.clone()))?;
        Some(best.decided.clone())
    }

    /// What a finding is about, its sentence and what such documented information is called; and what the record at fault
    /// says. The head of a whole document names everybody and everything that it is about, and tells nothing here.
    fn told(&self, finding: &Finding) -> (String, String) {
        let own = self.inventory.record_around(&finding.location);
        // A sentence that begins with the record says what is wrong with it; others hold titles.
        let id = own.and_then(|record| record.own_id(self.inventory)).unwrap_or_default();
        let mut about = if !id.is_empty() && finding.message.starts_with(&id) { format!("{} ", finding.message) } else { String::new() };
        let kind = finding.missing.as_deref().and_then(|kind| self.inventory.kind(kind)).or(own.as_ref().map(|record| record.kind));
        if let Some(called) = kind.map(|kind| &kind.recognised_by) {
            about.push_str(&each(called.names.iter().chain(&called.terms).chain(&called.promised_as).cloned()));
        }
        let mut said = String::new();
        for field in own.iter().filter(|record| record.kind.form != Form::Document).flat_map(|record| &record.record.fields) {
            let mut scalars = Vec::new();
            field.value.scalars(&mut scalars);
            said.push_str(&each(scalars.iter().map(|(scalar, _)| (*scalar).to_owned())));
        }
        (about, said)
    }
}

fn each(parts: impl Iterator<Item = String>) -> String {
    parts.flat_map(|part| [part, " ".to_owned()]).collect()
}

/// The persons that a field names, in a form that compares.
fn persons(text: &str) -> BTreeSet<String> {
    text.split([',', ';', '/', '&']).flat_map(|part| part.split(" and ")).map(plain).filter(|name| !name.is_empty()).collect()
}
