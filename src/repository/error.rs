//! Why no assessment could be made of a repository.

/// A repository that cannot be assessed at all. Each names the cause and what to do.
#[derive(Debug, thiserror::Error)]
pub enum RepositoryError {
    /// The user's path is wrong.
    #[error("{path}: there is no such folder; give the path of a folder or of a bare repository")]
    NoSuchPath {
        /// As given.
        path: String,
    },
    /// The user's path is a file.
    #[error("{path}: this is a file; give the folder that holds the documents")]
    NotAFolder {
        /// As given.
        path: String,
    },
    /// `--rev` without a repository.
    #[error("{path}: this folder is in no Git repository, so --rev {rev} names nothing; leave --rev out to read the folder")]
    NoRepository {
        /// As given.
        path: String,
        /// As given.
        rev: String,
    },
    /// `--rev` names nothing.
    #[error("--rev {rev}: no such commit in {path}; `git log` lists what there is")]
    NoSuchRevision {
        /// As given.
        path: String,
        /// As given.
        rev: String,
    },
    /// The folder to assess is not in the revision.
    #[error("{path}: the commit {commit} has no such folder")]
    NotInRevision {
        /// The folder.
        path: String,
        /// Short id.
        commit: String,
    },
    /// The repository belongs to somebody else.
    #[error(
        "{path}: the repository is owned by another user, and Git reads such repositories only on your word; run `git config --global --add safe.directory {path}`"
    )]
    Owner {
        /// The work tree.
        path: String,
    },
    /// The repository uses a format that this build cannot read.
    #[error("{path}: {what}")]
    Format {
        /// The repository.
        path: String,
        /// Which, and what to do.
        what: String,
    },
    /// Git could not open it.
    #[error("{path}: the object database is damaged, or the repository cannot be read ({cause}); run `git fsck` in it")]
    Damaged {
        /// The repository.
        path: String,
        /// Git's words.
        cause: String,
    },
}

impl RepositoryError {
    /// Puts a failure of Git to open a repository into plain words.
    pub(super) fn opening(path: &std::path::Path, error: &git2::Error) -> Self {
        let path = path.display().to_string();
        let cause = error.message().to_owned();
        let lower = cause.to_lowercase();
        if error.code() == git2::ErrorCode::Owner {
            return Self::Owner { path };
        }
        let what = if lower.contains("objectformat") || lower.contains("object format") || lower.contains("sha256") {
            Some("SHA-256 repositories are not supported by this build; clone it into a SHA-1 repository or assess a plain copy".to_owned())
        } else if lower.contains("refstorage") {
            Some("the repository keeps its references as a reftable (extensions.refStorage), which this build cannot read; run `git refs migrate --ref-format=files`".to_owned())
        } else {
            None
        };
        match what {
            Some(what) => Self::Format { path, what },
            None => Self::Damaged { path, cause },
        }
    }
}
