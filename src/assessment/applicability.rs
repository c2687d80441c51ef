//! Circumstances: whether what a requirement depends on is there, and what shows it.

use std::collections::BTreeSet;

use super::groundwork::is_open;
use super::inventory::{Holding, Inventory};
use super::outcome::Identified;
use super::recognition::{Identification, Identity};
use super::verify::span_of;
use super::wording::lower_first;
use crate::documents::Table;
use crate::framework::{Circumstance, Requirement};
use crate::vocabulary::{is_placeholder, key_of, list_some, plain};

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
    /// Where a table of a document that nobody has confirmed lists such things, and what is asked then.
    pub(super) seen: Option<Seen>,
    /// What is to be asked first: something was entered, and nothing shows whether that was it.
    pub(super) question: Option<String>,
}

/// A table in which a circumstance may be seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Seen {
    /// `path:line`, of at most a few.
    pub(super) places: Vec<String>,
    /// What is asked then.
    pub(super) question: String,
}

impl Untold {
    /// The question that settles whether it is asked for.
    pub(super) fn asks(&self) -> String {
        match (&self.question, &self.seen) {
            (Some(question), _) => question.clone(),
            (None, Some(seen)) => format!("{} {}", self.seems(seen), seen.question),
            (None, None) => format!("Is it so that {}?", lower_first(&self.title)),
        }
    }

    /// What is open, as a clause of a sentence or as the question that is asked.
    pub(super) fn says(&self, opening: &str) -> String {
        match (&self.question, &self.seen) {
            (Some(question), _) => question.clone(),
            (None, Some(seen)) => self.seems(seen).trim_end_matches('.').to_owned(),
            (None, None) => format!("{opening} {}", lower_first(&self.title)),
        }
    }

    fn seems(&self, seen: &Seen) -> String {
        format!("It seems that {}, by {}, which nobody has confirmed.", lower_first(&self.title), list_some(&seen.places, 3))
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
        let look_at = seem_to_tell(inventory, circumstance);
        Trigger::Unknown(Untold { title: circumstance.title.clone(), seen: seen(inventory, circumstance, &look_at), look_at, question: None })
    } else if let Some(question) = inventory.asked_of(circumstance) {
        Trigger::Unknown(Untold { title: circumstance.title.clone(), look_at: Vec::new(), seen: None, question: Some(question.clone()) })
    } else {
        Trigger::DoesNotHold(format!("nothing shows that {}; looked at: {}", circumstance.title, looked_at.join(", ")))
    }
}

/// Tables in documents that nobody has confirmed, of which one of the first columns says that its rows are such things.
fn seen(inventory: &Inventory<'_>, circumstance: &Circumstance, likely: &[String]) -> Option<Seen> {
    const FEWEST_COLUMNS: usize = 3;
    const FEWEST_ROWS: usize = 2;
    const FIRST_COLUMNS: usize = 2;
    let seen_in = circumstance.seen_in.as_ref()?;
    let wanted: BTreeSet<String> = seen_in.columns.iter().map(|column| key_of(column)).collect();
    let lists_them = |table: &&Table| {
        let column = table.header.iter().take(FIRST_COLUMNS).position(|cell| is_named(&wanted, &cell.value));
        let values = |column: usize| table.rows.iter().filter_map(move |row| row.get(column)).map(|cell| plain(&cell.value));
        table.header.len() >= FEWEST_COLUMNS
            && column
                .is_some_and(|column| values(column).filter(|value| !value.is_empty() && !is_placeholder(value)).collect::<BTreeSet<_>>().len() >= FEWEST_ROWS)
    };
    let mut open: Vec<&Identity<'_>> = inventory.identified.iter().filter(|one| is_open(one)).collect();
    // What seems to be about the matter goes first.
    open.sort_by_key(|one| !likely.contains(&one.document.path.to_string()));
    let tables =
        open.into_iter().flat_map(|one| one.document.tables.iter().filter(lists_them).take(1).map(|table| format!("{}:{}", one.document.path, table.at.line)));
    let places: Vec<String> = tables.collect();
    (!places.is_empty()).then(|| Seen { places, question: seen_in.question.clone() })
}

/// Whether a column bears one of some names, in one or in many.
fn is_named(wanted: &BTreeSet<String>, header: &str) -> bool {
    let key = key_of(header);
    wanted.contains(&key) || key.strip_suffix('s').is_some_and(|one| wanted.contains(one))
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
    let period = match span_of(inventory, holding.records.iter()) {
        Some((first, last)) if first == last => format!(" of {first}"),
        Some((first, last)) => format!(" of {first} to {last}"),
        None => String::new(),
    };
    let number = holding.records.len().max(holding.documents.len());
    let what = if number == 1 { "entry" } else { "entries" };
    format!("{} ({number} {what}{period})", lower_first(title))
}
