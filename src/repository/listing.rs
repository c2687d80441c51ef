//! What a look at a folder or a commit yields.

use std::collections::BTreeSet;

use super::path::RepoPath;
use super::snapshot::{Entry, Skipped};

/// The longest path and deepest folder that are read.
pub(super) const PATH_BYTES: usize = 4_096;
pub(super) const TREE_DEPTH: usize = 64;
/// The most files that are read.
pub(super) const FILES: usize = 100_000;

/// Files below the root.
#[derive(Default)]
pub(super) struct Listing {
    pub(super) entries: Vec<Entry>,
    pub(super) uncommitted: BTreeSet<RepoPath>,
    pub(super) skipped: Vec<Skipped>,
}

impl Listing {
    pub(super) fn skip(&mut self, path: RepoPath, reason: impl Into<String>) {
        self.skipped.push(Skipped { path, reason: reason.into() });
    }

    /// Sorted, without doubles, and within the limit on the number of files.
    pub(super) fn finish(mut self) -> Self {
        self.entries.sort_by(|left, right| left.path.cmp(&right.path));
        self.entries.dedup_by(|left, right| left.path == right.path);
        if self.entries.len() > FILES {
            let first = self.entries[FILES].path.clone();
            let left = self.entries.len() - FILES;
            self.entries.truncate(FILES);
            self.skip(first, format!("this file and {} after it were left out: more than {FILES} files; assess a sub-folder", left - 1));
        }
        self
    }
}
