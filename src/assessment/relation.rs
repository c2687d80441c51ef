//! Relations between fields, records and lists: the closed set of the clause map.

mod counterpart;
mod dates;
mod fields;
mod figures;
mod linked;
mod names;
mod people;
mod population;
mod registers;
mod same_set;
mod series;
mod tables;
mod texts;

use super::grading::Sample;
use super::inventory::Inventory;
use super::outcome::{Breach, Fault, Identified, Outcome, Status};
use super::records::{RecordRef, place_in};
use super::wording::Fact;
use crate::framework::{Relation, Rule, Tests};
use crate::vocabulary::Place;

pub(super) use same_set::compare_lists;
pub use same_set::{ComparedMember, Comparison};

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
        Relation::Counterpart { kind, filter, unless, there, by, key, where_there, agreeing, where_usual, says } => {
            let others = counterpart::Others { there, by, tests: where_there, agreeing, where_usual: *where_usual, says: says.as_deref() };
            counterpart::counterpart(&Judge::new(inventory, rule, kind, filter, unless), &others, key.as_deref())
        }
        Relation::SomeoneOtherThan { kind, field, others, filter, unless } => {
            people::someone_other_than(&Judge::new(inventory, rule, kind, filter, unless), field, others)
        }
        Relation::SameSet { lists } => same_set::same_set(inventory, rule, lists),
        Relation::Linked(one) => linked::linked(&Judge::new(inventory, rule, &one.kind, &one.filter, &one.unless), one),
        Relation::FollowedBy(one) => linked::followed_by(&Judge::new(inventory, rule, &one.kind, &one.filter, &one.unless), one),
        Relation::NoneAfter(one) => linked::none_after(&Judge::new(inventory, rule, &one.kind, &one.filter, &one.unless), one),
        Relation::Counted(one) => linked::counted(&Judge::new(inventory, rule, &one.kind, &one.filter, &one.unless), one),
        Relation::FirstNotBefore(one) => linked::first_not_before(inventory, rule, one),
        Relation::NotOwnWork(one) => people::not_own_work(&Judge::new(inventory, rule, &one.kind, &one.filter, &one.unless), one),
        Relation::NotAllSame(one) => people::not_all_same(&Judge::new(inventory, rule, &one.kind, &one.filter, &one.unless), one),
        Relation::Matrix(one) => figures::matrix(&Judge::new(inventory, rule, &one.kind, &one.filter, &one.unless), one),
        Relation::Targets(one) => figures::targets(&Judge::new(inventory, rule, &one.kind, &one.filter, &one.unless), one),
        Relation::Clustered(one) => series::clustered(&Judge::new(inventory, rule, &one.kind, &one.filter, &one.unless), one),
        Relation::NotAlike(one) => series::not_alike(&Judge::new(inventory, rule, &one.kind, &one.filter, &one.unless), one),
        Relation::TakenUp(one) => series::taken_up(inventory, rule, one),
        Relation::EachPart(one) => series::each_part(&Judge::new(inventory, rule, &one.kind, &one.filter, &one.unless), one),
        Relation::AnyRecord(one) => population::any_record(inventory, rule, one),
        Relation::AfterPeriod(one) => dates::after_period(inventory, rule, one),
        Relation::DescribesDocuments(one) => registers::describes_documents(&Judge::new(inventory, rule, &one.kind, &NOTHING, &NOTHING), one),
        Relation::NotEvery(one) => population::not_every(inventory, rule, one),
        Relation::CoversClauses(one) => population::covers_all(inventory, rule, one),
        Relation::NotTriggeredHolds(one) => population::not_triggered_holds(&Judge::new(inventory, rule, &one.kind, &one.filter, &NOTHING), one),
        Relation::HeldBy(one) => people::held_by(&Judge::new(inventory, rule, &one.kind, &one.filter, &one.unless), one),
        Relation::FilledColumns(one) => tables::filled_columns(inventory, rule, one),
        Relation::CitesListed(one) => texts::cites_listed(inventory, rule, one),
        Relation::ExcludesNothing(one) => texts::excludes_nothing(inventory, rule, one),
    }
}

/// No test: nothing is excepted.
static NOTHING: Tests = Tests(Vec::new());

/// What every relation over records of one kind shares: which records, evidence where they hold, faults where not.
struct Judge<'all, 'run> {
    inventory: &'all Inventory<'run>,
    rule: &'all Rule,
    kind: &'all str,
    filter: &'all Tests,
    unless: &'all Tests,
}

/// How one record fares.
enum Verdict<'run> {
    Holds,
    /// It holds, and this line of this record, which may be another one, shows it.
    HoldsBy(RecordRef<'run>, u32),
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
    about: Vec<String>,
    /// Another line than the field's.
    line: Option<u32>,
    /// Where a later record took up what this one left out.
    since: Option<String>,
}

impl Break {
    fn new(field: impl Into<String>, fact: Fact) -> Self {
        Self { field: field.into(), fact, contradicts: false, missing: Vec::new(), missing_kind: None, about: Vec::new(), line: None, since: None }
    }
}

impl Verdict<'_> {
    fn breaks(field: impl Into<String>, fact: Fact) -> Self {
        Self::Breaks(Box::new(Break::new(field, fact)))
    }

    /// The documents speak against the requirement: an order that cannot be, one person in two roles.
    fn contradicts(field: impl Into<String>, fact: Fact) -> Self {
        Self::Breaks(Box::new(Break { contradicts: true, ..Break::new(field, fact) }))
    }
}

impl<'all, 'run> Judge<'all, 'run> {
    fn new(inventory: &'all Inventory<'run>, rule: &'all Rule, kind: &'all str, filter: &'all Tests, unless: &'all Tests) -> Self {
        Self { inventory, rule, kind, filter, unless }
    }

    /// Judges each record that the rule speaks of.
    fn each(&self, mut judge: impl FnMut(&RecordRef<'run>) -> Verdict<'run>) -> Outcome {
        let holding = self.inventory.holding(self.kind);
        if holding.records.is_empty() {
            return super::verify::nowhere(self.inventory, self.kind);
        }
        let mut outcome = Outcome::new(Status::NothingToJudge);
        let mut judged = 0;
        let excepted = |record: &RecordRef<'run>| !self.unless.0.is_empty() && record.passes(self.inventory, self.unless);
        for record in holding.records.iter().filter(|record| record.passes(self.inventory, self.filter) && !excepted(record)) {
            match judge(record) {
                Verdict::Nothing => {}
                Verdict::Holds => {
                    judged += 1;
                    outcome.status = Status::Judged;
                    outcome.confidence = outcome.confidence.min(record.provenance.confidence());
                    outcome.cite(self.inventory, &record.document.path, record.first_line().line.max(1), self.kind, record.provenance);
                }
                Verdict::HoldsBy(shown, line) => {
                    judged += 1;
                    outcome.status = Status::Judged;
                    outcome.confidence = outcome.confidence.min(record.provenance.confidence());
                    outcome.cite_field(self.inventory, &shown, &shown.kind.id, line);
                }
                // What is only inferred to be such a record is no ground for a fault.
                Verdict::Breaks(_) if record.provenance == Identified::Inferred => {}
                Verdict::Breaks(broken) => {
                    let Break { field, fact, contradicts, missing, missing_kind, about, line, since } = *broken;
                    let contradicts = self.rule.contradicts.unwrap_or(contradicts);
                    judged += 1;
                    outcome.status = Status::Judged;
                    let place = match line {
                        Some(line) => place_in(record.document, Place::line(line)),
                        None => record.place(self.inventory, &field),
                    };
                    let mut fault = Fault {
                        contradicts,
                        confidence: record.provenance.confidence(),
                        missing,
                        missing_kind,
                        about,
                        ..Fault::new(Breach::Rule(self.rule.id.clone()), record.id(self.inventory), field, place, fact)
                    };
                    fault.taken_up(since);
                    outcome.faults.push(fault);
                }
            }
        }
        let title = self.inventory.kind(self.kind).map_or(self.kind, |kind| kind.title.as_str());
        for fault in &mut outcome.faults {
            fault.sample = Some(Sample { title: title.to_owned(), field: String::new(), of: judged });
        }
        outcome
    }

    /// What is wrong with a record, in the rule's words, and what shows it.
    fn broken(&self, record: &RecordRef<'run>, detail: String) -> Fact {
        Fact::Broken { record: record.id(self.inventory), fault: self.fault_words(), detail }
    }

    /// The same, at a field or at a line of its own.
    fn broken_at(&self, record: &RecordRef<'run>, detail: String, field: Option<&str>, line: u32) -> Break {
        Break { line: field.is_none().then_some(line), ..Break::new(field.unwrap_or("text"), self.broken(record, detail)) }
    }

    fn fault_words(&self) -> String {
        self.rule.fault.trim_end_matches('.').to_owned()
    }
}
