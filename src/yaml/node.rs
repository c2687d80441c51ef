//! The one shape of everything that is read from YAML.

use crate::vocabulary::{Place, Spanned, is_key, key_of};

/// A key as written, with its place.
pub type Key = Spanned<String>;

/// A value and its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// What it is.
    pub kind: NodeKind,
    /// Where it stands.
    pub at: Place,
}

/// What a value is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NodeKind {
    /// Nothing, `~` or `null`.
    Null,
    /// A scalar as its source text (quotes taken off).
    Text(String),
    /// A list.
    List(Vec<Node>),
    /// A mapping, in the order of the text.
    Map(Vec<(Key, Node)>),
}

impl Node {
    /// A scalar made from a table cell or another source that is not YAML.
    pub fn text(value: impl Into<String>, at: Place) -> Self {
        Self { kind: NodeKind::Text(value.into()), at }
    }

    /// The scalar's text, trimmed; none for lists, mappings and nothing.
    pub fn as_text(&self) -> Option<&str> {
        match &self.kind {
            NodeKind::Text(text) => Some(text.trim()),
            _ => None,
        }
    }

    /// The members of a list.
    pub fn as_list(&self) -> Option<&[Node]> {
        match &self.kind {
            NodeKind::List(items) => Some(items),
            _ => None,
        }
    }

    /// The pairs of a mapping.
    pub fn as_map(&self) -> Option<&[(Key, Node)]> {
        match &self.kind {
            NodeKind::Map(pairs) => Some(pairs),
            _ => None,
        }
    }

    /// The value under a key, case and separators aside.
    pub fn get(&self, key: &str) -> Option<&Node> {
        let wanted = key_of(key);
        self.as_map()?.iter().find(|(name, _)| is_key(&name.value, &wanted)).map(|(_, node)| node)
    }

    /// Whether nothing was written: nothing at all, blanks, an empty list or an empty mapping.
    pub fn is_empty(&self) -> bool {
        match &self.kind {
            NodeKind::Null => true,
            NodeKind::Text(text) => text.trim().is_empty(),
            NodeKind::List(items) => items.iter().all(Node::is_empty),
            NodeKind::Map(pairs) => pairs.is_empty(),
        }
    }

    /// Every scalar below this node with its place, in the order of the text.
    pub fn scalars<'node>(&'node self, found: &mut Vec<(&'node str, Place)>) {
        match &self.kind {
            NodeKind::Null => {}
            NodeKind::Text(text) => found.push((text, self.at)),
            NodeKind::List(items) => items.iter().for_each(|item| item.scalars(found)),
            NodeKind::Map(pairs) => pairs.iter().for_each(|(_, value)| value.scalars(found)),
        }
    }

    /// "text", "a list", "a mapping" or "nothing": for messages about wrong types.
    pub fn type_name(&self) -> &'static str {
        match self.kind {
            NodeKind::Null => "nothing",
            NodeKind::Text(_) => "text",
            NodeKind::List(_) => "a list",
            NodeKind::Map(_) => "a mapping",
        }
    }
}
