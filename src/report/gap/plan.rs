//! The action plan: what to do, in the order of what stops a certification audit, what others build on first.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::super::markdown::place_of;
use super::super::words::capitalised;
use super::Numbers;
use super::unaudited::Unaudited;
use crate::assessment::{Assessment, Confidence, Decided, Finding, Identification, Stops, demanded_by};
use crate::framework::{Effort, Form, Framework, Grade, Sort};
use crate::vocabulary::ClauseNumber;

/// The actions that belong to one step of the way to a certificate.
#[derive(Debug, Serialize)]
pub(super) struct Phase {
    pub(super) title: &'static str,
    pub(super) about: String,
    pub(super) actions: Vec<ActionRow>,
}

/// One thing to do, which settles one finding or many of the same kind.
#[derive(Debug, Serialize)]
pub(super) struct ActionRow {
    pub(super) number: String,
    pub(super) action: String,
    /// What it settles, in the words of the first finding.
    pub(super) settles: String,
    pub(super) grade: &'static str,
    /// How soon it is wanted among all actions; none where it settles no more than observations.
    #[serde(skip)]
    pub(super) urgency: Option<Urgency>,
    /// Whether it brings about something that is missing.
    #[serde(skip)]
    pub(super) is_to_write: bool,
    /// Numbers of the first findings that it settles, and how many more.
    pub(super) findings: Vec<String>,
    pub(super) findings_more: usize,
    /// Numbers of all of them.
    #[serde(skip)]
    pub(super) settled: BTreeSet<String>,
    pub(super) requirements: Vec<String>,
    pub(super) places: Vec<String>,
    pub(super) places_more: usize,
    pub(super) effort: &'static str,
    /// Numbers of actions that come first.
    pub(super) after: Vec<String>,
    pub(super) owner: String,
    /// What a management review seems to have decided on it.
    pub(super) decided: Vec<DecidedView>,
}

/// How soon an action is wanted, the first of equals first.
#[derive(Clone, Copy, Debug)]
pub(super) struct Urgency {
    pub(super) grade: Grade,
    /// Whether nothing of what it settles is sure.
    pub(super) is_unsure: bool,
    /// Whether it comes before a first stage.
    pub(super) is_first_stage: bool,
    /// 0 where documents speak against a requirement, 1 where several faults hang on it, else 2.
    pub(super) weight: u8,
}

/// A decision that is there already.
#[derive(Clone, Debug, Serialize)]
pub(super) struct DecidedView {
    pub(super) until: String,
    pub(super) what: String,
    pub(super) who: String,
    pub(super) place: String,
}

/// Findings of one rule that one remedy settles; without any, what is left to audit.
struct Lot<'run> {
    findings: Vec<&'run Finding>,
}

/// The title of what comes before a first stage.
pub(super) const BEFORE_STAGE_1: &str = "Before a stage 1 audit";

/// The phases, those without an action left out.
pub(super) fn phases(open: &[&Finding], assessment: &Assessment, framework: &Framework, numbers: &Numbers) -> Vec<Phase> {
    let stops_of = with_what_they_build_on(open, assessment, framework);
    // What a later record took up leaves nothing to do.
    let to_do = open.iter().filter(|finding| !finding.is_taken_up);
    let (begin, rest): (Vec<&Finding>, Vec<&Finding>) = to_do.partition(|finding| is_to_begin_now(finding, framework));
    let unaudited = Unaudited::new(assessment);
    let of = |stops: Stops| {
        let to_audit = (stops == Stops::Stage1 && unaudited.is_some()).then(|| Lot { findings: Vec::new() });
        in_order(lots_at(&rest, &stops_of, stops).into_iter().chain(to_audit).collect(), framework)
    };
    let (first, second, others) = (of(Stops::Stage1), of(Stops::Stage2), of(Stops::Neither));
    let at_the_end = if first.is_empty() && second.is_empty() { "Before the audit" } else { "After that" };
    let steps = [
        (
            "Begin now",
            "An auditor asks to see some months of these, at stage 2 at the latest. Each can begin before the documents around it are finished; internal audit and management review look at what was kept by then.".to_owned(),
            in_order(lots_of(&begin), framework),
        ),
        (BEFORE_STAGE_1, about_the_first(&first), first),
        (
            "Before a stage 2 audit",
            "These, or what builds on them, would be major nonconformities; a certificate waits until their correction is verified.".to_owned(),
            second,
        ),
        (at_the_end, "Minor gaps need an accepted plan with dates; observations are the organization's to weigh.".to_owned(), others),
    ];
    // Numbers run through all phases, so that an action can name those before it.
    let mut number_of: BTreeMap<&str, usize> = BTreeMap::new();
    let mut counter = 0;
    for lot in steps.iter().flat_map(|(_, _, lots)| lots) {
        counter += 1;
        for finding in &lot.findings {
            number_of.insert(&finding.fingerprint, counter);
        }
    }
    let mut own = 0;
    let mut phases = Vec::new();
    for (title, about, lots) in steps.into_iter().filter(|(_, _, lots)| !lots.is_empty()) {
        let mut actions = Vec::with_capacity(lots.len());
        for lot in lots {
            own += 1;
            let to_audit = unaudited.as_ref().filter(|_| lot.findings.is_empty());
            actions.push(to_audit.map_or_else(|| row(&lot, title == BEFORE_STAGE_1, framework, numbers, &number_of), |unaudited| unaudited.row(own)));
        }
        phases.push(Phase { title, about, actions });
    }
    phases
}

/// What the first stage makes of it: what it reads is a question there, and only a major gap stops it.
fn about_the_first(lots: &[Lot<'_>]) -> String {
    let reads = "The first stage reads what these are about: the sub-clauses that it looks at, the documents that 7.5.4 lists, and what they build on.";
    let stopping = lots.iter().flat_map(|lot| &lot.findings).filter(|finding| finding.action.stops == Stops::Stage1).count();
    match stopping {
        0 => format!("{reads} None of it would stop that stage by itself; settled before, it is no question there."),
        1 => format!("{reads} 1 major gap among them would stop that stage; the rest, settled before, is no question there."),
        some => format!("{reads} {some} major gaps among them would stop that stage; the rest, settled before, is no question there."),
    }
}

/// Whether the first stage reads what it is about: a sub-clause that it looks at, the list of 7.5.4 among them.
fn is_read_first(finding: &Finding, framework: &Framework) -> bool {
    let is_looked_at = |id: &String| id.split_once('-').is_some_and(|(clause, _)| framework.head.stage_one.iter().any(|one| one == clause));
    finding.grade <= Grade::Minor && finding.requirements.iter().any(is_looked_at)
}

/// Whether it is a whole kind of record that is missing and that can be kept from now on: one for each time that something
/// happens, and nothing grave by its absence, since it may not have happened yet.
fn is_to_begin_now(finding: &Finding, framework: &Framework) -> bool {
    let kind = finding.missing.as_ref().and_then(|kind| framework.kinds.get(kind));
    kind.is_some_and(|kind| {
        let absent = kind.demanded.as_ref().map(|demand| demand.if_absent);
        kind.form == Form::Record && kind.sort == Sort::Record && absent >= Some(Grade::Observation)
    })
}

/// Whether an internal audit is to be held, or the review that looks at its results too: they look at all the rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum LooksAt {
    ItsOwn,
    TheRest,
    TheRestAndAudits,
}

/// Whether it is the internal audit or the management review that is missing or overdue.
fn looks_at(finding: &Finding, framework: &Framework) -> LooksAt {
    let kind = finding.missing.as_ref().and_then(|kind| framework.kinds.get(kind)).filter(|kind| kind.form == Form::Record);
    let by = kind.and_then(|kind| kind.demanded.as_ref()).map(|demand| demand.by.as_slice()).unwrap_or_default();
    let overdue = if finding.due.is_some() { finding.requirements.get(..1).unwrap_or_default() } else { &[] };
    let is_of = |start: &str| by.iter().chain(overdue).any(|id| id.starts_with(start));
    match (is_of("9.3-"), is_of("9.2.")) {
        (true, _) => LooksAt::TheRestAndAudits,
        (false, true) => LooksAt::TheRest,
        (false, false) => LooksAt::ItsOwn,
    }
}

/// What looks at the rest once it is held; a lot without findings is what is left to audit.
fn lot_looks_at(lot: &Lot<'_>, framework: &Framework) -> LooksAt {
    lot.findings.first().map_or(LooksAt::TheRest, |finding| looks_at(finding, framework))
}

/// Paths of the documents that 7.5.4 names one by one.
fn named_documents<'run>(assessment: &'run Assessment, framework: &Framework) -> BTreeSet<&'run str> {
    let is_named = |kind: &Identification| {
        let demand = framework.kinds.get(&kind.id).and_then(|kind| kind.demanded.as_ref());
        let is_prose = framework.kinds.get(&kind.id).is_some_and(|kind| kind.form != Form::Record);
        is_prose && demand.is_some_and(|demand| demand.by.iter().any(|id| id.starts_with("7.5.4-")))
    };
    let named = assessment.documents.iter().filter(|document| document.documented_information.iter().any(is_named));
    named.map(|document| document.path.as_str()).collect()
}

/// Whether it is about the state of a document: its marks, approval, review or links.
fn is_about_a_document(finding: &Finding) -> bool {
    const OF_DOCUMENTS: &str = "7.5.";
    finding.grade <= Grade::Minor && finding.missing.is_none() && finding.requirements.iter().any(|id| id.starts_with(OF_DOCUMENTS))
}

/// The stage by which each finding has to be settled: its own, or the earliest of those that build on it.
fn with_what_they_build_on<'run>(open: &[&'run Finding], assessment: &Assessment, framework: &Framework) -> BTreeMap<&'run str, Stops> {
    let named = named_documents(assessment, framework);
    // The first stage asks for what 7.5.4 names, and reads whether it is approved, in date and whole.
    let is_named = |finding: &Finding| is_about_a_document(finding) && named.contains(finding.location.path.as_str());
    let own = |finding: &Finding| if is_named(finding) || is_read_first(finding, framework) { Stops::Stage1 } else { finding.action.stops };
    let mut stops_of: BTreeMap<&str, Stops> = open.iter().map(|finding| (finding.fingerprint.as_str(), own(finding))).collect();
    // Kinds build on each other in few steps and without circles; the bound keeps a map that escaped its checks from hanging.
    for _ in 0..8 {
        for finding in open {
            let own = stops_of.get(finding.fingerprint.as_str()).copied().unwrap_or(Stops::Neither);
            for first in &finding.action.after {
                if let Some(stops) = stops_of.get_mut(first.as_str()) {
                    *stops = own.min(*stops);
                }
            }
        }
    }
    stops_of
}

/// Findings that one remedy settles are one action.
fn lots_at<'run>(open: &[&'run Finding], stops_of: &BTreeMap<&str, Stops>, stops: Stops) -> Vec<Lot<'run>> {
    lots_of(&open.iter().filter(|finding| stops_of.get(finding.fingerprint.as_str()) == Some(&stops)).copied().collect::<Vec<_>>())
}

fn lots_of<'run>(findings: &[&'run Finding]) -> Vec<Lot<'run>> {
    let mut lots: BTreeMap<(Grade, &str, &str), Vec<&Finding>> = BTreeMap::new();
    for finding in findings {
        // Each missing document is a task of its own; records at fault in the same way are one.
        let own = finding.missing.as_deref().unwrap_or_default();
        let remedy = if own.is_empty() { finding.remedy.as_str() } else { finding.fingerprint.as_str() };
        lots.entry((finding.grade, finding.rule.as_str(), remedy)).or_default().push(finding);
    }
    lots.into_values().map(|findings| Lot { findings }).collect()
}

/// Graver first, then what others build on, then in the order of the standard; what looks at all the rest comes last.
fn in_order<'run>(mut lots: Vec<Lot<'run>>, framework: &Framework) -> Vec<Lot<'run>> {
    let order: BTreeMap<&str, usize> = framework.requirements().enumerate().map(|(index, (_, requirement))| (requirement.id.as_str(), index)).collect();
    let position = |lot: &Lot<'_>| {
        let first = lot.findings.first().and_then(|finding| finding.requirements.first());
        first.and_then(|id| order.get(id.as_str()).copied()).unwrap_or(usize::MAX)
    };
    lots.sort_by_key(|lot| (lot_looks_at(lot, framework), lot.findings.first().map(|finding| (finding.grade, weight(finding))), position(lot)));
    let owner_of: BTreeMap<&str, usize> =
        lots.iter().enumerate().flat_map(|(index, lot)| lot.findings.iter().map(move |finding| (finding.fingerprint.as_str(), index))).collect();
    let before: Vec<Vec<usize>> = lots
        .iter()
        .map(|lot| lot.findings.iter().flat_map(|finding| &finding.action.after).filter_map(|first| owner_of.get(first.as_str()).copied()).collect())
        .collect();
    let mut order = Vec::with_capacity(lots.len());
    let mut seen = vec![false; lots.len()];
    (0..lots.len()).for_each(|index| visit(index, &before, &mut seen, &mut order));
    let mut lots: Vec<Option<Lot<'run>>> = lots.into_iter().map(Some).collect();
    order.into_iter().filter_map(|index| lots.get_mut(index).and_then(Option::take)).collect()
}

/// Puts a lot behind those that it builds on. Kinds build on each other without circles, and in few steps.
fn visit(index: usize, before: &[Vec<usize>], seen: &mut [bool], order: &mut Vec<usize>) {
    if std::mem::replace(&mut seen[index], true) {
        return;
    }
    before[index].iter().for_each(|first| visit(*first, before, seen, order));
    order.push(index);
}

/// Who would be asked about the requirement, where nobody owns a document that could be pointed at.
fn proposed(lot: &Lot<'_>, framework: &Framework) -> String {
    let Some(finding) = lot.findings.first() else { return String::new() };
    let demanded = demanded_by(framework, finding);
    // A policy is kept by one and made by another: within the same part of the standard, the first requirement says by whom.
    let family = |number: &str| number.split('.').take(2).collect::<Vec<_>>().join(".");
    let first = finding.requirements.first().and_then(|id| framework.requirement(id));
    let first = first.filter(|(own, _)| finding.missing.is_some() && demanded.is_some_and(|(clause, _)| family(&clause.number) == family(&own.number)));
    first.or(demanded).map(|(clause, requirement)| format!("proposed: {}", requirement.whom.as_ref().unwrap_or(&clause.whom))).unwrap_or_default()
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

/// None where all of it is no more than an observation.
fn urgency(lot: &Lot<'_>, is_first_stage: bool) -> Option<Urgency> {
    let grade = lot.findings.iter().map(|finding| finding.grade).min().filter(|grade| *grade <= Grade::Minor)?;
    let weight = if lot.findings.iter().any(|finding| finding.contradicts) {
        0
    } else if lot.findings.len() > 1 || lot.findings.iter().any(|finding| !finding.folded.is_empty()) {
        1
    } else {
        2
    };
    let is_unsure = lot.findings.iter().all(|finding| finding.confidence == Confidence::Low);
    Some(Urgency { grade, is_unsure, is_first_stage, weight })
}

fn row(lot: &Lot<'_>, is_first_stage: bool, framework: &Framework, numbers: &Numbers, number_of: &BTreeMap<&str, usize>) -> ActionRow {
    const SHOWN: usize = 4;
    let first = lot.findings.first();
    let some = |all: Vec<String>| {
        let mut all = all;
        let mut seen = BTreeSet::new();
        all.retain(|item| seen.insert(item.clone()));
        let more = all.len().saturating_sub(SHOWN);
        all.truncate(SHOWN);
        (all, more)
    };
    let (findings, findings_more) = some(lot.findings.iter().map(|finding| numbers.of(&finding.fingerprint)).collect());
    let (places, places_more) = some(lot.findings.iter().map(|finding| place_of(finding)).filter(|place| !place.is_empty()).collect());
    let (requirements, _) = some(lot.findings.iter().flat_map(|finding| finding.requirements.clone()).collect());
    let own = first.and_then(|finding| number_of.get(finding.fingerprint.as_str())).copied().unwrap_or_default();
    let after: BTreeSet<usize> =
        lot.findings.iter().flat_map(|finding| &finding.action.after).filter_map(|first| number_of.get(first.as_str())).copied().collect();
    let owners: BTreeSet<&String> = lot.findings.iter().filter_map(|finding| finding.action.owner.as_ref()).collect();
    let largest = lot.findings.iter().map(|finding| finding.action.effort).max().unwrap_or(Effort::S);
    // Many corrections on the spot are days together.
    let effort = if lot.findings.len() > 10 { largest.max(Effort::M) } else { largest };
    ActionRow {
        number: format!("A{own}"),
        action: first.map(|finding| capitalised(&finding.remedy)).unwrap_or_default(),
        settles: first.map(|finding| capitalised(&finding.message)).unwrap_or_default(),
        grade: first.map(|finding| finding.grade.word()).unwrap_or_default(),
        is_to_write: first.is_some_and(|finding| finding.missing.is_some()),
        urgency: urgency(lot, is_first_stage),
        settled: lot.findings.iter().map(|finding| numbers.of(&finding.fingerprint)).collect(),
        findings,
        findings_more,
        requirements,
        places,
        places_more,
        effort: effort.letter(),
        // What can begin now waits for nothing that comes later.
        after: after.into_iter().filter(|first| *first < own).map(|first| format!("A{first}")).collect(),
        decided: decided(lot),
        owner: if owners.is_empty() { proposed(lot, framework) } else { owners.into_iter().cloned().collect::<Vec<_>>().join(", ") },
    }
}

/// The decisions on the findings of a lot, each once, by their days.
fn decided(lot: &Lot<'_>) -> Vec<DecidedView> {
    let view = |decided: &Decided| DecidedView {
        until: decided.until.clone(),
        what: decided.what.clone(),
        who: decided.who.clone(),
        place: format!("{}:{}", decided.path, decided.line),
    };
    let mut all: Vec<DecidedView> = lot.findings.iter().filter_map(|finding| finding.action.decided.as_ref()).map(view).collect();
    all.sort_by(|left, right| (&left.until, &left.place).cmp(&(&right.until, &right.place)));
    all.dedup_by(|left, right| left.place == right.place);
    all
}
