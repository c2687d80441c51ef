//! `--redact`: no report names a person, and every report still names roles.
#![expect(clippy::unwrap_used, clippy::disallowed_methods, reason = "a test may fall, and says where")]

#[expect(dead_code, clippy::unwrap_used, reason = "this story needs less than the faults do; a test may fall")]
mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use support::{FORMS, Repo, example, text_of};

/// Reports, each with what it is called by.
const REPORTS: [&[&str]; 3] = [&["gap"], &["soa"], &["checklist", "--audit", "internal"]];

/// A report in all its forms, as text; forms and reports that are not there yet are left out.
fn reports(folder: &Path, command: &[&str], more: &[&str]) -> Vec<(&'static str, String)> {
    let all = written(folder, command, &FORMS, more);
    let each = || FORMS.iter().filter_map(|form| written(folder, command, &[form], more)).flatten().collect();
    all.unwrap_or_else(each)
}

fn written(folder: &Path, command: &[&str], forms: &[&'static str], more: &[&str]) -> Option<Vec<(&'static str, String)>> {
    let repo = Repo::plain();
    let targets: Vec<PathBuf> = forms.iter().map(|form| repo.beside(&format!("report.{form}"))).collect();
    let output: Vec<&str> = targets.iter().flat_map(|target| ["-o", target.to_str().unwrap()]).collect();
    let output = repo.run_in(folder, &[command, &output, more].concat());
    (output.code == Some(0)).then(|| forms.iter().zip(targets).map(|(form, target)| (*form, text_of(std::fs::read(target).unwrap()))).collect())
}

fn report(folder: &Path, form: &'static str, more: &[&str]) -> String {
    written(folder, &["gap"], &[form], more).unwrap().remove(0).1
}

/// The values of a key in a register, one line each, lists in brackets taken apart.
fn values(example_name: &str, path: &str, keys: &[&str]) -> BTreeSet<String> {
    let text = std::fs::read_to_string(example(example_name).join(path)).unwrap();
    let of_key = |line: &str| {
        let line = line.trim().trim_start_matches("- ");
        keys.iter().find_map(|key| line.strip_prefix(key)?.strip_prefix(": ")).map(str::to_owned)
    };
    text.lines().filter_map(of_key).flat_map(|value| value.trim_matches(['[', ']']).split(", ").map(str::to_owned).collect::<Vec<_>>()).collect()
}

fn people_of_the_complete_example() -> BTreeSet<String> {
    let mut people = values("complete", "governance/roles.yaml", &["holder", "owner", "approved_by"]);
    people.extend(values("complete", "records/competence.yaml", &["person"]));
    people.extend(values("complete", "clausewise.yaml", &["top_management", "authorized_managers", "auditors"]));
    people.extend(values("complete", "governance/risks.yaml", &["owner", "accepted_by"]));
    people.extend(values("complete", "agreements/sla-desk.md", &["agreed_by_customer", "agreed_by_provider", "owner"]));
    people.retain(|name| name.contains(' ') && !name.to_lowercase().contains("service") && !name.contains("(") && !name.contains("team"));
    people
}

#[test]
fn no_form_of_any_report_names_a_person_and_all_name_roles() {
    let people = people_of_the_complete_example();
    assert!(people.len() > 20 && people.contains("Ingrid Vance"), "{people:?}");
    let roles = values("complete", "governance/roles.yaml", &["role"]);
    let mut named = 0;
    let folder = example("complete");
    for command in REPORTS {
        let closed: BTreeMap<&str, String> = reports(&folder, command, &["--redact"]).into_iter().collect();
        for (form, open) in reports(&folder, command, &[]) {
            let closed = &closed[form];
            named += people.iter().filter(|name| open.contains(name.as_str())).count();
            let left: Vec<&String> = people.iter().filter(|name| closed.contains(name.as_str())).collect();
            assert!(left.is_empty(), "{command:?} as {form} names {left:?}");
            let lost: Vec<&String> = roles.iter().filter(|role| open.contains(role.as_str()) && !closed.contains(role.as_str())).collect();
            assert!(lost.is_empty(), "{command:?} as {form} lost the roles {lost:?}");
            assert!(closed.contains("Alderbrook Digital Services Ltd") || !open.contains("Alderbrook Digital Services Ltd"), "{command:?} as {form}");
        }
    }
    assert!(named >= 10, "reports name people unless told not to: {named}");
}

#[test]
fn findings_name_nobody_either() {
    let people = values("gaps", "sms/roles.yaml", &["holder", "owner", "approved_by"]);
    let open = report(&example("gaps"), "json", &[]);
    let closed = report(&example("gaps"), "json", &["--redact"]);
    assert!(people.iter().any(|name| name.contains(' ') && open.contains(name.as_str())), "{people:?}");
    for name in people.iter().filter(|name| name.contains(' ')) {
        assert!(!closed.contains(name.as_str()), "{name}");
    }
}

#[test]
fn authors_and_owners_of_git_are_left_out() {
    let repo = Repo::new();
    repo.write(
        "policy.md",
        "---\nkind: service-management-policy\nowner: Zelda Quibble\n---\n# Policy\n\nWe serve, says Quibble, Zelda, and so does the Change Advisory Board.\n",
    );
    repo.write("CODEOWNERS", "* wolfram.tann@example.org @example/service-desk\n");
    repo.git(&["add", "-A"]);
    let commit = ["-c", "user.name=Orla Tuckett", "commit", "-q", "-m", "a policy\n\nApproved-by: Wolfram Tann <wolfram.tann@example.org>"];
    repo.git_on("2026-03-01", &commit, "").unwrap();
    let open = report(repo.path(), "json", &[]);
    assert!(open.contains("Orla Tuckett") && open.contains("Zelda Quibble") && open.contains("wolfram.tann@"), "{open}");
    for (form, closed) in reports(repo.path(), &["gap"], &["--redact"]) {
        for name in ["Tuckett", "Quibble", "Tann", "tann"] {
            assert!(!closed.contains(name), "{name} in {form}");
        }
    }
    assert!(report(repo.path(), "json", &["--redact"]).contains("@example/service-desk"));
}
