//! Documented information that is demanded and not there: one finding for each kind.

use std::collections::{BTreeMap, BTreeSet};

use super::applicability::Trigger;
use super::finding::FindingPlace;
use super::inventory::Inventory;
use super::outcome::{Breach, Fault, Outcome, Status};
use super::recognition::Identity;
use super::wording::Fact;
use crate::framework::{BuiltIn, DocumentedInformation, Requirement};

/// One requirement with what came of its expectations.
pub(super) struct Judged<'run> {
    pub(super) clause: &'run crate::framework::Clause,
    pub(super) requirement: &'run Requirement,
    pub(super) trigger: Trigger,
    pub(super) outcomes: Vec<Outcome>,
}

/// A kind that is demanded and not there, and the requirements that rest on it.
pub(super) struct Absence<'run> {
    pub(super) kind: &'run DocumentedInformation,
    pub(super) requirements: Vec<String>,
    pub(super) fault: Fault,
}

/// Kinds that are demanded here and not there.
pub(super) fn absences<'run>(inventory: &Inventory<'run>, judged: &[Judged<'run>]) -> Vec<Absence<'run>> {
    let mut resting: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    // Where somebody has to judge whether it was asked for at all, nothing that is not there can be called missing.
    let is_asked = |item: &&Judged<'_>| !matches!(item.trigger, Trigger::DoesNotHold(_) | Trigger::Unknown(_)) && !item.requirement.rests_on_judgement();
    for item in judged.iter().filter(is_asked) {
        for outcome in &item.outcomes {
            if let Status::Absent(kind) = &outcome.status
                && !item.requirement.is_conduct()
            {
                resting.entry(kind.as_str()).or_default().insert(&item.requirement.id);
            }
        }
    }
    let order: BTreeMap<&str, usize> = judged.iter().enumerate().map(|(index, item)| (item.requirement.id.as_str(), index)).collect();
    resting
        .into_iter()
        .filter_map(|(kind, requirements)| {
            let kind = inventory.kind(kind)?;
            let demand = kind.demanded.as_ref().filter(|_| !inventory.is_external(&kind.id))?;
            // What asks for it must itself apply: contracts are asked for only where there are suppliers.
            demand.by.iter().any(|by| requirements.contains(by.as_str())).then_some(())?;
            let mut requirements: Vec<String> = requirements.into_iter().map(str::to_owned).collect();
            requirements.sort_by_key(|id| order.get(id.as_str()).copied().unwrap_or(usize::MAX));
            Some(Absence { kind, requirements, fault: fault(inventory, kind) })
        })
        .collect()
}

fn fault(inventory: &Inventory<'_>, kind: &DocumentedInformation) -> Fault {
    let demand = kind.demanded.as_ref();
    // Nothing has no line: the finding points at a stub of it, else at what makes it expected.
    let stub = inventory.holding(&kind.id).stubs.first().map(|stub| stub.document);
    let at_stub = stub.is_some();
    let unfinished = stub.map(|document| (document.path.to_string(), if document.is_template() { "a template" } else { "not written yet" }.to_owned()));
    let path = unfinished
        .as_ref()
        .map(|(path, _)| path.clone())
        .or_else(|| inventory.settings.path.clone())
        .or_else(|| nearest_document(inventory, &kind.id))
        .unwrap_or_default();
    let place = FindingPlace { path, line: 1, column: 1, end_line: 1, end_column: 1 };
    let (remedy, demanded_by) = demand.map(|demand| (demand.remedy.clone(), demand.by.clone())).unwrap_or_default();
    let fact = Fact::Absent { title: kind.title.clone(), remedy, demanded_by, unfinished };
    Fault {
        special: special_absence(inventory, &kind.id),
        grade: demand.map(|demand| demand.if_absent),
        // Only a document that is a stub of it is explained by its absence.
        missing_kind: at_stub.then(|| kind.id.clone()),
        ..Fault::new(Breach::Check(BuiltIn::Absent), kind.id.clone(), "", place, fact)
    }
}

/// The rule by which a requirement names the absence of a kind.
fn special_absence(inventory: &Inventory<'_>, kind: &str) -> Option<String> {
    let asked = inventory.framework.requirements().flat_map(|(_, requirement)| &requirement.expects).filter(|asked| asked.expectation.kind() == Some(kind));
    asked.filter_map(|asked| inventory.special(asked, BuiltIn::Absent)).next()
}

/// Where there is no configuration: a document of the same subject, else the scope, which makes the rest expected, else
/// the first document that counts.
fn nearest_document(inventory: &Inventory<'_>, kind: &str) -> Option<String> {
    let siblings = inventory.framework.subject_of(kind).map(|subject| subject.kinds.as_slice()).unwrap_or_default();
    let is_near = |one: &&Identity<'_>| one.kinds.iter().any(|kind| siblings.contains(&kind.id));
    let near = inventory.identified.iter().find(is_near).map(|one| one.document);
    let scope = || inventory.holding("scope-statement").documents.first().map(|reference| reference.document);
    let evidence = || inventory.identified.iter().find(|one| !one.kinds.is_empty()).map(|one| one.document);
    let any = || inventory.identified.first().map(|one| one.document);
    near.or_else(scope).or_else(evidence).or_else(any).map(|document| document.path.to_string())
}
