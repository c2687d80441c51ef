//! Markdown: outline, text, links, tables and boxes to tick, each with its line.

mod blocks;
mod control_lines;
mod title;

use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::control::ControlField;
use super::document::{Document, Format, Link, Passage, Section, Table, Task};
use super::front_matter::split;
use super::html_heading::{LONGEST, heading_in, opens_heading};
use super::placeholder::placeholder_in;
use super::record::Record;
use super::text_file::hidden_characters;
use super::yaml_file::{claims_of, kinds_of};
use crate::repository::RepoPath;
use crate::vocabulary::{LineIndex, Place, Spanned, is_placeholder, without_pictures, words};
use crate::yaml::Node;

/// Reads a Markdown document.
pub(super) fn read(path: RepoPath, text: &str) -> Document {
    let mut document = Document::new(path, Format::Markdown);
    let parts = split(text);
    document.defects.extend(parts.defect);
    document.defects.extend(hidden_characters(text));
    document.head = parts.head;
    let control_head = std::mem::take(&mut document.head);
    document.control.read_head(&control_head);
    document.kinds = kinds_of(&control_head);
    document.claims = claims_of(&control_head);
    document.head = control_head;
    for field in &document.head.fields {
        if let Some(value) = field.value.as_text().filter(|value| is_placeholder(value)) {
            document.placeholders.push(Spanned::new(value.to_owned(), field.value.at));
        }
    }
    let body = blocks::as_lists(parts.body);
    let mut reader = BodyReader::new(&mut document, &body, parts.lines_before);
    let options = Options::ENABLE_TABLES | Options::ENABLE_TASKLISTS | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_FOOTNOTES;
    for (event, range) in Parser::new_ext(&body, options).into_offset_iter() {
        reader.event(event, range);
    }
    reader.finish();
    // One placeholder several times on one line is one fault.
    document.placeholders.dedup_by(|one, other| (one.at.line, &one.value) == (other.at.line, &other.value));
    document.control.keep_foot_of_a_document();
    document.table_records = document.tables.iter().flat_map(rows_as_records).collect();
    document.title = title::of(&document);
    document
}

/// The rows of a table as records.
fn rows_as_records(table: &Table) -> Vec<Record> {
    let record = |row: &Vec<Spanned<String>>| {
        let pairs = table.header.iter().zip(row).map(|(name, cell)| (name.clone(), Node::text(cell.value.clone(), cell.at))).collect();
        let at = row.first().map_or(table.at, |cell| cell.at);
        Record::from_pairs(pairs, at)
    };
    table.rows.iter().map(record).collect()
}

/// The most bytes of one passage. What relates the words of a passage to each other takes longer than its length, and no
/// text may make the program hang.
const LONGEST_PASSAGE: usize = 8 * 1024;

struct BodyReader<'doc, 'text> {
    document: &'doc mut Document,
    lines: LineIndex<'text>,
    lines_before: u32,
    /// Its last line.
    last_line: u32,
    /// Text of the block that is being read.
    text: String,
    block_start: Option<usize>,
    heading: Option<(u8, usize)>,
    link: Option<(String, usize, usize)>,
    table: Option<Table>,
    row: Vec<Spanned<String>>,
    in_code: bool,
    emphasis: usize,
    /// Whether all text of the block so far is emphasised: guidance of a template, not content.
    all_emphasised: bool,
    strong: Option<usize>,
    /// A heading in HTML whose end is still to come, and where it began.
    html: String,
    html_start: usize,
    /// A bold name whose value is being read: the name and where the value's text begins.
    bold_name: Option<(ControlField, usize, usize)>,
}

impl<'doc, 'text> BodyReader<'doc, 'text> {
    fn new(document: &'doc mut Document, body: &'text str, lines_before: u32) -> Self {
        let lines = LineIndex::new(body);
        Self {
            document,
            last_line: lines.line(body.len()) + lines_before,
            lines,
            lines_before,
            text: String::new(),
            block_start: None,
            heading: None,
            link: None,
            table: None,
            row: Vec::new(),
            in_code: false,
            emphasis: 0,
            all_emphasised: true,
            strong: None,
            html: String::new(),
            html_start: 0,
            bold_name: None,
        }
    }

    fn place(&self, range: Range<usize>) -> Place {
        let place = self.lines.place(range);
        Place { line: place.line + self.lines_before, end_line: place.end_line + self.lines_before, ..place }
    }

    fn line(&self, offset: usize) -> u32 {
        self.lines.line(offset) + self.lines_before
    }

    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag, range),
            Event::Text(text) if !self.in_code => {
                self.block_start.get_or_insert(range.start);
                self.all_emphasised &= self.emphasis > 0 || text.trim().is_empty();
                self.text.push_str(&text);
            }
            Event::Code(code) => {
                self.block_start.get_or_insert(range.start);
                self.all_emphasised &= self.emphasis > 0;
                self.text.push_str(&code);
            }
            Event::SoftBreak | Event::HardBreak => {
                self.end_bold_value(range.start);
                if self.text.len() > LONGEST_PASSAGE && self.link.is_none() && self.strong.is_none() {
                    self.flush(range.start);
                } else {
                    self.text.push(' ');
                }
            }
            Event::InlineHtml(html) => self.inline_html(&html, range),
            Event::Html(html) => self.html_block(&html, range.start),
            Event::TaskListMarker(done) => {
                let line = self.line(range.start);
                self.document.tasks.push(Task { done, line });
            }
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        match tag {
            Tag::Heading { level, .. } => {
                self.flush(range.start);
                self.heading = Some((level_number(level), range.start));
            }
            Tag::Paragraph | Tag::Item | Tag::BlockQuote(_) => self.flush(range.start),
            Tag::CodeBlock(_) => {
                self.flush(range.start);
                self.in_code = true;
            }
            Tag::Table(_) => {
                self.flush(range.start);
                self.table = Some(Table { header: Vec::new(), rows: Vec::new(), at: self.place(range) });
            }
            Tag::TableCell => {
                self.text.clear();
                self.block_start = None;
                self.all_emphasised = true;
            }
            Tag::Link { dest_url, .. } => self.link = Some((dest_url.into_string(), self.text.len(), range.start)),
            Tag::Strong => {
                // `**Owner:** Jane | **Version:** 3.1`: one line, several values.
                if self.text.trim_end().ends_with(control_lines::SEPARATORS) {
                    self.end_bold_value(range.start);
                }
                self.strong = Some(self.text.len());
            }
            Tag::Emphasis => self.emphasis += 1,
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, range: Range<usize>) {
        match tag {
            TagEnd::Heading(_) => self.end_heading(range),
            TagEnd::Paragraph | TagEnd::Item | TagEnd::BlockQuote(_) => self.flush(range.end),
            TagEnd::CodeBlock => {
                self.in_code = false;
                self.text.clear();
                self.block_start = None;
            }
            TagEnd::TableCell => {
                let text = std::mem::take(&mut self.text).trim().to_owned();
                let at = self.place(range);
                self.note_placeholder(&text, at);
                self.bold_name = None;
                self.block_start = None;
                self.row.push(Spanned::new(text, at));
            }
            TagEnd::TableHead => {
                let row = std::mem::take(&mut self.row);
                if let Some(table) = &mut self.table {
                    table.header = row;
                }
            }
            TagEnd::TableRow => self.end_row(),
            TagEnd::Table => {
                if let Some(table) = self.table.take() {
                    self.document.control.read_table(&table);
                    self.document.tables.push(table);
                }
            }
            TagEnd::Link => {
                if let Some((target, from, start)) = self.link.take() {
                    let text = self.text.get(from..).unwrap_or_default().to_owned();
                    let at = self.place(start..range.end);
                    self.document.links.push(Link { target, text, at, bare_path: false });
                }
            }
            TagEnd::HtmlBlock => self.html.clear(),
            TagEnd::Strong => self.end_strong(range),
            TagEnd::Emphasis => self.emphasis = self.emphasis.saturating_sub(1),
            _ => {}
        }
    }

    fn end_heading(&mut self, range: Range<usize>) {
        let Some((level, start)) = self.heading.take() else { return };
        let text = std::mem::take(&mut self.text);
        let title = without_pictures(&text).to_owned();
        self.block_start = None;
        self.bold_name = None;
        let from = self.document.passages.len();
        let at = self.place(start..range.end);
        let at = Place { end_line: at.line, end_column: at.column + u32::try_from(text.trim().chars().count()).unwrap_or(0) + u32::from(level) + 1, ..at };
        self.document.sections.push(Section { level, title, at, words: 0, passages: from..from });
    }

    /// A line of HTML: `<h1 align="center">Title</h1>` is how a title is centred.
    fn html_block(&mut self, html: &str, start: usize) {
        if self.html.is_empty() {
            if !opens_heading(html) {
                return;
            }
            self.html_start = start;
        }
        self.html.push_str(html);
        if self.html.len() > LONGEST {
            self.html.clear();
            return;
        }
        let Some((level, title)) = heading_in(&self.html) else { return };
        let title = without_pictures(&title).to_owned();
        self.html.clear();
        let from = self.document.passages.len();
        self.document.sections.push(Section { level, title, at: Place::line(self.line(self.html_start)), words: 0, passages: from..from });
    }

    fn end_row(&mut self) {
        let row = std::mem::take(&mut self.row);
        if let Some(first) = row.first() {
            let text = row.iter().map(|cell| cell.value.as_str()).collect::<Vec<_>>().join(" | ");
            self.keep(&text, first.at.line);
        }
        if let Some(table) = &mut self.table {
            table.rows.push(row);
        }
    }

    /// Ends the block that is being read and keeps its text.
    fn flush(&mut self, end: usize) {
        self.end_bold_value(end);
        if self.heading.is_some() || self.table.is_some() {
            return;
        }
        let text = std::mem::take(&mut self.text);
        let start = self.block_start.take().unwrap_or(end);
        let guidance = std::mem::replace(&mut self.all_emphasised, true);
        let text = text.trim();
        // A paragraph wholly in italics tells a writer what belongs there; it is not what belongs there.
        if text.is_empty() || guidance {
            return;
        }
        let line = self.line(start);
        self.note_placeholder(text, Place::line(line));
        self.keep(text, line);
    }

    /// Keeps a text as passage, and one that is longer than anybody writes as several.
    fn keep(&mut self, text: &str, line: u32) {
        self.document.words += words(text);
        let mut rest = text;
        while rest.len() > LONGEST_PASSAGE {
            let end = rest.floor_char_boundary(LONGEST_PASSAGE);
            let end = rest[..end].rfind(char::is_whitespace).filter(|end| *end > 0).unwrap_or(end);
            self.document.passages.push(Passage { text: rest[..end].to_owned(), line });
            rest = &rest[end..];
        }
        self.document.passages.push(Passage { text: rest.to_owned(), line });
    }

    /// `<name>` in prose is a placeholder; `<br>` and the like are markup.
    fn inline_html(&mut self, html: &str, range: Range<usize>) {
        const MARKUP: [&str; 90] = [
            "a",
            "abbr",
            "article",
            "aside",
            "audio",
            "b",
            "bdi",
            "blockquote",
            "br",
            "button",
            "caption",
            "center",
            "cite",
            "code",
            "col",
            "colgroup",
            "dd",
            "del",
            "details",
            "dfn",
            "div",
            "dl",
            "dt",
            "em",
            "figcaption",
            "figure",
            "font",
            "footer",
            "form",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "header",
            "hr",
            "i",
            "iframe",
            "img",
            "input",
            "ins",
            "kbd",
            "label",
            "li",
            "main",
            "mark",
            "nav",
            "noscript",
            "ol",
            "option",
            "p",
            "path",
            "picture",
            "pre",
            "q",
            "s",
            "samp",
            "script",
            "section",
            "select",
            "small",
            "source",
            "span",
            "strike",
            "strong",
            "style",
            "sub",
            "summary",
            "sup",
            "svg",
            "table",
            "tbody",
            "td",
            "template",
            "tfoot",
            "th",
            "thead",
            "time",
            "tr",
            "tt",
            "u",
            "ul",
            "var",
            "video",
            "wbr",
            "ruby",
            "rt",
            "rp",
            "map",
        ];
        let inner = html.trim_start_matches('<').trim_end_matches('>');
        let word = inner.trim_start_matches('/').split([' ', '/']).next().unwrap_or_default().to_lowercase();
        let plain_word = !inner.contains(['=', '"', '!', '?', ':', '@']) && inner.len() <= 40;
        if plain_word && !inner.starts_with('/') && !MARKUP.contains(&word.as_str()) {
            let at = self.place(range);
            self.document.placeholders.push(Spanned::new(html.to_owned(), at));
        }
    }

    fn note_placeholder(&mut self, text: &str, at: Place) {
        if let Some(found) = placeholder_in(text) {
            self.document.placeholders.push(Spanned::new(found, at));
        }
    }

    /// Gives each section what stands under it, deeper headings included.
    fn finish(&mut self) {
        self.flush(0);
        let passages = &self.document.passages;
        let counts: Vec<usize> = passages.iter().map(|passage| words(&passage.text)).collect();
        let outline: Vec<(u8, usize)> = self.document.sections.iter().map(|section| (section.level, section.passages.start)).collect();
        // Sections that are still open, deepest last: each heading closes those that are not above it.
        let mut open: Vec<usize> = Vec::new();
        let mut ends = vec![passages.len(); outline.len()];
        for (index, (level, start)) in outline.iter().enumerate() {
            while let Some(last) = open.last().copied().filter(|last| outline[*last].0 >= *level) {
                ends[last] = *start;
                open.pop();
            }
            open.push(index);
        }
        let mut sums = Vec::with_capacity(counts.len() + 1);
        sums.push(0usize);
        for count in counts {
            sums.push(sums.last().copied().unwrap_or(0) + count);
        }
        for (section, end) in self.document.sections.iter_mut().zip(ends) {
            section.passages.end = end;
            section.words = sums[end] - sums[section.passages.start];
        }
    }
}

fn level_number(level: HeadingLevel) -> u8 {
    level as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(text: &str) -> Document {
        read(RepoPath::new("a.md"), text)
    }

    #[test]
    fn outline_text_links_and_tables_have_lines() {
        let text = "---\nid: X\n---\n# One\n\nSome words [here](b.md#c).\n\n## Two\n\n| A | B |\n|---|---|\n| 1 | 2 |\n\n- [x] done\n- [ ] open\n";
        let document = document(text);
        assert_eq!(document.sections.iter().map(|section| (section.title.as_str(), section.at.line)).collect::<Vec<_>>(), [("One", 4), ("Two", 8)]);
        assert_eq!(document.links[0].at.line, 6);
        assert_eq!(document.tables[0].rows[0][1].value, "2");
        assert_eq!(document.tables[0].rows[0][1].at.line, 12);
        assert_eq!(document.tasks.iter().map(|task| (task.done, task.line)).collect::<Vec<_>>(), [(true, 14), (false, 15)]);
        assert!(document.sections[0].words > document.sections[1].words);
    }

    #[test]
    fn control_data_are_read_from_tables_lines_and_history() {
        let text = "# Policy\n\n**Owner:** Jane Doe\n**Status**: approved\n\n| Version | 1.2 |\n|---|---|\n| Approved by | Max Muster |\n| Next review | 2027-01-01 |\n\n| Version | Date | Author | Changes |\n|---|---|---|---|\n| 1.1 | 2025-01-01 | A | first |\n| 1.3 | 2025-02-01 | A | second |\n";
        let control = document(text).control;
        let value = |field| control.get(field).map(|value: &super::super::control::ControlValue| (value.value.as_str(), value.at.line));
        assert_eq!(value(ControlField::Owner), Some(("Jane Doe", 3)));
        assert_eq!(value(ControlField::Status), Some(("approved", 4)));
        assert_eq!(value(ControlField::ApprovedBy), Some(("Max Muster", 8)));
        let disagreement = control.disagreements();
        assert_eq!(disagreement.len(), 1);
        assert_eq!((disagreement[0].1.value.as_str(), disagreement[0].2.value.as_str()), ("1.2", "1.3"));
    }

    #[test]
    fn markup_is_no_placeholder() {
        assert_eq!(document("hello <customer name> and <br> more <ul><li>a</li></ul>").placeholders.len(), 1);
    }

    #[test]
    fn deep_nesting_ends() {
        let _ = document(&"> ".repeat(40_000));
        let _ = document(&"* ".repeat(20_000));
        let _ = document(&"[ (](".repeat(10_000));
    }
}
