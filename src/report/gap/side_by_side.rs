//! What stands side by side: lists that must agree, what Git knows of documents, what people stated.

use serde::Serialize;

use crate::assessment::{Assessment, Comparison, GitFacts, Identified};
use crate::framework::{Form, Framework};
use crate::vocabulary::list_some;

/// Lists that must hold the same things.
#[derive(Debug, Serialize)]
pub(super) struct ListTable {
    title: String,
    heads: Vec<String>,
    rows: Vec<ListRow>,
    without: String,
    agree: bool,
}

#[derive(Debug, Serialize)]
struct ListRow {
    name: String,
    cells: Vec<&'static str>,
}

/// The comparisons of lists, each as a table.
pub(super) fn list_tables(assessment: &Assessment, framework: &Framework) -> Vec<ListTable> {
    let table = |comparison: &Comparison| ListTable {
        title: framework.rules.get(&comparison.rule).map_or_else(|| comparison.rule.clone(), |rule| rule.looks_for.clone()),
        heads: comparison.lists.clone(),
        rows: comparison
            .members
            .iter()
            .map(|member| ListRow { name: member.name.clone(), cells: member.present.iter().map(|present| if *present { "yes" } else { "missing" }).collect() })
            .collect(),
        without: list_some(&comparison.without, 6),
        agree: comparison.members.iter().all(|member| member.present.iter().all(|present| *present)),
    };
    assessment.lists.iter().map(table).collect()
}

/// A document and what only Git knows of it.
#[derive(Debug, Serialize)]
pub(super) struct GitRow {
    path: String,
    changed: String,
    author: String,
    signed: &'static str,
    approvals: String,
    owners: String,
}

/// What Git knows of the documents and registers that are kept up; at most so many rows, and how many more there are.
pub(super) fn git_rows(assessment: &Assessment, framework: &Framework) -> (Vec<GitRow>, usize) {
    const SHOWN: usize = 80;
    let is_kept = |kinds: &[crate::assessment::Identification]| {
        kinds.iter().any(|kind| kind.provenance != Identified::Inferred && framework.kinds.get(&kind.id).is_some_and(|kind| kind.form != Form::Record))
    };
    let mut rows: Vec<GitRow> = assessment
        .documents
        .iter()
        .filter(|document| is_kept(&document.documented_information))
        .filter_map(|document| document.git.as_ref().map(|facts| git_row(&document.path, facts)))
        .collect();
    let more = rows.len().saturating_sub(SHOWN);
    rows.truncate(SHOWN);
    (rows, more)
}

fn git_row(path: &str, facts: &GitFacts) -> GitRow {
    let day = facts.last_changed_on.as_deref().unwrap_or("not committed");
    let commit = facts.commit.as_deref().and_then(|commit| commit.get(..7)).map(|commit| format!(" ({commit})")).unwrap_or_default();
    GitRow {
        path: path.to_owned(),
        changed: format!("{day}{commit}"),
        author: facts.author.as_deref().unwrap_or("–").to_owned(),
        signed: if facts.signed { "signature present" } else { "no" },
        approvals: list_some(&facts.approvals, 3),
        owners: list_some(&facts.code_owners, 3),
    }
}

/// What a person stated on a requirement.
#[derive(Debug, Serialize)]
pub(super) struct StatedRow {
    id: String,
    result: &'static str,
    by: String,
    on: String,
    reason: String,
    taken_up: String,
}

/// All statements, taken up or not.
pub(super) fn stated_rows(assessment: &Assessment) -> Vec<StatedRow> {
    let row = |(id, stated): (&String, &crate::assessment::Stated)| StatedRow {
        id: id.clone(),
        result: stated.result.word(),
        by: stated.by.clone(),
        on: stated.on.clone(),
        reason: stated.reason.clone(),
        taken_up: stated.not_taken_up.as_ref().map_or_else(|| "yes".to_owned(), |why| format!("no: {why}")),
    };
    assessment.requirements.iter().filter_map(|item| item.statement.as_ref().map(|stated| (&item.id, stated))).map(row).collect()
}
