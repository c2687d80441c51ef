//! The clause map: what the standard asks, in data. Knows nothing of documents.

mod asked;
mod audits;
mod clause;
mod condition;
mod documented_information;
mod expectation;
mod language;
mod links;
mod lint;
mod lint_audits;
mod lint_words;
mod load;
mod patterns;
mod relation;
mod rule;
mod schema;
mod source;
mod subject;

pub use asked::Asked;
pub use audits::{
    AuditId, AuditKind, Audits, Chain, Fitness, FixedQuestion, Half, Naming, Pick, Post, PreviousSince, Process, ProcessQuestion, ResultWord, Rotation,
    SampleKind, Selection, Spread, Stratum, Told, WalkStart, Weak,
};
pub use clause::{Basis, Clause, ClauseGroup, Obligation, Requirement, RequirementCondition};
pub use condition::{Circumstance, FieldTest, Known, Tests};
pub use documented_information::{DecisionColumns, Demand, DocumentedInformation, Effort, Field, FieldType, Form, Judged, Recognition, SectionKind, Sort};
pub use expectation::{ApprovedBy, Expectation};
pub use language::{Coverage, DaysAhead, Event, KindWords, Language, SubjectWords, Vocabulary, Words};
pub use links::{Counted, FirstNotBefore, FollowedBy, Linked, Must, NoneAfter, NotOwnWork, Targets};
pub use load::{Foundation, Framework, FrameworkError, MapFault};
pub use patterns::{
    AfterPeriod, AnyRecord, CitesListed, Clustered, ConfiguredRole, CoversAll, DescribesDocuments, EachPart, ExcludesNothing, FilledColumns, Given, HeldBy,
    Holds, Matrix, NotAlike, NotAllSame, NotEvery, NotTriggeredHolds, TakenUp, Whole,
};
pub use relation::{ListMember, Listed, Relation};
pub use rule::{AnsweredIn, BuiltIn, Grade, Rule};
pub use schema::schemas;
pub use source::MapSource;
pub(crate) use subject::is_within;
pub use subject::{Among, Subject, Subjects};
