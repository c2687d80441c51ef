//! Every requirement of the map and what came of it, in the order of the standard: where every other part points to.

use std::collections::BTreeMap;

use serde::Serialize;

use super::super::words::top_title;
use super::Numbers;
use super::parts::item_view;
use super::rows::ItemView;
use crate::assessment::{Assessment, Determination};
use crate::framework::Framework;
use crate::vocabulary::ClauseNumber;

/// The requirements of one sub-clause.
#[derive(Debug, Serialize)]
pub(super) struct RegisterClause {
    /// Clauses above it that begin here and hold no requirement themselves.
    above: Vec<Heading>,
    number: String,
    title: String,
    items: Vec<RegisterRow>,
}

/// A clause as a heading.
#[derive(Debug, Serialize)]
struct Heading {
    number: String,
    title: String,
    top: bool,
}

#[derive(Debug, Serialize)]
struct RegisterRow {
    #[serde(flatten)]
    item: ItemView,
    /// Numbers of the first findings on it, and how many more there are.
    findings: Vec<String>,
    findings_more: usize,
}

/// All requirements by sub-clause.
pub(super) fn register(assessment: &Assessment, framework: &Framework, numbers: &Numbers) -> Vec<RegisterClause> {
    let titles: BTreeMap<String, &str> = (framework.groups.iter().map(|(number, title)| (number.to_string(), title.as_str())))
        .chain(framework.clauses.iter().map(|clause| (clause.number.clone(), clause.title.as_str())))
        .collect();
    let mut told = Vec::new();
    let mut clauses: Vec<RegisterClause> = Vec::new();
    for item in &assessment.requirements {
        match clauses.last_mut() {
            Some(clause) if clause.number == item.clause => clause.items.push(row(item, numbers)),
            _ => {
                let above = above(&item.clause, &titles, &mut told);
                clauses.push(RegisterClause { above, number: item.clause.clone(), title: item.title.clone(), items: vec![row(item, numbers)] });
            }
        }
    }
    clauses
}

/// Headings above a sub-clause that were not yet told: "8", "8.6" above 8.6.1.
fn above(clause: &str, titles: &BTreeMap<String, &str>, told: &mut Vec<String>) -> Vec<Heading> {
    let ends = clause.match_indices('.').map(|(end, _)| end);
    let mut headings = Vec::new();
    for number in ends.filter_map(|end| clause.get(..end)) {
        if told.iter().any(|known| known == number) {
            continue;
        }
        told.push(number.to_owned());
        let top = ClauseNumber::parse(number).and_then(|number| top_title(&number));
        let title = top.or_else(|| titles.get(number).copied()).unwrap_or_default().to_owned();
        headings.push(Heading { number: number.to_owned(), title, top: top.is_some() });
    }
    told.push(clause.to_owned());
    headings
}

fn row(item: &Determination, numbers: &Numbers) -> RegisterRow {
    const SHOWN: usize = 6;
    let mut findings: Vec<(usize, String)> = item
        .findings
        .iter()
        .map(|fingerprint| (numbers.position(fingerprint), numbers.of(fingerprint)))
        // An accepted finding has no number.
        .filter(|(_, number)| !number.is_empty())
        .collect();
    findings.sort();
    let findings_more = findings.len().saturating_sub(SHOWN);
    RegisterRow { item: item_view(item), findings: findings.into_iter().take(SHOWN).map(|(_, number)| number).collect(), findings_more }
}
