//! Facts that only Git knows of a document: what the committing machines claim, and shown as that.

use serde::Serialize;

use crate::repository::{CodeOwners, History, RepoPath};

/// What Git knows of a document. Supporting evidence at most: nothing of it approves anything.
#[derive(Clone, Debug, PartialEq, Eq, schemars::JsonSchema, Serialize)]
pub struct GitFacts {
    /// The commit of the last change; none where it is not committed, or lies below the cut of a shallow clone.
    pub commit: Option<String>,
    /// Its day, the committer's, in UTC.
    pub last_changed_on: Option<String>,
    /// Its author.
    pub author: Option<String>,
    /// Whether that commit carries a signature. Whether it is a good one, only its keys can tell.
    pub signed: bool,
    /// Whom lines such as `Approved-by:` of that commit's message name.
    pub approvals: Vec<String>,
    /// How many commits changed it.
    pub commits: usize,
    /// Owners by the CODEOWNERS file.
    pub code_owners: Vec<String>,
}

impl GitFacts {
    /// The facts of a path; none where Git knows nothing of it.
    pub fn of(history: &History, owners: &CodeOwners, path: &RepoPath) -> Option<Self> {
        let last = history.last_change(path);
        let commits = history.paths.get(path).map_or(0, |history| history.changes.len());
        let code_owners = owners.of(path);
        if last.is_none() && code_owners.is_empty() {
            return None;
        }
        Some(Self {
            commit: last.map(|commit| commit.id.clone()),
            last_changed_on: last.map(|commit| commit.date.to_string()),
            author: last.map(|commit| commit.author.clone()),
            signed: last.is_some_and(|commit| commit.signed),
            approvals: last.map(|commit| commit.approvals.clone()).unwrap_or_default(),
            commits,
            code_owners,
        })
    }
}
