//! Who owns which path by the repository's own CODEOWNERS file: a wish of the code host, and supporting evidence at most.

use git2::Repository;
use ignore::Match;
use ignore::gitignore::{Gitignore, GitignoreBuilder};

use super::path::RepoPath;
use super::snapshot::Snapshot;

/// Where code hosts look for it, first found.
const PLACES: [&str; 4] = [".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS"];

/// Patterns of paths with their owners; the last that matches counts.
#[derive(Default)]
pub struct CodeOwners {
    /// Path of the file; none where there is none.
    pub path: Option<String>,
    patterns: Vec<(Gitignore, Vec<String>)>,
}

impl CodeOwners {
    /// Reads the file of the commit that a snapshot rests on.
    pub fn read(snapshot: &Snapshot) -> Self {
        Self::of_commit(snapshot).unwrap_or_default()
    }

    fn of_commit(snapshot: &Snapshot) -> Option<Self> {
        const LIMIT: usize = 256 * 1024;
        let repository = Repository::open(snapshot.git_dir.as_ref()?).ok()?;
        let tree = repository.find_commit(snapshot.commit.as_ref()?.oid).ok()?.tree().ok()?;
        PLACES.iter().find_map(|place| {
            let entry = tree.get_path(std::path::Path::new(place)).ok()?;
            let blob = repository.find_blob(entry.id()).ok()?;
            let text = std::str::from_utf8(blob.content()).ok().filter(|text| text.len() <= LIMIT)?;
            Some(Self::parse(place, text))
        })
    }

    fn parse(path: &str, text: &str) -> Self {
        let mut patterns = Vec::new();
        for line in text.lines().map(|line| line.split(" #").next().unwrap_or_default().trim()) {
            let mut words = line.split_whitespace();
            let Some(pattern) = words.next().filter(|pattern| !pattern.starts_with(['#', '[', '!', '^'])) else { continue };
            let mut builder = GitignoreBuilder::new("");
            if builder.add_line(None, pattern).is_ok()
                && let Ok(matcher) = builder.build()
            {
                patterns.push((matcher, words.map(str::to_owned).collect()));
            }
        }
        Self { path: Some(path.to_owned()), patterns }
    }

    /// The owners of a path; none where nobody is named.
    pub fn of(&self, path: &RepoPath) -> Vec<String> {
        let path = path.to_string();
        let matches = |(matcher, _): &&(Gitignore, Vec<String>)| matches!(matcher.matched_path_or_any_parents(&path, false), Match::Ignore(_));
        self.patterns.iter().rev().find(matches).map(|(_, owners)| owners.clone()).unwrap_or_default()
    }

    /// Everybody who owns any path.
    pub fn everyone(&self) -> impl Iterator<Item = &String> {
        self.patterns.iter().flat_map(|(_, owners)| owners)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_pattern_that_matches_names_the_owners() {
        let owners = CodeOwners::parse("CODEOWNERS", "# who\n* @all\n/policies/ @quality jane@example.org\n*.yaml @records # lists\n/policies/draft.md\n");
        let of = |path: &str| owners.of(&RepoPath::new(path));
        assert_eq!(of("README.md"), ["@all"]);
        assert_eq!(of("policies/scope.md"), ["@quality", "jane@example.org"]);
        assert_eq!(of("policies/list.yaml"), ["@records"]);
        assert!(of("policies/draft.md").is_empty());
    }

    #[test]
    fn hostile_lines_own_nothing_and_fell_nothing() {
        let owners = CodeOwners::parse("CODEOWNERS", "[section]\n***/// @a\n\\\n/[ @b\n\u{0} @c\n!x @d\n");
        let _ = owners.of(&RepoPath::new("a/b"));
    }
}
