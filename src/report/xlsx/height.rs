//! Heights of rows. Programs do not fit the height of wrapped rows in files that another program wrote, so it is
//! reckoned here from the widths of letters.

/// Height of a line of text, in sizes of its letters.
const LINE: f64 = 1.32;
/// Height of the highest row there can be, in points.
const HIGHEST: f64 = 409.0;
/// Width of one unit of column width, in points: the figure nought of the workbook's standard font.
const UNIT: f64 = 5.25;
/// Height of a row whose cells hold these texts in columns of these widths, in letters of a size.
pub(super) fn row_height<'text>(cells: impl Iterator<Item = (&'text str, f64)>, least: f64, bold: bool, size: f64) -> f64 {
    let lines = cells.map(|(text, width)| lines(text, width, bold, size)).max().unwrap_or(1).max(1);
    #[expect(clippy::cast_precision_loss, reason = "at most a few thousand lines")]
    let height = 3.0 + LINE * size * lines as f64;
    height.clamp(least, HIGHEST)
}

/// Number of lines that a text takes in a column.
fn lines(text: &str, width: f64, bold: bool, size: f64) -> usize {
    // A program that breaks a little earlier than reckoned must not hide the last line.
    let room = (width * UNIT - 5.0).max(10.0) * if bold { 0.90 } else { 0.96 };
    let room = room / size;
    text.split('\n').map(|line| wrapped(line, room)).sum()
}

fn wrapped(line: &str, room: f64) -> usize {
    let blank = letter(' ');
    let (mut lines, mut used) = (1, 0.0);
    for word in line.split(' ') {
        let width: f64 = word.chars().map(letter).sum();
        if used > 0.0 && used + blank + width > room {
            lines += 1;
            used = 0.0;
        }
        if used > 0.0 {
            used += blank;
        }
        used += width;
        while used > room {
            // A word longer than the line is broken anywhere.
            lines += 1;
            used -= room;
        }
    }
    lines
}

/// Width of a letter of a common sans serif, in sizes.
fn letter(character: char) -> f64 {
    match character {
        'i' | 'j' | 'l' | '\'' | '|' => 0.22,
        ' ' | '.' | ',' | ':' | ';' | '!' | '/' | 'f' | 't' | 'I' | '[' | ']' => 0.28,
        'r' | '(' | ')' | '-' | '"' | '`' => 0.34,
        'm' | 'M' | '%' => 0.83,
        'w' | 'C' | 'D' | 'G' | 'H' | 'N' | 'O' | 'Q' | 'R' | 'U' => 0.72,
        'W' | '@' => 0.97,
        'A'..='Z' | '&' => 0.67,
        _ if (character as u32) >= 0x2E80 => 1.0,
        _ => 0.556,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_as_high_as_their_longest_cell() {
        assert_eq!(lines("", 10.0, false, 10.0), 1);
        assert_eq!(lines("one line of text", 30.0, false, 10.0), 1);
        assert_eq!(lines("one\ntwo\n\nfour", 30.0, false, 10.0), 4);
        assert!(lines(&"word ".repeat(40), 30.0, false, 10.0) >= 6);
        assert_eq!(lines(&"x".repeat(100), 20.0, false, 10.0), 6);
        assert!((row_height([("a", 10.0), ("a\nb\nc", 10.0)].into_iter(), 15.0, false, 10.0) - (3.0 + 3.0 * LINE * 10.0)).abs() < 0.01);
        assert!(row_height([(&*"word ".repeat(9_999), 10.0)].into_iter(), 15.0, false, 10.0) <= HIGHEST);
    }
}
