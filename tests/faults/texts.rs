//! Bytes that should be text: binary files, other encodings, other line ends.

use serde_json::Value;

use crate::support::{Assessment, Repo, policy};

/// Asserts that a file was left out at a line, and that the run says that it is incomplete.
#[track_caller]
fn is_unread(assessment: &Assessment, path: &str, line: Option<u32>, words: &[&str]) {
    assert_eq!(assessment.code, Some(3));
    assessment.left_out(path, line, words);
    assert!(assessment.document(path)["title"].is_null(), "nothing of it was taken for text");
}

// G38
#[test]
fn a_binary_file_is_not_parsed_as_markdown() {
    let repo = Repo::new();
    let noise: Vec<u8> = b"# Service management policy\n\n".iter().copied().chain((0..4096u32).map(|index| (index * 37 % 256) as u8)).collect();
    repo.write("notes.md", noise);
    repo.commit("2026-01-05");
    let assessment = repo.assess(&[]);
    is_unread(&assessment, "notes.md", None, &["not text"]);
    assessment.has("unreadable-document", "notes.md", 0, &["not text"]);
}

// G39
#[test]
fn latin_1_is_refused_at_its_first_byte() {
    let repo = Repo::new();
    repo.write("notes.md", b"# Notes\n\nUTF-8 caf\xc3\xa9\nLatin-1 caf\xe9\n");
    repo.write("records.yaml", b"kind: risk-register\nowner: Ren\xe9\n");
    repo.write("records.csv", b"id,owner\nR-1,Jane\nR-2,Ren\xe9\n");
    repo.commit("2026-01-05");
    let assessment = repo.assess(&[]);
    let words = ["not UTF-8", "\\xE9"];
    is_unread(&assessment, "notes.md", Some(4), &words);
    is_unread(&assessment, "records.yaml", Some(2), &words);
    is_unread(&assessment, "records.csv", Some(3), &words);
    assessment.left_out("notes.md", Some(4), &["iconv"]);
    assert!(!assessment.to_string().contains('\u{fffd}'), "nothing was replaced");
}

// G40
#[test]
fn utf_16_is_named_and_so_is_the_way_out() {
    let repo = Repo::new();
    let units = |mark: u16| -> Vec<u16> { std::iter::once(mark).chain(policy().encode_utf16()).collect() };
    repo.write("little.md", units(0xFEFF).iter().flat_map(|unit| unit.to_le_bytes()).collect::<Vec<u8>>());
    repo.write("big.md", units(0xFEFF).iter().flat_map(|unit| unit.to_be_bytes()).collect::<Vec<u8>>());
    repo.commit("2026-01-05");
    let assessment = repo.assess(&[]);
    for path in ["little.md", "big.md"] {
        is_unread(&assessment, path, None, &["UTF-16"]);
        assessment.left_out(path, None, &["iconv -f UTF-16 -t UTF-8"]);
    }
}

// G41
#[test]
fn a_byte_order_mark_hides_no_head() {
    let repo = Repo::new();
    repo.write("policy.md", policy());
    let without = repo.run(&["check", "--format", "json"]);
    repo.write("policy.md", format!("\u{feff}{}", policy()));
    assert_eq!(repo.run(&["check", "--format", "json"]), without);
    let assessment = repo.assess(&[]);
    assert_eq!(assessment.document("policy.md")["documented_information"][0]["provenance"], "declared");
}

/// A faulty document of each format, each fault on a line of its own.
const FAULTY: [(&str, &str); 3] = [
    (
        "policy.md",
        "---
id: POL-1
kind: service-management-policy
owner: Jane Doe
approved_by: Ann Chief
approved_on: 2024-02-30
clauses: [8.99]
---
# Service management policy

Our purpose is to run the payroll of small firms, and to be told by nobody that we cannot.

| Name | Value |
|---|---|
| Status | draft |
| Version | 1.2 |

It is TBD who reads [the plan](plan.md).

Some text turns \u{202e}around.
",
    ),
    (
        "changes.yaml",
        "kind: change-record
records:
  - id: CHG-1
    title: First
    approved_on: 2026-03-05
    implemented_on: 2026-03-01
  - id: CHG-2
    title: Second
    approved_on: 2026-30-05
    description: >-
      Turned \u{202e}around.
",
    ),
    ("incidents.csv", "id,title,opened,closed_on\nINC-1,First,2026-03-05,2026-03-01\nINC-2,Second,2026-30-05,TBD\n"),
];

// G42
#[test]
fn line_ends_change_neither_findings_nor_lines() {
    let repo = Repo::new();
    repo.write("clausewise.yaml", "documents:\n  map:\n    incidents.csv: incident-record\n");
    let mixed = |text: &str| -> String {
        // In this order no CR is followed by a bare LF, which would make one line end of two.
        let ends = ["\n", "\r", "\r\n"];
        text.lines().enumerate().map(|(index, line)| format!("{line}{}", ends[index % 3])).collect()
    };
    let findings = |convert: &dyn Fn(&str) -> String| -> (Vec<Value>, Option<i32>) {
        FAULTY.iter().for_each(|(path, text)| repo.write(path, convert(text)));
        let assessment = repo.assess(&[]);
        let mut found = assessment["findings"].as_array().unwrap().clone();
        found.retain(|finding| finding["missing"].is_null());
        for finding in &mut found {
            // Columns may count the line end; lines may not.
            finding["location"] = serde_json::json!([finding["location"]["path"], finding["location"]["line"]]);
        }
        (found, assessment.code)
    };
    let expected = findings(&str::to_owned);
    for (path, _) in FAULTY {
        assert!(expected.0.iter().filter(|finding| finding["location"][0] == path).count() > 2, "{path} {:#?}", expected.0);
    }
    let told = |findings: &[Value]| -> Vec<String> {
        findings.iter().map(|finding| format!("{} {} {}", finding["location"], finding["rule"], finding["message"])).collect()
    };
    let variants: [(&str, &dyn Fn(&str) -> String); 3] =
        [("CRLF", &|text| text.replace('\n', "\r\n")), ("CR", &|text| text.replace('\n', "\r")), ("mixed", &mixed)];
    let mut differences = Vec::new();
    for (name, convert) in variants {
        let found = findings(convert);
        let (left, right) = (told(&expected.0), told(&found.0));
        differences.extend(left.iter().filter(|line| !right.contains(line)).map(|line| format!("{name} lacks {line}")));
        differences.extend(right.iter().filter(|line| !left.contains(line)).map(|line| format!("{name} adds {line}")));
        assert!(!differences.is_empty() || found == expected, "{name}");
    }
    assert!(differences.is_empty(), "{differences:#?}");
}
