//! Headings that Markdown authors write as HTML, most often to centre a title.

/// How many bytes of a heading are read; one that does not end within is none.
pub(super) const LONGEST: usize = 2_000;

/// Whether a heading of the first or second level begins in a line.
pub(super) fn opens_heading(html: &str) -> bool {
    begin_of(html).is_some()
}

/// The level and the text of the heading that begins in a piece of HTML, once it has ended.
pub(super) fn heading_in(html: &str) -> Option<(u8, String)> {
    let (level, rest) = begin_of(html)?;
    let (_, rest) = rest.split_once('>')?;
    let end = rest.to_ascii_lowercase().find(if level == 1 { "</h1" } else { "</h2" })?;
    let mut title = String::new();
    let mut in_tag = false;
    for character in rest[..end].chars() {
        match character {
            '<' => in_tag = true,
            '>' => in_tag = false,
            _ if in_tag => {}
            _ if character.is_whitespace() => title.push(' '),
            _ => title.push(character),
        }
    }
    for (entity, text) in [("&nbsp;", " "), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")] {
        title = title.replace(entity, text);
    }
    let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    (!title.is_empty()).then_some((level, title))
}

/// The level of a heading that begins here, and what follows its name.
fn begin_of(html: &str) -> Option<(u8, &str)> {
    let is_name = |at: usize| html.as_bytes().get(at + 3).is_some_and(|next| next.is_ascii_whitespace() || *next == b'>');
    let at = html
        .match_indices('<')
        .map(|(at, _)| at)
        .find(|at| html.get(*at..at + 3).is_some_and(|tag| ["<h1", "<h2", "<H1", "<H2"].contains(&tag)) && is_name(*at))?;
    Some((if html.as_bytes()[at + 2] == b'1' { 1 } else { 2 }, &html[at + 3..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_in_html_are_read_and_nothing_else_is() {
        let level_one = |text: &str| Some((1, text.to_owned()));
        assert_eq!(heading_in("<h1 align=\"center\">Change &amp; Release <em>Policy</em></h1>\n"), level_one("Change & Release Policy"));
        assert_eq!(heading_in("<div>\n<H1>\n Scope\n</H1>"), level_one("Scope"));
        assert_eq!(heading_in("<h2>Purpose</h2>"), Some((2, "Purpose".to_owned())));
        for none in ["<h1>", "<h1>x", "<h1></h1>", "<hr>", "<html><h10>x</h10>", "<h3>x</h3>", "<h1><img src=x></h1>", "<", "<h1é>x</h1>"] {
            assert_eq!(heading_in(none), None, "{none}");
        }
    }
}
