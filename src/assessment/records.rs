//! Records of one kind, whatever they were written in, and their fields under our names.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::finding::FindingPlace;
use super::inventory::Inventory;
use super::outcome::Identified;
use crate::documents::{Document, Format, Record, RecordField};
use crate::framework::{DocumentedInformation, FieldTest, Form, Tests};
use crate::vocabulary::{Place, is_key, is_placeholder, key_of, plain, plain_value, read_date};
use crate::yaml::{Node, NodeKind};

/// The names under which each field of a kind may stand.
#[derive(Clone, Debug, Default)]
pub(super) struct FieldNames(BTreeMap<String, Vec<String>>);

impl FieldNames {
    /// The organization's own names come first, then ours, then the usual ones.
    pub(super) fn new(kind: &DocumentedInformation, own: Option<&BTreeMap<String, String>>) -> Self {
        let keys = |name: &str, also: &[String]| {
            let theirs = own.and_then(|own| own.get(name)).map(|theirs| key_of(theirs));
            theirs.into_iter().chain([key_of(name)]).chain(also.iter().map(|name| key_of(name))).collect()
        };
        Self(kind.fields.iter().map(|field| (field.name.clone(), keys(&field.name, &field.also))).collect())
    }

    pub(super) fn keys(&self, field: &str) -> &[String] {
        self.0.get(field).map(Vec::as_slice).unwrap_or_default()
    }
}

/// One record, register entry or document head, seen as one of a kind.
#[derive(Clone, Copy, Debug)]
pub(super) struct RecordRef<'run> {
    pub(super) document: &'run Document,
    pub(super) record: &'run Record,
    pub(super) kind: &'run DocumentedInformation,
    pub(super) provenance: Identified,
}

/// Keys under which a file holds its records.
const CONTAINERS: [&str; 5] = ["records", "entries", "items", "rows", ""];

/// The records that a document of a kind holds.
pub(super) fn records_of<'run>(document: &'run Document, kind: &'run DocumentedInformation, provenance: Identified) -> Vec<RecordRef<'run>> {
    let reference = |record: &'run Record| RecordRef { document, record, kind, provenance };
    let contained = document.lists.iter().filter(|(key, _)| CONTAINERS.contains(&key.as_str())).flat_map(|(_, records)| records);
    let mut records: Vec<RecordRef<'run>> = contained.map(reference).collect();
    match kind.form {
        Form::Register if records.is_empty() => {
            // A register may call its entries what they are: `risks:`, `services:`.
            records.extend(document.lists.iter().flat_map(|(_, records)| records).map(reference));
            records.extend(document.table_records.iter().filter(|record| fits(record, kind)).map(reference));
        }
        Form::Record if records.is_empty() && document.format != Format::Binary => {
            let row_records: Vec<RecordRef<'run>> = document.table_records.iter().filter(|record| fits(record, kind)).map(reference).collect();
            let head_says_something = kind.fields.iter().any(|field| field.name != "id" && reference(&document.head).raw(&field.name, None).is_some());
            if head_says_something || row_records.is_empty() {
                records.push(reference(&document.head));
            } else {
                records.extend(row_records);
            }
        }
        Form::Document => records.push(reference(&document.head)),
        Form::Register | Form::Record => {}
    }
    records
}

/// Whether a table row is of a kind: half of its columns, and at least two, are fields of it.
fn fits(record: &Record, kind: &DocumentedInformation) -> bool {
    let known = |key: &String| kind.fields.iter().any(|field| is_key(&field.name, key) || field.also.iter().any(|name| is_key(name, key)));
    let fitting = record.fields.iter().filter(|field| known(&field.key)).count();
    fitting >= 2 && fitting * 2 >= record.fields.len()
}

impl<'run> RecordRef<'run> {
    /// Whether it is a row of a table in a text.
    pub(super) fn is_table_row(&self) -> bool {
        self.document.table_records.as_ptr_range().contains(&std::ptr::from_ref(self.record))
    }

    fn raw(&self, field: &str, names: Option<&FieldNames>) -> Option<&'run RecordField> {
        match names {
            Some(names) => {
                let mut empty = None;
                for key in names.keys(field) {
                    match self.record.field(key) {
                        Some(found) if !found.value.is_empty() => return Some(found),
                        Some(found) => empty = empty.or(Some(found)),
                        None => {}
                    }
                }
                empty
            }
            None => self.record.field(field),
        }
    }

    /// A field as written, filled or not.
    pub(super) fn field(&self, inventory: &Inventory<'run>, field: &str) -> Option<&'run RecordField> {
        self.raw(field, inventory.names(&self.kind.id))
    }

    /// A field that holds a value: not empty, not a placeholder.
    pub(super) fn filled(&self, inventory: &Inventory<'run>, field: &str) -> Option<&'run RecordField> {
        self.field(inventory, field).filter(|field| is_filled(&field.value))
    }

    /// A field's text, trimmed.
    pub(super) fn text(&self, inventory: &Inventory<'run>, field: &str) -> Option<&'run str> {
        self.filled(inventory, field).and_then(|field| field.value.as_text())
    }

    /// A field's day.
    pub(super) fn day(&self, inventory: &Inventory<'run>, field: &str) -> Option<Date> {
        self.text(inventory, field).and_then(|text| read_date(text).day())
    }

    /// The members of a field that holds several: a list, or a text with commas or semicolons.
    pub(super) fn members(&self, inventory: &Inventory<'run>, field: &str) -> Vec<(String, Place)> {
        self.filled(inventory, field).map(|field| members_of(&field.value)).unwrap_or_default()
    }

    /// The record's id, or the document's path with the line where it has none.
    pub(super) fn id(&self, inventory: &Inventory<'run>) -> String {
        self.own_id(inventory).unwrap_or_else(|| self.document.path.to_string())
    }

    /// The record's id, where it has one: the field `id`, else the first field that names it.
    pub(super) fn own_id(&self, inventory: &Inventory<'run>) -> Option<String> {
        let by_id = self.text(inventory, "id").or_else(|| self.record.field("id").and_then(|field| field.value.as_text()).filter(|id| !id.is_empty()));
        by_id.map(str::to_owned).or_else(|| self.kind.fields.first().and_then(|field| self.text(inventory, &field.name)).map(str::to_owned))
    }

    /// Where a field stands; the record itself where it has no such field.
    pub(super) fn place(&self, inventory: &Inventory<'run>, field: &str) -> FindingPlace {
        let at = self.field(inventory, field).map_or_else(|| self.first_line(), |found| found.value.at);
        place_in(self.document, at)
    }

    /// The later records of a row, earliest first; none where the kind's records do not follow each other.
    pub(super) fn later_in_row(&self, inventory: &Inventory<'run>) -> Vec<RecordRef<'run>> {
        let Some(dated_by) = self.kind.dated_by.as_deref().filter(|_| self.kind.in_a_row) else { return Vec::new() };
        let Some(day) = self.day(inventory, dated_by) else { return Vec::new() };
        let sure = inventory.holding(&self.kind.id).records.iter().filter(|record| record.provenance != Identified::Inferred);
        let dated = sure.filter_map(|record| Some((record.day(inventory, dated_by)?, *record)));
        let mut later: Vec<_> = dated.filter(|(other, _)| *other > day && *other <= inventory.as_of.0).collect();
        later.sort_by_key(|(day, _)| *day);
        later.into_iter().map(|(_, record)| record).collect()
    }

    /// The line of the field that decides some tests which hold; the record's own where none is filled.
    pub(super) fn line_of(&self, inventory: &Inventory<'run>, tests: &Tests) -> u32 {
        let decisive = tests.0.iter().rev().find_map(|test| self.filled(inventory, &test.field));
        decisive.map_or_else(|| self.first_line().line, |field| field.value.at.line)
    }

    /// The line on which the record begins.
    pub(super) fn first_line(&self) -> Place {
        let at = self.record.at;
        Place { end_line: at.line, end_column: at.column, ..at }
    }

    /// Whether all tests hold.
    pub(super) fn passes(&self, inventory: &Inventory<'run>, tests: &Tests) -> bool {
        tests.0.iter().all(|test| self.passes_one(inventory, test))
    }

    fn passes_one(&self, inventory: &Inventory<'run>, test: &FieldTest) -> bool {
        let filled = self.filled(inventory, &test.field);
        if let Some(present) = test.present {
            return present == filled.is_some_and(|field| !says_none(&field.value));
        }
        if let Some(other) = &test.after {
            return self.day(inventory, &test.field).zip(self.day(inventory, other)).is_some_and(|(day, other)| day > other);
        }
        if let Some(other) = &test.same_as {
            let texts = |field: &str| self.members(inventory, field).into_iter().map(|(text, _)| plain_value(&text)).collect::<Vec<_>>();
            let (own, others) = (texts(&test.field), texts(other));
            return own.iter().any(|text| others.contains(text));
        }
        let texts: Vec<String> = filled.map(|field| members_of(&field.value)).unwrap_or_default().into_iter().map(|(text, _)| plain_value(&text)).collect();
        let among = |values: &Vec<String>| values.iter().any(|value| texts.contains(value));
        if let Some(values) = &test.is {
            return among(values);
        }
        if let Some(values) = &test.is_not {
            return !among(values);
        }
        if let Some(values) = &test.begins {
            return values.iter().map(|value| plain(value)).any(|value| texts.iter().any(|text| *text == value || text.starts_with(&format!("{value} "))));
        }
        if let Some(values) = &test.mentions {
            let mut scalars = Vec::new();
            let others = test.or_in.iter().filter_map(|field| self.filled(inventory, field));
            filled.into_iter().chain(others).for_each(|field| field.value.scalars(&mut scalars));
            let text = format!(" {} ", plain(&scalars.iter().map(|(text, _)| *text).collect::<Vec<_>>().join(" ; ")));
            return values.iter().any(|value| text.contains(&format!(" {} ", plain(value))));
        }
        test.above.is_some_and(|limit| texts.iter().any(|text| text.parse::<f64>().is_ok_and(|number| number > limit)))
    }
}

/// Whether a value says that there is none.
pub(super) fn says_none(value: &Node) -> bool {
    value.as_text().is_some_and(says_none_text)
}

pub(super) fn says_none_text(text: &str) -> bool {
    ["none", "no", "n a", "na", "nil", "not applicable", "nothing", ""].contains(&plain(text).as_str())
}

pub(super) fn is_filled(value: &Node) -> bool {
    if value.is_empty() {
        return false;
    }
    match &value.kind {
        NodeKind::Text(text) => !is_placeholder(text) || says_none_text(text) && !text.trim().is_empty() && text.trim() == "-",
        NodeKind::List(items) => items.iter().any(is_filled),
        NodeKind::Map(_) => true,
        NodeKind::Null => false,
    }
}

/// The members of a value.
pub(super) fn members_of(value: &Node) -> Vec<(String, Place)> {
    match &value.kind {
        NodeKind::Text(text) => {
            text.split([',', ';', '\n']).map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).map(|part| (part, value.at)).collect()
        }
        NodeKind::List(items) => items
            .iter()
            .flat_map(|item| match &item.kind {
                NodeKind::Text(text) => vec![(text.trim().to_owned(), item.at)],
                NodeKind::Map(pairs) => pairs.first().and_then(|(_, first)| first.as_text().map(|text| (text.to_owned(), first.at))).into_iter().collect(),
                _ => Vec::new(),
            })
            .filter(|(text, _)| !text.is_empty())
            .collect(),
        _ => Vec::new(),
    }
}

/// A place in a document.
pub(super) fn place_in(document: &Document, at: Place) -> FindingPlace {
    FindingPlace {
        path: document.path.to_string(),
        line: at.line,
        column: at.column.max(1),
        end_line: at.end_line.max(at.line),
        end_column: at.end_column.max(1),
    }
}
