//! Relations between records of two kinds: the payloads of [`super::Relation`].

use schemars::JsonSchema;
use serde::Deserialize;

use super::condition::Tests;

/// Each record that a field names passes some tests.
#[derive(Clone, Debug, Deserialize, JsonSchema, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct Linked {
    /// Kind of documented information.
    pub kind: String,
    /// The field that names records.
    pub key: String,
    /// Of which kind they are.
    #[serde(rename = "in")]
    pub there: String,
    /// Which field of theirs it names; their id by default.
    #[serde(default)]
    pub by: Option<String>,
    /// What must hold for each of them.
    #[serde(default)]
    pub then: Tests,
    /// Those of them that are left out.
    #[serde(default)]
    pub unless_there: Tests,
    /// A field of theirs that, where it is filled, must name the record in turn.
    #[serde(default)]
    pub back: Option<String>,
    /// Which records.
    #[serde(default, rename = "where")]
    pub filter: Tests,
    /// Except these.
    #[serde(default)]
    pub unless: Tests,
}

/// Of the records there that belong to a record, one is dated on or after it.
#[derive(Clone, Debug, Deserialize, JsonSchema, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct FollowedBy {
    /// Kind of documented information.
    pub kind: String,
    /// Its date.
    pub date: String,
    /// The other kind.
    #[serde(rename = "in")]
    pub there: String,
    /// The field of the other kind that names the record.
    #[serde(default)]
    pub by: Option<String>,
    /// Or the field of the record that names those of the other kind, or what `by` names.
    #[serde(default)]
    pub key: Option<String>,
    /// The date of the other kind.
    pub date_there: String,
    /// Days that may pass before it is judged.
    #[serde(default)]
    pub days: u32,
    /// Name of the setting in `thresholds` that changes the days.
    #[serde(default)]
    pub threshold: Option<String>,
    /// Every one of them must be, not only one.
    #[serde(default)]
    pub each: bool,
    /// Where Git shows that the document's content did not change since, there is nothing to follow.
    #[serde(default)]
    pub if_content_changed: bool,
    /// Which records of the other kind count.
    #[serde(default)]
    pub where_there: Tests,
    /// Which records.
    #[serde(default, rename = "where")]
    pub filter: Tests,
    /// Except these.
    #[serde(default)]
    pub unless: Tests,
}

/// No record there that names a record is dated after it.
#[derive(Clone, Debug, Deserialize, JsonSchema, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct NoneAfter {
    /// Kind of documented information.
    pub kind: String,
    /// Its date.
    pub date: String,
    /// The other kind.
    #[serde(rename = "in")]
    pub there: String,
    /// The field of the other kind that names the record.
    pub by: String,
    /// The date of the other kind.
    pub date_there: String,
    /// Which records of the other kind count.
    #[serde(default)]
    pub where_there: Tests,
    /// Which records.
    #[serde(default, rename = "where")]
    pub filter: Tests,
    /// Except these.
    #[serde(default)]
    pub unless: Tests,
}

/// A number is the number of records there that name the record.
#[derive(Clone, Debug, Deserialize, JsonSchema, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct Counted {
    /// Kind of documented information.
    pub kind: String,
    /// The field with the number.
    pub field: String,
    /// The other kind.
    #[serde(rename = "in")]
    pub there: String,
    /// The field of the other kind that names the record.
    pub by: String,
    /// Which records of the other kind count.
    #[serde(default)]
    pub where_there: Tests,
    /// Which records.
    #[serde(default, rename = "where")]
    pub filter: Tests,
    /// Except these.
    #[serde(default)]
    pub unless: Tests,
}

/// A person is not among those who answer for what was looked at.
#[derive(Clone, Debug, Deserialize, JsonSchema, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct NotOwnWork {
    /// Kind of documented information.
    pub kind: String,
    /// The person.
    pub field: String,
    /// The field that names what was looked at.
    pub key: String,
    /// Kind in which that is described.
    #[serde(rename = "in")]
    pub there: String,
    /// Which field there is named; the id by default.
    #[serde(default)]
    pub by: Option<String>,
    /// The fields there that name people.
    pub others: Vec<String>,
    /// Which records.
    #[serde(default, rename = "where")]
    pub filter: Tests,
    /// Except these.
    #[serde(default)]
    pub unless: Tests,
}

/// A figure agrees with that of another kind.
#[derive(Clone, Debug, Deserialize, JsonSchema, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct Targets {
    /// Kind of documented information.
    pub kind: String,
    /// The field that says for what the figure holds.
    pub key: String,
    /// The other kind.
    #[serde(rename = "in")]
    pub there: String,
    /// The field there that says for what its figures hold.
    pub by: String,
    /// A word of the measure.
    pub measure: String,
    /// How they must agree.
    pub must: Must,
    /// Which records.
    #[serde(default, rename = "where")]
    pub filter: Tests,
    /// Except these.
    #[serde(default)]
    pub unless: Tests,
}

/// How two figures must agree.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum Must {
    /// They are the same.
    Equal,
    /// The first is not below the second.
    NotBelow,
}

/// The first record is not dated before the first one there.
#[derive(Clone, Debug, Deserialize, JsonSchema, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct FirstNotBefore {
    /// Kind of documented information.
    pub kind: String,
    /// Its date.
    pub date: String,
    /// The other kind.
    #[serde(rename = "in")]
    pub there: String,
    /// The date of the other kind.
    pub date_there: String,
}
