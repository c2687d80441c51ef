//! Findings as a report tells them, one by one or together.

use std::collections::BTreeSet;

use super::super::markdown::place_of;
use super::super::words::capitalised;
use super::Numbers;
use super::rows::{BuildOn, FindingGroup, FindingView, GapClause, ItemView};
use crate::assessment::{Assessment, Finding, Stops};
use crate::framework::Framework;
use crate::vocabulary::listing;

/// From so many on, what is overdue by one rule is one entry with a list.
const TOGETHER: usize = 3;

/// What is needed to tell a finding.
pub(super) struct Teller<'run> {
    pub(super) assessment: &'run Assessment,
    pub(super) framework: &'run Framework,
    pub(super) numbers: &'run Numbers,
}

impl Teller<'_> {
    pub(super) fn finding(&self, finding: &Finding) -> FindingView {
        const FOLDED: usize = 12;
        let mut folded: Vec<String> = finding.folded.iter().take(FOLDED).cloned().collect();
        if finding.folded.len() > FOLDED {
            folded.push(format!("and {} more", finding.folded.len() - FOLDED));
        }
        FindingView {
            number: self.numbers.of(&finding.fingerprint),
            fingerprint: finding.fingerprint.clone(),
            grade: finding.grade.word(),
            message: capitalised(&finding.message),
            place: place_of(finding),
            rule: finding.rule.clone(),
            requirements: finding.requirements.clone(),
            remedy: capitalised(&finding.remedy),
            confidence: finding.confidence.word(),
            raised: match (&finding.grade_reason, &finding.share) {
                (Some(reason), _) => format!("raised to {}: {reason}", finding.grade.word()),
                (None, Some(share)) => share.clone(),
                (None, None) => String::new(),
            },
            folded,
            named_in: finding.named_in_words().unwrap_or_default(),
            may_answer: finding.may_answer_words().unwrap_or_default(),
            // What a later record took up leaves nothing to do.
            effort: if finding.is_taken_up { "none" } else { finding.action.effort.letter() },
            stops: match finding.action.stops {
                Stops::Stage1 => "the first stage",
                Stops::Stage2 => "the second stage",
                Stops::Neither => "",
            },
            remark: self.remark(finding),
            build_on: self.build_on(finding),
            is_overdue: finding.due.is_some(),
        }
    }

    /// What fell due after the last change that was read may have been done since.
    fn remark(&self, finding: &Finding) -> String {
        let provenance = &self.assessment.provenance;
        let last = provenance.committed_on.as_deref().unwrap_or_default();
        match &finding.due {
            Some(due) if provenance.cannot_show(due) => {
                format!("the last change that was read is of {last}, before that day; what was done since then cannot show")
            }
            _ => String::new(),
        }
    }

    /// What is there that something missing could be built on.
    fn build_on(&self, finding: &Finding) -> Option<BuildOn> {
        let ground = finding.build_on.as_ref()?;
        let place = if ground.line == 0 { ground.path.clone() } else { format!("{}:{}", ground.path, ground.line) };
        let title = |kind: &String| self.framework.kinds.get(kind).map_or(kind.as_str(), |kind| kind.title.as_str()).to_owned();
        let what = match (&ground.section, &ground.documented_information) {
            (Some(section), _) => format!("section \u{201c}{section}\u{201d}"),
            (None, Some(kind)) => {
                let how = if ground.is_confirmed { "is" } else { "seems to be" };
                format!("{how}: {}", title(kind))
            }
            (None, None) => String::new(),
        };
        let lead = if ground.only_says_so { "ask for what was kept by" } else { "build on" };
        Some(BuildOn { lead, place, what })
    }

    /// A sub-clause with its findings one by one and as they are read.
    pub(super) fn clause(&self, number: &str, title: &str, items: Vec<ItemView>, findings: Vec<FindingView>) -> GapClause {
        let groups = self.groups(&findings);
        GapClause { number: number.to_owned(), title: title.to_owned(), items, findings, groups }
    }

    fn groups(&self, findings: &[FindingView]) -> Vec<FindingGroup> {
        let same = |one: &FindingView, other: &FindingView| one.is_overdue && other.is_overdue && one.rule == other.rule && one.grade == other.grade;
        let mut told: BTreeSet<&str> = BTreeSet::new();
        let mut groups = Vec::new();
        for finding in findings {
            if told.contains(finding.fingerprint.as_str()) {
                continue;
            }
            let all: Vec<&FindingView> = if finding.is_overdue { findings.iter().filter(|other| same(finding, other)).collect() } else { Vec::new() };
            let all = if all.len() < TOGETHER { Vec::new() } else { all };
            told.extend(all.iter().map(|other| other.fingerprint.as_str()));
            let fault = self.framework.rules.get(&finding.rule).map_or(finding.rule.as_str(), |rule| rule.fault.as_str());
            let mut requirements: Vec<String> = all.iter().flat_map(|other| other.requirements.clone()).collect();
            let mut seen = BTreeSet::new();
            requirements.retain(|id| seen.insert(id.clone()));
            let unseen: Vec<&str> = all.iter().filter(|other| !other.remark.is_empty()).map(|other| other.number.as_str()).collect();
            let remark = all.iter().find(|other| !other.remark.is_empty()).map(|other| format!("{}: {}", listing(&unseen), other.remark)).unwrap_or_default();
            groups.push(FindingGroup {
                first: finding.clone(),
                remark,
                title: format!("{fault} ({} of them)", all.len()),
                all: all.into_iter().cloned().collect(),
                requirements,
            });
        }
        groups
    }
}
