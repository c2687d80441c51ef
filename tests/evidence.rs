//! Which line is cited for a requirement: the one that says it.

#[expect(dead_code, clippy::unwrap_used, reason = "these stories need less than the faults do; a test may fall")]
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
