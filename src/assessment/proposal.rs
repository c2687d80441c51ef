//! What a configuration could say, as far as the documents themselves tell it.

use std::collections::BTreeMap;

use super::promises::{StatedInterval, read_promises};
use super::recognition::Identity;
use super::settings::Settings;
use crate::documents::{ControlField, Document, Record};
use crate::framework::Framework;
use crate::vocabulary::{is_placeholder, key_of};

/// What the documents tell of the organization, each with the place that says so.
#[derive(Clone, Debug, Default)]
pub struct Proposal {
    /// Who approved the service management policy.
    pub top_management: Vec<Told>,
    /// Who approved the information security policy.
    pub authorized_managers: Vec<Told>,
    /// Who made internal audits.
    pub auditors: Vec<Told>,
    /// Services in the catalogue.
    pub services: Vec<Told>,
    /// Planned intervals that policies and plans state.
    pub intervals: BTreeMap<String, StatedInterval>,
}

/// A value and where it stands.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Told {
    /// The value.
    pub value: String,
    /// Path.
    pub path: String,
    /// Line.
    pub line: u32,
}

/// Reads from documents what a configuration could say.
pub fn propose(framework: &Framework, settings: &Settings, identities: &[Identity<'_>]) -> Proposal {
    let of =
        |kind: &'static str| identities.iter().filter(move |identity| identity.kinds.iter().any(|known| known.id == kind)).map(|identity| identity.document);
    let approvers = |kind| unique(of(kind).filter_map(|document| control(document, ControlField::ApprovedBy)));
    Proposal {
        top_management: approvers("service-management-policy"),
        authorized_managers: approvers("information-security-policy"),
        auditors: unique(of("internal-audit-report").flat_map(|document| fields(document, &["auditor", "auditors", "lead_auditor"]))),
        services: unique(of("service-catalogue").flat_map(|document| fields(document, &["name", "service", "service_name", "title"]))),
        intervals: read_promises(framework, settings, identities),
    }
}

fn control(document: &Document, field: ControlField) -> Option<Told> {
    let value = document.control.get(field).filter(|value| !is_placeholder(&value.value))?;
    Some(Told { value: value.value.clone(), path: document.path.to_string(), line: value.at.line })
}

/// The first filled field of each record, by the order of the names.
fn fields(document: &Document, names: &[&str]) -> Vec<Told> {
    let records = document.lists.iter().flat_map(|(_, records)| records).chain(&document.table_records);
    let records: Vec<&Record> = if document.lists.is_empty() && document.table_records.is_empty() { vec![&document.head] } else { records.collect() };
    let told = |record: &Record| {
        let field = names.iter().find_map(|name| record.fields.iter().find(|field| field.key == key_of(name) && !field.value.is_empty()))?;
        let value = field.value.as_text().filter(|value| !is_placeholder(value))?;
        Some(Told { value: value.to_owned(), path: document.path.to_string(), line: field.value.at.line })
    };
    records.into_iter().filter_map(told).collect()
}

fn unique(told: impl Iterator<Item = Told>) -> Vec<Told> {
    let mut kept: Vec<Told> = Vec::new();
    for one in told {
        if kept.iter().all(|known| known.value != one.value) {
            kept.push(one);
        }
    }
    kept
}
