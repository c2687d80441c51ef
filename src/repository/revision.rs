//! The files of a commit, straight from the object database.

use git2::{ObjectType, Oid, Repository};

use super::error::RepositoryError;
use super::listing::{Listing, PATH_BYTES, TREE_DEPTH};
use super::path::RepoPath;
use super::snapshot::{Entry, EntryKind, HeadCommit};
use super::tree::{TreeEntry, entries};

/// Lists the files of a commit below `prefix`.
pub(super) fn list(repository: &Repository, commit: &HeadCommit, prefix: &[u8]) -> Result<Listing, RepositoryError> {
    let path = repository.path().display().to_string();
    let damaged = |error: &git2::Error| RepositoryError::Damaged { path: path.clone(), cause: error.message().to_owned() };
    let tree = repository.find_commit(commit.oid).map_err(|error| damaged(&error))?.tree_id();
    let database = repository.odb().map_err(|error| damaged(&error))?;
    let mut root = tree;
    for part in prefix.split(|byte| *byte == b'/').filter(|part| !part.is_empty()) {
        let object = database.read(root).map_err(|error| damaged(&error))?;
        let below = entries(object.data()).find(|entry| entry.name == part && entry.is_tree()).map(|entry| entry.id);
        root = below.ok_or_else(|| RepositoryError::NotInRevision { path: RepoPath::new(prefix).to_string(), commit: commit.short().to_owned() })?;
    }
    let mut listing = Listing::default();
    let mut waiting: Vec<(Oid, Vec<u8>, usize)> = vec![(root, prefix.to_vec(), 0)];
    while let Some((tree, folder, depth)) = waiting.pop() {
        let object = match database.read(tree) {
            Ok(object) if object.kind() == ObjectType::Tree => object,
            Ok(_) => {
                listing.skip(RepoPath::new(folder), "not a tree: the object database is damaged; run `git fsck`");
                continue;
            }
            Err(error) => {
                let folder = if folder.is_empty() { b".".to_vec() } else { folder };
                let reason =
                    format!("the folder's tree is missing or damaged ({}); run `git fsck`, or `git fetch --refetch` in a partial clone", error.message());
                listing.skip(RepoPath::new(folder), reason);
                continue;
            }
        };
        for TreeEntry { mode, name, id } in entries(object.data()) {
            let mut path = folder.clone();
            path.extend_from_slice(name);
            if path.len() > PATH_BYTES || depth > TREE_DEPTH {
                listing.skip(RepoPath::new(path), format!("deeper than {TREE_DEPTH} folders or longer than {PATH_BYTES} bytes"));
                continue;
            }
            let kind = match mode & 0o170_000 {
                0o040_000 => {
                    path.push(b'/');
                    waiting.push((id, path, depth + 1));
                    continue;
                }
                0o120_000 => EntryKind::Link,
                0o160_000 => EntryKind::Submodule,
                _ => EntryKind::File,
            };
            listing.entries.push(Entry { path: RepoPath::new(path), kind, object: Some(id) });
        }
    }
    Ok(listing.finish())
}
