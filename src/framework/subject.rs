//! Subjects: what documents are about, before it is asked which kind of documented information they are.

use schemars::JsonSchema;
use serde::Deserialize;

use super::clause::Origin;

/// The file `subjects.yaml`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Subjects {
    /// Every subject; each kind of documented information belongs to one.
    pub subjects: Vec<Subject>,
}

/// What documents can be about: a process, a topic of the management system.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Subject {
    /// Id, as in the vocabularies.
    pub id: String,
    /// Name for people.
    pub title: String,
    /// The lowest sub-clauses that a document about it is evidence for, best first.
    pub clauses: Vec<String>,
    /// Its kinds of documented information; the first is taken where nothing tells more.
    pub kinds: Vec<String>,
    /// What it is where most of a repository is about something narrower.
    #[serde(default)]
    pub among: Option<Among>,
    /// Subjects of which documents often hold a part of what this one asks for, under another name.
    #[serde(default)]
    pub near: Vec<String>,
    /// Whether its documents are opened when something has happened and there is no time to look for others.
    #[serde(default)]
    pub in_need: bool,
    /// Whether its words stand in documents of all kinds: where neither title nor columns name it, more must speak for it.
    #[serde(default)]
    pub broad: bool,
    /// Where it is declared.
    #[serde(skip)]
    pub origin: Origin,
}

/// "Incident response in a repository of security policies is that to security incidents": what a document about a subject
/// is first of all, where most documents of its repository, and something in itself, are about one clause.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Among {
    /// The clause that most documents are about, with all its sub-clauses.
    pub clause: String,
    /// What the document then is first of all; the subject's own kinds stay possible.
    pub kinds: Vec<String>,
}

/// Whether a sub-clause's number is below a clause's: 8.7.3.1 is within 8.7.3.
pub(crate) fn is_within(number: &str, clause: &str) -> bool {
    number.strip_prefix(clause).is_some_and(|rest| rest.starts_with('.'))
}
