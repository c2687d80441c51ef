//! Which passages and headings of a document speak of which topics: all topics of all kinds in one look at each text.

use std::collections::{BTreeMap, BTreeSet};

use aho_corasick::{AhoCorasick, MatchKind};

use super::aside::{Aside, AsideWords};
use super::records::is_filled;
use crate::documents::{Document, Section};
use crate::framework::{DocumentedInformation, Framework, SectionKind};
use crate::vocabulary::{key_of, plain};

/// The words of all topics, compiled.
#[derive(Debug)]
pub struct TopicWords {
    automaton: Option<AhoCorasick>,
    /// For each pattern the topics it belongs to: kind and section, as indexes of the framework.
    topics: Vec<Vec<Topic>>,
    numbers: BTreeMap<(String, String), Topic>,
    /// The kind of each topic, by a number.
    kinds: Vec<usize>,
    /// Whether a pattern is a single word, which says little within a sentence.
    single: Vec<bool>,
    /// Length of the longest pattern in bytes.
    longest: usize,
    /// Words by which a part of a document is known to be beside its matter.
    aside: AsideWords,
}

/// Number of a topic in this run.
pub(super) type Topic = usize;

/// Where a document speaks of each topic.
#[derive(Clone, Debug, Default)]
pub(super) struct TopicPlaces {
    /// Sections whose heading names the topic.
    headings: BTreeMap<Topic, Vec<Named>>,
    /// Passages that name it.
    passages: BTreeMap<Topic, Vec<Named>>,
    /// What names topics without treating any.
    aside: Aside,
    /// For each passage the section next above it.
    innermost: Vec<Option<usize>>,
}

/// A heading or passage that names a topic.
#[derive(Clone, Debug)]
struct Named {
    /// Its number in the document.
    index: usize,
    /// The topic's words that stand in it, as numbers of patterns.
    terms: BTreeSet<usize>,
}

impl TopicWords {
    /// Compiles the words of all topics of a map.
    pub fn new(framework: &Framework) -> Self {
        let mut patterns: BTreeMap<String, Vec<Topic>> = BTreeMap::new();
        let mut numbers = BTreeMap::new();
        let mut kinds = Vec::new();
        for (kind_number, kind) in framework.kinds.values().enumerate() {
            for section in &kind.sections {
                let number = numbers.len();
                numbers.insert((kind.id.clone(), section.id.clone()), number);
                kinds.push(kind_number);
                for term in section.terms.iter().chain([&section.id, &section.title]) {
                    let pattern = spaced(term);
                    if !pattern.is_empty() {
                        patterns.entry(pattern).or_default().push(number);
                    }
                }
            }
        }
        let (texts, topics): (Vec<String>, Vec<Vec<Topic>>) = patterns.into_iter().unzip();
        // Words of one topic may stand within those of another, and both count.
        let automaton = AhoCorasick::builder().match_kind(MatchKind::Standard).build(&texts).ok();
        let longest = texts.iter().map(String::len).max().unwrap_or_default();
        let single = texts.iter().map(|text| text.trim().bytes().all(|byte| byte != b' ')).collect();
        Self { automaton, topics, numbers, kinds, single, longest, aside: AsideWords::new(framework) }
    }

    /// The number of a topic.
    pub(super) fn number(&self, kind: &str, section: &str) -> Option<Topic> {
        self.numbers.get(&(kind.to_owned(), section.to_owned())).copied()
    }

    /// Where a document speaks of each topic.
    pub(super) fn places(&self, document: &Document) -> TopicPlaces {
        let mut places = TopicPlaces { aside: self.aside.of(document), innermost: innermost(document), ..TopicPlaces::default() };
        for (index, section) in document.sections.iter().enumerate() {
            self.note_heading(&section.title, index, &mut places.headings);
        }
        // What a history of versions says is done treats no topic.
        let history: BTreeSet<u32> = document
            .tables
            .iter()
            .filter(|table| table.is_history())
            .flat_map(|table| table.rows.iter().filter_map(|row| row.first()).map(|cell| cell.at.line))
            .collect();
        for (index, passage) in document.passages.iter().enumerate().filter(|(_, passage)| !history.contains(&passage.line)) {
            self.note_passage(&passage.text, index, &mut places.passages);
        }
        places
    }

    /// A heading is about the topic whose words fit it best: "Services delivered by others" is not about "services".
    fn note_heading(&self, text: &str, index: usize, places: &mut BTreeMap<Topic, Vec<Named>>) {
        let Some(automaton) = &self.automaton else { return };
        let hits: Vec<_> = automaton.find_overlapping_iter(&spaced(text)).collect();
        for (number, hit) in hits.iter().enumerate() {
            // They come in the order of their ends, and what holds one ends within the longest words' length of it.
            let around = hits[number..].iter().take_while(|other| other.end() <= hit.start() + self.longest);
            let before = hits[..number].iter().rev().take_while(|other| other.end() == hit.end());
            let wider: Vec<_> =
                around.chain(before).filter(|other| other.start() <= hit.start() && other.end() >= hit.end() && other.len() > hit.len()).collect();
            for topic in &self.topics[hit.pattern().as_usize()] {
                let better = |other: &&&aho_corasick::Match| {
                    let topics = &self.topics[other.pattern().as_usize()];
                    !topics.contains(topic) && topics.iter().any(|other| self.kinds[*other] == self.kinds[*topic])
                };
                if !wider.iter().any(|other| better(&other)) {
                    note(places, *topic, index, hit.pattern().as_usize());
                }
            }
        }
    }

    /// A single word counts where a passage begins with it; in the midst of a sentence it is dropped in passing.
    fn note_passage(&self, text: &str, index: usize, places: &mut BTreeMap<Topic, Vec<Named>>) {
        const WORDS_BEFORE: usize = 1;
        let Some(automaton) = &self.automaton else { return };
        let text = spaced(text);
        let begun = end_of_words(&text, WORDS_BEFORE);
        for hit in automaton.find_overlapping_iter(&text) {
            if self.single[hit.pattern().as_usize()] && hit.start() > begun {
                continue;
            }
            for topic in &self.topics[hit.pattern().as_usize()] {
                note(places, *topic, index, hit.pattern().as_usize());
            }
        }
    }

    /// How much terms say together: a single word says less than a phrase.
    fn weight<'all>(&self, terms: impl IntoIterator<Item = &'all usize>) -> usize {
        const PHRASE: usize = 2;
        terms.into_iter().map(|term| if self.single[*term] { 1 } else { PHRASE }).sum()
    }
}

fn note(places: &mut BTreeMap<Topic, Vec<Named>>, topic: Topic, index: usize, term: usize) {
    let known = places.entry(topic).or_default();
    match known.last_mut().filter(|last| last.index == index) {
        Some(last) => {
            last.terms.insert(term);
        }
        None => known.push(Named { index, terms: BTreeSet::from([term]) }),
    }
}

/// What a document says of a topic.
pub(super) enum Covered {
    /// It speaks of it, at this line.
    Said {
        /// Line.
        line: u32,
        /// The heading or passage.
        passage: String,
        /// Whether a field of its head says it, and not a keyword.
        by_field: bool,
        /// Whether it only names the topic: it points to other documents, is a box to tick, or says who does what.
        aside: bool,
    },
    /// A heading promises it and holds nothing.
    OnlyHeading(u32),
    /// Nothing speaks of it.
    Nothing,
}

/// Fewest words under a heading that make it more than a heading.
const WORDS: usize = 3;

impl TopicWords {
    /// What a document says of a topic of a kind.
    pub(super) fn look_for(&self, document: &Document, places: &TopicPlaces, topic: &SectionKind, kind: &DocumentedInformation) -> Covered {
        if let Some(field) = document.head.field(&key_of(&topic.id)).filter(|field| is_filled(&field.value)) {
            let passage = field.value.as_text().unwrap_or("(list)").to_owned();
            return Covered::Said { line: field.value.at.line, passage, by_field: true, aside: false };
        }
        let Some(number) = self.number(&kind.id, &topic.id) else { return Covered::Nothing };
        let headings = || places.named_by_headings(number).iter().map(|named| (named, &document.sections[named.index]));
        let own_headings = || headings().filter(|(named, section)| section.level > 1 && !places.aside.has_section(named.index));
        let passages = places.named_by_passages(number);
        let filled = own_headings().filter(|(_, section)| section.words >= WORDS).map(|(named, section)| self.under(named, section, passages, places));
        // A heading that promises the topic and holds nothing is worse than a passage elsewhere is good.
        if filled.clone().next().is_none()
            && let Some((_, section)) = own_headings().next()
        {
            return Covered::OnlyHeading(section.at.line);
        }
        // A word dropped in passing under the heading of another topic of the kind covers nothing. What has a heading of its
        // own within that section is about what this heading says.
        let others = kind.sections.iter().filter(|other| other.id != topic.id).filter_map(|other| self.number(&kind.id, &other.id));
        let headed: BTreeSet<usize> = others.flat_map(|other| places.headings(other)).filter(|index| document.sections[*index].level > 1).collect();
        let is_free = |named: &&Named| headed.is_empty() || places.innermost[named.index].is_none_or(|section| !headed.contains(&section));
        let free = || passages.iter().filter(is_free);
        let said = free()
            .filter(|named| !places.aside.has_passage(named.index))
            .map(|named| Candidate { weight: self.weight(&named.terms), cited: Cited::Passage(named.index) });
        // What holds most of the topic's words speaks of it best; headings come first among equals.
        let best = filled.chain(said).reduce(|best, other| if other.weight > best.weight { other } else { best });
        if let Some(Candidate { cited, .. }) = best {
            return cited.said(document, false);
        }
        let aside = free().next().map(|named| Cited::Passage(named.index));
        aside
            .or_else(|| headings().find(|(_, section)| section.level > 1 && section.words >= WORDS).map(|(named, _)| Cited::Heading(named.index)))
            .map_or(Covered::Nothing, |cited| cited.said(document, true))
    }

    /// A section whose heading names the topic; a passage in it that says more of it than the heading is cited in its place.
    fn under(&self, heading: &Named, section: &Section, passages: &[Named], places: &TopicPlaces) -> Candidate {
        let first = passages.partition_point(|named| named.index < section.passages.start);
        let of_section = || passages[first..].iter().take_while(|named| named.index < section.passages.end);
        let within = || of_section().filter(|named| !places.aside.has_passage(named.index));
        let together: BTreeSet<&usize> = heading.terms.iter().chain(within().flat_map(|named| &named.terms)).collect();
        let own = self.weight(&heading.terms);
        let mut cited = (own, Cited::Heading(heading.index));
        for named in within() {
            let weight = self.weight(&named.terms);
            if weight > cited.0 {
                cited = (weight, Cited::Passage(named.index));
            }
        }
        Candidate { weight: own + self.weight(together), cited: cited.1 }
    }
}

/// What could be cited for a topic.
struct Candidate {
    weight: usize,
    cited: Cited,
}

/// A heading or passage, by its number.
enum Cited {
    Heading(usize),
    Passage(usize),
}

impl Cited {
    fn said(&self, document: &Document, aside: bool) -> Covered {
        let (line, passage) = match self {
            Self::Heading(index) => (document.sections[*index].at.line, document.sections[*index].title.clone()),
            Self::Passage(index) => (document.passages[*index].line, document.passages[*index].text.clone()),
        };
        Covered::Said { line, passage, by_field: false, aside }
    }
}

impl TopicPlaces {
    /// For a document that was not looked at.
    pub(super) const fn nowhere() -> Self {
        Self { headings: BTreeMap::new(), passages: BTreeMap::new(), aside: Aside::none(), innermost: Vec::new() }
    }

    /// Sections whose heading names a topic, in order.
    pub(super) fn headings(&self, topic: Topic) -> impl Iterator<Item = usize> + '_ {
        self.named_by_headings(topic).iter().map(|named| named.index)
    }

    fn named_by_headings(&self, topic: Topic) -> &[Named] {
        self.headings.get(&topic).map(Vec::as_slice).unwrap_or_default()
    }

    fn named_by_passages(&self, topic: Topic) -> &[Named] {
        self.passages.get(&topic).map(Vec::as_slice).unwrap_or_default()
    }
}

/// For each passage of a document the section next above it: sections come in order, and the deeper one later.
fn innermost(document: &Document) -> Vec<Option<usize>> {
    let mut above = vec![None; document.passages.len()];
    for (index, section) in document.sections.iter().enumerate() {
        if let Some(passages) = above.get_mut(section.passages.clone()) {
            passages.fill(Some(index));
        }
    }
    above
}

/// Where the first words of a [`spaced`] text end.
fn end_of_words(text: &str, count: usize) -> usize {
    text.split_inclusive(' ').filter(|part| !part.trim().is_empty()).take(count).map(|part| part.len() + 1).sum()
}

/// Each word between two blanks, so that only whole words match and two matches share no blank.
fn spaced(text: &str) -> String {
    let words = plain(text);
    let mut result = String::with_capacity(words.len() + 16);
    for word in words.split(' ').filter(|word| !word.is_empty()) {
        result.push(' ');
        result.push_str(word);
        result.push(' ');
    }
    result
}
