//! A text as words with their places, and what may stand between two words of one name.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A word of a text.
#[derive(Clone, Debug)]
pub(super) struct Word {
    /// In small letters without accents.
    pub(super) folded: String,
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) begins_large: bool,
}

impl Word {
    pub(super) fn is_one_letter(&self) -> bool {
        self.folded.chars().count() == 1
    }
}

/// Small letters without accents.
pub(super) fn folded(text: &str) -> String {
    text.nfd().filter(|character| !is_combining_mark(*character)).flat_map(char::to_lowercase).collect()
}

/// The words of a text: runs of letters and digits.
pub(super) fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut start = None;
    let belongs = |character: char| character.is_alphanumeric() || is_combining_mark(character);
    for (at, character) in text.char_indices().chain([(text.len(), ' ')]) {
        match (start, belongs(character)) {
            (None, true) => start = Some(at),
            (Some(from), false) => {
                words.push(word(text, from, at));
                start = None;
            }
            _ => {}
        }
    }
    words
}

fn word(text: &str, start: usize, end: usize) -> Word {
    let own = &text[start..end];
    Word { folded: folded(own), start, end, begins_large: own.chars().next().is_some_and(|first| !first.is_lowercase()) }
}

/// What stands between two words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gap {
    /// Blanks.
    Blank,
    /// A comma, with or without blanks.
    Comma,
    /// A point and blanks, as behind an initial.
    Point,
    /// One sign without blanks: `-`, `_`, `.`, `'`.
    Joined,
    /// Anything else: two words of one name never stand like this.
    Other,
}

pub(super) fn gap(between: &str) -> Gap {
    match between {
        "" => Gap::Other,
        "-" | "_" | "." | "'" | "’" | "‐" | "+" | "%20" => Gap::Joined,
        _ if between.chars().all(char::is_whitespace) => Gap::Blank,
        _ => match between.split_at(between.chars().next().map_or(0, char::len_utf8)) {
            (",", rest) if rest.chars().all(char::is_whitespace) => Gap::Comma,
            (".", rest) if rest.chars().all(char::is_whitespace) => Gap::Point,
            _ => Gap::Other,
        },
    }
}
