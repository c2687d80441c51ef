//! Reading a clause map: every fault of every file is collected before anything is refused.

use std::collections::BTreeMap;
use std::fmt;

use rayon::prelude::*;
use schemars::JsonSchema;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::audits::Audits;
use super::clause::{Clause, ClauseGroup, Origin, Requirement};
use super::condition::Circumstance;
use super::documented_information::{DocumentedInformation, Form};
use super::language::{Language, Vocabulary};
use super::rule::{BuiltIn, Rule};
use super::source::{MapFile, MapSource};
use super::subject::{Subject, Subjects};
use super::{lint, lint_audits, lint_words};
use crate::vocabulary::{ClauseNumber, Place, RequirementId};
use crate::yaml::{Limits, Node, decode, read_all};

/// The schema version that this program reads.
pub(crate) const SCHEMA: &str = "clausewise/clause-map/v1";

/// A clause map: every requirement, kind of documented information and rule.
#[derive(Clone, Debug)]
pub struct Framework {
    /// Its head.
    pub head: Head,
    /// Second-level clauses: number and title, in natural order.
    pub groups: Vec<(ClauseNumber, String)>,
    /// Lowest sub-clauses, in natural order.
    pub clauses: Vec<Clause>,
    /// Kinds of documented information by id.
    pub kinds: BTreeMap<String, DocumentedInformation>,
    /// Rules by id.
    pub rules: BTreeMap<String, Rule>,
    /// What documents are about, in the order of the file.
    pub subjects: Vec<Subject>,
    /// Vocabularies by the code of their language.
    pub languages: BTreeMap<String, Language>,
    /// What each kind of audit looks at; none where the map says nothing of audits.
    pub audits: Option<Audits>,
    /// Id of the rule that names the fault of each built-in check: asked for every fault.
    built_in: BTreeMap<BuiltIn, String>,
}

/// The head of a clause map (`framework.yaml`).
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Head {
    /// Version of this file format.
    pub schema: String,
    /// Id of the map.
    pub id: String,
    /// The edition of the standard, amendments included.
    pub edition: String,
    /// Version of the map; figures of two versions cannot be compared.
    pub map_version: String,
    /// How many requirements the map has.
    pub items: usize,
    /// How many lowest sub-clauses.
    pub sub_clauses: usize,
    /// What the map is not.
    pub limits: String,
    /// Sub-clauses on which the first stage of a certification audit turns: a major gap in one of them stops it.
    #[serde(default)]
    pub stage_one: Vec<String>,
    /// What else an organization may have on which a system can be built.
    #[serde(default)]
    pub foundations: Vec<Foundation>,
    /// Circumstances on which requirements depend.
    pub conditions: Vec<Circumstance>,
}

/// Another management system, known by the clause that most of its documents are about.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Foundation {
    /// The clause, with all its sub-clauses.
    pub clause: String,
    /// What it is, with its article.
    pub title: String,
    /// What of it carries over, in sentences for a manager.
    pub carries_over: String,
}

/// A fault in a clause map.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct MapFault {
    /// File, relative to the map's folder.
    pub path: String,
    /// Where in it.
    pub at: Place,
    /// What is wrong and what to do.
    pub message: String,
}

impl fmt::Display for MapFault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{}:{}: {}", self.path, self.at.line.max(1), self.at.column.max(1), self.message)
    }
}

/// A clause map that cannot be used: all its faults.
#[derive(Debug, thiserror::Error)]
#[error("the clause map has {} fault(s)", .0.len())]
pub struct FrameworkError(
    /// In the order of files and lines.
    pub Vec<MapFault>,
);

impl Framework {
    /// Reads and checks a map.
    ///
    /// # Errors
    /// All faults of all files, if there are any: unreadable files, unknown keys, dangling references, empty texts.
    pub fn load(source: &MapSource) -> Result<Self, FrameworkError> {
        let parsed: Vec<Result<Piece, Vec<MapFault>>> = source.files().par_iter().map(read_file).collect();
        let mut faults = Vec::new();
        let mut builder = Builder::default();
        for piece in parsed {
            match piece {
                Ok(piece) => builder.add(piece, &mut faults),
                Err(more) => faults.extend(more),
            }
        }
        let Some(head) = builder.head else {
            // Where the file is there and at fault, its own fault says more.
            if !faults.iter().any(|fault: &MapFault| fault.path == "framework.yaml") {
                faults.push(MapFault {
                    path: "framework.yaml".to_owned(),
                    at: Place::default(),
                    message: "not there; a clause map needs it: add the file or name another folder".to_owned(),
                });
            }
            faults.sort();
            return Err(FrameworkError(faults));
        };
        builder.groups.sort();
        builder.clauses.sort_by_key(Clause::number);
        let Builder { groups, clauses, mut kinds, rules, subjects, languages, audits, .. } = builder;
        languages.values().for_each(|language| teach(&mut kinds, language));
        let built_in = rules.values().rev().filter_map(|rule| Some((rule.built_in?, rule.id.clone()))).collect();
        let framework = Self { head, groups, clauses, kinds, rules, subjects, languages, audits, built_in };
        // References can only be judged when every file that they may lead to was read.
        // The map inside the program is held to this by its tests.
        if faults.is_empty() && !matches!(source, MapSource::Embedded) {
            faults.extend(lint::lint(&framework));
            faults.extend(lint_words::lint(&framework));
            faults.extend(lint_audits::lint(&framework));
        }
        faults.sort();
        if faults.is_empty() { Ok(framework) } else { Err(FrameworkError(faults)) }
    }

    /// Every requirement with its sub-clause, in natural order.
    pub fn requirements(&self) -> impl Iterator<Item = (&Clause, &Requirement)> {
        self.clauses.iter().flat_map(|clause| clause.requirements.iter().map(move |requirement| (clause, requirement)))
    }

    /// The subject that a kind belongs to.
    pub fn subject_of(&self, kind: &str) -> Option<&Subject> {
        self.subjects.iter().find(|subject| subject.kinds.iter().any(|id| id == kind))
    }

    /// Subjects of another name of which a document of a kind often holds a part.
    pub fn subjects_near(&self, kind: &str) -> impl Iterator<Item = &Subject> {
        let own = self.subject_of(kind).map(|subject| subject.id.as_str());
        let is_among = move |subject: &Subject| subject.among.as_ref().is_some_and(|among| among.kinds.iter().any(|id| id == kind));
        self.subjects.iter().filter(move |subject| is_among(subject) || own.is_some_and(|own| subject.near.iter().any(|near| near == own)))
    }

    /// The lowest sub-clauses that a document of a kind is evidence for, best first: its subject's, with the one that
    /// demands the kind in front. A record shows the work, whichever sub-clause wants it kept.
    pub fn clauses_of(&self, kind: &str) -> Vec<String> {
        let mut clauses = self.subject_of(kind).map(|subject| subject.clauses.clone()).unwrap_or_default();
        let document = self.kinds.get(kind).filter(|kind| kind.form != Form::Record);
        let demanding = document.and_then(|kind| kind.demanded.as_ref()).map(|demand| demand.by.as_slice()).unwrap_or_default();
        let numbers = demanding.iter().filter_map(|id| RequirementId::parse(id)).map(|id| id.clause().to_string());
        // The list of 7.5.4 names many kinds: the one that demands it is that of its own subject.
        if let Some(index) = numbers.into_iter().find_map(|number| clauses.iter().position(|clause| *clause == number)) {
            clauses[..=index].rotate_right(1);
        }
        clauses
    }

    /// One requirement by id.
    pub fn requirement(&self, id: &str) -> Option<(&Clause, &Requirement)> {
        let clause = RequirementId::parse(id)?.clause().clone();
        let clause = self.clauses.get(self.clauses.binary_search_by_key(&Some(clause), Clause::number).ok()?)?;
        clause.requirements.iter().find(|requirement| requirement.id == id).map(|requirement| (clause, requirement))
    }

    /// Whether a requirement, a sub-clause or a question is asked of a post.
    pub fn asks_for(&self, post: &str) -> bool {
        let asked = self.clauses.iter().flat_map(|clause| {
            let own = clause.requirements.iter().filter_map(|requirement| requirement.whom.as_deref());
            std::iter::once(clause.whom.as_str()).chain(own)
        });
        let audits = self.audits.iter();
        let fixed = audits.clone().flat_map(|audits| &audits.kinds).flat_map(|kind| &kind.questions).map(|question| question.whom.as_str());
        let walked = audits.flat_map(|audits| &audits.processes).flat_map(|process| &process.questions).filter_map(|question| question.whom.as_deref());
        asked.chain(fixed).chain(walked).any(|whom| whom == post)
    }

    /// The rule that names the fault of a built-in check; the linter has made sure that there is one.
    pub fn built_in(&self, check: BuiltIn) -> Option<&Rule> {
        self.rules.get(self.built_in.get(&check)?)
    }

    /// Whether `kind` is `wanted` or a special case of it.
    pub fn is_a(&self, kind: &str, wanted: &str) -> bool {
        let mut current = Some(kind);
        // The linter refuses cycles, the bound keeps a map that escaped it from hanging the program.
        for _ in 0..8 {
            match current {
                Some(id) if id == wanted => return true,
                Some(id) => current = self.kinds.get(id).and_then(|kind| kind.is_a.as_deref()),
                None => return false,
            }
        }
        false
    }

    /// All circumstances.
    pub fn circumstances(&self) -> &[Circumstance] {
        &self.head.conditions
    }

    /// What else an organization may have on which a system can be built.
    pub fn foundations(&self) -> &[Foundation] {
        &self.head.foundations
    }

    /// The kind of documented information that a requirement demands.
    pub fn demanded_by(&self, requirement: &str) -> Option<&str> {
        let demands = |kind: &&DocumentedInformation| kind.demanded.as_ref().is_some_and(|demand| demand.by.iter().any(|by| by == requirement));
        self.kinds.values().find(demands).map(|kind| kind.id.as_str())
    }

    /// A circumstance by id.
    pub fn circumstance(&self, id: &str) -> Option<&Circumstance> {
        self.head.conditions.iter().find(|circumstance| circumstance.id == id)
    }
}

enum Piece {
    Head(Box<Head>),
    Group(String, ClauseGroup),
    Kind(Box<DocumentedInformation>),
    Rule(Box<Rule>),
    Subjects(Vec<Subject>),
    Language(Box<Language>),
    Audits(Box<Audits>),
}

#[derive(Default)]
struct Builder {
    head: Option<Head>,
    groups: Vec<(ClauseNumber, String)>,
    clauses: Vec<Clause>,
    kinds: BTreeMap<String, DocumentedInformation>,
    rules: BTreeMap<String, Rule>,
    subjects: Vec<Subject>,
    languages: BTreeMap<String, Language>,
    audits: Option<Audits>,
}

impl Builder {
    fn add(&mut self, piece: Piece, faults: &mut Vec<MapFault>) {
        let twice = |origin: &Origin, what: &str, id: &str| MapFault {
            path: origin.path.clone(),
            at: origin.at,
            message: format!("{what} `{id}` is declared twice; rename or remove one"),
        };
        match piece {
            Piece::Head(head) => self.head = Some(*head),
            Piece::Group(path, group) => {
                match ClauseNumber::parse(&group.number) {
                    Some(number) => self.groups.push((number, group.title)),
                    None => faults.push(MapFault { path, at: Place::line(1), message: format!("`{}` is not a clause number", group.number) }),
                }
                self.clauses.extend(group.clauses);
            }
            Piece::Kind(kind) => {
                let fault = twice(&kind.origin, "the kind", &kind.id);
                if self.kinds.insert(kind.id.clone(), *kind).is_some() {
                    faults.push(fault);
                }
            }
            Piece::Subjects(subjects) => self.subjects = subjects,
            Piece::Audits(audits) => self.audits = Some(*audits),
            Piece::Language(language) => {
                let fault = twice(&language.origin, "the language", &language.words.language);
                if self.languages.insert(language.words.language.clone(), *language).is_some() {
                    faults.push(fault);
                }
            }
            Piece::Rule(rule) => {
                let fault = twice(&rule.origin, "the rule", &rule.id);
                if self.rules.insert(rule.id.clone(), *rule).is_some() {
                    faults.push(fault);
                }
            }
        }
    }
}

fn read_file(file: &MapFile) -> Result<Piece, Vec<MapFault>> {
    let fault = |at: Place, message: String| vec![MapFault { path: file.path.clone(), at, message }];
    let text = file.text.as_ref().map_err(|cause| fault(Place::default(), format!("cannot be read: {cause}")))?;
    let mut documents = read_all(text, Limits::RECORDS).map_err(|error| fault(error.at, error.message))?;
    let node = match documents.len() {
        1 => documents.remove(0),
        number => return Err(fault(Place::line(1), format!("expected one YAML document, found {number}"))),
    };
    let origin = |node: &Node| Origin { path: file.path.clone(), at: node.at };
    match file.path.split_once('/').map_or(file.path.as_str(), |(folder, _)| folder) {
        "framework.yaml" => {
            let schema = node.get("schema").and_then(Node::as_text).unwrap_or("none");
            if schema != SCHEMA {
                let at = node.get("schema").map_or(node.at, |schema| schema.at);
                let message = format!("the map has the schema version `{schema}`, this program reads `{SCHEMA}`; use a matching program or map");
                return Err(fault(at, message));
            }
            typed::<Head>(&node, &file.path).map(|head| Piece::Head(Box::new(head)))
        }
        "clauses" => read_group(&node, &file.path),
        "documented-information" => typed::<DocumentedInformation>(&node, &file.path).map(|mut kind| {
            kind.origin = origin(&node);
            Piece::Kind(Box::new(kind))
        }),
        "rules" => typed::<Rule>(&node, &file.path).map(|mut rule| {
            rule.origin = origin(&node);
            Piece::Rule(Box::new(rule))
        }),
        "subjects.yaml" => {
            let nodes: Vec<Node> = node.get("subjects").and_then(Node::as_list).unwrap_or_default().to_vec();
            typed::<Subjects>(&node, &file.path).map(|file| {
                let placed = file.subjects.into_iter().zip(&nodes).map(|(subject, node)| Subject { origin: origin(node), ..subject });
                Piece::Subjects(placed.collect())
            })
        }
        "audits.yaml" => typed::<Audits>(&node, &file.path).map(|mut audits| {
            audits.origin = origin(&node);
            Piece::Audits(Box::new(audits))
        }),
        "vocabulary" => typed::<Vocabulary>(&node, &file.path).map(|words| Piece::Language(Box::new(Language { words, origin: origin(&node) }))),
        other => {
            let known = "framework.yaml, subjects.yaml, audits.yaml, clauses, documented-information, rules, vocabulary";
            Err(fault(Place::default(), format!("`{other}` is no part of a clause map; known are {known}")))
        }
    }
}

/// Gives each kind the words that a language has for it and its topics.
fn teach(kinds: &mut BTreeMap<String, DocumentedInformation>, language: &Language) {
    for (id, words) in &language.words.kinds {
        let Some(kind) = kinds.get_mut(id) else { continue };
        kind.recognised_by.names.extend(words.names.iter().cloned());
        kind.recognised_by.terms.extend(words.terms.iter().cloned());
        kind.recognised_by.promised_as.extend(words.promised_as.iter().cloned());
        for section in &mut kind.sections {
            section.terms.extend(words.topics.get(&section.id).into_iter().flatten().cloned());
        }
    }
}

fn typed<T: DeserializeOwned>(node: &Node, path: &str) -> Result<T, Vec<MapFault>> {
    decode(node).map_err(|error| vec![MapFault { path: path.to_owned(), at: error.at, message: error.message }])
}

/// A clause file. When it does not fit as a whole, each requirement is tried by itself, so that all faults show.
fn read_group(node: &Node, path: &str) -> Result<Piece, Vec<MapFault>> {
    let clause_nodes: Vec<&Node> = node.get("clauses").and_then(Node::as_list).unwrap_or_default().iter().collect();
    let requirement_nodes = |clause: &Node| -> Vec<Node> { clause.get("requirements").and_then(Node::as_list).unwrap_or_default().to_vec() };
    let mut group: ClauseGroup = typed(node, path).map_err(|first| {
        let mut faults = first;
        for requirement in clause_nodes.iter().flat_map(|clause| requirement_nodes(clause)) {
            faults.extend(typed::<Requirement>(&requirement, path).err().into_iter().flatten());
        }
        faults.sort();
        faults.dedup();
        faults
    })?;
    for (clause, clause_node) in group.clauses.iter_mut().zip(&clause_nodes) {
        clause.origin = Origin { path: path.to_owned(), at: clause_node.at };
        for (requirement, requirement_node) in clause.requirements.iter_mut().zip(requirement_nodes(clause_node)) {
            requirement.origin = Origin { path: path.to_owned(), at: requirement_node.at };
        }
    }
    Ok(Piece::Group(path.to_owned(), group))
}
