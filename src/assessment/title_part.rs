//! A name that the titles of documents share: "Hack23 AB \u{2014} Access Control Policy". Where nobody names the organization, it
//! most likely is its name; a person confirms it.

use std::collections::BTreeMap;

use super::finding::Finding;
use super::recognition::Identity;
use crate::documents::Format;
use crate::recognition::{Vocabularies, words_without_meaning};

/// A part that titles share.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TitlePart {
    /// The part, without signs around it.
    pub name: String,
}

/// What stands between a name and a title.
const SEPARATORS: [&str; 6] = [" \u{2014} ", " \u{2013} ", " - ", ": ", " | ", " :: "];

/// The leading or trailing part that at least half of all titles share; none where it is a word of the field.
pub(super) fn title_part(vocabularies: &Vocabularies<'_>, identities: &[Identity<'_>]) -> Option<TitlePart> {
    const FEWEST: usize = 5;
    let documents = identities.iter().map(|one| one.document).filter(|document| document.format == Format::Markdown);
    let titles: Vec<&str> = documents.filter_map(|document| document.title.as_ref()).map(|title| title.value.as_str()).collect();
    let mut number: BTreeMap<&str, usize> = BTreeMap::new();
    for title in &titles {
        let (head, foot) = (leading(title), trailing(title));
        for part in [head.map(|(part, _)| part), foot.map(|(_, part)| part).filter(|foot| head.is_none_or(|(head, _)| head != *foot))].into_iter().flatten() {
            *number.entry(part).or_default() += 1;
        }
    }
    let (name, documents) = number.into_iter().max_by_key(|(name, number)| (*number, std::cmp::Reverse(*name)))?;
    if documents < FEWEST || documents * 2 < titles.len() {
        return None;
    }
    let lexicon = vocabularies.lexicon().ok()?;
    // An abbreviation is a form's ("SOP") as often as a name; a name has more.
    let is_abbreviation = |word: &String| word.chars().count() <= 5 && !word.chars().any(char::is_lowercase);
    let telling = words_without_meaning(lexicon, name).iter().any(|word| !is_abbreviation(word));
    telling.then(|| TitlePart { name: name.to_owned() })
}

impl TitlePart {
    /// Takes it out of sentences about a document: it says nothing of one of them.
    pub(super) fn leave_out(&self, identities: &[Identity<'_>], findings: &mut [Finding]) {
        let title_of = |one: &Identity<'_>| Some((one.document.path.to_string(), one.document.title.as_ref()?.value.clone()));
        let titles: BTreeMap<String, String> = identities.iter().filter_map(title_of).collect();
        for finding in findings {
            if let Some(title) = titles.get(&finding.location.path).filter(|title| !title.is_empty()) {
                finding.message = finding.message.replace(title.as_str(), self.strip(title));
            }
        }
    }

    /// A title without the part; as it is where it lacks it or nothing else is left.
    pub fn strip<'title>(&self, title: &'title str) -> &'title str {
        let rest = match (leading(title), trailing(title)) {
            (Some((part, rest)), _) if part == self.name => rest,
            (_, Some((rest, part))) if part == self.name => rest,
            _ => title,
        };
        if rest.trim().is_empty() { title } else { rest.trim() }
    }
}

/// A name without signs around it, in front of the first separator, and what follows.
fn leading(title: &str) -> Option<(&str, &str)> {
    let (at, separator) = SEPARATORS.iter().filter_map(|separator| Some((title.find(separator)?, separator))).min()?;
    named(&title[..at]).map(|part| (part, &title[at + separator.len()..]))
}

/// What goes before the last separator, and a name without signs around it behind it.
fn trailing(title: &str) -> Option<(&str, &str)> {
    let (at, separator) = SEPARATORS.iter().filter_map(|separator| Some((title.rfind(separator)?, separator))).max()?;
    named(&title[at + separator.len()..]).map(|part| (&title[..at], part))
}

fn named(text: &str) -> Option<&str> {
    let part = text.trim_matches(|character: char| !character.is_alphanumeric() && !matches!(character, '.' | ')' | '('));
    (part.chars().filter(|character| character.is_alphabetic()).count() >= 2).then_some(part)
}
