//! Words that several reports share.

use crate::vocabulary::ClauseNumber;

/// A sentence begins with a capital, a path or an id stays as it is.
pub(super) fn capitalised(text: &str) -> String {
    let first = text.split(' ').next().unwrap_or_default();
    if first.contains(['/', '.', '_']) {
        return text.to_owned();
    }
    let mut characters = text.chars();
    characters.next().map(|first| first.to_uppercase().collect::<String>() + characters.as_str()).unwrap_or_default()
}

/// What goes before records that may hold what a finding says is missing.
pub(super) const MAY_ANSWER: &str = "not linked to it, and may answer it";

/// Titles of the standard's clauses 4 to 10.
pub(super) fn top_title(number: &ClauseNumber) -> Option<&'static str> {
    Some(match number.to_string().as_str() {
        "4" => "Context of the organization",
        "5" => "Leadership",
        "6" => "Planning",
        "7" => "Support of the service management system",
        "8" => "Operation of the service management system",
        "9" => "Performance evaluation",
        "10" => "Improvement",
        _ => return None,
    })
}
