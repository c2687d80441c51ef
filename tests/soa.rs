//! The statement of applicability: every value says where it comes from, nothing is planned in silence, and what cannot
//! be is refused.
#![expect(clippy::unwrap_used, reason = "a test may fall, and says where")]
#![allow(dead_code, reason = "each test crate uses a part of the support")]

mod support;

use serde_json::Value;
use support::{Output, Repo, document, example};

/// A register entry in the statement of a small organization.
const PROCESSES: &str = "kind: process-register
entries:
  - {id: P1, process: incident management, owner: Jane Doe, performed_by: 'Small Firm, first look by Helpers Ltd'}
  - {id: P2, process: problem management, owner: Joe Bloggs, performed_by: Small Firm}
  - {id: P3, process: change management, owner: Hana Low, performed_by: Strangers Ltd}
";

const PARTIES: &str = "kind: other-party-register
entries:
  - {id: PTY-HELP, party: Helpers Ltd, type: external supplier, processes: [incident management - first look], agreement: CON-1, accountable: Jane Doe}
";

/// Enough records that the processes above are seen to be done.
fn small_firm() -> Repo {
    let repo = Repo::new();
    repo.write("clausewise.yaml", "organization: {name: Small Firm Ltd}\nroles: {top_management: [Ann Chief]}\n");
    repo.write("policy.md", support::policy());
    repo.write("processes.yaml", PROCESSES);
    repo.write("parties.yaml", PARTIES);
    repo.write("incidents.yaml", "kind: incident-record\nrecords:\n  - {id: INC-1, title: No mail, opened: 2026-08-01, priority: 2, status: closed, closed: 2026-08-01, service: SVC-1}\n");
    repo.write("problems.yaml", "kind: problem-record\nrecords:\n  - {id: PRB-1, title: Mail stops, opened: 2026-08-02, status: open, priority: 2}\n");
    repo.write(
        "changes.yaml",
        "kind: change-record\nrecords:\n  - {id: CHG-1, title: New relay, requested_on: 2026-08-03, category: normal, status: requested}\n",
    );
    repo
}

fn soa(repo: &Repo) -> Value {
    let output = repo.run(&["soa", "--format", "json"]);
    assert_eq!(output.code, Some(0), "{output:?}");
    serde_json::from_str(&output.stdout).unwrap()
}

fn row<'all>(soa: &'all Value, clause: &str) -> &'all Value {
    soa["rows"].as_array().unwrap().iter().find(|row| row["clause"] == clause).unwrap()
}

fn remarks(value: &Value) -> String {
    value["remarks"].as_array().unwrap().iter().map(|remark| remark["text"].as_str().unwrap().to_owned()).collect::<Vec<_>>().join("\n")
}

/// The statement of one of the project's own examples.
fn of_example(name: &str, arguments: &[&str]) -> Output {
    Repo::plain().run_in(&example(name), &[&["soa"], arguments].concat())
}

fn example_json(name: &str) -> Value {
    let output = of_example(name, &["--format", "json"]);
    assert_eq!(output.code, Some(0), "{}", output.stderr);
    serde_json::from_str(&output.stdout).unwrap()
}

#[test]
fn a_complete_system_says_who_performs_every_sub_clause() {
    let soa = example_json("complete");
    let rows = soa["rows"].as_array().unwrap();
    assert_eq!(rows.len(), 63);
    assert_eq!(rows.iter().map(|row| row["items"].as_array().unwrap().len()).sum::<usize>(), 388);
    for row in rows {
        assert_eq!(row["applicable"], "yes");
        let answer = if row["clause"] == "8.3.1" { "heading" } else { "stated" };
        assert_eq!(row["status"]["answer"], answer, "{row:#}");
        assert_ne!(row["status"]["status"], "planned");
        if answer == "stated" {
            assert!(!row["performed_by"].as_array().unwrap().is_empty() && !row["accountable"].as_array().unwrap().is_empty(), "{row:#}");
        }
    }
    let incidents = row(&soa, "8.6.1");
    // The description of a process counts where no requirement asks for one.
    let rests_on: Vec<&str> = incidents["documents"].as_array().unwrap().iter().map(|document| document["path"].as_str().unwrap()).collect();
    assert_eq!(rests_on, ["examples/complete/procedures/major-incident.md", "examples/complete/processes/incident.md"]);
    assert_eq!(incidents["status"]["status"], "performed-with-others");
    assert!(incidents["controls"][0]["value"].as_str().unwrap().contains("performance"));
    assert_eq!(soa["parties"].as_array().unwrap().len(), 6);
    assert!(soa["parties"].as_array().unwrap().iter().all(|party| party["control_record"].is_object() && party["accountable"].is_object()));
    assert_eq!(soa["services"].as_array().unwrap().len(), 6);
    let checks = soa["scope_checks"].as_array().unwrap().iter().chain(soa["rules"].as_array().unwrap());
    assert!(checks.clone().all(|check| check["result"] != "not-found"), "{:#?}", checks.collect::<Vec<_>>());
}

#[test]
fn registers_say_what_a_statement_does_not() {
    let repo = small_firm();
    let soa = soa(&repo);
    let problems = row(&soa, "8.6.3");
    assert_eq!(problems["status"]["status"], "performed");
    assert_eq!(problems["accountable"][0]["value"], "Joe Bloggs");
    assert_eq!(problems["accountable"][0]["from"], "processes.yaml:4");
    let incidents = row(&soa, "8.6.1");
    assert_eq!(incidents["status"]["status"], "performed-with-others");
    assert_eq!(incidents["other_parties"][0]["value"], "PTY-HELP");
    assert!(remarks(incidents).contains("no record of how it performs was found"), "{incidents:#}");
    let leadership = row(&soa, "5.2.1");
    assert_eq!(leadership["performed_by"][0]["value"], "top management: Ann Chief");
    assert_eq!(leadership["performed_by"][0]["basis"], "configuration");
}

#[test]
fn a_performer_that_no_register_knows_is_no_unit_of_ours() {
    let soa = soa(&small_firm());
    let changes = row(&soa, "8.5.1.3");
    assert_eq!(changes["status"]["answer"], "to-be-stated");
    assert!(remarks(changes).contains("\u{201c}Strangers Ltd\u{201d} is neither in the register of other parties"), "{changes:#}");
    assert!(!serde_json::to_string(&soa).unwrap().contains("\"planned\""));
}

#[test]
fn an_exclusion_is_refused_and_not_repeated() {
    let repo = small_firm();
    let rows = "  - {clause: 8.6.2, status: excluded, condition: we excluded it, accountable: Jane Doe}\n  - {clause: 8.6.3, status: performed, performed_by: Problem team}\n";
    repo.write("soa.yaml", format!("kind: statement-of-applicability\nid: SOA\nversion: 0.3\nentries:\n{rows}"));
    let soa = soa(&repo);
    let refused = row(&soa, "8.6.2");
    assert_eq!(refused["status"]["answer"], "refused");
    assert_eq!(refused["status"]["status"], Value::Null);
    assert_eq!(refused["status"]["path"], "soa.yaml");
    assert_eq!(refused["status"]["line"], 5);
    let cited = refused["remarks"][0]["finding"].as_str().unwrap();
    let found = repo.assess(&[]);
    let finding = found["findings"].as_array().unwrap().iter().find(|finding| finding["fingerprint"] == cited).unwrap();
    assert_eq!(finding["rule"], "requirement-excluded");
    assert_eq!(row(&soa, "8.6.3")["performed_by"][0]["value"], "Problem team");
    // The word stands in the declaration and in what tells of the finding, and nowhere else.
    let text = repo.run(&["soa"]).stdout;
    let lines: Vec<&str> = text.lines().filter(|line| line.to_lowercase().contains("exclu")).collect();
    assert!(lines.iter().all(|line| line.contains("has been excluded.") || line.contains("requirement-excluded")), "{lines:#?}");
}

#[test]
fn what_was_not_triggered_is_shown_with_its_proof_and_never_over_a_whole_process() {
    let repo = small_firm();
    let rows = "  - {clause: 8.6.1, status: not-triggered, condition: no major incident, period_to: 2026-12-31}\n  - {clause: 4.1, status: performed-by-others, other_party: PTY-HELP}\n";
    repo.write("soa.yaml", format!("kind: statement-of-applicability\nid: SOA\nentries:\n{rows}"));
    let soa = soa(&repo);
    assert_eq!(row(&soa, "8.6.1")["status"]["answer"], "refused");
    assert!(row(&soa, "8.6.1")["status"]["from"].as_str().unwrap().contains("never the capability"));
    assert_eq!(row(&soa, "4.1")["status"]["answer"], "refused");
    let internal = row(&soa, "8.3.4.2");
    assert_eq!(internal["status"]["status"], "not-triggered", "{internal:#}");
    assert!(internal["condition"]["proof"].as_str().unwrap().contains("register of other parties (1 entry"));
    assert_eq!(internal["condition"]["period_to"], support::AS_OF);
}

#[test]
fn planned_names_its_action() {
    let repo = small_firm();
    let rows = "  - {clause: 7.2, status: planned, action: IMP-4 until March}\n  - {clause: 7.3, status: planned}\n";
    repo.write("soa.yaml", format!("kind: statement-of-applicability\nid: SOA\nentries:\n{rows}"));
    let soa = soa(&repo);
    assert_eq!(row(&soa, "7.2")["status"]["status"], "planned");
    assert!(remarks(row(&soa, "7.2")).contains("action: IMP-4 until March"));
    assert!(remarks(row(&soa, "7.3")).contains("planned names its action, and none is named here"));
}

#[test]
fn a_repository_that_says_nothing_leaves_everything_to_be_stated() {
    let repo = Repo::plain();
    repo.write(
        "incident-management.md",
        "# Incident management process\n\nWe record every incident and classify it by impact and urgency before somebody works on it.\n",
    );
    repo.write("notes.csv", "a,b\n1,2\n");
    let soa = soa(&repo);
    for row in soa["rows"].as_array().unwrap() {
        let answer = if row["clause"] == "8.3.1" { "heading" } else { "to-be-stated" };
        assert_eq!(row["status"]["answer"], answer, "{row:#}");
    }
    assert_eq!(soa["scope"], Value::Null);
    assert_eq!(soa["scope_checks"][0]["result"], "not-found");
}

#[test]
fn the_same_repository_gives_the_same_bytes_and_items_only_where_asked() {
    for form in ["md", "json", "csv"] {
        assert_eq!(of_example("gaps", &["--format", form]), of_example("gaps", &["--format", form]), "{form}");
    }
    let short = of_example("complete", &[]).stdout;
    let long = of_example("complete", &["--items"]).stdout;
    assert!(!short.contains("| 8.6.1-s3 |") && long.contains("| 8.6.1-s3 |"));
    assert_eq!(of_example("complete", &["--format", "csv"]).stdout.lines().filter(|line| line.starts_with("\"10.")).count(), 3);
}

#[test]
fn the_json_is_as_its_schema_says() {
    let repo = small_firm();
    repo.write("scope.md", document("scope-statement", "SCOPE"));
    let schema: Value =
        serde_json::from_str(&repo.program(repo.path()).args(["schema", "soa"]).output().map(|output| String::from_utf8(output.stdout).unwrap()).unwrap())
            .unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    for value in [soa(&repo), example_json("complete"), example_json("gaps"), example_json("starter")] {
        let faults: Vec<String> = validator.iter_errors(&value).map(|fault| format!("{}: {fault}", fault.instance_path())).collect();
        assert!(faults.is_empty(), "{faults:#?}");
    }
}

/// The head of a draft keeps the approval of the version before; that is none of the draft.
#[test]
fn a_draft_is_never_shown_as_approved() {
    let repo = small_firm();
    let documents = |repo: &Repo| row(&soa(repo), "5.2.1")["documents"].clone();
    let before = documents(&repo);
    assert!(before[0]["approved_on"].is_string() && before[0]["status"].is_null(), "{before:#}");
    repo.write("policy.md", support::policy().replace("status: approved", "status: draft"));
    let after = documents(&repo);
    assert!(after[0]["approved_on"].is_null() && after[0]["status"] == "draft", "{after:#}");
    assert!(repo.run(&["soa"]).stdout.contains("draft, not approved"));
}

/// The rows of the one table: those of six columns under the heading of the statement.
fn table_rows(text: &str) -> Vec<&str> {
    let statement = text.split("## Statement by clause").nth(1).and_then(|rest| rest.split("\n## ").next()).unwrap();
    statement.lines().filter(|line| line.starts_with("| ") && line.contains('.') && line.matches(" | ").count() == 5).collect()
}

#[test]
fn one_table_holds_every_sub_clause_and_what_holds_for_all_is_said_once() {
    for name in ["complete", "gaps", "starter"] {
        let soa = example_json(name);
        let text = of_example(name, &[]).stdout;
        let rows = table_rows(&text);
        assert_eq!(rows.len(), 63, "{rows:#?}");
        for (row, line) in soa["rows"].as_array().unwrap().iter().zip(rows) {
            assert!(line.starts_with(&format!("| {} | ", row["clause"].as_str().unwrap())), "{line}");
            assert!(line.contains(row["status"]["word"].as_str().unwrap()), "{line}");
            for number in row["documents"].as_array().unwrap() {
                assert!(text.contains(number["title"].as_str().unwrap()), "{number}");
            }
        }
        assert_eq!(text.matches("Applicable: yes").count(), 1);
        assert!(text.matches("no register and no statement says").count() <= 1);
        assert!(text.contains("for all 63 sub-clauses"));
        let page = of_example(name, &["--format", "html"]).stdout;
        assert!(page.matches("no register and no statement says").count() <= 1 && page.matches("Applicable").count() < 5);
    }
}

#[test]
fn every_source_of_a_row_stands_in_the_last_annex() {
    let soa = example_json("complete");
    let text = of_example("complete", &[]).stdout;
    let annex = text.split("## Annex: where each row is said").nth(1).unwrap();
    assert!(annex.contains("S1: `governance/statement-of-applicability.yaml`"), "{}", &annex[..300]);
    let incidents = row(&soa, "8.6.1");
    let line = annex.lines().find(|line| line.starts_with("| 8.6.1 |")).unwrap();
    for (name, said) in [("status", &incidents["status"]), ("done by", &incidents["performed_by"][0]), ("accountable", &incidents["accountable"][0])] {
        assert!(line.contains(&format!("{name} {}", said["line"])), "{line}");
    }
    assert!(text.contains("Reviewed: every row, by "));
}

#[test]
fn whom_registers_name_is_proposed_and_never_stated() {
    let gaps = example_json("gaps");
    // The owner of the process that the sub-clause belongs to; the holder of the post that is asked; both to be confirmed.
    for (clause, who, from) in [
        ("10.1.1", "Kerstin Vogel (owner of the process improvement)", "sms/processes.yaml:"),
        ("7.2", "Olu Bankole (Finance and office manager)", "sms/roles.yaml:38"),
        ("7.5.1", "Kerstin Vogel (SMS manager)", "sms/roles.yaml:23"),
        ("6.1.3", "Kerstin Vogel (SMS manager)", "sms/roles.yaml:23"),
    ] {
        let row = row(&gaps, clause);
        assert_eq!((row["status"]["answer"].as_str(), row["proposed"]["value"].as_str()), (Some("to-be-stated"), Some(who)), "{clause}");
        assert!(row["proposed"]["from"].as_str().unwrap().contains(from), "{row}");
        assert_eq!(row["performed_by"], serde_json::json!([]), "{clause}");
    }
    assert!(row(&gaps, "8.6.1")["proposed"].is_null(), "what is stated is not proposed");
    let text = of_example("gaps", &["--format", "md"]).stdout;
    assert!(text.contains("Proposed, to be confirmed") && text.contains("| no register and no statement says who performs it | 23 |"), "{text}");
    assert!(text.contains("| Olu Bankole (Finance and office manager) | examples/gaps/sms/roles.yaml:38 | "), "{text}");
    // A register that only seems to be one proposes nobody.
    let repo = Repo::plain();
    repo.write("docs/roles.md", "# Roles and responsibilities\n\n| Role | Holder | Responsibility |\n|---|---|---|\n| HR manager | Bo Dale | Staff |\n");
    assert!(soa(&repo)["rows"].as_array().unwrap().iter().all(|row| row["proposed"].is_null()));
}

#[test]
fn six_questions_before_a_claim_show_what_documents_say_and_ask_the_rest() {
    let soa = example_json("gaps");
    let claim = soa["claim"].as_array().unwrap();
    assert_eq!(claim.iter().map(|asked| asked["id"].as_str().unwrap()).collect::<Vec<_>>(), ["claim-1", "claim-2", "claim-3", "claim-4", "claim-5", "claim-6"]);
    let says = |at: usize| claim[at]["says"].as_array().unwrap().iter().map(|said| said["text"].as_str().unwrap()).collect::<Vec<_>>().join("\n");
    let asks = |at: usize| claim[at]["ask"].as_array().unwrap().iter().map(|said| said.as_str().unwrap()).collect::<Vec<_>>().join("\n");
    assert!(says(0).contains("Helpdesk") && says(0).contains("Bryngarth") && says(0).contains("Owen Bramwell"), "{}", says(0));
    assert!(claim[0]["says"][0]["places"][0].as_str().unwrap().starts_with("examples/gaps/services/catalogue.yaml:"));
    assert!(says(2).contains("With others: incident management"), "{}", says(2));
    assert!(asks(4).contains("agreement with PTY-DUSK") && !asks(4).contains("NORDHALL"), "{}", asks(4));
    for form in ["md", "html"] {
        let text = of_example("gaps", &["--format", form]).stdout;
        assert!(claim.iter().all(|asked| text.contains(asked["question"].as_str().unwrap())), "{form}");
        assert!(text.contains("No confirmed document says; ask") && text.contains("services/catalogue.yaml:13, 24, 34"), "{form}");
    }
}

#[test]
fn where_documents_say_nothing_every_question_before_a_claim_is_asked() {
    let repo = Repo::plain();
    repo.write("a.md", "# A\n\nText.\n");
    for asked in soa(&repo)["claim"].as_array().unwrap() {
        assert!(asked["says"].as_array().unwrap().is_empty() && !asked["ask"].as_array().unwrap().is_empty(), "{asked:#}");
    }
    let quiet = small_firm();
    quiet.write("parties.yaml", "kind: other-party-register\nentries: []\n");
    let soa = soa(&quiet);
    assert!(soa["claim"][0]["says"].as_array().unwrap().iter().any(|said| said["text"] == "Top management: Ann Chief"), "{:#}", soa["claim"][0]);
    assert_eq!(soa["claim"][4]["says"][0]["text"], "The register of other parties names nobody");
}

/// Values of a field of a row.
fn values(row: &Value, field: &str) -> Vec<String> {
    row[field].as_array().unwrap().iter().map(|said| said["value"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_file_that_describes_two_processes_mixes_no_rows_of_their_register() {
    let soa = example_json("gaps");
    let requests = row(&soa, "8.6.2");
    assert_eq!(requests["status"]["word"], "performed", "{requests:#}");
    assert_eq!(values(requests, "performed_by"), ["Marlfield"]);
    assert!(requests["other_parties"].as_array().unwrap().is_empty());
    for (clause, person) in [("7.6", "Darren Pike"), ("8.4.1", "Olu Bankole"), ("8.4.3", "Lucia Moreno"), ("9.4", "Kerstin Vogel")] {
        assert_eq!(values(row(&soa, clause), "accountable"), [person], "{clause}");
    }
    assert_eq!(row(&soa, "8.6.1")["status"]["word"], "performed-with-others");
    assert_eq!(row(&soa, "8.2.3.2")["performed_by"][0]["line"], 40);
    // One line for each row of the register that says who performs the sub-clause, and no other.
    for row in soa["rows"].as_array().unwrap() {
        let register = "examples/gaps/sms/processes.yaml";
        let lines = row["performed_by"].as_array().unwrap().iter().filter(|said| said["path"] == register).count();
        assert!(lines <= 1, "{row:#}");
    }
}

#[test]
fn a_row_of_the_register_that_no_name_tells_is_told_by_a_description_of_its_own_only() {
    let repo = small_firm();
    repo.write("incident-management.md", document("incident-management-process", "PRC-INC"));
    let register = |rows: &str| repo.write("processes.yaml", format!("kind: process-register\nentries:\n{rows}"));
    register("  - {id: P1, process: first aid, owner: Jane Doe, performed_by: Small Firm, description: incident-management.md}\n");
    assert_eq!(values(row(&soa(&repo), "8.6.1"), "accountable"), ["Jane Doe"]);
    register(
        "  - {id: P1, process: first aid, owner: Jane Doe, performed_by: Small Firm, description: incident-management.md}\n  - {id: P2, process: incident management, owner: Joe Bloggs, performed_by: Small Firm, description: incident-management.md}\n",
    );
    assert_eq!(values(row(&soa(&repo), "8.6.1"), "accountable"), ["Joe Bloggs"]);
}

#[test]
fn a_party_that_a_register_of_controls_names_takes_part() {
    let soa = example_json("gaps");
    let controls = row(&soa, "8.7.3.2");
    assert_eq!(controls["status"]["word"], "performed-with-others", "{controls:#}");
    assert_eq!(values(controls, "other_parties"), ["PTY-NORDHALL", "PTY-DUSK"]);
    assert!(values(controls, "performed_by").contains(&"PTY-DUSK: CTL-04".to_owned()), "{controls:#}");
    assert_eq!(controls["other_parties"][0]["from"], "examples/gaps/services/security-controls.yaml:35");
    assert!(remarks(controls).contains("the register names PTY-DUSK in CTL-04; say whether it does a part of that or is only concerned"));
    // A statement that says who takes part has answered that.
    assert_eq!(remarks(row(&example_json("complete"), "8.7.3.2")), "");
    // Before a claim the same is said.
    let says = soa["claim"][2]["says"].as_array().unwrap();
    assert!(
        says.iter().any(|said| said["text"] == "With others: information security management (Marlfield, and PTY-NORDHALL, PTY-DUSK in 8.7.3.2)"),
        "{says:#?}"
    );
    assert!(says.iter().any(|said| said["text"].as_str().unwrap().starts_with("By itself, 23 processes")), "{says:#?}");
    let text = of_example("gaps", &[]).stdout;
    let title = text.split("annex \u{201c}").nth(1).and_then(|rest| rest.split('\u{201d}').next()).unwrap();
    assert!(text.contains(&format!("## Annex: {title}\n")), "{title}");
}

#[test]
fn places_in_prose_are_said_to_stand_in_prose() {
    let soa = example_json("gaps");
    let check = soa["scope_checks"].as_array().unwrap().iter().find(|check| check["id"] == "scope-locations-audited").unwrap();
    assert_eq!(check["words"], "places stand in prose and were not compared");
    assert_eq!(check["places"][0], "examples/gaps/sms/scope.md:42");
}

#[test]
fn an_agreement_past_its_end_is_shown_as_ended_with_the_finding() {
    let soa = example_json("gaps");
    let party = soa["parties"].as_array().unwrap().iter().find(|party| party["id"] == "PTY-NORDHALL").unwrap();
    assert_eq!(values(party, "agreements"), ["CON-NORDHALL-LINE version 1.0, ended 2026-08-31", "CON-NORDHALL version 1.1"]);
    assert_eq!(party["agreements"][0]["from"], "examples/gaps/services/contract-nordhall-line.md:15");
    assert!(remarks(party).contains("finding contract-expired: CON-NORDHALL-LINE"), "{party:#}");
    assert!(remarks(row(&soa, "8.3.4.1")).contains("finding contract-expired: CON-NORDHALL-LINE"));
    let text = of_example("gaps", &[]).stdout;
    assert_eq!(text.matches("CON-NORDHALL-LINE version 1.0").count(), text.matches("CON-NORDHALL-LINE version 1.0, ended 2026-08-31").count());
}

#[test]
fn a_service_that_was_entered_is_asked_about_in_all_that_depends_on_it() {
    let soa = example_json("gaps");
    for clause in ["8.5.2.1", "8.5.2.2", "8.5.2.3"] {
        let row = row(&soa, clause);
        assert_eq!(row["status"]["answer"], "to-be-stated", "{row:#}");
        let why = row["status"]["from"].as_str().unwrap();
        assert!(
            why.contains("SVC-FILE was entered on 2026-03-04 (") && why.contains("services/catalogue.yaml:45") && why.contains("was this a new service?"),
            "{why}"
        );
        assert!(!row["condition"]["proof"].as_str().unwrap().contains("a service was new"), "{row:#}");
    }
}

/// Statement, gap report and checklist tell of one state: the report asks once, and nothing counts as asked for before.
#[test]
fn what_depends_on_a_service_that_was_entered_is_one_question_in_all_three() {
    let question = "SVC-FILE was entered on 2026-03-04 (";
    let gap = |arguments: &[&str]| Repo::plain().run_in(&example("gaps"), &[&["gap"], arguments].concat()).stdout;
    let report = gap(&[]);
    let gap: Value = serde_json::from_str(&gap(&["--format", "json"])).unwrap();
    let item = |id: &str| gap["requirements"].as_array().unwrap().iter().find(|item| item["id"] == id).unwrap().clone();
    for id in ["8.5.1.2-a", "8.5.2.1-s0", "8.5.2.2-g", "8.5.2.3-s4"] {
        assert_eq!(item(id)["verdict"], "needs-auditor", "{:#}", item(id));
        assert!(item(id)["depends_on"].as_str().unwrap().starts_with(question), "{:#}", item(id));
    }
    let planning = gap["clauses"].as_array().unwrap().iter().find(|clause| clause["number"] == "8.5.2.1").unwrap();
    assert_eq!(planning["documents"]["of"], 0, "{planning:#}");
    let (_, questions) = report.split_once("## Open questions for interviews").unwrap();
    assert_eq!(questions.matches(question).count(), 1, "{questions}");
    assert!(questions.contains("22 requirements depend on it: 8.5.1.2-a"), "{questions}");
}

#[test]
fn what_depends_on_the_same_event_has_one_status() {
    let soa = soa(&small_firm());
    for clause in ["8.5.2.1", "8.5.2.2", "8.5.2.3"] {
        assert_eq!(row(&soa, clause)["status"]["word"], "not-triggered", "{:#}", row(&soa, clause));
    }
}

#[test]
fn what_a_sub_clause_demands_in_writing_and_nobody_found_is_remarked() {
    let soa = example_json("gaps");
    let capacity = row(&soa, "8.4.3");
    assert_eq!(capacity["status"]["word"], "performed");
    assert!(remarks(capacity).contains("what it demands in writing was not found: capacity requirements"), "{capacity:#}");
    let complete = example_json("complete");
    assert!(complete["rows"].as_array().unwrap().iter().all(|row| !remarks(row).contains("was not found")));
}

/// How the folder of a clone is called says nothing of what is in it, and two clones make the same bytes.
#[test]
fn a_repository_read_as_a_whole_is_called_by_its_state_and_not_by_a_dot() {
    let repo = small_firm();
    let folder = repo.path().file_name().unwrap().to_str().unwrap().to_owned();
    for command in ["soa", "gap", "checklist"] {
        let text = repo.run(&[command]).stdout;
        let line = text.lines().find(|line| line.starts_with("| State that was read")).unwrap();
        assert!(!line.contains(&folder) && !line.contains("`.`") && !line.contains('/'), "{line}");
    }
}

/// A promise in a list holds for what the list is about, which may be a part of all.
#[test]
fn an_interval_out_of_a_list_is_shown_with_what_leads_the_list_in() {
    let repo = small_firm();
    let list = "The most important suppliers:\n\n- Reports are read.\n- An annual contract review is held with each of them.\n";
    repo.write("suppliers.md", format!("{}\n## Watching\n\n{list}", document("supplier-management-process", "PRC-SUP")));
    let review =
        row(&soa(&repo), "8.3.4.1")["cycles"].as_array().unwrap().iter().find(|cycle| cycle["documented_information"] == "contract-review-record").cloned();
    let from = review.unwrap()["interval"]["from"].as_str().unwrap().to_owned();
    assert!(from.contains("in the list under \u{201c}The most important suppliers\u{201d}"), "{from}");
}
