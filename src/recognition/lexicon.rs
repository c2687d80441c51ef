//! All vocabularies of a clause map, compiled: one look at a text finds every phrase of every language.

use std::collections::{BTreeMap, HashMap, HashSet};

use aho_corasick::{AhoCorasick, MatchKind};

use super::columns::Columns;
use super::normal::{append, normal};
use crate::framework::{DocumentedInformation, Framework, Language, Sort, Subject};

/// What a phrase says about the subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Class {
    /// Names it: standing as a title, it is the subject.
    Name,
    /// Tells of it in running text.
    Phrase,
    /// Supports and never decides.
    Word,
    /// Means something else, and keeps the shorter phrases in it from being heard.
    Other,
}

/// What a phrase means.
#[derive(Clone, Copy, Debug)]
pub(super) struct Meaning {
    pub(super) subject: usize,
    pub(super) class: Class,
    pub(super) kind: Option<usize>,
}

/// What a word of a title says beside its subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TitleWord {
    /// Announces a sort of document.
    Sort(Sort),
    /// A lesson about the subject.
    About,
    /// Evidence for nothing.
    Nothing,
    /// A function word.
    Common,
}

/// A phrase and what it means; several where subjects share it.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) phrase: String,
    pub(super) words: usize,
    pub(super) meanings: Vec<Meaning>,
}

/// The vocabularies of a map, compiled.
pub struct Lexicon<'map> {
    pub(super) framework: &'map Framework,
    pub(super) subjects: &'map [Subject],
    pub(super) kinds: Vec<&'map DocumentedInformation>,
    pub(super) entries: Vec<Entry>,
    pub(super) columns: Columns,
    pub(super) folders_of_nothing: HashSet<String>,
    /// Titles that say nothing of the subject.
    pub(super) silent_names: HashSet<String>,
    /// Words by which templates call themselves so.
    pub(super) template_words: HashSet<String>,
    /// Words by which forms call themselves so.
    pub(super) form_words: HashSet<String>,
    /// Headings of usual outlines, and the kinds in whose outline each stands.
    pub(super) outlines: HashMap<String, Vec<usize>>,
    /// Names of folders of records, and the kind of each.
    pub(super) folders_of_records: HashMap<String, usize>,
    phrases: AhoCorasick,
    title_words: AhoCorasick,
    /// What each says, and in which languages it says so.
    title_meanings: Vec<(TitleWord, Vec<&'map str>)>,
    voices: AhoCorasick,
    voice_is_own: Vec<bool>,
    languages: Vec<(&'map str, HashSet<String>)>,
}

impl<'map> Lexicon<'map> {
    /// Compiles the vocabularies of a map.
    ///
    /// # Errors
    /// A text, where the phrases cannot be compiled (too many for the matcher).
    pub fn new(framework: &'map Framework) -> Result<Self, String> {
        let kinds: Vec<&DocumentedInformation> = framework.kinds.values().collect();
        let entries = entries(framework, &kinds);
        let titles = title_words(framework);
        let (voice_texts, voice_is_own) = voices(framework);
        let (phrases, (title_words, voices)) = rayon::join(
            || compiled(entries.iter().map(|entry| normal(&entry.phrase)).collect()),
            || rayon::join(|| compiled(titles.keys().cloned().collect()), || compiled(voice_texts)),
        );
        let languages = framework.languages.values().map(|language| (language.words.language.as_str(), normal_set(&language.words.common_words))).collect();
        Ok(Self {
            framework,
            subjects: &framework.subjects,
            columns: Columns::new(&kinds),
            outlines: outlines(framework, &kinds),
            folders_of_records: folders_of_records(framework, &kinds),
            template_words: framework.languages.values().flat_map(|language| normal_set(&language.words.template_words)).collect(),
            form_words: framework.languages.values().flat_map(|language| normal_set(&language.words.form_words)).collect(),
            silent_names: framework.languages.values().flat_map(|language| normal_set(&language.words.silent_names)).collect(),
            kinds,
            entries,
            phrases: phrases?,
            title_words: title_words?,
            title_meanings: titles.into_values().collect(),
            voices: voices?,
            voice_is_own,
            languages,
            folders_of_nothing: framework.languages.values().flat_map(|language| normal_set(&language.words.folders_of_nothing)).collect(),
        })
    }

    /// Every phrase in a normalised text, the longest where several begin; each is an index into the entries.
    pub(super) fn phrases_in(&self, text: &str, mut found: impl FnMut(usize, usize)) {
        self.phrases.find_iter(text).for_each(|hit| found(hit.pattern().as_usize(), hit.start()));
    }

    /// Words of a title that say more than its subject: what each is, and how many words it has. Words of another
    /// language than the document's say nothing.
    pub(super) fn title_words_in(&self, text: &str, language: Option<&str>) -> Vec<(TitleWord, usize)> {
        let hits = self.title_words.find_iter(text).map(|hit| (&self.title_meanings[hit.pattern().as_usize()], &text[hit.range()]));
        let spoken = hits.filter(|((_, languages), _)| language.is_none_or(|language| languages.contains(&language)));
        spoken.map(|((word, _), text)| (*word, text.split_whitespace().count())).collect()
    }

    /// How often a normalised text speaks as an organization's own rules do, and how often as a lesson does.
    pub(super) fn voices_in(&self, text: &str) -> (usize, usize) {
        self.voices.find_iter(text).fold(
            (0, 0),
            |(own, teaching), hit| {
                if self.voice_is_own[hit.pattern().as_usize()] { (own + 1, teaching) } else { (own, teaching + 1) }
            },
        )
    }

    /// The language of a normalised text: the one whose function words are commonest in it. Lists and headings have few of
    /// them; there it is enough that many different ones occur, since single ones are words of other languages too.
    pub(super) fn language_of(&self, text: &str) -> Option<&'map str> {
        const ENOUGH: f64 = 0.08;
        const FEW: f64 = 0.03;
        const DIFFERENT: usize = 6;
        const LOOK_AT: usize = 400;
        let words: Vec<&str> = text.split_whitespace().take(LOOK_AT).collect();
        let count = |common: &HashSet<String>| words.iter().filter(|word| common.contains(**word)).count();
        let counted = self.languages.iter().map(|(code, common)| (count(common), *code, common));
        let (best, code, common) = counted.max_by(|left, right| left.0.cmp(&right.0).then(right.1.cmp(left.1)))?;
        let share = best as f64 / words.len().max(1) as f64;
        let different = || words.iter().filter(|word| common.contains(**word)).collect::<HashSet<_>>().len();
        (share >= ENOUGH || share >= FEW && different() >= DIFFERENT).then_some(code)
    }

    /// Words of a text that no vocabulary knows, as they are written: what is left when all that the field calls things by
    /// is taken out.
    pub(super) fn unknown_words<'text>(&self, text: &'text str) -> Vec<&'text str> {
        let is_unknown = |word: &&str| {
            let word = normal(word);
            let mut known = self.title_words.is_match(&word) || self.silent_names.contains(word.trim()) || self.template_words.contains(word.trim());
            self.phrases_in(&word, |_, _| known = true);
            !known
        };
        let mut whole = false;
        self.phrases_in(&normal(text), |entry, _| whole |= self.entries[entry].words == text.split_whitespace().count());
        text.split_whitespace().filter(|word| !whole && word.chars().any(char::is_alphabetic)).filter(is_unknown).collect()
    }

    /// Words of an entry's phrase, of the subject's own.
    pub(super) fn kind_index(&self, id: &str) -> Option<usize> {
        self.kinds.iter().position(|kind| kind.id == id)
    }
}

fn compiled(patterns: Vec<String>) -> Result<AhoCorasick, String> {
    AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(patterns).map_err(|error| error.to_string())
}

fn normal_set(words: &[String]) -> HashSet<String> {
    words.iter().map(|word| normal(word).trim().to_owned()).collect()
}

fn entries(framework: &Framework, kinds: &[&DocumentedInformation]) -> Vec<Entry> {
    let mut meanings: BTreeMap<String, Vec<Meaning>> = BTreeMap::new();
    let mut texts: BTreeMap<String, String> = BTreeMap::new();
    let mut add = |phrase: &str, meaning: Meaning| {
        let mut key = String::new();
        if append(phrase, &mut key) == 0 {
            return;
        }
        texts.entry(key.clone()).or_insert_with(|| phrase.to_owned());
        let known = meanings.entry(key).or_default();
        match known.iter_mut().find(|known| known.subject == meaning.subject) {
            // The stronger class wins, and what tells the kind is kept.
            Some(known) => {
                known.class = known.class.min(meaning.class);
                known.kind = known.kind.or(meaning.kind);
            }
            None => known.push(meaning),
        }
    };
    for (subject, declared) in framework.subjects.iter().enumerate() {
        for Language { words, .. } in framework.languages.values() {
            let Some(own) = words.subjects.get(&declared.id) else { continue };
            for (class, list) in [(Class::Name, &own.names), (Class::Phrase, &own.phrases), (Class::Word, &own.words), (Class::Other, &own.not)] {
                list.iter().for_each(|phrase| add(phrase, Meaning { subject, class, kind: None }));
            }
        }
        let own: Vec<usize> = declared.kinds.iter().filter_map(|id| kinds.iter().position(|kind| kind.id == *id)).collect();
        let of_kind = |class, kind| Meaning { subject, class, kind: Some(kind) };
        // What names one kind may be a term of another: the name counts.
        for kind in &own {
            add(&kinds[*kind].title, of_kind(Class::Name, *kind));
            kinds[*kind].recognised_by.names.iter().for_each(|name| add(name, of_kind(Class::Name, *kind)));
        }
        for kind in &own {
            for term in &kinds[*kind].recognised_by.terms {
                add(term, of_kind(if term.contains(' ') { Class::Phrase } else { Class::Word }, *kind));
            }
        }
    }
    meanings
        .into_iter()
        .map(|(key, mut meanings)| {
            // Where a phrase means something, its other sense under another subject is only that it is not that one.
            if meanings.iter().any(|meaning| meaning.class != Class::Other) {
                meanings.retain(|meaning| meaning.class != Class::Other);
            }
            let phrase = texts.remove(&key).unwrap_or_default();
            Entry { phrase, words: key.split_whitespace().count(), meanings }
        })
        .collect()
}

fn outlines(framework: &Framework, kinds: &[&DocumentedInformation]) -> HashMap<String, Vec<usize>> {
    let mut all: HashMap<String, Vec<usize>> = HashMap::new();
    for (id, words) in framework.languages.values().flat_map(|language| &language.words.kinds) {
        let Some(kind) = kinds.iter().position(|kind| kind.id == *id) else { continue };
        for heading in normal_set(&words.outline) {
            all.entry(heading).or_default().push(kind);
        }
    }
    all
}

fn folders_of_records(framework: &Framework, kinds: &[&DocumentedInformation]) -> HashMap<String, usize> {
    let words = framework.languages.values().flat_map(|language| &language.words.kinds);
    let known = words.filter_map(|(id, words)| Some((kinds.iter().position(|kind| kind.id == *id)?, words)));
    known.flat_map(|(kind, words)| normal_set(&words.kept_in).into_iter().map(move |folder| (folder, kind))).collect()
}

fn title_words(framework: &Framework) -> BTreeMap<String, (TitleWord, Vec<&str>)> {
    let mut all: BTreeMap<String, (TitleWord, Vec<&str>)> = BTreeMap::new();
    for Language { words, .. } in framework.languages.values() {
        let sorts = words.sorts.iter().flat_map(|(sort, list)| list.iter().map(move |word| (word, TitleWord::Sort(*sort))));
        let about = words.about.iter().map(|word| (word, TitleWord::About));
        let nothing = words.nothing_titles.iter().map(|word| (word, TitleWord::Nothing));
        let common = words.common_words.iter().map(|word| (word, TitleWord::Common));
        for (word, meaning) in common.chain(sorts).chain(about).chain(nothing) {
            let entry = all.entry(normal(word)).or_insert((meaning, Vec::new()));
            entry.0 = meaning;
            entry.1.push(words.language.as_str());
        }
    }
    all.remove("");
    all
}

fn voices(framework: &Framework) -> (Vec<String>, Vec<bool>) {
    let mut all: BTreeMap<String, bool> = BTreeMap::new();
    for Language { words, .. } in framework.languages.values() {
        all.extend(words.teaching_voice.iter().map(|phrase| (normal(phrase), false)));
        all.extend(words.own_voice.iter().map(|phrase| (normal(phrase), true)));
    }
    all.remove("");
    all.into_iter().unzip()
}
