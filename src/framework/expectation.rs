//! What documents can show of a requirement: a closed set of expectations.

use schemars::JsonSchema;
use serde::Deserialize;

use super::condition::Tests;
use super::patterns::Given;
use super::rule::Grade;

/// One thing that documents can show. How each is verified stands in the assessment, one file for each.
#[derive(Clone, Debug, Deserialize, JsonSchema, PartialEq)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Expectation {
    /// A document or register of the kind is there and has content.
    Exists(String),
    /// There is at least one record or entry.
    Records {
        /// Kind of documented information.
        kind: String,
        /// Which records count.
        #[serde(default, rename = "where")]
        filter: Tests,
        /// How many are wanted.
        #[serde(default = "one")]
        at_least: u32,
    },
    /// Every record or entry has these fields filled.
    Complete {
        /// Kind of documented information.
        kind: String,
        /// The fields.
        fields: Vec<String>,
        /// Of which records this is asked.
        #[serde(default)]
        when: Tests,
        /// Grade of a finding, where it is another than the rule's.
        #[serde(default)]
        grade: Option<Grade>,
    },
    /// A document has a section or passage on a topic.
    Covers {
        /// Kind of documented information.
        kind: String,
        /// Section declared in that kind.
        section: String,
        /// Of which documents this is asked, by the fields of their heads.
        #[serde(default)]
        when: Tests,
    },
    /// Document control data are there (7.5.2).
    Controlled {
        /// A kind, or `all`.
        kind: String,
        /// Names of the control data.
        control: Vec<String>,
    },
    /// Approved, not a draft, not in the future.
    Approved {
        /// Kind of documented information.
        kind: String,
        /// By whom.
        #[serde(default)]
        by: Option<ApprovedBy>,
    },
    /// Its own next review has not passed.
    Reviewed {
        /// Kind of documented information.
        kind: String,
    },
    /// Records come at the organization's own interval.
    Regular {
        /// Kind of documented information.
        kind: String,
        /// A field, for each of whose values the interval holds by itself.
        #[serde(default)]
        per: Option<String>,
        /// The records for each of which it holds, whether or not anything names them yet; others are left out.
        #[serde(default)]
        for_each: Option<Given>,
    },
    /// A measure is named and its target is a number.
    Measured {
        /// Kind of documented information.
        kind: String,
        /// Field that names the measure.
        measure: String,
        /// Field that holds the target.
        target: String,
        /// Field that holds the measured value.
        #[serde(default)]
        value: Option<String>,
    },
    /// Somebody is named for something.
    Responsibility {
        /// Kind of documented information.
        kind: String,
        /// Terms of an entry or passage that speaks of it.
        #[serde(default)]
        terms: Vec<String>,
        /// Or the field that must name somebody.
        #[serde(default)]
        field: Option<String>,
    },
    /// The body was not changed after its approval (Git).
    Unchanged {
        /// A kind, or `all`.
        kind: String,
    },
    /// Records were not altered after they were closed (Git).
    Unaltered {
        /// A kind, or `all`.
        kind: String,
    },
    /// Links and references lead somewhere.
    Resolves {
        /// A kind, or `all`.
        kind: String,
        /// Only the references of this field.
        #[serde(default)]
        field: Option<String>,
    },
    /// A relation between records or documents, declared as a rule.
    Rule(String),
}

fn one() -> u32 {
    1
}

/// Whose approval is expected.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub enum ApprovedBy {
    /// Somebody of the list `roles.top_management`.
    TopManagement,
    /// Somebody of `roles.authorized_managers` or of top management.
    AuthorizedManagers,
}

impl Expectation {
    /// The kind it speaks of; none for `all` and for rules.
    pub fn kind(&self) -> Option<&str> {
        let kind = match self {
            Self::Exists(kind)
            | Self::Records { kind, .. }
            | Self::Complete { kind, .. }
            | Self::Covers { kind, .. }
            | Self::Controlled { kind, .. }
            | Self::Approved { kind, .. }
            | Self::Reviewed { kind }
            | Self::Regular { kind, .. }
            | Self::Measured { kind, .. }
            | Self::Responsibility { kind, .. }
            | Self::Unchanged { kind }
            | Self::Unaltered { kind }
            | Self::Resolves { kind, .. } => kind.as_str(),
            Self::Rule(_) => return None,
        };
        (kind != "all").then_some(kind)
    }
}
