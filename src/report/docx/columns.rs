//! How wide the columns of a table are: as wide as their longest word at least, and beyond that by how much they say.

use super::blocks::{Line, Table, plain};
use super::text::{widest_piece, width};

/// The most columns that Word can show.
pub(super) const MOST: usize = 60;

/// Font size of tables, in twentieths of a point.
const SIZE: usize = 180;
/// White on both sides of a cell's text, and a little for what the measure gets wrong.
const WHITE: usize = 200 + 40;
/// What a word that cannot be broken may claim.
const WORD: usize = 3_000;
/// What a column to be written in by hand claims.
const TO_FILL_IN: usize = 2_200;

/// What a column claims.
#[derive(Clone, Copy, Debug, Default)]
struct Claim {
    /// Its longest word.
    least: f64,
    /// Its longest text.
    most: f64,
    /// What it says: the root of the mean square of its texts.
    weight: f64,
    is_text: bool,
}

/// Widths of the columns in twentieths of a point, together no wider than the page.
pub(super) fn widths(table: &Table, page: usize) -> Vec<usize> {
    if let Some(sheet) = &table.sheet {
        let all = sheet.shares.iter().sum::<usize>().max(1);
        return sheet.shares.iter().map(|share| page * share / all).collect();
    }
    let claims: Vec<Claim> = (0..table.head.len()).map(|index| claim(table, index)).collect();
    let page = page as f64;
    let widths = shares(&claims, page);
    let widths = if widths.iter().sum::<f64>() > page { scaled(&widths, page) } else { widths };
    widths.iter().map(|width| width.floor().max(1.0) as usize).collect()
}

fn claim(table: &Table, index: usize) -> Claim {
    let twips = |thousandths: usize| thousandths * SIZE / 1_000;
    let text = |cell: &Line| plain(cell);
    let head = table.head.get(index).map(text).unwrap_or_default();
    // Heads are bold.
    let (mut least, mut most) = (twips(widest_piece(&head)) * 11 / 10, twips(widest_piece(&head)) * 11 / 10);
    let (mut squares, mut rows, mut is_text) = (0.0, 0_u32, false);
    for cell in table.rows.iter().filter_map(|row| row.get(index)).map(text).filter(|text| !text.trim().is_empty()) {
        let longest = twips(cell.split('\n').map(width).max().unwrap_or_default());
        least = least.max(twips(widest_piece(&cell)).min(WORD));
        most = most.max(longest);
        squares += (twips(width(&cell)) as f64).powi(2);
        rows += 1;
        is_text |= cell.chars().filter(|character| character.is_alphabetic()).nth(8).is_some();
    }
    if rows == 0 && !table.rows.is_empty() {
        most = most.max(TO_FILL_IN);
        squares = (TO_FILL_IN as f64).powi(2);
    }
    let (least, most) = (least + WHITE, most.max(least) + WHITE);
    Claim { least: least as f64, most: most as f64, weight: (squares / f64::from(rows.max(1))).sqrt().max(1.0), is_text }
}

/// What fits is given; else what is left over the words is shared by what the columns say.
fn shares(claims: &[Claim], page: f64) -> Vec<f64> {
    let wanted: f64 = claims.iter().map(|claim| claim.most).sum();
    if wanted <= page {
        return stretched(claims, page, wanted);
    }
    let mut fixed: Vec<Option<f64>> = vec![None; claims.len()];
    loop {
        let left = page - fixed.iter().flatten().sum::<f64>();
        let weights: f64 = claims.iter().zip(&fixed).filter(|(_, fixed)| fixed.is_none()).map(|(claim, _)| claim.weight).sum();
        let share = |claim: &Claim| (left * claim.weight / weights.max(1.0)).max(0.0);
        // Too narrow goes first: what it takes, the others lack.
        let narrow = claims.iter().zip(&fixed).position(|(claim, fixed)| fixed.is_none() && share(claim) < claim.least);
        let wide = || claims.iter().zip(&fixed).position(|(claim, fixed)| fixed.is_none() && share(claim) > claim.most);
        if let Some(index) = narrow {
            fixed[index] = Some(claims[index].least);
        } else if let Some(index) = wide() {
            fixed[index] = Some(claims[index].most);
        } else {
            return claims.iter().zip(&fixed).map(|(claim, fixed)| fixed.unwrap_or_else(|| share(claim))).collect();
        }
    }
}

/// A table that is nearly as wide as the page becomes as wide; its texts get the room, its numbers do not.
fn stretched(claims: &[Claim], page: f64, wanted: f64) -> Vec<f64> {
    let texts: f64 = claims.iter().filter(|claim| claim.is_text).map(|claim| claim.most).sum();
    let more = if wanted > page * 0.6 && texts > 0.0 { (page - wanted) / texts } else { 0.0 };
    claims.iter().map(|claim| if claim.is_text { claim.most * (1.0 + more) } else { claim.most }).collect()
}

fn scaled(widths: &[f64], page: f64) -> Vec<f64> {
    let sum: f64 = widths.iter().sum();
    widths.iter().map(|width| width * page / sum).collect()
}

#[cfg(test)]
mod tests {
    use super::super::blocks::{Block, blocks};
    use super::*;

    fn widths_of(markdown: &str) -> Vec<usize> {
        match blocks(markdown).blocks.as_slice() {
            [Block::Table(table)] => widths(table, 14_570),
            other => unreachable!("{other:?}"),
        }
    }

    #[test]
    fn numbers_are_narrow_and_texts_share_the_rest() {
        let long = "a text of some length ".repeat(20);
        let found = widths_of(&format!("| No | Text | Short |\n|---|---|---|\n| 1 | {long} | one two |\n"));
        assert!(found[0] < 800 && found[1] > 9_000 && found[2] < 2_000, "{found:?}");
        assert!(found.iter().sum::<usize>() <= 14_570);
    }

    #[test]
    fn no_word_makes_a_table_wider_than_the_page() {
        let word = "x".repeat(400);
        let found = widths_of(&format!("| A | B | C | D | E | F |\n|---|---|---|---|---|---|\n| {word} | {word} | {word} | {word} | {word} | {word} |\n"));
        assert!(found.iter().sum::<usize>() <= 14_570, "{found:?}");
    }

    #[test]
    fn an_empty_column_leaves_room_to_write() {
        let found = widths_of("| Id | Result |\n|---|---|\n| 1 | |\n");
        assert!(found[1] > 2_000, "{found:?}");
    }
}
