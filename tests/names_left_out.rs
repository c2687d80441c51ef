//! `--redact`: no report names a person, and every report still names roles.

mod support;

use std::collections::BTreeSet;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};

use support::Repo;

const FORMS: [&str; 6] = ["md", "html", "csv", "json", "xlsx", "docx"];

/// Reports, each with what it is called by.
const REPORTS: [&[&str]; 3] = [&["gap"], &["soa"], &["checklist", "--audit", "internal"]];

fn example(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(name)
}

/// A report as text, whatever it is packed in; none where there is no such report yet.
fn report(folder: &Path, command: &[&str], form: &str, more: &[&str]) -> Option<String> {
    let repo = Repo::plain();
    let target = repo.beside(&format!("report.{form}"));
    let output = repo.run_in(folder, &[command, &["-o", target.to_str().unwrap()], more].concat());
    if output.code != Some(0) {
        return None;
    }
    let bytes = std::fs::read(target).unwrap();
    if !["xlsx", "docx"].contains(&form) {
        return Some(String::from_utf8(bytes).unwrap());
    }
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    for index in 0..archive.len() {
        archive.by_index(index).unwrap().read_to_string(&mut text).unwrap();
    }
    Some(text)
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
    for command in REPORTS {
        for form in FORMS {
            let folder = example("complete");
            let Some(open) = report(&folder, command, form, &[]) else { continue };
            let closed = report(&folder, command, form, &["--redact"]).unwrap();
            named += people.iter().filter(|name| open.contains(name.as_str())).count();
            let left: Vec<&String> = people.iter().filter(|name| closed.contains(name.as_str())).collect();
            assert!(left.is_empty(), "{command:?} as {form} names {left:?}");
            let lost: Vec<&String> = roles.iter().filter(|role| open.contains(role.as_str()) && !closed.contains(role.as_str())).collect();
            assert!(lost.is_empty(), "{command:?} as {form} lost the roles {lost:?}");
            assert!(closed.contains("Alderbrook Digital Services Ltd"), "{command:?} as {form} lost the organization");
        }
    }
    assert!(named > 20, "reports name people unless told not to: {named}");
}

#[test]
fn findings_name_nobody_either() {
    let people = values("gaps", "sms/roles.yaml", &["holder", "owner", "approved_by"]);
    let open = report(&example("gaps"), &["gap"], "json", &[]).unwrap();
    let closed = report(&example("gaps"), &["gap"], "json", &["--redact"]).unwrap();
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
    let open = report(repo.path(), &["gap"], "json", &[]).unwrap();
    assert!(open.contains("Orla Tuckett") && open.contains("Zelda Quibble") && open.contains("wolfram.tann@"), "{open}");
    for form in FORMS {
        let Some(closed) = report(repo.path(), &["gap"], form, &["--redact"]) else { continue };
        for name in ["Tuckett", "Quibble", "Tann", "tann"] {
            assert!(!closed.contains(name), "{name} in {form}");
        }
    }
    assert!(report(repo.path(), &["gap"], "json", &["--redact"]).unwrap().contains("@example/service-desk"));
}
