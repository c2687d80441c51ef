//! The audit checklist: its view, and its tables.

mod sheets;
mod view;

pub use view::{
    Answer, Audit, AuditChecklist, Choice, EvidenceSoFar, FoundSoFar, Group, Independence, Previous, Responsible, Row, RowSort, SampleLot, Samples, Signature,
    heads,
};

use super::deliverable::Deliverable;
use super::workbook::Workbook;

impl Deliverable for AuditChecklist {
    const NAME: &'static str = "checklist";

    fn workbook(&self) -> Workbook {
        sheets::workbook(self)
    }
}
