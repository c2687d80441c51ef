//! A document that is handed over, and the forms it can take. All forms come from the same view.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

use super::engine::{Markup, OwnTemplates, lay_out};
use super::headings::headings;
use super::house::HouseStyle;
use super::page::sealed;
use super::redaction::Redaction;
use super::workbook::Workbook;
use super::{csv_table, docx, xlsx};

/// Form of a deliverable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Form {
    /// Markdown.
    Md,
    /// One self-contained page.
    Html,
    /// Excel.
    Xlsx,
    /// Word.
    Docx,
    /// Its main table.
    Csv,
    /// For programs.
    Json,
}

impl Form {
    /// All forms.
    pub const ALL: [Self; 6] = [Self::Md, Self::Html, Self::Xlsx, Self::Docx, Self::Csv, Self::Json];

    /// Its word, which is also the ending of its files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Md => "md",
            Self::Html => "html",
            Self::Xlsx => "xlsx",
            Self::Docx => "docx",
            Self::Csv => "csv",
            Self::Json => "json",
        }
    }

    /// Whether it is text that a terminal can show.
    pub fn is_text(self) -> bool {
        !matches!(self, Self::Xlsx | Self::Docx)
    }
}

/// A view that can be handed over. It is counted, ordered and worded; nothing in it is escaped.
pub trait Deliverable: Serialize {
    /// Name of its templates.
    const NAME: &'static str;

    /// Name of the template of its print form, Word; the Markdown one where it needs none of its own.
    const PRINT: &'static str = Self::NAME;

    /// It as tables.
    fn workbook(&self) -> Workbook;

    /// What its templates of text get beside the view, as `print`: what is told once for all.
    ///
    /// # Errors
    /// As of `json`.
    fn print(&self) -> Result<Value, String> {
        Ok(Value::Null)
    }

    /// It for programs.
    ///
    /// # Errors
    /// None that a value of these shapes can cause; in words, if one occurs all the same.
    fn json(&self) -> Result<Value, String> {
        serde_json::to_value(self).map_err(|error| error.to_string())
    }
}

/// What a deliverable wears.
#[derive(Clone, Debug, Default)]
pub struct Dress {
    /// The house style.
    pub house: HouseStyle,
    /// Templates of the user.
    pub templates: OwnTemplates,
    /// Names that are left out.
    pub redaction: Redaction,
    /// Whether CSV cells that look like formulas stay as they are.
    pub csv_raw: bool,
}

/// Writes a deliverable in a form.
///
/// # Errors
/// In words: a template at fault, or a text that the form cannot hold.
pub fn written<D: Deliverable>(deliverable: &D, form: Form, dress: &Dress) -> Result<Vec<u8>, String> {
    let text = match form {
        Form::Md => lay(deliverable, D::NAME, Markup::Markdown, dress)?,
        Form::Html => sealed(&lay(deliverable, D::NAME, Markup::Html, dress)?),
        Form::Json => json(deliverable, dress)?,
        Form::Csv => csv_table::csv(&dress.redaction.workbook(deliverable.workbook()), dress.csv_raw)?,
        Form::Xlsx => return xlsx::xlsx(&dress.redaction.workbook(deliverable.workbook()), &dress.redaction.house(&dress.house)),
        Form::Docx => {
            let text = lay(deliverable, print_template::<D>(&dress.templates), Markup::Markdown, dress)?;
            return docx::docx(&text, &dress.redaction.house(&dress.house), &subject(deliverable, dress)?);
        }
    };
    Ok(text.into_bytes())
}

fn json<D: Deliverable>(deliverable: &D, dress: &Dress) -> Result<String, String> {
    let value = dress.redaction.value(deliverable.json()?);
    serde_json::to_string_pretty(&value).map(|text| text + "\n").map_err(|error| error.to_string())
}

/// Of whom a deliverable is and of which day, for the head of every page.
fn subject<D: Deliverable>(deliverable: &D, dress: &Dress) -> Result<docx::Subject, String> {
    let value = serde_json::to_value(deliverable).map_err(|error| error.to_string())?;
    let cover = dress.redaction.value(value.get("cover").cloned().unwrap_or_default());
    let text = |name: &str| cover.get(name).and_then(Value::as_str).map(str::to_owned);
    Ok(docx::Subject { organization: text("organization"), as_of: text("as_of") })
}

/// The template of the print form. Whoever has a Markdown template of the deliverable for its own, and none for print, gets
/// that one in Word.
fn print_template<D: Deliverable>(own: &OwnTemplates) -> &'static str {
    let has = |name: &str| own.contains_key(&format!("{name}{}", Markup::Markdown.ending()));
    if has(D::NAME) && !has(D::PRINT) { D::NAME } else { D::PRINT }
}

fn lay<D: Deliverable>(deliverable: &D, name: &str, markup: Markup, dress: &Dress) -> Result<String, String> {
    let report = dress.redaction.value(serde_json::to_value(deliverable).map_err(|error| error.to_string())?);
    let mut house = dress.redaction.value(serde_json::to_value(&dress.house).map_err(|error| error.to_string())?);
    // The letters of a picture are no text: three of them may look like a name.
    if let (Some(logo), Some(fields)) = (&dress.house.logo, house.as_object_mut()) {
        fields.insert("logo".to_owned(), Value::String(logo.clone()));
    }
    let words = serde_json::to_value(headings(dress.house.language.as_deref())?).map_err(|error| error.to_string())?;
    let mut values = BTreeMap::from([("report", report), ("house", house), ("words", words)]);
    values.insert("print", dress.redaction.value(deliverable.print()?));
    lay_out(name, markup, &values, &dress.templates).map(|text| tidy(&text, markup))
}

/// Templates leave blank lines behind; at most one stays, and none at a line's end.
fn tidy(text: &str, markup: Markup) -> String {
    let allowed = usize::from(markup == Markup::Markdown);
    let mut result = String::with_capacity(text.len());
    let mut blank = 0;
    for line in text.lines().map(str::trim_end) {
        blank = if line.is_empty() { blank + 1 } else { 0 };
        if blank <= allowed {
            result.push_str(line);
            result.push('\n');
        }
    }
    result.trim_start().to_owned()
}
