//! A deliverable as a Word document, laid out from its Markdown: a cover, a table of contents, real headings, lists and
//! tables, on A4 in landscape. The tables decide that: sections that alternate between the two ways of a sheet tear a
//! report apart, and body text is held to a readable measure instead.
//!
//! Of the Markdown, everything before the first heading of the second level is the cover; a line of hyphens begins a new
//! page, a comment in front of a table makes it one to fill in by hand, and the comment `contents` says where the contents
//! stand when they do not follow the cover.

mod blocks;
mod body;
mod columns;
mod cover;
mod logo;
mod package;
mod text;

use super::headings::headings;
use super::house::HouseStyle;

/// What the head of every page tells beside the title.
#[derive(Clone, Debug, Default)]
pub(super) struct Subject {
    /// Of whom it is.
    pub(super) organization: Option<String>,
    /// As of which day.
    pub(super) as_of: Option<String>,
}

/// The document's bytes; the same for the same text.
///
/// # Errors
/// In words: a text that a document cannot hold.
pub(super) fn docx(markdown: &str, house: &HouseStyle, subject: &Subject) -> Result<Vec<u8>, String> {
    let words = headings(house.language.as_deref())?.remove("common").unwrap_or_default();
    let blocks = blocks::blocks(markdown);
    let body = body::body(&blocks, house, &words);
    package::package(body, house, subject)
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    fn part(bytes: &[u8], name: &str) -> String {
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
        let mut text = String::new();
        archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
        text
    }

    fn document(markdown: &str) -> String {
        part(&docx(markdown, &HouseStyle::default(), &Subject::default()).unwrap(), "word/document.xml")
    }

    #[test]
    fn tables_have_a_head_that_repeats_and_rows_that_stay_whole() {
        let xml = document("# T\n\n## A\n\n| Id | What |\n|---:|---|\n| 1 | one \\| two |\n| 2 | `code` and **bold** |\n");
        assert_eq!(xml.matches("<w:tbl>").count(), 1);
        assert_eq!(xml.matches("<w:tr>").count(), 3);
        assert_eq!(xml.matches("<w:tc>").count(), 6);
        assert_eq!(xml.matches("<w:tblHeader />").count(), 1);
        assert_eq!(xml.matches("<w:cantSplit />").count(), 3);
        assert_eq!(xml.matches("<w:gridCol w:w=").count(), 2);
        assert!(xml.contains("one | two") && xml.contains("<w:rStyle w:val=\"Code\" />"), "{xml}");
    }

    #[test]
    fn a_comment_in_front_of_a_table_makes_it_one_to_fill_in() {
        let table = |comment: &str| document(&format!("# T\n\n## A\n\n{comment}\n\n| Id | Seen |\n|---|---|\n| 1 | |\n"));
        let sheet = table("<!-- columns: 75 25; rows: 900 -->");
        assert!(sheet.contains("<w:tblStyle w:val=\"SheetTable\" />") && sheet.contains("<w:trHeight w:val=\"900\""), "{sheet}");
        assert!(sheet.contains("<w:gridCol w:w=\"10927\" />") && sheet.contains("w:top=\"1021\""), "{sheet}");
        for other in ["<!-- columns: 75 25 10 -->", "<!-- columns: 0 25 -->", "<!-- columns: many few -->", "<!-- anything -->"] {
            assert!(table(other).contains("<w:tblStyle w:val=\"ReportTable\" />"), "{other}");
        }
    }

    #[test]
    fn the_first_heading_and_the_first_table_are_the_cover_and_headings_are_contents() {
        let xml = document("# Gap report: A & B\n\n| | |\n|---|---|\n| Unit | IT |\n\n## Summary\n\nText.\n\n### Part\n\nText.\n");
        assert!(xml.contains("<w:pStyle w:val=\"Title\" />") && xml.contains("Gap report: A &amp; B"));
        assert!(xml.contains("<w:pStyle w:val=\"Heading1\" />") && xml.contains("<w:pStyle w:val=\"Heading2\" />"));
        assert!(xml.contains("TOC \\o \"1-2\""), "{xml}");
        assert_eq!(xml.matches("<w:tblHeader />").count(), 0, "facts of a cover have no head row");
        assert_eq!(xml.matches("<w:pageBreakBefore />").count(), 2, "contents and the first heading begin pages: {xml}");
    }

    #[test]
    fn lists_are_numbered_by_word_and_each_begins_anew() {
        let xml = document("1. a\n2. b\n\ntext\n\n1. c\n   - d\n");
        let of = |id: usize| xml.matches(&format!("<w:numId w:val=\"{id}\" />")).count();
        assert_eq!((of(2), of(10), of(11)), (1, 2, 1), "{xml}");
    }

    #[test]
    fn characters_that_xml_forbids_are_shown() {
        let xml = document("a\u{b}b \u{fffe}c & <d> `\u{1f}` \u{202e}x\n");
        assert!(xml.contains("a\\x0Bb &lt;U+FFFE&gt;c &amp;"), "{xml}");
        assert!(xml.contains("\\x1F") && xml.contains("&lt;U+202E&gt;x"), "{xml}");
    }

    #[test]
    fn the_same_text_gives_the_same_bytes_and_says_no_time() {
        let markdown = "# T\n\n## A\n\n- x\n\n| a | b |\n|---|---|\n| 1 | 2 |\n";
        let house = HouseStyle { prepared_by: Some("A & Co".to_owned()), classification: Some("<secret>".to_owned()), ..HouseStyle::default() };
        let first = docx(markdown, &house, &Subject::default()).unwrap();
        assert_eq!(first, docx(markdown, &house, &Subject::default()).unwrap());
        let core = part(&first, "docProps/core.xml");
        assert!(core.contains("A &amp; Co") && core.contains("en-GB") && !core.contains("dcterms"), "{core}");
        assert!(part(&first, "word/styles.xml").contains("w:val=\"en-GB\""));
        assert!(part(&first, "word/footer1.xml").contains("&lt;secret&gt;"));
    }

    #[test]
    fn a_logo_stands_on_the_cover_as_it_is_and_what_is_no_picture_is_left_out() {
        // One pixel; the size stands at the beginning, and nothing else of it is read.
        let pixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=";
        let with = |logo: &str| docx("# T\n\n## A\n", &HouseStyle { logo: Some(logo.to_owned()), ..HouseStyle::default() }, &Subject::default()).unwrap();
        let bytes = with(&format!("data:image/png;base64,{pixel}"));
        assert_eq!(bytes, with(&format!("data:image/png;base64,{pixel}")), "pictures are counted, and the count must not show");
        let xml = part(&bytes, "word/document.xml");
        assert!(xml.contains("r:embed=\"rIdLogo\"") && xml.contains("descr=\"Logo\"") && xml.find("rIdLogo") < xml.find("\"Title\""), "{xml}");
        assert!(part(&bytes, "word/_rels/document.xml.rels").contains("Target=\"media/rIdLogo.png\""));
        assert_eq!(part(&bytes, "[Content_Types].xml").matches("Extension=\"png\"").count(), 1);
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
        assert!(archive.by_name("word/media/rIdLogo.png").is_ok());
        for broken in ["data:image/png;base64,AAAA", "data:image/png;base64,!", "https://example.org/logo.png"] {
            assert!(!part(&with(broken), "word/document.xml").contains("rIdLogo"), "{broken}");
        }
    }

    #[test]
    fn depth_and_size_do_no_harm() {
        let deep = format!("{}x\n\n{}y\n", ">".repeat(2_000), "- ".repeat(500));
        assert!(document(&deep).contains('x'));
        let wide = format!("{}\n{}\n{}\n", "| a ".repeat(300), "|---".repeat(300), "| b ".repeat(300));
        assert!(!document(&wide).contains("<w:tbl>"), "more columns than Word has");
    }
}
