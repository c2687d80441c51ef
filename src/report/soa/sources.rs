//! Where each row is said: files by number, lines by what they say. A path that stands on two hundred lines is read by
//! nobody.

use serde::Serialize;

use crate::assessment::{Said, Stance as Answer, SubClause};

/// Files, and rows that point into them.
#[derive(Debug, Default, Serialize)]
pub(super) struct Sources {
    files: Vec<File>,
    /// What is said of several lines alike, by letter.
    notes: Vec<Note>,
    rows: Vec<Row>,
    /// The same rows two by two, for tables that would else be half empty.
    pairs: Vec<Vec<Row>>,
}

#[derive(Debug, Serialize)]
struct File {
    number: String,
    path: String,
}

#[derive(Debug, Serialize)]
struct Note {
    letter: String,
    text: String,
}

#[derive(Clone, Debug, Serialize)]
struct Row {
    clause: String,
    text: String,
}

/// The sources of all rows, with paths as `from` tells them.
pub(super) fn sources(all: &[SubClause], from: &impl Fn(&str) -> String) -> Sources {
    let mut reader = Reader { known: known(all), paths: Vec::new(), notes: Vec::new() };
    let rows: Vec<Row> = all.iter().filter_map(|row| reader.row(row)).collect();
    let files = reader.paths.iter().enumerate().map(|(at, path)| File { number: format!("S{}", at + 1), path: from(path) }).collect();
    let notes = reader.notes.iter().enumerate().map(|(at, text)| Note { letter: letter(at), text: text.clone() }).collect();
    // Down the left side first, then down the right.
    let half = rows.len().div_ceil(2);
    let pairs = (0..half).map(|at| [at, at + half].into_iter().filter_map(|at| rows.get(at).cloned()).collect()).collect();
    Sources { files, notes, rows, pairs }
}

/// What a row says, each with its name.
fn said(row: &SubClause) -> Vec<(&'static str, &Said)> {
    let fields: [(&'static str, Vec<&Said>); 8] = [
        ("done by", row.performed_by.iter().collect()),
        ("accountable", row.accountable.iter().collect()),
        ("other party", row.other_parties.iter().collect()),
        ("agreement", row.agreements.iter().collect()),
        ("control", row.controls.iter().collect()),
        ("interfaces", row.interfaces.iter().collect()),
        ("reviewed", row.reviewed_by.iter().collect()),
        ("reviewed", row.reviewed_on.iter().collect()),
    ];
    fields.into_iter().flat_map(|(name, all)| all.into_iter().map(move |said| (name, said))).collect()
}

/// All paths, longest first, so that none is taken for the beginning of another.
fn known(all: &[SubClause]) -> Vec<String> {
    let stated = all.iter().filter_map(|row| row.status.path.clone());
    let mut paths: Vec<String> = stated.chain(all.iter().flat_map(said).filter_map(|(_, said)| said.path.clone())).collect();
    paths.sort_by_key(|path| std::cmp::Reverse(path.len()));
    paths.dedup();
    paths
}

/// a, b ... z, aa, bb ...
fn letter(at: usize) -> String {
    let letter = char::from(b'a' + u8::try_from(at % 26).unwrap_or_default());
    letter.to_string().repeat(at / 26 + 1)
}

struct Reader {
    known: Vec<String>,
    /// Files in the order in which rows name them.
    paths: Vec<String>,
    notes: Vec<String>,
}

/// What one file says of a row: by name, the lines.
type Lines = Vec<(&'static str, Vec<String>)>;

impl Reader {
    fn row(&mut self, row: &SubClause) -> Option<Row> {
        let mut found: Vec<(Option<usize>, Lines)> = Vec::new();
        if row.status.answer == Answer::Stated {
            self.take(&mut found, "status", &row.status.from);
        }
        for (name, said) in said(row) {
            self.take(&mut found, name, &said.from);
        }
        let names = |lines: Lines| lines.into_iter().map(|(name, at)| format!("{name} {}", at.join(", ")).trim_end().to_owned()).collect::<Vec<_>>().join(", ");
        let texts: Vec<String> = found
            .into_iter()
            .map(|(file, lines)| match file {
                Some(file) => format!("S{}: {}", file + 1, names(lines)),
                None => names(lines),
            })
            .collect();
        (!texts.is_empty()).then(|| Row { clause: row.clause.clone(), text: texts.join("; ") })
    }

    /// Takes a source apart: places with lines, and words on why they are believed.
    fn take(&mut self, found: &mut Vec<(Option<usize>, Lines)>, name: &'static str, from: &str) {
        for piece in from.split("; ") {
            let path = self.known.iter().find(|path| piece.starts_with(path.as_str())).cloned();
            let rest = path.as_ref().map_or(piece, |path| &piece[path.len()..]);
            let line: String = rest.strip_prefix(':').unwrap_or_default().chars().take_while(char::is_ascii_digit).collect();
            let note = rest.strip_prefix(':').map_or(rest, |rest| &rest[line.len()..]).trim_start_matches([',', ' ']);
            let note = if note.is_empty() { String::new() } else { format!("[{}]", self.note(note)) };
            let file = path.map(|path| self.file(path));
            let text = [line, note].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ");
            put(found, file, name, text);
        }
    }

    fn file(&mut self, path: String) -> usize {
        self.paths.iter().position(|known| *known == path).unwrap_or_else(|| {
            self.paths.push(path);
            self.paths.len() - 1
        })
    }

    fn note(&mut self, note: &str) -> String {
        let at = self.notes.iter().position(|known| known == note).unwrap_or_else(|| {
            self.notes.push(note.to_owned());
            self.notes.len() - 1
        });
        letter(at)
    }
}

fn put(found: &mut Vec<(Option<usize>, Lines)>, file: Option<usize>, name: &'static str, text: String) {
    let at = found.iter().position(|(known, _)| *known == file).unwrap_or_else(|| {
        found.push((file, Lines::new()));
        found.len() - 1
    });
    let Some((_, lines)) = found.get_mut(at) else { return };
    match lines.iter_mut().find(|(known, _)| *known == name) {
        Some((_, texts)) if texts.contains(&text) => {}
        Some((_, texts)) => texts.push(text),
        None => lines.push((name, vec![text])),
    }
}
