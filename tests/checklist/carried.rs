//! What earlier work brings along: findings of the last audits, answers that were kept, and who may not audit what.

use serde_json::Value;

use crate::support::{Repo, policy};
use crate::{checklist, checklist_in, complete, ids, of_gaps, requirements, row, rows};

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
    // No audit that is still planned looks at 9.2, so nobody is named for it.
    let nobody = checklist(&["--clause", "9.2"]);
    assert!(nobody["independence"]["line"].as_str().unwrap().starts_with("No auditor is named"));
    assert_eq!(nobody["audit"]["number"], "");
    let people = nobody["independence"]["responsible"].to_string();
    assert!(people.contains("Joanna Frost") && people.contains("Ravi Menon"), "who audited before: {people}");
}

#[test]
fn an_internal_audit_is_taken_from_the_programme_where_nobody_names_an_auditor() {
    let place = "examples/complete/records/audits/audit-programme-2026.md:25";
    let next = checklist(&[]);
    let audit = &next["audit"];
    assert_eq!(
        (audit["number"].as_str(), audit["dates"].as_str(), audit["auditor"].as_str()),
        (Some("AUD-2026-Q4"), Some("2026-12-08, as planned"), Some("Joanna Frost"))
    );
    let scope = audit["scope"].as_str().unwrap();
    assert!(scope.contains("context, portfolio, relationships, supply, Leeds, Ironbark") && scope.ends_with(place), "{scope}");
    let line = next["independence"]["line"].as_str().unwrap();
    assert!(line.starts_with("The audit programme names Joanna Frost for AUD-2026-Q4 on 2026-12-08") && line.contains("answers for nothing"), "{line}");
    assert_eq!(next["sign_off"][0]["name"], "Joanna Frost");
    // A part is taken from the audit that looks at it.
    let part = checklist(&["--clause", "8.6"]);
    assert_eq!((part["audit"]["number"].as_str(), part["audit"]["auditor"].as_str()), (Some("AUD-2027-Q1"), Some("Ravi Menon")));
    // Who is named on the command line, and who comes from outside, is not the programme's.
    for arguments in [&["--auditor", "Max Body"][..], &["--audit", "stage2"]] {
        let other = checklist(arguments);
        assert_eq!(other["audit"]["number"], "", "{arguments:?}");
        assert!(!other["independence"]["line"].as_str().unwrap().contains("programme"), "{arguments:?}");
    }
}

#[test]
fn who_is_accountable_by_the_statement_of_applicability_stands_in_the_table_of_independence() {
    let all = checklist(&[]);
    let people = all["independence"]["responsible"].as_array().unwrap();
    for (person, clause) in [("Ben Hartley", "7.5.1"), ("Fiona Doyle", "7.2"), ("Tomas Reyes", "7.1"), ("Priya Nair", "9.1"), ("Priya Nair", "6.1.2")] {
        let is_it = |one: &&Value| one["person"] == person && one["clauses"].as_str().unwrap().split(", ").any(|own| own == clause);
        let found = people.iter().find(is_it).unwrap_or_else(|| unreachable!("{person} for {clause} in {people:#?}"));
        assert!(
            found["what"].as_str().unwrap().contains("accountable") && found["place"].as_str().unwrap().contains("statement-of-applicability.yaml:"),
            "{found}"
        );
    }
    let own = checklist(&["--auditor", "Ben Hartley", "--clause", "7.5"]);
    assert!(own["independence"]["line"].as_str().unwrap().contains("not independent for 7.5.1"), "{}", own["independence"]);
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
fn a_finding_that_only_a_report_tells_is_looked_for_in_all_documents() {
    let gaps = of_gaps(&["--audit", "stage2"]);
    let said = |checklist: &Value, id: &str| row(checklist, id)["documents_say"].as_str().unwrap().to_owned();
    let followed = said(&gaps, "report:IAR-2026-01/4");
    assert!(followed.starts_with("named in examples/gaps/records/improvements.yaml:13-28 (IMP-2026-01: done; None found on 2026-07-03)"), "{followed}");
    let told = said(&gaps, "report:IAR-2026-01/5");
    assert!(told.starts_with("not matched to a record by its id; names the audit, perhaps this finding: "), "{told}");
    // The review speaks of several ideas at once, and of none by its words.
    assert!(told.contains("examples/gaps/records/MR-2026-01.md:35 \u{201c}two ideas of the audit taken up\u{201d}"), "{told}");
    assert!(!told.contains("improvements.yaml"), "that record is about another row: {told}");
    let complete = checklist(&["--audit", "stage2"]);
    let named = said(&complete, "report:IAR-2025-02/2");
    assert!(
        named.contains("process-performance-2025-Q4.yaml:95-96 \u{201c}The peak of Harlow & Finch before Christmas was missing") && !named.contains("README"),
        "{named}"
    );
    for (id, quoted) in [
        ("report:IAR-2026-01/2", "MR-2026-01.md:54 \u{201c}The observation on back-out plans was taken up"),
        ("report:IAR-2026-02/2", "MR-2026-02.md:54 \u{201c}The observation on reviewing security controls in one go was taken up"),
        ("report:IAR-2026-03/2", "MR-2026-02.md:122 \u{201c}Induction names the objective of the newcomer's team"),
        ("report:IAR-2026-03/3", "MR-2026-02.md:121 \u{201c}Ideas of the desk are entered by the shift lead"),
    ] {
        let named = said(&complete, id);
        assert!(named.starts_with("not matched to a record by its id; names the audit, perhaps this finding: ") && named.contains(quoted), "{id}: {named}");
    }
    // What the reviews say of the other observations is none of this one.
    let other = said(&complete, "report:IAR-2026-01/3");
    assert!(other.contains("three observations in all") && !other.contains("back-out"), "{other}");
    let silent = said(&gaps, "report:IAR-2026-02/2");
    assert!(silent.contains("names the audit; read there whether this finding is meant: "), "{silent}");
    let repo = Repo::plain();
    repo.write(
        "IAR-1.md",
        "---\nkind: internal-audit-report\nid: IAR-1\ndate: 2026-06-01\nclauses: ['9.2']\n---\n# Internal audit\n\nHeld as planned.\n\n| No. | Clause | Finding | Grade |\n|---|---|---|---|\n| 1 | 9.2.2 | The plan came late | observation |\n| 2 | 9.4 | Figures lack a source | observation |\n",
    );
    repo.write("minutes.md", "# Minutes of 3 July\n\nOn IAR-1/2: sources will stand under each figure from August on.\n");
    let alone = checklist_in(&repo, repo.path(), &["--audit", "stage2"]);
    assert!(said(&alone, "report:IAR-1/1").starts_with("not matched to a record by its id; source"), "{}", said(&alone, "report:IAR-1/1"));
    assert!(said(&alone, "report:IAR-1/2").starts_with("named in minutes.md:3 (IAR-1/2)"), "{}", said(&alone, "report:IAR-1/2"));
}

#[test]
fn concerns_of_stage_1_are_entered_and_not_made_up() {
    let gaps = of_gaps(&["--audit", "stage2"]);
    let concerns = row(&gaps, "stage2:concerns-settled");
    assert!(concerns["findings"].as_array().unwrap().is_empty() && concerns["documents_say"] == "", "{concerns}");
    let since = gaps["previous"]["since"].as_str().unwrap();
    // Documents plan stage 1 for a day that is still to come.
    let planned = "stage 1 is planned for 2026-11-17 (examples/gaps/records/MR-2026-02.md:67)";
    assert!(since.contains(planned) && since.contains("nothing shows that any visit") && !since.contains("before this one"), "{since}");
    let said = format!("Documents say {planned}; nothing shows that it was held.");
    assert_eq!(gaps["summary"][0], said.as_str());
    assert!(gaps["stage1_concerns"].as_str().unwrap().starts_with(&said));
    let later = checklist(&["--audit", "stage2"]);
    assert!(later["previous"]["since"].as_str().unwrap().contains("no visit of a certification body but stage 1 comes before"), "{}", later["previous"]);
    assert!(!later["summary"].to_string().contains("stage 1 is planned"), "{}", later["summary"]);
    // What no internal audit has reached is asked for again at stage 2, and stands on its front.
    let summary = gaps["summary"].to_string();
    assert!(summary.contains("Sub-clauses that no report covers yet: 14 (8.4.3, ") && summary.contains("planned for 2026-11-24"), "{summary}");
    assert!(row(&gaps, "stage2:audit-coverage")["whom"].as_str().unwrap().ends_with("Kerstin Vogel"));
    let markdown = Repo::plain().run_in(&complete(), &["checklist", "--audit", "stage2"]).stdout;
    assert!(markdown.contains("The report of stage 1 is not held here: enter its areas of concern."));
    assert!(markdown.contains("| No. | Area of concern | Requirement | What was done | Settled |\n"));
    let stage1 = of_gaps(&["--audit", "stage1"]);
    assert!(stage1["stage1_concerns"].is_null() && stage1["previous"]["since"].as_str().unwrap().contains("no visit of a certification body came before"));
    assert!(row(&stage1, "stage1:concerns")["findings"].as_array().unwrap().is_empty());
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
