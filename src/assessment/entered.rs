//! Services that catalogue, portfolio, scope or an agreement say were entered of late: nothing shows that they were new, and
//! nothing that they were not, so it is asked.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::inventory::Inventory;
use super::outcome::Identified;
use crate::documents::{Document, Record};
use crate::framework::{Circumstance, Form};
use crate::vocabulary::{count, plain, read_date};

/// Words by which a version history says that something was entered.
const ENTRY: [&str; 9] = ["added", "new", "entered", "introduced", "included", "launched", "begun", "of its own", "taken over"];

/// Names of fields of an entry that say since when a service is there.
const SINCE: [&str; 8] = ["since", "live_since", "live_from", "introduced_on", "introduced", "started_on", "in_service_since", "go_live"];

/// A service that was entered.
struct Entered {
    id: String,
    on: Date,
    /// `path:line` of all that say it.
    places: Vec<String>,
}

/// The line of a history of versions.
struct Told {
    on: Date,
    text: String,
    line: u32,
}

/// Services that were entered within a year before the day of the assessment, in documents of the kinds that a
/// circumstance names.
fn entered(inventory: &Inventory<'_>, kinds: &[String]) -> Vec<Entered> {
    let as_of = inventory.as_of.0;
    let first = as_of.saturating_sub(jiff::Span::new().years(1));
    let mut found: BTreeMap<String, Entered> = BTreeMap::new();
    let mut add = |id: &str, on: Date, place: String| {
        if on < first || on > as_of {
            return;
        }
        let one = found.entry(id.to_owned()).or_insert_with(|| Entered { id: id.to_owned(), on, places: Vec::new() });
        one.on = one.on.min(on);
        if !one.places.contains(&place) {
            one.places.push(place);
        }
    };
    let is_register = |kind: &&String| inventory.kind(kind).is_some_and(|kind| kind.form == Form::Register);
    let listed = kinds.iter().filter(is_register).flat_map(|kind| &inventory.holding(kind).records);
    let services: Vec<_> = listed.filter(|record| record.provenance != Identified::Inferred).collect();
    for record in &services {
        let since = SINCE.iter().find_map(|name| record.record.field(name));
        if let (Some(id), Some(field)) = (record.own_id(inventory), since)
            && let Some(day) = field.value.as_text().and_then(|text| read_date(text).day())
        {
            add(&id, day, format!("{}:{}", record.document.path, field.value.at.line));
        }
    }
    let names = services.iter().filter_map(|record| Some((record.own_id(inventory)?, record.text(inventory, "name").unwrap_or_default().to_owned())));
    let names: Vec<(String, String)> = names.collect();
    for kind in kinds {
        for reference in inventory.holding(kind).documents.iter().filter(|one| one.provenance != Identified::Inferred) {
            for told in later_versions(reference.document) {
                for (id, _) in names.iter().filter(|(id, name)| is_entry(&told.text, id, name)) {
                    add(id, told.on, format!("{}:{}", reference.document.path, told.line));
                }
            }
        }
    }
    found.into_values().collect()
}

/// Whether the text of a version says that a service was entered.
fn is_entry(text: &str, id: &str, name: &str) -> bool {
    let text = format!(" {} ", plain(text));
    let holds = |words: &str| !words.is_empty() && text.contains(&format!(" {words} "));
    (holds(&plain(id)) || holds(&plain(name))) && ENTRY.into_iter().any(holds)
}

/// What a document's history tells of its versions, without the first: with that everything was entered.
fn later_versions(document: &Document) -> Vec<Told> {
    let told = |record: &Record| {
        let on = record.field("date").and_then(|field| read_date(field.value.as_text()?).day())?;
        record.field("version").or_else(|| record.field("revision"))?;
        let texts: Vec<&str> = record.fields.iter().filter_map(|field| field.value.as_text()).collect();
        Some(Told { on, text: texts.join(" "), line: record.at.line })
    };
    let mut versions: Vec<Told> = document.lists.iter().flat_map(|(_, records)| records).chain(&document.table_records).filter_map(told).collect();
    versions.sort_by_key(|told| std::cmp::Reverse(told.on));
    versions.pop();
    versions
}

/// What is asked of services that were entered where a circumstance says; none where there is none.
pub(super) fn question(inventory: &Inventory<'_>, circumstance: &Circumstance) -> Option<String> {
    let entered = entered(inventory, &circumstance.entered_in);
    let one = |one: &Entered| format!("{} was entered on {} ({})", one.id, one.on, one.places.join("; "));
    let said: Vec<String> = entered.iter().map(one).collect();
    let was = match said.len() {
        0 => return None,
        1 => "was this a new service?".to_owned(),
        many => format!("were these {} new?", count(many, "service", "services")),
    };
    Some(format!("{}: {was}", said.join(", ")))
}
