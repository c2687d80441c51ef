//! Samples of records: judgement-based, by rules of thumb, and the same for everybody who draws with the same seed.
//!
//! All of up to ten records; of more, ten or the square root, at most thirty. What matters most is taken whole, records
//! with an open finding of this review among it; a fault that very many share is shown by one of them. Then come one of each service, team and month as far as the size allows.
//! The rest is drawn by a hash of seed and record, so that one more record does not reshuffle the sample.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use jiff::{SpanRound, Unit};
use sha2::{Digest, Sha256};

use super::population::{Population, RecordFacts};
use crate::vocabulary::{count, plain};

/// Why a record is drawn where none is left out.
pub const ALL_OF_SAMPLE: &str = "all are looked at";

/// So many records are all looked at.
const ALL: usize = 10;
/// More are never wanted, whatever the number of records.
const MOST: usize = 30;
/// The title of months.
const MONTH: &str = "month";

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
    /// Records of the period with an open finding of this review.
    pub with_findings: usize,
    /// So many records at most share a fault for which each is taken; for a fault of more, one record stands. None where no
    /// fault has more.
    pub shared_by_more_than: Option<usize>,
    /// Records that are taken whatever the size: with findings, of strata, for their place in the period.
    pub always: usize,
    /// Of what there is one of each as far as the size allows: title, how many in the sample, how many in the period.
    pub spread: Vec<(String, usize, usize)>,
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

/// The number of records to look at out of so many.
fn size(population: usize) -> usize {
    let root = (1..=MOST).find(|root| root * root >= population).unwrap_or(MOST);
    if population <= ALL { population } else { root.max(ALL) }
}

/// Draws the sample of a kind from its records of the period; none where there are none. `findings` tells the rules of
/// the open findings of this review that lie in a record.
pub fn draw(population: &Population, period: (Date, Date), seed: &str, findings: &dyn Fn(&RecordFacts) -> Vec<String>) -> Option<Lot> {
    let records: Vec<&RecordFacts> = population.records.iter().filter(|record| record.counts_in(period)).collect();
    if records.is_empty() {
        return None;
    }
    let wanted = size(records.len());
    let mut reasons: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    let mut strata: BTreeMap<String, usize> = BTreeMap::new();
    let mut by_hash: Vec<usize> = (0..records.len()).collect();
    by_hash.sort_by_key(|index| key(seed, &population.kind, &records[*index].id));
    let found: Vec<Vec<String>> = records.iter().map(|record| findings(record)).collect();
    let for_findings = with_findings(&found, &by_hash);
    for (index, record) in records.iter().enumerate() {
        if for_findings.contains(&index) {
            reasons.entry(index).or_default().push(format!("{} of this review", count(found[index].len(), "open finding", "open findings")));
        }
        for stratum in &record.strata {
            *strata.entry(stratum.clone()).or_default() += 1;
            reasons.entry(index).or_default().push(format!("taken whole: {stratum}"));
        }
    }
    let groups: Vec<Vec<(String, String)>> = records.iter().map(|record| groups(record, period)).collect();
    let mut always = reasons.len();
    if wanted < records.len() {
        for (index, reason) in for_their_place(&records, &by_hash, period) {
            reasons.entry(index).or_default().push(reason);
        }
        always = reasons.len();
        one_of_each(&groups, &by_hash, wanted, &mut reasons);
    } else {
        by_hash.iter().for_each(|index| {
            reasons.entry(*index).or_insert_with(|| vec![ALL_OF_SAMPLE.to_owned()]);
        });
    }
    for index in by_hash {
        if reasons.len() >= wanted {
            break;
        }
        reasons.entry(index).or_insert_with(|| vec!["drawn by hash".to_owned()]);
    }
    let spread = spread(&groups, &reasons);
    let drawn = reasons.into_iter().map(|(index, reasons)| Drawn { record: records[index].clone(), reason: reasons.join("; ") }).collect();
    Some(Lot {
        kind: population.kind.clone(),
        population: records.len(),
        undated: population.records.iter().filter(|record| record.days.is_empty()).count(),
        wanted,
        strata: strata.into_iter().collect(),
        with_findings: found.iter().filter(|rules| !rules.is_empty()).count(),
        shared_by_more_than: (0..found.len()).any(|index| !found[index].is_empty() && !for_findings.contains(&index)).then_some(MOST),
        always,
        spread,
        drawn,
    })
}

/// The records that are taken for their findings: all with a fault that no more than the largest sample share. What more
/// than these share is a fault of the whole, and looking at each would tell no more; the one of the lowest hash stands for it.
fn with_findings(found: &[Vec<String>], by_hash: &[usize]) -> BTreeSet<usize> {
    let mut of_rule: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for index in by_hash {
        let rules: BTreeSet<&str> = found[*index].iter().map(String::as_str).collect();
        rules.into_iter().for_each(|rule| of_rule.entry(rule).or_default().push(*index));
    }
    of_rule.into_values().flat_map(|indices| if indices.len() > MOST { indices[..1].to_vec() } else { indices }).collect()
}

/// What a record stands for: its service, its team, and the month of its first day in the period.
fn groups(record: &RecordFacts, period: (Date, Date)) -> Vec<(String, String)> {
    let month = record.first_in(period).map(|day| (MONTH.to_owned(), format!("{:04}-{:02}", day.year(), day.month())));
    record.spread.iter().cloned().chain(month).collect()
}

/// The titles of the groups, months last.
fn titles(groups: &[Vec<(String, String)>]) -> Vec<String> {
    let mut titles: Vec<String> = Vec::new();
    for (title, _) in groups.iter().flatten().filter(|(title, _)| title != MONTH) {
        if !titles.contains(title) {
            titles.push(title.clone());
        }
    }
    titles.sort_unstable();
    titles.into_iter().chain([MONTH.to_owned()]).collect()
}

/// The values of one title that some records have, as they are compared.
fn values<'all>(groups: &'all [Vec<(String, String)>], title: &'all str) -> impl Fn(usize) -> Vec<(String, &'all str)> {
    move |index| groups[index].iter().filter(|(own, _)| own == title).map(|(_, value)| (plain(value), value.as_str())).collect()
}

/// One record of each value that no record of the sample has yet, as long as there is room. The lowest hash takes the place.
fn one_of_each(groups: &[Vec<(String, String)>], by_hash: &[usize], wanted: usize, reasons: &mut BTreeMap<usize, Vec<String>>) {
    for title in titles(groups) {
        let values = values(groups, &title);
        let mut held: BTreeSet<String> = reasons.keys().flat_map(|index| values(*index)).map(|(value, _)| value).collect();
        for index in by_hash {
            if reasons.len() >= wanted {
                return;
            }
            if let Some((_, shown)) = values(*index).into_iter().find(|(value, _)| !held.contains(value)) {
                reasons.entry(*index).or_default().push(format!("one of each {title}: {shown}"));
                held.extend(values(*index).into_iter().map(|(value, _)| value));
            }
        }
    }
}

/// Of each title: how many values the sample has, and how many the records of the period have.
fn spread(groups: &[Vec<(String, String)>], reasons: &BTreeMap<usize, Vec<String>>) -> Vec<(String, usize, usize)> {
    let of_title = |title: String| {
        let values = values(groups, &title);
        let number = |indices: &mut dyn Iterator<Item = usize>| indices.flat_map(&values).map(|(value, _)| value).collect::<BTreeSet<_>>().len();
        let (drawn, all) = (number(&mut reasons.keys().copied()), number(&mut (0..groups.len())));
        (all > 0).then_some((drawn, all)).map(|(drawn, all)| (title.clone(), drawn, all))
    };
    titles(groups).into_iter().filter_map(of_title).collect()
}

/// The record that is or was open the longest, and the first and the last of the period.
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
    // By the day on which it was begun, where that lies in the period. Of several of one day the hash decides.
    let begun = |index: usize| records[index].day.filter(|day| *day >= period.0 && *day <= period.1).or_else(|| records[index].first_in(period));
    let dated = || by_hash.iter().enumerate().filter_map(|(place, index)| Some((begun(*index)?, place, *index)));
    let (first, last) = (dated().min(), dated().max_by_key(|(day, place, _)| (*day, std::cmp::Reverse(*place))));
    found.extend(first.map(|(_, _, index)| (index, "the first of the period".to_owned())));
    found.extend(last.map(|(_, _, index)| (index, "the last of the period".to_owned())));
    found
}

/// What puts records in an order that nobody chose and everybody can repeat.
pub(super) fn key(seed: &str, kind: &str, id: &str) -> [u8; 32] {
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
            days: begin.checked_add(i32::try_from(index * 3).unwrap_or_default().days()).into_iter().collect(),
            closed: None,
            open: false,
            said_open: false,
            alone: false,
            asked: None,
            process: None,
            spread: vec![("service".to_owned(), format!("service {}", index % 4))],
            strata: if index % 40 == 7 { vec!["major".to_owned()] } else { Vec::new() },
            commit: None,
        };
        Population { kind: "incident-record".to_owned(), records: (0..number).map(record).collect() }
    }

    fn ids(population: &Population, seed: &str) -> BTreeSet<String> {
        let period = (jiff::civil::date(2026, 1, 1), jiff::civil::date(2026, 12, 31));
        draw(population, period, seed, &|_| Vec::new()).unwrap().drawn.into_iter().map(|drawn| drawn.record.id).collect()
    }

    #[test]
    fn the_size_follows_the_rule() {
        assert_eq!([0, 1, 10, 11, 100, 101, 400, 899, 901, 40_000].map(size), [0, 1, 10, 10, 10, 11, 20, 30, 30, 30]);
    }

    #[test]
    fn one_more_record_moves_few_and_another_seed_moves_many() {
        let mut moved = Vec::new();
        for number in 11..110 {
            let (before, after) = (ids(&population(number), "2026-10-15"), ids(&population(number + 1), "2026-10-15"));
            moved.push(before.difference(&after).count());
        }
        // Each newcomer here is the last of the period. It takes that place, and at times that for its service or month.
        assert!(moved.iter().all(|number| *number <= 3), "{moved:?}");
        assert!(moved.iter().filter(|number| **number > 2).count() * 20 < moved.len(), "{moved:?}");
        let (one, other) = (ids(&population(100), "a"), ids(&population(100), "b"));
        assert!(one.difference(&other).count() > 2);
        assert!(one.contains("INC-0007") && one.contains("INC-0047") && one.contains("INC-0087"), "{one:?}");
    }

    #[test]
    fn strata_go_beyond_the_size() {
        let mut many = population(100);
        many.records.iter_mut().take(25).for_each(|record| record.strata = vec!["emergency".to_owned()]);
        let period = (jiff::civil::date(2026, 1, 1), jiff::civil::date(2026, 12, 31));
        let lot = draw(&many, period, "x", &|_| Vec::new()).unwrap();
        assert_eq!(lot.wanted, 10);
        assert!(lot.drawn.len() >= 25 && lot.always > lot.wanted);
    }
}
