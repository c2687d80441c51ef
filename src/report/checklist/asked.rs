//! Rows of requirements, fixed questions, walks through processes, and chains.

use super::context::{Context, documents_alone, join, short};
use super::expected::{expected, looked_at};
use super::facts::{document_state, facts};
use super::view::{EvidenceSoFar, Row, RowSort};
use crate::assessment::{ChainStart, Determination, Evidence, RecordFacts, RecordsView, Verdict};
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
    row.depends_on.clone_from(&determination.depends_on);
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
    let start = context.plan.starts.iter().find(|start| start.chain == question.id);
    row.look_at.extend(question.begin.as_ref().zip(start).map(|(begin, start)| begun(context, start, "take", &begin.kind)));
    row.evidence = match start.and_then(|start| start.record.as_ref()) {
        Some(record) => vec![record_asked(record, context.title(&question.kinds.first().cloned().unwrap_or_default()))],
        None => context.documents_of(&question.kinds, DOCUMENTS),
    };
    let ids = context.requirements_of(&question.requirements);
    if !question.findings {
        return context.finished(row, None);
    }
    // One requirement may list several documents: at the row of one, the faults of the others are out of place.
    let is_of_one = question.tells == Some(Told::DocumentState);
    let (findings, pointing, more) = context.findings_on_documents(&question.kinds, &ids, is_of_one);
    row.findings = findings;
    // What speaks against the documents comes before what speaks for the requirements.
    let against = match pointing {
        0 => String::new(),
        1 => "1 open finding points at what is named here".to_owned(),
        number => format!("{number} open findings point at what is named here"),
    };
    let state = if is_of_one { document_state(context, &question.kinds) } else { String::new() };
    row.documents_say = join(&state, &join(&against, &join(&context.verdicts(&ids), &records_of(context, &question.kinds))));
    row.facts = facts(context, question);
    if more > 0 {
        row.documents_say = join(&row.documents_say, &format!("{} more, at the requirements", count(more, "finding", "findings")));
    }
    context.finished(row, None)
}

/// A record that is asked about.
fn record_asked(record: &RecordFacts, what: String) -> EvidenceSoFar {
    EvidenceSoFar {
        path: record.path.clone(),
        line: record.line,
        place: format!("{}:{}", record.path, record.line),
        what,
        commit: record.commit.as_ref().map(|(id, _)| short(id)),
        last_changed_on: record.commit.as_ref().map(|(_, day)| day.clone()),
        passage: None,
    }
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
    row.whom = question.whom.clone().unwrap_or_else(|| clause.whom.clone());
    row.look_at = vec![format!("{}, and the records that the walk leads to", context.title(&process.kind))];
    row.expect = vec![WALKED.to_owned()];
    row.evidence = context.documents_of(std::slice::from_ref(&process.kind), 2);
    let start = context.plan.starts.iter().find(|start| start.chain == question.id);
    row.look_at.extend(question.begin.as_ref().zip(start).map(|(begin, start)| begun(context, start, "begin with", &begin.kind)));
    context.finished(row, None)
}

/// At which record a chain or a walk is begun, or that none is held here.
fn begun(context: &Context<'_>, start: &ChainStart, begin: &str, kind: &str) -> String {
    match &start.record {
        Some(record) => {
            let why = if start.why.is_empty() { String::new() } else { format!(": {}", start.why) };
            let sampled = if start.sampled { ", which the sample has" } else { "" };
            format!("{begin} {} ({}:{}){sampled}{why}", record.id, record.path, record.line)
        }
        None => {
            let sought = if start.why.is_empty() { String::new() } else { format!(" (sought: {})", start.why) };
            format!("{}: none held here for the period fits{sought}; ask for one, or note that there was none", context.title(kind))
        }
    }
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
            Some(start) => row.look_at.push(begun(context, start, begin, from)),
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
