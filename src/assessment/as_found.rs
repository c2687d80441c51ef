//! What is wrong with a document whatever it is, where nobody has said what it is: it links to what is not here, and it
//! contradicts itself. Told as observations, and together where there is much of it: a foreign repository is not flooded.

use std::collections::{BTreeMap, BTreeSet};

use super::fold::Raised;
use super::inventory::Inventory;
use super::outcome::{Breach, Confidence, Fault, Identified};
use super::recognition::Identity;
use super::records::place_in;
use super::verify::{local_target, subject_of};
use super::wording::Fact;
use crate::documents::{ControlField, Document, Format};
use crate::framework::{BuiltIn, Grade};
use crate::repository::RepoPath;
use crate::vocabulary::{Place, count, list_some};

/// So many documents that contradict themselves are told one by one.
const ONE_BY_ONE: usize = 5;
/// So many names stand in a sentence.
const NAMED: usize = 4;
/// Endings of files that are documents. Links to pictures, code and pages that are generated lead nowhere as often as not.
const DOCUMENTS: [&str; 14] = ["md", "markdown", "pdf", "doc", "docx", "odt", "xls", "xlsx", "ods", "csv", "ppt", "pptx", "rst", "adoc"];

/// A finding to be, with the lines that are listed with it.
pub(super) struct AsFound {
    pub(super) raised: Raised,
    pub(super) listed: Vec<String>,
}

/// What is wrong with documents that only seem to be something. What seems to be nothing is no evidence, and is left alone.
pub(super) fn as_found(inventory: &Inventory<'_>) -> Vec<AsFound> {
    let is_guess = |one: &&Identity<'_>| !one.kinds.is_empty() && one.kinds.iter().all(|kind| kind.provenance == Identified::Inferred);
    let mut guesses: Vec<&Identity<'_>> = inventory.identified.iter().filter(is_guess).filter(|one| one.not_evidence().is_none()).collect();
    guesses.retain(|one| one.document.format == Format::Markdown && !one.document.is_withdrawn());
    // What is opened when something has happened goes first: there a link that leads nowhere costs time.
    guesses.sort_by_key(|one| (!is_in_need(inventory, one), &one.document.path));
    dead_links(inventory, &guesses).into_iter().chain(contradictions(inventory, &guesses)).collect()
}

fn is_in_need(inventory: &Inventory<'_>, one: &Identity<'_>) -> bool {
    one.kinds.iter().filter_map(|kind| inventory.framework.subject_of(&kind.id)).any(|subject| subject.in_need)
}

fn raised(inventory: &Inventory<'_>, check: BuiltIn, document: &Document, at: Place, target: &str, fact: Fact, listed: Vec<String>) -> AsFound {
    let mut fault = Fault::new(Breach::Check(check), subject_of(document), target, place_in(document, at), fact);
    fault.grade = Some(Grade::Observation);
    let requirements = inventory.rule_of(&fault).map(|rule| rule.requirements.clone()).unwrap_or_default();
    AsFound { raised: Raised { fault, requirements, folded: Vec::new() }, listed }
}

/// All links to documents that are not here, as one.
fn dead_links(inventory: &Inventory<'_>, guesses: &[&Identity<'_>]) -> Option<AsFound> {
    let mut first = None;
    let mut missing: BTreeSet<String> = BTreeSet::new();
    let mut listed = Vec::new();
    let mut naming = Vec::new();
    for document in guesses.iter().map(|one| one.document) {
        let mut lines: BTreeMap<String, u32> = BTreeMap::new();
        for link in document.links.iter().filter(|link| !link.bare_path) {
            let Some(path) = missing_document(inventory, document, &link.target) else { continue };
            first.get_or_insert((document, link.at));
            lines.entry(path).or_insert(link.at.line);
        }
        if !lines.is_empty() {
            let named: Vec<String> = lines.iter().map(|(path, line)| format!("{path} (line {line})")).collect();
            listed.push(format!("{}: {}", document.path, list_some(&named, NAMED)));
            naming.push(document.path.to_string());
            missing.extend(lines.into_keys());
        }
    }
    let (document, at) = first?;
    let fact = Fact::LinkedMissing { missing: missing.into_iter().collect(), naming };
    Some(raised(inventory, BuiltIn::BrokenReference, document, at, "linked documents", fact, listed))
}

/// The document that a relative link leads to, where it is not here.
fn missing_document(inventory: &Inventory<'_>, document: &Document, target: &str) -> Option<String> {
    let target = local_target(target)?;
    let path = target.split('#').next().unwrap_or_default();
    let (_, ending) = path.rsplit_once('.')?;
    if path.starts_with('/') || !DOCUMENTS.contains(&ending.to_lowercase().as_str()) {
        return None;
    }
    // What leads out of the repository, or is written as from its root, is known to whoever publishes it.
    let wanted = document.path.join(path)?;
    let from_root = RepoPath::new([inventory.prefix, path.trim_start_matches("./").as_bytes()].concat());
    let is_here = |path: &RepoPath| inventory.documents.paths.contains(path);
    (!is_here(&wanted) && !is_here(&from_root)).then(|| wanted.to_string())
}

/// Control data that are stated twice and differ. Which is right nobody knows; that one is wrong is sure.
fn contradictions(inventory: &Inventory<'_>, guesses: &[&Identity<'_>]) -> Vec<AsFound> {
    use ControlField::{ApprovedOn, EffectiveOn, LastReview, NextReview, Version};
    let is_told = |field: ControlField| matches!(field, Version | ApprovedOn | EffectiveOn | LastReview | NextReview);
    let all: Vec<(&Document, ControlField, Place, Fact)> = guesses
        .iter()
        .flat_map(|one| one.document.control.disagreements().into_iter().map(move |found| (one.document, found)))
        .filter(|(_, (field, ..))| is_told(*field))
        .map(|(document, (field, first, other))| (document, field, other.at, super::hygiene::disagreement(field, first, other)))
        .collect();
    let documents: BTreeSet<String> = all.iter().map(|(document, ..)| document.path.to_string()).collect();
    let low = |mut found: AsFound| {
        found.raised.fault.confidence = Confidence::Low;
        found
    };
    if documents.len() <= ONE_BY_ONE {
        let each =
            all.into_iter().map(|(document, field, at, fact)| raised(inventory, BuiltIn::ControlDisagrees, document, at, field.name(), fact, Vec::new()));
        return each.map(low).collect();
    }
    let Some((document, _, at, _)) = all.first() else { return Vec::new() };
    let (document, at) = (*document, *at);
    let listed = all.iter().map(|(document, _, at, fact)| format!("{}:{}: {}", document.path, at.line, fact.words().0)).collect();
    let documents: Vec<String> = documents.into_iter().collect();
    let fault = format!("{} contradict themselves on their control data", count(documents.len(), "document", "documents"));
    let fact = Fact::Broken { record: String::new(), fault, detail: list_some(&documents, NAMED) };
    vec![low(raised(inventory, BuiltIn::ControlDisagrees, document, at, "control data", fact, listed))]
}
