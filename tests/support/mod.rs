//! Real repositories in temporary folders, the real program, and what it says: for every test that needs them.
//!
//! Both programs run in a scrubbed environment, so that neither the machine nor its user has a say in what comes out.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::io::{Cursor, Read, Write};
use std::ops::Deref;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use serde_json::Value;
use tempfile::TempDir;

/// The day of every assessment, unless a test says otherwise.
pub(crate) const AS_OF: &str = "2026-10-15";

/// No run of the program takes this long, however busy the machine is; one that does hangs and is killed.
const PATIENCE: Duration = Duration::from_secs(120);

/// A folder with documents, in a temporary folder that also serves as the home and holds clones of it.
pub(crate) struct Repo {
    home: TempDir,
    folder: PathBuf,
}

impl Repo {
    /// An empty Git repository, on the branch `main`.
    pub(crate) fn new() -> Self {
        let repo = Self::plain();
        repo.git(&["init", "-q"]);
        repo
    }

    /// An empty folder that is in no Git repository.
    pub(crate) fn plain() -> Self {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("base");
        std::fs::create_dir(&folder).unwrap();
        Self { home, folder }
    }

    /// The folder.
    pub(crate) fn path(&self) -> &Path {
        &self.folder
    }

    /// A place beside the folder, for clones and for what lies outside.
    pub(crate) fn beside(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    /// The address under which `git clone` takes the repository for a remote one.
    pub(crate) fn url(&self) -> String {
        format!("file://{}", self.folder.display())
    }

    /// Writes a file, folders on the way included. The path may be bytes that are no UTF-8.
    pub(crate) fn write(&self, path: impl AsRef<[u8]>, content: impl AsRef<[u8]>) {
        let file = self.folder.join(OsStr::from_bytes(path.as_ref()));
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, content).unwrap();
    }

    /// Runs `git` in the folder; it must succeed. Gives back what it printed.
    pub(crate) fn git(&self, arguments: &[&str]) -> String {
        self.git_on("2026-01-01", arguments, "").unwrap()
    }

    /// Stores a content in the object database, without a file. Gives back its id.
    pub(crate) fn object(&self, kind: &str, content: &str) -> String {
        self.git_on("2026-01-01", &["hash-object", "-t", kind, "-w", "--stdin"], content).unwrap()
    }

    /// Commits everything as it is, at noon of a day. Gives back the commit's id.
    pub(crate) fn commit(&self, day: &str) -> String {
        self.git(&["add", "-A"]);
        self.commit_index(day)
    }

    /// Commits what the index holds, at noon of a day. Gives back the commit's id.
    pub(crate) fn commit_index(&self, day: &str) -> String {
        self.git_on(day, &["commit", "-q", "--allow-empty", "-m", "a change"], "").unwrap();
        self.git(&["rev-parse", "HEAD"])
    }

    /// Runs `git` in the folder as if it were noon of a day, with an input; the error is what it complained of.
    pub(crate) fn git_on(&self, day: &str, arguments: &[&str], input: &str) -> Result<String, String> {
        let noon = format!("{day}T12:00:00Z");
        let mut child = scrubbed("git", &self.folder, self.home.path())
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .envs([("GIT_AUTHOR_DATE", &noon), ("GIT_COMMITTER_DATE", &noon)])
            .args(["-c", "init.defaultBranch=main", "-c", "user.name=Test", "-c", "user.email=test@example.org"])
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
        let output = child.wait_with_output().unwrap();
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim().to_owned();
        if output.status.success() { Ok(text(&output.stdout)) } else { Err(format!("git {arguments:?}: {}", text(&output.stderr))) }
    }

    /// The program, ready to run in a folder, with nothing in its environment but a path and a home.
    pub(crate) fn program(&self, folder: &Path) -> Command {
        scrubbed(env!("CARGO_BIN_EXE_clausewise"), folder, self.home.path())
    }

    /// Runs the program in the folder.
    pub(crate) fn run(&self, arguments: &[&str]) -> Output {
        self.run_in(&self.folder, arguments)
    }

    /// Runs the program in another folder.
    pub(crate) fn run_in(&self, folder: &Path, arguments: &[&str]) -> Output {
        let mut program = self.program(folder);
        Output::of({
            program.args(arguments).args(["--as-of", AS_OF]);
            program
        })
    }

    /// Assesses the folder. Gives back how the run ended and what it found.
    pub(crate) fn assess(&self, arguments: &[&str]) -> Assessment {
        self.assess_in(&self.folder, arguments)
    }

    /// Assesses another folder.
    pub(crate) fn assess_in(&self, folder: &Path, arguments: &[&str]) -> Assessment {
        Assessment::of(self.run_in(folder, &[&["check", "--format", "json"], arguments].concat()))
    }

    /// The folder in every form in which the program can show it, each with a name: what it prints, and the files that it
    /// writes, unpacked where they are packed.
    pub(crate) fn every_format(&self, arguments: &[&str]) -> Vec<(String, Output)> {
        const PRINTED: [(&str, &str); 6] = [("check", "text"), ("check", "json"), ("check", "jsonl"), ("check", "markdown"), ("map", "text"), ("map", "json")];
        let printed = PRINTED.iter().map(|(command, form)| {
            let output = self.run(&[&[*command, "--format", *form], arguments].concat());
            (format!("{command} as {form}"), output)
        });
        let written = DELIVERABLES.iter().flat_map(|command| {
            let files = FORMS.map(|form| (form, self.beside(&format!("every-format.{form}"))));
            let targets: Vec<&str> = files.iter().flat_map(|(_, file)| ["-o", file.to_str().unwrap()]).collect();
            let run = self.run(&[command, targets.as_slice(), arguments].concat());
            files.map(|(form, file)| {
                let stdout = text_of(std::fs::read(file).unwrap());
                (format!("{} as {form}", command[0]), Output { code: run.code, stdout, stderr: run.stderr.clone() })
            })
        });
        printed.chain(written).collect()
    }
}

/// The deliverables, each with what it takes to make it.
pub(crate) const DELIVERABLES: [&[&str]; 3] = [&["gap"], &["soa"], &["checklist", "--audit", "stage2"]];

/// The forms of a deliverable, by the endings of its files.
pub(crate) const FORMS: [&str; 6] = ["md", "html", "xlsx", "docx", "csv", "json"];

/// The text of a file, that of all parts where it is a packed one.
pub(crate) fn text_of(bytes: Vec<u8>) -> String {
    if !bytes.starts_with(b"PK") {
        return String::from_utf8(bytes).unwrap();
    }
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    for index in 0..archive.len() {
        archive.by_index(index).unwrap().read_to_string(&mut text).unwrap();
    }
    text
}

/// The folder of one of the project's own examples.
pub(crate) fn example(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(name)
}

fn scrubbed(program: &str, folder: &Path, home: &Path) -> Command {
    let mut command = Command::new(program);
    command.current_dir(folder).env_clear().env("PATH", std::env::var_os("PATH").unwrap()).env("HOME", home);
    command
}

/// How a run of the program ended and what it printed.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Output {
    /// None if a signal or our patience ended it.
    pub(crate) code: Option<i32>,
    /// Standard output.
    pub(crate) stdout: String,
    /// Standard error.
    pub(crate) stderr: String,
}

impl Output {
    /// Runs a command to its end.
    pub(crate) fn of(command: Command) -> Self {
        let output = assert_cmd::Command::from_std(command).timeout(PATIENCE).output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Self { code: output.status.code(), stdout: text(output.stdout), stderr: text(output.stderr) }
    }

    /// Asserts that nothing was assessed, with this code, and that the first line of the error says all of this.
    pub(crate) fn is_refusal(&self, code: i32, words: &[&str]) {
        assert_eq!(self.code, Some(code), "{self:?}");
        assert_eq!(self.stdout, "", "a refusal prints no report");
        let first = self.stderr.lines().next().unwrap_or_default();
        assert!(first.starts_with("error["), "{}", self.stderr);
        for word in words {
            assert!(first.contains(word), "no {word:?} in {first:?}");
        }
    }
}

/// How an assessment ended, and what it found, as the machine form has it.
#[derive(Debug)]
pub(crate) struct Assessment {
    /// The exit code.
    pub(crate) code: Option<i32>,
    value: Value,
}

impl Deref for Assessment {
    type Target = Value;

    fn deref(&self) -> &Value {
        &self.value
    }
}

impl Assessment {
    fn of(output: Output) -> Self {
        let value = serde_json::from_str(&output.stdout);
        Self { code: output.code, value: value.unwrap_or_else(|error| unreachable!("{error}: {output:?}")) }
    }

    /// The findings of a rule at a path.
    pub(crate) fn findings(&self, rule: &str, path: &str) -> Vec<&Value> {
        let all = self["findings"].as_array().unwrap();
        all.iter().filter(|finding| finding["rule"] == rule && finding["location"]["path"] == path).collect()
    }

    /// Asserts that there is one finding of a rule at a path, at this line and with all of these words.
    pub(crate) fn has(&self, rule: &str, path: &str, line: u32, words: &[&str]) {
        let told = |finding: &&Value| words.iter().all(|word| finding["message"].as_str().unwrap().contains(word));
        let found: Vec<&Value> = self.findings(rule, path).into_iter().filter(told).collect();
        let all = || self["findings"].as_array().unwrap().iter().filter(|finding| finding["location"]["path"] == path && finding["missing"].is_null());
        assert_eq!(found.len(), 1, "{rule} at {path} with {words:?}; there are {:#?}", all().collect::<Vec<_>>());
        assert_eq!(found[0]["location"]["line"], line, "{found:#?}");
    }

    /// Asserts that a path is listed as not checked, at this line (none for the whole) and with all of these words.
    pub(crate) fn left_out(&self, path: &str, line: Option<u32>, words: &[&str]) {
        let list = self["provenance"]["not_checked"].as_array().unwrap();
        let entry = list.iter().find(|entry| entry["path"] == path);
        let entry = entry.unwrap_or_else(|| unreachable!("{path} is not among {list:#?}"));
        assert_eq!(entry["line"].as_u64(), line.map(u64::from), "{entry:#?}");
        for word in words {
            assert!(entry["reason"].as_str().unwrap().contains(word), "no {word:?} in {entry:#?}");
        }
    }

    /// The verdict on a requirement.
    pub(crate) fn verdict(&self, requirement: &str) -> &str {
        let mut all = self["requirements"].as_array().unwrap().iter();
        all.find(|item| item["id"] == requirement).unwrap()["verdict"].as_str().unwrap()
    }

    /// The days and commits of the last change that evidence at a path gives; none where it gives none.
    pub(crate) fn last_changes(&self, path: &str) -> BTreeSet<Option<(String, String)>> {
        let requirements = self["requirements"].as_array().unwrap().iter();
        let evidence = requirements.flat_map(|item| item["evidence"].as_array().unwrap()).filter(|evidence| evidence["path"] == path);
        let text = |value: &Value| value.as_str().map(str::to_owned);
        evidence.map(|evidence| text(&evidence["last_changed_on"]).zip(text(&evidence["commit"]))).collect()
    }

    /// The document at a path.
    pub(crate) fn document(&self, path: &str) -> &Value {
        self["documents"].as_array().unwrap().iter().find(|document| document["path"] == path).unwrap()
    }
}

/// A policy without a fault, as long as nobody else is asked for anything.
pub(crate) fn policy() -> String {
    document("service-management-policy", "POL-1")
}

/// A document without a fault of its own, of a kind and with an id.
pub(crate) fn document(kind: &str, id: &str) -> String {
    format!(
        "---
id: {id}
title: Document {id}
kind: {kind}
owner: Jane Doe
version: 1.0
status: approved
approved_by: Ann Chief
approved_on: 2026-01-01
next_review: 2027-01-01
---
# Document {id}

## Purpose

The purpose of the organization is to run the payroll of small firms so well that nobody thinks of it.

## Frame for objectives

Each spring top management sets the service management objectives out of what customers told us.

## Commitment

We meet the applicable requirements, and we stand for continual improvement of the system and its services.
"
    )
}
