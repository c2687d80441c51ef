//! The pages: cover, contents, and everything below, in the styles that the package defines. What can be said by a style is
//! said by one, so that a house can change all of it in one place.

use std::collections::BTreeMap;

use docx_rs::{
    BreakType, Docx, FieldCharType, Hyperlink, HyperlinkType, IndentLevel, InstrText, LineSpacing, NumberingId, Paragraph, Run, Shading, ShdType, TableCell,
    TableRow, WidthType,
};
use pulldown_cmark::Alignment;

use super::super::house::HouseStyle;
use super::blocks::{Block, Blocks, Line, Span, Table, plain};
use super::columns;
use super::cover::{FACTS, room_above};
use super::logo::Logo;
use super::text::visible;

/// Width of what a page holds, in twentieths of a point: A4 in landscape with two centimetres on both sides.
pub(super) const PAGE: usize = 14_570;
/// The number by which Word knows bullets; numbered lists follow from the next constant on.
const BULLETS: usize = 2;
/// The first numbered list.
pub(super) const FIRST_NUMBERED: usize = 10;
/// The most lines of contents on a page; where second-level headings make more, they are left to Word's navigation.
const CONTENTS_LINES: usize = 30;
/// Height of a row that is to be filled in by hand.
const TO_FILL_IN: f32 = 700.0;
/// The most rows of a form of two columns that stays on one page.
const BLOCK: usize = 6;
/// Size of what is small, in half points.
const SMALL: usize = 12;
/// Stands for "this row repeats on every page", which the crate cannot say; the package puts it right.
pub(super) const HEAD_ROW: f32 = 1.0;

/// What the package is made from.
pub(super) struct Body {
    pub(super) docx: Docx,
    pub(super) title: String,
    /// Where each numbered list begins to count.
    pub(super) starts: Vec<u64>,
    pub(super) words: Words,
    pub(super) has_cover: bool,
    /// The ending of the file of the logo, where there is one.
    pub(super) logo: Option<&'static str>,
    /// Whether it is to be filled in by hand: then its pages hold as much as they can.
    pub(super) has_sheets: bool,
}

/// Headings of the form itself.
pub(super) struct Words {
    contents: String,
    pub(super) page: String,
    pub(super) of: String,
    pub(super) as_of: String,
}

impl Words {
    fn new(words: &BTreeMap<String, String>) -> Self {
        let word = |key: &str, english: &str| words.get(key).cloned().unwrap_or_else(|| english.to_owned());
        Self { contents: word("contents", "Contents"), page: word("page", "Page"), of: word("of", "of"), as_of: word("as_of", "As of") }
    }
}

/// Lays blocks out.
pub(super) fn body(blocks: &Blocks, house: &HouseStyle, words: &BTreeMap<String, String>) -> Body {
    let title = blocks.blocks.iter().find_map(|block| match block {
        Block::Heading(1, line) => Some(plain(line)),
        _ => None,
    });
    let second = blocks.blocks.iter().position(|block| matches!(block, Block::Heading(2.., _)));
    let (cover, rest) = match second.filter(|_| title.is_some()) {
        Some(second) => blocks.blocks.split_at(second),
        None => (&[][..], blocks.blocks.as_slice()),
    };
    let mut writer =
        Writer { docx: Docx::new(), paragraphs: 0, bookmarks: 0, new_page: false, ends_page: false, logo: house.logo.as_deref().and_then(Logo::read), house };
    writer.cover(cover);
    let words = Words::new(words);
    if !rest.iter().any(|block| matches!(block, Block::Contents)) {
        writer.contents(rest, &words.contents);
    }
    for (index, block) in rest.iter().enumerate() {
        match block {
            Block::Contents => {
                writer.new_page = true;
                writer.contents(rest, &words.contents);
            }
            other => {
                writer.ends_page = matches!(rest.get(index + 1), Some(Block::Contents | Block::NewPage));
                writer.block(other, above(&rest[index + 1..]));
            }
        }
    }
    // Word wants a paragraph at the end.
    if !matches!(rest.last(), Some(Block::Paragraph { .. } | Block::Item { .. })) {
        writer.paragraph("TableText", &[]);
    }
    Body {
        docx: writer.docx,
        title: visible(&title.unwrap_or_default()),
        starts: blocks.starts.clone(),
        words,
        has_cover: !cover.is_empty(),
        logo: writer.logo.as_ref().filter(|_| !cover.is_empty()).map(|logo| if logo.is_jpeg { "jpeg" } else { "png" }),
        has_sheets: rest.iter().any(|block| matches!(block, Block::Table(table) if table.sheet.is_some())),
    }
}

/// How a row is set beside its style.
#[derive(Clone, Copy, Default)]
struct Fill<'run> {
    /// Colour behind it.
    colour: Option<&'run str>,
    /// Whether it stays on the page of the row that follows.
    with_next: bool,
}

/// What a block stands above.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Above {
    Anything,
    Table,
    /// A table that is filled in by hand: what introduces it stays with it, all of it, and is set small.
    Sheet,
}

fn above(after: &[Block]) -> Above {
    const INTRODUCTION: usize = 6;
    let is_text = |block: &&Block| matches!(block, Block::Paragraph { .. } | Block::Item { .. });
    let texts = after.iter().take_while(is_text).count();
    match after.get(texts) {
        Some(Block::Table(table)) if table.sheet.is_some() && texts <= INTRODUCTION => Above::Sheet,
        Some(Block::Table(_)) if texts == 0 => Above::Table,
        _ => Above::Anything,
    }
}

struct Writer<'run> {
    docx: Docx,
    /// Every paragraph has an id; the crate's own would depend on what was written before.
    paragraphs: usize,
    bookmarks: usize,
    new_page: bool,
    /// Whether what is written is the last of its page.
    ends_page: bool,
    logo: Option<Logo>,
    house: &'run HouseStyle,
}

impl Writer<'_> {
    /// Title, facts, and whatever else comes before the first heading.
    fn cover(&mut self, blocks: &[Block]) {
        let mut has_facts = false;
        let logo = self.logo.as_ref().filter(|_| !blocks.is_empty()).map(Logo::picture);
        let has_logo = logo.is_some();
        if let Some(picture) = logo {
            let paragraph = self.styled("BodyText").add_run(Run::new().add_image(picture));
            self.add(paragraph);
        }
        for block in blocks {
            match block {
                Block::Heading(1, line) => {
                    let title = self.styled("Title").line_spacing(LineSpacing::new().before(room_above(blocks, has_logo)).after(360));
                    self.add(with_runs(title, line, false));
                }
                Block::Table(table) if table.head.len() == 2 && !has_facts => {
                    has_facts = true;
                    self.facts(table);
                }
                other => self.block(other, Above::Anything),
            }
        }
        self.new_page = !blocks.is_empty();
    }

    /// A field that Word fills when the document is opened; until then it holds the headings without their pages.
    fn contents(&mut self, blocks: &[Block], title: &str) {
        let headings: Vec<(usize, &Line)> = blocks
            .iter()
            .filter_map(|block| match block {
                Block::Heading(level @ (2 | 3), line) => Some((level - 1, line)),
                _ => None,
            })
            .collect();
        if headings.len() < 2 {
            return;
        }
        let deepest = if headings.len() > CONTENTS_LINES { 1 } else { 2 };
        let heading = self.styled("ContentsTitle").add_run(Run::new().add_text(title));
        self.add(heading);
        let begin = Run::new()
            .add_field_char(FieldCharType::Begin, true)
            .add_instr_text(InstrText::Unsupported(format!("TOC \\o \"1-{deepest}\" \\h \\z \\u")))
            .add_field_char(FieldCharType::Separate, false);
        let mut begin = Some(begin);
        // The field ends within its last line: a paragraph of its own could begin a page.
        let shown: Vec<(usize, (usize, &Line))> = headings.into_iter().enumerate().filter(|(_, (level, _))| *level <= deepest).collect();
        let last = shown.last().map(|(index, _)| *index);
        for (index, (level, line)) in shown {
            let name = bookmark(index + 1);
            let link = Hyperlink::new(name, HyperlinkType::Anchor).add_run(Run::new().add_text(visible(&plain(line))));
            let mut paragraph = self.styled(if level == 1 { "TOC1" } else { "TOC2" });
            if let Some(begin) = begin.take() {
                paragraph = paragraph.add_run(begin);
            }
            paragraph = paragraph.add_hyperlink(link);
            if Some(index) == last {
                paragraph = paragraph.add_run(Run::new().add_field_char(FieldCharType::End, false));
            }
            self.add(paragraph);
        }
        self.new_page = true;
    }

    fn block(&mut self, block: &Block, above: Above) {
        match block {
            Block::Heading(level, line) => self.heading(*level, line),
            Block::Paragraph { line, depth, quoted } => {
                let style = match (depth, quoted) {
                    (0, true) => "Quote",
                    (0, false) if above == Above::Sheet => "SheetText",
                    (0, false) => "BodyText",
                    _ => "ListContinue",
                };
                let paragraph = self.styled(style).keep_next(above != Above::Anything);
                let paragraph = with_runs(paragraph, line, false);
                self.add(paragraph);
            }
            Block::Item { line, depth, ordered } => {
                let number = ordered.map_or(BULLETS, |index| FIRST_NUMBERED + index);
                let paragraph =
                    self.styled("ListParagraph").keep_next(above == Above::Sheet).numbering(NumberingId::new(number), IndentLevel::new((*depth).min(8)));
                self.add(with_runs(paragraph, line, false));
            }
            Block::Code(text) => {
                for line in text.lines() {
                    let paragraph = self.styled("CodeBlock").add_run(Run::new().add_text(visible(line)));
                    self.add(paragraph);
                }
            }
            Block::Table(table) => self.table(table),
            Block::NewPage => self.new_page = true,
            // Contents need all blocks, and are written where those are at hand.
            Block::Contents => {}
        }
    }

    /// The title of a document is a title; what its Markdown calls the second level is the first in Word.
    fn heading(&mut self, level: usize, line: &Line) {
        let style = ["Heading1", "Heading1", "Heading2", "Heading3"].get(level - 1).copied().unwrap_or("Heading4");
        let paragraph = self.styled(style);
        let runs = |paragraph| with_runs(paragraph, line, true);
        let paragraph = if matches!(level, 2 | 3) {
            self.bookmarks += 1;
            let name = bookmark(self.bookmarks);
            runs(paragraph.add_bookmark_start(self.bookmarks, name)).add_bookmark_end(self.bookmarks)
        } else {
            runs(paragraph)
        };
        self.add(paragraph);
    }

    fn facts(&mut self, table: &Table) {
        let widths = FACTS;
        let named = table.head.iter().any(|cell| !plain(cell).trim().is_empty());
        let rows: Vec<&Vec<Line>> = named.then_some(&table.head).into_iter().chain(&table.rows).collect();
        let rows = rows.into_iter().map(|row| self.row(row, &widths, |column| if column == 0 { "FactName" } else { "FactValue" }, Fill::default())).collect();
        self.add_table(rows, &widths, "FactTable");
        self.paragraph("AfterTable", &[]);
    }

    fn table(&mut self, table: &Table) {
        if table.head.len() > columns::MOST {
            return self.as_lines(table);
        }
        if std::mem::take(&mut self.new_page) {
            let paragraph = self.styled("TableText").page_break_before(true);
            self.add(paragraph);
        }
        let widths = columns::widths(table, PAGE);
        // A few lines with a name and room to write are one form: a page does not tear it.
        let block = table.sheet.is_some() && table.head.len() == 2 && table.rows.len() <= BLOCK;
        let right = |column: usize| table.alignments.get(column) == Some(&Alignment::Right);
        let text = if table.sheet.is_some() { "TableSmall" } else { "TableText" };
        let mut rows = Vec::with_capacity(table.rows.len() + 1);
        if table.head.iter().any(|cell| !plain(cell).trim().is_empty()) {
            let fill = super::package::head_colour(self.house);
            let fill = Fill { colour: Some(&fill), with_next: block };
            let head = self.row(&table.head, &widths, |column| if right(column) { "TableHeadRight" } else { "TableHead" }, fill);
            rows.push(head.row_height(HEAD_ROW));
        }
        for (index, row) in table.rows.iter().enumerate() {
            let fill = Fill { colour: None, with_next: block && index + 1 < table.rows.len() };
            let laid = self.row(row, &widths, |column| if right(column) { "TableNumber" } else { text }, fill);
            rows.push(match height(table, row) {
                Some(height) => laid.row_height(height),
                None => laid,
            });
        }
        self.add_table(rows, &widths, if table.sheet.is_some() { "SheetTable" } else { "ReportTable" });
        // Two tables without anything between them would become one; at the end of a page it would make an empty one.
        if !self.ends_page {
            self.paragraph("AfterTable", &[]);
        }
    }

    fn row(&mut self, cells: &[Line], widths: &[usize], style: impl Fn(usize) -> &'static str, fill: Fill<'_>) -> TableRow {
        let nothing = Line::new();
        let cells = widths.iter().enumerate().map(|(column, width)| {
            let line = cells.get(column).unwrap_or(&nothing);
            let paragraph = with_runs(self.styled(style(column)).keep_next(fill.with_next), line, fill.colour.is_some());
            let cell = TableCell::new().width(*width, WidthType::Dxa).add_paragraph(paragraph);
            fill.colour.map_or(cell.clone(), |fill| cell.shading(Shading::new().shd_type(ShdType::Clear).color("auto").fill(fill)))
        });
        TableRow::new(cells.collect()).cant_split()
    }

    fn add_table(&mut self, rows: Vec<TableRow>, widths: &[usize], style: &str) {
        let table = docx_rs::Table::new(rows).style(style).set_grid(widths.to_vec());
        self.docx = std::mem::take(&mut self.docx).add_table(table);
    }

    /// A table with more columns than Word has, a row a paragraph.
    fn as_lines(&mut self, table: &Table) {
        for row in std::iter::once(&table.head).chain(&table.rows) {
            let cells: Vec<String> = row.iter().map(|cell| plain(cell)).collect();
            let span = Span { text: cells.join(" | "), ..Span::default() };
            self.paragraph("BodyText", &[span]);
        }
    }

    fn paragraph(&mut self, style: &str, line: &[Span]) {
        let paragraph = with_runs(self.styled(style), line, false);
        self.add(paragraph);
    }

    fn styled(&mut self, style: &str) -> Paragraph {
        self.paragraphs += 1;
        let paragraph = Paragraph::new().id(format!("{:08x}", self.paragraphs)).style(style);
        // Cells are never first on a page by themselves.
        let in_cell = style.starts_with("Table") || style.starts_with("Fact");
        if !in_cell && std::mem::take(&mut self.new_page) { paragraph.page_break_before(true) } else { paragraph }
    }

    fn add(&mut self, paragraph: Paragraph) {
        self.docx = std::mem::take(&mut self.docx).add_paragraph(paragraph);
    }
}

/// The least height of a row that is to be filled in by hand; none for the others.
fn height(table: &Table, row: &[Line]) -> Option<f32> {
    let empty = row.iter().filter(|cell| cell.is_empty()).count();
    match &table.sheet {
        // As high as a line at the least, which also keeps it apart from the mark of a head row.
        Some(sheet) => (empty > 0).then_some(sheet.row.max(200) as f32),
        None => (empty * 2 > table.head.len()).then_some(TO_FILL_IN),
    }
}

fn bookmark(number: usize) -> String {
    format!("_Toc{number:06}")
}

/// Headings and heads have their looks from their styles: only code shows in them.
fn with_runs(paragraph: Paragraph, line: &[Span], only_code: bool) -> Paragraph {
    line.iter().fold(paragraph, |paragraph, span| {
        let mut run = Run::new();
        for (index, text) in span.text.split('\n').enumerate() {
            if index > 0 {
                run = run.add_break(BreakType::TextWrapping);
            }
            run = run.add_text(visible(text));
        }
        let look = span.look;
        if look.code {
            run = run.style("Code");
        }
        if look.bold && !only_code {
            run = run.bold();
        }
        if look.italic && !only_code {
            run = run.italic();
        }
        if look.struck {
            run = run.strike();
        }
        if look.small {
            run = run.size(SMALL);
        }
        paragraph.add_run(run)
    })
}
