//! Rules: faults by name, with their grade, and the relation whose breach they report.

use schemars::JsonSchema;
use serde::Deserialize;

use super::clause::Origin;
use super::relation::Relation;

/// Proposed grade of a finding, gravest first. An auditor decides.
#[derive(Clone, Copy, Debug, Deserialize, serde::Serialize, JsonSchema, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[serde(rename_all = "kebab-case")]
pub enum Grade {
    /// Affects what the system can achieve.
    Major,
    /// A requirement is not met, the system as such still works.
    Minor,
    /// No requirement is breached.
    Observation,
    /// Something could be better.
    Opportunity,
}

impl Grade {
    /// All grades, gravest first.
    pub const ALL: [Self; 4] = [Self::Major, Self::Minor, Self::Observation, Self::Opportunity];

    /// The word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Major => "major",
            Self::Minor => "minor",
            Self::Observation => "observation",
            Self::Opportunity => "opportunity",
        }
    }
}

/// A fault by name.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Id, equal to the file's name; names the fault and reads well in "ignore RULE".
    pub id: String,
    /// The fault in one sentence.
    pub fault: String,
    /// Proposed grade.
    pub grade: Grade,
    /// The relation whose breach it reports.
    #[serde(default)]
    pub relation: Option<Relation>,
    /// Or the check of the program that reports it.
    #[serde(default)]
    pub built_in: Option<BuiltIn>,
    /// Or the check of the program whose faults it names where a requirement says so.
    #[serde(default)]
    pub special_case_of: Option<BuiltIn>,
    /// For built-in checks that no requirement names: the requirements they speak to.
    #[serde(default)]
    pub requirements: Vec<String>,
    /// Whether it is judged although no requirement expects it: it is about the tool's own inputs.
    #[serde(default)]
    pub standalone: bool,
    /// For a special case that the program finds by itself: in which kind of documented information.
    #[serde(default)]
    pub of_kind: Option<String>,
    /// What is looked for.
    pub looks_for: String,
    /// Why an auditor asks.
    pub why: String,
    /// What settles it.
    pub satisfied_by: String,
    /// What it cannot see.
    pub cannot_see: String,
    /// What to do about it, where that is another thing than the check would say.
    #[serde(default)]
    pub remedy: Option<String>,
    /// Effort to settle it, where it is more than a correction on the spot.
    #[serde(default)]
    pub effort: Option<super::documented_information::Effort>,
    /// Rules whose fault explains this one where both are about the same thing: it then folds beneath theirs. A check stands
    /// for its special cases too.
    #[serde(default)]
    pub explained_by: Vec<String>,
    /// Whether a breach speaks against the requirement; without a word, the kind of relation decides.
    #[serde(default)]
    pub contradicts: Option<bool>,
    /// Whether a later record of a row makes good what one left out: a trend does, the results of a period do not.
    #[serde(default)]
    pub taken_up_later: bool,
    /// Where what it found missing may be on record without a link.
    #[serde(default)]
    pub answered_in: Option<AnsweredIn>,
    /// `no` where the standard does not demand what the rule looks for.
    #[serde(default = "yes")]
    pub mandated: bool,
    /// Number of the domain's own list of rules, where it has one.
    #[serde(default)]
    pub judgement_rule: Option<String>,
    /// Where it is declared.
    #[serde(skip)]
    pub origin: Origin,
}

/// Records among which an answer to a finding may lie that names none.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AnsweredIn {
    /// Kinds of documented information. A record there that names the record at fault may answer it.
    pub kinds: Vec<String>,
    /// Fields of the record at fault that tell what it is about: a record there that shares a rare word of theirs may answer
    /// it too.
    #[serde(default)]
    pub by: Vec<String>,
}

fn yes() -> bool {
    true
}

/// Checks that are part of the program; each has exactly one rule that names its fault.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the rule of each in the clause map says what it is")]
pub enum BuiltIn {
    Absent,
    Incomplete,
    NotCovered,
    NotControlled,
    NotApproved,
    WrongApprover,
    ApprovedInFuture,
    ReviewOverdue,
    IntervalMissed,
    NoInterval,
    NotMeasured,
    NotAssigned,
    ChangedAfterApproval,
    AlteredAfterClosure,
    BrokenReference,
    Placeholder,
    DuplicateId,
    ControlDisagrees,
    Unreadable,
    Uncommitted,
    BadDate,
    BadValue,
    UnknownKind,
    UnknownClause,
    EmptyDocument,
    UnsafeName,
    HiddenCharacters,
    LinkNotFollowed,
    MappingWithoutMatch,
    AcceptanceExpired,
    AcceptanceUnmatched,
    ApprovalBeforeText,
    ApprovedByOnlyAuthor,
    SecretInText,
    RecordBackfilled,
    RecordDeleted,
    IdGap,
    SupersededEdition,
    EditionWithoutAmendment,
    ChangeWithoutReference,
    StatementStale,
    StatementInvalid,
    ApprovalBeforeVersion,
    ReviewPlannedTooLate,
}

impl BuiltIn {
    /// Every check of the program.
    pub const ALL: [Self; 44] = [
        Self::Absent,
        Self::Incomplete,
        Self::NotCovered,
        Self::NotControlled,
        Self::NotApproved,
        Self::WrongApprover,
        Self::ApprovedInFuture,
        Self::ReviewOverdue,
        Self::IntervalMissed,
        Self::NoInterval,
        Self::NotMeasured,
        Self::NotAssigned,
        Self::ChangedAfterApproval,
        Self::AlteredAfterClosure,
        Self::BrokenReference,
        Self::Placeholder,
        Self::DuplicateId,
        Self::ControlDisagrees,
        Self::Unreadable,
        Self::Uncommitted,
        Self::BadDate,
        Self::BadValue,
        Self::UnknownKind,
        Self::UnknownClause,
        Self::EmptyDocument,
        Self::UnsafeName,
        Self::HiddenCharacters,
        Self::LinkNotFollowed,
        Self::MappingWithoutMatch,
        Self::AcceptanceExpired,
        Self::AcceptanceUnmatched,
        Self::ApprovalBeforeText,
        Self::ApprovedByOnlyAuthor,
        Self::SecretInText,
        Self::RecordBackfilled,
        Self::RecordDeleted,
        Self::IdGap,
        Self::SupersededEdition,
        Self::EditionWithoutAmendment,
        Self::ChangeWithoutReference,
        Self::StatementStale,
        Self::StatementInvalid,
        Self::ApprovalBeforeVersion,
        Self::ReviewPlannedTooLate,
    ];
}
