//! Templates: the built-in ones, a user's own in front of them, and the escaping that every value passes.

use std::collections::BTreeMap;
use std::io::Write;

use include_dir::{Dir, include_dir};
use serde_json::Value;
use tera::{Context, Kwargs, State, Tera};

use super::escape;
use crate::vocabulary::slug;

static TEMPLATES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/templates");

/// Templates of a user, by the name of the built-in one that each replaces.
pub type OwnTemplates = BTreeMap<String, String>;

/// Which kind of text a template makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Markup {
    Markdown,
    Html,
}

impl Markup {
    /// Ending of its templates.
    pub(super) fn ending(self) -> &'static str {
        match self {
            Self::Markdown => ".md",
            Self::Html => ".html",
        }
    }

    /// Endings of the files that belong to it.
    fn owns(self, name: &str) -> bool {
        match self {
            Self::Markdown => name.ends_with(".md"),
            Self::Html => name.ends_with(".html") || name.ends_with(".css") || name.ends_with(".js"),
        }
    }
}

/// Names of the built-in templates, for those who write their own.
pub fn template_names() -> Vec<String> {
    built_in().map(|(name, _)| name.to_owned()).filter(|name| Markup::Markdown.owns(name) || Markup::Html.owns(name)).collect()
}

/// Names and texts of the built-in templates: those of a deliverable, and their pieces one folder below.
fn built_in() -> impl Iterator<Item = (&'static str, &'static str)> {
    TEMPLATES.files().chain(TEMPLATES.dirs().flat_map(Dir::files)).filter_map(|file| Some((file.path().to_str()?, file.contents_utf8()?)))
}

/// Lays out values by the template of a name (without its ending). A template of the user of the same name goes before
/// the built-in one, which can still be named as `builtin/NAME`.
///
/// # Errors
/// The template engine's words, which name template and line.
pub(super) fn lay_out(name: &str, markup: Markup, values: &BTreeMap<&'static str, Value>, own: &OwnTemplates) -> Result<String, String> {
    let words = |error: tera::Error| error.to_string();
    let mut tera = Tera::default();
    tera.autoescape_on(vec![markup.ending()]);
    match markup {
        Markup::Markdown => {
            tera.set_escape_fn(|text: &str, out: &mut dyn Write| out.write_all(escape::markdown(text).as_bytes()));
            tera.register_filter("code", |text: &str, _: Kwargs, _: &State| tera::Value::safe_string(&escape::code(text)));
        }
        Markup::Html => {
            tera.set_escape_fn(|text: &str, out: &mut dyn Write| out.write_all(escape::html(text).as_bytes()));
            tera.register_filter("code", |text: &str, _: Kwargs, _: &State| tera::Value::safe_string(&format!("<code>{}</code>", escape::html_path(text))));
            tera.register_filter("css", |text: &str, _: Kwargs, _: &State| tera::Value::safe_string(&escape::css(text)));
            // Longer than any text may be, so it cannot pass as one.
            tera.register_filter("picture", |text: &str, _: Kwargs, _: &State| tera::Value::safe_string(escape::picture(text)));
        }
    }
    tera.register_filter("anchor", |text: &str, _: Kwargs, _: &State| escape::anchor(text));
    tera.register_filter("slug", |text: &str, _: Kwargs, _: &State| slug(text));
    tera.set_fallback_prefixes(["own/", "builtin/"]).map_err(words)?;
    let built_in = built_in().filter(|(name, _)| markup.owns(name)).map(|(name, text)| (format!("builtin/{name}"), text.to_owned()));
    let own = own.iter().filter(|(name, _)| markup.owns(name)).map(|(name, text)| (format!("own/{name}"), text.clone()));
    tera.add_raw_templates(built_in.chain(own)).map_err(words)?;
    let mut context = Context::new();
    for (key, value) in values {
        context.insert(*key, value);
    }
    tera.render(&format!("{name}{}", markup.ending()), &context).map_err(words)
}
