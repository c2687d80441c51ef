//! The three of the six questions before a claim that are about other parties: what stays with the organization, what is
//! in writing, what evidence can be had.

use super::checks::{Check, Looked};
use super::claim::{ClaimQuestion, is_own};
use super::parties::Party;
use super::registers::{OwnNames, Process};
use crate::assessment::outcome::Identified;
use crate::documents::Document;
use crate::vocabulary::{count, list_some, plain};

/// Words by which an agreement speaks of evidence that can be had from the other side.
const EVIDENCE: [&str; 12] =
    ["audit", "audits", "audited", "auditors", "inspect", "inspection", "evidence", "read access", "access to records", "reports", "report", "records"];

/// Says what is known where no party is: that the register names nobody, or that there is none.
fn nobody(looked: &Looked<'_, '_>, asked: &mut ClaimQuestion) -> bool {
    if !looked.parties.is_empty() {
        return false;
    }
    let registers = looked.inventory.holding("other-party-register").documents.iter().filter(|one| one.provenance != Identified::Inferred);
    let places: Vec<String> = registers.map(|one| one.document.path.to_string()).collect();
    if places.is_empty() {
        asked.ask("Which other parties take part? No confirmed register of other parties was found.");
    } else {
        asked.says("The register of other parties names nobody", places);
    }
    true
}

pub(super) fn control_of_others(looked: &Looked<'_, '_>, processes: &[Process], own: &OwnNames, rules: &[Check]) -> ClaimQuestion {
    let question = "Does it run at least some of the services, components and processes itself, and control the rest?";
    let mut asked = ClaimQuestion::new("claim-4", question);
    let live = || looked.services.iter().filter(|service| service.live);
    let alone: Vec<&str> = live().filter(|service| service.parties.is_empty()).map(|service| service.name.as_str()).collect();
    let shared = live().filter(|service| !service.parties.is_empty());
    if live().next().is_none() {
        asked.ask("Which services does it run itself? No confirmed service catalogue with a live service was found.");
    }
    for service in shared {
        asked.says(format!("Service {}: with {}", service.name, service.parties.join(", ")), [service.id.from.clone()]);
    }
    if !alone.is_empty() {
        let places = live().filter(|service| service.parties.is_empty()).map(|service| service.id.from.clone());
        asked.says(format!("Services to which the register of other parties ties nobody: {}", list_some(&alone, 40)), places);
    }
    for party in looked.parties.iter().filter(|party| !party.components.is_empty()) {
        let names: Vec<&str> = party.components.iter().map(|said| said.value.as_str()).collect();
        asked.says(format!("Components of {}: {}", party.id, names.join("; ")), party.components.iter().map(|said| said.from.clone()));
    }
    asked.ask("Which components does it run itself? Registers tell what others run; the rest is for a person to say.");
    let itself: Vec<String> =
        processes.iter().filter_map(|process| process.performed_by.as_ref()).filter(|by| is_own(own, by)).map(|by| by.from.clone()).collect();
    if itself.is_empty() {
        asked.ask("Which processes does it run itself? No register says it.");
    } else {
        asked.says(format!("Processes that it runs itself or in part: {} of {}; question 3 names them", itself.len(), processes.len()), itself);
    }
    for remark in rules.iter().filter(|rule| rule.id == "R4").flat_map(|rule| &rule.remarks) {
        asked.says(remark.text.clone(), remark.place.clone());
    }
    if nobody(looked, &mut asked) {
        return asked;
    }
    let (known, unknown): (Vec<&Party>, Vec<&Party>) = looked.parties.iter().partition(|party| party.control_record.is_some());
    if !known.is_empty() {
        let words = format!("Record of the control over {}", count(known.len(), "party", "parties"));
        let names: Vec<&str> = known.iter().map(|party| party.id.as_str()).collect();
        let places = known.iter().filter_map(|party| party.control_record.as_ref()).map(|said| said.from.clone());
        asked.says(format!("{words}: {}", list_some(&names, 40)), places);
    }
    if !unknown.is_empty() {
        let names: Vec<&str> = unknown.iter().map(|party| party.id.as_str()).collect();
        asked.ask(format!("How is {} controlled? No record of it was found.", list_some(&names, 40)));
    }
    asked
}

pub(super) fn in_writing(looked: &Looked<'_, '_>) -> ClaimQuestion {
    let mut asked = ClaimQuestion::new("claim-5", "Are agreements with the other parties, and the controls over them, in writing?");
    if nobody(looked, &mut asked) {
        return asked;
    }
    for party in looked.parties {
        let held = party.agreements.iter().filter(|said| document(looked, said.path.as_deref()).is_some_and(|document| is_agreement(looked, document)));
        let held: Vec<_> = held.collect();
        if held.is_empty() {
            let named: Vec<String> = party.agreements.iter().map(|said| format!("\u{201c}{}\u{201d} ({})", said.value, said.from)).collect();
            let named = if named.is_empty() { String::new() } else { format!(" The register names {}.", named.join("; ")) };
            asked.ask(format!("Where is the agreement with {}? Documents hold none.{named}", party.id));
        } else {
            let names: Vec<&str> = held.iter().map(|said| said.value.as_str()).collect();
            asked.says(format!("{}: agreement {}", party.id, names.join("; ")), held.iter().map(|said| said.from.clone()));
        }
        if !held.is_empty() && held.iter().all(|said| said.value.contains(super::parties::ENDED)) {
            asked.ask(format!("Which agreement with {} is in force? Those that documents hold have ended.", party.id));
        }
        for said in &party.controls {
            asked.says(format!("{}: controls: {}", party.id, said.value), [said.from.clone()]);
        }
        if party.controls.is_empty() {
            asked.ask(format!("By which controls is {} kept? The register does not say.", party.id));
        }
    }
    asked
}

pub(super) fn evidence_from_others(looked: &Looked<'_, '_>) -> ClaimQuestion {
    let mut asked = ClaimQuestion::new("claim-6", "Can it get evidence from the other parties: records, reports, access for audits?");
    if nobody(looked, &mut asked) {
        return asked;
    }
    for party in looked.parties {
        if let Some(said) = &party.control_record {
            asked.says(format!("{}: record of control {}", party.id, said.value), [said.from.clone()]);
        }
        let agreements: Vec<&Document> =
            party.agreements.iter().filter_map(|said| document(looked, said.path.as_deref())).filter(|one| is_agreement(looked, one)).collect();
        let mut speaks = false;
        for document in agreements {
            for (word, line) in spoken_of(document) {
                speaks = true;
                asked.says(format!("{}: its agreement speaks of \u{201c}{word}\u{201d}", party.id), [format!("{}:{line}", document.path)]);
            }
        }
        if !speaks {
            asked.ask(format!("What evidence may be had from {}? No agreement here speaks of audits, records or reports.", party.id));
        }
    }
    asked
}

/// The most words for which a place in one agreement is named.
const WORDS: usize = 2;

/// The first place of each of the first words of evidence that an agreement has.
fn spoken_of(document: &Document) -> Vec<(&'static str, u32)> {
    let place = |word: &'static str| {
        let holds = |text: &str| format!(" {} ", plain(text)).contains(&format!(" {word} "));
        document.passages.iter().find(|passage| holds(&passage.text)).map(|passage| (word, passage.line))
    };
    let mut found: Vec<(&'static str, u32)> = Vec::new();
    for (word, line) in EVIDENCE.into_iter().filter_map(place) {
        if !found.iter().any(|(_, known)| *known == line) {
            found.push((word, line));
        }
    }
    found.truncate(WORDS);
    found
}

fn document<'run>(looked: &Looked<'_, 'run>, path: Option<&str>) -> Option<&'run Document> {
    looked.inventory.identified.iter().map(|one| one.document).find(|document| path.is_some_and(|path| document.path.to_string() == path))
}

/// Whether a document is an agreement with another party, and not the register that names one.
fn is_agreement(looked: &Looked<'_, '_>, document: &Document) -> bool {
    ["supplier-contract", "internal-agreement"].iter().any(|kind| looked.inventory.holding(kind).documents.iter().any(|one| one.document.path == document.path))
}
