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
fn one_more_record_moves_one_and_another_seed_moves_many() {
    let (before, lot) = sample(&incidents(120), &[]);
    assert_eq!(lot["population"], 120);
    assert_eq!(before.len(), 11, "the square root, rounded up");
    assert!(before.contains("sample:incident-record/INC-0033"), "a major incident is taken whole");
    let (after, _) = sample(&incidents(121), &[]);
    assert!(before.difference(&after).count() <= 1, "{before:?} {after:?}");
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
    for word in ["Population: ", "from 2025-10-16 to 2026-10-15", "Taken whole: ", "emergency", "failed"] {
        assert!(method.contains(word), "{method}");
    }
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
    assert!(previous["since"].as_str().unwrap().contains("the last internal audit, IAR-2026-03"), "{previous}");
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
