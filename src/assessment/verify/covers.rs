//! A document speaks of a topic: by a field, a heading, or a passage. A keyword is a hint, so confidence is low.

use super::super::inventory::{DocumentRef, Inventory};
use super::super::outcome::{Confidence, Outcome, Status};
use super::super::records::RecordRef;
use super::super::topics::Covered;
use super::super::wording::Fact;
use super::exists::{exists, unread};
use super::{fault, grade_for, head_line, is_sure, name_of};
use crate::framework::{BuiltIn, Judged, Tests};
use crate::vocabulary::{sanitize, shortened};

/// As much of a passage as is cited.
pub(in crate::assessment) const PASSAGE: usize = 160;
/// Places that settle a topic where documents are judged together.
const ENOUGH: usize = 4;

/// A document of the kind has a section or passage on the topic.
pub(super) fn covers(inventory: &Inventory<'_>, kind: &str, section: &str, when: &Tests) -> Outcome {
    let holding = inventory.holding(kind);
    let (Some(declared), false) = (inventory.kind(kind), holding.documents.is_empty()) else { return exists(inventory, kind) };
    let Some(topic) = declared.section(section) else { return Outcome::absent(kind) };
    let heads = |reference: &DocumentRef<'_>| {
        let record = RecordRef { document: reference.document, record: &reference.document.head, kind: declared, provenance: reference.provenance };
        when.0.is_empty() || record.passes(inventory, when)
    };
    let asked: Vec<DocumentRef<'_>> = holding.documents.iter().filter(|reference| heads(reference)).copied().collect();
    if asked.is_empty() {
        return Outcome::new(Status::NothingToJudge);
    }
    let readable: Vec<DocumentRef<'_>> = asked.iter().filter(|reference| !reference.document.is_unread()).copied().collect();
    if readable.is_empty() {
        let paths: Vec<String> = asked.iter().map(|reference| reference.document.path.to_string()).collect();
        return unread(inventory, kind, &paths);
    }
    let mut outcome = Outcome::new(Status::Judged);
    let mut by_keyword = false;
    let judged_each = declared.judged == Judged::Each || declared.form == crate::framework::Form::Record;
    let mut silent: Vec<(DocumentRef<'_>, Option<u32>)> = Vec::new();
    // A pointer, a box to tick or a list of roles keeps a document from being called silent; it is cited where nothing says more.
    let mut beside: Vec<(DocumentRef<'_>, u32, String)> = Vec::new();
    for reference in &readable {
        // What is judged together needs no more than a few places that say it.
        if !judged_each && outcome.evidence.len() >= ENOUGH {
            break;
        }
        match inventory.topic_words.look_for(reference.document, inventory.topics_of(reference.document), topic, declared) {
            Covered::Said { line, passage, aside: true, .. } if is_sure(reference.provenance) => beside.push((*reference, line, passage)),
            // What is only thought to be of the kind has to say it itself.
            Covered::Said { aside: true, .. } => silent.push((*reference, None)),
            Covered::Said { line, passage, by_field, .. } => {
                cite(inventory, &mut outcome, kind, (reference, line, &passage));
                by_keyword |= !by_field;
            }
            Covered::OnlyHeading(line) => silent.push((*reference, Some(line))),
            Covered::Nothing => silent.push((*reference, None)),
        }
    }
    let told = !outcome.evidence.is_empty();
    for (reference, line, passage) in beside.iter().filter(|_| !told) {
        cite(inventory, &mut outcome, kind, (reference, *line, passage));
        by_keyword = true;
    }
    if by_keyword {
        outcome.confidence = Confidence::Low;
    }
    if !outcome.evidence.is_empty() && !judged_each {
        return outcome;
    }
    let sure: Vec<_> = silent.into_iter().filter(|(reference, _)| is_sure(reference.provenance)).collect();
    if sure.is_empty() && outcome.evidence.is_empty() {
        outcome.status = Status::NotFound;
        return outcome;
    }
    // Documents that are judged together lack the topic together: one fault, at the first of them.
    let reported = if judged_each { sure.len() } else { 1 };
    for (reference, heading) in sure.into_iter().take(reported) {
        let document = name_of(reference.document);
        let (at, fact) = match heading {
            Some(line) => (crate::vocabulary::Place::line(line), Fact::TopicEmpty { document, topic: topic.title.clone() }),
            None => (head_line(reference.document), Fact::TopicMissing { document, topic: topic.title.clone(), terms: topic.terms.clone() }),
        };
        let mut found = fault(BuiltIn::NotCovered, reference.document, at, section, fact);
        found.confidence = Confidence::Low;
        found.grade = grade_for(inventory, kind);
        let head = RecordRef { document: reference.document, record: &reference.document.head, kind: declared, provenance: reference.provenance };
        found.taken_up(head.later_in_row(inventory).into_iter().find_map(|later| {
            let said = inventory.topic_words.look_for(later.document, inventory.topics_of(later.document), topic, declared);
            match said {
                Covered::Said { line, aside: false, .. } => Some(format!("{}:{line}", later.document.path)),
                _ => None,
            }
        }));
        outcome.faults.push(found);
    }
    outcome
}

fn cite(inventory: &Inventory<'_>, outcome: &mut Outcome, kind: &str, (reference, line, passage): (&DocumentRef<'_>, u32, &str)) {
    outcome.cite(inventory, &reference.document.path, line, kind, reference.provenance);
    if let Some(cited) = outcome.evidence.last_mut().filter(|cited| cited.passage.is_none()) {
        cited.passage = Some(sanitize(&shortened(passage, PASSAGE)));
    }
}
