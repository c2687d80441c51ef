//! Secrets and personal data by their form: found where the text is read, told without being repeated.

use std::{cell::LazyCell, sync::LazyLock};

use regex::Regex;

use crate::vocabulary::{LineIndex, Place, Spanned};

/// Forms that are hardly anything else.
const FORMS: [(&str, &str); 11] = [
    ("a private key", r"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----"),
    ("an access key of a cloud provider", r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b"),
    ("an access token of a code host", r"\b(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{22,}|glpat-[A-Za-z0-9_-]{20,})"),
    ("an access token of a chat", r"\bxox[abprs]-[A-Za-z0-9-]{10,}"),
    ("an API key", r"\bAIza[0-9A-Za-z_-]{35}\b"),
    ("a signed token", r"\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}"),
    (
        "a password",
        r#"(?i)\b(?:password|passwd|passphrase|pwd|api[_-]?key|client[_-]?secret|secret[_-]?key)\b["']?\s*(?:[:=]|is)\s*["'`]?([^\s"'`<>{}\[\]()|,;]{8,64})"#,
    ),
    ("a payment card number", r"\b\d{4}([ -]?)\d{4}[ -]?\d{4}[ -]?\d{4}\b"),
    (
        "a date of birth",
        r#"(?i)\b(?:date[ _-]of[ _-]birth|birth[ _-]?date|dob|geburtsdatum|date de naissance|fecha de nacimiento|data de nascimento)\b["'*|]*\s*[:=|]?\s*["'*]*(\d{1,4}[-./ ](?:\d{1,2}|[A-Za-z]{3,9})[-./ ]\d{2,4})"#,
    ),
    (
        "a number of a person's papers",
        r#"(?i)\b(?:passport|social security|national insurance|identity card|id card|driving licence|personalausweis|sozialversicherungs)[ -]?(?:number|no\.?|nummer)?\b["'*|]*\s*[:=|]\s*["'*]*([A-Z0-9][A-Z0-9 -]{6,14}[A-Z0-9])\b"#,
    ),
    ("an account number", r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?\b"),
];

/// Words of these forms end where ASCII ends them: a boundary by all of Unicode would keep the search off its fast path wherever a text has one accent.
static PATTERNS: LazyLock<Vec<(&str, Regex)>> = LazyLock::new(|| {
    let plain = |form: &str| form.replace(r"\b", r"(?-u:\b)").replace(r"\d", "[0-9]");
    FORMS.iter().filter_map(|(name, form)| Some((*name, Regex::new(&plain(form)).ok()?))).collect()
});

/// What of this sort a text holds: each with its line, none repeated in words.
pub(super) fn secrets(text: &str) -> Vec<Spanned<&'static str>> {
    let lines = LazyCell::new(|| LineIndex::new(text));
    let mut found = Vec::new();
    for (name, pattern) in PATTERNS.iter() {
        for captures in pattern.captures_iter(text) {
            let Some(whole) = captures.get(0) else { continue };
            let likely = match *name {
                "a password" => captures.get(1).is_some_and(|value| is_chosen(value.as_str())),
                "an account number" => is_account(whole.as_str()),
                "a payment card number" => is_card(whole.as_str()),
                "a number of a person's papers" => captures.get(1).is_some_and(|value| value.as_str().chars().filter(char::is_ascii_digit).count() >= 5),
                _ => true,
            };
            if likely {
                found.push(Spanned::new(*name, Place::line(lines.line(whole.start()))));
            }
        }
        // What stands on one line twice is told once.
        found.dedup_by_key(|secret| (secret.value, secret.at.line));
    }
    found
}

/// A password that somebody chose has letters and digits or signs; a word of a sentence has not.
fn is_chosen(value: &str) -> bool {
    let value = value.trim_end_matches('.');
    let letters = value.chars().any(char::is_alphabetic);
    let digits = value.chars().any(|character| character.is_ascii_digit());
    let signs = value.chars().any(|character| "!@#$%^&*+=?~".contains(character));
    let is_pointer = value.contains("://") || value.contains('/') || value.starts_with(['$', '%', '-']) || value.contains("xxx") || value.contains("***");
    letters && (digits || signs) && !is_pointer
}

/// Cards begin with 3 to 6, are written in fours with one sign between, and end with a digit that checks the others.
fn is_card(text: &str) -> bool {
    let digits: Vec<u32> = text.chars().filter_map(|character| character.to_digit(10)).collect();
    let gaps: String = text.chars().filter(|character| !character.is_ascii_digit()).collect();
    let is_even = gaps.len() == 3 && gaps.chars().all(|gap| gaps.starts_with(gap));
    let doubled = |(index, digit): (usize, &u32)| if index % 2 == 0 { (digit * 2) / 10 + (digit * 2) % 10 } else { *digit };
    is_even && (3..=6).contains(&digits[0]) && digits.iter().enumerate().map(doubled).sum::<u32>() % 10 == 0
}

/// The check digits of an international bank account number: the number modulo 97 is 1.
fn is_account(text: &str) -> bool {
    let bare: String = text.chars().filter(|character| !character.is_whitespace()).collect();
    if !(15..=34).contains(&bare.len()) {
        return false;
    }
    let turned = bare[4..].chars().chain(bare[..4].chars());
    let mut rest: u32 = 0;
    for character in turned {
        let Some(value) = character.to_digit(36) else { return false };
        rest = (if value > 9 { rest * 100 } else { rest * 10 } + value) % 97;
    }
    rest == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_is_sought_and_accents_around_it_hide_nothing() {
        assert_eq!(PATTERNS.len(), FORMS.len());
        for text in ["Zugang für Zürich – password: Sommer2024! – größer", "né à Orléans, date de naissance : 12.03.1985, marié"] {
            assert_eq!(secrets(text).len(), 1, "{text}");
        }
        assert!(secrets("the passwordless größe is: Sommer2024!").is_empty());
    }
}
