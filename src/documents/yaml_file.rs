//! YAML files: a register with its head, one record, or a list of records.

use super::control::ControlField;
use super::defect::{Cause, Defect};
use super::document::{Document, Format, Link, Passage};
use super::record::Record;
use super::text_file::hidden_characters;
use crate::repository::RepoPath;
use crate::vocabulary::{Place, Spanned, is_placeholder, key_of, words};
use crate::yaml::{Limits, Node, NodeKind, read_all};

/// Reads a YAML file. Several documents in one file are all read.
pub(super) fn read(path: RepoPath, text: &str) -> Document {
    let mut document = Document::new(path, Format::Yaml);
    document.defects.extend(hidden_characters(text));
    let nodes = match read_all(text, Limits::RECORDS) {
        Ok(nodes) => nodes,
        Err(error) => {
            document.kinds = kinds_in_text(text);
            document.defects.push(Defect::new(Cause::NotRead, error.at, format!("not readable YAML: {}", error.message)));
            return document;
        }
    };
    let several = nodes.len() > 1;
    let mut bare: Vec<Record> = Vec::new();
    for node in nodes {
        collect_text(&node, &mut document);
        let at = node.at;
        match node.kind {
            NodeKind::Map(pairs) if several => bare.push(Record::from_pairs(pairs, at)),
            NodeKind::Map(pairs) => read_mapping(pairs, at, &mut document),
            NodeKind::List(items) => bare.extend(items.into_iter().filter_map(record_of)),
            NodeKind::Null => {}
            NodeKind::Text(_) => document.defects.push(Defect::new(Cause::NotUnderstood, at, "a single text, expected keys with values or a list of records")),
        }
    }
    if !bare.is_empty() {
        document.lists.push((String::new(), bare));
    }
    document.control.read_head(&document.head);
    document.kinds = kinds_of(&document.head);
    document.claims = claims_of(&document.head);
    document.title = document.control.get(ControlField::Title).map(|value| Spanned::new(value.value.clone(), value.at));
    document
}

fn read_mapping(pairs: Vec<(Spanned<String>, Node)>, at: Place, document: &mut Document) {
    let mut head = Vec::new();
    for (key, node) in pairs {
        let is_list_of_records = node.as_list().is_some_and(|items| !items.is_empty() && items.iter().all(|item| item.as_map().is_some()));
        if is_list_of_records {
            let items = if let NodeKind::List(items) = node.kind { items } else { Vec::new() };
            document.lists.push((key_of(&key.value), items.into_iter().filter_map(record_of).collect()));
            // The field itself stays visible, so that "actions" of a record counts as filled.
            head.push((key, Node::text("(list)", node.at)));
        } else {
            head.push((key, node));
        }
    }
    document.head = Record::from_pairs(head, at);
}

/// Links and paths in a field: `[text](target)`, or nothing but a path of a document.
fn links_in(text: &str, at: Place, links: &mut Vec<Link>) {
    const ENDINGS: [&str; 7] = [".md", ".yaml", ".yml", ".csv", ".pdf", ".docx", ".xlsx"];
    let lower = text.to_ascii_lowercase();
    let is_path = !text.contains([' ', '*', ',', '<', '{', '[']) && text.contains('/') && ENDINGS.iter().any(|ending| lower.ends_with(ending));
    if is_path {
        links.push(Link { target: text.to_owned(), text: String::new(), at, bare_path: true });
        return;
    }
    let mut rest = text;
    while let Some(middle) = rest.find("](") {
        let (before, after) = (&rest[..middle], &rest[middle + 2..]);
        let (Some(start), Some(end)) = (before.rfind('['), after.find(')')) else { return };
        links.push(Link { target: after[..end].to_owned(), text: before[start + 1..].to_owned(), at, bare_path: false });
        rest = &after[end..];
    }
}

fn record_of(node: Node) -> Option<Record> {
    let at = node.at;
    match node.kind {
        NodeKind::Map(pairs) => Some(Record::from_pairs(pairs, at)),
        _ => None,
    }
}

/// Every scalar is a passage, so that a topic can be looked for in a register as in prose.
fn collect_text(node: &Node, document: &mut Document) {
    let mut scalars = Vec::new();
    node.scalars(&mut scalars);
    for (text, at) in scalars {
        if is_placeholder(text) {
            document.placeholders.push(Spanned::new(text.to_owned(), at));
        }
        document.words += words(text);
        links_in(text, at, &mut document.links);
        // Ids and dates say nothing about topics.
        if text.contains(' ') {
            document.passages.push(Passage { text: text.to_owned(), line: at.line });
        }
    }
}

/// Kinds of documented information that a head names: one, or a list.
pub(super) fn kinds_of(head: &Record) -> Vec<Spanned<String>> {
    ["kind", "documented_information"].iter().find_map(|key| head.field(key)).map(|field| texts(&field.value)).unwrap_or_default()
}

/// Clauses that a head claims: a list, one text, or `satisfies: {ISO20000-1: [8.6.1]}`.
pub(super) fn claims_of(head: &Record) -> Vec<Spanned<String>> {
    let mut claims = Vec::new();
    for key in ["clauses", "clause", "iso_clauses"] {
        claims.extend(head.field(key).map(|field| texts(&field.value)).unwrap_or_default());
    }
    let satisfies = head.field("satisfies").and_then(|field| field.value.as_map());
    for (standard, clauses) in satisfies.into_iter().flatten() {
        // Numbers of other standards mean other things.
        if key_of(&standard.value).contains("20000") {
            claims.extend(texts(clauses));
        }
    }
    claims
}

fn texts(node: &Node) -> Vec<Spanned<String>> {
    match &node.kind {
        NodeKind::Text(text) => vec![Spanned::new(text.clone(), node.at)],
        NodeKind::List(items) => items.iter().flat_map(texts).collect(),
        NodeKind::Null | NodeKind::Map(_) => Vec::new(),
    }
}

/// The kind that a file names although it is not readable as a whole: it then was meant as evidence.
fn kinds_in_text(text: &str) -> Vec<Spanned<String>> {
    let line = text.lines().take(40).enumerate().find_map(|(index, line)| line.strip_prefix("kind:").map(|value| (index, value.trim())));
    line.map(|(index, value)| Spanned::new(value.to_owned(), Place::line(u32::try_from(index + 1).unwrap_or(1)))).into_iter().collect()
}
