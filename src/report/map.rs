//! What the documents of a repository seem to be: the proposal to confirm.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use serde::Serialize;

use crate::assessment::{Confidence, Depth, GitFacts, Identified, Identity, TopicWords, depth};
use crate::framework::Framework;
use crate::recognition::{FEWEST_FROM_TEXT, FEWEST_OF_BROAD, FEWEST_POINTS, Matched};
use crate::vocabulary::{count, sanitize, shortened};

/// Version of the machine-readable form.
const SCHEMA: &str = "clausewise/map/v1";

#[derive(Serialize)]
struct Map<'run> {
    schema: &'static str,
    documents: Vec<Row<'run>>,
}

#[derive(Serialize)]
struct Row<'run> {
    path: String,
    candidates: Vec<Candidate<'run>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'run str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    not_evidence: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    depth: Option<Depth>,
}

#[derive(Serialize)]
struct Candidate<'run> {
    documented_information: &'run str,
    clauses: Vec<String>,
    score: f64,
    confidence: Confidence,
    provenance: Identified,
    matched: Vec<Line<'run>>,
}

#[derive(Serialize)]
struct Line<'run> {
    line: u32,
    text: &'run str,
}

/// The proposal as `clausewise/map/v1`.
///
/// # Errors
/// A value that cannot be written as JSON.
pub fn map_json(framework: &Framework, identities: &[Identity<'_>]) -> Result<String, String> {
    let words = TopicWords::new(framework);
    let documents = identities.par_iter().map(|identity| row(framework, &words, identity)).collect();
    serde_json::to_string_pretty(&Map { schema: SCHEMA, documents }).map(|text| text + "\n").map_err(|error| error.to_string())
}

fn row<'run>(framework: &Framework, words: &TopicWords, identity: &'run Identity<'_>) -> Row<'run> {
    let said = identity.kinds.iter().filter(|kind| kind.provenance != Identified::Inferred).map(|kind| Candidate {
        documented_information: &kind.id,
        clauses: framework.clauses_of(&kind.id),
        score: 1.0,
        confidence: if kind.provenance == Identified::Declared { Confidence::High } else { Confidence::Medium },
        provenance: kind.provenance,
        matched: Vec::new(),
    });
    let recognised = identity.recognised.as_ref();
    let already = |kind: &str| identity.kinds.iter().any(|known| known.provenance != Identified::Inferred && known.id == kind);
    let inferred =
        recognised.into_iter().flat_map(|recognised| &recognised.candidates).filter(|candidate| !already(&candidate.kind)).map(|candidate| Candidate {
            documented_information: &candidate.kind,
            clauses: candidate.clauses.clone(),
            score: candidate.score,
            confidence: candidate.confidence,
            provenance: Identified::Inferred,
            matched: candidate.matched.iter().map(|Matched { line, text }| Line { line: *line, text }).collect(),
        });
    Row {
        path: identity.document.path.to_string(),
        candidates: said.chain(inferred).collect(),
        language: recognised.and_then(|recognised| recognised.language.as_deref()),
        not_evidence: identity.not_evidence(),
        depth: identity.kinds.first().and_then(|kind| framework.kinds.get(&kind.id)).and_then(|kind| depth(words, identity.document, kind)),
    }
}

/// How the points of one document come about, for people.
pub fn map_arithmetic(framework: &Framework, identity: &Identity<'_>, git: Option<&GitFacts>) -> String {
    let mut page = format!("{}\n", sanitize(&identity.document.path.to_string()));
    if let Some(title) = &identity.document.title {
        page += &format!("title: {} (line {})\n", sanitize(&title.value), title.at.line);
    }
    page += &format!("{} in its text\n", count(identity.document.words, "word", "words"));
    page += &git.map(git_lines).unwrap_or_default();
    page += "\n";
    for kind in identity.kinds.iter().filter(|kind| kind.provenance != Identified::Inferred) {
        page += &format!(
            "{} it is `{}`.\n\n",
            if kind.provenance == Identified::Declared { "The document says that" } else { "clausewise.yaml says that" },
            kind.id
        );
    }
    let Some(recognised) = &identity.recognised else {
        return page + "clausewise.yaml says that it is no evidence, so it was not read for what it could be.\n";
    };
    for candidate in &recognised.candidates {
        let title = framework.kinds.get(&candidate.kind).map_or(candidate.kind.as_str(), |kind| kind.title.as_str());
        let clauses = candidate.clauses.join(", ");
        page +=
            &format!("Seems to be: {title} (`{}`), for {clauses}; score {:.2}, confidence {}.\n", candidate.kind, candidate.score, candidate.confidence.word());
    }
    if let Some(reason) = identity.not_evidence() {
        page += &format!("Counts as no evidence: {}.\n", sanitize(&reason));
    }
    if let Some(depth) =
        identity.kinds.first().and_then(|kind| framework.kinds.get(&kind.id)).and_then(|kind| depth(&TopicWords::new(framework), identity.document, kind))
    {
        page += &format!(
            "It speaks of {} of {} topics of that kind (by headings and words: confidence low):\n",
            depth.covered.len(),
            depth.covered.len() + depth.missing.len()
        );
        for covered in &depth.covered {
            page += &format!("  {:<34} line {}: {}\n", shortened(&covered.topic, 34), covered.line, shortened(&covered.passage, 90));
        }
        for topic in &depth.missing {
            page += &format!("  {:<34} nothing in it speaks of this\n", shortened(topic, 34));
        }
    }
    for arithmetic in &recognised.arithmetic {
        page += &format!("\n{}: {:.1} points\n", arithmetic.subject, arithmetic.points);
        for contribution in &arithmetic.contributions {
            let place = if contribution.line == 0 { "path".to_owned() } else { format!("line {}", contribution.line) };
            let times = if contribution.count > 1 { format!(" ×{}", contribution.count) } else { String::new() };
            page += &format!("  {:5.2}  {:8} {:9} {}{times}\n", contribution.points, contribution.zone.words(), place, contribution.phrase);
        }
        for (what, points) in &arithmetic.sums {
            page += &format!("  {points:5.2}  {what}\n");
        }
        for (why, factor) in &arithmetic.factors {
            page += &format!("  ×{factor:4.2}  {why}\n");
        }
    }
    page + &format!(
        "\nFewer than {FEWEST_POINTS} points say nothing, and fewer than {FEWEST_FROM_TEXT} where neither title, path nor columns speak for the subject, \
         or {FEWEST_OF_BROAD} for one whose words stand everywhere (`broad`). \
         The score is points / (points + 6).\n"
    )
}

/// What only Git knows of the document, said as that.
fn git_lines(facts: &GitFacts) -> String {
    let mut lines = String::new();
    if let (Some(day), Some(commit), Some(author)) = (&facts.last_changed_on, &facts.commit, &facts.author) {
        let signed = if facts.signed { ", signature present and not verified" } else { "" };
        let times = count(facts.commits, "commit", "commits");
        lines += &format!("Git says: last changed on {day} by {} in {}{signed}; {times} in all\n", sanitize(author), commit.get(..7).unwrap_or(commit));
    }
    for (what, people) in [("approved or reviewed by lines of that commit's message", &facts.approvals), ("owned by CODEOWNERS", &facts.code_owners)] {
        if !people.is_empty() {
            lines += &format!("Git says: {what}: {}\n", sanitize(&people.join(", ")));
        }
    }
    lines
}

/// Head of a configuration file that a command makes.
pub fn configuration_head() -> &'static str {
    "# How clausewise reads this folder; `clausewise map` and docs/configuration.md tell more.\n"
}

/// The mapping to confirm: patterns and kinds, of documents that nobody has said to be anything. Where all documents of
/// a folder are one kind, the folder is one pattern.
pub fn proposal(identities: &[Identity<'_>], prefix: &[u8], at_least: Confidence, known: &dyn Fn(&str) -> bool) -> Vec<(String, String)> {
    const SEVERAL: usize = 3;
    let mut folders: BTreeMap<String, Vec<(String, Option<&str>)>> = BTreeMap::new();
    for identity in identities {
        let path = identity.document.path.below(prefix).map_or_else(|| identity.document.path.to_string(), |path| path.to_string());
        let inferred = identity
            .kinds
            .first()
            .filter(|_| identity.not_evidence().is_none())
            .filter(|kind| kind.provenance == Identified::Inferred && kind.confidence.is_some_and(|sure| sure >= at_least));
        let folder = path.rsplit_once('/').map_or_else(String::new, |(folder, _)| folder.to_owned());
        folders.entry(folder).or_default().push((path, inferred.map(|kind| kind.id.as_str())));
    }
    // A pattern for a folder reaches into the folders below it.
    let all: Vec<String> = folders.keys().cloned().collect();
    let has_folders = |folder: &str| all.iter().any(|other| other.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/')));
    let mut proposal: BTreeSet<(String, String)> = BTreeSet::new();
    for (folder, members) in folders {
        let kinds: BTreeSet<Option<&str>> = members.iter().map(|(_, kind)| *kind).collect();
        match (kinds.len(), kinds.iter().next().copied().flatten()) {
            (1, Some(kind)) if members.len() >= SEVERAL && !folder.is_empty() && !has_folders(&folder) => {
                proposal.insert((format!("{}/*", globset::escape(&folder)), kind.to_owned()));
            }
            _ => proposal.extend(members.into_iter().filter_map(|(path, kind)| Some((globset::escape(&path), kind?.to_owned())))),
        }
    }
    proposal.into_iter().filter(|(pattern, _)| !known(pattern)).collect()
}
