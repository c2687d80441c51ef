//! A few lines around a finding, made harmless, for people at a terminal.

use std::collections::HashMap;

use super::exit::Failure;
use crate::assessment::FindingPlace;
use crate::report::Excerpt;
use crate::repository::{Entry, Reader, Snapshot};
use crate::vocabulary::is_hidden;

const LINES_AROUND: u32 = 1;
const COLUMNS: usize = 160;
const LIMIT: u64 = 4 * 1024 * 1024;

/// Cuts excerpts out of the files of a snapshot. Findings come sorted by grade, so the last few files are kept.
pub(super) struct Excerpts<'run> {
    reader: Reader,
    entries: HashMap<String, &'run Entry>,
    texts: HashMap<String, Option<String>>,
}

impl<'run> Excerpts<'run> {
    pub(super) fn new(snapshot: &'run Snapshot) -> Result<Self, Failure> {
        let entries = snapshot.entries.iter().map(|entry| (entry.path.to_string(), entry)).collect();
        Ok(Self { reader: snapshot.reader()?, entries, texts: HashMap::new() })
    }

    /// The lines around a place; none where there is no text to show.
    pub(super) fn around(&mut self, place: &FindingPlace) -> Option<Excerpt> {
        const FILES_KEPT: usize = 32;
        if place.line == 0 {
            return None;
        }
        if self.texts.len() > FILES_KEPT {
            self.texts.clear();
        }
        if !self.texts.contains_key(&place.path) {
            let text = self
                .entries
                .get(&place.path)
                .and_then(|entry| self.reader.read(entry, LIMIT).ok())
                .and_then(|bytes| String::from_utf8(bytes).ok())
                // Lines end with CR, LF or both; a lone CR must not reach the terminal.
                .map(|text| text.replace("\r\n", "\n").replace('\r', "\n"));
            self.texts.insert(place.path.clone(), text);
        }
        let text = self.texts.get(&place.path)?.as_ref()?;
        let first = place.line.saturating_sub(LINES_AROUND).max(1);
        let last = place.line + LINES_AROUND;
        let lines: Vec<String> = text.lines().skip(first as usize - 1).take((last - first + 1) as usize).map(visible).collect();
        let marked = lines.get((place.line - first) as usize)?;
        let before: usize = lines[..(place.line - first) as usize].iter().map(|line| line.len() + 1).sum();
        let offset = |column: u32| marked.char_indices().nth(column.saturating_sub(1) as usize).map_or(marked.len(), |(index, _)| index);
        let start = offset(place.column);
        let end = if place.end_line == place.line && place.end_column > place.column { offset(place.end_column) } else { marked.len() };
        Some(Excerpt { first_line: first, start: before + start, length: end.saturating_sub(start), text: lines.join("\n") })
    }
}

/// A line of which nothing can reach the terminal but what is seen; every character stays one character.
fn visible(line: &str) -> String {
    line.chars()
        .take(COLUMNS)
        .map(|character| match character as u32 {
            code @ 0..=0x1F => char::from_u32(0x2400 + code).unwrap_or('?'),
            0x7F => '␡',
            0x80..=0x9F => '�',
            _ if is_hidden(character) => '�',
            _ => character,
        })
        .collect()
}
