//! What stands beside the matter of a document: pointers to other documents, boxes to tick, and who does what. It names
//! topics and treats none of them.

use std::collections::BTreeSet;

use crate::documents::{Document, Passage};
use crate::framework::Framework;
use crate::vocabulary::{plain, words};

/// Words of headings under which a document names others, or says who does what.
#[derive(Debug)]
pub(super) struct AsideWords {
    /// Whole headings.
    references: BTreeSet<String>,
    /// Words or phrases of headings.
    roles: Vec<String>,
}

/// Parts of one document that are beside its matter.
#[derive(Clone, Debug, Default)]
pub(super) struct Aside {
    sections: BTreeSet<usize>,
    passages: BTreeSet<usize>,
}

impl AsideWords {
    pub(super) fn new(framework: &Framework) -> Self {
        let languages = || framework.languages.values().map(|language| &language.words);
        Self {
            references: languages().flat_map(|words| &words.reference_headings).map(|heading| plain(heading)).collect(),
            roles: languages().flat_map(|words| &words.role_headings).map(|heading| format!(" {} ", plain(heading))).collect(),
        }
    }

    /// What of a document is beside its matter.
    pub(super) fn of(&self, document: &Document) -> Aside {
        let mut aside = Aside::default();
        for (index, section) in document.sections.iter().enumerate() {
            let title = plain(&section.title);
            // "7.2 References" is called "References".
            let called = title.trim_start_matches(|letter: char| letter.is_ascii_digit() || letter == ' ');
            let references = self.references.contains(called);
            // A document on roles as a whole is about nothing else.
            let roles = section.level > 1 && self.roles.iter().any(|role| format!(" {title} ").contains(role.as_str()));
            if !references && !roles {
                continue;
            }
            if references {
                aside.sections.insert(index);
            }
            aside.passages.extend(section.passages.clone());
            let beneath = |(_, other): &(usize, &crate::documents::Section)| other.level > section.level;
            aside.sections.extend(document.sections.iter().enumerate().skip(index + 1).take_while(beneath).map(|(index, _)| index));
        }
        let boxes: BTreeSet<u32> = document.tasks.iter().map(|task| task.line).collect();
        aside.passages.extend(document.passages.iter().enumerate().filter(|(_, passage)| boxes.contains(&passage.line)).map(|(index, _)| index));
        aside.passages.extend(pointers(document));
        aside
    }
}

impl Aside {
    pub(super) const fn none() -> Self {
        Self { sections: BTreeSet::new(), passages: BTreeSet::new() }
    }

    pub(super) fn has_section(&self, index: usize) -> bool {
        self.sections.contains(&index)
    }

    pub(super) fn has_passage(&self, index: usize) -> bool {
        self.passages.contains(&index)
    }
}

/// Passages that only point elsewhere: hardly more than links, a link with what that document holds, or the words that
/// lead to a list of such.
fn pointers(document: &Document) -> BTreeSet<usize> {
    let mut links = document.links.iter().filter(|link| !link.bare_path).peekable();
    let mut pointers = BTreeSet::new();
    for (index, passage) in document.passages.iter().enumerate() {
        let end = document.passages.get(index + 1).map_or(u32::MAX, |next| next.line.max(passage.line + 1));
        while links.next_if(|link| link.at.line < passage.line).is_some() {}
        let mut texts: Vec<&str> = Vec::new();
        while let Some(link) = links.next_if(|link| link.at.line < end) {
            texts.push(link.text.trim());
        }
        if is_pointer(passage, &texts) {
            pointers.insert(index);
        }
    }
    let leads = |index: &usize| document.passages[*index].text.trim_end().ends_with(':') && pointers.contains(&(index + 1));
    let leading: Vec<usize> = (0..document.passages.len()).filter(leads).collect();
    pointers.extend(leading);
    pointers
}

fn is_pointer(passage: &Passage, links: &[&str]) -> bool {
    const FEWEST_WORDS: usize = 3;
    const JOINTS: [char; 4] = ['-', '–', '—', ':'];
    let mut texts = links.iter().filter(|text| !text.is_empty()).peekable();
    let Some(first) = texts.peek() else { return false };
    let (before, after) = passage.text.split_once(**first).unwrap_or((passage.text.as_str(), ""));
    let is_entry = words(before) == 0 && after.trim_start().starts_with(JOINTS);
    // The links stand in the passage in this order: one walk over it, however many there are.
    let (mut rest, mut beside) = (passage.text.as_str(), 0);
    for text in texts {
        let Some((gap, behind)) = rest.split_once(*text) else { break };
        beside += words(gap);
        rest = behind;
    }
    beside + words(rest) < FEWEST_WORDS || is_entry
}
