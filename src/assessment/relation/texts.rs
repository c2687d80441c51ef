//! What texts must name, or must not say.

use std::collections::BTreeSet;

use regex::Regex;

use super::{Breach, Fault, Outcome, Status};
use crate::assessment::inventory::{DocumentRef, Inventory};
use crate::assessment::outcome::{Confidence, Identified};
use crate::assessment::records::{RecordRef, place_in};
use crate::assessment::verify::{name_of, nowhere, subject_of};
use crate::assessment::wording::Fact;
use crate::framework::{CitesListed, ExcludesNothing, Rule};
use crate::vocabulary::{ClauseNumber, Place, plain, shortened};

/// Standards and laws by the form of their designations.
const DESIGNATIONS: [&str; 4] = [
    r"\b(?:ISO(?:/IEC)?(?:/TS|/TR)?|IEC|DIN(?: EN)?(?: ISO)?|BS(?: EN)?|EN|NIST SP) \d{3,5}(?:-\d+)*",
    r"\b(?:Regulation|Directive) \((?:EU|EC)\) (?:No )?\d{4}/\d+",
    r"\b(?:[A-Z][a-z]+ (?:and |of |the |to |for )*)+(?:Act|Regulations) (?:19|20)\d\d",
    r"\bPCI DSS\b",
];

/// Designations of standards and laws in a text stand in a list.
pub(super) fn cites_listed(inventory: &Inventory<'_>, rule: &Rule, relation: &CitesListed) -> Outcome {
    let holding = inventory.holding(&relation.there);
    if holding.records.is_empty() {
        return nowhere(inventory, &relation.there);
    }
    // A list may keep the year of a law, or the edition of a standard, in a column of its own.
    let listed: Vec<BTreeSet<String>> = holding.records.iter().filter(|record| record.filled(inventory, &relation.by).is_some()).map(words_of).collect();
    let patterns: Vec<Regex> = DESIGNATIONS.iter().filter_map(|pattern| Regex::new(pattern).ok()).collect();
    let mut outcome = Outcome::new(Status::NothingToJudge);
    for reference in documents(inventory, &relation.kinds) {
        let mut reported = BTreeSet::new();
        for passage in &reference.document.passages {
            for found in patterns.iter().flat_map(|pattern| pattern.find_iter(&passage.text)) {
                outcome.status = Status::Judged;
                let name = plain(found.as_str());
                if listed.iter().any(|words| name.split(' ').all(|word| words.contains(word))) {
                    outcome.cite(inventory, &reference.document.path, passage.line, &relation.there, reference.provenance);
                } else if reported.insert(name) {
                    let detail = format!("{} in {}", found.as_str(), name_of(reference.document));
                    outcome.faults.push(at_line(rule, &reference, passage.line, found.as_str(), detail, Confidence::Medium));
                }
            }
        }
    }
    outcome
}

/// The words of all fields of a record.
fn words_of(record: &RecordRef<'_>) -> BTreeSet<String> {
    let mut scalars = Vec::new();
    record.record.fields.iter().for_each(|field| field.value.scalars(&mut scalars));
    scalars.iter().flat_map(|(text, _)| plain(text).split(' ').map(str::to_owned).collect::<Vec<_>>()).collect()
}

/// No sentence leaves out a clause or a process.
pub(super) fn excludes_nothing(inventory: &Inventory<'_>, rule: &Rule, relation: &ExcludesNothing) -> Outcome {
    const NEGATIONS: [&str; 8] = ["no", "not", "none", "nothing", "neither", "never", "without", "nor"];
    let documents = documents(inventory, std::slice::from_ref(&relation.kind));
    if documents.is_empty() {
        return nowhere(inventory, &relation.kind);
    }
    let words: Vec<String> = relation.words.iter().map(|word| plain(word)).collect();
    let things = things_to_do(inventory);
    let mut outcome = Outcome::new(Status::Judged);
    for reference in documents {
        outcome.cite(inventory, &reference.document.path, 1, &relation.kind, reference.provenance);
        for passage in &reference.document.passages {
            for sentence in sentences(&passage.text) {
                let text = format!(" {} ", plain(&sentence));
                let Some(word) = words.iter().find(|word| text.contains(&format!(" {word} "))) else { continue };
                let rest = text.replace(&format!(" {word} "), "  ");
                let negated = rest.split_whitespace().any(|word| NEGATIONS.contains(&word));
                let named = things.iter().find(|thing| text.contains(&format!(" {thing} "))).cloned().or_else(|| clause_in(inventory, &sentence));
                if let (Some(named), false) = (named, negated) {
                    let detail = format!("{named}: \u{201c}{}\u{201d}", shortened(sentence.trim(), 120));
                    let mut fault = at_line(rule, &reference, passage.line, &named, detail, Confidence::Medium);
                    fault.contradicts = true;
                    outcome.faults.push(fault);
                }
            }
        }
    }
    outcome
}

/// Sentences of a passage; a stop within a number ends none.
fn sentences(text: &str) -> Vec<String> {
    let mut found = vec![String::new()];
    let mut before = ' ';
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let ends = matches!(letter, ';' | '!' | '?')
            || (letter == '.' && letters.peek().is_none_or(|next| next.is_whitespace()) && !(before.is_ascii_digit() && letters.peek().is_none()));
        if let Some(last) = found.last_mut() {
            last.push(letter);
        }
        if ends {
            found.push(String::new());
        }
        before = letter;
    }
    found
}

/// Titles of sub-clauses, and processes that the organization names, in plain words; single words are too common.
fn things_to_do(inventory: &Inventory<'_>) -> BTreeSet<String> {
    let titles = inventory.framework.clauses.iter().map(|clause| plain(&clause.title)).chain(inventory.framework.groups.iter().map(|(_, title)| plain(title)));
    let processes = inventory.holding("process-register").records.iter().filter_map(|record| record.text(inventory, "process")).map(plain);
    titles.chain(processes).filter(|title| title.contains(' ')).collect()
}

fn clause_in(inventory: &Inventory<'_>, sentence: &str) -> Option<String> {
    let known = |number: &ClauseNumber| inventory.framework.clauses.iter().filter_map(|clause| clause.number()).any(|clause| number.contains(&clause));
    let words: Vec<&str> = sentence.split(|character: char| character.is_whitespace() || "(),:".contains(character)).filter(|word| !word.is_empty()).collect();
    words.iter().enumerate().find_map(|(index, word)| {
        let number = ClauseNumber::parse(word.trim_end_matches('.')).filter(known)?;
        let called = index > 0 && ["clause", "clauses", "requirement", "section", "subclause"].contains(&plain(words[index - 1]).as_str());
        (called || number.to_string().contains('.')).then(|| number.to_string())
    })
}

fn documents<'run>(inventory: &Inventory<'run>, kinds: &[String]) -> Vec<DocumentRef<'run>> {
    let of =
        |kind: &String| inventory.holding(kind).documents.iter().copied().filter(|reference| reference.provenance != Identified::Inferred).collect::<Vec<_>>();
    kinds.iter().flat_map(of).collect()
}

fn at_line(rule: &Rule, reference: &DocumentRef<'_>, line: u32, target: &str, detail: String, confidence: Confidence) -> Fault {
    let fact = Fact::Broken { record: String::new(), fault: rule.fault.trim_end_matches('.').to_owned(), detail };
    let place = place_in(reference.document, Place::line(line));
    Fault { confidence, ..Fault::new(Breach::Rule(rule.id.clone()), subject_of(reference.document), target, place, fact) }
}
