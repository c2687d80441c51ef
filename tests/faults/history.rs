//! When documents changed: shallow clones, clocks that are wrong, changes that nobody committed.

use std::collections::BTreeSet;

use crate::support::{Assessment, Repo, document, policy};

/// Three kinds of documents, each brought by a commit of its own.
fn three_commits() -> (Repo, [String; 3]) {
    let repo = Repo::new();
    let commit = |path: &str, kind: &str, day: &str| {
        repo.write(path, document(kind, path));
        repo.commit(day)
    };
    let commits = [
        commit("a.md", "service-management-policy", "2026-01-05"),
        commit("b.md", "information-security-policy", "2026-02-05"),
        commit("c.md", "change-management-policy", "2026-03-05"),
    ];
    (repo, commits)
}

fn unknown() -> BTreeSet<Option<(String, String)>> {
    [None].into()
}

// G06
#[test]
fn a_shallow_clone_knows_no_dates_and_says_so_once() {
    let (repo, _) = three_commits();
    repo.git(&["clone", "-q", "--depth", "1", &repo.url(), "../shallow"]);
    let shallow = repo.beside("shallow");
    let assessment = repo.assess_in(&shallow, &[]);
    assert_eq!(assessment.code, Some(3));
    assert_eq!(assessment["provenance"]["shallow"], true);
    for path in ["a.md", "b.md", "c.md"] {
        assert_eq!(assessment.last_changes(path), unknown(), "{path}");
    }
    assert_eq!(assessment.verdict("7.5.2-c"), "not-assessed");
    assert!(!assessment.to_string().contains("2026-03-05"), "the boundary's date is nobody's");
    assessment.left_out(".git", None, &["shallow", "fetch-depth: 0"]);
    let text = repo.run_in(&shallow, &["check"]);
    assert_eq!((text.code, text.stdout.matches("fetch-depth: 0").count()), (Some(3), 1));
    let accepted = repo.assess_in(&shallow, &["--allow-shallow"]);
    assert_eq!(accepted.code, Some(1));
    assert_eq!(accepted.verdict("7.5.2-c"), "not-assessed");
}

// G07
#[test]
fn what_lies_above_the_cut_of_a_shallow_clone_keeps_its_dates() {
    let (repo, commits) = three_commits();
    repo.git(&["clone", "-q", "--depth", "2", &repo.url(), "../shallow"]);
    let assessment = repo.assess_in(&repo.beside("shallow"), &[]);
    assert_eq!(assessment.code, Some(3));
    assert_eq!(assessment.last_changes("a.md"), unknown());
    assert_eq!(assessment.last_changes("b.md"), unknown());
    assert_eq!(assessment.last_changes("c.md"), [Some(("2026-03-05".to_owned(), commits[2].clone()))].into());
}

// G26
#[test]
fn dates_of_commits_are_told_as_they_are_and_the_graph_decides() {
    let repo = Repo::new();
    repo.write("a.md", policy());
    repo.commit("2026-03-05");
    repo.write("a.md", policy().replace("Jane Doe", "John Roe"));
    let old = repo.commit("1970-01-02");
    repo.write("b.md", document("information-security-policy", "POL-2"));
    let new = repo.commit("2099-01-02");
    let assessment = repo.assess(&[]);
    assert_eq!(assessment.code, Some(1));
    assert_eq!(assessment.last_changes("a.md"), [Some(("1970-01-02".to_owned(), old))].into());
    assert_eq!(assessment.last_changes("b.md"), [Some(("2099-01-02".to_owned(), new))].into());
}

// G29
#[test]
fn uncommitted_documents_are_read_and_marked() {
    let repo = Repo::new();
    repo.write("a.md", policy());
    let commit = repo.commit("2026-01-05");
    repo.write("a.md", policy().replace("Jane Doe", "John Roe"));
    repo.write("b.md", document("information-security-policy", "POL-2"));
    let owner = |assessment: &Assessment| assessment.document("a.md")["control"]["owner"]["value"].clone();
    let dirty = repo.assess(&[]);
    assert_eq!(dirty.code, Some(1));
    assert_eq!(owner(&dirty), "John Roe");
    assert_eq!((&dirty["provenance"]["commit"], &dirty["provenance"]["uncommitted"]), (&commit.as_str().into(), &2.into()));
    dirty.has("uncommitted-document", "a.md", 1, &["differs from the last commit"]);
    dirty.has("uncommitted-document", "b.md", 1, &[]);
    for command in ["gap", "check"] {
        let told = repo.run(&[command]).stdout;
        assert!(told.contains(&commit[..7]) && told.contains("with 2 uncommitted changes"), "{command}");
    }
    let clean = repo.assess(&["--rev", "HEAD"]);
    assert_eq!(owner(&clean), "Jane Doe");
    assert_eq!(clean["provenance"]["uncommitted"], 0);
    assert!(clean.findings("uncommitted-document", "a.md").is_empty());
    assert!(!clean.to_string().contains("b.md"));
}
