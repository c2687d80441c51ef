//! What the three users do, told with the real program and real repositories.

#[expect(dead_code, clippy::unwrap_used, reason = "these stories need less than the faults do; a test may fall")]
mod support;

use std::collections::BTreeSet;

use support::{Repo, example, policy};

const SETTINGS: &str = "organization:\n  name: Example Services Ltd\nroles:\n  top_management: [Max Roe]\n";

/// A policy that its own approval fits, in a repository with one more commit after it.
fn approved_policy(body: &str) -> String {
    format!(
        "---\nid: POL-1\ntitle: Service management policy\nkind: service-management-policy\nowner: Jane Doe\nversion: \"1.0\"\nstatus: approved\napproved_by: Max Roe\napproved_on: 2026-01-12\nnext_review: 2027-01-11\n---\n# Service management policy\n\n{body}\n"
    )
}

#[test]
fn a_policy_that_changed_after_its_approval_is_contradicted_and_a_typo_is_not() {
    let first = "We run the services of our customers so that they can rely on them. The purpose of this policy is to say how we set objectives, meet what was agreed, and improve.";
    for (second, expected) in [
        (first.replace("rely on", "relie on"), 0),
        (format!("{first} From now on nobody outside the board may decide on a change, and all promises made before are void."), 1),
    ] {
        let repo = Repo::new();
        repo.write("clausewise.yaml", SETTINGS);
        repo.write("policy.md", approved_policy(first));
        repo.commit("2026-01-12");
        repo.write("policy.md", approved_policy(&second));
        repo.commit("2026-03-02");
        let assessment = repo.assess(&[]);
        assert_eq!(assessment.findings("changed-after-approval", "policy.md").len(), expected, "{second}");
    }
}

#[test]
fn a_move_does_not_hide_a_change_after_approval() {
    let repo = Repo::new();
    repo.write("clausewise.yaml", SETTINGS);
    repo.write("policy.md", approved_policy("We run services so that customers can rely on them, and we keep what we promise to each of them."));
    repo.commit("2026-01-12");
    repo.write("policy.md", approved_policy("We run services as it suits us, and what we once promised to customers binds nobody in this house any more."));
    repo.commit("2026-03-02");
    repo.git(&["mv", "policy.md", "moved.md"]);
    repo.commit("2026-04-01");
    assert_eq!(repo.assess(&[]).findings("changed-after-approval", "moved.md").len(), 1);
}

#[test]
fn history_before_the_import_accuses_nobody() {
    let repo = Repo::new();
    repo.write("clausewise.yaml", format!("{SETTINGS}imported_on: 2026-06-01\n"));
    repo.write("policy.md", approved_policy("We run services so that customers can rely on them, and we keep what we promise to each of them."));
    repo.commit("2026-01-12");
    repo.write("policy.md", approved_policy("We run services as it suits us, and what we once promised to customers binds nobody in this house any more."));
    repo.commit("2026-03-02");
    assert_eq!(repo.assess(&[]).findings("changed-after-approval", "policy.md").len(), 0);
}

/// Where all of history is from before the import, that nobody changed anything since is true of everything.
#[test]
fn history_imported_on_the_day_of_the_assessment_or_later_speaks_for_nothing() {
    let body = "We run services so that customers can rely on them, and we keep what we promise to each of them.";
    let incident = "kind: incident-record\nid: INC-7\nopened: 2026-02-01\nactions: cable exchanged\nclosed_on: 2026-02-03\nstatus: closed\n";
    for (imported_on, cited) in [("2026-10-14", &["INC-7.yaml", "policy.md"][..]), ("2026-10-15", &[]), ("2026-12-01", &[])] {
        let repo = Repo::new();
        repo.write("clausewise.yaml", format!("{SETTINGS}imported_on: {imported_on}\n"));
        repo.write("policy.md", approved_policy(body));
        repo.write("INC-7.yaml", incident);
        repo.commit("2026-02-03");
        let assessment = repo.assess(&[]);
        let requirements = assessment["requirements"].as_array().expect("requirements");
        let control = requirements.iter().find(|item| item["id"] == "7.5.3.2-c").expect("7.5.3.2-c");
        // That all reviews are in time speaks for it too, and needs no history.
        let of_history = control["evidence"].as_array().expect("evidence").iter().filter(|place| place["documented_information"] != "all");
        let paths: BTreeSet<&str> = of_history.filter_map(|place| place["path"].as_str()).collect();
        assert_eq!(paths, cited.iter().copied().collect(), "{imported_on}: {control:#}");
        if cited.is_empty() {
            assessment.left_out(".git", None, &["nothing to judge", imported_on]);
        }
    }
}

#[test]
fn a_record_altered_after_it_was_closed_names_the_field() {
    let incident = |resolution: &str| {
        format!(
            "kind: incident-record\nid: INC-7\nopened: 2026-02-01\nservice: SVC-1\nclassification: network\nimpact: low\nurgency: low\npriority: P4\nactions: cable exchanged\nresolved_on: 2026-02-01\nresolution: {resolution}\nclosed_on: 2026-02-03\nstatus: closed\n"
        )
    };
    let repo = Repo::new();
    repo.write("incidents/INC-7.yaml", incident("cable exchanged"));
    repo.commit("2026-02-03");
    repo.write("incidents/INC-7.yaml", incident("the user was told that all is well"));
    repo.commit("2026-05-20");
    let assessment = repo.assess(&[]);
    let found = assessment.findings("altered-after-closure", "incidents/INC-7.yaml");
    assert_eq!(found.len(), 1);
    assert!(found[0]["message"].as_str().is_some_and(|message| message.contains("resolution") && message.contains("2026-05-20")));
}

#[test]
fn what_is_kept_elsewhere_is_no_gap_and_not_verified() {
    let repo = Repo::new();
    repo.write("policy.md", policy());
    repo.write("clausewise.yaml", format!("{SETTINGS}external:\n  - kind: incident-record\n    system: ticket system\n    pointer: https://tickets.example.org\n    owner: Jane Doe\n    last_checked: 2026-09-01\n"));
    repo.commit("2026-01-12");
    let assessment = repo.assess(&[]);
    let requirements = assessment["requirements"].as_array().expect("requirements");
    let item = requirements.iter().find(|item| item["id"] == "8.6.1-a").expect("8.6.1-a");
    assert_eq!(item["verdict"], "external");
    let missing = assessment["findings"].as_array().expect("findings").iter().filter(|finding| finding["missing"] == "incident-record");
    assert_eq!(missing.count(), 0);
}

#[test]
fn an_accepted_gap_stays_visible_and_lapses() {
    for (until, accepted, lapsed) in [("2027-01-01", true, 0), ("2026-02-01", false, 1)] {
        let repo = Repo::new();
        repo.write("policy.md", policy());
        repo.write("clausewise.yaml", format!("{SETTINGS}accepted:\n  - rule: missing-documented-information\n    reason: the plan is being written\n    owner: Jane Doe\n    until: {until}\n"));
        repo.commit("2026-01-12");
        let assessment = repo.assess(&[]);
        let findings = assessment["findings"].as_array().expect("findings");
        let missing: Vec<_> = findings.iter().filter(|finding| finding["rule"] == "missing-documented-information").collect();
        assert!(!missing.is_empty());
        assert!(missing.iter().all(|finding| finding["accepted"].is_object() == accepted));
        assert_eq!(findings.iter().filter(|finding| finding["rule"] == "expired-acceptance").count(), lapsed);
    }
}

#[test]
fn a_document_without_a_word_on_what_it_is_only_seems_to_be_something() {
    let repo = Repo::new();
    let text = "# Service management policy\n\nOur services are run so that customers can rely on them. The purpose of the organization is to keep its promises; objectives follow from this policy, and we improve all the time.\n";
    repo.write("handbook/policy.md", text);
    repo.commit("2026-01-12");
    let assessment = repo.assess(&[]);
    let document = &assessment.document("handbook/policy.md")["documented_information"][0];
    assert_eq!((document["id"].as_str(), document["provenance"].as_str()), (Some("service-management-policy"), Some("inferred")));
    let requirements = assessment["requirements"].as_array().expect("requirements");
    let item = requirements.iter().find(|item| item["id"] == "5.2.2-a").expect("5.2.2-a");
    assert_eq!((item["verdict"].as_str(), item["confidence"].as_str()), (Some("partly-supported"), Some("low")));
    assert_eq!(item["findings"].as_array().map(Vec::len), Some(0), "a cap alone is no finding");
}

#[test]
fn a_revision_and_a_bare_repository_are_read_without_a_checkout() {
    let repo = Repo::new();
    repo.write("sms/clausewise.yaml", SETTINGS);
    repo.write("sms/policy.md", policy());
    repo.commit("2026-01-12");
    repo.write("sms/policy.md", "# gone\n");
    let at_head = repo.assess_in(&repo.path().join("sms"), &["--rev", "HEAD"]);
    assert_eq!(at_head["provenance"]["root"], "sms");
    assert_eq!(at_head["provenance"]["uncommitted"], 0);
    assert_eq!(at_head.document("sms/policy.md")["documented_information"][0]["id"], "service-management-policy");
    let inside = repo.assess_in(&repo.path().join(".git"), &[]);
    assert_eq!(inside.document("sms/policy.md")["documented_information"][0]["id"], "service-management-policy");
    assert!(repo.assess_in(&repo.path().join("sms"), &[])["provenance"]["uncommitted"].as_u64() > Some(0));
}

/// The whole voice at a terminal: message, place, line, remedy, and what asks for it.
#[test]
fn facts_that_only_git_knows_are_shown_as_that() {
    let repo = Repo::new();
    repo.write("policy.md", policy());
    repo.write(".github/CODEOWNERS", "*.md @quality\n");
    repo.git(&["add", "-A"]);
    repo.git(&["commit", "-q", "-m", "A new policy\n\nApproved-by: Ann Chief <ann@example.org>"]);
    let assessment = repo.assess(&[]);
    let facts = &assessment.document("policy.md")["git"];
    assert_eq!((&facts["author"], &facts["last_changed_on"], &facts["signed"]), (&"Test".into(), &"2026-01-01".into(), &false.into()));
    assert_eq!((&facts["approvals"][0], &facts["code_owners"][0]), (&"Ann Chief".into(), &"@quality".into()));
    let report = repo.run(&["gap", "."]).stdout;
    for part in ["## What Git says of documents", "no approval by themselves", "Ann Chief", "@quality"] {
        assert!(report.contains(part), "{part}");
    }
    let explained = repo.run(&["map", ".", "--explain", "policy.md"]).stdout;
    assert!(explained.contains("Git says: last changed on 2026-01-01 by Test"), "{explained}");
}

/// Links are often made in one direction only: the change names the problem, the problem names no change.
#[test]
fn a_finding_about_a_record_shows_where_else_that_record_is_named() {
    let repo = Repo::new();
    repo.write("clausewise.yaml", SETTINGS);
    repo.write("policy.md", policy());
    repo.write("problems.yaml", "kind: problem-record\nrecords:\n  - {id: PRB-7, title: Mail stops, opened: 2026-01-08, status: open, priority: 2, root_cause: a full queue}\n  - {id: PRB-77, title: Print stops, opened: 2026-01-08, status: open, priority: 2}\n");
    repo.write(
        "known-errors.yaml",
        "kind: known-error-register\nentries:\n  - {id: KE-1, title: Slow login, problem: PRB-77, symptom: minutes, workaround: wait}\n",
    );
    repo.write("changes.yaml", "kind: change-record\nrecords:\n  - {id: CHG-1, title: Larger queue, requested_on: 2026-01-09, category: normal, status: requested, problem: PRB-7}\n  - {id: CHG-2, title: New printer for PRB-77, requested_on: 2026-01-09, category: normal, status: requested}\n");
    repo.write(
        "minutes.md",
        "---\nkind: management-review-record\nid: MR-1\ndate: 2026-01-10\n---\n# Management review\n\nThe queue (PRB-7) is looked at again in March.\n",
    );
    repo.write("recipes.md", "# Soup\n\nNothing of PRB-7 in it, and no evidence of anything: carrots, leek, water and salt.\n");
    repo.commit("2026-01-12");
    let assessment = repo.assess(&[]);
    let found = assessment.findings("root-cause-without-known-error", "problems.yaml");
    assert_eq!(found.len(), 1, "{found:#?}");
    let named: Vec<(&str, u64, Option<&str>)> = found[0]["named_in"]
        .as_array()
        .unwrap()
        .iter()
        .map(|place| (place["path"].as_str().unwrap(), place["line"].as_u64().unwrap(), place["record"].as_str()))
        .collect();
    assert_eq!(
        named,
        [("changes.yaml", 3, Some("CHG-1")), ("minutes.md", 8, Some("MR-1"))],
        "no part of a longer id, and no document that is evidence for nothing"
    );
    let shown = Repo::plain().run_in(&example("gaps"), &["check"]).stdout;
    let shown = shown.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(shown.contains("also named in: CHG-2026-013 (examples/gaps/records/changes/CHG-2026-013.yaml:11)"), "{}", shown.len());
}

/// The spare router was bought, and the report of the miss names nothing: the link is missing, and not the improvement.
#[test]
fn what_may_answer_a_finding_without_a_link_is_pointed_to() {
    let repo = Repo::new();
    repo.write("clausewise.yaml", SETTINGS);
    repo.write("policy.md", policy());
    repo.write("parties.yaml", "kind: other-party-register\nentries:\n  - {id: PTY-NORDHALL, party: Nordhall, type: external supplier}\n");
    repo.write("reports.yaml", "kind: supplier-performance-report\nrecords:\n  - {id: SPR-1, date: 2026-01-09, party: PTY-NORDHALL, measure: Availability of the line, target: 99.9 %, actual: 99.1 %, assessment: missed}\n");
    repo.write("improvements.yaml", "kind: improvement-register\nentries:\n  - {id: IMP-1, description: Chat on the portal}\n  - {id: IMP-2, description: A second internet line}\n  - {id: IMP-3, description: Faster logon}\n");
    repo.write(
        "outages.yaml",
        "kind: outage-record\nrecords:\n  - {id: OUT-1, started: 2026-01-05, cause: the router of Nordhall, actions: a spare one stands ready}\n",
    );
    repo.commit("2026-01-12");
    let answers = |assessment: &support::Assessment| {
        let found = assessment.findings("supplier-miss-without-improvement", "reports.yaml");
        assert_eq!(found.len(), 1, "{found:#?}");
        let named = found[0].get("may_answer").and_then(|named| named.as_array().cloned()).unwrap_or_default();
        named.iter().map(|place| place["record"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let assessment = repo.assess(&[]);
    assert_eq!(answers(&assessment), ["IMP-2", "OUT-1"]);
    assert_eq!(assessment.verdict("8.3.4.1-s6"), "partly-supported");
    assert!(repo.run(&["gap"]).stdout.contains("not linked to it, and may answer it: IMP-2 (improvements.yaml:4), OUT-1 (outages.yaml:3)"));
    repo.write(
        "improvements.yaml",
        "kind: improvement-register\nentries:\n  - {id: IMP-1, description: Chat on the portal}\n  - {id: IMP-3, description: Faster logon}\n",
    );
    std::fs::remove_file(repo.path().join("outages.yaml")).unwrap();
    let assessment = repo.assess(&[]);
    assert_eq!((answers(&assessment).len(), assessment.verdict("8.3.4.1-s6")), (0, "no-evidence"), "nothing there is about the line");
}

#[test]
fn findings_are_told_with_their_line_and_their_remedy() {
    let repo = Repo::plain();
    repo.write("policy.md", VOICE);
    let told = ["unapproved-document", "overdue-review", "unfilled-placeholder", "broken-reference", "incomplete-document-control"];
    let selected = told.iter().flat_map(|rule| ["--select", rule]);
    let output = repo.run(&["check", "--quiet", "--color", "never"].into_iter().chain(selected).collect::<Vec<_>>());
    assert_eq!(output.code, Some(1));
    insta::assert_snapshot!(output.stdout, @r#"
    minor unapproved-document

      ⚠ Service management policy does not say by whom and when it was approved
       ╭─[policy.md:2:1]
     1 │ ---
     2 │ id: POL-1
       · ─────────
     3 │ title: Service management policy
       ╰────
      help: have it looked over and approved by somebody entitled to, and record who and on which day;
            until then work by the last approved version
            5.2.1-a and 7.5.2-c ask for it (clauses/5.2.yaml line 18 of the clause map)

    minor overdue-review

      ⚠ the review of Service management policy was due on 2026-03-31 (its own next review), before
      │ 2026-10-15
       ╭─[policy.md:8:14]
     7 │ status: approved
     8 │ next_review: 2026-03-31
       ·              ──────────
     9 │ ---
       ╰────
      help: review the document now, record what came of it, and only then announce the next review;
            find out why the day passed
            7.5.3.2-c asks for it (clauses/7.5.yaml line 145 of the clause map)

    minor unfilled-placeholder

      ⚠ Service management policy still holds the placeholder TBD
        ╭─[policy.md:12:1]
     11 │ 
     12 │ Our services are run so that customers can rely on them; see the [plan](plan.md) for the objectives, still TBD.
        · ───────────────────────────────────────────────────────────────────────────────────────────────────────────────
        ╰────
      help: decide what belongs there, write it and have the document approved as a new version; find
            out how it could be approved with the hole in it
            7.5.2-c asks for it (clauses/7.5.yaml line 74 of the clause map)

    minor broken-reference

      ⚠ the link leads to plan.md, which is not there
        ╭─[policy.md:12:66]
     11 │ 
     12 │ Our services are run so that customers can rely on them; see the [plan](plan.md) for the objectives, still TBD.
        ·                                                                  ───────────────
        ╰────
      help: correct the link or id visibly, or restore what it names; where it lies elsewhere on
            purpose, say so beside the link; where the document was never written, write it and have
            it approved
            7.5.3.2-a asks for it (clauses/7.5.yaml line 128 of the clause map)

    4 findings (4 minor), as of 2026-10-15, a plain folder, in no Git repository or without a commit
    "#);
}

const VOICE: &str = r#"---
id: POL-1
title: Service management policy
kind: service-management-policy
owner: Jane Doe
version: "1.0"
status: approved
next_review: 2026-03-31
---
# Service management policy

Our services are run so that customers can rely on them; see the [plan](plan.md) for the objectives, still TBD.
"#;

/// An audit that was given up is no day to be ready for, on the first page as little as in a checklist.
#[test]
fn an_audit_that_was_cancelled_is_no_day_ahead() {
    let repo = Repo::new();
    repo.write("clausewise.yaml", SETTINGS);
    repo.write("policy.md", policy());
    repo.write("audits.yaml", "kind: audit-programme\nentries:\n  - {id: AUD-1, date: 2027-02-01, scope: leadership, status: cancelled}\n  - {id: AUD-2, date: 2027-03-01, scope: operation, status: planned}\n");
    repo.commit("2026-01-12");
    let text = repo.run(&["gap"]).stdout;
    assert!(text.contains("2027-03-01: internal audit") && !text.contains("2027-02-01: internal audit"), "{}", text.len());
}
