//! What counts as evidence, in words for an auditor: no ids, no fields.

use crate::framework::{ApprovedBy, Asked, Expectation, Framework, Requirement};
use crate::vocabulary::listing;

fn lower_first(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map(|first| first.to_lowercase().collect::<String>() + characters.as_str()).unwrap_or_default()
}

/// What counts as evidence of a requirement, each once.
pub(super) fn expected(framework: &Framework, requirement: &Requirement) -> Vec<String> {
    let mut words: Vec<String> = requirement.expects.iter().filter_map(|asked| expectation(framework, &asked.expectation)).collect();
    words.dedup();
    let faults: Vec<String> = requirement.expects.iter().filter_map(|asked| fault(framework, asked)).collect();
    if words.is_empty() && !faults.is_empty() {
        words.push(format!("not: {}", faults.join("; not: ")));
    }
    if requirement.is_conduct() || words.is_empty() {
        words.push("an interview or an observation: documents cannot settle it".to_owned());
    }
    if let Some(condition) = &requirement.condition {
        words.push(format!("asked {}", lower_first(&condition.text)));
    }
    words
}

/// Titles of what to look at, each once.
pub(super) fn looked_at(framework: &Framework, requirement: &Requirement) -> Vec<String> {
    let mut titles: Vec<String> = Vec::new();
    let kinds = requirement.expects.iter().filter_map(|asked| asked.expectation.kind()).filter_map(|kind| framework.kinds.get(kind));
    for kind in kinds {
        if !titles.contains(&kind.title) {
            titles.push(kind.title.clone());
        }
    }
    titles
}

fn fault(framework: &Framework, asked: &Asked) -> Option<String> {
    match &asked.expectation {
        Expectation::Rule(rule) => framework.rules.get(rule).map(|rule| rule.fault.trim_end_matches('.').to_owned()),
        _ => None,
    }
}

fn expectation(framework: &Framework, expectation: &Expectation) -> Option<String> {
    let title = |kind: &str| framework.kinds.get(kind).map_or_else(|| kind.to_owned(), |found| found.title.clone());
    let all = |kind: &str| if kind == "all" { "Every document and record".to_owned() } else { title(kind) };
    let plain = |fields: &[String]| listing(&fields.iter().map(|field| field.replace('_', " ")).collect::<Vec<_>>());
    Some(match expectation {
        Expectation::Exists(kind) => format!("{}: there, with content", title(kind)),
        Expectation::Records { kind, at_least: 1, .. } => format!("{}: at least one", title(kind)),
        Expectation::Records { kind, at_least, .. } => format!("{}: at least {at_least}", title(kind)),
        Expectation::Complete { kind, fields, .. } => format!("{}: {} filled in every one", title(kind), plain(fields)),
        Expectation::Covers { kind, section, .. } => {
            let topic = framework.kinds.get(kind).and_then(|kind| kind.section(section)).map_or(section.as_str(), |section| section.title.as_str());
            format!("{}: speaks of {}", title(kind), topic.to_lowercase())
        }
        Expectation::Controlled { kind, control } => format!("{}: states {}", all(kind), plain(control)),
        Expectation::Approved { kind, by: Some(ApprovedBy::TopManagement) } => format!("{}: approved by top management", all(kind)),
        Expectation::Approved { kind, by: Some(ApprovedBy::AuthorizedManagers) } => format!("{}: approved by a manager with the authority", all(kind)),
        Expectation::Approved { kind, by: None } => format!("{}: approved", all(kind)),
        Expectation::Reviewed { kind } => format!("{}: not past its own next review", all(kind)),
        Expectation::Regular { kind, .. } => format!("{}: at the organization's own interval", title(kind)),
        Expectation::Measured { kind, .. } => format!("{}: a measure, and a target that is a number", title(kind)),
        Expectation::Responsibility { kind, .. } => format!("{}: names who answers for it", title(kind)),
        Expectation::Unchanged { kind } => format!("{}: not changed after its approval", all(kind)),
        Expectation::Unaltered { kind } => format!("{}: not altered after it was closed", all(kind)),
        Expectation::Resolves { .. } => "links and references that lead somewhere".to_owned(),
        Expectation::Rule(_) => return None,
    })
}
