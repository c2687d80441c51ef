//! The house style of whoever hands a report over.

use serde::Serialize;

/// What stands on the cover beside the facts, and how the page looks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct HouseStyle {
    /// Who prepared it.
    pub prepared_by: Option<String>,
    /// For whom it is, in the words of the house ("confidential").
    pub classification: Option<String>,
    /// Colour of heads and charts, as `#rrggbb`.
    pub colour: Option<String>,
    /// The logo as a `data:` address, and the words that stand for it.
    pub logo: Option<String>,
    /// Language of headings: a file in `templates/words`.
    pub language: Option<String>,
}

impl HouseStyle {
    /// Whether a text is a colour: `#` and six hexadecimal digits. Nothing else reaches a style sheet.
    pub fn is_colour(text: &str) -> bool {
        text.strip_prefix('#').is_some_and(|digits| digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_hexdigit()))
    }
}
