//! The files of a work tree: tracked ones and new ones that are not ignored.

use std::path::Path;

use git2::{Repository, Status, StatusOptions};

use super::listing::{Listing, TREE_DEPTH};
use super::path::RepoPath;
use super::snapshot::{Entry, EntryKind, HeadCommit};

/// Lists the work tree below `prefix` and what in it differs from the commit.
pub(super) fn list(repository: &Repository, root: &Path, _commit: &HeadCommit, prefix: &[u8]) -> Listing {
    let mut listing = Listing::default();
    if let Err(error) = from_index(repository, root, prefix, &mut listing) {
        // Without an index nothing can be said of what is committed, but the files can still be read.
        let folder = RepoPath::new(prefix).to_path(root);
        let mut listing = list_below(&folder, prefix);
        let reason =
            format!("the index cannot be read ({}), so uncommitted changes are unknown; run `git reset` to rebuild it, or use --rev HEAD", error.message());
        listing.skip(RepoPath::new(".git/index"), reason);
        return listing;
    }
    listing.finish()
}

fn from_index(repository: &Repository, root: &Path, prefix: &[u8], listing: &mut Listing) -> Result<(), git2::Error> {
    const SKIP_WORKTREE: u16 = 1 << 14;
    let index = repository.index()?;
    let mut sparse = std::collections::BTreeSet::new();
    for entry in index.iter().filter(|entry| entry.path.starts_with(prefix)) {
        let path = RepoPath::new(entry.path.clone());
        if entry.flags_extended & SKIP_WORKTREE != 0 {
            sparse.insert(path.clone());
            listing.skip(path, "tracked, but absent by a sparse checkout; run `git sparse-checkout disable`, or use --rev HEAD");
            continue;
        }
        let kind = match entry.mode & 0o170_000 {
            0o160_000 => EntryKind::Submodule,
            _ => match kind_on_disk(&path.to_path(root)) {
                Some(kind) => kind,
                // Deleted in the work tree: it is among the uncommitted changes below.
                None => continue,
            },
        };
        listing.entries.push(Entry { path, kind, object: None });
    }
    let mut options = StatusOptions::new();
    options.include_untracked(true).recurse_untracked_dirs(true).include_ignored(false).exclude_submodules(true);
    options.no_refresh(true);
    if !prefix.is_empty() {
        options.disable_pathspec_match(true).pathspec(prefix);
    }
    for status in repository.statuses(Some(&mut options))?.iter() {
        let path = RepoPath::new(status.path_bytes());
        if !path.as_bytes().starts_with(prefix) || status.status() == Status::CURRENT || sparse.contains(&path) {
            continue;
        }
        if status.status().contains(Status::WT_NEW)
            && let Some(kind) = kind_on_disk(&path.to_path(root))
        {
            listing.entries.push(Entry { path: path.clone(), kind, object: None });
        }
        listing.uncommitted.insert(path);
    }
    Ok(())
}

/// Lists a folder that is in no repository.
pub(super) fn list_folder(folder: &Path) -> Listing {
    list_below(folder, &[])
}

fn list_below(folder: &Path, prefix: &[u8]) -> Listing {
    let mut listing = Listing::default();
    let walk = ignore::WalkBuilder::new(folder)
        .hidden(false)
        .follow_links(false)
        .require_git(false)
        .git_global(false)
        .git_exclude(false)
        .parents(false)
        .max_depth(Some(TREE_DEPTH))
        .filter_entry(|entry| entry.file_name() != ".git")
        .build();
    for entry in walk {
        match entry {
            Ok(entry) => {
                let Some(file_type) = entry.file_type().filter(|file_type| !file_type.is_dir()) else { continue };
                let Ok(relative) = entry.path().strip_prefix(folder) else { continue };
                let mut path = prefix.to_vec();
                path.extend_from_slice(RepoPath::from_relative(relative).as_bytes());
                listing.entries.push(Entry { path: RepoPath::new(path), kind: kind_of(file_type), object: None });
            }
            Err(error) => listing.skip(RepoPath::new(prefix), format!("cannot be listed: {error}")),
        }
    }
    listing.finish()
}

fn kind_on_disk(path: &Path) -> Option<EntryKind> {
    std::fs::symlink_metadata(path).ok().map(|metadata| kind_of(metadata.file_type()))
}

fn kind_of(file_type: std::fs::FileType) -> EntryKind {
    if file_type.is_file() {
        EntryKind::File
    } else if file_type.is_symlink() {
        EntryKind::Link
    } else if file_type.is_dir() {
        EntryKind::Submodule
    } else {
        EntryKind::Special
    }
}
