//! What is written can be read, whatever people type.
#![expect(clippy::unwrap_used, reason = "a test may fall, and says where")]

use proptest::prelude::*;

use super::*;
use crate::yaml::{Limits, Node, read_all};

const HEAD: FileHead<'static> = FileHead { audit: "internal", standard: "S", map_version: "1" };

fn change(id: &str, text: &str) -> Change {
    let fields = Fields { result: "conform".to_owned(), evidence_seen: text.to_owned(), notes: text.to_owned(), ..Fields::default() };
    Change { id: id.to_owned(), sort: ChangeSort::New, fields, stale: None, hash: "0011223344556677".to_owned(), evidence: vec!["a.md".to_owned()] }
}

fn entries(text: &str) -> Vec<Node> {
    read_all(text, Limits::RECORDS).unwrap()[0].get("statements").unwrap().as_list().unwrap().to_vec()
}

#[test]
fn a_file_that_is_there_keeps_what_did_not_change() {
    let (first, second) = (change("5.1-a", "one"), change("5.1-b", "two"));
    let old = statements_file(None, &HEAD, &[&first, &second]).unwrap();
    assert!(is_ours(&old));
    assert_eq!(statements_file(Some(&old), &HEAD, &[]).unwrap(), old);
    let third = change("5.1-a", "three");
    let new = statements_file(Some(&old), &HEAD, &[&third]).unwrap();
    assert_eq!(new, old.replace("one", "three"));
    assert!(!is_ours("schema: clausewise/statements/v1\nstatements: []\n"));
    assert!(!is_ours("- 1\n") && !is_ours("") && !is_ours("a: [\n"));
    assert!(statements_file(Some("a: 1\n"), &HEAD, &[]).is_err());
}

#[test]
fn texts_that_yaml_would_take_for_something_else_stay_texts() {
    for text in [
        "yes",
        "null",
        "~",
        "1.0",
        "2026-10-15",
        "# no",
        "- a",
        "a: b",
        "{x",
        "'q'",
        "\"q",
        "|\n x",
        "a\nb\n",
        "=1",
        "&a",
        "*a",
        "!t",
        "%d",
        "@",
        "`",
        "a\tb",
        "\u{85}x",
        "…\u{2028}x",
    ] {
        let file = statements_file(None, &HEAD, &[&change("1", text)]).unwrap();
        let read = entries(&file);
        let expected = text.replace(['\u{85}', '\u{2028}'], "\n");
        assert_eq!(read[0].get("notes").and_then(Node::as_text), Some(expected.trim()), "{file}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_text_survives(text in "(\\PC|[\n\t :#'\"\\-]){1,60}") {
        let file = statements_file(None, &HEAD, &[&change("1", &text)]).unwrap();
        let again = statements_file(Some(&file), &HEAD, &[]).unwrap();
        prop_assert_eq!(&file, &again);
        let read = entries(&file);
        let expected = text.replace(['\u{85}', '\u{2028}', '\u{2029}'], "\n");
        prop_assert_eq!(read[0].get("notes").and_then(Node::as_text).unwrap_or_default(), expected.trim());
    }
}
