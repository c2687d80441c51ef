//! The one walk over history, held against what the `git` program says on generated histories.
#![expect(clippy::expect_used, reason = "a test may fall, and says where")]

use std::path::Path;
use std::process::Command;

use clausewise::repository::{History, Snapshot};

/// A small generator of numbers: the same histories on every machine.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % sides as u64).expect("small")
    }
}

struct Repo {
    folder: tempfile::TempDir,
    clock: u64,
}

impl Repo {
    fn new() -> Self {
        let repo = Self { folder: tempfile::tempdir().expect("a folder"), clock: 1_700_000_000 };
        repo.git(&["init", "-q", "-b", "main"]);
        repo
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn try_git(&self, arguments: &[&str]) -> (bool, String) {
        let date = format!("{} +0000", self.clock);
        let output = Command::new("git")
            .current_dir(self.path())
            .args(["-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false", "-c", "merge.renames=false"])
            .args(arguments)
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env("HOME", self.path())
            .env("GIT_AUTHOR_DATE", &date)
            .env("GIT_COMMITTER_DATE", &date)
            .output()
            .expect("git");
        (output.status.success(), String::from_utf8_lossy(&output.stdout).trim().to_owned())
    }

    fn git(&self, arguments: &[&str]) -> String {
        let (fine, text) = self.try_git(arguments);
        assert!(fine, "git {arguments:?}: {text}");
        text
    }

    fn commit(&mut self, message: &str) {
        self.clock += 3_600;
        self.git(&["add", "-A"]);
        self.git(&["commit", "-q", "--allow-empty", "-m", message]);
    }

    fn write(&self, path: &str, text: &str) {
        let file = self.path().join(path);
        std::fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
        std::fs::write(file, text).expect("written");
    }
}

fn edit_something(repo: &mut Repo, dice: &mut Dice, round: usize) {
    let files: Vec<String> = repo.git(&["ls-files"]).lines().map(str::to_owned).collect();
    let pick = |dice: &mut Dice| files.get(dice.roll(files.len().max(1))).cloned();
    match dice.roll(10) {
        0..=3 => repo.write(&format!("area{}/doc{}.md", dice.roll(3), dice.roll(6)), &format!("# text {round}\n")),
        4..=6 => {
            if let Some(file) = pick(dice) {
                repo.write(&file, &format!("# changed {round}\n"));
            }
        }
        7 => {
            if let Some(file) = pick(dice).filter(|_| files.len() > 2) {
                repo.git(&["rm", "-q", "-f", &file]);
            }
        }
        _ => {
            if let Some(file) = pick(dice) {
                let target = format!("moved/doc{round}.md");
                repo.write(&target, "");
                std::fs::remove_file(repo.path().join(&target)).expect("removed");
                repo.git(&["mv", &file, &target]);
            }
        }
    }
    repo.commit(&format!("round {round}"));
}

/// A history with branches and merges; a merge that conflicts is taken from our side.
fn generated(seed: u64) -> Repo {
    let mut repo = Repo::new();
    let mut dice = Dice(seed);
    repo.write("start.md", "# start\n");
    repo.commit("start");
    for round in 0..24 {
        if dice.roll(4) == 0 {
            let branch = format!("side{round}");
            repo.git(&["checkout", "-q", "-b", &branch]);
            for step in 0..=dice.roll(3) {
                edit_something(&mut repo, &mut dice, 1_000 + round * 10 + step);
            }
            repo.git(&["checkout", "-q", "main"]);
            edit_something(&mut repo, &mut dice, 2_000 + round);
            repo.clock += 3_600;
            let (merged, _) = repo.try_git(&["merge", "-q", "--no-ff", "-m", "merge", &branch]);
            if !merged {
                // What both sides touched stays as it is here.
                let (_, conflicts) = repo.try_git(&["diff", "--name-only", "--diff-filter=U"]);
                for path in conflicts.lines() {
                    if !repo.try_git(&["checkout", "--ours", "--", path]).0 {
                        repo.try_git(&["rm", "-q", "-f", "--", path]);
                    }
                }
                repo.commit("merge, settled by hand");
            }
        } else {
            edit_something(&mut repo, &mut dice, round);
        }
    }
    repo
}

#[test]
fn last_and_first_changes_are_those_that_git_names() {
    for seed in 1..=12 {
        let repo = generated(seed);
        let snapshot = Snapshot::open(repo.path(), Some("HEAD")).expect("a snapshot");
        let history = History::walk(&snapshot).expect("a history");
        for entry in &snapshot.entries {
            let path = entry.path.to_string();
            let log = repo.git(&["log", "--format=%H", "--", &path]);
            let expected = log.lines().next().expect("a commit");
            let found = history.last_change(&entry.path).map(|commit| commit.id.clone());
            assert_eq!(found.as_deref(), Some(expected), "seed {seed}, last change of {path}");
            let all = repo.git(&["log", "--full-history", "--no-merges", "--format=%H", "--", &path]);
            let first = all.lines().last().expect("a commit");
            let found = history.first_change(&entry.path).map(|commit| commit.id.clone());
            assert_eq!(found.as_deref(), Some(first), "seed {seed}, first change of {path}");
        }
    }
}

#[test]
fn a_sub_folder_has_the_history_of_its_own_files() {
    let repo = generated(3);
    let folder = repo.path().join("area0");
    if !folder.is_dir() {
        repo.write("area0/one.md", "# one\n");
    }
    let snapshot = Snapshot::open(&folder, Some("HEAD")).expect("a snapshot");
    let history = History::walk(&snapshot).expect("a history");
    assert!(!snapshot.entries.is_empty());
    for entry in &snapshot.entries {
        let expected = repo.git(&["log", "-1", "--format=%H", "--", &entry.path.to_string()]);
        assert_eq!(history.last_change(&entry.path).map(|commit| commit.id.clone()), Some(expected));
    }
    assert!(history.paths.keys().all(|path| path.as_bytes().starts_with(b"area0/")));
}

#[test]
fn dates_that_rest_on_the_boundary_of_a_shallow_clone_are_unknown() {
    let mut repo = Repo::new();
    repo.write("old.md", "# old\n");
    repo.commit("one");
    repo.write("middle.md", "# middle\n");
    repo.commit("two");
    repo.write("new.md", "# new\n");
    repo.commit("three");
    let clones = tempfile::tempdir().expect("a folder");
    for (depth, known) in [("1", vec![]), ("2", vec!["new.md"])] {
        let target = clones.path().join(depth);
        let source = format!("file://{}", repo.path().display());
        repo.git(&["clone", "-q", "--depth", depth, &source, target.to_str().expect("a path")]);
        let snapshot = Snapshot::open(&target, None).expect("a snapshot");
        assert!(snapshot.shallow);
        let history = History::walk(&snapshot).expect("a history");
        let dated: Vec<String> =
            snapshot.entries.iter().filter(|entry| history.last_change(&entry.path).is_some()).map(|entry| entry.path.to_string()).collect();
        assert_eq!(dated, known, "depth {depth}");
    }
}
