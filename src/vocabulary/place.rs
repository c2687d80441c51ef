//! Where something stands in a text.

/// A range in a text: lines and columns counted from 1, columns in characters, the end exclusive.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// First line; 0 where the place is a whole file that has no line.
    pub line: u32,
    /// First column.
    pub column: u32,
    /// Last line.
    pub end_line: u32,
    /// Column after the last character.
    pub end_column: u32,
}

impl Place {
    /// The whole of one line, for findings that are about the line and not a word in it.
    pub fn line(line: u32) -> Self {
        Self { line, column: 1, end_line: line, end_column: 1 }
    }
}

/// A value and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spanned<T> {
    /// What was written.
    pub value: T,
    /// Where.
    pub at: Place,
}

impl<T> Spanned<T> {
    /// Joins a value and its place.
    pub fn new(value: T, at: Place) -> Self {
        Self { value, at }
    }
}

/// The line starts of one text, to turn byte offsets into lines and columns. Lines end with LF, CRLF or CR.
pub struct LineIndex<'text> {
    text: &'text str,
    starts: Vec<usize>,
    /// How many characters begin before every [`STEP`]th byte: a line may be the whole of a text.
    characters: Vec<usize>,
}

/// Bytes between two counts of characters.
const STEP: usize = 1024;

impl<'text> LineIndex<'text> {
    /// Indexes a text in one pass.
    pub fn new(text: &'text str) -> Self {
        let bytes = text.as_bytes();
        let mut begun = 0;
        let characters = bytes
            .chunks(STEP)
            .map(|chunk| {
                let before = begun;
                begun += characters_in(chunk);
                before
            })
            .collect();
        let ends_line = |at: &usize| bytes[*at] == b'\n' || bytes.get(at + 1) != Some(&b'\n');
        let starts = std::iter::once(0).chain(memchr::memchr2_iter(b'\n', b'\r', bytes).filter(ends_line).map(|at| at + 1)).collect();
        Self { text, starts, characters }
    }

    /// The line, from 1, in which the byte at `offset` stands.
    pub fn line(&self, offset: usize) -> u32 {
        u32::try_from(self.starts.partition_point(|start| *start <= offset)).unwrap_or(u32::MAX)
    }

    /// The place of a byte range; offsets beyond the text or inside a character are moved back to a boundary.
    pub fn place(&self, range: std::ops::Range<usize>) -> Place {
        let (line, column) = self.position(range.start);
        let (end_line, end_column) = self.position(range.end.max(range.start));
        Place { line, column, end_line, end_column }
    }

    /// The byte at a line and column, both from 1; none beyond the text.
    pub fn offset(&self, line: u32, column: u32) -> Option<usize> {
        let start = *self.starts.get((line as usize).checked_sub(1)?)?;
        let rest = self.text.get(start..)?;
        match rest.char_indices().nth((column as usize).checked_sub(1)?) {
            Some((offset, _)) => Some(start + offset),
            None => (rest.chars().count() + 1 == column as usize).then_some(self.text.len()),
        }
    }

    fn position(&self, offset: usize) -> (u32, u32) {
        let mut offset = offset.min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        let line = self.line(offset);
        let start = self.starts[line as usize - 1];
        // Most lines are shorter than a step, and are counted as they are.
        let column = if offset - start <= STEP {
            characters_in(&self.text.as_bytes()[start..offset])
        } else {
            self.characters_before(offset) - self.characters_before(start)
        };
        (line, u32::try_from(column + 1).unwrap_or(u32::MAX))
    }

    fn characters_before(&self, offset: usize) -> usize {
        let step = (offset / STEP).min(self.characters.len().saturating_sub(1));
        let counted = self.characters.get(step).copied().unwrap_or_default();
        counted + characters_in(&self.text.as_bytes()[step * STEP..offset])
    }
}

/// How many characters begin in a piece of UTF-8.
fn characters_in(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| begins_character(**byte)).count()
}

/// Whether a byte of UTF-8 is the first of its character.
const fn begins_character(byte: u8) -> bool {
    byte & 0b1100_0000 != 0b1000_0000
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_the_same_whatever_ends_them() {
        for text in ["a\nbé\nc", "a\r\nbé\r\nc", "a\rbé\rc"] {
            let index = LineIndex::new(text);
            let at = text.find('c').expect("c");
            assert_eq!(index.line(at), 3, "{text:?}");
            let place = index.place(text.find('b').expect("b")..text.find('é').expect("é") + 2);
            assert_eq!((place.line, place.column, place.end_column), (2, 1, 3), "{text:?}");
        }
    }
    #[test]
    fn a_column_counts_characters_however_long_the_line_is() {
        let text = format!("x\n{}", "aé€ ".repeat(2_000));
        let index = LineIndex::new(&text);
        for (offset, _) in text.char_indices().chain([(text.len(), ' ')]) {
            let line_start = if offset < 2 { 0 } else { 2 };
            let column = index.place(offset..offset).column as usize;
            assert_eq!(column, text[line_start..offset].chars().count() + 1, "{offset}");
        }
    }
}
