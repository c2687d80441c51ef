//! Text that a spreadsheet program would take for a formula, made harmless with an apostrophe, and the apostrophe taken
//! off again.

/// First characters by which a spreadsheet takes a cell for a formula; the full-width ones too.
const FORMULA: [char; 10] = ['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'];

/// Text with an apostrophe wherever a cell that begins there would be a formula: at its start, and after a line break or
/// a semicolon, since a program that expects semicolons between cells begins a new one there, quotation marks or not.
pub fn guard_formula(text: &str) -> String {
    let mut guarded = String::with_capacity(text.len() + 2);
    let mut is_start = true;
    for (index, character) in text.char_indices() {
        if is_start && looks_like_formula(&text[index..]) {
            guarded.push('\'');
        }
        guarded.push(character);
        is_start = matches!(character, '\n' | ';');
    }
    guarded
}

/// Text as it was before [`guard_formula`].
pub fn unguard_formula(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut is_start = true;
    for (index, character) in text.char_indices() {
        let is_guard = is_start && character == '\'' && looks_like_formula(&text[index + 1..]);
        if !is_guard {
            plain.push(character);
        }
        is_start = matches!(character, '\n' | ';');
    }
    plain
}

/// Whether what comes first, blanks and quotation marks aside, begins a formula.
fn looks_like_formula(text: &str) -> bool {
    text.trim_start_matches([' ', '\u{a0}', '"', '\'']).starts_with(FORMULA)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn whatever_could_become_a_formula_gets_an_apostrophe() {
        for (text, guarded) in [
            ("=1+1", "'=1+1"),
            ("+1", "'+1"),
            ("-1", "'-1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "'\t=1"),
            ("\r=1", "'\r=1"),
            ("＝1", "'＝1"),
            ("  =1", "'  =1"),
            ("\"=1", "'\"=1"),
            ("'=1", "''=1"),
            ("a\";=1", "a\";'=1"),
            ("a;\"=1", "a;'\"=1"),
            ("seen:\n- one\n- two", "seen:\n'- one\n'- two"),
        ] {
            assert_eq!(guard_formula(text), guarded);
            assert_eq!(unguard_formula(guarded), text);
        }
        for text in ["", "a=1", "8.6.1-s3", "a - b; c", "St John's", "'quoted'"] {
            assert_eq!(guard_formula(text), text);
            assert_eq!(unguard_formula(text), text);
        }
    }

    proptest! {
        #[test]
        fn what_is_put_on_comes_off(text in "[=+@;'\"a \n-]{0,12}") {
            prop_assert_eq!(unguard_formula(&guard_formula(&text)), text);
        }
    }
}
