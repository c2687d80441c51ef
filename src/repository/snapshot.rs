//! One state of a repository: the working tree, a revision, or a plain folder.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use git2::{Oid, Repository};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::error::RepositoryError;
use super::listing::Listing;
use super::path::RepoPath;
use super::reader::Reader;
use super::{revision, working_tree};

/// One file of a snapshot.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Path from the repository's root.
    pub path: RepoPath,
    /// What it is.
    pub kind: EntryKind,
    /// The object that holds it in a revision; none in a working tree.
    pub(super) object: Option<Oid>,
}

/// What an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryKind {
    /// A regular file.
    File,
    /// A symbolic link: never followed.
    Link,
    /// A submodule: another repository, not read.
    Submodule,
    /// A pipe, socket or device: never opened.
    Special,
}

/// Something below the root that was not read, and why.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Skipped {
    /// Path from the repository's root.
    pub path: RepoPath,
    /// The reason, with what to do.
    pub reason: String,
}

/// The commit that a snapshot rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeadCommit {
    /// Full id.
    pub id: String,
    /// Branch, where HEAD is on one.
    pub branch: Option<String>,
    /// The committer's date, as a day in UTC.
    pub date: Option<Date>,
    pub(super) oid: Oid,
}

impl HeadCommit {
    /// The first seven digits, as people write it.
    pub fn short(&self) -> &str {
        &self.id[..7]
    }
}

/// One state of a repository.
pub struct Snapshot {
    /// Where the Git data are; none for a plain folder.
    pub(super) git_dir: Option<PathBuf>,
    /// The work tree or plain folder; none for a bare repository.
    pub work_tree: Option<PathBuf>,
    /// The root of the assessment, relative to the repository's root: "" or ending with `/`.
    pub prefix: Vec<u8>,
    /// The commit; none in a plain folder and before the first commit.
    pub commit: Option<HeadCommit>,
    /// The files below the root, in the order of their paths.
    pub entries: Vec<Entry>,
    /// Files below the root that differ from the commit.
    pub uncommitted: BTreeSet<RepoPath>,
    /// What could not be listed.
    pub skipped: Vec<Skipped>,
    /// Whether history was cut off when the repository was cloned.
    pub shallow: bool,
    /// Whether files come from the commit's objects rather than from the work tree.
    pub from_objects: bool,
    /// What the reader of a report must know about this state.
    pub notes: Vec<String>,
}

impl Snapshot {
    /// Opens the state that `path` and `rev` name and lists its files below `path`.
    ///
    /// # Errors
    /// A path, revision or repository that cannot be assessed at all.
    pub fn open(path: &Path, rev: Option<&str>) -> Result<Self, RepositoryError> {
        let shown = path.display().to_string();
        let metadata = std::fs::metadata(path).map_err(|_| RepositoryError::NoSuchPath { path: shown.clone() })?;
        if !metadata.is_dir() {
            return Err(RepositoryError::NotAFolder { path: shown });
        }
        let folder = std::fs::canonicalize(path).map_err(|_| RepositoryError::NoSuchPath { path: shown.clone() })?;
        let repository = match Repository::open_ext(&folder, git2::RepositoryOpenFlags::empty(), std::iter::empty::<&std::ffi::OsStr>()) {
            Ok(repository) => repository,
            Err(error) if error.code() == git2::ErrorCode::NotFound => {
                return match rev {
                    Some(rev) => Err(RepositoryError::NoRepository { path: shown, rev: rev.to_owned() }),
                    None => Ok(Self::plain_folder(&folder, Vec::new())),
                };
            }
            Err(error) => return Err(RepositoryError::opening(&folder, &error)),
        };
        Self::of_repository(&repository, &folder, rev)
    }

    fn of_repository(repository: &Repository, folder: &Path, rev: Option<&str>) -> Result<Self, RepositoryError> {
        // Somebody who names the Git folder itself means what is in it, not the work tree around it.
        let is_git_folder = std::fs::canonicalize(repository.path()).is_ok_and(|path| path == folder);
        let work_tree = repository.workdir().filter(|_| !is_git_folder).and_then(|path| std::fs::canonicalize(path).ok());
        let prefix = work_tree.as_deref().and_then(|root| folder.strip_prefix(root).ok()).map(prefix_of).unwrap_or_default();
        let commit = find_commit(repository, folder, rev)?;
        let Some(commit) = commit else {
            return Ok(match &work_tree {
                Some(_) => {
                    let branch = unborn_branch(repository);
                    let note = format!("no commit on '{branch}' yet: the folder was read as it is, and nothing is known of its history");
                    Self::plain_folder(folder, vec![note])
                }
                None => Self::empty(repository, "no commit yet in this bare repository"),
            });
        };
        // After `clone --no-checkout` there is neither index nor file: what is there is in the objects.
        let no_checkout = !repository.path().join("index").exists();
        let mut notes = Vec::new();
        if rev.is_none() && work_tree.is_some() && no_checkout {
            notes.push("nothing is checked out here, so the files of the commit were read".to_owned());
        }
        let from_objects = rev.is_some() || work_tree.is_none() || no_checkout;
        let Listing { entries, uncommitted, skipped } = if from_objects {
            revision::list(repository, &commit, &prefix)?
        } else {
            working_tree::list(repository, work_tree.as_deref().unwrap_or(folder), &commit, &prefix)
        };
        Ok(Self {
            git_dir: Some(repository.path().to_path_buf()),
            work_tree,
            prefix,
            commit: Some(commit),
            entries,
            uncommitted,
            skipped,
            shallow: repository.is_shallow(),
            from_objects,
            notes,
        })
    }

    fn plain_folder(folder: &Path, notes: Vec<String>) -> Self {
        let Listing { entries, uncommitted, skipped } = working_tree::list_folder(folder);
        let work_tree = Some(folder.to_path_buf());
        Self { git_dir: None, work_tree, prefix: Vec::new(), commit: None, entries, uncommitted, skipped, shallow: false, from_objects: false, notes }
    }

    fn empty(repository: &Repository, note: &str) -> Self {
        Self {
            git_dir: Some(repository.path().to_path_buf()),
            work_tree: None,
            prefix: Vec::new(),
            commit: None,
            entries: Vec::new(),
            uncommitted: BTreeSet::new(),
            skipped: Vec::new(),
            shallow: false,
            from_objects: true,
            notes: vec![note.to_owned()],
        }
    }

    /// A reader of this snapshot's files; each thread has its own.
    ///
    /// # Errors
    /// A repository that opened once and does not any more.
    pub fn reader(&self) -> Result<Reader, RepositoryError> {
        Reader::new(self)
    }

    /// Whether there is a Git history to speak of.
    pub fn has_history(&self) -> bool {
        self.commit.is_some()
    }
}

fn prefix_of(relative: &Path) -> Vec<u8> {
    let mut bytes = RepoPath::from_relative(relative).as_bytes().to_vec();
    if !bytes.is_empty() {
        bytes.push(b'/');
    }
    bytes
}

fn find_commit(repository: &Repository, folder: &Path, rev: Option<&str>) -> Result<Option<HeadCommit>, RepositoryError> {
    let path = folder.display().to_string();
    let damaged = |error: git2::Error| RepositoryError::Damaged { path: path.clone(), cause: error.message().to_owned() };
    let (commit, branch) = match rev {
        Some(rev) => {
            let unknown = |error: git2::Error| match repository.resolve_reference_from_short_name(rev) {
                // The name is there; what it names is not.
                Ok(_) => damaged(error),
                Err(_) => RepositoryError::NoSuchRevision { path: path.clone(), rev: rev.to_owned() },
            };
            (repository.revparse_single(rev).and_then(|object| object.peel_to_commit()).map_err(unknown)?, None)
        }
        None => match repository.head() {
            Ok(head) => {
                let branch = head.is_branch().then(|| head.shorthand().ok().map(str::to_owned)).flatten();
                (head.peel_to_commit().map_err(damaged)?, branch)
            }
            Err(error) if error.code() == git2::ErrorCode::UnbornBranch || error.code() == git2::ErrorCode::NotFound => return Ok(None),
            Err(error) if error.message().contains("too many") || error.message().contains(">5 levels") => {
                return Err(RepositoryError::Damaged { path, cause: "HEAD is a symbolic reference that leads to itself".to_owned() });
            }
            Err(error) => return Err(damaged(error)),
        },
    };
    Ok(Some(HeadCommit {
        id: commit.id().to_string(),
        branch,
        date: Timestamp::from_second(commit.time().seconds()).ok().map(|time| time.to_zoned(TimeZone::UTC).date()),
        oid: commit.id(),
    }))
}

fn unborn_branch(repository: &Repository) -> String {
    let head = repository.find_reference("HEAD").ok();
    let target = head.and_then(|head| head.symbolic_target().ok().flatten().map(str::to_owned));
    target.map(|name| name.trim_start_matches("refs/heads/").to_owned()).unwrap_or_else(|| "main".to_owned())
}
