//! Sub-clauses that no internal audit has reached yet: no fault of any document, and something to do before a first stage.

use jiff::civil::Date;

use super::plan::{ActionRow, Urgency};
use crate::assessment::{Assessment, Coverage, NextAudit};
use crate::framework::{Effort, Grade};
use crate::vocabulary::{count, list_some, listing};

/// Sub-clauses that a row names.
const NAMED: usize = 24;

/// What is left to audit, and which audits are planned for it.
pub(super) struct Unaudited<'run> {
    coverage: &'run Coverage,
    /// Planned audits that are to reach some of it, or that do not tell what they are to reach.
    planned: Vec<&'run NextAudit>,
    first_stage: Option<Date>,
}

impl<'run> Unaudited<'run> {
    /// None where every sub-clause stands in a report, and where there is no report at all: that is a gap of its own. Nor
    /// where a certificate is held, since then a first stage is past.
    pub(super) fn new(assessment: &'run Assessment) -> Option<Self> {
        let facts = &assessment.audit_facts;
        let coverage = &facts.coverage;
        let is_left = coverage.reports > 0 && !coverage.clauses.is_empty() && facts.certified_on.is_none();
        is_left.then(|| Self {
            coverage,
            planned: facts.next_audits.iter().filter(|next| next.clauses.is_empty() || next.reaches(&coverage.clauses) > 0).collect(),
            first_stage: first_stage(assessment),
        })
    }

    pub(super) fn clauses(&self) -> usize {
        self.coverage.clauses.len()
    }

    /// "10 of them are to be reached by AUD-3 on 2026-11-24", and what to make of that.
    pub(super) fn when(&self) -> String {
        let (late, in_time): (Vec<&NextAudit>, Vec<&NextAudit>) = self.planned.iter().partition(|next| self.is_late(next));
        let named = |some: &[&NextAudit]| listing(&some.iter().map(|next| format!("{} on {}", next.id, next.date)).collect::<Vec<_>>());
        let all: Vec<String> = in_time
            .iter()
            .chain(&late)
            .flat_map(|next| self.coverage.clauses.iter().filter(|clause| next.reaches(&[(*clause).clone()]) > 0).cloned())
            .collect();
        let reached = all.iter().collect::<std::collections::BTreeSet<_>>().len();
        let how_many = match reached {
            0 => "the programme plans audits and does not tell what they reach:".to_owned(),
            number if number == self.clauses() => "the programme plans them for".to_owned(),
            number => format!("the programme plans {number} of them for"),
        };
        match (late.as_slice(), in_time.as_slice()) {
            ([], []) => "no audit that is planned with its day names them".to_owned(),
            ([], some) => format!("{how_many} {}", named(some)),
            (some, []) => format!("{how_many} {}, after stage 1", named(some)),
            (late, some) => format!("{how_many} {}, and for {}, after stage 1", named(some), named(late)),
        }
    }

    fn is_late(&self, next: &NextAudit) -> bool {
        self.first_stage.is_some_and(|day| next.date > day)
    }

    /// The row of the plan, with its number in it.
    pub(super) fn row(&self, number: usize) -> ActionRow {
        let coverage = self.coverage;
        let sub_clauses = count(self.clauses(), "sub-clause", "sub-clauses");
        let stand = if self.clauses() == 1 { "stands" } else { "stand" };
        let silent = match coverage.silent.as_slice() {
            [] => String::new(),
            some => format!(". Let whoever audited say first what {} covered, which {} not tell", listing(some), if some.len() == 1 { "does" } else { "do" }),
        };
        let late = if self.planned.iter().any(|next| self.is_late(next)) { ": bring that forward, or ask the certification body" } else { "" };
        ActionRow {
            number: format!("A{number}"),
            action: format!("Audit the {sub_clauses} that {stand} in no audit report yet, and keep the report; {}{late}{silent}", self.when()),
            settles: format!(
                "{sub_clauses} {stand} in no report of an internal audit ({}); certification bodies want one round through the whole system first",
                list_some(&coverage.clauses, NAMED)
            ),
            grade: "",
            // What is left to audit weighs as a minor gap does, and is known for sure.
            urgency: Some(Urgency { grade: Grade::Minor, is_unsure: false, is_first_stage: true, weight: 0 }),
            is_to_write: true,
            findings: Vec::new(),
            findings_more: 0,
            settled: Default::default(),
            requirements: coverage.asked_by.clone(),
            places: self.planned.iter().map(|next| next.place.clone()).collect(),
            places_more: 0,
            effort: if self.clauses() > 30 { Effort::L.letter() } else { Effort::M.letter() },
            after: Vec::new(),
            owner: coverage.owner.clone().unwrap_or_else(|| format!("proposed: {}", coverage.whom)),
            decided: Vec::new(),
        }
    }
}

/// The next day of a first stage that documents name.
pub(super) fn first_stage(assessment: &Assessment) -> Option<Date> {
    assessment.audit_facts.planned.iter().find(|planned| planned.is_stage_1()).map(|planned| planned.day)
}
