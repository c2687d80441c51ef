//! Tabs and notes of site generators: `=== "Tab"`, `!!! note`, `??? note`, with their content four columns in. Markdown knows
//! none of them and would read that content as code, which says nothing.

use std::borrow::Cow;

/// The text with each such head made the head of a list item, which has its content four columns in too. Every byte keeps
/// its place.
pub(super) fn as_lists(text: &str) -> Cow<'_, str> {
    const OPENING: [&str; 4] = ["=== \"", "!!! ", "??? ", "???+ "];
    let is_head = |line: &str| OPENING.iter().any(|opening| line.trim_start_matches(' ').starts_with(opening));
    if !text.lines().any(is_head) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut fence: Option<&str> = None;
    for line in text.split_inclusive('\n') {
        let own = line.trim_start_matches(' ');
        let mark = ["```", "~~~"].into_iter().find(|mark| own.starts_with(mark));
        match (fence, mark) {
            (None, Some(mark)) => fence = Some(mark),
            (Some(open), Some(mark)) if open == mark => fence = None,
            _ => {}
        }
        if fence.is_some() || !is_head(line) {
            out.push_str(line);
            continue;
        }
        // A plus behind the marks says that it is open; as a quote it keeps the content four columns in.
        let (item, rest) = match own.strip_prefix("???+ ") {
            Some(rest) => ("-   \"", rest),
            None => ("-   ", own.get(4..).unwrap_or_default()),
        };
        out.extend(std::iter::repeat_n(' ', line.len() - own.len()));
        out.push_str(item);
        out.push_str(rest);
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::as_lists;

    #[test]
    fn heads_become_items_and_every_byte_keeps_its_place() {
        let text = "# Page\n\n=== \"Quick\"\n\n    Some text.\n\n!!! note \"Mind\"\n    More.\n\n???+ tip\n\n    Yet more.\n";
        let lists = as_lists(text);
        assert_eq!(lists, "# Page\n\n-   \"Quick\"\n\n    Some text.\n\n-   note \"Mind\"\n    More.\n\n-   \"tip\n\n    Yet more.\n");
        assert_eq!(lists.len(), text.len());
    }

    #[test]
    fn what_stands_in_code_stays() {
        let text = "```\n!!! note\n```\n\nA title\n===\n";
        assert_eq!(as_lists(text), text);
    }
}
