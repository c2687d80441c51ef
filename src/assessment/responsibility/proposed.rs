//! Who is proposed for a sub-clause of which nothing says who performs it: whom registers name for the process or the post
//! that the map asks about it. A proposal is no statement; somebody has to confirm it.

use std::collections::BTreeSet;

use super::said::{Basis, Said};
use crate::assessment::audit::{Grounds, Posts, Relation, Responsibility as Responsible};
use crate::assessment::inventory::Inventory;
use crate::assessment::outcome::Identified;
use crate::assessment::owners::named;
use crate::assessment::recognition::Identification;
use crate::framework::Clause;
use crate::vocabulary::ClauseNumber;

/// Whom registers name, confirmed ones alone.
pub(super) struct Proposals {
    posts: Posts,
    responsible: Vec<Responsible>,
}

impl Proposals {
    pub(super) fn new(inventory: &Inventory<'_>) -> Self {
        let is_sure = |kinds: &[Identification]| kinds.iter().any(|kind| kind.provenance != Identified::Inferred);
        let sure: BTreeSet<String> = inventory.identified.iter().filter(|one| is_sure(&one.kinds)).map(|one| one.document.path.to_string()).collect();
        let mut responsible = inventory.responsible().to_vec();
        responsible.retain(|one| one.relation == Relation::TopManagement || sure.contains(&one.path));
        Self { posts: Posts::new(inventory.framework, &responsible), responsible }
    }

    /// Who owns the process that the sub-clause belongs to, holds the post that is asked about it, or owns what is written
    /// for it.
    pub(super) fn of(&self, clause: &Clause) -> Option<Said> {
        let number = ClauseNumber::parse(&clause.number)?;
        let covers = |one: &&Responsible| one.clauses.iter().filter_map(|own| ClauseNumber::parse(own)).any(|own| own.contains(&number));
        let of = |relation: Relation| self.responsible.iter().filter(move |one| one.relation == relation && named(&one.person).is_some());
        if let Some(owner) = of(Relation::OwnsProcess).find(covers) {
            return Some(proposed(&[owner], "owner of the process "));
        }
        match self.posts.holders(&clause.whom) {
            Some((Grounds::Document, holders)) => Some(proposed(&holders, "owner of ")),
            Some((_, holders)) => Some(proposed(&holders, "")),
            None => of(Relation::OwnsDocument).find(|one| one.clauses.first() == Some(&clause.number)).map(|owner| proposed(&[owner], "owner of ")),
        }
    }
}

/// The names, with what each is or owns, and where the first of them stands.
fn proposed(people: &[&Responsible], as_what: &str) -> Said {
    let mut names: Vec<String> = Vec::new();
    for one in people {
        let name = format!("{} ({as_what}{})", one.person.trim(), one.what);
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let (path, line) = people.first().map_or((String::new(), 0), |one| (one.path.clone(), one.line));
    Said::at(names.join(", "), Basis::Register, path, line)
}
