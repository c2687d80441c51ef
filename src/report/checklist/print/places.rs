//! Places in print: paths begin at the folder that was read, a folder is named once, and commits stand in an index.

use std::collections::BTreeMap;

use serde::Serialize;

use super::super::view::{AuditChecklist, EvidenceFile};

/// A file that rows name as evidence.
#[derive(Serialize)]
pub(super) struct IndexedFile<'view> {
    path: &'view str,
    commit: Option<&'view str>,
    last_changed_on: Option<&'view str>,
}

impl<'view> IndexedFile<'view> {
    fn change(&self) -> Option<(&'view str, &'view str)> {
        self.commit.zip(self.last_changed_on)
    }
}

/// A commit and its day.
type Commit<'view> = (&'view str, &'view str);

/// The commit of more than half, and of how many.
fn most_common<'view>(all: impl Iterator<Item = Option<Commit<'view>>>) -> Option<(Commit<'view>, usize)> {
    let mut number = 0;
    let mut of_change: BTreeMap<Commit<'view>, usize> = BTreeMap::new();
    for change in all {
        number += 1;
        if let Some(change) = change {
            *of_change.entry(change).or_default() += 1;
        }
    }
    of_change.into_iter().max_by_key(|(_, of_it)| *of_it).filter(|(_, of_it)| *of_it * 2 > number && *of_it > 1)
}

fn change_of(file: &EvidenceFile) -> Option<Commit<'_>> {
    file.commit.as_deref().zip(file.last_changed_on.as_deref())
}

/// The commit that is left out of places, since it is said once for all.
#[derive(Serialize)]
pub(super) struct SharedCommit<'view> {
    commit: &'view str,
    note: String,
}

/// The folder that was read.
#[derive(Clone, Copy)]
pub(super) struct Places<'view> {
    root: &'view str,
}

impl<'view> Places<'view> {
    pub(super) fn new(root: &'view str) -> Self {
        Self { root: if root == "." { "" } else { root.trim_end_matches('/') } }
    }

    /// What is to be said of it.
    pub(super) fn note(&self) -> Option<String> {
        (!self.root.is_empty()).then(|| format!("Paths begin at {}.", self.root))
    }

    /// A path or place from the folder that was read.
    pub(super) fn short<'path>(&self, place: &'path str) -> &'path str {
        if self.root.is_empty() { place } else { place.strip_prefix(self.root).and_then(|rest| rest.strip_prefix('/')).unwrap_or(place) }
    }

    /// A sentence with its paths from that folder.
    pub(super) fn shortened(&self, text: &str) -> String {
        if self.root.is_empty() {
            return text.to_owned();
        }
        let text = [" ", "("].iter().fold(text.to_owned(), |text, before| text.replace(&format!("{before}{}/", self.root), before));
        self.short(&text).to_owned()
    }

    /// Evidence file by file; of files of one folder the folder is named once.
    pub(super) fn of(&self, files: &[EvidenceFile]) -> Vec<String> {
        let mut by_path: Vec<(&str, Vec<&str>)> = Vec::new();
        for file in files {
            // What begins in the first line is the file itself.
            let place = self.short(file.place.strip_suffix(":1").unwrap_or(&file.place));
            // A file may be evidence as two things.
            match by_path.iter_mut().find(|(path, _)| *path == file.path) {
                Some((_, places)) if places.contains(&place) => {}
                Some((_, places)) => places.push(place),
                None => by_path.push((&file.path, vec![place])),
            }
        }
        let mut lines: Vec<(String, String)> = Vec::new();
        for place in by_path.into_iter().flat_map(|(_, places)| places) {
            let (folder, name) = place.rsplit_once('/').unwrap_or(("", place));
            match lines.last_mut().filter(|(other, _)| other == folder) {
                Some((_, line)) => line.push_str(&format!("; {name}")),
                None => lines.push((folder.to_owned(), place.to_owned())),
            }
        }
        lines.into_iter().map(|(_, line)| line).collect()
    }

    /// The commit of most evidence; none where it has none in common.
    pub(super) fn shared(view: &'view AuditChecklist) -> Option<SharedCommit<'view>> {
        let places: Vec<&EvidenceFile> = view.rows().flat_map(|row| &row.files).collect();
        let ((commit, day), _) = most_common(places.iter().map(|file| change_of(file)))?;
        let apart = if places.iter().any(|file| file.commit.is_none()) { "; a file of which no commit is known says so" } else { "" };
        Some(SharedCommit { commit, note: format!("Unless another is named, evidence so far stands as of commit {commit} of {day}{apart}.") })
    }

    /// All files that rows name as evidence, by path, two side by side; none where no file has a commit to be told. What
    /// most of them share is said once, and they are left out.
    pub(super) fn index(&self, view: &'view AuditChecklist) -> (Vec<Vec<IndexedFile<'view>>>, Option<String>) {
        let mut files: BTreeMap<&str, IndexedFile<'view>> = BTreeMap::new();
        for file in view.rows().flat_map(|row| &row.files) {
            let path = self.short(&file.path);
            files.entry(path).or_insert(IndexedFile { path, commit: file.commit.as_deref(), last_changed_on: file.last_changed_on.as_deref() });
        }
        let shared = most_common(files.values().map(IndexedFile::change));
        let all = files.len();
        files.retain(|_, file| file.commit.is_some() && shared.is_none_or(|(change, _)| file.change() != Some(change)));
        let note = shared.map(|((commit, day), number)| {
            let which = if number == all {
                format!("All {all} files that rows name as evidence were")
            } else {
                format!("{number} of the {all} files that rows name as evidence were")
            };
            let others = if files.is_empty() { "" } else { " The others:" };
            format!("{which} last changed on {day}, in the commit {commit}.{others}")
        });
        let mut pairs: Vec<Vec<IndexedFile<'view>>> = Vec::new();
        for file in files.into_values() {
            match pairs.last_mut().filter(|pair| pair.len() < 2) {
                Some(pair) => pair.push(file),
                None => pairs.push(vec![file]),
            }
        }
        (pairs, note)
    }
}
