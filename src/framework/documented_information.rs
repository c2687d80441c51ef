//! Kinds of documented information: every document, register and record that the expectations speak of.

use schemars::JsonSchema;
use serde::Deserialize;

use super::clause::Origin;
use super::rule::Grade;

/// A kind of documented information, declared once and used by many requirements.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DocumentedInformation {
    /// Id, equal to the file's name.
    pub id: String,
    /// Name for people.
    pub title: String,
    /// Whether it is prose, a register of entries, or records of events.
    pub form: Form,
    /// The word people use for it.
    pub sort: Sort,
    /// A more general kind that this one also counts as.
    #[serde(default)]
    pub is_a: Option<String>,
    /// What it is and in which form it comes.
    pub about: String,
    /// Where the 2018 edition demands it; without this it is merely usual and its absence is never a gap.
    #[serde(default)]
    pub demanded: Option<Demand>,
    /// Said to be mandatory elsewhere although the 2018 edition does not demand it: where that comes from.
    #[serde(default)]
    pub claimed_elsewhere: Option<String>,
    /// Whether the standard asks for planned intervals; the organization sets them.
    #[serde(default)]
    pub interval: Option<IntervalSetter>,
    /// Effort to write it.
    pub effort: Effort,
    /// Kinds on which it builds: where they are missing too, they come first.
    #[serde(default)]
    pub after: Vec<String>,
    /// Other kinds in which it is often written: where it is missing, they are what to look at first.
    #[serde(default)]
    pub often_in: Vec<String>,
    /// Whether each document of the kind must hold all its sections, or all of them together.
    #[serde(default)]
    pub judged: Judged,
    /// How it is recognised: what the vocabularies say of it.
    #[serde(skip)]
    pub recognised_by: Recognition,
    /// The field that dates a record.
    #[serde(default)]
    pub dated_by: Option<String>,
    /// Whether its records are sittings or issues in a row: what one left out the next may take up.
    #[serde(default)]
    pub in_a_row: bool,
    /// The field that says when a record was closed.
    #[serde(default)]
    pub closed_by: Option<String>,
    /// Fields of a record, of a register's entry, or of a document's head.
    #[serde(default)]
    pub fields: Vec<Field>,
    /// Sections or topics of a document.
    #[serde(default)]
    pub sections: Vec<SectionKind>,
    /// Fields in which its entries say what is done and how often: a plan of other records.
    #[serde(default)]
    pub says_how_often: Option<HowOften>,
    /// Columns of the tables in which it says who is to do what until when, where it decides anything.
    #[serde(default)]
    pub decisions: Option<DecisionColumns>,
    /// Where it is declared.
    #[serde(skip)]
    pub origin: Origin,
}

impl DocumentedInformation {
    /// A declared field.
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// A declared section.
    pub fn section(&self, id: &str) -> Option<&SectionKind> {
        self.sections.iter().find(|section| section.id == id)
    }
}

/// Fields of a register whose entries plan what is done at intervals.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HowOften {
    /// What is done: the name of a report, of a review.
    pub of: String,
    /// How often, in the organization's words.
    pub how_often: String,
}

/// Names of the columns of a table of decisions.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DecisionColumns {
    /// What was decided.
    pub what: Vec<String>,
    /// Who is to do it.
    pub who: Vec<String>,
    /// Until when.
    pub until: Vec<String>,
}

/// Whether a kind is prose, a register or records.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub enum Form {
    /// Prose that is kept up.
    Document,
    /// A list of entries that is kept up.
    Register,
    /// One event each, kept as evidence.
    Record,
}

/// The word people use for a kind.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema, PartialEq, Eq, PartialOrd, Ord)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the words explain themselves")]
pub enum Sort {
    Policy,
    Plan,
    Process,
    Procedure,
    Agreement,
    Catalogue,
    Register,
    Record,
    Report,
}

/// A demand of the 2018 edition.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Demand {
    /// Ids of the requirements that demand it.
    pub by: Vec<String>,
    /// Proposed grade of the finding where there is none.
    pub if_absent: Grade,
    /// What to do where there is none: the next step, in the imperative. A record cannot be written after the fact, so
    /// that of a record is to do what it tells of.
    pub remedy: String,
    /// A remark.
    #[serde(default)]
    pub note: Option<String>,
}

/// Who sets an interval.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub enum IntervalSetter {
    /// The organization; the standard only asks for planned intervals.
    Organization,
}

/// Effort: S, M or L.
#[derive(Clone, Copy, Debug, Deserialize, serde::Serialize, JsonSchema, PartialEq, Eq, PartialOrd, Ord)]
pub enum Effort {
    /// Hours.
    S,
    /// Days.
    M,
    /// Weeks.
    L,
}

impl Effort {
    /// The letter.
    pub fn letter(self) -> &'static str {
        match self {
            Self::S => "S",
            Self::M => "M",
            Self::L => "L",
        }
    }

    /// What it stands for.
    pub fn words(self) -> &'static str {
        match self {
            Self::S => "hours",
            Self::M => "days",
            Self::L => "weeks",
        }
    }

    /// One size less: what is there and lacks a part takes less than what is to be written.
    #[must_use]
    pub fn smaller(self) -> Self {
        match self {
            Self::S | Self::M => Self::S,
            Self::L => Self::M,
        }
    }
}

/// How several documents of one kind are judged.
#[derive(Clone, Copy, Debug, Default, Deserialize, JsonSchema, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub enum Judged {
    /// What one says counts for all.
    #[default]
    Together,
    /// Each must hold all that is asked.
    Each,
}

/// Names and terms by which a kind is recognised, of all languages.
#[derive(Clone, Debug, Default)]
pub struct Recognition {
    /// Phrases that stand as a document's title or file name.
    pub names: Vec<String>,
    /// Telling phrases of its body.
    pub terms: Vec<String>,
    /// How policies and plans speak of doing it.
    pub promised_as: Vec<String>,
}

/// A field of a record, an entry or a document's head.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// Our name for it.
    pub name: String,
    /// What its values are.
    #[serde(default, rename = "type")]
    pub kind: FieldType,
    /// For references: the kind of documented information they name.
    #[serde(default)]
    pub of: Option<String>,
    /// For choices: the values.
    #[serde(default)]
    pub values: Vec<String>,
    /// Other names people give it.
    #[serde(default)]
    pub also: Vec<String>,
}

/// What the values of a field are.
#[derive(Clone, Copy, Debug, Default, Deserialize, JsonSchema, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum FieldType {
    /// Any text.
    #[default]
    Text,
    /// A calendar date.
    Date,
    /// A number.
    Number,
    /// A person or a post.
    Person,
    /// Several texts.
    List,
    /// Yes or no.
    YesNo,
    /// One of `values`.
    Choice,
    /// The id or name of one thing of the kind `of`.
    Reference,
    /// Several of them.
    References,
}

/// A section or topic of a document.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SectionKind {
    /// Id within the kind.
    pub id: String,
    /// Name for people.
    pub title: String,
    /// Words of headings or passages about it, of all languages.
    #[serde(skip)]
    pub terms: Vec<String>,
}
