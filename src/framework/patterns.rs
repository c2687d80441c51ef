//! Relations over many records of one kind, over lists and over texts: the payloads of [`super::Relation`].

use schemars::JsonSchema;
use serde::Deserialize;

use super::condition::Tests;

/// Records that are alike in some fields do not come in clusters.
#[derive(Clone, Debug, Deserialize, JsonSchema, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct Clustered {
    /// Kind of documented information.
    pub kind: String,
    /// The fields in which they are alike.
    pub same: Vec<String>,
    /// Their date.
    pub date: String,
    /// How many make a cluster.
    pub number: u32,
    /// Within how many days.
    pub days: u32,
    /// Name of the setting in `thresholds` that changes the number.
    #[serde(default)]
    pub threshold: Option<String>,
    /// Records that one of another kind names are left out.
    #[serde(default)]
    pub unless_named_by: Option<super::relation::Listed>,
    /// Which records.
    #[serde(default, rename = "where")]
    pub filter: Tests,
    /// Except these.
    #[serde(default)]
    pub unless: Tests,
}

/// Records do not share the same times of day in all of some fields.
#[derive(Clone, Debug, Deserialize, JsonSchema, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct NotAlike {
    /// Kind of documented information.
    pub kind: String,
    /// The fields.
    pub fields: Vec<String>,
    /// How many records alike are too many.
    pub number: u32,
    /// Which records.
    #[serde(default, rename = "where")]
    pub filter: Tests,
    /// Except these.
    #[serde(default)]
    pub unless: Tests,
}

/// A value is the one that a table gives for two others.
#[derive(Clone, Debug, Deserialize, JsonSchema, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct Matrix {
    /// Kind of documented information.
    pub kind: String,
    /// The field of the table's rows.
    pub row: String,
    /// The field of the table's columns.
    pub column: String,
    /// The field of its cells.
    pub value: String,
    /// Kind of document that holds the table.
    #[serde(rename = "in")]
    pub there: String,
    /// Which records.
    #[serde(default, rename = "where")]
    pub filter: Tests,
    /// Except these.
    #[serde(default)]
    pub unless: Tests,
}

/// At least one record passes, where there is something that asks for it.
#[derive(Clone, Debug, Deserialize, JsonSchema, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct AnyRecord {
    /// Kind of documented information.
    pub kind: String,
    /// What one record must be.
    #[serde(rename = "where")]
    pub filter: Tests,
    /// What asks for it.
    pub given: Given,
}

/// Records that ask for others.
#[derive(Clone, Debug, Deserialize, JsonSchema, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct Given {
    /// Kind of documented information.
    pub kind: String,
    /// Which records.
    #[serde(default, rename = "where")]
    pub filter: Tests,
}

/// Of some lists, not so many consist wholly of records that pass.
#[derive(Clone, Debug, Deserialize, JsonSchema, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct NotEvery {
    /// The lists.
    pub lists: Vec<Whole>,
    /// From so many on.
    pub from: u32,
    /// Up to so many.
    pub to: u32,
}

/// A list that may consist wholly of records that pass.
#[derive(Clone, Debug, Deserialize, JsonSchema, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct Whole {
    /// Kind of documented information.
    pub kind: String,
    /// What each record would be.
    #[serde(rename = "where")]
    pub filter: Tests,
    /// Name of the list for people.
    pub label: String,
}

/// Together, fields name every sub-clause that holds a requirement, or every member of a list.
#[derive(Clone, Debug, Deserialize, JsonSchema, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct CoversAll {
    /// Kinds of documented information, the first one that has the field counts: its newest document.
    pub kinds: Vec<String>,
    /// The field.
    pub field: String,
    /// The list; without one, the sub-clauses.
    #[serde(default)]
    pub of: Option<super::relation::Listed>,
    /// Records of another kind that tell what came of one, and the field in which they name it: where there is one, it
    /// counts with what it says itself, and so does one that names none.
    #[serde(default)]
    pub held: Option<super::relation::Listed>,
}

/// A record is not dated before the end of the period that it is about, once that is over. Periods stand in the field
/// `period`.
#[derive(Clone, Debug, Deserialize, JsonSchema, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct AfterPeriod {
    /// Kinds of documented information.
    pub kinds: Vec<String>,
    /// The date.
    pub date: String,
    /// So many days before the end are let pass.
    #[serde(default)]
    pub days: u32,
}

/// What a register says of documents is what they say themselves. Asked only of documents that were approved no later
/// than the register: what was approved since is entered when the register is approved again.
#[derive(Clone, Debug, Deserialize, JsonSchema, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct DescribesDocuments {
    /// Kind of the register.
    pub kind: String,
    /// The field that holds the id of the document.
    pub key: String,
    /// Fields that have the same name in the head of a document.
    pub compare: Vec<String>,
}

/// In tables with some columns, no cell of theirs is empty.
#[derive(Clone, Debug, Deserialize, JsonSchema, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct FilledColumns {
    /// Kind of document.
    pub kind: String,
    /// The columns, each by its usual names. A table counts that has all of them.
    pub columns: Vec<Vec<String>>,
    /// Those whose cells hold a number.
    #[serde(default)]
    pub numbers: Vec<Vec<String>>,
}

/// People of a field hold a role that the configuration gives.
#[derive(Clone, Debug, Deserialize, JsonSchema, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct HeldBy {
    /// Kind of documented information.
    pub kind: String,
    /// The fields.
    pub fields: Vec<String>,
    /// The role.
    pub role: ConfiguredRole,
    /// All of them must; else one is enough.
    #[serde(default)]
    pub all: bool,
    /// Which records.
    #[serde(default, rename = "where")]
    pub filter: Tests,
    /// Except these.
    #[serde(default)]
    pub unless: Tests,
}

/// A role that the configuration gives to people.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum ConfiguredRole {
    /// Top management of the organization in scope.
    TopManagement,
    /// Managers with authority over information security, or top management.
    AuthorizedManagers,
    /// Internal auditors.
    Auditors,
}

/// What one record of a series decides, a later one takes up.
#[derive(Clone, Debug, Deserialize, JsonSchema, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct TakenUp {
    /// Kind of documented information.
    pub kind: String,
    /// Its date.
    pub date: String,
    /// The field whose ids must stand in a later record.
    pub field: String,
}

/// Each part of a field holds something.
#[derive(Clone, Debug, Deserialize, JsonSchema, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct EachPart {
    /// Kind of documented information.
    pub kind: String,
    /// The field.
    pub field: String,
    /// What each part holds.
    pub holds: Vec<Holds>,
    /// Which records.
    #[serde(default, rename = "where")]
    pub filter: Tests,
    /// Except these.
    #[serde(default)]
    pub unless: Tests,
}

/// What a part of a text can hold.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum Holds {
    /// A day or a period.
    Date,
    /// A person or a post.
    Person,
}

impl Holds {
    /// For people.
    pub fn words(self) -> &'static str {
        match self {
            Self::Date => "date",
            Self::Person => "person",
        }
    }
}

/// Designations of standards and laws in a text stand in a list.
#[derive(Clone, Debug, Deserialize, JsonSchema, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct CitesListed {
    /// Kinds of documents.
    pub kinds: Vec<String>,
    /// Kind of the list.
    #[serde(rename = "in")]
    pub there: String,
    /// Its field.
    pub by: String,
}

/// No sentence leaves out a clause or a process.
#[derive(Clone, Debug, Deserialize, JsonSchema, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct ExcludesNothing {
    /// Kind of document.
    pub kind: String,
    /// Words by which things are left out.
    pub words: Vec<String>,
}

/// A row that calls a clause not triggered is not refuted by the registers.
#[derive(Clone, Debug, Deserialize, JsonSchema, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct NotTriggeredHolds {
    /// Kind of documented information.
    pub kind: String,
    /// The field with the clause.
    pub clause: String,
    /// Which rows.
    #[serde(rename = "where")]
    pub filter: Tests,
}

/// People: not one and the same in all fields.
#[derive(Clone, Debug, Deserialize, JsonSchema, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct NotAllSame {
    /// Kind of documented information.
    pub kind: String,
    /// The fields.
    pub fields: Vec<String>,
    /// Which records.
    #[serde(default, rename = "where")]
    pub filter: Tests,
    /// Except these.
    #[serde(default)]
    pub unless: Tests,
}
