//! Rules: faults by name, with their grade, and the relation whose breach they report.

use schemars::JsonSchema;
use serde::Deserialize;

use super::clause::Origin;
use super::condition::Tests;

/// Proposed grade of a finding, gravest first. An auditor decides.
#[derive(Clone, Copy, Debug, Deserialize, serde::Serialize, JsonSchema, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[serde(rename_all = "kebab-case")]
pub enum Grade {
    /// Affects what the system can achieve.
    Major,
    /// A requirement is not met, the system as such still works.
    Minor,
    /// No requirement is breached.
    Observation,
    /// Something could be better.
    Opportunity,
}

impl Grade {
    /// All grades, gravest first.
    pub const ALL: [Self; 4] = [Self::Major, Self::Minor, Self::Observation, Self::Opportunity];

    /// The word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Major => "major",
            Self::Minor => "minor",
            Self::Observation => "observation",
            Self::Opportunity => "opportunity",
        }
    }
}

/// A fault by name.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Id, equal to the file's name; names the fault and reads well in "ignore RULE".
    pub id: String,
    /// The fault in one sentence.
    pub fault: String,
    /// Proposed grade.
    pub grade: Grade,
    /// The relation whose breach it reports.
    #[serde(default)]
    pub relation: Option<Relation>,
    /// Or the check of the program that reports it.
    #[serde(default)]
    pub built_in: Option<BuiltIn>,
    /// For built-in checks that no requirement names: the requirements they speak to.
    #[serde(default)]
    pub requirements: Vec<String>,
    /// What is looked for.
    pub looks_for: String,
    /// Why an auditor asks.
    pub why: String,
    /// What settles it.
    pub satisfied_by: String,
    /// What it cannot see.
    pub cannot_see: String,
    /// What to do about it, where that is another thing than the check would say.
    #[serde(default)]
    pub remedy: Option<String>,
    /// Whether a breach speaks against the requirement; without a word, the kind of relation decides.
    #[serde(default)]
    pub contradicts: Option<bool>,
    /// `no` where the standard does not demand what the rule looks for.
    #[serde(default = "yes")]
    pub mandated: bool,
    /// Number of the domain's own list of rules, where it has one.
    #[serde(default)]
    pub judgement_rule: Option<String>,
    /// Where it is declared.
    #[serde(skip)]
    pub origin: Origin,
}

fn yes() -> bool {
    true
}

/// Checks that are part of the program; each has exactly one rule that names its fault.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the rule of each in the clause map says what it is")]
pub enum BuiltIn {
    Absent,
    Incomplete,
    NotCovered,
    NotControlled,
    NotApproved,
    WrongApprover,
    ApprovedInFuture,
    ReviewOverdue,
    IntervalMissed,
    NoInterval,
    NotMeasured,
    NotAssigned,
    ChangedAfterApproval,
    AlteredAfterClosure,
    BrokenReference,
    Placeholder,
    DuplicateId,
    ControlDisagrees,
    Unreadable,
    Uncommitted,
    BadDate,
    BadValue,
    UnknownKind,
    UnknownClause,
    EmptyDocument,
    UnsafeName,
    HiddenCharacters,
    LinkNotFollowed,
    MappingWithoutMatch,
    AcceptanceExpired,
    AcceptanceUnmatched,
}

impl BuiltIn {
    /// Every check of the program.
    pub const ALL: [Self; 31] = [
        Self::Absent,
        Self::Incomplete,
        Self::NotCovered,
        Self::NotControlled,
        Self::NotApproved,
        Self::WrongApprover,
        Self::ApprovedInFuture,
        Self::ReviewOverdue,
        Self::IntervalMissed,
        Self::NoInterval,
        Self::NotMeasured,
        Self::NotAssigned,
        Self::ChangedAfterApproval,
        Self::AlteredAfterClosure,
        Self::BrokenReference,
        Self::Placeholder,
        Self::DuplicateId,
        Self::ControlDisagrees,
        Self::Unreadable,
        Self::Uncommitted,
        Self::BadDate,
        Self::BadValue,
        Self::UnknownKind,
        Self::UnknownClause,
        Self::EmptyDocument,
        Self::UnsafeName,
        Self::HiddenCharacters,
        Self::LinkNotFollowed,
        Self::MappingWithoutMatch,
        Self::AcceptanceExpired,
        Self::AcceptanceUnmatched,
    ];
}

/// Relations between fields, records and lists: a closed set, so that a finding points at the field at fault.
#[derive(Clone, Debug, Deserialize, JsonSchema, PartialEq)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Relation {
    /// Dates, where present, stand in this order; equal days are in order.
    Ordered {
        /// Kind of documented information.
        kind: String,
        /// The dates.
        fields: Vec<String>,
        /// Which records.
        #[serde(default, rename = "where")]
        filter: Tests,
        /// Except these.
        #[serde(default)]
        unless: Tests,
    },
    /// The second date is at most so many days after the first.
    WithinDays {
        /// Kind of documented information.
        kind: String,
        /// First date.
        from: String,
        /// Second date.
        to: String,
        /// Days.
        days: u32,
        /// Which records.
        #[serde(default, rename = "where")]
        filter: Tests,
        /// Except these.
        #[serde(default)]
        unless: Tests,
    },
    /// All these fields are filled.
    Present {
        /// Kind of documented information.
        kind: String,
        /// The fields.
        fields: Vec<String>,
        /// Which records.
        #[serde(default, rename = "where")]
        filter: Tests,
        /// Except these.
        #[serde(default)]
        unless: Tests,
    },
    /// At least one of these fields is filled.
    AnyPresent {
        /// Kind of documented information.
        kind: String,
        /// The fields.
        fields: Vec<String>,
        /// Which records.
        #[serde(default, rename = "where")]
        filter: Tests,
        /// Except these.
        #[serde(default)]
        unless: Tests,
    },
    /// For each record there is one of another kind that names it.
    Counterpart {
        /// Kind of documented information.
        kind: String,
        /// Which records.
        #[serde(default, rename = "where")]
        filter: Tests,
        /// Except these.
        #[serde(default)]
        unless: Tests,
        /// The other kind.
        #[serde(rename = "in")]
        there: String,
        /// The field of the other kind that names the record.
        by: String,
        /// Which field of the record it names; its id by default.
        #[serde(default)]
        key: Option<String>,
        /// Which records of the other kind count.
        #[serde(default)]
        where_there: Tests,
    },
    /// Lists have the same members. Lists that are absent or empty are left out.
    SameSet {
        /// The lists.
        lists: Vec<ListMember>,
    },
    /// A person is not among others.
    SomeoneOtherThan {
        /// Kind of documented information.
        kind: String,
        /// The person.
        field: String,
        /// The others.
        others: Vec<String>,
        /// Which records.
        #[serde(default, rename = "where")]
        filter: Tests,
        /// Except these.
        #[serde(default)]
        unless: Tests,
    },
    /// A value is in a list.
    OneOf {
        /// Kind of documented information.
        kind: String,
        /// The field.
        field: String,
        /// The values.
        #[serde(default)]
        values: Vec<String>,
        /// Or where they are listed.
        #[serde(default)]
        listed_in: Option<Listed>,
        /// Which records.
        #[serde(default, rename = "where")]
        filter: Tests,
        /// Except these.
        #[serde(default)]
        unless: Tests,
    },
    /// A date is not before the as-of date.
    NotOverdue {
        /// Kind of documented information.
        kind: String,
        /// The date.
        field: String,
        /// Which records.
        #[serde(default, rename = "where")]
        filter: Tests,
        /// Except these.
        #[serde(default)]
        unless: Tests,
    },
    /// A date is not after the as-of date.
    NotFuture {
        /// Kind of documented information.
        kind: String,
        /// The date.
        field: String,
        /// Which records.
        #[serde(default, rename = "where")]
        filter: Tests,
        /// Except these.
        #[serde(default)]
        unless: Tests,
    },
    /// Where the first holds, the second holds too.
    Agrees {
        /// Kind of documented information.
        kind: String,
        /// Which records.
        #[serde(rename = "where")]
        filter: Tests,
        /// What must then hold.
        then: Tests,
        /// Except these.
        #[serde(default)]
        unless: Tests,
    },
}

impl Relation {
    /// The kinds it reads, the judged one first.
    pub fn kinds(&self) -> Vec<&str> {
        match self {
            Self::Ordered { kind, .. }
            | Self::WithinDays { kind, .. }
            | Self::Present { kind, .. }
            | Self::AnyPresent { kind, .. }
            | Self::SomeoneOtherThan { kind, .. }
            | Self::NotOverdue { kind, .. }
            | Self::NotFuture { kind, .. }
            | Self::Agrees { kind, .. } => vec![kind],
            Self::Counterpart { kind, there, .. } => vec![kind, there],
            Self::OneOf { kind, listed_in, .. } => std::iter::once(kind.as_str()).chain(listed_in.iter().map(|listed| listed.kind.as_str())).collect(),
            Self::SameSet { lists } => lists.iter().map(|list| list.kind.as_str()).collect(),
        }
    }

    /// Every field it reads, with its kind.
    pub fn fields(&self) -> Vec<(&str, &str)> {
        fn of<'a>(kind: &'a str, names: impl IntoIterator<Item = &'a String>) -> Vec<(&'a str, &'a str)> {
            names.into_iter().map(|name| (kind, name.as_str())).collect()
        }
        fn tested<'a>(kind: &'a str, all: &[&'a Tests]) -> Vec<(&'a str, &'a str)> {
            all.iter().flat_map(|tests| tests.0.iter().map(move |test| (kind, test.field.as_str()))).collect()
        }
        match self {
            Self::Ordered { kind, fields, filter, unless }
            | Self::Present { kind, fields, filter, unless }
            | Self::AnyPresent { kind, fields, filter, unless } => [of(kind, fields), tested(kind, &[filter, unless])].concat(),
            Self::WithinDays { kind, from, to, filter, unless, .. } => [of(kind, [from, to]), tested(kind, &[filter, unless])].concat(),
            Self::Counterpart { kind, filter, unless, there, by, key, where_there } => {
                [of(kind, key), tested(kind, &[filter, unless]), of(there, [by]), tested(there, &[where_there])].concat()
            }
            Self::SameSet { lists } => lists.iter().flat_map(|list| [of(&list.kind, [&list.field]), tested(&list.kind, &[&list.filter])].concat()).collect(),
            Self::SomeoneOtherThan { kind, field, others, filter, unless } => [of(kind, [field]), of(kind, others), tested(kind, &[filter, unless])].concat(),
            Self::OneOf { kind, field, listed_in, filter, unless, .. } => {
                let listed = listed_in.iter().flat_map(|listed| of(&listed.kind, [&listed.field])).collect();
                [of(kind, [field]), listed, tested(kind, &[filter, unless])].concat()
            }
            Self::NotOverdue { kind, field, filter, unless } | Self::NotFuture { kind, field, filter, unless } => {
                [of(kind, [field]), tested(kind, &[filter, unless])].concat()
            }
            Self::Agrees { kind, filter, then, unless } => tested(kind, &[filter, then, unless]),
        }
    }
}

/// One of the lists that must agree.
#[derive(Clone, Debug, Deserialize, JsonSchema, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct ListMember {
    /// Kind of documented information.
    pub kind: String,
    /// The field that holds the members.
    pub field: String,
    /// Which records.
    #[serde(default, rename = "where")]
    pub filter: Tests,
    /// Name of the list for people.
    pub label: String,
}

/// Where the allowed values of a field are listed.
#[derive(Clone, Debug, Deserialize, JsonSchema, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct Listed {
    /// Kind of documented information.
    pub kind: String,
    /// The field that holds them.
    pub field: String,
}
