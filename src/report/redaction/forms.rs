//! The forms in which people write a name, and where a text holds one.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::words::{Gap, Word, folded, gap, words};
use crate::assessment::NamedPeople;

/// Words before a family name.
const TITLES: [&str; 16] = ["mr", "mrs", "ms", "miss", "mx", "dr", "prof", "sir", "herr", "frau", "mme", "mlle", "madame", "monsieur", "senor", "senora"];

/// Words that belong to the family name behind them.
const PARTICLES: [&str; 20] =
    ["van", "von", "de", "der", "den", "del", "della", "di", "da", "dos", "du", "la", "le", "bin", "ibn", "al", "el", "ter", "zu", "af"];

/// A piece of a form.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    /// A word of the name.
    Word(String),
    /// The first letter of one.
    Initial(String),
    /// A comma must stand before it: the name is turned round.
    AfterComma(Box<Part>),
    /// Any title.
    Title,
}

/// What a form stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Stands {
    Person,
    /// For an organization, a service or a role, which stays.
    Other,
}

/// All forms of all names.
#[derive(Clone, Debug, Default)]
pub(super) struct Forms {
    /// By their first word.
    forms: BTreeMap<String, Vec<(Vec<Part>, Stands)>>,
    /// What stands before the sign of an address.
    mailboxes: BTreeSet<String>,
    /// Addresses and handles as they are written.
    addresses: BTreeSet<String>,
    /// Words that are a name where they stand alone.
    alone: BTreeSet<String>,
}

impl Forms {
    pub(super) fn new(people: &NamedPeople) -> Self {
        let mut forms = Self::default();
        for name in &people.names {
            if name.contains('@') {
                forms.addresses.insert(name.to_lowercase());
            } else {
                forms.add(name);
            }
        }
        // Only those in which a person's name stands would be cut.
        let cut: Vec<&String> = people.others.iter().filter(|other| !forms.find(other).is_empty()).collect();
        for other in cut {
            let parts: Vec<Part> = words(other).into_iter().map(|word| Part::Word(word.folded)).collect();
            forms.insert(parts, Stands::Other);
        }
        forms
    }

    fn add(&mut self, name: &str) {
        let groups: Vec<Vec<String>> = name.split_whitespace().map(|part| words(part).into_iter().map(|word| word.folded).collect()).collect();
        let groups: Vec<Vec<String>> = groups.into_iter().filter(|group: &Vec<String>| !group.is_empty()).collect();
        self.alone.insert(flat(&groups).join(" "));
        let last_at = groups.iter().skip(1).position(|group| PARTICLES.contains(&group[0].as_str())).map_or(groups.len().saturating_sub(1), |at| at + 1);
        let (first, last) = groups.split_at(last_at);
        let (Some(given), Some(family)) = (first.first(), last.last()) else { return };
        self.alone.extend([given.join(" "), family.join(" ")].into_iter().filter(|word| word.chars().count() > 2));
        let word = |words: Vec<String>| words.into_iter().map(Part::Word).collect::<Vec<Part>>();
        let initial = |group: &Vec<String>| Part::Initial(group[0].chars().take(1).collect());
        let (given_all, family_all) = (word(flat(first)), word(flat(last)));
        let initials: Vec<Part> = first.iter().map(initial).collect();
        let turned = |before: &[Part], after: &[Part]| {
            let comma = after.iter().enumerate().map(|(at, part)| if at == 0 { Part::AfterComma(Box::new(part.clone())) } else { part.clone() });
            before.iter().cloned().chain(comma).collect::<Vec<Part>>()
        };
        let in_order = |before: &[Part], after: &[Part]| [before, after].concat();
        // A name that is written with an initial is known by no more.
        let is_full = given.iter().any(|word| word.chars().count() > 1);
        let given_one = word(given.clone());
        for (before, after) in [(&given_all, &family_all), (&given_one, &family_all), (&initials, &family_all)] {
            self.insert(in_order(before, after), Stands::Person);
            self.insert(turned(after, before), Stands::Person);
        }
        self.insert(in_order(&[initial(given)], &family_all), Stands::Person);
        self.insert(turned(&family_all, &[initial(given)]), Stands::Person);
        self.insert(in_order(&[Part::Title], &family_all), Stands::Person);
        if is_full {
            self.insert(in_order(&given_one, &[initial(family)]), Stands::Person);
        }
        let (given, family) = (given.concat(), flat(last).concat());
        let short = |word: &str| word.chars().take(1).collect::<String>();
        let mailboxes = [format!("{given}{family}"), format!("{family}{given}"), format!("{}{family}", short(&given)), format!("{family}{}", short(&given))];
        self.mailboxes.extend(mailboxes.into_iter().chain([format!("{given}{}", short(&family)), given, family]));
    }

    fn insert(&mut self, parts: Vec<Part>, stands: Stands) {
        let first: Vec<String> = match parts.first() {
            Some(Part::Word(word) | Part::Initial(word)) => vec![word.clone()],
            Some(Part::Title) => TITLES.iter().map(|title| (*title).to_owned()).collect(),
            _ => return,
        };
        for first in first {
            let forms = self.forms.entry(first).or_default();
            if parts.len() > 1 && !forms.iter().any(|(known, _)| *known == parts) {
                forms.push((parts.clone(), stands));
            }
        }
    }

    /// Whether a text is nothing but names, or the words of names, in the large.
    pub(super) fn is_nothing_else(&self, text: &str) -> bool {
        let mut parts = text.split([',', ';', '/']).map(str::trim).filter(|part| !part.is_empty()).peekable();
        let is_name = |part: &str| {
            let words: Vec<Word> = words(part);
            let signs = part.chars().all(|character| character.is_alphanumeric() || character.is_whitespace() || "'’-.".contains(character));
            let large = words.len() > 1 || words.first().is_some_and(|word| word.begins_large);
            signs && large && self.alone.contains(&words.into_iter().map(|word| word.folded).collect::<Vec<_>>().join(" "))
        };
        parts.peek().is_some() && parts.all(is_name)
    }

    /// Where names stand, in order, none within another.
    pub(super) fn find(&self, text: &str) -> Vec<Range<usize>> {
        let mut found = self.addresses_in(text);
        let words = words(text);
        let mut at = 0;
        while at < words.len() {
            let Some((length, stands, end)) = self.at(text, &words, at) else {
                at += 1;
                continue;
            };
            if stands == Stands::Person {
                found.push(words[at].start..end);
            }
            at += length;
        }
        found.sort_by_key(|range| (range.start, std::cmp::Reverse(range.end)));
        let mut end = 0;
        found.retain(|range| {
            let apart = range.start >= end;
            end = end.max(range.end);
            apart
        });
        found
    }

    /// The longest form that begins with a word.
    fn at(&self, text: &str, words: &[Word], at: usize) -> Option<(usize, Stands, usize)> {
        let forms = self.forms.get(&words[at].folded)?;
        let fitting = forms.iter().filter_map(|(parts, stands)| Some((parts.len(), *stands, fits(text, &words[at..], parts)?)));
        fitting.max_by_key(|(length, stands, end)| (*length, *stands, *end))
    }

    fn addresses_in(&self, text: &str) -> Vec<Range<usize>> {
        let in_address = |character: char| character.is_alphanumeric() || "._%+-".contains(character);
        let mut found = Vec::new();
        let mut free = 0;
        for (sign, _) in text.match_indices('@') {
            let start = text[free..sign]
                .rfind(|character| !in_address(character))
                .map_or(free, |before| free + before + text[free + before..].chars().next().map_or(1, char::len_utf8));
            let after = &text[sign + 1..];
            let end = sign + 1 + after.find(|character| !in_address(character)).unwrap_or(after.len());
            let end = sign + 1 + text[sign + 1..end].trim_end_matches(['.', '-', '_']).len();
            let (local, whole) = (&text[start..sign], text[start..end].to_lowercase());
            let letters = |part: &str| folded(part).chars().filter(|character| character.is_alphabetic()).collect::<String>();
            let is_person = !local.is_empty() && local.split('+').any(|part| self.mailboxes.contains(&letters(part)));
            if end > sign + 1 && (is_person || self.addresses.contains(&whole)) {
                found.push(start..end);
            }
            free = end;
        }
        found
    }
}

fn flat(groups: &[Vec<String>]) -> Vec<String> {
    groups.concat()
}

/// Where a form ends that begins with the first of these words; none where it does not stand there.
fn fits(text: &str, words: &[Word], parts: &[Part]) -> Option<usize> {
    let mut in_running_text = false;
    for (index, part) in parts.iter().enumerate() {
        let word = words.get(index)?;
        let before = match index {
            0 => None,
            _ => Some(gap(&text[words[index - 1].end..word.start])),
        };
        let (part, wants_comma) = match part {
            Part::AfterComma(part) => (part.as_ref(), true),
            part => (part, false),
        };
        let previous = index.checked_sub(1).map(|previous| &parts[previous]);
        let allowed = match (before, previous) {
            (None, _) => true,
            (Some(gap), _) if wants_comma => matches!(gap, Gap::Comma | Gap::Joined),
            (Some(gap), Some(Part::Initial(_) | Part::Title)) => initial_fits(gap, &words[index - 1], previous),
            (Some(Gap::Point), Some(Part::AfterComma(inner))) => matches!(**inner, Part::Initial(_)),
            (Some(gap), _) => matches!(gap, Gap::Blank | Gap::Joined),
        };
        in_running_text |= matches!(before, Some(Gap::Blank | Gap::Comma | Gap::Point));
        let is_it = match part {
            Part::Word(own) => word.folded == *own || is_genitive(word, own, index + 1 == parts.len()),
            Part::Initial(letter) => word.is_one_letter() && word.folded == *letter,
            Part::Title => TITLES.contains(&word.folded.as_str()),
            Part::AfterComma(_) => false,
        };
        if !allowed || !is_it {
            return None;
        }
    }
    // In running text a name begins with a capital: "a will power" is none.
    if in_running_text && !words.first()?.begins_large {
        return None;
    }
    let last = words.get(parts.len() - 1)?;
    let ends_short = match parts.last()? {
        Part::Initial(_) => true,
        Part::AfterComma(part) => matches!(**part, Part::Initial(_)),
        _ => false,
    };
    if !ends_short {
        return Some(last.end);
    }
    // "Vance, I.": an initial at the end needs its point, and the point of the sentence is not taken.
    let rest = &text[last.end..];
    let has_point = rest.starts_with('.') && last.begins_large;
    let ends_text = rest.trim_start_matches('.').trim().is_empty();
    has_point.then_some(if ends_text { last.end } else { last.end + 1 })
}

/// "I. Vance", "I.Vance", "i-vance", "K Vance" with a capital; "A Frost" and "I Frost" may be English.
fn initial_fits(gap: Gap, word: &Word, part: Option<&Part>) -> bool {
    match gap {
        Gap::Point | Gap::Joined => true,
        Gap::Blank => part == Some(&Part::Title) || word.begins_large && !["a", "i"].contains(&word.folded.as_str()),
        Gap::Comma | Gap::Other => false,
    }
}

/// "Ingrid Vances Tisch".
fn is_genitive(word: &Word, own: &str, is_last: bool) -> bool {
    is_last && own.len() > 3 && word.folded.strip_suffix('s') == Some(own)
}
