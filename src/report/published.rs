//! JSON Schemas (draft-07) of what deliverables write for programs.

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};

use super::soa::SoaFile;

/// File name and schema of each deliverable that programs can read, made from the types that write them.
pub fn deliverable_schemas() -> Vec<(&'static str, Schema)> {
    fn of<T: JsonSchema>() -> Schema {
        SchemaSettings::draft07().for_serialize().into_generator().into_root_schema_for::<T>()
    }
    vec![("soa.schema.json", of::<SoaFile<'static>>())]
}
