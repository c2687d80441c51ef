//! What a reader sees first of a gap report, and the plan: what comes before a first stage, what is done first, what stays.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fall, and says where")]

#[expect(dead_code, reason = "these stories need less than the faults do")]
mod support;

use support::{Repo, document, policy, text_of};

/// The text of a part of the report, up to the next of its kind.
fn part<'report>(report: &'report str, heading: &str) -> &'report str {
    report.split(&format!("{heading}\n")).nth(1).unwrap().split("\n## ").next().unwrap()
}

fn gaps() -> String {
    Repo::plain().run_in(&support::example("gaps"), &["gap"]).stdout
}

/// The phase of the plan with a title; nothing where there is none.
fn phase<'report>(report: &'report str, title: &str) -> &'report str {
    let plan = part(report, "## Action plan");
    plan.split("\n### ").find(|phase| phase.lines().next() == Some(title)).unwrap_or_default()
}

fn rows(phase: &str) -> Vec<&str> {
    phase.lines().filter(|line| line.starts_with("| A")).collect()
}

/// The five things to do first.
fn first(report: &str) -> Vec<&str> {
    let summary = part(report, "## Executive summary");
    summary.lines().filter(|line| line.split_once(". ").is_some_and(|(number, _)| number.parse::<usize>().is_ok())).collect()
}

/// What would stop the first stage is one thing, what it reads another: a minor gap in the plan or the policy is asked about
/// there, and an observation or a fault in a change record is not.
#[test]
fn what_the_first_stage_reads_comes_before_it_and_stops_nothing_by_that() {
    let report = gaps();
    let before = phase(&report, "Before a stage 1 audit");
    for text in [
        "The target of OBJ-3",
        "SVC-FILE is in scope",
        "IAR-2026-02: an auditor",
        "processes/demand.md is empty",
        "PTY-DUSK",
        "Information security policy was",
    ] {
        assert_eq!(rows(before).iter().filter(|row| row.contains(text)).count(), 1, "{text}: {before}");
    }
    let after = phase(&report, "After that");
    for text in ["Type is \"security\"", "CHG-2026-007", "capacity requirements and planning", "RSK-05", "Resource plan 2026 does not state"] {
        assert_eq!(rows(after).iter().filter(|row| row.contains(text)).count(), 1, "{text}: {after}");
    }
    assert!(rows(before).iter().all(|row| !row.contains("(observation;")), "{before}");
    assert!(before.contains("The first stage reads what these are about") && before.contains("None of it would stop that stage"), "{before}");
    assert!(report.contains("| Gaps that stop an audit | 0 | 0 the first stage, 0 the second |"));
    // Where something stops it, the phase says how much.
    let repo = Repo::new();
    repo.write("soup.md", "# Soup\n");
    let report = repo.run(&["gap"]).stdout;
    let figure = report.lines().find(|line| line.starts_with("| Gaps that stop an audit |")).unwrap();
    let stopping = figure.split('|').nth(3).unwrap().trim().split(' ').next().unwrap().to_owned();
    assert!(phase(&report, "Before a stage 1 audit").contains(&format!(" {stopping} major gaps among them would stop that stage")), "{figure}");
}

/// One round of internal audits comes before a first stage. What none has reached is no fault of a document, and a task.
#[test]
fn sub_clauses_that_no_audit_has_reached_are_a_task_before_stage_1() {
    let report = gaps();
    let before = rows(phase(&report, "Before a stage 1 audit")).into_iter().map(str::to_owned).collect::<Vec<_>>();
    let row = before.last().unwrap();
    for text in [
        "14 sub-clauses stand in no report of an internal audit (8.4.3, 8.5.1.1,",
        "the programme plans them for AUD-2026-3 on 2026-11-24, after stage 1: bring that forward",
        "(no finding; 9.2.2-e) | M | Kerstin Vogel |",
    ] {
        assert!(row.contains(text), "{text}: {row}");
    }
    assert!(first(&report).iter().any(|step| step.contains("Audit the 14 sub-clauses") && step.contains("; Kerstin Vogel; effort M)")), "{report}");
    // Every form that holds the plan holds it.
    let repo = Repo::plain();
    for form in ["xlsx", "docx", "html"] {
        let file = repo.beside(&format!("gap.{form}"));
        repo.run_in(&support::example("gaps"), &["gap", "-o", file.to_str().unwrap()]);
        assert!(text_of(std::fs::read(&file).unwrap()).contains("Audit the 14 sub-clauses that stand in no audit report yet"), "{form}");
    }
    // Without any report the gap is the audit itself, and told once.
    let repo = Repo::new();
    repo.write("soup.md", "# Soup\n");
    let report = repo.run(&["gap"]).stdout;
    assert!(report.contains("Not found here: internal audit report") && !report.contains("in no audit report"), "{report}");
    // One that covers all leaves nothing to reach; one that does not tell what it covered is asked first.
    let audit = |clauses: &str| document("internal-audit-report", "IAR-1").replace("---\n# ", &format!("date: 2026-03-02\n{clauses}---\n# "));
    repo.write("audit.md", audit("clauses: [4, 5, 6, 7, 8, 9, 10]\n"));
    assert!(!repo.run(&["gap"]).stdout.contains("in no audit report"));
    repo.write("audit.md", audit("clauses: [4, 5, 6, 7, 8, 9]\n"));
    let report = repo.run(&["gap"]).stdout;
    assert!(
        report.contains("Audit the 3 sub-clauses that stand in no audit report yet, and keep the report; no audit that is planned with its day names them."),
        "{report}"
    );
    repo.write("audit.md", audit(""));
    assert!(repo.run(&["gap"]).stdout.contains("say first what IAR-1 covered, which does not tell"));
}

/// Where nothing is to be put right, people still have something to do before they meet the auditor.
#[test]
fn a_report_without_findings_says_what_to_prepare() {
    let report = Repo::plain().run_in(&support::example("complete"), &["gap"]).stdout;
    let summary = part(&report, "## Executive summary");
    let open = summary.lines().find_map(|line| line.strip_prefix("| Open questions | ")).and_then(|line| line.split(' ').next()).unwrap();
    assert!(summary.contains(&format!("What to do next: prepare the {open} open questions below")), "{summary}");
    assert!(!gaps().contains("What to do next"), "what is to be put right comes first");
}

/// Facts, and no verdict on whether that day can be kept.
#[test]
fn the_summary_says_what_stands_between_here_and_a_stage_1_that_documents_name() {
    let report = gaps();
    let before = rows(phase(&report, "Before a stage 1 audit"));
    let without = before.iter().filter(|row| !row.contains("a review decided: ")).count();
    let decided = rows(phase(&report, "After that")).iter().filter(|row| row.contains("a review decided: ")).count();
    let line = format!(
        "Stage 1 is named for 2026-11-17, 33 days after 2026-10-15: {} actions of the plan come before it, {without} of them without a day yet; for {decided} of the others a review has decided something for a day before it; 14 sub-clauses stand in no audit report, and the programme plans them for AUD-2026-3 on 2026-11-24, after stage 1.",
        before.len()
    );
    assert!(part(&report, "## Executive summary").lines().any(|one| one == line), "{line}: {report}");
    let repo = small("");
    assert!(!repo.run(&["gap"]).stdout.contains("Stage 1 is named"), "no document names a day");
    let repo = small("Stage 1 of the certification is on 2026-11-17.\n");
    assert!(repo.run(&["gap"]).stdout.contains("Stage 1 is named for 2026-11-17, 33 days after 2026-10-15: "));
}

fn small(more: &str) -> Repo {
    let repo = Repo::new();
    repo.write("policy.md", policy() + "\n" + more);
    repo.write("clausewise.yaml", "organization: {name: Test Ltd}\nroles: {top_management: [Ann Chief]}\n");
    repo.commit("2026-01-02");
    repo
}

/// A document that is named as one to keep must not stand among the gaps a page later.
#[test]
fn what_can_stay_names_no_document_that_carries_a_finding() {
    let repo = Repo::plain();
    let report = gaps();
    let stays = report.lines().find(|line| line.starts_with("What can stay: ")).unwrap();
    let assessment = repo.assess_in(&support::example("gaps"), &[]);
    let paths: Vec<&str> = assessment["findings"].as_array().unwrap().iter().filter_map(|finding| finding["location"]["path"].as_str()).collect();
    let named: Vec<_> = (assessment["documents"].as_array().unwrap().iter())
        .filter(|document| document["title"].as_str().is_some_and(|title| stays.contains(&format!(" {title}"))))
        .filter_map(|document| document["path"].as_str())
        .collect();
    assert!(named.len() >= 5 && named.iter().all(|path| !paths.contains(path)), "{stays} {named:?}");
    let repo = small("");
    assert!(repo.run(&["gap"]).stdout.contains("What can stay: 1 file supports what it is for, above all Document POL-1."));
    repo.write("policy.md", policy().replace("next_review: 2027-01-01", "next_review: 2026-03-01"));
    let report = repo.run(&["gap"]).stdout;
    assert!(report.contains("What can stay: 1 file supports what it is for. "), "{report}");
}

/// What a later record took up is told, and nobody has anything to do about it.
#[test]
fn what_asks_for_nothing_to_be_done_is_no_action() {
    let report = gaps();
    assert!(part(&report, "## Gaps by clause").contains("Leave this one as it is, and see that the next ones keep to"));
    assert!(!part(&report, "## Action plan").contains("Leave this one as it is"));
}

/// A contradiction weighs more than a missing sentence, and what is not sure waits for what is.
#[test]
fn of_equal_grade_what_speaks_against_and_what_is_sure_is_done_first() {
    let report = gaps();
    let steps = first(&report);
    let at = |text: &str| steps.iter().position(|step| step.contains(text));
    let (contradiction, draft) = (at("an auditor audited work of their own").unwrap(), at("has the status \"draft\"").unwrap());
    assert!(steps.len() == 5 && contradiction < draft, "{steps:#?}");
    assert!(steps.iter().all(|step| !step.contains("speaks of exceptions")), "of low confidence: {steps:#?}");
    // What one builds on goes before it, however small it is.
    let repo = Repo::new();
    repo.write("soup.md", "# Soup\n");
    let report = repo.run(&["gap"]).stdout;
    assert!(first(&report)[0].starts_with("1. Settle with top management which services"), "{:#?}", first(&report));
}

#[test]
fn a_state_of_a_later_day_than_the_one_it_is_judged_by_says_so() {
    let repo = small("");
    let head = |repo: &Repo| repo.run(&["gap"]).stdout.split("## Executive").next().unwrap().to_owned();
    assert!(!head(&repo).contains("judged as of an earlier day"));
    repo.commit("2026-10-15");
    assert!(head(&repo).contains(" of 2026-10-15 |"), "{}", head(&repo));
    repo.commit("2026-11-02");
    assert!(head(&repo).contains(" of 2026-11-02, judged as of an earlier day |"), "{}", head(&repo));
}

/// Not every open question is one for an interview: some lapse with an answer, some with a document that somebody confirms.
#[test]
fn open_questions_are_told_by_what_settles_them_with_the_same_numbers_everywhere() {
    let repo = Repo::new();
    repo.write("soup.md", "# Soup\n");
    repo.write("report.pdf", "%PDF-1.4");
    for report in [gaps(), repo.run(&["gap"]).stdout] {
        let figure = report.lines().find(|line| line.starts_with("| Open questions |")).unwrap();
        let (total, parts) = (figure.split('|').nth(2).unwrap().trim(), figure.split("do not settle: ").nth(1).unwrap().trim_end_matches(" |"));
        let numbers: usize = parts.split([',', ' ']).filter_map(|word| word.parse::<usize>().ok()).sum();
        assert_eq!(numbers.to_string(), total, "{figure}");
        assert!(parts.contains(" only people can show") && parts.contains("once it is answered whether"), "{figure}");
        assert!(report.contains(&format!("{total} requirements are not settled by documents and are open questions: {parts}.")), "{report}");
        assert!(report.contains(&format!("| needs auditor | {total} | documents do not settle it: {parts} |")), "{report}");
    }
}

/// Each is minor by its rule; at one requirement they say more together, and a reader must not have to find that out.
#[test]
fn minor_gaps_that_meet_at_one_requirement_are_told_together() {
    let report = gaps();
    let blocking = part(&report, "## Gaps that would stop an audit");
    let at = |id: &str| blocking.lines().find(|line| line.starts_with(&format!("| {id} |"))).unwrap_or_default().to_owned();
    assert!(at("8.3.4.1-s2").contains("contract in writing. | F25, F26 |"), "{blocking}");
    assert!(at("7.5.2-a").ends_with("| F7, F8, F11, F15 |"), "{blocking}");
    // What 7.5.4 lists of the same is not told twice, and observations do not count.
    assert!(at("7.5.4-i").is_empty() && at("8.7.2-s6").is_empty(), "{blocking}");
    let page = Repo::plain().run_in(&support::example("gaps"), &["gap", "--format", "html"]).stdout;
    assert!(page.contains("<th scope=\"row\"><a href=\"#8.3.4.1-s2\">8.3.4.1-s2</a></th>"));
    let none = small("").run(&["gap"]).stdout;
    assert!(!none.contains("which an auditor may weigh together"), "{none}");
}

/// Whoever has a system for information security need not begin anew, and has to hear what of it does not stand for services.
#[test]
fn another_management_system_is_named_as_ground_to_build_on() {
    let repo = Repo::new();
    for title in ["Access Control Policy", "Password Policy", "Encryption Policy", "Acceptable Use Policy", "Vulnerability Management Policy"] {
        let text = format!(
            "# {title}\n\n## Purpose\n\nThis policy sets the rules for information security. All employees must follow it.\n\n## Policy\n\nAccess to \
             information systems must be authorised, passwords must be strong, data must be encrypted, and vulnerabilities must be remediated. The \
             information security officer is responsible for enforcement.\n"
        );
        repo.write(format!("{}.md", title.replace(' ', "-")), text);
    }
    let sentence = "5 of 5 recognised documents are about 8.7.3: what is here seems to be an information security management system.";
    let report = repo.run(&["gap"]).stdout;
    assert!(part(&report, "## Executive summary").contains(sentence), "{report}");
    // With a scope of services there is a system already; with other documents in plenty it is no longer most.
    repo.write("scope.md", document("scope-statement", "The system of Example Ltd covers the service Mail for its customers."));
    let report = repo.run(&["gap"]).stdout;
    assert!(!report.contains("seems to be an information security management system"), "{report}");
}

/// Whoever works from the register of findings filters by the step of the plan and by who does it.
#[test]
fn the_register_of_findings_names_the_action_and_its_owner() {
    let csv = Repo::plain().run_in(&support::example("gaps"), &["gap", "--format", "csv"]).stdout;
    let row = |number: &str| csv.lines().find(|line| line.starts_with(&format!("\"{number}\","))).unwrap().to_owned();
    assert!(csv.starts_with("\"No.\"") && csv.lines().next().unwrap().contains("\"Action\",\"When\",\"Owner\""), "{csv}");
    let report = gaps();
    let of_plan = |number: &str| rows(part(&report, "## Action plan")).into_iter().find(|row| row.contains(&format!("| {number}: "))).unwrap().to_owned();
    for (number, owner) in [("F25", "Olu Bankole"), ("F5", "Kerstin Vogel")] {
        let action = of_plan(number).split(" | ").next().unwrap().trim_start_matches("| ").to_owned();
        let phase = if phase(&report, "After that").contains(&format!("| {action} |")) { "After that" } else { "Before a stage 1 audit" };
        assert!(row(number).contains(&format!("\"{action}\",\"{phase}\",\"{owner}\"")), "{}", row(number));
    }
    // What was taken up since leaves nothing to do, neither here nor in the report.
    assert!(row("F18").contains(",\"none\",") && row("F18").contains("\"\",\"\",\"\",\"high\""), "{}", row("F18"));
}

/// What the client's own documents say of a fault stands beside it: the register that knows the right id, the words in which
/// an order was placed, the plan in which much of it is written, and where small gaps meet.
#[test]
fn a_finding_tells_what_other_documents_say_of_it() {
    let report = gaps();
    for text in [
        "examples/gaps/sms/documents.yaml:61 lists examples/gaps/processes/problems.md as PRC-11",
        "its entry says \u{201c}works on our order by e-mail of 2025-11-03 and on its price list\u{201d}",
        "build on `examples/gaps/sms/resource-plan.md`",
        "several together can weigh as a major one (they meet at 7.5.2, 7.5.3.2, 7.5.4 and 8.3.4.1)",
    ] {
        assert!(report.contains(text), "{text}");
    }
    // The owner of a document that names none is known by the register of documents.
    let row = rows(&report).into_iter().find(|row| row.contains("Resource plan 2026 does not state its owner")).unwrap();
    assert!(row.contains("| Olu Bankole |"), "{row}");
}
