//! The strict reader of subjects and vocabularies: every word must lead to something, and to one thing only.

use std::collections::{BTreeMap, BTreeSet};

use super::clause::Origin;
use super::language::{Coverage, Language};
use super::load::{Framework, MapFault};
use super::subject::is_within;
use crate::vocabulary::{Place, plain};

/// Every fault of the subjects and vocabularies of a map.
pub(super) fn lint(framework: &Framework) -> Vec<MapFault> {
    let mut faults = Vec::new();
    subjects(framework, &mut faults);
    framework.languages.values().for_each(|language| vocabulary(framework, language, &mut faults));
    if !framework.languages.values().any(|language| language.words.covers == Coverage::Full) {
        let origin = Origin { path: "vocabulary".to_owned(), at: Place::default() };
        faults.push(fault(&origin, "no vocabulary covers running text; a map needs one whose `covers` is `full`".to_owned()));
    }
    faults
}

fn fault(origin: &Origin, message: String) -> MapFault {
    MapFault { path: origin.path.clone(), at: origin.at, message }
}

fn subjects(framework: &Framework, faults: &mut Vec<MapFault>) {
    let mut owner: BTreeMap<&str, &str> = BTreeMap::new();
    let numbers: BTreeSet<&str> = framework.clauses.iter().map(|clause| clause.number.as_str()).collect();
    let mut ids = BTreeSet::new();
    for subject in &framework.subjects {
        if !ids.insert(&subject.id) {
            faults.push(fault(&subject.origin, format!("the subject `{}` is declared twice", subject.id)));
        }
        if subject.clauses.is_empty() || subject.kinds.is_empty() {
            faults.push(fault(&subject.origin, format!("the subject `{}` needs at least one clause and one kind", subject.id)));
        }
        for number in subject.clauses.iter().filter(|number| !numbers.contains(number.as_str())) {
            faults.push(fault(&subject.origin, format!("`{number}` is no lowest sub-clause of the map")));
        }
        for kind in &subject.kinds {
            if !framework.kinds.contains_key(kind) {
                faults.push(fault(&subject.origin, format!("the kind `{kind}` is not declared")));
            }
            if let Some(other) = owner.insert(kind, &subject.id) {
                faults.push(fault(&subject.origin, format!("the kind `{kind}` belongs to `{other}` already; a kind has one subject")));
            }
        }
    }
    for subject in &framework.subjects {
        for near in subject.near.iter().filter(|near| **near == subject.id || !ids.contains(near)) {
            faults.push(fault(&subject.origin, format!("`{near}`, which `{}` is near to, is no other subject of the map", subject.id)));
        }
    }
    for (subject, among) in framework.subjects.iter().filter_map(|subject| Some((subject, subject.among.as_ref()?))) {
        if !numbers.iter().any(|number| is_within(number, &among.clause)) {
            faults.push(fault(&subject.origin, format!("`{}` is no clause of the map with sub-clauses", among.clause)));
        }
        if among.kinds.is_empty() {
            faults.push(fault(&subject.origin, format!("`among` of `{}` needs at least one kind", subject.id)));
        }
        for kind in among.kinds.iter().filter(|kind| !framework.kinds.contains_key(*kind) || subject.kinds.contains(kind)) {
            faults.push(fault(&subject.origin, format!("`among` of `{}` names `{kind}`: it must be a kind of another subject", subject.id)));
        }
    }
    for kind in framework.kinds.values().filter(|kind| !owner.contains_key(kind.id.as_str())) {
        faults.push(fault(&kind.origin, format!("the kind `{}` belongs to no subject; add it to one in subjects.yaml", kind.id)));
    }
}

fn vocabulary(framework: &Framework, language: &Language, faults: &mut Vec<MapFault>) {
    let Language { words, origin } = language;
    if origin.path != format!("vocabulary/{}.yaml", words.language) {
        faults.push(fault(origin, format!("the vocabulary of `{}` stands in a file of another name", words.language)));
    }
    if words.common_words.len() < 10 {
        faults.push(fault(origin, "fewer than ten common words: a text could not be told to be in this language".to_owned()));
    }
    let mut named: BTreeMap<String, &str> = BTreeMap::new();
    for (subject, own) in &words.subjects {
        if framework.subjects.iter().all(|known| known.id != *subject) {
            faults.push(fault(origin, format!("the subject `{subject}` is not declared in subjects.yaml")));
        }
        for name in &own.names {
            if let Some(other) = named.insert(plain(name), subject).filter(|other| *other != subject) {
                faults.push(fault(origin, format!("`{name}` names both `{other}` and `{subject}`; a name is decisive, so it can name one subject only")));
            }
        }
    }
    for post in words.posts.keys().filter(|post| !framework.asks_for(post)) {
        faults.push(fault(origin, format!("nothing in the map asks for the post `{post}`")));
    }
    for (kind, own) in &words.kinds {
        match framework.kinds.get(kind) {
            None => faults.push(fault(origin, format!("the kind `{kind}` is not declared"))),
            Some(declared) => {
                for topic in own.topics.keys().filter(|topic| declared.section(topic).is_none()) {
                    faults.push(fault(origin, format!("the kind `{kind}` has no topic `{topic}`")));
                }
            }
        }
    }
}
