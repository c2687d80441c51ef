//! Texts of rows, the same for every form.

use super::super::places;
use crate::assessment::{ClaimSays, ConditionOf, ConditionState, Cycle, Remark, RestingDocument, RestingRecords, Said};
use crate::vocabulary::{count, list_some};

/// The most paths that are named for one kind of record.
const PATHS: usize = 3;

/// Values without their sources.
pub(super) fn values(said: &[Said]) -> String {
    said.iter().map(|said| said.value.as_str()).collect::<Vec<_>>().join("; ")
}

/// Values, each with its source.
pub(super) fn sourced(said: &[Said]) -> String {
    said.iter().map(one_sourced).collect::<Vec<_>>().join("; ")
}

/// A value with its source.
pub(super) fn one_sourced(said: &Said) -> String {
    if said.value == said.from || said.path.as_ref().is_some_and(|path| said.value == *path) {
        said.value.clone()
    } else {
        format!("{} ({})", said.value, said.from)
    }
}

/// What documents say to a question, with the places: lines of one file stand behind its path.
pub(super) fn claimed(said: &ClaimSays) -> String {
    let places = by_file(&said.places, "");
    if places.is_empty() { said.text.clone() } else { format!("{} ({places})", said.text) }
}

/// The most lines of one file that are named.
const LINES: usize = 6;

/// `a.yaml:4, 9; b.md:2`, with paths told from `root` on.
pub(super) fn by_file(places: &[String], root: &str) -> String {
    places::by_file(places, LINES).iter().map(|place| from(place, root)).collect::<Vec<_>>().join("; ")
}

/// A path told from a folder on.
pub(super) fn from(path: &str, root: &str) -> String {
    path.strip_prefix(root).and_then(|rest| rest.strip_prefix('/')).unwrap_or(path).to_owned()
}

/// A document on one line.
pub(super) fn document(document: &RestingDocument) -> String {
    let version = document.version.as_ref().map(|version| format!(", version {version}")).unwrap_or_default();
    let approved = document.approved_on.as_ref().map(|day| format!(", approved on {day}")).unwrap_or_default();
    let approved = document.status.as_ref().map_or(approved, |status| format!(", {status}, not approved"));
    let sure = if document.confirmed { "" } else { ", recognised and not yet confirmed" };
    format!("{} ({}{version}{approved}{sure})", document.title, document.path)
}

/// Records of one kind on one line.
pub(super) fn records(records: &RestingRecords) -> String {
    let kept_in = list_some(&records.kept_in, PATHS);
    let Some(number) = records.number else {
        return format!("{}: in another system, not looked at here: {kept_in}", records.title);
    };
    let period = match (&records.first, &records.last) {
        (Some(first), Some(last)) if first == last => format!(", {first}"),
        (Some(first), Some(last)) => format!(", {first} to {last}"),
        _ => String::new(),
    };
    format!("{}: {}{period} ({kept_in})", records.title, count(number, "entry", "entries"))
}

/// A planned interval on one line.
pub(super) fn cycle(cycle: &Cycle) -> String {
    let interval = cycle.interval.as_ref().map_or_else(|| "interval to be stated".to_owned(), |said| format!("every {} ({})", said.value, said.from));
    let last = cycle.last_done.as_ref().map_or_else(|| "; none yet".to_owned(), |day| format!("; last done {day}"));
    let next = cycle.next_due.as_ref().map(|day| format!(", next due {day}")).unwrap_or_default();
    format!("{}: {interval}{last}{next}", cycle.title)
}

/// A condition in words; empty where there is none.
pub(super) fn condition(condition: &ConditionOf) -> String {
    if condition.state == ConditionState::Unconditional && condition.proof.is_empty() {
        return String::new();
    }
    let state = match condition.state {
        ConditionState::Unconditional => String::new(),
        ConditionState::Mixed => String::new(),
        state => format!(": {}", state.word().replace('-', " ")),
    };
    let proof = if condition.proof.is_empty() { String::new() } else { format!("; {}", condition.proof) };
    let period = condition.period();
    let period = if period.is_empty() { String::new() } else { format!("; period {period}") };
    format!("{}{state}{proof}{period}", condition.text).trim_start_matches("; ").to_owned()
}

/// A remark with the place it speaks of.
pub(super) fn remark(remark: &Remark) -> String {
    let place = remark.place.as_ref().filter(|place| !remark.text.contains(place.as_str())).map(|place| format!(" ({place})")).unwrap_or_default();
    let finding = remark.number.as_ref().map(|finding| format!(" [{finding}]")).unwrap_or_default();
    format!("{}{place}{finding}", remark.text)
}
