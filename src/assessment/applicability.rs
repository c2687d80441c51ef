//! Circumstances: whether what a requirement depends on is there, and what shows it.

use std::collections::BTreeSet;

use super::inventory::{Holding, Inventory};
use super::outcome::Identified;
use super::recognition::Identification;
use super::verify::day_of;
use super::wording::lower_first;
use crate::framework::{Circumstance, Requirement};
use crate::vocabulary::list_some;

/// Whether a circumstance holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Trigger {
    /// The requirement depends on nothing, or on a judgement.
    Always,
    /// It holds.
    Holds,
    /// It was looked for and does not hold; what was looked at.
    DoesNotHold(String),
    /// Nothing that would surely show it is there.
    Unknown(Untold),
}

/// A circumstance of which nothing tells for sure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Untold {
    /// It, in words.
    pub(super) title: String,
    /// Documents that seem to be about it, for a person to look at.
    pub(super) look_at: Vec<String>,
    /// What is to be asked first: something was entered, and nothing shows whether that was it.
    pub(super) question: Option<String>,
}

impl Untold {
    /// The question that settles whether it is asked for.
    pub(super) fn asks(&self) -> String {
        self.question.clone().unwrap_or_else(|| format!("Is it so that {}?", lower_first(&self.title)))
    }

    /// What is open, as a clause of a sentence or as the question that is asked.
    pub(super) fn says(&self, opening: &str) -> String {
        self.question.clone().unwrap_or_else(|| format!("{opening} {}", lower_first(&self.title)))
    }

    /// "; supplier.md seems to be about this", or nothing.
    pub(super) fn hint(&self) -> String {
        match self.look_at.as_slice() {
            [] => String::new(),
            [one] => format!("; {one} seems to be about this and was not confirmed"),
            several => format!("; {} seem to be about this and were not confirmed", list_some(several, 3)),
        }
    }
}

/// Whether a requirement's condition holds.
pub(super) fn trigger(inventory: &Inventory<'_>, requirement: &Requirement) -> Trigger {
    let on = requirement.condition.as_ref().and_then(|condition| condition.on.as_deref());
    match on.and_then(|on| inventory.framework.circumstance(on)) {
        Some(circumstance) => of_circumstance(inventory, circumstance),
        None => Trigger::Always,
    }
}

/// Whether a circumstance that requirements depend on holds.
pub(super) fn of_condition(inventory: &Inventory<'_>, on: &str) -> Trigger {
    inventory.framework.circumstance(on).map_or(Trigger::Always, |circumstance| of_circumstance(inventory, circumstance))
}

fn of_circumstance(inventory: &Inventory<'_>, circumstance: &Circumstance) -> Trigger {
    let mut looked_at = Vec::new();
    for known in &circumstance.known_by {
        let holding = inventory.holding(&known.kind);
        if holding.records.iter().any(|record| record.passes(inventory, &known.filter)) {
            return Trigger::Holds;
        }
        // What only seems to be such a register proves that nothing happened as little as it proves that something did.
        let is_sure = holding.documents.iter().any(|reference| reference.provenance != Identified::Inferred)
            || holding.records.iter().any(|record| record.provenance != Identified::Inferred);
        if is_sure {
            let title = inventory.kind(&known.kind).map_or(known.kind.as_str(), |kind| kind.title.as_str());
            looked_at.push(population(inventory, title, holding));
        }
    }
    if looked_at.is_empty() {
        Trigger::Unknown(Untold { title: circumstance.title.clone(), look_at: seem_to_tell(inventory, circumstance), question: None })
    } else if let Some(question) = inventory.asked_of(circumstance) {
        Trigger::Unknown(Untold { title: circumstance.title.clone(), look_at: Vec::new(), question: Some(question.clone()) })
    } else {
        Trigger::DoesNotHold(format!("nothing shows that {}; looked at: {}", circumstance.title, looked_at.join(", ")))
    }
}

/// Documents that were only recognised, as what would show a circumstance or as something of the same subject. Nothing
/// rests on them, and whoever asks begins there.
fn seem_to_tell(inventory: &Inventory<'_>, circumstance: &Circumstance) -> Vec<String> {
    let subjects = circumstance.known_by.iter().filter_map(|known| inventory.framework.subject_of(&known.kind));
    let kinds: BTreeSet<&str> = subjects.flat_map(|subject| &subject.kinds).map(String::as_str).collect();
    let is_guess = |kind: &Identification| kind.provenance == Identified::Inferred && kinds.contains(kind.id.as_str());
    inventory.identified.iter().filter(|identity| identity.kinds.iter().any(is_guess)).map(|identity| identity.document.path.to_string()).collect()
}

/// "14 change records, 2026-01-29 to 2026-10-08": what was looked at, so that the proof has a population and a period.
fn population(inventory: &Inventory<'_>, title: &str, holding: &Holding<'_>) -> String {
    let days: Vec<_> = holding.records.iter().filter_map(|record| day_of(inventory, record)).collect();
    let period = match (days.iter().min(), days.iter().max()) {
        (Some(first), Some(last)) => format!(" of {first} to {last}"),
        _ => String::new(),
    };
    let number = holding.records.len().max(holding.documents.len());
    let what = if number == 1 { "entry" } else { "entries" };
    format!("{} ({number} {what}{period})", lower_first(title))
}
