//! The clause map and the configuration.

use std::fs;
use std::path::{Path, PathBuf};

use crate::support::{Output, Repo, policy};

// G47
#[test]
fn where_nothing_is_a_document_the_patterns_are_named() {
    let repo = Repo::new();
    repo.commit("2026-01-05");
    for arguments in [&["check"][..], &["check", "--rev", "HEAD"], &["gap"]] {
        repo.run(arguments).is_refusal(4, &["*.md", "*.yaml", "documents.include"]);
    }
    repo.write("src/main.rs", "fn main() {}\n");
    repo.write("policy.md", policy());
    repo.write("clausewise.yaml", "documents:\n  include: [\"policies/**\"]\n");
    repo.commit("2026-02-05");
    repo.run(&["check"]).is_refusal(4, &["policies/**"]);
}

/// A copy of the program's own map.
fn copied_map(repo: &Repo) -> PathBuf {
    fn copy(from: &Path, to: &Path) {
        fs::create_dir(to).unwrap();
        for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
            let target = to.join(entry.file_name());
            if entry.path().is_dir() { copy(&entry.path(), &target) } else { fs::write(target, fs::read(entry.path()).unwrap()).unwrap() }
        }
    }
    let map = repo.beside("map");
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("clauses/iso20000-1-2018"), &map);
    map
}

// G60
#[test]
fn a_clause_map_of_another_version_or_cut_short_is_refused() {
    let repo = Repo::new();
    repo.write("policy.md", policy());
    let map = copied_map(&repo);
    let check = || -> Output { repo.run(&["check", "--framework", "../map"]) };
    let edit = |file: &str, change: &dyn Fn(&str) -> String| {
        let text = String::from_utf8(fs::read(map.join(file)).unwrap()).unwrap();
        fs::write(map.join(file), change(&text)).unwrap();
        text
    };
    assert_eq!(check().code, Some(1), "the copy is good");

    let whole = edit("framework.yaml", &|text| text.replace("clausewise/clause-map/v1", "clausewise/clause-map/v9"));
    check().is_refusal(2, &["framework.yaml:", "clausewise/clause-map/v9", "clausewise/clause-map/v1"]);
    edit("framework.yaml", &|_| whole.clone());

    for file in ["framework.yaml", "clauses/8.6.yaml", "rules/self-audit.yaml", "documented-information/incident-record.yaml"] {
        let whole = edit(file, &|text| text[..text.len() / 2].to_owned());
        let output = check();
        output.is_refusal(2, &[]);
        assert!(output.stderr.contains(file), "{file} {}", output.stderr);
        edit(file, &|_| whole.clone());
    }
    fs::remove_file(map.join("clauses/8.6.yaml")).unwrap();
    check().is_refusal(2, &[]);
    fs::remove_dir_all(&map).unwrap();
    check().is_refusal(2, &["../map"]);
}

// G61
#[test]
fn an_unknown_key_in_the_configuration_is_refused_with_a_suggestion() {
    let repo = Repo::new();
    repo.write("policy.md", policy());
    for (text, place, words) in [
        ("organization:\n  name: Acme\ndocumants:\n  include: []\n", "3:1", ["`documants`", "did you mean `documents`?"]),
        ("documents:\n  exlude: [drafts/**]\n", "2:3", ["`exlude`", "did you mean `exclude`?"]),
        ("grades:\n  self-adit: major\n", "2:", ["`self-adit`", "did you mean `self-audit`?"]),
        ("documents:\n  map:\n    policy.md: service-management-polcy\n", "3:", ["`service-management-polcy`", "did you mean `service-management-policy`?"]),
    ] {
        repo.write("clausewise.yaml", text);
        let place = format!("clausewise.yaml:{place}");
        repo.run(&["check"]).is_refusal(2, &[&place, words[0], words[1]]);
    }
}
