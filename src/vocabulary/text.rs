//! Small habits of text: plural forms, keys, placeholders, and making foreign text harmless.

/// "1 finding", "2 findings": the one place where plurals are made.
pub fn count(number: usize, singular: &str, plural: &str) -> String {
    format!("{number} {}", if number == 1 { singular } else { plural })
}

/// "a", "a and b", "a, b and c".
pub fn listing<T: AsRef<str>>(items: &[T]) -> String {
    match items {
        [] => String::new(),
        [one] => one.as_ref().to_owned(),
        [head @ .., last] => {
            let head: Vec<&str> = head.iter().map(AsRef::as_ref).collect();
            format!("{} and {}", head.join(", "), last.as_ref())
        }
    }
}

/// As [`listing`], at most `limit` items and then how many more.
pub fn list_some<T: AsRef<str>>(items: &[T], limit: usize) -> String {
    if items.len() <= limit {
        return listing(items);
    }
    let shown: Vec<&str> = items[..limit].iter().map(AsRef::as_ref).collect();
    format!("{} and {} more", shown.join(", "), items.len() - limit)
}

/// A name as people vary it, brought to one form: lower case, words joined by one underscore.
pub fn key_of(name: &str) -> String {
    joined_words(name, '_')
}

/// Whether a name, as people write it, is this key; the same as comparing [`key_of`], without making it.
pub fn is_key(name: &str, key: &str) -> bool {
    if !name.is_ascii() {
        return key_of(name) == key;
    }
    let mut wanted = key.bytes();
    let (mut begun, mut between) = (false, false);
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() {
            if between && begun && wanted.next() != Some(b'_') {
                return false;
            }
            (begun, between) = (true, false);
            if wanted.next() != Some(byte.to_ascii_lowercase()) {
                return false;
            }
        } else if byte != b'\'' {
            between = true;
        }
    }
    wanted.next().is_none()
}

/// A text as a file name or id would carry it: lower case, words joined by one hyphen.
pub fn slug(text: &str) -> String {
    joined_words(text, '-')
}

/// A text reduced to lower-case words with single blanks, for comparing what people wrote.
pub fn plain(text: &str) -> String {
    joined_words(text, ' ')
}

/// A value of a field for comparison: plain words, and one word for each way to say yes or no.
pub fn plain_value(text: &str) -> String {
    match plain(text).as_str() {
        "true" | "y" | "x" => "yes".to_owned(),
        "false" | "n" => "no".to_owned(),
        other => other.to_owned(),
    }
}

fn joined_words(text: &str, joint: char) -> String {
    let mut result = String::with_capacity(text.len());
    // A joint is written when the next word comes, so that none stands at the end.
    let mut between = false;
    for character in text.chars() {
        // Nearly all text is ASCII, and this is asked of all of it.
        let is_letter = if character.is_ascii() { character.is_ascii_alphanumeric() } else { character.is_alphanumeric() };
        if is_letter {
            if between && !result.is_empty() {
                result.push(joint);
            }
            between = false;
            if character.is_ascii() {
                result.push(character.to_ascii_lowercase());
            } else {
                result.extend(character.to_lowercase());
            }
        } else if character != '\'' && character != '’' {
            // "St Bride's" and "St Brides" are one name.
            between = true;
        }
    }
    result
}

/// A text of at most so many characters, the last of them an ellipsis where something was left out.
pub fn shortened(text: &str, characters: usize) -> String {
    if text.chars().nth(characters).is_none() {
        return text.to_owned();
    }
    let kept: String = text.chars().take(characters.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

/// The number of words in a text.
pub fn words(text: &str) -> usize {
    text.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).count()
}

/// Whether a field's value only holds the place of a value: `TBD`, `[DATE]`, `<name>`, `{{owner}}`, `YYYY-MM-DD`.
pub fn is_placeholder(value: &str) -> bool {
    let value = value.trim();
    if value.is_empty() {
        return false;
    }
    // Nearly every value is none, and this is asked of each of them: the dear comparison comes last.
    const LONGEST: usize = 32;
    let wrapped = |open: char, close: char| value.starts_with(open) && value.ends_with(close) && value.chars().count() > 2;
    if (wrapped('[', ']') && !value.contains(',')) || wrapped('<', '>') || value.contains("{{") || value.contains("${") {
        return true;
    }
    if value.chars().all(|character| matches!(character, '_' | '?' | '.' | '-' | '…' | ' ')) {
        return value.chars().count() > 1;
    }
    let words = [
        "tbd",
        "tbc",
        "tba",
        "todo",
        "to be defined",
        "to be determined",
        "to be confirmed",
        "to be completed",
        "fill in",
        "insert here",
        "xxx",
        "xx",
        "yyyy mm dd",
        "dd mm yyyy",
        "name",
        "date",
        "lorem ipsum",
    ];
    let begins = value.as_bytes().get(..11).is_some_and(|start| start.eq_ignore_ascii_case(b"lorem ipsum"));
    begins || (value.len() <= LONGEST && words.contains(&plain(value).as_str()))
}

/// A title without the pictures that some put before or behind it, and which few fonts have.
pub fn without_pictures(title: &str) -> &str {
    // Ticks and crosses (U+2713 to U+2718) say something.
    let is_picture = |character: char| {
        matches!(character as u32,
            0x1F000..=0x1FAFF | 0x2600..=0x2712 | 0x2719..=0x27BF | 0x2B00..=0x2BFF | 0x231A..=0x23FF | 0xFE0E | 0xFE0F | 0x200D | 0x20E3)
    };
    let bare = title.trim_matches(|character: char| is_picture(character) || character.is_whitespace());
    if bare.is_empty() { title.trim() } else { bare }
}

/// Foreign text made harmless for a terminal or a line of a report: controls, direction marks and other invisible
/// characters become visible, line breaks become blanks, and the length is held at 4,000 characters.
pub fn sanitize(text: &str) -> String {
    const LIMIT: usize = 4_000;
    let mut result = String::with_capacity(text.len());
    for (index, character) in text.chars().enumerate() {
        if index == LIMIT {
            result.push('…');
            break;
        }
        match character {
            '\n' | '\r' | '\t' => result.push(' '),
            character if (character as u32) < 0x20 || (0x7F..=0x9F).contains(&(character as u32)) => {
                result.push_str(&format!("\\x{:02X}", character as u32));
            }
            character if is_hidden(character) => result.push_str(&format!("<U+{:04X}>", character as u32)),
            character => result.push(character),
        }
    }
    result
}

/// As [`sanitize`], for names, in which a line break or tab is as strange as any other control.
pub fn sanitize_name(text: &str) -> String {
    let mut result = String::with_capacity(text.len());
    for character in text.chars() {
        if character.is_control() {
            result.push_str(&format!("\\x{:02X}", character as u32));
        } else if is_hidden(character) {
            result.push_str(&format!("<U+{:04X}>", character as u32));
        } else {
            result.push(character);
        }
    }
    result
}

/// Characters that change how text looks without being seen: direction controls, zero-width characters, tags.
pub fn is_hidden(character: char) -> bool {
    matches!(character as u32,
        0x061C | 0x200B..=0x200F | 0x202A..=0x202E | 0x2060..=0x2069 | 0xFEFF | 0xFFF9..=0xFFFB | 0xE0000..=0xE007F)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_what_is_written_and_no_picture() {
        for (title, bare) in [
            ("\u{1F504} Plan ", "Plan"),
            ("\u{2699}\u{FE0F} 4. Roles", "4. Roles"),
            ("C\u{2013}D\u{2122}", "C\u{2013}D\u{2122}"),
            ("\u{2705}", "\u{2705}"),
            ("Done \u{2713}", "Done \u{2713}"),
        ] {
            assert_eq!(without_pictures(title), bare);
        }
    }

    #[test]
    fn a_name_is_a_key_just_where_its_key_is_the_same() {
        for name in
            ["Approved by", "approved_by", " approved-by: ", "Approved'by", "Approvedby", "approved", "approved by whom", "Größe", "", "--", "Next  Review"]
        {
            for key in ["approved_by", "approvedby", "approved", "größe", "", "next_review", "_"] {
                assert_eq!(is_key(name, key), key_of(name) == key, "{name} {key}");
            }
        }
    }

    #[test]
    fn names_of_one_thing_have_one_key() {
        for name in ["Approved by", "approved_by", "approved-by", " Approved  By: "] {
            assert_eq!(key_of(name), "approved_by");
        }
    }

    #[test]
    fn placeholders_are_told_from_values() {
        for value in ["TBD", "[DATE]", "<name>", "{{ owner }}", "YYYY-MM-DD", "____", "tbc."] {
            assert!(is_placeholder(value), "{value}");
        }
        for value in ["Jane Doe", "1.2", "2026-01-01", "", "none", "P1"] {
            assert!(!is_placeholder(value), "{value}");
        }
    }

    #[test]
    fn nothing_foreign_reaches_the_terminal() {
        assert_eq!(sanitize("a\u{1b}[2Jb\u{9b}c\u{202e}d\ne"), "a\\x1B[2Jb\\x9Bc<U+202E>d e");
    }

    #[test]
    fn plurals_and_lists_read_well() {
        assert_eq!(count(1, "finding", "findings"), "1 finding");
        assert_eq!(listing(&["a", "b", "c"]), "a, b and c");
        assert_eq!(list_some(&["a", "b", "c"], 2), "a, b and 1 more");
    }
}
