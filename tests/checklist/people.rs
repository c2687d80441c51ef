//! Whom to ask by name, and where the questions for one person stand.

use serde_json::Value;

use crate::support::Repo;
use crate::{checklist, checklist_in, of_gaps, row};

fn asked<'view>(view: &'view Value, who: &str) -> &'view Value {
    let people = view["by_person"].as_array().unwrap();
    people.iter().find(|one| one["who"] == who).unwrap_or_else(|| unreachable!("{who} in {people:#?}"))
}

#[test]
fn a_question_names_who_holds_the_role_or_owns_the_process() {
    let complete = checklist(&["--audit", "stage2"]);
    for (id, whom) in [
        ("8.6.1-a", "service desk lead: Callum Boyd"),
        ("5.1-a", "top management: Ingrid Vance, Tomas Reyes"),
        ("4.1-s1", "top management: Ingrid Vance, Tomas Reyes"),
        ("7.5.1-a", "document controller; accountable: Ben Hartley"),
        // Nobody goes by that role; the process has an owner.
        ("8.7.3.1-s1", "process owner: Dieter Kolb"),
        ("stage2:customer", "a customer"),
        ("nc:NC-2025-02", "Leo Marchetti"),
    ] {
        assert_eq!(row(&complete, id)["whom"], whom, "{id}");
    }
    assert_eq!(row(&complete, "8.6.1-a")["people"], serde_json::json!(["Callum Boyd"]));
    // Demand has an owner of its own, whoever holds a like role for capacity.
    let gaps = of_gaps(&["--audit", "stage2"]);
    assert_eq!(row(&gaps, "8.4.2-a")["whom"], "process owner: Farah Siddiq");
    assert_eq!(row(&gaps, "8.4.3-a")["whom"], "process owner: Lucia Moreno");
}

#[test]
fn where_nothing_names_anybody_the_role_stands_alone() {
    let repo = Repo::plain();
    repo.write("docs/incidents.md", "# Incident management\n\nWhoever notices an incident tells the desk, which writes it down and solves it.\n");
    let view = checklist_in(&repo, repo.path(), &["--audit", "stage2"]);
    let whom = row(&view, "8.4.2-a")["whom"].as_str().unwrap();
    assert!(!whom.contains(':') && !whom.contains(';'), "{whom}");
    assert!(view["by_person"].as_array().unwrap().iter().all(|one| one["is_role"] == true), "{}", view["by_person"]);
}

#[test]
fn an_index_tells_for_each_person_where_the_questions_stand() {
    let gaps = of_gaps(&["--audit", "stage2"]);
    let customers = asked(&gaps, "Farah Siddiq");
    assert_eq!((customers["clauses"].as_str(), customers["is_role"].as_bool()), (Some("8.2.2, 8.2.4, 8.3.2, 8.3.3, 8.4.2"), Some(false)));
    assert!(asked(&gaps, "Lucia Moreno")["others"].as_str().unwrap().contains("stage2:change-approver"));
    assert_eq!(asked(&gaps, "document controller")["is_role"], true);
    for form in ["md", "html"] {
        let text = Repo::plain().run_in(&crate::support::example("gaps"), &["checklist", "--audit", "stage2", "--format", form]).stdout;
        let at = |words: &str| text.find(words).unwrap_or_else(|| unreachable!("{words} in {form}"));
        assert!(at("Whom to ask: by person") < at("Findings of earlier audits</h2>".trim_end_matches(if form == "md" { "</h2>" } else { "" })), "{form}");
        assert!(text.contains("8.2.2, 8.2.4, 8.3.2, 8.3.3, 8.4.2"), "{form}");
    }
}
