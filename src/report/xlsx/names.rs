//! Text and names as a workbook can hold them.

use std::collections::BTreeSet;

use crate::vocabulary::sanitize_name;

/// The most that a cell holds, counted as Excel counts: in UTF-16 units.
const CELL: usize = 32_767;
/// The most that the name of a sheet holds.
const SHEET: usize = 31;

/// Foreign text for a cell: lines stay lines, whatever else is invisible becomes visible, and what is too long is cut
/// with a mark that says how much is missing.
pub(in crate::report) fn cell_text(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\t', " ");
    let lines: Vec<String> = text.split('\n').map(sanitize_name).collect();
    cut(lines.join("\n"))
}

/// Foreign text for a property or a head line.
pub(super) fn line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    sanitize_name(&words.join(" ")).chars().take(200).collect()
}

fn cut(text: String) -> String {
    if text.encode_utf16().count() <= CELL {
        return text;
    }
    let mut units = 0;
    // Room for the mark itself.
    let kept = text.char_indices().find(|(_, character)| {
        units += character.len_utf16();
        units > CELL - 60
    });
    let (head, rest) = text.split_at(kept.map_or(text.len(), |(index, _)| index));
    format!("{head}… [cut here: {} more characters]", rest.chars().count())
}

/// Names of sheets, each legal and none twice.
pub(super) struct Names(BTreeSet<String>);

impl Names {
    /// No sheet may take these.
    pub(super) fn new(taken: &[&str]) -> Self {
        // Excel keeps `History` for itself.
        Self(taken.iter().copied().chain(["history"]).map(str::to_lowercase).collect())
    }

    /// The name that a sheet gets, made out of the one that it was given.
    pub(super) fn legal(&mut self, wanted: &str) -> String {
        let clean: String = line(wanted).chars().map(|character| if "[]:*?/\\".contains(character) { '-' } else { character }).collect();
        let clean = clean.trim_matches(['\'', ' ']);
        let clean = if clean.is_empty() { "Sheet" } else { clean };
        let mut number = 1;
        loop {
            let ending = if number == 1 { String::new() } else { format!(" ({number})") };
            let name = format!("{}{ending}", clipped(clean, SHEET - ending.len()).trim_end_matches(['\'', ' ']));
            if self.0.insert(name.to_lowercase()) {
                return name;
            }
            number += 1;
        }
    }
}

/// As much of a text as fits in so many UTF-16 units.
fn clipped(text: &str, units: usize) -> &str {
    let mut used = 0;
    let end = text.char_indices().find(|(_, character)| {
        used += character.len_utf16();
        used > units
    });
    &text[..end.map_or(text.len(), |(index, _)| index)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_sheets_are_legal_and_differ() {
        let mut names = Names::new(&["_meta"]);
        assert_eq!(names.legal("Findings"), "Findings");
        assert_eq!(names.legal("findings"), "findings (2)");
        assert_eq!(names.legal("a/b:c*d?e[f]g\\h"), "a-b-c-d-e-f-g-h");
        assert_eq!(names.legal("'quoted'"), "quoted");
        assert_eq!(names.legal("_META"), "_META (2)");
        assert_eq!(names.legal("History"), "History (2)");
        assert_eq!(names.legal(""), "Sheet");
        assert_eq!(names.legal(&"x".repeat(40)).len(), 31);
        assert_eq!(names.legal(&"x".repeat(40)), format!("{} (2)", "x".repeat(27)));
        assert_eq!(names.legal(&"😀".repeat(40)).encode_utf16().count(), 30);
    }

    #[test]
    fn text_stays_readable_and_fits() {
        assert_eq!(cell_text("a\r\nb\tc\u{1b}[2J\u{202e}d\rE"), "a\nb c\\x1B[2J<U+202E>d\\x0DE");
        let cut = cell_text(&"ä😀".repeat(20_000));
        assert!(cut.encode_utf16().count() <= CELL);
        assert!(cut.ends_with("more characters]"));
        let kept = cut.chars().filter(|character| "ä😀".contains(*character)).count();
        assert!(cut.contains(&format!("{} more", 40_000 - kept)), "{}", &cut[cut.len() - 60..]);
        assert_eq!(cell_text(&"x".repeat(CELL)).len(), CELL);
    }
}
