//! Edits of a copy of the example: small, declarative, and strict about where they apply.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde::Deserialize;
use serde_yaml::{Mapping, Value};
use tempfile::TempDir;

use crate::copying::copy_folder;

/// One edit.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub(crate) enum Edit {
    /// Replaces a text that stands exactly once in a file.
    Replace {
        #[serde(rename = "in")]
        path: String,
        find: String,
        with: String,
    },
    /// Replaces a text wherever it stands in the whole folder.
    ReplaceEverywhere { find: String, with: String },
    /// Sets a field of a record (of the head, where no record is named); without `to` the field is removed.
    Set {
        #[serde(rename = "in")]
        path: String,
        #[serde(default)]
        record: Option<String>,
        field: String,
        #[serde(default)]
        to: Option<Value>,
    },
    /// Takes a record out of a list.
    RemoveRecord {
        #[serde(rename = "in")]
        path: String,
        record: String,
    },
    /// Adds a record like another one, with other values in some fields.
    CopyRecord {
        #[serde(rename = "in")]
        path: String,
        record: String,
        with: Mapping,
    },
    /// Removes a file.
    Remove(String),
    /// Moves a file; links to it stay as they are.
    Move { from: String, to: String },
    /// Makes a symbolic link.
    Link { at: String, to: String },
    /// Writes a file.
    Write { path: String, text: String },
    /// Adds a text to the end of a file.
    Append { to: String, text: String },
    /// Removes a heading with all that stands under it.
    CutSection {
        #[serde(rename = "in")]
        path: String,
        heading: String,
    },
    /// Commits what was done so far, at noon of a day.
    Commit {
        on: String,
        #[serde(default = "somebody")]
        by: String,
    },
}

impl Edit {
    /// The files of the example that the edit changes, makes or takes away.
    pub(crate) fn touches(&self, example: &Path) -> BTreeSet<String> {
        let paths: Vec<&String> = match self {
            Self::Replace { path, .. }
            | Self::Set { path, .. }
            | Self::RemoveRecord { path, .. }
            | Self::CopyRecord { path, .. }
            | Self::Remove(path)
            | Self::Write { path, .. }
            | Self::CutSection { path, .. } => vec![path],
            Self::Move { from, to } => vec![from, to],
            Self::Link { at, .. } => vec![at],
            Self::Append { to, .. } => vec![to],
            Self::ReplaceEverywhere { find, .. } => return files_with(example, find).map(|(path, _)| relative(&path, example)).collect(),
            Self::Commit { .. } => Vec::new(),
        };
        paths.into_iter().cloned().collect()
    }
}

/// The files below a folder that hold a text, with what they hold.
fn files_with(folder: &Path, find: &str) -> impl Iterator<Item = (PathBuf, String)> {
    let files = walkdir::WalkDir::new(folder).into_iter().flatten().filter(|entry| entry.file_type().is_file()).map(walkdir::DirEntry::into_path);
    let files = files.filter(|path| path.components().all(|part| part.as_os_str() != ".git"));
    files.filter_map(move |path| std::fs::read_to_string(&path).ok().filter(|text| text.contains(find)).map(|text| (path, text)))
}

fn relative(path: &Path, folder: &Path) -> String {
    path.strip_prefix(folder).unwrap_or(path).to_string_lossy().into_owned()
}

fn somebody() -> String {
    "Records Office".to_owned()
}

/// A copy of the example, in a temporary folder.
pub(crate) struct Ground {
    home: TempDir,
    folder: PathBuf,
}

impl Ground {
    /// A plain copy, or one whose documents were brought into Git on a day.
    pub(crate) fn new(example: &Path, imported_on: Option<&str>) -> Self {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("base");
        copy_folder(example, &folder);
        let ground = Self { home, folder };
        if let Some(day) = imported_on {
            let text = ground.read("clausewise.yaml").unwrap();
            let changed: Vec<String> =
                text.lines().map(|line| if line.starts_with("imported_on:") { format!("imported_on: {day}") } else { line.to_owned() }).collect();
            ground.write("clausewise.yaml", &(changed.join("\n") + "\n")).unwrap();
            ground.git(day, &somebody(), &["init", "-q"]).unwrap();
            ground.commit(day, &somebody()).unwrap();
        }
        ground
    }

    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Makes an edit; the error says why it cannot be made.
    pub(crate) fn apply(&self, edit: &Edit) -> Result<(), String> {
        match edit {
            Edit::Replace { path, find, with } => {
                let text = self.read(path)?;
                let number = text.matches(find.as_str()).count();
                if number != 1 {
                    return Err(format!("{path} holds {find:?} {number} times"));
                }
                self.write(path, &text.replacen(find.as_str(), with, 1))
            }
            Edit::ReplaceEverywhere { find, with } => self.replace_everywhere(find, with),
            Edit::Set { path, record, field, to } => self.with_record(path, record.as_deref(), |fields| {
                let key = Value::String(field.clone());
                match to {
                    Some(value) => drop(fields.insert(key, value.clone())),
                    None => fields.remove(&key).map(drop).ok_or_else(|| format!("it has no field {field}"))?,
                }
                Ok(())
            }),
            Edit::RemoveRecord { path, record } => self.with_list(path, record, |list, index| {
                list.remove(index);
            }),
            Edit::CopyRecord { path, record, with } => self.with_list(path, record, |list, index| {
                let mut copy = list[index].clone();
                if let Value::Mapping(fields) = &mut copy {
                    fields.extend(with.clone());
                }
                list.push(copy);
            }),
            Edit::Remove(path) => std::fs::remove_file(self.folder.join(path)).map_err(|error| format!("{path}: {error}")),
            Edit::Move { from, to } => {
                let text = std::fs::read(self.folder.join(from)).map_err(|error| format!("{from}: {error}"))?;
                std::fs::remove_file(self.folder.join(from)).map_err(|error| error.to_string())?;
                self.write_bytes(to, &text)
            }
            Edit::Link { at, to } => std::os::unix::fs::symlink(to, self.folder.join(at)).map_err(|error| format!("{at}: {error}")),
            Edit::Write { path, text } => self.write(path, text),
            Edit::Append { to, text } => {
                let before = self.read(to)?;
                self.write(to, &format!("{before}{text}"))
            }
            Edit::CutSection { path, heading } => {
                let text = self.read(path)?;
                self.write(path, &without_section(&text, heading).ok_or_else(|| format!("{path} has no heading {heading:?}"))?)
            }
            Edit::Commit { on, by } => self.commit(on, by),
        }
    }

    fn read(&self, path: &str) -> Result<String, String> {
        std::fs::read_to_string(self.folder.join(path)).map_err(|error| format!("{path}: {error}"))
    }

    fn write(&self, path: &str, text: &str) -> Result<(), String> {
        self.write_bytes(path, text.as_bytes())
    }

    fn write_bytes(&self, path: &str, bytes: &[u8]) -> Result<(), String> {
        let file = self.folder.join(path);
        std::fs::create_dir_all(file.parent().unwrap()).map_err(|error| error.to_string())?;
        std::fs::write(file, bytes).map_err(|error| format!("{path}: {error}"))
    }

    fn replace_everywhere(&self, find: &str, with: &str) -> Result<(), String> {
        let mut number = 0;
        for (path, text) in files_with(&self.folder, find) {
            number += 1;
            std::fs::write(path, text.replace(find, with)).map_err(|error| error.to_string())?;
        }
        if number == 0 { Err(format!("nothing holds {find:?}")) } else { Ok(()) }
    }

    /// Changes the fields of a record, or of the head of a document.
    fn with_record(&self, path: &str, record: Option<&str>, change: impl FnOnce(&mut Mapping) -> Result<(), String>) -> Result<(), String> {
        self.with_values(path, |value| {
            let fields = match record {
                Some(record) => find_record(value, record),
                None => value.as_mapping_mut(),
            };
            change(fields.ok_or_else(|| format!("{path} has no record {}", record.unwrap_or("head")))?)
        })
    }

    fn with_list(&self, path: &str, record: &str, change: impl FnOnce(&mut Vec<Value>, usize)) -> Result<(), String> {
        self.with_values(path, |value| {
            let list = find_list(value, record).ok_or_else(|| format!("{path} has no record {record} in a list"))?;
            let index = list.iter().position(|item| is_record(item, record)).unwrap_or(0);
            change(list, index);
            Ok(())
        })
    }

    /// Changes what a file holds as values: YAML, the head of a Markdown document, or the rows of a table of values.
    fn with_values(&self, path: &str, change: impl FnOnce(&mut Value) -> Result<(), String>) -> Result<(), String> {
        let text = self.read(path)?;
        let parse = |text: &str| serde_yaml::from_str::<Value>(text).map_err(|error| format!("{path}: {error}"));
        let print = |value: &Value| serde_yaml::to_string(value).map_err(|error| error.to_string());
        if path.ends_with(".csv") {
            let mut rows = rows_of(&text)?;
            change(&mut rows)?;
            return self.write(path, &csv_of(&text, &rows)?);
        }
        if path.ends_with(".md") {
            let body = text.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n")).ok_or_else(|| format!("{path} has no head"))?;
            let mut head = parse(body.0)?;
            change(&mut head)?;
            return self.write(path, &format!("---\n{}---\n{}", print(&head)?, body.1));
        }
        let mut value = parse(&text)?;
        change(&mut value)?;
        self.write(path, &print(&value)?)
    }

    fn commit(&self, day: &str, by: &str) -> Result<(), String> {
        self.git(day, by, &["add", "-A"])?;
        self.git(day, by, &["commit", "-q", "--allow-empty", "-m", "a change"])
    }

    fn git(&self, day: &str, by: &str, arguments: &[&str]) -> Result<(), String> {
        let noon = format!("{day}T12:00:00Z");
        let output = Command::new("git")
            .current_dir(&self.folder)
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("HOME", self.home.path())
            .envs([("GIT_CONFIG_NOSYSTEM", "1"), ("GIT_AUTHOR_DATE", &noon), ("GIT_COMMITTER_DATE", &noon)])
            .args(["-c", "init.defaultBranch=main", "-c", &format!("user.name={by}"), "-c", "user.email=somebody@example.org"])
            .args(arguments)
            .stdin(Stdio::null())
            .output()
            .map_err(|error| error.to_string())?;
        if output.status.success() { Ok(()) } else { Err(String::from_utf8_lossy(&output.stderr).into_owned()) }
    }
}

/// Fields that name a record.
const NAMES: [&str; 8] = ["id", "Number", "number", "service", "process", "party", "role", "name"];

fn is_record(value: &Value, record: &str) -> bool {
    value.as_mapping().is_some_and(|fields| NAMES.iter().any(|name| fields.get(*name).and_then(Value::as_str) == Some(record)))
}

fn find_record<'all>(value: &'all mut Value, record: &str) -> Option<&'all mut Mapping> {
    if is_record(value, record) {
        return value.as_mapping_mut();
    }
    match value {
        Value::Mapping(fields) => fields.values_mut().find_map(|value| find_record(value, record)),
        Value::Sequence(items) => items.iter_mut().find_map(|value| find_record(value, record)),
        _ => None,
    }
}

fn find_list<'all>(value: &'all mut Value, record: &str) -> Option<&'all mut Vec<Value>> {
    match value {
        Value::Sequence(items) => {
            if items.iter().any(|item| is_record(item, record)) {
                return Some(items);
            }
            items.iter_mut().find_map(|value| find_list(value, record))
        }
        Value::Mapping(fields) => fields.values_mut().find_map(|value| find_list(value, record)),
        _ => None,
    }
}

fn rows_of(text: &str) -> Result<Value, String> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let header = reader.headers().map_err(|error| error.to_string())?.clone();
    let row = |row: csv::StringRecord| Value::Mapping(header.iter().zip(&row).map(|(name, value)| (name.into(), value.into())).collect());
    reader.records().map(|record| record.map(row).map_err(|error| error.to_string())).collect::<Result<Vec<Value>, String>>().map(Value::Sequence)
}

fn csv_of(before: &str, rows: &Value) -> Result<String, String> {
    let mut reader = csv::Reader::from_reader(before.as_bytes());
    let header = reader.headers().map_err(|error| error.to_string())?.clone();
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(&header).map_err(|error| error.to_string())?;
    for row in rows.as_sequence().into_iter().flatten() {
        let cell = |name: &str| row.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        writer.write_record(header.iter().map(cell)).map_err(|error| error.to_string())?;
    }
    writer.into_inner().map_err(|error| error.to_string()).and_then(|bytes| String::from_utf8(bytes).map_err(|error| error.to_string()))
}

fn without_section(text: &str, heading: &str) -> Option<String> {
    let level = |line: &str| line.split(' ').next().filter(|marks| !marks.is_empty() && marks.bytes().all(|byte| byte == b'#')).map(str::len);
    let lines: Vec<&str> = text.lines().collect();
    let start = lines.iter().position(|line| level(line).is_some() && line.trim_start_matches('#').trim() == heading)?;
    let own = level(lines[start])?;
    let end = lines[start + 1..].iter().position(|line| level(line).is_some_and(|other| other <= own)).map_or(lines.len(), |at| start + 1 + at);
    let kept: Vec<&str> = lines[..start].iter().chain(&lines[end..]).copied().collect();
    Some(kept.join("\n") + "\n")
}
