//! The words of one language: by what people of that tongue call a subject, a kind and a sort of document.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::clause::Origin;
use super::documented_information::Sort;

/// A vocabulary (`vocabulary/LANGUAGE.yaml`): one file that a speaker of the language can write without reading code.
/// Words are compared in lower case and without the plural's `s`; hyphens and underscores count as blanks.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Vocabulary {
    /// Code of the language, equal to the file's name.
    pub language: String,
    /// Name of the language, in English.
    pub title: String,
    /// How much it covers.
    pub covers: Coverage,
    /// The commonest function words, by which a text is told to be in this language.
    pub common_words: Vec<String>,
    /// Words of titles that announce a sort of document.
    pub sorts: BTreeMap<Sort, Vec<String>>,
    /// Phrases by which an organization's own rules speak.
    #[serde(default)]
    pub own_voice: Vec<String>,
    /// Phrases by which lessons, manuals and advertisements speak.
    #[serde(default)]
    pub teaching_voice: Vec<String>,
    /// Titles of documents that are evidence for nothing.
    #[serde(default)]
    pub nothing_titles: Vec<String>,
    /// Titles and file names that say nothing of the subject: the folder's name speaks in their place.
    #[serde(default)]
    pub silent_names: Vec<String>,
    /// Words that make of a title's subject a lesson about it.
    #[serde(default)]
    pub about: Vec<String>,
    /// Folders whose documents are mostly no evidence.
    #[serde(default)]
    pub folders_of_nothing: Vec<String>,
    /// Words of subjects.
    pub subjects: BTreeMap<String, SubjectWords>,
    /// Words of kinds of documented information.
    pub kinds: BTreeMap<String, KindWords>,
}

/// How much a vocabulary covers.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub enum Coverage {
    /// Titles, headings and running text.
    Full,
    /// Titles and kind words: documents without a telling title stay unrecognised.
    Titles,
}

/// The words of one subject.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct SubjectWords {
    /// Phrases that, as title, file name or heading, say that this is the subject.
    pub names: Vec<String>,
    /// Telling phrases of running text.
    pub phrases: Vec<String>,
    /// Words that support but never decide.
    pub words: Vec<String>,
    /// Longer phrases with one of these in them that mean something else.
    pub not: Vec<String>,
}

/// The words of one kind of documented information.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct KindWords {
    /// What exactly this kind is called.
    pub names: Vec<String>,
    /// Telling phrases of its text.
    pub terms: Vec<String>,
    /// How policies and plans speak of doing it, beside its names: the sentence in which one stands may state its interval.
    pub promised_as: Vec<String>,
    /// Headings that together are the usual outline of such a document, each of which alone says little.
    pub outline: Vec<String>,
    /// Words of headings or passages about each of its topics, by the topic's id.
    pub topics: BTreeMap<String, Vec<String>>,
}

/// A vocabulary with the place it was read from.
#[derive(Clone, Debug)]
pub struct Language {
    /// Its words.
    pub words: Vocabulary,
    /// Where it is declared.
    pub origin: Origin,
}
