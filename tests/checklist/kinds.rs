//! Every kind of audit: what each looks at, how it speaks, and which year or part of the system it sees.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::support::{Output, Repo, policy};
use crate::{checklist, checklist_in, complete, ids, of_gaps, requirements, row, rows};

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
    let said = policy["documents_say"].as_str().unwrap();
    assert!(
        said.starts_with("Change management policy (examples/gaps/sms/change-policy.md): status draft, version 1.1, not approved; the approval by Sunita Rao"),
        "{said}"
    );
    assert!(said.contains("1 open finding points at what is named here"), "{said}");
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
fn stage_1_counts_what_no_audit_covered_and_how_old_the_records_are() {
    let gaps = of_gaps(&["--audit", "stage1"]);
    let covered = row(&gaps, "stage1:audit-programme")["facts"].to_string();
    assert!(covered.contains("Sub-clauses that no report covers yet: 14 (8.4.3, 8.5.1.1,") && covered.contains("Change management"), "{covered}");
    assert!(covered.contains("The next is planned for 2026-11-24 (AUD-2026-3, examples/gaps/sms/audit-programme.yaml:42), and is to cover all"), "{covered}");
    // A report that lists its processes says by that which it did not look at, whatever sub-clauses it names.
    for words in [
        "Processes that no report covers yet: 11 (Asset management, Configuration management, ",
        "Of these processes a report names the sub-clauses and not the process: Asset management 8.2.5; Configuration management 8.2.6",
    ] {
        assert!(covered.contains(words), "{words} in {covered}");
    }
    let summary = gaps["summary"].to_string();
    for words in [
        "Sub-clauses that no report covers yet: 14 (8.4.3",
        "2026-11-24",
        "for 19 of the 26 processes that the clause map knows the earliest is 90 days old or more",
    ] {
        assert!(summary.contains(words), "{words} in {summary}");
    }
    let ages = row(&gaps, "stage1:record-periods")["facts"].to_string();
    for word in [
        "90 days; that is a rule of thumb of certification bodies",
        "Incident management: 279 days from INC-2026-001 of 2026-01-09",
        // A figure of incident management is no record of another process.
        "No dated record held here, entries of registers not counted: Service delivery; ",
    ] {
        assert!(ages.contains(word), "{word} in {ages}");
    }
    let complete = checklist(&["--audit", "stage1"]);
    assert!(row(&complete, "stage1:audit-programme")["facts"].to_string().contains("Sub-clauses that no report covers: none"));
}

#[test]
fn open_findings_stand_by_their_numbers_and_say_how_many_others_there_are() {
    for kind in ["stage1", "stage2"] {
        let gaps = of_gaps(&["--audit", kind]);
        let open = gaps["open_findings"].as_array().unwrap();
        let numbers: Vec<usize> = open.iter().map(|finding| finding["number"].as_str().unwrap()[1..].parse().unwrap()).collect();
        assert!(numbers.is_sorted_by(|left, right| left < right), "{numbers:?}");
        for row in rows(&gaps) {
            for finding in row["findings"].as_array().unwrap() {
                assert!(open.contains(finding), "{}: {finding}", row["id"]);
            }
        }
    }
    let stage1 = of_gaps(&["--audit", "stage1"]);
    // The procedure by which documents are kept under control is itself one that stage 1 reads.
    assert!(stage1["open_findings"].to_string().contains("sms/document-control.md:57"), "{}", stage1["open_findings"]);
    let number = stage1["open_findings"].as_array().unwrap().len();
    let note = stage1["open_note"].as_str().unwrap();
    assert!(note.starts_with(&format!("{number} of 37 open findings of this review; the others belong to what this audit does not look at")), "{note}");
    // Stage 1 is the review of documents: their control belongs to it where it looks at them.
    let control = stage1["open_findings"].as_array().unwrap().iter().filter(|finding| finding["requirements"].as_str().unwrap().starts_with("7.5."));
    assert!(control.count() > 2, "{stage1}");
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

#[test]
fn the_same_bytes_twice_and_nothing_is_certified() {
    let run = || -> Output { Repo::plain().run_in(&complete(), &["checklist", "--audit", "stage2"]) };
    let (one, other) = (run(), run());
    assert_eq!(one, other);
    for word in ["compliant", "is certified as", "conforms to"] {
        assert!(!one.stdout.contains(word), "{word}");
    }
    // What is confirmed on sight shares a table, and so does what hangs on one question; every requirement is there.
    let ids = requirements(&checklist(&["--audit", "stage2"]));
    assert_eq!(ids.len(), 388);
    for id in ids {
        assert!(one.stdout.lines().any(|line| line.starts_with(&format!("| {id} |"))), "{id}");
    }
}

#[test]
fn a_record_that_names_whom_to_ask_is_asked_of_that_person() {
    let gaps = of_gaps(&["--audit", "stage2"]);
    // Who is asked for the last change that was turned down has it in front of him, and no other.
    let turned_down = row(&gaps, "stage2:change-approver");
    assert_eq!(turned_down["evidence"].as_array().unwrap().len(), 1, "{turned_down}");
    assert!(turned_down["evidence"][0]["path"].as_str().unwrap().ends_with("CHG-2026-009.yaml"), "{turned_down}");
    assert!(turned_down["look_at"].to_string().contains("the latest that was turned down"), "{turned_down}");
    // The procedure is another's; this incident was Henrik Dahl's.
    assert_eq!(row(&gaps, "sample:major-incident-review/MIR-2026-01")["whom"], "named in the record: Henrik Dahl");
    assert_eq!(row(&gaps, "sample:nonconformity-record/NC-2026-03")["people"].to_string(), "[\"Farah Siddiq\"]");
    // "idea, told to Farah Siddiq" in a row of the report; "told on the spot" in another tells nobody.
    assert_eq!(row(&gaps, "report:IAR-2026-02/2")["whom"], "Farah Siddiq");
    assert_eq!(row(&gaps, "report:IAR-2026-01/5")["whom"], "SMS manager: Kerstin Vogel");
}
