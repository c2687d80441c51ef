//! Texts as a document can hold them, and how wide they are.

use crate::vocabulary::sanitize_name;

/// A text without characters that XML forbids or that nobody sees; they are shown by their numbers.
pub(super) fn visible(text: &str) -> String {
    let text = sanitize_name(&text.replace(['\n', '\r', '\t'], " "));
    text.replace('\u{FFFE}', "<U+FFFE>").replace('\u{FFFF}', "<U+FFFF>")
}

/// For XML written by hand.
pub(super) fn escaped(text: &str) -> String {
    visible(text).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// Width of a text in thousandths of the font's size, near enough for columns.
pub(super) fn width(text: &str) -> usize {
    text.chars().map(glyph).sum()
}

/// Width of the widest piece of a text that should not be broken: short words with a hyphen and ids stay whole.
pub(super) fn widest_piece(text: &str) -> usize {
    const SHORT: usize = 18;
    let word = |word: &str| match word.chars().count() {
        0..=SHORT => width(word.trim_end()),
        _ => word.split_inclusive(['-', '/', '_', '.']).map(width).max().unwrap_or_default(),
    };
    text.split_inclusive([' ', '/', '\n']).map(word).max().unwrap_or_default()
}

/// As of Arial; all of East Asia is square.
fn glyph(character: char) -> usize {
    match character {
        ' ' | 'i' | 'j' | 'l' | 'I' | '\'' | '|' | '.' | ',' | ':' | ';' | '!' => 260,
        't' | 'f' | 'r' | '(' | ')' | '[' | ']' | '-' | '/' | '\\' => 333,
        'm' | 'M' | 'W' | '@' | '%' => 870,
        'w' | 'A'..='Z' => 700,
        character if character < '\u{2E80}' => 560,
        _ => 1_000,
    }
}
