//! Dates in order, in time, not in the past, not in the future.

use jiff::ToSpan;

use super::{Judge, NOTHING, Outcome, Status, Verdict};
use crate::assessment::inventory::Inventory;
use crate::assessment::wording::Fact;
use crate::framework::{AfterPeriod, Rule};
use crate::vocabulary::Period;

/// Dates, where present, stand in this order.
pub(super) fn ordered(judge: &Judge<'_, '_>, fields: &[String]) -> Outcome {
    judge.each(|record| {
        let dated: Vec<_> = fields.iter().filter_map(|field| Some((field, record.day(judge.inventory, field)?))).collect();
        if dated.len() < 2 {
            return Verdict::Nothing;
        }
        // On one day the time decides, where both are written with one.
        let time = |field: &str| record.text(judge.inventory, field).and_then(time_of);
        let reversed = dated.windows(2).find(|pair| {
            let same_day = pair[0].1 == pair[1].1;
            pair[0].1 > pair[1].1 || same_day && time(pair[0].0).zip(time(pair[1].0)).is_some_and(|(first, then)| first > then)
        });
        let written = |field: &str| record.text(judge.inventory, field).unwrap_or_default().to_owned();
        match reversed {
            Some(pair) => Verdict::contradicts(
                pair[1].0.as_str(),
                Fact::OutOfOrder {
                    record: record.id(judge.inventory),
                    first: pair[0].0.clone(),
                    first_date: written(pair[0].0),
                    then: pair[1].0.clone(),
                    then_date: written(pair[1].0),
                },
            ),
            None => Verdict::Holds,
        }
    })
}

/// The time of day that follows a date, in minutes; none where a zone is told, which the day has settled already.
fn time_of(text: &str) -> Option<u32> {
    let colon = text.find(':')?;
    let hour: u32 = text[..colon].rsplit(|character: char| !character.is_ascii_digit()).next()?.parse().ok()?;
    let rest = &text[colon + 1..];
    let minute: u32 = rest.get(..2)?.parse().ok()?;
    let has_zone = rest.contains(['+', '-', 'Z', 'z']) || rest.to_lowercase().contains('m');
    (hour < 24 && minute < 60 && !has_zone).then_some(hour * 60 + minute)
}

/// The second date is at most so many days after the first; while it is missing, today counts.
pub(super) fn within_days(judge: &Judge<'_, '_>, from: &str, to: &str, days: u32) -> Outcome {
    judge.each(|record| {
        let Some(start) = record.day(judge.inventory, from) else { return Verdict::Nothing };
        let end = record.day(judge.inventory, to);
        let limit = start.saturating_add(i64::from(days).days());
        if end.unwrap_or(judge.inventory.as_of.0) <= limit {
            return Verdict::Holds;
        }
        Verdict::breaks(
            if end.is_some() { to } else { from },
            Fact::TooLate { record: record.id(judge.inventory), from: from.to_owned(), to: to.to_owned(), days, found: end.map(|end| end.to_string()) },
        )
    })
}

/// A date is not before the day of the assessment.
pub(super) fn not_overdue(judge: &Judge<'_, '_>, field: &str) -> Outcome {
    judge.each(|record| match record.day(judge.inventory, field) {
        None => Verdict::Nothing,
        Some(day) if day >= judge.inventory.as_of.0 => Verdict::Holds,
        // Being late is a lapse; the rule says so where a date past means that nothing holds any more.
        Some(day) => Verdict::breaks(
            field,
            Fact::Overdue {
                record: record.id(judge.inventory),
                field: field.to_owned(),
                date: day.to_string(),
                as_of: judge.inventory.as_of.to_string(),
                fault: judge.fault_words(),
            },
        ),
    })
}

/// A date is not after the day of the assessment.
pub(super) fn not_future(judge: &Judge<'_, '_>, field: &str) -> Outcome {
    judge.each(|record| match record.day(judge.inventory, field) {
        None => Verdict::Nothing,
        Some(day) if day <= judge.inventory.as_of.0 => Verdict::Holds,
        Some(day) => Verdict::contradicts(
            field,
            Fact::InFuture { record: record.id(judge.inventory), field: field.to_owned(), date: day.to_string(), as_of: judge.inventory.as_of.to_string() },
        ),
    })
}

/// A record is not dated before the end of the period that it is about.
pub(super) fn after_period(inventory: &Inventory<'_>, rule: &Rule, relation: &AfterPeriod) -> Outcome {
    let mut outcome = Outcome::new(Status::NothingToJudge);
    for kind in relation.kinds.iter().filter(|kind| !inventory.holding(kind).records.is_empty()) {
        let judge = Judge::new(inventory, rule, kind, &NOTHING, &NOTHING);
        let mut found = judge.each(|record| {
            let period = record.text(inventory, "period").and_then(Period::parse);
            let (Some(period), Some(day)) = (period, record.day(inventory, &relation.date)) else { return Verdict::Nothing };
            // While the period runs, a report on it is an interim one.
            if period.last >= inventory.as_of.0 {
                return Verdict::Nothing;
            }
            if day.saturating_add(i64::from(relation.days).days()) >= period.last {
                return Verdict::Holds;
            }
            Verdict::breaks(relation.date.as_str(), judge.broken(record, format!("dated {day}; the period ends on {}", period.last)))
        });
        found.faults.iter_mut().for_each(|fault| fault.blames = vec![kind.clone()]);
        // Faults are told for their own kind; evidence of one kind is none for a requirement about another.
        outcome.faults.extend(found.faults);
    }
    if !outcome.faults.is_empty() {
        outcome.status = Status::Judged;
    }
    outcome
}
