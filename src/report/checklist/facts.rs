//! What is counted for fixed questions from what is held here, at their rows and in the summary in front.

use super::context::Context;
use crate::assessment::{DocumentView, NextAudit, is_draft_word};
use crate::framework::{FixedQuestion, Told};
use crate::vocabulary::count;

/// What is counted for a question, in sentences.
pub(super) fn facts(context: &Context<'_>, question: &FixedQuestion) -> Vec<String> {
    match question.tells {
        Some(Told::AuditCoverage) => audit_coverage(context),
        Some(Told::RecordAges) => record_ages(context, false),
        Some(Told::DocumentState) | None => Vec::new(),
    }
}

/// The same in short, for the front.
pub(super) fn in_short(context: &Context<'_>, question: &FixedQuestion) -> Vec<String> {
    match question.tells {
        Some(Told::RecordAges) => record_ages(context, true),
        _ => facts(context, question),
    }
}

/// What no report of an internal audit has covered yet.
fn audit_coverage(context: &Context<'_>) -> Vec<String> {
    let coverage = &context.assessment.audit_facts.coverage;
    let list = |what: &str, names: &[String]| match names {
        [] => format!("{what} that no report covers: none"),
        names => format!("{what} that no report covers yet: {} ({})", names.len(), names.join(", ")),
    };
    let next = context.assessment.audit_facts.next_audits.first().map(|next| next_audit(next, &coverage.clauses));
    if coverage.reports == 0 {
        let (clauses, processes) = (coverage.clauses.len(), coverage.processes.len());
        let none =
            format!("No report of an internal audit is held here, so none of the {clauses} sub-clauses and {processes} processes is known to be covered");
        return std::iter::once(none).chain(next).collect();
    }
    let mut facts = vec![
        format!("Reports of internal audits held here, by the clauses and processes that they name: {}", coverage.reports),
        list("Sub-clauses", &coverage.clauses),
        list("Processes", &coverage.processes),
    ];
    if !coverage.only_by_clause.is_empty() {
        let named = coverage.only_by_clause.iter().map(|(title, clauses)| format!("{title} {}", clauses.join(", "))).collect::<Vec<_>>();
        facts.push(format!("Of these processes a report names the sub-clauses and not the process: {}", named.join("; ")));
    }
    if !coverage.silent.is_empty() {
        facts.push(format!("Reports that do not tell what they covered: {}", coverage.silent.join(", ")));
    }
    facts.extend(next);
    facts
}

/// When the next audit is planned, and how much it is to cover of what none covered.
fn next_audit(next: &NextAudit, missing: &[String]) -> String {
    let of_these = match next.reaches(missing) {
        0 => String::new(),
        number if number == missing.len() => ", and is to cover all of these sub-clauses".to_owned(),
        number => format!(", and is to cover {number} of these {} sub-clauses", missing.len()),
    };
    format!("The next is planned for {} ({}, {}){of_these}", next.date, next.id, next.place)
}

/// The earliest record of each process, the youngest first, since those come short.
fn record_ages(context: &Context<'_>, in_short: bool) -> Vec<String> {
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
    if in_short {
        let all = ages.len();
        if none.len() == all {
            return vec![format!("Age of the records: no dated record of any of the {all} processes is held here; entries of registers are not counted")];
        }
        let young = dated.iter().filter(|(days, _)| *days < WANTED).count();
        let old = dated.len() - young;
        let younger = if young == 0 { "none".to_owned() } else { young.to_string() };
        let without = if none.is_empty() {
            String::new()
        } else {
            format!("; for {} no dated record is held here, entries of registers not counted ({})", none.len(), none.join(", "))
        };
        return vec![format!(
            "Age of the records: for {old} of the {} that the clause map knows the earliest is {WANTED} days old or more, for {younger} it is younger{without}",
            count(all, "process", "processes")
        )];
    }
    let line = |what: &str, names: &[String]| (!names.is_empty()).then(|| format!("{what}: {}", names.join("; ")));
    let rule = format!(
        "Age of the earliest record of each process, held against {WANTED} days; that is a rule of thumb of certification bodies, the standard has none"
    );
    let lines = [
        line("No dated record held here, entries of registers not counted", &none),
        line(&format!("Under {WANTED} days"), &of(true)),
        line(&format!("{WANTED} days or more"), &of(false)),
    ];
    std::iter::once(rule).chain(lines.into_iter().flatten()).collect()
}

/// Status, version and approval of the documents of some kinds, as they state them.
pub(super) fn document_state(context: &Context<'_>, kinds: &[String]) -> String {
    const MOST: usize = 3;
    let is_one = |document: &&DocumentView| {
        document.not_evidence.is_none() && document.documented_information.iter().any(|one| kinds.iter().any(|kind| context.framework.is_a(&one.id, kind)))
    };
    let documents: Vec<&DocumentView> = context.assessment.documents.iter().filter(is_one).collect();
    let state = |document: &&DocumentView| {
        let stated = |field: &str| document.control.get(field).map(|control| control.value.trim()).filter(|value| !value.is_empty());
        let told = |words: &str, field: &str| stated(field).map_or_else(|| format!("no {words} stated"), |value| format!("{words} {value}"));
        let by_whom = |by: Option<&str>, on: &str| by.map_or_else(|| format!("of {on}"), |by| format!("by {by} of {on}"));
        let is_draft = stated("status").is_some_and(is_draft_word);
        let approved = match (stated("approved_by"), stated("approved_on")) {
            // What the head of a draft has kept is the approval of what was there before.
            (by, Some(on)) if is_draft => format!("not approved; the approval {} that it states can only be that of an earlier version", by_whom(by, on)),
            (None, None) => "no approval stated".to_owned(),
            (Some(by), Some(on)) => format!("approved by {by} on {on}"),
            (Some(by), None) => format!("approved by {by}, no day stated"),
            (None, Some(on)) => format!("approved on {on}, nobody named"),
        };
        let title = document.title.as_deref().unwrap_or(&document.path);
        format!("{title} ({}): {}, {}, {approved}", document.path, told("status", "status"), told("version", "version"))
    };
    let more = if documents.len() > MOST { format!("; {} more", documents.len() - MOST) } else { String::new() };
    format!("{}{more}", documents.iter().take(MOST).map(state).collect::<Vec<_>>().join("; "))
}
