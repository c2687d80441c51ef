//! Calendar dates as people write them, and the one clock.

use std::fmt;

use jiff::civil::Date;

use super::text::is_placeholder;

/// The day on which the assessment is made: the only clock of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct AsOf(pub Date);

impl fmt::Display for AsOf {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", self.0)
    }
}

/// What a text says when a date is looked for in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateReading {
    /// One day.
    Day(Date),
    /// Day and month cannot be told apart (03/06/2025).
    Ambiguous,
    /// It looks like a date but no calendar has it (2024-02-30).
    Impossible,
    /// A placeholder stands where a date should.
    Placeholder,
    /// Not a date.
    Other,
}

impl DateReading {
    /// The day, where there is exactly one.
    pub fn day(self) -> Option<Date> {
        match self {
            Self::Day(date) => Some(date),
            _ => None,
        }
    }
}

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Reads a date: `2026-02-03`, with or without a time after it; `3 June 2025`, `June 3rd, 2025`; `21-03-2025` and
/// `21/03/2025` where the day is over 12; `2026-05`, which means the last day of that month.
pub fn read_date(text: &str) -> DateReading {
    let text = text.trim();
    if is_placeholder(text) {
        return DateReading::Placeholder;
    }
    if let Some(day) = instant(text) {
        return DateReading::Day(day);
    }
    let (head, rest) = split_time(text);
    if !rest {
        return DateReading::Other;
    }
    let separated: Vec<&str> = head.split(['-', '/', '.']).collect();
    let numeric = separated.iter().all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()));
    if numeric {
        return read_numeric(&separated, head.contains('-'));
    }
    read_worded(head)
}

/// Cuts a time of day off, with whatever offset follows it; the flag is false where what follows is no time.
fn split_time(text: &str) -> (&str, bool) {
    let bytes = text.as_bytes();
    let colon = text
        .bytes()
        .enumerate()
        .position(|(index, byte)| byte == b':' && index > 0 && bytes[index - 1].is_ascii_digit() && bytes.get(index + 1).is_some_and(u8::is_ascii_digit));
    let Some(colon) = colon else {
        // Ten characters of a date and then words: a sentence that begins with a date.
        let iso = text.len() > 10
            && text.is_char_boundary(10)
            && bytes[4] == b'-'
            && bytes[7] == b'-'
            && bytes[..10].iter().all(|byte| byte.is_ascii_digit() || *byte == b'-');
        return (text, !iso);
    };
    let mut start = colon;
    while start > 0 && bytes[start - 1].is_ascii_digit() {
        start -= 1;
    }
    let head = text[..start].trim_end_matches(['T', 't', ' ', ',', '\u{a0}']);
    let tail = &text[start..];
    let plausible =
        head.len() < start && tail.len() <= 40 && tail.chars().all(|character| character.is_ascii_alphanumeric() || " :.+-/()_".contains(character));
    (head, plausible)
}

/// The day in UTC of an instant with its offset: `2026-03-04T23:30:00-05:00` is the fifth of March.
fn instant(text: &str) -> Option<Date> {
    let bytes = text.as_bytes();
    // Without an offset it is no instant but a time on somebody's wall.
    let dated = bytes.len() >= 17 && bytes[4] == b'-' && (bytes[10] == b'T' || bytes[10] == b't' || bytes[10] == b' ');
    let offset = text.get(16..).is_some_and(|rest| rest.ends_with(['Z', 'z']) || rest.contains(['+', '-']));
    if !dated || !offset {
        return None;
    }
    text.parse::<jiff::Timestamp>().ok().map(|timestamp| timestamp.to_zoned(jiff::tz::TimeZone::UTC).date())
}

/// A date of figures in which day and month cannot be told apart, read by the form that the rest of its column has.
/// None where the text is no such date.
pub fn read_numeric_date(text: &str, day_first: bool) -> Option<Date> {
    let (head, is_time) = split_time(text.trim());
    let parts: Vec<i16> = head.split(['-', '/', '.']).map(|part| part.parse().ok()).collect::<Option<_>>()?;
    let [first, second, year] = parts.as_slice() else { return None };
    let (day, month) = if day_first { (first, second) } else { (second, first) };
    Date::new(*year, i8::try_from(*month).ok()?, i8::try_from(*day).ok()?).ok().filter(|_| is_time && *year >= 1000)
}

fn read_numeric(parts: &[&str], dashes: bool) -> DateReading {
    let number = |index: usize| parts[index].parse::<i16>().unwrap_or(-1);
    let day = |year: i16, month: i16, day: i16| match (i8::try_from(month), i8::try_from(day)) {
        (Ok(month), Ok(day)) => Date::new(year, month, day).map_or(DateReading::Impossible, DateReading::Day),
        _ => DateReading::Impossible,
    };
    let widths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
    match widths.as_slice() {
        [4, 1..=2, 1..=2] => day(number(0), number(1), number(2)),
        [4, 2] if dashes => match i8::try_from(number(1)).ok().and_then(|month| Date::new(number(0), month, 1).ok()) {
            Some(first) => DateReading::Day(first.last_of_month()),
            None => DateReading::Impossible,
        },
        [1..=2, 1..=2, 4] => {
            let (first, second, year) = (number(0), number(1), number(2));
            match (first > 12, second > 12) {
                (true, false) => day(year, second, first),
                (false, true) => day(year, first, second),
                (true, true) => DateReading::Impossible,
                (false, false) if first == second => day(year, first, second),
                (false, false) => DateReading::Ambiguous,
            }
        }
        _ => DateReading::Other,
    }
}

fn read_worded(text: &str) -> DateReading {
    if text.len() > 40 {
        return DateReading::Other;
    }
    let lower = text.to_lowercase();
    let words: Vec<&str> = lower.split([' ', ',', '-', '.']).filter(|word| !word.is_empty() && *word != "of").collect();
    let [first, second, third] = words.as_slice() else { return DateReading::Other };
    let month_of = |word: &str| {
        let start = word.get(..3)?;
        word.chars().all(char::is_alphabetic).then_some(())?;
        MONTHS.iter().position(|month| *month == start).and_then(|index| i8::try_from(index + 1).ok())
    };
    let day_of = |word: &str| {
        let digits = word.trim_end_matches(|character: char| character.is_ascii_alphabetic());
        let suffix = &word[digits.len()..];
        ["", "st", "nd", "rd", "th"].contains(&suffix).then_some(())?;
        digits.parse::<i8>().ok()
    };
    let year: Option<i16> = (third.len() == 4).then(|| third.parse().ok()).flatten();
    let month_and_day = match (month_of(first), month_of(second)) {
        (Some(month), None) => day_of(second).map(|day| (month, day)),
        (None, Some(month)) => day_of(first).map(|day| (month, day)),
        _ => None,
    };
    match (year, month_and_day) {
        (Some(year), Some((month, day))) => Date::new(year, month, day).map_or(DateReading::Impossible, DateReading::Day),
        _ => DateReading::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    #[test]
    fn dates_are_read_as_people_write_them() {
        let expected = DateReading::Day(date(2025, 6, 3));
        for text in ["2025-06-03", "3 June 2025", "June 3, 2025", "3rd June 2025", "2025-06-03 14:05", "2025-06-03T14:05:00Z"] {
            assert_eq!(read_date(text), expected, "{text}");
        }
        assert_eq!(read_date("21-03-2025"), DateReading::Day(date(2025, 3, 21)));
        for text in ["21.03.2025 10:20", "21/03/2025 10:20:59", "Mar 21, 2025 2:05 PM", "21 March 2025, 14:05 UTC", "2025/03/21 9:00"] {
            assert_eq!(read_date(text), DateReading::Day(date(2025, 3, 21)), "{text}");
        }
        assert_eq!(read_date("2026-03-04T23:30:00-05:00"), DateReading::Day(date(2026, 3, 5)), "an instant is a day in UTC");
        assert_eq!(read_date("2026-03-05 00:30+02:00"), DateReading::Day(date(2026, 3, 4)));
        assert_eq!(read_date("2026-03-04T23:30:00"), DateReading::Day(date(2026, 3, 4)), "without an offset it is the day on the wall");
        assert_eq!(read_date("2026-05"), DateReading::Day(date(2026, 5, 31)));
        assert_eq!(read_date("03/06/2025"), DateReading::Ambiguous);
        assert_eq!(read_date("2024-02-30"), DateReading::Impossible);
        assert_eq!(read_date("YYYY-MM-DD"), DateReading::Placeholder);
        assert_eq!(read_date("never"), DateReading::Other);
        assert_eq!(read_date("2025-06-03 at noon"), DateReading::Other);
    }

    proptest! {
        #[test]
        fn no_text_makes_the_reader_fall(text in "\\PC{0,60}") {
            let _ = read_date(&text);
        }

        #[test]
        fn every_day_is_read_back(year in 1990i16..2100, month in 1i8..=12, day in 1i8..=28) {
            let written = date(year, month, day);
            prop_assert_eq!(read_date(&written.to_string()), DateReading::Day(written));
        }
    }
}
