//! One document seen through the vocabularies: which phrases stand where. Nothing is weighed here.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::columns::Fit;
use super::lexicon::{Lexicon, TitleWord};
use super::normal::{append, name_as_text, normal};
use crate::documents::{Document, Format};
use crate::framework::Sort;
use crate::vocabulary::is_placeholder;

/// Which phrases stand where in a document.
#[derive(Clone, Debug, Default)]
pub(super) struct Reading {
    pub(super) title: Heading,
    pub(super) name: Heading,
    pub(super) folder: Heading,
    /// Folders above it of which most documents are no evidence.
    pub(super) in_folder_of_nothing: bool,
    /// A picture that belongs to pages and slides, by the folder that it lies in.
    pub(super) is_illustration: bool,
    pub(super) is_readme: bool,
    /// Its name is that of a folder's first page.
    pub(super) is_index: bool,
    /// Its title, name or folder calls it a template.
    pub(super) is_template: bool,
    /// A template that does not even have a title yet, or names no subject in it.
    pub(super) is_blank: bool,
    /// Its title or name calls it a form.
    pub(super) is_form: bool,
    pub(super) headings: Vec<Heading>,
    pub(super) text: HashMap<usize, Mention>,
    pub(super) words: usize,
    pub(super) own_voice: usize,
    pub(super) teaching_voice: usize,
    pub(super) fits: Vec<Fit>,
    /// Kinds whose usual outline its headings are.
    pub(super) outlines: Vec<Fit>,
    /// The kind of record whose folder it lies in, where its name or title has a day or a year.
    pub(super) kept_as: Option<usize>,
    pub(super) language: Option<String>,
    pub(super) has_text: bool,
    /// Whether enough of it is sentences.
    pub(super) has_sentences: bool,
}

/// A title, a name or a heading.
#[derive(Clone, Debug, Default)]
pub(super) struct Heading {
    pub(super) text: String,
    pub(super) line: u32,
    /// Entries found in it, each with the number of its words.
    pub(super) hits: Vec<usize>,
    /// Words that mean something: no function words, no figures, no words of a sort.
    pub(super) meaning: usize,
    pub(super) sorts: Vec<Sort>,
    pub(super) about: bool,
    /// A year stands in it: records and reports of a time are called so, rules seldom.
    pub(super) dated: bool,
    /// Says nothing of the subject.
    pub(super) silent: bool,
    /// Words that say it is evidence for nothing.
    pub(super) nothing: usize,
}

/// A phrase of the running text.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Mention {
    pub(super) count: usize,
    /// The passage in which it stands first.
    pub(super) passage: usize,
    /// Whether the text begins with it.
    pub(super) opening: bool,
}

/// So many words are the opening of a text.
const OPENING: usize = 80;
/// How much of a document is enough to tell its language, in bytes.
const SAMPLE: usize = 4_000;

impl Reading {
    pub(super) fn of(lexicon: &Lexicon<'_>, document: &Document, prefix: &[u8], boilerplate: &HashSet<u64>) -> Self {
        let path = document.path.below(prefix).map_or_else(|| document.path.to_string(), |path| path.to_string());
        let mut folders: Vec<&str> = path.split('/').collect();
        let _ = folders.pop();
        let folder = folders.last().copied().unwrap_or_default();
        let stem = document.path.stem();
        let stem = [".md", ".html", ".markdown"].iter().fold(stem.as_str(), |stem, ending| stem.strip_suffix(ending).unwrap_or(stem));
        let title = document.title.as_ref().map(|title| (title.value.as_str(), title.at.line));
        let title = title.or_else(|| document.sections.first().map(|section| (section.title.as_str(), section.at.line)));
        let in_folder_of_nothing = folders.iter().any(|folder| lexicon.folders_of_nothing.contains(normal(&name_as_text(folder)).trim()));
        let mut reading = Self {
            in_folder_of_nothing,
            is_illustration: document.is_picture() && (in_folder_of_nothing || folders.iter().any(|folder| OF_PAGES.contains(&folder.to_lowercase().as_str()))),
            is_readme: stem.eq_ignore_ascii_case("readme"),
            is_index: ["readme", "index", "_index"].iter().any(|name| stem.eq_ignore_ascii_case(name)),
            words: document.words,
            fits: lexicon.columns.fits(document),
            outlines: outlines(lexicon, document),
            ..Self::default()
        };
        reading.read_text(lexicon, document, boilerplate);
        let language = reading.language.clone();
        let language = language.as_deref();
        reading.title = title.map(|(text, line)| heading(lexicon, language, text, line)).unwrap_or_default();
        reading.name = name(lexicon, language, &name_as_text(folder), &name_as_text(stem));
        reading.folder = heading(lexicon, language, &name_as_text(folder), 0);
        // Below a folder of records, folders of years and months.
        let mut names = folders.iter().rev().map(|folder| normal(&name_as_text(folder)));
        let nearest = names.find(|name| name.chars().any(char::is_alphabetic)).filter(|_| reading.name.dated || reading.title.dated);
        reading.kept_as = nearest.and_then(|name| lexicon.folders_of_records.get(name.trim()).copied()).filter(|_| !reading.is_index);
        let called = |text: &str| normal(text).split_whitespace().any(|word| lexicon.template_words.contains(word));
        let is_form = |text: &str| normal(text).split_whitespace().any(|word| lexicon.form_words.contains(word));
        reading.is_form = is_form(&reading.title.text) || is_form(&reading.name.text);
        let called_so_itself = called(&reading.title.text) || called(&reading.name.text);
        reading.is_template = called_so_itself || called(&reading.folder.text);
        let names_nothing = reading.title.hits.is_empty() && reading.name.hits.is_empty();
        reading.is_blank = called_so_itself && (names_nothing || is_placeholder(&reading.title.text));
        let title_line = reading.title.line;
        reading.headings = document
            .sections
            .iter()
            .filter(|section| section.at.line != title_line)
            .map(|section| heading(lexicon, language, &section.title, section.at.line))
            .collect();
        reading
    }

    fn read_text(&mut self, lexicon: &Lexicon<'_>, document: &Document, boilerplate: &HashSet<u64>) {
        // Records are known by their columns; a hundred thousand rows of tickets tell no more than the first ones.
        let limit = if document.format == Format::Markdown { usize::MAX } else { 400 };
        let mut text = String::new();
        let (mut before, mut running) = (0, 0);
        // Headings and cells have few of the small words by which a language is told: sentences go before them.
        let (mut sentences, mut rest) = (String::new(), String::new());
        for (index, passage) in document.passages.iter().take(limit).enumerate() {
            text.clear();
            let count = append(&passage.text, &mut text);
            if boilerplate.contains(&hash_of(&passage.text)) {
                continue;
            }
            let sample = if count >= SENTENCE { &mut sentences } else { &mut rest };
            running += running_words(&passage.text, count);
            if sample.len() < SAMPLE {
                sample.push_str(&text);
            }
            lexicon.phrases_in(&text, |entry, at| {
                let mention = self.text.entry(entry).or_insert(Mention { count: 0, passage: index, opening: false });
                mention.count += 1;
                mention.opening |= before < OPENING && before + at / 7 < OPENING;
            });
            let (own, teaching) = lexicon.voices_in(&text);
            self.own_voice += own;
            self.teaching_voice += teaching;
            before += count;
        }
        const ENOUGH_TO_TELL: usize = 60;
        self.has_text = document.format == Format::Markdown && before >= ENOUGH_TO_TELL;
        self.has_sentences = self.has_text && running >= ENOUGH_TO_TELL;
        if sentences.len() < SAMPLE / 8 {
            sentences.push_str(&rest);
        }
        self.language = self.has_text.then(|| lexicon.language_of(&sentences)).flatten().map(str::to_owned);
    }
}

/// Folders in which the pictures of pages lie; of texts they say nothing.
const OF_PAGES: [&str; 9] = ["assets", "static", "media", "public", "pictures", "icons", "logos", "screens", "_static"];

/// So many words and more make a sentence, and fewer a heading, a cell or an item.
const SENTENCE: usize = 10;

/// How many words of a passage stand in sentences and in no row of a table or list of names, in which small words are few in
/// any language. Scripts other than Latin may set no spaces between words: there letters are counted.
fn running_words(text: &str, words: usize) -> usize {
    const LETTERS_OF_A_WORD: usize = 6;
    const ENDS: [&str; 3] = [". ", "! ", "? "];
    let is_latin = |character: &char| character.is_ascii_alphabetic() || ('\u{c0}'..='\u{24f}').contains(character);
    let letters = text.chars().filter(|character| character.is_alphabetic()).count();
    let latin = text.chars().filter(is_latin).count();
    if letters > 2 * latin {
        return letters / LETTERS_OF_A_WORD;
    }
    let ends = text.trim_end().ends_with(['.', '!', '?']) || ENDS.iter().any(|end| text.contains(end));
    if words >= SENTENCE && ends && !text.contains(" | ") { words } else { 0 }
}

/// The file's name; where it and its folder's name make a longer phrase together, such as `continuity/risk-assessment`,
/// that phrase.
fn name(lexicon: &Lexicon<'_>, language: Option<&str>, folder: &str, stem: &str) -> Heading {
    let alone = heading(lexicon, language, stem, 0);
    let together = heading(lexicon, language, &format!("{folder} {stem}"), 0);
    let longest = |heading: &Heading| heading.hits.iter().map(|entry| lexicon.entries[*entry].words).max().unwrap_or(0);
    let (short, long) = (longest(&alone), longest(&together));
    let folder_alone = longest(&heading(lexicon, language, folder, 0));
    if long > short && long > folder_alone && !alone.hits.is_empty() {
        return Heading { meaning: long, hits: together.hits, ..alone };
    }
    alone
}

/// A passage by its text; two that share it are one and the same for boilerplate, which does no harm if it ever errs.
pub(super) fn hash_of(text: &str) -> u64 {
    use std::hash::{DefaultHasher, Hash, Hasher};
    let mut hasher = DefaultHasher::new();
    text.trim().hash(&mut hasher);
    hasher.finish()
}

/// The outlines that the headings follow: at least three of its headings, and half of the document's.
fn outlines(lexicon: &Lexicon<'_>, document: &Document) -> Vec<Fit> {
    const FEWEST: usize = 3;
    const POINTS: f64 = 0.9;
    const MOST: f64 = 4.5;
    let mut found: BTreeMap<usize, BTreeMap<String, (u32, &str)>> = BTreeMap::new();
    for section in &document.sections {
        let key = normal(&section.title);
        let key = key.split_whitespace().filter(|word| !word.chars().all(|character| character.is_ascii_digit())).collect::<Vec<_>>().join("  ");
        for kind in lexicon.outlines.get(&key).into_iter().flatten() {
            found.entry(*kind).or_default().entry(key.clone()).or_insert((section.at.line, &section.title));
        }
    }
    let number = document.sections.len().max(1) as f64;
    found
        .into_iter()
        .filter(|(_, headings)| headings.len() >= FEWEST)
        .map(|(kind, headings)| {
            let share = (headings.len() as f64 / number * 2.0).min(1.0);
            let points = (headings.len() as f64 * POINTS).min(MOST) * share;
            let mut places: Vec<&(u32, &str)> = headings.values().collect();
            places.sort();
            let names = places.iter().map(|(_, title)| *title).collect::<Vec<_>>().join(", ");
            Fit { kind, points, line: places.first().map_or(0, |(line, _)| *line), names }
        })
        .collect()
}

pub(super) fn heading(lexicon: &Lexicon<'_>, language: Option<&str>, text: &str, line: u32) -> Heading {
    let normalised = normal(text);
    let silent = lexicon.silent_names.contains(normalised.trim());
    let dated = normalised
        .split_whitespace()
        .any(|word| word.len() == 4 && (word.starts_with("19") || word.starts_with("20")) && word.bytes().all(|byte| byte.is_ascii_digit()));
    let mut found = Heading { text: text.to_owned(), line, dated, silent, ..Heading::default() };
    lexicon.phrases_in(&normalised, |entry, _| found.hits.push(entry));
    let figures = normalised.split_whitespace().filter(|word| word.chars().all(|character| character.is_ascii_digit() || character == 'v')).count();
    let mut meaning = normalised.split_whitespace().count().saturating_sub(figures);
    for (word, words) in lexicon.title_words_in(&normalised, language) {
        match word {
            TitleWord::Sort(sort) => {
                found.sorts.push(sort);
                meaning = meaning.saturating_sub(words);
            }
            TitleWord::Common => meaning = meaning.saturating_sub(words),
            TitleWord::About => {
                found.about = true;
                meaning = meaning.saturating_sub(words);
            }
            TitleWord::Nothing => found.nothing += words,
        }
    }
    // A phrase may be made of such words ("policy management"): it then means at least itself.
    let longest = found.hits.iter().map(|entry| lexicon.entries[*entry].words).max().unwrap_or(0);
    found.meaning = meaning.max(1).max(longest.min(normalised.split_whitespace().count()));
    found
}
