//! How a cover is set: its facts in two columns, its title as low as they allow.

use super::blocks::{Block, Line, Span, plain};
use super::body::PAGE;
use super::logo::HEIGHT;
use super::text::width;

/// Columns of the facts of a cover.
pub(super) const FACTS: [usize; 2] = [PAGE / 4, PAGE - PAGE / 4];
/// Height of a page and of what a cover's parts take, in twentieths of a point: a title is set lower the more room there is.
const COVER: usize = 9_300;
const COVER_TITLE: usize = 1_300;
const COVER_TITLE_LINE: usize = 660;
const COVER_LINE: usize = 240;
const COVER_ROW: usize = 210;
const COVER_LOWEST: usize = 2_600;

/// How far below the top a cover's title stands, so that all of the cover stays on its page.
pub(super) fn room_above(blocks: &[Block], has_logo: bool) -> u32 {
    let lines = |line: &[Span], size: usize, room: usize| (width(&plain(line)) * size / 1_000).div_ceil(room).max(1);
    let taken: usize = blocks
        .iter()
        .map(|block| match block {
            Block::Heading(1, line) => COVER_TITLE + lines(line, 620, PAGE) * COVER_TITLE_LINE,
            Block::Table(table) => {
                let lines_of = |row: &Vec<Line>| row.get(1).map_or(1, |cell| lines(cell, 210, FACTS[1]));
                std::iter::once(&table.head).chain(&table.rows).map(|row| COVER_ROW + COVER_LINE * lines_of(row)).sum()
            }
            Block::Paragraph { line, .. } | Block::Item { line, .. } => COVER_LINE * (lines(line, 210, PAGE * 3 / 4) + 1),
            _ => COVER_LINE,
        })
        .sum();
    let taken = taken + if has_logo { HEIGHT } else { 0 };
    u32::try_from(COVER.saturating_sub(taken).min(COVER_LOWEST)).unwrap_or_default()
}
