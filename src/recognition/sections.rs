//! Sections that speak of a subject within documents that are about something else: a part of what is looked for may
//! stand there, under no title of its own.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use rayon::prelude::*;

use super::lexicon::{Class, Entry, Lexicon};
use super::normal::{append, normal};
use super::reading::heading;
use crate::documents::{Document, Section};

/// A section that speaks of a subject.
#[derive(Clone, Debug, PartialEq)]
pub struct SectionOn {
    /// The document, by its place among those that were given.
    pub document: usize,
    /// Line of the heading.
    pub line: u32,
    /// Text of the heading.
    pub title: String,
    /// The better of two has more of it.
    strength: f64,
}

impl SectionOn {
    /// Whether it says something of the subject; else only a part of its heading does.
    pub fn tells(&self) -> bool {
        self.strength > ONLY_NAMED
    }
}

/// A heading over fewer words holds nothing.
const FEWEST_WORDS: usize = 10;
/// Strength of a heading that holds a name and more, over a text that says nothing of the subject.
const ONLY_NAMED: f64 = 0.01;
/// As much of a heading as a name of the subject must be to be what the heading is about.
const SHARE_OF_NAME: f64 = 0.5;

/// For each subject, by its id, the section that speaks of it most plainly: one whose heading has a word that is the
/// subject's own, and is a name of it or stands over its phrases.
pub fn sections_on<'map>(lexicon: &Lexicon<'map>, documents: &[&Document]) -> BTreeMap<&'map str, SectionOn> {
    let own = own_words(lexicon);
    let found: Vec<Vec<(usize, SectionOn)>> = documents.par_iter().enumerate().map(|(index, document)| in_document(lexicon, &own, index, document)).collect();
    let mut best: BTreeMap<&str, SectionOn> = BTreeMap::new();
    for (subject, section) in found.into_iter().flatten() {
        let id = lexicon.subjects[subject].id.as_str();
        match best.get(id) {
            Some(known) if known.strength >= section.strength => {}
            _ => {
                best.insert(id, section);
            }
        }
    }
    best
}

/// The subject of each word that no other subject has, among the words of its title and of the first of its names in each
/// language. Where a subject has none ("service management policy"), no heading can be told from those of other subjects.
fn own_words(lexicon: &Lexicon<'_>) -> HashMap<String, usize> {
    let words_of = |id: &str, title: &str| -> BTreeSet<String> {
        let vocabularies = lexicon.framework.languages.values().filter_map(|language| language.words.subjects.get(id));
        let names = vocabularies.filter_map(|words| words.names.first().map(String::as_str));
        let text = names.chain([title]).map(normal).collect::<String>();
        text.split_whitespace().filter(|word| word.len() > 3).map(str::to_owned).collect()
    };
    let mut having: HashMap<String, Vec<usize>> = HashMap::new();
    for (index, subject) in lexicon.subjects.iter().enumerate() {
        words_of(&subject.id, &subject.title).into_iter().for_each(|word| having.entry(word).or_default().push(index));
    }
    having.into_iter().filter_map(|(word, subjects)| <[usize; 1]>::try_from(subjects).ok().map(|[only]| (word, only))).collect()
}

fn in_document(lexicon: &Lexicon<'_>, own: &HashMap<String, usize>, index: usize, document: &Document) -> Vec<(usize, SectionOn)> {
    let mut found = Vec::new();
    let links: HashSet<u32> = document.links.iter().map(|link| link.at.line).collect();
    let quotes = |section: &Section| lexicon.framework.clauses.iter().any(|clause| is_title_of(&section.title, &clause.number, &clause.title));
    for section in document.sections.iter().filter(|section| section.words >= FEWEST_WORDS) {
        let subjects: BTreeSet<usize> = normal(&section.title).split_whitespace().filter_map(|word| own.get(word).copied()).collect();
        // A list of the clauses, such as a gap report, is none of the organization's own chapters.
        if subjects.is_empty() || quotes(section) {
            continue;
        }
        let title = heading(lexicon, None, &section.title, section.at.line);
        for subject in subjects {
            let named = title.hits.iter().map(|entry| &lexicon.entries[*entry]).filter(|entry| is_of(entry, subject, &[Class::Name]));
            let share = named.map(|entry| (entry.words as f64 / title.meaning as f64).min(1.0)).fold(0.0, f64::max);
            // A heading that is more than the name may be about something else: "workshop scope definition".
            let told = if share < 1.0 { told_under(lexicon, document, &links, section, subject) } else { 1.0 };
            let strength = match (share >= SHARE_OF_NAME, told > 0.0) {
                (true, true) => 1.0 + share,
                (true, false) => ONLY_NAMED,
                (false, _) => told,
            };
            if strength > 0.0 {
                found.push((subject, SectionOn { document: index, line: section.at.line, title: section.title.trim().to_owned(), strength }));
            }
        }
    }
    found
}

/// "8.4.3 Capacity management": the heading is the clause's own.
fn is_title_of(heading: &str, number: &str, title: &str) -> bool {
    heading.trim().strip_prefix(number).is_some_and(|rest| normal(rest) == normal(title))
}

/// How much the text under a heading says of a subject: the number of its phrases, each once, up to ten. A line that only points
/// to another document says nothing.
fn told_under(lexicon: &Lexicon<'_>, document: &Document, links: &HashSet<u32>, section: &Section, subject: usize) -> f64 {
    /// A line with a link that is not longer is a pointer to another document.
    const POINTER: usize = 12;
    let mut phrases: BTreeSet<usize> = BTreeSet::new();
    let mut text = String::new();
    for passage in document.passages.get(section.passages.clone()).unwrap_or_default() {
        text.clear();
        let count = append(&passage.text, &mut text);
        if count >= POINTER || !links.contains(&passage.line) {
            lexicon.phrases_in(&text, |found, _| {
                let entry = &lexicon.entries[found];
                if entry.words > 1 && is_of(entry, subject, &[Class::Name, Class::Phrase]) {
                    phrases.insert(found);
                }
            });
        }
    }
    (phrases.len() as f64 / 10.0).min(0.9)
}

/// Whether a phrase tells of a subject and of no other.
fn is_of(entry: &Entry, subject: usize, classes: &[Class]) -> bool {
    matches!(entry.meanings.as_slice(), [meaning] if meaning.subject == subject && classes.contains(&meaning.class))
}
