//! Words that every stage shares: clause numbers, places in a text, dates and intervals. No input or output.

mod clause_number;
mod confidence;
mod date;
mod formula;
mod interval;
mod place;
mod text;

pub use clause_number::{ClauseNumber, RequirementId};
pub use confidence::Confidence;
pub use date::{AsOf, DateReading, read_date, read_numeric_date};
pub use formula::{guard_formula, unguard_formula};
pub use interval::{Interval, Period};
pub use place::{LineIndex, Place, Spanned};
pub use text::{
    count, is_hidden, is_key, is_placeholder, key_of, list_some, listing, plain, plain_value, sanitize, sanitize_name, shortened, slug, without_pictures, words,
};
