//! The assessment: what the documents support of what the framework asks. Pure: no files, no clock, no output.

mod absence;
mod action;
mod applicability;
mod as_found;
mod aside;
mod assess;
mod audit;
mod beneath;
mod content;
mod custody;
mod decided;
mod depth;
mod determination;
mod elsewhere;
mod entered;
mod finding;
mod fold;
mod git_facts;
mod grading;
mod groundwork;
mod hygiene;
mod ids;
mod import;
mod inventory;
mod mentions;
mod named_people;
mod near;
mod not_names;
mod outcome;
mod owners;
mod people;
mod promises;
mod proposal;
mod provenance;
mod recognition;
mod records;
mod references;
mod relation;
mod responsibility;
mod sequence;
mod sets;
mod settings;
mod statement_file;
mod statements;
mod tally;
mod telling;
mod title_part;
mod topics;
mod verify;
mod views;
mod waivers;
mod wording;

pub use action::{Action, Stops};
pub use assess::{Assessment, Case, assess};
pub use audit::{
    ALL_OF_SAMPLE, AuditFacts, AuditPlan, AuditReport, AuditRequest, ChainEnd, ChainStart, Coverage, Drawn, EarlierAudit, EarlierFinding, EarlierFindings,
    Grounds, Independence, Lot, Lots, NamedAt, NextAudit, PlanError, PlannedClause, PlannedDay, Population, Posts, ProcessView, RecordAge, RecordFacts,
    Relation, Responsibility as Responsible, SelfAudit, draw, plan,
};
pub use decided::Decided;
pub use depth::{Covered, Depth, depth};
pub use determination::{Determination, SettledBy, Verdict};
pub use finding::{Acceptance, Finding, FindingPlace};
pub use git_facts::GitFacts;
pub use groundwork::Ground;
pub use import::{Change, ChangeSort, Columns, Fields, FileHead, Import, KeptAnswer, KnownRow, Refusal, Terms, check_origin, import, is_ours, statements_file};
pub use inventory::Inventory;
pub use mentions::Mention;
pub use named_people::NamedPeople;
pub use outcome::{Confidence, Evidence, Identified};
pub use owners::{demanded_by, named};
pub use promises::StatedInterval;
pub use proposal::{Proposal, Told, propose};
pub use provenance::{NotChecked, Provenance};
pub use recognition::{Identification, Identity, MatchedLine, foreign_documents, identify};
pub use relation::{ComparedMember, Comparison};
pub use responsibility::{
    Answer as Stance, Basis, Check, CheckResult, ClaimQuestion, ClaimSays, ConditionOf, ConditionState, Cycle, OwnStatement, Party, PartyProcess, Remark,
    Responsibility, ResponsibilityStatus, RestingDocument, RestingRecords, Said, Scope, Service, Standing, StatedItem, SubClause, TO_BE_STATED,
};
pub use settings::{Accepted, External, Mapping, Roles, Settings};
pub use statements::{Answer, Stated};
pub use tally::{ClauseTally, Share, Tally};
pub use title_part::TitlePart;
pub use topics::TopicWords;
pub use verify::is_draft_word;
pub use views::{DocumentView, IntervalView, RecordsView};
