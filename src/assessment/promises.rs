//! The organization's own promise: the planned intervals that its policies, plans and processes state in their text.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::outcome::Identified;
use super::recognition::{Identification, Identity};
use super::settings::Settings;
use crate::documents::{Format, Table};
use crate::framework::{Form, Framework, Sort};
use crate::vocabulary::{Interval, Place, plain, shortened};

/// A planned interval and where it is stated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatedInterval {
    /// How long.
    pub interval: Interval,
    /// Path of the document or configuration that states it.
    pub path: String,
    /// Where in it.
    pub at: Place,
    /// The sentence, where it was read from a text; the configuration needs none.
    pub sentence: Option<String>,
    /// How it is known that the document is one whose word counts.
    pub provenance: Identified,
}

/// The intervals that hold: the configuration's, else those that documents state. Where documents state several for one
/// thing, the surer document counts, then the one that is about that thing, then the longest interval: that much has been
/// promised at least.
pub(super) fn intervals(framework: &Framework, settings: &Settings, identities: &[Identity<'_>]) -> BTreeMap<String, StatedInterval> {
    let configured = settings.intervals.iter().map(|(kind, stated)| {
        let path = settings.path.clone().unwrap_or_default();
        (kind.clone(), StatedInterval { interval: stated.value, path, at: stated.at, sentence: None, provenance: Identified::Declared })
    });
    let mut all = read_promises(framework, identities);
    all.extend(configured);
    all
}

/// Kinds of sorts whose word counts for the organization: what an agreement says holds for its parties.
const SPEAKING: [Sort; 4] = [Sort::Policy, Sort::Plan, Sort::Process, Sort::Procedure];
/// Kinds that speak of every subject.
const OF_ALL: [&str; 2] = ["service-management-plan", "service-management-policy"];

pub(super) fn read_promises(framework: &Framework, identities: &[Identity<'_>]) -> BTreeMap<String, StatedInterval> {
    let promised: Vec<(&str, Vec<Vec<String>>)> = framework
        .kinds
        .values()
        .filter(|kind| !kind.recognised_by.promised_as.is_empty())
        .map(|kind| (kind.id.as_str(), kind.recognised_by.promised_as.iter().map(|phrase| plain(phrase).split(' ').map(str::to_owned).collect()).collect()))
        .collect();
    let words = framework.languages.values().flat_map(|language| &language.words.interval_columns);
    let columns: BTreeSet<String> = words.map(|word| plain(word)).collect();
    let mut found: BTreeMap<String, ((Identified, bool, i32), StatedInterval)> = BTreeMap::new();
    for identity in identities.iter().filter(|identity| identity.document.format == Format::Markdown && !identity.document.is_stub()) {
        let document = identity.document;
        let speaks = |kind: &&Identification| framework.kinds.get(&kind.id).is_some_and(|kind| kind.form == Form::Document && SPEAKING.contains(&kind.sort));
        let Some(speaking) = identity.kinds.iter().find(speaks) else { continue };
        let in_text = document.passages.iter().flat_map(|passage| promises_in(&passage.text, passage.line, &promised));
        let in_tables = document.tables.iter().flat_map(|table| promises_in_table(table, &columns, &promised));
        for Promise { kind, interval, line, sentence } in in_text.chain(in_tables) {
            let of_subject = framework.subject_of(kind).map(|subject| subject.kinds.as_slice()).unwrap_or_default();
            let is_about_it = identity.kinds.iter().any(|own| of_subject.contains(&own.id) || OF_ALL.contains(&own.id.as_str()));
            // A document that only seems to be one is taken at its word on its own subject: "tests" are of many things.
            if speaking.provenance == Identified::Inferred && !is_about_it {
                continue;
            }
            let stated =
                StatedInterval { interval, path: document.path.to_string(), at: Place::line(line), sentence: Some(sentence), provenance: speaking.provenance };
            let rank = (stated.provenance, is_about_it, stated.interval.approximate_days());
            if found.get(kind).is_none_or(|(known, _)| rank > *known) {
                found.insert(kind.to_owned(), (rank, stated));
            }
        }
    }
    found.into_iter().map(|(kind, (_, stated))| (kind, stated)).collect()
}

/// A kind of record, how often it is to be, and where that is said.
struct Promise<'map> {
    kind: &'map str,
    interval: Interval,
    line: u32,
    sentence: String,
}

/// What the rows of a table promise that has a column for how often: each for what its first cell names.
fn promises_in_table<'map>(table: &Table, columns: &BTreeSet<String>, promised: &[(&'map str, Vec<Vec<String>>)]) -> Vec<Promise<'map>> {
    let Some(column) = table.header.iter().position(|head| columns.contains(&plain(&head.value))).filter(|column| *column > 0) else { return Vec::new() };
    let mut found = Vec::new();
    for row in &table.rows {
        let (Some(first), Some(often)) = (row.first(), row.get(column)) else { continue };
        let Some(interval) = Interval::parse(&often.value) else { continue };
        let text = plain(&first.value);
        let words: Vec<&str> = text.split(' ').collect();
        let names = |phrases: &Vec<Vec<String>>| phrases.iter().any(|phrase| words.windows(phrase.len()).any(|window| window == phrase.as_slice()));
        found.extend(promised.iter().filter(|(_, phrases)| names(phrases)).map(|(kind, _)| Promise {
            kind,
            interval,
            line: first.at.line,
            sentence: format!("{}: {}", first.value.trim(), often.value.trim()),
        }));
    }
    found
}

/// What a passage promises.
fn promises_in<'map>(passage: &str, line: u32, promised: &[(&'map str, Vec<Vec<String>>)]) -> Vec<Promise<'map>> {
    // "Internal audits are held, by people from outside, every year" is a promise; "... every year. Internal audit ..." is none.
    const AFTER: usize = 8;
    const BEFORE: usize = 1;
    // In a row of two or three cells they belong together, however long they are.
    let is_row = (1..=2).contains(&passage.matches(" | ").take(3).count());
    let mut found = Vec::new();
    for sentence in passage.split_inclusive(['.', ';', '!', '?']) {
        let text = plain(sentence);
        let words: Vec<&str> = text.split(' ').collect();
        let intervals = Interval::in_words(&words);
        if intervals.is_empty() {
            continue;
        }
        for (kind, phrases) in promised {
            let places = phrases.iter().flat_map(|phrase| {
                words.windows(phrase.len()).enumerate().filter(move |(_, window)| *window == phrase.as_slice()).map(|(at, _)| at..at + phrase.len())
            });
            let mut places: Vec<Range<usize>> = places.collect();
            places.sort_unstable_by_key(|place| place.start);
            let reach = AFTER + phrases.iter().map(Vec::len).max().unwrap_or_default();
            let near = |range: &Range<usize>| {
                let from = places.partition_point(|place| place.start + reach < range.start);
                let mut around = places[from..].iter().take_while(|place| place.start <= range.end + BEFORE);
                is_row || around.any(|place| range.start >= place.end && range.start - place.end <= AFTER || place.start >= range.end)
            };
            let longest = intervals.iter().filter(|(range, _)| near(range)).map(|(_, interval)| *interval).max_by_key(|interval| interval.approximate_days());
            let longest = longest.filter(|_| !places.is_empty());
            found.extend(longest.map(|interval| Promise { kind, interval, line, sentence: sentence.trim().to_owned() }));
        }
    }
    found
}

impl StatedInterval {
    /// Where it comes from, for people.
    pub fn source(&self) -> String {
        match &self.sentence {
            Some(sentence) => format!("{}:{}: \u{201c}{}\u{201d}", self.path, self.at.line, shortened(sentence, 140)),
            None => self.path.clone(),
        }
    }
}
