//! What a checklist in Markdown says once: a question on which rows depend, a commit, what documents support.

use crate::support::{Repo, example};
use crate::{ids, of_gaps, row};

fn markdown(folder: &std::path::Path) -> String {
    Repo::plain().run_in(folder, &["checklist", "--audit", "stage2", "--format", "md"]).stdout
}

/// The ids of the rows of all tables that are filled in.
fn ids_to_fill_in(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut is_of_rows = false;
    for line in text.lines() {
        match line.strip_prefix("| ") {
            Some(rest) if rest.starts_with("ID | ") => is_of_rows = true,
            Some(rest) if is_of_rows => found.push(rest.split(" | ").next().unwrap().replace('\\', "")),
            _ if line.starts_with("|---") => {}
            _ => is_of_rows = false,
        }
    }
    found
}

#[test]
fn every_row_can_be_filled_in_once_wherever_it_stands() {
    let gaps = of_gaps(&["--audit", "stage2"]);
    let text = markdown(&example("gaps"));
    let (mut wanted, mut found) = (ids(&gaps), ids_to_fill_in(&text));
    wanted.sort();
    found.sort();
    assert_eq!(found, wanted);
    assert!(!text.contains("by hand"), "the table has that room");
}

#[test]
fn a_question_on_which_rows_depend_is_asked_once() {
    let text = markdown(&example("gaps"));
    let question = "was this a new service?";
    assert_eq!(text.matches(question).count(), 1);
    let asked = text.lines().find(|line| line.contains(question)).unwrap();
    assert!(asked.starts_with("**Q1:** SVC-FILE was entered on 2026-03-04 (") && asked.contains("The 22 rows that depend on it"), "{asked}");
    assert!(text.matches("**Q1:** only if question Q1, asked under \u{201c}8.5.1.2 ").count() >= 3);
    let (_, behind) = text.split_once(question).unwrap();
    assert!(behind.contains("| 8.5.2.1-a | "), "its rows come behind it");
    // For programs each row tells on what it depends.
    let gaps = of_gaps(&["--audit", "stage2"]);
    assert!(crate::row(&gaps, "8.5.2.1-a")["depends_on"].as_str().unwrap().contains(question));
}

#[test]
fn what_documents_support_and_needs_no_sample_takes_one_line() {
    let gaps = of_gaps(&["--audit", "stage2"]);
    let text = markdown(&example("gaps"));
    let line = text.lines().find(|line| line.starts_with("| 5.3-a | ")).unwrap();
    assert!(line.contains("examples/gaps/sms/roles.yaml:") && !text.contains("**`5.3-a`**"), "{line}");
    // What rests on records of a sample, what is not supported and what has a finding stands in full.
    for id in ["8.6.1-a", "5.3-b", "6.2.1-b"] {
        assert!(text.contains(&format!("**`{id}`**")), "{id}");
    }
    assert_eq!(crate::row(&gaps, "5.3-a")["verdict"], "supported");
}

#[test]
fn the_commit_of_most_evidence_is_told_once_and_others_where_they_belong() {
    let repo = Repo::new();
    for name in ["a", "b", "c", "d"] {
        repo.write(
            format!("{name}.md"),
            "---\nkind: change-management-policy\nstatus: approved\n---\n# Change policy\n\nEvery change is asked for in writing.\n",
        );
    }
    repo.commit("2026-09-01");
    repo.write("d.md", "---\nkind: change-management-policy\nstatus: approved\n---\n# Change policy\n\nEvery change is asked for in writing, always.\n");
    repo.commit("2026-09-02");
    for form in ["md", "html"] {
        let text = repo.run(&["checklist", "--audit", "stage1", "--format", form]).stdout;
        let note = text.split("Unless another is named, evidence so far stands as of commit ").nth(1).unwrap_or_else(|| unreachable!("{form}: {text}"));
        let commit = note.split(' ').next().unwrap();
        assert_eq!(text.matches(commit).count(), 1, "{form}");
        assert!(note.starts_with(&format!("{commit} of 2026-09-01.")) && text.matches("of 2026-09-02)").count() > 0, "{form}: {text}");
    }
    let json = repo.run(&["checklist", "--audit", "stage1", "--format", "json"]).stdout;
    assert!(json.matches("2026-09-01").count() > 1, "programs get every commit");
}

/// One requirement lists several documents: at the row of one, the faults of the others are out of place, and what the head of a
/// draft has kept is no approval of it.
#[test]
fn the_row_of_one_document_tells_its_own_faults_and_no_approval_of_a_draft() {
    let gaps = of_gaps(&["--audit", "stage1"]);
    let of = |id: &str| {
        row(&gaps, id)["findings"]
            .as_array()
            .unwrap()
            .iter()
            .map(|found| found["place"].as_str().unwrap().split(':').next().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(of("stage1:document-change-policy"), ["examples/gaps/sms/change-policy.md"]);
    assert_eq!(of("stage1:document-security-policy"), ["examples/gaps/sms/information-security-policy.md"]);
    let said = row(&gaps, "stage1:document-change-policy")["documents_say"].as_str().unwrap().to_owned();
    assert!(said.contains("status draft, version 1.1, not approved; the approval by Sunita Rao of 2026-01-26"), "{said}");
}
