//! Samples of records and chains through them: what is drawn, from what, why, and where a chain begins.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::support::{AS_OF, Repo};
use crate::{checklist, checklist_in, complete, of_gaps, row};

/// A repository with so many incidents.
fn incidents(number: usize) -> Repo {
    let repo = Repo::plain();
    let mut csv = "Number,Opened,Service,Category,Priority,Closed,State,Major incident\n".to_owned();
    for index in 0..number {
        let (month, day) = (1 + index / 20 % 9, 1 + index % 20);
        let major = if index == 33 { "yes" } else { "no" };
        csv.push_str(&format!("INC-{index:04},2026-{month:02}-{day:02},Mail,software,P3,2026-{month:02}-{day:02},Closed,{major}\n"));
    }
    repo.write("incidents.csv", csv);
    repo.write("clausewise.yaml", "organization: {name: Test}\ndocuments: {map: {incidents.csv: incident-record}}\n");
    repo
}

fn sample(repo: &Repo, arguments: &[&str]) -> (BTreeSet<String>, Value) {
    let checklist = checklist_in(repo, repo.path(), &[&["--clause", "8.6.1"], arguments].concat());
    let lots = checklist["samples"]["lots"].as_array().unwrap();
    let lot = lots.iter().find(|lot| lot["kind"] == "incident-record").unwrap().clone();
    (lot["rows"].as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect(), lot)
}

/// Why each record of a lot was drawn, by its id.
fn reasons(checklist: &Value, kind: &str) -> BTreeMap<String, String> {
    let lot = checklist["samples"]["lots"].as_array().unwrap().iter().find(|lot| lot["kind"] == kind).unwrap();
    let reason = |row: &Value| (row["id"].as_str().unwrap().rsplit('/').next().unwrap().to_owned(), row["look_at"][0].as_str().unwrap().to_owned());
    lot["rows"].as_array().unwrap().iter().map(reason).collect()
}

#[test]
fn one_more_record_moves_few_and_another_seed_moves_many() {
    let (before, lot) = sample(&incidents(120), &[]);
    assert_eq!(lot["population"], 120);
    assert_eq!(before.len(), 11, "the square root, rounded up");
    assert!(before.contains("sample:incident-record/INC-0033"), "a major incident is taken whole");
    let (after, _) = sample(&incidents(121), &[]);
    // The newcomer is the last of the period and the first of its month: one place for each, and no other record moves.
    assert!(before.difference(&after).count() <= 2, "{before:?} {after:?}");
    let (other, _) = sample(&incidents(120), &["--seed", "another"]);
    assert!(before.difference(&other).count() > 2);
    assert!(other.contains("sample:incident-record/INC-0033"));
    let (all, _) = sample(&incidents(9), &[]);
    assert_eq!(all.len(), 9);
}

#[test]
fn a_sample_says_from_what_and_why() {
    let checklist = checklist(&["--audit", "stage2", "--clause", "8.5.1"]);
    assert_eq!(checklist["audit"]["seed"], AS_OF);
    let lot = &checklist["samples"]["lots"].as_array().unwrap().iter().find(|lot| lot["kind"] == "change-record").unwrap();
    let method = lot["method"].as_str().unwrap();
    let words = ["held here in the period from 2025-10-16 to 2026-10-15: ", "Whether these are all that happened is not shown; reconcile with the source"];
    for word in words.into_iter().chain(["Taken whole: ", "emergency", "failed", "rejected"]) {
        assert!(method.contains(word), "{method}");
    }
    assert!(!checklist["samples"].to_string().contains("Population"), "what is held here is no population");
    for row in lot["rows"].as_array().unwrap() {
        assert!(row["look_at"][0].as_str().unwrap().starts_with("in the sample: "));
        let evidence = &row["evidence"][0];
        assert!(complete().parent().unwrap().parent().unwrap().join(evidence["path"].as_str().unwrap()).is_file() || evidence["line"].as_u64().unwrap() > 0);
    }
}

#[test]
fn a_sample_holds_what_is_at_fault_and_one_of_each() {
    let checklist = of_gaps(&["--audit", "stage2"]);
    let changes = reasons(&checklist, "change-record");
    for (id, why) in [
        ("CHG-2026-007", "1 open finding of this review"),
        ("CHG-2026-008", "taken whole: failed"),
        ("CHG-2026-009", "taken whole: rejected"),
        ("CHG-2026-010", "1 open finding of this review"),
    ] {
        assert!(changes.get(id).is_some_and(|reason| reason.contains(why)), "{id} in {changes:#?}");
    }
    assert!(changes["CHG-2026-001"].contains("the first of the period") && changes["CHG-2026-014"].contains("the last of the period"), "{changes:#?}");
    assert!(reasons(&checklist, "incident-record").contains_key("INC-2026-013"), "it was closed before it was solved");
    // Of many incidents of one service, the rare services and every month are in.
    let repo = Repo::plain();
    let mut csv = "Number,Opened,Service,Assignment team,Team,Category,Priority,Closed,State,Major incident\n".to_owned();
    for index in 0..150 {
        let service = ["Mail", "Files", "Desk"][usize::from(index == 70) + 2 * usize::from(index == 90)];
        let team = if index == 20 { "Night" } else { "Day" };
        let (month, day) = (1 + index / 20, 1 + index % 20);
        csv.push_str(&format!("INC-{index:04},2026-{month:02}-{day:02},{service},{team},{team},software,P3,2026-{month:02}-{day:02},Closed,no\n"));
    }
    // Begun before the period and closed within it; begun before and still open; begun and closed before.
    csv.push_str("INC-9001,2025-09-30,Mail,Day,Day,software,P3,2025-11-03,Closed,no\n");
    csv.push_str("INC-9002,2025-09-30,Mail,Day,Day,software,P3,,In progress,no\n");
    csv.push_str("INC-9003,2025-09-30,Mail,Day,Day,software,P3,2025-10-02,Closed,no\n");
    repo.write("incidents.csv", csv);
    repo.write("clausewise.yaml", "organization: {name: Test}\ndocuments: {map: {incidents.csv: incident-record}}\n");
    let (_, lot) = sample(&repo, &[]);
    assert_eq!(lot["population"], 152, "{}", lot["method"]);
    assert!(lot["rows"].as_array().unwrap().len() <= 20, "a fault that all share takes in one of them: {}", lot["method"]);
    let drawn = reasons(&checklist_in(&repo, repo.path(), &["--clause", "8.6.1"]), "incident-record");
    for id in ["INC-0070", "INC-0090", "INC-0020", "INC-9001", "INC-9002"] {
        assert!(drawn.contains_key(id), "{id} in {drawn:#?}");
    }
    assert!(!drawn.contains_key("INC-9003"));
    assert!(drawn["INC-0070"].contains("one of each service: Files") && drawn["INC-0020"].contains("one of each team: Night"), "{drawn:#?}");
    assert!(drawn["INC-9002"].contains("open the longest"), "{drawn:#?}");
    for month in 1..=8 {
        let in_month = drawn.keys().any(|id| id[4..].parse::<usize>().is_ok_and(|number| number < 9000 && 1 + number / 20 == month));
        assert!(in_month, "month {month} in {drawn:#?}");
    }
}

#[test]
fn chains_begin_where_there_is_something_to_follow() {
    let begins = |checklist: &Value, id: &str, words: &str| {
        let look_at = row(checklist, id)["look_at"].to_string();
        assert!(look_at.contains(words), "{id}: {words} in {look_at}");
    };
    let gaps = of_gaps(&["--audit", "stage2"]);
    assert!(!row(&gaps, "chain:change/forward")["look_at"].to_string().contains("CHG-2026-008"));
    begins(&gaps, "chain:change/forward", "made, in a release");
    begins(&gaps, "chain:after-release/forward", "REL-2026-01");
    begins(&gaps, "chain:after-release/backward", "INC-2026-009");
    // None has a major effect; one says that the test comes earlier for it, and the plan names it.
    begins(&gaps, "chain:assurance/forward", "CHG-2026-005 (examples/gaps/records/changes/CHG-2026-005.yaml:1)");
    begins(&gaps, "chain:assurance/forward", "services/continuity-plan.md:78");
    begins(&gaps, "chain:disturbance/forward", "named together with others by one problem (PRB-2026-003 names INC-2026-010 and INC-2026-014)");
    let complete = checklist(&["--audit", "stage2"]);
    begins(&complete, "chain:after-release/backward", "caused by a change");
    begins(&complete, "chain:assurance/forward", "with a major effect, and made");
    begins(&complete, "chain:audit/forward", "IAR-2026-03");
    begins(&complete, "chain:audit/backward", "MR-2026-02");
    // What is to come is not the last.
    let repo = Repo::plain();
    for (id, day) in [("IAR-1", "2026-02-01"), ("IAR-2", "2026-06-01"), ("IAR-3", "2026-12-01")] {
        repo.write(
            format!("{id}.md"),
            format!("---\nkind: internal-audit-report\nid: {id}\ndate: {day}\nclauses: ['9.2']\n---\n# Internal audit\n\nHeld as planned.\n"),
        );
    }
    let audits = checklist_in(&repo, repo.path(), &["--audit", "stage2"]);
    begins(&audits, "chain:audit/forward", "IAR-2 ");
    repo.write("CHG-1.yaml", "kind: change-record\nid: CHG-1\ntitle: New rack\nraised_on: 2026-03-01\nimplemented_on: 2026-03-09\noutcome: successful\n");
    let changes = checklist_in(&repo, repo.path(), &["--audit", "stage2"]);
    begins(&changes, "chain:assurance/forward", "none held here for the period fits (sought: with a major effect");
    begins(&changes, "process:8.5.1/failed-change", "none held here for the period fits (sought: that did not succeed");
}

#[test]
fn a_walk_through_a_process_names_its_record() {
    for kind in ["internal", "stage2"] {
        let gaps = of_gaps(&["--audit", kind]);
        for (id, words) in [
            ("process:8.5.1/failed-change", "begin with CHG-2026-008 (examples/gaps/records/changes/CHG-2026-008.yaml:1)"),
            ("process:8.6.3/by-trend", "begin with PRB-2026-003 (examples/gaps/records/problems.yaml:33)"),
            ("process:8.6.1/last-major-incident", "begin with INC-2026-011"),
        ] {
            let look_at = row(&gaps, id)["look_at"].to_string();
            assert!(look_at.contains(words), "{kind} {id}: {look_at}");
        }
    }
}
