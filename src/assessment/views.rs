//! What an assessment shows of documents, records and intervals, beside its determinations and findings.

use std::collections::BTreeMap;

use serde::Serialize;

use super::depth::{Depth, depth_at};
use super::git_facts::GitFacts;
use super::inventory::{Holding, Inventory};
use super::outcome::Identified;
use super::promises::{StatedInterval, lead};
use super::recognition::{Identification, Identity};
use super::verify::span_of;
use crate::framework::Form;
use crate::repository::CodeOwners;

/// A document in an assessment.
#[derive(Clone, Debug, schemars::JsonSchema, Serialize)]
pub struct DocumentView {
    /// Path from the repository's root.
    pub path: String,
    /// Its title.
    pub title: Option<String>,
    /// Whether it is there and was not read.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub unread: bool,
    /// What it is.
    pub documented_information: Vec<Identification>,
    /// Its control data.
    pub control: BTreeMap<&'static str, ControlView>,
    /// Where it was recognised and not declared: how far it goes into the topics of what it seems to be.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub depth: Option<Depth>,
    /// Why it counts as no evidence although it is there: a stub, a template, refused, or nothing that speaks for a subject.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub not_evidence: Option<String>,
    /// Places that wait for a value, where it is recognised and so many of them make it a template.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to_fill_in: Option<usize>,
    /// Code of its language; none where no vocabulary knows it, or where it needed none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// What only Git knows of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub git: Option<GitFacts>,
}

/// A planned interval in an assessment.
#[derive(Clone, Debug, schemars::JsonSchema, Serialize)]
pub struct IntervalView {
    /// Kind of documented information.
    pub documented_information: String,
    /// The interval in words.
    pub interval: String,
    /// Path of what states it.
    pub path: String,
    /// Line.
    pub line: u32,
    /// The sentence it was read from; none for the configuration.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sentence: Option<String>,
    /// The configuration that repeats what a document says, or the document that says otherwise than the configuration.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub beside: Option<String>,
}

/// The records of one kind in an assessment.
#[derive(Clone, Debug, schemars::JsonSchema, Serialize)]
pub struct RecordsView {
    /// Kind of documented information.
    pub documented_information: String,
    /// How many.
    pub number: usize,
    /// Day of the first that has one.
    pub first: Option<String>,
    /// Day of the last.
    pub last: Option<String>,
    /// Whether all are rows of tables in documents that nobody has confirmed: what stands there in other forms is not counted.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub table_rows_only: bool,
}

/// A control value in an assessment.
#[derive(Clone, Debug, schemars::JsonSchema, Serialize)]
pub struct ControlView {
    /// As written.
    pub value: String,
    /// Line.
    pub line: u32,
}

pub(super) fn document_views(inventory: &Inventory<'_>, owners: &CodeOwners) -> Vec<DocumentView> {
    let view = |identity: &Identity<'_>| {
        let Identity { document, kinds, recognised, .. } = identity;
        let inferred = kinds.first().filter(|kind| kind.provenance == Identified::Inferred);
        DocumentView {
            path: document.path.to_string(),
            title: document.title.as_ref().map(|title| title.value.clone()),
            unread: document.is_unread(),
            documented_information: kinds.clone(),
            control: document.control.values().map(|(field, value)| (field.name(), ControlView { value: value.value.clone(), line: value.at.line })).collect(),
            depth: inferred
                .and_then(|kind| inventory.kind(&kind.id))
                .and_then(|kind| depth_at(&inventory.topic_words, inventory.topics_of(document), document, kind)),
            not_evidence: identity.not_evidence(),
            to_fill_in: identity.to_fill_in(),
            language: recognised.as_ref().and_then(|recognised| recognised.language.clone()),
            git: GitFacts::of(inventory.history, owners, &document.path),
        }
    };
    inventory.identified.iter().map(view).collect()
}

pub(super) fn interval_views(inventory: &Inventory<'_>) -> Vec<IntervalView> {
    let view = |(kind, stated): (&String, &StatedInterval)| {
        let words = stated.in_their_words().unwrap_or(stated);
        IntervalView {
            documented_information: kind.clone(),
            interval: stated.interval.to_string(),
            path: words.path.clone(),
            line: words.at.line,
            sentence: words.sentence.as_ref().map(|sentence| match lead(inventory, words) {
                Some(lead) => format!("{sentence} ({lead})"),
                None => sentence.clone(),
            }),
            beside: stated.beside(),
        }
    };
    inventory.intervals.iter().map(view).collect()
}

pub(super) fn record_views(inventory: &Inventory<'_>) -> Vec<RecordsView> {
    let view = |(kind, holding): (&&str, &Holding<'_>)| {
        let form = inventory.kind(kind).map(|kind| kind.form)?;
        if holding.records.is_empty() || form == Form::Document {
            return None;
        }
        let span = span_of(inventory, holding.records.iter());
        Some(RecordsView {
            documented_information: (*kind).to_owned(),
            number: holding.records.len(),
            first: span.map(|(first, _)| first.to_string()),
            last: span.map(|(_, last)| last.to_string()),
            table_rows_only: holding.records.iter().all(|record| record.provenance == Identified::Inferred && record.is_table_row()),
        })
    };
    inventory.holdings.iter().filter_map(view).collect()
}
