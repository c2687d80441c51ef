//! The parts of the report, each from the assessment: ordered, counted and escaped.

use std::collections::BTreeMap;

use super::super::escape::{code, markdown};
use super::super::markdown::place;
use super::super::words::{capitalised, top_title};
use super::rows::{AcceptedView, ClauseRow, FindingView, GapClause, IntervalRow, ItemView, KindRow, QuestionView, Questions, RecordRow, Row};
use crate::assessment::{Assessment, ClauseTally, Determination, Finding, IntervalView, Verdict};
use crate::framework::{Framework, Grade};
use crate::vocabulary::{ClauseNumber, listing, shortened};

/// Rows for clauses 4 to 10 and the second level below each.
pub(super) fn clause_rows(assessment: &Assessment, framework: &Framework) -> Vec<ClauseRow> {
    let mut rows = Vec::new();
    let mut last_top = None;
    for (number, title) in &framework.groups {
        if last_top != Some(number.top()) {
            last_top = Some(number.top());
            if let Some(top) = ClauseNumber::parse(&number.top().to_string()) {
                rows.push(clause_row(assessment, &top, top_title(&top).unwrap_or_default(), true));
            }
        }
        rows.push(clause_row(assessment, number, title, false));
    }
    rows
}

pub(super) fn clause_row(assessment: &Assessment, number: &ClauseNumber, title: &str, top: bool) -> ClauseRow {
    let inside: Vec<&ClauseTally> =
        assessment.clauses.iter().filter(|clause| ClauseNumber::parse(&clause.number).is_some_and(|other| number.contains(&other))).collect();
    let of = |part: usize, whole: usize| if whole == 0 { "–".to_owned() } else { format!("{part} of {whole}") };
    let sum = |value: fn(&ClauseTally) -> usize| inside.iter().map(|clause| value(clause)).sum::<usize>();
    let graded = |grades: &[Grade]| {
        inside.iter().map(|clause| grades.iter().map(|grade| clause.findings.get(grade.word()).copied().unwrap_or(0)).sum::<usize>()).sum::<usize>()
    };
    ClauseRow {
        number: number.to_string(),
        title: title.to_owned(),
        top,
        documents: of(sum(|clause| clause.documents.supported), sum(|clause| clause.documents.of)),
        records: of(sum(|clause| clause.records.supported), sum(|clause| clause.records.of)),
        open: of(sum(|clause| clause.open.count), sum(|clause| clause.open.of)),
        major: graded(&[Grade::Major]),
        minor: graded(&[Grade::Minor]),
        other: graded(&[Grade::Observation, Grade::Opportunity]),
    }
}

pub(super) fn finding_view(finding: &Finding, framework: &Framework) -> FindingView {
    const FOLDED: usize = 12;
    let mut folded: Vec<String> = finding.folded.iter().take(FOLDED).map(|text| markdown(text)).collect();
    if finding.folded.len() > FOLDED {
        folded.push(format!("and {} more", finding.folded.len() - FOLDED));
    }
    let effort = finding.missing.as_deref().and_then(|kind| framework.kinds.get(kind)).map(|kind| kind.effort.letter().to_owned());
    FindingView {
        grade: finding.grade.word(),
        message: markdown(&capitalised(&finding.message)),
        place: code(&place(&finding.location)),
        rule: code(&finding.rule),
        requirements: if finding.requirements.is_empty() { "–".to_owned() } else { listing(&finding.requirements) },
        remedy: markdown(&capitalised(&finding.remedy)),
        confidence: finding.confidence.word(),
        raised: finding.grade_reason.as_ref().map(|reason| format!("; raised to {}: {}", finding.grade.word(), markdown(reason))).unwrap_or_default(),
        folded,
        effort: effort.map(|letter| format!("; effort to write it {letter}")).unwrap_or_default(),
    }
}

pub(super) fn item_view(item: &Determination) -> ItemView {
    const SHOWN: usize = 3;
    let mut places: Vec<String> = item
        .evidence
        .iter()
        .map(|evidence| if evidence.line == 0 { code(&evidence.path) } else { code(&format!("{}:{}", evidence.path, evidence.line)) })
        .collect();
    let more = places.len().saturating_sub(SHOWN);
    places.truncate(SHOWN);
    let mut evidence = places.join(", ");
    if more > 0 {
        evidence.push_str(&format!(" and {more} more"));
    }
    ItemView {
        id: item.id.clone(),
        intent: markdown(&item.intent),
        verdict: item.verdict.word(),
        confidence: item.confidence.word(),
        reason: markdown(&item.reason),
        evidence: if evidence.is_empty() { "none".to_owned() } else { evidence },
    }
}

/// Sub-clauses with an open finding, or with requirements that documents do not fully support.
pub(super) fn gaps(assessment: &Assessment, framework: &Framework, open: &[&Finding]) -> Vec<GapClause> {
    let is_gap = |verdict| matches!(verdict, Verdict::PartlySupported | Verdict::NoEvidence | Verdict::Contradicted);
    framework
        .clauses
        .iter()
        .filter_map(|clause| {
            let first_of =
                |finding: &&&Finding| finding.requirements.first().and_then(|id| id.split_once('-')).is_some_and(|(number, _)| number == clause.number);
            let findings: Vec<FindingView> = open.iter().filter(first_of).map(|finding| finding_view(finding, framework)).collect();
            let items: Vec<ItemView> =
                assessment.requirements.iter().filter(|item| item.clause == clause.number && is_gap(item.verdict)).map(item_view).collect();
            (!findings.is_empty() || !items.is_empty()).then(|| GapClause { number: clause.number.clone(), title: clause.title.clone(), items, findings })
        })
        .collect()
}

pub(super) fn questions(assessment: &Assessment, framework: &Framework) -> Vec<Questions> {
    let mut by_whom: BTreeMap<&str, Vec<QuestionView>> = BTreeMap::new();
    for item in assessment.requirements.iter().filter(|item| item.verdict == Verdict::NeedsAuditor) {
        let looked_for = framework.requirement(&item.id).is_some_and(|(_, requirement)| !requirement.expects.is_empty());
        let seen = match (item.evidence.is_empty(), looked_for) {
            (false, _) => item_view(item).evidence,
            (true, true) if !item.unconfirmed.is_empty() => markdown(&item.reason),
            (true, true) => "nothing found here".to_owned(),
            (true, false) => "not looked for: documents cannot show it".to_owned(),
        };
        by_whom.entry(item.whom.as_str()).or_default().push(QuestionView { id: item.id.clone(), question: markdown(&item.question), seen });
    }
    by_whom.into_iter().map(|(whom, items)| Questions { whom: markdown(&capitalised(whom)), items }).collect()
}

pub(super) fn accepted_view(finding: &Finding) -> Option<AcceptedView> {
    let acceptance = finding.accepted.as_ref()?;
    Some(AcceptedView {
        message: format!("{} ({})", markdown(&finding.message), code(&finding.rule)),
        reason: markdown(&acceptance.reason),
        owner: markdown(&acceptance.owner),
        until: acceptance.until.clone(),
    })
}

pub(super) fn not_checked(assessment: &Assessment) -> Vec<Row> {
    let line = |line: Option<u32>| line.map(|line| format!(":{line}")).unwrap_or_default();
    assessment
        .provenance
        .not_checked
        .iter()
        .map(|entry| Row { name: code(&format!("{}{}", entry.path, line(entry.line))), value: markdown(&entry.reason) })
        .collect()
}

/// The documents that 7.5.4 names one by one, found or not.
pub(super) fn seven_five_four(assessment: &Assessment, framework: &Framework) -> Vec<Row> {
    let letter = |kind: &crate::framework::DocumentedInformation| {
        kind.demanded.as_ref().and_then(|demand| demand.by.iter().find(|by| by.starts_with("7.5.4-")).cloned())
    };
    let mut named: Vec<(String, &crate::framework::DocumentedInformation)> = framework.kinds.values().filter_map(|kind| Some((letter(kind)?, kind))).collect();
    named.sort_by(|left, right| (&left.0, &left.1.title).cmp(&(&right.0, &right.1.title)));
    let row = |(letter, kind): (String, &crate::framework::DocumentedInformation)| {
        let mut paths: Vec<String> = assessment
            .documents
            .iter()
            .filter(|document| document.documented_information.iter().any(|known| framework.is_a(&known.id, &kind.id)))
            .map(|document| code(&document.path))
            .collect();
        let more = paths.len().saturating_sub(2);
        paths.truncate(2);
        let missing = assessment.findings.iter().any(|finding| finding.missing.as_deref() == Some(kind.id.as_str()));
        let open = assessment.requirements.iter().find(|item| item.unconfirmed.iter().any(|open| open == &kind.id)).map(|item| markdown(&item.reason));
        let value = match (paths.is_empty(), missing) {
            (_, true) => "**not found**".to_owned(),
            (true, false) if open.is_some() => open.unwrap_or_default(),
            (true, false) => "none here; asked for only where there are such parties".to_owned(),
            (false, false) if more > 0 => format!("{} and {more} more", paths.join(", ")),
            (false, false) => paths.join(", "),
        };
        Row { name: format!("{letter} | {}", markdown(&kind.title)), value }
    };
    named.into_iter().map(row).collect()
}

pub(super) fn record_rows(assessment: &Assessment, framework: &Framework) -> Vec<RecordRow> {
    let row = |records: &crate::assessment::RecordsView| RecordRow {
        title: framework.kinds.get(&records.documented_information).map_or_else(|| records.documented_information.clone(), |kind| markdown(&kind.title)),
        number: records.number,
        period: match (&records.first, &records.last) {
            (Some(first), Some(last)) => format!("{first} to {last}"),
            _ => "–".to_owned(),
        },
    };
    assessment.records.iter().map(row).collect()
}

pub(super) fn intervals(assessment: &Assessment, framework: &Framework) -> Vec<IntervalRow> {
    let title = |kind: &String| framework.kinds.get(kind).map_or_else(|| kind.clone(), |kind| kind.title.clone());
    let row = |stated: &IntervalView| IntervalRow {
        title: markdown(&title(&stated.documented_information)),
        interval: stated.interval.clone(),
        place: code(&format!("{}:{}", stated.path, stated.line)),
        sentence: stated.sentence.as_deref().map(|sentence| markdown(&shortened(sentence, 160))).unwrap_or_default(),
    };
    assessment.intervals.iter().map(row).collect()
}

pub(super) fn kind_rows(assessment: &Assessment, framework: &Framework) -> Vec<KindRow> {
    const SHOWN: usize = 3;
    let mut by_kind: BTreeMap<(&str, &str), Vec<String>> = BTreeMap::new();
    for document in &assessment.documents {
        for kind in &document.documented_information {
            by_kind.entry((kind.id.as_str(), kind.provenance.word())).or_default().push(code(&document.path));
        }
    }
    by_kind
        .into_iter()
        .map(|((kind, how), mut paths)| {
            let more = paths.len().saturating_sub(SHOWN);
            paths.truncate(SHOWN);
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            let title = framework.kinds.get(kind).map_or(kind, |kind| kind.title.as_str());
            let how = if how == "inferred" { "seems to be (inferred)".to_owned() } else { how.to_owned() };
            KindRow { title: markdown(title), how, paths: format!("{}{more}", paths.join(", ")) }
        })
        .collect()
}

pub(super) fn limits(framework: &Framework) -> Vec<String> {
    vec![
        markdown(&framework.head.limits),
        "Documents support, an auditor decides: no line of this report says that a requirement is met. Grades are proposals.".to_owned(),
        "A review of documents sees whether things are there, dated, approved, complete and consistent, and what records show of what was done. It cannot see commitment, awareness, competence as such, adequacy, effectiveness, or whether records are true and none is missing.".to_owned(),
        "What is kept in other systems is absent here, which is no proof that it does not exist.".to_owned(),
    ]
}
