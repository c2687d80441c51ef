//! A checklist as a workbook in the hands of people: read, filled in and saved by a program that is not ours.

use calamine::{Data, Reader, Xlsx, open_workbook_from_rs};
use rust_xlsxwriter::Workbook;

use crate::export;
use crate::support::Repo;

/// A workbook as rows of texts, the way any program of a human holds it.
#[derive(Clone)]
pub(crate) struct Book(pub(crate) Vec<(String, Vec<Vec<String>>)>);

impl Book {
    pub(crate) fn of(repo: &Repo, name: &str) -> Self {
        Self::read(&export(repo, name))
    }

    pub(crate) fn read(path: &std::path::Path) -> Self {
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

    pub(crate) fn sheet(&mut self, name: &str) -> &mut Vec<Vec<String>> {
        &mut self.0.iter_mut().find(|(known, _)| known == name).unwrap().1
    }

    pub(crate) fn column(&mut self, head: &str) -> usize {
        self.sheet("Checklist")[0].iter().position(|known| known == head).unwrap()
    }

    pub(crate) fn cell(&mut self, id: &str, head: &str) -> &mut String {
        let column = self.column(head);
        let row = self.sheet("Checklist").iter_mut().find(|row| row[0] == id);
        &mut row.unwrap_or_else(|| unreachable!("no row {id}"))[column]
    }

    /// Fills in cells of a row.
    pub(crate) fn fill(&mut self, id: &str, cells: &[(&str, &str)]) -> &mut Self {
        for (head, text) in cells {
            *self.cell(id, head) = (*text).to_owned();
        }
        self
    }

    pub(crate) fn meta(&mut self, name: &str, value: &str) -> &mut Self {
        self.sheet("_meta").iter_mut().find(|row| row[0] == name).unwrap()[1] = value.to_owned();
        self
    }

    /// A whole answer.
    pub(crate) fn answer(&mut self, id: &str, result: &str) -> &mut Self {
        self.fill(
            id,
            &[("Result", result), ("Evidence seen", "minutes of June"), ("Auditor", "Joanna Frost"), ("Date", "2026-10-01"), ("Auditee", "Ann Harrow")],
        )
    }

    pub(crate) fn save(&self, repo: &Repo, name: &str) -> &Self {
        self.save_with(repo, name, |_, _| {})
    }

    /// Saves it, and lets somebody do more to the sheet `Checklist`.
    pub(crate) fn save_with(&self, repo: &Repo, name: &str, more: impl Fn(&mut rust_xlsxwriter::Worksheet, &[Vec<String>])) -> &Self {
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
