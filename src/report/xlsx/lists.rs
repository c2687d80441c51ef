//! Drop-downs: short ones carry their words themselves, long ones point to a hidden sheet.

use rust_xlsxwriter::{DataValidation, Formula, Worksheet, XlsxError};

use super::LISTS;
use super::names::cell_text;
use crate::vocabulary::shortened;

/// The most that a drop-down can carry itself, the commas between the words counted.
const INLINE: usize = 255;

/// The words of long drop-downs, a column each.
pub(super) struct Lists(Vec<Vec<String>>);

impl Lists {
    /// None yet.
    pub(super) fn new() -> Self {
        Self(Vec::new())
    }

    /// Whether no drop-down was too long.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The drop-down of some words.
    pub(super) fn choice(&mut self, words: &[String]) -> Result<DataValidation, XlsxError> {
        let words: Vec<String> = words.iter().map(|word| cell_text(word)).collect();
        let length = words.iter().map(|word| word.encode_utf16().count() + 1).sum::<usize>().saturating_sub(1);
        // A comma within a word would end it, and a quotation mark would end the list.
        let carries = length <= INLINE && !words.iter().any(|word| word.contains([',', '"', '\n']));
        let told = shortened(&format!("Choose one of: {}", words.join(", ")), 250);
        let validation = if carries {
            DataValidation::new().allow_list_strings(&words)?
        } else {
            let column = self.0.iter().position(|known| *known == words).unwrap_or(self.0.len());
            let range = format!("='{LISTS}'!${0}$1:${0}${1}", column_letters(column), words.len());
            if column == self.0.len() {
                self.0.push(words);
            }
            DataValidation::new().allow_list_formula(Formula::new(range))
        };
        validation.set_error_title("Not one of the words")?.set_error_message(told)
    }

    /// Writes the words to the hidden sheet.
    pub(super) fn write(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        for (column, words) in (0..).zip(&self.0) {
            for (row, word) in (0..).zip(words) {
                sheet.write_string(row, column, word)?;
            }
        }
        Ok(())
    }
}

/// `A`, `B`, … `Z`, `AA`.
fn column_letters(column: usize) -> String {
    let letter = |index: usize| char::from(b'A' + u8::try_from(index % 26).unwrap_or(0));
    if column < 26 { letter(column).to_string() } else { column_letters(column / 26 - 1) + &letter(column).to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_have_letters() {
        assert_eq!([0, 25, 26, 27, 701, 702].map(column_letters), ["A", "Z", "AA", "AB", "ZZ", "AAA"]);
    }
}
