//! There and back in every form: what was filled in comes back as it was, whatever people and their programs did to the file.

use rust_xlsxwriter::{ExcelDateTime, Format};

use crate::book::Book;
use crate::{KEPT, export, exported, import, kept, repo};

/// What somebody writes who means no harm.
const TEXT: &str = "=1+1 seen; - \"yes\": no # {x} | <b>'Müller'</b>\n- second line\n:: third";

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
fn a_row_that_is_confirmed_on_sight_comes_back_from_its_line() {
    let repo = repo();
    let text = std::fs::read_to_string(export(&repo, "c.md")).unwrap();
    let lines = text.split("**Supported by documents: confirm on sight**").nth(1).unwrap().lines();
    let line = lines.skip_while(|line| !line.starts_with("|---")).nth(1).unwrap();
    let id = line.split(" | ").next().unwrap().trim_start_matches("| ");
    assert!(line.contains("`policy.md") && line.ends_with("|  |  |  |  |  |  |"), "{line}");
    let filled = format!("{}| conform | seen on the wall | Ann Harrow | Joanna Frost | 2026-10-01 |  |", line.strip_suffix("|  |  |  |  |  |  |").unwrap());
    std::fs::write(repo.beside("c.md"), text.replace(line, &filled)).unwrap();
    let output = import(&repo, "c.md", &[]);
    assert!(output.code == Some(0) && output.stdout.contains(&format!("new      {id}: conform (Joanna Frost, 2026-10-01)")), "{output:?}");
    assert!(kept(&repo).unwrap().contains("evidence_seen: seen on the wall"));
    // Once answered it stands in full, with its answer.
    let again = std::fs::read_to_string(export(&repo, "again.md")).unwrap();
    assert!(again.contains(&format!("**`{id}`**")) && again.contains(&format!("| {id} | conform | seen on the wall |")), "{id}");
    let output = import(&repo, "again.md", &[]);
    assert!(output.stdout.contains("0 new, 0 changed, 1 the same, 0 emptied, 0 stale, 0 refused"), "{}", output.stdout);
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
