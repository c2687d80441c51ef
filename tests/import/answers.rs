//! What becomes of answers: new ones, changed ones, those whose evidence changed, and those beside a later one.

use crate::book::Book;
use crate::support::{AS_OF, policy};
use crate::{KEPT, exported, import, kept};

#[test]
fn rows_that_are_valid_are_taken_over_if_that_is_wanted_and_a_dry_run_writes_nothing() {
    let (repo, mut book) = exported();
    book.answer("5.1-e", "conform").answer("5.2.1-a", "dubious").save(&repo, "c.xlsx");
    let output = import(&repo, "c.xlsx", &["--dry-run", "--partial"]);
    assert_eq!(output.code, Some(3));
    assert!(output.stdout.contains("would write 1 answer") && kept(&repo).is_none(), "{}", output.stdout);
    let output = import(&repo, "c.xlsx", &["--partial"]);
    assert_eq!(output.code, Some(3), "{output:?}");
    assert!(output.stdout.contains("1 new, 0 changed, 0 the same, 0 emptied, 0 stale, 1 refused"), "{}", output.stdout);
    assert!(output.stderr.contains("\"dubious\"") && output.stderr.lines().count() == 1, "{}", output.stderr);
    let text = kept(&repo).unwrap();
    assert!(text.contains("row: 5.1-e") && !text.contains("5.2.1-a"), "{text}");
}

#[test]
fn an_answer_changes_and_the_others_stay() {
    let (repo, mut book) = exported();
    book.answer("5.1-e", "conform").answer("5.2.1-a", "minor").save(&repo, "c.xlsx");
    assert_eq!(import(&repo, "c.xlsx", &[]).code, Some(0));
    // Somebody adds a field of their own to the file.
    repo.write(KEPT, kept(&repo).unwrap().replace("row: 5.2.1-a", "row: 5.2.1-a\n  until: 2027-01-01"));
    book.fill("5.2.1-a", &[("Result", "major"), ("Notes", "twice")]);
    for head in ["Result", "Evidence seen", "Auditee", "Auditor", "Date"] {
        book.fill("5.1-e", &[(head, "")]);
    }
    book.answer("5.2.1-c", "conform").save(&repo, "c.xlsx");
    let output = import(&repo, "c.xlsx", &[]);
    assert_eq!(output.code, Some(0), "{output:?}");
    assert!(output.stdout.contains("changed  5.2.1-a: result: minor -> major") && output.stdout.contains("notes: (nothing) -> twice"), "{}", output.stdout);
    assert!(output.stdout.contains(&format!("emptied  5.1-e: what is kept in {KEPT}:")), "{}", output.stdout);
    let text = kept(&repo).unwrap();
    let order: Vec<usize> = ["row: 5.1-e", "row: 5.2.1-a", "result: major", "until: 2027-01-01", "row: 5.2.1-c"].map(|part| text.find(part).unwrap()).to_vec();
    assert!(order.is_sorted(), "{text}");
}

#[test]
fn who_answered_can_be_said_for_all() {
    let (repo, mut book) = exported();
    book.fill("5.1-e", &[("Result", "conform"), ("Evidence seen", "minutes")]).save(&repo, "c.xlsx");
    let output = import(&repo, "c.xlsx", &["--assessor", "Joanna Frost", "--audit", "IA 2026/1"]);
    assert!(output.stdout.contains("(Joanna Frost, 2026-10-15)"), "{output:?}");
    let text = std::fs::read_to_string(repo.path().join("assessments/ia-2026-1-2026-10-15.yaml")).unwrap();
    assert!(text.contains("audit: internal IA 2026/1") && text.contains(&format!("made_on: {AS_OF}")), "{text}");
}

#[test]
fn an_answer_whose_evidence_has_changed_is_kept_and_marked() {
    let (repo, mut book) = exported();
    let with_evidence = |book: &mut Book| {
        let column = book.column("Evidence so far");
        book.sheet("Checklist").iter().find(|row| row[0].starts_with("5.2") && row[column].contains("policy.md")).unwrap()[0].clone()
    };
    let id = with_evidence(&mut book);
    book.answer(&id, "conform").save(&repo, "c.xlsx");
    repo.write("policy.md", policy().replace("continual improvement", "steady improvement"));
    repo.commit("2026-10-02");
    let output = import(&repo, "c.xlsx", &[]);
    assert_eq!(output.code, Some(0), "{output:?}");
    assert!(
        output.stdout.contains("1 new") && output.stdout.contains("1 stale") && output.stdout.contains(&format!("stale    {id}: the evidence")),
        "{}",
        output.stdout
    );
    repo.assess(&[]).findings("stale-statement", KEPT).first().unwrap();
    // Confirmed on a later day, it holds again.
    let mut again = Book::of(&repo, "again.xlsx");
    again.fill(&id, &[("Date", "2026-10-14")]).save(&repo, "again.xlsx");
    let output = import(&repo, "again.xlsx", &[]);
    assert!(output.stdout.contains("1 changed") && output.stdout.contains("0 stale"), "{}", output.stdout);
    assert!(repo.assess(&[]).findings("stale-statement", KEPT).is_empty());
}

#[test]
fn an_answer_that_would_not_count_beside_a_later_one_is_refused() {
    let (repo, mut book) = exported();
    book.answer("5.1-e", "conform").save(&repo, "c.xlsx");
    assert_eq!(import(&repo, "c.xlsx", &["-o", "assessments/zz.yaml"]).code, Some(0));
    book.fill("5.1-e", &[("Result", "minor")]).save(&repo, "c.xlsx");
    let output = import(&repo, "c.xlsx", &[]);
    assert_eq!(output.code, Some(2), "{output:?}");
    assert!(output.stderr.contains("assessments/zz.yaml:") && output.stderr.contains("later day"), "{}", output.stderr);
    book.fill("5.1-e", &[("Date", "2026-10-14")]).save(&repo, "c.xlsx");
    assert_eq!(import(&repo, "c.xlsx", &[]).code, Some(0));
    assert_eq!(repo.assess(&[]).verdict("5.1-e"), "partly-supported");
}
