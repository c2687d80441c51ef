//! Files as people hand them back.

use std::io::Write;

use proptest::prelude::*;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
use zip::write::SimpleFileOptions;

use super::*;

const HEADS: [&str; 2] = ["ID", "Result"];

fn csv(text: &str) -> Result<FilledIn, String> {
    read_answers("a.csv", text.as_bytes(), &HEADS)
}

fn pairs(filled_in: &FilledIn) -> Vec<(String, String)> {
    filled_in.tables.iter().flat_map(|table| &table.rows).map(|row| (row.text("ID").to_owned(), row.text("result").to_owned())).collect()
}

fn pair(id: &str, result: &str) -> (String, String) {
    (id.to_owned(), result.to_owned())
}

fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        archive.start_file(*name, SimpleFileOptions::default()).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

#[test]
fn columns_are_found_by_their_heads() {
    let expected = [pair("8.6.1-s1", "conform")];
    for text in [
        "ID,Result\n8.6.1-s1,conform\n",
        "My column;RESULT ;id\nx;conform;8.6.1-s1\n",
        "sep=;\nid;result\n8.6.1-s1;conform\n",
        "Our audit, of 2026\n\nResult\tID\nconform\t8.6.1-s1\n\n",
        "\"ID\",\"Result\"\r\n\"8.6.1-s1\",\" conform \"\r\n\"\",\"\"\r\n",
    ] {
        assert_eq!(pairs(&csv(text).unwrap()), expected, "{text}");
    }
    assert_eq!(csv("ID,Result\n1,x\n").unwrap().tables[0].rows[0].cell("Result").unwrap().place, "line 2, column Result");
    assert!(csv("ID,Outcome\n1,x\n").unwrap_err().contains("`ID` and `Result`"));
    assert!(csv("ID,Result\n1,x,y\n").unwrap_err().contains("line 2: more cells than columns"));
    assert!(csv("").unwrap_err().contains("empty"));
}

#[test]
fn the_apostrophe_in_front_of_a_formula_comes_off() {
    let filled_in = csv("ID,Result,Notes\n1,minor,\"'=1+1\"\n2,minor,'quoted'\n").unwrap();
    let notes: Vec<&str> = filled_in.tables[0].rows.iter().map(|row| row.text("Notes")).collect();
    assert_eq!(notes, ["=1+1", "'quoted'"]);
}

#[test]
fn texts_come_in_the_encodings_of_office_programs() {
    let text = "ID;Result;Notes\n1;minor;Müller – ärgerlich\n";
    let units: Vec<u16> = text.encode_utf16().collect();
    let little: Vec<u8> = units.iter().flat_map(|unit| unit.to_le_bytes()).collect();
    let big: Vec<u8> = units.iter().flat_map(|unit| unit.to_be_bytes()).collect();
    let windows = encoding_rs::WINDOWS_1252.encode(text).0.into_owned();
    let with = |mark: &[u8], bytes: &[u8]| [mark, bytes].concat();
    for bytes in [
        with(&[], text.as_bytes()),
        with(&[0xEF, 0xBB, 0xBF], text.as_bytes()),
        with(&[0xFF, 0xFE], &little),
        with(&[0xFE, 0xFF], &big),
        little,
        big,
        windows.clone(),
    ] {
        let filled_in = read_answers("a.csv", &bytes, &HEADS).unwrap();
        assert_eq!(filled_in.tables[0].rows[0].text("Notes"), "Müller – ärgerlich");
    }
    assert!(read_answers("a.csv", &windows, &HEADS).unwrap().remarks[0].contains("Windows-1252"));
    assert!(read_answers("a.csv", b"ID,Result\n1,\x81\xff\n", &HEADS).unwrap_err().contains("UTF-8"));
    assert!(read_answers("a.csv", b"\x00\x01\x02\x03ID,Result", &HEADS).is_err());
}

#[test]
fn markdown_tables_are_read_as_text() {
    let text = "# Part\n\n## Incidents\n\n| ID | Question | Result |\n|---|---|---|\n| `8.6.1-s1` | *How*<br>so \\| thus | **minor** |\n| 8.6.1-s2 | x |  |\n\n| a | b |\n|---|---|\n| 1 | 2 |\n";
    let filled_in = read_answers("a.md", text.as_bytes(), &HEADS).unwrap();
    assert_eq!(pairs(&filled_in), [pair("8.6.1-s1", "minor"), pair("8.6.1-s2", "")]);
    let table = &filled_in.tables[0];
    assert_eq!(table.name, "Incidents");
    assert_eq!(table.rows[0].text("Question"), "How\nso | thus");
    assert_eq!(table.rows[0].cell("Result").unwrap().place, "line 7, column Result");
}

fn workbook(build: impl FnOnce(&mut Workbook)) -> Vec<u8> {
    let mut file = Workbook::new();
    build(&mut file);
    file.save_to_buffer().unwrap()
}

#[test]
fn workbooks_as_people_leave_them() {
    let bytes = workbook(|file| {
        let sheet = file.add_worksheet();
        sheet.set_name("Checklist").unwrap();
        // A title above, columns moved and added, a row hidden by a filter, empty rows, merged cells, real and false dates.
        sheet.write(0, 0, "Audit 7").unwrap();
        for (column, head) in (0..).zip(["Mine", "Result", "ID", "Date", "Auditor"]) {
            sheet.write(2, column, head).unwrap();
        }
        let day = Format::new().set_num_format("dd/mm/yyyy");
        for (row, id) in [(3, "a"), (4, "b"), (6, "c")] {
            sheet.write(row, 2, id).unwrap();
            sheet.write(row, 1, "minor").unwrap();
        }
        sheet.set_row_hidden(4).unwrap();
        sheet.write_with_format(3, 3, ExcelDateTime::from_ymd(2026, 3, 25).unwrap(), &day).unwrap();
        sheet.write(4, 3, 46_106).unwrap();
        sheet.write(6, 3, "25 March 2026").unwrap();
        sheet.merge_range(3, 4, 6, 4, "J. Frost", &Format::new()).unwrap();
        let meta = file.add_worksheet();
        meta.set_name("_meta").unwrap().set_hidden(true);
        meta.write(0, 0, "schema").unwrap();
        meta.write(0, 1, "x/v1").unwrap();
    });
    let filled_in = read_answers("a.xlsx", &bytes, &HEADS).unwrap();
    let rows = &filled_in.tables[0].rows;
    assert_eq!(rows.iter().map(|row| row.text("ID")).filter(|id| !id.is_empty()).collect::<Vec<_>>(), ["a", "b", "c"]);
    for row in rows.iter().filter(|row| !row.text("ID").is_empty()) {
        assert_eq!(read_answered_day(row.cell("Date").unwrap()).unwrap().unwrap().to_string(), "2026-03-25", "{}", row.place);
        assert_eq!(row.text("Auditor"), "J. Frost", "{}", row.place);
    }
    assert_eq!(rows[0].cell("Result").unwrap().place, "sheet Checklist, cell B4");
    assert_eq!(filled_in.tables[0].heads, ["Mine", "Result", "ID", "Date", "Auditor"]);
    assert_eq!(filled_in.meta, [pair("schema", "x/v1")]);
    assert_eq!(filled_in.remarks.len(), 1);
}

#[test]
fn hostile_packages_are_refused_by_name() {
    let honest: (&str, &[u8]) = ("xl/workbook.xml", b"<workbook/>");
    for name in ["../../x", "/etc/x", "C:\\x", "a\\..\\..\\x", "xl/../../x"] {
        let why = read_answers("a.xlsx", &zipped(&[honest, (name, b"x")]), &HEADS).unwrap_err();
        assert!(why.contains("points outside") && why.contains(name), "{name}: {why}");
    }
    let mut linked = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    linked.add_symlink("xl/workbook.xml", "/etc/passwd", SimpleFileOptions::default()).unwrap();
    let linked = linked.finish().unwrap().into_inner();
    assert!(read_answers("a.xlsx", &linked, &HEADS).unwrap_err().contains("points outside"));
    let bomb = vec![b' '; 200 * 1024 * 1024];
    let why = read_answers("a.xlsx", &zipped(&[honest, ("xl/worksheets/sheet1.xml", &bomb)]), &HEADS).unwrap_err();
    assert!(why.contains("expand to more than"), "{why}");
    assert!(read_answers("a.xlsm", &zipped(&[honest, ("xl/vbaProject.bin", b"x")]), &HEADS).unwrap_err().contains("macros"));
    assert!(read_answers("a.docx", &zipped(&[("word/document.xml", b"x")]), &HEADS).unwrap_err().contains("Word"));
    assert!(read_answers("a.zip", &zipped(&[("x", b"x")]), &HEADS).unwrap_err().contains("no workbook"));
    assert!(read_answers("a.xlsx", b"PK\x03\x04rubbish", &HEADS).unwrap_err().contains("damaged"));
    assert!(read_answers("a.xlsx", &zipped(&[honest]), &HEADS).is_err());
    assert!(read_answers("a.xls", &[0xD0, 0xCF, 0x11, 0xE0, 1, 2], &HEADS).unwrap_err().contains("password"));
}

#[test]
fn a_sheet_that_claims_to_be_endless_takes_no_memory() {
    let bytes = workbook(|file| {
        let sheet = file.add_worksheet();
        for (column, head) in (0..).zip(HEADS) {
            sheet.write(0, column, head).unwrap();
        }
        sheet.write(1, 0, "a").unwrap();
        sheet.write(1, 16_383, "far right").unwrap();
    });
    assert_eq!(pairs(&read_answers("a.xlsx", &bytes, &HEADS).unwrap()), [pair("a", "")]);
    let bytes = workbook(|file| {
        file.add_worksheet().write(1_048_575, 0, "far below").unwrap();
    });
    assert!(read_answers("a.xlsx", &bytes, &HEADS).unwrap_err().contains("rows"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_text_makes_a_reader_fall(text in "(\\PC|[\n\r\t;,|\"'=-]){0,200}") {
        let _ = read_answers("a.csv", text.as_bytes(), &HEADS);
        let _ = read_answers("a.md", format!("| ID | Result |\n|---|---|\n| {text} |").as_bytes(), &HEADS);
    }

    #[test]
    fn no_damage_makes_the_reader_of_workbooks_fall(at in 0usize..4_000, byte: u8) {
        let sheet = format!("<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>ID</t></is></c><c r=\"B1\" s=\"1\"><v>1e300</v></c></row></sheetData></worksheet>{}", " ".repeat(50));
        let workbook = "<workbook xmlns:r=\"r\"><sheets><sheet name=\"A\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>";
        let relations = "<Relationships><Relationship Id=\"r1\" Type=\"worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>";
        let styles = "<styleSheet><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>";
        let mut parts: Vec<Vec<u8>> = [sheet.as_str(), workbook, relations, styles].map(|text| text.as_bytes().to_vec()).to_vec();
        let index = at % parts.len();
        let length = parts[index].len();
        parts[index][at % length] = byte;
        let names = ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"];
        let parts: Vec<(&str, &[u8])> = names.into_iter().zip(parts.iter().map(Vec::as_slice)).collect();
        let _ = read_answers("a.xlsx", &zipped(&parts), &HEADS);
    }
}
