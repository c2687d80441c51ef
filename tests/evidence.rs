//! Which line is cited for a requirement: the one that says it.
#![expect(clippy::unwrap_used, reason = "a test may fall, and says where")]

#[expect(dead_code, reason = "these stories need less than the faults do")]
mod support;

use support::{Assessment, Repo};

const SETTINGS: &str = "organization:\n  name: Example Services Ltd\n";

/// The lines of one document that are cited for a requirement.
fn cited(assessment: &Assessment, requirement: &str, path: &str) -> Vec<u64> {
    let mut all = assessment["requirements"].as_array().unwrap().iter();
    let evidence = all.find(|item| item["id"] == requirement).unwrap()["evidence"].as_array().unwrap();
    evidence.iter().filter(|evidence| evidence["path"] == path).map(|evidence| evidence["line"].as_u64().unwrap()).collect()
}

/// The line of a text on which a word stands first.
fn line_of(text: &str, word: &str) -> u64 {
    text.lines().position(|line| line.contains(word)).unwrap() as u64 + 1
}

fn plan(kind: &str, body: &str) -> String {
    format!(
        "---\ntitle: Service continuity plan\n{kind}owner: Jane Doe\nversion: \"1.0\"\n---\n# Service continuity plan\n\nThis plan tells what we do when a service is lost for long and who does it, step by step and in this order.\n\n{body}\n"
    )
}

#[test]
fn a_list_of_related_documents_is_no_evidence_and_no_fault_either() {
    const LINKS: &str = "## Related documents\n\n### Strategy\n\n- [Classification](classification.md) - Business impact definitions and classes\n- [Contact list](contacts.md)\n";
    const BOXES: &str = "## Before it counts\n\n- [ ] Maximum tolerable outage is agreed with the customer\n";
    for (kind, faults) in [("", 0), ("kind: service-continuity-plan\n", 0)] {
        let repo = Repo::new();
        repo.write("clausewise.yaml", SETTINGS);
        repo.write("plan.md", plan(kind, &format!("{LINKS}\n{BOXES}")));
        let assessment = repo.assess(&[]);
        let missing = |finding: &&serde_json::Value| finding["message"].as_str().unwrap().contains("Continuity requirements");
        assert_eq!(assessment.findings("continuity-plan-without-content", "plan.md").into_iter().filter(missing).count(), faults, "{kind}");
        if kind.is_empty() {
            assert_eq!(cited(&assessment, "8.7.2-s2", "plan.md"), Vec::<u64>::new(), "what is only thought to be the plan has to say it itself");
        }
        let said = plan(kind, &format!("{LINKS}\n{BOXES}\n## What must go on\n\nThe maximum tolerable outage of the payroll service is one day.\n"));
        repo.write("plan.md", &said);
        assert_eq!(cited(&repo.assess(&[]), "8.7.2-s2", "plan.md"), [line_of(&said, "of the payroll")], "{kind}");
    }
}

#[test]
fn the_passage_with_most_of_the_words_is_cited_and_the_first_among_equals() {
    let text = plan(
        "kind: service-continuity-plan\n",
        "## Roles and responsibilities\n\n### Activation team\n\n- Reads the plan once a year and trains the others\n\n## Emergency activation\n\nFollow the steps in this order.\n\n## Activation triggers\n\nA service that is down for more than four hours.\n\n## Activation triggers again\n\nA site that nobody can enter any more.\n",
    );
    let repo = Repo::new();
    repo.write("clausewise.yaml", SETTINGS);
    repo.write("plan.md", &text);
    assert_eq!(cited(&repo.assess(&[]), "8.7.2-a", "plan.md"), [line_of(&text, "## Activation triggers")]);
}

#[test]
fn a_field_is_shown_by_its_own_line() {
    let catalogue = "id: CAT\ntitle: Service catalogue\nkind: service-catalogue\nentries:\n  - id: SVC-PAY\n    name: Payroll\n    status: live\n";
    let portfolio =
        "id: PORT\ntitle: Service portfolio\nkind: service-portfolio\nentries:\n  - id: SPF-1\n    service: SVC-PAY\n    criticality: high\n    status: live\n";
    let repo = Repo::new();
    repo.write("clausewise.yaml", SETTINGS);
    repo.write("catalogue.yaml", catalogue);
    repo.write("portfolio.yaml", portfolio);
    let assessment = repo.assess(&[]);
    assert_eq!(cited(&assessment, "8.2.2-s2", "portfolio.yaml"), [line_of(portfolio, "criticality")]);
    assert_eq!(cited(&assessment, "8.2.2-s2", "catalogue.yaml"), Vec::<u64>::new());
}

/// The requirements of the only finding of a rule.
fn requirements_of(assessment: &Assessment, rule: &str, path: &str) -> Vec<String> {
    let found = assessment.findings(rule, path);
    assert_eq!(found.len(), 1, "{rule}: {found:#?}");
    found[0]["requirements"].as_array().unwrap().iter().map(|id| id.as_str().unwrap().to_owned()).collect()
}

fn reason(assessment: &Assessment, requirement: &str) -> String {
    let mut all = assessment["requirements"].as_array().unwrap().iter();
    all.find(|item| item["id"] == requirement).unwrap()["reason"].as_str().unwrap().to_owned()
}

#[test]
fn a_set_is_no_more_whole_than_its_members() {
    let parties = "id: PTY\ntitle: Other parties\nkind: other-party-register\nentries:\n  - {id: PTY-1, party: Alpha Lines, type: external supplier, status: active}\n  - {id: PTY-2, party: Beta Desk, type: external supplier, status: active}\n";
    let contract = "---\nid: CON-1\ntitle: Contract with Alpha Lines\nkind: supplier-contract\nparty: PTY-1\nowner: Jane Doe\nversion: \"1\"\n---\n# Contract with Alpha Lines\n\nAlpha Lines keeps the line of the office at work on all days, and mends it within four hours of a call.\n";
    let processes = "id: PRC\ntitle: Processes\nkind: process-register\nentries:\n  - id: P-1\n    process: change management\n    description: processes/change.md\n  - id: P-2\n    process: demand management\n    description: processes/demand.md\n";
    let change = "---\nid: PRC-1\ntitle: Change management process\nkind: change-management-process\nowner: Jane Doe\nversion: \"1\"\n---\n# Change management process\n\nEach change is asked for, weighed, approved, made and looked at afterwards by somebody who did not make it.\n";
    let repo = Repo::new();
    for (path, text) in [("clausewise.yaml", SETTINGS), ("parties.yaml", parties), ("contract.md", contract), ("processes.yaml", processes)] {
        repo.write(path, text);
    }
    repo.write("processes/change.md", change);
    repo.write("processes/demand.md", "");
    let assessment = repo.assess(&[]);
    assert_eq!(requirements_of(&assessment, "supplier-without-contract", "parties.yaml"), ["8.3.4.1-s2", "7.5.4-i"], "one finding names all it takes down");
    assert_ne!(assessment.verdict("7.5.4-i"), "supported");
    assert_ne!(assessment.verdict("7.5.4-i"), "contradicted", "there is a contract");
    assert!(reason(&assessment, "7.5.4-i").contains("PTY-2"), "{}", reason(&assessment, "7.5.4-i"));
    assert_eq!(requirements_of(&assessment, "empty-document", "processes/demand.md")[0], "7.5.4-e");
    assert_ne!(assessment.verdict("7.5.4-e"), "supported");
    assert!(reason(&assessment, "7.5.4-e").contains("processes.yaml:10"), "{}", reason(&assessment, "7.5.4-e"));

    // A register that leads to a text, and an empty file that nobody names, leave the set as it is.
    repo.write("processes/demand.md", change.replace("PRC-1", "PRC-2").replace("Change", "Demand").replace("change", "demand"));
    repo.write("parties.yaml", parties.replace("  - {id: PTY-2, party: Beta Desk, type: external supplier, status: active}\n", ""));
    repo.write("notes.md", "");
    let assessment = repo.assess(&[]);
    assert_eq!((assessment.verdict("7.5.4-i"), assessment.verdict("7.5.4-e")), ("supported", "supported"));
}

#[test]
fn a_record_is_named_by_the_entry_around_it_and_not_by_a_history() {
    let failed = "kind: change-record\nid: CHG-2026-008\ntitle: Portal\noutcome: failed\nstatus: closed\nimplemented_on: 2026-06-13\n";
    let items = "id: CMDB\ntitle: Items\nkind: configuration-item-register\nentries:\n  - id: CI-LINE-1\n    type: line\n    status: in use\n  - id: CI-PORTAL\n    type: application\n    status: in use\n    change: CHG-2026-008\nhistory:\n  - {version: \"1.1\", date: 2026-06-14, author: Jane Doe, changes: \"CHG-2026-008\"}\n";
    let repo = Repo::new();
    repo.write("clausewise.yaml", SETTINGS);
    repo.write("CHG-2026-008.yaml", failed);
    repo.write("items.yaml", items);
    let assessment = repo.assess(&[]);
    let named = &assessment.findings("failed-change-without-investigation", "CHG-2026-008.yaml")[0]["named_in"];
    let places: Vec<(&str, u64)> = named.as_array().unwrap().iter().map(|one| (one["record"].as_str().unwrap(), one["line"].as_u64().unwrap())).collect();
    assert_eq!(places, [("CI-PORTAL", line_of(items, "change: CHG"))]);
    let said = reason(&assessment, "8.5.1.3-s6");
    assert!(said.contains("items.yaml:11") && !said.contains("nobody"), "{said}");
}

#[test]
fn what_a_later_report_took_up_is_an_observation() {
    let report = |quarter: &str, date: &str, trend: &str| {
        format!(
            "---\nkind: service-report\nid: SRP-{quarter}\nperiod: 2026-{quarter}\ndate: {date}\n{trend}---\n\n# Service report {quarter}\n\nAll targets of the agreements were met in this quarter, and no complaint came in from anybody at all.\n"
        )
    };
    let repo = Repo::new();
    repo.write("clausewise.yaml", SETTINGS);
    repo.write("q1.md", report("Q1", "2026-04-10", ""));
    repo.write("q2.md", report("Q2", "2026-07-10", "trend: Fewer calls than in the quarter before\n"));
    let assessment = repo.assess(&[]);
    let found = assessment.findings("service-report-without-trend", "q1.md");
    assert_eq!((found.len(), found[0]["grade"].as_str()), (1, Some("observation")));
    assert!(found[0]["message"].as_str().unwrap().ends_with("since taken up in q2.md:6"), "{found:#?}");
    repo.write("q2.md", report("Q2", "2026-07-10", ""));
    assert_eq!(repo.assess(&[]).findings("service-report-without-trend", "q1.md")[0]["grade"], "minor");
}

#[test]
fn a_plan_whose_content_did_not_change_needs_no_test_and_a_strange_sort_of_issue_is_asked_where_issues_are() {
    let plan = |approved: &str, order: &str| {
        format!(
            "---\nid: SCP-1\ntitle: Service continuity plan\nkind: service-continuity-plan\nowner: Jane Doe\nversion: \"1\"\nstatus: approved\napproved_by: Max Roe\napproved_on: {approved}\n---\n# Service continuity plan\n\nThe order in which services come back is {order}, and each is tried by its owner before users are told that it is there again.\n"
        )
    };
    let test = "---\nkind: continuity-test-record\nid: CTR-1\nplan: SCP-1\ndate: 2026-03-02\nresult: passed\n---\n# Test\n\nThe plan was tried from the first step to the last, and every service was there again within two hours.\n";
    for (order, expected) in [("first the desk and then the payroll", 0), ("that which the board of directors decides on that very day", 1)] {
        let repo = Repo::new();
        repo.write("clausewise.yaml", SETTINGS);
        repo.write("plan.md", plan("2026-01-12", "first the desk and then the payroll"));
        repo.commit("2026-01-12");
        repo.write("test.md", test);
        repo.commit("2026-03-02");
        repo.write("plan.md", plan("2026-06-01", order));
        repo.write("context.yaml", "id: CTX\ntitle: Issues\nkind: context-register\nentries:\n  - {id: CTX-1, issue: Ransomware, type: security, effect: Customers ask for restores}\n");
        repo.commit("2026-06-01");
        let assessment = repo.assess(&[]);
        assert_eq!(assessment.findings("continuity-plan-revised-since-test", "plan.md").len(), expected, "{order}");
        assert_eq!(requirements_of(&assessment, "unexpected-value", "context.yaml"), ["4.1-s1"]);
    }
}

/// Of what is still open nobody asks for what belongs to its end; that it is still to come is said, and what is there already counts.
#[test]
fn what_open_records_do_not_show_yet_is_told_and_what_they_show_is_cited() {
    let repo = Repo::new();
    repo.write("clausewise.yaml", SETTINGS);
    let record = |id: &str, status: &str, more: &str| {
        format!(
            "  - id: {id}\n    date: 2026-02-01\n    description: A report left out the figures of a supplier\n    cause: Nobody asked for them in time\n    action: They are asked for in the first week\n    owner: Jane Doe\n    due: 2026-12-01\n    status: {status}\n{more}"
        )
    };
    let similar = "    similar_cases: Looked for in the other reports, none found\n";
    let closed = record("NC-1", "closed", &format!("    done_on: 2026-02-20\n    closed_on: 2026-03-01\n{similar}"));
    let records = format!("kind: nonconformity-record\nentries:\n{closed}{}{}", record("NC-2", "open", similar), record("NC-3", "open", ""));
    repo.write("nonconformities.yaml", &records);
    let assessment = repo.assess(&[]);
    let said = reason(&assessment, "10.1.1-b3");
    assert_eq!(said, "documents support it (2 places cited); still to come in NC-3 (open)");
    assert_eq!(cited(&assessment, "10.1.1-b3", "nonconformities.yaml").len(), 2);
    // A closed one without it is a fault as before.
    repo.write("nonconformities.yaml", records.replace("status: open", "status: closed"));
    let said = reason(&repo.assess(&[]), "10.1.1-b3");
    assert!(!said.contains("still to come") && said.contains("NC-3"), "{said}");
}
