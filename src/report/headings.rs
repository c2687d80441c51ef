//! Headings of deliverables in several languages: one file a language, in `templates/words`.

use std::collections::BTreeMap;

use include_dir::{Dir, include_dir};

use crate::yaml::{Limits, decode, read_all};

static WORDS: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/templates/words");

/// The language that has every heading.
const FIRST: &str = "en";

/// Codes of the languages that headings can be in.
pub fn languages() -> Vec<String> {
    let mut codes: Vec<String> = WORDS.files().filter_map(|file| Some(file.path().file_stem()?.to_str()?.to_owned())).collect();
    codes.sort();
    codes
}

/// Headings by deliverable and key.
pub(super) type Headings = BTreeMap<String, BTreeMap<String, String>>;

/// Headings in a language; English where the language lacks one, or where none is named.
///
/// # Errors
/// In words, if a built-in file cannot be read.
pub(super) fn headings(language: Option<&str>) -> Result<Headings, String> {
    let mut words = read(FIRST)?;
    for (deliverable, theirs) in language.filter(|language| *language != FIRST).map(read).transpose()?.unwrap_or_default() {
        words.entry(deliverable).or_default().extend(theirs);
    }
    Ok(words)
}

fn read(language: &str) -> Result<Headings, String> {
    let file = WORDS.get_file(format!("{language}.yaml")).and_then(|file| file.contents_utf8()).ok_or_else(|| format!("no headings in `{language}`"))?;
    let documents = read_all(file, Limits::FRONT_MATTER).map_err(|error| error.message)?;
    let node = documents.first().ok_or_else(|| format!("no headings in `{language}`"))?;
    decode(node).map_err(|error| format!("headings in `{language}`: {}", error.message))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_every_heading() {
        let keys = |headings: &Headings| -> Vec<(String, String)> {
            headings.iter().flat_map(|(deliverable, words)| words.keys().map(|key| (deliverable.clone(), key.clone()))).collect()
        };
        let first = keys(&read(FIRST).unwrap_or_default());
        assert!(!first.is_empty());
        for language in languages() {
            assert_eq!(keys(&read(&language).unwrap_or_default()), first, "headings in {language}");
        }
    }
}
