//! A checklist goes out, is filled in as people do, and comes back: nothing is lost, nothing is guessed.
#![expect(clippy::unwrap_used, clippy::disallowed_methods, reason = "a test may fall, and says where")]
#![allow(dead_code, reason = "each test crate uses a part of the support")]

mod support;

use std::io::Write;

use calamine::{Data, Reader, Xlsx, open_workbook_from_rs};
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
use support::{AS_OF, Output, Repo, policy};
use zip::write::SimpleFileOptions;

/// Where answers of an internal audit go.
const KEPT: &str = "assessments/internal-2026-10-15.yaml";
/// What somebody writes who means no harm.
const TEXT: &str = "=1+1 seen; - \"yes\": no # {x} | <b>'Müller'</b>\n- second line\n:: third";

/// A repository with one policy.
fn repo() -> Repo {
    let repo = Repo::new();
    repo.write("policy.md", policy());
    repo.write("clausewise.yaml", "organization: {name: Test}\nroles: {top_management: [Ann Harrow]}\n");
    repo.commit("2026-09-19");
    repo
}

/// A repository and its checklist as a workbook.
fn exported() -> (Repo, Book) {
    let repo = repo();
    let book = Book::of(&repo, "c.xlsx");
    (repo, book)
}

fn export(repo: &Repo, name: &str) -> std::path::PathBuf {
    let path = repo.beside(name);
    let output = repo.run(&["checklist", "--audit", "internal", "-o", path.to_str().unwrap()]);
    assert_eq!(output.code, Some(0), "{output:?}");
    path
}

/// Imports a file that lies beside the repository.
fn import(repo: &Repo, name: &str, arguments: &[&str]) -> Output {
    let path = repo.beside(name);
    repo.run(&[&["import", path.to_str().unwrap()], arguments].concat())
}

fn kept(repo: &Repo) -> Option<String> {
    std::fs::read_to_string(repo.path().join(KEPT)).ok()
}

/// A workbook as rows of texts, the way any program of a human holds it.
#[derive(Clone)]
struct Book(Vec<(String, Vec<Vec<String>>)>);

impl Book {
    fn of(repo: &Repo, name: &str) -> Self {
        Self::read(&export(repo, name))
    }

    fn read(path: &std::path::Path) -> Self {
        let mut file: Xlsx<_> = open_workbook_from_rs(std::io::Cursor::new(std::fs::read(path).unwrap())).unwrap();
        let text = |cell: &Data| match cell {
            Data::DateTime(day) => {
                let (year, month, day, ..) = day.to_ymd_hms_milli();
                format!("{year:04}-{month:02}-{day:02}")
            }
            other => other.to_string(),
        };
        let sheets = file.sheet_names().into_iter().map(|name| {
            let range = file.worksheet_range(&name).unwrap();
            (name, range.rows().map(|row| row.iter().map(text).collect()).collect())
        });
        Self(sheets.collect())
    }

    fn sheet(&mut self, name: &str) -> &mut Vec<Vec<String>> {
        &mut self.0.iter_mut().find(|(known, _)| known == name).unwrap().1
    }

    fn column(&mut self, head: &str) -> usize {
        self.sheet("Checklist")[0].iter().position(|known| known == head).unwrap()
    }

    fn cell(&mut self, id: &str, head: &str) -> &mut String {
        let column = self.column(head);
        let row = self.sheet("Checklist").iter_mut().find(|row| row[0] == id);
        &mut row.unwrap_or_else(|| unreachable!("no row {id}"))[column]
    }

    /// Fills in cells of a row.
    fn fill(&mut self, id: &str, cells: &[(&str, &str)]) -> &mut Self {
        for (head, text) in cells {
            *self.cell(id, head) = (*text).to_owned();
        }
        self
    }

    fn meta(&mut self, name: &str, value: &str) -> &mut Self {
        self.sheet("_meta").iter_mut().find(|row| row[0] == name).unwrap()[1] = value.to_owned();
        self
    }

    /// A whole answer.
    fn answer(&mut self, id: &str, result: &str) -> &mut Self {
        self.fill(
            id,
            &[("Result", result), ("Evidence seen", "minutes of June"), ("Auditor", "Joanna Frost"), ("Date", "2026-10-01"), ("Auditee", "Ann Harrow")],
        )
    }

    fn save(&self, repo: &Repo, name: &str) -> &Self {
        self.save_with(repo, name, |_, _| {})
    }

    /// Saves it, and lets somebody do more to the sheet `Checklist`.
    fn save_with(&self, repo: &Repo, name: &str, more: impl Fn(&mut rust_xlsxwriter::Worksheet, &[Vec<String>])) -> &Self {
        let mut file = Workbook::new();
        for (title, rows) in &self.0 {
            let sheet = file.add_worksheet();
            sheet.set_name(title).unwrap();
            for (row, cells) in (0..).zip(rows) {
                for (column, text) in (0..).zip(cells).filter(|(_, text)| !text.is_empty()) {
                    sheet.write_string(row, column, text).unwrap();
                }
            }
            if title == "Checklist" {
                more(sheet, rows);
            }
        }
        std::fs::write(repo.beside(name), file.save_to_buffer().unwrap()).unwrap();
        self
    }
}

#[test]
fn exported_filled_in_imported_and_exported_again_nothing_is_lost() {
    let (repo, mut book) = exported();
    book.answer("5.1-e", "conform").answer("5.2.1-a", "minor");
    book.fill("5.1-e", &[("Evidence seen", TEXT), ("Notes", "no")]);
    book.fill("5.2.1-b", &[("Notes", "ask again")]).save(&repo, "c.xlsx");

    let output = import(&repo, "c.xlsx", &[]);
    assert_eq!((output.code, output.stderr.as_str()), (Some(0), ""), "{output:?}");
    assert!(output.stdout.contains("3 new, 0 changed, 0 the same, 0 emptied, 0 stale, 0 refused"), "{}", output.stdout);
    assert!(output.stdout.contains("new      5.1-e: conform (Joanna Frost, 2026-10-01)"), "{}", output.stdout);
    assert!(output.stdout.contains(&format!("3 answers written to {KEPT}")), "{}", output.stdout);

    // It counts in the assessment.
    assert_eq!(repo.assess(&[]).verdict("5.1-e"), "supported");

    // And it comes out again as it went in.
    let mut again = Book::of(&repo, "again.xlsx");
    for head in ["Result", "Evidence seen", "Auditee", "Auditor", "Date", "Notes"] {
        for id in ["5.1-e", "5.2.1-a"] {
            assert_eq!(again.cell(id, head), book.cell(id, head), "{id} {head}");
        }
    }
    assert_eq!(again.cell("5.2.1-b", "Notes"), "ask again");
    assert_eq!(again.cell("5.2.1-b", "Result"), "not audited");
    let before = kept(&repo);
    again.save(&repo, "again.xlsx");
    let output = import(&repo, "again.xlsx", &[]);
    assert!(output.stdout.contains("0 new, 0 changed, 3 the same") && output.stdout.contains("nothing to write"), "{}", output.stdout);
    assert_eq!(kept(&repo), before);
}

#[test]
fn csv_comes_back_from_any_program() {
    let repo = repo();
    let text = std::fs::read_to_string(export(&repo, "c.csv")).unwrap();
    let mut rows: Vec<Vec<String>> = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(text.as_bytes())
        .records()
        .map(|record| record.unwrap().iter().map(str::to_owned).collect())
        .collect();
    let column = |head: &str| rows[0].iter().position(|known| known == head).unwrap();
    let cells =
        [("Result", "conform"), ("Evidence seen", TEXT), ("Auditor", "Joanna Frost"), ("Date", "1 October 2026")].map(|(head, text)| (column(head), text));
    for (column, text) in cells {
        rows.iter_mut().find(|row| row[0] == "5.1-e").unwrap()[column] = text.to_owned();
    }
    let saved = |separator: u8| {
        let mut writer = csv::WriterBuilder::new().delimiter(separator).from_writer(Vec::new());
        rows.iter().for_each(|row| writer.write_record(row).unwrap());
        String::from_utf8(writer.into_inner().unwrap()).unwrap()
    };
    let windows: Vec<u8> = saved(b';').chars().map(|letter| u8::try_from(u32::from(letter)).unwrap_or(b'?')).collect();
    let wide: Vec<u8> = std::iter::once(0xFEFF).chain(saved(b'\t').encode_utf16()).flat_map(u16::to_le_bytes).collect();
    for (name, bytes) in [("utf8.csv", saved(b',').into_bytes()), ("semicolon.csv", windows), ("wide.csv", wide)] {
        std::fs::write(repo.beside(name), bytes).unwrap();
        let output = import(&repo, name, &["--audit", "internal", "--dry-run"]);
        assert_eq!(output.code, Some(0), "{name}: {output:?}");
        assert!(output.stdout.contains("1 new, 0 changed, 0 the same, 0 emptied, 0 stale, 0 refused"), "{name}: {}", output.stdout);
        assert!(output.stdout.contains("(Joanna Frost, 2026-10-01)"), "{}", output.stdout);
    }
    let output = import(&repo, "utf8.csv", &["--audit", "internal"]);
    assert_eq!(output.code, Some(0), "{output:?}");
    // What looks like a formula goes out with an apostrophe, and comes back without.
    let again = std::fs::read_to_string(export(&repo, "again.csv")).unwrap();
    assert!(again.contains("\"'=1+1 seen;' - \"\"yes\"\": no"), "{again}");
    let output = import(&repo, "again.csv", &["--audit", "internal"]);
    assert!(output.stdout.contains("0 new, 0 changed, 1 the same"), "{}", output.stdout);
}

#[test]
fn markdown_comes_back() {
    let repo = repo();
    let text = std::fs::read_to_string(export(&repo, "c.md")).unwrap();
    let empty = "| 5.1-e |  |  |  |  |  |  |";
    assert!(text.contains(empty), "{text}");
    let filled = text.replace(empty, "| 5.1-e | conform | minutes *of* June | Ann Harrow | Joanna Frost | 2026-10-01 | a \\| b |");
    std::fs::write(repo.beside("c.md"), &filled).unwrap();
    let output = import(&repo, "c.md", &[]);
    assert_eq!(output.code, Some(0), "{output:?}");
    assert!(output.stdout.contains("1 new") && kept(&repo).unwrap().contains("evidence_seen: minutes of June"), "{}", output.stdout);
    export(&repo, "again.md");
    let output = import(&repo, "again.md", &[]);
    assert!(output.stdout.contains("0 new, 0 changed, 1 the same"), "{}", output.stdout);
    // A clause map of another version asks other questions.
    let other = filled.replace("| Clause map | ", "| Clause map | 0.0.1-");
    assert_ne!(other, filled);
    std::fs::write(repo.beside("c.md"), other).unwrap();
    import(&repo, "c.md", &[]).is_refusal(2, &["c.md", "of the clause map"]);
}

#[test]
fn sorted_filtered_with_columns_moved_and_added_cells_merged_and_days_in_every_form() {
    let (repo, mut book) = exported();
    for (id, day) in [("5.1-a", "25.09.2026"), ("5.1-b", "3 October 2026"), ("5.1-c", ""), ("5.1-d", "")] {
        book.answer(id, "Conform").fill(id, &[("Auditor", ""), ("Date", day)]);
    }
    let result = book.column("Result");
    let sheet = book.sheet("Checklist");
    // Half of the rows deleted, the rest sorted backwards, an empty row and a title on top.
    let heads = sheet.remove(0);
    sheet.retain(|row| row[0].starts_with("5.1") || !row[0].ends_with('a'));
    sheet.reverse();
    sheet.insert(0, heads);
    for row in sheet.iter_mut() {
        let moved = row.remove(result);
        row.push(if moved == "Result" { "RESULT ".to_owned() } else { moved });
        row.insert(0, "mine".to_owned());
    }
    sheet[0][0] = "My opinion".to_owned();
    sheet.insert(0, Vec::new());
    sheet.insert(0, vec!["Audit of spring".to_owned()]);
    book.save_with(&repo, "c.xlsx", |sheet, rows| {
        let heads = &rows[2];
        let column = |head: &str| u16::try_from(heads.iter().position(|known| known == head).unwrap()).unwrap();
        let at = |id: &str| u32::try_from(rows.iter().position(|row| row.get(1).is_some_and(|known| known == id)).unwrap()).unwrap();
        let (first, last) = (at("5.1-d").min(at("5.1-a")), at("5.1-a").max(at("5.1-d")));
        sheet.merge_range(first, column("Auditor"), last, column("Auditor"), "Joanna Frost", &Format::new()).unwrap();
        let day = Format::new().set_num_format("dd/mm/yyyy");
        sheet.write_with_format(at("5.1-c"), column("Date"), ExcelDateTime::from_ymd(2026, 10, 4).unwrap(), &day).unwrap();
        sheet.write_number(at("5.1-d"), column("Date"), 46_300).unwrap();
        sheet.set_row_hidden(at("5.1-b")).unwrap();
    });
    let output = import(&repo, "c.xlsx", &[]);
    assert_eq!(output.code, Some(0), "{output:?}");
    for (id, day) in [("5.1-a", "2026-09-25"), ("5.1-b", "2026-10-03"), ("5.1-c", "2026-10-04"), ("5.1-d", "2026-10-05")] {
        assert!(output.stdout.contains(&format!("new      {id}: conform (Joanna Frost, {day})")), "{}", output.stdout);
    }
    assert!(output.stdout.contains("columns that somebody added are not read: `My opinion`"), "{}", output.stdout);
    assert!(output.stdout.contains("merged cells"), "{}", output.stdout);
}

#[test]
fn what_cannot_be_taken_over_is_refused_with_its_cell_and_nothing_is_written() {
    let (repo, clean) = exported();
    let row = |id: &str| clean.0.iter().find(|(name, _)| name == "Checklist").unwrap().1.iter().position(|row| row[0] == id).unwrap() + 1;
    let (first, second) = (row("5.1-e"), row("5.2.1-a"));
    let refused = |change: &dyn Fn(&mut Book), words: &[&str]| {
        let mut book = clean.clone();
        book.answer("5.1-e", "conform");
        change(&mut book);
        book.save(&repo, "c.xlsx");
        let output = import(&repo, "c.xlsx", &[]);
        assert_eq!(output.code, Some(2), "{words:?}: {output:?}");
        assert!(kept(&repo).is_none(), "{words:?}");
        let line = output.stderr.lines().find(|line| words.iter().all(|word| line.contains(word)));
        assert!(line.is_some_and(|line| line.starts_with("error[import]: ") && line.contains("c.xlsx: sheet Checklist, ")), "{words:?}: {}", output.stderr);
    };
    let at = |column: &str, row: usize| format!("cell {column}{row}: ");
    refused(&|book| *book.cell("5.1-e", "ID") = "5.1-ee".to_owned(), &[&at("A", first), "no row has the id \"5.1-ee\"", "did you mean 5.1-e?"]);
    refused(&|book| *book.cell("5.1-e", "ID") = String::new(), &[&at("A", first), "no id"]);
    refused(
        &|book| {
            book.fill("5.1-e", &[("Result", "ok")]);
        },
        &[&at("H", first), "the result \"ok\" is none of conform, minor"],
    );
    refused(
        &|book| {
            book.fill("5.1-e", &[("Date", "03/06/2026")]);
        },
        &[&at("L", first), "may be two days"],
    );
    refused(
        &|book| {
            book.fill("5.1-e", &[("Date", "2026-02-30")]);
        },
        &[&at("L", first), "in no calendar"],
    );
    refused(
        &|book| {
            book.fill("5.1-e", &[("Date", "2026-10-16")]);
        },
        &[&at("L", first), "--as-of 2026-10-16"],
    );
    refused(
        &|book| {
            book.fill("5.1-e", &[("Date", "")]);
        },
        &[&at("L", first), "--assessor"],
    );
    refused(
        &|book| {
            book.fill("5.1-e", &[("Auditor", "")]);
        },
        &[&at("K", first), "--assessor"],
    );
    refused(&|book| book.cell("5.1-e", "Question").push_str(" or not"), &[&at("C", first), "the question of 5.1-e was altered"]);
    refused(
        &|book| {
            book.meta("hash:5.1-e", "0");
        },
        &[&at("A", first), "hash of 5.1-e", "altered"],
    );
    let twice = |book: &mut Book| {
        let mut copy = book.sheet("Checklist")[first - 1].clone();
        copy[7] = "major".to_owned();
        book.sheet("Checklist").insert(second - 1, copy);
    };
    refused(&twice, &[&format!("row {second}: "), &format!("5.1-e stands at sheet Checklist, row {first} too")]);
}

#[test]
fn rows_that_are_valid_are_taken_over_if_that_is_wanted_and_a_dry_run_writes_nothing() {
    let (repo, mut book) = exported();
    book.answer("5.1-e", "conform").answer("5.2.1-a", "dubious").save(&repo, "c.xlsx");
    let output = import(&repo, "c.xlsx", &["--dry-run", "--partial"]);
    assert_eq!(output.code, Some(3));
    assert!(output.stdout.contains("would write 1 answer") && kept(&repo).is_none(), "{}", output.stdout);
    let output = import(&repo, "c.xlsx", &["--partial"]);
    assert_eq!(output.code, Some(3), "{output:?}");
    assert!(output.stdout.contains("1 new, 0 changed, 0 the same, 0 emptied, 0 stale, 1 refused"), "{}", output.stdout);
    assert!(output.stderr.contains("\"dubious\"") && output.stderr.lines().count() == 1, "{}", output.stderr);
    let text = kept(&repo).unwrap();
    assert!(text.contains("row: 5.1-e") && !text.contains("5.2.1-a"), "{text}");
}

#[test]
fn an_answer_changes_and_the_others_stay() {
    let (repo, mut book) = exported();
    book.answer("5.1-e", "conform").answer("5.2.1-a", "minor").save(&repo, "c.xlsx");
    assert_eq!(import(&repo, "c.xlsx", &[]).code, Some(0));
    // Somebody adds a field of their own to the file.
    repo.write(KEPT, kept(&repo).unwrap().replace("row: 5.2.1-a", "row: 5.2.1-a\n  until: 2027-01-01"));
    book.fill("5.2.1-a", &[("Result", "major"), ("Notes", "twice")]);
    for head in ["Result", "Evidence seen", "Auditee", "Auditor", "Date"] {
        book.fill("5.1-e", &[(head, "")]);
    }
    book.answer("5.2.1-c", "conform").save(&repo, "c.xlsx");
    let output = import(&repo, "c.xlsx", &[]);
    assert_eq!(output.code, Some(0), "{output:?}");
    assert!(output.stdout.contains("changed  5.2.1-a: result: minor -> major") && output.stdout.contains("notes: (nothing) -> twice"), "{}", output.stdout);
    assert!(output.stdout.contains(&format!("emptied  5.1-e: what is kept in {KEPT}:")), "{}", output.stdout);
    let text = kept(&repo).unwrap();
    let order: Vec<usize> = ["row: 5.1-e", "row: 5.2.1-a", "result: major", "until: 2027-01-01", "row: 5.2.1-c"].map(|part| text.find(part).unwrap()).to_vec();
    assert!(order.is_sorted(), "{text}");
}

#[test]
fn who_answered_can_be_said_for_all() {
    let (repo, mut book) = exported();
    book.fill("5.1-e", &[("Result", "conform"), ("Evidence seen", "minutes")]).save(&repo, "c.xlsx");
    let output = import(&repo, "c.xlsx", &["--assessor", "Joanna Frost", "--audit", "IA 2026/1"]);
    assert!(output.stdout.contains("(Joanna Frost, 2026-10-15)"), "{output:?}");
    let text = std::fs::read_to_string(repo.path().join("assessments/ia-2026-1-2026-10-15.yaml")).unwrap();
    assert!(text.contains("audit: internal IA 2026/1") && text.contains(&format!("made_on: {AS_OF}")), "{text}");
}

#[test]
fn an_answer_whose_evidence_has_changed_is_kept_and_marked() {
    let (repo, mut book) = exported();
    let with_evidence = |book: &mut Book| {
        let column = book.column("Evidence so far");
        book.sheet("Checklist").iter().find(|row| row[0].starts_with("5.2") && row[column].contains("policy.md")).unwrap()[0].clone()
    };
    let id = with_evidence(&mut book);
    book.answer(&id, "conform").save(&repo, "c.xlsx");
    repo.write("policy.md", policy().replace("continual improvement", "steady improvement"));
    repo.commit("2026-10-02");
    let output = import(&repo, "c.xlsx", &[]);
    assert_eq!(output.code, Some(0), "{output:?}");
    assert!(
        output.stdout.contains("1 new") && output.stdout.contains("1 stale") && output.stdout.contains(&format!("stale    {id}: the evidence")),
        "{}",
        output.stdout
    );
    repo.assess(&[]).findings("stale-statement", KEPT).first().unwrap();
    // Confirmed on a later day, it holds again.
    let mut again = Book::of(&repo, "again.xlsx");
    again.fill(&id, &[("Date", "2026-10-14")]).save(&repo, "again.xlsx");
    let output = import(&repo, "again.xlsx", &[]);
    assert!(output.stdout.contains("1 changed") && output.stdout.contains("0 stale"), "{}", output.stdout);
    assert!(repo.assess(&[]).findings("stale-statement", KEPT).is_empty());
}

#[test]
fn what_was_written_for_something_else_is_refused_as_a_whole() {
    let (repo, clean) = exported();
    for (name, value, words) in [
        ("map_version", "0.0.1", "of the clause map"),
        ("standard", "ISO/IEC 27001:2022", "--framework"),
        ("schema", "clausewise/checklist/v9", "this version reads"),
        ("schema", "clausewise/gap/v1", "no checklist"),
    ] {
        let mut book = clean.clone();
        book.answer("5.1-e", "conform").meta(name, value).save(&repo, "c.xlsx");
        import(&repo, "c.xlsx", &["--partial"]).is_refusal(2, &["c.xlsx", words]);
    }
    for (name, bytes, words) in [
        ("empty.xlsx", Vec::new(), "empty"),
        ("foreign.csv", b"Name,Age\nAnn,4\n".to_vec(), "no table with the columns `ID` and `Result`"),
        ("broken.xlsx", b"PK\x03\x04".to_vec(), "damaged"),
        ("old.xls", vec![0xD0, 0xCF, 0x11, 0xE0, 0], ".xlsx"),
        ("picture.png", vec![0x89, b'P', b'N', b'G', 0, 0, 0, 1], "no text"),
    ] {
        std::fs::write(repo.beside(name), bytes).unwrap();
        import(&repo, name, &[]).is_refusal(2, &[name, words]);
    }
    import(&repo, "missing.xlsx", &[]).is_refusal(2, &["missing.xlsx"]);
    assert!(kept(&repo).is_none());
}

#[test]
fn hostile_workbooks_are_refused_and_nothing_is_unpacked() {
    let (repo, mut book) = exported();
    book.answer("5.1-e", "conform").save(&repo, "c.xlsx");
    let with = |name: &str, part: &str, bytes: &[u8]| {
        let mut archive = zip::ZipWriter::new_append(std::io::Cursor::new(std::fs::read(repo.beside("c.xlsx")).unwrap())).unwrap();
        archive.start_file(part, SimpleFileOptions::default()).unwrap();
        archive.write_all(bytes).unwrap();
        std::fs::write(repo.beside(name), archive.finish().unwrap().into_inner()).unwrap();
    };
    for part in ["../../x", "/tmp/clausewise-x", "..\\x", "xl/../../x"] {
        with("escape.xlsx", part, b"x");
        import(&repo, "escape.xlsx", &[]).is_refusal(2, &["escape.xlsx", "points outside"]);
    }
    with("bomb.xlsx", "xl/media/x.xml", &vec![0; 200 * 1024 * 1024]);
    assert!(std::fs::metadata(repo.beside("bomb.xlsx")).unwrap().len() < 1024 * 1024);
    import(&repo, "bomb.xlsx", &[]).is_refusal(2, &["bomb.xlsx", "expand"]);
    with("macro.xlsm", "xl/vbaProject.bin", b"x");
    import(&repo, "macro.xlsm", &[]).is_refusal(2, &["macro.xlsm", "macros"]);
    assert!(kept(&repo).is_none() && !repo.beside("x").exists());
}

#[test]
fn answers_are_written_below_the_root_through_no_link_and_over_nothing_of_others() {
    let (repo, mut book) = exported();
    book.answer("5.1-e", "conform").save(&repo, "c.xlsx");
    let outside = repo.beside("outside.yaml");
    import(&repo, "c.xlsx", &["-o", outside.to_str().unwrap()]).is_refusal(2, &["below the root"]);
    import(&repo, "c.xlsx", &["-o", "../outside.yaml"]).is_refusal(2, &["below the root"]);
    import(&repo, "c.xlsx", &["-o", ".git/x.yaml"]).is_refusal(2, &["below the root"]);
    import(&repo, "c.xlsx", &["-o", "policy.md"]).is_refusal(2, &[".yaml"]);
    import(&repo, "c.xlsx", &["-o", "clausewise.yaml"]).is_refusal(2, &["stays as it is"]);
    import(&repo, "c.xlsx", &["--rev", "HEAD"]).is_refusal(2, &["--rev"]);
    let theirs = "schema: clausewise/statements/v1\nassessor: X\nmade_on: 2026-01-01\nstatements: []\n";
    repo.write(KEPT, theirs);
    import(&repo, "c.xlsx", &[]).is_refusal(2, &[KEPT, "stays as it is"]);
    assert_eq!(kept(&repo).unwrap(), theirs);
    std::fs::remove_file(repo.path().join(KEPT)).unwrap();
    std::os::unix::fs::symlink(&outside, repo.path().join(KEPT)).unwrap();
    import(&repo, "c.xlsx", &[]).is_refusal(2, &["is a link"]);
    std::fs::remove_dir_all(repo.path().join("assessments")).unwrap();
    std::fs::create_dir(repo.beside("elsewhere")).unwrap();
    std::os::unix::fs::symlink(repo.beside("elsewhere"), repo.path().join("assessments")).unwrap();
    import(&repo, "c.xlsx", &[]).is_refusal(2, &["is a link"]);
    assert!(!outside.exists() && std::fs::read_dir(repo.beside("elsewhere")).unwrap().next().is_none());
    let output = import(&repo, "c.xlsx", &["-o", "audits/mine.yaml"]);
    assert_eq!(output.code, Some(0), "{output:?}");
    assert!(repo.path().join("audits/mine.yaml").is_file());
}

#[test]
fn an_answer_that_would_not_count_beside_a_later_one_is_refused() {
    let (repo, mut book) = exported();
    book.answer("5.1-e", "conform").save(&repo, "c.xlsx");
    assert_eq!(import(&repo, "c.xlsx", &["-o", "assessments/zz.yaml"]).code, Some(0));
    book.fill("5.1-e", &[("Result", "minor")]).save(&repo, "c.xlsx");
    let output = import(&repo, "c.xlsx", &[]);
    assert_eq!(output.code, Some(2), "{output:?}");
    assert!(output.stderr.contains("assessments/zz.yaml:") && output.stderr.contains("later day"), "{}", output.stderr);
    book.fill("5.1-e", &[("Date", "2026-10-14")]).save(&repo, "c.xlsx");
    assert_eq!(import(&repo, "c.xlsx", &[]).code, Some(0));
    assert_eq!(repo.assess(&[]).verdict("5.1-e"), "partly-supported");
}

#[test]
fn names_left_out_of_a_checklist_are_not_lost() {
    let (repo, mut book) = exported();
    book.answer("5.1-e", "conform").save(&repo, "c.xlsx");
    import(&repo, "c.xlsx", &[]);
    let path = repo.beside("redacted.xlsx");
    let output = repo.run(&["checklist", "--audit", "internal", "--redact", "-o", path.to_str().unwrap()]);
    assert_eq!(output.code, Some(0), "{output:?}");
    let mut book = Book::read(&path);
    assert_eq!(book.cell("5.1-e", "Auditee"), "[name]");
    book.fill("5.1-e", &[("Notes", "a new note")]).save(&repo, "redacted.xlsx");
    let output = import(&repo, "redacted.xlsx", &[]);
    assert!(output.stdout.contains("1 changed") && output.stdout.contains("notes: (nothing) -> a new note"), "{output:?}");
    let text = kept(&repo).unwrap();
    assert!(text.contains("auditee: Ann Harrow") && text.contains("assessor: Joanna Frost"), "{text}");
}
