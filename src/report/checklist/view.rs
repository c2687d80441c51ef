//! What an audit checklist holds: counted, ordered and worded, nothing escaped. Its JSON Schema is made from these types.

use schemars::JsonSchema;
use serde::Serialize;

use crate::report::cover::Cover;

/// Version of this shape.
pub const SCHEMA: &str = "clausewise/checklist/v1";

/// Heads of the columns of every sheet with rows, and of the tables that are filled in: by them a filled-in checklist is read back.
pub mod heads {
    /// Stable id of the row.
    pub const ID: &str = "ID";
    /// Sub-clause.
    pub const CLAUSE: &str = "Clause";
    /// What is to be found out, and the questions.
    pub const QUESTION: &str = "Question";
    /// Whom to ask.
    pub const WHOM: &str = "Whom";
    /// What to look at, and what counts.
    pub const LOOK_AT: &str = "Look at";
    /// Where evidence was found.
    pub const EVIDENCE: &str = "Evidence so far";
    /// The documents' verdict, the reason, findings.
    pub const DOCUMENTS_SAY: &str = "Documents say";
    /// Filled in: the result.
    pub const RESULT: &str = "Result";
    /// Filled in: exactly what was seen.
    pub const EVIDENCE_SEEN: &str = "Evidence seen";
    /// Filled in: who was asked.
    pub const AUDITEE: &str = "Auditee";
    /// Filled in: who asked.
    pub const AUDITOR: &str = "Auditor";
    /// Filled in: the day.
    pub const DATE: &str = "Date";
    /// Filled in: anything else.
    pub const NOTES: &str = "Notes";
}

/// The audit checklist.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct AuditChecklist {
    /// Version of this shape.
    pub schema: String,
    /// Of whom, of which state, by which map, on which day.
    pub cover: Cover,
    /// Which audit it is.
    pub audit: Audit,
    /// How it was put together: rotation, selection, sampling, pre-filled answers. One sentence or two each.
    pub method: Vec<String>,
    /// Who answers for what is audited, and whether the auditor does.
    pub independence: Independence,
    /// The rows that are filled in, under their headings, in the order of the audit.
    pub groups: Vec<Group>,
    /// Findings of earlier audits that are carried in, as rows; apart from what this assessment finds.
    pub previous: Previous,
    /// The record samples, as rows.
    pub samples: Samples,
    /// For each person to ask, and each role of which nobody is known, where the questions stand.
    pub by_person: Vec<PersonToAsk>,
    /// What was counted of the whole, in short, for whoever reads only the front.
    pub summary: Vec<String>,
    /// Where the areas of concern of stage 1 are to be entered, and why; none where no stage 1 came right before.
    pub stage1_concerns: Option<String>,
    /// How many of all open findings are listed here, and where the others belong; empty where nothing is open.
    pub open_note: String,
    /// What this review of documents found and nobody has accepted, by its numbers: what belongs to this audit and is minor or graver, or of any grade where the audit knows none, and whatever a row shows. They are no rows.
    pub open_findings: Vec<FoundSoFar>,
    /// How many blank forms there are for what the auditor finds.
    pub blank_forms: usize,
    /// That more is proposed than there are forms; empty where there are enough.
    pub blank_forms_note: String,
    /// Who signs.
    pub sign_off: Vec<Signature>,
    /// What a checklist made from documents cannot do.
    pub limits: Vec<String>,
}

/// Which audit it is, and what is to be filled in about it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Audit {
    /// Its kind: internal, stage1, stage2, surveillance, recertification.
    pub kind: String,
    /// Its title.
    pub title: String,
    /// What it is for.
    pub aim: String,
    /// What it looks at.
    pub looks_at: Vec<String>,
    /// Against what it judges.
    pub criteria: Vec<String>,
    /// What was chosen: everything, or the clauses and processes asked for.
    pub scope: String,
    /// The scope of the service management system, as its scope statement has it; none where there is none.
    pub system: Option<String>,
    /// How it grades.
    pub grading: String,
    /// Whether it grades at all; stage 1 does not.
    pub graded: bool,
    /// The results that a row may have. Stage 1 knows no grades.
    pub results: Vec<Choice>,
    /// Year of the cycle; only for surveillance.
    pub year: Option<u8>,
    /// First day of the period whose records are sampled.
    pub period_from: String,
    /// Last day of it.
    pub period_to: String,
    /// The seed of the samples.
    pub seed: String,
    /// Number of the audit: that of the programme where it plans one, else to be filled in.
    pub number: String,
    /// Days of the audit: as the programme plans, else to be filled in.
    pub dates: String,
    /// Lead auditor: as named on the command line, else as the programme plans, else to be filled in.
    pub auditor: String,
    /// The team, to be filled in.
    pub team: String,
    /// How many rows there are to fill in, previous findings and samples included.
    pub rows: usize,
    /// How many of them have a result already.
    pub answered: usize,
    /// How many answers are stale.
    pub stale: usize,
}

/// A result that a row may have.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Choice {
    /// The word that is written into the column Result.
    pub word: String,
    /// What it means.
    pub meaning: String,
}

/// Who answers for what is audited.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Independence {
    /// The auditor, where one is named.
    pub auditor: Option<String>,
    /// The line: whether the auditor owns or does what is audited, in a sentence.
    pub line: String,
    /// What speaks against the auditor's independence, one sentence each.
    pub warnings: Vec<String>,
    /// What each member of the team is asked about ties to the audited organization; none in an audit of its own.
    pub ties: Vec<String>,
    /// Who owns or answers for what is audited, by the registers and documents; none in an audit by somebody from outside.
    pub responsible: Vec<Responsible>,
}

/// A person who answers for something that is audited.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Responsible {
    /// Who.
    pub person: String,
    /// For what: "owner of the process incident management".
    pub what: String,
    /// Sub-clauses.
    pub clauses: String,
    /// Where that stands: `path:line`.
    pub place: String,
}

/// A person to ask, or a role of which nobody is known, and where the questions stand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct PersonToAsk {
    /// Name or role.
    pub who: String,
    /// Whether it is a role.
    pub is_role: bool,
    /// In which roles the person is asked.
    pub roles: String,
    /// Sub-clauses under which the rows stand, samples included.
    pub clauses: String,
    /// Rows that stand under none: fixed questions, earlier findings, chains.
    pub others: String,
    /// How many rows there are.
    pub rows: usize,
}

/// Rows under one heading: a sub-clause, a process, or the fixed questions of the kind of audit.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Group {
    /// Stable id: the number of the sub-clause, the id of the process, or of the fixed questions.
    pub id: String,
    /// Heading of the part that begins with this group ("8.6 Resolution and fulfilment"); none within a part.
    pub part: Option<String>,
    /// Heading: "8.6.1 Incident management".
    pub title: String,
    /// What it is after.
    pub purpose: String,
    /// What must be written down, and what need not be; empty where nothing is to be said.
    pub documentation: String,
    /// Why it is here ("weak last time"), or that it holds no requirement of its own; empty where nothing is to be said.
    pub note: String,
    /// Its rows.
    pub rows: Vec<Row>,
}

/// What a row is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RowSort {
    /// A requirement of the clause map.
    Requirement,
    /// A fixed question of the kind of audit or of a process.
    Question,
    /// A finding of an earlier audit.
    Previous,
    /// A record of a sample.
    Sample,
}

/// One row: what is asked and known, and what a person fills in.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Row {
    /// Stable id: `8.6.1-s3`, `core:complaints`, `nc:NC-2025-03`, `sample:incident-record/INC-0104`.
    pub id: String,
    /// What it is about.
    pub sort: RowSort,
    /// Sub-clauses, the first one leading; "" where it belongs to none.
    pub clause: String,
    /// What is asked, in one sentence.
    pub title: String,
    /// Questions to ask.
    pub questions: Vec<String>,
    /// Whom: a role, and the names of who holds it or owns the process, where registers name them.
    pub whom: String,
    /// These names.
    pub people: Vec<String>,
    /// What to look at: documents, records, people, places.
    pub look_at: Vec<String>,
    /// What counts as evidence.
    pub expect: Vec<String>,
    /// Evidence found so far, place by place.
    pub evidence: Vec<EvidenceSoFar>,
    /// The same, file by file: for reading.
    pub files: Vec<EvidenceFile>,
    /// The documents' verdict; none where the row is no requirement.
    pub verdict: Option<String>,
    /// What the documents say, in a sentence that begins with the verdict where there is one.
    pub documents_say: String,
    /// What is to be asked first, since the row is asked only if that is so; none where that is known.
    pub depends_on: Option<String>,
    /// What was counted for it from what is held here, in sentences.
    pub facts: Vec<String>,
    /// Findings of this assessment on it.
    pub findings: Vec<FoundSoFar>,
    /// What grade the documents alone suggest, and that an auditor decides; none at stage 1 and where nothing suggests one.
    pub grade_note: Option<String>,
    /// What a person fills in; pre-filled from `assessments/`.
    pub answer: Answer,
    /// Hash of what was asked and known: question, evidence with its commits, the documents' verdict. For reading back.
    pub hash: String,
}

/// A place where evidence was found.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct EvidenceSoFar {
    /// Path from the repository's root.
    pub path: String,
    /// Line; 0 for the file as a whole.
    pub line: u32,
    /// `path:line`.
    pub place: String,
    /// What it is: title of the kind of documented information.
    pub what: String,
    /// First digits of the commit; none if unknown or uncommitted.
    pub commit: Option<String>,
    /// Day of that commit.
    pub last_changed_on: Option<String>,
    /// The passage that decided.
    pub passage: Option<String>,
}

/// A file in which evidence was found.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct EvidenceFile {
    /// Path from the repository's root.
    pub path: String,
    /// Path and lines: `records/incidents.csv:2-9, 104`.
    pub place: String,
    /// What it is.
    pub what: String,
    /// First digits of the commit; none if unknown or uncommitted.
    pub commit: Option<String>,
    /// Day of that commit.
    pub last_changed_on: Option<String>,
    /// The first passage that decided.
    pub passage: Option<String>,
}

/// A finding of this assessment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct FoundSoFar {
    /// Its number, the same in all papers of this assessment: F1, F2.
    pub number: String,
    /// Its fingerprint.
    pub fingerprint: String,
    /// The rule that names it.
    pub rule: String,
    /// Proposed grade; none at stage 1.
    pub grade: Option<String>,
    /// What is wrong.
    pub message: String,
    /// `path:line`.
    pub place: String,
    /// Requirements, in words.
    pub requirements: String,
}

/// What a person fills in; each field empty until then.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Answer {
    /// The result: one of the choices of the audit.
    pub result: String,
    /// Exactly what was seen.
    pub evidence_seen: String,
    /// Who was asked.
    pub auditee: String,
    /// Who asked.
    pub auditor: String,
    /// The day, YYYY-MM-DD.
    pub date: String,
    /// Anything else.
    pub notes: String,
    /// Why it does not hold any more; none where it holds, and where nobody has answered.
    pub stale: Option<String>,
    /// Where it is kept: `path:line`.
    pub kept_in: Option<String>,
}

/// Findings of earlier audits.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Previous {
    /// Since when closed ones are carried in, and why, in sentences.
    pub since: String,
    /// One row each.
    pub rows: Vec<Row>,
}

/// The samples of all kinds of records.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Samples {
    /// The rule in words, with the seed; empty where this audit draws none.
    pub method: String,
    /// One for each kind with records in the period.
    pub lots: Vec<SampleLot>,
    /// Kinds in scope without a record in the period, by title, and what is known of them.
    pub empty: Vec<String>,
}

/// The sample of one kind of records.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct SampleLot {
    /// Kind of documented information.
    pub kind: String,
    /// Its title.
    pub title: String,
    /// Sub-clauses.
    pub clauses: String,
    /// Records of the period that are held here; whether more happened is not shown.
    pub population: usize,
    /// Records without a readable day: no part of the population.
    pub undated: usize,
    /// The number that the rule gives.
    pub wanted: usize,
    /// The number drawn.
    pub drawn: usize,
    /// Population, period, size, strata and what is out of the ordinary, in sentences.
    pub method: String,
    /// One row for each record drawn, by day.
    pub rows: Vec<Row>,
}

/// A line for a signature.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Signature {
    /// In which role.
    pub role: String,
    /// The name, where it is known.
    pub name: String,
    /// What is signed.
    pub states: String,
}

impl AuditChecklist {
    /// Every row that can be filled in: those of the groups, previous findings, samples.
    pub fn rows(&self) -> impl Iterator<Item = &Row> {
        let samples = self.samples.lots.iter().flat_map(|lot| &lot.rows);
        self.groups.iter().flat_map(|group| &group.rows).chain(&self.previous.rows).chain(samples)
    }
}
