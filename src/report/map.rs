//! What the documents of a repository seem to be: the proposal to confirm.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use serde::Serialize;

use crate::assessment::{Confidence, Depth, Identified, Identity, TopicWords, depth, foreign_documents};
use crate::framework::Framework;
use crate::recognition::{FEWEST_FROM_TEXT, FEWEST_POINTS, Matched, Silence};
use crate::vocabulary::{count, sanitize};

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
    let inferred = recognised.into_iter().flat_map(|recognised| &recognised.candidates).filter(|candidate| !already(&candidate.kind)).map(|candidate| Candidate {
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
pub fn map_arithmetic(framework: &Framework, identity: &Identity<'_>) -> String {
    let mut page = format!("{}\n", sanitize(&identity.document.path.to_string()));
    if let Some(title) = &identity.document.title {
        page += &format!("title: {} (line {})\n", sanitize(&title.value), title.at.line);
    }
    page += &format!("{} in its text\n\n", count(identity.document.words, "word", "words"));
    for kind in identity.kinds.iter().filter(|kind| kind.provenance != Identified::Inferred) {
        page += &format!("{} it is `{}`.\n\n", if kind.provenance == Identified::Declared { "The document says that" } else { "clausewise.yaml says that" }, kind.id);
    }
    let Some(recognised) = &identity.recognised else {
        return page + "clausewise.yaml says that it is no evidence, so it was not read for what it could be.\n";
    };
    for candidate in &recognised.candidates {
        let title = framework.kinds.get(&candidate.kind).map_or(candidate.kind.as_str(), |kind| kind.title.as_str());
        let clauses = candidate.clauses.join(", ");
        page += &format!("Seems to be: {title} (`{}`), for {clauses}; score {:.2}, confidence {}.\n", candidate.kind, candidate.score, candidate.confidence.word());
    }
    if let Some(reason) = identity.not_evidence() {
        page += &format!("Counts as no evidence: {}.\n", sanitize(&reason));
    }
    if let Some(depth) = identity.kinds.first().and_then(|kind| framework.kinds.get(&kind.id)).and_then(|kind| depth(&TopicWords::new(framework), identity.document, kind)) {
        page += &format!("It speaks of {} of {} topics of that kind (by headings and words: confidence low):\n", depth.covered.len(), depth.covered.len() + depth.missing.len());
        for covered in &depth.covered {
            page += &format!("  {:<34} line {}: {}\n", cut(&covered.topic, 34), covered.line, cut(&covered.passage, 90));
        }
        for topic in &depth.missing {
            page += &format!("  {:<34} nothing in it speaks of this\n", cut(topic, 34));
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
        "\nFewer than {FEWEST_POINTS} points say nothing, and fewer than {FEWEST_FROM_TEXT} where neither title, path nor columns speak for the subject. \
         The score is points / (points + 6).\n"
    )
}

/// Head of a configuration file that a command makes.
pub fn configuration_head() -> &'static str {
    "# How clausewise reads this folder; `clausewise map` and docs/configuration.md tell more.\n"
}

/// The proposal as a table for people: what each document seems to be, and which are left alone.
pub fn map_table(framework: &Framework, identities: &[Identity<'_>], colored: bool) -> String {
    let paint = |code: &str, text: &str| if colored { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() };
    let mut sorted: BTreeMap<(String, usize), Vec<String>> = BTreeMap::new();
    let mut counts = Counts { unknown_language: foreign_documents(identities), ..Counts::default() };
    for identity in identities {
        counts.add(identity);
        for (rank, kind) in identity.kinds.iter().enumerate() {
            let clauses = framework.clauses_of(&kind.id);
            let group = clauses.first().cloned().unwrap_or_default();
            let title = framework.kinds.get(&kind.id).map_or(kind.id.as_str(), |kind| kind.title.as_str());
            let sure = kind.confidence.map_or_else(|| kind.provenance.word().to_owned(), |confidence| format!("{:.2} {}", kind.score, confidence.word()));
            let path = sanitize(&identity.document.path.to_string());
            let mut line = format!("  {:<44} {:<11} {path}\n", cut(title, 44), sure);
            if let Some(matched) = kind.matched.as_ref().filter(|matched| matched.line > 0) {
                line += &paint("2", &format!("  {:<56} line {}: {}", "", matched.line, cut(&sanitize(&matched.text), 70)));
                line.push('\n');
            }
            let order = clause_order(&group);
            sorted.entry((order, rank)).or_default().push(line);
        }
    }
    let mut page = String::new();
    let mut last = String::new();
    let mut ordered: Vec<(String, Vec<String>)> = Vec::new();
    for ((group, _), lines) in sorted {
        if group != last {
            last.clone_from(&group);
            ordered.push((group, Vec::new()));
        }
        if let Some((_, all)) = ordered.last_mut() {
            all.extend(lines);
        }
    }
    for (group, lines) in ordered {
        let number = group.split(' ').nth(1).unwrap_or_default();
        let title = framework.clauses.iter().find(|clause| clause.number == number).map_or("", |clause| clause.title.as_str());
        page += &format!("{}\n", paint("1", &format!("{number} {title}")));
        page.extend(lines);
        page.push('\n');
    }
    page + &counts.words()
}

#[derive(Default)]
struct Counts {
    read: usize,
    said: usize,
    by_confidence: BTreeMap<Confidence, usize>,
    stubs: usize,
    refused: usize,
    nothing: usize,
    unknown_language: usize,
}

impl Counts {
    fn add(&mut self, identity: &Identity<'_>) {
        self.read += 1;
        let Some(recognised) = &identity.recognised else {
            self.refused += usize::from(identity.refused);
            return;
        };
        if identity.kinds.iter().any(|kind| kind.provenance != Identified::Inferred) {
            self.said += 1;
        } else if let Some(candidate) = recognised.candidates.first() {
            *self.by_confidence.entry(candidate.confidence).or_default() += 1;
        } else if recognised.silence == Some(Silence::Stub) {
            self.stubs += 1;
        } else {
            self.nothing += 1;
        }
    }

    fn words(&self) -> String {
        let of = |confidence| self.by_confidence.get(&confidence).copied().unwrap_or(0);
        let seems: usize = self.by_confidence.values().sum();
        let mut page = format!("{} read: ", count(self.read, "document", "documents"));
        let mut parts = Vec::new();
        if self.said > 0 {
            parts.push(format!("{} declared or mapped", self.said));
        }
        parts.push(format!("{seems} recognised ({} high, {} medium, {} low)", of(Confidence::High), of(Confidence::Medium), of(Confidence::Low)));
        parts.push(format!("{} evidence for nothing", self.nothing));
        if self.stubs > 0 {
            parts.push(count(self.stubs, "stub", "stubs"));
        }
        if self.refused > 0 {
            parts.push(format!("{} marked as no evidence", self.refused));
        }
        page += &parts.join(", ");
        page += ".\n";
        if self.unknown_language > 0 {
            page += &format!(
                "{} in a language without a vocabulary: what they are can only be told by names in other languages. Another language is one file in the clause map.\n",
                count(self.unknown_language, "document is", "documents are")
            );
        }
        if seems > 0 {
            page += "\n\
                     A score rates what a document is, never how good it is. Confirm what is right:\n  \
                     clausewise map --write                        takes over what is of high confidence into clausewise.yaml\n  \
                     clausewise map --write --at-least medium      and what the title or the columns say\n  \
                     clausewise map --explain PATH                 shows how the points of one document come about\n\
                     A wrong guess is corrected by one line under `documents: map:` (PATH: KIND) or `documents: not:` (- PATH).\n";
        }
        page
    }
}

/// Natural order of clause numbers as text, the number after it.
fn clause_order(number: &str) -> String {
    let key: Vec<String> = number.split('.').map(|part| format!("{part:0>3}")).collect();
    format!("{} {number}", key.join("."))
}

fn cut(text: &str, width: usize) -> String {
    if text.chars().count() <= width {
        return text.to_owned();
    }
    text.chars().take(width.saturating_sub(1)).collect::<String>() + "…"
}

/// The mapping to confirm: patterns and kinds, of documents that nobody has said to be anything. Where all documents of
/// a folder are one kind, the folder is one pattern.
pub fn proposal(identities: &[Identity<'_>], prefix: &[u8], at_least: Confidence, known: &dyn Fn(&str) -> bool) -> Vec<(String, String)> {
    const SEVERAL: usize = 3;
    let mut folders: BTreeMap<String, Vec<(String, Option<&str>)>> = BTreeMap::new();
    for identity in identities {
        let path = identity.document.path.below(prefix).map_or_else(|| identity.document.path.to_string(), |path| path.to_string());
        let inferred = identity.kinds.first().filter(|kind| kind.provenance == Identified::Inferred && kind.confidence.is_some_and(|sure| sure >= at_least));
        let folder = path.rsplit_once('/').map_or_else(String::new, |(folder, _)| folder.to_owned());
        folders.entry(folder).or_default().push((path, inferred.map(|kind| kind.id.as_str())));
    }
    let mut proposal: BTreeSet<(String, String)> = BTreeSet::new();
    for (folder, members) in folders {
        let kinds: BTreeSet<Option<&str>> = members.iter().map(|(_, kind)| *kind).collect();
        match (kinds.len(), kinds.iter().next().copied().flatten()) {
            (1, Some(kind)) if members.len() >= SEVERAL && !folder.is_empty() => {
                proposal.insert((format!("{}/*", escape(&folder)), kind.to_owned()));
            }
            _ => proposal.extend(members.into_iter().filter_map(|(path, kind)| Some((escape(&path), kind?.to_owned())))),
        }
    }
    proposal.into_iter().filter(|(pattern, _)| !known(pattern)).collect()
}

/// A path as a pattern that matches only it.
fn escape(path: &str) -> String {
    path.chars().map(|character| if matches!(character, '?' | '*' | '[' | ']' | '{' | '}' | '!') { format!("[{character}]") } else { character.to_string() }).collect()
}
