//! What the documents of a repository seem to be: the proposal to confirm.

use serde::Serialize;

use crate::assessment::{Confidence, Identified, Identity};
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
    not_recognised: Option<String>,
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
    let documents = identities.iter().map(|identity| row(framework, identity)).collect();
    serde_json::to_string_pretty(&Map { schema: SCHEMA, documents }).map(|text| text + "\n").map_err(|error| error.to_string())
}

fn row<'run>(framework: &Framework, identity: &'run Identity<'_>) -> Row<'run> {
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
        not_recognised: recognised.and_then(|recognised| recognised.silence.as_ref()).map(silence_words),
    }
}

/// Why a document is recognised as nothing, for people.
pub(crate) fn silence_words(silence: &Silence) -> String {
    match silence {
        Silence::Stub => "a stub: a title is no evidence".to_owned(),
        Silence::Nothing(title) => format!("a document of this name is usually evidence for nothing (\u{201c}{title}\u{201d})"),
        Silence::TooLittle => "too little in it speaks of any subject of the map".to_owned(),
        Silence::Unread => "not read, and its name says nothing".to_owned(),
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
    if let Some(silence) = &recognised.silence {
        page += &format!("Seems to be evidence for nothing: {}.\n", silence_words(silence));
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
