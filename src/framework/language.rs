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
    pub common_words: Words,
    /// Words of titles that announce a sort of document.
    pub sorts: BTreeMap<Sort, Words>,
    /// Phrases by which an organization's own rules speak.
    #[serde(default)]
    pub own_voice: Words,
    /// Phrases by which lessons, manuals and advertisements speak.
    #[serde(default)]
    pub teaching_voice: Words,
    /// Titles of documents that are evidence for nothing.
    #[serde(default)]
    pub nothing_titles: Words,
    /// Titles and file names that say nothing of the subject: the folder's name speaks in their place.
    #[serde(default)]
    pub silent_names: Words,
    /// Words of titles, names and folders of forms that others fill in.
    #[serde(default)]
    pub template_words: Words,
    /// Words by which forms call themselves so: what is called by one and would be a record is none yet.
    #[serde(default)]
    pub form_words: Words,
    /// Words that make of a title's subject a lesson about it.
    #[serde(default)]
    pub about: Words,
    /// Headings under which a document only names others.
    #[serde(default)]
    pub reference_headings: Words,
    /// Words of headings under which a document only says who does what.
    #[serde(default)]
    pub role_headings: Words,
    /// Heads of the columns in which a table says how often something is done.
    #[serde(default)]
    pub interval_columns: Words,
    /// Folders whose documents are mostly no evidence.
    #[serde(default)]
    pub folders_of_nothing: Words,
    /// How people speak of days ahead.
    #[serde(default)]
    pub days_ahead: DaysAhead,
    /// What the posts that the map asks for are called, and how their duties are told.
    #[serde(default)]
    pub posts: BTreeMap<String, PostWords>,
    /// Words beside a duty in a register of roles that make it somebody else's: "deputy for the supplier manager".
    #[serde(default)]
    pub duties_of_another: Words,
    /// Phrases by which documents say that more is kept than is here: "unredacted version".
    #[serde(default)]
    pub kept_elsewhere: Words,
    /// Phrases by which documents say that the organization is one person: who holds all posts cannot audit them.
    #[serde(default)]
    pub one_person: Words,
    /// Words that join two posts in the name of one role: "finance and office manager".
    #[serde(default)]
    pub joints: Words,
    /// Words of subjects.
    pub subjects: BTreeMap<String, SubjectWords>,
    /// Words of kinds of documented information.
    pub kinds: BTreeMap<String, KindWords>,
}

/// Something that an organization has to be ready for on a day.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema, PartialEq, Eq, PartialOrd, Ord)]
#[serde(rename_all = "kebab-case")]
pub enum Event {
    /// The first stage of a certification audit, which reads documents.
    #[serde(rename = "stage-1")]
    Stage1,
    /// The second, which looks at the work.
    #[serde(rename = "stage-2")]
    Stage2,
    /// A certification audit, no stage named.
    CertificationAudit,
    /// The audit before a certificate ends.
    RecertificationAudit,
    /// An audit between two certifications.
    SurveillanceAudit,
    /// An audit by somebody else.
    ExternalAudit,
    /// An audit of its own.
    InternalAudit,
    /// A review by top management.
    ManagementReview,
}

impl Event {
    /// Its name, for people.
    pub fn words(self) -> &'static str {
        match self {
            Self::Stage1 => "stage 1",
            Self::Stage2 => "stage 2",
            Self::CertificationAudit => "certification audit",
            Self::RecertificationAudit => "recertification audit",
            Self::SurveillanceAudit => "surveillance audit",
            Self::ExternalAudit => "external audit",
            Self::InternalAudit => "internal audit",
            Self::ManagementReview => "management review",
        }
    }
}

/// How people say that something is to happen on a day: "stage 1 of the certification on 17 November".
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct DaysAhead {
    /// What each event is called.
    pub events: BTreeMap<Event, Words>,
    /// Words before an event that make of the day another one's: "the new date, before stage 1".
    pub of_another: Words,
    /// Words after which the day stands.
    pub on: Words,
}

/// Words or phrases: a text with commas between them, or a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words(Vec<String>);

impl std::ops::Deref for Words {
    type Target = [String];

    fn deref(&self) -> &[String] {
        &self.0
    }
}

impl<'all> IntoIterator for &'all Words {
    type Item = &'all String;
    type IntoIter = std::slice::Iter<'all, String>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

impl<'de> Deserialize<'de> for Words {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl<'de> serde::de::Visitor<'de> for Visitor {
            type Value = Words;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("words with commas between them, or a list of words")
            }

            fn visit_str<E>(self, text: &str) -> Result<Words, E> {
                Ok(Words(text.split(',').map(str::trim).filter(|word| !word.is_empty()).map(str::to_owned).collect()))
            }

            fn visit_seq<A: serde::de::SeqAccess<'de>>(self, mut items: A) -> Result<Words, A::Error> {
                let mut words = Vec::new();
                while let Some(word) = items.next_element()? {
                    words.push(word);
                }
                Ok(Words(words))
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}

impl JsonSchema for Words {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Words".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "description": "Words or phrases: a text with commas between them, or a list.",
            "anyOf": [{ "type": "string" }, { "type": "array", "items": { "type": "string" } }]
        })
    }
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
    pub names: Words,
    /// Telling phrases of running text.
    pub phrases: Words,
    /// Words that support but never decide.
    pub words: Words,
    /// Longer phrases with one of these in them that mean something else.
    pub not: Words,
}

/// The words of one post.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct PostWords {
    /// Other names of it.
    pub names: Words,
    /// Phrases by which a register of roles gives its duties to somebody who bears another title. A word that a role of
    /// another sort may have in passing does not belong here.
    pub duties: Words,
}

/// The words of one kind of documented information.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct KindWords {
    /// What exactly this kind is called.
    pub names: Words,
    /// Telling phrases of its text.
    pub terms: Words,
    /// How policies and plans speak of doing it, beside its names: the sentence in which one stands may state its interval.
    /// `heading > words` means the words only under a heading with those of the heading, in a document on that subject.
    pub promised_as: Words,
    /// Headings that together are the usual outline of such a document, each of which alone says little.
    pub outline: Words,
    /// Names of folders whose files, each with a day or a year in its name or title, are such records one by one.
    pub kept_in: Words,
    /// Words of headings or passages about each of its topics, by the topic's id.
    pub topics: BTreeMap<String, Words>,
}

/// A vocabulary with the place it was read from.
#[derive(Clone, Debug)]
pub struct Language {
    /// Its words.
    pub words: Vocabulary,
    /// Where it is declared.
    pub origin: Origin,
}
