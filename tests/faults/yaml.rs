//! YAML that attacks or breaks: in records, in the heads of documents, in the configuration.

use std::process::Command;
use std::time::{Duration, Instant};

use crate::support::{Assessment, Output, Repo, policy};

/// Nine levels of nine aliases each.
fn bomb() -> String {
    let mut text = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..9 {
        let aliases = vec![format!("*a{}", level - 1); 9].join(", ");
        text.push_str(&format!("a{level}: &a{level} [{aliases}]\n"));
    }
    text
}

/// A repository whose record file `bad.yaml`, whose document `bad.md` and whose text hold this after their kind.
fn with(yaml: &str) -> Repo {
    let repo = Repo::new();
    repo.write("bad.yaml", format!("kind: risk-register\n{yaml}"));
    repo.write("bad.md", format!("---\n{yaml}---\n# Notes\n\nWhat is below an unreadable head is still a text.\n"));
    repo.commit("2026-01-05");
    repo
}

/// Words that only somebody who programs with the YAML library understands.
const FOREIGN: [&str; 3] = ["DuplicateKeyPolicy", "weak recursion", "Events {"];

/// Asserts that a file was left out at a line, and that the run says that it is incomplete.
#[track_caller]
fn is_refused(assessment: &Assessment, path: &str, line: u32, words: &[&str]) {
    assert_eq!(assessment.code, Some(3));
    assessment.left_out(path, Some(line), words);
    let listed = assessment["provenance"]["not_checked"].to_string();
    assert!(!FOREIGN.iter().any(|word| listed.contains(word)), "{listed}");
}

/// Asserts that the YAML is refused at a line: in a record file, in a head, and in a configuration.
#[track_caller]
fn is_refused_everywhere(yaml: &str, line: u32, words: &[&str]) {
    let assessment = with(yaml).assess(&[]);
    is_refused(&assessment, "bad.yaml", line + 1, words);
    is_refused(&assessment, "bad.md", line + 1, words);
    let repo = Repo::new();
    repo.write("policy.md", policy());
    repo.write("clausewise.yaml", yaml);
    let place = format!("clausewise.yaml:{line}:");
    repo.run(&["check"]).is_refusal(2, &[&[place.as_str()], words].concat());
}

#[expect(clippy::disallowed_methods, reason = "the test asks how long the program takes, not what day it is")]
fn timed(run: impl FnOnce() -> Output) -> (Output, Duration) {
    let start = Instant::now();
    let output = run();
    (output, start.elapsed())
}

// G48
#[test]
fn an_alias_bomb_is_refused_with_little_time_and_memory() {
    let repo = with(&bomb());
    // A shell sets the limit of 200 MB; what a run without a bomb takes on this machine is taken off the time.
    let limited = |arguments: &[&str]| {
        let program = repo.program(repo.path());
        let mut shell = Command::new("sh");
        shell.args(["-c", "ulimit -d 200000; exec \"$0\" \"$@\""]).arg(program.get_program()).args(arguments).current_dir(repo.path());
        shell.env_clear().envs(program.get_envs().filter_map(|(name, value)| Some((name, value?)))).args(["-j", "1", "--as-of", "2026-10-15"]);
        Output::of(shell)
    };
    let usual = Repo::new();
    usual.write("policy.md", policy());
    let (usual, usual_time) = timed(|| limited(&["check", usual.path().to_str().unwrap()]));
    assert_eq!(usual.code, Some(1), "{usual:?}");
    let (output, time) = timed(|| limited(&["check"]));
    assert_eq!(output.code, Some(3), "{}", output.stderr);
    assert!(time < usual_time * 4 + Duration::from_secs(2), "{time:?} against {usual_time:?}");
    let assessment = repo.assess(&[]);
    let list = assessment["provenance"]["not_checked"].as_array().unwrap();
    for path in ["bad.yaml", "bad.md"] {
        let entry = list.iter().find(|entry| entry["path"] == path).unwrap();
        assert!(entry["line"].as_u64() > Some(0), "{entry}");
        assert!(!FOREIGN.iter().any(|word| entry.to_string().contains(word)), "{entry}");
    }
    repo.write("clausewise.yaml", bomb());
    repo.run(&["check"]).is_refusal(2, &["clausewise.yaml:"]);
}

// G49
#[test]
fn an_alias_to_itself_is_refused() {
    is_refused_everywhere("a: &x [*x]\n", 1, &[]);
}

// G50
#[test]
fn deep_nesting_is_refused_by_the_limit() {
    let nested: String = (0..2_000).map(|level| format!("{}a:\n", " ".repeat(level))).collect();
    let repo = Repo::new();
    repo.write("bad.yaml", format!("kind: risk-register\n{nested}"));
    repo.commit("2026-01-05");
    let assessment = repo.assess(&[]);
    assert_eq!(assessment.code, Some(3));
    let entry = &assessment["provenance"]["not_checked"][0];
    assert!(entry["line"].as_u64() > Some(0) && entry["reason"].as_str().unwrap().contains("64 levels"), "{entry}");
    let head: String = (0..300).map(|level| format!("{}a:\n", " ".repeat(level))).collect();
    repo.write("clausewise.yaml", head);
    repo.run(&["check"]).is_refusal(2, &["clausewise.yaml:", "64 levels"]);
}

// G51
#[test]
fn a_key_that_stands_twice_is_refused_at_its_second_place() {
    is_refused_everywhere("title: One\nowner: Jane\ntitle: Two\n", 3, &["title"]);
}

// G52
#[test]
fn a_head_without_an_end_is_refused() {
    let repo = Repo::new();
    repo.write("notes.md", "---\nid: DOC-1\nowner: Jane Doe\n\n# Notes\n\nSome words that are nothing in particular.\n");
    repo.write("policy.md", policy().replacen("\n---\n", "\n", 1));
    repo.commit("2026-01-05");
    let assessment = repo.assess(&[]);
    is_refused(&assessment, "notes.md", 1, &["no closing ---"]);
    is_refused(&assessment, "policy.md", 1, &["no closing ---"]);
}

// G53
#[test]
fn faults_of_syntax_are_refused_with_line_and_column() {
    const FAULTY: [(&str, u32, u64); 3] =
        [("entries:\n\t- id: R-1\n", 2, 1), ("owner: Jane\ntitle: \"a\u{1}b\"\n", 2, 8), ("owner: Jane\ntitle: \"a\\qb\"\n", 2, 8)];
    for (yaml, line, column) in FAULTY {
        let assessment = with(yaml).assess(&[]);
        assessment.has("unreadable-document", "bad.yaml", line + 1, &[]);
        let location = &assessment.findings("unreadable-document", "bad.yaml")[0]["location"];
        assert!(location["column"].as_u64() >= Some(column), "{location}");
        is_refused_everywhere(yaml, line, &[]);
    }
}

// G54
#[test]
fn every_document_of_a_yaml_file_is_read() {
    let repo = Repo::new();
    let record =
        |id: &str| format!("kind: change-record\nid: {id}\ntitle: A change\napproved_by: Ann Chief\napproved_on: 2026-03-05\nimplemented_on: 2026-03-01\n");
    repo.write("changes.yaml", format!("{}---\n{}", record("CHG-1"), record("CHG-2")));
    repo.commit("2026-01-05");
    let assessment = repo.assess(&[]);
    assert_eq!(assessment.code, Some(1));
    let found = assessment.findings("approval-after-implementation", "changes.yaml");
    for id in ["CHG-1", "CHG-2"] {
        assert!(found.iter().any(|finding| finding["message"].as_str().unwrap().contains(id)), "{id} {found:#?}");
    }
    repo.write("clausewise.yaml", "organization: {name: A}\n---\norganization: {name: B}\n");
    repo.run(&["check"]).is_refusal(2, &["clausewise.yaml:", "several YAML documents"]);
}

// G56
#[test]
fn tags_run_nothing() {
    let repo = with("owner: !!python/object/apply:os.system [\"touch PWNED\"]\ntitle: !unknown Notes\n");
    for (form, output) in repo.every_format(&[]) {
        assert!([Some(0), Some(1), Some(3)].contains(&output.code), "{form}: {output:?}");
    }
    repo.write("clausewise.yaml", "organization: {name: !!python/object/apply:os.system [\"touch PWNED\"]}\n");
    assert!([Some(1), Some(2), Some(3)].contains(&repo.run(&["check"]).code));
    assert!(!repo.path().join("PWNED").exists());
}
