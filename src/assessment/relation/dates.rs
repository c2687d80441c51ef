//! Dates in order, in time, not in the past, not in the future.

use jiff::ToSpan;

use super::{Judge, Outcome, Verdict};
use crate::assessment::wording::Fact;

/// Dates, where present, stand in this order.
pub(super) fn ordered(judge: &Judge<'_, '_>, fields: &[String]) -> Outcome {
    judge.each(|record| {
        let dated: Vec<_> = fields.iter().filter_map(|field| Some((field, record.day(judge.inventory, field)?))).collect();
        if dated.len() < 2 {
            return Verdict::Nothing;
        }
        let reversed = dated.windows(2).find(|pair| pair[0].1 > pair[1].1);
        match reversed {
            Some(pair) => Verdict::contradicts(
                pair[1].0.as_str(),
                Fact::OutOfOrder {
                    record: record.id(judge.inventory),
                    first: pair[0].0.clone(),
                    first_date: pair[0].1.to_string(),
                    then: pair[1].0.clone(),
                    then_date: pair[1].1.to_string(),
                },
            ),
            None => Verdict::Holds,
        }
    })
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
