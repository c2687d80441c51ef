//! Earlier versions of one document, as Git kept them.

use std::collections::VecDeque;
use std::rc::Rc;

use super::document::Document;
use super::read::read_text;
use crate::repository::{BlobReader, Change, RepoPath};

/// Reads the versions of one document. The same few are asked for several times, one after the other: they are kept.
pub(super) struct Versions<'run> {
    path: &'run RepoPath,
    blobs: &'run BlobReader,
    kept: VecDeque<([u8; 20], Option<Rc<Document>>)>,
}

impl<'run> Versions<'run> {
    /// How many versions are kept: what is asked for again lies close by, and a list may have thousands of versions.
    const KEPT: usize = 8;

    /// The versions of the document at `path`.
    pub(super) fn new(path: &'run RepoPath, blobs: &'run BlobReader) -> Self {
        Self { path, blobs, kept: VecDeque::with_capacity(Self::KEPT) }
    }

    /// The document as a change left it; none where that removed it, or it cannot be read.
    pub(super) fn at(&mut self, change: &Change) -> Option<Rc<Document>> {
        let blob = change.blob?;
        if let Some((_, version)) = self.kept.iter().find(|(known, _)| *known == blob) {
            return version.clone();
        }
        let version = self.blobs.read(blob).and_then(|bytes| read_text(self.path.clone(), bytes)).map(Rc::new);
        if self.kept.len() == Self::KEPT {
            self.kept.pop_front();
        }
        self.kept.push_back((blob, version.clone()));
        version
    }
}
