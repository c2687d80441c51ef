//! Checks of the scope statement and of the rules on what others may do, in words of evidence: found, not found, or for
//! the auditor. What a rule of the map has judged is cited and not judged again.

use schemars::JsonSchema;
use serde::Serialize;

use super::parties::Party;
use super::place_checks;
use super::said::{Basis, Remark, Said};
use super::scope::{self, Scope, Service};
use crate::assessment::finding::Finding;
use crate::assessment::inventory::Inventory;
use crate::assessment::people::same_person;
use crate::assessment::references::same_thing;
use crate::documents::Document;
use crate::framework::{Relation, Rule};
use crate::vocabulary::{count, list_some, plain};

/// What a check came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum CheckResult {
    /// What is looked for was found.
    Found,
    /// It was not found, or something speaks against it.
    NotFound,
    /// A person has to look.
    ForTheAuditor,
}

impl CheckResult {
    /// For people.
    pub fn words(self) -> &'static str {
        match self {
            Self::Found => "found",
            Self::NotFound => "not found",
            Self::ForTheAuditor => "for the auditor",
        }
    }
}

/// One check.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Check {
    /// Stable id.
    pub id: &'static str,
    /// What is looked for.
    pub looked_for: &'static str,
    /// What it came to.
    pub result: CheckResult,
    /// In words, with what is missing.
    pub words: String,
    /// Where.
    pub places: Vec<String>,
    /// Findings that speak of it.
    pub remarks: Vec<Remark>,
}

/// What the checks look at.
pub(super) struct Looked<'all, 'run> {
    pub(super) inventory: &'all Inventory<'run>,
    pub(super) findings: &'all [Finding],
    pub(super) scope: Option<&'all Scope>,
    pub(super) services: &'all [Service],
    pub(super) parties: &'all [Party],
}

pub(super) fn check(id: &'static str, looked_for: &'static str, result: CheckResult, words: impl Into<String>, places: Vec<String>) -> Check {
    Check { id, looked_for, result, words: words.into(), places, remarks: Vec::new() }
}

pub(super) fn froms(said: &[&Said]) -> Vec<String> {
    said.iter().map(|said| said.from.clone()).collect()
}

/// The checks of the scope statement.
pub(super) fn of_scope(looked: &Looked<'_, '_>) -> Vec<Check> {
    let there = looked.scope.map(|scope| (scope, scope::document(looked.inventory).map(|(document, _)| document)));
    let Some((scope, Some(document))) = there else {
        let mut missing =
            check("scope-approved", "A scope statement, approved and in force", CheckResult::NotFound, "no scope statement was found", Vec::new());
        missing.remarks = looked.of_rules(|rule| rule.relation.is_none(), |finding| finding.missing.as_deref() == Some("scope-statement"));
        return vec![missing];
    };
    let mut checks = vec![looked.approved(scope), looked.organization(scope, document), looked.services_known(scope), looked.services_covered()];
    checks.push(looked.services_planned(scope));
    checks.push(looked.nothing_left_out(scope));
    checks.push(place_checks::locations(looked, document));
    checks.push(place_checks::nothing_called_certified(document));
    checks.push(place_checks::lasting(scope));
    checks.push(place_checks::no_method(scope));
    checks.push(place_checks::parties_named(looked, document));
    checks
}

impl Looked<'_, '_> {
    /// Remarks on open findings of rules that pass one test and that pass another themselves.
    pub(super) fn of_rules(&self, rule: impl Fn(&Rule) -> bool, finding: impl Fn(&Finding) -> bool) -> Vec<Remark> {
        let by_rule = |found: &&Finding| found.accepted.is_none() && self.inventory.framework.rules.get(&found.rule).is_some_and(&rule);
        self.findings.iter().filter(by_rule).filter(|found| finding(found)).map(Remark::cites).collect()
    }

    fn approved(&self, scope: &Scope) -> Check {
        let place = |said: &Option<Said>| said.as_ref().map_or_else(|| scope.path.clone(), |said| said.from.clone());
        let mut result = match (&scope.approved_by, &scope.approved_on) {
            (Some(by), Some(on)) => {
                let version = scope.version.as_ref().map(|version| format!("version {} ", version.value)).unwrap_or_default();
                let words = format!("{version}approved by {} on {}", by.value, on.value);
                check("scope-approved", "A scope statement, approved and in force", CheckResult::Found, words, vec![place(&scope.approved_on)])
            }
            _ => check(
                "scope-approved",
                "A scope statement, approved and in force",
                CheckResult::NotFound,
                "no approval with name and day",
                vec![scope.path.clone()],
            ),
        };
        if !scope.confirmed {
            result.result = CheckResult::ForTheAuditor;
            result.words = format!("{}; the document was only recognised, nobody has confirmed that it is the scope", result.words);
        }
        result
    }

    /// The name of the organization or unit, as the configuration has it, is that of the scope.
    fn organization(&self, scope: &Scope, document: &Document) -> Check {
        const LOOKED_FOR: &str = "The name of the organization or unit, as a certificate would carry it";
        let id = "scope-organization";
        let settings = self.inventory.settings;
        let names: Vec<&String> = settings.organization.iter().chain(&settings.unit).collect();
        if names.is_empty() {
            let places = scope.organization.iter().map(|said| said.from.clone()).collect();
            return check(id, LOOKED_FOR, CheckResult::ForTheAuditor, "the configuration names no organization to compare with", places);
        }
        let holds = |text: &str, name: &str| format!(" {} ", plain(text)).contains(&format!(" {} ", plain(name)));
        let place_of = |name: &String| {
            let in_field = scope.organization.as_ref().filter(|said| holds(&said.value, name)).map(|said| said.from.clone());
            in_field.or_else(|| document.passages.iter().find(|passage| holds(&passage.text, name)).map(|passage| format!("{}:{}", scope.path, passage.line)))
        };
        let missing: Vec<&str> = names.iter().filter(|name| place_of(name).is_none()).map(|name| name.as_str()).collect();
        let mut places: Vec<String> = names.iter().filter_map(|name| place_of(name)).collect();
        places.dedup();
        let shown = names.iter().map(|name| name.as_str()).collect::<Vec<_>>().join(", ");
        if missing.is_empty() {
            check(
                id,
                LOOKED_FOR,
                CheckResult::Found,
                format!("{shown}; whether the application for certification carries the same name, its papers show"),
                places,
            )
        } else {
            check(id, LOOKED_FOR, CheckResult::NotFound, format!("the scope does not name: {}", list_some(&missing, 4)), places)
        }
    }

    fn services_known(&self, scope: &Scope) -> Check {
        const LOOKED_FOR: &str = "Every service of the scope in the service catalogue";
        let id = "scope-services-in-catalogue";
        if scope.services.is_empty() {
            let named: Vec<&Said> = self.services.iter().filter_map(|service| service.in_scope.as_ref()).collect();
            let words = format!("the scope has no list of services to compare; its text names {} of the catalogue", count(named.len(), "service", "services"));
            return check(id, LOOKED_FOR, CheckResult::ForTheAuditor, words, froms(&named));
        }
        let in_catalogue =
            |said: &Said| self.services.iter().any(|service| same_thing(&service.id.value, &said.value) || plain(&service.name) == plain(&said.value));
        let missing: Vec<&Said> = scope.services.iter().filter(|said| !in_catalogue(said)).collect();
        self.members(id, LOOKED_FOR, "the catalogue", scope.services.len(), &missing, scope.services.first())
    }

    fn services_covered(&self) -> Check {
        const LOOKED_FOR: &str = "Every live service of the catalogue in the scope";
        let live: Vec<&Service> = self.services.iter().filter(|service| service.live).collect();
        let id = "catalogue-services-in-scope";
        if live.is_empty() {
            return check(id, LOOKED_FOR, CheckResult::ForTheAuditor, "no confirmed service catalogue with a live service was found", Vec::new());
        }
        let missing: Vec<&Said> = live.iter().filter(|service| service.in_scope.is_none()).map(|service| &service.id).collect();
        self.members(id, LOOKED_FOR, "the scope", live.len(), &missing, live.first().map(|service| &service.id))
    }

    fn services_planned(&self, scope: &Scope) -> Check {
        const LOOKED_FOR: &str = "Every service of the scope in the service management plan (6.3)";
        let id = "scope-services-in-plan";
        let inventory = self.inventory;
        let planned: Vec<Said> = super::registers::sure(inventory, "service-management-plan")
            .flat_map(|record| super::registers::all_said(inventory, record, "services", Basis::Document))
            .collect();
        if planned.is_empty() || scope.services.is_empty() {
            return check(
                id,
                LOOKED_FOR,
                CheckResult::ForTheAuditor,
                "scope or plan has no list of services to compare",
                froms(&planned.iter().collect::<Vec<_>>()),
            );
        }
        let missing: Vec<&Said> = scope.services.iter().filter(|said| !planned.iter().any(|other| same_thing(&other.value, &said.value))).collect();
        self.members(id, LOOKED_FOR, "the plan", scope.services.len(), &missing, planned.first())
    }

    fn members(&self, id: &'static str, looked_for: &'static str, list: &str, of: usize, missing: &[&Said], first: Option<&Said>) -> Check {
        if missing.is_empty() {
            return check(id, looked_for, CheckResult::Found, format!("all {of} are in {list}"), first.map(|said| said.from.clone()).into_iter().collect());
        }
        let names: Vec<&str> = missing.iter().map(|said| said.value.as_str()).collect();
        let words = format!("{} of {of} not in {list}: {}", missing.len(), list_some(&names, 8));
        let mut result = check(id, looked_for, CheckResult::NotFound, words, froms(missing));
        let compares = |rule: &Rule| matches!(rule.relation, Some(Relation::SameSet { .. }));
        result.remarks = self.of_rules(compares, |finding| names.iter().any(|name| plain(&finding.message).contains(&plain(name))));
        result
    }

    fn nothing_left_out(&self, scope: &Scope) -> Check {
        const LOOKED_FOR: &str = "No sentence that carves out a clause, a sub-clause or a process";
        let id = "scope-carves-nothing-out";
        let remarks = self.of_rules(|rule| matches!(rule.relation, Some(Relation::ExcludesNothing(_))), |finding| finding.location.path == scope.path);
        if remarks.is_empty() {
            return check(id, LOOKED_FOR, CheckResult::Found, "no such sentence; silence and other words are for the auditor", vec![scope.path.clone()]);
        }
        let places = remarks.iter().filter_map(|remark| remark.place.clone()).collect();
        Check { remarks, ..check(id, LOOKED_FOR, CheckResult::NotFound, "there is such a sentence; it is refused", places) }
    }

    /// Whether somebody is top management by the configuration; none where it names nobody.
    pub(super) fn is_top_management(&self, person: &str) -> Option<bool> {
        let known = &self.inventory.settings.roles.top_management;
        let named = |person: &str| known.iter().any(|known| same_person(known, person));
        (!known.is_empty()).then(|| person.split([',', ';']).any(|person| named(person.trim())))
    }
}
