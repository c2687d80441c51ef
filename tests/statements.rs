//! What assessors state joins what documents show: it settles open questions, and hides nothing.
#![expect(clippy::unwrap_used, reason = "a test may fall, and says where")]
#![allow(dead_code, reason = "each test crate uses a part of the support")]

mod support;

use support::{Assessment, Repo, policy};

/// A repository with a policy, and the statements of one assessor on it.
fn with_statements(statements: &str) -> Repo {
    let repo = Repo::new();
    repo.write("policy.md", policy());
    repo.write("clausewise.yaml", "organization: {name: Test}\nroles: {top_management: [Ann Chief]}\n");
    repo.write("assessments/2026-09.yaml", format!("schema: clausewise/statements/v1\nassessor: Joanna Frost\nmade_on: 2026-09-20\nstatements:\n{statements}"));
    repo
}

fn reason(assessment: &Assessment, id: &str) -> String {
    let all = assessment["requirements"].as_array().unwrap();
    all.iter().find(|item| item["id"] == id).unwrap()["reason"].as_str().unwrap().to_owned()
}

#[test]
fn an_interview_settles_what_documents_cannot() {
    let repo = with_statements("  - {requirement: 5.1-e, result: supported, reason: interview with the managing director, evidence: [policy.md]}\n");
    repo.commit("2026-09-19");
    let before = repo.assess(&["--untrusted"]);
    assert_eq!(before.verdict("5.1-e"), "needs-auditor");
    let after = repo.assess(&[]);
    assert_eq!(after.verdict("5.1-e"), "supported");
    assert!(reason(&after, "5.1-e").contains("Joanna Frost on 2026-09-20: interview with the managing director"));
    // A file of statements is no document of the organization.
    assert!(after.document("assessments/2026-09.yaml")["documented_information"].as_array().unwrap().is_empty());
}

#[test]
fn a_statement_lapses_and_goes_stale() {
    let entry = "  - {requirement: 5.1-e, result: supported, reason: interview, until: 2026-10-01, evidence: [policy.md]}\n";
    let repo = with_statements(entry);
    repo.commit("2026-09-21");
    let assessment = repo.assess(&[]);
    assert_eq!(assessment.verdict("5.1-e"), "needs-auditor");
    assessment.has("stale-statement", "assessments/2026-09.yaml", 5, &["it held until 2026-10-01"]);

    let repo = with_statements("  - {requirement: 5.1-e, result: supported, reason: interview, evidence: [policy.md:12]}\n");
    repo.commit("2026-09-21");
    repo.write("policy.md", policy().replace("continual improvement", "steady improvement"));
    repo.commit("2026-10-01");
    let assessment = repo.assess(&[]);
    assert_eq!(assessment.verdict("5.1-e"), "needs-auditor");
    assessment.has("stale-statement", "assessments/2026-09.yaml", 5, &["its evidence has changed since: policy.md"]);
}

#[test]
fn a_statement_hides_no_gap_and_may_worsen_a_verdict() {
    let repo = with_statements(
        "  - {requirement: 8.2.4-s1, result: supported, reason: seen on the intranet}\n  - {requirement: 5.2.1-a, result: minor, reason: nobody in the interviews knew it}\n",
    );
    repo.commit("2026-09-21");
    let assessment = repo.assess(&[]);
    assert_eq!(assessment.verdict("8.2.4-s1"), "no-evidence");
    assert!(reason(&assessment, "8.2.4-s1").contains("not taken up"));
    assert_eq!(assessment.verdict("5.2.1-a"), "partly-supported");
}

#[test]
fn a_finding_is_accepted_or_rejected_by_a_person_and_stays_in_sight() {
    let repo = with_statements("  - {requirement: 5.1-e, result: supported, reason: interview}\n");
    let found = repo.assess(&[]);
    let missing = found["findings"].as_array().unwrap().iter().find(|finding| finding["missing"] == "scope-statement").unwrap();
    let fingerprint = missing["fingerprint"].as_str().unwrap();
    let repo = with_statements(&format!("  - {{finding: {fingerprint}, decision: reject, reason: the scope stands in the contract, until: 2027-01-01}}\n"));
    let after = repo.assess(&[]);
    let same = after["findings"].as_array().unwrap().iter().find(|finding| finding["fingerprint"] == fingerprint).unwrap();
    assert_eq!(same["accepted"]["owner"], "Joanna Frost");
    assert_eq!(same["accepted"]["rejected"], true);
    assert_eq!(after["tally"]["accepted"], 1);
}

#[test]
fn what_cannot_be_understood_or_matches_nothing_is_told() {
    for (entry, word) in [
        ("  - {requirement: 9.9.9-a, result: supported, reason: x}\n", "there is no requirement 9.9.9-a"),
        ("  - {finding: 0000000000000000, decision: accept, reason: x}\n", "no finding has the fingerprint"),
        ("  - {requirement: 5.1-e, result: compliant, reason: x}\n", "the result"),
        ("  - {requirement: 5.1-e, result: supported}\n", "reason"),
        ("  - {result: supported, reason: x}\n", "either a `requirement` or a `finding`"),
        ("  - {requirement: 5.1-e, result: supported, reason: x, made_on: soon}\n", "which is no day"),
    ] {
        with_statements(entry).assess(&[]).has("invalid-statement", "assessments/2026-09.yaml", 5, &[word]);
    }
}
