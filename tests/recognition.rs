//! A client's repository as found: what documents seem to be, how sure, and how a person says otherwise.
#![expect(clippy::unwrap_used, clippy::expect_used, clippy::disallowed_methods, reason = "a test may fall, and says where")]

#[expect(dead_code, reason = "these stories need less than the faults do")]
mod support;

mod copying;

use std::collections::BTreeMap;
use std::path::Path;

use copying::copy_folder;
use serde_json::Value;
use support::{Output, Repo, example};

const ACCESS_POLICY: &str = "# Access Control Policy\n\n## Purpose\n\nThis policy applies to all employees. Access to systems is granted on a need-to-know basis.\n\n## Rules\n\nAccounts use multi-factor authentication, privileged access is reviewed every quarter, and access is revoked on the day of departure. Passwords are kept in the password manager.\n";
const INCIDENTS: &str = "# Handling incidents\n\nThe engineer on call acknowledges an alert within five minutes and declares an incident. The incident commander restores service, escalates to the second line and updates the status page.\n\n## Severity levels\n\nSeverity 1 means that customers cannot work at all.\n\n## Closure\n\nThe incident is closed when the user confirms that the service is restored.\n";
const COOKING: &str = "# Soup of the season\n\nPeel the carrots, cut the leek into rings and let both simmer in butter. Add water and salt, cook for twenty minutes, and serve with bread and a little parsley on top of each bowl.\n";

fn map(repo: &Repo, more: &[&str]) -> BTreeMap<String, Value> {
    let output = repo.run(&[&["map", ".", "--format", "json"], more].concat());
    assert_eq!(output.code, Some(0), "{output:?}");
    let value: Value = serde_json::from_str(&output.stdout).unwrap();
    assert_eq!(value["schema"], "clausewise/map/v1");
    value["documents"].as_array().unwrap().iter().map(|document| (document["path"].as_str().unwrap().to_owned(), document.clone())).collect()
}

/// Kind, clause and confidence of the best candidate.
fn best(document: &Value) -> (&str, &str, &str) {
    let first = &document["candidates"][0];
    let text = |value: &'static str| first[value].as_str().unwrap_or("nothing");
    (text("documented_information"), first["clauses"][0].as_str().unwrap_or("nothing"), text("confidence"))
}

fn found() -> Repo {
    let repo = Repo::new();
    repo.write("policies/access.md", ACCESS_POLICY);
    repo.write("docs/incidents.md", INCIDENTS);
    repo.write("soup.md", COOKING);
    repo.write("policies/backup.md", "# Backup and Restore Policy\n\n## Purpose\n\nTBD\n");
    repo.commit("2026-01-05");
    repo
}

#[test]
fn documents_without_annotation_are_recognised_with_the_lines_that_speak_for_it() {
    let repo = found();
    let map = map(&repo, &[]);
    assert_eq!(best(&map["policies/access.md"]).0, "security-control-document");
    assert_eq!(best(&map["policies/access.md"]).1, "8.7.3.2");
    assert_eq!(best(&map["docs/incidents.md"]).0, "incident-management-process");
    assert_eq!(best(&map["docs/incidents.md"]).1, "8.6.1");
    let matched = map["policies/access.md"]["candidates"][0]["matched"].as_array().unwrap();
    assert!(matched.iter().any(|line| line["line"] == 1 && line["text"] == "Access Control Policy"), "{matched:#?}");
    assert_eq!(map["soup.md"]["candidates"], Value::Array(Vec::new()));
    assert_eq!(map["policies/backup.md"]["candidates"], Value::Array(Vec::new()));
    assert!(map["policies/backup.md"]["not_evidence"].as_str().unwrap().contains("stub"));
}

#[test]
fn the_arithmetic_of_a_document_can_be_shown() {
    let repo = found();
    let shown = repo.run(&["map", ".", "--explain", "docs/incidents.md"]);
    assert_eq!(shown.code, Some(0), "{shown:?}");
    for part in ["Incidents:", "points", "on call", "line", "topics of that kind", "nothing in it speaks of this"] {
        assert!(shown.stdout.contains(part), "{part}: {}", shown.stdout);
    }
    repo.run(&["map", ".", "--explain", "nowhere.md"]).is_refusal(2, &["nowhere.md", "no document"]);
}

#[test]
fn what_rests_on_a_guess_is_partly_supported_and_the_guess_is_no_finding() {
    let repo = found();
    let assessment = repo.assess(&[]);
    for requirement in assessment["requirements"].as_array().unwrap() {
        assert_ne!(requirement["verdict"], "supported", "{requirement}");
    }
    assert!(assessment["requirements"].as_array().unwrap().iter().any(|item| item["verdict"] == "partly-supported" && item["confidence"] == "low"));
    let findings = assessment["findings"].as_array().unwrap();
    assert!(findings.iter().all(|finding| finding["missing"].is_string()), "{findings:#?}");
    let report = repo.run(&["gap", "."]).stdout;
    for part in [
        "## Documents to confirm",
        "Incident management process",
        "not found by headings or words:",
        "Recording and classing",
        "a stub: a title is no evidence",
    ] {
        assert!(report.contains(part), "{part}");
    }
}

/// Centred titles in HTML and several control values on one bold line: so it stands in public repositories.
#[test]
fn control_data_on_one_line_is_read_and_a_review_that_is_past_is_told_whatever_the_document_is() {
    let repo = Repo::new();
    let head = "<h1 align=\"center\">🔑 Access Control &amp; Passwords Policy</h1>\n\n**📋 Document Owner:** CEO | **📄 Version:** 3.1 | **Last updated:** 2026-01-25\n**🔄 Review Cycle:** Annual | **⏰ Next Review:** 2026-07-25\n\n";
    repo.write("policies/access.md", format!("{head}{}", ACCESS_POLICY.split_once("\n\n").unwrap().1));
    repo.write("docs/incidents.md", INCIDENTS.replacen("\n\n", "\n\n**Next review:** 2027-07-25\n\n", 1));
    repo.write("soup.md", COOKING.replacen("\n\n", "\n\n**Next review:** 2020-07-25\n\n", 1));
    repo.commit("2026-01-05");
    let assessment = repo.assess(&[]);
    let document = assessment["documents"].as_array().unwrap().iter().find(|document| document["path"] == "policies/access.md").unwrap();
    assert_eq!(document["title"], "Access Control & Passwords Policy");
    let control = |field: &str| document["control"][field]["value"].as_str().unwrap_or_default();
    assert_eq!((control("owner"), control("version"), control("next_review")), ("CEO", "3.1", "2026-07-25"));
    let past: Vec<&Value> = assessment["findings"].as_array().unwrap().iter().filter(|finding| finding["rule"] == "overdue-review").collect();
    assert_eq!(past.len(), 1, "soup is no documented information, and the other day has not come: {past:#?}");
    assert_eq!((&past[0]["location"]["path"], &past[0]["confidence"]), (&Value::from("policies/access.md"), &Value::from("low")));
}

#[test]
fn the_mapping_is_written_once_and_leaves_the_rest_of_the_file_alone() {
    let repo = found();
    let before = "# ours\norganization:\n  name: Acme # the firm\ndocuments:\n  # known\n  map:\n    soup.md: communication-plan   # a joke\n  exclude: [old/**]\n# end\n";
    repo.write("clausewise.yaml", before);
    let first = repo.run(&["map", ".", "--write", "--at-least", "low", "--not", "drafts/**"]);
    assert_eq!(first.code, Some(0), "{first:?}");
    let written = std::fs::read_to_string(repo.path().join("clausewise.yaml")).unwrap();
    assert!(written.contains("    policies/access.md: security-control-document\n"), "{written}");
    assert!(written.contains("\"drafts/**\""), "{written}");
    for line in before.lines() {
        assert!(written.contains(line), "{line} in {written}");
    }
    let second = repo.run(&["map", ".", "--write", "--at-least", "low", "--not", "drafts/**"]);
    assert!(second.stdout.contains("nothing to add"), "{second:?}");
    assert_eq!(std::fs::read_to_string(repo.path().join("clausewise.yaml")).unwrap(), written);
    assert_eq!(map(&repo, &[])["policies/access.md"]["candidates"][0]["provenance"], "mapped");
    // A line that matches nothing is a finding.
    assert!(repo.run(&["check", "."]).stdout.contains("mapping-without-match"));
}

#[test]
fn a_folder_of_one_kind_becomes_one_pattern() {
    let repo = Repo::new();
    for number in 1..=4 {
        repo.write(
            format!("records/incidents/2026-0{number}.yaml"),
            format!(
                "opened: 2026-0{number}-01\nimpact: high\nurgency: high\npriority: P1\nresolution: restarted\nclosed_on: 2026-0{number}-02\nservice: mail\n"
            ),
        );
    }
    repo.commit("2026-05-05");
    let map = map(&repo, &[]);
    assert_eq!(best(&map["records/incidents/2026-01.yaml"]).0, "incident-record", "{map:#?}");
    assert_eq!(repo.run(&["map", ".", "--write", "--at-least", "low"]).code, Some(0));
    let written = std::fs::read_to_string(repo.path().join("clausewise.yaml")).unwrap();
    assert!(written.contains("records/incidents/*\": incident-record"), "{written}");
}

#[test]
fn one_line_corrects_a_wrong_guess() {
    let repo = found();
    repo.write("clausewise.yaml", "documents:\n  map:\n    docs/incidents.md: major-incident-procedure\n  not: [policies/access.md]\n");
    let map = map(&repo, &[]);
    assert_eq!(map["docs/incidents.md"]["candidates"][0]["documented_information"], "major-incident-procedure");
    assert_eq!(map["policies/access.md"]["candidates"], Value::Array(Vec::new()));
    let assessment = repo.assess(&[]);
    assert_eq!(assessment.document("docs/incidents.md")["documented_information"][0]["provenance"], "mapped");
    assert_eq!(assessment.document("policies/access.md")["documented_information"], Value::Array(Vec::new()));
}

/// A copy of the complete example that says nowhere what its documents are.
fn stripped(yaml_too: bool) -> Repo {
    let repo = Repo::plain();
    copy_folder(&example("complete"), repo.path());
    std::fs::remove_file(repo.path().join("clausewise.yaml")).unwrap();
    for entry in walkdir::WalkDir::new(repo.path()).into_iter().flatten().filter(|entry| entry.file_type().is_file()) {
        let text = std::fs::read_to_string(entry.path()).unwrap();
        let bare = match entry.path().extension().and_then(|ending| ending.to_str()) {
            Some("md") if text.starts_with("---\n") => text[4..].split_once("\n---\n").unwrap().1.to_owned(),
            Some("yaml") if yaml_too => text.lines().filter(|line| !line.starts_with("kind:")).map(|line| format!("{line}\n")).collect(),
            _ => continue,
        };
        std::fs::write(entry.path(), bare).unwrap();
    }
    repo
}

#[test]
fn nine_of_ten_documents_of_the_complete_example_are_recognised_without_their_heads_and_none_is_called_missing() {
    let complete = Repo::plain();
    copy_folder(&example("complete"), complete.path());
    let declared: BTreeMap<String, String> = map(&complete, &[])
        .into_iter()
        .filter(|(_, document)| document["candidates"][0]["provenance"] != "inferred")
        .filter_map(|(path, document)| Some((path, document["candidates"][0]["documented_information"].as_str()?.to_owned())))
        .collect();
    assert!(declared.len() > 200);
    for yaml_too in [false, true] {
        let repo = stripped(yaml_too);
        let seen = map(&repo, &[]);
        let right = declared.iter().filter(|(path, kind)| seen[*path]["candidates"][0]["documented_information"] == **kind).count();
        assert!(right * 10 >= declared.len() * 9, "{right} of {}", declared.len());
        let assessment = repo.assess(&[]);
        let missing: Vec<&Value> =
            assessment["findings"].as_array().unwrap().iter().filter(|finding| finding["rule"] == "missing-documented-information").collect();
        assert!(missing.is_empty(), "{missing:#?}");
    }
}

#[test]
fn what_is_really_gone_from_an_unannotated_repository_is_called_missing() {
    let repo = stripped(true);
    for path in ["portfolio/service-catalogue.yaml", "processes/service-catalogue.md", "governance/scope.md", "change/change-management-policy.md"] {
        std::fs::remove_file(repo.path().join(path)).unwrap();
    }
    let assessment = repo.assess(&[]);
    let missing: Vec<&str> = assessment["findings"].as_array().unwrap().iter().filter_map(|finding| finding["missing"].as_str()).collect();
    for kind in ["service-catalogue", "scope-statement", "change-management-policy"] {
        assert!(missing.contains(&kind), "{kind} is not among {missing:?}");
    }
}

#[test]
fn a_language_without_a_vocabulary_is_said_and_other_languages_are_read() {
    let repo = Repo::new();
    let polish = "Pracownicy zgłaszają każdy incydent do działu wsparcia, który ustala przyczynę, przywraca działanie usługi i zamyka zgłoszenie po potwierdzeniu przez użytkownika. ".repeat(4);
    repo.write("incydenty.md", format!("# Zarządzanie zgłoszeniami\n\n{polish}\n"));
    let german = "Alle Mitarbeiter melden eine Störung an den Service Desk, der sie erfasst und nach Auswirkung und Dringlichkeit einstuft. ".repeat(5);
    repo.write("aenderungen.md", format!("# Richtlinie zum Änderungsmanagement\n\n{german}\n"));
    repo.commit("2026-01-05");
    let map = map(&repo, &[]);
    assert_eq!(map["aenderungen.md"]["language"], "de");
    assert_eq!(best(&map["aenderungen.md"]).1.get(..5), Some("8.5.1"), "{:#?}", map["aenderungen.md"]);
    assert!(map["incydenty.md"].get("language").is_none());
    assert!(repo.run(&["map", "."]).stdout.contains("1 document is in a language without a vocabulary"));
    assert!(repo.run(&["gap", "."]).stdout.contains("1 document is in a language for which the clause map has no vocabulary"));
}

#[test]
fn a_promise_in_a_policy_is_what_records_are_judged_by() {
    let repo = Repo::new();
    repo.write(
        "plan.md",
        "---\nkind: service-management-plan\ntitle: Service management plan\n---\n# Service management plan\n\n## Audit\n\nInternal audits are held quarterly. They are made by people who have no part in what they look at, and their reports go to the management of the unit.\n",
    );
    repo.write("audit.md", "---\nkind: internal-audit-report\nid: IAR-1\ndate: 2026-01-20\n---\n# Internal audit report\n\nAll was looked at.\n");
    repo.commit("2026-02-01");
    let assessment = repo.assess(&[]);
    let overdue = assessment.findings("internal-audit-overdue", "audit.md");
    assert_eq!(overdue.len(), 1, "{:#?}", assessment["findings"]);
    let message = overdue[0]["message"].as_str().unwrap();
    assert!(message.contains("3 months") && message.contains("plan.md:9") && message.contains("held quarterly"), "{message}");
    assert_eq!(overdue[0]["confidence"], "low");
    let intervals = assessment["intervals"].as_array().unwrap();
    assert!(intervals.iter().any(|stated| stated["documented_information"] == "internal-audit-report" && stated["line"] == 9), "{intervals:#?}");
    // What the configuration says wins, and says over what.
    let stated = |assessment: &support::Assessment| {
        let intervals = assessment["intervals"].as_array().unwrap();
        let audits = intervals.iter().find(|stated| stated["documented_information"] == "internal-audit-report").unwrap();
        (format!("{}:{}", audits["path"].as_str().unwrap(), audits["line"]), audits["beside"].as_str().unwrap_or_default().to_owned())
    };
    repo.write("clausewise.yaml", "intervals:\n  internal-audit-report: 12 months\n");
    let longer = repo.assess(&[]);
    assert!(longer.findings("missed-interval", "audit.md").is_empty() && longer.findings("internal-audit-overdue", "audit.md").is_empty());
    let (place, beside) = stated(&longer);
    assert_eq!(place, "clausewise.yaml:2");
    assert!(beside.starts_with("counts before 3 months in plan.md:9: ") && beside.contains("held quarterly"), "{beside}");
    // Where it only repeats what a document says, that is whose word was broken, and it is sure.
    repo.write("clausewise.yaml", "intervals:\n  internal-audit-report: 3 months\n");
    let same = repo.assess(&[]);
    assert_eq!(stated(&same), ("plan.md:9".to_owned(), "so also clausewise.yaml:2".to_owned()));
    let overdue = same.findings("internal-audit-overdue", "audit.md");
    assert_eq!((overdue.len(), &overdue[0]["confidence"]), (1, &Value::from("high")), "{overdue:#?}");
    assert!(overdue[0]["message"].as_str().unwrap().contains("plan.md:9"), "{overdue:#?}");
}

/// Most plans say how often in a table, and there what is done stands in the first column only.
#[test]
fn a_table_with_a_column_for_how_often_is_a_promise() {
    let repo = Repo::new();
    let plan = |head: &str| {
        format!(
            "---\nkind: service-management-plan\ntitle: Service management plan\n---\n# Service management plan\n\n## Calendar\n\n| Activity | Who | {head} | What comes of it |\n|---|---|---|---|\n| Internal audit | an auditor from another unit | every six months | input to the management review |\n| Continuity test | Ann Lee and the partner who runs the second site | Annually | a report on what was found |\n| Lunch | all | daily | internal audits go better |\n"
        )
    };
    let promised = || -> Vec<(String, String, u64)> {
        let intervals = repo.assess(&[])["intervals"].as_array().unwrap().clone();
        let row = |stated: &Value| {
            let text = |key: &str| stated[key].as_str().unwrap().to_owned();
            (text("documented_information"), text("interval"), stated["line"].as_u64().unwrap())
        };
        intervals.iter().map(row).collect()
    };
    repo.write("plan.md", plan("How often"));
    let expected = [("continuity-test-record", "12 months", 12), ("internal-audit-report", "6 months", 11)];
    assert_eq!(promised(), expected.map(|(kind, interval, line)| (kind.to_owned(), interval.to_owned(), line)));
    // Under another head the same words far apart in a row are no promise.
    repo.write("plan.md", plan("Notice period"));
    assert!(promised().iter().all(|(kind, ..)| kind != "continuity-test-record"));
}

/// Many processes say how often under a heading that names what is done, and registers in a field; neither names it in a sentence.
#[test]
fn headings_and_registers_say_how_often_too() {
    let repo = Repo::new();
    let head = |kind: &str| format!("---\nkind: {kind}\ntitle: {kind}\n---\n# {kind}\n\n");
    let promised = || -> Vec<(String, String, String)> {
        let intervals = repo.assess(&[])["intervals"].as_array().unwrap().clone();
        let row = |stated: &Value| {
            let text = |key: &str| stated[key].as_str().unwrap().to_owned();
            (text("documented_information"), text("interval"), format!("{}:{}", text("path"), stated["line"]))
        };
        intervals.iter().map(row).collect()
    };
    let releases =
        "## Release analysis\n\nTwice a year: success, incidents in the two weeks after.\n\n## Fixed dates\n\nEvery month, never before a holiday.\n";
    repo.write("releases.md", head("release-and-deployment-process") + releases);
    let incidents = "## Security incidents\n\nRecorded apart from others, told to the manager at once, and analysed by kind and number each half-year.\n";
    repo.write("security.md", head("information-security-management-process") + incidents);
    repo.write("reports.yaml", "kind: report-register\ntitle: Reports\nentries:\n  - {id: R1, report: Service report, purpose: decisions, audience: board, frequency: each quarter}\n  - {id: R2, report: Demand and capacity, purpose: planning, audience: board, frequency: half-yearly}\n  - {id: R3, report: Availability report, purpose: targets, audience: board, frequency: when somebody asks}\n  - {id: R4, report: Lunch and service, purpose: joy, audience: all, frequency: weekly}\n");
    let expected = [
        ("capacity-report", "6 months", "reports.yaml:5"),
        ("demand-report", "6 months", "reports.yaml:5"),
        ("release-analysis", "6 months", "releases.md:9"),
        ("security-incident-analysis", "6 months", "security.md:9"),
        ("service-report", "3 months", "reports.yaml:4"),
    ];
    assert_eq!(promised(), expected.map(|(kind, interval, place)| (kind.to_owned(), interval.to_owned(), place.to_owned())));
    // The same words in a document on something else, or under another heading, promise nothing of the sort.
    repo.write("releases.md", head("problem-management-process") + incidents);
    repo.write("security.md", head("information-security-management-process") + &incidents.replace("Security incidents", "Controls"));
    assert!(promised().iter().all(|(_, _, place)| place.starts_with("reports.yaml")), "{:?}", promised());
}

/// "Internal audits" are spoken of in many documents; how often they are held is told by the one about audits.
#[test]
fn a_document_that_nobody_annotated_is_taken_at_its_word_on_its_own_subject_only() {
    let on_changes = "# Change management policy\n\nThis policy applies to all changes to services. A change is requested, assessed for risk, approved by the change advisory board and deployed in a change window.\n\nInternal audits are held quarterly, and they look at changes too.\n";
    let on_audits = "# Internal audit procedure\n\nThe audit programme covers all processes. Auditors are independent of the area audited, and the audit report goes to top management.\n\nInternal audits are held every two years.\n";
    let repo = Repo::new();
    let promised = || -> Vec<(String, String)> {
        let intervals = repo.assess(&[])["intervals"].as_array().unwrap().clone();
        let of_audits = intervals.iter().filter(|stated| stated["documented_information"] == "internal-audit-report");
        of_audits.map(|stated| (stated["path"].as_str().unwrap().to_owned(), stated["interval"].as_str().unwrap().to_owned())).collect()
    };
    repo.write("changes.md", on_changes);
    assert_eq!(best(&map(&repo, &[])["changes.md"]).0, "change-management-policy");
    assert_eq!(promised(), [], "it only seems to be a policy, and one on something else");
    repo.write("audits.md", on_audits);
    assert_eq!(promised(), [("audits.md".to_owned(), "24 months".to_owned())]);
    // A policy that is declared to be one speaks for the organization, whatever it is about.
    repo.write("clausewise.yaml", "documents: {map: {changes.md: change-management-policy}}\n");
    assert_eq!(promised(), [("changes.md".to_owned(), "3 months".to_owned())]);
}

/// Nobody has looked at the guess yet: what it is worth may be all that is missing.
#[test]
fn no_grade_is_raised_where_a_document_seems_to_be_about_the_sub_clause() {
    let repo = Repo::new();
    let graded = || -> (String, Value) {
        let assessment = repo.assess(&[]);
        for requirement in ["8.4.3-s1", "8.4.3-a", "8.4.3-b", "8.4.3-c"] {
            assert_eq!(assessment.verdict(requirement), "no-evidence", "{requirement}");
        }
        let mut all = assessment["findings"].as_array().unwrap().iter();
        let found = all.find(|finding| finding["missing"] == "capacity-requirements").unwrap();
        (found["grade"].as_str().unwrap().to_owned(), found["grade_reason"].clone())
    };
    let raised = ("major".to_owned(), Value::from("nothing here speaks for any part of 8.4.3 Capacity management"));
    repo.write("soup.md", COOKING);
    assert_eq!(graded(), raised);
    repo.write("capacity.md", "# Capacity management process\n\nCapacity management watches staff, technique and money of every service, and forecasts of capacity tell when more is needed.\n");
    let seen = map(&repo, &[]);
    assert_eq!((best(&seen["capacity.md"]).0, &seen["capacity.md"]["candidates"][0]["provenance"]), ("capacity-management-process", &"inferred".into()));
    assert_eq!(graded(), ("minor".to_owned(), Value::Null));
    // Once somebody has confirmed the guess or denied it, it is known that nothing of the matter is there.
    for settings in ["documents: {map: {capacity.md: capacity-management-process}}\n", "documents: {not: [capacity.md]}\n"] {
        repo.write("clausewise.yaml", settings);
        assert_eq!(graded(), raised, "{settings}");
    }
}

#[test]
fn a_register_is_known_by_its_columns() {
    let repo = Repo::new();
    repo.write("list.md", "# Overview\n\n| Risk | Likelihood | Impact | Mitigation | Risk owner |\n|---|---|---|---|---|\n| Site lost | 2 | 5 | second site | Jane Doe |\n| Key person leaves | 3 | 3 | deputy | Max Roe |\n");
    repo.write(
        "export.csv",
        "Number;Opened;Impact;Urgency;Priority;Assignment group;Close notes;Closed\nINC-1;03.04.2026 10:20;1;1;P1;Network;restarted;25.04.2026 11:00\n",
    );
    repo.commit("2026-05-05");
    let map = map(&repo, &[]);
    assert_eq!(best(&map["list.md"]).0, "risk-register", "{:#?}", map["list.md"]);
    assert_eq!(best(&map["export.csv"]).0, "incident-record", "{:#?}", map["export.csv"]);
}

/// A plan that speaks of systems and of an attacker, and does not say in its title whose incidents are meant.
const RESPONSE: &str = "# Incident response plan\n\n## Severity\n\nThe on-call engineer declares an incident, names an incident commander and sets its severity.\n\n## Response\n\nThe commander contains the incident, revokes stolen credentials with multi-factor authentication, restores service and closes the incident. A postmortem follows within a week.\n";
const RISKS: &str = "# Risk assessment\n\nEach risk gets a likelihood and an impact; the risk owner decides on its treatment. Risks to the confidentiality of customer data, such as weak access control, come first. Residual risk is accepted by management.\n";

#[test]
fn among_security_policies_an_incident_is_one_of_security_and_elsewhere_it_is_not() {
    let repo = Repo::new();
    repo.write("policies/incident-response.md", RESPONSE);
    repo.write("policies/risk-assessment.md", RISKS);
    repo.write("policies/change-management-policy.md", "# Change management policy\n\nAll changes need a change request, an impact assessment and an approval by the change advisory board before they are deployed. Emergency changes are approved afterwards.\n");
    repo.commit("2026-01-05");
    let alone = map(&repo, &[]);
    assert_eq!(best(&alone["policies/incident-response.md"]).1, "8.6.1");
    assert_eq!(best(&alone["policies/risk-assessment.md"]).1, "6.1.2");
    assert_eq!(best(&alone["policies/change-management-policy.md"]).1, "8.5.1.1", "the clause that demands the policy goes first");

    for title in ["Access control policy", "Password policy", "Encryption policy", "Acceptable use policy", "Vulnerability management policy"] {
        let text = ACCESS_POLICY.replace("Access Control Policy", title);
        repo.write(format!("policies/{}.md", title.to_lowercase().replace(' ', "-")), text.replace("every quarter", &format!("as the {title} says")));
    }
    repo.commit("2026-01-06");
    let among = map(&repo, &[]);
    let clauses = |path: &str| -> Vec<&str> {
        let candidates = among[path]["candidates"].as_array().unwrap();
        candidates.iter().map(|candidate| candidate["clauses"][0].as_str().unwrap()).collect()
    };
    assert_eq!(clauses("policies/incident-response.md"), ["8.7.3.3", "8.6.1"], "what it would be elsewhere stays possible");
    assert_eq!(clauses("policies/risk-assessment.md"), ["8.7.3.2", "6.1.2"]);
    let matched = among["policies/risk-assessment.md"]["candidates"][0]["matched"].as_array().unwrap();
    assert!(matched.iter().any(|line| line["text"].as_str().unwrap().contains("most documents beside it")), "{matched:#?}");
}

#[test]
fn a_template_is_not_a_document() {
    let repo = Repo::new();
    let template = "# Information Security Policy\n\n**Owner:** [NAME]\n**Approved by:** [NAME]\n\nThis policy of {{company_name}} applies to all employees.\n\nThe information security policy is approved by [TITLE].\n\nIt is valid from [DATE].\n";
    repo.write("security-policy.md", template);
    repo.commit("2026-01-05");
    let map = map(&repo, &[]);
    assert_eq!(best(&map["security-policy.md"]).0, "information-security-policy");
    assert!(map["security-policy.md"]["not_evidence"].as_str().unwrap().starts_with("a template"));
    let assessment = repo.assess(&[]);
    assert!(assessment["findings"].as_array().unwrap().iter().any(|finding| finding["missing"] == "information-security-policy"));
}

fn files_of(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let files = walkdir::WalkDir::new(folder).into_iter().flatten().filter(|entry| entry.file_type().is_file());
    files.map(|entry| (entry.path().strip_prefix(folder).unwrap().display().to_string(), std::fs::read(entry.path()).unwrap())).collect()
}

#[test]
fn init_in_an_empty_folder_writes_the_starter_and_never_over_a_file() {
    let repo = Repo::plain();
    assert_eq!(repo.run(&["init", ".", "--scaffold"]).code, Some(0));
    let mut starter = files_of(&example("starter"));
    let _ = starter.remove("README.md");
    let names = |files: &BTreeMap<String, Vec<u8>>| files.keys().cloned().collect::<Vec<_>>();
    let written = files_of(repo.path());
    let without_home: BTreeMap<String, Vec<u8>> = written.into_iter().filter(|(name, _)| !name.starts_with('.')).collect();
    assert_eq!(names(&without_home), names(&starter));
    assert_eq!(without_home, starter);
    repo.write("documents/scope.md", "# Scope\n\nours\n");
    repo.write("clausewise.yaml", "organization: {name: Ours}\n");
    repo.run(&["init", "."]).is_refusal(2, &["clausewise.yaml", "stays as it is"]);
    assert_eq!(repo.run(&["init", ".", "--scaffold"]).code, Some(0));
    assert_eq!(std::fs::read_to_string(repo.path().join("documents/scope.md")).unwrap(), "# Scope\n\nours\n");
    assert_eq!(std::fs::read_to_string(repo.path().join("clausewise.yaml")).unwrap(), "organization: {name: Ours}\n");
}

#[test]
fn init_proposes_what_the_documents_tell() {
    let repo = Repo::new();
    repo.write("isp.md", "---\ntitle: Information security policy\nkind: information-security-policy\napproved_by: Ingrid Vance\n---\n# Information security policy\n\nEverybody protects what customers entrust to us, and reports what looks wrong.\n");
    repo.write("catalogue.md", "# Service catalogue\n\n| Service | Description | Service owner | Service hours | Customers |\n|---|---|---|---|---|\n| Mail | mailboxes | Jo | 8-18 | all |\n| Backup | copies | Al | 24/7 | all |\n");
    repo.write("audit.md", "# Internal audit procedure\n\nThe audit programme covers all processes. Internal audits are conducted every six months by auditors who are independent of the area audited.\n");
    repo.commit("2026-01-05");
    assert_eq!(repo.run(&["init", ".", "--organization", "Acme: Services"]).code, Some(0));
    let written = std::fs::read_to_string(repo.path().join("clausewise.yaml")).unwrap();
    for part in [
        "name: \"Acme: Services\"",
        "authorized_managers: [Ingrid Vance]  # who approved the information security policy: isp.md:4",
        "internal-audit-report: 6 months  # audit.md:3",
        "Services in the catalogue (catalogue.md): Mail, Backup.",
    ] {
        assert!(written.contains(part), "{part} in {written}");
    }
    let checked: Output = repo.run(&["check", "."]);
    assert_ne!(checked.code, Some(2), "{checked:?}");
}

#[test]
fn a_link_leads_init_nowhere() {
    let repo = Repo::plain();
    std::fs::create_dir(repo.beside("elsewhere")).unwrap();
    std::os::unix::fs::symlink(repo.beside("elsewhere"), repo.path().join("documents")).unwrap();
    let _ = repo.run(&["init", ".", "--scaffold"]);
    assert_eq!(std::fs::read_dir(repo.beside("elsewhere")).unwrap().count(), 0);
}
