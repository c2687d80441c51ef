//! Tables in Markdown. Text only: whatever markup stands in a cell is left out.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::FilledIn;
use super::comma::line_of;
use super::table::{Answered, Grid};
use crate::vocabulary::LineIndex;

/// Reads the tables of a Markdown text, each named by the heading above it.
pub(super) fn read(text: &str, heads: &[&str]) -> FilledIn {
    let lines = LineIndex::new(text);
    let mut filled_in = FilledIn::default();
    let mut heading = String::new();
    let mut is_heading = false;
    let mut grid: Option<Grid> = None;
    let mut row: (u32, Vec<String>) = (0, Vec::new());
    let mut cell: Option<String> = None;
    for (event, range) in Parser::new_ext(text, Options::ENABLE_TABLES).into_offset_iter() {
        match event {
            Event::Start(Tag::Heading { .. }) => {
                heading.clear();
                is_heading = true;
            }
            Event::End(TagEnd::Heading(_)) => {
                is_heading = false;
                filled_in.title.get_or_insert_with(|| heading.trim().to_owned());
            }
            Event::Start(Tag::Table(_)) => grid = Some(Grid { name: heading.trim().to_owned(), rows: Vec::new(), place: line_of }),
            Event::Start(Tag::TableHead | Tag::TableRow) => row = (lines.line(range.start), Vec::new()),
            Event::Start(Tag::TableCell) => cell = Some(String::new()),
            Event::End(TagEnd::TableCell) => row.1.extend(cell.take()),
            Event::End(TagEnd::TableHead | TagEnd::TableRow) => {
                let (line, texts) = std::mem::take(&mut row);
                if let Some(grid) = &mut grid {
                    grid.rows.push((line, (0..).zip(texts.into_iter().map(cell_of)).collect()));
                }
            }
            Event::End(TagEnd::Table) => {
                if let Some(grid) = grid.take() {
                    filled_in.meta.extend(grid.facts());
                    filled_in.tables.extend(grid.table(heads));
                }
            }
            Event::Text(piece) | Event::Code(piece) => match (&mut cell, is_heading) {
                (Some(cell), _) => cell.push_str(&piece),
                (None, true) => heading.push_str(&piece),
                (None, false) => {}
            },
            Event::InlineHtml(tag) => {
                if let Some(cell) = cell.as_mut().filter(|_| tag.to_lowercase().starts_with("<br")) {
                    cell.push('\n');
                }
            }
            Event::SoftBreak | Event::HardBreak => {
                if let Some(cell) = &mut cell {
                    cell.push(' ');
                }
            }
            _ => {}
        }
    }
    filled_in
}

fn cell_of(text: String) -> Answered {
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    Answered { text: lines.join("\n").trim().to_owned(), ..Answered::default() }
}
