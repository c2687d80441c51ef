//! Passages by which documents say something of the whole organization: that more is kept than is here, where what is
//! missing may be, and that all of it is one person.

use aho_corasick::AhoCorasick;

use super::inventory::Inventory;
use super::recognition::Identity;
use crate::documents::Format;
use crate::framework::{Framework, Vocabulary, Words};

/// A passage of a document.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ToldAt {
    /// Path from the repository's root.
    pub path: String,
    /// Line.
    pub line: u32,
}

/// The first such passage of each document that is evidence, in the order of paths: where a manual or a lesson keeps things
/// is no matter of the organization.
pub(super) fn kept_elsewhere(inventory: &Inventory<'_>) -> Vec<ToldAt> {
    let Some(phrases) = phrases(inventory.framework, |words| &words.kept_elsewhere) else { return Vec::new() };
    let is_evidence = |one: &&Identity<'_>| !one.kinds.is_empty() && one.not_evidence().is_none() && one.document.format == Format::Markdown;
    let evidence = inventory.identified.iter().filter(is_evidence).map(|one| one.document);
    let told = evidence.filter_map(|document| {
        let passage = document.passages.iter().find(|passage| phrases.is_match(&passage.text))?;
        Some(ToldAt { path: document.path.to_string(), line: passage.line })
    });
    let mut told: Vec<ToldAt> = told.collect();
    told.sort();
    told
}

/// Where a document says that the organization is one person: the first such passage in the order of paths. A README is no
/// evidence and says so best.
pub(super) fn one_person(inventory: &Inventory<'_>) -> Option<ToldAt> {
    let phrases = phrases(inventory.framework, |words| &words.one_person)?;
    let is_about_them =
        |one: &&Identity<'_>| one.document.format == Format::Markdown && (!one.kinds.is_empty() || one.document.path.stem().eq_ignore_ascii_case("readme"));
    let told = inventory.identified.iter().filter(is_about_them).filter_map(|one| {
        let passage = one.document.passages.iter().find(|passage| phrases.is_match(&passage.text))?;
        Some(ToldAt { path: one.document.path.to_string(), line: passage.line })
    });
    told.min()
}

/// The phrases of all languages; none where there are none.
fn phrases(framework: &Framework, of: impl Fn(&Vocabulary) -> &Words) -> Option<AhoCorasick> {
    let all: Vec<&String> = framework.languages.values().flat_map(|language| of(&language.words).iter()).collect();
    if all.is_empty() { None } else { AhoCorasick::builder().ascii_case_insensitive(true).build(all).ok() }
}
