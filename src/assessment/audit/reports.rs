//! Reports of internal audits: what each covered, what none has covered yet, and how old the records are that a first
//! certification audit will meet.

use std::collections::BTreeSet;

use jiff::civil::Date;
use jiff::{SpanRound, Unit};

use super::earlier::clauses_in;
use super::population::Population;
use super::processes::process_views;
use crate::assessment::inventory::Inventory;
use crate::assessment::owners::Owners;
use crate::assessment::records::RecordRef;
use crate::framework::Process;
use crate::vocabulary::{ClauseNumber, is_placeholder, plain, shortened};

/// The kind of documented information that an internal audit leaves.
const REPORT: &str = "internal-audit-report";

/// An internal audit of which there is a report, and what it covered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditReport {
    /// Id of the report.
    pub id: String,
    /// Its day.
    pub date: Date,
    /// The clauses that it names: in its list of clauses, else in its scope, else those of the processes that it names. None
    /// where nothing tells what it covered.
    pub clauses: Vec<ClauseNumber>,
    /// Ids of the processes that it names.
    pub processes: Vec<String>,
}

impl AuditReport {
    /// Whether it covered a clause, as far as it tells: a report that says nothing of its scope may have covered any.
    pub(super) fn may_cover(&self, clause: &ClauseNumber) -> bool {
        self.clauses.is_empty() || self.clauses.iter().any(|own| own.contains(clause) || clause.contains(own))
    }

    /// Whether it names a clause, or one that holds it.
    fn names(&self, clause: &ClauseNumber) -> bool {
        self.clauses.iter().any(|own| own.contains(clause))
    }
}

/// What no report of an internal audit has covered yet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// Reports that are held here.
    pub reports: usize,
    /// Ids of those that do not tell what they covered.
    pub silent: Vec<String>,
    /// Lowest sub-clauses with a requirement that none covers.
    pub clauses: Vec<String>,
    /// Titles of the processes that none names. One that names no process at all covers those of whose sub-clauses it names one.
    pub processes: Vec<String>,
    /// Those among them of whose sub-clauses a report names one all the same: title, and the sub-clauses.
    pub only_by_clause: Vec<(String, Vec<String>)>,
    /// The requirements that ask for reports of internal audits.
    pub asked_by: Vec<String>,
    /// Whom the registers name for holding the audits that are left.
    pub owner: Option<String>,
    /// Whom the map would ask, where the registers name nobody.
    pub whom: String,
}

/// An internal audit that is still to come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NextAudit {
    /// Its id in the programme.
    pub id: String,
    /// Its day.
    pub date: Date,
    /// Where that stands: `path:line`.
    pub place: String,
    /// The clauses that it is to cover, where the programme tells them.
    pub clauses: Vec<ClauseNumber>,
    /// Who is to audit.
    pub auditor: Option<String>,
    /// What it is to look at, in the words of the programme.
    pub scope: Option<String>,
}

impl NextAudit {
    /// How many of some sub-clauses it is to cover.
    pub fn reaches(&self, clauses: &[String]) -> usize {
        let is_reached = |clause: &&String| ClauseNumber::parse(clause).is_some_and(|clause| self.clauses.iter().any(|own| own.contains(&clause)));
        clauses.iter().filter(is_reached).count()
    }
}

/// The earliest record of a process.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordAge {
    /// Title of the process.
    pub process: String,
    /// Id, day, place and age in days; none where no dated record is held here.
    pub earliest: Option<(String, Date, String, i32)>,
}

/// Every report with a day that is not to come, the earliest first.
pub(super) fn audit_reports(inventory: &Inventory<'_>) -> Vec<AuditReport> {
    let own = process_views(inventory);
    let process_of = |name: &String| {
        let theirs = || own.iter().find(|view| plain(&view.name) == plain(name)).and_then(|view| view.process.clone());
        inventory.processes_by_name.process(inventory.framework, name).map(|process| process.id.clone()).or_else(theirs)
    };
    let numbers = |texts: Vec<String>| -> Vec<ClauseNumber> { texts.iter().filter_map(|text| ClauseNumber::parse(text.split('-').next()?)).collect() };
    let texts = |members: Vec<(String, _)>| members.into_iter().map(|(text, _)| text).collect::<Vec<String>>();
    let mut reports: Vec<AuditReport> = Vec::new();
    for report in &inventory.holding(REPORT).records {
        let Some(date) = report.day(inventory, "date").filter(|day| *day <= inventory.as_of.0) else { continue };
        let processes: BTreeSet<String> = texts(report.members(inventory, "processes")).iter().filter_map(process_of).collect();
        let listed = texts(report.members(inventory, "clauses"));
        // A list may say "8" for all of clause 8; in a sentence a lone figure is no clause.
        let mut clauses: Vec<ClauseNumber> =
            listed.iter().filter_map(|text| ClauseNumber::parse(text)).filter(|clause| (4..=10).contains(&clause.top())).collect();
        if clauses.is_empty() {
            clauses = numbers(clauses_in(listed.into_iter().chain(report.text(inventory, "scope").map(str::to_owned))));
        }
        if clauses.is_empty() {
            let of_processes = inventory.framework.audits.iter().flat_map(|audits| &audits.processes).filter(|process| processes.contains(&process.id));
            clauses = of_processes.flat_map(|process| &process.clauses).filter_map(|clause| ClauseNumber::parse(clause)).collect();
        }
        reports.push(AuditReport { id: report.id(inventory), date, clauses, processes: processes.into_iter().collect() });
    }
    reports.sort_by(|left, right| (left.date, &left.id).cmp(&(right.date, &right.id)));
    reports
}

/// What no report has covered yet.
pub(super) fn coverage(inventory: &Inventory<'_>, reports: &[AuditReport]) -> Coverage {
    let framework = inventory.framework;
    let covered = |clause: &ClauseNumber| reports.iter().any(|report| report.names(clause));
    let missing = |number: &String| ClauseNumber::parse(number).is_some_and(|clause| !covered(&clause));
    // Who lists the processes that an audit looked at says by that which it did not.
    let reached = |process: &Process, report: &AuditReport| {
        let by_clause = || process.clauses.iter().filter_map(|clause| ClauseNumber::parse(clause)).any(|clause| report.names(&clause));
        if report.processes.is_empty() { by_clause() } else { report.processes.contains(&process.id) }
    };
    let is_missing = |process: &&Process| !reports.iter().any(|report| reached(process, report));
    let asked = framework.clauses.iter().filter(|clause| !clause.requirements.is_empty()).map(|clause| clause.number.clone());
    let left: Vec<&Process> = framework.audits.iter().flat_map(|audits| &audits.processes).filter(is_missing).collect();
    let named_clauses = |process: &Process| process.clauses.iter().filter(|clause| !missing(clause)).cloned().collect::<Vec<String>>();
    let asked_by = framework.kinds.get(REPORT).and_then(|kind| kind.demanded.as_ref()).map(|demand| demand.by.clone()).unwrap_or_default();
    let asking = asked_by.first().and_then(|id| framework.requirement(id));
    Coverage {
        reports: reports.len(),
        silent: reports.iter().filter(|report| report.clauses.is_empty()).map(|report| report.id.clone()).collect(),
        clauses: asked.filter(missing).collect(),
        processes: left.iter().map(|process| process.title.clone()).collect(),
        only_by_clause: left.iter().map(|process| (process.title.clone(), named_clauses(process))).filter(|(_, clauses)| !clauses.is_empty()).collect(),
        owner: asking.and_then(|(clause, requirement)| Owners::new(inventory).in_charge(clause, requirement)),
        whom: asking.map(|(clause, requirement)| requirement.whom.as_ref().unwrap_or(&clause.whom).clone()).unwrap_or_default(),
        asked_by,
    }
}

/// The internal audits that a programme still plans, where it tells the day; the next one first.
pub(super) fn next_audits(inventory: &Inventory<'_>) -> Vec<NextAudit> {
    let planned = planned_audits(inventory).into_iter().map(|(date, entry)| {
        let clauses = entry.members(inventory, "clauses").into_iter().filter_map(|(text, _)| ClauseNumber::parse(&text));
        let clauses = clauses.filter(|clause| (4..=10).contains(&clause.top())).collect();
        let text = |field: &str| entry.text(inventory, field).filter(|text| !is_placeholder(text)).map(|text| shortened(text.trim(), 160));
        // A programme may hold its scope as a list.
        let listed = || entry.members(inventory, "scope").into_iter().map(|(text, _)| text).collect::<Vec<_>>().join(", ");
        let scope = text("scope").or_else(|| Some(listed()).filter(|scope| !scope.is_empty()));
        NextAudit { id: entry.id(inventory), date, place: entry.place(inventory, "date").shown(), clauses, auditor: text("auditor"), scope }
    });
    let mut planned: Vec<NextAudit> = planned.collect();
    planned.sort_by(|left, right| (left.date, &left.id, &left.place).cmp(&(right.date, &right.id, &right.place)));
    planned
}

/// Entries of the audit programme that are still ahead, each with its day; what was given up is not.
pub(super) fn planned_audits<'run>(inventory: &Inventory<'run>) -> Vec<(Date, RecordRef<'run>)> {
    const GIVEN_UP: [&str; 5] = ["cancelled", "canceled", "dropped", "withdrawn", "rejected"];
    let ahead = inventory.holding("audit-programme").records.iter().filter_map(|entry| {
        let date = entry.day(inventory, "date").filter(|day| *day > inventory.as_of.0)?;
        let is_given_up = entry.text(inventory, "status").is_some_and(|status| GIVEN_UP.contains(&plain(status).as_str()));
        (!is_given_up).then_some((date, *entry))
    });
    ahead.collect()
}

/// The earliest record of each process: one that says it is about it, or says nothing of that and is of a kind that belongs
/// to its sub-clauses before any other.
pub(super) fn record_ages(inventory: &Inventory<'_>, populations: &[Population]) -> Vec<RecordAge> {
    let framework = inventory.framework;
    let as_of = inventory.as_of.0;
    let age = |day: Date| day.until(as_of).ok().and_then(|span| span.round(SpanRound::new().largest(Unit::Day).days_are_24_hours()).ok());
    let of_process = |process: &Process| {
        let belongs = |population: &&Population| framework.clauses_of(&population.kind).first().is_some_and(|clause| process.clauses.contains(clause));
        let of_kind = |population| belongs(&population);
        let records = populations.iter().flat_map(|population| population.records.iter().map(move |record| (of_kind(population), record)));
        let records = records.filter(|(of_kind, record)| record.process.as_ref().map_or(*of_kind, |own| *own == process.id)).map(|(_, record)| record);
        let dated = records.filter_map(|record| Some((record.day.filter(|day| *day <= as_of)?, record)));
        let earliest = dated.min_by(|left, right| (left.0, &left.1.id, &left.1.path).cmp(&(right.0, &right.1.id, &right.1.path)));
        let shown =
            earliest.map(|(day, record)| (record.id.clone(), day, format!("{}:{}", record.path, record.line), age(day).map_or(0, |span| span.get_days())));
        RecordAge { process: process.title.clone(), earliest: shown }
    };
    framework.audits.iter().flat_map(|audits| &audits.processes).map(of_process).collect()
}
