//! Markdown as a flat row of blocks: what a page shows one below the other.

use pulldown_cmark::{Alignment, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

/// A piece of text that looks the same throughout. A line break is `\n`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) text: String,
    pub(super) look: Look,
}

/// How a piece of text looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Look {
    pub(super) bold: bool,
    pub(super) italic: bool,
    pub(super) struck: bool,
    pub(super) small: bool,
    pub(super) code: bool,
}

/// Text of a paragraph or cell.
pub(super) type Line = Vec<Span>;

/// The characters of a text without its looks.
pub(super) fn plain(line: &[Span]) -> String {
    line.iter().map(|span| span.text.as_str()).collect()
}

/// One thing on a page.
#[derive(Clone, Debug)]
pub(super) enum Block {
    /// Level 1 to 6.
    Heading(usize, Line),
    /// Depth in lists, and whether it is quoted.
    Paragraph { line: Line, depth: usize, quoted: bool },
    /// An item of a list; `ordered` counts the numbered lists of the document.
    Item { line: Line, depth: usize, ordered: Option<usize> },
    /// Lines of code.
    Code(String),
    /// A table.
    Table(Table),
    /// What follows begins a page.
    NewPage,
    /// Here stands the table of contents, which otherwise follows the cover.
    Contents,
}

/// How a table that is filled in by hand is set; a template says it in a comment in front of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Sheet {
    /// Shares of the columns in the width of the page.
    pub(super) shares: Vec<usize>,
    /// The least height of a row with an empty cell, in twentieths of a point.
    pub(super) row: usize,
}

impl Sheet {
    /// Reads `<!-- columns: 30 20 10 40; rows: 900 -->`.
    fn read(html: &str) -> Option<Self> {
        let text = html.trim().strip_prefix("<!--")?.strip_suffix("-->")?.trim().strip_prefix("columns:")?;
        let (shares, row) = text.split_once("; rows:").unwrap_or((text, "0"));
        let shares: Vec<usize> = shares.split_whitespace().map(|share| share.parse().ok().filter(|share| (1..=100).contains(share))).collect::<Option<_>>()?;
        (!shares.is_empty()).then_some(Self { shares, row: row.trim().parse::<usize>().ok()?.min(5_000) })
    }
}

/// A table.
#[derive(Clone, Debug, Default)]
pub(super) struct Table {
    /// Set where a template says how; else the columns follow the texts.
    pub(super) sheet: Option<Sheet>,
    pub(super) alignments: Vec<Alignment>,
    pub(super) head: Vec<Line>,
    pub(super) rows: Vec<Vec<Line>>,
}

/// The blocks of a text, and where each numbered list begins to count.
#[derive(Clone, Debug, Default)]
pub(super) struct Blocks {
    pub(super) blocks: Vec<Block>,
    pub(super) starts: Vec<u64>,
}

/// Reads Markdown.
pub(super) fn blocks(markdown: &str) -> Blocks {
    let mut reader = Reader::default();
    for event in Parser::new_ext(markdown, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH) {
        reader.take(event);
    }
    reader.flush();
    reader.result
}

#[derive(Default)]
struct Reader {
    result: Blocks,
    line: Line,
    bold: usize,
    italic: usize,
    struck: usize,
    small: bool,
    quotes: usize,
    /// For each list around: the number it has among the numbered ones.
    lists: Vec<Option<usize>>,
    /// Whether the next text is the first of an item.
    begins_item: bool,
    code: Option<String>,
    html: Option<String>,
    table: Option<Table>,
    /// For the table that comes next.
    sheet: Option<Sheet>,
}

impl Reader {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => match (&mut self.code, &mut self.html) {
                (Some(code), _) => code.push_str(&text),
                (_, Some(html)) => html.push_str(&text),
                _ => self.push(&text, false),
            },
            Event::Code(text) => self.push(&text, true),
            Event::SoftBreak => self.push(" ", false),
            Event::HardBreak => self.push("\n", false),
            // Text of the repository is escaped: what is an element here was written by a template.
            Event::InlineHtml(tag) if tag.to_ascii_lowercase().starts_with("<br") => self.push("\n", false),
            Event::InlineHtml(tag) if matches!(&*tag, "<small>" | "</small>") => self.small = &*tag == "<small>",
            Event::Html(text) => match &mut self.html {
                Some(html) => html.push_str(&text),
                None => self.push(&without_elements(&text), false),
            },
            Event::Rule => {
                self.flush();
                self.result.blocks.push(Block::NewPage);
            }
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Strong => self.bold += 1,
            Tag::Emphasis => self.italic += 1,
            Tag::Strikethrough => self.struck += 1,
            Tag::Paragraph | Tag::Heading { .. } => self.flush(),
            Tag::BlockQuote(_) => {
                self.flush();
                self.quotes += 1;
            }
            Tag::List(start) => {
                self.flush();
                let ordered = start.map(|start| {
                    self.result.starts.push(start);
                    self.result.starts.len() - 1
                });
                self.lists.push(ordered);
            }
            Tag::Item => {
                self.flush();
                self.begins_item = true;
            }
            Tag::CodeBlock(_) => {
                self.flush();
                self.code = Some(String::new());
            }
            Tag::HtmlBlock => {
                self.flush();
                self.html = Some(String::new());
            }
            Tag::Table(alignments) => {
                self.flush();
                let sheet = self.sheet.take().filter(|sheet| sheet.shares.len() == alignments.len());
                self.table = Some(Table { alignments, sheet, ..Table::default() });
            }
            Tag::TableRow => {
                if let Some(table) = &mut self.table {
                    table.rows.push(Vec::new());
                }
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Strong => self.bold = self.bold.saturating_sub(1),
            TagEnd::Emphasis => self.italic = self.italic.saturating_sub(1),
            TagEnd::Strikethrough => self.struck = self.struck.saturating_sub(1),
            TagEnd::Paragraph => self.flush(),
            TagEnd::Heading(level) => {
                let line = std::mem::take(&mut self.line);
                self.result.blocks.push(Block::Heading(number_of(level), line));
            }
            TagEnd::BlockQuote(_) => {
                self.flush();
                self.quotes = self.quotes.saturating_sub(1);
            }
            TagEnd::List(_) => {
                self.lists.pop();
            }
            TagEnd::Item => {
                self.flush();
                self.begins_item = false;
            }
            TagEnd::CodeBlock => self.result.blocks.extend(self.code.take().map(Block::Code)),
            TagEnd::HtmlBlock => {
                let html = self.html.take().unwrap_or_default();
                self.sheet = Sheet::read(&html).or(self.sheet.take());
                if html.trim() == "<!-- contents -->" {
                    self.result.blocks.push(Block::Contents);
                }
                let text = without_elements(&html);
                self.push(text.trim(), false);
                self.flush();
            }
            TagEnd::TableCell => {
                let line = std::mem::take(&mut self.line);
                if let Some(table) = &mut self.table {
                    table.rows.last_mut().unwrap_or(&mut table.head).push(line);
                }
            }
            TagEnd::Table => self.result.blocks.extend(self.table.take().map(Block::Table)),
            _ => {}
        }
    }

    fn push(&mut self, text: &str, code: bool) {
        if text.is_empty() {
            return;
        }
        let look = Look { bold: self.bold > 0, italic: self.italic > 0, struck: self.struck > 0, small: self.small, code };
        match self.line.last_mut().filter(|last| last.look == look) {
            Some(last) => last.text.push_str(text),
            None => self.line.push(Span { text: text.to_owned(), look }),
        }
    }

    /// Ends the paragraph or item that was being read.
    fn flush(&mut self) {
        let line = std::mem::take(&mut self.line);
        if plain(&line).trim().is_empty() {
            return;
        }
        let depth = self.lists.len();
        let block = match self.lists.last() {
            Some(ordered) if std::mem::take(&mut self.begins_item) => Block::Item { line, depth: depth - 1, ordered: *ordered },
            _ => Block::Paragraph { line, depth, quoted: self.quotes > 0 },
        };
        self.result.blocks.push(block);
    }
}

fn number_of(level: HeadingLevel) -> usize {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

/// The text between elements and comments.
fn without_elements(html: &str) -> String {
    let mut result = String::new();
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        result.push_str(&rest[..start]);
        rest = &rest[start..];
        let end = if rest.starts_with("<!--") { rest.find("-->").map(|end| end + 3) } else { rest.find('>').map(|end| end + 1) };
        rest = end.map_or("", |end| &rest[end..]);
    }
    result.push_str(rest);
    result
}
