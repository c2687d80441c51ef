//! Text from documents, made harmless for Markdown.

use crate::vocabulary::sanitize;

/// For running text and table cells: one line, no markup, no HTML, no new column.
pub(super) fn markdown(text: &str) -> String {
    let clean = sanitize(text);
    let mut result = String::with_capacity(clean.len() + 8);
    let mut characters = clean.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '`' if let Some(word) = set_as_code(characters.clone()) => {
                result.extend(['`'].into_iter().chain(word.chars()).chain(['`']));
                characters.by_ref().take(word.len() + 1).for_each(drop);
            }
            '\\' | '`' | '*' | '[' | ']' | '|' => {
                result.push('\\');
                result.push(character);
            }
            '<' => result.push_str("&lt;"),
            // Only at the beginning of a line is it a quotation, and only before a letter can an ampersand begin an entity.
            '>' if result.trim().is_empty() => result.push_str("&gt;"),
            '&' if characters.peek().is_some_and(|next| next.is_alphanumeric() || *next == '#') => result.push_str("&amp;"),
            _ => result.push(character),
        }
    }
    // An underscore marks up only at the edge of a word.
    let edge = |text: &str| text.replace(" _", " \\_").replace("_ ", "\\_ ");
    // A workflow command begins a line; ours never does.
    let result = edge(&result);
    if result.starts_with("::") || result.starts_with('#') || result.starts_with('-') || result.starts_with('+') { format!("\\{result}") } else { result }
}

/// The word between two backticks, if nothing in it can mean anything but itself.
fn set_as_code(rest: impl Iterator<Item = char>) -> Option<String> {
    const LONGEST: usize = 60;
    let mut word = String::new();
    for character in rest.take(LONGEST) {
        match character {
            '`' => return (!word.is_empty()).then_some(word),
            _ if character.is_ascii_alphanumeric() || "._-/:".contains(character) => word.push(character),
            _ => return None,
        }
    }
    None
}

/// For a path or id set as code: no backtick can end it.
pub(super) fn code(text: &str) -> String {
    format!("`{}`", sanitize(text).replace('`', "'").replace('|', "\\|"))
}

/// For text and attributes of a page: one line, no element, no attribute can end it.
pub(super) fn html(text: &str) -> String {
    let clean = sanitize(text);
    let mut result = String::with_capacity(clean.len() + 8);
    let mut characters = clean.chars();
    while let Some(character) = characters.next() {
        match character {
            // A key or command that our own sentences set off; attributes hold text too, so it is set as nothing but itself.
            '`' if result.is_empty() || result.ends_with([' ', '(']) => {
                let Some(word) = set_as_code(characters.clone()) else {
                    result.push_str("&#96;");
                    continue;
                };
                result.push_str(&word);
                characters.by_ref().take(word.len() + 1).for_each(drop);
            }
            '&' => result.push_str("&amp;"),
            '<' => result.push_str("&lt;"),
            '>' => result.push_str("&gt;"),
            '"' => result.push_str("&quot;"),
            '\'' => result.push_str("&#39;"),
            '`' => result.push_str("&#96;"),
            _ => result.push(character),
        }
    }
    result
}

/// As [`html`], with a place to break the line after each slash: paths are long and columns narrow.
pub(super) fn html_path(text: &str) -> String {
    html(text).replace('/', "/<wbr>")
}

/// A text within the quotation marks of a style sheet: whatever is no letter, digit or blank stands as its number, so that
/// nothing ends the string, and nothing in it is a mark of HTML.
pub(super) fn css(text: &str) -> String {
    let safe =
        |character: char| if character.is_ascii_alphanumeric() || character == ' ' { character.to_string() } else { format!("\\{:06x}", u32::from(character)) };
    text.chars().map(safe).collect()
}

/// A picture as a `data:` address, whole; nothing for any other text.
pub(super) fn picture(text: &str) -> &str {
    let letters = ["data:image/png;base64,", "data:image/jpeg;base64,"].into_iter().find_map(|head| text.strip_prefix(head));
    let is_letter = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=');
    if letters.is_some_and(|letters| letters.bytes().all(is_letter)) { text } else { "" }
}

/// A text as the id of an element and the end of an address. Two texts never share one: whatever is no letter, digit,
/// dot, hyphen, colon or slash becomes its number between underscores.
pub(super) fn anchor(text: &str) -> String {
    let mut result = String::with_capacity(text.len());
    for character in text.chars() {
        if character.is_ascii_alphanumeric() || matches!(character, '.' | '-' | ':' | '/') {
            result.push(character);
        } else {
            result.push_str(&format!("_{:x}_", u32::from(character)));
        }
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_passes_whole_and_nothing_else_does() {
        let logo = format!("data:image/png;base64,{}==", "iVBORw0KGgo+/".repeat(1000));
        assert_eq!(picture(&logo), logo);
        for text in ["data:text/html;base64,AAAA", "data:image/png;base64,AA\" onload=x", "data:image/svg+xml;base64,AAAA", "x.png", "javascript:x"] {
            assert_eq!(picture(text), "");
        }
    }

    #[test]
    fn nothing_ends_a_string_of_a_style_sheet() {
        assert_eq!(css("R&D \"x\"; }"), "R\\000026D \\000022x\\000022\\00003b \\00007d");
    }

    #[test]
    fn no_two_texts_share_an_anchor() {
        assert_eq!(anchor("8.6.1-s3"), "8.6.1-s3");
        assert_eq!(anchor("core:complaints"), "core:complaints");
        assert_eq!(anchor("a b\"><x"), "a_20_b_22__3e__3c_x");
        assert_ne!(anchor("a_b"), anchor("a b"));
    }

    #[test]
    fn tables_keep_their_columns_and_html_stays_text() {
        assert_eq!(markdown("a|b <script> `x y`"), "a\\|b &lt;script> \\`x y\\`");
        assert_eq!(markdown("> R&D of Q & A -> `imported_on`, &amp; `"), "&gt; R&amp;D of Q & A -> `imported_on`, &amp;amp; \\`");
        assert_eq!(markdown("::set-output name=x::y"), "\\::set-output name=x::y");
        assert_eq!(code("a`|b"), "`a'\\|b`");
        assert_eq!(html("say so in `clausewise.yaml`; x=`y` `a b`"), "say so in clausewise.yaml; x=&#96;y&#96; &#96;a b&#96;");
    }
}
