//! Who holds the posts that the map asks for, where an organization gives them other names or spreads them over its roles.

use std::collections::{BTreeMap, BTreeSet};

use super::responsible::{Relation, Responsibility};
use crate::assessment::owners::named;
use crate::framework::{Framework, Post};
use crate::vocabulary::{ClauseNumber, plain};

/// By what a holder is known, the surest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grounds {
    /// The role is called like the post.
    SameName,
    /// The role bears another name of the post, or the post's name among others: "finance and office manager".
    OtherName,
    /// The register of roles gives the role duties of the post.
    Duties,
    /// The register of roles gives the role the process of the post.
    ProcessOfRole,
    /// Owns a document of the post.
    Document,
    /// Owns the process of the post.
    Process,
}

/// Who holds what.
#[derive(Clone, Debug, Default)]
pub struct Posts {
    /// By post, as it is called in plain words.
    words: BTreeMap<String, Words>,
    /// Words that make a duty somebody else's.
    of_another: BTreeSet<String>,
    /// Words that join two posts in one name.
    joints: BTreeSet<String>,
    /// Who does what, each with its words: many posts are asked for.
    responsible: Vec<Stated>,
}

/// Somebody who does something, with the words in which it is said.
#[derive(Clone, Debug)]
struct Stated {
    one: Responsibility,
    name: String,
    parts: Vec<String>,
    /// Each with a blank around it, those of somebody else left out.
    duties: Vec<String>,
    clauses: Vec<ClauseNumber>,
}

#[derive(Clone, Debug, Default)]
struct Words {
    names: BTreeSet<String>,
    duties: BTreeSet<String>,
    kinds: Vec<String>,
    clauses: Vec<ClauseNumber>,
}

impl Posts {
    /// The posts of a map, with the words of all languages, and those who may hold them.
    pub fn new(framework: &Framework, responsible: &[Responsibility]) -> Self {
        let mut posts = Self::default();
        for words in framework.languages.values().map(|language| &language.words) {
            posts.joints.extend(words.joints.iter().map(|joint| format!(" {joint} ")));
            posts.of_another.extend(words.duties_of_another.iter().map(|word| singular(word)));
            for (post, own) in &words.posts {
                let known = posts.words.entry(plain(post)).or_default();
                known.names.extend(own.names.iter().map(|name| plain(name)));
                known.duties.extend(own.duties.iter().map(|duty| format!(" {} ", singular(duty))));
            }
        }
        for Post { post, kinds, clauses } in framework.audits.iter().flat_map(|audits| &audits.posts) {
            let known = posts.words.entry(plain(post)).or_default();
            known.kinds.clone_from(kinds);
            known.clauses = clauses.iter().filter_map(|clause| ClauseNumber::parse(clause)).collect();
        }
        let is_named = |one: &&Responsibility| named(&one.person).is_some();
        posts.responsible = responsible.iter().filter(is_named).map(|one| posts.stated(one)).collect();
        posts
    }

    fn stated(&self, one: &Responsibility) -> Stated {
        let duties = one.duties.iter().map(|duty| format!(" {} ", singular(duty)));
        let is_of_another = |duty: &String| self.of_another.iter().any(|word| duty.contains(&format!(" {word} ")));
        Stated {
            one: one.clone(),
            name: plain(&one.what),
            parts: parts(&one.what, &self.joints),
            duties: duties.filter(|duty| !is_of_another(duty)).collect(),
            clauses: one.clauses.iter().filter_map(|clause| ClauseNumber::parse(clause)).collect(),
        }
    }

    /// Who holds a post, on the surest grounds that name somebody: all who do so on these. Where so many have a duty that it
    /// tells nobody apart, it names nobody.
    pub fn holders(&self, post: &str) -> Option<(Grounds, Vec<&Responsibility>)> {
        /// More people than may share a post.
        const TOO_MANY: usize = 4;
        let post = plain(post);
        let none = Words::default();
        let words = self.words.get(&post).unwrap_or(&none);
        let mut found: BTreeMap<Grounds, Vec<&Responsibility>> = BTreeMap::new();
        for stated in &self.responsible {
            if let Some(grounds) = stated.grounds(&post, words) {
                found.entry(grounds).or_default().push(&stated.one);
            }
        }
        found.into_iter().find(|(grounds, holders)| {
            let people: BTreeSet<String> = holders.iter().map(|one| plain(&one.person)).collect();
            *grounds <= Grounds::OtherName || people.len() < TOO_MANY
        })
    }
}

impl Stated {
    fn grounds(&self, post: &str, words: &Words) -> Option<Grounds> {
        let covers = || self.clauses.iter().any(|own| words.clauses.iter().any(|clause| own.contains(clause)));
        let is_name = |name: &String| name == post || words.names.contains(name);
        match self.one.relation {
            Relation::TopManagement => (self.name == post).then_some(Grounds::SameName),
            Relation::HoldsRole if self.name == post => Some(Grounds::SameName),
            Relation::HoldsRole if is_name(&self.name) || self.parts.iter().any(is_name) => Some(Grounds::OtherName),
            Relation::HoldsRole if self.duties.iter().any(|duty| words.duties.iter().any(|own| duty.contains(own))) => Some(Grounds::Duties),
            Relation::HoldsRole => covers().then_some(Grounds::ProcessOfRole),
            Relation::OwnsDocument => self.one.kinds.iter().any(|kind| words.kinds.contains(kind)).then_some(Grounds::Document),
            Relation::OwnsProcess => covers().then_some(Grounds::Process),
            Relation::Accountable | Relation::DidWork => None,
        }
    }
}

/// "Finance and office manager" is a finance manager and an office manager.
fn parts(role: &str, joints: &BTreeSet<String>) -> Vec<String> {
    let role = role.to_lowercase();
    let mut parts: Vec<&str> = role.split([',', ';', '(', ')', '/', '&']).collect();
    for joint in joints {
        parts = parts.into_iter().flat_map(|part| part.split(joint.as_str())).collect();
    }
    let head = role.split_whitespace().last().unwrap_or_default().to_owned();
    let parts = parts.into_iter().map(plain).filter(|part| !part.is_empty());
    parts.flat_map(|part| [format!("{part} {head}"), part]).collect()
}

/// Plain words without the plural's `s`.
fn singular(text: &str) -> String {
    const SHORT: usize = 3;
    let word = |word: &str| match word.strip_suffix('s') {
        Some(rest) if word.chars().count() > SHORT && !rest.ends_with('s') => rest.to_owned(),
        _ => word.to_owned(),
    };
    plain(text).split(' ').map(word).collect::<Vec<_>>().join(" ")
}
