//! The file of statements that answers go to, as text.

use serde_yaml::{Mapping, Value};

use super::{Change, ChangeSort};
use crate::yaml::{Limits, Node, NodeKind, read_all};

/// By this a file is known as one that importing wrote, and may write again.
const WRITTEN_BY: &str = "clausewise import";
/// Version of the schema of statements.
const SCHEMA: &str = "clausewise/statements/v1";
/// Keys that an answer sets; others that somebody added to an entry stay.
const OURS: [&str; 11] = ["row", "requirement", "result", "assessor", "made_on", "evidence_seen", "auditee", "notes", "evidence", "hash", "stale"];

/// What stands at the head of the file.
#[derive(Clone, Debug)]
pub struct FileHead<'run> {
    /// Kind and name of the audit.
    pub audit: &'run str,
    /// Edition of the standard.
    pub standard: &'run str,
    /// Version of the clause map.
    pub map_version: &'run str,
}

/// Whether a text is a file that importing wrote.
pub fn is_ours(text: &str) -> bool {
    root(text).is_some_and(|root| {
        let says = |key: &str| root.get(key).and_then(Node::as_text).unwrap_or_default().to_owned();
        says("written_by") == WRITTEN_BY && says("schema") == SCHEMA && root.get("statements").is_none_or(|list| list.is_empty() || list.as_list().is_some())
    })
}

/// The file with these changes: what is there and did not change stays, what changed is replaced, what is new comes last.
///
/// # Errors
/// In words, if what is there is no file of ours.
pub fn statements_file(old: Option<&str>, head: &FileHead<'_>, changes: &[&Change]) -> Result<String, String> {
    let mut file = Mapping::new();
    let mut entries: Vec<Mapping> = Vec::new();
    if let Some(old) = old {
        let root = root(old).filter(|_| is_ours(old)).ok_or("it was not written by `clausewise import`")?;
        for (key, node) in root.as_map().unwrap_or_default() {
            if key.value == "statements" {
                entries.extend(node.as_list().unwrap_or_default().iter().filter_map(|node| match value(node) {
                    Value::Mapping(entry) => Some(entry),
                    _ => None,
                }));
            } else {
                file.insert(key.value.clone().into(), value(node));
            }
        }
    } else {
        for (key, text) in
            [("schema", SCHEMA), ("written_by", WRITTEN_BY), ("audit", head.audit), ("standard", head.standard), ("map_version", head.map_version)]
        {
            file.insert(key.into(), text.into());
        }
    }
    for change in changes.iter().filter(|change| matches!(change.sort, ChangeSort::New | ChangeSort::Changed(_))) {
        // Of several entries on a row the last one counts.
        match entries.iter_mut().rev().find(|entry| about(entry) == Some(change.id.as_str())) {
            Some(entry) => *entry = written(change, entry),
            None => entries.push(written(change, &Mapping::new())),
        }
    }
    file.insert("statements".into(), Value::Sequence(entries.into_iter().map(Value::Mapping).collect()));
    let text = serde_yaml::to_string(&Value::Mapping(file)).map_err(|error| error.to_string())?;
    Ok(format!("# Answers of an audit checklist, read back by `clausewise import`, which may write this file again.\n{text}"))
}

fn root(text: &str) -> Option<Node> {
    read_all(text, Limits::RECORDS).ok()?.into_iter().next().filter(|root| root.as_map().is_some())
}

fn about(entry: &Mapping) -> Option<&str> {
    ["row", "requirement"].iter().find_map(|key| entry.get(*key)?.as_str())
}

/// An entry; what somebody added to the one before stays, but for a reason that was given for another answer.
fn written(change: &Change, old: &Mapping) -> Mapping {
    let mut entry = Mapping::new();
    let fields = &change.fields;
    for (key, text) in [
        ("row", &change.id),
        ("result", &fields.result),
        ("assessor", &fields.auditor),
        ("made_on", &fields.date),
        ("evidence_seen", &fields.evidence_seen),
        ("auditee", &fields.auditee),
        ("notes", &fields.notes),
    ] {
        if !text.is_empty() {
            entry.insert(key.into(), plain_lines(text).into());
        }
    }
    if !change.evidence.is_empty() {
        entry.insert("evidence".into(), Value::Sequence(change.evidence.iter().map(|path| path.as_str().into()).collect()));
    }
    if !change.hash.is_empty() {
        entry.insert("hash".into(), change.hash.as_str().into());
    }
    if let Some(why) = &change.stale {
        entry.insert("stale".into(), why.as_str().into());
    }
    let is_other = |key: &str| !OURS.contains(&key) && (key != "reason" || fields.evidence_seen.is_empty());
    for (key, value) in old.iter().filter(|(key, _)| key.as_str().is_some_and(is_other)) {
        entry.insert(key.clone(), value.clone());
    }
    entry
}

/// Rarer ends of lines become the usual one: readers of YAML take them for such ends, and indent what follows.
fn plain_lines(text: &str) -> String {
    text.replace(['\u{85}', '\u{2028}', '\u{2029}'], "\n")
}

/// What was read, to be written again.
fn value(node: &Node) -> Value {
    match &node.kind {
        NodeKind::Null => Value::Null,
        NodeKind::Text(text) => text.as_str().into(),
        NodeKind::List(items) => Value::Sequence(items.iter().map(value).collect()),
        NodeKind::Map(pairs) => Value::Mapping(pairs.iter().map(|(key, node)| (key.value.clone().into(), value(node))).collect()),
    }
}
