//! Passages by which documents say that more is kept than is here: what is missing may be there.

use aho_corasick::AhoCorasick;

use super::inventory::Inventory;
use super::recognition::Identity;
use crate::documents::Format;
use crate::framework::Framework;

/// A passage that says that something is kept elsewhere.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct KeptElsewhere {
    /// Path from the repository's root.
    pub path: String,
    /// Line.
    pub line: u32,
}

/// The first such passage of each document that is evidence, in the order of paths: where a manual or a lesson keeps things
/// is no matter of the organization.
pub(super) fn kept_elsewhere(inventory: &Inventory<'_>) -> Vec<KeptElsewhere> {
    let Some(phrases) = phrases(inventory.framework) else { return Vec::new() };
    let is_evidence = |one: &&Identity<'_>| !one.kinds.is_empty() && one.not_evidence().is_none() && one.document.format == Format::Markdown;
    let evidence = inventory.identified.iter().filter(is_evidence).map(|one| one.document);
    let told = evidence.filter_map(|document| {
        let passage = document.passages.iter().find(|passage| phrases.is_match(&passage.text))?;
        Some(KeptElsewhere { path: document.path.to_string(), line: passage.line })
    });
    let mut told: Vec<KeptElsewhere> = told.collect();
    told.sort();
    told
}

/// The phrases of all languages; none where there are none.
fn phrases(framework: &Framework) -> Option<AhoCorasick> {
    let all: Vec<&String> = framework.languages.values().flat_map(|language| language.words.kept_elsewhere.iter()).collect();
    if all.is_empty() { None } else { AhoCorasick::builder().ascii_case_insensitive(true).build(all).ok() }
}
