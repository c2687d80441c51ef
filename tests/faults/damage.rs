//! Repositories that cannot be read: foreign formats, foreign owners, damaged objects and references.

use std::fs;
use std::io::Write;
use std::os::unix::fs::MetadataExt;
use std::process::Command;

use crate::support::{Repo, document, policy};

/// Says why a test proves nothing here.
fn skip(reason: &str) {
    let _ = writeln!(std::io::stderr(), "skipped: {reason}");
}

/// A repository with one commit, the policy in it.
fn committed() -> Repo {
    let repo = Repo::new();
    repo.write("policy.md", policy());
    repo.commit("2026-01-05");
    repo
}

/// Puts the branch on a commit made by hand.
fn hand_made(repo: &Repo, links: &str) {
    let person = "Test <test@example.org> 1767614400 +0000";
    let commit = repo.object("commit", &format!("{links}author {person}\ncommitter {person}\n\nby hand\n"));
    fs::write(repo.path().join(".git/refs/heads/main"), commit + "\n").unwrap();
}

// G14
#[test]
fn sha256_repositories_are_refused_in_plain_words() {
    let repo = Repo::plain();
    if let Err(error) = repo.git_on("2026-01-01", &["init", "-q", "--object-format=sha256"], "") {
        return skip(&error);
    }
    repo.write("policy.md", policy());
    repo.commit("2026-01-05");
    for arguments in [&["check"][..], &["check", "--rev", "HEAD"], &["gap"]] {
        repo.run(arguments).is_refusal(2, &["SHA-256 repositories are not supported by this build"]);
    }
}

// G15
#[test]
fn reftable_repositories_are_refused_with_the_way_out() {
    let repo = Repo::plain();
    if let Err(error) = repo.git_on("2026-01-01", &["init", "-q", "--ref-format=reftable"], "") {
        return skip(&error);
    }
    repo.write("policy.md", policy());
    repo.commit("2026-01-05");
    repo.run(&["check"]).is_refusal(2, &["extensions.refStorage", "git refs migrate --ref-format=files"]);
}

// G16
#[test]
fn a_repository_of_somebody_else_is_not_read_unasked() {
    let repo = committed();
    if fs::metadata(repo.path()).unwrap().uid() != 0 {
        return skip("only root can give a repository away");
    }
    let given = Command::new("chown").args(["-R", "12345"]).arg(repo.path()).status().unwrap();
    assert!(given.success());
    let remedy = format!("git config --global --add safe.directory {}", repo.path().display());
    repo.run(&["check"]).is_refusal(2, &["owned by another user", &remedy]);
    // The remedy is the whole remedy.
    repo.git(&["config", "--global", "--add", "safe.directory", repo.path().to_str().unwrap()]);
    assert_eq!(repo.run(&["check"]).code, Some(1));
}

// G17
#[test]
fn a_damaged_pack_is_never_reported_on_as_if_it_were_whole() {
    for spared in [0, 12] {
        let repo = committed();
        repo.write("policy.md", policy().replace("Jane Doe", "John Roe"));
        repo.commit("2026-02-05");
        repo.git(&["gc", "-q"]);
        let folder = fs::read_dir(repo.path().join(".git/objects/pack")).unwrap();
        let pack = folder.map(|entry| entry.unwrap().path()).find(|path| path.extension().is_some_and(|ending| ending == "pack")).unwrap();
        let mut bytes = fs::read(&pack).unwrap();
        bytes.iter_mut().skip(spared).step_by(7).for_each(|byte| *byte = !*byte);
        fs::remove_file(&pack).unwrap();
        fs::write(&pack, bytes).unwrap();
        for arguments in [&["check"][..], &["check", "--rev", "HEAD"]] {
            let output = repo.run(arguments);
            assert!([Some(2), Some(3)].contains(&output.code), "{output:?}");
            let told = if output.code == Some(2) { &output.stderr } else { &output.stdout };
            assert!(told.contains("damaged") && told.contains("git fsck"), "{output:?}");
        }
    }
}

// G20
#[test]
fn a_missing_parent_is_named() {
    let repo = committed();
    let (tree, parent) = (repo.git(&["rev-parse", "HEAD^{tree}"]), "deadbeef".repeat(5));
    hand_made(&repo, &format!("tree {tree}\nparent {parent}\n"));
    for arguments in [&[][..], &["--rev", "HEAD"]] {
        let assessment = repo.assess(arguments);
        assert_eq!(assessment.code, Some(3), "{arguments:?}");
        assessment.left_out(".git", None, &["history", "damaged or incomplete", "deadbeef", "git fsck"]);
    }
}

// G20
#[test]
fn a_missing_tree_is_named() {
    let repo = committed();
    hand_made(&repo, &format!("tree {}\n", "deadbeef".repeat(5)));
    for arguments in [&["check"][..], &["check", "--rev", "HEAD"]] {
        let output = repo.run(arguments);
        assert_eq!(output.code, Some(3), "{output:?}");
        assert!(output.stdout.contains("deadbeef"), "{output:?}");
        assert!(output.stdout.contains("git fsck"), "{output:?}");
        assert!(!output.stdout.contains("not checked: :"), "what was not checked has a name: {output:?}");
    }
}

// G21
#[test]
fn references_that_lead_in_a_circle_are_refused() {
    let repo = committed();
    fs::write(repo.path().join(".git/HEAD"), "ref: refs/heads/x\n").unwrap();
    fs::write(repo.path().join(".git/refs/heads/x"), "ref: refs/heads/x\n").unwrap();
    repo.run(&["check"]).is_refusal(2, &["HEAD"]);
}

// G24
#[test]
fn a_commit_is_read_without_the_index() {
    let repo = committed();
    repo.write("b.md", document("information-security-policy", "POL-2"));
    repo.commit("2026-02-05");
    let before = repo.run(&["check", "--format", "json", "--rev", "HEAD"]);
    fs::write(repo.path().join(".git/index"), "junk").unwrap();
    fs::write(repo.path().join(".git/index.lock"), "").unwrap();
    assert_eq!(repo.run(&["check", "--format", "json", "--rev", "HEAD"]), before);
    assert_eq!(before.code, Some(1));
}
