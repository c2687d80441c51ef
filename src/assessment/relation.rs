//! Relations between fields, records and lists: the closed set of the clause map.

mod counterpart;
mod dates;
mod fields;
mod people;
mod same_set;

use super::inventory::Inventory;
use super::outcome::{Breach, Fault, Outcome, Status};
use super::records::RecordRef;
use super::wording::Fact;
use crate::framework::{Relation, Rule, Tests};

/// Verifies the relation of a rule.
pub(super) fn verify(inventory: &Inventory<'_>, rule: &Rule) -> Outcome {
    let Some(relation) = &rule.relation else { return Outcome::new(Status::NothingToJudge) };
    match relation {
        Relation::Ordered { kind, fields, filter, unless } => dates::ordered(&Judge::new(inventory, rule, kind, filter, unless), fields),
        Relation::WithinDays { kind, from, to, days, filter, unless } => {
            dates::within_days(&Judge::new(inventory, rule, kind, filter, unless), from, to, *days)
        }
        Relation::NotOverdue { kind, field, filter, unless } => dates::not_overdue(&Judge::new(inventory, rule, kind, filter, unless), field),
        Relation::NotFuture { kind, field, filter, unless } => dates::not_future(&Judge::new(inventory, rule, kind, filter, unless), field),
        Relation::Present { kind, fields, filter, unless } => fields::present(&Judge::new(inventory, rule, kind, filter, unless), fields, false),
        Relation::AnyPresent { kind, fields, filter, unless } => fields::present(&Judge::new(inventory, rule, kind, filter, unless), fields, true),
        Relation::OneOf { kind, field, values, listed_in, filter, unless } => {
            fields::one_of(&Judge::new(inventory, rule, kind, filter, unless), field, values, listed_in.as_ref())
        }
        Relation::Agrees { kind, filter, then, unless } => fields::agrees(&Judge::new(inventory, rule, kind, filter, unless), then),
        Relation::Counterpart { kind, filter, unless, there, by, key, where_there } => {
            counterpart::counterpart(&Judge::new(inventory, rule, kind, filter, unless), there, by, key.as_deref(), where_there)
        }
        Relation::SomeoneOtherThan { kind, field, others, filter, unless } => {
            people::someone_other_than(&Judge::new(inventory, rule, kind, filter, unless), field, others)
        }
        Relation::SameSet { lists } => same_set::same_set(inventory, rule, lists),
    }
}

/// What every relation over records of one kind shares: which records, evidence where they hold, faults where not.
struct Judge<'all, 'run> {
    inventory: &'all Inventory<'run>,
    rule: &'all Rule,
    kind: &'all str,
    filter: &'all Tests,
    unless: &'all Tests,
}

/// How one record fares.
enum Verdict {
    Holds,
    Nothing,
    Breaks(Box<Break>),
}

/// How a record breaks a rule.
struct Break {
    field: String,
    fact: Fact,
    contradicts: bool,
    missing: Vec<String>,
    missing_kind: Option<String>,
}

impl Verdict {
    fn breaks(field: impl Into<String>, fact: Fact) -> Self {
        Self::Breaks(Box::new(Break { field: field.into(), fact, contradicts: false, missing: Vec::new(), missing_kind: None }))
    }

    /// The documents speak against the requirement: an order that cannot be, one person in two roles.
    fn contradicts(field: impl Into<String>, fact: Fact) -> Self {
        Self::Breaks(Box::new(Break { field: field.into(), fact, contradicts: true, missing: Vec::new(), missing_kind: None }))
    }
}

impl<'all, 'run> Judge<'all, 'run> {
    fn new(inventory: &'all Inventory<'run>, rule: &'all Rule, kind: &'all str, filter: &'all Tests, unless: &'all Tests) -> Self {
        Self { inventory, rule, kind, filter, unless }
    }

    /// Judges each record that the rule speaks of.
    fn each(&self, mut judge: impl FnMut(&RecordRef<'run>) -> Verdict) -> Outcome {
        let holding = self.inventory.holding(self.kind);
        if holding.records.is_empty() {
            return super::verify::nowhere(self.inventory, self.kind);
        }
        let mut outcome = Outcome::new(Status::NothingToJudge);
        let excepted = |record: &RecordRef<'run>| !self.unless.0.is_empty() && record.passes(self.inventory, self.unless);
        for record in holding.records.iter().filter(|record| record.passes(self.inventory, self.filter) && !excepted(record)) {
            match judge(record) {
                Verdict::Nothing => {}
                Verdict::Holds => {
                    outcome.status = Status::Judged;
                    outcome.confidence = outcome.confidence.min(record.provenance.confidence());
                    outcome.cite(self.inventory, &record.document.path, record.first_line().line.max(1), self.kind, record.provenance);
                }
                // What is only inferred to be such a record is no ground for a fault.
                Verdict::Breaks(_) if record.provenance == super::outcome::Identified::Inferred => {}
                Verdict::Breaks(broken) => {
                    let Break { field, fact, contradicts, missing, missing_kind } = *broken;
                    let contradicts = self.rule.contradicts.unwrap_or(contradicts);
                    outcome.status = Status::Judged;
                    outcome.faults.push(Fault {
                        breach: Breach::Rule(self.rule.id.clone()),
                        grade: None,
                        contradicts,
                        confidence: record.provenance.confidence(),
                        subject: record.id(self.inventory),
                        target: field.clone(),
                        place: Some(record.place(self.inventory, &field)),
                        fact,
                        missing,
                        missing_kind,
                        blames: Vec::new(),
                    });
                }
            }
        }
        outcome
    }

    fn fault_words(&self) -> String {
        self.rule.fault.trim_end_matches('.').to_owned()
    }
}
