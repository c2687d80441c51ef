//! Adding to a YAML text without touching the rest of it: comments, order and layout stay as a person wrote them.

use super::node::{Node, NodeKind};
use super::read::{Limits, read_all};
use crate::vocabulary::LineIndex;

/// What is added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Addition {
    /// A key with a value, to a mapping.
    Pair(String, String),
    /// A value, to a list.
    Item(String),
}

impl Addition {
    fn line(&self) -> String {
        match self {
            Self::Pair(key, value) => format!("{}: {}", scalar(key), scalar(value)),
            Self::Item(value) => format!("- {}", scalar(value)),
        }
    }

    fn inline(&self) -> String {
        match self {
            Self::Pair(key, value) => format!("{}: {}", scalar(key), scalar(value)),
            Self::Item(value) => scalar(value),
        }
    }
}

/// Adds to the mapping or list at a path of keys; keys that are not there are made at the end of what is.
///
/// # Errors
/// A text, where the file is no mapping or the place cannot hold what is added.
pub fn add(text: &str, path: &[&str], additions: &[Addition]) -> Result<String, String> {
    if additions.is_empty() {
        return Ok(text.to_owned());
    }
    let mut documents = read_all(text, Limits::FRONT_MATTER).map_err(|error| format!("line {}: {}", error.at.line, error.message))?;
    let edited = match documents.len() {
        0 => with_lines(text, text.lines().count(), &nested(path, additions, 0)),
        1 => descend(text, &documents.remove(0), path, additions)?,
        _ => return Err("several YAML documents; keep one".to_owned()),
    };
    read_all(&edited, Limits::FRONT_MATTER).map_err(|error| format!("the file is laid out in a way that nothing can be added to ({})", error.message))?;
    Ok(edited)
}

/// A value as YAML writes it: in quotes where it needs them.
pub fn scalar(value: &str) -> String {
    let written = serde_yaml::to_string(value).unwrap_or_default();
    let written = written.trim_end();
    // A text over several lines does not belong into a key.
    if written.contains('\n') || value.contains(['#', '*', '{', '[', ':']) { format!("{value:?}") } else { written.to_owned() }
}

fn descend(text: &str, node: &Node, path: &[&str], additions: &[Addition]) -> Result<String, String> {
    let wanted_list = matches!(additions.first(), Some(Addition::Item(_)));
    match (&node.kind, path) {
        (NodeKind::Map(_), []) if !wanted_list => append(text, node, additions),
        (NodeKind::List(_), []) if wanted_list => append(text, node, additions),
        (NodeKind::Map(pairs), [key, rest @ ..]) => match pairs.iter().find(|(name, _)| name.value == *key) {
            Some((name, value)) if is_nothing(value) => {
                let indent = name.at.column as usize + 1;
                Ok(with_lines(text, name.at.line as usize, &nested(rest, additions, indent)))
            }
            Some((_, value)) => descend(text, value, rest, additions),
            None if is_flow(text, node) => Err(format!("line {}: a mapping in braces; write it with one key a line", node.at.line)),
            None => {
                let indent = pairs.first().map_or(0, |(name, _)| (name.at.column as usize).saturating_sub(1));
                Ok(with_lines(text, last_line(node), &nested(path, additions, indent)))
            }
        },
        (NodeKind::Null, _) => Ok(with_lines(text, text.lines().count(), &nested(path, additions, 0))),
        _ => Err(format!("line {}: {}, where {} is expected", node.at.line, node.type_name(), if wanted_list { "a list" } else { "a mapping" })),
    }
}

/// Adds at the end of a mapping or list that has members.
fn append(text: &str, node: &Node, additions: &[Addition]) -> Result<String, String> {
    if is_flow(text, node) {
        let index = LineIndex::new(text);
        let last = match &node.kind {
            NodeKind::List(items) => items.last().map(|item| item.at),
            NodeKind::Map(pairs) => pairs.last().map(|(_, value)| value.at),
            _ => None,
        };
        let (from, comma) = match last {
            Some(at) => (index.offset(at.line, at.column), ", "),
            None => (index.offset(node.at.line, node.at.column), ""),
        };
        let from = from.ok_or("a place outside the file")?;
        let close = text[from..].find([']', '}']).ok_or_else(|| format!("line {}: brackets that do not close", node.at.line))? + from;
        let added = additions.iter().map(Addition::inline).collect::<Vec<_>>().join(", ");
        let added = format!("{comma}{added}");
        return Ok(format!("{}{added}{}", &text[..close], &text[close..]));
    }
    let indent = match &node.kind {
        NodeKind::Map(pairs) => pairs.first().map_or(0, |(name, _)| (name.at.column as usize).saturating_sub(1)),
        NodeKind::List(items) => {
            let line = items.first().and_then(|item| text.lines().nth((item.at.line as usize).saturating_sub(1))).unwrap_or_default();
            line.len() - line.trim_start().len()
        }
        _ => 0,
    };
    let lines: Vec<String> = additions.iter().map(|addition| format!("{}{}", " ".repeat(indent), addition.line())).collect();
    Ok(with_lines(text, last_line(node), &lines))
}

/// Keys one beneath the other, and the additions beneath the last.
fn nested(path: &[&str], additions: &[Addition], indent: usize) -> Vec<String> {
    let mut lines: Vec<String> = path.iter().enumerate().map(|(depth, key)| format!("{}{key}:", " ".repeat(indent + depth * 2))).collect();
    let indent = indent + path.len() * 2;
    lines.extend(additions.iter().map(|addition| format!("{}{}", " ".repeat(indent), addition.line())));
    lines
}

fn with_lines(text: &str, after: usize, lines: &[String]) -> String {
    let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let mut result = String::with_capacity(text.len() + lines.iter().map(|line| line.len() + 2).sum::<usize>());
    let mut written = false;
    let add = |result: &mut String| {
        for line in lines {
            result.push_str(line);
            result.push_str(end);
        }
    };
    for (index, line) in text.split_inclusive('\n').enumerate() {
        if index == after {
            add(&mut result);
            written = true;
        }
        result.push_str(line);
    }
    if !written {
        if !result.is_empty() && !result.ends_with('\n') {
            result.push_str(end);
        }
        add(&mut result);
    }
    result
}

fn last_line(node: &Node) -> usize {
    let mut places = Vec::new();
    node.scalars(&mut places);
    let deepest = places.iter().map(|(text, at)| at.end_line.max(at.line + u32::try_from(text.matches('\n').count()).unwrap_or(0)));
    let keys = node.as_map().into_iter().flatten().map(|(key, _)| key.at.end_line);
    deepest.chain(keys).max().unwrap_or(node.at.line) as usize
}

fn is_nothing(node: &Node) -> bool {
    matches!(node.kind, NodeKind::Null)
}

/// Whether a list or mapping stands in brackets. Its place is that of the bracket or of its first member.
fn is_flow(text: &str, node: &Node) -> bool {
    let Some(offset) = LineIndex::new(text).offset(node.at.line, node.at.column) else { return false };
    let opens = |character: Option<char>| character.is_some_and(|character| matches!(character, '{' | '['));
    opens(text[offset..].chars().next()) || opens(text[..offset].trim_end_matches(' ').chars().next_back())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair(key: &str, value: &str) -> Addition {
        Addition::Pair(key.to_owned(), value.to_owned())
    }

    #[test]
    fn what_is_there_stays_as_it_was() {
        let text = "# ours\norganization:\n  name: Acme # the firm\n\ndocuments:\n  # what we know\n  map:\n    a.md: risk-register   # sure\n  not: [README.md]\n# end\n";
        let edited = add(text, &["documents", "map"], &[pair("b c.md", "service-catalogue")]).expect("an edit");
        assert_eq!(edited, text.replace("# sure\n", "# sure\n    b c.md: service-catalogue\n"));
        let edited = add(&edited, &["documents", "not"], &[Addition::Item("blog/**".to_owned())]).expect("an edit");
        assert!(edited.contains("not: [README.md, \"blog/**\"]"), "{edited}");
    }

    #[test]
    fn keys_that_are_not_there_are_made() {
        for text in
            ["", "# only a comment\n", "organization:\n  name: Acme\n", "documents:\n", "documents:\n  exclude: [old]\n", "documents:\n  not:\n    - README.md"]
        {
            let edited = add(text, &["documents", "map"], &[pair("p/*.md", "risk-register")]).expect("an edit");
            let node = read_all(&edited, Limits::FRONT_MATTER).expect("YAML").remove(0);
            let kind = node
                .get("documents")
                .and_then(|node| node.get("map"))
                .and_then(Node::as_map)
                .map(|pairs| (pairs[0].0.value.clone(), pairs[0].1.as_text().map(str::to_owned)));
            assert_eq!(kind, Some(("p/*.md".to_owned(), Some("risk-register".to_owned()))), "{edited}");
            assert!(text.lines().all(|line| edited.contains(line)), "{edited}");
        }
    }

    #[test]
    fn lists_in_lines_grow_by_a_line() {
        let edited =
            add("documents:\n  not:\n    - README.md # no\n  exclude: []\n", &["documents", "not"], &[Addition::Item("a.md".to_owned())]).expect("an edit");
        assert_eq!(edited, "documents:\n  not:\n    - README.md # no\n    - a.md\n  exclude: []\n");
    }

    #[test]
    fn what_cannot_hold_it_is_refused() {
        assert!(add("[a, b]", &["documents", "map"], &[pair("a", "b")]).is_err());
        assert!(add("documents: {not: [a]}", &["documents", "map"], &[pair("a", "b")]).is_err());
        assert!(add("documents: text", &["documents", "map"], &[pair("a", "b")]).is_err());
    }

    #[test]
    fn brackets_and_braces_grow_in_their_line() {
        let item = [Addition::Item("a.md".to_owned())];
        assert_eq!(add("documents:\n  not: []  # none\n", &["documents", "not"], &item).as_deref(), Ok("documents:\n  not: [a.md]  # none\n"));
        assert_eq!(add("documents:\n  not: [b.md]\n", &["documents", "not"], &item).as_deref(), Ok("documents:\n  not: [b.md, a.md]\n"));
        let added = [pair("a.md", "risk-register")];
        assert_eq!(
            add("documents:\n  map: {b.md: scope-statement}\n", &["documents", "map"], &added).as_deref(),
            Ok("documents:\n  map: {b.md: scope-statement, a.md: risk-register}\n")
        );
        assert_eq!(add("documents:\n  map: {}\n", &["documents", "map"], &added).as_deref(), Ok("documents:\n  map: {a.md: risk-register}\n"));
    }
}
