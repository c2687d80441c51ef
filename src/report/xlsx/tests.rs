//! The writer held against an independent reader.

use std::io::{Cursor, Read};

use calamine::{Data, Reader, Xlsx, open_workbook_from_rs};
use jiff::civil::date;

use super::*;
use crate::report::workbook::{Cell, Chart, ChartForm, Column, Content, Sheet};

/// Everything that a workbook of ours can hold.
pub(super) fn sample() -> Workbook {
    let results = ["conform", "minor", "major", "observation", "not audited"].map(str::to_owned).to_vec();
    let many = (0..60).map(|number| format!("process, number {number}")).collect();
    let question = "How do impact and urgency make priority? Show the last major incident: manager, when top management was told, review, improvement.";
    let rows = ["8.6.1-s1", "8.6.1-s2", "8.6.1-s3"].into_iter().map(|id| {
        vec![
            Cell::text(id),
            Cell::text(question),
            Cell::text("records/incidents/INC-0042.yaml:12\nrecords/incidents/INC-0043.yaml:3"),
            Cell::text("needs-auditor"),
            Cell::text(if id.ends_with('2') { "minor" } else { "major" }),
            Cell::text(if id.ends_with('1') { "conform" } else { "" }),
            Cell::Empty,
            Cell::Empty,
            Cell::Date(date(2026, 3, 5)),
            Cell::Empty,
        ]
    });
    let columns = vec![
        Column::new("ID", 11.0, Content::Word),
        Column::new("Question", 44.0, Content::Text),
        Column::new("Evidence found", 34.0, Content::Text),
        Column::new("Verdict", 16.0, Content::Verdict),
        Column::new("Proposed grade", 14.0, Content::Grade),
        Column::new("Result", 14.0, Content::Choice(results)),
        Column::new("Process", 16.0, Content::Choice(many)),
        Column::new("Evidence seen", 30.0, Content::Blank),
        Column::new("Last changed", 12.0, Content::Date),
        Column::new("Date", 12.0, Content::BlankDate),
    ];
    let clause = |number: &str, documents: f64, open: f64| vec![Cell::text(number), Cell::Number(documents), Cell::Number(open)];
    let mut summary = Sheet::new(
        "Summary: by clause",
        vec![Column::new("Clause", 30.0, Content::Text), Column::new("Documents", 12.0, Content::Number), Column::new("Open", 10.0, Content::Number)],
        vec![clause("4 Context", 8.0, 1.0), clause("5 Leadership", 5.0, 4.0), clause("6 Planning", 2.0, 7.0), clause("7 Support", 9.0, 3.0)],
    );
    let chart = |form| Chart { form, title: "Documents and open points by clause".to_owned(), categories: 0, values: vec![1, 2], rows: (0, 3), most: None };
    summary.charts = vec![chart(ChartForm::Bars), chart(ChartForm::Radar)];
    let sheets = vec![summary, Sheet::new("Checklist", columns, rows.collect()).register()];
    let meta = [("schema", "clausewise/test/v1"), ("as_of", "2026-10-15")].map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
    Workbook { title: "Audit checklist & more".to_owned(), sheets, meta }
}

fn cell(content: Content, cell: Cell) -> Workbook {
    let sheet = Sheet::new("A", vec![Column::new("ID", 10.0, Content::Word), Column::new("Head", 20.0, content)], vec![vec![Cell::text("1"), cell]]);
    Workbook { title: "T".to_owned(), sheets: vec![sheet], meta: Vec::new() }
}

fn read_back(workbook: &Workbook) -> Xlsx<Cursor<Vec<u8>>> {
    open_workbook_from_rs(Cursor::new(xlsx(workbook, &HouseStyle::default()).unwrap())).unwrap()
}

/// The text of a part of the file.
fn part(bytes: Vec<u8>, name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

#[test]
fn an_independent_reader_finds_what_was_written() {
    let mut file = read_back(&sample());
    assert_eq!(file.sheet_names(), ["Summary- by clause", "Checklist", "_lists", "_meta"]);
    let range = file.worksheet_range("Checklist").unwrap();
    assert_eq!(range.get((0, 5)), Some(&Data::String("Result".to_owned())));
    assert_eq!(range.get((1, 2)).unwrap().to_string(), "records/incidents/INC-0042.yaml:12\nrecords/incidents/INC-0043.yaml:3");
    assert!(matches!(range.get((1, 8)), Some(Data::DateTime(day)) if day.to_ymd_hms_milli() == (2026, 3, 5, 0, 0, 0, 0)));
    let meta = file.worksheet_range("_meta").unwrap();
    assert_eq!(meta.get((0, 1)), Some(&Data::String("clausewise/test/v1".to_owned())));
    assert_eq!(file.worksheet_range("_lists").unwrap().get_size(), (60, 1));
}

#[test]
fn the_same_tables_give_the_same_bytes() {
    let house = HouseStyle { colour: Some("#ffe100".to_owned()), ..HouseStyle::default() };
    assert_eq!(xlsx(&sample(), &house).unwrap(), xlsx(&sample(), &house).unwrap());
    assert!(part(xlsx(&sample(), &house).unwrap(), "docProps/core.xml").contains("2026-10-15T00:00:00Z"));
}

#[test]
fn text_is_text_whatever_it_looks_like() {
    for text in ["=1+1", "+1", "-1", "@SUM(A1)", "＝1+1", "=HYPERLINK(\"http://a.example\")", "a\";=1+1", "8.6", "2026-01-01", "TRUE", "_x0041_"] {
        let workbook = cell(Content::Text, Cell::text(text));
        let mut file = read_back(&workbook);
        assert_eq!(file.worksheet_range("A").unwrap().get((1, 1)), Some(&Data::String(text.to_owned())));
        assert!(file.worksheet_formula("A").unwrap().is_empty());
        let sheet = part(xlsx(&workbook, &HouseStyle::default()).unwrap(), "xl/worksheets/sheet1.xml");
        assert!(!sheet.contains("<f>") && !sheet.contains("hyperlink"), "{text}");
    }
}

#[test]
fn hostile_names_and_texts_make_a_file_that_opens() {
    let mut workbook = cell(Content::Text, Cell::text("a\u{0}\u{1b}[2J\u{fffe}\u{202e}b\r\nc".to_owned() + &"x".repeat(40_000)));
    workbook.title = "&P 1 <title> \u{1} 'x'".repeat(20);
    let mut twin = workbook.sheets[0].clone();
    twin.name = "a".to_owned();
    twin.columns[1].head = "=Head\u{7}".to_owned();
    workbook.sheets.push(twin);
    workbook.meta = vec![("as_of".to_owned(), "never".to_owned())];
    let mut file = read_back(&workbook);
    assert_eq!(file.sheet_names(), ["A", "a (2)", "_meta"]);
    let text = file.worksheet_range("A").unwrap().get((1, 1)).unwrap().to_string();
    assert!(text.starts_with("a\\x00\\x1B[2J") && text.contains("<U+202E>b\nc") && text.ends_with("more characters]"), "{}", &text[..60]);
}

#[test]
fn days_that_the_program_does_not_know_stay_readable() {
    let mut file = read_back(&cell(Content::Date, Cell::Date(date(1815, 12, 10))));
    assert_eq!(file.worksheet_range("A").unwrap().get((1, 1)), Some(&Data::String("1815-12-10".to_owned())));
}

#[test]
fn an_empty_workbook_opens() {
    let mut file = read_back(&Workbook { title: "Nothing".to_owned(), sheets: Vec::new(), meta: Vec::new() });
    assert_eq!(file.worksheet_range("Nothing").unwrap().get_size(), (0, 0));
    let none = Workbook { title: "T".to_owned(), sheets: vec![Sheet::new("A", Vec::new(), Vec::new())], meta: Vec::new() };
    assert_eq!(read_back(&none).sheet_names(), ["A", "_meta"]);
}

/// Not a test of anything: writes the sample where a person can open it.
#[test]
#[ignore = "for looking at it: CLAUSEWISE_SAMPLE=FILE"]
#[expect(clippy::disallowed_methods, reason = "the place is named by whoever looks")]
fn written_for_looking_at() {
    let path = std::env::var("CLAUSEWISE_SAMPLE").unwrap();
    std::fs::write(path, xlsx(&sample(), &HouseStyle { classification: Some("Confidential".to_owned()), ..HouseStyle::default() }).unwrap()).unwrap();
}
