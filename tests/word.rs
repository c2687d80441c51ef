//! The gap report as a Word document, as the program writes it.
#![expect(clippy::unwrap_used, reason = "a test may fall, and says where")]

#[expect(dead_code, clippy::unwrap_used, reason = "this story needs less than the faults do; a test may fall")]
mod support;

use std::io::{Cursor, Read};
use std::path::Path;

use support::Repo;

fn report(example: &str, name: &str, more: &[&str]) -> Vec<u8> {
    let repo = Repo::plain();
    let target = repo.beside(name);
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(example);
    let output = repo.run_in(&folder, &[&["gap", "-o", target.to_str().unwrap()], more].concat());
    assert_eq!(output.code, Some(0), "{output:?}");
    std::fs::read(target).unwrap()
}

fn part(bytes: &[u8], name: &str) -> String {
    let mut text = String::new();
    zip::ZipArchive::new(Cursor::new(bytes)).unwrap().by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

/// Whether every element that begins also ends, in order, and no character is there that XML forbids.
fn is_well_formed(xml: &str) -> bool {
    let mut open = Vec::new();
    for tag in xml.split('<').skip(1) {
        let Some((tag, text)) = tag.split_once('>') else { return false };
        let name = |tag: &str| tag.split(' ').next().unwrap_or_default().to_owned();
        if let Some(end) = tag.strip_prefix('/') {
            if open.pop() != Some(name(end)) {
                return false;
            }
        } else if !tag.ends_with('/') && !tag.starts_with('?') {
            open.push(name(tag));
        }
        if text.chars().any(|character| character.is_control() && character != '\n') {
            return false;
        }
    }
    open.is_empty()
}

#[test]
fn a_gap_report_in_word_is_whole_and_has_a_title() {
    let bytes = report("gaps", "x.docx", &[]);
    for name in ["word/document.xml", "word/styles.xml", "word/numbering.xml", "word/settings.xml", "word/header1.xml", "word/footer1.xml", "docProps/core.xml"]
    {
        assert!(is_well_formed(&part(&bytes, name)), "{name}");
    }
    let document = part(&bytes, "word/document.xml");
    let title = document.split("<w:pStyle w:val=\"Title\" />").nth(1).unwrap();
    assert!(title.contains("Marlfield Systems Ltd"), "{}", &title[..300]);
    assert!(document.contains("<w:pStyle w:val=\"Heading1\" />") && document.contains("TOC \\o") && document.contains("<w:tblHeader />"));
    // Whoever reads it with the library that wrote it finds the same.
    assert!(docx_rs::read_docx(&bytes).is_ok());
}

#[test]
fn the_same_report_has_the_same_bytes() {
    assert_eq!(report("gaps", "one.docx", &[]), report("gaps", "two.docx", &[]));
}
