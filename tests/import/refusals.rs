//! What is refused, and why: cells that cannot be understood, files made for something else, hostile ones, and places to write to.

use std::io::Write;

use zip::write::SimpleFileOptions;

use crate::book::Book;
use crate::{KEPT, exported, import, kept};

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
