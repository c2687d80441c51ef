//! What stands on the cover of every deliverable: of whom, of which state, by which map, on which day.

use schemars::JsonSchema;
use serde::Serialize;

use crate::assessment::{Assessment, Provenance, Settings};
use crate::vocabulary::count;

/// From so many days on, a reader is told that the state lies behind the day of the assessment.
const BEHIND: i32 = 30;

/// The state that was read, in words: its commit with its day, and how far that lies behind.
pub(super) fn state(provenance: &Provenance) -> String {
    let Some(commit) = &provenance.commit else { return "no commit; a plain folder".to_owned() };
    let day = provenance.committed_on.as_ref().map(|day| format!(" of {day}")).unwrap_or_default();
    let commit = format!("commit {}{day}", commit.get(..12).unwrap_or(commit));
    if provenance.is_judged_earlier() && provenance.uncommitted == 0 {
        return format!("{commit}, judged as of an earlier day");
    }
    match (provenance.uncommitted, provenance.days_behind()) {
        (0, Some(days)) if days > BEHIND => format!("{commit}, {days} days before the as-of day: what was done since then cannot show"),
        (0, _) => commit,
        (number, _) => format!("{commit} with {}", count(number, "uncommitted change", "uncommitted changes")),
    }
}

/// Where nobody names the organization: what the titles of most documents share, for a person to confirm.
fn unnamed(assessment: &Assessment) -> String {
    match &assessment.title_part {
        Some(part) => format!("{} (name to be confirmed)", part.name),
        None => "organization not yet named".to_owned(),
    }
}

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
    /// The state with the folder it is of, where that is not the whole repository. How the folder of a clone is called
    /// says nothing of what is in it.
    pub read: String,
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
        Self {
            organization: settings.organization.clone().unwrap_or_else(|| unnamed(assessment)),
            unit: settings.unit.clone(),
            standard: provenance.framework.clone(),
            root: provenance.root.clone(),
            read: if provenance.root == "." { state(provenance) } else { format!("{}, {}", provenance.root, state(provenance)) },
            commit: provenance.commit.clone(),
            state: state(provenance),
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
