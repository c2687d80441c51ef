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
    /// Where it is declared.
    #[serde(skip)]
    pub origin: Origin,
}
