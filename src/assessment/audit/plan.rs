//! What an audit looks at: which requirements, which earlier findings, which records, and how that was decided.

use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan;
use jiff::civil::Date;

use super::cut_off::CutOff;
use super::earlier::EarlierFinding;
use super::independence::Independence;
use super::planned::PlannedDay;
use super::population::RecordFacts;
use super::processes::ProcessView;
use super::reports::NextAudit;
use super::responsible::with_accountable;
use super::sampling::{Lots, draw};
use super::starts::{ChainStart, chain_starts};
use crate::assessment::assess::Assessment;
use crate::assessment::determination::Verdict;
use crate::assessment::finding::Finding;
use crate::assessment::settings::Settings;
use crate::framework::{AuditId, AuditKind, Audits, Clause, Form, Framework, Half, Process, Requirement};
use crate::vocabulary::{ClauseNumber, RequirementId, list_some, plain, read_date};

/// What somebody asks a checklist for.
#[derive(Clone, Debug)]
pub struct AuditRequest {
    /// Kind of audit.
    pub kind: AuditId,
    /// Only these clauses and what lies below them; all where none is named.
    pub clauses: Vec<String>,
    /// Only these processes, by id, name or sub-clause.
    pub processes: Vec<String>,
    /// The auditor.
    pub auditor: Option<String>,
    /// The seed of the samples; the day of the assessment where none is given.
    pub seed: Option<String>,
    /// Year of the cycle, for surveillance.
    pub year: Option<u8>,
    /// Since when closed findings of earlier audits are carried in.
    pub previous_since: Option<Date>,
}

/// What was asked for and cannot be: in words.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct PlanError(pub String);

/// A sub-clause that an audit looks at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedClause {
    /// Its number.
    pub number: String,
    /// Ids of the requirements that are looked at; none where the sub-clause has none.
    pub requirements: Vec<String>,
    /// Why it is looked at although it is not its turn.
    pub weak: Option<String>,
}

/// What an audit looks at.
#[derive(Clone, Debug)]
pub struct AuditPlan<'map> {
    /// The kind of audit.
    pub kind: &'map AuditKind,
    /// All that the map says of audits.
    pub audits: &'map Audits,
    /// Sub-clauses in natural order.
    pub clauses: Vec<PlannedClause>,
    /// Clauses and processes that were asked for; empty for all.
    pub chosen: Vec<String>,
    /// The half of clause 8 whose turn it is, and why this year.
    pub turn: Option<(&'map Half, String)>,
    /// Earlier findings that are carried in.
    pub earlier: Vec<EarlierFinding>,
    /// Since when, and why, to follow "since".
    pub since: String,
    /// The records at which chains and walks through processes are begun.
    pub starts: Vec<ChainStart>,
    /// The samples.
    pub lots: Lots,
    /// The auditor against what is audited.
    pub independence: Independence,
    /// The auditor: as asked for, else as the programme plans it.
    pub auditor: Option<String>,
    /// The audit of the programme for which this is taken, where nobody named an auditor.
    pub programmed: Option<NextAudit>,
    /// The day of stage 1, where it comes before this audit and documents say that it lies ahead.
    pub stage_1: Option<PlannedDay>,
}

/// Plans an audit.
///
/// # Errors
/// A clause, process or year that there is not, or a clause map that says nothing of audits.
pub fn plan<'map>(framework: &'map Framework, assessment: &Assessment, settings: &Settings, request: &AuditRequest) -> Result<AuditPlan<'map>, PlanError> {
    let audits = framework.audits.as_ref().ok_or_else(|| PlanError("this clause map says nothing of audits (audits.yaml)".to_owned()))?;
    let kind = audits.kind(request.kind).ok_or_else(|| PlanError(format!("this clause map knows no audit `{}`", request.kind.word())))?;
    let as_of = read_date(&assessment.provenance.as_of).day().unwrap_or_default();
    let (wanted, chosen) = chosen(framework, audits, &assessment.processes, request)?;
    let turn = if kind.rotation { Some(turn(audits, assessment, request, as_of)?) } else { None };
    let clauses = clauses(framework, assessment, audits, kind, turn.as_ref().map(|(half, _)| *half), &wanted);
    let audited: BTreeSet<String> = clauses.iter().map(|clause| clause.number.clone()).collect();
    let asked = clauses.iter().filter(|clause| !clause.requirements.is_empty());
    let numbers: Vec<ClauseNumber> = asked.filter_map(|clause| ClauseNumber::parse(&clause.number)).collect();
    let stage_1 = assessment.audit_facts.planned.iter().find(|planned| planned.is_stage_1());
    let cut_off =
        CutOff::new(request.previous_since, kind.previous, (kind.id == AuditId::Stage2).then_some(stage_1), &assessment.audit_facts.reports, &numbers, as_of);
    let lots = lots(framework, assessment, kind, request, as_of, &audited);
    let in_scope = |number: &str| wanted.is_empty() || ClauseNumber::parse(number).is_some_and(|number| wanted.iter().any(|clause| clause.contains(&number)));
    let named = |finding: &&EarlierFinding| {
        finding.clauses.is_empty() || finding.clauses.iter().any(|clause| in_scope(clause_of(clause)) || contains_any(clause, &wanted))
    };
    let carried = |finding: &&EarlierFinding| cut_off.carries(finding);
    let starts = lots.period.filter(|_| kind.chains || kind.processes).map(|period| chain_starts(&assessment.audit_facts.chain_ends, &lots, period));
    let programmed = programmed(assessment, kind, request, &wanted);
    let auditor = request.auditor.clone().or_else(|| programmed.as_ref().and_then(|audit| audit.auditor.clone()));
    // Whom the programme sends is held against what the programme has that audit look at.
    let planned = programmed.as_ref().map(|audit| audit.clauses.as_slice()).filter(|clauses| !clauses.is_empty());
    let is_planned =
        |number: &&String| planned.is_none_or(|planned| ClauseNumber::parse(number).is_some_and(|number| planned.iter().any(|own| own.contains(&number))));
    let own: BTreeSet<String> = audited.iter().filter(is_planned).cloned().collect();
    Ok(AuditPlan {
        kind,
        audits,
        chosen,
        turn,
        earlier: assessment.earlier_findings.findings.iter().filter(carried).filter(named).cloned().collect(),
        starts: starts.unwrap_or_default(),
        lots,
        independence: Independence::new(
            &with_accountable(&assessment.audit_facts.responsible, &assessment.responsibility),
            auditor.as_deref(),
            &audited,
            &own,
            &settings.roles.auditors,
        ),
        auditor,
        programmed,
        stage_1: stage_1.filter(|_| kind.id == AuditId::Stage2).cloned(),
        since: cut_off.words,
        clauses,
    })
}

/// The next internal audit of the programme that looks at some of what is asked for, where nobody named an auditor.
fn programmed(assessment: &Assessment, kind: &AuditKind, request: &AuditRequest, wanted: &[ClauseNumber]) -> Option<NextAudit> {
    let looks_at = |audit: &&NextAudit| {
        let touches = |clause: &ClauseNumber| wanted.iter().any(|wanted| wanted.contains(clause) || clause.contains(wanted));
        wanted.is_empty() || audit.clauses.iter().any(touches)
    };
    let is_open = kind.id == AuditId::Internal && request.auditor.is_none();
    assessment.audit_facts.next_audits.iter().find(looks_at).filter(|_| is_open).cloned()
}

/// The clause of a requirement's id, or the clause itself.
fn clause_of(id: &str) -> &str {
    id.split_once('-').map_or(id, |(clause, _)| clause)
}

/// Whether a clause lies above one of these: a finding on 8.6 concerns an audit of 8.6.1.
fn contains_any(clause: &str, wanted: &[ClauseNumber]) -> bool {
    ClauseNumber::parse(clause).is_some_and(|clause| wanted.iter().any(|number| clause.contains(number)))
}

/// The clauses that were asked for, those of processes included, and what was asked for in words.
fn chosen(framework: &Framework, audits: &Audits, own: &[ProcessView], request: &AuditRequest) -> Result<(Vec<ClauseNumber>, Vec<String>), PlanError> {
    let (mut numbers, mut words) = (Vec::new(), Vec::new());
    for text in &request.clauses {
        let number = ClauseNumber::parse(text.trim().trim_end_matches('.'));
        let known = number.filter(|number| framework.clauses.iter().filter_map(Clause::number).any(|clause| number.contains(&clause)));
        let number = known.ok_or_else(|| PlanError(format!("--clause {text}: the map has no such clause; write it as 8, 8.6 or 8.6.1")))?;
        words.push(format!("clause {number}"));
        numbers.push(number);
    }
    for text in &request.processes {
        let process = process_named(framework, audits, own, text).ok_or_else(|| {
            let known: Vec<&str> = audits.processes.iter().map(|process| process.id.as_str()).collect();
            PlanError(format!("--process {text}: no process of that id or name, and no sub-clause of one; known are {}", known.join(", ")))
        })?;
        words.push(format!("the process {}", process.title.to_lowercase()));
        numbers.extend(process.clauses.iter().filter_map(|clause| ClauseNumber::parse(clause)));
    }
    Ok((numbers, words))
}

/// A process by its id or title, by its id or name in the organization's register, by a name that a vocabulary has for
/// it, or by a sub-clause of it.
fn process_named<'map>(framework: &Framework, audits: &'map Audits, own: &[ProcessView], text: &str) -> Option<&'map Process> {
    let name = plain(text);
    let by_id = |process: &&Process| plain(&process.id) == name || plain(&process.title) == name || process.clauses.iter().any(|clause| clause == text.trim());
    let by_word = |process: &&Process| {
        let names = framework.kinds.get(&process.kind).map(|kind| kind.recognised_by.names.as_slice()).unwrap_or_default();
        names.iter().any(|other| plain(other) == name)
    };
    let theirs =
        own.iter().find(|view| plain(&view.name) == name || view.id.as_ref().is_some_and(|id| plain(id) == name)).and_then(|view| view.process.as_deref());
    let by_theirs = || audits.processes.iter().find(|process| theirs == Some(process.id.as_str()));
    audits.processes.iter().find(by_id).or_else(by_theirs).or_else(|| audits.processes.iter().find(by_word))
}

/// The half of clause 8 whose turn it is, and why this year.
fn turn<'map>(audits: &'map Audits, assessment: &Assessment, request: &AuditRequest, as_of: Date) -> Result<(&'map Half, String), PlanError> {
    let (year, why) = match (request.year, &assessment.audit_facts.certified_on) {
        (Some(year), _) => (year, "as asked for".to_owned()),
        (None, Some((day, place))) => {
            let whole = i32::from(as_of.year()) - i32::from(day.year()) - i32::from((as_of.month(), as_of.day()) <= (day.month(), day.day()));
            let year = u8::try_from(whole.rem_euclid(3) + 1).unwrap_or(1);
            let words = format!("certified on {day} ({place})");
            match year {
                3 => (2, format!("{words}: the third year, in which recertification is due; the half of year 2 is shown")),
                year => (year, words),
            }
        }
        (None, None) => (1, "nothing here tells the day of certification, so year 1 is taken; --year 2 names the other".to_owned()),
    };
    let half = audits.rotation.halves.iter().find(|half| half.year == year);
    half.map(|half| (half, why)).ok_or_else(|| PlanError(format!("--year {year}: the cycle has no such year of surveillance")))
}

fn clauses(
    framework: &Framework,
    assessment: &Assessment,
    audits: &Audits,
    kind: &AuditKind,
    half: Option<&Half>,
    wanted: &[ClauseNumber],
) -> Vec<PlannedClause> {
    let parsed = |texts: &[String]| -> Vec<ClauseNumber> { texts.iter().filter_map(|text| ClauseNumber::parse(text)).collect() };
    let (core, turn) = (parsed(&kind.requirements.clauses), half.map(|half| parsed(&half.clauses)).unwrap_or_default());
    let within = |numbers: &[ClauseNumber], number: &ClauseNumber| numbers.iter().any(|clause| clause.contains(number));
    let mut planned = Vec::new();
    for clause in &framework.clauses {
        let Some(number) = clause.number() else { continue };
        if !wanted.is_empty() && !within(wanted, &number) {
            continue;
        }
        // Who asks for a clause by name gets it, whosever turn it is.
        let is_turn = within(&core, &number) || within(&turn, &number) || (kind.rotation && !wanted.is_empty());
        let weak = (kind.rotation && !is_turn).then(|| weak(assessment, audits, clause, &number)).flatten();
        let whole = kind.requirements.all || is_turn || weak.is_some();
        let asked = |requirement: &&Requirement| whole || requirement.obligation.iter().any(|obligation| kind.requirements.obligation.contains(obligation));
        let requirements: Vec<String> = clause.requirements.iter().filter(asked).map(|requirement| requirement.id.clone()).collect();
        if !requirements.is_empty() || (whole && clause.requirements.is_empty()) {
            planned.push(PlannedClause { number: clause.number.clone(), requirements, weak });
        }
    }
    planned
}

/// Why a sub-clause is looked at again although it is not its turn.
fn weak(assessment: &Assessment, audits: &Audits, clause: &Clause, number: &ClauseNumber) -> Option<String> {
    if number.top() != 8 {
        return None;
    }
    let is_own = |id: &String| RequirementId::parse(id).is_some_and(|id| id.clause() == number);
    let speaks_against = |verdict: Verdict| matches!(verdict, Verdict::Contradicted | Verdict::NoEvidence);
    let against: Vec<String> =
        assessment.requirements.iter().filter(|item| item.clause == clause.number && speaks_against(item.verdict)).map(|item| item.id.clone()).collect();
    if !against.is_empty() {
        return Some(format!("weak: documents speak against {} or what is demanded was not found", list_some(&against, 3)));
    }
    let mut open = assessment.open_findings(audits.rotation.weak.grade).filter(|finding| finding.requirements.iter().any(is_own));
    if let Some(finding) = open.next() {
        return Some(format!("weak: open finding of grade {}: {}", finding.grade.word(), finding.message));
    }
    let names =
        |finding: &&EarlierFinding| finding.open && finding.id.starts_with("nc:") && finding.clauses.iter().any(|text| clause_of(text) == clause.number);
    assessment.earlier_findings.findings.iter().find(names).map(|finding| format!("weak: {} is still open", finding.id.trim_start_matches("nc:")))
}

fn lots(framework: &Framework, assessment: &Assessment, kind: &AuditKind, request: &AuditRequest, as_of: Date, audited: &BTreeSet<String>) -> Lots {
    let seed = request.seed.clone().unwrap_or_else(|| as_of.to_string());
    let first = as_of.checked_sub(i32::from(kind.period).months()).and_then(|day| day.checked_add(1.day())).unwrap_or(as_of);
    let mut lots = Lots { seed, period: Some((first, as_of)), ..Lots::default() };
    if !kind.samples {
        return lots;
    }
    let records = framework.kinds.values().filter(|kind| kind.form == Form::Record && kind.dated_by.is_some());
    let mut records: Vec<_> = records.filter(|kind| framework.clauses_of(&kind.id).iter().any(|clause| audited.contains(clause))).collect();
    let mut open: BTreeMap<&str, Vec<&Finding>> = BTreeMap::new();
    for finding in assessment.findings.iter().filter(|finding| finding.accepted.is_none()) {
        open.entry(&finding.location.path).or_default().push(finding);
    }
    let findings = |record: &RecordFacts| {
        let of_file = open.get(record.path.as_str()).map(Vec::as_slice).unwrap_or_default();
        of_file.iter().filter(|finding| record.holds(&finding.location)).map(|finding| finding.rule.clone()).collect()
    };
    // In the order of the standard.
    let order = |id: &str| framework.clauses_of(id).iter().filter_map(|clause| ClauseNumber::parse(clause)).min();
    records.sort_by_key(|kind| (order(&kind.id), kind.id.clone()));
    for kind in records {
        let population = assessment.audit_facts.populations.iter().find(|population| population.kind == kind.id);
        match population.and_then(|population| draw(population, (first, as_of), &lots.seed, &findings)) {
            Some(lot) => lots.lots.push(lot),
            None => lots.empty.push((kind.id.clone(), population.map_or(0, |population| population.records.len()))),
        }
    }
    lots
}
