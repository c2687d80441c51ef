//! The Statement of Applicability: a statement of responsibility, since ISO/IEC 20000-1 knows no exclusion.

mod annex;
mod book;
mod published;
mod rows;
mod sources;
mod table;
mod view;

use serde::Serialize;
use serde_json::Value;

use super::cover::Cover;
use super::deliverable::Deliverable;
use super::workbook::Workbook;
use crate::assessment::{Assessment, Responsibility, Settings};
use crate::framework::Framework;
pub(super) use published::SoaFile;
use view::View;

/// Version of the shape in which programs get it.
pub(super) const SCHEMA: &str = "clausewise/soa/v1";

/// The statement of applicability of an assessment.
#[derive(Debug, Serialize)]
pub struct StatementOfApplicability<'run> {
    cover: Cover,
    #[serde(skip)]
    responsibility: &'run Responsibility,
    #[serde(flatten)]
    view: View,
}

impl<'run> StatementOfApplicability<'run> {
    /// The statement on an assessment; `items` asks for a line for each requirement where it is read as a text.
    pub fn new(assessment: &'run Assessment, framework: &Framework, settings: &Settings, items: bool) -> Self {
        let responsibility = &assessment.responsibility;
        let cover = Cover::new(assessment, settings);
        let view = View::new(responsibility, framework, &cover, items);
        Self { cover, responsibility, view }
    }
}

impl Deliverable for StatementOfApplicability<'_> {
    const NAME: &'static str = "soa";
    const PRINT: &'static str = "soa-print";

    fn workbook(&self) -> Workbook {
        book::workbook(&self.cover, self.responsibility)
    }

    fn json(&self) -> Result<Value, String> {
        serde_json::to_value(SoaFile::new(&self.cover, self.responsibility)).map_err(|error| error.to_string())
    }
}

/// The only sentence in which a requirement is called excluded: that none is.
pub(super) fn nothing_excluded(standard: &str) -> String {
    format!("No requirement of clauses 4 to 10 of {standard} has been excluded.")
}
