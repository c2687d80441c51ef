//! Names of persons left out of a report.

use std::collections::BTreeSet;

use aho_corasick::{AhoCorasick, MatchKind};
use serde_json::Value;

use super::workbook::{Cell, Workbook};

/// What stands in the place of a name.
const LEFT_OUT: &str = "[name]";

/// Leaves names out of every text that passes it; the one without names leaves every text as it is.
#[derive(Clone, Debug, Default)]
pub struct Redaction(Option<AhoCorasick>);

impl Redaction {
    /// Leaves out these names, wherever each stands as whole words.
    ///
    /// # Errors
    /// In words, if there are more names than can be looked for.
    pub fn of(names: &BTreeSet<String>) -> Result<Self, String> {
        let names: Vec<&String> = names.iter().filter(|name| name.trim().chars().count() > 2).collect();
        if names.is_empty() {
            return Ok(Self(None));
        }
        let finder = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).ascii_case_insensitive(true).build(names);
        finder.map(|finder| Self(Some(finder))).map_err(|error| error.to_string())
    }

    /// A text without the names.
    pub fn text(&self, text: &str) -> String {
        let Some(finder) = &self.0 else { return text.to_owned() };
        let mut result = String::with_capacity(text.len());
        let mut end = 0;
        for found in finder.find_iter(text) {
            let before = text[..found.start()].chars().next_back();
            let after = text[found.end()..].chars().next();
            if before.is_some_and(char::is_alphanumeric) || after.is_some_and(char::is_alphanumeric) {
                continue;
            }
            result.push_str(&text[end..found.start()]);
            result.push_str(LEFT_OUT);
            end = found.end();
        }
        result.push_str(&text[end..]);
        result
    }

    /// A value without the names; keys stay.
    pub(super) fn value(&self, value: Value) -> Value {
        if self.0.is_none() {
            return value;
        }
        match value {
            Value::String(text) => Value::String(self.text(&text)),
            Value::Array(items) => Value::Array(items.into_iter().map(|item| self.value(item)).collect()),
            Value::Object(fields) => Value::Object(fields.into_iter().map(|(key, value)| (key, self.value(value))).collect()),
            other => other,
        }
    }

    /// Tables without the names.
    pub(super) fn workbook(&self, mut workbook: Workbook) -> Workbook {
        if self.0.is_none() {
            return workbook;
        }
        workbook.title = self.text(&workbook.title);
        for cell in workbook.sheets.iter_mut().flat_map(|sheet| &mut sheet.rows).flatten() {
            if let Cell::Text(text) = cell {
                *text = self.text(text);
            }
        }
        workbook
    }
}
