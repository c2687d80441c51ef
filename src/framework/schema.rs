//! JSON Schemas (draft-07) of the map's files, for editors.

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};

use super::audits::Audits;
use super::clause::ClauseGroup;
use super::documented_information::DocumentedInformation;
use super::language::Vocabulary;
use super::load::Head;
use super::rule::Rule;
use super::subject::Subjects;

/// File name and schema of each kind of file in a clause map, made from the types that read them.
pub fn schemas() -> Vec<(&'static str, Schema)> {
    fn of<T: JsonSchema>() -> Schema {
        SchemaSettings::draft07().into_generator().into_root_schema_for::<T>()
    }
    vec![
        ("framework.schema.json", of::<Head>()),
        ("clauses.schema.json", of::<ClauseGroup>()),
        ("documented-information.schema.json", of::<DocumentedInformation>()),
        ("rule.schema.json", of::<Rule>()),
        ("subjects.schema.json", of::<Subjects>()),
        ("vocabulary.schema.json", of::<Vocabulary>()),
        ("audits.schema.json", of::<Audits>()),
    ]
}
