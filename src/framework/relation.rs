//! Relations between records, lists and texts: what rules say must hold, as data.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::condition::Tests;
use super::links::{Counted, FirstNotBefore, FollowedBy, Linked, NoneAfter, NotOwnWork, Targets};
use super::patterns::{
    AfterPeriod, AnyRecord, CitesListed, Clustered, CoversAll, DescribesDocuments, EachPart, ExcludesNothing, FilledColumns, HeldBy, Matrix, NotAlike,
    NotAllSame, NotEvery, NotTriggeredHolds, TakenUp,
};

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
        /// Fields that must agree: of the record, and of the other kind. Where either is empty they do.
        #[serde(default)]
        agreeing: BTreeMap<String, String>,
        /// Nothing is judged unless at least half of the other kind fill the field: it is then the custom here.
        #[serde(default)]
        where_usual: bool,
        /// The field of the record that says of the other in its own words; told where there is none.
        #[serde(default)]
        says: Option<String>,
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
    /// Each record that a field names passes some tests.
    Linked(Linked),
    /// Of the records there that belong to a record, one is dated on or after it.
    FollowedBy(FollowedBy),
    /// No record there that names a record is dated after it.
    NoneAfter(NoneAfter),
    /// A number is the number of records there that name the record.
    Counted(Counted),
    /// A person is not among those who answer for what was looked at.
    NotOwnWork(NotOwnWork),
    /// A figure agrees with that of another kind.
    Targets(Targets),
    /// The first record is not dated before the first one there.
    FirstNotBefore(FirstNotBefore),
    /// Records that are alike in some fields do not come in clusters.
    Clustered(Clustered),
    /// Records do not share the same times of day.
    NotAlike(NotAlike),
    /// A value is the one that a table gives for two others.
    Matrix(Matrix),
    /// At least one record passes, where there is something that asks for it.
    AnyRecord(AnyRecord),
    /// Of some lists, not so many consist wholly of records that pass.
    NotEvery(NotEvery),
    /// Together, fields name every sub-clause that holds a requirement.
    CoversClauses(CoversAll),
    /// What one record of a series decides, a later one takes up.
    TakenUp(TakenUp),
    /// Each part of a field holds something.
    EachPart(EachPart),
    /// Designations of standards and laws in a text stand in a list.
    CitesListed(CitesListed),
    /// No sentence leaves out a clause or a process.
    ExcludesNothing(ExcludesNothing),
    /// A row that calls a clause not triggered is not refuted by the registers.
    NotTriggeredHolds(NotTriggeredHolds),
    /// People: not one and the same in all fields.
    NotAllSame(NotAllSame),
    /// In tables with some columns, no cell of theirs is empty.
    FilledColumns(FilledColumns),
    /// People of a field hold a role that the configuration gives.
    HeldBy(HeldBy),
    /// A record is not dated before the end of the period that it is about.
    AfterPeriod(AfterPeriod),
    /// What a register says of documents is what they say themselves.
    DescribesDocuments(DescribesDocuments),
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
            Self::Linked(Linked { kind, there, .. })
            | Self::FollowedBy(FollowedBy { kind, there, .. })
            | Self::NoneAfter(NoneAfter { kind, there, .. })
            | Self::Counted(Counted { kind, there, .. })
            | Self::NotOwnWork(NotOwnWork { kind, there, .. })
            | Self::Targets(Targets { kind, there, .. })
            | Self::FirstNotBefore(FirstNotBefore { kind, there, .. })
            | Self::Matrix(Matrix { kind, there, .. }) => vec![kind, there],
            Self::Clustered(Clustered { kind, unless_named_by, .. }) => {
                std::iter::once(kind.as_str()).chain(unless_named_by.iter().map(|listed| listed.kind.as_str())).collect()
            }
            Self::FilledColumns(FilledColumns { kind, .. })
            | Self::HeldBy(HeldBy { kind, .. })
            | Self::NotAlike(NotAlike { kind, .. })
            | Self::TakenUp(TakenUp { kind, .. })
            | Self::EachPart(EachPart { kind, .. })
            | Self::ExcludesNothing(ExcludesNothing { kind, .. })
            | Self::NotTriggeredHolds(NotTriggeredHolds { kind, .. })
            | Self::NotAllSame(NotAllSame { kind, .. })
            | Self::DescribesDocuments(DescribesDocuments { kind, .. }) => vec![kind],
            Self::AfterPeriod(AfterPeriod { kinds, .. }) => kinds.iter().map(String::as_str).collect(),
            Self::AnyRecord(AnyRecord { kind, given, .. }) => vec![kind, &given.kind],
            Self::NotEvery(NotEvery { lists, .. }) => lists.iter().map(|list| list.kind.as_str()).collect(),
            Self::CoversClauses(CoversAll { kinds, of, held, .. }) => {
                kinds.iter().map(String::as_str).chain(of.iter().chain(held).map(|listed| listed.kind.as_str())).collect()
            }
            Self::CitesListed(CitesListed { kinds, there, .. }) => kinds.iter().map(String::as_str).chain([there.as_str()]).collect(),
        }
    }

    /// Every field it reads, with its kind.
    pub fn fields(&self) -> Vec<(&str, &str)> {
        fn of<'a>(kind: &'a str, names: impl IntoIterator<Item = &'a String>) -> Vec<(&'a str, &'a str)> {
            names.into_iter().map(|name| (kind, name.as_str())).collect()
        }
        fn tested<'a>(kind: &'a str, all: &[&'a Tests]) -> Vec<(&'a str, &'a str)> {
            let named = all.iter().flat_map(|tests| &tests.0);
            let fields = named.flat_map(|test| [Some(&test.field), test.after.as_ref(), test.same_as.as_ref()].into_iter().flatten());
            fields.map(|field| (kind, field.as_str())).collect()
        }
        match self {
            Self::Ordered { kind, fields, filter, unless }
            | Self::Present { kind, fields, filter, unless }
            | Self::AnyPresent { kind, fields, filter, unless } => [of(kind, fields), tested(kind, &[filter, unless])].concat(),
            Self::WithinDays { kind, from, to, filter, unless, .. } => [of(kind, [from, to]), tested(kind, &[filter, unless])].concat(),
            Self::Counterpart { kind, filter, unless, there, by, key, where_there, agreeing, says, .. } => [
                of(kind, agreeing.keys()),
                of(kind, says),
                of(there, agreeing.values()),
                of(kind, key),
                tested(kind, &[filter, unless]),
                of(there, [by]),
                tested(there, &[where_there]),
            ]
            .concat(),
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
            Self::Linked(Linked { kind, key, there, by, then, unless_there, back, filter, unless }) => {
                [of(kind, [key]), tested(kind, &[filter, unless]), of(there, by), of(there, back), tested(there, &[then, unless_there])].concat()
            }
            Self::FollowedBy(FollowedBy { kind, date, there, by, key, date_there, where_there, filter, unless, .. }) => {
                [of(kind, [date]), of(kind, key), tested(kind, &[filter, unless]), of(there, by), of(there, [date_there]), tested(there, &[where_there])]
                    .concat()
            }
            Self::NoneAfter(NoneAfter { kind, date, there, by, date_there, where_there, filter, unless }) => {
                [of(kind, [date]), tested(kind, &[filter, unless]), of(there, [by, date_there]), tested(there, &[where_there])].concat()
            }
            Self::Counted(Counted { kind, field, there, by, where_there, filter, unless }) => {
                [of(kind, [field]), tested(kind, &[filter, unless]), of(there, [by]), tested(there, &[where_there])].concat()
            }
            Self::NotOwnWork(NotOwnWork { kind, field, key, there, by, others, filter, unless }) => {
                [of(kind, [field, key]), tested(kind, &[filter, unless]), of(there, by), of(there, others)].concat()
            }
            Self::Targets(Targets { kind, key, there, by, filter, unless, .. }) => [of(kind, [key]), tested(kind, &[filter, unless]), of(there, [by])].concat(),
            Self::FirstNotBefore(FirstNotBefore { kind, date, there, date_there }) => [of(kind, [date]), of(there, [date_there])].concat(),
            Self::Clustered(Clustered { kind, same, date, unless_named_by, filter, unless, .. }) => {
                let named = unless_named_by.iter().flat_map(|listed| of(&listed.kind, [&listed.field])).collect();
                [of(kind, same), of(kind, [date]), tested(kind, &[filter, unless]), named].concat()
            }
            Self::NotAlike(NotAlike { kind, fields, filter, unless, .. }) | Self::NotAllSame(NotAllSame { kind, fields, filter, unless }) => {
                [of(kind, fields), tested(kind, &[filter, unless])].concat()
            }
            Self::Matrix(Matrix { kind, row, column, value, filter, unless, .. }) => [of(kind, [row, column, value]), tested(kind, &[filter, unless])].concat(),
            Self::AnyRecord(AnyRecord { kind, filter, given }) => [tested(kind, &[filter]), tested(&given.kind, &[&given.filter])].concat(),
            Self::NotEvery(NotEvery { lists, .. }) => lists.iter().flat_map(|list| tested(&list.kind, &[&list.filter])).collect(),
            Self::CoversClauses(CoversAll { kinds, field, of: list, held }) => {
                let listed = list.iter().chain(held).flat_map(|listed| of(&listed.kind, [&listed.field]));
                kinds.iter().flat_map(|kind| of(kind, [field])).chain(listed).collect()
            }
            Self::TakenUp(TakenUp { kind, date, field }) => of(kind, [date, field]),
            Self::EachPart(EachPart { kind, field, filter, unless, .. }) => [of(kind, [field]), tested(kind, &[filter, unless])].concat(),
            Self::CitesListed(CitesListed { there, by, .. }) => of(there, [by]),
            Self::ExcludesNothing(_) | Self::FilledColumns(_) => Vec::new(),
            Self::AfterPeriod(AfterPeriod { kinds, date, .. }) => {
                kinds.iter().flat_map(|kind| [(kind.as_str(), date.as_str()), (kind.as_str(), "period")]).collect()
            }
            Self::DescribesDocuments(DescribesDocuments { kind, key, compare }) => [of(kind, [key]), of(kind, compare)].concat(),
            Self::HeldBy(HeldBy { kind, fields, filter, unless, .. }) => [of(kind, fields), tested(kind, &[filter, unless])].concat(),
            Self::NotTriggeredHolds(NotTriggeredHolds { kind, clause, filter }) => [of(kind, [clause]), tested(kind, &[filter])].concat(),
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
