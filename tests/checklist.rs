//! The audit checklist, as an auditor meets it: every kind of audit, samples, earlier findings, answers that were kept.
#![expect(clippy::unwrap_used, reason = "a test may fall, and says where")]
#![allow(dead_code, reason = "each test crate uses a part of the support")]

mod support;

use std::collections::BTreeSet;

use serde_json::Value;

use support::{AS_OF, Output, Repo, policy};

/// The example that is complete.
fn complete() -> std::path::PathBuf {
    std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/complete")
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

fn schema() -> Value {
    let output = Repo::plain().run(&["schema", "checklist"]);
    serde_json::from_str(&output.stdout).unwrap()
}

#[test]
fn every_kind_of_audit_has_its_rows_once_and_fits_the_schema() {
    let validator = jsonschema::validator_for(&schema()).unwrap();
    for (kind, question) in [
        ("internal", "internal:programme"),
        ("stage1", "stage1:scope-test"),
        ("stage2", "chain:change/backward"),
        ("surveillance", "core:complaints"),
        ("recertification", "recert:recurrence"),
    ] {
        let checklist = checklist(&["--audit", kind]);
        let faults: Vec<String> = validator.iter_errors(&checklist).map(|fault| format!("{}: {fault}", fault.instance_path())).collect();
        assert!(faults.is_empty(), "{faults:#?}");
        assert_eq!(checklist["schema"], "clausewise/checklist/v1");
        assert_eq!(checklist["audit"]["kind"], kind);
        let ids = ids(&checklist);
        let distinct: BTreeSet<&String> = ids.iter().collect();
        assert_eq!(ids.len(), distinct.len(), "{kind}: a row stands twice");
        assert_eq!(checklist["audit"]["rows"], ids.len());
        assert!(distinct.contains(&question.to_owned()), "{kind}: {question}");
        assert!(rows(&checklist).iter().all(|row| row["hash"].as_str().unwrap().len() == 16));
        for form in ["md", "csv"] {
            let output = Repo::plain().run_in(&complete(), &["checklist", "--audit", kind, "--format", form]);
            assert_eq!(output.code, Some(0), "{kind} {form}: {}", output.stderr);
            assert!(
                ids.iter().filter(|id| form == "md" || requirements(&checklist).contains(*id)).all(|id| output.stdout.contains(id.as_str())),
                "{kind} {form}"
            );
        }
    }
}

#[test]
fn an_internal_audit_has_every_requirement_and_a_heading_without_one() {
    let checklist = checklist(&[]);
    assert_eq!(checklist["audit"]["kind"], "internal");
    assert_eq!(requirements(&checklist).len(), 388);
    let groups = checklist["groups"].as_array().unwrap();
    let heading = groups.iter().find(|group| group["id"] == "8.3.1").unwrap();
    assert!(heading["rows"].as_array().unwrap().is_empty());
    assert!(heading["note"].as_str().unwrap().contains("no requirement of its own"));
}

#[test]
fn stage_1_knows_no_grades() {
    let checklist = checklist_in(&Repo::plain(), &complete().with_file_name("gaps"), &["--audit", "stage1"]);
    let words: Vec<&str> = checklist["audit"]["results"].as_array().unwrap().iter().map(|choice| choice["word"].as_str().unwrap()).collect();
    assert_eq!(words, ["no concern", "area of concern", "not looked at"]);
    assert!(checklist["audit"]["grading"].as_str().unwrap().contains("no grades"));
    for row in rows(&checklist) {
        assert_eq!(row["grade_note"], Value::Null, "{row}");
        assert!(row["findings"].as_array().unwrap().iter().all(|finding| finding["grade"].is_null()), "{row}");
    }
    assert!(!checklist["open_findings"].as_array().unwrap().is_empty());
    assert!(checklist["open_findings"].as_array().unwrap().iter().all(|finding| finding["grade"].is_null()));
    assert!(checklist["samples"]["lots"].as_array().unwrap().is_empty());
    // All items of the list of documented information are looked at, and so is the scope.
    let ids = requirements(&checklist);
    assert_eq!(ids.iter().filter(|id| id.starts_with("7.5.4-")).count(), 12);
    let things = rows(&checklist).into_iter().filter(|row| row["id"].as_str().unwrap().starts_with("stage1:document-")).count();
    assert_eq!(10 + things, 15, "b names two things and d three");
    assert!(ids.contains("4.3-s1") && !ids.contains("8.6.2-a"));
}

#[test]
fn both_years_of_surveillance_see_all_of_clause_8_and_say_how() {
    let (first, second) = (checklist(&["--audit", "surveillance"]), checklist(&["--audit", "surveillance", "--year", "2"]));
    assert_eq!(first["audit"]["year"], 1);
    let said = first["method"].to_string();
    assert!(said.contains("nothing here tells the day of certification, so year 1 is taken"), "{said}");
    let eighth = |checklist: &Value| -> BTreeSet<String> { requirements(checklist).into_iter().filter(|id| id.starts_with("8.")).collect() };
    let all = eighth(&checklist(&[]));
    let (one, two) = (eighth(&first), eighth(&second));
    assert_eq!(one.union(&two).cloned().collect::<BTreeSet<_>>(), all);
    assert!(one.len() < all.len() && two.len() < all.len(), "neither year sees everything");
    assert!(one.contains("8.5.1.3-s1") && !two.contains("8.5.1.3-s1"));
    for always in ["9.2.1-s1", "9.3-s1", "10.1.1-a1", "8.1-a"] {
        assert!(requirements(&first).iter().any(|id| id.starts_with(always.split('-').next().unwrap())), "{always}");
    }
}

#[test]
fn a_certificate_tells_the_year_and_a_weak_process_is_seen_again() {
    let repo = Repo::plain();
    repo.write("certificate.md", "---\ntitle: Certificate\ncertified_on: 2025-03-01\n---\n# Certificate\n\nIssued.\n");
    repo.write("policy.md", policy());
    let checklist = checklist_in(&repo, repo.path(), &["--audit", "surveillance"]);
    assert_eq!(checklist["audit"]["year"], 2);
    let said = checklist["method"].to_string();
    assert!(said.contains("certified on 2025-03-01 (certificate.md:3)"), "{said}");
    // The major incident procedure is missing, and that belongs to the half of year 1.
    let groups = checklist["groups"].as_array().unwrap();
    let weak = groups.iter().find(|group| group["id"] == "8.6.1").unwrap();
    assert!(weak["note"].as_str().unwrap().starts_with("weak: "), "{weak}");
}

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
fn a_part_is_asked_for_by_clause_or_by_process() {
    let by_clause = checklist(&["--clause", "8.6"]);
    assert!(requirements(&by_clause).iter().all(|id| id.starts_with("8.6.")));
    assert_eq!(requirements(&by_clause).len(), 30);
    for name in ["incident-management", "incident management", "Incident Management Process", "8.6.1"] {
        let by_process = checklist(&["--process", name, "--by", "process"]);
        assert!(requirements(&by_process).iter().all(|id| id.starts_with("8.6.1-")), "{name}");
        let group = by_process["groups"].as_array().unwrap().iter().find(|group| group["id"] == "incident-management").unwrap();
        assert!(group["note"].as_str().unwrap().contains("owned by Callum Boyd"), "{group}");
        assert!(ids(&by_process).contains(&"process:8.6.1/vertical".to_owned()));
    }
    let whole = checklist(&["--by", "process"]);
    assert_eq!(requirements(&whole).len(), 388);
    let all = ids(&whole);
    assert_eq!(all.len(), all.iter().collect::<BTreeSet<_>>().len());
    for (arguments, word) in [
        (["--clause", "11.1"], "--clause 11.1"),
        (["--process", "baking"], "known are service-delivery"),
        (["--previous-since", "soon"], "not a day"),
        (["--year", "1"], "surveillance"),
    ] {
        Repo::plain().run_in(&complete(), &[&["checklist"], &arguments[..]].concat()).is_refusal(2, &[word]);
    }
}

#[test]
fn an_auditor_who_owns_a_process_is_named() {
    let own = checklist(&["--auditor", "Callum Boyd", "--clause", "8.6"]);
    let independence = &own["independence"];
    assert!(independence["line"].as_str().unwrap().contains("Callum Boyd is not independent for 8.6.1"), "{independence}");
    let warnings = independence["warnings"].to_string();
    for word in ["owner of the process incident management", "processes.yaml:", "none of them"] {
        assert!(warnings.contains(word), "{word} in {warnings}");
    }
    let free = checklist(&["--auditor", "Joanna Frost", "--clause", "8.6"]);
    assert!(free["independence"]["warnings"].as_array().unwrap().is_empty(), "{}", free["independence"]);
    assert!(free["independence"]["line"].as_str().unwrap().contains("answers for nothing"));
    // Who led the last audits does not audit internal audit alone.
    let audits = checklist(&["--auditor", "Joanna Frost", "--clause", "9.2"]);
    assert!(audits["independence"]["line"].as_str().unwrap().contains("not independent for 9.2"), "{}", audits["independence"]);
    let nobody = checklist(&["--clause", "8.6"]);
    assert!(nobody["independence"]["line"].as_str().unwrap().starts_with("No auditor is named"));
    assert!(nobody["independence"]["responsible"].to_string().contains("Callum Boyd"));
}

#[test]
fn earlier_findings_are_carried_in() {
    let checklist = checklist(&[]);
    let previous = &checklist["previous"];
    let since = previous["since"].as_str().unwrap();
    assert!(since.contains("IAR-2025-02 of 2025-12-02 for 15 sub-clauses") && since.contains("IAR-2026-03") && !since.contains("no report covers"), "{since}");
    let open = row(&checklist, "nc:NC-2026-03");
    assert!(open["documents_say"].as_str().unwrap().contains("open"), "{open}");
    assert_eq!(open["clause"], "7.2");
    let observation = row(&checklist, "report:IAR-2026-03/2");
    assert!(observation["title"].as_str().unwrap().contains("observation"), "{observation}");
    let all = ids(&checklist);
    assert!(!all.contains(&"nc:NC-2025-01".to_owned()), "closed before the last audit");
    assert!(!all.contains(&"report:IAR-2026-03/1".to_owned()), "it has a record");
    let longer = checklist_in(&Repo::plain(), &complete(), &["--previous-since", "2025-01-01"]);
    assert!(ids(&longer).contains(&"nc:NC-2025-01".to_owned()));
    let cycle = checklist_in(&Repo::plain(), &complete(), &["--audit", "recertification"]);
    assert!(ids(&cycle).contains(&"nc:NC-2025-01".to_owned()));
}

#[test]
fn answers_that_were_kept_come_back_whole() {
    let repo = Repo::new();
    repo.write("policy.md", policy());
    repo.write("clausewise.yaml", "organization: {name: Test}\nroles: {top_management: [Ann Chief]}\n");
    repo.write(
        "assessments/internal.yaml",
        "schema: clausewise/statements/v1
assessor: Joanna Frost
made_on: 2026-09-20
audit: internal
statements:
  - {row: 5.1-e, result: conform, evidence_seen: minutes of 3 September, auditee: Ann Chief, notes: look again next year}
  - {row: internal:programme, result: not audited, notes: no programme yet}
  - {row: core:complaints, result: minor, evidence_seen: three letters}
  - {row: 5.2.1-a, result: observation, evidence_seen: policy read, evidence: [policy.md]}
  - {row: 7.2-a, notes: only noted}
  - {row: 4.1-s1, result: not triggered, reason: there is no context}
",
    );
    repo.write("assessments/stage1.yaml", "schema: clausewise/statements/v1\nassessor: Max Body\nmade_on: 2026-08-01\naudit: stage 1 of 2026\nstatements:\n  - {row: 5.1-e, result: area of concern, evidence_seen: interview}\n");
    repo.commit("2026-09-25");
    repo.write("policy.md", policy().replace("continual improvement", "steady improvement"));
    repo.commit("2026-10-01");
    let assessment = repo.assess(&[]);
    assert_eq!(assessment["answers"].as_array().unwrap().len(), 7);
    assert_eq!(assessment.verdict("5.1-e"), "supported");
    // No requirement is left out because somebody says so.
    assert_ne!(assessment.verdict("4.1-s1"), "not-triggered");
    let checklist = checklist_in(&repo, repo.path(), &[]);
    let answer = &row(&checklist, "5.1-e")["answer"];
    assert_eq!(answer["result"], "conform");
    assert_eq!(answer["evidence_seen"], "minutes of 3 September");
    assert_eq!(answer["auditee"], "Ann Chief");
    assert_eq!(answer["auditor"], "Joanna Frost");
    assert_eq!(answer["date"], "2026-09-20");
    assert_eq!(answer["notes"], "look again next year");
    assert_eq!(answer["kept_in"], "assessments/internal.yaml:6");
    let told = row(&checklist, "5.1-e")["documents_say"].as_str().unwrap();
    assert!(told.contains("needs-auditor") && told.contains("stage 1 of 2026 by Max Body on 2026-08-01: area of concern (interview)"), "{told}");
    assert_eq!(row(&checklist, "internal:programme")["answer"]["notes"], "no programme yet");
    assert_eq!(row(&checklist, "7.2-a")["answer"]["notes"], "only noted");
    let stale = row(&checklist, "5.2.1-a")["answer"]["stale"].as_str().unwrap();
    assert!(stale.contains("its evidence has changed since: policy.md"), "{stale}");
    let stage1 = checklist_in(&repo, repo.path(), &["--audit", "stage1"]);
    assert!(rows(&stage1).iter().all(|row| row["answer"]["result"] == "" || row["answer"]["result"] == "area of concern"));
    // Those who trust nobody see none of it.
    let untrusted = checklist_in(&repo, repo.path(), &["--untrusted"]);
    assert_eq!(untrusted["audit"]["answered"], 0);
}

#[test]
fn an_unannotated_repository_and_an_own_answer_work() {
    let repo = Repo::new();
    repo.write(
        "docs/incidents.md",
        "# Incident management\n\nWhoever notices an incident tells the desk, which writes it down, ranks it by impact and urgency and solves it.\n",
    );
    repo.commit("2026-09-01");
    let checklist = checklist_in(&repo, repo.path(), &["--audit", "stage2"]);
    assert_eq!(requirements(&checklist).len(), 388);
    assert_eq!(checklist["audit"]["system"], Value::Null);
    let hash = row(&checklist, "8.6.1-a")["hash"].as_str().unwrap().to_owned();
    // An answer with the hash of its row is not stale through itself; with another it is.
    for (hash, stale) in [(hash.as_str(), false), ("0000000000000000", true)] {
        let entry = format!(
            "schema: clausewise/statements/v1\nstatements:\n  - {{row: 8.6.1-a, result: conform, assessor: Max Body, made_on: 2026-10-01, evidence_seen: the log, hash: '{hash}'}}\n"
        );
        repo.write("assessments/a.yaml", entry);
        let again = checklist_in(&repo, repo.path(), &["--audit", "stage2"]);
        assert_eq!(row(&again, "8.6.1-a")["answer"]["stale"].is_string(), stale, "{}", row(&again, "8.6.1-a"));
    }
}

#[test]
fn the_same_bytes_twice_and_nothing_is_certified() {
    let run = || -> Output { Repo::plain().run_in(&complete(), &["checklist", "--audit", "stage2"]) };
    let (one, other) = (run(), run());
    assert_eq!(one, other);
    for word in ["compliant", "is certified as", "conforms to"] {
        assert!(!one.stdout.contains(word), "{word}");
    }
    let heads = "| ID | Result | Evidence seen | Auditee | Auditor | Date | Notes |";
    assert!(one.stdout.matches(heads).count() > 388);
}

/// A checklist of the example with faults.
fn of_gaps(arguments: &[&str]) -> Value {
    checklist_in(&Repo::plain(), &complete().with_file_name("gaps"), arguments)
}

/// Why each record of a lot was drawn, by its id.
fn reasons(checklist: &Value, kind: &str) -> std::collections::BTreeMap<String, String> {
    let lot = checklist["samples"]["lots"].as_array().unwrap().iter().find(|lot| lot["kind"] == kind).unwrap();
    let reason = |row: &Value| (row["id"].as_str().unwrap().rsplit('/').next().unwrap().to_owned(), row["look_at"][0].as_str().unwrap().to_owned());
    lot["rows"].as_array().unwrap().iter().map(reason).collect()
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
    assert!(
        changes.values().any(|reason| reason.contains("near the beginning")) && changes.values().any(|reason| reason.contains("near the end")),
        "{changes:#?}"
    );
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
    begins(&gaps, "chain:assurance/forward", "none held here for the period fits (sought: with a major effect");
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
    begins(&checklist_in(&repo, repo.path(), &["--audit", "stage2"]), "chain:audit/forward", "IAR-2 ");
}

#[test]
fn a_part_is_held_against_the_last_audit_of_that_part() {
    let part = checklist(&["--clause", "8.6"]);
    assert!(part["previous"]["since"].as_str().unwrap().contains("2026-03-10: the last internal audit that covered this, IAR-2026-01"), "{}", part["previous"]);
    let closed = row(&part, "nc:NC-2026-01");
    assert!(closed["documents_say"].as_str().unwrap().contains("closed on 2026-07-10"), "{closed}");
    assert!(closed["look_at"].to_string().contains("action: Instruction for restores written"), "{closed}");
    row(&part, "report:IAR-2026-01/3");
    assert!(!ids(&part).contains(&"report:IAR-2026-01/2".to_owned()), "it is about 8.5.1.3");
    // Nobody came before an initial certification.
    let first = checklist(&["--audit", "stage2"]);
    for id in ["nc:NC-2025-01", "nc:NC-2025-02", "nc:NC-2026-01", "nc:NC-2026-03", "report:IAR-2025-01/2"] {
        row(&first, id);
    }
    let late = of_gaps(&["--audit", "stage1"]);
    assert!(row(&late, "nc:NC-2026-03")["documents_say"].as_str().unwrap().contains("due on 2026-08-14, overdue"));
    assert!(!row(&late, "nc:NC-2026-04")["documents_say"].as_str().unwrap().contains("overdue"));
}

#[test]
fn nothing_counts_that_the_standard_does_not_ask_for() {
    for kind in ["internal", "stage1", "stage2", "surveillance", "recertification"] {
        let text = checklist(&["--audit", kind]).to_string();
        for invented in ["independent kinds", "checked by somebody else", "effect checked by"] {
            assert!(!text.contains(invented), "{kind}: {invented}");
        }
    }
}

#[test]
fn a_fixed_row_names_what_is_not_supported_and_what_speaks_against_its_documents() {
    let checklist = of_gaps(&["--audit", "stage1"]);
    let policy = row(&checklist, "stage1:document-change-policy");
    assert!(policy["title"].as_str().unwrap().ends_with('?'), "{policy}");
    assert!(policy["findings"].to_string().contains("has the status \\\"draft\\\""), "{policy}");
    assert!(policy["documents_say"].as_str().unwrap().starts_with("1 open finding points at what is named here"), "{policy}");
    assert!(row(&checklist, "stage1:document-security-policy")["findings"].to_string().contains("not among the authorized managers"));
    for id in ["stage1:party-register", "stage1:scope-test"] {
        assert!(!row(&checklist, id)["findings"].as_array().unwrap().is_empty(), "{id}");
    }
    let objectives = row(&checklist, "stage1:objectives")["documents_say"].as_str().unwrap();
    assert!(objectives.contains("12 supported; not: 6.2.1-b (partly-supported)"), "{objectives}");
    // The head holds whatever a row shows.
    let heads: BTreeSet<&str> = checklist["open_findings"].as_array().unwrap().iter().map(|finding| finding["fingerprint"].as_str().unwrap()).collect();
    for row in rows(&checklist) {
        for finding in row["findings"].as_array().unwrap() {
            assert!(heads.contains(finding["fingerprint"].as_str().unwrap()), "{}: {finding}", row["id"]);
        }
    }
}

#[test]
fn a_team_from_outside_is_asked_about_its_ties() {
    for kind in ["stage1", "stage2", "surveillance", "recertification"] {
        let checklist = checklist(&["--audit", kind, "--auditor", "Max Body"]);
        let independence = &checklist["independence"];
        assert!(
            independence["responsible"].as_array().unwrap().is_empty() && independence["warnings"].as_array().unwrap().is_empty(),
            "{kind}: {independence}"
        );
        let ties = independence["ties"].to_string();
        for word in ["advise", "internal audits", "train", "last two years"] {
            assert!(ties.contains(word), "{kind}: {ties}");
        }
    }
    let own = checklist(&["--audit", "internal"]);
    assert!(own["independence"]["ties"].as_array().unwrap().is_empty());
    assert!(!own["independence"]["responsible"].as_array().unwrap().is_empty());
}

#[test]
fn stage_1_counts_what_no_audit_covered_and_how_old_the_records_are() {
    let gaps = of_gaps(&["--audit", "stage1"]);
    let covered = row(&gaps, "stage1:audit-programme")["facts"].to_string();
    assert!(covered.contains("Sub-clauses that no report covers yet: 14 (8.4.3, 8.5.1.1,") && covered.contains("Change management"), "{covered}");
    let ages = row(&gaps, "stage1:record-periods")["facts"].to_string();
    for word in [
        "90 days; that is a rule of thumb of certification bodies",
        "Incident management: 279 days from INC-2026-001 of 2026-01-09",
        "No dated record held here",
    ] {
        assert!(ages.contains(word), "{word} in {ages}");
    }
    let complete = checklist(&["--audit", "stage1"]);
    assert!(row(&complete, "stage1:audit-programme")["facts"].to_string().contains("Sub-clauses that no report covers: none"));
}

#[test]
fn there_are_sheets_for_what_the_auditor_finds() {
    for (kind, heads, line) in [
        ("stage1", "| No. | Requirement | Area of concern | Objective evidence |\n", "Recommendation"),
        ("stage2", "| No. | Requirement | What was found | Objective evidence | Grade |\n", "Conclusion"),
        ("surveillance", "| No. | Requirement | What was found | Objective evidence | Grade |\n", "Conclusion"),
    ] {
        let markdown = Repo::plain().run_in(&complete(), &["checklist", "--audit", kind]).stdout;
        assert!(markdown.contains(heads) && markdown.contains("\n| 8 | |") && markdown.contains(line), "{kind}");
        let html = Repo::plain().run_in(&complete(), &["checklist", "--audit", kind, "--format", "html"]).stdout;
        assert!(html.contains("id=\"_sheet\"") && html.contains("<th scope=\"row\">8</th>") && html.contains(line), "{kind}");
    }
    let own = Repo::plain().run_in(&complete(), &["checklist"]).stdout;
    assert!(!own.contains("| No. | Requirement |"));
}
