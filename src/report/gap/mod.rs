//! The gap report: its view, and its Markdown.

mod confirm;
mod parts;
mod rows;
mod side_by_side;

use std::collections::BTreeMap;

use serde::Serialize;

use super::deliverable::Deliverable;
use super::escape::{code, markdown};
use super::workbook::Workbook;
use confirm::Confirm;
use parts::{accepted_view, clause_rows, finding_view, gaps, intervals, item_view, kind_rows, limits, not_checked, questions, record_rows, seven_five_four};
use rows::{AcceptedView, ClauseRow, FindingView, GapClause, IntervalRow, ItemView, KindRow, Questions, RecordRow, Row, VerdictRow};

use side_by_side::{GitRow, ListTable, StatedRow, git_rows, list_tables, stated_rows};

use crate::assessment::{Assessment, Finding, Settings, Verdict};
use crate::framework::{Framework, Grade};
use crate::vocabulary::{ClauseNumber, count};

/// The gap report.
#[derive(Debug, Serialize)]
pub struct GapReport<'run> {
    #[serde(skip)]
    assessment: &'run Assessment,
    #[serde(flatten)]
    view: View,
}

impl<'run> GapReport<'run> {
    /// The report on an assessment.
    pub fn new(assessment: &'run Assessment, framework: &Framework, settings: &Settings) -> Self {
        Self { assessment, view: View::new(assessment, framework, settings) }
    }
}

impl Deliverable for GapReport<'_> {
    const NAME: &'static str = "gap";

    fn workbook(&self) -> Workbook {
        Workbook { title: "Gap report".to_owned(), sheets: Vec::new(), meta: Vec::new() }
    }

    fn json(&self) -> Result<serde_json::Value, String> {
        serde_json::to_value(self.assessment).map_err(|error| error.to_string())
    }
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
    confirm: Confirm,
    seven_five_four: Vec<Row>,
    records: Vec<RecordRow>,
    intervals: Vec<IntervalRow>,
    kinds: Vec<KindRow>,
    lists: Vec<ListTable>,
    git: Vec<GitRow>,
    git_more: usize,
    stated: Vec<StatedRow>,
    notes: Vec<String>,
    limits: Vec<String>,
}

impl View {
    fn new(assessment: &Assessment, framework: &Framework, settings: &Settings) -> Self {
        let open: Vec<&Finding> = assessment.findings.iter().filter(|finding| finding.accepted.is_none()).collect();
        let finding = |finding: &&Finding| finding_view(finding, framework);
        let (git, git_more) = git_rows(assessment, framework);
        let with = |verdict: Verdict| -> Vec<ItemView> { assessment.requirements.iter().filter(|item| item.verdict == verdict).map(item_view).collect() };
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
            confirm: Confirm::new(assessment, framework),
            seven_five_four: seven_five_four(assessment, framework),
            records: record_rows(assessment, framework),
            intervals: intervals(assessment, framework),
            kinds: kind_rows(assessment, framework),
            lists: list_tables(assessment, framework),
            git,
            git_more,
            stated: stated_rows(assessment),
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
    let unread = assessment.documents.iter().filter(|document| document.unread).count();
    lines.push(format!(
        "{} read{}; {} of all are taken for documented information{}.",
        count(assessment.documents.len() - unread, "document was", "documents were"),
        if unread > 0 { format!(", {unread} more are there and cannot be read here (PDF, office files, pictures)") } else { String::new() },
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
