//! The sheet on which an auditor writes nonconformities or areas of concern: it goes out empty, it disturbs no reading back,
//! and what is written on it is not lost in silence.
#![expect(clippy::unwrap_used, clippy::disallowed_methods, reason = "a test may fall, and says where")]

#[expect(dead_code, clippy::unwrap_used, reason = "this story needs less than the faults do; a test may fall")]
mod support;

use std::io::{Cursor, Read};

use calamine::{Reader, Xlsx, open_workbook_from_rs};
use rust_xlsxwriter::Workbook;
use support::{Repo, policy};

/// Sheets by name, rows of texts.
type Sheets = Vec<(String, Vec<Vec<String>>)>;

fn repo() -> Repo {
    let repo = Repo::new();
    repo.write("policy.md", policy());
    repo.write("clausewise.yaml", "organization: {name: Test}\nroles: {top_management: [Ann Harrow]}\n");
    repo.commit("2026-09-19");
    repo
}

fn exported(repo: &Repo, audit: &str) -> (Vec<u8>, Sheets) {
    let path = repo.beside("c.xlsx");
    let output = repo.run(&["checklist", "--audit", audit, "-o", path.to_str().unwrap()]);
    assert_eq!(output.code, Some(0), "{output:?}");
    let bytes = std::fs::read(path).unwrap();
    let mut file: Xlsx<_> = open_workbook_from_rs(Cursor::new(bytes.clone())).unwrap();
    let names = file.sheet_names();
    let sheets = names.into_iter().map(|name| {
        let range = file.worksheet_range(&name).unwrap();
        let rows = range.rows().map(|row| row.iter().map(ToString::to_string).collect()).collect();
        (name, rows)
    });
    let sheets = sheets.collect();
    (bytes, sheets)
}

fn sheet<'all>(sheets: &'all mut Sheets, name: &str) -> &'all mut Vec<Vec<String>> {
    &mut sheets.iter_mut().find(|(known, _)| known == name).unwrap().1
}

fn save(repo: &Repo, sheets: &Sheets) -> String {
    let mut file = Workbook::new();
    for (title, rows) in sheets {
        let sheet = file.add_worksheet();
        sheet.set_name(title).unwrap();
        for (row, cells) in (0..).zip(rows) {
            for (column, text) in (0..).zip(cells).filter(|(_, text)| !text.is_empty()) {
                sheet.write_string(row, column, text).unwrap();
            }
        }
    }
    let path = repo.beside("filled.xlsx");
    std::fs::write(&path, file.save_to_buffer().unwrap()).unwrap();
    path.to_str().unwrap().to_owned()
}

#[test]
fn each_audit_of_a_certification_body_has_the_sheet_that_fits_it() {
    let repo = repo();
    for (audit, name, last) in
        [("stage1", Some("Areas of concern"), "Recommendation"), ("stage2", Some("Nonconformities"), "Conclusion"), ("internal", None, "")]
    {
        let (bytes, mut sheets) = exported(&repo, audit);
        let at = sheets.iter().position(|(known, _)| known == "Nonconformities" || known == "Areas of concern");
        assert_eq!(at.map(|at| sheets[at].0.as_str()), name, "{audit}");
        let Some((at, name)) = at.zip(name) else { continue };
        let rows = sheet(&mut sheets, name);
        // Nearly everything is missing here: as many forms as there is room for. Concerns of stage 1 are fewer.
        assert_eq!(rows.len(), if audit == "stage2" { 38 } else { 22 }, "{audit}");
        assert_eq!(rows.last().unwrap()[0], last);
        assert!(rows.iter().skip(1).all(|row| row.iter().skip(1).all(String::is_empty)), "{rows:?}");
        let mut xml = String::new();
        let part = format!("xl/worksheets/sheet{}.xml", at + 1);
        zip::ZipArchive::new(Cursor::new(bytes)).unwrap().by_name(&part).unwrap().read_to_string(&mut xml).unwrap();
        assert_eq!(xml.contains("major,minor"), audit == "stage2", "stage 1 knows no grades");
    }
}

#[test]
fn a_filled_in_sheet_stays_in_the_file_and_import_says_so() {
    let repo = repo();
    let (_, mut sheets) = exported(&repo, "stage2");
    let rows = sheet(&mut sheets, "Checklist");
    let column = |head: &str| rows[0].iter().position(|known| known == head).unwrap();
    let (result, auditor, date, seen) = (column("Result"), column("Auditor"), column("Date"), column("Evidence seen"));
    let row = rows.iter_mut().find(|row| row[0] == "4.1-s1").unwrap();
    for (at, text) in [(result, "minor"), (auditor, "Joanna Frost"), (date, "2026-10-01"), (seen, "no list of issues")] {
        row[at] = text.to_owned();
    }
    let empty = save(&repo, &sheets);
    let output = repo.run(&["import", &empty, "--dry-run"]);
    assert!(output.code == Some(0) && !output.stdout.contains("Nonconformities"), "{output:?}");
    let found = sheet(&mut sheets, "Nonconformities");
    for (at, text) in [(1, "4.1-s1"), (2, "Nobody keeps a list of issues"), (4, "minor")] {
        found[1][at] = text.to_owned();
    }
    let filled = save(&repo, &sheets);
    let output = repo.run(&["import", &filled]);
    assert_eq!(output.code, Some(0), "{output:?}");
    assert!(output.stdout.contains("sheet Nonconformities: 1 row is filled in and not read back"), "{output:?}");
    let kept = std::fs::read_to_string(repo.path().join("assessments/stage2-2026-10-15.yaml")).unwrap();
    assert!(kept.contains("row: 4.1-s1") && kept.contains("result: minor") && !kept.contains("Nobody keeps"), "{kept}");
    let (_, mut again) = exported(&repo, "stage2");
    assert_eq!(sheet(&mut again, "Checklist").iter().find(|row| row[0] == "4.1-s1").unwrap()[result], "minor");
}
