//! The records from which samples are drawn and at which chains begin, and what has to be known of each.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::assessment::finding::FindingPlace;
use crate::assessment::inventory::Inventory;
use crate::assessment::owners::named;
use crate::assessment::records::{RecordRef, members_of, says_none_text};
use crate::assessment::verify::day_of;
use crate::framework::{Form, Spread};
use crate::vocabulary::{is_placeholder, key_of, plain, shortened};

/// The records of one kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Population {
    /// Kind of documented information.
    pub kind: String,
    /// Its records, by day and place.
    pub records: Vec<RecordFacts>,
}

/// What a sample has to know of a record.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RecordFacts {
    /// Its day; none where none can be read.
    pub day: Option<Date>,
    /// Path from the repository's root.
    pub path: String,
    /// Its first line.
    pub line: u32,
    /// Its last line.
    pub end_line: u32,
    /// Its id; unique within the kind.
    pub id: String,
    /// What it says of itself, where it has a title.
    pub title: Option<String>,
    /// All its main days, in their order: when it was raised, carried out, closed.
    pub days: Vec<Date>,
    /// The day on which it was closed, where its kind knows such a day.
    pub closed: Option<Date>,
    /// Whether it is open; never for kinds that are not closed.
    pub open: bool,
    /// Whether its status says so, rather than only a day of closure that is missing.
    pub said_open: bool,
    /// Whether its file holds no other record of the kind.
    pub alone: bool,
    /// Whom it names as the one to ask about it.
    pub asked: Option<String>,
    /// Id of the process that it says it is about, where the clause map knows that one.
    pub process: Option<String>,
    /// What a sample holds one of each of: title and value, such as service and Mail.
    pub spread: Vec<(String, String)>,
    /// Strata that are taken whole and that it belongs to.
    pub strata: Vec<String>,
    /// Commit of the last change, and its day.
    pub commit: Option<(String, String)>,
}

impl RecordFacts {
    /// Its first main day within a period.
    pub fn first_in(&self, period: (Date, Date)) -> Option<Date> {
        self.days.iter().copied().find(|day| *day >= period.0 && *day <= period.1)
    }

    /// Whether it belongs to a period: by any of its main days, or because it was begun before and is said to be open still.
    pub fn counts_in(&self, period: (Date, Date)) -> bool {
        self.first_in(period).is_some() || (self.said_open && self.day.is_some_and(|day| day < period.0))
    }

    /// Whether a place lies in it.
    pub fn holds(&self, place: &FindingPlace) -> bool {
        self.path == place.path && (self.alone || (self.line..=self.end_line.max(self.line)).contains(&place.line))
    }
}

/// The records of every kind of record that is here.
pub(in crate::assessment) fn populations(inventory: &Inventory<'_>) -> Vec<Population> {
    let is_record = |kind: &str| inventory.kind(kind).is_some_and(|kind| kind.form == Form::Record);
    let holdings = inventory.holdings.iter().filter(|(kind, holding)| is_record(kind) && !holding.records.is_empty());
    holdings.map(|(kind, holding)| population(inventory, kind, &holding.records)).collect()
}

fn population(inventory: &Inventory<'_>, kind: &str, records: &[RecordRef<'_>]) -> Population {
    let mut records: Vec<RecordFacts> = records.iter().map(|record| facts(inventory, record)).collect();
    records.sort();
    // Two records of one id are two rows: the second says where it stands.
    let mut seen = BTreeSet::new();
    for record in &mut records {
        if !seen.insert(record.id.clone()) {
            record.id = format!("{}@{}:{}", record.id, record.path, record.line);
        }
    }
    let mut in_file: BTreeMap<String, usize> = BTreeMap::new();
    records.iter().for_each(|record| *in_file.entry(record.path.clone()).or_default() += 1);
    records.iter_mut().for_each(|record| record.alone = in_file.get(&record.path) == Some(&1));
    Population { kind: kind.to_owned(), records }
}

/// What a sample has to know of a record.
pub(super) fn facts(inventory: &Inventory<'_>, record: &RecordRef<'_>) -> RecordFacts {
    let closed = record.kind.closed_by.as_deref().and_then(|field| record.day(inventory, field));
    let ended = ["closed", "done", "completed", "fulfilled", "resolved", "cancelled", "rejected", "withdrawn"];
    let status = record.text(inventory, "status").map(plain).unwrap_or_default();
    let audits = inventory.framework.audits.as_ref();
    let sample = audits.and_then(|audits| audits.sample(&record.kind.id));
    let strata = sample.map(|sample| {
        let holds = sample.whole.iter().filter(|stratum| stratum.any.iter().any(|tests| record.passes(inventory, tests)));
        holds.map(|stratum| stratum.title.clone()).collect()
    });
    let change = inventory.history.last_change(&record.document.path);
    let day = day_of(inventory, record);
    let further = sample.into_iter().flat_map(|sample| &sample.dates).filter_map(|field| record.day(inventory, field));
    let days: BTreeSet<Date> = day.into_iter().chain(closed).chain(further).collect();
    let open = record.kind.closed_by.is_some() && closed.is_none() && !ended.contains(&status.split(' ').next().unwrap_or_default());
    RecordFacts {
        day,
        days: days.into_iter().collect(),
        path: record.document.path.to_string(),
        line: record.record.at.line.max(1),
        end_line: record.record.at.end_line.max(record.record.at.line),
        id: shortened(record.own_id(inventory).unwrap_or_else(|| format!("{}:{}", record.document.path, record.record.at.line.max(1))).trim(), 60),
        title: ["title", "description", "subject"].iter().find_map(|field| record.text(inventory, field)).map(|text| shortened(text, 120)),
        closed,
        open,
        said_open: open && !status.is_empty(),
        alone: false,
        asked: sample.and_then(|sample| record.text(inventory, sample.asked_in.as_ref()?)).and_then(named).map(str::to_owned),
        process: record
            .text(inventory, "process")
            .and_then(|name| inventory.processes_by_name.process(inventory.framework, name))
            .map(|process| process.id.clone()),
        spread: audits.map(|audits| spread(inventory, record, &audits.one_of_each)).unwrap_or_default(),
        strata: strata.unwrap_or_default(),
        commit: change.map(|commit| (commit.id.clone(), commit.date.to_string())),
    }
}

/// The values of a record of which a sample holds one of each. A field that the kind does not know is looked up by its name.
fn spread(inventory: &Inventory<'_>, record: &RecordRef<'_>, of: &[Spread]) -> Vec<(String, String)> {
    let values = |field: &String| {
        let known = record.members(inventory, field);
        if known.is_empty() { record.record.field(&key_of(field)).map(|field| members_of(&field.value)).unwrap_or_default() } else { known }
    };
    let of_one = |one: &Spread| {
        let found = one.fields.iter().map(values).find(|values| !values.is_empty()).unwrap_or_default();
        found
            .into_iter()
            .filter(|(value, _)| !is_placeholder(value) && !says_none_text(value))
            .map(|(value, _)| (one.title.clone(), shortened(value.trim(), 40)))
            .collect::<Vec<_>>()
    };
    of.iter().flat_map(of_one).collect()
}
