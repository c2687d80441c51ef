//! Heads of documents that are YAML and say what cannot be.

use crate::support::{Repo, document, policy};

// G55
#[test]
fn values_stay_what_was_written_and_bad_dates_are_findings() {
    let repo = Repo::new();
    let text = policy().replace("version: 1.0\n", "version: 1.10\n").replace("2026-01-01", "2024-02-30").replace("2027-01-01", "never");
    repo.write("policy.md", text);
    repo.write("security.md", document("information-security-policy", "POL-2").replace("next_review: 2027-01-01", "review_interval: never"));
    repo.commit("2026-01-05");
    let assessment = repo.assess(&[]);
    assert_eq!(assessment.code, Some(1));
    assert_eq!(assessment.document("policy.md")["control"]["version"], serde_json::json!({"value": "1.10", "line": 6}));
    assessment.has("unclear-date", "policy.md", 9, &["approved on", "2024-02-30"]);
    assessment.has("unclear-date", "policy.md", 10, &["next review", "never"]);
    let review =
        assessment["findings"].as_array().unwrap().iter().find(|finding| finding["location"]["path"] == "security.md" && finding["location"]["line"] == 10);
    assert!(review.is_some_and(|finding| finding["message"].as_str().unwrap().contains("never")), "an interval that is none: {review:?}");
}

// G57
#[test]
fn wrong_types_are_findings_with_what_was_expected() {
    let repo = Repo::new();
    let text =
        policy().replace("title: Document POL-1", "title: {en: Policy}").replace("version: 1.0", "version: [1, 0]").replace("owner: Jane Doe", "owner: null");
    repo.write("policy.md", text);
    repo.write("incidents.yaml", "kind: incident-record\nrecords:\n  - id: INC-1\n    title: Outage\n    opened: [2026-03-01]\n    priority: {level: 1}\n");
    repo.commit("2026-01-05");
    let assessment = repo.assess(&[]);
    assert_eq!(assessment.code, Some(1));
    let found = |path: &str, line: u32| -> Vec<String> {
        let at = |finding: &&serde_json::Value| finding["location"]["path"] == path && finding["location"]["line"] == line && finding["missing"].is_null();
        assessment["findings"].as_array().unwrap().iter().filter(at).map(|finding| finding["message"].as_str().unwrap().to_owned()).collect()
    };
    let mut silent = Vec::new();
    for (path, line, words) in [
        ("policy.md", 3, &["title", "expected text", "a mapping"][..]),
        ("policy.md", 6, &["version", "expected text", "a list"]),
        ("policy.md", 5, &["owner"]),
        ("incidents.yaml", 5, &["opened", "expected a date", "a list"]),
        ("incidents.yaml", 6, &["priority", "expected text", "a mapping"]),
    ] {
        let messages = found(path, line);
        if !messages.iter().any(|message| words.iter().all(|word| message.replace("is \"a ", "a ").contains(word))) {
            silent.push(format!("{path}:{line} {words:?}: {messages:?}"));
        }
    }
    assert!(silent.is_empty(), "{silent:#?}");
}

// G58
#[test]
fn an_id_that_is_used_twice_names_both_places() {
    let repo = Repo::new();
    repo.write("a.md", policy());
    repo.write("b.md", policy());
    repo.commit("2026-01-05");
    let assessment = repo.assess(&[]);
    assert_eq!(assessment.code, Some(1));
    assessment.has("duplicate-id", "b.md", 2, &["POL-1", "a.md:2"]);
    assert_eq!(assessment["documents"].as_array().unwrap().len(), 2, "neither wins");
}

// G59
#[test]
fn clauses_that_the_map_lacks_are_findings_with_the_nearest() {
    let repo = Repo::new();
    for (path, clauses) in [("a.md", "[8.99]"), ("b.md", "[８.1]"), ("c.md", "[\"8.1 \"]"), ("d.md", "[8.1]")] {
        repo.write(path, document("process-description", path).replace("status:", &format!("clauses: {clauses}\nstatus:")));
    }
    repo.commit("2026-01-05");
    let assessment = repo.assess(&[]);
    assert_eq!(assessment.code, Some(1));
    assessment.has("unknown-clause", "a.md", 7, &["8.99", "near it are 8."]);
    assessment.has("unknown-clause", "b.md", 7, &["８.1", "near it are", "8.1"]);
    assert!(assessment.findings("unknown-clause", "d.md").is_empty());
    assessment.has("unknown-clause", "c.md", 7, &["8.1 ", "near it are", "8.1"]);
}
