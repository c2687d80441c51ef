//! Which document is which documented information, and how that is known.

use std::collections::BTreeSet;

use serde::Serialize;

use super::outcome::{Confidence, Identified};
use super::settings::Settings;
use super::statements::holds_statements;
use crate::documents::{Document, Documents};
use crate::framework::{DocumentedInformation, Framework};
use crate::recognition::{Matched, Recognised, Silence, Vocabularies, recognise};
use crate::vocabulary::{Spanned, count, slug};

/// "This document is that documented information."
#[derive(Clone, Debug, PartialEq, schemars::JsonSchema, Serialize)]
pub struct Identification {
    /// Kind of documented information.
    pub id: String,
    /// How it is known.
    pub provenance: Identified,
    /// How well it fits, 0 to 1; 1 for what is declared or mapped.
    pub score: f64,
    /// How sure that is, for what is inferred.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub confidence: Option<Confidence>,
    /// What spoke for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub matched: Option<MatchedLine>,
}

/// The strongest line that spoke for an inferred identification.
#[derive(Clone, Debug, PartialEq, Eq, schemars::JsonSchema, Serialize)]
pub struct MatchedLine {
    /// Line; 0 for the path.
    pub line: u32,
    /// The text that stands there.
    pub text: String,
}

impl From<&Matched> for MatchedLine {
    fn from(matched: &Matched) -> Self {
        Self { line: matched.line, text: matched.text.clone() }
    }
}

/// A document, what it is, and what reading it gave where nobody says what it is.
#[derive(Clone, Debug)]
pub struct Identity<'run> {
    /// The document.
    pub document: &'run Document,
    /// What it is; nothing for a document that is evidence for nothing.
    pub kinds: Vec<Identification>,
    /// What reading it gave; none where it was not needed.
    pub recognised: Option<Recognised>,
    /// Whether the configuration says that it is no evidence.
    pub refused: bool,
}

impl Identity<'_> {
    /// Why a document is no evidence although it is there; none for one that is.
    pub fn not_evidence(&self) -> Option<String> {
        if self.refused {
            return Some("clausewise.yaml says that it is no evidence".to_owned());
        }
        if self.calls_itself_template() {
            return Some("a template, by its name: a form is no evidence until it is filled in and approved".to_owned());
        }
        if let Some(places) = self.to_fill_in() {
            return Some(format!("a template: {} wait for a value", count(places, "place", "places")));
        }
        if self.is_guess() && self.document.is_stub() {
            return Some(of_stub(self.document));
        }
        let silence = self.recognised.as_ref().and_then(|recognised| recognised.silence.as_ref()).filter(|_| self.kinds.is_empty())?;
        Some(match silence {
            Silence::Stub => of_stub(self.document),
            Silence::Nothing(title) => format!("a document of this name is usually evidence for nothing (\u{201c}{title}\u{201d})"),
            Silence::TooLittle => "too little in it speaks of any subject of the map".to_owned(),
            Silence::Form => "a form: what it asks for would be a record once it is filled in".to_owned(),
            Silence::Unread => "not read, and its name says nothing".to_owned(),
            Silence::Illustration => "not read; a picture among those of pages or slides".to_owned(),
        })
    }

    /// Whether it is only recognised, and its name says that it is a form.
    fn calls_itself_template(&self) -> bool {
        self.is_guess() && self.recognised.as_ref().is_some_and(|recognised| recognised.is_template)
    }

    /// How many of its places wait for a value, where nobody has said what it is and so many make it a template.
    pub(super) fn to_fill_in(&self) -> Option<usize> {
        (self.is_guess() && self.document.is_template()).then_some(self.document.placeholders.len())
    }

    /// Whether all that it is said to be is recognised, and nothing declared or mapped.
    fn is_guess(&self) -> bool {
        !self.kinds.is_empty() && self.kinds.iter().all(|kind| kind.provenance == Identified::Inferred)
    }

    /// Whether it is there and not yet what it is going to be: a title, or a form.
    pub(super) fn is_unfinished(&self) -> bool {
        self.document.is_stub() || self.document.is_template() || self.calls_itself_template()
    }

    /// Whether it has enough sentences to tell its language, and no vocabulary knows that language.
    pub fn is_foreign(&self) -> bool {
        self.recognised.as_ref().is_some_and(|recognised| recognised.has_sentences && recognised.language.is_none())
    }
}

/// Why a document without text is no evidence.
fn of_stub(document: &Document) -> String {
    let has_title = document.title.is_some() || !document.sections.is_empty();
    if document.words == 0 && !has_title { "empty: nothing is written in it" } else { "a stub: a title is no evidence" }.to_owned()
}

/// How many documents are in a language that no vocabulary knows. Where nearly all others are in known ones, a page whose
/// language cannot be told is a list of names or a table, and no foreign text.
pub fn foreign_documents(identities: &[Identity<'_>]) -> usize {
    const ONE_IN: usize = 10;
    let with_text = identities.iter().filter(|identity| identity.recognised.as_ref().is_some_and(|recognised| recognised.has_text)).count();
    let foreign = identities.iter().filter(|identity| identity.is_foreign()).count();
    if foreign * ONE_IN < with_text { 0 } else { foreign }
}

/// Says of every document what it is: by its own words, by the settings, and else by reading it.
pub fn identify<'run>(
    vocabularies: &Vocabularies<'_>,
    settings: &Settings,
    documents: &'run Documents,
    prefix: &[u8],
    read_all: bool,
) -> Result<Vec<Identity<'run>>, String> {
    let mut identities: Vec<Identity<'run>> = documents.all.iter().map(|document| known(vocabularies.framework, settings, document, prefix)).collect();
    let open: Vec<usize> = (0..identities.len()).filter(|index| !identities[*index].refused && (read_all || identities[*index].kinds.is_empty())).collect();
    if open.is_empty() {
        return Ok(identities);
    }
    let lexicon = vocabularies.lexicon()?;
    let unknown: Vec<&Document> = open.iter().map(|index| identities[*index].document).collect();
    for (index, recognised) in open.into_iter().zip(recognise(lexicon, &unknown, prefix)) {
        let identity = &mut identities[index];
        if identity.kinds.is_empty() {
            identity.kinds = recognised.candidates.iter().map(inferred).collect();
        }
        identity.recognised = Some(recognised);
    }
    Ok(identities)
}

fn inferred(candidate: &crate::recognition::Candidate) -> Identification {
    Identification {
        id: candidate.kind.clone(),
        provenance: Identified::Inferred,
        score: candidate.score,
        confidence: Some(candidate.confidence),
        matched: candidate.matched.first().map(MatchedLine::from),
    }
}

/// What a document is by its own words and by the settings. Kinds that it declares and the map lacks are left out; the
/// hygiene checks report them.
fn known<'run>(framework: &Framework, settings: &Settings, document: &'run Document, prefix: &[u8]) -> Identity<'run> {
    let path = document.path.below(prefix).map(|path| path.to_string()).unwrap_or_default();
    // Statements of assessors are read as such, and are no documents of the organization.
    if holds_statements(document) || settings.not.iter().any(|pattern| pattern.matcher.is_match(&path)) {
        return Identity { document, kinds: Vec::new(), recognised: None, refused: true };
    }
    let declared = document.kinds.iter().filter_map(|kind| kind_named(framework, kind)).map(|kind| (kind.id.as_str(), Identified::Declared));
    let mapped = settings.mappings.iter().filter(|mapping| mapping.matcher.is_match(&path)).flat_map(|mapping| &mapping.kinds);
    let mut seen = BTreeSet::new();
    let kinds = declared
        .chain(mapped.map(|kind| (kind.as_str(), Identified::Mapped)))
        .filter(|(kind, _)| seen.insert((*kind).to_owned()))
        .map(|(kind, provenance)| Identification { id: kind.to_owned(), provenance, score: 1.0, confidence: None, matched: None })
        .collect();
    Identity { document, kinds, recognised: None, refused: false }
}

/// The kind that a document's own word names: an id of the map, or the kind's title.
pub(super) fn kind_named<'map>(framework: &'map Framework, word: &Spanned<String>) -> Option<&'map DocumentedInformation> {
    let wanted = slug(&word.value);
    framework.kinds.get(&wanted).or_else(|| framework.kinds.values().find(|kind| slug(&kind.title) == wanted))
}
