//! A document as it was read.

use jiff::civil::Date;

use super::control::{ControlField, DocumentControl};
use super::defect::{Cause, Defect};
use super::record::Record;
use crate::repository::RepoPath;
use crate::vocabulary::{Place, Spanned, key_of, plain, read_date};

/// A document as it was read.
#[derive(Clone, Debug)]
pub struct Document {
    /// Path from the repository's root.
    pub path: RepoPath,
    /// How it is written.
    pub format: Format,
    /// Its title: from its head, else its first heading of the first level.
    pub title: Option<Spanned<String>>,
    /// Kinds of documented information that it says it is.
    pub kinds: Vec<Spanned<String>>,
    /// Clauses and requirements that it claims to serve.
    pub claims: Vec<Spanned<String>>,
    /// Its control data, each value with its place and source.
    pub control: DocumentControl,
    /// Its head: front matter, or the plain fields of a YAML mapping.
    pub head: Record,
    /// Lists of records in it, each with the key it stands under ("" for a bare list or rows of a CSV file).
    pub lists: Vec<(String, Vec<Record>)>,
    /// Headings, in order.
    pub sections: Vec<Section>,
    /// Paragraphs, list items and cells, in order.
    pub passages: Vec<Passage>,
    /// Links to other places.
    pub links: Vec<Link>,
    /// Tables.
    pub tables: Vec<Table>,
    /// The rows of its tables as records, each field under the name of its column.
    pub table_records: Vec<Record>,
    /// Boxes to tick.
    pub tasks: Vec<Task>,
    /// Places that still wait for a value.
    pub placeholders: Vec<Spanned<String>>,
    /// Secrets and personal data that its text seems to hold, by their sort.
    pub secrets: Vec<Spanned<&'static str>>,
    /// Words of its body: no head, no headings, no code.
    pub words: usize,
    /// What could not be understood.
    pub defects: Vec<Defect>,
}

/// How a document is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Markdown.
    Markdown,
    /// YAML.
    Yaml,
    /// Comma-separated values.
    Csv,
    /// Present, not read: PDF, Word, Excel, pictures.
    Binary,
}

impl Document {
    pub(super) fn new(path: RepoPath, format: Format) -> Self {
        Self {
            path,
            format,
            title: None,
            kinds: Vec::new(),
            claims: Vec::new(),
            control: DocumentControl::default(),
            head: Record::default(),
            lists: Vec::new(),
            sections: Vec::new(),
            passages: Vec::new(),
            links: Vec::new(),
            tables: Vec::new(),
            table_records: Vec::new(),
            tasks: Vec::new(),
            placeholders: Vec::new(),
            secrets: Vec::new(),
            words: 0,
            defects: Vec::new(),
        }
    }

    /// Whether it has a title and nothing to say: a title is no evidence.
    pub fn is_stub(&self) -> bool {
        const FEWEST_WORDS: usize = 15;
        !self.is_unread() && self.format == Format::Markdown && self.words < FEWEST_WORDS && self.tables.is_empty()
    }

    /// Whether so many places wait for a value that it is a template and not a document.
    pub fn is_template(&self) -> bool {
        const FEWEST: usize = 3;
        const WORDS_FOR_EACH: usize = 120;
        self.placeholders.len() >= FEWEST && self.placeholders.len() * WORDS_FOR_EACH >= self.words
    }

    /// Whether it says that it is in force no more.
    pub fn is_withdrawn(&self) -> bool {
        const WORDS: [&str; 8] = ["retired", "withdrawn", "superseded", "obsolete", "archived", "cancelled", "replaced", "void"];
        let status = self.control.get(ControlField::Status).map(|status| plain(&status.value)).unwrap_or_default();
        WORDS.contains(&status.split(' ').next().unwrap_or_default())
    }

    /// Whether it is there and its content is unknown: an office file, or a text that could not be read.
    pub fn is_unread(&self) -> bool {
        self.format == Format::Binary || self.defects.iter().any(|defect| defect.cause == Cause::NotRead)
    }

    /// Whether it is a picture, which may be a scan or an illustration.
    pub fn is_picture(&self) -> bool {
        const ENDINGS: [&str; 3] = [".png", ".jpg", ".jpeg"];
        let path = self.path.to_string().to_lowercase();
        self.format == Format::Binary && ENDINGS.iter().any(|ending| path.ends_with(ending))
    }

    /// The title for people; the path where there is none.
    pub fn shown_title(&self) -> String {
        self.title.as_ref().map_or_else(|| self.path.to_string(), |title| title.value.clone())
    }
}

/// A heading and what stands under it.
#[derive(Clone, Debug)]
pub struct Section {
    /// 1 to 6.
    pub level: u8,
    /// Text of the heading.
    pub title: String,
    /// Where the heading stands.
    pub at: Place,
    /// Words under it, deeper headings' included.
    pub words: usize,
    /// The passages under it, deeper headings' included: a range into [`Document::passages`].
    pub passages: std::ops::Range<usize>,
}

/// A paragraph, list item or table cell.
#[derive(Clone, Debug)]
pub struct Passage {
    /// Its text without markup.
    pub text: String,
    /// The line on which it begins.
    pub line: u32,
}

/// A link.
#[derive(Clone, Debug)]
pub struct Link {
    /// Where it leads, as written.
    pub target: String,
    /// Its text.
    pub text: String,
    /// Where it stands.
    pub at: Place,
    /// Whether it is a bare path in a field, which people write from the root as often as from where they are.
    pub bare_path: bool,
}

/// A table.
#[derive(Clone, Debug)]
pub struct Table {
    /// Names of its columns.
    pub header: Vec<Spanned<String>>,
    /// Its rows.
    pub rows: Vec<Vec<Spanned<String>>>,
    /// Where it stands.
    pub at: Place,
}

impl Table {
    /// Whether it tells the versions of the document: what its rows say is history and treats no topic.
    pub fn is_history(&self) -> bool {
        let names: Vec<String> = self.header.iter().map(|cell| key_of(&cell.value)).collect();
        names.iter().any(|name| name == "version" || name == "revision") && names.iter().any(|name| name == "date")
    }

    /// The day of the newest version that a history of versions tells, and where.
    pub fn newest_version_on(&self) -> Option<(Date, Place)> {
        let date = self.header.iter().position(|cell| key_of(&cell.value) == "date").filter(|_| self.is_history())?;
        self.rows.iter().filter_map(|row| row.get(date)).filter_map(|cell| Some((read_date(&cell.value).day()?, cell.at))).max_by_key(|(day, _)| *day)
    }
}

/// A box to tick.
#[derive(Clone, Debug)]
pub struct Task {
    /// Whether it is ticked.
    pub done: bool,
    /// The line it stands on.
    pub line: u32,
}
