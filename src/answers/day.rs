//! Days as people type them into a table.

use jiff::ToSpan;
use jiff::civil::{Date, date};

use super::table::Answered;
use crate::vocabulary::{DateReading, read_date};

/// The day in a cell; none where the cell is empty.
///
/// # Errors
/// In words: why there is no telling which day it is, and how to write it.
pub fn read_answered_day(cell: &Answered) -> Result<Option<Date>, String> {
    if let Some(day) = cell.day {
        return Ok(Some(day));
    }
    let text = cell.text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    if let Some(day) = text.parse::<f64>().ok().and_then(day_of_serial) {
        return Ok(Some(day));
    }
    match read_date(text) {
        DateReading::Day(day) => Ok(Some(day)),
        DateReading::Ambiguous => Err(format!("\"{text}\" may be two days, since day and month cannot be told apart; write it as YYYY-MM-DD")),
        DateReading::Impossible => Err(format!("\"{text}\" is in no calendar; write the day as YYYY-MM-DD")),
        DateReading::Placeholder => Err(format!("\"{text}\" only holds the place of a day; write it as YYYY-MM-DD")),
        DateReading::Other => Err(format!("\"{text}\" is no day; write it as YYYY-MM-DD")),
    }
}

/// The day of a number as spreadsheets count days, between 1982 and 2064: other numbers are no days of audits.
pub(super) fn day_of_serial(serial: f64) -> Option<Date> {
    if !(30_000.0..60_000.0).contains(&serial) {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, reason = "between 30,000 and 60,000")]
    let days = serial.floor() as i32;
    date(1899, 12, 30).checked_add(days.days()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Result<Option<Date>, String> {
        read_answered_day(&Answered { text: text.to_owned(), ..Answered::default() })
    }

    #[test]
    fn days_are_read_as_people_type_them() {
        for text in ["2026-03-25", "25/03/2026", "25.03.2026", "25 March 2026", "March 25, 2026", "46106", "46106.5", " 2026-03-25 ", "2026-03-25T00:00:00"] {
            assert_eq!(day(text), Ok(Some(date(2026, 3, 25))), "{text}");
        }
        assert_eq!(day(""), Ok(None));
        for (text, why) in [("03/06/2025", "two days"), ("2026-02-30", "no calendar"), ("tbd", "holds the place"), ("soon", "no day"), ("12", "no day")] {
            assert!(day(text).is_err_and(|message| message.contains(why)), "{text}");
        }
    }
}
