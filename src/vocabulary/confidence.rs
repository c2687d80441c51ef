//! How sure something is that is said.

use serde::Serialize;

/// How sure an outcome is. Never a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, schemars::JsonSchema, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Confidence {
    /// A heading or keyword matched, or the document was only inferred.
    Low,
    /// Rests on a declared mapping.
    Medium,
    /// Computed from structured fields and Git.
    High,
}

impl Confidence {
    /// The word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
        }
    }
}
