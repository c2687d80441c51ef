//! Rows of requirements, fixed questions, walks through processes, and chains.

use super::context::{Context, documents_alone, join, short};
use super::expected::{expected, looked_at};
use super::view::{EvidenceSoFar, Row, RowSort};
use crate::assessment::{ChainStart, Determination, Evidence, RecordsView, Verdict};
use crate::framework::{Chain, Clause, FixedQuestion, Grade, Process, ProcessQuestion, Requirement, Told};
use crate::vocabulary::{RequirementId, count, listing};

/// What counts at every walk through a process.
pub(super) const WALKED: &str = "each step shown on a record";

/// The row of a requirement.
pub(super) fn requirement_row(context: &Context<'_>, clause: &Clause, requirement: &Requirement) -> Row {
    let mut row = Context::row(requirement.id.clone(), RowSort::Requirement, requirement.intent.clone());
    row.clause.clone_from(&clause.number);
    row.questions.clone_from(&requirement.ask);
    row.whom = requirement.whom.clone().unwrap_or_else(|| clause.whom.clone());
    row.look_at = looked_at(context.framework, requirement);
    row.expect = expected(context.framework, requirement);
    let Some(determination) = context.determination(&requirement.id) else { return context.finished(row, None) };
    let verdict = documents_alone(determination);
    row.evidence = determination.evidence.iter().map(|evidence| evidence_of(context, evidence)).collect();
    row.verdict = Some(verdict.word().to_owned());
    row.documents_say = said(determination, verdict);
    let (findings, more) = context.findings_on(std::slice::from_ref(&requirement.id));
    row.findings = findings;
    if more > 0 {
        row.documents_say = join(&row.documents_say, &format!("{} more", count(more, "finding", "findings")));
    }
    row.grade_note = context.graded().then(|| grade_note(context, determination, verdict)).flatten();
    context.finished(row, Some(verdict))
}

fn said(determination: &Determination, verdict: Verdict) -> String {
    let reason = determination.statement.as_ref().map_or(&determination.reason, |statement| &statement.documents_say);
    let unconfirmed = if determination.unconfirmed.is_empty() {
        String::new()
    } else {
        format!("Not yet confirmed, and could be it: {}", listing(&determination.unconfirmed))
    };
    join(&format!("{}: {reason}", verdict.word()), &unconfirmed)
}

/// What the gravest open finding suggests; a program proposes, an auditor decides.
fn grade_note(context: &Context<'_>, determination: &Determination, verdict: Verdict) -> Option<String> {
    let is_own = |fingerprint: &String| context.assessment.findings.iter().find(|finding| finding.fingerprint == *fingerprint && finding.accepted.is_none());
    let gravest = determination.findings.iter().filter_map(is_own).map(|finding| finding.grade).min();
    match gravest {
        Some(grade @ (Grade::Major | Grade::Minor)) => Some(format!("documents alone would suggest {}; the auditor decides", grade.word())),
        _ if verdict == Verdict::Contradicted => Some("documents speak against it; the auditor decides".to_owned()),
        _ => None,
    }
}

fn evidence_of(context: &Context<'_>, evidence: &Evidence) -> EvidenceSoFar {
    EvidenceSoFar {
        path: evidence.path.clone(),
        line: evidence.line,
        place: if evidence.line == 0 { evidence.path.clone() } else { format!("{}:{}", evidence.path, evidence.line) },
        what: context.title(&evidence.documented_information),
        commit: evidence.commit.as_deref().map(short),
        last_changed_on: evidence.last_changed_on.clone(),
        passage: evidence.passage.clone(),
    }
}

/// The row of a question that this kind of audit always asks.
pub(super) fn fixed_row(context: &Context<'_>, question: &FixedQuestion) -> Row {
    const DOCUMENTS: usize = 3;
    let mut row = Context::row(question.id.clone(), RowSort::Question, question.title.clone());
    row.clause = clauses_of(&question.requirements);
    row.questions.clone_from(&question.ask);
    row.whom.clone_from(&question.whom);
    row.look_at.clone_from(&question.look_at);
    row.expect.clone_from(&question.expect);
    row.evidence = context.documents_of(&question.kinds, DOCUMENTS);
    let ids = context.requirements_of(&question.requirements);
    let (findings, pointing, more) = context.findings_on_documents(&question.kinds, &ids);
    row.findings = findings;
    // What speaks against the documents comes before what speaks for the requirements.
    let against = match pointing {
        0 => String::new(),
        1 => "1 open finding points at what is named here".to_owned(),
        number => format!("{number} open findings point at what is named here"),
    };
    row.documents_say = join(&against, &join(&context.verdicts(&ids), &records_of(context, &question.kinds)));
    row.facts = match question.tells {
        Some(Told::AuditCoverage) => audit_coverage(context),
        Some(Told::RecordAges) => record_ages(context),
        None => Vec::new(),
    };
    if more > 0 {
        row.documents_say = join(&row.documents_say, &format!("{} more, at the requirements", count(more, "finding", "findings")));
    }
    context.finished(row, None)
}

/// How many records of some kinds there are, and of which time.
fn records_of(context: &Context<'_>, kinds: &[String]) -> String {
    let of = |kind: &String| context.assessment.records.iter().find(|records| records.documented_information == *kind);
    let period = |records: &RecordsView| match (&records.first, &records.last) {
        (Some(first), Some(last)) if first != last => format!(", {first} to {last}"),
        (Some(day), _) => format!(", {day}"),
        _ => String::new(),
    };
    let dated = kinds.iter().filter_map(of).filter(|records| records.first.is_some());
    dated.map(|records| format!("{}: {}{}", context.title(&records.documented_information), records.number, period(records))).collect::<Vec<_>>().join("; ")
}

/// What no report of an internal audit has covered yet.
fn audit_coverage(context: &Context<'_>) -> Vec<String> {
    let coverage = &context.assessment.audit_facts.coverage;
    let list = |what: &str, names: &[String]| match names {
        [] => format!("{what} that no report covers: none"),
        names => format!("{what} that no report covers yet: {} ({})", names.len(), names.join(", ")),
    };
    let mut facts = vec![
        format!("Reports of internal audits held here, by the clauses and processes that they name: {}", coverage.reports),
        list("Sub-clauses", &coverage.clauses),
        list("Processes", &coverage.processes),
    ];
    if !coverage.silent.is_empty() {
        facts.push(format!("Reports that do not tell what they covered: {}", coverage.silent.join(", ")));
    }
    facts
}

/// The earliest record of each process, the youngest first, since those come short.
fn record_ages(context: &Context<'_>) -> Vec<String> {
    const WANTED: i32 = 90;
    let ages = &context.assessment.audit_facts.record_ages;
    let mut dated: Vec<(i32, String)> = Vec::new();
    for one in ages {
        if let Some((id, day, place, days)) = &one.earliest {
            dated.push((*days, format!("{}: {} from {id} of {day} ({place})", one.process, count(usize::try_from(*days).unwrap_or_default(), "day", "days"))));
        }
    }
    dated.sort();
    let of = |is_short: bool| dated.iter().filter(|(days, _)| (*days < WANTED) == is_short).map(|(_, text)| text.clone()).collect::<Vec<_>>();
    let none: Vec<String> = ages.iter().filter(|one| one.earliest.is_none()).map(|one| one.process.clone()).collect();
    let line = |what: &str, names: &[String]| (!names.is_empty()).then(|| format!("{what}: {}", names.join("; ")));
    let rule = format!(
        "Age of the earliest record of each process, held against {WANTED} days; that is a rule of thumb of certification bodies, the standard has none"
    );
    let lines =
        [line("No dated record held here", &none), line(&format!("Under {WANTED} days"), &of(true)), line(&format!("{WANTED} days or more"), &of(false))];
    std::iter::once(rule).chain(lines.into_iter().flatten()).collect()
}

/// The sub-clauses of requirements and clauses, each once, the leading one first.
fn clauses_of(ids: &[String]) -> String {
    let mut clauses: Vec<String> = Vec::new();
    for id in ids {
        let clause = RequirementId::parse(id).map_or_else(|| id.clone(), |id| id.clause().to_string());
        if !clauses.contains(&clause) {
            clauses.push(clause);
        }
    }
    clauses.join(", ")
}

/// The row of a walk through a process.
pub(super) fn walk_row(context: &Context<'_>, process: &Process, question: &ProcessQuestion, clause: &Clause) -> Row {
    let mut row = Context::row(question.id.clone(), RowSort::Question, question.title.clone());
    row.clause.clone_from(&clause.number);
    row.questions.clone_from(&question.ask);
    row.whom.clone_from(&clause.whom);
    row.look_at = vec![format!("{}, and the records that the walk leads to", context.title(&process.kind))];
    row.expect = vec![WALKED.to_owned()];
    row.evidence = context.documents_of(std::slice::from_ref(&process.kind), 2);
    context.finished(row, None)
}

/// The two rows of a chain: forward from its start, backward from its end.
pub(super) fn chain_rows(context: &Context<'_>, chain: &Chain) -> [Row; 2] {
    let row = |way: &str, text: &str, from: &str, begin: &str| {
        let mut row = Context::row(format!("{}/{way}", chain.id), RowSort::Question, format!("{}, {way}.", chain.title));
        row.clause = clauses_of(&chain.steps);
        row.questions = vec![text.to_owned()];
        row.whom = "whoever carries out each step".to_owned();
        row.look_at = vec![format!("way: {}", if way == "forward" { chain.steps.join(" → ") } else { reversed(&chain.steps) })];
        row.expect = vec!["each record names the next, and what it says of it is true".to_owned()];
        match context.plan.starts.iter().find(|start| start.chain == chain.id && start.backward == (way == "backward")) {
            Some(ChainStart { record: Some(record), why, sampled, .. }) => {
                let why = if why.is_empty() { String::new() } else { format!(": {why}") };
                let sampled = if *sampled { ", which the sample has" } else { "" };
                row.look_at.push(format!("{begin} {} ({}:{}){sampled}{why}", record.id, record.path, record.line));
            }
            Some(ChainStart { why, .. }) => {
                let sought = if why.is_empty() { String::new() } else { format!(" (sought: {why})") };
                row.look_at.push(format!("{}: none held here for the period fits{sought}; ask for one, or note that there was none", context.title(from)));
            }
            None => {
                row.look_at.push(format!("{begin} {}", context.title(from)));
                row.evidence = context.documents_of(&[from.to_owned()], 2);
            }
        }
        context.finished(row, None)
    };
    [row("forward", &chain.forward, &chain.start, "begin with"), row("backward", &chain.backward, &chain.end, "begin at the end, with")]
}

fn reversed(steps: &[String]) -> String {
    steps.iter().rev().cloned().collect::<Vec<_>>().join(" → ")
}
