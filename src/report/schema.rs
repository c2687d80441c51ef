//! JSON Schemas of what reports write as JSON.

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};

use super::checklist::AuditChecklist;

/// File name and schema of each report, made from the types that write it.
pub fn report_schemas() -> Vec<(&'static str, Schema)> {
    fn of<T: JsonSchema>() -> Schema {
        SchemaSettings::draft07().for_serialize().into_generator().into_root_schema_for::<T>()
    }
    vec![("checklist.schema.json", of::<AuditChecklist>())]
}
