//! A checklist goes out, is filled in as people do, and comes back: nothing is lost, nothing is guessed.
#![expect(clippy::unwrap_used, clippy::disallowed_methods, reason = "a test may fall, and says where")]

mod answers;
mod book;
mod refusals;
mod rounds;
#[path = "../support/mod.rs"]
#[expect(dead_code, reason = "these stories need less than the faults do")]
mod support;

use book::Book;
use support::{Output, Repo, policy};

/// Where answers of an internal audit go.
const KEPT: &str = "assessments/internal-2026-10-15.yaml";

/// A repository with one policy.
fn repo() -> Repo {
    let repo = Repo::new();
    repo.write("policy.md", policy());
    repo.write("clausewise.yaml", "organization: {name: Test}\nroles: {top_management: [Ann Harrow]}\n");
    repo.commit("2026-09-19");
    repo
}

/// A repository and its checklist as a workbook.
fn exported() -> (Repo, Book) {
    let repo = repo();
    let book = Book::of(&repo, "c.xlsx");
    (repo, book)
}

fn export(repo: &Repo, name: &str) -> std::path::PathBuf {
    let path = repo.beside(name);
    let output = repo.run(&["checklist", "--audit", "internal", "-o", path.to_str().unwrap()]);
    assert_eq!(output.code, Some(0), "{output:?}");
    path
}

/// Imports a file that lies beside the repository.
fn import(repo: &Repo, name: &str, arguments: &[&str]) -> Output {
    let path = repo.beside(name);
    repo.run(&[&["import", path.to_str().unwrap()], arguments].concat())
}

fn kept(repo: &Repo) -> Option<String> {
    std::fs::read_to_string(repo.path().join(KEPT)).ok()
}
