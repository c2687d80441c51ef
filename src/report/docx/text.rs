//! Texts as a document can hold them, and how wide they are.

use crate::vocabulary::sanitize_name;

/// A text without characters that XML forbids or that nobody sees; they are shown by their numbers. Pictographs are left
/// out: the fonts of a report have none, and on paper each would be an empty box.
pub(super) fn visible(text: &str) -> String {
    let text = sanitize_name(&without_pictographs(&text.replace(['\n', '\r', '\t'], " ")));
    text.replace('\u{FFFE}', "<U+FFFE>").replace('\u{FFFF}', "<U+FFFF>")
}

fn without_pictographs(text: &str) -> String {
    if !text.chars().any(is_pictograph) {
        return text.to_owned();
    }
    let mut result = String::with_capacity(text.len());
    let mut after = false;
    for character in text.chars() {
        // What joins and varies them goes with them, and so does one of the spaces around.
        let belongs = after && matches!(character, '\u{200D}' | '\u{FE0E}' | '\u{FE0F}' | '\u{20E3}');
        let is_space_too_many = after && character == ' ' && (result.is_empty() || result.ends_with(' '));
        if is_pictograph(character) || belongs || is_space_too_many {
            after |= is_pictograph(character);
            continue;
        }
        after = false;
        result.push(character);
    }
    result
}

/// Pictures for feelings, things and signs; marks such as a tick or a star of plain type are none.
fn is_pictograph(character: char) -> bool {
    matches!(character as u32,
        0x1F000..=0x1FAFF | 0x231A..=0x231B | 0x23E9..=0x23FA | 0x25FD..=0x25FE | 0x2600..=0x2604 | 0x260E | 0x2614..=0x2615 | 0x2618..=0x263A
        | 0x2648..=0x2653 | 0x2668 | 0x267B..=0x267F | 0x2690..=0x26FF | 0x2702..=0x2712 | 0x2728 | 0x2744 | 0x2747 | 0x274C | 0x274E | 0x2753..=0x2757
        | 0x2763..=0x2764 | 0x2795..=0x2797 | 0x27B0 | 0x27BF | 0x2B1B..=0x2B1C | 0x2B50 | 0x2B55 | 0xFE0F)
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
