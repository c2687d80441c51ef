//! Secrets and personal data by their form: found where the text is read, told without being repeated.

use std::sync::LazyLock;

use regex::Regex;

use crate::vocabulary::{Place, Spanned};

/// Forms that are hardly anything else.
const FORMS: [(&str, &str); 8] = [
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
    ("an account number", r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?\b"),
];

static PATTERNS: LazyLock<Vec<(&str, Regex)>> = LazyLock::new(|| FORMS.iter().filter_map(|(name, form)| Some((*name, Regex::new(form).ok()?))).collect());

/// What of this sort a text holds: each with its line, none repeated in words.
pub(super) fn secrets(text: &str) -> Vec<Spanned<&'static str>> {
    let mut found = Vec::new();
    for (name, pattern) in PATTERNS.iter() {
        for captures in pattern.captures_iter(text) {
            let Some(whole) = captures.get(0) else { continue };
            let likely = match *name {
                "a password" => captures.get(1).is_some_and(|value| is_chosen(value.as_str())),
                "an account number" => is_account(whole.as_str()),
                _ => true,
            };
            if likely {
                let line = text[..whole.start()].bytes().filter(|byte| *byte == b'\n').count() + 1;
                found.push(Spanned::new(*name, Place::line(u32::try_from(line).unwrap_or(u32::MAX))));
            }
        }
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
