//! When each path changed: one walk over history.
//!
//! The trees of each commit and its parents are compared by hand and equal ids are pruned; libgit2's own diff has a
//! fixed cost for each call that makes it ten times slower. A path changed in a merge only if it differs from every
//! parent, as `git log` sees it. Renames are not followed: a path's history begins where the path does.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use git2::{Oid, Repository, Sort};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use rayon::prelude::*;

use super::error::RepositoryError;
use super::path::RepoPath;
use super::snapshot::{HeadCommit, Snapshot};
use super::tree::{TreeEntry, entries};

/// A commit, as its machine claims it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Commit {
    /// Full id.
    pub id: String,
    /// The committer's date, as a day in UTC.
    pub date: Date,
    /// Author's name, after `.mailmap`.
    pub author: String,
    /// Whether it carries a signature; whether that is good, only its keys can tell.
    pub signed: bool,
    /// Who approved or reviewed it, by lines at the end of its message.
    pub approvals: Vec<String>,
    /// Ids such as `CHG-2026-004` that its message names.
    pub references: Vec<String>,
}

/// One change of a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// Which commit: index into [`History::commits`].
    pub commit: u32,
    /// The content afterwards; none where the path was removed.
    pub blob: Option<[u8; 20]>,
}

/// What is known of one path.
#[derive(Clone, Debug, Default)]
pub struct PathHistory {
    /// Its changes, newest first.
    pub changes: Vec<Change>,
    /// Whether history was cut off below the oldest of them, so that there may be older ones.
    pub cut_off: bool,
}

/// The history of all paths below a root.
#[derive(Debug, Default)]
pub struct History {
    /// Commits, newest first in the order of the graph.
    pub commits: Vec<Commit>,
    /// By path.
    pub paths: HashMap<RepoPath, PathHistory>,
    /// Why the walk is not whole, where it is not.
    pub incomplete: Option<String>,
    /// Contents that a commit removed, and from where.
    moved_from: HashMap<(u32, [u8; 20]), RepoPath>,
}

impl History {
    /// Walks the history that a snapshot rests on.
    ///
    /// # Errors
    /// A repository that cannot be opened any more. A damaged object ends the walk early and is named in `incomplete`.
    pub fn walk(snapshot: &Snapshot) -> Result<Self, RepositoryError> {
        let (Some(git_dir), Some(head)) = (&snapshot.git_dir, &snapshot.commit) else { return Ok(Self::default()) };
        let open = || Repository::open(git_dir).map_err(|error| RepositoryError::opening(git_dir, &error));
        let repository = open()?;
        let mut history = Self::default();
        let order = match order_of(&repository, head) {
            Ok(order) => order,
            Err(error) => {
                history.note(&error);
                return Ok(history);
            }
        };
        // Each stretch of history is walked by itself, on whichever core is free; a repository handle is for one thread.
        let stretches: Result<Vec<Stretch>, RepositoryError> =
            order.par_chunks(STRETCH).map(|commits| Ok(Walker::new(&open()?, &snapshot.prefix).walk(commits))).collect();
        for stretch in stretches? {
            if let Some(error) = &stretch.error {
                history.note(error);
            }
            history.append(stretch);
        }
        // A path that has another content at the head was changed on a side that a merge left behind.
        if let Err(error) = Walker::new(&repository, &snapshot.prefix).keep_what_led_to(head, &mut history) {
            history.note(&error);
        }
        history.find_moves();
        Ok(history)
    }

    fn note(&mut self, error: &git2::Error) {
        self.incomplete.get_or_insert_with(|| format!("history is damaged or incomplete ({}); run `git fsck`", error.message()));
    }

    fn append(&mut self, stretch: Stretch) {
        for (commit, changed) in stretch.commits {
            let index = u32::try_from(self.commits.len()).unwrap_or(u32::MAX);
            self.commits.push(commit);
            for (path, blob) in changed {
                self.paths.entry(path).or_default().changes.push(Change { commit: index, blob });
            }
        }
        for path in stretch.cut_off {
            self.paths.entry(path).or_default().cut_off = true;
        }
    }

    /// The changes of a path and, where it was moved as it was, those of the paths it had before; newest first.
    pub fn changes_with_moves(&self, path: &RepoPath) -> Vec<Change> {
        const MOVES: usize = 16;
        let mut changes: Vec<Change> = self.paths.get(path).map(|history| history.changes.clone()).unwrap_or_default();
        for _ in 0..MOVES {
            let Some((oldest, blob)) = changes.last().and_then(|oldest| Some((oldest.commit, oldest.blob?))) else { break };
            // A move removes the same content elsewhere in the same commit.
            let Some(before) = self.moved_from.get(&(oldest, blob)).and_then(|from| self.paths.get(from)) else { break };
            changes.pop();
            changes.extend(before.changes.iter().filter(|change| change.commit > oldest));
        }
        changes
    }

    fn find_moves(&mut self) {
        for (path, history) in &self.paths {
            for pair in history.changes.windows(2) {
                if let (None, Some(blob)) = (pair[0].blob, pair[1].blob) {
                    self.moved_from.insert((pair[0].commit, blob), path.clone());
                }
            }
        }
    }

    /// The change that brought the content a path has now, with its commit; none where it lies below the cut of a
    /// shallow clone, or the path was never committed.
    pub fn last_change(&self, path: &RepoPath) -> Option<&Commit> {
        let change = self.paths.get(path)?.changes.first()?;
        self.commits.get(change.commit as usize)
    }

    /// The change that brought the path; none where that lies below the cut of a shallow clone.
    pub fn first_change(&self, path: &RepoPath) -> Option<&Commit> {
        let history = self.paths.get(path).filter(|history| !history.cut_off)?;
        self.commits.get(history.changes.last()?.commit as usize)
    }
}

/// Commits walked by one thread at a time.
const STRETCH: usize = 512;

/// What one stretch of history changed.
#[derive(Default)]
struct Stretch {
    commits: Vec<(Commit, Vec<Changed>)>,
    /// Paths whose history is cut off by a shallow clone.
    cut_off: Vec<RepoPath>,
    error: Option<git2::Error>,
}

/// A path and what it holds after a commit.
type Changed = (RepoPath, Option<[u8; 20]>);

/// The commits that lead to the head, newest first in the order of the graph.
fn order_of(repository: &Repository, head: &HeadCommit) -> Result<Vec<Oid>, git2::Error> {
    let mut order = repository.revwalk()?;
    order.set_sorting(Sort::TOPOLOGICAL | Sort::TIME)?;
    order.push(head.oid)?;
    order.collect()
}

struct Walker<'repo> {
    repository: &'repo Repository,
    prefix: Vec<&'repo [u8]>,
    prefix_bytes: &'repo [u8],
    trees: HashMap<Oid, Rc<[u8]>>,
    /// Root of each commit that was looked at: a commit is the parent of the one before it.
    roots: HashMap<Oid, Option<Oid>>,
    boundary: HashSet<Oid>,
    mailmap: Option<git2::Mailmap>,
    stretch: Stretch,
}

impl<'repo> Walker<'repo> {
    fn new(repository: &'repo Repository, prefix: &'repo [u8]) -> Self {
        Self {
            repository,
            prefix: prefix.split(|byte| *byte == b'/').filter(|part| !part.is_empty()).collect(),
            prefix_bytes: prefix,
            trees: HashMap::new(),
            roots: HashMap::new(),
            boundary: shallow_commits(repository),
            mailmap: repository.mailmap().ok(),
            stretch: Stretch::default(),
        }
    }

    fn walk(mut self, commits: &[Oid]) -> Stretch {
        for commit in commits {
            if let Err(error) = self.commit(*commit) {
                self.stretch.error = Some(error);
                break;
            }
        }
        self.stretch
    }

    fn root(&mut self, commit: Oid) -> Result<Option<Oid>, git2::Error> {
        if let Some(root) = self.roots.get(&commit) {
            return Ok(*root);
        }
        let tree = self.repository.find_commit(commit)?.tree_id();
        let root = self.root_of(tree)?;
        self.roots.insert(commit, root);
        Ok(root)
    }

    fn commit(&mut self, id: Oid) -> Result<(), git2::Error> {
        let tree = self.root(id)?;
        let commit = self.repository.find_commit(id)?;
        let parents: Vec<Option<Oid>> = commit.parent_ids().map(|parent| self.root(parent)).collect::<Result<_, _>>()?;
        let mut changed: Vec<(Vec<u8>, Option<Oid>)> = Vec::new();
        if self.boundary.contains(&id) {
            self.compare(None, tree, &mut self.prefix_bytes.to_vec(), &mut changed)?;
            self.stretch.cut_off.extend(changed.into_iter().map(|(path, _)| RepoPath::new(path)));
            return Ok(());
        }
        match parents.split_first() {
            None => self.compare(None, tree, &mut self.prefix_bytes.to_vec(), &mut changed)?,
            Some((first, others)) => {
                if others.contains(&tree) || *first == tree {
                    return Ok(());
                }
                self.compare(*first, tree, &mut self.prefix_bytes.to_vec(), &mut changed)?;
                for other in others {
                    let mut differs = Vec::new();
                    self.compare(*other, tree, &mut self.prefix_bytes.to_vec(), &mut differs)?;
                    let differs: HashSet<Vec<u8>> = differs.into_iter().map(|(path, _)| path).collect();
                    changed.retain(|(path, _)| differs.contains(path));
                }
            }
        }
        if changed.is_empty() {
            return Ok(());
        }
        let bytes = |blob: Oid| blob.as_bytes().try_into().unwrap_or_default();
        let changed = changed.into_iter().map(|(path, blob)| (RepoPath::new(path), blob.map(bytes))).collect();
        let described = self.describe(&commit);
        self.stretch.commits.push((described, changed));
        Ok(())
    }

    fn describe(&self, commit: &git2::Commit<'_>) -> Commit {
        let seconds = commit.time().seconds();
        let date = Timestamp::from_second(seconds).map_or(Date::MIN, |time| time.to_zoned(TimeZone::UTC).date());
        let author = match &self.mailmap {
            Some(mailmap) => commit.author_with_mailmap(mailmap).map(|author| String::from_utf8_lossy(author.name_bytes()).into_owned()),
            None => Ok(String::from_utf8_lossy(commit.author().name_bytes()).into_owned()),
        };
        let signed = commit.raw_header_bytes().windows(7).any(|bytes| bytes == b"\ngpgsig") || commit.raw_header_bytes().starts_with(b"gpgsig");
        let message = String::from_utf8_lossy(commit.message_bytes());
        Commit {
            id: commit.id().to_string(),
            date,
            author: author.unwrap_or_default(),
            signed,
            approvals: approvals_in(&message),
            references: references_in(&message),
        }
    }

    /// The tree of the root within a commit's tree; none where the commit has no such folder.
    fn root_of(&mut self, tree: Oid) -> Result<Option<Oid>, git2::Error> {
        let mut current = tree;
        for index in 0..self.prefix.len() {
            let raw = self.raw(current)?;
            match entries(&raw).find(|entry| entry.name == self.prefix[index] && entry.is_tree()) {
                Some(entry) => current = entry.id,
                None => return Ok(None),
            }
        }
        Ok(Some(current))
    }

    fn raw(&mut self, tree: Oid) -> Result<Rc<[u8]>, git2::Error> {
        if let Some(raw) = self.trees.get(&tree) {
            return Ok(Rc::clone(raw));
        }
        let database = self.repository.odb()?;
        let object = database.read(tree)?;
        let raw: Rc<[u8]> = Rc::from(object.data());
        // Neighbouring commits share nearly all trees; a bound keeps memory flat over long histories.
        if self.trees.len() >= 4_096 {
            self.trees.clear();
        }
        self.trees.insert(tree, Rc::clone(&raw));
        Ok(raw)
    }

    fn compare(&mut self, old: Option<Oid>, new: Option<Oid>, path: &mut Vec<u8>, changed: &mut Vec<(Vec<u8>, Option<Oid>)>) -> Result<(), git2::Error> {
        if old == new {
            return Ok(());
        }
        let empty: Rc<[u8]> = Rc::from(&[][..]);
        let old = old.map_or(Ok(Rc::clone(&empty)), |tree| self.raw(tree))?;
        let new = new.map_or(Ok(empty), |tree| self.raw(tree))?;
        let mut left = entries(&old).peekable();
        let mut right = entries(&new).peekable();
        loop {
            let (before, after) = match (left.peek(), right.peek()) {
                (None, None) => return Ok(()),
                (Some(_), None) => (left.next(), None),
                (None, Some(_)) => (None, right.next()),
                (Some(before), Some(after)) => match before.compare(after) {
                    std::cmp::Ordering::Less => (left.next(), None),
                    std::cmp::Ordering::Greater => (None, right.next()),
                    std::cmp::Ordering::Equal => (left.next(), right.next()),
                },
            };
            if before.map(|entry| (entry.id, entry.mode)) != after.map(|entry| (entry.id, entry.mode)) {
                self.entry(before, after, path, changed)?;
            }
        }
    }

    fn entry(
        &mut self,
        before: Option<TreeEntry<'_>>,
        after: Option<TreeEntry<'_>>,
        path: &mut Vec<u8>,
        changed: &mut Vec<(Vec<u8>, Option<Oid>)>,
    ) -> Result<(), git2::Error> {
        let Some(name) = before.or(after).map(|entry| entry.name) else { return Ok(()) };
        let length = path.len();
        path.extend_from_slice(name);
        let tree_of = |entry: Option<TreeEntry<'_>>| entry.filter(TreeEntry::is_tree).map(|entry| entry.id);
        let blob_of = |entry: Option<TreeEntry<'_>>| entry.filter(|entry| !entry.is_tree()).map(|entry| entry.id);
        if blob_of(before) != blob_of(after) {
            changed.push((path.clone(), blob_of(after)));
        }
        if tree_of(before) != tree_of(after) {
            path.push(b'/');
            self.compare(tree_of(before), tree_of(after), path, changed)?;
        }
        path.truncate(length);
        Ok(())
    }

    fn keep_what_led_to(&mut self, head: &HeadCommit, history: &mut History) -> Result<(), git2::Error> {
        let tree = self.repository.find_commit(head.oid)?.tree_id();
        let root = self.root_of(tree)?;
        let mut present = Vec::new();
        self.compare(None, root, &mut self.prefix_bytes.to_vec(), &mut present)?;
        for (path, blob) in present {
            let blob: Option<[u8; 20]> = blob.map(|blob| blob.as_bytes().try_into().unwrap_or_default());
            let Some(history) = history.paths.get_mut(&RepoPath::new(path)) else { continue };
            if let Some(first) = history.changes.iter().position(|change| change.blob == blob) {
                history.changes.drain(..first);
            } else if history.cut_off {
                history.changes.clear();
            }
        }
        Ok(())
    }
}

/// The people whom the lines `Approved-by:` and `Reviewed-by:` of a message name.
fn approvals_in(message: &str) -> Vec<String> {
    let named = |line: &str| {
        let (key, value) = line.split_once(':')?;
        let name = value.split('<').next().unwrap_or_default().trim();
        (["approved-by", "reviewed-by", "acked-by"].contains(&key.trim().to_ascii_lowercase().as_str()) && !name.is_empty()).then(|| name.to_owned())
    };
    message.lines().filter_map(named).collect()
}

/// Ids in capitals that end with a number.
fn references_in(message: &str) -> Vec<String> {
    let is_id = |word: &&str| {
        word.chars().take_while(char::is_ascii_uppercase).count() >= 2 && word.contains('-') && word.ends_with(|last: char| last.is_ascii_digit())
    };
    message.split(|character: char| !(character.is_alphanumeric() || character == '-')).filter(is_id).map(str::to_owned).collect()
}

/// The commits below which a shallow clone holds nothing.
fn shallow_commits(repository: &Repository) -> HashSet<Oid> {
    if !repository.is_shallow() {
        return HashSet::new();
    }
    let text = std::fs::read(repository.commondir().join("shallow")).unwrap_or_default();
    String::from_utf8_lossy(&text).lines().filter_map(|line| Oid::from_str(line.trim()).ok()).collect()
}
