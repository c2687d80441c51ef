//! What recognition gives back.

use crate::vocabulary::Confidence;

/// What one document seems to be.
#[derive(Clone, Debug, Default)]
pub struct Recognised {
    /// Best first; none for a document that is evidence for nothing.
    pub candidates: Vec<Candidate>,
    /// Kinds that it could be beside its candidates: near ones of the same subject, and of subjects that little speaks for.
    pub could_be: Vec<String>,
    /// Why there is no candidate.
    pub silence: Option<Silence>,
    /// The arithmetic of the best subjects, recognised or not, best first.
    pub arithmetic: Vec<Arithmetic>,
    /// Code of the language it seems to be written in; none where no vocabulary knows it or too little is said.
    pub language: Option<String>,
    /// Whether its title, name or folder calls it a template.
    pub is_template: bool,
    /// Whether it has running text by which a language could be told.
    pub has_text: bool,
    /// Whether enough of that is sentences.
    pub has_sentences: bool,
}

/// Why a document is recognised as nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Silence {
    /// A title and no body: a title is no evidence.
    Stub,
    /// Its title is one of documents that are evidence for nothing.
    Nothing(String),
    /// Too little in it speaks of any subject.
    TooLittle,
    /// It asks for what a record would hold, and holds none.
    Form,
    /// Its own text could not be read, and its name says nothing.
    Unread,
    /// A picture of a page or a slide: what it shows is told by what it stands in.
    Illustration,
}

/// "This document seems to be that documented information."
#[derive(Clone, Debug)]
pub struct Candidate {
    /// Kind of documented information.
    pub kind: String,
    /// Sub-clauses that it is evidence for, best first.
    pub clauses: Vec<String>,
    /// 0 to 1, two decimals: points over points plus six.
    pub score: f64,
    /// How sure the identification is.
    pub confidence: Confidence,
    /// What speaks for it, strongest first.
    pub matched: Vec<Matched>,
}

/// A line that speaks for a candidate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Matched {
    /// Line; 0 for the path.
    pub line: u32,
    /// The text that stands there, shortened.
    pub text: String,
}

/// The points of one subject for one document.
#[derive(Clone, Debug)]
pub struct Arithmetic {
    /// Title of the subject.
    pub subject: String,
    /// Points after all factors.
    pub points: f64,
    /// What the sum of the contributions was multiplied with, and why.
    pub factors: Vec<(&'static str, f64)>,
    /// What the contributions of each place came to, once damped and capped.
    pub sums: Vec<(&'static str, f64)>,
    /// Strongest first.
    pub contributions: Vec<Contribution>,
}

/// Points that one phrase brought.
#[derive(Clone, Debug)]
pub struct Contribution {
    /// Where it stood.
    pub zone: Zone,
    /// The phrase as the vocabulary has it, or the columns.
    pub phrase: String,
    /// How often.
    pub count: usize,
    /// Line of the first; 0 for the path.
    pub line: u32,
    /// The text around it, shortened.
    pub text: String,
    /// Points.
    pub points: f64,
}

/// Where a phrase stood.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Zone {
    /// In the title.
    Title,
    /// In the file's or the folder's name.
    Name,
    /// In the names of columns or fields.
    Columns,
    /// In a heading.
    Heading,
    /// In the text.
    Text,
}

impl Zone {
    /// For people.
    pub fn words(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Name => "path",
            Self::Columns => "columns",
            Self::Heading => "heading",
            Self::Text => "text",
        }
    }
}
