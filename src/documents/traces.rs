//! What Git tells of where documents and records come from: when they first appeared, who wrote them, and which are gone.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::civil::Date;

use super::document::{Document, Format};
use super::read::read_text;
use super::record::Record;
use super::revisions::Window;
use super::versions::Versions;
use crate::repository::{BlobReader, Change, Commit, History, RepoPath};

/// Where a document that came into Git within the window begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Beginning {
    /// The commit that brought it.
    pub commit: String,
    /// Its day.
    pub date: Date,
    /// Authors of all its commits.
    pub authors: BTreeSet<String>,
}

/// The commit in which a record appeared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Appearance {
    /// The line on which the record begins today.
    pub line: u32,
    /// The commit.
    pub commit: String,
    /// Its day.
    pub date: Date,
}

/// A record that was there and is not any more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Removal {
    /// Its id.
    pub id: String,
    /// Kinds of documented information that its document said it was.
    pub kinds: Vec<String>,
    /// The commit that removed it.
    pub commit: String,
    /// Its day.
    pub date: Date,
}

/// Everything of this sort.
#[derive(Clone, Debug, Default)]
pub struct Traces {
    /// Documents that came into Git within the window.
    pub beginnings: BTreeMap<RepoPath, Beginning>,
    /// Records that did.
    pub appearances: BTreeMap<RepoPath, Vec<Appearance>>,
    /// Records that are gone, by the path of their document.
    pub removals: BTreeMap<RepoPath, Vec<Removal>>,
}

impl Traces {
    /// Looks at one document; `changes` are its own, newest first, and some of them lie in the window.
    pub(super) fn look_at(&mut self, document: &Document, changes: &[Change], history: &History, window: Window, versions: &mut Versions) {
        let commit = |change: &Change| history.commits.get(change.commit as usize);
        let in_window = |change: &&Change| commit(change).is_some_and(|commit| window.holds(commit.date));
        let cut_off = history.paths.get(&document.path).is_none_or(|path| path.cut_off);
        let Some(oldest) = changes.last() else { return };
        let born = !cut_off && in_window(&oldest);
        if let Some(first) = commit(oldest).filter(|_| born) {
            let authors = changes.iter().filter_map(commit).map(|commit| commit.author.clone()).collect();
            self.beginnings.insert(document.path.clone(), Beginning { commit: first.id.clone(), date: first.date, authors });
        }
        // An export of another system is replaced as a whole: when its rows came here says nothing of when they were written.
        if document.format == Format::Csv {
            return;
        }
        let in_lists = document.lists.iter().any(|(_, records)| records.iter().any(|record| id_of(record).is_some()));
        if !in_lists {
            if let Some(first) = commit(oldest).filter(|_| born) {
                let appearance = Appearance { line: document.head.at.line, commit: first.id.clone(), date: first.date };
                self.appearances.insert(document.path.clone(), vec![appearance]);
            }
            return;
        }
        let touched: Vec<&Change> = changes.iter().filter(in_window).collect();
        let before = changes.get(touched.len());
        self.of_lists(document, before, &touched, history, versions);
    }

    /// Walks the versions of a list, oldest first: ids that come, and ids that go and stay away.
    fn of_lists(&mut self, document: &Document, before: Option<&Change>, touched: &[&Change], history: &History, versions: &mut Versions) {
        let mut ids_at = |change: &Change| -> Option<BTreeSet<String>> { Some(ids_of(&*versions.at(change)?)) };
        let mut known = before.and_then(&mut ids_at).unwrap_or_default();
        let mut came: HashMap<String, &Commit> = HashMap::new();
        let mut went: BTreeMap<String, &Commit> = BTreeMap::new();
        for change in touched.iter().rev() {
            let (Some(commit), Some(ids)) = (history.commits.get(change.commit as usize), ids_at(change)) else { continue };
            for id in ids.difference(&known) {
                came.insert(id.clone(), commit);
                went.remove(id);
            }
            for id in known.difference(&ids) {
                went.insert(id.clone(), commit);
            }
            known = ids;
        }
        let records = document.lists.iter().flat_map(|(_, records)| records);
        let appearance = |record: &Record| {
            let commit = came.get(&id_of(record)?)?;
            Some(Appearance { line: record.at.line, commit: commit.id.clone(), date: commit.date })
        };
        let appearances: Vec<Appearance> = records.filter_map(appearance).collect();
        if !appearances.is_empty() {
            self.appearances.insert(document.path.clone(), appearances);
        }
        let today = ids_of(document);
        let kinds = kinds_of(document);
        let removals: Vec<Removal> = went
            .into_iter()
            .filter(|(id, _)| !today.contains(id))
            .map(|(id, commit)| Removal { id, kinds: kinds.clone(), commit: commit.id.clone(), date: commit.date })
            .collect();
        if !removals.is_empty() {
            self.removals.insert(document.path.clone(), removals);
        }
    }

    /// Looks at paths that are gone: whether they held records.
    pub(super) fn look_at_the_gone(&mut self, history: &History, window: Window, blobs: &BlobReader) {
        let mut gone: Vec<(&RepoPath, &Change, [u8; 20])> = Vec::new();
        for (path, known) in &history.paths {
            let [removed, before, ..] = known.changes.as_slice() else { continue };
            let is_candidate = ["md", "yaml", "yml"].contains(&path.ending().as_str());
            if let (None, Some(blob), true) = (removed.blob, before.blob, is_candidate) {
                gone.push((path, removed, blob));
            }
        }
        gone.sort_by(|left, right| left.0.cmp(right.0));
        for (path, removed, blob) in gone {
            let Some(commit) = history.commits.get(removed.commit as usize).filter(|commit| window.holds(commit.date)) else { continue };
            let Some(document) = blobs.read(blob).and_then(|bytes| read_text(path.clone(), bytes)) else { continue };
            let kinds = kinds_of(&document);
            let removals: Vec<Removal> =
                ids_of(&document).into_iter().map(|id| Removal { id, kinds: kinds.clone(), commit: commit.id.clone(), date: commit.date }).collect();
            if !removals.is_empty() {
                self.removals.insert(path.clone(), removals);
            }
        }
    }

    /// Takes in what another stretch of documents left. It is inserted: `BTreeMap::append` would build all anew each time.
    pub(super) fn extend(&mut self, other: Self) {
        self.beginnings.extend(other.beginnings);
        self.appearances.extend(other.appearances);
        self.removals.extend(other.removals);
    }
}

fn kinds_of(document: &Document) -> Vec<String> {
    document.kinds.iter().map(|kind| kind.value.clone()).collect()
}

/// The ids of the records of a list, or that of the document where it is one record.
fn ids_of(document: &Document) -> BTreeSet<String> {
    let listed: BTreeSet<String> = document.lists.iter().flat_map(|(_, records)| records).filter_map(id_of).collect();
    if listed.is_empty() { id_of(&document.head).into_iter().collect() } else { listed }
}

/// The id of a record, under its usual names.
pub(super) fn id_of(record: &Record) -> Option<String> {
    ["id", "number", "ticket"].iter().find_map(|key| record.field(key)).and_then(|field| field.value.as_text()).map(str::to_owned)
}
