//! Planned intervals and the periods of reports.

use std::fmt;

use jiff::ToSpan;
use jiff::civil::Date;

use super::text::{count, plain};

/// A planned interval as an organization states it: months or days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Interval {
    /// Calendar months; a year is twelve.
    Months(i32),
    /// Days; a week is seven.
    Days(i32),
}

impl Interval {
    /// Reads `12 months`, `1 year`, `90 days`, `quarterly`, `every six months`, `P6M`.
    pub fn parse(text: &str) -> Option<Self> {
        let text = plain(text);
        if let Some(iso) = text.strip_prefix('p').filter(|rest| rest.starts_with(|first: char| first.is_ascii_digit())) {
            let (number, unit) = iso.split_at(iso.find(|other: char| !other.is_ascii_digit()).unwrap_or(iso.len()));
            return Self::of(number.parse().ok()?, unit);
        }
        let single = match text.as_str() {
            "daily" => Some(Self::Days(1)),
            "weekly" => Some(Self::Days(7)),
            "fortnightly" | "biweekly" => Some(Self::Days(14)),
            "monthly" => Some(Self::Months(1)),
            "quarterly" => Some(Self::Months(3)),
            "half yearly" | "halfyearly" | "semi annually" | "semiannually" | "semi annual" | "biannual" | "twice a year" => Some(Self::Months(6)),
            "yearly" | "annual" | "annually" | "once a year" => Some(Self::Months(12)),
            "biennially" | "biennial" => Some(Self::Months(24)),
            _ => None,
        };
        if single.is_some() {
            return single;
        }
        let words: Vec<&str> =
            text.split(' ').filter(|word| !["every", "each", "a", "at", "least", "once", "per", "in", "after", "the"].contains(word)).collect();
        match words.as_slice() {
            ["half", "year" | "years"] => Some(Self::Months(6)),
            [unit] => Self::of(1, unit),
            [number, unit] => Self::of(number_of(number)?, unit),
            _ => None,
        }
    }

    /// The planned intervals that a sentence states, each with the index of its first word and of the word after it:
    /// "at least once a year", "every six months", "quarterly", "at most four months apart". Words as [`plain`] makes them.
    pub fn in_words(words: &[&str]) -> Vec<(std::ops::Range<usize>, Self)> {
        let at = |index: usize| words.get(index).copied().unwrap_or_default();
        let unit = |index: usize| Self::of(1, at(index)).filter(|_| at(index).len() > 2);
        let mut found: Vec<(std::ops::Range<usize>, Self)> = Vec::new();
        for (index, word) in words.iter().enumerate() {
            // "Half-yearly" is no "yearly".
            if found.last().is_some_and(|(range, _)| range.contains(&index)) {
                continue;
            }
            let stated = match *word {
                "daily" | "weekly" | "fortnightly" | "monthly" | "quarterly" | "yearly" | "annually" | "biennially" => {
                    Self::parse(word).map(|found| (1, found))
                }
                "half" if at(index + 1) == "yearly" => Some((2, Self::Months(6))),
                "semi" if at(index + 1).starts_with("annual") => Some((2, Self::Months(6))),
                "semiannually" | "biannually" => Some((1, Self::Months(6))),
                "annual" => Some((1, Self::Months(12))),
                "every" | "each" if at(index + 1) == "half" && at(index + 2) == "year" => Some((3, Self::Months(6))),
                "every" | "each" => {
                    let other = usize::from(at(index + 1) == "other");
                    let next = index + 1 + other;
                    let several = number_of(at(next)).and_then(|number| Self::of(number, at(next + 1))).map(|found| (3 + other, found));
                    several.or_else(|| unit(next).and_then(|one| one.times(1 + i32::from(other == 1))).map(|found| (2 + other, found)))
                }
                "once" | "twice" | "times" if ["a", "per", "each", "every"].contains(&at(index + 1)) => {
                    let times = match *word {
                        "once" => Some(1),
                        "twice" => Some(2),
                        _ => index.checked_sub(1).and_then(|before| number_of(at(before))),
                    };
                    times.zip(unit(index + 2)).and_then(|(times, unit)| unit.divided_by(times)).map(|found| (3, found))
                }
                "apart" => index.checked_sub(2).and_then(|start| Self::of(number_of(at(start))?, at(index - 1))).map(|found| (1, found)),
                _ => None,
            };
            found.extend(stated.map(|(length, interval)| (index..index + length, interval)));
        }
        found
    }

    fn times(self, number: i32) -> Option<Self> {
        match self {
            Self::Months(months) => months.checked_mul(number).map(Self::Months),
            Self::Days(days) => days.checked_mul(number).map(Self::Days),
        }
    }

    fn divided_by(self, times: i32) -> Option<Self> {
        match self {
            Self::Months(months) if times >= 1 && months % times == 0 => Some(Self::Months(months / times)),
            Self::Months(_) | Self::Days(_) if times >= 1 => Some(Self::Days((self.approximate_days() / times).max(1))),
            _ => None,
        }
    }

    fn of(number: i32, unit: &str) -> Option<Self> {
        if !(1..=1200).contains(&number) {
            return None;
        }
        match unit {
            "d" | "day" | "days" => Some(Self::Days(number)),
            "w" | "week" | "weeks" => Some(Self::Days(number * 7)),
            "m" | "month" | "months" => Some(Self::Months(number)),
            "quarter" | "quarters" => Some(Self::Months(number * 3)),
            "y" | "year" | "years" => Some(Self::Months(number * 12)),
            _ => None,
        }
    }

    /// The day on which the interval that began on `from` ends.
    pub fn after(self, from: Date) -> Date {
        match self {
            Self::Months(months) => from.saturating_add(months.months()),
            Self::Days(days) => from.saturating_add(days.days()),
        }
    }

    /// Its length in days, months counted as 30.44 days and rounded: only for choosing a tolerance.
    pub fn approximate_days(self) -> i32 {
        match self {
            Self::Months(months) => (f64::from(months) * 30.44).round() as i32,
            Self::Days(days) => days,
        }
    }
}

fn number_of(word: &str) -> Option<i32> {
    let names = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
    let named = names.iter().position(|name| *name == word).and_then(|index| i32::try_from(index + 1).ok());
    named.or(match word {
        "eighteen" => Some(18),
        "twenty" => Some(20),
        "thirty" => Some(30),
        _ => word.parse().ok(),
    })
}

impl fmt::Display for Interval {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = match *self {
            Self::Months(months) => count(usize::try_from(months).unwrap_or(0), "month", "months"),
            Self::Days(days) => count(usize::try_from(days).unwrap_or(0), "day", "days"),
        };
        formatter.write_str(&text)
    }
}

/// The stretch of time that a report is about: a month, a quarter, a half year, a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Period {
    /// First day.
    pub first: Date,
    /// Last day.
    pub last: Date,
}

impl Period {
    /// Reads `2026-Q2`, `Q2 2026`, `2026-H1`, `2026-05`, `2026`.
    pub fn parse(text: &str) -> Option<Self> {
        let text = plain(text);
        let words: Vec<&str> = text.split(' ').collect();
        let (year, part) = match words.as_slice() {
            [year] => (*year, ""),
            [first, second] if first.len() == 4 && first.bytes().all(|byte| byte.is_ascii_digit()) => (*first, *second),
            [first, second] => (*second, *first),
            _ => return None,
        };
        let year: i16 = (year.len() == 4).then(|| year.parse().ok()).flatten()?;
        let (start, length) = match part.split_at_checked(1) {
            None => (1, 12),
            Some(("q", number)) => (number.parse::<i8>().ok().filter(|number| (1..=4).contains(number))? * 3 - 2, 3),
            Some(("h", number)) => (number.parse::<i8>().ok().filter(|number| (1..=2).contains(number))? * 6 - 5, 6),
            Some(_) => (part.parse::<i8>().ok().filter(|month| (1..=12).contains(month))?, 1),
        };
        let first = Date::new(year, start, 1).ok()?;
        let last = first.saturating_add(length.months()).yesterday().ok()?;
        Some(Self { first, last })
    }

    /// The names of the periods of a length between two days, both outside: `2026-Q2`, `2026-05`, `2026-H1`, `2026`.
    /// None where the length is no part of a year, or no whole period lies between.
    pub fn names_between(after: Date, before: Date, interval: Interval) -> Vec<String> {
        let Interval::Months(length @ (1 | 3 | 6 | 12)) = interval else { return Vec::new() };
        let length = i8::try_from(length).unwrap_or(12);
        let mut names = Vec::new();
        let mut year = after.year();
        while year <= before.year() {
            for part in 0..12 / length {
                let Ok(first) = Date::new(year, part * length + 1, 1) else { continue };
                let inside = first > after && first.saturating_add(i32::from(length).months()) <= before;
                if inside {
                    names.push(match length {
                        1 => format!("{year}-{:02}", part + 1),
                        3 => format!("{year}-Q{}", part + 1),
                        6 => format!("{year}-H{}", part + 1),
                        _ => year.to_string(),
                    });
                }
            }
            year += 1;
        }
        names
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    #[test]
    fn intervals_are_read_as_people_state_them() {
        for text in ["12 months", "1 year", "every 12 months", "annually", "P12M", "once a year", "every year", "P1Y"] {
            assert_eq!(Interval::parse(text), Some(Interval::Months(12)), "{text}");
        }
        assert_eq!(Interval::parse("every six months"), Some(Interval::Months(6)));
        assert_eq!(Interval::parse("P6M"), Some(Interval::Months(6)));
        assert_eq!(Interval::parse("P0\u{10a19}"), None);
        assert_eq!(Interval::parse("90 days"), Some(Interval::Days(90)));
        for text in ["", "soon", "0 months", "p", "as needed", "every"] {
            assert_eq!(Interval::parse(text), None, "{text}");
        }
        assert_eq!(Interval::Months(12).after(date(2024, 2, 29)), date(2025, 2, 28));
    }

    #[test]
    fn sentences_state_intervals() {
        let longest = |text: &str| {
            let text = plain(text);
            let words: Vec<&str> = text.split(' ').collect();
            Interval::in_words(&words).into_iter().map(|(_, interval)| interval).max_by_key(|interval| interval.approximate_days())
        };
        for (text, interval) in [
            ("Internal audits are held quarterly.", Interval::Months(3)),
            ("Management review | twice a year, in April and October, at most 7 months apart", Interval::Months(7)),
            ("The register is reviewed every six months and after changes", Interval::Months(6)),
            ("Suppliers are looked at once per quarter", Interval::Months(3)),
            ("The plan is tested at least annually", Interval::Months(12)),
            ("reviewed every other year", Interval::Months(24)),
            ("three times a year", Interval::Months(4)),
            ("each month", Interval::Months(1)),
            ("half-yearly, with the report", Interval::Months(6)),
            ("analysed by kind and number each half-year", Interval::Months(6)),
        ] {
            assert_eq!(longest(text), Some(interval), "{text}");
        }
        for text in [
            "audit findings per year",
            "last year we held an audit",
            "two months later",
            "after the audit",
            "every employee",
            "each service",
            "costs per d",
            "twice",
        ] {
            assert_eq!(longest(text), None, "{text}");
        }
    }

    #[test]
    fn periods_are_read() {
        let period = Period::parse("2026-Q2").expect("a quarter");
        assert_eq!((period.first, period.last), (date(2026, 4, 1), date(2026, 6, 30)));
        assert_eq!(Period::parse("Q2 2026"), Some(period));
        assert_eq!(Period::parse("2026-H1").map(|period| period.last), Some(date(2026, 6, 30)));
        assert_eq!(Period::parse("2026-02").map(|period| period.last), Some(date(2026, 2, 28)));
        assert_eq!(Period::parse("2026-13"), None);
        assert_eq!(Period::parse("2026-Q5"), None);
    }

    #[test]
    fn missing_periods_have_names() {
        let between = |after, before, interval| Period::names_between(after, before, Interval::parse(interval).expect("an interval"));
        assert_eq!(between(date(2026, 3, 31), date(2026, 7, 1), "quarterly"), ["2026-Q2"]);
        assert_eq!(between(date(2025, 9, 30), date(2026, 4, 1), "3 months"), ["2025-Q4", "2026-Q1"]);
        assert_eq!(between(date(2025, 12, 31), date(2026, 7, 1), "6 months"), ["2026-H1"]);
        assert_eq!(between(date(2026, 4, 30), date(2026, 6, 1), "monthly"), ["2026-05"]);
        assert!(between(date(2026, 3, 31), date(2026, 4, 1), "quarterly").is_empty());
        assert!(between(date(2026, 1, 1), date(2026, 12, 1), "45 days").is_empty());
    }

    proptest! {
        #[test]
        fn hostile_text_is_no_interval_and_no_fall(text in "\\PC{0,40}") {
            let _ = Interval::parse(&text);
            let _ = Interval::in_words(&text.split(' ').collect::<Vec<_>>());
            let _ = Period::parse(&text);
        }

        #[test]
        fn missing_periods_lie_between_their_neighbours(year in 1990i16..2100, month in 1i8..=12, length in 0i32..1500, months in prop::sample::select(vec![1, 3, 6, 12])) {
            let after = date(year, month, 15);
            let before = after.saturating_add(length.days());
            let names = Period::names_between(after, before, Interval::Months(months));
            for name in &names {
                let period = Period::parse(name).expect("a name that is read back");
                prop_assert!(period.first > after && period.last < before, "{name} between {after} and {before}");
            }
            prop_assert!(names.windows(2).all(|pair| pair[0] < pair[1]), "{names:?}");
        }

        #[test]
        fn an_interval_never_ends_before_it_begins(months in 1i32..1200, year in 1990i16..2100, month in 1i8..=12, day in 1i8..=28) {
            let from = date(year, month, day);
            prop_assert!(Interval::Months(months).after(from) > from);
        }
    }
}
