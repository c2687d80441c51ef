//! Git's tree objects as bytes: faster to compare than through an object for each entry.

use git2::Oid;

/// One entry of a tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TreeEntry<'tree> {
    pub(super) mode: u32,
    pub(super) name: &'tree [u8],
    pub(super) id: Oid,
}

impl TreeEntry<'_> {
    pub(super) fn is_tree(&self) -> bool {
        self.mode & 0o170_000 == 0o040_000
    }

    /// Git's order: a folder sorts as if its name ended with `/`.
    pub(super) fn compare(&self, other: &Self) -> std::cmp::Ordering {
        let bytes = |entry: &Self, index: usize| -> u8 {
            entry.name.get(index).copied().unwrap_or(if index == entry.name.len() && entry.is_tree() { b'/' } else { 0 })
        };
        let shared = self.name.len().min(other.name.len());
        self.name[..shared].cmp(&other.name[..shared]).then_with(|| bytes(self, shared).cmp(&bytes(other, shared)))
    }
}

/// The entries of a raw tree, in Git's order. A tree that is cut short ends where it is cut.
pub(super) fn entries(raw: &[u8]) -> impl Iterator<Item = TreeEntry<'_>> {
    let mut rest = raw;
    std::iter::from_fn(move || {
        let blank = rest.iter().position(|byte| *byte == b' ')?;
        let mode =
            rest[..blank].iter().try_fold(0u32, |mode, byte| byte.is_ascii_digit().then(|| mode.wrapping_mul(8).wrapping_add(u32::from(byte - b'0'))))?;
        let after = &rest[blank + 1..];
        let end = after.iter().position(|byte| *byte == 0)?;
        let id = Oid::from_bytes(after.get(end + 1..end + 21)?).ok()?;
        rest = &after[end + 21..];
        Some(TreeEntry { mode, name: &after[..end], id })
    })
}
