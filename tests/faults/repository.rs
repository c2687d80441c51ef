//! What there is to assess: no folder, no repository, no commit, no work tree, half a work tree.

use std::fs;

use crate::support::{Output, Repo, policy};

// G01
#[test]
fn a_missing_path_is_refused_by_name() {
    let repo = Repo::new();
    repo.run(&["check", "/nope"]).is_refusal(2, &["/nope", "no such folder", "give the path"]);
    repo.write("policy.md", policy());
    repo.run(&["check", "policy.md"]).is_refusal(2, &["policy.md", "a file", "give the folder"]);
    repo.run(&["gap", "/nope"]).is_refusal(2, &["/nope"]);
}

// G02
#[test]
fn a_folder_in_no_repository_is_assessed_without_history() {
    let repo = Repo::plain();
    repo.write("policy.md", policy());
    let assessment = repo.assess(&[]);
    assert_eq!(assessment.code, Some(1));
    assert!(assessment["provenance"]["commit"].is_null());
    assert!(assessment["provenance"]["notes"][0].as_str().unwrap().contains("in no Git repository"));
    assert_eq!(assessment.verdict("7.5.2-c"), "not-assessed", "what needs history is not assessed");
    assert!(repo.run(&["check"]).stdout.contains("no Git repository"), "people are told too");
    assert!(repo.run(&["gap"]).stdout.contains("no Git repository"));
    repo.run(&["check", "--rev", "HEAD"]).is_refusal(2, &["in no Git repository", "--rev HEAD", "leave --rev out"]);
    let empty = Repo::plain();
    assert_eq!(empty.run(&["check"]).code, Some(4));
}

// G03
#[test]
fn a_repository_without_a_commit_is_a_plain_folder() {
    let repo = Repo::new();
    let nothing = repo.run(&["check"]);
    assert_eq!(nothing.code, Some(4), "{nothing:?}");
    repo.write("policy.md", policy());
    let assessment = repo.assess(&[]);
    assert_eq!(assessment.code, Some(1));
    assert!(assessment["provenance"]["notes"][0].as_str().unwrap().contains("no commit on 'main' yet"));
    let gap = repo.run(&["gap"]);
    assert!(gap.stdout.contains("no commit on 'main' yet"), "{}", gap.stdout);
    let rev = repo.run(&["check", "--rev", "HEAD"]);
    rev.is_refusal(2, &["--rev HEAD"]);
    assert!(![nothing, gap, rev].iter().any(|output| format!("{output:?}").contains("reference")), "no words of the library");
}

// G04
#[test]
fn a_detached_head_is_assessed_under_its_commit() {
    let repo = Repo::new();
    repo.write("policy.md", policy());
    let first = repo.commit("2026-01-05");
    repo.write("policy.md", policy().replace("Jane Doe", "John Roe"));
    repo.commit("2026-02-05");
    repo.git(&["checkout", "-q", "--detach", "HEAD~1"]);
    let assessment = repo.assess(&[]);
    assert_eq!(assessment.code, Some(1));
    assert_eq!(assessment["provenance"]["commit"], first.as_str());
    assert!(assessment["provenance"]["branch"].is_null());
    assert_eq!(assessment.document("policy.md")["control"]["owner"]["value"], "Jane Doe");
    assert!(repo.run(&["gap"]).stdout.contains(&first[..7]));
}

// G05
#[test]
fn a_bare_repository_is_read_from_its_objects() {
    let repo = Repo::new();
    repo.write("policy.md", policy());
    let commit = repo.commit("2026-01-05");
    repo.git(&["clone", "-q", "--bare", ".", "../bare.git"]);
    let assessment = repo.assess_in(&repo.beside(""), &["bare.git"]);
    assert_eq!(assessment.code, Some(1));
    assert_eq!(assessment["provenance"]["commit"], commit.as_str());
    assert_eq!(assessment.last_changes("policy.md"), [Some(("2026-01-05".to_owned(), commit))].into());
    assert_eq!(assessment.document("policy.md")["control"]["owner"]["value"], "Jane Doe");
}

// G05, the other half
#[test]
fn init_needs_a_work_tree() {
    let repo = Repo::new();
    repo.git(&["clone", "-q", "--bare", ".", "../bare.git"]);
    repo.run(&["init", "../bare.git"]).is_refusal(2, &["work tree"]);
}

// G08
#[test]
fn a_partial_clone_lists_every_content_that_is_not_here() {
    let repo = Repo::new();
    repo.write("policy.md", policy());
    repo.write("records/risks.yaml", "kind: risk-register\nentries: []\n");
    repo.commit("2026-01-05");
    repo.git(&["config", "uploadpack.allowFilter", "true"]);
    repo.git(&["clone", "-q", "--filter=blob:none", "--no-checkout", &repo.url(), "../partial"]);
    // Whoever tried to fetch would now fail, and leave other words behind.
    fs::rename(repo.path(), repo.beside("gone")).unwrap();
    let partial = repo.beside("partial");
    for arguments in [&["--rev", "HEAD"][..], &[]] {
        let assessment = repo.assess_in(&partial, arguments);
        assert_eq!(assessment.code, Some(3), "{arguments:?}");
        assert_eq!(assessment["provenance"]["partial"], true);
        assessment.left_out("policy.md", None, &["git fetch --refetch"]);
        assessment.left_out("records/risks.yaml", None, &["git fetch --refetch"]);
    }
}

// G09
#[test]
fn a_linked_work_tree_is_read_as_the_main_one_is() {
    let repo = Repo::new();
    repo.write("policy.md", policy());
    let commit = repo.commit("2026-01-05");
    repo.git(&["worktree", "add", "-q", "--detach", "../linked"]);
    let linked = repo.beside("linked");
    let check = |how: &str| {
        let assessment = repo.assess_in(&linked, &[]);
        assert_eq!(assessment.code, Some(1), "{how}");
        assert_eq!(assessment["provenance"]["uncommitted"], 0, "{how}");
        assert_eq!(assessment.last_changes("policy.md"), [Some(("2026-01-05".to_owned(), commit.clone()))].into(), "{how}");
    };
    check("absolute paths");
    // What `worktree.useRelativePaths` makes Git write, from version 2.48 on.
    fs::write(linked.join(".git"), "gitdir: ../base/.git/worktrees/linked\n").unwrap();
    fs::write(repo.path().join(".git/worktrees/linked/gitdir"), "../../../../linked/.git\n").unwrap();
    repo.git(&["config", "core.repositoryFormatVersion", "1"]);
    repo.git(&["config", "extensions.relativeWorktrees", "true"]);
    check("relative paths");
}

// G10
#[test]
fn a_git_file_leads_to_the_repository() {
    let repo = Repo::new();
    repo.write("policy.md", policy());
    let commit = repo.commit("2026-01-05");
    let other = repo.beside("other");
    fs::create_dir(&other).unwrap();
    fs::write(other.join(".git"), "gitdir: ../base/.git\n").unwrap();
    fs::write(other.join("policy.md"), policy().replace("Jane Doe", "John M. Roe")).unwrap();
    let assessment = repo.assess_in(&other, &[]);
    assert_eq!(assessment.code, Some(1));
    assert_eq!(assessment["provenance"]["commit"], commit.as_str());
    assert_eq!(assessment.document("policy.md")["control"]["owner"]["value"], "John M. Roe", "the work tree's own file");
    assert_eq!(assessment["provenance"]["uncommitted"], 1);
}

// G11
#[test]
fn a_submodule_is_listed_and_not_read() {
    let repo = Repo::new();
    repo.write("policy.md", policy());
    let commit = repo.commit("2026-01-05");
    repo.git(&["update-index", "--add", "--cacheinfo", &format!("160000,{commit},vendor")]);
    repo.commit_index("2026-02-05");
    fs::create_dir(repo.path().join("vendor")).unwrap();
    for arguments in [&[][..], &["--rev", "HEAD"]] {
        let assessment = repo.assess(arguments);
        assert_eq!(assessment.code, Some(1), "{arguments:?}");
        assessment.left_out("vendor", None, &["a submodule"]);
        assert_eq!(assessment["provenance"]["uncommitted"], 0);
    }
    assert!(repo.run(&["check"]).stdout.contains("not checked: vendor: a submodule"));
}

// G12
#[test]
fn a_pointer_of_git_lfs_is_no_document() {
    const POINTER: &str =
        "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393\nsize 12345\n";
    let repo = Repo::new();
    repo.write("policy.md", POINTER);
    repo.commit("2026-01-05");
    let assessment = repo.assess(&[]);
    assert_eq!(assessment.code, Some(3));
    let words = ["LFS pointer", "content is not here", "sha256:4d7a2146", "12345", "git lfs pull"];
    assessment.left_out("policy.md", None, &words);
    assessment.has("unreadable-document", "policy.md", 0, &words[..4]);
    assert!(assessment.document("policy.md")["title"].is_null());
}

// G12, and C2: nothing is missing on the strength of a file that was not read
#[test]
fn what_an_unread_file_may_hold_is_not_called_missing() {
    let repo = Repo::new();
    repo.write("clausewise.yaml", "documents:\n  map:\n    rules.md: service-management-policy\n");
    repo.write("rules.md", b"# Rules\n\ncaf\xe9\n");
    repo.write("information-security-policy.md", b"# Information security policy\n\ncaf\xe9\n");
    repo.commit("2026-01-05");
    let assessment = repo.assess(&[]);
    assert_eq!(assessment.code, Some(3));
    for requirement in ["5.2.2-a", "8.7.3.1-s1"] {
        assert!(["not-assessed", "needs-auditor"].contains(&assessment.verdict(requirement)), "{requirement} {}", assessment.verdict(requirement));
    }
    let missing: Vec<_> = assessment["findings"].as_array().unwrap().iter().map(|finding| finding["missing"].as_str().unwrap_or_default()).collect();
    assert!(!missing.contains(&"service-management-policy") && !missing.contains(&"information-security-policy"), "{missing:?}");
}

// G13
#[test]
fn a_sparse_checkout_names_what_it_leaves_out() {
    let repo = Repo::new();
    repo.write("a.md", policy());
    repo.write("b.md", policy().replace("service-management-policy", "information-security-policy").replace("POL-1", "POL-2"));
    repo.commit("2026-01-05");
    let whole: Output = repo.run(&["check", "--format", "json", "--rev", "HEAD"]);
    repo.git(&["sparse-checkout", "set", "--no-cone", "/a.md"]);
    assert!(!repo.path().join("b.md").exists());
    let assessment = repo.assess(&[]);
    assert_eq!(assessment.code, Some(3));
    assessment.left_out("b.md", None, &["sparse checkout", "--rev HEAD"]);
    assert_eq!(assessment["provenance"]["uncommitted"], 0);
    assert_eq!(repo.run(&["check", "--format", "json", "--rev", "HEAD"]), whole);
    assert_eq!(whole.code, Some(1));
}
