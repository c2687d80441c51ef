//! The gap report: its view, and its Markdown.

use std::collections::BTreeMap;

use serde::Serialize;
use tera::{Context, Tera};

use super::escape::{code, markdown};
use super::explain::top_title;
use super::markdown::place;
use crate::assessment::{Assessment, ClauseTally, Determination, Finding, Settings, Verdict};
use crate::framework::{Framework, Grade};
use crate::vocabulary::{ClauseNumber, count, listing};

const TEMPLATE: &str = include_str!("../../templates/gap.md");

/// The gap report as Markdown.
///
/// # Errors
/// The template engine's words, if the template is at fault.
pub fn gap_markdown(assessment: &Assessment, framework: &Framework, settings: &Settings) -> Result<String, String> {
    let mut tera = Tera::default();
    tera.add_raw_template("gap.md", TEMPLATE).map_err(|error| error.to_string())?;
    let mut context = Context::new();
    context.insert("report", &View::new(assessment, framework, settings));
    let text = tera.render("gap.md", &context).map_err(|error| error.to_string())?;
    Ok(tidy(&text))
}

/// Templates leave blank lines behind; at most one stays.
fn tidy(text: &str) -> String {
    let mut result = String::with_capacity(text.len());
    let mut blank = 0;
    for line in text.lines().map(str::trim_end) {
        blank = if line.is_empty() { blank + 1 } else { 0 };
        if blank <= 1 {
            result.push_str(line);
            result.push('\n');
        }
    }
    result.trim_start().to_owned()
}

/// Everything the template lays out, counted, ordered and escaped.
#[derive(Debug, Serialize)]
struct View {
    organization: String,
    head: Vec<Row>,
    summary: Vec<String>,
    verdicts: Vec<VerdictRow>,
    clauses: Vec<ClauseRow>,
    blocking: Vec<FindingView>,
    first: Vec<FindingView>,
    gaps: Vec<GapClause>,
    contradictions: Vec<ItemView>,
    questions: Vec<Questions>,
    not_triggered: Vec<ItemView>,
    external: Vec<ItemView>,
    not_assessed: Vec<ItemView>,
    accepted: Vec<AcceptedView>,
    not_checked: Vec<Row>,
    to_confirm: usize,
    seven_five_four: Vec<Row>,
    records: Vec<RecordRow>,
    intervals: Vec<Row>,
    kinds: Vec<KindRow>,
    unrecognised: Vec<String>,
    unrecognised_more: usize,
    notes: Vec<String>,
    limits: Vec<String>,
}

#[derive(Debug, Serialize)]
struct Row {
    name: String,
    value: String,
}

#[derive(Debug, Serialize)]
struct VerdictRow {
    verdict: String,
    number: usize,
    meaning: &'static str,
}

#[derive(Debug, Serialize)]
struct ClauseRow {
    number: String,
    title: String,
    top: bool,
    documents: String,
    records: String,
    open: String,
    major: usize,
    minor: usize,
    other: usize,
}

#[derive(Debug, Serialize)]
struct FindingView {
    grade: &'static str,
    message: String,
    place: String,
    rule: String,
    requirements: String,
    remedy: String,
    confidence: &'static str,
    folded: Vec<String>,
    effort: String,
}

#[derive(Debug, Serialize)]
struct GapClause {
    number: String,
    title: String,
    items: Vec<ItemView>,
    findings: Vec<FindingView>,
}

#[derive(Debug, Serialize)]
struct ItemView {
    id: String,
    intent: String,
    verdict: &'static str,
    confidence: &'static str,
    reason: String,
    evidence: String,
}

#[derive(Debug, Serialize)]
struct Questions {
    whom: String,
    items: Vec<QuestionView>,
}

#[derive(Debug, Serialize)]
struct QuestionView {
    id: String,
    question: String,
    seen: String,
}

#[derive(Debug, Serialize)]
struct AcceptedView {
    message: String,
    reason: String,
    owner: String,
    until: String,
}

#[derive(Debug, Serialize)]
struct RecordRow {
    title: String,
    number: usize,
    period: String,
}

#[derive(Debug, Serialize)]
struct KindRow {
    title: String,
    how: String,
    paths: String,
}

impl View {
    fn new(assessment: &Assessment, framework: &Framework, settings: &Settings) -> Self {
        let open: Vec<&Finding> = assessment.findings.iter().filter(|finding| finding.accepted.is_none()).collect();
        let finding = |finding: &&Finding| finding_view(finding, framework);
        let with = |verdict: Verdict| -> Vec<ItemView> { assessment.requirements.iter().filter(|item| item.verdict == verdict).map(item_view).collect() };
        let unrecognised: Vec<String> =
            assessment.documents.iter().filter(|document| document.documented_information.is_empty()).map(|document| code(&document.path)).collect();
        const SHOWN: usize = 30;
        Self {
            organization: markdown(settings.organization.as_deref().unwrap_or("the organization in this repository")),
            head: head(assessment, settings),
            summary: summary(assessment, &open),
            verdicts: verdict_rows(assessment),
            clauses: clause_rows(assessment, framework),
            blocking: open.iter().filter(|finding| is_blocking(finding)).map(finding).collect(),
            first: first_steps(&open, framework),
            gaps: gaps(assessment, framework, &open),
            contradictions: with(Verdict::Contradicted),
            questions: questions(assessment, framework),
            not_triggered: with(Verdict::NotTriggered),
            external: with(Verdict::External),
            not_assessed: with(Verdict::NotAssessed),
            accepted: assessment.findings.iter().filter_map(accepted_view).collect(),
            not_checked: not_checked(assessment),
            to_confirm: assessment
                .documents
                .iter()
                .filter(|document| document.documented_information.iter().any(|kind| kind.provenance.word() == "inferred"))
                .count(),
            seven_five_four: seven_five_four(assessment, framework),
            records: record_rows(assessment, framework),
            intervals: intervals(framework, settings),
            kinds: kind_rows(assessment, framework),
            unrecognised_more: unrecognised.len().saturating_sub(SHOWN),
            unrecognised: unrecognised.into_iter().take(SHOWN).collect(),
            notes: assessment.provenance.notes.iter().map(|note| markdown(note)).collect(),
            limits: limits(framework),
        }
    }
}

fn head(assessment: &Assessment, settings: &Settings) -> Vec<Row> {
    let provenance = &assessment.provenance;
    let row = |name: &str, value: String| Row { name: name.to_owned(), value };
    let commit = match (&provenance.commit, provenance.uncommitted) {
        (None, _) => "no commit; a plain folder".to_owned(),
        (Some(commit), 0) => format!("commit {}", code(&commit[..commit.len().min(12)])),
        (Some(commit), number) => {
            format!("commit {} with {}", code(&commit[..commit.len().min(12)]), count(number, "uncommitted change", "uncommitted changes"))
        }
    };
    let mut rows = Vec::new();
    if let Some(unit) = &settings.unit {
        rows.push(row("Unit", markdown(unit)));
    }
    rows.push(row("Standard", markdown(&provenance.framework)));
    rows.push(row("State that was read", format!("{} of {commit}", code(&provenance.root))));
    rows.push(row("As of", provenance.as_of.clone()));
    rows.push(row("Clause map", format!("version {}, a paraphrase in our own words", provenance.map_version)));
    rows.push(row("Made by", format!("{} {}", provenance.tool, provenance.version)));
    if provenance.partial {
        rows.push(row("Complete", "**no**: see what was not checked".to_owned()));
    }
    rows
}

fn summary(assessment: &Assessment, open: &[&Finding]) -> Vec<String> {
    let number = |verdict: Verdict| assessment.tally.verdicts.get(verdict.word()).copied().unwrap_or(0);
    let all = assessment.requirements.len();
    let grade = |grade: Grade| open.iter().filter(|finding| finding.grade == grade).count();
    let mut lines = vec![format!(
        "Of {} in the map, documents here support {} and partly support {}. For {} nothing was found that is asked for, and documents speak against {}.",
        count(all, "requirement", "requirements"),
        number(Verdict::Supported),
        number(Verdict::PartlySupported),
        number(Verdict::NoEvidence),
        number(Verdict::Contradicted)
    )];
    lines.push(format!(
        "{} cannot be settled by documents and are open questions for interviews. {} were not triggered, for {} the evidence is declared to be elsewhere, and {} could not be assessed here.",
        number(Verdict::NeedsAuditor),
        number(Verdict::NotTriggered),
        number(Verdict::External),
        number(Verdict::NotAssessed)
    ));
    let gaps = format!(
        "There {} proposed as major, {} as minor, and {}.",
        plural_is(grade(Grade::Major)),
        grade(Grade::Minor),
        count(grade(Grade::Observation) + grade(Grade::Opportunity), "observation", "observations")
    );
    let recognised = assessment.documents.iter().filter(|document| !document.documented_information.is_empty()).count();
    lines.push(format!(
        "{} read, {} of them recognised as documented information{}.",
        count(assessment.documents.len(), "document was", "documents were"),
        recognised,
        if recognised * 2 < assessment.documents.len() {
            "; as long as most are not, what is called missing may be there under another name: see the last part of this report"
        } else {
            ""
        }
    ));
    lines.push(if open.is_empty() { "No finding is open.".to_owned() } else { gaps });
    let blocking = open.iter().filter(|finding| is_blocking(finding)).count();
    if blocking > 0 {
        lines.push(format!(
            "**Blocking gaps: {blocking}.** Each is a major finding or documented information that the standard demands and that is missing; they come first."
        ));
    }
    lines
}

/// Whether a finding would stop a certification audit: a major one, or something demanded that is missing.
fn is_blocking(finding: &Finding) -> bool {
    finding.grade == Grade::Major || (finding.missing.is_some() && finding.grade == Grade::Minor)
}

/// What a finding is about, the weightiest first: something missing, what was done or not done in operation and
/// evaluation, planning and context, and last the form of documents.
fn weight(finding: &Finding) -> u8 {
    let clause = finding.requirements.first().and_then(|id| id.split_once('-')).and_then(|(clause, _)| ClauseNumber::parse(clause));
    match clause {
        _ if finding.missing.is_some() => 0,
        Some(clause) if clause.top() >= 8 => 1,
        Some(clause) if clause.to_string().starts_with("7.5") => 3,
        Some(_) => 2,
        None => 4,
    }
}

/// The ten findings to settle first: gravest first, then by weight, then in the order of the standard.
fn first_steps(open: &[&Finding], framework: &Framework) -> Vec<FindingView> {
    let order: BTreeMap<&str, usize> = framework.requirements().enumerate().map(|(index, (_, requirement))| (requirement.id.as_str(), index)).collect();
    let position = |finding: &Finding| finding.requirements.first().and_then(|id| order.get(id.as_str()).copied()).unwrap_or(usize::MAX);
    let mut steps: Vec<&Finding> = open.iter().filter(|finding| finding.grade <= Grade::Minor).copied().collect();
    steps.sort_by_key(|finding| (finding.grade, weight(finding), position(finding)));
    steps.into_iter().take(10).map(|finding| finding_view(finding, framework)).collect()
}

fn plural_is(number: usize) -> String {
    if number == 1 { "is 1 finding".to_owned() } else { format!("are {number} findings") }
}

fn verdict_rows(assessment: &Assessment) -> Vec<VerdictRow> {
    let meaning = |verdict| match verdict {
        Verdict::Supported => "documents speak for it, as far as documents can",
        Verdict::PartlySupported => "there is evidence, and something is missing or not yet confirmed",
        Verdict::NoEvidence => "what is asked for was not found in this repository",
        Verdict::Contradicted => "documents speak against it",
        Verdict::NeedsAuditor => "only an interview or an observation settles it",
        Verdict::NotTriggered => "what it depends on did not occur; to be checked again",
        Verdict::External => "declared to be in another system; not verified",
        Verdict::NotAssessed => "could not be assessed here; the reason is given",
    };
    Verdict::ALL
        .iter()
        .map(|verdict| VerdictRow {
            verdict: verdict.word().to_owned(),
            number: assessment.tally.verdicts.get(verdict.word()).copied().unwrap_or(0),
            meaning: meaning(*verdict),
        })
        .collect()
}

/// Rows for clauses 4 to 10 and the second level below each.
fn clause_rows(assessment: &Assessment, framework: &Framework) -> Vec<ClauseRow> {
    let mut rows = Vec::new();
    let mut last_top = None;
    for (number, title) in &framework.groups {
        if last_top != Some(number.top()) {
            last_top = Some(number.top());
            if let Some(top) = ClauseNumber::parse(&number.top().to_string()) {
                rows.push(clause_row(assessment, &top, top_title(&top).unwrap_or_default(), true));
            }
        }
        rows.push(clause_row(assessment, number, title, false));
    }
    rows
}

fn clause_row(assessment: &Assessment, number: &ClauseNumber, title: &str, top: bool) -> ClauseRow {
    let inside: Vec<&ClauseTally> =
        assessment.clauses.iter().filter(|clause| ClauseNumber::parse(&clause.number).is_some_and(|other| number.contains(&other))).collect();
    let of = |part: usize, whole: usize| if whole == 0 { "–".to_owned() } else { format!("{part} of {whole}") };
    let sum = |value: fn(&ClauseTally) -> usize| inside.iter().map(|clause| value(clause)).sum::<usize>();
    let graded = |grades: &[Grade]| {
        inside.iter().map(|clause| grades.iter().map(|grade| clause.findings.get(grade.word()).copied().unwrap_or(0)).sum::<usize>()).sum::<usize>()
    };
    ClauseRow {
        number: number.to_string(),
        title: title.to_owned(),
        top,
        documents: of(sum(|clause| clause.documents.supported), sum(|clause| clause.documents.of)),
        records: of(sum(|clause| clause.records.supported), sum(|clause| clause.records.of)),
        open: of(sum(|clause| clause.open.count), sum(|clause| clause.open.of)),
        major: graded(&[Grade::Major]),
        minor: graded(&[Grade::Minor]),
        other: graded(&[Grade::Observation, Grade::Opportunity]),
    }
}

fn finding_view(finding: &Finding, framework: &Framework) -> FindingView {
    const FOLDED: usize = 12;
    let mut folded: Vec<String> = finding.folded.iter().take(FOLDED).map(|text| markdown(text)).collect();
    if finding.folded.len() > FOLDED {
        folded.push(format!("and {} more", finding.folded.len() - FOLDED));
    }
    let effort = finding.missing.as_deref().and_then(|kind| framework.kinds.get(kind)).map(|kind| kind.effort.letter().to_owned());
    FindingView {
        grade: finding.grade.word(),
        message: markdown(&capitalised(&finding.message)),
        place: code(&place(&finding.location)),
        rule: code(&finding.rule),
        requirements: if finding.requirements.is_empty() { "–".to_owned() } else { listing(&finding.requirements) },
        remedy: markdown(&capitalised(&finding.remedy)),
        confidence: finding.confidence.word(),
        folded,
        effort: effort.map(|letter| format!("; effort to write it {letter}")).unwrap_or_default(),
    }
}

/// A sentence begins with a capital, a path or an id stays as it is.
pub(super) fn capitalised(text: &str) -> String {
    let first = text.split(' ').next().unwrap_or_default();
    if first.contains(['/', '.', '_']) {
        return text.to_owned();
    }
    let mut characters = text.chars();
    characters.next().map(|first| first.to_uppercase().collect::<String>() + characters.as_str()).unwrap_or_default()
}

fn item_view(item: &Determination) -> ItemView {
    const SHOWN: usize = 3;
    let mut places: Vec<String> = item
        .evidence
        .iter()
        .map(|evidence| if evidence.line == 0 { code(&evidence.path) } else { code(&format!("{}:{}", evidence.path, evidence.line)) })
        .collect();
    let more = places.len().saturating_sub(SHOWN);
    places.truncate(SHOWN);
    let mut evidence = places.join(", ");
    if more > 0 {
        evidence.push_str(&format!(" and {more} more"));
    }
    ItemView {
        id: item.id.clone(),
        intent: markdown(&item.intent),
        verdict: item.verdict.word(),
        confidence: item.confidence.word(),
        reason: markdown(&item.reason),
        evidence: if evidence.is_empty() { "none".to_owned() } else { evidence },
    }
}

/// Sub-clauses with an open finding, or with requirements that documents do not fully support.
fn gaps(assessment: &Assessment, framework: &Framework, open: &[&Finding]) -> Vec<GapClause> {
    let is_gap = |verdict| matches!(verdict, Verdict::PartlySupported | Verdict::NoEvidence | Verdict::Contradicted);
    framework
        .clauses
        .iter()
        .filter_map(|clause| {
            let first_of =
                |finding: &&&Finding| finding.requirements.first().and_then(|id| id.split_once('-')).is_some_and(|(number, _)| number == clause.number);
            let findings: Vec<FindingView> = open.iter().filter(first_of).map(|finding| finding_view(finding, framework)).collect();
            let items: Vec<ItemView> =
                assessment.requirements.iter().filter(|item| item.clause == clause.number && is_gap(item.verdict)).map(item_view).collect();
            (!findings.is_empty() || !items.is_empty()).then(|| GapClause { number: clause.number.clone(), title: clause.title.clone(), items, findings })
        })
        .collect()
}

fn questions(assessment: &Assessment, framework: &Framework) -> Vec<Questions> {
    let mut by_whom: BTreeMap<&str, Vec<QuestionView>> = BTreeMap::new();
    for item in assessment.requirements.iter().filter(|item| item.verdict == Verdict::NeedsAuditor) {
        let looked_for = framework.requirement(&item.id).is_some_and(|(_, requirement)| !requirement.expects.is_empty());
        let seen = match (item.evidence.is_empty(), looked_for) {
            (false, _) => item_view(item).evidence,
            (true, true) => "nothing found here".to_owned(),
            (true, false) => "not looked for: documents cannot show it".to_owned(),
        };
        by_whom.entry(item.whom.as_str()).or_default().push(QuestionView { id: item.id.clone(), question: markdown(&item.question), seen });
    }
    by_whom.into_iter().map(|(whom, items)| Questions { whom: markdown(&capitalised(whom)), items }).collect()
}

fn accepted_view(finding: &Finding) -> Option<AcceptedView> {
    let acceptance = finding.accepted.as_ref()?;
    Some(AcceptedView {
        message: format!("{} ({})", markdown(&finding.message), code(&finding.rule)),
        reason: markdown(&acceptance.reason),
        owner: markdown(&acceptance.owner),
        until: acceptance.until.clone(),
    })
}

fn not_checked(assessment: &Assessment) -> Vec<Row> {
    let line = |line: Option<u32>| line.map(|line| format!(":{line}")).unwrap_or_default();
    assessment
        .provenance
        .not_checked
        .iter()
        .map(|entry| Row { name: code(&format!("{}{}", entry.path, line(entry.line))), value: markdown(&entry.reason) })
        .collect()
}

/// The documents that 7.5.4 names one by one, found or not.
fn seven_five_four(assessment: &Assessment, framework: &Framework) -> Vec<Row> {
    let letter = |kind: &crate::framework::DocumentedInformation| {
        kind.demanded.as_ref().and_then(|demand| demand.by.iter().find(|by| by.starts_with("7.5.4-")).cloned())
    };
    let mut named: Vec<(String, &crate::framework::DocumentedInformation)> = framework.kinds.values().filter_map(|kind| Some((letter(kind)?, kind))).collect();
    named.sort_by(|left, right| (&left.0, &left.1.title).cmp(&(&right.0, &right.1.title)));
    let row = |(letter, kind): (String, &crate::framework::DocumentedInformation)| {
        let mut paths: Vec<String> = assessment
            .documents
            .iter()
            .filter(|document| document.documented_information.iter().any(|known| framework.is_a(&known.id, &kind.id)))
            .map(|document| code(&document.path))
            .collect();
        let more = paths.len().saturating_sub(2);
        paths.truncate(2);
        let missing = assessment.findings.iter().any(|finding| finding.missing.as_deref() == Some(kind.id.as_str()));
        let value = match (paths.is_empty(), missing) {
            (_, true) => "**not found**".to_owned(),
            (true, false) => "none here; asked for only where there are such parties".to_owned(),
            (false, false) if more > 0 => format!("{} and {more} more", paths.join(", ")),
            (false, false) => paths.join(", "),
        };
        Row { name: format!("{letter} | {}", markdown(&kind.title)), value }
    };
    named.into_iter().map(row).collect()
}

fn record_rows(assessment: &Assessment, framework: &Framework) -> Vec<RecordRow> {
    let row = |records: &crate::assessment::RecordsView| RecordRow {
        title: framework.kinds.get(&records.documented_information).map_or_else(|| records.documented_information.clone(), |kind| markdown(&kind.title)),
        number: records.number,
        period: match (&records.first, &records.last) {
            (Some(first), Some(last)) => format!("{first} to {last}"),
            _ => "–".to_owned(),
        },
    };
    assessment.records.iter().map(row).collect()
}

fn intervals(framework: &Framework, settings: &Settings) -> Vec<Row> {
    let title = |kind: &String| framework.kinds.get(kind).map_or_else(|| kind.clone(), |kind| kind.title.clone());
    settings.intervals.iter().map(|(kind, interval)| Row { name: markdown(&title(kind)), value: interval.value.to_string() }).collect()
}

fn kind_rows(assessment: &Assessment, framework: &Framework) -> Vec<KindRow> {
    const SHOWN: usize = 3;
    let mut by_kind: BTreeMap<(&str, &str), Vec<String>> = BTreeMap::new();
    for document in &assessment.documents {
        for kind in &document.documented_information {
            by_kind.entry((kind.id.as_str(), kind.provenance.word())).or_default().push(code(&document.path));
        }
    }
    by_kind
        .into_iter()
        .map(|((kind, how), mut paths)| {
            let more = paths.len().saturating_sub(SHOWN);
            paths.truncate(SHOWN);
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            let title = framework.kinds.get(kind).map_or(kind, |kind| kind.title.as_str());
            let how = if how == "inferred" { "seems to be (inferred)".to_owned() } else { how.to_owned() };
            KindRow { title: markdown(title), how, paths: format!("{}{more}", paths.join(", ")) }
        })
        .collect()
}

fn limits(framework: &Framework) -> Vec<String> {
    vec![
        markdown(&framework.head.limits),
        "Documents support, an auditor decides: no line of this report says that a requirement is met. Grades are proposals.".to_owned(),
        "A review of documents sees whether things are there, dated, approved, complete and consistent, and what records show of what was done. It cannot see commitment, awareness, competence as such, adequacy, effectiveness, or whether records are true and none is missing.".to_owned(),
        "What is kept in other systems is absent here, which is no proof that it does not exist.".to_owned(),
    ]
}
