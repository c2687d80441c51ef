//! Workbooks on paper: as wide as a page that can be read, heads on each page, and nothing printed that only programs need.
#![expect(clippy::unwrap_used, reason = "a test may fall, and says where")]

#[expect(dead_code, clippy::unwrap_used, reason = "this story needs less than the faults do; a test may fall")]
mod support;

use std::io::{Cursor, Read};
use std::path::Path;

use support::Repo;

fn workbook(command: &[&str]) -> Vec<u8> {
    let repo = Repo::plain();
    let target = repo.beside("x.xlsx");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/gaps");
    let output = repo.run_in(&folder, &[command, &["-o", target.to_str().unwrap()]].concat());
    assert_eq!(output.code, Some(0), "{output:?}");
    std::fs::read(target).unwrap()
}

fn part(bytes: &[u8], name: &str) -> Option<String> {
    let mut text = String::new();
    zip::ZipArchive::new(Cursor::new(bytes)).unwrap().by_name(name).ok()?.read_to_string(&mut text).unwrap();
    Some(text)
}

/// What a defined name of a sheet says: "'Action plan'!$A$1:$M$40".
fn defined(book: &str, name: &str) -> Vec<String> {
    let begins = format!("<definedName name=\"_xlnm.{name}\"");
    book.split(&begins).skip(1).filter_map(|rest| Some(rest.split_once('>')?.1.split_once('<')?.0.replace('\'', ""))).collect()
}

#[test]
fn every_sheet_is_landscape_with_its_head_on_every_page_and_letters_that_can_be_read() {
    for command in [&["gap"][..], &["soa"], &["checklist", "--audit", "stage2"]] {
        let bytes = workbook(command);
        let book = part(&bytes, "xl/workbook.xml").unwrap();
        let titles = defined(&book, "Print_Titles");
        for at in 1.. {
            let Some(sheet) = part(&bytes, &format!("xl/worksheets/sheet{at}.xml")) else { break };
            if !sheet.contains("<pageSetup") {
                continue;
            }
            assert!(sheet.contains("orientation=\"landscape\"") && sheet.contains("paperSize=\"9\""), "{command:?} {at}");
            let scale: u32 = sheet.split("scale=\"").nth(1).and_then(|rest| rest.split('"').next()).map_or(100, |scale| scale.parse().unwrap());
            assert!(scale >= 50, "{command:?} {at}: {scale}");
            assert!(sheet.contains("fitToHeight=\"0\"") || sheet.contains("<colBreaks"), "{command:?} {at}");
        }
        assert!(titles.iter().filter(|title| title.contains("$1:$1")).count() >= 4, "{titles:?}");
    }
}

#[test]
fn what_only_programs_need_is_in_the_file_and_not_on_paper() {
    let bytes = workbook(&["gap"]);
    let book = part(&bytes, "xl/workbook.xml").unwrap();
    let areas = defined(&book, "Print_Area");
    let area = |sheet: &str| areas.iter().find(|area| area.starts_with(&format!("{sheet}!"))).unwrap();
    assert!(area("Findings").contains(":$J$"), "{areas:?}");
    assert!(area("Requirements").contains(":$H$"), "{areas:?}");
    assert_eq!(area("Evidence"), "Evidence!$A$1:$G$1");
    let strings = part(&bytes, "xl/sharedStrings.xml").unwrap();
    for head in ["Fingerprint", "Rule", "Confidence", "Last change"] {
        assert!(strings.contains(&format!(">{head}</t>")), "{head}");
    }
}

/// A manager opens the workbook and no other form: what the report says first stands there too.
#[test]
fn a_workbook_says_what_the_report_says_first_and_what_stands_beside_a_finding() {
    let bytes = workbook(&["gap"]);
    let strings = part(&bytes, "xl/sharedStrings.xml").unwrap();
    for text in ["What can stay: ", "To do first, 1<", "Who begins: ", "stage 1 (", "also named in: ", "Already decided<", "Second survey of the year"] {
        assert!(strings.contains(text), "{text}");
    }
}
