//! JSON Schemas of what programs are given.

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};

use super::checklist::AuditChecklist;
use super::soa::SoaFile;
use crate::assessment::Assessment;

/// Name and schema of each shape that the program writes as JSON.
pub fn output_schemas() -> Vec<(&'static str, Schema)> {
    fn of<T: JsonSchema>() -> Schema {
        SchemaSettings::draft07().for_serialize().into_generator().into_root_schema_for::<T>()
    }
    vec![("assessment", of::<Assessment>()), ("soa", of::<SoaFile<'static>>()), ("checklist", of::<AuditChecklist>())]
}
