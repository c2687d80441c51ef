//! From text to nodes.
//!
//! The events of the parser are put together here, on a stack of our own, so that nesting costs no stack of the thread,
//! and every budget is held while a text is read and not after: values and bytes are counted as they would be with all
//! aliases written out.

use std::collections::{HashMap, HashSet};

use granit_parser::{Event, Parser, ScalarStyle, ScanError, Span, Tag};

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

/// Bytes of all scalars together, with aliases written out.
const SCALAR_BYTES: usize = 64 * 1024 * 1024;
/// Aliases in one text.
const ALIASES: usize = 1_000;
/// Values that anchors keep and aliases repeat: a few lines of text can ask for millions of them.
const REPEATED: usize = 100_000;
/// Documents in one text.
const DOCUMENTS: usize = 1_000;

/// Reads every document of a YAML text; documents with nothing in them are left out. An empty text yields none.
///
/// # Errors
/// The first fault: syntax, a duplicate key, a key that is no single word, a limit of `limits`, or an alias to itself.
pub fn read_all(text: &str, limits: Limits) -> Result<Vec<Node>, YamlError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let options = granit_parser::options! {
        flow_nesting_limit: limits.depth.saturating_add(1),
        block_nesting_limit: limits.depth.saturating_add(1),
    };
    let mut builder =
        Builder { text, limits, open: Vec::new(), anchors: HashMap::new(), documents: Vec::new(), size: Size::default(), aliases: 0, repeated: 0 };
    for event in Parser::new_from_str_with_options(text, options) {
        let (event, span) = event.map_err(|error| builder.refused(&error))?;
        builder.event(event, &span)?;
    }
    Ok(builder.documents)
}

/// What a value costs with its aliases written out.
#[derive(Clone, Copy, Debug, Default)]
struct Size {
    nodes: usize,
    bytes: usize,
}

/// A whole value that an anchor names.
struct Anchored {
    node: Node,
    size: Size,
    depth: usize,
}

/// A list or mapping whose end is still to come.
struct Open {
    anchor: usize,
    at: Place,
    /// What had been read when it began.
    before: Size,
    parts: Parts,
}

enum Parts {
    List(Vec<Node>),
    Map {
        pairs: Vec<(Key, Node)>,
        keys: HashSet<String>,
        /// The key whose value comes next, and whether it is the merge key.
        key: Option<(Key, bool)>,
        merged: Vec<Node>,
    },
}

struct Builder<'text> {
    text: &'text str,
    limits: Limits,
    open: Vec<Open>,
    /// Whole values by the number of their anchor.
    anchors: HashMap<usize, Anchored>,
    documents: Vec<Node>,
    size: Size,
    aliases: usize,
    repeated: usize,
}

impl Builder<'_> {
    fn event(&mut self, event: Event<'_>, span: &Span) -> Result<(), YamlError> {
        match event {
            Event::Scalar(value, style, anchor, tag) => {
                let at = self.place(span);
                let is_merge = style == ScalarStyle::Plain && value == "<<";
                let kind = if is_nothing(&value, style, tag.as_deref()) { NodeKind::Null } else { NodeKind::Text(value.into_owned()) };
                let before = self.size;
                self.grow(1, text_of(&kind).len(), at)?;
                self.finished(Node { kind, at }, anchor, before, is_merge)
            }
            Event::SequenceStart(_, anchor, _) => self.begin(anchor, span, Parts::List(Vec::new())),
            Event::MappingStart(_, anchor, _) => {
                self.begin(anchor, span, Parts::Map { pairs: Vec::new(), keys: HashSet::new(), key: None, merged: Vec::new() })
            }
            Event::SequenceEnd | Event::MappingEnd => self.end(),
            Event::Alias(anchor) => self.alias(anchor, span),
            Event::DocumentEnd => {
                self.anchors.clear();
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn begin(&mut self, anchor: usize, span: &Span, parts: Parts) -> Result<(), YamlError> {
        let at = self.place(span);
        let before = self.size;
        self.grow(1, 0, at)?;
        if self.open.len() >= self.limits.depth {
            return Err(self.too_much(at));
        }
        self.open.push(Open { anchor, at, before, parts });
        Ok(())
    }

    fn end(&mut self) -> Result<(), YamlError> {
        let Some(Open { anchor, at, before, parts }) = self.open.pop() else { return Ok(()) };
        let node = match parts {
            Parts::List(items) => {
                let at = items.last().map_or(at, |last| Place { end_line: last.at.end_line, end_column: last.at.end_column, ..at });
                Node { kind: NodeKind::List(items), at }
            }
            Parts::Map { mut pairs, mut keys, merged, .. } => {
                // What is merged stands behind what is written, which goes before it.
                for (key, value) in merged.into_iter().flat_map(pairs_of) {
                    if keys.insert(key.value.clone()) {
                        pairs.push((key, value));
                    }
                }
                let first = pairs.first().map_or(at, |(key, _)| key.at);
                let last = pairs.last().map_or(at, |(_, value)| value.at);
                let at = Place { line: first.line, column: first.column, end_line: last.end_line, end_column: last.end_column };
                Node { kind: NodeKind::Map(pairs), at }
            }
        };
        self.finished(node, anchor, before, false)
    }

    fn alias(&mut self, anchor: usize, span: &Span) -> Result<(), YamlError> {
        let at = self.place(span);
        if self.open.iter().any(|open| open.anchor == anchor) {
            return Err(YamlError { message: "an alias leads to itself".to_owned(), at });
        }
        self.aliases += 1;
        let Some(Anchored { size, depth, .. }) = self.anchors.get(&anchor) else {
            return Err(YamlError { message: "an alias leads to nothing".to_owned(), at });
        };
        // Counted before it is copied.
        let (size, depth, before) = (*size, *depth, self.size);
        self.repeat(size, at)?;
        if self.aliases > ALIASES || self.open.len() + depth > self.limits.depth {
            return Err(self.too_much(at));
        }
        match self.anchors.get(&anchor).map(|anchored| put_at(&anchored.node, at)) {
            Some(node) => self.finished(node, 0, before, false),
            None => Ok(()),
        }
    }

    /// Puts a whole value where it belongs.
    fn finished(&mut self, node: Node, anchor: usize, before: Size, is_merge: bool) -> Result<(), YamlError> {
        if anchor != 0 {
            // The copy that an anchor keeps is memory too.
            let size = Size { nodes: self.size.nodes - before.nodes, bytes: self.size.bytes - before.bytes };
            self.repeat(size, node.at)?;
            self.anchors.insert(anchor, Anchored { node: node.clone(), size, depth: depth_of(&node) });
        }
        let at = node.at;
        match self.open.last_mut().map(|open| &mut open.parts) {
            None => {
                if !matches!(node.kind, NodeKind::Null) {
                    self.documents.push(node);
                }
                if self.documents.len() > DOCUMENTS {
                    return Err(self.too_much(at));
                }
            }
            Some(Parts::List(items)) => items.push(node),
            Some(Parts::Map { pairs, keys, key, merged }) => match (key.take(), node.kind) {
                (Some((_, true)), kind) => merged.push(Node { kind, at }),
                (Some((key, false)), kind) => pairs.push((key, Node { kind, at })),
                (None, NodeKind::List(_) | NodeKind::Map(_)) => {
                    return Err(YamlError { message: "a key must be a single word or text, not a list or mapping".to_owned(), at });
                }
                (None, kind) => {
                    let name = text_of(&kind).to_owned();
                    if !is_merge && !keys.insert(name.clone()) {
                        return Err(YamlError { message: format!("duplicate mapping key: {name}"), at });
                    }
                    *key = Some((Spanned::new(name, at), is_merge));
                }
            },
        }
        Ok(())
    }

    fn grow(&mut self, nodes: usize, bytes: usize, at: Place) -> Result<(), YamlError> {
        self.size.nodes = self.size.nodes.saturating_add(nodes);
        self.size.bytes = self.size.bytes.saturating_add(bytes);
        if self.size.nodes > self.limits.nodes || self.size.bytes > SCALAR_BYTES { Err(self.too_much(at)) } else { Ok(()) }
    }

    fn repeat(&mut self, size: Size, at: Place) -> Result<(), YamlError> {
        self.repeated = self.repeated.saturating_add(size.nodes);
        if self.repeated > REPEATED { Err(self.too_much(at)) } else { self.grow(size.nodes, size.bytes, at) }
    }

    fn too_much(&self, at: Place) -> YamlError {
        let Limits { nodes, depth } = self.limits;
        YamlError { message: format!("more than is read of one file; the limits are {nodes} values and {depth} levels of nesting"), at }
    }

    fn refused(&self, error: &ScanError) -> YamlError {
        let line = u32::try_from(error.marker().line()).unwrap_or(0);
        let column = u32::try_from(error.marker().col() + 1).unwrap_or(1);
        let at = Place { line, column, end_line: line, end_column: column };
        let message = error.info().lines().next().unwrap_or("not readable").to_owned();
        let lower = message.to_lowercase();
        if lower.contains("limit") || lower.contains("depth") || lower.contains("nest") { self.too_much(at) } else { YamlError { message, at } }
    }

    fn place(&self, span: &Span) -> Place {
        let line = u32::try_from(span.start.line()).unwrap_or(0);
        let column = u32::try_from(span.start.col() + 1).unwrap_or(1);
        let range = span.start.byte_offset().zip(span.end.byte_offset()).map(|(start, end)| start..end);
        let source = range.and_then(|range| self.text.get(range)).unwrap_or_default().trim_end();
        let breaks = u32::try_from(source.matches('\n').count()).unwrap_or(0);
        let tail = source.rsplit('\n').next().unwrap_or_default();
        let tail = u32::try_from(tail.chars().count()).unwrap_or(0);
        let end_column = if breaks == 0 { column + tail } else { tail + 1 };
        Place { line, column, end_line: line + breaks, end_column }
    }
}

/// A copy that stands where its alias does, with all that is in it.
fn put_at(node: &Node, at: Place) -> Node {
    let kind = match &node.kind {
        NodeKind::List(items) => NodeKind::List(items.iter().map(|item| put_at(item, at)).collect()),
        NodeKind::Map(pairs) => NodeKind::Map(pairs.iter().map(|(key, value)| (Spanned::new(key.value.clone(), at), put_at(value, at))).collect()),
        scalar => scalar.clone(),
    };
    Node { kind, at }
}

/// How deep lists and mappings stand in one another; nothing deeper than the limit is ever built.
fn depth_of(node: &Node) -> usize {
    match &node.kind {
        NodeKind::List(items) => 1 + items.iter().map(depth_of).max().unwrap_or(0),
        NodeKind::Map(pairs) => 1 + pairs.iter().map(|(_, value)| depth_of(value)).max().unwrap_or(0),
        NodeKind::Null | NodeKind::Text(_) => 0,
    }
}

fn text_of(kind: &NodeKind) -> &str {
    if let NodeKind::Text(text) = kind { text } else { "" }
}

/// Whether a scalar is one of the ways of YAML to write nothing.
fn is_nothing(value: &str, style: ScalarStyle, tag: Option<&Tag>) -> bool {
    style == ScalarStyle::Plain && tag.is_none() && matches!(value, "" | "~" | "null" | "Null" | "NULL")
}

/// The pairs of a mapping, or of each mapping of a list, that is merged.
fn pairs_of(node: Node) -> Vec<(Key, Node)> {
    match node.kind {
        NodeKind::Map(pairs) => pairs,
        NodeKind::List(items) => items.into_iter().filter_map(|item| if let NodeKind::Map(pairs) = item.kind { Some(pairs) } else { None }).flatten().collect(),
        NodeKind::Null | NodeKind::Text(_) => Vec::new(),
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
    fn aliases_stand_where_they_are_written_and_merged_pairs_give_way() {
        let node = one("base: &b {x: 1, y: [2]}\nall: [*b, *b]\nown:\n  <<: *b\n  y: 3\n");
        let items = node.get("all").and_then(Node::as_list).expect("a list");
        assert_eq!(items.iter().map(|item| (item.at.line, item.at.column)).collect::<Vec<_>>(), [(2, 7), (2, 11)]);
        let own = node.get("own").and_then(Node::as_map).expect("a mapping");
        let pairs: Vec<(&str, Option<&str>, u32)> = own.iter().map(|(key, value)| (key.value.as_str(), value.as_text(), value.at.line)).collect();
        assert_eq!(pairs, [("y", Some("3"), 5), ("x", Some("1"), 4)]);
        let chain = (0..100).fold("a0: &a0 [x]\n".to_owned(), |text, level| format!("{text}a{0}: &a{0} [*a{level}]\n", level + 1));
        assert!(read_all(&chain, Limits::RECORDS).expect_err("deeper than is read").message.starts_with("more than is read"));
    }

    #[test]
    #[expect(clippy::disallowed_methods, reason = "a test reads the files of this project")]
    fn a_second_reader_reads_the_same() {
        fn same(ours: &Node, theirs: &serde_json::Value) -> bool {
            match (&ours.kind, theirs) {
                (NodeKind::Null, theirs) => theirs.is_null(),
                (NodeKind::List(items), serde_json::Value::Array(others)) => {
                    items.len() == others.len() && items.iter().zip(others).all(|(item, other)| same(item, other))
                }
                (NodeKind::Map(pairs), serde_json::Value::Object(others)) => {
                    pairs.len() == others.len() && pairs.iter().all(|(key, value)| others.get(&key.value).is_some_and(|other| same(value, other)))
                }
                (NodeKind::Text(text), serde_json::Value::String(other)) => text == other,
                // They take `1.10` for a number and `no` for a truth value.
                (NodeKind::Text(_), other) => other.is_number() || other.is_boolean(),
                _ => false,
            }
        }
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
        let files = ["clauses", "examples", "tests/mutations/cases"].into_iter().flat_map(|folder| walkdir::WalkDir::new(root.join(folder)));
        let mut read = 0;
        for entry in files.filter_map(Result::ok).filter(|entry| entry.path().extension().is_some_and(|ending| ending == "yaml")) {
            let text = std::fs::read_to_string(entry.path()).expect("text");
            let theirs: Result<Vec<serde_json::Value>, _> = serde_saphyr::from_multiple(&text);
            let ours = read_all(&text, Limits::RECORDS);
            match (ours, theirs) {
                (Ok(ours), Ok(theirs)) => {
                    assert!(ours.len() == theirs.len() && ours.iter().zip(&theirs).all(|(ours, theirs)| same(ours, theirs)), "{}", entry.path().display())
                }
                (ours, theirs) => assert!(ours.is_err() && theirs.is_err(), "{}: {:?}, {:?}", entry.path().display(), ours.err(), theirs.err()),
            }
            read += 1;
        }
        assert!(read > 600, "{read} files");
    }

    #[test]
    fn several_documents_are_all_read() {
        assert_eq!(read_all("a: 1\n---\nb: 2\n", Limits::RECORDS).expect("both").len(), 2);
    }
}
