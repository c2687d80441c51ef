//! The assessment as a pipeline of named steps.

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::absence::{Absence, Judged, absences};
use super::action::{self, Action};
use super::applicability::trigger;
use super::as_found::as_found;
use super::audit::{AuditFacts, EarlierFindings, ProcessView, earlier_findings, process_views};
use super::determination::{Determination, determine};
use super::elsewhere::{ToldAt, kept_elsewhere, one_person};
use super::finding::{AskedBy, Finding, FindingPlace, number};
use super::fold::{FaultKey, Folded, Raised, fold, key, merge};
use super::grading;
use super::groundwork::Groundwork;
use super::hygiene;
use super::inventory::Inventory;
use super::mentions::{mention, say_where, show_register};
use super::named_people::{NamedPeople, named_people};
use super::near::{count_answers, point_to_answers};
use super::outcome::{Breach, Fault, Identified, Outcome, Status};
use super::provenance::Provenance;
use super::recognition::{Identity, foreign_documents};
use super::records::RecordRef;
use super::relation::{Comparison, compare_lists};
use super::responsibility::{Responsibility, responsibility};
use super::sets;
use super::settings::Settings;
use super::statements::{self, Answer};
use super::tally::{self, ClauseTally, Tally};
use super::title_part::{TitlePart, title_part};
use super::verify::verify;
use super::views::{DocumentView, IntervalView, RecordsView, document_views, interval_views, record_views};
use super::waivers;
use super::wording::Fact;
use crate::documents::{Documents, Revisions};
use crate::framework::{Asked, BuiltIn, Clause, Expectation, Form, Grade, Requirement, Rule};
use crate::recognition::Vocabularies;
use crate::repository::{CodeOwners, History, RepoPath};
use crate::vocabulary::AsOf;

/// Everything that an assessment is made from.
pub struct Case<'run> {
    /// The clause map, and its vocabularies.
    pub vocabularies: &'run Vocabularies<'run>,
    /// What the organization says of itself.
    pub settings: &'run Settings,
    /// What was read.
    pub documents: &'run Documents,
    /// What each document is.
    pub identities: &'run [Identity<'run>],
    /// When it changed.
    pub history: &'run History,
    /// Who owns which path by the repository's own word.
    pub owners: &'run CodeOwners,
    /// What changed after approval and closure.
    pub revisions: &'run Revisions,
    /// Why history cannot be told, where it cannot.
    pub no_history: Option<String>,
    /// Files that differ from the commit.
    pub uncommitted: Vec<RepoPath>,
    /// The root of the assessment within the repository: "" or ending with `/`.
    pub prefix: &'run [u8],
    /// The day.
    pub as_of: AsOf,
    /// What it was made from, for the report.
    pub provenance: Provenance,
}

/// What was found out about a repository: a pure, ordered value.
#[derive(Clone, Debug, schemars::JsonSchema, Serialize)]
pub struct Assessment {
    /// Version of this shape.
    pub schema: &'static str,
    /// What it was made from.
    pub provenance: Provenance,
    /// Every requirement of the map, in natural order.
    pub requirements: Vec<Determination>,
    /// Every lowest sub-clause.
    pub clauses: Vec<ClauseTally>,
    /// Gravest first.
    pub findings: Vec<Finding>,
    /// Every document that was read, and what it is.
    pub documents: Vec<DocumentView>,
    /// Records and entries by kind: how many, and of which time. "Supported" speaks of these and of no others.
    pub records: Vec<RecordsView>,
    /// The organization's own intervals by which it was judged.
    pub intervals: Vec<IntervalView>,
    /// Lists that must hold the same things, side by side.
    pub lists: Vec<Comparison>,
    /// How many documents are in a language that no vocabulary of the map knows.
    pub foreign: usize,
    /// Filled-in rows of checklists that are kept here.
    pub answers: Vec<Answer>,
    /// The organization's processes, held against those that the map knows.
    pub processes: Vec<ProcessView>,
    /// Findings of earlier audits, by nonconformity records and audit reports.
    pub earlier_findings: EarlierFindings,
    /// Facts that only a checklist needs.
    #[serde(skip)]
    pub audit_facts: AuditFacts,
    /// Where documents say that more is kept than is here.
    #[serde(skip)]
    pub kept_elsewhere: Vec<ToldAt>,
    /// Where a document says that the organization is one person.
    #[serde(skip)]
    pub one_person: Option<ToldAt>,
    /// Who performs what, under whose control: what a statement of applicability is made from, which writes it whole.
    #[serde(skip)]
    pub responsibility: Responsibility,
    /// Counts.
    pub tally: Tally,
    /// Names of persons in documents, records, settings and Git, for reports that leave them out.
    #[serde(skip)]
    pub people: NamedPeople,
    /// What the titles of most documents share: most likely the name of the organization.
    #[serde(skip)]
    pub title_part: Option<TitlePart>,
}

/// Assesses a case.
pub fn assess(case: &Case<'_>) -> Assessment {
    let inventory = Inventory::new(case);
    let mut judged = judge(&inventory);
    let absent = absences(&inventory, &judged);
    let absent_kinds: Vec<&str> = absent.iter().map(|absence| absence.kind.id.as_str()).collect();
    let (folded, general) = raise(&inventory, case, &judged, absent);
    take_out_folded(&inventory, &mut judged, &folded);
    let sets = sets::followers(&inventory, &judged, &folded.raised);
    let facts = facts_by_requirement(&general, &folded, &sets);
    let mut determinations: Vec<Determination> =
        judged.iter().map(|item| determine(&inventory, item, &absent_kinds, facts.get(&item.requirement.id).map(Vec::as_slice).unwrap_or_default())).collect();
    let mut findings = findings_of(&inventory, folded.raised, &sets);
    // A paper that seems to be a report shows no place where records are kept: rows do, and what somebody has confirmed.
    let is_kept = |record: &RecordRef<'_>| record.provenance != Identified::Inferred || !std::ptr::eq(record.record, &raw const record.document.head);
    let keeps_records = inventory.holdings.values().flat_map(|holding| &holding.records).any(|record| record.kind.form == Form::Record && is_kept(record));
    let groundwork = Groundwork::new(&inventory, case.vocabularies, findings.iter().any(|finding| finding.missing.is_some()));
    grading::raise(inventory.framework, keeps_records, &groundwork.touched(), &determinations, &mut findings);
    grading::say_shares(&mut findings);
    for finding in &mut findings {
        finding.build_on = finding.missing.as_ref().and_then(|kind| groundwork.of(kind));
    }
    let mut lapsed = waivers::accept(&inventory, &mut findings);
    let taken = statements::take_up(&inventory, &mut determinations, &mut findings);
    lapsed.extend(taken.faults);
    let lapsed: Vec<Raised> =
        lapsed.into_iter().map(|fault| Raised { requirements: general_requirements(&inventory, &fault), fault, folded: Vec::new() }).collect();
    findings.extend(findings_of(&inventory, lapsed, &BTreeMap::new()));
    findings.extend(as_found(&inventory).into_iter().filter_map(|found| Some(Finding { folded: found.listed, ..finding_of(&inventory, found.raised)? })));
    let title_part = title_part(case.vocabularies, case.identities);
    title_part.iter().for_each(|part| part.leave_out(case.identities, &mut findings));
    sort(&mut findings);
    number(&mut findings, inventory.framework);
    mention(&inventory, &mut findings);
    show_register(&inventory, &mut findings);
    point_to_answers(&inventory, &mut findings);
    count_answers(&inventory, &mut determinations, &findings);
    say_where(&mut determinations, &findings);
    link(&mut determinations, &findings);
    let documents = document_views(&inventory, case.owners);
    action::plan(&inventory, &documents, &mut findings);
    let mut responsibility = responsibility(&inventory, &determinations, &findings);
    title_part.iter().for_each(|part| responsibility.leave_out(part));
    Assessment {
        schema: "clausewise/assessment/v1",
        provenance: case.provenance.clone(),
        clauses: tally::by_clause(inventory.framework, &determinations, &findings),
        tally: tally::total(&determinations, &findings),
        responsibility,
        requirements: determinations,
        findings,
        documents,
        records: record_views(&inventory),
        intervals: interval_views(&inventory),
        lists: compare_lists(&inventory),
        foreign: foreign_documents(case.identities),
        answers: taken.answers,
        processes: process_views(&inventory),
        earlier_findings: earlier_findings(&inventory),
        audit_facts: AuditFacts::new(&inventory),
        kept_elsewhere: kept_elsewhere(&inventory),
        one_person: one_person(&inventory),
        people: named_people(&inventory, case.owners),
        title_part,
    }
}

fn judge<'run>(inventory: &Inventory<'run>) -> Vec<Judged<'run>> {
    let requirements: Vec<(&Clause, &Requirement)> = inventory.framework.requirements().collect();
    requirements
        .into_par_iter()
        .map(|(clause, requirement)| {
            let trigger = trigger(inventory, requirement);
            let outcomes = match trigger {
                super::applicability::Trigger::DoesNotHold(_) => Vec::new(),
                _ => requirement.expects.iter().map(|asked| named(inventory, asked, blamed(requirement, verify(inventory, &asked.expectation)))).collect(),
            };
            Judged { clause, requirement, trigger, outcomes: without_idle_rules(requirement, outcomes) }
        })
        .collect()
}

/// A relation over something that is not there judges nothing where other documents speak for the requirement, and so
/// does what would only be taken as evidence where it is filled.
fn without_idle_rules(requirement: &Requirement, mut outcomes: Vec<Outcome>) -> Vec<Outcome> {
    if outcomes.iter().any(Outcome::speaks_for) {
        for (asked, outcome) in requirement.expects.iter().zip(&mut outcomes) {
            let is_idle = match &asked.expectation {
                Expectation::Rule(_) => true,
                Expectation::Complete { fields, when, .. } => {
                    fields.iter().all(|field| when.0.iter().any(|test| test.field == *field && test.present == Some(true)))
                }
                _ => false,
            };
            if is_idle && matches!(outcome.status, Status::Absent(_)) {
                outcome.status = Status::NothingToJudge;
            }
        }
    }
    outcomes
}

/// Gives faults of a check the names that the requirement has for them.
fn named(inventory: &Inventory<'_>, asked: &Asked, mut outcome: Outcome) -> Outcome {
    for fault in outcome.faults.iter_mut().filter(|_| !asked.special.is_empty()) {
        fault.special = fault.check().and_then(|check| inventory.special(asked, check));
    }
    outcome
}

/// Leaves out faults of a rule over several kinds that lie with a kind which this requirement is not about.
fn blamed(requirement: &Requirement, mut outcome: Outcome) -> Outcome {
    let own: Vec<&str> = requirement.expects.iter().filter_map(|asked| asked.expectation.kind()).collect();
    outcome.faults.retain(|fault| fault.blames.is_empty() || own.is_empty() || fault.blames.iter().any(|kind| own.contains(&kind.as_str())));
    outcome
}

/// Gathers all faults, merges equal ones, and folds those that another cause explains. Also gives back the faults of
/// documents as such, which speak to requirements by their rules.
fn raise(inventory: &Inventory<'_>, case: &Case<'_>, judged: &[Judged<'_>], absent: Vec<Absence<'_>>) -> (Folded, Vec<(Fault, Vec<String>)>) {
    let mut faults: Vec<(Fault, String)> = Vec::new();
    for item in judged {
        faults.extend(item.outcomes.iter().flat_map(|outcome| &outcome.faults).map(|fault| (fault.clone(), item.requirement.id.clone())));
    }
    for rule in inventory.framework.rules.values().filter(|rule| rule.standalone) {
        faults.extend(super::relation::verify(inventory, rule).faults.into_iter().map(|fault| (fault, String::new())));
    }
    let mut general = Vec::new();
    for mut fault in hygiene::faults(inventory, &case.uncommitted) {
        let mut requirements = sets::of_member(inventory, &mut fault);
        requirements.extend(general_requirements(inventory, &fault));
        // A rule on the tool's own inputs speaks to no requirement, and is a finding all the same.
        let ids = if requirements.is_empty() { vec![String::new()] } else { requirements.clone() };
        faults.extend(ids.into_iter().map(|id| (fault.clone(), id)));
        general.push((fault, requirements));
    }
    (fold(inventory, absent, merge(faults)), general)
}

fn general_requirements(inventory: &Inventory<'_>, fault: &Fault) -> Vec<String> {
    let asking = hygiene::asking_for_value(inventory, fault);
    if !asking.is_empty() {
        return asking;
    }
    inventory.rule_of(fault).map(|rule| rule.requirements.clone()).unwrap_or_default()
}

/// Faults that fold beneath another cause turn no verdict of their own; what keeps its verdict weighs as much as the cause.
fn take_out_folded(inventory: &Inventory<'_>, judged: &mut [Judged<'_>], folded: &Folded) {
    for outcome in judged.iter_mut().flat_map(|item| &mut item.outcomes) {
        outcome.faults.retain(|fault| !folded.away.contains(&key(fault)));
        for fault in &mut outcome.faults {
            if let Some(grade) = folded.beneath.get(&key(fault)) {
                fault.grade = Some(inventory.own_grade_of(fault).min(*grade));
            }
        }
    }
}

fn facts_by_requirement(general: &[(Fault, Vec<String>)], folded: &Folded, sets: &BTreeMap<FaultKey, Vec<String>>) -> BTreeMap<String, Vec<(String, bool)>> {
    let mut facts: BTreeMap<String, Vec<(String, bool)>> = BTreeMap::new();
    for (fault, requirements) in general.iter().filter(|(fault, _)| !folded.away.contains(&key(fault))) {
        for id in requirements {
            facts.entry(id.clone()).or_default().push((fault.fact.words().0, fault.contradicts));
        }
    }
    // What speaks against a member leaves the set incomplete; the set itself it does not contradict.
    for one in &folded.raised {
        for id in sets.get(&key(&one.fault)).into_iter().flatten() {
            facts.entry(id.clone()).or_default().push((one.fault.fact.words().0, false));
        }
    }
    facts
}

fn findings_of(inventory: &Inventory<'_>, raised: Vec<Raised>, sets: &BTreeMap<FaultKey, Vec<String>>) -> Vec<Finding> {
    let with_sets = |raised: Raised| {
        let sets = sets.get(&key(&raised.fault)).cloned().unwrap_or_default();
        let mut finding = finding_of(inventory, raised)?;
        finding.requirements.extend(sets);
        Some(finding)
    };
    raised.into_iter().filter_map(with_sets).collect()
}

fn finding_of(inventory: &Inventory<'_>, raised: Raised) -> Option<Finding> {
    let rule = inventory.rule_of(&raised.fault)?;
    let message = raised.fault.words();
    let remedy = match (&raised.fault.since, &rule.remedy) {
        (Some(_), _) => "leave this one as it is, and see that the next ones keep to what was taken up since".to_owned(),
        (None, Some(remedy)) => remedy.clone(),
        (None, None) => raised.fault.fact.words().1,
    };
    let (grade, grade_reason) = grade_of(inventory, rule, &raised);
    let requirements = own_first(inventory, &raised);
    let asked = requirements.first().and_then(|id| inventory.framework.requirement(id)).map(|(_, requirement)| &requirement.origin).unwrap_or(&rule.origin);
    let due = raised.fault.fact.due().map(str::to_owned);
    let (contradicts, is_taken_up) = (raised.fault.contradicts, raised.fault.since.is_some());
    let mut folded: Vec<String> = raised.folded.iter().map(fold_words).collect();
    folded.sort();
    folded.dedup();
    let missing = matches!(raised.fault.breach, Breach::Check(crate::framework::BuiltIn::Absent)).then(|| raised.fault.subject.clone());
    let is_nowhere = missing.is_some() && raised.fault.missing_kind.is_none();
    let nowhere = FindingPlace { path: String::new(), line: 0, column: 1, end_line: 0, end_column: 1 };
    Some(Finding {
        fingerprint: fingerprint(&rule.id, &raised),
        number: None,
        rule: rule.id.clone(),
        grade,
        grade_reason,
        share: None,
        sample: raised.fault.sample.clone(),
        confidence: raised.fault.confidence.min(inventory.confidence_at(raised.fault.place.as_ref())),
        requirements,
        message,
        remedy,
        accepted: None,
        location: raised.fault.place.unwrap_or(nowhere),
        asked_by: AskedBy { path: asked.path.clone(), line: asked.at.line },
        action: Action::default(),
        folded,
        named_in: Vec::new(),
        may_answer: Vec::new(),
        missing,
        build_on: None,
        is_nowhere,
        due,
        contradicts,
        is_taken_up,
    })
}

/// The requirements of a finding. Where documented information is missing, what its own sub-clause asks goes first: a
/// management review that is not there is a matter of 9.3, and the list of 7.5.4 only names it as well.
fn own_first(inventory: &Inventory<'_>, raised: &Raised) -> Vec<String> {
    let mut requirements = raised.requirements.clone();
    if raised.fault.check() == Some(BuiltIn::Absent) {
        let own = inventory.framework.clauses_of(&raised.fault.subject);
        requirements.sort_by_key(|id| !id.split_once('-').is_some_and(|(clause, _)| own.iter().any(|number| number == clause)));
    }
    requirements
}

/// The grade of a finding, and the reason where what is beneath it raises it. What the organization graded itself stays.
fn grade_of(inventory: &Inventory<'_>, rule: &Rule, raised: &Raised) -> (Grade, Option<String>) {
    let own = inventory.grade_of(&raised.fault);
    let is_absent = raised.fault.check() == Some(BuiltIn::Absent);
    // Where records say that there are some, their absence weighs as much as the references that lead nowhere.
    let weighs = |fault: &&Fault| fault.carried || (is_absent && matches!(fault.fact, Fact::UnknownReference { .. }));
    let gravest = raised.folded.iter().filter(weighs).min_by_key(|fault| inventory.grade_of(fault));
    match gravest.map(|fault| (inventory.grade_of(fault), fault)) {
        Some((grade, fault)) if grade < own && !inventory.settings.grades.contains_key(&rule.id) => {
            (grade, Some(format!("what is beneath it is {} by itself: {}", grade.word(), fault.fact.words().0)))
        }
        _ => (own, None),
    }
}

fn fold_words(fault: &Fault) -> String {
    let place = fault.place.as_ref().map(|place| format!("{}:{}: ", place.path, place.line)).unwrap_or_default();
    format!("{place}{}", fault.fact.words().0)
}

/// A hash of rule, requirements, subject and target: never of a line, so that it survives a move.
fn fingerprint(rule: &str, raised: &Raised) -> String {
    let mut hash = Sha256::new();
    for part in std::iter::once(rule).chain(raised.requirements.iter().map(String::as_str)).chain([raised.fault.subject.as_str(), raised.fault.target.as_str()])
    {
        hash.update(part.as_bytes());
        hash.update([0]);
    }
    hash.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

/// Gravest first, then by place.
fn sort(findings: &mut Vec<Finding>) {
    findings.sort_by(|left, right| {
        let order = |finding: &Finding| (finding.grade, finding.location.clone(), finding.rule.clone(), finding.fingerprint.clone());
        order(left).cmp(&order(right))
    });
    findings.dedup_by(|left, right| left.fingerprint == right.fingerprint);
}

fn link(determinations: &mut [Determination], findings: &[Finding]) {
    for determination in determinations {
        determination.findings =
            findings.iter().filter(|finding| finding.requirements.contains(&determination.id)).map(|finding| finding.fingerprint.clone()).collect();
    }
}

impl Assessment {
    /// Findings that are not accepted, at a grade or above it.
    pub fn open_findings(&self, threshold: Grade) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(move |finding| finding.accepted.is_none() && finding.grade <= threshold)
    }
}
