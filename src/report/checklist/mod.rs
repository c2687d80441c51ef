//! The audit checklist: its view, and its tables.

mod asked;
mod carried;
mod compose;
mod context;
mod expected;
mod facts;
mod open;
mod people;
mod print;
mod sheets;
mod view;

pub use compose::GroupedBy;
pub use view::{
    Answer, Audit, AuditChecklist, Choice, EvidenceFile, EvidenceSoFar, FoundSoFar, Group, Independence, PersonToAsk, Previous, Responsible, Row, RowSort,
    SCHEMA, SampleLot, Samples, Signature, heads,
};

use serde_json::Value;

use super::deliverable::Deliverable;
use super::workbook::Workbook;

impl Deliverable for AuditChecklist {
    const NAME: &'static str = "checklist";
    const PRINT: &'static str = "checklist-print";

    fn workbook(&self) -> Workbook {
        sheets::workbook(self)
    }

    fn print(&self) -> Result<Value, String> {
        serde_json::to_value(print::printed(self)).map_err(|error| error.to_string())
    }
}
