//! Whom to ask by name: the holder of the role that is asked, the owner of the row's process, whoever is accountable; and
//! for each person where the questions stand.

use std::collections::{BTreeMap, BTreeSet};

use super::view::{PersonToAsk, Row, RowSort};
use crate::assessment::{Assessment, Grounds, Posts, Relation, Responsible, named};
use crate::framework::Framework;
use crate::vocabulary::{ClauseNumber, RequirementId, list_some};

/// The role in which the owner of a row's process is asked.
const OWNER: &str = "process owner";
/// With these words begins what is no role of the organization: "a customer", "whoever carries out each step".
const NO_ROLE: [&str; 3] = ["a", "an", "whoever"];

/// Whom registers and the statement of applicability name.
pub(super) struct People<'run> {
    responsible: &'run [Responsible],
    posts: Posts,
    /// Requirements that ask for another post than their sub-clause does, and questions of processes.
    of_own_post: BTreeSet<&'run str>,
    /// Who is accountable, by sub-clause.
    accountable: BTreeMap<&'run str, Vec<&'run str>>,
}

/// Whom to ask, as shown, and the people that this names.
type Whom = (String, Vec<String>);

impl<'run> People<'run> {
    pub(super) fn new(assessment: &'run Assessment, framework: &'run Framework) -> Self {
        let rows = assessment.responsibility.rows.iter();
        // "Ben Hartley (Deputy SMS manager)" is told by the name alone.
        let name = |value: &'run str| named(value.split(" (").next().unwrap_or(value));
        let accountable = rows.map(|row| (row.clause.as_str(), row.accountable.iter().filter_map(|said| name(&said.value)).collect()));
        let requirements = framework.requirements().filter(|(clause, requirement)| requirement.whom.as_ref().is_some_and(|whom| *whom != clause.whom));
        let processes = framework.audits.iter().flat_map(|audits| &audits.processes);
        let walks = processes.flat_map(|process| &process.questions).filter(|question| question.whom.is_some()).map(|question| question.id.as_str());
        let responsible = &assessment.audit_facts.responsible;
        let of_own_post = requirements.map(|(_, requirement)| requirement.id.as_str()).chain(walks).collect();
        Self { responsible, posts: Posts::new(framework, responsible), of_own_post, accountable: accountable.collect() }
    }

    /// Whom to ask at a row. Whom a record itself names is asked; the owner of the row's own process goes before the holder of a role of another process.
    pub(super) fn of(&self, row: &Row) -> Whom {
        let asked = row.whom.as_str();
        if !row.people.is_empty() {
            return (asked.to_owned(), row.people.clone());
        }
        if NO_ROLE.contains(&asked.split(' ').next().unwrap_or_default()) {
            return (asked.to_owned(), Vec::new());
        }
        let mut clauses = row.clause.split(", ").filter_map(ClauseNumber::parse);
        let leading = clauses.next().filter(|_| row.sort == RowSort::Sample || clauses.next().is_none());
        let is_about = |one: &&Responsible| leading.as_ref().is_some_and(|clause| covers(one, clause));
        let is_of_another = |one: &&Responsible| leading.is_some() && one.relation == Relation::HoldsRole && !one.clauses.is_empty() && !is_about(one);
        let held = self.posts.holders(asked);
        let of_post = self.of_own_post.contains(row.id.as_str());
        if let Some((grounds, holders)) = &held {
            let here: Vec<&Responsible> = holders.iter().copied().filter(|one| of_post || !is_of_another(one)).collect();
            // Who answers for the sub-clause's process goes before whoever has some duty in it.
            if !here.is_empty() && (of_post || *grounds <= Grounds::OtherName) {
                return told_on(*grounds, asked, &here);
            }
        }
        let is_free = row.sort != RowSort::Previous;
        let owners: Vec<&Responsible> = self.responsible.iter().filter(|one| is_free && one.relation == Relation::OwnsProcess).filter(is_about).collect();
        if !owners.is_empty() && owners.iter().any(|one| named(&one.person).is_some()) {
            return told(OWNER, &owners);
        }
        if let Some((grounds, holders)) = &held {
            return told_on(*grounds, asked, holders);
        }
        let accountable = leading.filter(|_| is_free).and_then(|clause| self.accountable.get(clause.to_string().as_str()).cloned()).unwrap_or_default();
        match accountable.as_slice() {
            [] if row.sort == RowSort::Previous => (asked.to_owned(), vec![asked.to_owned()]),
            [] => (asked.to_owned(), Vec::new()),
            names => (format!("{asked}; accountable: {}", names.join(", ")), names.iter().map(|name| (*name).to_owned()).collect()),
        }
    }
}

fn covers(one: &Responsible, clause: &ClauseNumber) -> bool {
    one.clauses.iter().filter_map(|own| ClauseNumber::parse(own)).any(|own| own.contains(clause))
}

/// Who holds the role; or owns what belongs to it, which is said.
fn told_on(grounds: Grounds, role: &str, people: &[&Responsible]) -> Whom {
    match grounds {
        Grounds::Document | Grounds::Process => {
            let (owners, names) = told(if grounds == Grounds::Document { "owner of the document" } else { OWNER }, people);
            (format!("{role}; {owners}"), names)
        }
        _ => told(role, people),
    }
}

fn told(role: &str, people: &[&Responsible]) -> Whom {
    let mut names: Vec<String> = Vec::new();
    for name in people.iter().filter_map(|one| named(&one.person)) {
        if !names.iter().any(|known| known == name) {
            names.push(name.to_owned());
        }
    }
    (format!("{role}: {}", names.join(", ")), names)
}

/// What one person is asked.
#[derive(Default)]
struct Asked<'row> {
    roles: Vec<&'row str>,
    clauses: Vec<&'row str>,
    others: Vec<&'row str>,
    rows: usize,
}

/// For each person, and for each role of which nobody is known, where the questions stand: people by name, then roles.
pub(super) fn index<'row>(rows: impl Iterator<Item = &'row Row>) -> Vec<PersonToAsk> {
    /// Rows of no sub-clause that are named for one person; the index is to be read at a glance.
    const OTHERS: usize = 8;
    let mut found: BTreeMap<(bool, &str), Asked<'row>> = BTreeMap::new();
    for row in rows {
        // Behind a semicolon stands in which role somebody is asked who is not known to hold the one that is asked.
        let role = row.whom.split_once("; ").map_or(row.whom.as_str(), |(_, role)| role).split(':').next().unwrap_or_default();
        let people: Vec<(bool, &str)> =
            if row.people.is_empty() { vec![(true, row.whom.as_str())] } else { row.people.iter().map(|name| (false, name.as_str())).collect() };
        for key in people.into_iter().filter(|(_, who)| !who.is_empty()) {
            let asked = found.entry(key).or_default();
            asked.rows += 1;
            if !key.0 && role != key.1 {
                add(&mut asked.roles, role);
            }
            match place(row) {
                Some(clause) => add(&mut asked.clauses, clause),
                None => add(&mut asked.others, &row.id),
            }
        }
    }
    let shown = |((is_role, who), mut asked): ((bool, &str), Asked<'row>)| {
        asked.clauses.sort_by_key(|clause| ClauseNumber::parse(clause));
        PersonToAsk {
            who: who.to_owned(),
            is_role,
            roles: asked.roles.join(", "),
            clauses: asked.clauses.join(", "),
            others: list_some(&asked.others, OTHERS),
            rows: asked.rows,
        }
    };
    found.into_iter().map(shown).collect()
}

/// The sub-clause under which a row stands; none for what is asked of the whole, and for earlier findings.
fn place(row: &Row) -> Option<&str> {
    let leading = row.clause.split(", ").next().filter(|clause| !clause.is_empty());
    let is_walk = || row.id.split(['/', ':']).any(|part| leading == Some(part));
    match row.sort {
        RowSort::Requirement | RowSort::Sample => leading,
        RowSort::Question if is_walk() => leading,
        RowSort::Question | RowSort::Previous => None,
    }
    .filter(|clause| RequirementId::parse(clause).is_none())
}

fn add<'row>(list: &mut Vec<&'row str>, text: &'row str) {
    if !list.contains(&text) {
        list.push(text);
    }
}
