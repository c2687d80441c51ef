//! How far a document goes into what belongs to its kind: topics found, with the passage, and topics missing by name.

use serde::Serialize;

use super::topics::{self, TopicPlaces, TopicWords};
use super::verify::PASSAGE;
use crate::documents::Document;
use crate::framework::DocumentedInformation;
use crate::vocabulary::{sanitize, shortened};

/// How far a document goes into the topics of a kind. A heading or keyword is a hint: confidence is low.
#[derive(Clone, Debug, Default, PartialEq, Eq, schemars::JsonSchema, Serialize)]
pub struct Depth {
    /// Kind of documented information.
    pub documented_information: String,
    /// Topics with the passage that speaks of them.
    pub covered: Vec<Covered>,
    /// Topics of which nothing in the document speaks.
    pub missing: Vec<String>,
}

/// A topic and the passage that speaks of it.
#[derive(Clone, Debug, PartialEq, Eq, schemars::JsonSchema, Serialize)]
pub struct Covered {
    /// Title of the topic.
    pub topic: String,
    /// Line.
    pub line: u32,
    /// The heading or passage.
    pub passage: String,
}

/// Looks for each topic of a kind; none where the kind has no topics or the document was not read.
pub fn depth(words: &TopicWords, document: &Document, kind: &DocumentedInformation) -> Option<Depth> {
    depth_at(words, &words.places(document), document, kind)
}

/// As [`depth`], with the places of topics at hand.
pub(super) fn depth_at(words: &TopicWords, places: &TopicPlaces, document: &Document, kind: &DocumentedInformation) -> Option<Depth> {
    if kind.sections.is_empty() || document.is_unread() || document.is_stub() {
        return None;
    }
    let mut depth = Depth { documented_information: kind.id.clone(), ..Depth::default() };
    for topic in &kind.sections {
        match words.look_for(document, places, topic, kind) {
            topics::Covered::Said { line, passage, aside: false, .. } => {
                depth.covered.push(Covered { topic: topic.title.clone(), line, passage: sanitize(&shortened(&passage, PASSAGE)) });
            }
            topics::Covered::Said { .. } | topics::Covered::OnlyHeading(_) | topics::Covered::Nothing => depth.missing.push(topic.title.clone()),
        }
    }
    Some(depth)
}
