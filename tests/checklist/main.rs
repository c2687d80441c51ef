//! The audit checklist, as an auditor meets it: every kind of audit, samples, earlier findings, answers that were kept.
#![expect(clippy::unwrap_used, reason = "a test may fall, and says where")]

mod carried;
mod kinds;
mod numbers;
mod once;
mod people;
mod samples;
#[path = "../support/mod.rs"]
#[expect(dead_code, reason = "these stories need less than the faults do")]
mod support;

use std::collections::BTreeSet;

use serde_json::Value;

use support::{Repo, example};

/// The example that is complete.
fn complete() -> std::path::PathBuf {
    example("complete")
}

fn checklist_in(repo: &Repo, folder: &std::path::Path, arguments: &[&str]) -> Value {
    let output = repo.run_in(folder, &[&["checklist", "--format", "json"], arguments].concat());
    assert!(matches!(output.code, Some(0 | 3)), "{output:?}");
    serde_json::from_str(&output.stdout).unwrap()
}

/// A checklist of the example.
fn checklist(arguments: &[&str]) -> Value {
    checklist_in(&Repo::plain(), &complete(), arguments)
}

/// A checklist of the example with faults.
fn of_gaps(arguments: &[&str]) -> Value {
    checklist_in(&Repo::plain(), &example("gaps"), arguments)
}

fn rows(checklist: &Value) -> Vec<&Value> {
    let of = |value: &'_ Value| value["rows"].as_array().unwrap().len();
    let groups = checklist["groups"].as_array().unwrap();
    let lots = checklist["samples"]["lots"].as_array().unwrap();
    assert!(groups.iter().all(|group| of(group) < 100));
    let rows = groups.iter().chain(lots).chain([&checklist["previous"]]).flat_map(|part| part["rows"].as_array().unwrap());
    rows.collect()
}

fn ids(checklist: &Value) -> Vec<String> {
    rows(checklist).iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect()
}

fn row<'checklist>(checklist: &'checklist Value, id: &str) -> &'checklist Value {
    let found = rows(checklist).into_iter().find(|row| row["id"] == id);
    found.unwrap_or_else(|| unreachable!("no row {id} among {:?}", ids(checklist)))
}

/// Ids of requirements, which begin with a clause number.
fn requirements(checklist: &Value) -> BTreeSet<String> {
    ids(checklist).into_iter().filter(|id| id.starts_with(|first: char| first.is_ascii_digit())).collect()
}
