//! The gap report: everything it says, counted, ordered and worded once for all forms.

mod changes;
mod confirm;
mod findings;
mod foremost;
mod meeting;
mod parts;
mod picture;
mod plan;
mod register;
mod rows;
mod side_by_side;
mod summary;
mod tables;
mod unaudited;

use std::collections::BTreeMap;

use serde::Serialize;

use super::cover::Cover;
use super::deliverable::Deliverable;
use super::workbook::Workbook;
use changes::Changes;
use confirm::Confirm;
use findings::Teller;
use meeting::{Meeting, meetings};
use parts::{accepted_view, evidence_rows, gap_parts, intervals, item_view, kind_rows, limits, not_checked, questions, record_rows, seven_five_four};
use picture::Picture;
use plan::{Phase, phases};
use register::{RegisterClause, register};
use rows::{AcceptedView, EvidenceRow, FindingView, GapPart, IntervalRow, ItemView, KindRow, NamedRow, Questions, RecordRow, Row};
use side_by_side::{GitRow, ListTable, StatedRow, git_rows, list_tables, stated_rows};
use summary::Summary;

use crate::assessment::{Assessment, Finding, Settings, Stops, Verdict};
use crate::framework::Framework;

/// The gap report.
#[derive(Debug, Serialize)]
pub struct GapReport<'run> {
    #[serde(skip)]
    assessment: &'run Assessment,
    cover: Cover,
    summary: Summary,
    picture: Picture,
    blocking: Vec<FindingView>,
    meetings: Vec<Meeting>,
    parts: Vec<GapPart>,
    contradictions: Vec<ItemView>,
    lists: Vec<ListTable>,
    plan: Vec<Phase>,
    stated: Vec<StatedRow>,
    questions: Vec<Questions>,
    not_triggered: Vec<ItemView>,
    external: Vec<ItemView>,
    not_assessed: Vec<ItemView>,
    accepted: Vec<AcceptedView>,
    changes: Option<Changes>,
    not_checked: Vec<Row>,
    seven_five_four: Vec<NamedRow>,
    records: Vec<RecordRow>,
    intervals: Vec<IntervalRow>,
    kinds: Vec<KindRow>,
    git: Vec<GitRow>,
    git_more: usize,
    confirm: Confirm,
    register: Vec<RegisterClause>,
    /// Requirements with the first places of their evidence, for who reads.
    supported: Vec<ItemView>,
    /// Every place, for who counts.
    evidence: Vec<EvidenceRow>,
    notes: Vec<String>,
    limits: Vec<String>,
}

impl<'run> GapReport<'run> {
    /// The report on an assessment; with an earlier one, it also says what changed since the revision of that name.
    pub fn new(assessment: &'run Assessment, framework: &Framework, settings: &Settings, since: Option<(&str, &Assessment)>) -> Self {
        let open: Vec<&Finding> = assessment.findings.iter().filter(|finding| finding.accepted.is_none()).collect();
        let numbers = Numbers::new(&open);
        let (git, git_more) = git_rows(assessment, framework);
        let plan = phases(&open, assessment, framework, &numbers);
        let meetings = meetings(&open, assessment, &numbers);
        let questions = questions(assessment, framework);
        let teller = Teller { assessment, framework, numbers: &numbers };
        let with = |verdict: Verdict| -> Vec<ItemView> { assessment.requirements.iter().filter(|item| item.verdict == verdict).map(item_view).collect() };
        Self {
            assessment,
            cover: Cover::new(assessment, settings),
            summary: Summary::new(assessment, framework, &open, &plan, &meetings, &questions),
            picture: Picture::new(assessment, framework),
            blocking: blocking(&open, &teller),
            meetings,
            parts: gap_parts(&teller, &open),
            contradictions: with(Verdict::Contradicted),
            lists: list_tables(assessment, framework),
            plan,
            stated: stated_rows(assessment),
            questions,
            not_triggered: with(Verdict::NotTriggered),
            external: with(Verdict::External),
            not_assessed: with(Verdict::NotAssessed),
            accepted: assessment.findings.iter().filter_map(accepted_view).collect(),
            changes: since.map(|(name, before)| Changes::new(name, before, assessment)),
            not_checked: not_checked(assessment),
            seven_five_four: seven_five_four(assessment, framework),
            records: record_rows(assessment, framework),
            intervals: intervals(assessment, framework),
            kinds: kind_rows(assessment, framework),
            git,
            git_more,
            confirm: Confirm::new(assessment, framework),
            register: register(assessment, framework, &numbers),
            supported: assessment.requirements.iter().filter(|item| !item.evidence.is_empty()).map(item_view).collect(),
            evidence: evidence_rows(assessment, framework),
            notes: assessment.provenance.notes.clone(),
            limits: limits(assessment, framework),
        }
    }
}

impl Deliverable for GapReport<'_> {
    const NAME: &'static str = "gap";

    fn workbook(&self) -> Workbook {
        tables::workbook(self)
    }

    /// The whole assessment: what programs want is all of it, not what one report says of it.
    fn json(&self) -> Result<serde_json::Value, String> {
        serde_json::to_value(self.assessment).map_err(|error| error.to_string())
    }
}

/// Numbers of open findings, by their fingerprints.
struct Numbers(BTreeMap<String, usize>);

impl Numbers {
    fn new(open: &[&Finding]) -> Self {
        Self(open.iter().filter_map(|finding| Some((finding.fingerprint.clone(), finding.number?))).collect())
    }

    /// "F12".
    fn of(&self, fingerprint: &str) -> String {
        self.0.get(fingerprint).map(|number| format!("F{number}")).unwrap_or_default()
    }

    fn position(&self, fingerprint: &str) -> usize {
        self.0.get(fingerprint).copied().unwrap_or(usize::MAX)
    }
}

/// Findings that would stop a stage of a certification audit, the first stage before the second.
fn blocking(open: &[&Finding], teller: &Teller<'_>) -> Vec<FindingView> {
    let mut found: Vec<&Finding> = open.iter().filter(|finding| finding.action.stops != Stops::Neither).copied().collect();
    found.sort_by_key(|finding| (finding.action.stops, finding.grade, teller.numbers.position(&finding.fingerprint)));
    found.into_iter().map(|finding| teller.finding(finding)).collect()
}
