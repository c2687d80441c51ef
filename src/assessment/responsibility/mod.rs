//! Who performs what, who answers for it, how others are kept under control: the model of a statement of applicability
//! for a standard that knows no exclusion. Each value says where it comes from; what nothing says is to be stated.

mod accountability;
mod checks;
mod claim;
mod claim_parties;
mod conditions;
mod derive;
mod evidence;
mod listed;
mod own_rows;
mod parties;
mod place_checks;
mod processes;
mod proposed;
mod registers;
mod rows;
mod said;
mod scope;
mod stated;
mod warnings;

use std::collections::BTreeMap;

use rayon::prelude::*;
use schemars::JsonSchema;
use serde::Serialize;

pub use checks::{Check, CheckResult};
pub use claim::{ClaimQuestion, ClaimSays};
pub use conditions::{ConditionOf, ConditionState};
pub use evidence::{Cycle, RestingDocument, RestingRecords};
pub use parties::{Party, PartyProcess};
pub use rows::{StatedItem, SubClause};
pub use said::{Answer, Basis, Remark, ResponsibilityStatus, Said, Standing, TO_BE_STATED};
pub use scope::{Scope, Service};
pub use stated::OwnStatement;

use super::determination::Determination;
use super::finding::Finding;
use super::inventory::Inventory;
use super::title_part::TitlePart;
use crate::documents::Document;
use checks::Looked;
use derive::Registers;
use own_rows::OwnRows;
use processes::ProcessNames;
use registers::OwnNames;
use rows::Basics;

/// The responsibility for every sub-clause, and what it rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Responsibility {
    /// The organization's own statement, where there is one.
    pub statement: Option<OwnStatement>,
    /// The scope statement, where there is one.
    pub scope: Option<Scope>,
    /// Every lowest sub-clause, in natural order.
    pub rows: Vec<SubClause>,
    /// Other parties that take part, by their register.
    pub parties: Vec<Party>,
    /// Services of the catalogue.
    pub services: Vec<Service>,
    /// Checks of the scope statement.
    pub scope_checks: Vec<Check>,
    /// The rules on what others may do.
    pub rules: Vec<Check>,
    /// Six questions on whether conformity can be claimed at all, with what documents say to each.
    pub claim: Vec<ClaimQuestion>,
    /// Whether who approved the statement is top management by the configuration; none where nothing tells.
    pub approved_by_top_management: Option<bool>,
}

impl Responsibility {
    /// Takes what most titles share out of the titles of documents.
    pub(super) fn leave_out(&mut self, part: &TitlePart) {
        for document in self.rows.iter_mut().flat_map(|row| &mut row.documents) {
            document.title = part.strip(&document.title).to_owned();
        }
    }
}

/// Reads the responsibility out of what is there and what was found out about it.
pub(super) fn responsibility(inventory: &Inventory<'_>, determinations: &[Determination], findings: &[Finding]) -> Responsibility {
    let names = ProcessNames::new(inventory);
    let processes = registers::processes(inventory, &names);
    let roles = registers::roles(inventory, &names, &processes);
    let (statement, own_rows) = stated::read(inventory, findings);
    let mut parties = parties::parties(inventory, &names, findings);
    for party in &mut parties {
        let is_stated = own_rows.iter().any(|row| row.other_parties.iter().any(|said| party.is_named_in(&said.value)));
        party.remark_on_processes(is_stated);
    }
    let own = OwnNames::new(inventory, &processes, &roles, &parties);
    let documents: BTreeMap<String, &Document> = inventory.identified.iter().map(|one| (one.document.path.to_string(), one.document)).collect();
    let basics = Basics {
        inventory,
        determinations: determinations.iter().map(|item| (item.id.as_str(), item)).collect(),
        documents,
        registers: Registers { settings: inventory.settings, processes, roles, parties, own },
        own: OwnRows { rows: own_rows, as_of: inventory.as_of.0 },
        findings,
        proposals: proposed::Proposals::new(inventory),
    };
    let rows: Vec<SubClause> = inventory.framework.clauses.par_iter().map(|clause| basics.row(clause)).collect();
    let Registers { processes, parties, own, .. } = basics.registers;
    let scope = scope::scope(inventory);
    let mut services = scope::services(inventory, scope.as_ref());
    for service in &mut services {
        let contributes = |party: &&Party| party.services.iter().any(|said| super::references::same_thing(&said.value, &service.id.value));
        service.parties = parties.iter().filter(contributes).map(|party| party.id.clone()).collect();
    }
    let looked = Looked { inventory, findings, scope: scope.as_ref(), services: &services, parties: &parties };
    let scope_checks = checks::of_scope(&looked);
    let rules = accountability::of_rules(&looked, &rows, &processes, &own);
    let claim = claim::questions(&looked, &rows, &processes, &own, &rules);
    let approver = statement.as_ref().and_then(|statement| statement.approved_by.as_ref());
    let approved_by_top_management = approver.and_then(|approver| looked.is_top_management(&approver.value));
    Responsibility { scope_checks, rules, claim, approved_by_top_management, statement, scope, rows, parties, services }
}
