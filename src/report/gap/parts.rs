//! The parts of the report, each from the assessment: ordered and counted.

use std::collections::BTreeMap;

use super::super::cover::state;
use super::super::words::capitalised;
use super::findings::Teller;
use super::rows::{
    AcceptedView, EvidenceRow, FindingView, GapClause, GapPart, IntervalRow, ItemView, KindRow, NamedRow, QuestionView, Questions, RecordRow, Row,
};
use crate::assessment::{Assessment, Determination, Finding, IntervalView, Verdict};
use crate::framework::Framework;
use crate::vocabulary::{count, list_some, shortened};

pub(super) fn item_view(item: &Determination) -> ItemView {
    const SHOWN: usize = 3;
    let places = item.evidence.iter().map(|evidence| if evidence.line == 0 { evidence.path.clone() } else { format!("{}:{}", evidence.path, evidence.line) });
    ItemView {
        id: item.id.clone(),
        intent: item.intent.clone(),
        verdict: item.verdict.word(),
        confidence: item.confidence.word(),
        reason: item.reason.clone(),
        evidence: places.take(SHOWN).collect(),
        evidence_more: item.evidence.len().saturating_sub(SHOWN),
    }
}

/// The two views that readers expect: how the system is governed, and how services are run. Each holds its sub-clauses
/// with an open finding, or with requirements that documents do not fully support.
pub(super) fn gap_parts(teller: &Teller<'_>, open: &[&Finding]) -> Vec<GapPart> {
    let is_practice = |clause: &GapClause| clause.number.starts_with("8.");
    let (practice, governance): (Vec<_>, Vec<_>) = gaps(teller, open).into_iter().partition(is_practice);
    let governing = GapPart {
        id: "governance",
        title: "Governance",
        about: "Clauses 4 to 7, 9 and 10: how the system is led, planned, supported, checked and improved.",
        clauses: governance,
    };
    let practising =
        GapPart { id: "practice", title: "Practice", about: "Clause 8: how services are planned, agreed, changed, run and kept up.", clauses: practice };
    let tool = GapPart {
        id: "inputs",
        title: "What this review was given",
        about: "Findings on configuration, mappings and statements, which speak to no requirement.",
        clauses: without_requirement(teller, open),
    };
    [governing, practising, tool].into_iter().filter(|part| !part.clauses.is_empty()).collect()
}

fn gaps(teller: &Teller<'_>, open: &[&Finding]) -> Vec<GapClause> {
    let is_gap = |verdict| matches!(verdict, Verdict::PartlySupported | Verdict::NoEvidence | Verdict::Contradicted);
    let mut by_clause: BTreeMap<&str, Vec<FindingView>> = BTreeMap::new();
    for finding in open {
        if let Some((clause, _)) = finding.requirements.first().and_then(|id| id.split_once('-')) {
            by_clause.entry(clause).or_default().push(teller.finding(finding));
        }
    }
    let mut items_of: BTreeMap<&str, Vec<ItemView>> = BTreeMap::new();
    for item in teller.assessment.requirements.iter().filter(|item| is_gap(item.verdict)) {
        items_of.entry(item.clause.as_str()).or_default().push(item_view(item));
    }
    teller
        .framework
        .clauses
        .iter()
        .filter_map(|clause| {
            let findings = by_clause.remove(clause.number.as_str()).unwrap_or_default();
            let items = items_of.remove(clause.number.as_str()).unwrap_or_default();
            (!findings.is_empty() || !items.is_empty()).then(|| teller.clause(&clause.number, &clause.title, items, findings))
        })
        .collect()
}

fn without_requirement(teller: &Teller<'_>, open: &[&Finding]) -> Vec<GapClause> {
    let findings: Vec<FindingView> = open.iter().filter(|finding| finding.requirements.is_empty()).map(|finding| teller.finding(finding)).collect();
    if findings.is_empty() { Vec::new() } else { vec![teller.clause("–", "Inputs of this review", Vec::new(), findings)] }
}

/// Every place taken as evidence, requirement by requirement.
pub(super) fn evidence_rows(assessment: &Assessment, framework: &Framework) -> Vec<EvidenceRow> {
    let title = |kind: &str| framework.kinds.get(kind).map_or_else(|| kind.to_owned(), |kind| kind.title.clone());
    let row = |item: &Determination, evidence: &crate::assessment::Evidence| EvidenceRow {
        id: item.id.clone(),
        verdict: item.verdict.word(),
        path: evidence.path.clone(),
        place: if evidence.line == 0 { evidence.path.clone() } else { format!("{}:{}", evidence.path, evidence.line) },
        kind: title(&evidence.documented_information),
        known: evidence.provenance.word(),
        commit: evidence.commit.as_deref().and_then(|commit| commit.get(..7)).unwrap_or_default().to_owned(),
        changed: evidence.last_changed_on.clone().unwrap_or_default(),
    };
    assessment.requirements.iter().flat_map(|item| item.evidence.iter().map(move |evidence| row(item, evidence))).collect()
}

/// Questions for the auditor's interviews, by whom to ask.
pub(super) fn questions(assessment: &Assessment, framework: &Framework) -> Vec<Questions> {
    let mut by_whom: BTreeMap<&str, Vec<QuestionView>> = BTreeMap::new();
    let asked = || assessment.requirements.iter().filter(|item| item.verdict == Verdict::NeedsAuditor);
    for (question, items) in depending(asked()) {
        let ids: Vec<String> = items.iter().map(|item| item.id.clone()).collect();
        let Some(item) = items.first() else { continue };
        let depend = if ids.len() == 1 { "depends" } else { "depend" };
        let seen = format!("{} {depend} on it: {}", count(ids.len(), "requirement", "requirements"), list_some(&ids, 6));
        by_whom.entry(item.whom.as_str()).or_default().push(QuestionView { id: item.id.clone(), question: question.to_owned(), seen });
    }
    for item in asked().filter(|item| item.depends_on.is_none()) {
        let looked_for = framework.requirement(&item.id).is_some_and(|(_, requirement)| !requirement.expects.is_empty());
        let view = item_view(item);
        let more = if view.evidence_more > 0 { format!(" and {} more", view.evidence_more) } else { String::new() };
        let seen = match (item.evidence.is_empty(), looked_for) {
            (false, _) => format!("{}{more}", view.evidence.join(", ")),
            (true, true) if !item.unconfirmed.is_empty() => item.reason.clone(),
            (true, true) => "–".to_owned(),
            (true, false) => "not looked for: documents cannot show it".to_owned(),
        };
        by_whom.entry(item.whom.as_str()).or_default().push(QuestionView { id: item.id.clone(), question: item.question.clone(), seen });
    }
    by_whom.into_iter().map(|(whom, items)| Questions { whom: capitalised(whom), items }).collect()
}

/// What decides whether requirements are asked for at all is one question for all of them, and comes before theirs.
fn depending<'all>(items: impl Iterator<Item = &'all Determination>) -> Vec<(&'all str, Vec<&'all Determination>)> {
    let mut found: Vec<(&str, Vec<&Determination>)> = Vec::new();
    for (item, question) in items.filter_map(|item| Some((item, item.depends_on.as_deref()?))) {
        match found.iter_mut().find(|(known, _)| *known == question) {
            Some((_, of_question)) => of_question.push(item),
            None => found.push((question, vec![item])),
        }
    }
    found
}

pub(super) fn accepted_view(finding: &Finding) -> Option<AcceptedView> {
    let acceptance = finding.accepted.as_ref()?;
    Some(AcceptedView {
        message: capitalised(&finding.message),
        rule: finding.rule.clone(),
        reason: acceptance.reason.clone(),
        owner: acceptance.owner.clone(),
        until: acceptance.until.clone(),
    })
}

pub(super) fn not_checked(assessment: &Assessment) -> Vec<Row> {
    let line = |line: Option<u32>| line.map(|line| format!(":{line}")).unwrap_or_default();
    assessment.provenance.not_checked.iter().map(|entry| Row { name: format!("{}{}", entry.path, line(entry.line)), value: entry.reason.clone() }).collect()
}

/// The documents that 7.5.4 names one by one, found or not.
pub(super) fn seven_five_four(assessment: &Assessment, framework: &Framework) -> Vec<NamedRow> {
    let letter = |kind: &crate::framework::DocumentedInformation| {
        kind.demanded.as_ref().and_then(|demand| demand.by.iter().find(|by| by.starts_with("7.5.4-")).cloned())
    };
    let mut named: Vec<(String, &crate::framework::DocumentedInformation)> = framework.kinds.values().filter_map(|kind| Some((letter(kind)?, kind))).collect();
    named.sort_by(|left, right| (&left.0, &left.1.title).cmp(&(&right.0, &right.1.title)));
    let row = |(letter, kind): (String, &crate::framework::DocumentedInformation)| {
        let mut paths: Vec<String> = assessment
            .documents
            .iter()
            .filter(|document| document.not_evidence.is_none() && document.documented_information.iter().any(|known| framework.is_a(&known.id, &kind.id)))
            .map(|document| document.path.clone())
            .collect();
        let more = paths.len().saturating_sub(2);
        paths.truncate(2);
        let missing = assessment.findings.iter().any(|finding| finding.missing.as_deref() == Some(kind.id.as_str()));
        // The reason of a requirement that wants several things may be about another of them.
        let mut open = assessment.requirements.iter().filter(|item| item.unconfirmed.iter().any(|open| open == &kind.id));
        let open = open
            .clone()
            .find(|item| item.unconfirmed.iter().all(|open| open == &kind.id) && item.verdict == Verdict::NeedsAuditor)
            .map(|item| item.reason.clone())
            .or_else(|| open.next().map(|_| "no document is it for sure, and one could be: see \u{201c}Documents to confirm\u{201d}".to_owned()));
        let (state, words) = match (paths.is_empty(), missing) {
            (_, true) => ("missing", "not found".to_owned()),
            (true, false) if open.is_some() => ("open", open.unwrap_or_default()),
            (true, false) => ("open", "none here; asked for only where there are such parties".to_owned()),
            (false, false) => ("here", String::new()),
        };
        NamedRow { letter, title: kind.title.clone(), state, paths: if missing { Vec::new() } else { paths }, more: if missing { 0 } else { more }, words }
    };
    named.into_iter().map(row).collect()
}

pub(super) fn record_rows(assessment: &Assessment, framework: &Framework) -> Vec<RecordRow> {
    let title = |kind: &str| framework.kinds.get(kind).map_or_else(|| kind.to_owned(), |kind| kind.title.clone());
    let read =
        |records: &crate::assessment::RecordsView| if records.table_rows_only { " (rows of tables; what stands under headings is not counted)" } else { "" };
    let row = |records: &crate::assessment::RecordsView| RecordRow {
        title: format!("{}{}", title(&records.documented_information), read(records)),
        number: records.number,
        period: match (&records.first, &records.last) {
            (Some(first), Some(last)) if first == last => first.clone(),
            (Some(first), Some(last)) => format!("{first} to {last}"),
            _ => "–".to_owned(),
        },
    };
    assessment.records.iter().map(row).collect()
}

pub(super) fn intervals(assessment: &Assessment, framework: &Framework) -> Vec<IntervalRow> {
    let title = |kind: &String| framework.kinds.get(kind).map_or_else(|| kind.clone(), |kind| kind.title.clone());
    let row = |stated: &IntervalView| IntervalRow {
        title: title(&stated.documented_information),
        interval: stated.interval.clone(),
        place: format!("{}:{}", stated.path, stated.line),
        sentence: stated.sentence.as_deref().map(|sentence| shortened(sentence, 280)).unwrap_or_default(),
        beside: stated.beside.clone().unwrap_or_default(),
    };
    assessment.intervals.iter().map(row).collect()
}

pub(super) fn kind_rows(assessment: &Assessment, framework: &Framework) -> Vec<KindRow> {
    const SHOWN: usize = 3;
    let mut by_kind: BTreeMap<(&str, &str), Vec<String>> = BTreeMap::new();
    // What counts as nothing is told as such, in its own list.
    for document in assessment.documents.iter().filter(|document| document.not_evidence.is_none()) {
        for kind in &document.documented_information {
            by_kind.entry((kind.id.as_str(), kind.provenance.word())).or_default().push(document.path.clone());
        }
    }
    by_kind
        .into_iter()
        .map(|((kind, how), mut paths)| {
            let more = paths.len().saturating_sub(SHOWN);
            paths.truncate(SHOWN);
            let title = framework.kinds.get(kind).map_or(kind, |kind| kind.title.as_str());
            let how = if how == "inferred" { "seems to be (inferred)".to_owned() } else { how.to_owned() };
            KindRow { title: title.to_owned(), how, paths, more }
        })
        .collect()
}

pub(super) fn limits(assessment: &Assessment, framework: &Framework) -> Vec<String> {
    let state = assessment.provenance.commit.as_ref().map(|_| format!("The state that was read is {}.", state(&assessment.provenance)));
    let limits = vec![
        framework.head.limits.clone(),
        "Documents support, an auditor decides: no line of this report says that a requirement is met. Grades are proposals.".to_owned(),
        "A review of documents sees whether things are there, dated, approved, complete and consistent, and what records show of what was done. It cannot see commitment, awareness, competence as such, adequacy, effectiveness, or whether records are true and none is missing.".to_owned(),
        "What is kept in other systems is absent here, which is no proof that it does not exist.".to_owned(),
    ];
    state.into_iter().chain(limits).collect()
}
