//! What a director asks first: what can stay, who begins, what it takes, and which days are ahead.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::Serialize;

use super::plan::{ActionRow, BEFORE_STAGE_1, Phase};
use super::rows::Questions;
use super::unaudited::{Unaudited, first_stage};
use crate::assessment::{Assessment, DocumentView, Finding, Identified, PlannedDay, Verdict};
use crate::framework::{Event, Form, Framework, Grade, is_within};
use crate::vocabulary::{Confidence, count, is_placeholder, listing, plain};

/// Names of documents that a sentence holds.
const NAMED: usize = 5;

/// Days ahead that are told.
const DAYS: usize = 4;

/// What a first stage reads: held later, it cannot be read.
const LOOK_AT_THE_REST: [Event; 2] = [Event::InternalAudit, Event::ManagementReview];

/// Things to do that a summary names.
const FIRST: usize = 5;

/// The first things to do, short of mere observations: what is graver and surer, then what comes before a first stage, then
/// what documents speak against and what causes most, and of equals the first of the plan. What one of them builds on goes
/// before it.
pub(super) fn first_actions(plan: &[Phase]) -> Vec<&ActionRow> {
    let all: Vec<&ActionRow> = plan.iter().flat_map(|phase| &phase.actions).collect();
    let mut ranked: Vec<_> = all.iter().filter_map(|action| Some((action.urgency?, *action))).collect();
    ranked.sort_by_key(|(urgency, _)| (urgency.grade, urgency.is_unsure, !urgency.is_first_stage, urgency.weight));
    let mut first: Vec<&ActionRow> = Vec::new();
    for (_, action) in ranked {
        put_behind(action, &all, &mut first);
    }
    first.truncate(FIRST);
    first
}

/// Puts an action behind those that it builds on. Each builds only on earlier ones of the plan.
fn put_behind<'plan>(action: &'plan ActionRow, all: &[&'plan ActionRow], first: &mut Vec<&'plan ActionRow>) {
    if first.len() >= FIRST || first.iter().any(|known| known.number == action.number) {
        return;
    }
    for before in all.iter().filter(|other| other.urgency.is_some() && action.after.contains(&other.number)) {
        put_behind(before, all, first);
    }
    first.push(action);
}

/// What stands between here and the day of a first stage that documents name, in facts; nothing where they name none.
pub(super) fn way_to_stage_1(assessment: &Assessment, plan: &[Phase]) -> String {
    let as_of = assessment.provenance.as_of.parse::<Date>().ok();
    let Some((day, days)) = first_stage(assessment).and_then(|day| Some((day, as_of?.until(day).ok()?.get_days()))) else { return String::new() };
    let before: Vec<&ActionRow> = plan.iter().filter(|phase| phase.title == BEFORE_STAGE_1).flat_map(|phase| &phase.actions).collect();
    let without = before.iter().filter(|action| action.decided.is_empty()).count();
    // Days are written so that their text is in their order.
    let until = day.to_string();
    let behind = before.iter().filter(|action| action.decided.iter().any(|decided| decided.until > until)).count();
    let mut text =
        format!("Stage 1 is named for {day}, {} after {}: ", count(usize::try_from(days).unwrap_or_default(), "day", "days"), assessment.provenance.as_of);
    text.push_str(&match (before.len(), without) {
        (0, _) => "no action of the plan comes before it".to_owned(),
        (1, 0) => "1 action of the plan comes before it, and it has a day".to_owned(),
        (1, _) => "1 action of the plan comes before it, and it has no day yet".to_owned(),
        (all, 0) => format!("{all} actions of the plan come before it, and all have a day"),
        (all, some) if all == some => format!("{all} actions of the plan come before it, and none has a day yet"),
        (all, some) => format!("{all} actions of the plan come before it, {some} of them without a day yet"),
    });
    let others = plan.iter().filter(|phase| phase.title != BEFORE_STAGE_1).flat_map(|phase| &phase.actions);
    let decided_for_before = others.filter(|action| action.decided.iter().any(|decided| decided.until <= until)).count();
    match decided_for_before {
        0 => {}
        1 => text.push_str("; for 1 of the others a review has decided something for a day before it"),
        some => text.push_str(&format!("; for {some} of the others a review has decided something for a day before it")),
    }
    if behind > 0 {
        text.push_str(&format!(", {behind} with a day after it"));
    }
    if let Some(unaudited) = Unaudited::new(assessment) {
        text.push_str(&format!("; {} in no audit report, and {}", count(unaudited.clauses(), "sub-clause stands", "sub-clauses stand"), unaudited.when()));
    }
    text + "."
}

/// Whether a kind of documented information that is demanded was not found.
pub(super) fn is_missing(assessment: &Assessment, kind: &str) -> bool {
    assessment.findings.iter().any(|finding| finding.missing.as_deref() == Some(kind))
}

/// What else is here that a system can be built on: another management system that most recognised documents belong to,
/// where there is no scope of one for services yet.
pub(super) fn foundation(assessment: &Assessment, framework: &Framework) -> Option<String> {
    /// Fewer documents tell nothing of a repository.
    const FEWEST: usize = 5;
    /// As many of a hundred recognised documents are about it.
    const SHARE: usize = 40;
    let has_no_scope = framework.demanded_by("7.5.4-a").is_some_and(|scope| is_missing(assessment, scope));
    // A template of it says as much of what the others belong to.
    let evidence = assessment.documents.iter().filter(|document| document.not_evidence.is_none() || document.to_fill_in.is_some());
    let firsts: Vec<String> = evidence.filter_map(|document| framework.clauses_of(&document.documented_information.first()?.id).into_iter().next()).collect();
    framework.foundations().iter().filter(|_| has_no_scope).find_map(|foundation| {
        let about = firsts.iter().filter(|clause| **clause == foundation.clause || is_within(clause, &foundation.clause)).count();
        let is_most = about >= FEWEST && about * 100 >= firsts.len() * SHARE;
        is_most.then(|| {
            let (all, clause, title) = (firsts.len(), &foundation.clause, &foundation.title);
            format!("{about} of {all} recognised documents are about {clause}: what is here seems to be {title}. {}", foundation.carries_over.trim())
        })
    })
}

/// A day ahead that documents name.
#[derive(Debug, Serialize)]
pub(super) struct DayAhead {
    pub(super) day: String,
    pub(super) what: String,
    pub(super) place: String,
    /// What a reader should notice about it; often nothing.
    pub(super) note: String,
}

/// What can stay: the documents and records that support what they are for.
pub(super) fn what_can_stay(assessment: &Assessment, framework: &Framework, open: &[&Finding]) -> Vec<String> {
    let is_cited = |verdict| matches!(verdict, Verdict::Supported | Verdict::PartlySupported);
    let cited = assessment.requirements.iter().filter(|item| is_cited(item.verdict)).flat_map(|item| &item.evidence);
    let speaking: BTreeSet<&str> = cited.map(|evidence| evidence.documented_information.as_str()).collect();
    // What is only late can stay as it is; one entry at fault does not spoil a register.
    let faulty = |finding: &&&Finding| finding.grade <= Grade::Minor && finding.missing.is_none() && finding.due.is_none();
    let at_fault: BTreeSet<&str> = open.iter().filter(faulty).map(|finding| finding.location.path.as_str()).collect();
    let stays = |document: &DocumentView, is_sure: bool| {
        let fits = |kind: &&crate::assessment::Identification| (kind.provenance != Identified::Inferred) == is_sure && speaking.contains(kind.id.as_str());
        let Some(kind) = document.documented_information.iter().find(fits) else { return false };
        let is_prose = framework.kinds.get(&kind.id).is_some_and(|kind| kind.form == Form::Document);
        document.not_evidence.is_none() && !(is_prose && at_fault.contains(document.path.as_str()))
    };
    let all = |is_sure: bool| -> Vec<&DocumentView> { assessment.documents.iter().filter(|document| stays(document, is_sure)).collect() };
    let (sure, guessed) = (all(true), all(false));
    // A document that is named as one to keep must not stand among the gaps as well.
    let named: BTreeSet<&str> = open.iter().map(|finding| finding.location.path.as_str()).collect();
    let above_all = |documents: &[&DocumentView]| {
        // What goes into few of the topics of its kind is not what one would point at.
        let goes_far = |document: &DocumentView| document.depth.as_ref().is_none_or(|depth| depth.covered.len() >= depth.missing.len());
        let is_weak = |document: &DocumentView| document.documented_information.first().and_then(|kind| kind.confidence) == Some(Confidence::Low);
        let is_clean = |document: &&&DocumentView| !named.contains(document.path.as_str()) && goes_far(document) && !is_weak(document);
        let clean: Vec<&DocumentView> = documents.iter().filter(is_clean).copied().collect();
        let main = main_ones(assessment, &clean, framework);
        if main.is_empty() { String::new() } else { format!("above all {}", listing(&main)) }
    };
    let mut lines = Vec::new();
    if !sure.is_empty() {
        lines.push(format!(
            "What can stay: {}{}.{}",
            count(sure.len(), "file supports what it is for", "documents and files of records support what they are for"),
            Some(above_all(&sure)).filter(|names| !names.is_empty()).map(|names| format!(", {names}")).unwrap_or_default(),
            if open.is_empty() { "" } else { " Single corrections in others of them stand in the action plan." }
        ));
    }
    if !guessed.is_empty() {
        let lead = if sure.is_empty() { "What can stay: " } else { "" };
        let late: BTreeSet<&str> = open.iter().filter(|finding| finding.due.is_some()).map(|finding| finding.location.path.as_str()).collect();
        let late = guessed.iter().filter(|document| late.contains(document.path.as_str())).count();
        let late = if late == 0 { String::new() } else { format!(" Of these, {} past a day of review.", count(late, "is", "are")) };
        lines.push(format!(
            "{lead}{} usable, to be confirmed{}.{late}",
            count(guessed.len(), "document seems", "documents seem"),
            Some(above_all(&guessed)).filter(|names| !names.is_empty()).map(|names| format!(": {names}")).unwrap_or_default()
        ));
    }
    lines
}

/// What is begun: documents that would be evidence, and in which many places still wait for a value.
pub(super) fn what_is_begun(assessment: &Assessment) -> Option<String> {
    let begun: Vec<&DocumentView> = assessment.documents.iter().filter(|document| document.to_fill_in.is_some()).collect();
    let names: Vec<String> = begun.iter().take(NAMED).map(|document| document.path.clone()).collect();
    let which = if begun.len() > NAMED { format!("{} among them", listing(&names)) } else { listing(&names) };
    (!begun.is_empty()).then(|| {
        let number = count(begun.len(), "document is a template", "documents are templates");
        format!("What is begun: {number} whose places still wait for values ({which}). Filled in and approved, they count; until then they are no evidence.")
    })
}

/// Titles of the documents that weigh most: one of each kind, what more requirements cite before the rest, those that 7.5.4
/// lists first among equals, records last.
fn main_ones(assessment: &Assessment, documents: &[&DocumentView], framework: &Framework) -> Vec<String> {
    let mut cited: BTreeMap<&str, usize> = BTreeMap::new();
    for item in &assessment.requirements {
        let paths: BTreeSet<&str> = item.evidence.iter().map(|evidence| evidence.path.as_str()).collect();
        paths.into_iter().for_each(|path| *cited.entry(path).or_default() += 1);
    }
    let letter = |id: &str| {
        let demand = framework.kinds.get(id).and_then(|kind| kind.demanded.as_ref());
        demand.and_then(|demand| demand.by.iter().find(|by| by.starts_with("7.5.4-")).cloned())
    };
    let mut ranked: Vec<_> = documents
        .iter()
        .filter_map(|document| {
            let kind = document.documented_information.first()?;
            let named = letter(&kind.id);
            let is_record = framework.kinds.get(&kind.id).is_some_and(|kind| kind.form == Form::Record);
            let cited = cited.get(document.path.as_str()).copied().unwrap_or_default();
            Some(((is_record, Reverse(cited), named.is_none(), named, kind.id.as_str(), document.path.as_str()), *document))
        })
        .collect();
    ranked.sort_by(|(left, _), (right, _)| left.cmp(right));
    let mut seen = BTreeSet::new();
    ranked.retain(|((.., kind, _), _)| seen.insert(*kind));
    ranked.into_iter().take(NAMED).map(|(_, document)| name_of(assessment, document)).collect()
}

/// Its title without the signs that people put in front and what most titles share, else its path.
fn name_of(assessment: &Assessment, document: &DocumentView) -> String {
    let title = document.title.as_deref().unwrap_or_default();
    let title = assessment.title_part.as_ref().map_or(title, |part| part.strip(title)).trim_start_matches(|character: char| !character.is_alphanumeric());
    // What a site generator calls the first page of a folder is no name.
    const NO_NAMES: [&str; 6] = ["index", "readme", "home", "overview", "introduction", "untitled"];
    let says_nothing = title.is_empty() || NO_NAMES.contains(&plain(title).as_str());
    if says_nothing { document.path.clone() } else { title.trim_end().to_owned() }
}

/// How many actions of the plan take weeks, days and hours.
pub(super) fn efforts(plan: &[Phase]) -> [usize; 3] {
    let of = |letter: &str| plan.iter().flat_map(|phase| &phase.actions).filter(|action| action.effort == letter).count();
    [of("L"), of("M"), of("S")]
}

/// From how many to how many person-days the plan takes: S is 1 to 8 hours, M 1 to 5 days, L 1 to 4 weeks of five days.
pub(super) fn person_days(plan: &[Phase]) -> String {
    let [weeks, days, hours] = efforts(plan);
    let (least, most) = (hours.div_ceil(8) + days + 5 * weeks, hours + 5 * days + 20 * weeks);
    if least == most { least.to_string() } else { format!("{least} to {most}") }
}

/// Who begins, by the first steps.
pub(super) fn who_begins(assessment: &Assessment, first: &[&ActionRow]) -> String {
    let mut seen = BTreeSet::new();
    let owners: Vec<&str> = first.iter().map(|action| action.owner.as_str()).filter(|owner| !owner.is_empty() && seen.insert(*owner)).collect();
    let bare: Vec<&str> = owners.iter().map(|owner| owner.strip_prefix("proposed: ").unwrap_or(owner)).collect();
    let nobody_named = !owners.is_empty() && owners.iter().all(|owner| owner.starts_with("proposed: "));
    match (bare.as_slice(), nobody_named) {
        ([], _) => String::new(),
        (all, true) => match (&assessment.one_person, only_owner(assessment)) {
            (Some(told), _) => format!(
                "Who begins (proposed): {}. These are roles of one person, as {}:{} says; an internal audit needs somebody else.",
                listing(all),
                told.path,
                told.line
            ),
            (None, Some((owner, number))) => format!(
                "Who begins (proposed): {}. All {number} documents that name an owner name {owner}: where that is one person, these are roles, and an internal audit needs somebody else.",
                listing(all)
            ),
            (None, None) => format!("Who begins (proposed, nobody is named yet): {}.", listing(all)),
        },
        (all, false) => format!("Who begins: {}.", listing(all)),
    }
}

/// What is left where nothing is to be put right: those who will be asked make up their minds.
pub(super) fn prepare(questions: &[Questions]) -> String {
    const NAMED: usize = 3;
    let all: usize = questions.iter().map(|group| group.items.len()).sum();
    let mut most: Vec<&Questions> = questions.iter().collect();
    most.sort_by_key(|group| Reverse(group.items.len()));
    let named: Vec<String> = most.iter().take(NAMED).map(|group| format!("{} ({})", group.whom, group.items.len())).collect();
    if all == 0 {
        return String::new();
    }
    let above_all = if most.len() > NAMED { ", above all " } else { ": " };
    format!(
        "What to do next: prepare the {} below with those whom an auditor will ask{above_all}{}. What they will point to is best looked up before the interview.",
        count(all, "open question", "open questions"),
        listing(&named)
    )
}

/// The one owner whom all documents name that name any, and how many do; none where they are few.
fn only_owner(assessment: &Assessment) -> Option<(&str, usize)> {
    const FEWEST: usize = 5;
    let owner = |document: &'_ DocumentView| document.control.get("owner").map(|owner| owner.value.trim().to_owned());
    let named: Vec<String> = assessment.documents.iter().filter_map(owner).filter(|owner| !is_placeholder(owner)).collect();
    let first = assessment.documents.iter().find_map(|document| document.control.get("owner"))?.value.trim();
    (named.len() >= FEWEST && named.iter().all(|owner| owner == first)).then_some((first, named.len()))
}

/// The next days that documents name.
pub(super) fn days_ahead(assessment: &Assessment) -> Vec<DayAhead> {
    let planned = &assessment.audit_facts.planned;
    let first_stage = first_stage(assessment);
    let is_late = |planned: &PlannedDay| LOOK_AT_THE_REST.contains(&planned.event) && first_stage.is_some_and(|day| planned.day > day);
    let row = |planned: &PlannedDay| DayAhead {
        note: if is_late(planned) { "after stage 1: bring it forward, or ask the certification body".to_owned() } else { String::new() },
        day: planned.day.to_string(),
        what: if planned.about.is_empty() { planned.event.words().to_owned() } else { format!("{} ({})", planned.event.words(), planned.about) },
        place: format!("{}:{}", planned.path, planned.line),
    };
    planned.iter().take(DAYS).map(row).collect()
}
