//! The executive summary: one page that a manager understands.

use std::collections::BTreeSet;

use serde::Serialize;

use super::foremost::{
    DayAhead, days_ahead, efforts, first_actions, foundation, is_missing, person_days, prepare, way_to_stage_1, what_can_stay, what_is_begun, who_begins,
};
use super::meeting::Meeting;
use super::picture::{Part, part};
use super::plan::{ActionRow, DecidedView, Phase};
use super::rows::{Questions, VerdictRow};
use crate::assessment::{Assessment, Finding, Identified, SettledBy, Stops, Verdict};
use crate::framework::{Framework, Grade};
use crate::vocabulary::{ClauseNumber, count, listing};

/// The page.
#[derive(Debug, Serialize)]
pub(super) struct Summary {
    /// The answer in one sentence.
    pub(super) headline: String,
    /// What can stay, in sentences.
    pub(super) stays: Vec<String>,
    /// Who begins, by the first steps.
    pub(super) begins: String,
    /// What to do next where nothing is to be put right.
    pub(super) next: String,
    /// What stands between here and a first stage whose day documents name.
    pub(super) stage_1: String,
    /// The next days that documents name.
    pub(super) days: Vec<DayAhead>,
    /// What was recognised and not declared, in a sentence.
    pub(super) guessed: String,
    /// Where documents say that more is kept than is here, in a sentence.
    pub(super) elsewhere: String,
    /// What was read and what came of it, in sentences.
    pub(super) sentences: Vec<String>,
    /// The figures that a manager asks for.
    pub(super) figures: Vec<Figure>,
    /// The gravest things to do, shortly.
    pub(super) first: Vec<FirstStep>,
    pub(super) verdicts: Vec<VerdictRow>,
}

/// One figure.
#[derive(Debug, Serialize)]
pub(super) struct Figure {
    pub(super) name: &'static str,
    pub(super) value: String,
    pub(super) about: String,
}

/// One of the first things to do.
#[derive(Debug, Serialize)]
pub(super) struct FirstStep {
    pub(super) number: String,
    pub(super) action: String,
    pub(super) message: String,
    pub(super) effort: &'static str,
    pub(super) owner: String,
    pub(super) decided: Vec<DecidedView>,
}

impl Summary {
    pub(super) fn new(
        assessment: &Assessment,
        framework: &Framework,
        open: &[&Finding],
        plan: &[Phase],
        meetings: &[Meeting],
        questions: &[Questions],
    ) -> Self {
        let first = first_actions(plan);
        Self {
            headline: headline(assessment, framework, open, meetings),
            stays: [what_can_stay(assessment, framework, open), Vec::from_iter(what_is_begun(assessment)), Vec::from_iter(foundation(assessment, framework))]
                .concat(),
            begins: who_begins(assessment, &first),
            next: if first.is_empty() { prepare(questions) } else { String::new() },
            stage_1: way_to_stage_1(assessment, plan),
            days: days_ahead(assessment),
            guessed: guessed(assessment),
            elsewhere: elsewhere(assessment),
            sentences: sentences(assessment, open),
            figures: figures(assessment, open, plan),
            first: first.into_iter().map(first_step).collect(),
            verdicts: verdict_rows(assessment),
        }
    }
}

fn stopping(open: &[&Finding], stops: Stops) -> usize {
    open.iter().filter(|finding| finding.action.stops == stops).count()
}

/// The answer to "are we ready", as far as documents can give it.
fn headline(assessment: &Assessment, framework: &Framework, open: &[&Finding], meetings: &[Meeting]) -> String {
    let (first, second) = (stopping(open, Stops::Stage1), stopping(open, Stops::Stage2));
    if assessment.provenance.partial {
        return format!(
            "This review is incomplete: something could not be read, and what stands here may change once it can. So far {}.",
            blocking_words(first, second)
        );
    }
    // Scope, policy and plan: without any of the three there is nothing that the rest could belong to.
    if ["7.5.4-a", "7.5.4-b", "7.5.4-c"].into_iter().filter_map(|id| framework.demanded_by(id)).all(|kind| is_missing(assessment, kind)) {
        return "What is here is not yet a service management system: a scope, a policy and a plan for services were not found, and the rest hangs on these three.".to_owned();
    }
    match (first, second) {
        (0, 0) if open.iter().all(|finding| finding.grade > Grade::Minor) => {
            "In the documents nothing was found that would stop a certification audit. What only people can show is open, and an auditor decides.".to_owned()
        }
        (0, 0) => {
            let minor = open.iter().filter(|finding| finding.grade == Grade::Minor).count();
            let gaps = count(minor, "minor gap needs", "minor gaps need");
            format!(
                "In the documents nothing was found that would stop a certification audit by itself; {gaps} a plan, and several together can weigh as a major one{}. What only people can show is open, and an auditor decides.",
                where_they_meet(meetings)
            )
        }
        _ => format!("By its documents the organization is not ready for a certification audit: {}.", blocking_words(first, second)),
    }
}

/// The sub-clauses at which gaps meet, in the order of the standard.
fn where_they_meet(meetings: &[Meeting]) -> String {
    let clauses: BTreeSet<ClauseNumber> = meetings.iter().filter_map(|one| ClauseNumber::parse(one.requirement.split_once('-')?.0)).collect();
    let names: Vec<String> = clauses.iter().map(ToString::to_string).collect();
    if names.is_empty() { String::new() } else { format!(" (they meet at {})", listing(&names)) }
}

fn blocking_words(first: usize, second: usize) -> String {
    match (first, second) {
        (0, 0) => "no gap was found that would stop a certification audit".to_owned(),
        (first, 0) => format!("{} would stop the first stage", count(first, "gap", "gaps")),
        (0, second) => format!("{} would stop the second stage", count(second, "gap", "gaps")),
        (first, second) => format!("{} would stop the first stage and {second} the second", count(first, "gap", "gaps")),
    }
}

fn sentences(assessment: &Assessment, open: &[&Finding]) -> Vec<String> {
    let number = |verdict: Verdict| assessment.tally.verdicts.get(verdict.word()).copied().unwrap_or(0);
    let all = assessment.requirements.len();
    let mut lines = vec![format!(
        "Of {} that were looked at, documents support {} and partly support {}. For {} nothing was found that is asked for, and documents speak against {}.",
        count(all, "requirement", "requirements"),
        number(Verdict::Supported),
        number(Verdict::PartlySupported),
        number(Verdict::NoEvidence),
        number(Verdict::Contradicted)
    )];
    let mut others = String::new();
    for (verdict, words) in [
        (Verdict::NotTriggered, ("was not triggered", "were not triggered")),
        (Verdict::External, ("is declared to have its evidence elsewhere", "are declared to have their evidence elsewhere")),
        (Verdict::NotAssessed, ("could not be assessed here", "could not be assessed here")),
    ] {
        if number(verdict) > 0 {
            others.push_str(&format!(" {}.", count(number(verdict), words.0, words.1)));
        }
    }
    let asked = count(
        number(Verdict::NeedsAuditor),
        "requirement is not settled by documents and is an open question",
        "requirements are not settled by documents and are open questions",
    );
    lines.push(format!("{asked}: {}.{others}", settled_by(assessment)));
    let grade = |grade: Grade| open.iter().filter(|finding| finding.grade == grade).count();
    lines.push(if open.is_empty() {
        "No finding is open.".to_owned()
    } else {
        format!(
            "{} open: {} proposed as major, {} as minor, {} as {}.",
            if open.len() == 1 { "1 finding is".to_owned() } else { format!("{} findings are", open.len()) },
            grade(Grade::Major),
            grade(Grade::Minor),
            grade(Grade::Observation) + grade(Grade::Opportunity),
            if grade(Grade::Observation) + grade(Grade::Opportunity) == 1 { "an observation" } else { "observations" }
        )
    });
    lines.push(reading(assessment));
    lines
}

/// What settles the requirements that are left to an auditor: how many each.
fn settled_by(assessment: &Assessment) -> String {
    let left = || assessment.requirements.iter().filter(|item| item.verdict == Verdict::NeedsAuditor);
    let of = |by: SettledBy| left().filter(|item| item.settled_by == by).count();
    let parts = [
        (of(SettledBy::People), "only people can show", "only people can show"),
        (of(SettledBy::Answer), "becomes clear once it is answered whether it applies", "become clear once it is answered whether they apply"),
        (of(SettledBy::Confirmation), "becomes clear once a document is read or confirmed", "become clear once documents are read or confirmed"),
    ];
    let parts: Vec<String> = parts.into_iter().filter(|(number, ..)| *number > 0).map(|(number, one, several)| count(number, one, several)).collect();
    if parts.is_empty() { "none".to_owned() } else { listing(&parts) }
}

/// How much of what is there was taken for documented information.
fn reading(assessment: &Assessment) -> String {
    let recognised = assessment.documents.iter().filter(|document| !document.documented_information.is_empty()).count();
    let unread = assessment.documents.iter().filter(|document| document.unread).count();
    let with_evidence = assessment.requirements.iter().filter(|item| !item.evidence.is_empty()).map(|item| item.clause.as_str());
    let reached = with_evidence.collect::<std::collections::BTreeSet<_>>().len();
    let mut text = count(assessment.documents.len() - unread, "document was read", "documents were read");
    if unread > 0 {
        text.push_str(&format!(", and {unread} more are there and cannot be read here (PDF, office files, pictures)"));
    }
    text.push_str(&format!(
        ". {recognised} of all fit kinds of documented information that the standard knows{}; they speak of {reached} of {}.",
        match guesses(assessment) {
            0 => String::new(),
            number if number == recognised => ", by title and content only".to_owned(),
            number => format!(", {number} of them by title and content only"),
        },
        count(assessment.clauses.len(), "sub-clause", "sub-clauses")
    ));
    if recognised * 2 < assessment.documents.len() {
        text.push_str(" As long as most are not, what is called missing may be there under another name: see the last part of this report.");
    }
    text
}

fn figures(assessment: &Assessment, open: &[&Finding], plan: &[Phase]) -> Vec<Figure> {
    let number = |verdict: Verdict| assessment.tally.verdicts.get(verdict.word()).copied().unwrap_or(0);
    let of = |part: Part| format!("{} of {}", part.part, part.of);
    let sum = |value: fn(&crate::assessment::ClauseTally) -> (usize, usize)| {
        let (some, all) = assessment.clauses.iter().map(value).fold((0, 0), |(some, all), (part, of)| (some + part, all + of));
        part(some, all)
    };
    let documents = sum(|clause| (clause.documents.supported, clause.documents.of));
    let records = sum(|clause| (clause.records.supported, clause.records.of));
    let (first, second) = (stopping(open, Stops::Stage1), stopping(open, Stops::Stage2));
    // Where nothing is confirmed yet, "0 of 169" alone would hide what is there.
    let partly = if documents.part + records.part == 0 && number(Verdict::PartlySupported) > 0 {
        format!("; with those that ask for records, {} are supported in part", number(Verdict::PartlySupported))
    } else {
        String::new()
    };
    let [weeks, days, hours] = efforts(plan);
    vec![
        Figure { name: "Gaps that stop an audit", value: (first + second).to_string(), about: format!("{first} the first stage, {second} the second") },
        Figure { name: "Documents support", value: of(documents), about: format!("requirements that ask for a document{partly}") },
        Figure { name: "Records support", value: of(records), about: "requirements that ask for a record".to_owned() },
        Figure {
            name: "Open questions",
            value: number(Verdict::NeedsAuditor).to_string(),
            about: format!("requirements that documents do not settle: {}", settled_by(assessment)),
        },
        Figure { name: "Effort", value: person_days(plan), about: format!("person-days for the plan: {weeks} L (weeks), {days} M (days), {hours} S (hours)") },
    ]
}

/// The sentence without what stands in brackets at its end: details that the list of gaps holds.
fn without_details(sentence: &str) -> String {
    match sentence.split_once(" (") {
        Some((before, details)) if details.ends_with(')') => before.to_owned(),
        _ => sentence.to_owned(),
    }
}

fn first_step(action: &ActionRow) -> FirstStep {
    FirstStep {
        number: action.findings.first().unwrap_or(&action.number).clone(),
        action: action.action.clone(),
        // To write what is missing says itself what is missing.
        message: if action.is_to_write { String::new() } else { without_details(&action.settles) },
        effort: action.effort,
        owner: action.owner.clone(),
        decided: action.decided.clone(),
    }
}

/// How many documents nobody has said to be anything, and what follows.
fn guessed(assessment: &Assessment) -> String {
    let number = guesses(assessment);
    if number == 0 {
        return String::new();
    }
    format!(
        "Nobody has said yet what {}; {} by title and content. What rests on them is at most partly supported until somebody confirms it:",
        count(number, "document is", "documents are"),
        if number == 1 { "it was recognised" } else { "they were recognised" }
    )
}

/// What documents say of more that is kept elsewhere; only where something is missing does it matter.
fn elsewhere(assessment: &Assessment) -> String {
    const SHOWN: usize = 3;
    let told = &assessment.kept_elsewhere;
    if told.is_empty() || assessment.findings.iter().all(|finding| finding.missing.is_none()) {
        return String::new();
    }
    let mut places: Vec<String> = told.iter().take(SHOWN).map(|one| format!("{}:{}", one.path, one.line)).collect();
    if told.len() > SHOWN {
        places.push(format!("{} more", told.len() - SHOWN));
    }
    format!(
        "{} that more is kept than is here: what is called missing may be there. Ask for it first, and declare it in clausewise.yaml.",
        if told.len() == 1 { format!("A document says ({})", places.join("")) } else { format!("{} documents say ({})", told.len(), listing(&places)) }
    )
}

fn guesses(assessment: &Assessment) -> usize {
    let documents = assessment.documents.iter().filter(|document| document.not_evidence.is_none());
    documents.filter(|document| document.documented_information.iter().any(|kind| kind.provenance == Identified::Inferred)).count()
}

fn verdict_rows(assessment: &Assessment) -> Vec<VerdictRow> {
    let meaning = |verdict| {
        match verdict {
            Verdict::Supported => "documents speak for it, as far as documents can",
            Verdict::PartlySupported => "there is evidence, and something is missing or not yet confirmed",
            Verdict::NoEvidence => "what is asked for was not found in this repository",
            Verdict::Contradicted => "documents speak against it",
            Verdict::NeedsAuditor => return format!("documents do not settle it: {}", settled_by(assessment)),
            Verdict::NotTriggered => "what it depends on did not occur; to be checked again",
            Verdict::External => "declared to be in another system; not verified",
            Verdict::NotAssessed => "could not be assessed here; the reason is given",
        }
        .to_owned()
    };
    let all = assessment.requirements.len();
    let row = |verdict: &Verdict| {
        let number = assessment.tally.verdicts.get(verdict.word()).copied().unwrap_or(0);
        VerdictRow { verdict: verdict.word(), number, percent: part(number, all).percent.unwrap_or(0), meaning: meaning(*verdict) }
    };
    Verdict::ALL.iter().map(row).collect()
}
