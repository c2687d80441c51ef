//! Samples of records: judgement-based, by rules of thumb, and the same for everybody who draws with the same seed.
//!
//! All of up to ten records; of more, ten or the square root, at most thirty. What matters most is taken whole. The rest
//! is drawn by a hash of seed and record, so that one more record does not reshuffle the sample.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use jiff::{SpanRound, Unit};
use sha2::{Digest, Sha256};

use crate::assessment::inventory::Inventory;
use crate::assessment::records::RecordRef;
use crate::assessment::verify::day_of;
use crate::framework::Form;
use crate::vocabulary::{plain, shortened};

/// So many records are all looked at.
const ALL: usize = 10;
/// More are never wanted, whatever the number of records.
const MOST: usize = 30;
/// So near to an end of the period a record counts as being of that end.
const NEAR_DAYS: i32 = 31;

/// The records of one kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Population {
    /// Kind of documented information.
    pub kind: String,
    /// Its records, by day and place.
    pub records: Vec<RecordFacts>,
}

/// What a sample has to know of a record.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RecordFacts {
    /// Its day; none where none can be read.
    pub day: Option<Date>,
    /// Path from the repository's root.
    pub path: String,
    /// Its first line.
    pub line: u32,
    /// Its last line.
    pub end_line: u32,
    /// Its id; unique within the kind.
    pub id: String,
    /// What it says of itself, where it has a title.
    pub title: Option<String>,
    /// The day on which it was closed, where its kind knows such a day.
    pub closed: Option<Date>,
    /// Whether it is open; never for kinds that are not closed.
    pub open: bool,
    /// Strata that are taken whole and that it belongs to.
    pub strata: Vec<String>,
    /// Commit of the last change, and its day.
    pub commit: Option<(String, String)>,
}

/// A record of a sample, and why it is in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drawn {
    /// The record.
    pub record: RecordFacts,
    /// Why, in a line.
    pub reason: String,
}

/// The sample of one kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lot {
    /// Kind of documented information.
    pub kind: String,
    /// Records in the period.
    pub population: usize,
    /// Records without a readable day.
    pub undated: usize,
    /// The size that the rule gives.
    pub wanted: usize,
    /// Strata taken whole, with the number of their records in the period.
    pub strata: Vec<(String, usize)>,
    /// Records that are taken whatever the size, strata and those for their place in the period.
    pub always: usize,
    /// The records drawn, by day and place.
    pub drawn: Vec<Drawn>,
}

/// All samples of an audit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lots {
    /// The seed.
    pub seed: String,
    /// First and last day of the period.
    pub period: Option<(Date, Date)>,
    /// One for each kind with records in the period.
    pub lots: Vec<Lot>,
    /// Kinds in scope without any, each with the number of records that lie outside the period or have no day.
    pub empty: Vec<(String, usize)>,
}

/// The records of every kind of record that is here.
pub(in crate::assessment) fn populations(inventory: &Inventory<'_>) -> Vec<Population> {
    let is_record = |kind: &str| inventory.kind(kind).is_some_and(|kind| kind.form == Form::Record);
    let holdings = inventory.holdings.iter().filter(|(kind, holding)| is_record(kind) && !holding.records.is_empty());
    holdings.map(|(kind, holding)| population(inventory, kind, &holding.records)).collect()
}

fn population(inventory: &Inventory<'_>, kind: &str, records: &[RecordRef<'_>]) -> Population {
    let mut records: Vec<RecordFacts> = records.iter().map(|record| facts(inventory, record)).collect();
    records.sort();
    // Two records of one id are two rows: the second says where it stands.
    let mut seen = BTreeSet::new();
    for record in &mut records {
        if !seen.insert(record.id.clone()) {
            record.id = format!("{}@{}:{}", record.id, record.path, record.line);
        }
    }
    Population { kind: kind.to_owned(), records }
}

fn facts(inventory: &Inventory<'_>, record: &RecordRef<'_>) -> RecordFacts {
    let closed = record.kind.closed_by.as_deref().and_then(|field| record.day(inventory, field));
    let ended = ["closed", "done", "completed", "fulfilled", "resolved", "cancelled", "rejected", "withdrawn"];
    let status = record.text(inventory, "status").map(plain).unwrap_or_default();
    let strata = inventory.framework.audits.as_ref().and_then(|audits| audits.sample(&record.kind.id)).map(|sample| {
        let holds = sample.whole.iter().filter(|stratum| stratum.any.iter().any(|tests| record.passes(inventory, tests)));
        holds.map(|stratum| stratum.title.clone()).collect()
    });
    let change = inventory.history.last_change(&record.document.path);
    RecordFacts {
        day: day_of(inventory, record),
        path: record.document.path.to_string(),
        line: record.record.at.line.max(1),
        end_line: record.record.at.end_line.max(record.record.at.line),
        id: shortened(record.own_id(inventory).unwrap_or_else(|| format!("{}:{}", record.document.path, record.record.at.line.max(1))).trim(), 60),
        title: ["title", "description", "subject"].iter().find_map(|field| record.text(inventory, field)).map(|text| shortened(text, 120)),
        closed,
        open: record.kind.closed_by.is_some() && closed.is_none() && !ended.contains(&status.split(' ').next().unwrap_or_default()),
        strata: strata.unwrap_or_default(),
        commit: change.map(|commit| (commit.id.clone(), commit.date.to_string())),
    }
}

/// The number of records to look at out of so many.
fn size(population: usize) -> usize {
    let root = (1..=MOST).find(|root| root * root >= population).unwrap_or(MOST);
    if population <= ALL { population } else { root.max(ALL) }
}

/// Draws the sample of a kind from its records of the period; none where there are none.
pub fn draw(population: &Population, period: (Date, Date), seed: &str) -> Option<Lot> {
    let within = |record: &&RecordFacts| record.day.is_some_and(|day| day >= period.0 && day <= period.1);
    let records: Vec<&RecordFacts> = population.records.iter().filter(within).collect();
    if records.is_empty() {
        return None;
    }
    let wanted = size(records.len());
    let mut reasons: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    let mut strata: BTreeMap<String, usize> = BTreeMap::new();
    for (index, record) in records.iter().enumerate() {
        for stratum in &record.strata {
            *strata.entry(stratum.clone()).or_default() += 1;
            reasons.entry(index).or_default().push(format!("taken whole: {stratum}"));
        }
    }
    let mut by_hash: Vec<usize> = (0..records.len()).collect();
    by_hash.sort_by_key(|index| key(seed, &population.kind, &records[*index].id));
    let always = if wanted < records.len() {
        for (index, reason) in for_their_place(&records, &by_hash, period) {
            reasons.entry(index).or_default().push(reason);
        }
        reasons.len()
    } else {
        by_hash.iter().for_each(|index| reasons.entry(*index).or_default().push("all are looked at".to_owned()));
        strata.values().sum::<usize>().min(records.len())
    };
    for index in by_hash {
        if reasons.len() >= wanted {
            break;
        }
        reasons.entry(index).or_insert_with(|| vec!["drawn by hash".to_owned()]);
    }
    let drawn = reasons.into_iter().map(|(index, reasons)| Drawn { record: records[index].clone(), reason: reasons.join("; ") }).collect();
    Some(Lot {
        kind: population.kind.clone(),
        population: records.len(),
        undated: population.records.iter().filter(|record| record.day.is_none()).count(),
        wanted,
        strata: strata.into_iter().collect(),
        always,
        drawn,
    })
}

/// The record that is or was open the longest, and one near each end of the period.
fn for_their_place(records: &[&RecordFacts], by_hash: &[usize], period: (Date, Date)) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let days = |from: Date, to: Date| {
        from.until(to).ok().and_then(|span| span.round(SpanRound::new().largest(Unit::Day).days_are_24_hours()).ok()).map_or(0, |span| span.get_days())
    };
    let open_for = |record: &RecordFacts| {
        let end = if record.open { Some(period.1) } else { record.closed };
        record.day.zip(end).map(|(day, end)| days(day, end)).filter(|days| *days > 0)
    };
    let longest = by_hash.iter().filter_map(|index| Some((open_for(records[*index])?, *index))).max_by_key(|(days, index)| (*days, std::cmp::Reverse(*index)));
    if let Some((days, index)) = longest {
        let words = if records[index].open { format!("open the longest, for {days} days") } else { format!("was open the longest, for {days} days") };
        found.push((index, words));
    }
    // Which of those near an end is left to the hash, so that a newcomer does not always take the place.
    let near = |end: &dyn Fn(Date) -> i32| by_hash.iter().copied().find(|index| records[*index].day.is_some_and(|day| end(day) < NEAR_DAYS));
    let first = near(&|day| days(period.0, day)).unwrap_or(0);
    let last = near(&|day| days(day, period.1)).unwrap_or(records.len() - 1);
    found.push((first, "near the beginning of the period".to_owned()));
    found.push((last, "near the end of the period".to_owned()));
    found
}

fn key(seed: &str, kind: &str, id: &str) -> [u8; 32] {
    let mut hash = Sha256::new();
    for part in [seed, kind, id] {
        hash.update(part.as_bytes());
        hash.update([0]);
    }
    hash.finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::ToSpan;

    fn population(number: usize) -> Population {
        let begin = jiff::civil::date(2026, 1, 1);
        let record = |index: usize| RecordFacts {
            day: begin.checked_add(i32::try_from(index * 3).unwrap_or_default().days()).ok(),
            path: "incidents.csv".to_owned(),
            line: u32::try_from(index + 2).unwrap_or_default(),
            end_line: u32::try_from(index + 2).unwrap_or_default(),
            id: format!("INC-{index:04}"),
            title: None,
            closed: None,
            open: false,
            strata: if index % 40 == 7 { vec!["major".to_owned()] } else { Vec::new() },
            commit: None,
        };
        Population { kind: "incident-record".to_owned(), records: (0..number).map(record).collect() }
    }

    fn ids(population: &Population, seed: &str) -> BTreeSet<String> {
        let period = (jiff::civil::date(2026, 1, 1), jiff::civil::date(2026, 12, 31));
        draw(population, period, seed).unwrap().drawn.into_iter().map(|drawn| drawn.record.id).collect()
    }

    #[test]
    fn the_size_follows_the_rule() {
        assert_eq!([0, 1, 10, 11, 100, 101, 400, 899, 901, 40_000].map(size), [0, 1, 10, 10, 10, 11, 20, 30, 30, 30]);
    }

    #[test]
    fn one_more_record_moves_at_most_one_and_another_seed_moves_many() {
        for number in 11..110 {
            let (before, after) = (ids(&population(number), "2026-10-15"), ids(&population(number + 1), "2026-10-15"));
            assert!(before.difference(&after).count() <= 1, "{number}: {before:?} {after:?}");
        }
        let (one, other) = (ids(&population(100), "a"), ids(&population(100), "b"));
        assert!(one.difference(&other).count() > 2);
        assert!(one.contains("INC-0007") && one.contains("INC-0047") && one.contains("INC-0087"), "{one:?}");
    }

    #[test]
    fn strata_go_beyond_the_size() {
        let mut many = population(100);
        many.records.iter_mut().take(25).for_each(|record| record.strata = vec!["emergency".to_owned()]);
        let period = (jiff::civil::date(2026, 1, 1), jiff::civil::date(2026, 12, 31));
        let lot = draw(&many, period, "x").unwrap();
        assert_eq!(lot.wanted, 10);
        assert!(lot.drawn.len() >= 25 && lot.always > lot.wanted);
    }
}
