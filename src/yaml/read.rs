//! From text to nodes.

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor};
use serde_saphyr::Spanned as RawSpanned;

use super::node::{Key, Node, NodeKind};
use crate::vocabulary::{Place, Spanned};

/// How much one text may hold before it is refused.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Values, counted after aliases are expanded.
    pub nodes: usize,
    /// Nesting of lists and mappings.
    pub depth: usize,
}

impl Limits {
    /// For the head of a document.
    pub const FRONT_MATTER: Self = Self { nodes: 20_000, depth: 64 };
    /// For a file of records.
    pub const RECORDS: Self = Self { nodes: 2_000_000, depth: 64 };
}

/// Why a text is not YAML that can be read, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct YamlError {
    /// The cause in one line, without a place.
    pub message: String,
    /// Where; line 0 if unknown.
    pub at: Place,
}

/// Reads every document of a YAML text. An empty text yields none.
///
/// # Errors
/// The first fault: syntax, a duplicate key, a limit of `limits`, or an alias to itself.
pub fn read_all(text: &str, limits: Limits) -> Result<Vec<Node>, YamlError> {
    let options = serde_saphyr::options! {
        strict_booleans: true,
        leading_zero_numbers_as_strings: true,
        with_snippet: false,
        budget: serde_saphyr::budget! {
            max_nodes: limits.nodes,
            max_depth: limits.depth,
            max_events: limits.nodes.saturating_mul(4),
            max_aliases: 1_000,
            max_recorded_anchor_events: 50_000,
            max_documents: 1_000,
            max_reader_input_bytes: None,
            max_total_scalar_bytes: 67_108_864,
            flow_nesting_limit: limits.depth,
        },
    };
    let documents: Vec<RawSpanned<RawNode>> = serde_saphyr::from_multiple_with_options(text, options).map_err(|error| convert_error(&error, limits))?;
    let converter = Converter { text };
    Ok(documents.into_iter().map(|document| converter.node(document)).collect())
}

fn convert_error(error: &serde_saphyr::Error, limits: Limits) -> YamlError {
    let at = error.location().map_or_else(Place::default, |location| {
        let line = u32::try_from(location.line()).unwrap_or(0);
        let column = u32::try_from(location.column()).unwrap_or(1);
        Place { line, column, end_line: line, end_column: column }
    });
    let mut message = error.to_string().lines().next().unwrap_or("not readable").to_owned();
    // The library ends its sentence with the place, which we print ourselves.
    for mark in [" at line ", " (line ", " at <input>"] {
        if let Some(cut) = message.find(mark) {
            message.truncate(cut);
        }
    }
    let lower = message.to_lowercase();
    if lower.contains("duplicate") {
        message = message
            .split(" (")
            .next()
            .unwrap_or("a key stands twice")
            .split(", set ")
            .next()
            .unwrap_or_default()
            .split("; set ")
            .next()
            .unwrap_or_default()
            .to_owned();
    }
    if lower.contains("recursi") {
        "an alias leads to itself".clone_into(&mut message);
    }
    if lower.contains("budget") || lower.contains("depth") || lower.contains("limit") {
        message = format!("more than is read of one file; the limits are {} values and {} levels of nesting", limits.nodes, limits.depth);
    }
    YamlError { message, at }
}

enum RawNode {
    Null,
    /// A scalar that YAML takes for a number or a truth value: its text is cut from the source.
    Plain,
    Text(String),
    List(Vec<RawSpanned<RawNode>>),
    Map(Vec<(RawSpanned<String>, RawSpanned<RawNode>)>),
}

impl<'de> Deserialize<'de> for RawNode {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(RawVisitor)
    }
}

struct RawVisitor;

impl<'de> Visitor<'de> for RawVisitor {
    type Value = RawNode;

    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("a YAML value")
    }
    fn visit_bool<E>(self, _: bool) -> Result<RawNode, E> {
        Ok(RawNode::Plain)
    }
    fn visit_i64<E>(self, _: i64) -> Result<RawNode, E> {
        Ok(RawNode::Plain)
    }
    fn visit_u64<E>(self, _: u64) -> Result<RawNode, E> {
        Ok(RawNode::Plain)
    }
    fn visit_i128<E>(self, _: i128) -> Result<RawNode, E> {
        Ok(RawNode::Plain)
    }
    fn visit_u128<E>(self, _: u128) -> Result<RawNode, E> {
        Ok(RawNode::Plain)
    }
    fn visit_f64<E>(self, _: f64) -> Result<RawNode, E> {
        Ok(RawNode::Plain)
    }
    fn visit_str<E>(self, text: &str) -> Result<RawNode, E> {
        Ok(RawNode::Text(text.to_owned()))
    }
    fn visit_string<E>(self, text: String) -> Result<RawNode, E> {
        Ok(RawNode::Text(text))
    }
    fn visit_unit<E>(self) -> Result<RawNode, E> {
        Ok(RawNode::Null)
    }
    fn visit_none<E>(self) -> Result<RawNode, E> {
        Ok(RawNode::Null)
    }
    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<RawNode, D::Error> {
        RawNode::deserialize(deserializer)
    }
    fn visit_bytes<E>(self, bytes: &[u8]) -> Result<RawNode, E> {
        Ok(RawNode::Text(String::from_utf8_lossy(bytes).into_owned()))
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<RawNode, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = sequence.next_element()? {
            items.push(item);
        }
        Ok(RawNode::List(items))
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<RawNode, A::Error> {
        let mut pairs = Vec::new();
        while let Some(pair) = map.next_entry()? {
            pairs.push(pair);
        }
        Ok(RawNode::Map(pairs))
    }
}

struct Converter<'text> {
    text: &'text str,
}

impl Converter<'_> {
    fn node(&self, raw: RawSpanned<RawNode>) -> Node {
        let location = raw.referenced;
        let at = self.place(location);
        match raw.value {
            RawNode::Null => Node { kind: NodeKind::Null, at },
            RawNode::Plain => Node { kind: NodeKind::Text(self.slice(raw.defined)), at },
            RawNode::Text(text) => Node { kind: NodeKind::Text(text), at },
            RawNode::List(items) => {
                let items: Vec<Node> = items.into_iter().map(|item| self.node(item)).collect();
                let at = items.last().map_or(at, |last| Place { end_line: last.at.end_line, end_column: last.at.end_column, ..at });
                Node { kind: NodeKind::List(items), at }
            }
            RawNode::Map(pairs) => {
                let pairs: Vec<(Key, Node)> = pairs.into_iter().map(|(key, value)| (self.key(key), self.node(value))).collect();
                let first = pairs.first().map_or(at, |(key, _)| key.at);
                let last = pairs.last().map_or(at, |(_, value)| value.at);
                let at = Place { line: first.line, column: first.column, end_line: last.end_line, end_column: last.end_column };
                Node { kind: NodeKind::Map(pairs), at }
            }
        }
    }

    fn key(&self, raw: RawSpanned<String>) -> Key {
        let at = self.place(raw.referenced);
        Spanned::new(raw.value, at)
    }

    fn slice(&self, location: serde_saphyr::Location) -> String {
        self.source(location).unwrap_or_default().trim().to_owned()
    }

    fn source(&self, location: serde_saphyr::Location) -> Option<&str> {
        let span = location.span();
        let start = usize::try_from(span.byte_offset()?).ok()?;
        let length = usize::try_from(span.byte_len()?).ok()?;
        self.text.get(start..start.checked_add(length)?)
    }

    fn place(&self, location: serde_saphyr::Location) -> Place {
        let line = u32::try_from(location.line()).unwrap_or(0);
        let column = u32::try_from(location.column()).unwrap_or(1);
        let source = self.source(location).unwrap_or_default().trim_end();
        let breaks = u32::try_from(source.matches('\n').count()).unwrap_or(0);
        let tail = source.rsplit('\n').next().unwrap_or_default();
        let tail = u32::try_from(tail.chars().count()).unwrap_or(0);
        let end_column = if breaks == 0 { column + tail } else { tail + 1 };
        Place { line, column, end_line: line + breaks, end_column }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(text: &str) -> Node {
        read_all(text, Limits::FRONT_MATTER).expect("readable").remove(0)
    }

    #[test]
    fn values_stay_what_was_written() {
        let node = one("version: 1.10\nflag: no\nmode: 0777\nempty:\nquoted: \"2.0\"\n");
        let text = |key: &str| node.get(key).and_then(Node::as_text).map(str::to_owned);
        assert_eq!(text("version").as_deref(), Some("1.10"));
        assert_eq!(text("flag").as_deref(), Some("no"));
        assert_eq!(text("mode").as_deref(), Some("0777"));
        assert_eq!(text("quoted").as_deref(), Some("2.0"));
        assert!(node.get("empty").is_some_and(Node::is_empty));
    }

    #[test]
    fn places_point_at_the_word() {
        let node = one("a: é\nowner: Jane Doe\n");
        let owner = node.get("owner").expect("owner");
        assert_eq!((owner.at.line, owner.at.column, owner.at.end_column), (2, 8, 16));
    }

    /// The program reads on threads with [`crate::STACK_BYTES`]; a test thread has less.
    #[test]
    fn duplicates_cycles_and_bombs_are_refused_with_a_line() {
        let roomy = std::thread::Builder::new().stack_size(crate::STACK_BYTES).spawn(hostile_texts).expect("a thread");
        roomy.join().expect("no fall");
    }

    fn hostile_texts() {
        let error = |text: &str| read_all(text, Limits::FRONT_MATTER).expect_err(text);
        assert_eq!(error("a: 1\na: 2\n").at.line, 2);
        assert!(error("a: &x [*x]\n").at.line <= 1);
        let bomb = (0..9).fold("a0: &a0 [x,x,x,x,x,x,x,x,x]\n".to_owned(), |text, level| {
            let alias = format!("*a{level}");
            format!("{text}a{0}: &a{0} [{1}]\n", level + 1, [alias.as_str(); 9].join(","))
        });
        assert!(!error(&bomb).message.is_empty());
        assert!(!error(&"[".repeat(100_000)).message.is_empty());
        assert!(!error(&"- ".repeat(20_000)).message.is_empty());
        let nested: String = (0..2_000).map(|level| format!("{}a:\n", " ".repeat(level))).collect();
        assert!(!error(&nested).message.is_empty());
    }

    #[test]
    fn several_documents_are_all_read() {
        assert_eq!(read_all("a: 1\n---\nb: 2\n", Limits::RECORDS).expect("both").len(), 2);
    }
}
