//! The examples are what their READMEs say.
#![expect(clippy::expect_used, clippy::disallowed_methods, reason = "a test may fall, and says where")]

mod copying;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use copying::copy_folder;
use serde_json::Value;

const AS_OF: &str = "2026-10-15";

fn example(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(name)
}

fn clausewise(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_clausewise")).args(arguments).args(["--as-of", AS_OF]).env("NO_COLOR", "1").output().expect("the program")
}

fn assessment(folder: &Path) -> Value {
    let output = clausewise(&["gap", folder.to_str().expect("a path"), "--format", "json"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("JSON")
}

fn findings(assessment: &Value) -> &Vec<Value> {
    assessment["findings"].as_array().expect("findings")
}

/// A copy in no repository, so that a test may change it.
fn copy(name: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    copy_folder(&example(name), folder.path());
    folder
}

fn verdicts(assessment: &Value) -> BTreeMap<String, String> {
    let text = |value: &Value| value.as_str().expect("text").to_owned();
    assessment["requirements"].as_array().expect("requirements").iter().map(|item| (text(&item["id"]), text(&item["verdict"]))).collect()
}

#[test]
fn nothing_speaks_against_the_complete_example() {
    let folder = copy("complete");
    let output = clausewise(&["check", folder.path().to_str().expect("a path")]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stdout));
    let assessment = assessment(folder.path());
    assert_eq!(findings(&assessment).len(), 0);
    assert_eq!(assessment["requirements"].as_array().map(Vec::len), Some(388));
    assert!(verdicts(&assessment).values().all(|verdict| ["supported", "needs-auditor", "not-triggered"].contains(&verdict.as_str())));
    let records: usize = ["records"].iter().map(|part| walkdir::WalkDir::new(folder.path().join(part)).into_iter().flatten().count()).sum();
    assert!(records > 90, "the example keeps records in many files, found {records}");
}

#[test]
fn every_planted_fault_is_found_at_its_line_and_nothing_else() {
    let readme = std::fs::read_to_string(example("gaps").join("README.md")).expect("a README");
    let folder = copy("gaps");
    let output = clausewise(&["check", folder.path().to_str().expect("a path")]);
    assert_eq!(output.status.code(), Some(1));
    let assessment = assessment(folder.path());
    let mut found: Vec<(String, String, String)> = findings(&assessment)
        .iter()
        .map(|finding| {
            let place = format!("{}:{}", finding["location"]["path"].as_str().expect("path"), finding["location"]["line"]);
            let requirements: Vec<&str> = finding["requirements"].as_array().expect("ids").iter().filter_map(Value::as_str).collect();
            let absent = finding.get("missing").is_some_and(Value::is_string);
            (if absent { "-".to_owned() } else { place }, finding["rule"].as_str().expect("rule").to_owned(), requirements.join(", "))
        })
        .collect();
    let planted: Vec<(String, String, String)> = readme
        .lines()
        .filter(|line| line.starts_with("| ") && line.as_bytes().get(2).is_some_and(u8::is_ascii_digit))
        .map(|line| {
            let cells: Vec<&str> = line.trim_matches('|').split(" | ").map(str::trim).collect();
            (cells[1].trim_matches('`').to_owned(), cells[2].trim_matches('`').to_owned(), cells[3].to_owned())
        })
        .collect();
    assert!(planted.len() >= 30, "only {} faults are planted", planted.len());
    let mut missed = Vec::new();
    for fault in &planted {
        match found.iter().position(|other| other == fault) {
            Some(index) => drop(found.remove(index)),
            None => missed.push(fault),
        }
    }
    assert!(missed.is_empty() && found.is_empty(), "missed: {missed:#?}\nnot planted: {found:#?}");
}

#[test]
fn the_starter_counts_as_nothing_yet() {
    let assessment = assessment(copy("starter").path());
    assert!(verdicts(&assessment).values().all(|verdict| !["supported", "partly-supported"].contains(&verdict.as_str())));
}

/// Kinds that 7.5.4 names; process descriptions are all kinds that are one.
const DEMANDED: [&str; 14] = [
    "scope-statement",
    "service-management-policy",
    "service-management-objectives",
    "service-management-plan",
    "change-management-policy",
    "information-security-policy",
    "service-continuity-plan",
    "service-requirements",
    "service-catalogue",
    "service-level-agreement",
    "supplier-contract",
    "internal-agreement",
    "major-incident-procedure",
    "internal-audit-procedure",
];

#[test]
fn a_demanded_document_that_is_gone_is_one_finding() {
    let folder = copy("complete");
    let before = assessment(folder.path());
    let verdicts_before = verdicts(&before);
    let demanded = |document: &&Value| {
        let kinds = document["documented_information"].as_array().expect("kinds");
        kinds.iter().filter_map(|kind| kind["id"].as_str()).any(|kind| DEMANDED.contains(&kind) || kind.ends_with("-process"))
    };
    let paths: Vec<String> = before["documents"]
        .as_array()
        .expect("documents")
        .iter()
        .filter(demanded)
        .map(|document| document["path"].as_str().expect("path").to_owned())
        .collect();
    assert!(paths.len() > 40, "{paths:#?}");
    for path in paths {
        let file = folder.path().join(&path);
        let content = std::fs::read(&file).expect("a document");
        std::fs::remove_file(&file).expect("removed");
        let after = assessment(folder.path());
        std::fs::write(&file, content).expect("put back");
        let found = findings(&after);
        assert_eq!(found.len(), 1, "without {path}: {:#?}", found.iter().map(|finding| &finding["message"]).collect::<Vec<_>>());
        let grade = found[0]["grade"].as_str().expect("a grade");
        assert!(["major", "minor"].contains(&grade), "without {path}: {grade}");
        // Only what rests on it turns: the requirements of the finding, and what merely loses a usual piece of evidence.
        let named: Vec<&str> = found[0]["requirements"].as_array().expect("ids").iter().filter_map(Value::as_str).collect();
        for (id, verdict) in verdicts(&after) {
            let turned = verdicts_before[&id] != verdict;
            let gap = ["no-evidence", "contradicted"].contains(&verdict.as_str());
            assert!(!turned || !gap || named.contains(&id.as_str()), "without {path}: {id} turned to {verdict}");
        }
    }
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let folder = copy("complete");
    let path = folder.path().to_str().expect("a path");
    let run = |jobs: &str, cwd: &Path, zone: &str, language: &str| {
        let output = Command::new(env!("CARGO_BIN_EXE_clausewise"))
            .args(["gap", path, "--as-of", AS_OF, "--format", "json", "-j", jobs])
            .current_dir(cwd)
            .env("TZ", zone)
            .env("LANG", language)
            .env("LC_ALL", language)
            .output()
            .expect("the program");
        output.stdout
    };
    let first = run("1", Path::new("/"), "UTC", "C");
    assert_eq!(first, run("8", folder.path(), "Pacific/Kiritimati", "de_DE.UTF-8"));
    assert_eq!(first, run("2", folder.path(), "America/Los_Angeles", "ja_JP.UTF-8"));
}

#[test]
fn a_shallow_clone_of_the_complete_example_is_as_good() {
    let folder = copy("complete");
    let git = |cwd: &Path, arguments: &[&str]| {
        let status = Command::new("git")
            .current_dir(cwd)
            .args(["-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "init.defaultBranch=main", "-c", "commit.gpgsign=false"])
            .args(arguments)
            .output()
            .expect("git");
        assert!(status.status.success(), "{}", String::from_utf8_lossy(&status.stderr));
    };
    git(folder.path(), &["init", "-q"]);
    git(folder.path(), &["add", "-A"]);
    git(folder.path(), &["commit", "-qm", "all of it"]);
    std::fs::write(folder.path().join("README.md"), "# Example\n").expect("written");
    git(folder.path(), &["commit", "-qam", "and a change"]);
    let clones = tempfile::tempdir().expect("a folder");
    let source = format!("file://{}", folder.path().display());
    git(clones.path(), &["clone", "-q", "--depth", "1", &source, "shallow"]);
    let output = clausewise(&["check", clones.path().join("shallow").to_str().expect("a path")]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stdout));
}

#[test]
fn a_word_in_passing_does_not_cover_a_topic() {
    let folder = copy("complete");
    let file = folder.path().join("records/reviews/MR-2026-02.md");
    let text = std::fs::read_to_string(&file).expect("the minutes");
    let start = text.lines().position(|line| line.starts_with("## ") && line.to_lowercase().contains("resource")).expect("a heading on resources");
    let after = text.lines().skip(start + 1).position(|line| line.starts_with("## ")).expect("a heading after it") + start + 1;
    let kept: Vec<&str> = text.lines().enumerate().filter(|(index, _)| *index < start || *index >= after).map(|(_, line)| line).collect();
    assert!(kept.iter().any(|line| line.to_lowercase().contains("resource")), "the word still stands elsewhere");
    std::fs::write(&file, kept.join("\n")).expect("written");
    let assessment = assessment(folder.path());
    let found: Vec<(&str, &str)> =
        findings(&assessment).iter().map(|finding| (finding["rule"].as_str().expect("rule"), finding["requirements"][0].as_str().expect("id"))).collect();
    assert_eq!(found, [("management-review-without-input", "9.3-j")]);
}
