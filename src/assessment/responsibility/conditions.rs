//! On what a sub-clause or requirement depends, whether that came about, and for which time it was looked at.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;

use crate::assessment::applicability::{Trigger, trigger};
use crate::assessment::determination::{Determination, Verdict};
use crate::assessment::inventory::Inventory;
use crate::assessment::verify::day_of;
use crate::framework::{Clause, Requirement};
use crate::vocabulary::{count, list_some};

/// Whether a condition came about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ConditionState {
    /// There is none: it is always asked for.
    Unconditional,
    /// It came about.
    Triggered,
    /// It was looked for and did not come about.
    NotTriggered,
    /// Requirements of the sub-clause differ in it.
    Mixed,
    /// Nothing here would show it.
    Unknown,
    /// Whether it holds is a judgement.
    ForJudgement,
}

impl ConditionState {
    /// The word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Unconditional => "unconditional",
            Self::Triggered => "triggered",
            Self::NotTriggered => "not-triggered",
            Self::Mixed => "mixed",
            Self::Unknown => "unknown",
            Self::ForJudgement => "for-judgement",
        }
    }
}

/// A condition, its state, and the time that was looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ConditionOf {
    /// In words; empty where there is none.
    pub text: String,
    /// Whether it came about.
    pub state: ConditionState,
    /// The proof, or where the organization's own statement says it.
    pub proof: String,
    /// First day of the time that was looked at, where records or the statement tell it.
    pub period_from: Option<String>,
    /// Last day.
    pub period_to: Option<String>,
}

impl ConditionOf {
    pub(super) fn none() -> Self {
        Self { text: String::new(), state: ConditionState::Unconditional, proof: String::new(), period_from: None, period_to: None }
    }

    /// Whether its proof is a question.
    pub(super) fn asks(&self) -> bool {
        self.state == ConditionState::Unknown && self.proof.contains('?')
    }

    /// The period in words; empty where nothing tells it.
    pub fn period(&self) -> String {
        match (&self.period_from, &self.period_to) {
            (Some(from), Some(to)) => format!("{from} to {to}"),
            (Some(from), None) => format!("from {from}"),
            (None, Some(to)) => format!("up to {to}"),
            (None, None) => String::new(),
        }
    }
}

/// The condition of one requirement.
pub(super) fn of_requirement(inventory: &Inventory<'_>, requirement: &Requirement, determination: Option<&Determination>) -> ConditionOf {
    let Some(condition) = &requirement.condition else { return ConditionOf::none() };
    let mut found = ConditionOf { text: condition.text.clone(), ..ConditionOf::none() };
    if condition.on.is_none() {
        found.state = ConditionState::ForJudgement;
        return found;
    }
    (found.state, found.proof) = match trigger(inventory, requirement) {
        Trigger::Always => (ConditionState::ForJudgement, String::new()),
        Trigger::Holds => (ConditionState::Triggered, "the registers and records show it".to_owned()),
        Trigger::Unknown(untold) => (ConditionState::Unknown, format!("{}{}", untold.says("nothing here would show whether"), untold.hint())),
        Trigger::DoesNotHold(proof) => (ConditionState::NotTriggered, proof),
    };
    // A person's statement may have settled what the registers left open.
    if let Some(determination) = determination.filter(|item| item.verdict == Verdict::NotTriggered && found.state != ConditionState::NotTriggered) {
        found.state = ConditionState::NotTriggered;
        found.proof.clone_from(&determination.reason);
    }
    let is_settled = determination.and_then(|item| item.statement.as_ref()).is_some_and(|stated| stated.not_taken_up.is_none());
    if is_settled && found.asks() {
        (found.state, found.proof) = (ConditionState::Triggered, "a statement of an assessor takes it as asked for".to_owned());
    }
    if found.state == ConditionState::NotTriggered {
        found.period_from = first_day(inventory, condition.on.as_deref()).map(|day| day.to_string());
        found.period_to = Some(inventory.as_of.0.to_string());
    }
    found
}

/// Where nothing would show whether one requirement of a sub-clause came about, and none of the others did, it did not come
/// about either: what no service was begun for met no criteria and missed none.
pub(super) fn settle(items: &mut [(&str, ConditionOf)]) {
    let is_open = |state: ConditionState| matches!(state, ConditionState::NotTriggered | ConditionState::Unknown);
    let absent = items.iter().map(|(_, item)| item).find(|item| item.state == ConditionState::NotTriggered).cloned();
    let Some(absent) = absent.filter(|_| items.iter().all(|(_, item)| is_open(item.state) && !item.asks())) else { return };
    for (_, item) in items.iter_mut().filter(|(_, item)| item.state == ConditionState::Unknown) {
        *item = ConditionOf { text: std::mem::take(&mut item.text), ..absent.clone() };
    }
}

/// The first day of the records in which a circumstance was looked for.
fn first_day(inventory: &Inventory<'_>, on: Option<&str>) -> Option<Date> {
    let circumstance = on.and_then(|on| inventory.framework.circumstance(on))?;
    let records = circumstance.known_by.iter().flat_map(|known| &inventory.holding(&known.kind).records);
    records.filter_map(|record| day_of(inventory, record)).min()
}

/// The conditions of a sub-clause, taken together.
pub(super) fn of_clause(clause: &Clause, items: &[(&str, &ConditionOf)]) -> ConditionOf {
    let with = |state: ConditionState| -> Vec<&str> { items.iter().filter(|(_, condition)| condition.state == state).map(|(id, _)| *id).collect() };
    let asked: Vec<&str> = items.iter().filter(|(_, item)| item.asks()).map(|(id, _)| *id).collect();
    let (triggered, absent, unknown, judged) =
        (with(ConditionState::Triggered), with(ConditionState::NotTriggered), with(ConditionState::Unknown), with(ConditionState::ForJudgement));
    let conditional = triggered.len() + absent.len() + unknown.len() + judged.len();
    if conditional == 0 {
        return ConditionOf::none();
    }
    let all = clause.requirements.len();
    let same = items.first().map(|(_, first)| &first.text).filter(|text| conditional == all && items.iter().all(|(_, item)| item.text == **text));
    let text = match same {
        Some(text) => text.clone(),
        None => format!("{conditional} of {}", count(all, "requirement depends on a condition", "requirements depend on a condition")),
    };
    let part = |ids: &[&str], words: &str| (!ids.is_empty()).then(|| format!("{words}: {}", list_some(ids, 12)));
    // What covers only some of the requirements covers not the sub-clause: an event that did not come about takes away no
    // capability to deal with it.
    let whole = |ids: &[&str]| ids.len() == all;
    let state = match () {
        () if whole(&triggered) => ConditionState::Triggered,
        () if whole(&absent) => ConditionState::NotTriggered,
        () if absent.len() + unknown.len() == all => ConditionState::Unknown,
        () if whole(&judged) => ConditionState::ForJudgement,
        () => ConditionState::Mixed,
    };
    let silent: Vec<&str> = unknown.into_iter().filter(|id| !asked.contains(id)).collect();
    let of_parts = [
        part(&triggered, "triggered"),
        part(&absent, "not triggered"),
        part(&silent, "nothing that is confirmed would show it"),
        part(&asked, "to be asked"),
        part(&judged, "for judgement"),
    ];
    let differ = state == ConditionState::Mixed || (state == ConditionState::Unknown && !whole(&silent) && !whole(&asked));
    let proof: Vec<String> = of_parts.into_iter().flatten().filter(|_| differ).collect();
    let proofs: std::collections::BTreeSet<&str> =
        items.iter().filter(|(_, item)| item.state == ConditionState::NotTriggered || item.asks()).map(|(_, item)| item.proof.as_str()).collect();
    let from: Vec<&String> = items.iter().filter_map(|(_, item)| item.period_from.as_ref()).collect();
    let to: Vec<&String> = items.iter().filter_map(|(_, item)| item.period_to.as_ref()).collect();
    ConditionOf {
        text,
        state,
        proof: proof.into_iter().chain(proofs.into_iter().map(str::to_owned)).collect::<Vec<_>>().join("; "),
        // For all of them together only the time holds in which each was looked at.
        period_from: from.into_iter().max().cloned(),
        period_to: to.into_iter().min().cloned(),
    }
}
