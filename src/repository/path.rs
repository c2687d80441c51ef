//! Paths inside a repository: bytes, because Git's paths are.

use std::fmt;
use std::path::{Path, PathBuf};

/// A path relative to the repository's root, with `/`, kept as bytes. Shown with `\xE9` where it is not UTF-8 and
/// with controls made visible, the same in every format.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RepoPath(Vec<u8>);

impl RepoPath {
    /// From Git's bytes.
    pub fn new(bytes: impl Into<Vec<u8>>) -> Self {
        Self(bytes.into())
    }

    /// The bytes.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// The part after the last `/`.
    pub fn file_name(&self) -> &[u8] {
        self.0.rsplit(|byte| *byte == b'/').next().unwrap_or_default()
    }

    /// The file name without its ending, as text.
    pub fn stem(&self) -> String {
        let name = String::from_utf8_lossy(self.file_name()).into_owned();
        match name.rsplit_once('.') {
            Some((stem, _)) if !stem.is_empty() => stem.to_owned(),
            _ => name,
        }
    }

    /// The ending in lower case, without the dot.
    pub fn ending(&self) -> String {
        let name = String::from_utf8_lossy(self.file_name()).into_owned();
        name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default()
    }

    /// Whether any folder or the file begins with a dot.
    pub fn is_hidden(&self) -> bool {
        self.0.split(|byte| *byte == b'/').any(|part| part.first() == Some(&b'.'))
    }

    /// The path below `prefix` ("" or ending with `/`); none where it is not below.
    pub fn below(&self, prefix: &[u8]) -> Option<Self> {
        self.0.strip_prefix(prefix).filter(|rest| !rest.is_empty()).map(Self::new)
    }

    /// The path joined with a relative link target; none where it leaves the repository.
    pub fn join(&self, target: &str) -> Option<Self> {
        let mut parts: Vec<&[u8]> = self.0.split(|byte| *byte == b'/').collect();
        parts.pop();
        if target.starts_with('/') {
            parts.clear();
        }
        for part in target.split('/') {
            match part {
                "" | "." => {}
                ".." => {
                    parts.pop()?;
                }
                name => parts.push(name.as_bytes()),
            }
        }
        Some(Self(parts.join(&b'/')))
    }

    /// The place in a work tree.
    pub fn to_path(&self, root: &Path) -> PathBuf {
        #[cfg(unix)]
        {
            use std::os::unix::ffi::OsStrExt;
            root.join(std::ffi::OsStr::from_bytes(&self.0))
        }
        #[cfg(not(unix))]
        {
            root.join(String::from_utf8_lossy(&self.0).as_ref())
        }
    }

    /// From a path relative to a root.
    pub fn from_relative(path: &Path) -> Self {
        #[cfg(unix)]
        {
            use std::os::unix::ffi::OsStrExt;
            Self(path.as_os_str().as_bytes().to_vec())
        }
        #[cfg(not(unix))]
        {
            Self(path.to_string_lossy().replace('\\', "/").into_bytes())
        }
    }
}

impl fmt::Display for RepoPath {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for chunk in self.0.utf8_chunks() {
            formatter.write_str(&crate::vocabulary::sanitize_name(chunk.valid()))?;
            for byte in chunk.invalid() {
                write!(formatter, "\\x{byte:02X}")?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_shown_without_harm() {
        assert_eq!(RepoPath::new(b"caf\xe9.md".to_vec()).to_string(), "caf\\xE9.md");
        assert_eq!(RepoPath::new(b"a\x1b[2Jb\t.md".to_vec()).to_string(), "a\\x1B[2Jb\\x09.md");
    }

    #[test]
    fn links_never_leave_the_root() {
        let path = RepoPath::new("a/b/c.md");
        assert_eq!(path.join("../d.md"), Some(RepoPath::new("a/d.md")));
        assert_eq!(path.join("/d.md"), Some(RepoPath::new("d.md")));
        assert_eq!(path.join("../../../etc/passwd"), None);
        assert_eq!(path.ending(), "md");
    }
}
