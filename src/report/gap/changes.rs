//! What changed since another revision: findings that are new or gone, and verdicts that turned.

use std::collections::BTreeMap;

use serde::Serialize;

use super::super::markdown::place_of;
use super::super::words::capitalised;
use crate::assessment::{Assessment, Finding, Verdict};

/// The difference between two assessments by the same map, on the same day.
#[derive(Debug, Serialize)]
pub(super) struct Changes {
    pub(super) since: String,
    pub(super) new: Vec<ChangedFinding>,
    pub(super) settled: Vec<ChangedFinding>,
    pub(super) staying: usize,
    pub(super) verdicts: Vec<ChangedVerdict>,
}

#[derive(Debug, Serialize)]
pub(super) struct ChangedFinding {
    pub(super) grade: &'static str,
    pub(super) message: String,
    pub(super) requirements: Vec<String>,
    pub(super) place: String,
}

#[derive(Debug, Serialize)]
pub(super) struct ChangedVerdict {
    pub(super) id: String,
    pub(super) before: &'static str,
    pub(super) now: &'static str,
}

impl Changes {
    pub(super) fn new(since: &str, before: &Assessment, now: &Assessment) -> Self {
        let open = |assessment: &'_ Assessment| -> BTreeMap<String, Finding> {
            assessment.findings.iter().filter(|finding| finding.accepted.is_none()).map(|finding| (finding.fingerprint.clone(), finding.clone())).collect()
        };
        let (were, are) = (open(before), open(now));
        let only = |here: &BTreeMap<String, Finding>, there: &BTreeMap<String, Finding>| {
            let mut found: Vec<&Finding> = here.values().filter(|finding| !there.contains_key(&finding.fingerprint)).collect();
            found.sort_by(|left, right| (left.grade, &left.location, &left.rule).cmp(&(right.grade, &right.location, &right.rule)));
            found.into_iter().map(changed).collect::<Vec<_>>()
        };
        let verdicts: BTreeMap<&str, Verdict> = before.requirements.iter().map(|item| (item.id.as_str(), item.verdict)).collect();
        let turned = |item: &crate::assessment::Determination| {
            let before = *verdicts.get(item.id.as_str())?;
            (before != item.verdict).then(|| ChangedVerdict { id: item.id.clone(), before: before.word(), now: item.verdict.word() })
        };
        Self {
            since: since.to_owned(),
            new: only(&are, &were),
            settled: only(&were, &are),
            staying: are.keys().filter(|fingerprint| were.contains_key(*fingerprint)).count(),
            verdicts: now.requirements.iter().filter_map(turned).collect(),
        }
    }
}

fn changed(finding: &Finding) -> ChangedFinding {
    ChangedFinding { grade: finding.grade.word(), message: capitalised(&finding.message), requirements: finding.requirements.clone(), place: place_of(finding) }
}
