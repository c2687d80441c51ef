//! At which record a chain is begun: one that fits what is to be followed, or none.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::population::{RecordFacts, facts};
use super::sampling::{Lots, key};
use crate::assessment::inventory::Inventory;
use crate::assessment::records::RecordRef;
use crate::framework::{Fitness, Form, Pick};
use crate::vocabulary::plain;

/// The records that could begin a chain from one of its ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChainEnd {
    /// Id of the chain.
    pub chain: String,
    /// Whether it is traced backward from here.
    pub backward: bool,
    /// Whether the latest is wanted.
    latest: bool,
    /// Whether records of the kind have days, so that a period can be told.
    dated: bool,
    /// What makes a record fit, best first, each with the records that do.
    fit: Vec<(String, Vec<RecordFacts>)>,
}

/// The record at which a chain is begun.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChainStart {
    /// Id of the chain.
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
    let ends = chains.flat_map(|chain| [(chain, false, &chain.start, &chain.start_at), (chain, true, &chain.end, &chain.end_at)]);
    let end = |(chain, backward, kind, pick): (&crate::framework::Chain, bool, &String, &Option<Pick>)| {
        let pick = pick.as_ref()?;
        let records = &inventory.holding(kind).records;
        if records.is_empty() {
            return None;
        }
        let any = [Fitness { what: String::new(), filter: Default::default(), named_in: None }];
        let fit = if pick.fit.is_empty() { any.iter() } else { pick.fit.iter() };
        Some(ChainEnd {
            chain: chain.id.clone(),
            backward,
            latest: pick.latest,
            dated: inventory.kind(kind).is_some_and(|kind| kind.form == Form::Record),
            fit: fit.map(|fitness| (fitness.what.clone(), fitting(inventory, records, fitness))).collect(),
        })
    };
    ends.filter_map(end).collect()
}

fn fitting(inventory: &Inventory<'_>, records: &[RecordRef<'_>], fitness: &Fitness) -> Vec<RecordFacts> {
    let named: Option<BTreeSet<String>> = fitness.named_in.as_ref().map(|naming| {
        let by = inventory.holding(&naming.kind).records.iter();
        by.flat_map(|record| record.members(inventory, &naming.field)).map(|(id, _)| plain(&id)).collect()
    });
    let is_named = |record: &&RecordRef<'_>| named.as_ref().is_none_or(|named| record.own_id(inventory).is_some_and(|id| named.contains(&plain(&id))));
    records.iter().filter(|record| record.passes(inventory, &fitness.filter)).filter(is_named).map(|record| facts(inventory, record)).collect()
}

/// Chooses: the latest, or one of the period that fits best, of the sample if it can be, else by hash.
pub(super) fn chain_starts(ends: &[ChainEnd], lots: &Lots, period: (Date, Date)) -> Vec<ChainStart> {
    let drawn: BTreeSet<(&str, u32)> = lots.lots.iter().flat_map(|lot| &lot.drawn).map(|drawn| (drawn.record.path.as_str(), drawn.record.line)).collect();
    let is_drawn = |record: &RecordFacts| drawn.contains(&(record.path.as_str(), record.line));
    let start = |end: &ChainEnd| {
        let chosen = end.fit.iter().find_map(|(what, records)| {
            let record = if end.latest {
                let past = records.iter().filter(|record| record.day.is_some_and(|day| day <= period.1));
                past.max_by(|left, right| (left.day, &left.id, &left.path).cmp(&(right.day, &right.id, &right.path)))
            } else {
                let of_period = records.iter().filter(|record| !end.dated || record.first_in(period).is_some());
                of_period.min_by_key(|record| (!is_drawn(record), key(&lots.seed, &format!("{}{}", end.chain, end.backward), &record.id), record.line))
            };
            record.map(|record| (record, what))
        });
        let looked_for: Vec<String> = end.fit.iter().map(|(what, _)| what.clone()).filter(|what| !what.is_empty()).collect();
        let word = |what: &String| match (end.latest, what.is_empty()) {
            (true, true) => "the latest".to_owned(),
            (true, false) => format!("the latest {what}"),
            (false, _) => what.clone(),
        };
        ChainStart {
            chain: end.chain.clone(),
            backward: end.backward,
            why: chosen.map_or_else(|| looked_for.join("; or "), |(_, what)| word(what)),
            sampled: chosen.is_some_and(|(record, _)| is_drawn(record)),
            record: chosen.map(|(record, _)| record.clone()),
        }
    };
    ends.iter().map(start).collect()
}
