//! At which record a chain or a walk through a process is begun: one that fits what is to be followed, or none.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::population::{RecordFacts, facts};
use super::sampling::{Lots, key};
use crate::assessment::ids::each_id;
use crate::assessment::inventory::Inventory;
use crate::assessment::records::RecordRef;
use crate::framework::{Fitness, Form, Naming, Pick};
use crate::vocabulary::{listing, plain};

/// A record that fits, and what of it is to be said beside.
type Fitting = (RecordFacts, Option<String>);

/// The records that could begin a chain from one of its ends, or a walk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChainEnd {
    /// Id of the chain or of the walk.
    pub chain: String,
    /// Whether it is traced backward from here.
    pub backward: bool,
    /// Whether the latest is wanted.
    latest: bool,
    /// Whether records of the kind have days, so that a period can be told.
    dated: bool,
    /// What makes a record fit, best first, each with the records that do.
    fit: Vec<(String, Vec<Fitting>)>,
}

/// The record at which a chain or a walk is begun.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChainStart {
    /// Id of the chain or of the walk.
    pub chain: String,
    /// Whether it is traced backward from here.
    pub backward: bool,
    /// The record; none where none held here fits.
    pub record: Option<RecordFacts>,
    /// What makes it fit, or what was looked for in vain.
    pub why: String,
    /// Whether a sample has it.
    pub sampled: bool,
}

/// The ends of all chains for which the map says how a record is chosen, and of whose kind records are held here.
pub(super) fn chain_ends(inventory: &Inventory<'_>) -> Vec<ChainEnd> {
    let chains = inventory.framework.audits.iter().flat_map(|audits| &audits.chains);
    let ends = chains.flat_map(|chain| [(&chain.id, false, &chain.start, chain.start_at.as_ref()), (&chain.id, true, &chain.end, chain.end_at.as_ref())]);
    let audits = || inventory.framework.audits.iter();
    let walks = audits().flat_map(|audits| &audits.processes).flat_map(|process| &process.questions).map(|question| (&question.id, &question.begin));
    let fixed = audits().flat_map(|audits| &audits.kinds).flat_map(|kind| &kind.questions).map(|question| (&question.id, &question.begin));
    let walks = walks.chain(fixed).filter_map(|(id, begin)| begin.as_ref().map(|begin| (id, false, &begin.kind, Some(&begin.at))));
    let end = |(id, backward, kind, pick): (&String, bool, &String, Option<&Pick>)| {
        let pick = pick?;
        let records = &inventory.holding(kind).records;
        if records.is_empty() {
            return None;
        }
        let any = [Fitness { what: String::new(), filter: Default::default(), named_in: None, in_text_of: Vec::new(), says: Vec::new() }];
        let fit = if pick.fit.is_empty() { any.iter() } else { pick.fit.iter() };
        Some(ChainEnd {
            chain: id.clone(),
            backward,
            latest: pick.latest,
            dated: inventory.kind(kind).is_some_and(|kind| kind.form == Form::Record),
            fit: fit.map(|fitness| (fitness.what.clone(), fitting(inventory, records, fitness))).collect(),
        })
    };
    ends.chain(walks).filter_map(end).collect()
}

fn fitting(inventory: &Inventory<'_>, records: &[RecordRef<'_>], fitness: &Fitness) -> Vec<Fitting> {
    let named = fitness.named_in.as_ref().map(|naming| named_by(inventory, naming));
    let in_texts = (!fitness.in_text_of.is_empty()).then(|| named_in_texts(inventory, &fitness.in_text_of));
    let fits = |record: &RecordRef<'_>| {
        let own = || record.own_id(inventory).map(|id| plain(&id));
        let mut note = None;
        if let Some(named) = &named {
            note = named.get(&own()?)?.clone();
        }
        if let Some(texts) = &in_texts {
            note = Some(format!("in {}", texts.get(&own()?)?));
        }
        (record.passes(inventory, &fitness.filter) && says(record, &fitness.says)).then(|| (facts(inventory, record), note))
    };
    records.iter().filter_map(fits).collect()
}

/// Ids of the records that others name; with who names them and which, where several are to be named together.
fn named_by(inventory: &Inventory<'_>, naming: &Naming) -> BTreeMap<String, Option<String>> {
    let mut named = BTreeMap::new();
    for by in &inventory.holding(&naming.kind).records {
        let mut members: Vec<String> = Vec::new();
        for (id, _) in by.members(inventory, &naming.field) {
            if !members.contains(&id) {
                members.push(id);
            }
        }
        if members.len() >= naming.at_least {
            let note = (naming.at_least > 1).then(|| format!("{} names {}", by.id(inventory), listing(&members)));
            members.iter().for_each(|id| _ = named.entry(plain(id)).or_insert_with(|| note.clone()));
        }
    }
    named
}

/// Ids that stand in the text of documents of some kinds, each with the first place.
fn named_in_texts(inventory: &Inventory<'_>, kinds: &[String]) -> BTreeMap<String, String> {
    let mut named = BTreeMap::new();
    for document in kinds.iter().flat_map(|kind| &inventory.holding(kind).documents).map(|reference| reference.document) {
        each_id(document, &mut |id, at| _ = named.entry(plain(id)).or_insert_with(|| format!("{}:{}", document.path, at.line)));
    }
    named
}

/// Whether one of these phrases stands in the text of a record.
fn says(record: &RecordRef<'_>, phrases: &[String]) -> bool {
    if phrases.is_empty() {
        return true;
    }
    let mut texts = Vec::new();
    record.record.fields.iter().for_each(|field| field.value.scalars(&mut texts));
    let text = texts.iter().map(|(text, _)| format!(" {} ", plain(text))).collect::<String>();
    phrases.iter().any(|phrase| text.contains(&format!(" {} ", plain(phrase))))
}

/// Chooses: the latest, or one of the period that fits best, of the sample if it can be, else by hash.
pub(super) fn chain_starts(ends: &[ChainEnd], lots: &Lots, period: (Date, Date)) -> Vec<ChainStart> {
    let drawn: BTreeSet<(&str, u32)> = lots.lots.iter().flat_map(|lot| &lot.drawn).map(|drawn| (drawn.record.path.as_str(), drawn.record.line)).collect();
    let is_drawn = |record: &RecordFacts| drawn.contains(&(record.path.as_str(), record.line));
    let start = |end: &ChainEnd| {
        let chosen = end.fit.iter().find_map(|(what, records)| {
            let record = if end.latest {
                let past = records.iter().filter(|(record, _)| record.day.is_some_and(|day| day <= period.1));
                past.max_by(|(left, _), (right, _)| (left.day, &left.id, &left.path).cmp(&(right.day, &right.id, &right.path)))
            } else {
                let of_period = records.iter().filter(|(record, _)| !end.dated || record.first_in(period).is_some());
                of_period.min_by_key(|(record, _)| (!is_drawn(record), key(&lots.seed, &format!("{}{}", end.chain, end.backward), &record.id), record.line))
            };
            record.map(|(record, note)| (record, what, note))
        });
        let looked_for: Vec<String> = end.fit.iter().map(|(what, _)| what.clone()).filter(|what| !what.is_empty()).collect();
        let word = |what: &String, note: &Option<String>| {
            let what = match (end.latest, what.is_empty()) {
                (true, true) => "the latest".to_owned(),
                (true, false) => format!("the latest {what}"),
                (false, _) => what.clone(),
            };
            note.as_ref().map_or(what.clone(), |note| format!("{what} ({note})"))
        };
        ChainStart {
            chain: end.chain.clone(),
            backward: end.backward,
            why: chosen.map_or_else(|| looked_for.join("; or "), |(_, what, note)| word(what, note)),
            sampled: chosen.is_some_and(|(record, ..)| is_drawn(record)),
            record: chosen.map(|(record, ..)| record.clone()),
        }
    };
    ends.iter().map(start).collect()
}
