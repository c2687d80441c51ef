//! What is there that something missing could be built on: a document of the same or a near subject, else a section of
//! another document. Nobody has looked at it yet; it may be all that is missing.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::inventory::Inventory;
use super::outcome::Identified;
use super::recognition::{Identification, Identity};
use crate::documents::{ControlField, Document, Section};
use crate::framework::{Form, Framework, Subject};
use crate::recognition::{Lexicon, SectionOn, Silence, Vocabularies, sections_on};
use crate::vocabulary::{is_placeholder, plain, sanitize, shortened};

/// A place to build on.
#[derive(Clone, Debug, PartialEq, Eq, schemars::JsonSchema, Serialize)]
pub struct Ground {
    /// Path from the repository's root.
    pub path: String,
    /// Line; 0 for the document as a whole.
    pub line: u32,
    /// Kind of documented information that the document is, where it is one of the same or a near subject.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub documented_information: Option<String>,
    /// Whether somebody has said that it is.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub is_confirmed: bool,
    /// Heading of the section, where one section of it is meant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub section: Option<String>,
    /// Whether the section says only that it is done: nothing is built on it, and what was kept is asked for.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub only_says_so: bool,
}

impl Ground {
    fn section(document: &Document, line: u32, title: &str) -> Self {
        const SHOWN: usize = 80;
        Self {
            path: document.path.to_string(),
            line,
            documented_information: None,
            is_confirmed: false,
            section: Some(sanitize(&shortened(title, SHOWN))),
            only_says_so: false,
        }
    }
}

/// What could be built on in the whole repository.
pub(super) struct Groundwork<'run> {
    inventory: &'run Inventory<'run>,
    /// Sections of documents of which nobody has said what they are, and that say something: of those with an owner or
    /// an approval first, then of the other evidence.
    sections: [Sections<'run>; 2],
    /// Sections of what counts as no evidence. They touch a subject, and nothing is built on them.
    aside: Sections<'run>,
}

/// Some documents, and by subject the section of them that speaks of it most plainly.
#[derive(Default)]
struct Sections<'run> {
    documents: Vec<&'run Document>,
    best: BTreeMap<&'run str, SectionOn>,
}

impl<'run> Sections<'run> {
    fn new<'map: 'run>(lexicon: Option<&Lexicon<'map>>, documents: Vec<&'run Document>) -> Self {
        let best = lexicon.filter(|_| !documents.is_empty()).map(|lexicon| sections_on(lexicon, &documents)).unwrap_or_default();
        Self { documents, best }
    }

    fn of(&self, subject: &str) -> Option<(&'run Document, &SectionOn)> {
        let found = self.best.get(subject)?;
        Some((self.documents.get(found.document)?, found))
    }
}

impl<'run> Groundwork<'run> {
    /// Looks for sections only where something is missing.
    pub(super) fn new<'map: 'run>(inventory: &'run Inventory<'run>, vocabularies: &Vocabularies<'map>, is_needed: bool) -> Self {
        let open: Vec<&Identity<'_>> = inventory.identified.iter().filter(|one| is_needed && is_open(one)).collect();
        let lexicon = if open.is_empty() { None } else { vocabularies.lexicon().ok() };
        let (evidence, aside): (Vec<&Identity<'_>>, Vec<&Identity<'_>>) = open.into_iter().partition(|one| one.not_evidence().is_none());
        let (governed, others): (Vec<&Identity<'_>>, Vec<&Identity<'_>>) = evidence.into_iter().partition(|one| is_governed(one.document));
        let [governed, others, aside] = [governed, others, aside].map(|some| Sections::new(lexicon, some.into_iter().map(|one| one.document).collect()));
        Self { inventory, sections: [governed, others], aside }
    }

    /// Sub-clauses that something seems to be about which nobody has confirmed or denied yet. What somebody has confirmed
    /// has been judged.
    pub(super) fn touched(&self) -> BTreeSet<String> {
        let framework = self.inventory.framework;
        let guesses = self.inventory.identified.iter().flat_map(|one| {
            let could_be = one.recognised.iter().filter(|_| is_open(one)).flat_map(|recognised| &recognised.could_be);
            inferred(one).map(|kind| &kind.id).chain(could_be)
        });
        let guesses: BTreeSet<&String> = guesses.collect();
        let of_kinds = guesses.iter().flat_map(|kind| framework.clauses_of(kind));
        let near = guesses.iter().flat_map(|kind| framework.subjects_near(kind)).flat_map(|subject| subject.clauses.clone());
        let is_spoken_of = |subject: &&Subject| self.sections.iter().chain([&self.aside]).any(|sections| sections.best.contains_key(subject.id.as_str()));
        let spoken_of = framework.subjects.iter().filter(is_spoken_of).flat_map(|subject| subject.clauses.clone());
        of_kinds.chain(near).chain(spoken_of).collect()
    }

    /// What a missing kind could be built on.
    pub(super) fn of(&self, kind: &str) -> Option<Ground> {
        let subject = self.inventory.framework.subject_of(kind)?;
        // A chapter of rules is no beginning of records.
        let is_record = self.inventory.kind(kind).is_some_and(|kind| kind.form == Form::Record);
        let often_in = self.inventory.kind(kind).map(|kind| kind.often_in.as_slice()).unwrap_or_default();
        self.best(|known| often_in.contains(&known.id))
            .or_else(|| self.best(|known| subject.kinds.contains(&known.id)))
            .or_else(|| self.best(|known| known.provenance == Identified::Inferred && is_near(self.inventory.framework, subject, kind, &known.id)))
            .or_else(|| if is_record { self.says_that_it_is_done(kind) } else { self.section(subject) })
    }

    /// The document that fits best, of some kinds.
    fn best(&self, is_wanted: impl Fn(&Identification) -> bool) -> Option<Ground> {
        let there = self.inventory.identified.iter().filter(|one| one.not_evidence().is_none());
        let kinds = there.flat_map(|one| one.kinds.iter().map(move |kind| (one.document, kind))).filter(|(_, kind)| is_wanted(kind));
        // Of two guesses, one whose text somebody answers for goes first.
        let rank = |(document, kind): &(&Document, &Identification)| (kind.provenance != Identified::Inferred, is_governed(document), kind.score);
        let (document, kind) = kinds.reduce(|best, other| if rank(&other) > rank(&best) { other } else { best })?;
        Some(Ground {
            path: document.path.to_string(),
            line: kind.matched.as_ref().map_or(0, |matched| matched.line),
            documented_information: Some(kind.id.clone()),
            is_confirmed: kind.provenance != Identified::Inferred,
            section: None,
            only_says_so: false,
        })
    }

    fn section(&self, subject: &Subject) -> Option<Ground> {
        let (document, found) = self.sections.iter().find_map(|sections| sections.of(&subject.id).filter(|(_, section)| section.tells()))?;
        Some(Ground::section(document, found.line, &found.title))
    }

    /// A section on doing what leaves a kind of record, by its heading: whoever wrote "Quarterly management review" may keep
    /// what came of it elsewhere.
    fn says_that_it_is_done(&self, kind: &str) -> Option<Ground> {
        let called = &self.inventory.kind(kind)?.recognised_by.promised_as;
        let phrases: Vec<String> = called.iter().filter(|phrase| !phrase.contains('>')).map(|phrase| format!(" {} ", plain(phrase))).collect();
        let is_on_it = |section: &&Section| {
            let title = format!(" {} ", plain(&section.title));
            !section.passages.is_empty() && phrases.iter().any(|phrase| title.contains(phrase))
        };
        let documents = self.sections.iter().flat_map(|sections| &sections.documents);
        let (document, section) = documents.into_iter().find_map(|document| Some((document, document.sections.iter().find(is_on_it)?)))?;
        Some(Ground { only_says_so: true, ..Ground::section(document, section.at.line, &section.title) })
    }
}

/// Whether something missing could be built on a kind of another subject. A register is built on a register; of what would
/// be of the subject itself elsewhere, anything will do.
fn is_near(framework: &Framework, subject: &Subject, missing: &str, kind: &str) -> bool {
    let form = |kind: &str| framework.kinds.get(kind).map(|kind| kind.form);
    let is_among = subject.among.as_ref().is_some_and(|among| among.kinds.iter().any(|id| id == kind));
    is_among || form(missing) == form(kind) && framework.subjects_near(kind).any(|near| near.id == subject.id)
}

/// Whether somebody owns or has approved it.
fn is_governed(document: &Document) -> bool {
    let fields = [ControlField::Owner, ControlField::ApprovedBy, ControlField::ApprovedOn];
    fields.into_iter().filter_map(|field| document.control.get(field)).any(|stated| !is_placeholder(&stated.value))
}

fn inferred<'one>(one: &'one Identity<'_>) -> impl Iterator<Item = &'one Identification> {
    one.kinds.iter().filter(|kind| kind.provenance == Identified::Inferred)
}

/// Whether nobody has said what it is, and it says something: no stub, no form, no glossary.
pub(super) fn is_open(one: &Identity<'_>) -> bool {
    let is_nothing = one.recognised.as_ref().is_some_and(|recognised| matches!(recognised.silence, Some(Silence::Nothing(_))));
    let is_said = one.kinds.iter().any(|kind| kind.provenance != Identified::Inferred);
    !one.refused && !is_said && !is_nothing && !one.is_unfinished() && !one.document.is_withdrawn()
}
