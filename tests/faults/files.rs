//! Paths and files: links, strange names, empty files.

use std::fs;
use std::os::unix::fs::symlink;

use crate::support::{Output, Repo, document, policy};

const SECRET: &str = "the combination of the safe";

/// Whether some form of the report shows this.
fn shown_anywhere(outputs: &[(String, Output)], text: &str) -> bool {
    outputs.iter().any(|(_, output)| output.stdout.contains(text) || output.stderr.contains(text))
}

// G30
#[test]
fn a_link_is_not_followed_and_shows_nothing_of_its_target() {
    let repo = Repo::new();
    fs::write(repo.beside("secret.md"), format!("# Service management policy\n\n{SECRET}\n")).unwrap();
    symlink("/etc/passwd", repo.path().join("policy.md")).unwrap();
    symlink(repo.beside("secret.md"), repo.path().join("service-management-policy.md")).unwrap();
    repo.write("other.md", policy());
    repo.commit("2026-01-05");
    for arguments in [&[][..], &["--rev", "HEAD"]] {
        let assessment = repo.assess(arguments);
        assert_eq!(assessment.code, Some(1), "a link is no document that could not be read");
        assessment.left_out("policy.md", None, &["symbolic link", "never followed"]);
        assessment.has("link-not-followed", "policy.md", 0, &["policy.md", "symbolic link"]);
        assessment.has("link-not-followed", "service-management-policy.md", 0, &[]);
        let outputs = repo.every_format(arguments);
        assert!(!shown_anywhere(&outputs, "root:") && !shown_anywhere(&outputs, SECRET));
        // What documents seem to be and who performs what is told of documents; all else tells of what was not read, too.
        let tells = |form: &str| !form.starts_with("map") && !form.starts_with("soa");
        for (form, output) in outputs.iter().filter(|(form, _)| tells(form)) {
            assert!(output.stdout.contains("policy.md"), "{form}");
        }
    }
}

// G31
#[test]
fn linked_folders_are_not_walked() {
    let repo = Repo::new();
    fs::create_dir(repo.beside("outside")).unwrap();
    fs::write(repo.beside("outside/policy.md"), policy() + SECRET).unwrap();
    symlink(repo.beside("outside"), repo.path().join("policies")).unwrap();
    repo.write("own.md", policy());
    symlink("..", repo.path().join("loop")).unwrap();
    let check = |arguments: &[&str]| {
        let assessment = repo.assess(arguments);
        assert_eq!(assessment.code, Some(1), "{arguments:?}");
        assert_eq!(assessment["documents"].as_array().unwrap().len(), 1);
        assessment.left_out("loop", None, &["symbolic link"]);
        assessment.left_out("policies", None, &["symbolic link"]);
        assert!(!shown_anywhere(&repo.every_format(arguments), SECRET));
    };
    check(&[]);
    repo.commit("2026-01-05");
    check(&[]);
    check(&["--rev", "HEAD"]);
    // A folder that was one when it was committed, and is a link now.
    repo.write("plans/plan.md", document("service-management-plan", "PLAN-1"));
    repo.commit("2026-02-05");
    fs::remove_dir_all(repo.path().join("plans")).unwrap();
    fs::rename(repo.beside("outside/policy.md"), repo.beside("outside/plan.md")).unwrap();
    symlink(repo.beside("outside"), repo.path().join("plans")).unwrap();
    assert!(!shown_anywhere(&repo.every_format(&[]), SECRET));
}

// G32
#[test]
fn devices_behind_links_are_not_opened() {
    let repo = Repo::new();
    symlink("/dev/zero", repo.path().join("p.md")).unwrap();
    repo.write("policy.md", policy());
    let check = || {
        let assessment = repo.assess(&["--timeout", "60"]);
        assert_eq!(assessment.code, Some(1));
        assessment.left_out("p.md", None, &["symbolic link"]);
    };
    check();
    repo.commit("2026-01-05");
    check();
}

// G32, and C3: only regular files are opened
#[test]
fn a_pipe_in_place_of_a_document_is_not_opened() {
    let repo = Repo::new();
    repo.write("policy.md", policy());
    repo.commit("2026-01-05");
    let made = std::process::Command::new("mkfifo").arg(repo.path().join("pipe.md")).status().unwrap();
    assert!(made.success());
    assert_eq!(repo.assess(&["--timeout", "60"]).code, Some(1));
    fs::remove_file(repo.path().join("policy.md")).unwrap();
    fs::rename(repo.path().join("pipe.md"), repo.path().join("policy.md")).unwrap();
    let assessment = repo.assess(&["--timeout", "60"]);
    assert_eq!(assessment.code, Some(1));
    assessment.left_out("policy.md", None, &["no regular file"]);
}

// G33
#[test]
fn names_that_are_no_utf8_are_read_and_shown_with_escapes() {
    let repo = Repo::new();
    repo.write(b"caf\xe9.md", policy().replace("status: approved", "status: draft"));
    repo.write("register.md", policy().replace("POL-1", "POL-2"));
    let commit = repo.commit("2026-01-05");
    for arguments in [&[][..], &["--rev", "HEAD"]] {
        let assessment = repo.assess(arguments);
        assert_eq!(assessment.code, Some(1));
        assessment.has("unapproved-document", "caf\\xE9.md", 7, &["draft"]);
        assert!(assessment.last_changes("caf\\xE9.md").contains(&Some(("2026-01-05".to_owned(), commit.clone()))));
        for (form, output) in repo.every_format(arguments) {
            assert!(output.stdout.contains("caf\\xE9.md") || output.stdout.contains("caf\\\\xE9.md"), "{form}: {output:?}");
        }
    }
}

// G34
#[test]
fn controls_in_names_reach_no_output() {
    let repo = Repo::new();
    repo.write("a\x1b[2Jb.md", policy().replace("status: approved", "status: draft"));
    repo.write("tab\tquote\"back\\slash.md", document("information-security-policy", "POL-2").replace("status: approved", "status: draft"));
    repo.write("line\nbreak\r.md", document("change-management-policy", "POL-3").replace("status: approved", "status: draft"));
    repo.commit("2026-01-05");
    for arguments in [&[][..], &["--rev", "HEAD"]] {
        let assessment = repo.assess(arguments);
        assert_eq!(assessment.code, Some(1));
        assessment.has("unapproved-document", "a\\x1B[2Jb.md", 7, &[]);
        assessment.has("unapproved-document", "line\\x0Abreak\\x0D.md", 7, &[]);
        for (form, output) in repo.every_format(arguments) {
            let harmful = |character: char| character.is_control() && character != '\n';
            assert!(!output.stdout.contains(harmful) && !output.stderr.contains(harmful), "{form}: {output:?}");
            assert!(!output.stdout.contains("line\nbreak"), "{form}: a name stays on its line");
            assert!(output.stdout.contains("[2Jb.md"), "{form}: the name is shown: {output:?}");
        }
    }
}

// G35
#[test]
fn names_that_differ_in_capitals_only_are_both_read() {
    let repo = Repo::new();
    for (path, id) in [("Policy.md", "POL-1"), ("policy.md", "POL-2")] {
        let blob = repo.object("blob", &document("service-management-policy", id));
        repo.git(&["update-index", "--add", "--cacheinfo", &format!("100644,{blob},{path}")]);
    }
    repo.commit_index("2026-01-05");
    let assessment = repo.assess(&["--rev", "HEAD"]);
    assert_eq!(assessment.code, Some(1));
    assert_eq!(assessment.document("Policy.md")["control"]["id"]["value"], "POL-1");
    assert_eq!(assessment.document("policy.md")["control"]["id"]["value"], "POL-2");
    assessment.has("unsafe-file-name", "policy.md", 0, &["Policy.md and policy.md", "capitals"]);
}

// G36
#[test]
fn names_that_windows_cannot_hold_are_findings() {
    let repo = Repo::new();
    let names = ["CON.md", "aux.yaml", "COM7.md", "sub/Lpt2.md", "nul/plan.md", "dot.md.", "blank.md ", "plans./plan.md", "plans /plan.md"];
    for (index, name) in names.iter().enumerate() {
        let text =
            if name.ends_with("yaml") { "kind: risk-register\nentries: []\n".to_owned() } else { document("process-description", &format!("DOC-{index}")) };
        repo.write(name, text);
    }
    repo.commit("2026-01-05");
    for arguments in [&[][..], &["--rev", "HEAD"]] {
        let assessment = repo.assess(arguments);
        assert_eq!(assessment.code, Some(1));
        let unnamed: Vec<_> = names.iter().filter(|name| assessment.findings("unsafe-file-name", name).len() != 1).collect();
        assert!(unnamed.is_empty(), "no finding for {unnamed:?}");
    }
}

// G37
#[test]
fn empty_documents_are_findings_and_no_errors() {
    let repo = Repo::new();
    repo.write("empty.md", "");
    repo.write("blank.md", " \n\t\r\n\n");
    repo.write("mark.md", "\u{feff}\n");
    repo.write("service-management-policy.md", "");
    repo.commit("2026-01-05");
    let assessment = repo.assess(&[]);
    assert_eq!(assessment.code, Some(1));
    assert_eq!(assessment["provenance"]["partial"], false);
    for path in ["empty.md", "blank.md", "mark.md", "service-management-policy.md"] {
        assessment.has("empty-document", path, 1, &["empty"]);
    }
    assert_eq!(assessment.verdict("5.2.2-a"), "no-evidence");
}
