//! What a Markdown document is called.

use crate::documents::control::ControlField;
use crate::documents::document::Document;
use crate::vocabulary::{Spanned, is_placeholder, without_pictures};

/// The title of the head, else the first heading of the first level; with the subtitle of the head, which is the document's
/// own name where the title is that of the manual around it.
pub(super) fn of(document: &Document) -> Option<Spanned<String>> {
    let stated = document.control.get(ControlField::Title).map(|value| Spanned::new(without_pictures(&value.value).to_owned(), value.at));
    let heading = || document.sections.iter().find(|section| section.level == 1).map(|section| Spanned::new(section.title.clone(), section.at));
    let title = stated.or_else(heading)?;
    match subtitle(document) {
        Some(subtitle) => Some(Spanned { value: format!("{}: {subtitle}", title.value), ..title }),
        None => Some(title),
    }
}

/// The subtitle; none where it is a sentence and no name.
fn subtitle(document: &Document) -> Option<&str> {
    const LONGEST: usize = 10;
    let text = document.head.field("subtitle")?.value.as_text()?.trim();
    (!text.is_empty() && !is_placeholder(text) && text.split_whitespace().count() <= LONGEST).then_some(text)
}
