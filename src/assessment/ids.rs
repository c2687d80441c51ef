//! Ids in the text of documents: which record or finding is named where.

use std::collections::BTreeSet;

use crate::documents::{Document, Format, Record};
use crate::yaml::Node;

/// A place in a document where an id stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct IdAt<'run> {
    /// The text in which it stands.
    pub(super) text: &'run str,
    /// First line of the text in which it stands.
    pub(super) line: u32,
    /// Last line of it.
    pub(super) end_line: u32,
    /// The record in which it stands; none in running text.
    pub(super) record: Option<&'run Record>,
}

/// Calls with every word of a document that could be an id, a word with a letter and a figure in it: once for each text.
pub(super) fn each_id<'run>(document: &'run Document, take: &mut dyn FnMut(&str, IdAt<'run>)) {
    let mut of_value = |value: &'run Node, record: Option<&'run Record>| {
        let mut texts = Vec::new();
        value.scalars(&mut texts);
        for (text, place) in texts {
            let at = IdAt { text, line: place.line, end_line: place.end_line.max(place.line), record };
            ids(text).collect::<BTreeSet<_>>().into_iter().for_each(|id| take(id, at));
        }
    };
    document.head.fields.iter().for_each(|field| of_value(&field.value, None));
    for record in document.lists.iter().flat_map(|(_, records)| records) {
        record.fields.iter().for_each(|field| of_value(&field.value, Some(record)));
    }
    if document.format == Format::Markdown {
        for passage in &document.passages {
            let at = IdAt { text: &passage.text, line: passage.line, end_line: passage.line, record: None };
            ids(&passage.text).collect::<BTreeSet<_>>().into_iter().for_each(|id| take(id, at));
        }
    }
}

/// The words of a text that could be ids.
pub(super) fn ids(text: &str) -> impl Iterator<Item = &str> {
    // Most texts have no figure, and so no id.
    let text = if text.bytes().any(|byte| byte.is_ascii_digit()) { text } else { "" };
    let words = text.split(|character: char| !character.is_alphanumeric() && !"-_/.".contains(character));
    let words = words.map(|word| word.trim_matches(['.', '-', '/', '_']));
    words.filter(|word| word.bytes().any(|byte| byte.is_ascii_digit()) && word.chars().any(char::is_alphabetic))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_a_word_with_a_letter_and_a_figure() {
        let found: Vec<&str> = ids("idea, IMP-2026-01 (of IAR-2026-01/4), 7.5.3.1 on 2026-03-24.").collect();
        assert_eq!(found, ["IMP-2026-01", "IAR-2026-01/4"]);
    }
}
