//! Text brought to the form in which phrases are compared.

use unicode_normalization::char::{decompose_canonical, is_combining_mark};

/// Appends the words of a text, each between two blanks, in lower case, without accents and without a plural's `s`;
/// gives back how many.
/// Two words share no blank, so that a phrase can only match whole words, and the next one can begin right after it.
pub(super) fn append(text: &str, into: &mut String) -> usize {
    let mut count = 0;
    let mut start = None;
    for character in text.chars() {
        if character.is_alphanumeric() {
            if start.is_none() {
                start = Some(into.len());
                into.push(' ');
            }
            if character.is_ascii() {
                into.push(character.to_ascii_lowercase());
            } else {
                character.to_lowercase().for_each(|lower| {
                    decompose_canonical(lower, |part| {
                        if !is_combining_mark(part) {
                            into.push(part)
                        }
                    })
                });
            }
        } else if !matches!(character, '\'' | '’') && !is_combining_mark(character) {
            count += usize::from(close(&mut start, into));
        }
    }
    count + usize::from(close(&mut start, into))
}

/// As [`append`], into a text of its own.
pub(super) fn normal(text: &str) -> String {
    let mut result = String::with_capacity(text.len() + 16);
    append(text, &mut result);
    result
}

/// A file's or folder's name as text: `IncidentResponse-v2` is "Incident Response v2".
pub(super) fn name_as_text(name: &str) -> String {
    let mut result = String::with_capacity(name.len() + 8);
    let mut before_is_lower = false;
    for character in name.chars() {
        if character.is_uppercase() && before_is_lower {
            result.push(' ');
        }
        before_is_lower = character.is_lowercase();
        result.push(if matches!(character, '_' | '-' | '.') { ' ' } else { character });
    }
    result
}

fn close(start: &mut Option<usize>, into: &mut String) -> bool {
    let Some(from) = start.take() else { return false };
    let word = &into[from + 1..];
    if word.len() > 4 && word.ends_with("ies") {
        into.truncate(into.len() - 3);
        into.push('y');
    } else if word.len() > 3 && word.ends_with('s') && !["ss", "us", "is"].iter().any(|end| word.ends_with(end)) {
        into.pop();
    }
    into.push(' ');
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_whole_lower_and_singular() {
        assert_eq!(normal("Change-Management Policies, Processes & SLAs"), " change  management  policy  processe  sla ");
        assert_eq!(normal("the status is the analysis of access"), " the  status  is  the  analysis  of  access ");
        assert_eq!(normal("St Bride’s"), " st  bride ");
        assert_eq!(normal("Änderungen"), " anderungen ");
        assert_eq!(normal("Política de gestão"), normal("Poli\u{301}tica de gesta\u{303}o"));
        assert_eq!(name_as_text("02_IncidentResponse-plan"), "02 Incident Response plan");
    }
}
