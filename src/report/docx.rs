//! A deliverable as a Word document, laid out from its Markdown.

use super::house::HouseStyle;

/// The document's bytes; the same for the same text.
///
/// # Errors
/// In words: a text that a document cannot hold.
pub(super) fn docx(_markdown: &str, _house: &HouseStyle) -> Result<Vec<u8>, String> {
    Err("no document yet".to_owned())
}
