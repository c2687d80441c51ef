//! What stands on the cover of every deliverable: of whom, of which state, by which map, on which day.

use schemars::JsonSchema;
use serde::Serialize;

use crate::assessment::{Assessment, Settings};
use crate::vocabulary::count;

/// The facts of a cover.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Cover {
    /// Name of the organization, or words that say that nobody named it.
    pub organization: String,
    /// The unit in scope, where the configuration names it.
    pub unit: Option<String>,
    /// The standard and its edition.
    pub standard: String,
    /// The folder that was read, from the repository's root.
    pub root: String,
    /// The same for people: the name of the repository's folder where that is the root.
    pub folder: String,
    /// The commit in full.
    pub commit: Option<String>,
    /// The state in words: "commit abc1234 with 2 uncommitted changes".
    pub state: String,
    /// The day of the assessment.
    pub as_of: String,
    /// Version of the clause map.
    pub map_version: String,
    /// The program and its version.
    pub tool: String,
    /// Whether something was not checked.
    pub partial: bool,
}

impl Cover {
    /// The cover of an assessment.
    pub fn new(assessment: &Assessment, settings: &Settings) -> Self {
        let provenance = &assessment.provenance;
        let short = |commit: &str| commit.get(..12).unwrap_or(commit).to_owned();
        let state = match (&provenance.commit, provenance.uncommitted) {
            (None, _) => "no commit; a plain folder".to_owned(),
            (Some(commit), 0) => format!("commit {}", short(commit)),
            (Some(commit), number) => format!("commit {} with {}", short(commit), count(number, "uncommitted change", "uncommitted changes")),
        };
        Self {
            organization: settings.organization.clone().unwrap_or_else(|| "organization not yet named".to_owned()),
            unit: settings.unit.clone(),
            standard: provenance.framework.clone(),
            root: provenance.root.clone(),
            folder: provenance.folder.clone().filter(|_| provenance.root == ".").unwrap_or_else(|| provenance.root.clone()),
            commit: provenance.commit.clone(),
            state,
            as_of: provenance.as_of.clone(),
            map_version: provenance.map_version.clone(),
            tool: format!("{} {}", provenance.tool, provenance.version),
            partial: provenance.partial,
        }
    }

    /// What the hidden sheet of a workbook says of where it comes from.
    pub(super) fn meta(&self, schema: &str) -> Vec<(String, String)> {
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        vec![
            pair("schema", schema),
            pair("standard", &self.standard),
            pair("map_version", &self.map_version),
            pair("commit", self.commit.as_deref().unwrap_or("none")),
            pair("as_of", &self.as_of),
            pair("tool", &self.tool),
        ]
    }
}
