//! Audits: what each kind looks at, asks beside the requirements, and samples.

use schemars::JsonSchema;
use serde::Deserialize;

use super::clause::{Obligation, Origin};
use super::condition::Tests;
use super::rule::Grade;

/// The file `audits.yaml`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Audits {
    /// Each kind of audit, once.
    pub kinds: Vec<AuditKind>,
    /// How clause 8 is spread over the surveillance audits of a cycle.
    pub rotation: Rotation,
    /// The processes, by which a checklist can be put together.
    pub processes: Vec<Process>,
    /// Posts that the map asks for and by what, beside words, their holders are known.
    #[serde(default)]
    pub posts: Vec<Post>,
    /// What is traced from record to record, forward and backward.
    pub chains: Vec<Chain>,
    /// How records of each kind are sampled and what is asked of each.
    pub samples: Vec<SampleKind>,
    /// Of what a sample holds one of each, as far as its size allows; months come after these.
    #[serde(default)]
    pub one_of_each: Vec<Spread>,
    /// Where it is declared.
    #[serde(skip)]
    pub origin: Origin,
}

/// Id of a kind of audit.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema, PartialEq, Eq, PartialOrd, Ord)]
#[serde(rename_all = "lowercase")]
pub enum AuditId {
    /// By the organization itself or on its behalf.
    Internal,
    /// The first part of a certification audit: documents, scope, readiness.
    Stage1,
    /// The second part: conformity and effect.
    Stage2,
    /// Between two certification audits.
    Surveillance,
    /// Before a certificate expires.
    Recertification,
}

impl AuditId {
    /// All kinds.
    pub const ALL: [Self; 5] = [Self::Internal, Self::Stage1, Self::Stage2, Self::Surveillance, Self::Recertification];

    /// The word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Internal => "internal",
            Self::Stage1 => "stage1",
            Self::Stage2 => "stage2",
            Self::Surveillance => "surveillance",
            Self::Recertification => "recertification",
        }
    }
}

/// A kind of audit.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AuditKind {
    /// Its id.
    pub id: AuditId,
    /// Its title.
    pub title: String,
    /// What it is for.
    pub aim: String,
    /// What it looks at.
    pub looks_at: Vec<String>,
    /// How it grades, in words.
    pub grading: String,
    /// Whether it grades at all; stage 1 does not.
    #[serde(default = "yes")]
    pub graded: bool,
    /// The results that a row may have.
    pub results: Vec<ResultWord>,
    /// Which requirements are rows of its checklist.
    pub requirements: Selection,
    /// Whether the half of clause 8 whose turn it is comes on top.
    #[serde(default)]
    pub rotation: bool,
    /// Whether the questions of the processes are asked.
    #[serde(default)]
    pub processes: bool,
    /// Whether the chains are traced.
    #[serde(default)]
    pub chains: bool,
    /// Whether records are sampled.
    #[serde(default)]
    pub samples: bool,
    /// Months before the day of the assessment whose records are looked at.
    pub period: u8,
    /// Since when closed findings of earlier audits are carried in; open ones always are.
    pub previous: PreviousSince,
    /// What each member of the audit team is asked about ties to the audited organization. Where nothing stands here, the
    /// auditor is of the organization, and is held against the people who answer for what is audited.
    #[serde(default)]
    pub ties: Vec<String>,
    /// Its fixed questions.
    #[serde(default)]
    pub questions: Vec<FixedQuestion>,
}

fn yes() -> bool {
    true
}

/// A result that a row may have.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ResultWord {
    /// The word.
    pub word: String,
    /// What it means.
    pub meaning: String,
}

/// Which requirements a kind of audit looks at: all, or those of some clauses together with those that ask for some things.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Selection {
    /// All of them.
    #[serde(default)]
    pub all: bool,
    /// Those of these clauses.
    #[serde(default)]
    pub clauses: Vec<String>,
    /// Those that ask for one of these things.
    #[serde(default)]
    pub obligation: Vec<Obligation>,
    /// Clauses on the control of documents: what is found there is listed where it lies in a document that the audit looks at.
    #[serde(default)]
    pub of_documents: Vec<String>,
}

/// Since when closed findings of earlier audits are carried in.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub enum PreviousSince {
    /// Since the last internal audit that covered the clauses of this one.
    LastAudit,
    /// Of two years, since an initial certification has no visit before it.
    TwoYears,
    /// Of one year.
    Year,
    /// Of the three years of a cycle.
    Cycle,
}

/// A question that a kind of audit always asks.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FixedQuestion {
    /// Stable id, such as `stage1:scope-test`.
    pub id: String,
    /// What is to be found out.
    pub title: String,
    /// The questions.
    pub ask: Vec<String>,
    /// Whom.
    pub whom: String,
    /// What to look at.
    pub look_at: Vec<String>,
    /// What counts.
    pub expect: Vec<String>,
    /// Kinds of documented information where the answer begins.
    #[serde(default)]
    pub kinds: Vec<String>,
    /// The record of which it asks, where the records can tell which; it stands in the place of those kinds.
    #[serde(default)]
    pub begin: Option<WalkStart>,
    /// Requirements, or sub-clauses with all of theirs, that it speaks to; the first one leads.
    pub requirements: Vec<String>,
    /// What is counted for it from what is held here.
    #[serde(default)]
    pub tells: Option<Told>,
    /// Whether what this review found on its requirements is shown at it; not where it asks for what a certification body found.
    #[serde(default = "yes")]
    pub findings: bool,
}

/// What is counted for a fixed question.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub enum Told {
    /// Sub-clauses and processes that no report of an internal audit has covered yet.
    AuditCoverage,
    /// The earliest record of each process, and how old it is.
    RecordAges,
    /// Status, version and approval of the documents of its kinds.
    DocumentState,
}

/// How clause 8 is spread over the surveillance audits of a cycle.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rotation {
    /// Each year with its clauses.
    pub halves: Vec<Half>,
    /// When a sub-clause of another year is looked at again.
    pub weak: Weak,
}

/// What a surveillance audit of one year looks at.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Half {
    /// The year after certification.
    pub year: u8,
    /// What it is about.
    pub title: String,
    /// Clauses, each with all below it.
    pub clauses: Vec<String>,
}

/// When a sub-clause counts as weak.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Weak {
    /// In words.
    pub text: String,
    /// The lowest grade of an open finding that makes it weak.
    pub grade: Grade,
}

/// A process.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Process {
    /// Its id.
    pub id: String,
    /// Its name for people.
    pub title: String,
    /// The kind of documented information that describes it.
    pub kind: String,
    /// Its sub-clauses, the leading one first.
    pub clauses: Vec<String>,
    /// What to have shown.
    #[serde(default)]
    pub questions: Vec<ProcessQuestion>,
}

/// A post that the map asks for. Where no register of roles names a holder, who owns these documents or processes does.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Post {
    /// As the map calls it.
    pub post: String,
    /// Kinds of documents whose owner is asked as if holding the post.
    #[serde(default)]
    pub kinds: Vec<String>,
    /// Sub-clauses of the process to which the post belongs.
    #[serde(default)]
    pub clauses: Vec<String>,
}

/// A walk through a process.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ProcessQuestion {
    /// Stable id, such as `process:8.6.1/last-major-incident`.
    pub id: String,
    /// The sub-clause under which it stands; the first of the process where nothing is said.
    #[serde(default)]
    pub clause: Option<String>,
    /// What is done.
    pub title: String,
    /// The questions.
    pub ask: Vec<String>,
    /// Whom to ask, where that is another post than the sub-clause says.
    #[serde(default)]
    pub whom: Option<String>,
    /// The record that is walked, where the records can tell which.
    #[serde(default)]
    pub begin: Option<WalkStart>,
}

/// At which record a walk through a process is begun.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WalkStart {
    /// Kind of record.
    pub kind: String,
    /// Which of them.
    pub at: Pick,
}

/// What is traced from record to record.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Chain {
    /// Stable id, such as `chain:change`.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The sub-clauses on the way.
    pub steps: Vec<String>,
    /// Kind of documented information at its beginning.
    pub start: String,
    /// Kind at its end.
    pub end: String,
    /// How it is traced forward.
    pub forward: String,
    /// How it is traced backward.
    pub backward: String,
    /// At which record of the kind at its beginning it is begun.
    #[serde(default)]
    pub start_at: Option<Pick>,
    /// At which record of the kind at its end it is begun backward.
    #[serde(default)]
    pub end_at: Option<Pick>,
}

/// Which record of a kind is taken as the beginning of a chain.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Pick {
    /// The latest by its day, whether or not a sample has it; else one of the period, of the sample if it can be.
    #[serde(default)]
    pub latest: bool,
    /// What makes a record fit, best first; every record is where nothing is said.
    #[serde(default)]
    pub fit: Vec<Fitness>,
}

/// What makes a record fit as the beginning of a chain.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Fitness {
    /// In words, as said of the record: "made, and in a release".
    pub what: String,
    /// Tests of its fields.
    #[serde(default, rename = "where")]
    pub filter: Tests,
    /// Another record has to name it.
    #[serde(default)]
    pub named_in: Option<Naming>,
    /// The text of a document of one of these kinds has to name it.
    #[serde(default)]
    pub in_text_of: Vec<String>,
    /// One of these has to stand somewhere in its own text.
    #[serde(default)]
    pub says: Vec<String>,
}

/// Where a record is named by others.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Naming {
    /// Kind of the records that name it.
    pub kind: String,
    /// Their field.
    pub field: String,
    /// So many records at least have to be named together there.
    #[serde(default)]
    pub at_least: usize,
}

/// How records of a kind are sampled.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SampleKind {
    /// The kind of documented information.
    pub kind: String,
    /// What is asked of each record.
    pub ask: String,
    /// The field of a record that names whom to ask about it, before whoever answers for its process.
    #[serde(default)]
    pub asked_in: Option<String>,
    /// Its main dates beside the one by which the kind is dated and the one by which it is closed: a record belongs to a
    /// period by any of them.
    #[serde(default)]
    pub dates: Vec<String>,
    /// What is taken whole before any are drawn.
    #[serde(default)]
    pub whole: Vec<Stratum>,
}

/// Something of which a sample holds one of each.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Spread {
    /// What it is: "service".
    pub title: String,
    /// Names of the fields that tell it; the first that a record has counts.
    pub fields: Vec<String>,
}

/// Records that are taken whole.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Stratum {
    /// What they are: "emergency", "failed".
    pub title: String,
    /// A record of which one of these holds is one of them.
    pub any: Vec<Tests>,
}

impl Audits {
    /// A kind of audit by its id.
    pub fn kind(&self, id: AuditId) -> Option<&AuditKind> {
        self.kinds.iter().find(|kind| kind.id == id)
    }

    /// How records of a kind are sampled, where something is said of it.
    pub fn sample(&self, kind: &str) -> Option<&SampleKind> {
        self.samples.iter().find(|sample| sample.kind == kind)
    }

    /// Ids of all fixed questions, of kinds of audit, processes and chains.
    pub fn question_ids(&self) -> impl Iterator<Item = &str> {
        let fixed = self.kinds.iter().flat_map(|kind| &kind.questions).map(|question| question.id.as_str());
        let of_processes = self.processes.iter().flat_map(|process| &process.questions).map(|question| question.id.as_str());
        fixed.chain(of_processes).chain(self.chains.iter().map(|chain| chain.id.as_str()))
    }
}
