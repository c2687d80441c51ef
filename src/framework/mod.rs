//! The clause map: what the standard asks, in data. Knows nothing of documents.

mod clause;
mod condition;
mod documented_information;
mod expectation;
mod language;
mod lint;
mod lint_words;
mod load;
mod rule;
mod schema;
mod source;
mod subject;

pub use clause::{Basis, Clause, ClauseGroup, Obligation, Requirement, RequirementCondition};
pub use condition::{Circumstance, FieldTest, Known, Tests};
pub use documented_information::{Demand, DocumentedInformation, Effort, Field, FieldType, Form, Judged, Recognition, SectionKind, Sort};
pub use expectation::{ApprovedBy, Expectation};
pub use language::{Coverage, KindWords, Language, SubjectWords, Vocabulary, Words};
pub use load::{Framework, FrameworkError, MapFault};
pub use rule::{BuiltIn, Grade, ListMember, Listed, Relation, Rule};
pub use schema::schemas;
pub use source::MapSource;
pub use subject::{Subject, Subjects};
