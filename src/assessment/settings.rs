//! What the organization says of itself and of how it wants to be judged. The command line reads it from a file.

use std::collections::BTreeMap;

use globset::GlobMatcher;
use jiff::civil::Date;

use crate::framework::{Effort, Grade};
use crate::vocabulary::{Interval, Place, Spanned};

/// Settings of one assessment.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// Path of the file they come from, relative to the repository's root.
    pub path: Option<String>,
    /// Name of the organization.
    pub organization: Option<String>,
    /// The unit in scope.
    pub unit: Option<String>,
    /// Who holds which role.
    pub roles: Roles,
    /// The organization's own intervals, by kind of documented information.
    pub intervals: BTreeMap<String, Spanned<Interval>>,
    /// Names of fields as the organization writes them: kind, then our field, then theirs.
    pub fields: BTreeMap<String, BTreeMap<String, String>>,
    /// Kinds that are kept in another system.
    pub external: Vec<External>,
    /// When the documents were brought into Git; history up to and including that day proves nothing.
    pub imported_on: Option<Date>,
    /// Grades that the organization sets for rules.
    pub grades: BTreeMap<String, Grade>,
    /// Efforts that the organization sets for rules, or for kinds of documented information to be written.
    pub efforts: BTreeMap<String, Effort>,
    /// Numbers that the organization sets for rules that count.
    pub thresholds: BTreeMap<String, u32>,
    /// Whether statements of assessors in the repository count for nothing, since nobody trusts it.
    pub without_statements: bool,
    /// Gaps that the organization has accepted.
    pub accepted: Vec<Accepted>,
    /// Which file is which documented information.
    pub mappings: Vec<Mapping>,
    /// Files that are no evidence.
    pub not: Vec<Mapping>,
}

/// Who holds which role.
#[derive(Clone, Debug, Default)]
pub struct Roles {
    /// Top management of the organization in scope.
    pub top_management: Vec<String>,
    /// Managers with authority over information security, beside top management.
    pub authorized_managers: Vec<String>,
    /// Internal auditors.
    pub auditors: Vec<String>,
}

/// A kind of documented information that is kept in another system: unverified, never a gap by itself.
#[derive(Clone, Debug)]
pub struct External {
    /// Kind of documented information.
    pub kind: String,
    /// The system.
    pub system: String,
    /// Where in it.
    pub pointer: Option<String>,
    /// Who answers for it.
    pub owner: Option<String>,
    /// When somebody last looked.
    pub last_checked: Option<Date>,
}

/// An accepted gap: it stays in every report, counted apart.
#[derive(Clone, Debug)]
pub struct Accepted {
    /// Rule or requirement.
    pub what: String,
    /// Only findings at this path, where one is given.
    pub path: Option<String>,
    /// Why.
    pub reason: String,
    /// Who accepted it.
    pub owner: String,
    /// Until when.
    pub until: Date,
    /// Where it stands.
    pub at: Place,
}

/// A pattern of paths and what the files are.
#[derive(Clone, Debug)]
pub struct Mapping {
    /// As written.
    pub pattern: String,
    /// Matches paths relative to the root of the assessment.
    pub matcher: GlobMatcher,
    /// Kinds of documented information; none in a list of what is no evidence.
    pub kinds: Vec<String>,
    /// Where it stands.
    pub at: Place,
}
