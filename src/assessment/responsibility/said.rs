//! A value of the statement and where it comes from. Nothing stands in a statement of responsibility without its source.

use schemars::JsonSchema;
use serde::Serialize;

use crate::vocabulary::plain;

/// What is written where nothing says it.
pub const TO_BE_STATED: &str = "to be stated";

/// What kind of source says a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Basis {
    /// The organization's own statement of applicability.
    Statement,
    /// A register of the organization.
    Register,
    /// A document and its control data.
    Document,
    /// A record.
    Record,
    /// The configuration.
    Configuration,
    /// It follows from the assessment.
    Assessment,
    /// The clause map, not the organization.
    ClauseMap,
}

/// A value and where it comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Said {
    /// As written.
    pub value: String,
    /// What kind of source says it.
    pub basis: Basis,
    /// Path of the source; none where it follows from the assessment.
    pub path: Option<String>,
    /// Line in it; none for the file as a whole.
    pub line: Option<u32>,
    /// The source for people: `path:line`, or in words.
    pub from: String,
}

impl Said {
    /// A value that stands at a place.
    pub fn at(value: impl Into<String>, basis: Basis, path: impl Into<String>, line: u32) -> Self {
        let path = path.into();
        let from = if line == 0 { path.clone() } else { format!("{path}:{line}") };
        Self { value: value.into(), basis, path: Some(path), line: (line > 0).then_some(line), from }
    }

    /// A value that stands nowhere and follows from something.
    pub fn follows(value: impl Into<String>, basis: Basis, from: impl Into<String>) -> Self {
        Self { value: value.into(), basis, path: None, line: None, from: from.into() }
    }

    /// The same place with words on why it is believed.
    pub(super) fn because(mut self, why: &str) -> Self {
        self.from = format!("{}, {why}", self.from);
        self
    }
}

/// The five statuses that a row can have. Leaving a requirement out is none of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ResponsibilityStatus {
    /// The organization does it itself.
    Performed,
    /// Part of it is done by other parties, under control.
    PerformedWithOthers,
    /// It is wholly done by another party, under control; single requirements of clauses 6 to 10 only.
    PerformedByOthers,
    /// Its condition did not come about in the period.
    NotTriggered,
    /// It is not met yet, and an action says when it will be.
    Planned,
}

impl ResponsibilityStatus {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Performed, Self::PerformedWithOthers, Self::PerformedByOthers, Self::NotTriggered, Self::Planned];

    /// The word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Performed => "performed",
            Self::PerformedWithOthers => "performed-with-others",
            Self::PerformedByOthers => "performed-by-others",
            Self::NotTriggered => "not-triggered",
            Self::Planned => "planned",
        }
    }

    pub(super) fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| plain(status.word()) == plain(text))
    }

    /// Whether others take part.
    pub fn is_with_others(self) -> bool {
        matches!(self, Self::PerformedWithOthers | Self::PerformedByOthers)
    }
}

/// Whether a status could be given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Answer {
    /// Something says the status, or it follows.
    Stated,
    /// Nothing says it.
    ToBeStated,
    /// The organization's own statement says something that cannot be.
    Refused,
    /// A heading, which holds no requirement.
    Heading,
}

/// The status of a sub-clause or requirement, and where it comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Standing {
    /// Whether a status could be given.
    pub answer: Answer,
    /// The status, where it could.
    pub status: Option<ResponsibilityStatus>,
    /// For people: the status, "to be stated", "refused", or "heading".
    pub word: String,
    /// What says it, or why nothing does.
    pub from: String,
    /// What kind of source says it.
    pub basis: Option<Basis>,
    /// Path of the source, where there is one.
    pub path: Option<String>,
    /// Line in it.
    pub line: Option<u32>,
}

impl Standing {
    pub(super) fn stated(status: ResponsibilityStatus, source: &Said) -> Self {
        Self {
            answer: Answer::Stated,
            status: Some(status),
            word: status.word().to_owned(),
            from: source.from.clone(),
            basis: Some(source.basis),
            path: source.path.clone(),
            line: source.line,
        }
    }

    pub(super) fn to_be_stated(why: impl Into<String>) -> Self {
        Self { answer: Answer::ToBeStated, status: None, word: TO_BE_STATED.to_owned(), from: why.into(), basis: None, path: None, line: None }
    }

    /// What was written is not repeated: the finding at its place tells it.
    pub(super) fn refused(source: &Said, why: &str) -> Self {
        Self {
            answer: Answer::Refused,
            status: None,
            word: "refused".to_owned(),
            from: format!("{}: {why}", source.from),
            basis: Some(source.basis),
            path: source.path.clone(),
            line: source.line,
        }
    }

    pub(super) fn heading() -> Self {
        let from = "the sub-clause holds no requirement of its own".to_owned();
        Self { answer: Answer::Heading, status: None, word: "heading".to_owned(), from, basis: Some(Basis::ClauseMap), path: None, line: None }
    }
}

/// A remark on a row, a party or a check.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Remark {
    /// What is to be said.
    pub text: String,
    /// Fingerprint of the finding that it cites, where it cites one.
    pub finding: Option<String>,
    /// The number by which papers name that finding.
    #[serde(skip)]
    pub number: Option<String>,
    /// `path:line`, where it speaks of a place.
    pub place: Option<String>,
}

impl Remark {
    pub(super) fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), finding: None, number: None, place: None }
    }

    pub(super) fn at(text: impl Into<String>, said: &Said) -> Self {
        Self { text: text.into(), finding: None, number: None, place: Some(said.from.clone()) }
    }

    pub(super) fn cites(finding: &crate::assessment::finding::Finding) -> Self {
        let text = format!("{} finding {}: {}", finding.grade.word(), finding.rule, finding.message);
        // What is not there has no place.
        let place = (!finding.location.path.is_empty() && finding.missing.is_none()).then(|| finding.location.shown());
        Self { text, finding: Some(finding.fingerprint.clone()), number: finding.number.map(|_| finding.shown_number()), place }
    }
}
