//! What an audit starts from beside the determinations: records to draw samples from, findings of earlier audits, who
//! answers for what, and what the audit looks at.

mod cut_off;
mod earlier;
mod followed;
mod independence;
mod plan;
mod planned;
mod population;
mod posts;
mod processes;
mod reports;
mod responsible;
mod sampling;
mod starts;

pub use earlier::{EarlierAudit, EarlierFinding, EarlierFindings};
pub use followed::NamedAt;
pub use independence::{Independence, SelfAudit};
pub use plan::{AuditPlan, AuditRequest, PlanError, PlannedClause, plan};
pub use planned::PlannedDay;
pub use population::{Population, RecordFacts};
pub use posts::{Grounds, Posts};
pub use processes::ProcessView;
pub use reports::{AuditReport, Coverage, NextAudit, RecordAge};
pub use responsible::{Relation, Responsibility};
pub use sampling::{ALL_OF_SAMPLE, Drawn, Lot, Lots, draw};
pub use starts::{ChainEnd, ChainStart};

pub(super) use earlier::earlier_findings;
pub(super) use population::populations;
pub(super) use processes::{ProcessesByName, process_views};
pub(super) use responsible::responsibilities;

use planned::planned_days;
use reports::{audit_reports, coverage, next_audits, record_ages};
use starts::chain_ends;

use super::inventory::Inventory;
use crate::documents::{ControlField, Format};
use crate::vocabulary::{read_date, words};

/// Facts of which a checklist is made, and the plan of a gap report.
#[derive(Clone, Debug, Default)]
pub struct AuditFacts {
    /// Records by kind.
    pub populations: Vec<Population>,
    /// Reports of internal audits, the earliest first, and what each covered.
    pub reports: Vec<AuditReport>,
    /// What none of them has covered.
    pub coverage: Coverage,
    /// The internal audits that a programme still plans, the next one first.
    pub next_audits: Vec<NextAudit>,
    /// The earliest record of each process.
    pub record_ages: Vec<RecordAge>,
    /// The records at which chains could begin.
    pub chain_ends: Vec<ChainEnd>,
    /// Who answers for what, and who did what.
    pub responsible: Vec<Responsibility>,
    /// The scope of the system in its own words, and where it stands.
    pub scope: Option<(String, String)>,
    /// The day of the certification decision, where a document tells it, and where it stands.
    pub certified_on: Option<(jiff::civil::Date, String)>,
    /// Days ahead that documents name: audits, reviews, certification.
    pub planned: Vec<PlannedDay>,
}

impl AuditFacts {
    pub(super) fn new(inventory: &Inventory<'_>) -> Self {
        let (populations, reports) = (populations(inventory), audit_reports(inventory));
        Self {
            coverage: coverage(inventory, &reports),
            next_audits: next_audits(inventory),
            record_ages: record_ages(inventory, &populations),
            chain_ends: chain_ends(inventory),
            populations,
            reports,
            responsible: inventory.responsible().to_vec(),
            scope: scope(inventory),
            certified_on: certified_on(inventory),
            planned: planned_days(inventory),
        }
    }
}

/// The first passage of the scope statement that is a sentence.
fn scope(inventory: &Inventory<'_>) -> Option<(String, String)> {
    const FEWEST_WORDS: usize = 8;
    let documents = inventory.holding("scope-statement").documents.iter().map(|reference| reference.document);
    let found = documents.filter(|document| document.format == Format::Markdown && !document.is_withdrawn()).find_map(|document| {
        let passage = document.passages.iter().find(|passage| words(&passage.text) >= FEWEST_WORDS)?;
        Some((passage.text.clone(), format!("{}:{}", document.path, passage.line)))
    });
    found.or_else(|| {
        let record = inventory.holding("scope-statement").documents.first()?.document;
        let field = ["scope", "statement", "scope_statement"].iter().find_map(|key| record.head.field(key))?;
        Some((field.value.as_text()?.to_owned(), format!("{}:{}", record.path, field.value.at.line)))
    })
}

/// Names of the field that tells when the certificate was decided on.
const CERTIFIED: [&str; 5] = ["certified_on", "certified_since", "certification_date", "certification_decision_on", "certificate_issued_on"];

fn certified_on(inventory: &Inventory<'_>) -> Option<(jiff::civil::Date, String)> {
    let documents = inventory.identified.iter().map(|identity| identity.document);
    let days = documents.filter_map(|document| {
        let field = CERTIFIED.iter().find_map(|key| document.head.field(key))?;
        let day = read_date(field.value.as_text()?).day()?;
        Some((day, format!("{}:{}", document.path, field.value.at.line)))
    });
    days.filter(|(day, _)| *day <= inventory.as_of.0).max()
}

/// The control value of a document that names a person.
fn person(document: &crate::documents::Document, field: ControlField) -> Option<(String, u32)> {
    let value = document.control.get(field)?;
    (!crate::vocabulary::is_placeholder(&value.value)).then(|| (value.value.trim().to_owned(), value.at.line))
}
