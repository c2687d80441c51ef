//! The statement of applicability of documents as found, and where it tells what is at fault.
#![expect(clippy::unwrap_used, reason = "a test may fall, and says where")]

#[expect(dead_code, reason = "these stories need less than the faults do")]
mod support;

use support::Repo;

/// Of documents that nobody has confirmed no statement can be made: the paper says that it is a form, and shows what is there.
#[test]
fn a_statement_of_documents_that_nobody_confirmed_says_that_it_is_a_form() {
    let repo = Repo::new();
    let text = "All employees must follow this policy. Access to information systems must be authorised, and passwords must be strong.";
    for title in ["Access Control Policy", "Password Policy", "Encryption Policy", "Acceptable Use Policy", "Information Security Policy"] {
        repo.write(format!("{}.md", title.replace(' ', "-")), format!("# Halden Works \u{2014} {title}\n\n## Purpose\n\n{text}\n"));
    }
    for form in ["md", "html"] {
        let statement = repo.run(&["soa", "--format", form]).stdout;
        assert!(statement.contains("This is a form to fill in and no statement yet."), "{statement}");
        assert!(statement.contains("Information Security Policy") && !statement.contains("Halden Works \u{2014} Information"), "{statement}");
    }
    let stated = Repo::plain().run_in(&support::example("gaps"), &["soa"]).stdout;
    assert!(!stated.contains("This is a form to fill in"), "{stated}");
}

/// What is at fault with a supplier stands where suppliers are asked about, and not only where the supplier works.
#[test]
fn a_finding_on_a_party_stands_at_the_sub_clause_that_asks_for_it() {
    let statement = Repo::plain().run_in(&support::example("gaps"), &["soa"]).stdout;
    let remark =
        |rule: &str| statement.lines().find(|line| line.starts_with("| ") && line.contains(&format!("finding {rule}:"))).unwrap_or_default().to_owned();
    for rule in ["supplier-without-contract", "supplier-miss-without-improvement", "contract-expired"] {
        assert!(remark(rule).split(" | ").next().unwrap().contains("8.3.4.1"), "{}", remark(rule));
    }
}

/// The statement and the gap report must not name two days for one test: what the plan announces comes before its interval.
#[test]
fn what_is_next_due_is_the_nearer_of_what_is_announced_and_what_follows_from_the_interval() {
    let statement = Repo::plain().run_in(&support::example("gaps"), &["soa"]).stdout;
    let row = statement.lines().find(|line| line.starts_with("| Continuity test record |")).unwrap();
    assert!(row.contains("| 2025-11-18 | 2026-09-15 |"), "{row}");
}

/// Where nothing is demanded in writing, a sub-clause rests on what is about it; and what is not there stands nowhere.
#[test]
fn a_sub_clause_names_what_is_about_it_where_nothing_is_demanded() {
    let statement = Repo::plain().run_in(&support::example("gaps"), &["soa"]).stdout;
    let row = |clause: &str| statement.lines().find(|line| line.starts_with(&format!("| {clause} | "))).unwrap_or_default().to_owned();
    assert!(row("8.4.3").contains("Money and capacity (D"), "{}", row("8.4.3"));
    let repo = Repo::new();
    repo.write(
        "access.md",
        "# Access Control Policy\n\nAll employees must follow this policy. Access to information systems must be authorised, and passwords must be strong.\n",
    );
    let statement = repo.run(&["soa"]).stdout;
    let missing = statement.lines().find(|line| line.contains("not found here: scope of the service management system")).unwrap();
    assert!(!missing.contains("access.md"), "{missing}");
}
