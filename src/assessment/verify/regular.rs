//! Records come at the organization's own interval.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::Date;

use super::super::finding::FindingPlace;
use super::super::inventory::Inventory;
use super::super::outcome::{Breach, Confidence, Fault, Outcome, Status};
use super::super::promises::StatedInterval;
use super::super::records::{RecordRef, members_of};
use super::super::references::same_thing;
use super::super::sequence;
use super::super::wording::Fact;
use super::exists::exists;
use crate::framework::{BuiltIn, Given, Grade};
use crate::vocabulary::{Interval, Period, plain};

/// What certification bodies are used to where an organization states nothing. Not in the standard.
const FALLBACK: Interval = Interval::Days(365);

/// The latest record is not older than the interval; for each value of `per`, where one is given.
pub(super) fn regular(inventory: &Inventory<'_>, kind: &str, per: Option<&str>, for_each: Option<&Given>) -> Outcome {
    let holding = inventory.holding(kind);
    if holding.records.is_empty() {
        return never(inventory, kind);
    }
    // Where the standard asks for no interval, only one that the organization states is judged.
    let is_asked = inventory.kind(kind).is_some_and(|kind| kind.interval.is_some());
    if !is_asked && !inventory.intervals.contains_key(kind) {
        return exists(inventory, kind);
    }
    let title = inventory.kind(kind).map_or(kind, |kind| kind.title.as_str()).to_owned();
    let stated = inventory.intervals.get(kind);
    let interval = stated.map_or(FALLBACK, |stated| stated.interval);
    // A promise in a document that nobody has confirmed is no ground for a fault.
    let promise_is_sure = stated.is_none_or(|stated| super::is_sure(stated.provenance));
    let mut outcome = Outcome::new(Status::Judged);
    let place = place_of_interval(inventory, kind);
    if stated.is_none() && holding.records.iter().all(|record| super::is_sure(record.provenance)) {
        let fact = Fact::NoInterval { title: title.clone(), fallback: "365 days".to_owned() };
        outcome.faults.push(interval_fault(BuiltIn::NoInterval, kind, String::new(), place.clone(), fact, None));
    }
    // Reports follow the period that they are about; a test, an audit or a review is held on its day.
    let has_period = inventory.kind(kind).is_some_and(|kind| kind.field("period").is_some());
    let groups = groups_of_each(inventory, groups(inventory, &holding.records, per), for_each);
    let number = groups.len();
    for (of, records) in groups {
        // What does not say for what it is, is incomplete, and told as such.
        if of.is_none() && per.is_some() && number > 1 {
            continue;
        }
        if of.as_ref().zip(per).is_some_and(|(of, per)| is_ended(inventory, kind, per, of)) {
            continue;
        }
        let latest = records
            .iter()
            .filter_map(|record| Some((day_of(inventory, record)?, *record)))
            .filter(|(day, _)| *day <= inventory.as_of.0)
            .max_by_key(|(day, _)| *day);
        let sure = promise_is_sure && records.iter().all(|record| super::is_sure(record.provenance));
        if sure && stated.is_some() {
            outcome.faults.extend(holes(inventory, &records, interval, &title, of.as_deref(), kind, has_period));
        }
        let allowed = if has_period { grace(interval) } else { 0 };
        let due = latest.map(|(day, _)| interval.after(day).saturating_add(allowed.days()));
        match (latest, due) {
            (Some((_, record)), Some(due)) if due >= inventory.as_of.0 => {
                outcome.cite(inventory, &record.document.path, record.first_line().line.max(1), kind, record.provenance);
            }
            (latest, _) => {
                // One that is dated in the future is told as such, and stands for the one that is missed.
                let is_ahead = records.iter().any(|record| day_of(inventory, record).is_some_and(|day| day > inventory.as_of.0));
                if !sure || is_ahead {
                    continue;
                }
                let fact = Fact::IntervalMissed {
                    title: title.clone(),
                    last: latest.map(|(day, _)| day.to_string()),
                    of: of.clone(),
                    interval: interval.to_string(),
                    source: stated.and_then(StatedInterval::in_their_words).map(StatedInterval::source),
                    due: latest.map_or_else(|| inventory.as_of.to_string(), |(day, _)| interval.after(day).to_string()),
                    fallback: stated.is_none(),
                };
                let at = latest.map(|(_, record)| record.place(inventory, record.kind.dated_by.as_deref().unwrap_or("date"))).unwrap_or_else(|| place.clone());
                let grade = stated.is_none().then_some(Grade::Observation);
                let mut missed = interval_fault(BuiltIn::IntervalMissed, kind, of.unwrap_or_default(), at, fact, grade);
                // A promise read from a sentence is as sure as any other match of words.
                if stated.is_some_and(|stated| stated.sentence.is_some()) {
                    missed.confidence = Confidence::Low;
                }
                missed.about.extend(latest.map(|(_, record)| sequence::after(&record.id(inventory))));
                outcome.faults.push(missed);
            }
        }
    }
    outcome.faults = together(outcome.faults, number);
    outcome
}

/// Where the same is missing for every one of several things, that is one fault and not one for each.
fn together(faults: Vec<Fault>, number: usize) -> Vec<Fault> {
    let alike = |fault: &Fault| {
        let mut fact = fault.fact.clone();
        if let Fact::IntervalMissed { of, .. } | Fact::PeriodMissing { of, .. } = &mut fact {
            of.take();
        }
        (fact.words().0, fault.check())
    };
    let mut counts: BTreeMap<(String, Option<BuiltIn>), usize> = BTreeMap::new();
    faults.iter().for_each(|fault| *counts.entry(alike(fault)).or_default() += 1);
    let mut told: Vec<(String, Option<BuiltIn>)> = Vec::new();
    let mut result = Vec::new();
    for mut fault in faults {
        let key = alike(&fault);
        if number > 1 && counts.get(&key) == Some(&number) {
            if told.contains(&key) {
                continue;
            }
            told.push(key);
            if let Fact::IntervalMissed { of, .. } | Fact::PeriodMissing { of, .. } = &mut fault.fact {
                of.take();
            }
        }
        result.push(fault);
    }
    result
}

/// Stretches between one record and the next that are longer than the interval, each with the periods that are missing.
/// What lies longer back than a programme or a year is history.
fn holes(inventory: &Inventory<'_>, records: &[&RecordRef<'_>], interval: Interval, title: &str, of: Option<&str>, kind: &str, has_period: bool) -> Vec<Fault> {
    let back = i64::from((interval.approximate_days() * 2).max(400));
    let since = inventory.as_of.0.saturating_sub(back.days());
    let mut stretches: Vec<(Date, Date, &RecordRef<'_>)> = records
        .iter()
        .filter_map(|record| {
            let period = record.text(inventory, "period").and_then(Period::parse);
            let day = day_of(inventory, record).filter(|day| *day <= inventory.as_of.0)?;
            Some(period.map_or((day, day, *record), |period| (period.first, period.last, *record)))
        })
        .collect();
    stretches.sort_by_key(|(first, last, _)| (*first, *last));
    // Where each record says which period it is about, nothing is left to tolerance.
    let by_period = records.iter().all(|record| record.text(inventory, "period").and_then(Period::parse).is_some());
    let usual = usual_distance(&stretches);
    let mut faults = Vec::new();
    let Some((mut reached, mut before)) = stretches.first().map(|stretch| (stretch.1, stretch.2)) else { return faults };
    for (first, last, record) in stretches.into_iter().skip(1) {
        let missed = if by_period {
            let hole = first.since(reached).map_or(0, |span| span.get_days()) - 1;
            hole * 10 > interval.approximate_days() * 6
        } else {
            first > interval.after(reached).saturating_add(if has_period { grace(interval) } else { 0 }.days())
        };
        // A rhythm that was always slower than today's interval accuses nobody: the interval is younger than the records.
        let usual = usual.unwrap_or_else(|| interval.approximate_days());
        let stands_out = by_period || Some(usual).is_some_and(|usual| first.since(reached).map_or(0, |span| span.get_days()) * 2 > usual * 3);
        if missed && first > since && stands_out {
            let fact = Fact::PeriodMissing {
                title: title.to_owned(),
                of: of.map(str::to_owned),
                periods: if by_period { Period::names_between(reached, first, interval) } else { Vec::new() },
                before: reached.to_string(),
                after: first.to_string(),
                interval: interval.to_string(),
            };
            let place = record.place(inventory, if by_period { "period" } else { record.kind.dated_by.as_deref().unwrap_or("date") });
            let missed = interval_fault(BuiltIn::IntervalMissed, kind, format!("{} {reached}", of.unwrap_or_default()), place, fact, None);
            faults.push(Fault { about: vec![sequence::after(&before.id(inventory))], ..missed });
        }
        if last >= reached {
            (reached, before) = (last, record);
        }
    }
    faults
}

/// Nothing is there at all: what the organization promised at an interval has never been done.
fn never(inventory: &Inventory<'_>, kind: &str) -> Outcome {
    let mut outcome = exists(inventory, kind);
    let is_demanded = inventory.kind(kind).is_some_and(|kind| kind.demanded.is_some());
    let promised = inventory.intervals.get(kind).filter(|stated| stated.sentence.is_none());
    if let (Status::Absent(_), Some(stated), false) = (&outcome.status, promised, is_demanded || inventory.is_external(kind)) {
        let fact = Fact::IntervalMissed {
            title: inventory.kind(kind).map_or(kind, |kind| kind.title.as_str()).to_owned(),
            last: None,
            of: None,
            interval: stated.interval.to_string(),
            source: stated.in_their_words().map(StatedInterval::source),
            due: inventory.as_of.to_string(),
            fallback: false,
        };
        let missed = interval_fault(BuiltIn::IntervalMissed, kind, String::new(), place_of_interval(inventory, kind), fact, None);
        outcome.faults.push(Fault { missing_kind: Some(kind.to_owned()), ..missed });
    }
    outcome
}

/// Groups as records name them.
type ByName<'all, 'run> = BTreeMap<Option<String>, Vec<&'all RecordRef<'run>>>;

/// The groups of what an interval holds for: those that records of a register ask for, also where nothing names them yet.
fn groups_of_each<'all, 'run>(inventory: &Inventory<'run>, groups: ByName<'all, 'run>, for_each: Option<&Given>) -> ByName<'all, 'run> {
    let Some(given) = for_each else { return groups };
    // Where the register is not there, nobody can tell for what it holds; it holds for all of it together.
    if inventory.holding(&given.kind).records.is_empty() {
        return ByName::from([(None, groups.into_values().flatten().collect())]);
    }
    let mut wanted = ByName::new();
    for record in inventory.holding(&given.kind).records.iter().filter(|record| record.passes(inventory, &given.filter)) {
        let Some(id) = record.own_id(inventory) else { continue };
        let names: Vec<String> =
            ["name", "party", "title"].iter().filter_map(|field| record.text(inventory, field)).map(str::to_owned).chain([id.clone()]).collect();
        let named = groups.iter().filter(|(of, _)| of.as_ref().is_some_and(|of| names.iter().any(|name| same_thing(name, of))));
        let records: Vec<&RecordRef<'run>> = named.flat_map(|(_, records)| records.iter().copied()).collect();
        // What no record names at all is a matter of its own.
        if !records.is_empty() {
            wanted.insert(Some(id), records);
        }
    }
    // Where no record says what it is about, they are about all of it.
    if wanted.is_empty() { groups } else { wanted }
}

/// Whether what a field names is there no more: a service that was retired, a party whose contract ended.
fn is_ended(inventory: &Inventory<'_>, kind: &str, per: &str, of: &str) -> bool {
    const ENDED: [&str; 9] = ["retired", "ended", "terminated", "withdrawn", "removed", "closed", "expired", "decommissioned", "inactive"];
    let Some(there) = inventory.kind(kind).and_then(|kind| kind.field(per)).and_then(|field| field.of.as_deref()) else { return false };
    let named = |record: &&RecordRef<'_>| {
        let names = ["name", "party", "title"].iter().filter_map(|field| record.text(inventory, field)).map(str::to_owned);
        record.own_id(inventory).into_iter().chain(names).any(|name| same_thing(&name, of))
    };
    let found = inventory.holding(there).records.iter().find(named);
    found.and_then(|record| record.text(inventory, "status")).is_some_and(|status| ENDED.contains(&plain(status).as_str()))
}

/// The middle distance between one record and the next, in days; none for fewer than three distances.
fn usual_distance(stretches: &[(Date, Date, &RecordRef<'_>)]) -> Option<i32> {
    let mut distances: Vec<i32> = stretches.windows(2).filter_map(|pair| pair[1].0.since(pair[0].1).ok()).map(|span| span.get_days()).collect();
    distances.sort_unstable();
    (distances.len() >= 3).then(|| distances[distances.len() / 2])
}

/// Reports follow the period that they are about: a sixth of the interval, at most a month, is no delay.
fn grace(interval: Interval) -> i32 {
    (interval.approximate_days() / 6).min(31)
}

/// The day that counts for the interval: the record's date, or the end of its period where it has no date.
pub(in super::super) fn day_of(inventory: &Inventory<'_>, record: &RecordRef<'_>) -> Option<Date> {
    let dated = record.kind.dated_by.as_deref().and_then(|field| record.day(inventory, field));
    dated.or_else(|| record.text(inventory, "period").and_then(Period::parse).map(|period| period.last))
}

/// From when to when records are: a period counts from its first day to its last.
pub(in super::super) fn span_of<'all, 'run: 'all>(
    inventory: &Inventory<'run>,
    records: impl Iterator<Item = &'all RecordRef<'run>> + Clone,
) -> Option<(Date, Date)> {
    let begins = |record: &'all RecordRef<'run>| {
        let dated = record.kind.dated_by.as_deref().and_then(|field| record.day(inventory, field));
        dated.or_else(|| record.text(inventory, "period").and_then(Period::parse).map(|period| period.first))
    };
    let first = records.clone().filter_map(begins).min()?;
    let last = records.filter_map(|record| day_of(inventory, record)).max()?;
    Some((first, last))
}

fn groups<'all, 'run>(
    inventory: &Inventory<'run>,
    records: &'all [RecordRef<'run>],
    per: Option<&str>,
) -> BTreeMap<Option<String>, Vec<&'all RecordRef<'run>>> {
    let mut groups: BTreeMap<Option<String>, Vec<&RecordRef<'_>>> = BTreeMap::new();
    for record in records {
        let values = per.and_then(|field| record.filled(inventory, field)).map(|field| members_of(&field.value)).unwrap_or_default();
        if values.is_empty() {
            groups.entry(None).or_default().push(record);
        }
        for (value, _) in values {
            groups.entry(Some(value)).or_default().push(record);
        }
    }
    groups
}

fn place_of_interval(inventory: &Inventory<'_>, kind: &str) -> FindingPlace {
    let settings = inventory.settings;
    let newest = inventory.holding(kind).documents.last().map(|reference| reference.document.path.to_string());
    match inventory.intervals.get(kind).map(|stated| stated.in_their_words().unwrap_or(stated)) {
        Some(StatedInterval { path, at, .. }) if !path.is_empty() => {
            FindingPlace { path: path.clone(), line: at.line, column: at.column, end_line: at.end_line, end_column: at.end_column }
        }
        _ => FindingPlace { path: newest.or_else(|| settings.path.clone()).unwrap_or_default(), line: 1, column: 1, end_line: 1, end_column: 1 },
    }
}

fn interval_fault(check: BuiltIn, kind: &str, target: String, place: FindingPlace, fact: Fact, grade: Option<Grade>) -> Fault {
    // What it is missing for may be missing elsewhere too.
    let about = crate::vocabulary::slug(target.split(' ').next().unwrap_or_default());
    let missing = if about.is_empty() { Vec::new() } else { vec![about] };
    Fault { grade, missing, ..Fault::new(Breach::Check(check), kind, target, place, fact) }
}
