//! What is handed over: several forms in one run, templates and a style of one's own, and text that stays text.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fall, and says where")]
#![allow(dead_code, reason = "each test crate uses a part of the support")]

mod support;

use std::path::Path;

use support::{DELIVERABLES, FORMS, Repo, document, policy};

fn small() -> Repo {
    let repo = Repo::new();
    repo.write("policy.md", policy());
    repo.write("clausewise.yaml", "organization: {name: Test Ltd}\nroles: {top_management: [Ann Chief]}\n");
    repo.commit("2026-01-02");
    repo
}

/// The bytes of every form of a deliverable, made in one run.
fn all_forms(repo: &Repo, command: &[&str], folder: &str) -> Vec<Vec<u8>> {
    let folder = repo.beside(folder);
    std::fs::create_dir_all(&folder).unwrap();
    let files: Vec<String> = FORMS.iter().map(|form| folder.join(format!("report.{form}")).display().to_string()).collect();
    let outputs = files.iter().flat_map(|file| ["-o", file]);
    let output = repo.run(&command.iter().copied().chain(outputs).collect::<Vec<_>>());
    assert_eq!((output.code, output.stdout.as_str()), (Some(0), ""), "{command:?}: {}", output.stderr);
    files.iter().map(|file| std::fs::read(file).unwrap()).collect()
}

#[test]
fn one_run_writes_every_form_and_the_next_one_the_same_bytes() {
    let repo = small();
    for command in DELIVERABLES {
        let first = all_forms(&repo, command, "first");
        let second = all_forms(&repo, command, "second");
        for ((form, one), other) in FORMS.iter().zip(&first).zip(&second) {
            assert!(one.len() > 1_000, "{command:?} as {form} holds {} bytes", one.len());
            assert!(one == other, "{command:?} as {form} differs from run to run");
        }
        assert!(first[2].starts_with(b"PK") && first[3].starts_with(b"PK"));
    }
}

#[test]
fn json_is_what_its_published_schema_says() {
    let repo = small();
    for (command, schema) in DELIVERABLES.iter().zip(["assessment", "soa", "checklist"]) {
        let schema =
            serde_json::from_str(&repo.program(repo.path()).args(["schema", schema]).output().map(|output| String::from_utf8(output.stdout).unwrap()).unwrap())
                .unwrap();
        let value = serde_json::from_str(&repo.run(&[*command, &["--format", "json"]].concat()).stdout).unwrap();
        let validator = jsonschema::validator_for(&schema).unwrap();
        let faults: Vec<String> = validator.iter_errors(&value).map(|fault| format!("{}: {fault}", fault.instance_path())).take(5).collect();
        assert!(faults.is_empty(), "{command:?}: {faults:#?}");
    }
}

#[test]
fn what_cannot_be_written_is_told_before_the_work_begins() {
    let repo = small();
    let here = repo.beside("here.md").display().to_string();
    let output = repo.run(&["gap", "-o", &here, "-o", "/nowhere/at/all.html"]);
    assert_eq!(output.code, Some(5), "{output:?}");
    assert!(output.stderr.contains("/nowhere/at/all.html") && output.stderr.contains("-o"), "{}", output.stderr);
    assert!(!Path::new(&here).exists(), "the other report was written all the same");
    repo.run(&["gap", "-o", "report.odt"]).is_refusal(2, &[".odt", "html", "--format"]);
    repo.run(&["gap", "-o", "report"]).is_refusal(2, &["ending", "--format"]);
    repo.run(&["gap", "--format", "xlsx"]).is_refusal(2, &["-o FILE"]);
}

#[test]
fn a_template_of_ones_own_goes_before_the_built_in_one() {
    let repo = small();
    repo.write("house/gap.md", "Dear {{ report.cover.organization }},\n\n{% include \"builtin/gap.md\" %}\n");
    let report = repo.run(&["gap", "--templates", "house"]).stdout;
    assert!(report.starts_with("Dear Test Ltd,\n\n# Gap report: Test Ltd\n"), "{}", &report[..200]);
    repo.write("house/gap.md", "{{ report.nothing }}");
    repo.run(&["gap", "--templates", "house"]).is_refusal(2, &["--templates", "gap.md"]);
    repo.write("other/letter.md", "no built-in template is called so");
    repo.run(&["gap", "--templates", "other"]).is_refusal(2, &["other", "gap.md", "soa.md"]);
    repo.run(&["gap", "--templates", "missing"]).is_refusal(2, &["missing"]);
}

#[test]
fn the_house_style_reaches_the_cover_and_what_cannot_be_used_is_refused() {
    let repo = small();
    let settings = |report: &str| format!("organization: {{name: Test Ltd}}\nreport: {{{report}}}\n");
    repo.write("logo.png", [0x89, b'P', b'N', b'G', 13, 10, 26, 10]);
    repo.write("clausewise.yaml", settings("prepared_by: Lena Holt, classification: confidential, language: de, colour: \"#1a4f8b\", logo: logo.png"));
    let report = repo.run(&["gap"]).stdout;
    for part in ["Lena Holt", "confidential", "Maßnahmenplan"] {
        assert!(report.contains(part), "{part}");
    }
    let page = repo.run(&["gap", "--format", "html"]).stdout;
    for part in ["data:image/png;base64,", "#1a4f8b", "lang=\"de\""] {
        assert!(page.contains(part), "{part}");
    }
    for (report, words) in [
        ("colour: red", "no colour"),
        ("colour: \"#1a4f8b; } body { display: none\"", "no colour"),
        ("language: xx", "no headings in `xx`"),
        ("logo: policy.md", "neither PNG nor JPEG"),
        ("logo: ../../etc/hostname", "not there"),
        ("colours: red", "colours"),
    ] {
        repo.write("clausewise.yaml", settings(report));
        repo.run(&["gap"]).is_refusal(2, &["clausewise.yaml", words]);
    }
}

#[test]
fn a_report_says_what_changed_since_a_commit() {
    let repo = small();
    repo.write("policy.md", policy().replace("owner: Jane Doe\n", ""));
    repo.commit("2026-02-02");
    let report = repo.run(&["gap", "--since", "HEAD~1"]).stdout;
    let changes = report.split("## What changed since").nth(1).and_then(|rest| rest.split("\n## ").next()).unwrap();
    assert!(changes.contains("does not state its owner"), "{changes}");
    assert!(changes.contains("None was settled"), "{changes}");
    let back = repo.run(&["gap", "--since", "HEAD", "--rev", "HEAD~1"]).stdout;
    let changes = back.split("## What changed since").nth(1).and_then(|rest| rest.split("\n## ").next()).unwrap();
    assert!(changes.contains("Settled since then") && changes.contains("No finding is new"), "{changes}");
    repo.run(&["gap", "--since", "nowhere"]).is_refusal(2, &["nowhere"]);
}

/// Titles that want to be markup, a template, a formula, a table or a script.
const HOSTILE: [&str; 7] = [
    "\"><img src=x onerror=alert(1)>",
    "</script><script>alert(2)</script>",
    "{{ 7*7 }} {% include \"/etc/passwd\" %}",
    "a | b | c `code` | d",
    "=HYPERLINK(\"http://evil.example\")",
    "[click](javascript:alert(3))",
    "left \u{202e}right",
];

fn hostile() -> Repo {
    let repo = Repo::new();
    for (index, title) in HOSTILE.iter().enumerate() {
        let quoted = title.replace('\\', "\\\\").replace('"', "\\\"");
        let text =
            document("service-management-policy", &format!("POL-{index}")).replace(&format!("title: Document POL-{index}"), &format!("title: \"{quoted}\""));
        repo.write(format!("{index}.md"), text.replace("status: approved", "status: draft"));
    }
    repo.write("clausewise.yaml", format!("organization: {{name: {:?}}}\n", HOSTILE[1]));
    repo.commit("2026-01-02");
    repo
}

#[test]
fn text_of_the_repository_stays_text_in_every_form() {
    let repo = hostile();
    for command in DELIVERABLES {
        let page = repo.run(&[command, &["--format", "html"]].concat()).stdout;
        assert!(!page.contains("<img src=x") && !page.contains("<script>alert"), "{command:?}");
        assert!(!page.contains("href=\"javascript:") && !page.contains('\u{202e}'), "{command:?}");
        let text = repo.run(command).stdout;
        assert!(!text.contains("<script") && !text.contains('\u{202e}') && !text.replace("\\]", "").contains("](javascript:"), "{command:?}");
        let raw = repo.run(&[command, &["--format", "csv"]].concat()).stdout;
        for record in csv::ReaderBuilder::new().from_reader(raw.as_bytes()).records() {
            for field in &record.unwrap() {
                assert!(!field.starts_with(['=', '+', '-', '@', '\t', '\r']), "{command:?}: {field}");
            }
        }
    }
    let report = repo.run(&["gap"]).stdout;
    assert!(report.contains(r"{{ 7\*7 }}"), "a template expression is printed as it is");
    assert!(report.contains("<U+202E>") || report.contains("&lt;U+202E>"), "a hidden character is shown");
}

#[test]
fn every_row_of_a_table_has_the_columns_of_its_head() {
    let repo = hostile();
    for command in DELIVERABLES {
        let text = repo.run(command).stdout;
        let mut columns = None;
        for line in text.lines() {
            let bars = line.replace("\\|", "").matches('|').count();
            if !line.starts_with('|') {
                columns = None;
                continue;
            }
            assert_eq!(*columns.get_or_insert(bars), bars, "{command:?}: {line}");
        }
    }
}

/// The text of a part of the report, up to the next of its kind.
fn part<'report>(report: &'report str, heading: &str) -> &'report str {
    report.split(&format!("{heading}\n")).nth(1).unwrap().split("\n## ").next().unwrap()
}

/// The heading under which the plan has the first action with a text, and its row.
fn action(report: &str, text: &str) -> (String, String) {
    let phase = part(report, "## Action plan").split("\n### ").find(|phase| phase.contains(text)).unwrap();
    (phase.lines().next().unwrap().to_owned(), phase.lines().find(|line| line.contains(text)).unwrap().to_owned())
}

/// An analysis needs its records first, and stage 1 stops only at what it looks at.
#[test]
fn the_plan_puts_what_others_build_on_before_them_and_says_what_to_do_first_in_its_order() {
    let repo = Repo::new();
    repo.write("clausewise.yaml", "organization: {name: Test}\n");
    repo.write("soup.md", "# Soup\n");
    repo.commit("2026-01-02");
    let report = repo.run(&["gap"]).stdout;
    let at = |text: &str| report.find(text).unwrap();
    let (plan, first_ends) = (at("## Action plan"), at("### Before a stage 2 audit"));
    let action = |text: &str| plan + report[plan..].find(text).unwrap();
    let (records, analysis) = (action("Not found here: change record"), action("Not found here: change trend analysis"));
    assert!(records < analysis, "{records} {analysis}");
    let catalogue = action("Not found here: service catalogue");
    assert!(catalogue < first_ends && action("Not found here: known error register") > first_ends, "only what stage 1 looks at stops it");
    assert!(report[at("What to do first")..plan].contains("1. Settle with top management which services"));
    assert!(report[plan..].contains("proposed: "));
    let check = repo.run(&["check"]).stdout;
    assert!(check.split_whitespace().collect::<Vec<_>>().join(" ").contains("if it is kept elsewhere, map the file"), "{check}");
}

/// Months of records have to be there before anybody can look at them, so that they begin first; who looks at all the rest
/// comes last.
#[test]
fn records_begin_at_once_and_internal_audit_and_review_come_last_before_stage_1() {
    let repo = Repo::new();
    repo.write("soup.md", "# Soup\n");
    let report = repo.run(&["gap"]).stdout;
    for kind in ["change", "incident", "service request", "complaint", "problem", "release", "nonconformity"] {
        let (phase, row) = action(&report, &format!("Not found here: {kind} record"));
        assert!(phase == "Begin now" && !row.contains("(after "), "{phase}: {row}");
    }
    let (_, first) = part(&report, "## Action plan").split_once("### Before a stage 1 audit").unwrap();
    let rows: Vec<&str> = first.split("\n### ").next().unwrap().lines().filter(|line| line.starts_with("| A")).collect();
    let (audit, review) = (rows[rows.len() - 2], rows[rows.len() - 1]);
    assert!(audit.contains("internal audit report") && review.contains("management review record"), "{audit}\n{review}");
    assert!(audit.contains("proposed: internal auditor") && !report.contains("proposed: document controller"), "{audit}");
}

/// What is a small matter by itself has to be done early where something graver cannot be done without it.
#[test]
fn what_a_stage_builds_on_is_done_before_that_stage_however_small_it_is() {
    let repo = Repo::new();
    repo.write("soup.md", "# Soup\n");
    let action = |missing: &str| action(&repo.run(&["gap"]).stdout, &format!("Not found here: {missing}"));
    let (phase, row) = action("continuity risk assessment");
    assert!(phase == "Before a stage 1 audit" && row.contains("(minor;"), "{phase}: {row}");
    // Only something minor builds on how processes are described.
    assert_eq!(action("process performance report").0, "After that");
    // Where reports are kept here, known errors that are not are a grave matter.
    repo.write("demand.yaml", "kind: demand-report\nid: DEM-1\nperiod: 2026-Q3\ndate: 2026-09-05\n");
    let (phase, row) = action("problem record");
    assert!(phase == "Begin now" && row.contains("(observation;"), "{phase}: {row}");
    let (phase, built) = action("known error register");
    let number = row.split(' ').nth(1).unwrap();
    assert!(phase == "Before a stage 2 audit" && built.contains("(major;") && built.contains(&format!("(after {number})")), "{phase}: {built}");
    // Where the plan for continuity is kept elsewhere, nothing grave waits for the assessment of its risks.
    repo.write("clausewise.yaml", "organization: {name: Test}\nexternal:\n  - {kind: service-continuity-plan, system: vault, pointer: shelf 3, owner: Jane Doe, last_checked: 2026-09-01}\n");
    assert_eq!(action("continuity risk assessment").0, "After that");
}

#[test]
fn the_plan_names_whom_the_record_names_then_whom_the_registers_name() {
    let folder = support::example("gaps");
    let report = Repo::plain().run_in(&folder, &["gap"]).stdout;
    for (text, owner) in [
        ("NC-2026-03: a corrective action", "Farah Siddiq"),
        ("IMP-2026-03: an approved improvement", "Darren Pike"),
        ("RSK-05: an action", "Lucia Moreno"),
        ("capacity requirements and planning", "Lucia Moreno"),
        ("CHG-2026-007", "Lucia Moreno"),
        ("customer satisfaction report", "Farah Siddiq"),
        ("SPR-2026-Q3-N", "Olu Bankole"),
        ("PRB-2026-003", "Henrik Dahl"),
        ("INC-2026-013", "Darren Pike"),
        ("processes/demand.md is empty", "Farah Siddiq"),
    ] {
        let (_, row) = action(&report, text);
        assert!(row.contains(&format!("| {owner} |")), "{row}");
    }
    // A draft of what 7.5.4 names is read by the first stage.
    assert_eq!(action(&report, "Change management policy has the status").0, "Before a stage 1 audit");
    assert!(!report.contains("shows no trend (no trend)") && !report.contains("has no target (no target)"));
}

#[test]
fn the_summary_says_what_stays_who_begins_what_it_takes_and_which_days_are_ahead() {
    let folder = support::example("gaps");
    let report = Repo::plain().run_in(&folder, &["gap"]).stdout;
    let summary = part(&report, "## Executive summary");
    for said in ["What can stay: ", "Scope of the service management system", "Who begins: Olu Bankole", "2026-11-17: stage 1 (", "2026-11-24: internal audit"]
    {
        assert!(summary.contains(said), "{said}: {summary}");
    }
    let rows = part(&report, "## Action plan");
    let of = |effort: &str| rows.matches(&format!("| {effort} |")).count();
    let (weeks, days, hours) = (of("L"), of("M"), of("S"));
    let (least, most) = (hours.div_ceil(8) + days + 5 * weeks, hours + 5 * days + 20 * weeks);
    let effort = format!("| Effort | {least} to {most} | person-days for the plan: {weeks} L (weeks), {days} M (days), {hours} S (hours) |");
    assert!(summary.contains(&effort) && report.contains("S 1 to 8 hours, M 1 to 5 days, L 1 to 4 weeks"), "{effort}: {summary}");
    let late = summary.lines().find(|line| line.contains("2026-11-24: internal audit")).unwrap();
    assert!(late.contains("after stage 1: bring it forward"), "{late}");
    assert!(summary.lines().any(|line| line.contains("2026-11-17: stage 1")) && summary.contains("14 sub-clauses stand in no audit report"), "{summary}");
    assert!(!summary.contains("clausewise"), "{summary}");
}

/// The same person is to act, and the words are those of the record: a second sign keeps another task of that person out.
#[test]
fn what_a_management_review_has_decided_already_stands_in_the_plan() {
    let folder = support::example("gaps");
    let report = Repo::plain().run_in(&folder, &["gap"]).stdout;
    for (text, until, line) in [
        ("customer satisfaction report is of", "2026-11-13", 76),
        ("CON-NORDHALL-LINE: a contract", "2026-10-23", 75),
        ("SCP-1: the test of a service continuity plan", "2026-10-30", 73),
        ("RSK-05: an action", "2026-10-30", 74),
        // Somebody else is to act, and the minutes name the nonconformity.
        ("NC-2026-03: a corrective action", "2026-10-23", 75),
    ] {
        let (_, row) = action(&report, text);
        assert!(row.contains(&format!("| {until} (of this or a part of it, a review decided: ")) && row.contains(&format!("MR-2026-02.md:{line}`")), "{row}");
    }
    // Darren Pike and Farah Siddiq have tasks of that review too, and those are others.
    for text in ["IMP-2026-03: an approved improvement", "speaks of exceptions", "NC-2026-02: a nonconformity", "PRB-2026-003"] {
        let (_, row) = action(&report, text);
        assert!(!row.contains("a review decided"), "{row}");
    }
    let summary = part(&report, "## Executive summary");
    assert!(summary.contains("Olu Bankole; effort M; a review decided something for 2026-10-23)"), "{summary}");
    let repo = Repo::plain();
    let mut earlier = repo.program(&folder);
    earlier.args(["gap", "--as-of", "2026-10-01"]);
    let earlier = support::Output::of(earlier).stdout;
    assert!(earlier.contains("| As of | 2026-10-01 |") && !earlier.contains("a review decided"), "the review was held on 2026-10-06: {earlier}");
}

/// One fault weighs by how many records it was looked for in; the report says so and leaves the weighing to an auditor.
#[test]
fn a_finding_on_one_of_several_records_says_of_how_many() {
    let folder = support::example("gaps");
    let report = Repo::plain().run_in(&folder, &["gap"]).stdout;
    for (text, share) in
        [("CHG-2026-010: ", "1 of 9 of which this is asked (change record)"), ("IAR-2026-02: ", "1 of 2 of which this is asked (internal audit report)")]
    {
        let line = report.lines().find(|line| line.starts_with("- **F") && line.contains(text)).unwrap();
        assert!(line.contains(share), "{line}");
    }
}

/// Days ahead are found by the words of each language; a day that belongs to something else before an event is not its day.
#[test]
fn days_ahead_are_told_in_the_language_of_the_documents() {
    let repo = Repo::new();
    let german =
        "Das Zertifizierungsaudit ist geplant: 2026-12-03 in K\u{f6}ln. Urlaub vor Stufe 1 am 2026-11-02. Die Managementbewertung findet am 25.11.2026 statt.";
    repo.write("plan.md", document("service-management-plan", "P-1") + german + "\n");
    repo.write("clausewise.yaml", "organization: {name: Test Ltd}\n");
    let summary = repo.run(&["gap"]).stdout;
    let summary = part(&summary, "## Executive summary");
    for said in ["- 2026-11-25: management review (`plan.md:", "- 2026-12-03: certification audit (`plan.md:"] {
        assert!(summary.contains(said), "{said}: {summary}");
    }
    assert!(!summary.contains("2026-11-02"), "{summary}");
}

/// What was done after the last commit cannot show, and what fell due then may have been done.
#[test]
fn a_state_that_lies_behind_is_told_and_what_is_overdue_is_one_entry() {
    let repo = Repo::new();
    for (index, due) in ["2026-03-01", "2026-06-01", "2026-07-01", "2026-08-01"].iter().enumerate() {
        let text = document("service-management-policy", &format!("POL-{index}"));
        let due_on = format!("next_review: {due}");
        let old = text.lines().find(|line| line.starts_with("next_review:")).unwrap().to_owned();
        repo.write(format!("{index}.md"), text.replace(&old, &due_on));
    }
    repo.write("clausewise.yaml", "organization: {name: Test Ltd}\n");
    repo.commit("2026-05-02");
    let report = repo.run(&["gap"]).stdout;
    let limits = part(&report, "## Basis and limits");
    for text in [&report[..report.find("## Executive").unwrap()], limits] {
        assert!(text.contains(" of 2026-05-02, 166 days before the as-of day: what was done since then cannot show"), "{text}");
    }
    let gaps = part(&report, "## Gaps by clause");
    assert!(gaps.contains("(4 of them)") && gaps.matches("Review the document now").count() == 1, "{gaps}");
    let remark: Vec<&str> = gaps.lines().filter(|line| line.contains("the last change that was read is of 2026-05-02")).collect();
    assert!(remark.len() == 1 && remark[0].matches(" F").count() + remark[0].matches("F").count() >= 3, "{remark:?}");
    let late = repo.assess(&[]);
    assert_eq!(late["findings"].as_array().unwrap().iter().filter(|finding| finding["rule"] == "overdue-review").count(), 4);
    assert_eq!(late["provenance"]["committed_on"], "2026-05-02");
    // What is not committed yet is of no known day.
    repo.write("more.md", "# More\n");
    assert!(!repo.run(&["gap"]).stdout.contains("since then cannot show"));
}
