//! The gap report as a Word document, as the program writes it.
#![expect(clippy::unwrap_used, reason = "a test may fall, and says where")]

#[expect(dead_code, clippy::unwrap_used, reason = "this story needs less than the faults do; a test may fall")]
mod support;

use std::collections::BTreeSet;
use std::io::{Cursor, Read};

use support::Repo;

fn report(example: &str, name: &str, more: &[&str]) -> Vec<u8> {
    let repo = Repo::plain();
    let target = repo.beside(name);
    let folder = support::example(example);
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

/// A checklist for programs, and the text of its Word document.
fn checklist(example: &str, more: &[&str]) -> (serde_json::Value, String) {
    let repo = Repo::plain();
    let (json, word) = (repo.beside("x.json"), repo.beside("x.docx"));
    let folder = support::example(example);
    let output = repo.run_in(&folder, &[&["checklist", "-o", json.to_str().unwrap(), "-o", word.to_str().unwrap()], more].concat());
    assert_eq!(output.code, Some(0), "{output:?}");
    (serde_json::from_slice(&std::fs::read(json).unwrap()).unwrap(), part(&std::fs::read(word).unwrap(), "word/document.xml"))
}

/// The text between the elements, a line for each paragraph.
fn text_of(xml: &str) -> String {
    let xml = xml.replace("</w:p>", "\n").replace("<w:br ", "\n<w:br ");
    xml.split('<').map(|piece| piece.split_once('>').map_or("", |(_, text)| text)).collect()
}

#[test]
fn a_checklist_in_word_holds_every_row_and_can_be_filled_in_by_hand() {
    for (example, kind, by) in [("gaps", "stage2", "process"), ("gaps", "stage1", "clause"), ("complete", "internal", "clause")] {
        let (view, document) = checklist(example, &["--audit", kind, "--by", by]);
        assert!(is_well_formed(&document));
        let text = text_of(&document);
        let ids: BTreeSet<&str> = text.lines().filter_map(|line| line.split(' ').next()).collect();
        let groups = view["groups"].as_array().unwrap().iter().chain([&view["previous"]]).chain(view["samples"]["lots"].as_array().unwrap());
        for row in groups.flat_map(|group| group["rows"].as_array().unwrap()) {
            let id = row["id"].as_str().unwrap();
            assert!(ids.contains(id) || text.lines().any(|line| line.starts_with(&format!("{id} "))), "{id} in {kind} by {by}");
        }
        assert!(document.contains("w:orient=\"landscape\""));
        // Each table has a head that repeats, the cover's facts aside, and no row breaks.
        assert_eq!(document.matches("<w:tblHeader />").count() + 1, document.matches("<w:tbl>").count());
        assert_eq!(document.matches("<w:cantSplit />").count(), document.matches("<w:tr>").count());
        for noise in ["places cited", "place cited", "no finding on this record", "all are looked at", "documents support it as far as they can; "] {
            assert!(!text.contains(noise), "{noise}");
        }
    }
}

#[test]
fn a_finding_is_told_in_words_once() {
    let (view, document) = checklist("gaps", &["--audit", "stage2"]);
    let text = text_of(&document);
    let contract = view["open_findings"].as_array().unwrap().iter().find(|finding| finding["rule"] == "contract-expired").unwrap();
    let message = contract["message"].as_str().unwrap();
    assert_eq!(text.matches(message).count(), 2, "in the list in front and at its requirement: {message}");
    let number = contract["number"].as_str().unwrap();
    assert!(text.contains(&format!("{number} minor, see 8.3.4.1-")) && text.contains("under \u{201c}8.3.4.1 "), "{number}");
    // The list tells what is wrong and where, or that it is nowhere.
    let missing = view["open_findings"].as_array().unwrap().iter().find(|finding| finding["place"] == "").unwrap();
    assert!(text.contains(missing["message"].as_str().unwrap()) && text.contains("nowhere: it is what is missing"));
}

#[test]
fn stage_1_in_word_counts_what_the_other_forms_count() {
    let (_, document) = checklist("gaps", &["--audit", "stage1"]);
    let text = text_of(&document);
    for words in ["Sub-clauses that no report covers yet: 14 (8.4.3", "The next is planned for 2026-11-24"] {
        assert_eq!(text.matches(words).count(), 2, "{words}: in front and at its row");
    }
    assert!(text.contains("held against 90 days") && text.contains("Incident management: 279 days from INC-2026-001"));
}

#[test]
fn there_is_a_blank_form_for_each_finding_that_is_proposed_and_pictographs_are_left_out() {
    let (view, document) = checklist("gaps", &["--audit", "stage2"]);
    let text = text_of(&document);
    for label in ["What was found\n", "Objective evidence\n", "Grade\n"] {
        assert!(text.contains(label), "{label}");
    }
    // As many as are proposed, up to a limit that is told.
    let proposed = view["open_findings"].as_array().unwrap().iter().filter(|finding| ["major", "minor"].contains(&finding["grade"].as_str().unwrap())).count();
    assert!((24..=36).contains(&proposed), "{proposed}");
    let forms = document.split("Nonconformities</w:t>").last().unwrap();
    assert_eq!(forms.matches("<w:trHeight w:val=\"1060\"").count(), proposed);
    assert!(!text.contains("There is room for"));
    assert!(forms.contains("<w:trHeight w:val=\"3700\""), "room for the conclusion");
    let (few, _) = checklist("complete", &["--audit", "stage2"]);
    assert_eq!((few["blank_forms"].as_u64(), few["blank_forms_note"].as_str()), (Some(8), Some("")));
    let repo = Repo::plain();
    repo.write("policy.md", "---\nkind: change-management-policy\nstatus: draft\n---\n# \u{1f4dd} Change \u{1f6e1}\u{fe0f} policy \u{2713}\n\nEvery change is asked for in writing.\n");
    let target = repo.beside("x.docx");
    repo.run(&["checklist", "--audit", "stage1", "-o", target.to_str().unwrap()]);
    let text = text_of(&part(&std::fs::read(&target).unwrap(), "word/document.xml"));
    assert!(text.contains("Change policy \u{2713}") && !text.contains('\u{1f4dd}') && !text.contains('\u{fe0f}'), "{}", &text[..3000]);
}

#[test]
fn the_head_of_every_page_names_client_and_day() {
    let repo = Repo::plain();
    let target = repo.beside("x.docx");
    for (command, title) in
        [(&["checklist", "--audit", "stage2"][..], "Audit checklist: Stage 2"), (&["gap"], "Gap report"), (&["soa"], "Statement of Applicability")]
    {
        repo.run_in(&support::example("gaps"), &[command, &["-o", target.to_str().unwrap()]].concat());
        let head = text_of(&part(&std::fs::read(&target).unwrap(), "word/header1.xml"));
        assert!(head.starts_with(title) && head.trim_end().ends_with(" \u{b7} As of 2026-10-15"), "{head}");
        assert_eq!(head.matches("Marlfield Systems Ltd").count(), 1, "{head}");
    }
}

#[test]
fn a_list_of_records_that_rows_of_a_sub_clause_share_is_printed_once() {
    let (_, document) = checklist("complete", &["--audit", "stage2"]);
    let text = text_of(&document);
    let of_requests = text.split("sample S2: ").next().unwrap();
    let first = of_requests.lines().find(|line| line.starts_with("sample S1: ")).unwrap();
    let list = first.strip_prefix("sample S1: ").unwrap();
    assert!(list.matches("; ").count() >= 3, "{first}");
    assert_eq!(of_requests.matches(list).count(), 1, "{list}");
    assert!(of_requests.contains("sample S1 above"), "{of_requests}");
    assert!(text.contains("as \u{201c}sample S1\u{201d} and so on"));
}

#[test]
fn a_change_that_all_files_share_is_told_once() {
    let repo = Repo::new();
    for name in ["a", "b", "c"] {
        repo.write(
            format!("{name}.md"),
            "---\nkind: change-management-policy\nstatus: approved\n---\n# Change policy\n\nEvery change is asked for in writing.\n",
        );
    }
    repo.commit("2026-09-01");
    let target = repo.beside("x.docx");
    repo.run(&["checklist", "--audit", "stage1", "-o", target.to_str().unwrap()]);
    let text = text_of(&part(&std::fs::read(&target).unwrap(), "word/document.xml"));
    assert!(text.contains("All 3 files that rows name as evidence were last changed on 2026-09-01, in the commit "), "{}", &text[..2000]);
}

#[test]
fn answers_that_are_kept_stand_in_their_cells() {
    let repo = Repo::plain();
    repo.write("a.md", "# A\n\nText.\n");
    repo.write(
        "assessments/x.yaml",
        "schema: clausewise/statements/v1\nassessor: Joanna Frost\nmade_on: 2026-09-20\nstatements:\n  - row: 4.1-s1\n    result: conform\n    evidence_seen: The list of issues on the wall\n    notes: Ask again\n",
    );
    let target = repo.beside("x.docx");
    repo.run(&["checklist", "--audit", "stage2", "-o", target.to_str().unwrap()]);
    let text = text_of(&part(&std::fs::read(&target).unwrap(), "word/document.xml"));
    assert!(text.contains("conform\n") && text.contains("The list of issues on the wall") && text.contains("Ask again"), "{}", &text[..2000]);
}

#[test]
fn a_checklist_template_of_ones_own_is_also_that_of_word() {
    let repo = Repo::plain();
    repo.write("a.md", "# A\n\nText.\n");
    repo.write("house/checklist.md", "# Ours\n\nOne line of ours.\n");
    repo.write("print/checklist.md", "# Ours\n\nOne line of ours.\n");
    repo.write("print/checklist-print.md", "# Print\n\nOne line for print.\n");
    for (folder, line) in [("house", "One line of ours."), ("print", "One line for print.")] {
        let target = repo.beside("x.docx");
        repo.run(&["checklist", "--audit", "stage2", "--templates", folder, "-o", target.to_str().unwrap()]);
        assert!(text_of(&part(&std::fs::read(&target).unwrap(), "word/document.xml")).contains(line), "{folder}");
    }
}
