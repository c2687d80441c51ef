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
        // "Knowledge and document controller" is one of two posts that a person holds in one.
        ("7.5.1-a", "document controller: Ben Hartley"),
        // "Head of Information Security" is another name of the post.
        ("8.7.3.1-s1", "information security manager: Dieter Kolb"),
        ("8.6.1-s5", "major incident manager: Ruth Adeyemi"),
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
fn a_post_goes_to_whom_the_register_of_roles_gives_its_duties() {
    let gaps = of_gaps(&["--audit", "stage2"]);
    for (id, whom) in [
        // "contracts with suppliers, people matters".
        ("7.2-a", "people manager: Olu Bankole"),
        ("6.1.2-a3", "supplier manager: Olu Bankole"),
        // "Finance and office manager", "Customer manager", "Helpdesk lead".
        ("6.3-e", "finance manager: Olu Bankole"),
        ("7.5.1-a", "document controller: Kerstin Vogel"),
        ("stage2:service-desk", "service desk lead: Darren Pike"),
        // A major incident is led by whom the register says, not by whoever owns incident management.
        ("8.6.1-s5", "major incident manager: Henrik Dahl"),
        ("8.6.1-a", "service desk lead: Darren Pike"),
        // The programme is planned by its owner, and audits are held by the auditor.
        ("9.2.2-a1", "audit programme manager; owner of the document: Kerstin Vogel"),
        ("9.2.2-b", "internal auditor: Megan Price"),
        // Who chose the auditor answers for the choice.
        ("9.2.2-c", "audit programme manager; owner of the document: Kerstin Vogel"),
    ] {
        assert_eq!(row(&gaps, id)["whom"], whom, "{id}");
    }
    let people: Vec<&str> = gaps["by_person"].as_array().unwrap().iter().filter_map(|one| one["who"].as_str()).collect();
    assert!(!people.contains(&"people manager") && !people.contains(&"document controller"), "{people:?}");
    let roles = asked(&gaps, "Kerstin Vogel")["roles"].as_str().unwrap();
    assert!(!["supplier manager", "people manager", "finance manager", "relationship manager"].iter().any(|role| roles.contains(role)), "{roles}");
}

#[test]
fn a_duty_in_passing_makes_nobody_the_holder_of_a_post() {
    let repo = Repo::plain();
    let roles = |rows: &str| {
        let text = format!("---\nkind: role-register\nowner: Ann Reed\n---\n\n# Roles\n\n| Role | Holder | Responsibility |\n|---|---|---|\n{rows}");
        repo.write("docs/roles.md", &text);
        row(&checklist_in(&repo, repo.path(), &["--audit", "stage2"]), "7.2-a")["whom"].as_str().unwrap().to_owned()
    };
    assert_eq!(roles("| Office lead | Ann Reed | Rooms; people matters |\n| Clerk | Bo Dale | Post |\n"), "people manager: Ann Reed");
    // A name goes before a duty; two of the same rank are both named.
    assert_eq!(roles("| Office lead | Ann Reed | People matters |\n| HR manager | Bo Dale | Contracts of employment |\n"), "people manager: Bo Dale");
    assert_eq!(roles("| Office lead | Ann Reed | People matters |\n| Clerk | Bo Dale | Staff training |\n"), "people manager: Ann Reed, Bo Dale");
    // Somebody else's duty, and one that everybody has.
    assert_eq!(roles("| Clerk | Bo Dale | Deputy of Ann Reed for people matters |\n| Cook | Al Roe | Meets people, matters of taste |\n"), "people manager");
    let all: String = ["Ann Reed", "Bo Dale", "Al Roe", "Ed Fox"].iter().map(|name| format!("| Lead of {name} | {name} | Staff training |\n")).collect();
    assert_eq!(roles(&all), "people manager");
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
    assert_eq!(
        (customers["clauses"].as_str(), customers["is_role"].as_bool()),
        (Some("4.2, 6.1.2, 8.2.2, 8.2.4, 8.3.2, 8.3.3, 8.4.2, 8.5.2.2, 8.7.3.1, 10.1.1"), Some(false))
    );
    assert!(asked(&gaps, "Lucia Moreno")["others"].as_str().unwrap().contains("stage2:change-approver"));
    assert_eq!(asked(&gaps, "a customer")["is_role"], true);
    for form in ["md", "html"] {
        let text = Repo::plain().run_in(&crate::support::example("gaps"), &["checklist", "--audit", "stage2", "--format", form]).stdout;
        let at = |words: &str| text.find(words).unwrap_or_else(|| unreachable!("{words} in {form}"));
        assert!(at("Whom to ask: by person") < at("Findings of earlier audits</h2>".trim_end_matches(if form == "md" { "</h2>" } else { "" })), "{form}");
        assert!(text.contains("8.2.2, 8.2.4, 8.3.2, 8.3.3, 8.4.2, 8.5.2.2"), "{form}");
    }
}
