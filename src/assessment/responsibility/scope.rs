//! The scope statement and the services: what the statement of responsibility is about.

use schemars::JsonSchema;
use serde::Serialize;

use super::registers::{all_said, said, sure};
use super::said::{Basis, Said};
use super::stated::control_said;
use crate::assessment::inventory::Inventory;
use crate::assessment::outcome::Identified;
use crate::assessment::records::RecordRef;
use crate::assessment::references::same_thing;
use crate::documents::{ControlField, Document};
use crate::vocabulary::{plain, words};

/// The scope statement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Scope {
    /// Path.
    pub path: String,
    /// Its title.
    pub title: String,
    /// The sentences that state it.
    pub text: Option<Said>,
    /// The organization that it names, where a field does.
    pub organization: Option<Said>,
    /// The services that it names, where a field does.
    pub services: Vec<Said>,
    /// Its version.
    pub version: Option<Said>,
    /// Draft, approved ...
    pub status: Option<Said>,
    /// Who approved it.
    pub approved_by: Option<Said>,
    /// When.
    pub approved_on: Option<Said>,
    /// From when on it holds.
    pub effective_on: Option<Said>,
    /// Whether it, or the configuration, says what it is; else it was only recognised.
    pub confirmed: bool,
}

/// A service of the catalogue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Service {
    /// Its id, or its name where it has none, with the place of its entry.
    pub id: Said,
    /// Its name.
    pub name: String,
    /// Live, retired ... as the catalogue has it.
    pub status: Option<Said>,
    /// Whether it counts as delivered: its status says nothing against it.
    pub live: bool,
    /// Who owns it.
    pub owner: Option<Said>,
    /// Who delivers it, where the catalogue says so.
    pub delivered_by: Option<Said>,
    /// Where the scope names it.
    pub in_scope: Option<Said>,
    /// Other parties that contribute to it, by their register.
    pub parties: Vec<String>,
}

/// The document that is the scope statement: a confirmed one before one that was only recognised.
pub(super) fn document<'run>(inventory: &Inventory<'run>) -> Option<(&'run Document, Identified)> {
    let documents = &inventory.holding("scope-statement").documents;
    let in_force = documents.iter().filter(|reference| !reference.document.is_withdrawn());
    in_force
        .max_by(|left, right| left.provenance.cmp(&right.provenance).then_with(|| right.document.path.cmp(&left.document.path)))
        .map(|one| (one.document, one.provenance))
}

pub(super) fn scope(inventory: &Inventory<'_>) -> Option<Scope> {
    let (document, provenance) = document(inventory)?;
    let record = inventory.holding("scope-statement").records.iter().find(|record| record.document.path == document.path);
    let control = |field: ControlField| control_said(document, field, Basis::Document);
    Some(Scope {
        path: document.path.to_string(),
        title: document.shown_title(),
        text: text(document),
        organization: record.and_then(|record| said(inventory, record, "organization", Basis::Document)),
        services: record.map(|record| all_said(inventory, record, "services", Basis::Document)).unwrap_or_default(),
        version: control(ControlField::Version),
        status: control(ControlField::Status),
        approved_by: control(ControlField::ApprovedBy),
        approved_on: control(ControlField::ApprovedOn),
        effective_on: control(ControlField::EffectiveOn),
        confirmed: provenance != Identified::Inferred,
    })
}

/// The sentences that state the scope: a field for them, else the first passage that speaks of the management system or
/// of a scope, else the first that is more than a few words.
fn text(document: &Document) -> Option<Said> {
    const FEW_WORDS: usize = 8;
    let path = document.path.to_string();
    let field = ["scope_statement", "statement", "scope"].iter().find_map(|key| document.head.field(key));
    if let Some((text, at)) = field.and_then(|field| Some((field.value.as_text()?, field.value.at))).filter(|(text, _)| words(text) >= FEW_WORDS) {
        return Some(Said::at(text, Basis::Document, path, at.line));
    }
    let long = || document.passages.iter().filter(|passage| words(&passage.text) >= FEW_WORDS);
    let speaks = |text: &str| ["management system", "scope", "sms"].iter().any(|word| format!(" {} ", plain(text)).contains(&format!(" {word} ")));
    let passage = long().find(|passage| speaks(&passage.text)).or_else(|| long().next())?;
    Some(Said::at(passage.text.trim(), Basis::Document, path, passage.line))
}

pub(super) fn services(inventory: &Inventory<'_>, scope: Option<&Scope>) -> Vec<Service> {
    sure(inventory, "service-catalogue").filter_map(|record| service(inventory, record, scope)).collect()
}

fn service(inventory: &Inventory<'_>, record: &RecordRef<'_>, scope: Option<&Scope>) -> Option<Service> {
    const GONE: [&str; 8] = ["retired", "withdrawn", "removed", "decommissioned", "planned", "pipeline", "proposed", "ended"];
    let id = record.own_id(inventory)?;
    let name = record.text(inventory, "name").unwrap_or(&id).to_owned();
    let place = record.place(inventory, "id");
    let status = said(inventory, record, "status", Basis::Register);
    let live = status.as_ref().is_none_or(|status| !GONE.contains(&plain(&status.value).split(' ').next().unwrap_or_default()));
    Some(Service {
        live,
        in_scope: scope.and_then(|scope| named_in_scope(inventory, scope, &id, &name)),
        owner: said(inventory, record, "owner", Basis::Register),
        delivered_by: said(inventory, record, "delivered_by", Basis::Register),
        parties: Vec::new(),
        id: Said::at(id, Basis::Register, place.path, place.line),
        name,
        status,
    })
}

/// Where the scope names a service: in its list of services, else in its text.
fn named_in_scope(inventory: &Inventory<'_>, scope: &Scope, id: &str, name: &str) -> Option<Said> {
    let listed = scope.services.iter().find(|said| same_thing(&said.value, id) || plain(&said.value) == plain(name));
    if listed.is_some() || !scope.services.is_empty() {
        return listed.cloned();
    }
    let (document, _) = document(inventory)?;
    let names = |text: &str| {
        let text = format!(" {} ", plain(text));
        [id, name].iter().map(|name| plain(name)).any(|name| !name.is_empty() && text.contains(&format!(" {name} ")))
    };
    let passage = document.passages.iter().find(|passage| names(&passage.text))?;
    Some(Said::at(name, Basis::Document, scope.path.clone(), passage.line))
}
