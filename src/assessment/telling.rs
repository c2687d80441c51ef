//! Words by which one text can be told to be about the same thing as another.

use std::collections::BTreeSet;

use super::records::RecordRef;
use crate::framework::Framework;
use crate::vocabulary::plain;

/// Tells the words that tell something from those that every text of a language has.
pub(super) struct TellingWords<'map>(BTreeSet<&'map str>);

/// A word that tells has so many letters.
const LETTERS: usize = 4;

impl<'map> TellingWords<'map> {
    pub(super) fn new(framework: &'map Framework) -> Self {
        Self(framework.languages.values().flat_map(|language| language.words.common_words.iter().map(String::as_str)).collect())
    }

    /// The telling words of a text.
    pub(super) fn of(&self, text: &str) -> BTreeSet<String> {
        let tells = |word: &&str| word.chars().count() >= LETTERS && !self.0.contains(*word) && word.chars().any(char::is_alphabetic);
        plain(text).split(' ').filter(tells).map(str::to_owned).collect()
    }

    /// The telling words of all values of a record.
    pub(super) fn of_record(&self, record: &RecordRef<'_>) -> BTreeSet<String> {
        let mut scalars = Vec::new();
        record.record.fields.iter().for_each(|field| field.value.scalars(&mut scalars));
        scalars.iter().flat_map(|(text, _)| self.of(text)).collect()
    }
}
