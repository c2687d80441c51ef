//! The processes of the organization, held against those that the clause map knows.

use std::collections::HashMap;

use serde::Serialize;

use super::person;
use crate::assessment::inventory::Inventory;
use crate::assessment::records::RecordRef;
use crate::documents::ControlField;
use crate::framework::{Form, Framework, Process};
use crate::vocabulary::plain;

/// A process of the organization.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, schemars::JsonSchema, Serialize)]
pub struct ProcessView {
    /// Its id in the clause map; none where the map knows no such process.
    pub process: Option<String>,
    /// Its id in the organization's register.
    pub id: Option<String>,
    /// Its name, as the organization writes it.
    pub name: String,
    /// Its owner, where one is named.
    pub owner: Option<String>,
    /// Its sub-clauses.
    pub clauses: Vec<String>,
    /// Where it stands.
    pub path: String,
    /// Line.
    pub line: u32,
}

/// Every process that the register names, and every described process that it does not name.
pub(in crate::assessment) fn process_views(inventory: &Inventory<'_>) -> Vec<ProcessView> {
    let known: &[Process] = inventory.framework.audits.as_ref().map(|audits| audits.processes.as_slice()).unwrap_or_default();
    let mut views: Vec<ProcessView> = Vec::new();
    for entry in &inventory.holding("process-register").records {
        let Some(name) = entry.text(inventory, "process") else { continue };
        let process =
            inventory.processes_by_name.process(inventory.framework, name).or_else(|| known.iter().find(|process| described_in(inventory, process, entry)));
        views.push(ProcessView {
            process: process.map(|process| process.id.clone()),
            id: entry.text(inventory, "id").map(str::to_owned),
            name: name.to_owned(),
            owner: entry.text(inventory, "owner").map(str::to_owned),
            clauses: process.map(|process| process.clauses.clone()).unwrap_or_default(),
            path: entry.document.path.to_string(),
            line: entry.record.at.line.max(1),
        });
    }
    for process in known {
        let is_process = inventory.kind(&process.kind).is_some_and(|kind| kind.form == Form::Document);
        if !is_process || views.iter().any(|view| view.process.as_deref() == Some(&process.id)) {
            continue;
        }
        for reference in &inventory.holding(&process.kind).documents {
            let document = reference.document;
            let owner = person(document, ControlField::Owner);
            views.push(ProcessView {
                process: Some(process.id.clone()),
                id: None,
                name: document.head.field("process").and_then(|field| field.value.as_text()).unwrap_or(&process.title).to_owned(),
                clauses: process.clauses.clone(),
                path: document.path.to_string(),
                line: owner.as_ref().map_or(1, |(_, line)| *line),
                owner: owner.map(|(name, _)| name),
            });
        }
    }
    views
}

/// What processes are called: by their titles and ids, and by the names that vocabularies have for their descriptions.
#[derive(Clone, Debug, Default)]
pub(in crate::assessment) struct ProcessesByName {
    /// By a name in plain words, the place of the process among those of the clause map.
    by_name: HashMap<String, usize>,
}

impl ProcessesByName {
    /// The names of all processes of a map; a name that two of them bear is the first one's.
    pub(in crate::assessment) fn new(framework: &Framework) -> Self {
        let mut by_name = HashMap::new();
        for (index, process) in framework.audits.iter().flat_map(|audits| &audits.processes).enumerate() {
            let names = framework.kinds.get(&process.kind).map(|kind| kind.recognised_by.names.as_slice()).unwrap_or_default();
            let mut add = |name: String| _ = by_name.entry(name).or_insert(index);
            add(process.id.replace('-', " "));
            for name in names.iter().chain([&process.title]).map(|name| plain(name)) {
                // "Incident management" and "incident management process" are one.
                if let Some(short) = name.strip_suffix(" process") {
                    add(short.to_owned());
                }
                add(format!("{name} process"));
                add(name);
            }
        }
        Self { by_name }
    }

    /// The process that bears a name.
    pub(super) fn process<'map>(&self, framework: &'map Framework, name: &str) -> Option<&'map Process> {
        let index = self.by_name.get(&plain(name))?;
        framework.audits.as_ref()?.processes.get(*index)
    }
}

/// Whether a register's entry points at a document that describes the process.
fn described_in(inventory: &Inventory<'_>, process: &Process, entry: &RecordRef<'_>) -> bool {
    let Some(text) = entry.text(inventory, "description") else { return false };
    let file = |path: String| path.rsplit('/').next().map(str::to_owned).unwrap_or_default();
    inventory.holding(&process.kind).documents.iter().any(|reference| text.contains(&file(reference.document.path.to_string())))
}
