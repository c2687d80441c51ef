//! The head of a Markdown document: YAML between two lines of three hyphens.

use super::defect::{Cause, Defect};
use super::record::Record;
use crate::vocabulary::Place;
use crate::yaml::{Limits, Node, NodeKind, read_all};

/// The largest head, in bytes.
const LIMIT: usize = 64 * 1024;

/// A Markdown text split into head and body.
pub(super) struct Split<'text> {
    /// The head.
    pub(super) head: Record,
    /// The body.
    pub(super) body: &'text str,
    /// Lines before the body.
    pub(super) lines_before: u32,
    /// What was wrong with the head.
    pub(super) defect: Option<Defect>,
}

/// Splits a text at its front matter. A head that cannot be understood is a defect, the body is read all the same.
pub(super) fn split(text: &str) -> Split<'_> {
    let whole = |defect| Split { head: Record::default(), body: text, lines_before: 0, defect };
    let Some((opening, mut rest)) = next_line(text) else { return whole(None) };
    if opening.trim_end() != "---" {
        return closed_only(text).unwrap_or_else(|| whole(None));
    }
    let start = text.len() - rest.len();
    let mut lines = 1u32;
    let mut looks_like_head = true;
    loop {
        let Some((line, after)) = next_line(rest) else {
            // A rule drawn on the first line is no head; a head that never closes is a defect.
            let closed_by_nothing = looks_like_head && lines > 1;
            let defect = closed_by_nothing
                .then(|| Defect::new(Cause::HeadNotRead, Place::line(1), "the head opens with --- and has no closing ---; add it after the last key"));
            return whole(defect);
        };
        lines += 1;
        let trimmed = line.trim_end();
        if trimmed == "---" || trimmed == "..." {
            let source = &text[start..text.len() - rest.len()];
            return head_of(source, after, lines);
        }
        if lines == 2 {
            looks_like_head = trimmed.contains(':') && !trimmed.starts_with('#');
        }
        rest = after;
    }
}

/// Keys and values from the first line on, with only the closing `---`: some exports leave the opening one out.
fn closed_only(text: &str) -> Option<Split<'_>> {
    const LINES: u32 = 30;
    let is_pair = |line: &str| {
        let (key, value) = line.split_once(':')?;
        let is_key = !key.is_empty() && key.len() <= 40 && key.chars().all(|character| character.is_alphanumeric() || "_- ".contains(character));
        (is_key && (value.is_empty() || value.starts_with(' '))).then_some(())
    };
    let mut rest = text;
    let mut lines = 0;
    while let Some((line, after)) = next_line(rest) {
        if line.trim_end() == "---" {
            let source = &text[..text.len() - rest.len()];
            // Two lines may be a heading underlined and a sentence with a colon; and what is no YAML is a text.
            let split = (lines >= 2).then(|| head_of(source, after, lines + 1))?;
            return split.defect.is_none().then(|| Split { head: unshifted(split.head), ..split });
        }
        lines += 1;
        if lines > LINES || !(line.starts_with([' ', '-']) && lines > 1 || is_pair(line).is_some()) {
            return None;
        }
        rest = after;
    }
    None
}

/// Places as they are where no opening line stands before the head.
fn unshifted(mut head: Record) -> Record {
    for field in &mut head.fields {
        field.name.at = Place { line: field.name.at.line - 1, end_line: field.name.at.end_line - 1, ..field.name.at };
        unshift(&mut field.value);
    }
    head
}

fn unshift(node: &mut Node) {
    node.at = Place { line: node.at.line.saturating_sub(1), end_line: node.at.end_line.saturating_sub(1), ..node.at };
    match &mut node.kind {
        NodeKind::List(items) => items.iter_mut().for_each(unshift),
        NodeKind::Map(pairs) => pairs.iter_mut().for_each(|(key, value)| {
            key.at = Place { line: key.at.line.saturating_sub(1), end_line: key.at.end_line.saturating_sub(1), ..key.at };
            unshift(value);
        }),
        NodeKind::Null | NodeKind::Text(_) => {}
    }
}

fn head_of<'text>(source: &str, body: &'text str, lines: u32) -> Split<'text> {
    let refused =
        |at: Place, message: String| Split { head: Record::default(), body, lines_before: lines, defect: Some(Defect::new(Cause::HeadNotRead, at, message)) };
    if source.len() > LIMIT {
        return refused(Place::line(1), format!("the head has {} bytes, over the limit of {LIMIT}; move text into the body", source.len()));
    }
    let moved = |at: Place| Place { line: at.line + 1, end_line: at.end_line + 1, ..at };
    match read_all(source, Limits::FRONT_MATTER) {
        Err(error) => refused(moved(error.at), format!("the head is not readable YAML: {}", error.message)),
        Ok(mut documents) => {
            let mut node = match documents.len() {
                0 => return Split { head: Record::default(), body, lines_before: lines, defect: None },
                _ => documents.remove(0),
            };
            shift(&mut node, 1);
            let at = node.at;
            match node.kind {
                NodeKind::Map(pairs) => Split { head: Record::from_pairs(pairs, at), body, lines_before: lines, defect: None },
                NodeKind::Null => Split { head: Record::default(), body, lines_before: lines, defect: None },
                _ => refused(at, format!("the head is {}, expected keys with values", node.type_name())),
            }
        }
    }
}

/// Moves every place of a node down by some lines.
fn shift(node: &mut Node, lines: u32) {
    let moved = |at: &mut Place| {
        at.line += lines;
        at.end_line += lines;
    };
    moved(&mut node.at);
    match &mut node.kind {
        NodeKind::List(items) => items.iter_mut().for_each(|item| shift(item, lines)),
        NodeKind::Map(pairs) => pairs.iter_mut().for_each(|(key, value)| {
            moved(&mut key.at);
            shift(value, lines);
        }),
        NodeKind::Null | NodeKind::Text(_) => {}
    }
}

/// The first line without its end, and what follows. Lines end with LF, CRLF or a lone CR.
fn next_line(text: &str) -> Option<(&str, &str)> {
    if text.is_empty() {
        return None;
    }
    match text.find(['\n', '\r']) {
        None => Some((text, "")),
        Some(end) => {
            let width = if text[end..].starts_with("\r\n") { 2 } else { 1 };
            Some((&text[..end], &text[end + width..]))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_head_is_read_with_its_lines() {
        for end in ["\n", "\r\n"] {
            let text = ["---", "id: POL-1", "owner: Jane", "---", "# Title"].join(end);
            let split = split(&text);
            assert!(split.defect.is_none());
            assert_eq!(split.head.field("owner").map(|field| field.value.at.line), Some(3));
            assert_eq!((split.lines_before, split.body), (4, "# Title"));
        }
    }

    #[test]
    fn a_head_without_its_opening_line_is_a_head() {
        let split = split("title: Backup policy\nowner: Jane\n---\n# Backup\n");
        assert_eq!(split.head.field("owner").map(|field| field.value.at.line), Some(2));
        assert_eq!((split.lines_before, split.body), (3, "# Backup\n"));
        for text in ["A sentence: with a colon\n---\n", "Note: one\nand more\n---\n", "# Title\n---\n", "Key: a\nKey: b\n---\nx"] {
            assert!(super::split(text).head.fields.is_empty(), "{text}");
        }
    }

    #[test]
    fn an_open_head_is_a_defect_and_a_rule_is_not() {
        assert!(split("---\nid: a\n# Title\n").defect.is_some());
        assert!(split("---\n\n# Title\n").defect.is_none());
        let broken = split("---\nid: a\nid: b\n---\nbody");
        assert_eq!(broken.defect.map(|defect| defect.at.line), Some(3));
        assert_eq!(broken.body, "body");
    }
}
