//! The strict reader of `audits.yaml`: ids are unique and of one form, references lead somewhere, both years together
//! reach all of clause 8.

use std::collections::BTreeSet;

use super::audits::{AuditId, Audits, Pick};
use super::condition::Tests;
use super::documented_information::Form;
use super::load::{Framework, MapFault};
use crate::vocabulary::ClauseNumber;

/// Every fault of the file, where there is one.
pub(super) fn lint(framework: &Framework) -> Vec<MapFault> {
    let Some(audits) = &framework.audits else { return Vec::new() };
    let mut linter = Linter { framework, audits, faults: Vec::new() };
    linter.kinds();
    linter.ids();
    linter.processes();
    linter.posts();
    linter.rotation();
    linter.chains();
    linter.samples();
    linter.faults
}

struct Linter<'map> {
    framework: &'map Framework,
    audits: &'map Audits,
    faults: Vec<MapFault>,
}

impl Linter<'_> {
    fn fault(&mut self, message: impl Into<String>) {
        self.faults.push(MapFault { path: self.audits.origin.path.clone(), at: self.audits.origin.at, message: message.into() });
    }

    fn posts(&mut self) {
        let mut seen = BTreeSet::new();
        for post in &self.audits.posts {
            let name = format!("post {}", post.post);
            if !self.framework.asks_for(&post.post) {
                self.fault(format!("nothing in the map asks for the post `{}`", post.post));
            }
            if !seen.insert(&post.post) {
                self.fault(format!("the post `{}` is declared twice", post.post));
            }
            post.kinds.iter().for_each(|kind| self.known_kind(&name, kind));
            post.clauses.iter().for_each(|clause| self.clause(&name, clause));
        }
    }

    fn kinds(&mut self) {
        for id in AuditId::ALL {
            let number = self.audits.kinds.iter().filter(|kind| kind.id == id).count();
            if number != 1 {
                self.fault(format!("the kind of audit `{}` is declared {number} times; it is to be once", id.word()));
            }
        }
        for kind in &self.audits.kinds {
            let name = kind.id.word();
            if kind.results.is_empty() || kind.looks_at.is_empty() || kind.period == 0 {
                self.fault(format!("the audit `{name}` needs `results`, `looks_at` and a `period` of at least a month"));
            }
            if kind.id == AuditId::Stage1 && kind.graded {
                self.fault("stage 1 knows no grades: `graded: false`");
            }
            kind.requirements.clauses.iter().chain(&kind.requirements.of_documents).for_each(|clause| self.clause(name, clause));
            for question in &kind.questions {
                if question.ask.is_empty() || question.title.trim().is_empty() || question.whom.trim().is_empty() {
                    self.fault(format!("the question `{}` needs `title`, `ask` and `whom`", question.id));
                }
                question.kinds.iter().for_each(|of| self.known_kind(&question.id, of));
                if let Some(begin) = &question.begin {
                    self.known_kind(&question.id, &begin.kind);
                    self.pick(&question.id, &begin.kind, &begin.at);
                }
                if question.requirements.is_empty() {
                    self.fault(format!("the question `{}` speaks to no requirement", question.id));
                }
                for id in &question.requirements {
                    if id.contains('-') && self.framework.requirement(id).is_none() {
                        self.fault(format!("the question `{}` speaks to `{id}`, which the map lacks", question.id));
                    } else if !id.contains('-') {
                        self.clause(&question.id, id);
                    }
                }
            }
        }
    }

    fn ids(&mut self) {
        let mut seen = BTreeSet::new();
        for id in self.audits.question_ids() {
            if !seen.insert(id) {
                self.fault(format!("the question `{id}` is declared twice"));
            }
            let part = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-./".contains(&byte));
            if !id.split_once(':').is_some_and(|(family, name)| part(family) && part(name)) {
                self.fault(format!("`{id}` is not an id such as stage1:scope-test"));
            }
        }
    }

    fn processes(&mut self) {
        let mut seen = BTreeSet::new();
        for process in &self.audits.processes {
            if !seen.insert(&process.id) {
                self.fault(format!("the process `{}` is declared twice", process.id));
            }
            self.known_kind(&process.id, &process.kind);
            if process.clauses.is_empty() {
                self.fault(format!("the process `{}` belongs to no sub-clause", process.id));
            }
            process.clauses.iter().for_each(|clause| self.clause(&process.id, clause));
            for (question, begin) in process.questions.iter().filter_map(|question| Some((question, question.begin.as_ref()?))) {
                self.known_kind(&question.id, &begin.kind);
                self.pick(&question.id, &begin.kind, &begin.at);
            }
            for clause in process.questions.iter().filter_map(|question| question.clause.as_ref()) {
                if !process.clauses.contains(clause) {
                    self.fault(format!("a question of the process `{}` stands under {clause}, which is not the process's", process.id));
                }
            }
        }
    }

    fn rotation(&mut self) {
        let looked_at = |number: &ClauseNumber| {
            let always = self.audits.kind(AuditId::Surveillance).map(|kind| kind.requirements.clauses.as_slice()).unwrap_or_default();
            let turns = self.audits.rotation.halves.iter().flat_map(|half| &half.clauses);
            turns.chain(always).filter_map(|clause| ClauseNumber::parse(clause)).any(|clause| clause.contains(number))
        };
        let eighth = self.framework.clauses.iter().filter(|clause| !clause.requirements.is_empty());
        let missing: Vec<String> = eighth
            .filter_map(super::clause::Clause::number)
            .filter(|number| number.top() == 8 && !looked_at(number))
            .map(|number| number.to_string())
            .collect();
        if !missing.is_empty() {
            self.fault(format!("no surveillance audit of the cycle looks at {}", missing.join(", ")));
        }
        for clause in self.audits.rotation.halves.iter().flat_map(|half| &half.clauses) {
            self.clause("rotation", clause);
        }
    }

    fn chains(&mut self) {
        for chain in &self.audits.chains {
            chain.steps.iter().for_each(|clause| self.clause(&chain.id, clause));
            for (kind, pick) in [(&chain.start, &chain.start_at), (&chain.end, &chain.end_at)] {
                self.known_kind(&chain.id, kind);
                let is_record = self.framework.kinds.get(kind).is_some_and(|kind| kind.form == Form::Record);
                if is_record && pick.is_none() {
                    self.fault(format!("the chain `{}` does not say at which record of the kind `{kind}` it begins", chain.id));
                }
                pick.iter().for_each(|pick| self.pick(&chain.id, kind, pick));
            }
        }
    }

    fn pick(&mut self, by: &str, kind: &str, pick: &Pick) {
        for fitness in &pick.fit {
            self.fields(kind, &fitness.filter);
            fitness.in_text_of.iter().for_each(|kind| self.known_kind(by, kind));
            if let Some(naming) = &fitness.named_in {
                self.known_kind(by, &naming.kind);
                self.known_field(&naming.kind, &naming.field);
            }
        }
    }

    fn samples(&mut self) {
        for sample in &self.audits.samples {
            self.known_kind("samples", &sample.kind);
            sample.dates.iter().for_each(|field| self.known_field(&sample.kind, field));
            for tests in sample.whole.iter().flat_map(|stratum| &stratum.any) {
                self.fields(&sample.kind, tests);
            }
        }
    }

    fn fields(&mut self, kind: &str, tests: &Tests) {
        tests.0.iter().for_each(|test| self.known_field(kind, &test.field));
    }

    fn known_field(&mut self, kind: &str, field: &str) {
        if self.framework.kinds.get(kind).is_some_and(|kind| kind.field(field).is_none()) {
            self.fault(format!("the kind `{kind}` has no field `{field}`"));
        }
    }

    fn known_kind(&mut self, by: &str, kind: &str) {
        if !self.framework.kinds.contains_key(kind) {
            self.fault(format!("`{by}` names the kind `{kind}`, which is not declared"));
        }
    }

    /// A clause that the map has, or one above such clauses.
    fn clause(&mut self, by: &str, clause: &str) {
        let number = ClauseNumber::parse(clause);
        let known = number.is_some_and(|number| self.framework.clauses.iter().filter_map(super::clause::Clause::number).any(|other| number.contains(&other)));
        if !known {
            self.fault(format!("`{by}` names the clause `{clause}`, which the map lacks"));
        }
    }
}
