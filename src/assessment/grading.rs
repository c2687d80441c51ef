//! Raising grades: what is small by itself may show together that something does not work at all. Never lowered.

use std::collections::{BTreeMap, BTreeSet};

use super::determination::{Determination, Verdict};
use super::finding::Finding;
use super::wording::lower_first;
use crate::framework::{DocumentedInformation, Form, Framework, Grade, Obligation};

/// So many records at fault are more than a slip.
const FEWEST: usize = 3;

/// Records of one kind that one rule looked at: how many, and a name for the lot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Sample {
    /// Title of the kind.
    pub(super) title: String,
    /// The field, where the rule is about several.
    pub(super) field: String,
    /// How many were judged.
    pub(super) of: usize,
}

/// Raises minor findings where a third of the records is at fault, and where a whole sub-clause has no evidence.
///
/// Where no record of any kind is kept here, records and reports that are missing are kept elsewhere as likely as not.
/// Nor is a sub-clause without any evidence that a document seems to be about (`touched`).
pub(super) fn raise(framework: &Framework, keeps_records: bool, touched: &BTreeSet<String>, determinations: &[Determination], findings: &mut [Finding]) {
    let mut lots: BTreeMap<(String, String, String), (usize, Vec<usize>)> = BTreeMap::new();
    for (index, finding) in findings.iter().enumerate().filter(|(_, finding)| finding.grade == Grade::Minor) {
        if let Some(Sample { title, field, of }) = &finding.sample {
            let lot = lots.entry((finding.rule.clone(), title.clone(), field.clone())).or_insert((*of, Vec::new()));
            lot.1.push(index);
        }
    }
    for ((_, title, _), (of, faulty)) in lots {
        if faulty.len() >= FEWEST && faulty.len() * 3 >= of {
            let because = format!("{} of {of} ({}) are at fault in this way, which is more than a slip", faulty.len(), title.to_lowercase());
            faulty.into_iter().for_each(|index| raise_one(&mut findings[index], &because));
        }
    }
    for clause in framework.clauses.iter().filter(|clause| !touched.contains(&clause.number)) {
        let shown = |obligation: &Obligation| !matches!(obligation, Obligation::Conduct);
        let asked: Vec<&Determination> = clause
            .requirements
            .iter()
            .filter(|requirement| requirement.obligation.iter().any(shown))
            .filter_map(|requirement| determinations.iter().find(|determination| determination.id == requirement.id))
            .filter(|determination| !matches!(determination.verdict, Verdict::NotTriggered | Verdict::NeedsAuditor))
            .collect();
        if asked.len() >= 2 && asked.iter().all(|determination| determination.verdict == Verdict::NoEvidence) {
            let because = format!("nothing here speaks for any part of {} {}", clause.number, clause.title);
            let is_first =
                |finding: &Finding| finding.requirements.first().and_then(|id| id.split_once('-')).is_some_and(|(number, _)| number == clause.number);
            // What is there and not yet good enough is a slip of its own; what is not there at all is the matter.
            let is_record = |kind: &String| framework.kinds.get(kind).is_some_and(|kind| kind.form == Form::Record || tells_only_of_work(framework, kind));
            let about = |finding: &&mut Finding| finding.missing.as_ref().is_some_and(|kind| keeps_records || !is_record(kind)) && is_first(finding);
            findings.iter_mut().filter(about).for_each(|finding| raise_one(finding, &because));
        }
    }
}

/// Whether a kind is demanded as record alone, such as known errors or a report on demand: what comes of work, and is kept
/// where the work is done.
fn tells_only_of_work(framework: &Framework, kind: &DocumentedInformation) -> bool {
    let demands = kind.demanded.iter().flat_map(|demand| &demand.by);
    let mut obligations = demands.filter_map(|id| framework.requirement(id)).map(|(_, requirement)| &requirement.obligation).peekable();
    obligations.peek().is_some() && obligations.all(|all| all.contains(&Obligation::Record) && !all.contains(&Obligation::Document))
}

/// Says of each finding on one of several records how many of how many are at fault in the same way: that, and not a single
/// case, is what an auditor weighs.
pub(super) fn say_shares(findings: &mut [Finding]) {
    let mut faulty: BTreeMap<(String, String, String), usize> = BTreeMap::new();
    let lot_of = |finding: &Finding| finding.sample.as_ref().map(|sample| (finding.rule.clone(), sample.title.clone(), sample.field.clone()));
    for lot in findings.iter().filter_map(lot_of) {
        *faulty.entry(lot).or_default() += 1;
    }
    for finding in findings {
        let (Some(lot), Some(sample)) = (lot_of(finding), &finding.sample) else { continue };
        let faulty = faulty.get(&lot).copied().unwrap_or_default();
        // What is a third of many is more than a slip; of two or three nobody can tell, and the reader has to know it.
        let too_few = if faulty < FEWEST && faulty * 3 >= sample.of { "; too few to weigh the share" } else { "" };
        finding.share = (sample.of > 0).then(|| format!("{faulty} of {} of which this is asked ({}){too_few}", sample.of, lower_first(&sample.title)));
    }
}

fn raise_one(finding: &mut Finding, because: &str) {
    if finding.grade == Grade::Minor {
        finding.grade = Grade::Major;
        finding.grade_reason = Some(because.to_owned());
    }
}
