//! Reading one file of a snapshot: with a limit, never through a link.

use std::collections::HashMap;
use std::io::Read;
use std::path::{Path, PathBuf};

use git2::Repository;

use super::error::RepositoryError;
use super::snapshot::{Entry, Snapshot};

/// Why a file was not read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// Over the limit.
    #[error("{size} bytes, over the limit of {limit} bytes; split it, or exclude it in clausewise.yaml")]
    TooLarge {
        /// Bytes.
        size: u64,
        /// Bytes.
        limit: u64,
    },
    /// A folder on the way is a link.
    #[error("a folder on the way to it is a symbolic link, which is never followed")]
    ThroughLink,
    /// The operating system or the object database refused.
    #[error("cannot be read: {0}")]
    Failed(String),
}

/// Reads files of one snapshot. Not shared between threads: each has its own handle of the repository.
pub struct Reader {
    repository: Option<Repository>,
    root: PathBuf,
    /// Folders already looked at: whether they are reached without a link.
    folders: HashMap<PathBuf, bool>,
}

impl Reader {
    pub(super) fn new(snapshot: &Snapshot) -> Result<Self, RepositoryError> {
        let repository = match (&snapshot.git_dir, snapshot.from_objects) {
            (Some(path), true) => Some(Repository::open(path).map_err(|error| RepositoryError::opening(path, &error))?),
            _ => None,
        };
        let root = snapshot.work_tree.clone().unwrap_or_default();
        Ok(Self { repository, root, folders: HashMap::new() })
    }

    /// The bytes of a file.
    ///
    /// # Errors
    /// Larger than `limit` bytes, reached through a link, or not readable.
    pub fn read(&mut self, entry: &Entry, limit: u64) -> Result<Vec<u8>, Unreadable> {
        match (&self.repository, entry.object) {
            (Some(repository), Some(object)) => {
                let failed =
                    |error: git2::Error| Unreadable::Failed(format!("{}; run `git fsck`, or `git fetch --refetch` in a partial clone", error.message()));
                let database = repository.odb().map_err(failed)?;
                let (size, _) = database.read_header(object).map_err(failed)?;
                if size as u64 > limit {
                    return Err(Unreadable::TooLarge { size: size as u64, limit });
                }
                database.read(object).map(|object| object.data().to_vec()).map_err(failed)
            }
            _ => self.read_from_disk(entry, limit),
        }
    }

    fn read_from_disk(&mut self, entry: &Entry, limit: u64) -> Result<Vec<u8>, Unreadable> {
        let path = entry.path.to_path(&self.root);
        let failed = |error: std::io::Error| Unreadable::Failed(error.to_string());
        if !path.parent().is_some_and(|folder| self.reached_without_link(folder)) {
            return Err(Unreadable::ThroughLink);
        }
        let metadata = std::fs::symlink_metadata(&path).map_err(failed)?;
        if !metadata.is_file() {
            return Err(Unreadable::Failed("no longer a regular file".to_owned()));
        }
        if metadata.len() > limit {
            return Err(Unreadable::TooLarge { size: metadata.len(), limit });
        }
        let mut bytes = Vec::with_capacity(usize::try_from(metadata.len()).unwrap_or(0));
        let file = std::fs::File::open(&path).map_err(failed)?;
        file.take(limit + 1).read_to_end(&mut bytes).map_err(failed)?;
        if bytes.len() as u64 > limit {
            return Err(Unreadable::TooLarge { size: bytes.len() as u64, limit });
        }
        Ok(bytes)
    }

    fn reached_without_link(&mut self, folder: &Path) -> bool {
        if folder == self.root || !folder.starts_with(&self.root) {
            return folder == self.root;
        }
        if let Some(known) = self.folders.get(folder) {
            return *known;
        }
        let itself = std::fs::symlink_metadata(folder).is_ok_and(|metadata| metadata.is_dir());
        let above = folder.parent().is_some_and(|parent| self.reached_without_link(parent));
        self.folders.insert(folder.to_path_buf(), itself && above);
        itself && above
    }
}

/// Reads contents that Git kept, by their ids.
pub struct BlobReader {
    repository: Option<Repository>,
}

impl BlobReader {
    /// A reader of the snapshot's repository.
    ///
    /// # Errors
    /// A repository that cannot be opened any more.
    pub fn new(snapshot: &Snapshot) -> Result<Self, RepositoryError> {
        let open = |path: &PathBuf| Repository::open(path).map_err(|error| RepositoryError::opening(path, &error));
        Ok(Self { repository: snapshot.git_dir.as_ref().map(open).transpose()? })
    }

    /// The content; none where it is missing or over 4 MiB.
    pub fn read(&self, blob: [u8; 20]) -> Option<Vec<u8>> {
        const LIMIT: usize = 4 * 1024 * 1024;
        let database = self.repository.as_ref()?.odb().ok()?;
        let id = git2::Oid::from_bytes(&blob).ok()?;
        let (size, _) = database.read_header(id).ok()?;
        (size <= LIMIT).then(|| database.read(id).ok().map(|object| object.data().to_vec())).flatten()
    }
}
