//! The strict reader of a clause map: whatever is declared must be complete, unique and lead somewhere.

use std::collections::{BTreeMap, BTreeSet};

use super::clause::{Clause, Origin, Requirement};
use super::condition::Tests;
use super::documented_information::{DocumentedInformation, FieldType};
use super::expectation::Expectation;
use super::load::{Framework, MapFault};
use super::relation::Relation;
use super::rule::{BuiltIn, Rule};
use super::subject::is_within;
use crate::vocabulary::{ClauseNumber, Place, RequirementId};

/// Every fault of a map whose files could all be read.
pub(super) fn lint(framework: &Framework) -> Vec<MapFault> {
    let mut linter = Linter { framework, faults: Vec::new() };
    linter.head();
    framework.clauses.iter().for_each(|clause| linter.clause(clause));
    framework.kinds.values().for_each(|kind| linter.kind(kind));
    framework.rules.values().for_each(|rule| linter.rule(rule));
    linter.uses();
    linter.faults
}

/// Names of control data that `controlled` may ask for.
const CONTROL: [&str; 8] = ["id", "title", "owner", "version", "status", "approved_by", "approved_on", "next_review"];

struct Linter<'map> {
    framework: &'map Framework,
    faults: Vec<MapFault>,
}

impl Linter<'_> {
    fn fault(&mut self, origin: &Origin, message: impl Into<String>) {
        self.faults.push(MapFault { path: origin.path.clone(), at: origin.at, message: message.into() });
    }

    fn head(&mut self) {
        let head = &self.framework.head;
        let origin = Origin { path: "framework.yaml".to_owned(), at: Place::line(1) };
        let items = self.framework.requirements().count();
        if items != head.items {
            self.fault(&origin, format!("the head speaks of {} items, the clause files hold {items}", head.items));
        }
        if self.framework.clauses.len() != head.sub_clauses {
            let found = self.framework.clauses.len();
            self.fault(&origin, format!("the head speaks of {} sub-clauses, the clause files hold {found}", head.sub_clauses));
        }
        for number in head.stage_one.iter().filter(|number| !self.framework.clauses.iter().any(|clause| clause.number == **number)) {
            self.faults.push(MapFault {
                path: origin.path.clone(),
                at: origin.at,
                message: format!("`stage_one` names {number}, which is no sub-clause of the map"),
            });
        }
        for foundation in &head.foundations {
            let is_there = self.framework.clauses.iter().any(|clause| is_within(&clause.number, &foundation.clause) || clause.number == foundation.clause);
            if !is_there || foundation.title.trim().is_empty() || foundation.carries_over.trim().is_empty() {
                self.fault(&origin, format!("the foundation {} names no clause of the map, or says nothing", foundation.clause));
            }
        }
        for circumstance in &head.conditions {
            for known in &circumstance.known_by {
                self.tests(&origin, &known.kind, &known.filter);
            }
            circumstance.entered_in.iter().for_each(|kind| self.known_kind(&origin, kind));
        }
    }

    fn clause(&mut self, clause: &Clause) {
        if clause.number().is_none() {
            self.fault(&clause.origin, format!("`{}` is not a clause number", clause.number));
        }
        for (name, text) in [("title", &clause.title), ("purpose", &clause.purpose), ("documentation", &clause.documentation), ("whom", &clause.whom)] {
            if text.trim().is_empty() {
                self.fault(&clause.origin, format!("`{name}` of {} is empty", clause.number));
            }
        }
        let known: BTreeSet<&str> = self.framework.clauses.iter().map(|clause| clause.number.as_str()).collect();
        for related in &clause.related {
            let number = ClauseNumber::parse(related);
            // A family of sub-clauses may be related as a whole; 1.2 is the clause on applicability.
            let family = number.as_ref().is_some_and(|number| {
                number.top() < 4 || self.framework.clauses.iter().any(|clause| clause.number().is_some_and(|other| number.contains(&other)))
            });
            if !known.contains(related.as_str()) && !family {
                self.fault(&clause.origin, format!("{} is related to `{related}`, which the map lacks", clause.number));
            }
        }
        for requirement in &clause.requirements {
            self.requirement(clause, requirement);
        }
    }

    fn requirement(&mut self, clause: &Clause, requirement: &Requirement) {
        let origin = &requirement.origin;
        match RequirementId::parse(&requirement.id) {
            Some(id) if Some(id.clause()) == clause.number().as_ref() => {}
            Some(_) => self.fault(origin, format!("{} stands under clause {}", requirement.id, clause.number)),
            None => self.fault(origin, format!("`{}` is not an id such as 8.6.1-s3", requirement.id)),
        }
        if requirement.intent.trim().is_empty() {
            self.fault(origin, format!("the intent of {} is empty", requirement.id));
        }
        if requirement.obligation.is_empty() {
            self.fault(origin, format!("{} has no obligation", requirement.id));
        }
        if requirement.ask.iter().all(|question| question.trim().is_empty()) {
            self.fault(origin, format!("{} has no question for an auditor", requirement.id));
        }
        if let Some(on) = requirement.condition.as_ref().and_then(|condition| condition.on.as_deref())
            && self.framework.circumstance(on).is_none()
        {
            self.fault(origin, format!("{} depends on `{on}`, which framework.yaml does not declare", requirement.id));
        }
        for id in requirement.follows.iter().filter(|id| **id == requirement.id || self.framework.requirement(id).is_none()) {
            self.fault(origin, format!("{} follows `{id}`, which is no other requirement of the map", requirement.id));
        }
        for members in &requirement.members {
            self.known_kind(origin, &members.kind);
            self.field(origin, &members.kind, &members.field);
        }
        for asked in &requirement.expects {
            self.expectation(origin, &asked.expectation);
            for name in &asked.special {
                match self.framework.rules.get(name) {
                    Some(rule) if rule.special_case_of.is_some() => {}
                    Some(_) => self.fault(origin, format!("the rule `{name}` is no special case of a check, so it cannot stand under `as`")),
                    None => self.fault(origin, format!("the rule `{name}` is not declared")),
                }
            }
        }
    }

    fn expectation(&mut self, origin: &Origin, expectation: &Expectation) {
        if let Some(kind) = expectation.kind() {
            self.known_kind(origin, kind);
        }
        match expectation {
            Expectation::Records { kind, filter, .. } => self.tests(origin, kind, filter),
            Expectation::Complete { kind, fields, when, .. } => {
                fields.iter().for_each(|field| self.field(origin, kind, field));
                self.tests(origin, kind, when);
            }
            Expectation::Covers { kind, section, when } => {
                self.tests(origin, kind, when);
                if self.framework.kinds.get(kind).is_some_and(|kind| kind.section(section).is_none()) {
                    self.fault(origin, format!("the kind `{kind}` has no section `{section}`"));
                }
            }
            Expectation::Controlled { control, .. } => {
                for name in control.iter().filter(|name| !CONTROL.contains(&name.as_str())) {
                    self.fault(origin, format!("`{name}` is no control data; known are {}", CONTROL.join(", ")));
                }
            }
            Expectation::Regular { kind, per, for_each } => {
                for_each.iter().for_each(|given| self.tests(origin, &given.kind, &given.filter));
                per.iter().for_each(|field| self.field(origin, kind, field));
                if self.framework.kinds.get(kind).is_some_and(|kind| kind.dated_by.is_none()) {
                    self.fault(origin, format!("records of `{kind}` have no date (`dated_by`), so no interval can be seen"));
                }
            }
            Expectation::Measured { kind, measure, target, value } => {
                [Some(measure), Some(target), value.as_ref()].into_iter().flatten().for_each(|field| self.field(origin, kind, field));
            }
            Expectation::Responsibility { kind, terms, field } => {
                field.iter().for_each(|field| self.field(origin, kind, field));
                if terms.is_empty() == field.is_none() {
                    self.fault(origin, "a responsibility needs either `terms` or a `field`");
                }
            }
            Expectation::Rule(rule) => match self.framework.rules.get(rule) {
                Some(rule) if rule.relation.is_some() => {}
                Some(_) => self.fault(origin, format!("the rule `{rule}` has no relation to verify")),
                None => self.fault(origin, format!("the rule `{rule}` is not declared")),
            },
            _ => {}
        }
    }

    /// Whether a kind builds on another, directly or through others; a circle that lies elsewhere ends the search.
    fn builds_on(&self, kind: &str, on: &str) -> bool {
        let mut seen = BTreeSet::new();
        let mut open = vec![kind];
        while let Some(id) = open.pop().filter(|_| seen.len() <= self.framework.kinds.len()) {
            if id == on {
                return true;
            }
            if seen.insert(id) {
                open.extend(self.framework.kinds.get(id).into_iter().flat_map(|kind| kind.after.iter().map(String::as_str)));
            }
        }
        false
    }

    fn kind(&mut self, kind: &DocumentedInformation) {
        let origin = kind.origin.clone();
        if origin.path != format!("documented-information/{}.yaml", kind.id) {
            self.fault(&origin, format!("the kind `{}` stands in a file of another name", kind.id));
        }
        if kind.about.trim().is_empty() || kind.recognised_by.names.is_empty() {
            self.fault(&origin, format!("the kind `{}` needs `about`, and `names` in a vocabulary", kind.id));
        }
        if kind.demanded.as_ref().is_some_and(|demand| demand.remedy.trim().is_empty()) {
            self.fault(&origin, format!("the kind `{}` needs a `remedy`: what to do where there is none", kind.id));
        }
        for earlier in &kind.after {
            self.known_kind(&origin, earlier);
            if self.builds_on(earlier, &kind.id) {
                self.fault(&origin, format!("`{}` and `{earlier}` each come after the other", kind.id));
            }
        }
        kind.often_in.iter().for_each(|other| self.known_kind(&origin, other));
        if let Some(parent) = &kind.is_a {
            self.known_kind(&origin, parent);
            if self.framework.is_a(parent, &kind.id) {
                self.fault(&origin, format!("`{}` and `{parent}` are each a case of the other", kind.id));
            }
        }
        for id in kind.demanded.iter().flat_map(|demand| &demand.by) {
            if self.framework.requirement(id).is_none() {
                self.fault(&origin, format!("`{}` is demanded by `{id}`, which the map lacks", kind.id));
            }
        }
        for name in [&kind.dated_by, &kind.closed_by].into_iter().flatten() {
            match kind.field(name).map(|field| field.kind) {
                Some(FieldType::Date) => {}
                Some(_) => self.fault(&origin, format!("the field `{name}` dates a record but is not of type date")),
                None => self.fault(&origin, format!("the kind `{}` has no field `{name}`", kind.id)),
            }
        }
        let mut seen = BTreeSet::new();
        for field in &kind.fields {
            if !seen.insert(&field.name) {
                self.fault(&origin, format!("the field `{}` is declared twice", field.name));
            }
            let reference = matches!(field.kind, FieldType::Reference | FieldType::References);
            match &field.of {
                Some(of) if reference => self.known_kind(&origin, of),
                None if reference => self.fault(&origin, format!("the reference `{}` does not say of which kind", field.name)),
                Some(_) => self.fault(&origin, format!("`{}` is no reference, so it has no `of`", field.name)),
                None => {}
            }
            if (field.kind == FieldType::Choice) == field.values.is_empty() {
                self.fault(&origin, format!("`{}`: a choice needs values, and only a choice", field.name));
            }
        }
        let mut seen = BTreeSet::new();
        for section in &kind.sections {
            if !seen.insert(&section.id) {
                self.fault(&origin, format!("the section `{}` is declared twice", section.id));
            }
        }
    }

    fn rule(&mut self, rule: &Rule) {
        let origin = rule.origin.clone();
        if origin.path != format!("rules/{}.yaml", rule.id) {
            self.fault(&origin, format!("the rule `{}` stands in a file of another name", rule.id));
        }
        if [rule.relation.is_some(), rule.built_in.is_some(), rule.special_case_of.is_some()].iter().filter(|said| **said).count() != 1 {
            self.fault(&origin, format!("the rule `{}` needs either a relation, a built-in check, or the check of which it is a special case", rule.id));
        }
        for (name, text) in
            [("fault", &rule.fault), ("looks_for", &rule.looks_for), ("why", &rule.why), ("satisfied_by", &rule.satisfied_by), ("cannot_see", &rule.cannot_see)]
        {
            if text.trim().is_empty() {
                self.fault(&origin, format!("`{name}` of the rule `{}` is empty", rule.id));
            }
        }
        for id in &rule.requirements {
            if self.framework.requirement(id).is_none() {
                self.fault(&origin, format!("the rule `{}` speaks to `{id}`, which the map lacks", rule.id));
            }
        }
        for explaining in rule.explained_by.iter().filter(|id| !self.framework.rules.contains_key(*id)) {
            self.fault(&origin, format!("the rule `{explaining}`, which is said to explain `{}`, is not declared", rule.id));
        }
        if let Some(answered) = &rule.answered_in {
            answered.kinds.iter().for_each(|kind| self.known_kind(&origin, kind));
            if rule.relation.is_none() || answered.kinds.is_empty() {
                self.fault(&origin, "`answered_in` needs a relation whose record is at fault, and kinds in which an answer may lie");
            }
            for kind in rule.relation.iter().flat_map(|relation| relation.kinds().into_iter().take(1)) {
                answered.by.iter().for_each(|field| self.field(&origin, kind, field));
            }
        }
        if let Some(relation) = &rule.relation {
            relation.kinds().into_iter().for_each(|kind| self.known_kind(&origin, kind));
            for (kind, field) in relation.fields() {
                self.field(&origin, kind, field);
            }
            if let Relation::OneOf { values, listed_in, .. } = relation
                && values.is_empty() == listed_in.is_none()
            {
                self.fault(&origin, "one_of needs either `values` or `listed_in`");
            }
        }
    }

    /// Rules that nothing uses, and built-in checks without exactly one rule.
    fn uses(&mut self) {
        let used: BTreeSet<&str> = self
            .framework
            .requirements()
            .flat_map(|(_, requirement)| &requirement.expects)
            .flat_map(|asked| {
                let rule = if let Expectation::Rule(rule) = &asked.expectation { Some(rule.as_str()) } else { None };
                rule.into_iter().chain(asked.special.iter().map(String::as_str))
            })
            .collect();
        let mut built_in: BTreeMap<BuiltIn, Vec<&Rule>> = BTreeMap::new();
        for rule in self.framework.rules.values() {
            if rule.built_in.is_none() && rule.requirements.is_empty() && !rule.standalone && !used.contains(rule.id.as_str()) {
                self.fault(&rule.origin.clone(), format!("no requirement expects the rule `{}`", rule.id));
            }
            if let Some(check) = rule.built_in {
                built_in.entry(check).or_default().push(rule);
            }
        }
        for rules in built_in.values().filter(|rules| rules.len() > 1) {
            self.fault(&rules[1].origin.clone(), format!("`{}` and `{}` name the fault of one check", rules[0].id, rules[1].id));
        }
        for check in BuiltIn::ALL {
            if !built_in.contains_key(&check) {
                let origin = Origin { path: "rules".to_owned(), at: Place::default() };
                self.fault(&origin, format!("no rule names the fault of the built-in check {check:?}"));
            }
        }
    }

    fn known_kind(&mut self, origin: &Origin, kind: &str) {
        if !self.framework.kinds.contains_key(kind) {
            let nearest = self.framework.kinds.keys().min_by_key(|known| strsim::damerau_levenshtein(known, kind));
            let hint = nearest.map(|nearest| format!("; did you mean `{nearest}`?")).unwrap_or_default();
            self.fault(origin, format!("the kind `{kind}` is not declared{hint}"));
        }
    }

    fn field(&mut self, origin: &Origin, kind: &str, field: &str) {
        if self.framework.kinds.get(kind).is_some_and(|kind| kind.field(field).is_none()) {
            self.fault(origin, format!("the kind `{kind}` has no field `{field}`"));
        }
    }

    fn tests(&mut self, origin: &Origin, kind: &str, tests: &Tests) {
        self.known_kind(origin, kind);
        for test in &tests.0 {
            [Some(&test.field), test.after.as_ref(), test.same_as.as_ref()].into_iter().flatten().for_each(|field| self.field(origin, kind, field));
        }
    }
}
