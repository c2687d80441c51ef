//! Names of persons left out of a report, before anything is escaped.
//!
//! A name goes wherever it stands as whole words: "Ingrid Vance", "Vance, Ingrid", "I. Vance", "Ms Vance", in a genitive, in
//! a path (`ingrid-vance.yaml`) and as an address (`i.vance@`). One of its words alone goes only where a value holds nothing
//! else: "Frost" in a sentence is as likely the weather. Names of organizations, services and roles stay whole.

mod forms;
mod words;

use std::sync::Arc;

use serde_json::Value;

use self::forms::Forms;
use super::house::HouseStyle;
use super::workbook::{Cell, Workbook};
use crate::assessment::NamedPeople;

/// What stands in the place of a name.
const LEFT_OUT: &str = "[name]";

/// Leaves names out of every text that passes it; the one without names leaves every text as it is.
#[derive(Clone, Debug, Default)]
pub struct Redaction(Option<Arc<Forms>>);

impl Redaction {
    /// Leaves out these persons.
    pub fn of(people: &NamedPeople) -> Self {
        Self((!people.names.is_empty()).then(|| Arc::new(Forms::new(people))))
    }

    /// A text without the names.
    pub fn text(&self, text: &str) -> String {
        let Some(forms) = &self.0 else { return text.to_owned() };
        if forms.is_nothing_else(text) {
            return LEFT_OUT.to_owned();
        }
        let mut result = String::with_capacity(text.len());
        let mut end = 0;
        for found in forms.find(text) {
            result.push_str(&text[end..found.start]);
            result.push_str(LEFT_OUT);
            end = found.end;
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

    /// A house style without the names.
    pub(super) fn house(&self, house: &HouseStyle) -> HouseStyle {
        HouseStyle { prepared_by: house.prepared_by.as_ref().map(|name| self.text(name)), ..house.clone() }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn redaction() -> Redaction {
        let names = ["Ingrid Vance", "Joanna Frost", "Jan van der Berg", "Anne-Marie O'Neill", "José Muñoz", "Ana", "jdoe@example.org", "@jdoe", "Lee Major"];
        let others = ["Ingrid Vance Consulting Ltd", "Change manager"];
        Redaction::of(&NamedPeople { names: names.map(str::to_owned).into_iter().collect(), others: others.map(str::to_owned).into_iter().collect() })
    }

    fn without(text: &str) -> String {
        redaction().text(text)
    }

    #[test]
    fn names_go_in_every_form_that_people_write() {
        for text in [
            "approved by Ingrid Vance.",
            "approved by Vance, Ingrid.",
            "approved by I. Vance.",
            "approved by INGRID VANCE.",
            "approved by Ingrid  Vance.",
            "approved by Ms Vance.",
            "approved by Vance, I.",
            "approved by ingrid.vance@example.org.",
            "approved by ivance@example.org.",
            "approved by Jan van der Berg.",
            "approved by J. van der Berg.",
            "approved by Anne Marie O’Neill.",
            "approved by Jose Munoz.",
            "approved by jdoe@example.org.",
            "approved by @jdoe.",
        ] {
            assert_eq!(without(text), "approved by [name].", "{text}");
        }
        assert_eq!(without("Ingrid Vance's desk, Ingrid Vance’s, Ingrid Vances Tisch"), "[name]'s desk, [name]’s, [name] Tisch");
        assert_eq!(without("people/ingrid-vance.yaml:3"), "people/[name].yaml:3");
        assert_eq!(without("Ingrid V. signed"), "[name] signed");
    }

    #[test]
    fn other_words_stay() {
        for text in [
            "Frost on the line, and a frost warning",
            "Ingrid decided with the Change manager",
            "Advance, Vancouver, Ingrid Vancer",
            "Ingrid Vance Consulting Ltd",
            "Analysis of Ana",
            "major",
            "service.desk@example.org",
            "A frost is not A. Person",
            "",
        ] {
            assert_eq!(without(text), text);
        }
    }

    #[test]
    fn a_word_of_a_name_goes_where_nothing_else_stands() {
        assert_eq!(without("Ingrid"), "[name]");
        assert_eq!(without(" Vance "), "[name]");
        assert_eq!(without("Ana"), "[name]");
        assert_eq!(without("Ana, Ingrid"), "[name]");
        assert_eq!(without("ingrid vance"), "[name]");
    }

    #[test]
    fn nobody_named_changes_nothing() {
        let redaction = Redaction::of(&NamedPeople::default());
        assert_eq!(redaction.text("Ingrid Vance"), "Ingrid Vance");
    }
}
