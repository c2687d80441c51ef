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
}

#[derive(Clone, Debug, Default)]
struct Words {
    names: BTreeSet<String>,
    duties: BTreeSet<String>,
    kinds: Vec<String>,
    clauses: Vec<ClauseNumber>,
}

impl Posts {
    /// The posts of a map, with the words of all languages.
    pub fn new(framework: &Framework) -> Self {
        let mut posts = Self::default();
        for words in framework.languages.values().map(|language| &language.words) {
            posts.of_another.extend(words.duties_of_another.iter().map(|word| singular(word)));
            for (post, own) in &words.posts {
                let known = posts.words.entry(plain(post)).or_default();
                known.names.extend(own.names.iter().map(|name| plain(name)));
                known.duties.extend(own.duties.iter().map(|duty| singular(duty)));
            }
        }
        for Post { post, kinds, clauses } in framework.audits.iter().flat_map(|audits| &audits.posts) {
            let known = posts.words.entry(plain(post)).or_default();
            known.kinds.clone_from(kinds);
            known.clauses = clauses.iter().filter_map(|clause| ClauseNumber::parse(clause)).collect();
        }
        posts
    }

    /// Who holds a post, on the surest grounds that name somebody: all who do so on these. Where so many have a duty that it
    /// tells nobody apart, it names nobody.
    pub fn holders<'run>(&self, responsible: &'run [Responsibility], post: &str) -> Option<(Grounds, Vec<&'run Responsibility>)> {
        /// More people than may share a post.
        const TOO_MANY: usize = 4;
        let post = plain(post);
        let none = Words::default();
        let words = self.words.get(&post).unwrap_or(&none);
        let mut found: BTreeMap<Grounds, Vec<&Responsibility>> = BTreeMap::new();
        for one in responsible.iter().filter(|one| named(&one.person).is_some()) {
            if let Some(grounds) = self.grounds(one, &post, words) {
                found.entry(grounds).or_default().push(one);
            }
        }
        found.into_iter().find(|(grounds, holders)| {
            let people: BTreeSet<String> = holders.iter().map(|one| plain(&one.person)).collect();
            *grounds <= Grounds::OtherName || people.len() < TOO_MANY
        })
    }

    fn grounds(&self, one: &Responsibility, post: &str, words: &Words) -> Option<Grounds> {
        let covers = || {
            let mut own = one.clauses.iter().filter_map(|clause| ClauseNumber::parse(clause));
            own.any(|own| words.clauses.iter().any(|clause| own.contains(clause)))
        };
        match one.relation {
            Relation::TopManagement => (plain(&one.what) == post).then_some(Grounds::SameName),
            Relation::HoldsRole => {
                let name = plain(&one.what);
                if name == post {
                    return Some(Grounds::SameName);
                }
                if is_called(&one.what, post, words) {
                    return Some(Grounds::OtherName);
                }
                if one.duties.iter().any(|duty| self.is_duty(duty, words)) {
                    return Some(Grounds::Duties);
                }
                covers().then_some(Grounds::ProcessOfRole)
            }
            Relation::OwnsDocument => one.kinds.iter().any(|kind| words.kinds.contains(kind)).then_some(Grounds::Document),
            Relation::OwnsProcess => covers().then_some(Grounds::Process),
            Relation::Accountable | Relation::DidWork => None,
        }
    }

    fn is_duty(&self, stated: &str, words: &Words) -> bool {
        let stated = format!(" {} ", singular(stated));
        let has = |phrase: &String| stated.contains(&format!(" {phrase} "));
        words.duties.iter().any(has) && !self.of_another.iter().any(has)
    }
}

/// Whether a role's name is one of a post, or has one beside others.
fn is_called(role: &str, post: &str, words: &Words) -> bool {
    let is_name = |name: &str| name == post || words.names.contains(name);
    is_name(&plain(role)) || parts(role).iter().any(|part| is_name(part))
}

/// "Finance and office manager" is a finance manager and an office manager.
fn parts(role: &str) -> Vec<String> {
    const JOINTS: [&str; 6] = [" and ", " und ", " et ", " y ", " & ", "/"];
    let role = role.to_lowercase();
    let mut parts: Vec<&str> = role.split([',', ';', '(', ')']).collect();
    for joint in JOINTS {
        parts = parts.into_iter().flat_map(|part| part.split(joint)).collect();
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
