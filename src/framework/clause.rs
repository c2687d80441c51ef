//! Clauses and their requirements.

use schemars::JsonSchema;
use serde::Deserialize;

use super::asked::Asked;
use crate::vocabulary::{ClauseNumber, Place, RequirementId};

/// One file of the map: a second-level clause and its lowest sub-clauses.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ClauseGroup {
    /// Number of the second-level clause, such as "8.6".
    pub number: String,
    /// Its title in the standard.
    pub title: String,
    /// The lowest sub-clauses; the clause itself where it has none below it.
    pub clauses: Vec<Clause>,
}

/// A lowest sub-clause.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Clause {
    /// Its number, such as "8.6.1".
    pub number: String,
    /// Its title in the standard, or a label of ours where the standard gives none.
    pub title: String,
    /// How the paraphrase was made sure of.
    pub basis: Basis,
    /// What the sub-clause is after and what an auditor looks for.
    pub purpose: String,
    /// What must be written down, and what need not be.
    pub documentation: String,
    /// Where something is to happen at planned intervals: that the organization sets them.
    #[serde(default)]
    pub interval: Option<String>,
    /// Numbers of sub-clauses that an auditor follows from here.
    #[serde(default)]
    pub related: Vec<String>,
    /// Who is asked in an interview.
    pub whom: String,
    /// Its requirements, in the order of the text; none where the sub-clause only gives an overview.
    pub requirements: Vec<Requirement>,
    /// The file of the map, and the line of the sub-clause in it.
    #[serde(skip)]
    pub origin: Origin,
}

/// Where something is declared in the clause map.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    /// Path of the file, relative to the map's folder.
    pub path: String,
    /// Where in it.
    pub at: Place,
}

impl Clause {
    /// The number as a value; the linter has made sure that it is one.
    pub fn number(&self) -> Option<ClauseNumber> {
        ClauseNumber::parse(&self.number)
    }
}

/// How the paraphrase of a sub-clause was made sure of.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub enum Basis {
    /// Checked against a public source and then put in our own words.
    Checked,
    /// Expert knowledge, not checked against a source.
    Expert,
}

impl Basis {
    /// For people.
    pub fn words(self) -> &'static str {
        match self {
            Self::Checked => "checked against a public source, then put in our own words",
            Self::Expert => "expert knowledge, not checked against a public source",
        }
    }
}

/// One requirement of the map.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Requirement {
    /// Stable id, such as "8.6.1-s3".
    pub id: String,
    /// What is asked, in one sentence of our own words.
    pub intent: String,
    /// What kind of thing is asked for.
    pub obligation: Vec<Obligation>,
    /// On what the requirement depends, where it does.
    #[serde(default)]
    pub condition: Option<RequirementCondition>,
    /// What documents can show.
    pub expects: Vec<Asked>,
    /// Ids of requirements that ask for the members of a set of documents which this one asks for: what they lack, the set
    /// lacks.
    #[serde(default)]
    pub follows: Vec<String>,
    /// Registers that name the members of such a set.
    #[serde(default)]
    pub members: Vec<MemberList>,
    /// What an auditor asks.
    pub ask: Vec<String>,
    /// Whom, where it is another than for the sub-clause.
    #[serde(default)]
    pub whom: Option<String>,
    /// Where it is declared.
    #[serde(skip)]
    pub origin: Origin,
}

/// A register whose entries name the members of a set of documents.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MemberList {
    /// Kind of documented information.
    pub kind: String,
    /// Field that leads to the member.
    pub field: String,
}

impl Requirement {
    /// The id as a value; the linter has made sure that it is one.
    pub fn id(&self) -> Option<RequirementId> {
        RequirementId::parse(&self.id)
    }

    /// Whether only an interview or an observation can settle it; documents then merely support.
    pub fn is_conduct(&self) -> bool {
        self.obligation.contains(&Obligation::Conduct)
    }

    /// Whether somebody has to judge that it is asked for at all: no record shows the circumstance.
    pub fn rests_on_judgement(&self) -> bool {
        self.condition.as_ref().is_some_and(|condition| condition.on.is_none())
    }
}

/// What kind of thing a requirement asks for.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub enum Obligation {
    /// A document that is kept up.
    Document,
    /// A record that is left.
    Record,
    /// Something that a document, register or record contains.
    Content,
    /// Something done at intervals that the organization plans.
    Interval,
    /// Addressed to top management.
    TopManagement,
    /// Independence of the person who does it.
    Independence,
    /// Conduct, which an interview or an observation settles.
    Conduct,
}

impl Obligation {
    /// For people.
    pub fn words(self) -> &'static str {
        match self {
            Self::Document => "a document kept up",
            Self::Record => "a record",
            Self::Content => "content of a document or record",
            Self::Interval => "at planned intervals, which the organization sets",
            Self::TopManagement => "addressed to top management",
            Self::Independence => "independence",
            Self::Conduct => "conduct, settled by interview or observation",
        }
    }
}

/// On what a requirement depends.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RequirementCondition {
    /// A circumstance of `framework.yaml` that registers and records can show.
    #[serde(default)]
    pub on: Option<String>,
    /// In words.
    pub text: String,
}
