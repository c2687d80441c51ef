//! The repository: which files there are, what they hold, and when they changed. Knows no documents and no clauses.

mod error;
mod history;
mod listing;
mod owners;
mod path;
mod reader;
mod revision;
mod snapshot;
mod tree;
mod working_tree;

pub use error::RepositoryError;
pub use history::{Change, Commit, History, PathHistory};
pub use owners::CodeOwners;
pub use path::RepoPath;
pub use reader::{BlobReader, Reader, Unreadable};
pub use snapshot::{Entry, EntryKind, HeadCommit, Skipped, Snapshot};
