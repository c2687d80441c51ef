//! Counts: per sub-clause three numbers with their base, never one.

use std::collections::BTreeMap;

use serde::Serialize;

use super::determination::{Determination, Verdict};
use super::finding::Finding;
use crate::framework::{Clause, Framework, Grade, Obligation, Requirement};

/// So many of so many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, schemars::JsonSchema, Serialize)]
pub struct Share {
    /// Requirements with the verdict `supported`.
    pub supported: usize,
    /// Requirements that apply.
    pub of: usize,
}

/// Open points of so many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, schemars::JsonSchema, Serialize)]
pub struct Open {
    /// Left to the auditor, elsewhere, or not assessed.
    pub count: usize,
    /// Requirements that apply.
    pub of: usize,
}

/// The counts of one sub-clause or clause.
#[derive(Clone, Debug, PartialEq, Eq, schemars::JsonSchema, Serialize)]
pub struct ClauseTally {
    /// Its number.
    pub number: String,
    /// Its title.
    pub title: String,
    /// Documents and their content.
    pub documents: Share,
    /// Records and what happens at intervals.
    pub records: Share,
    /// Open points.
    pub open: Open,
    /// Findings by proposed grade, accepted ones left out.
    pub findings: BTreeMap<String, usize>,
}

/// Counts of the whole assessment.
#[derive(Clone, Debug, Default, PartialEq, Eq, schemars::JsonSchema, Serialize)]
pub struct Tally {
    /// Requirements by verdict.
    pub verdicts: BTreeMap<String, usize>,
    /// Findings by proposed grade, accepted ones left out.
    pub grades: BTreeMap<String, usize>,
    /// Accepted findings.
    pub accepted: usize,
    /// Requirements whose evidence is declared to be elsewhere.
    pub external: usize,
    /// Requirements that were not triggered.
    pub not_triggered: usize,
    /// Requirements that were not assessed.
    pub not_assessed: usize,
}

/// Counts for each lowest sub-clause.
pub(super) fn by_clause(framework: &Framework, determinations: &[Determination], findings: &[Finding]) -> Vec<ClauseTally> {
    framework.clauses.iter().map(|clause| of_clause(clause, determinations, findings)).collect()
}

fn of_clause(clause: &Clause, determinations: &[Determination], findings: &[Finding]) -> ClauseTally {
    let determination = |requirement: &Requirement| determinations.iter().find(|determination| determination.id == requirement.id);
    let mut tally = ClauseTally {
        number: clause.number.clone(),
        title: clause.title.clone(),
        documents: Share::default(),
        records: Share::default(),
        open: Open::default(),
        findings: Grade::ALL.iter().map(|grade| (grade.word().to_owned(), 0)).collect(),
    };
    for requirement in &clause.requirements {
        let Some(determination) = determination(requirement).filter(|one| one.verdict != Verdict::NotTriggered) else { continue };
        let verdict = determination.verdict;
        tally.open.of += 1;
        if matches!(verdict, Verdict::NeedsAuditor | Verdict::External | Verdict::NotAssessed) {
            tally.open.count += 1;
        }
        // Whether it asks for anything in writing is open itself.
        if determination.depends_on.is_some() {
            continue;
        }
        let supported = usize::from(verdict == Verdict::Supported);
        let asks = |obligation| requirement.obligation.contains(&obligation);
        if asks(Obligation::Document) || asks(Obligation::Content) {
            tally.documents.of += 1;
            tally.documents.supported += supported;
        }
        if asks(Obligation::Record) || asks(Obligation::Interval) || asks(Obligation::Independence) {
            tally.records.of += 1;
            tally.records.supported += supported;
        }
    }
    for finding in findings.iter().filter(|finding| finding.accepted.is_none()) {
        // A finding counts once, under the first requirement it speaks to.
        let first = finding.requirements.first().and_then(|id| id.split_once('-')).map(|(clause, _)| clause);
        if first == Some(clause.number.as_str()) {
            *tally.findings.entry(finding.grade.word().to_owned()).or_default() += 1;
        }
    }
    tally
}

/// Counts of the whole.
pub(super) fn total(determinations: &[Determination], findings: &[Finding]) -> Tally {
    let mut tally = Tally::default();
    for verdict in Verdict::ALL {
        let number = determinations.iter().filter(|determination| determination.verdict == verdict).count();
        tally.verdicts.insert(verdict.word().to_owned(), number);
    }
    for grade in Grade::ALL {
        let number = findings.iter().filter(|finding| finding.grade == grade && finding.accepted.is_none()).count();
        tally.grades.insert(grade.word().to_owned(), number);
    }
    tally.accepted = findings.iter().filter(|finding| finding.accepted.is_some()).count();
    tally.external = tally.verdicts[Verdict::External.word()];
    tally.not_triggered = tally.verdicts[Verdict::NotTriggered.word()];
    tally.not_assessed = tally.verdicts[Verdict::NotAssessed.word()];
    tally
}
