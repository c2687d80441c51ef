//! What settling a finding takes: which stage of a certification audit it stops, how much effort, what comes first, and
//! who would settle it. A proposal; the organization plans.

use std::collections::BTreeMap;

use serde::Serialize;

use super::decided::{Decided, Decisions};
use super::finding::Finding;
use super::inventory::Inventory;
use super::owners::Owners;
use super::views::DocumentView;
use crate::framework::{BuiltIn, Effort, Framework, Grade};
use crate::vocabulary::is_placeholder;

/// Which stage of a certification audit a finding would stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, schemars::JsonSchema, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stops {
    /// The first, which reads documented information and asks whether a second makes sense.
    #[serde(rename = "stage-1")]
    Stage1,
    /// The second, which looks for conformity and operation.
    #[serde(rename = "stage-2")]
    Stage2,
    /// Neither; it is to be settled all the same.
    Neither,
}

/// What settling a finding takes.
#[derive(Clone, Debug, PartialEq, Eq, schemars::JsonSchema, Serialize)]
pub struct Action {
    /// Which stage it stops.
    pub stops: Stops,
    /// How much effort.
    pub effort: Effort,
    /// Fingerprints of findings that are to be settled before, since this one builds on them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub after: Vec<String>,
    /// Who would settle it: whom the record names, else the document, else the registers of processes and roles.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner: Option<String>,
    /// What a management review seems to have decided on it already.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decided: Option<Decided>,
}

impl Default for Action {
    fn default() -> Self {
        Self { stops: Stops::Neither, effort: Effort::S, after: Vec::new(), owner: None, decided: None }
    }
}

/// Says of every finding what settling it takes. `efforts` are the organization's own, by rule or kind.
pub(super) fn plan(inventory: &Inventory<'_>, documents: &[DocumentView], findings: &mut [Finding]) {
    let (framework, efforts) = (inventory.framework, &inventory.settings.efforts);
    let owners = Owners::new(inventory);
    let decisions = Decisions::new(inventory);
    let missing: BTreeMap<String, String> = findings.iter().filter_map(|finding| Some((finding.missing.clone()?, finding.fingerprint.clone()))).collect();
    let by_path: BTreeMap<&str, &DocumentView> = documents.iter().map(|document| (document.path.as_str(), document)).collect();
    for finding in findings {
        let document = by_path.get(finding.location.path.as_str()).copied();
        let owner = owner(&owners, finding, document);
        finding.action = Action {
            stops: stops(framework, finding),
            effort: effort(framework, efforts, finding, document),
            after: after(framework, &missing, finding),
            decided: decisions.on(finding, owner.as_deref()),
            owner,
        };
    }
}

/// Nothing that is there says who looks after what is missing, so only the registers do.
fn owner(owners: &Owners<'_, '_>, finding: &Finding, document: Option<&DocumentView>) -> Option<String> {
    let stated = || Some(document?.control.get("owner")?.value.clone()).filter(|owner| !is_placeholder(owner));
    let there = || owners.of_record(finding).or_else(stated).or_else(|| owners.of_description(finding));
    finding.missing.is_none().then(there).flatten().or_else(|| owners.of_registers(finding))
}

/// The first stage stops at a major gap in what it looks at, the documented information that 7.5.4 lists foremost; the
/// second at any other major gap.
fn stops(framework: &Framework, finding: &Finding) -> Stops {
    let kind = finding.missing.as_ref().and_then(|kind| framework.kinds.get(kind));
    let by = kind.and_then(|kind| kind.demanded.as_ref()).map(|demand| demand.by.as_slice()).unwrap_or_default();
    let clause_of = |id: &String| id.split_once('-').map(|(clause, _)| clause.to_owned());
    let is_listed = by.iter().filter_map(clause_of).any(|clause| framework.head.stage_one.contains(&clause));
    let is_looked_at = finding.requirements.first().and_then(clause_of).is_some_and(|clause| framework.head.stage_one.contains(&clause));
    match finding.grade {
        Grade::Major if is_listed || is_looked_at => Stops::Stage1,
        Grade::Major => Stops::Stage2,
        _ => Stops::Neither,
    }
}

/// What is missing is written; what lacks a part is completed, which takes less; the rest is corrected on the spot,
/// unless its rule says that something has to be done first.
fn effort(framework: &Framework, own: &BTreeMap<String, Effort>, finding: &Finding, document: Option<&DocumentView>) -> Effort {
    let kind_of = |id: &String| framework.kinds.get(id);
    let to_write = finding.missing.as_ref().and_then(kind_of);
    if let Some(own) = own.get(&finding.rule).or_else(|| to_write.and_then(|kind| own.get(&kind.id))) {
        return *own;
    }
    let rule = framework.rules.get(&finding.rule);
    let stated = rule.and_then(|rule| rule.effort);
    if let Some(kind) = to_write {
        return stated.unwrap_or(kind.effort).max(kind.effort);
    }
    let check = rule.and_then(|rule| rule.built_in.or(rule.special_case_of));
    let is_part = matches!(check, Some(BuiltIn::NotCovered | BuiltIn::Placeholder | BuiltIn::EmptyDocument));
    let kind = document.and_then(|document| document.documented_information.first()).and_then(|kind| kind_of(&kind.id));
    match (stated, kind) {
        (Some(stated), _) => stated,
        (None, Some(kind)) if is_part => kind.effort.smaller(),
        _ => Effort::S,
    }
}

/// The findings about missing documented information on which this one builds.
fn after(framework: &Framework, missing: &BTreeMap<String, String>, finding: &Finding) -> Vec<String> {
    let Some(kind) = finding.missing.as_ref().and_then(|kind| framework.kinds.get(kind)) else { return Vec::new() };
    kind.after.iter().filter_map(|kind| missing.get(kind)).cloned().collect()
}
