//! The organization's own promise: the planned intervals that its policies, plans and processes state in their text, and
//! its registers in a field.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::inventory::Inventory;
use super::outcome::Identified;
use super::recognition::{Identification, Identity};
use super::records::{FieldNames, RecordRef, records_of};
use super::settings::Settings;
use crate::documents::{Document, Format, Table};
use crate::framework::{DocumentedInformation, Form, Framework, Sort};
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
    /// What a document says beside the configuration: the same, or the surest of what it says otherwise.
    pub in_document: Option<Box<Self>>,
}

/// The intervals that hold: the configuration's, else those that documents state. Where documents state several for one
/// thing, the surer document counts, then the one that is about that thing, then the longest interval: that much has been
/// promised at least.
pub(super) fn intervals(framework: &Framework, settings: &Settings, identities: &[Identity<'_>]) -> BTreeMap<String, StatedInterval> {
    let configured = settings.intervals.iter().map(|(kind, stated)| {
        let path = settings.path.clone().unwrap_or_default();
        (kind.clone(), StatedInterval { interval: stated.value, path, at: stated.at, sentence: None, provenance: Identified::Declared, in_document: None })
    });
    let mut read = promises_of_each(framework, settings, identities);
    // The configuration repeats what documents say: where they do, theirs is the word that people gave.
    let mut all: BTreeMap<String, StatedInterval> = configured.collect();
    for (kind, own) in &mut all {
        let said = read.remove(kind).unwrap_or_default();
        let same = said.iter().find(|(_, said)| said.interval.approximate_days() == own.interval.approximate_days());
        own.in_document = same.or_else(|| surest(&said)).map(|(_, said)| Box::new(said.clone()));
    }
    all.extend(the_surest(read));
    all
}

/// What documents state of a kind, each with how much its word counts.
type Ranked = ((Identified, bool, i32), StatedInterval);

/// The first of those that count most.
fn surest(all: &[Ranked]) -> Option<&Ranked> {
    all.iter().rev().max_by_key(|(rank, _)| *rank)
}

fn the_surest(all: BTreeMap<String, Vec<Ranked>>) -> impl Iterator<Item = (String, StatedInterval)> {
    all.into_iter().filter_map(|(kind, said)| surest(&said).map(|(_, stated)| (kind, stated.clone())))
}

/// Kinds of sorts whose word counts for the organization: what an agreement says holds for its parties.
const SPEAKING: [Sort; 4] = [Sort::Policy, Sort::Plan, Sort::Process, Sort::Procedure];
/// Kinds that speak of every subject.
const OF_ALL: [&str; 2] = ["service-management-plan", "service-management-policy"];

pub(super) fn read_promises(framework: &Framework, settings: &Settings, identities: &[Identity<'_>]) -> BTreeMap<String, StatedInterval> {
    the_surest(promises_of_each(framework, settings, identities)).collect()
}

fn promises_of_each(framework: &Framework, settings: &Settings, identities: &[Identity<'_>]) -> BTreeMap<String, Vec<Ranked>> {
    let promised: Vec<Promised<'_>> = framework.kinds.values().filter(|kind| !kind.recognised_by.promised_as.is_empty()).map(Promised::of).collect();
    let words = framework.languages.values().flat_map(|language| &language.words.interval_columns);
    let columns: BTreeSet<String> = words.map(|word| plain(word)).collect();
    let mut found: BTreeMap<String, Vec<Ranked>> = BTreeMap::new();
    for identity in identities.iter().filter(|identity| !identity.document.is_stub()) {
        let document = identity.document;
        let is_about = |kind: &str| identity.kinds.iter().any(|own| OF_ALL.contains(&own.id.as_str()) || is_on_the_same(framework, &own.id, kind));
        let mut take = |promise: Promise<'_>, provenance: Identified, is_about_it: bool| {
            let Promise { kind, interval, line, sentence } = promise;
            let stated =
                StatedInterval { interval, path: document.path.to_string(), at: Place::line(line), sentence: Some(sentence), provenance, in_document: None };
            let rank = (stated.provenance, is_about_it, stated.interval.approximate_days());
            let known = found.entry(kind.to_owned()).or_default();
            // One of each rank is enough: a repository may say it a thousand times.
            if known.iter().all(|(other, _)| *other != rank) {
                known.push((rank, stated));
            }
        };
        let speaks = |kind: &&Identification| framework.kinds.get(&kind.id).is_some_and(|kind| kind.form == Form::Document && SPEAKING.contains(&kind.sort));
        if let Some(speaking) = identity.kinds.iter().find(speaks).filter(|_| document.format == Format::Markdown) {
            let in_text = promises_in_text(document, &promised, &is_about);
            let in_tables = document.tables.iter().flat_map(|table| promises_in_table(table, &columns, &promised));
            for promise in in_text.into_iter().chain(in_tables) {
                // A document that only seems to be one is taken at its word on its own subject: "tests" are of many things.
                let is_about_it = is_about(promise.kind);
                if speaking.provenance != Identified::Inferred || is_about_it {
                    take(promise, speaking.provenance, is_about_it);
                }
            }
        }
        for own in &identity.kinds {
            let Some((kind, how)) = framework.kinds.get(&own.id).and_then(|kind| Some((kind, kind.says_how_often.as_ref()?))) else { continue };
            let names = FieldNames::new(kind, settings.fields.get(&kind.id));
            for record in records_of(document, kind, own.provenance) {
                promises_in_record(&record, &names, (&how.of, &how.how_often), &promised).into_iter().for_each(|promise| take(promise, own.provenance, true));
            }
        }
    }
    found
}

/// Whether two kinds are of one subject, or of two that one process deals with: controls and incidents of security.
fn is_on_the_same(framework: &Framework, own: &str, other: &str) -> bool {
    /// The numbers that a clause of a process has; what follows are its parts.
    const OF_A_PROCESS: usize = 3;
    let process = |clause: &String| clause.splitn(OF_A_PROCESS + 1, '.').take(OF_A_PROCESS).map(str::to_owned).collect::<Vec<_>>();
    let (Some(own), Some(other)) = (framework.subject_of(own), framework.subject_of(other)) else { return false };
    own.id == other.id || own.clauses.iter().any(|one| other.clauses.iter().any(|another| process(one) == process(another)))
}

/// How policies and plans speak of doing what leaves a kind of record.
struct Promised<'map> {
    kind: &'map str,
    /// Words that stand in the sentence.
    phrases: Vec<Vec<String>>,
    /// Words that mean it under a heading with certain words only: both.
    under: Vec<(Vec<String>, Vec<String>)>,
}

impl<'map> Promised<'map> {
    fn of(kind: &'map DocumentedInformation) -> Self {
        let split = |phrase: &str| plain(phrase).split(' ').map(str::to_owned).collect::<Vec<_>>();
        let mut promised = Self { kind: &kind.id, phrases: Vec::new(), under: Vec::new() };
        for phrase in &kind.recognised_by.promised_as {
            match phrase.split_once('>') {
                Some((heading, words)) => promised.under.push((split(heading), split(words))),
                None => promised.phrases.push(split(phrase)),
            }
        }
        promised
    }

    /// Whether a text names it.
    fn is_named_in(&self, words: &[&str]) -> bool {
        self.phrases.iter().any(|phrase| !places_of(phrase, words).is_empty())
    }
}

/// Where words stand in others.
fn places_of(phrase: &[String], words: &[&str]) -> Vec<Range<usize>> {
    words.windows(phrase.len().max(1)).enumerate().filter(|(_, window)| *window == phrase).map(|(at, _)| at..at + phrase.len()).collect()
}

/// A kind of record, how often it is to be, and where that is said.
struct Promise<'map> {
    kind: &'map str,
    interval: Interval,
    line: u32,
    sentence: String,
}

/// What the rows of a table promise that has a column for how often: each for what its first cell names.
fn promises_in_table<'map>(table: &Table, columns: &BTreeSet<String>, promised: &[Promised<'map>]) -> Vec<Promise<'map>> {
    let Some(column) = table.header.iter().position(|head| columns.contains(&plain(&head.value))).filter(|column| *column > 0) else { return Vec::new() };
    let mut found = Vec::new();
    for row in &table.rows {
        let (Some(first), Some(often)) = (row.first(), row.get(column)) else { continue };
        let Some(interval) = Interval::parse(&often.value) else { continue };
        let text = plain(&first.value);
        let words: Vec<&str> = text.split(' ').collect();
        found.extend(promised.iter().filter(|promised| promised.is_named_in(&words)).map(|promised| Promise {
            kind: promised.kind,
            interval,
            line: first.at.line,
            sentence: format!("{}: {}", first.value.trim(), often.value.trim()),
        }));
    }
    found
}

/// What an entry of a register promises that says in one field of what, and in another how often.
fn promises_in_record<'map>(record: &RecordRef<'_>, names: &FieldNames, (of, often): (&str, &str), promised: &[Promised<'map>]) -> Vec<Promise<'map>> {
    let field = |name: &str| names.keys(name).iter().find_map(|key| record.record.field(key)).and_then(|field| Some((field, field.value.as_text()?)));
    let (Some((_, what)), Some((place, how_often))) = (field(of), field(often)) else { return Vec::new() };
    let text = plain(how_often);
    let stated = Interval::in_words(&text.split(' ').collect::<Vec<_>>()).into_iter().map(|(_, interval)| interval);
    let Some(interval) = stated.chain(Interval::parse(how_often)).max_by_key(|interval| interval.approximate_days()) else { return Vec::new() };
    let text = plain(what);
    let words: Vec<&str> = text.split(' ').collect();
    // In a register of reports nobody writes "report" behind each of "demand and capacity".
    let parts: Vec<Vec<&str>> = words.split(|word| *word == "and").map(<[&str]>::to_vec).collect();
    let is_part = |phrase: &Vec<String>| parts.iter().any(|part| phrase.split_last().is_some_and(|(last, rest)| last == "report" && rest == part.as_slice()));
    let means = |promised: &&Promised<'_>| promised.is_named_in(&words) || promised.phrases.iter().any(is_part);
    let line = place.value.at.line;
    let sentence = format!("{}: {}", what.trim(), how_often.trim());
    promised.iter().filter(means).map(|promised| Promise { kind: promised.kind, interval, line, sentence: sentence.clone() }).collect()
}

/// What the passages of a document promise, each read with the heading that it stands under.
fn promises_in_text<'map>(document: &Document, promised: &[Promised<'map>], is_about: &dyn Fn(&str) -> bool) -> Vec<Promise<'map>> {
    let mut headings = vec![""; document.passages.len()];
    // Deeper headings come later and stand nearer.
    for section in &document.sections {
        if let Some(own) = headings.get_mut(section.passages.clone()) {
            own.fill(section.title.as_str());
        }
    }
    let mut found = Vec::new();
    // "Quarterly management review" may be all that is said of it.
    for section in &document.sections {
        promises_in(&section.title, ("", section.at.line), promised, is_about, &mut found);
    }
    for (passage, heading) in document.passages.iter().zip(headings) {
        promises_in(&passage.text, (heading, passage.line), promised, is_about, &mut found);
    }
    found
}

/// What a passage promises.
fn promises_in<'map>(
    passage: &str,
    (heading, line): (&str, u32),
    promised: &[Promised<'map>],
    is_about: &dyn Fn(&str) -> bool,
    found: &mut Vec<Promise<'map>>,
) {
    // "Internal audits are held, by people from outside, every year" is a promise; "... every year. Internal audit ..." is none.
    const AFTER: usize = 8;
    const BEFORE: usize = 1;
    // In a row of two or three cells they belong together, however long they are.
    let is_row = (1..=2).contains(&passage.matches(" | ").take(3).count());
    for (number, sentence) in passage.split_inclusive(['.', ';', '!', '?']).enumerate() {
        let text = plain(sentence);
        let words: Vec<&str> = text.split(' ').collect();
        let intervals = Interval::in_words(&words);
        if intervals.is_empty() {
            continue;
        }
        let heading_text = plain(heading);
        let heading: Vec<&str> = heading_text.split(' ').collect();
        for one in promised {
            let mut places: Vec<Range<usize>> = one.phrases.iter().flat_map(|phrase| places_of(phrase, &words)).collect();
            let under = one.under.iter().filter(|(above, _)| !places_of(above, &heading).is_empty());
            let under: Vec<Range<usize>> = under.flat_map(|(_, phrase)| places_of(phrase, &words)).collect();
            if !under.is_empty() && is_about(one.kind) {
                places.extend(under);
            }
            places.sort_unstable_by_key(|place| place.start);
            let reach = AFTER + places.iter().map(|place| place.len()).max().unwrap_or_default();
            let near = |range: &Range<usize>| {
                let from = places.partition_point(|place| place.start + reach < range.start);
                let mut around = places[from..].iter().take_while(|place| place.start <= range.end + BEFORE);
                is_row || around.any(|place| range.start >= place.end && range.start - place.end <= AFTER || place.start >= range.end)
            };
            // Under a heading that is its very name, the text begins with how often: "Release analysis", "Twice a year: ...".
            let begins = |range: &Range<usize>| number == 0 && range.start == 0 && one.phrases.iter().any(|phrase| heading == phrase.as_slice());
            let stated = intervals.iter().filter(|(range, _)| !places.is_empty() && near(range) || begins(range)).map(|(_, interval)| *interval);
            let longest = stated.max_by_key(|interval| interval.approximate_days());
            found.extend(longest.map(|interval| Promise { kind: one.kind, interval, line, sentence: sentence.trim().to_owned() }));
        }
    }
}

impl StatedInterval {
    /// Where it comes from, for people.
    pub fn source(&self) -> String {
        match &self.sentence {
            Some(sentence) => format!("{}:{}: \u{201c}{}\u{201d}", self.path, self.at.line, shortened(sentence, 140)),
            None => self.path.clone(),
        }
    }

    /// The document's own statement, where one says the same.
    pub(super) fn in_their_words(&self) -> Option<&Self> {
        match &self.sentence {
            Some(_) => Some(self),
            None => self.in_document.as_deref().filter(|said| !self.differs_from(said)),
        }
    }

    fn differs_from(&self, other: &Self) -> bool {
        self.interval.approximate_days() != other.interval.approximate_days()
    }

    /// What stands beside it: the configuration that repeats it, or the document that says otherwise.
    pub(super) fn beside(&self) -> Option<String> {
        let said = self.in_document.as_deref()?;
        Some(if self.differs_from(said) {
            format!("counts before {} in {}", said.interval, said.source())
        } else {
            format!("so also {}:{}", self.path, self.at.line)
        })
    }
}

/// What the list holds for in which an interval stands, by the line that leads it: it may be a part of the whole.
pub(super) fn lead(inventory: &Inventory<'_>, stated: &StatedInterval) -> Option<String> {
    /// The most characters that are shown of such a line.
    const LEAD: usize = 80;
    stated.sentence.as_ref()?;
    let document = inventory.identified.iter().map(|one| one.document).find(|document| document.path.to_string() == stated.path)?;
    let at = document.passages.iter().position(|passage| passage.line == stated.at.line)?;
    let mut below = stated.at.line;
    // Items follow each other line by line; a gap ends the list.
    for passage in document.passages.get(..at)?.iter().rev() {
        if below.saturating_sub(passage.line) > 2 {
            return None;
        }
        if let Some(lead) = passage.text.trim().strip_suffix(':') {
            return Some(format!("in the list under \u{201c}{}\u{201d}: see whether it holds for all", shortened(lead.trim(), LEAD)));
        }
        below = passage.line;
    }
    None
}
