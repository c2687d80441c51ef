//! The file: the parts that the crate writes, and in front of them those that it has no words for (language, styles of
//! tables, heads that repeat, properties without a date), packed without a time.

use std::io::{Cursor, Write};

use docx_rs::{Docx, Footer, Header, NumPages, PageNum, Paragraph, Run, XMLDocx};
use zip::write::SimpleFileOptions;

use super::super::house::HouseStyle;
use super::Subject;
use super::body::{Body, FIRST_NUMBERED, PAGE};
use super::text::escaped;

/// A calm dark blue.
const COLOUR: &str = "1F3A5F";

/// Colour of head rows, without `#`.
pub(super) fn head_colour(house: &HouseStyle) -> String {
    let own = house.colour.as_deref().filter(|colour| HouseStyle::is_colour(colour));
    own.and_then(|colour| colour.strip_prefix('#')).unwrap_or(COLOUR).to_uppercase()
}

/// Whether text on a colour must be dark.
fn is_light(colour: &str) -> bool {
    let part = |range: std::ops::Range<usize>| colour.get(range).and_then(|digits| u32::from_str_radix(digits, 16).ok()).unwrap_or_default();
    299 * part(0..2) + 587 * part(2..4) + 114 * part(4..6) > 150_000
}

/// The file's bytes.
pub(super) fn package(body: Body, house: &HouseStyle, subject: &Subject) -> Result<Vec<u8>, String> {
    let Body { docx, title, starts, words, has_cover, has_sheets, logo } = body;
    let classification = house.classification.clone().unwrap_or_default();
    let end = |paragraph: Paragraph| -> Paragraph {
        let run = |text: String| Run::new().add_text(text);
        paragraph
            .add_run(Run::new().add_tab())
            .add_run(run(format!("{} ", words.page)))
            .add_page_num(PageNum::new())
            .add_run(run(format!(" {} ", words.of)))
            .add_num_pages(NumPages::new())
    };
    let begin = |style: &str, number: usize, text: &str| {
        let text = super::text::visible(text);
        Paragraph::new().id(format!("{:08x}", 0x7000_0000 + number)).style(style).add_run(Run::new().add_text(text))
    };
    // A title may name the organization itself.
    let organization = subject.organization.as_deref().filter(|name| !title.contains(*name)).map(str::to_owned);
    let as_of = subject.as_of.as_ref().map(|day| format!("{} {day}", words.as_of));
    let running = std::iter::once(title.clone()).chain(organization).chain(as_of).collect::<Vec<_>>().join(" \u{b7} ");
    let docx = docx.header(Header::new().add_paragraph(begin("Header", 1, &running)));
    let docx = docx.footer(Footer::new().add_paragraph(end(begin("Footer", 2, &classification))));
    // The cover has no header, and says of itself only how it may be passed on.
    let docx = if has_cover && !classification.is_empty() { docx.first_footer(Footer::new().add_paragraph(begin("Footer", 3, &classification))) } else { docx };
    let docx = if has_cover { docx.title_pg() } else { docx };
    let mut parts = with_numberings(docx).build();
    parts.document = document(&parts.document, has_sheets)?;
    for part in parts.headers.iter_mut().chain(&mut parts.footers) {
        *part = String::from_utf8_lossy(part).replace("<w:rPr />", "").into_bytes();
    }
    parts.styles = styles(house).into_bytes();
    parts.numberings = numberings(&starts).into_bytes();
    parts.settings = include_str!("settings.xml").as_bytes().to_vec();
    parts.font_table = include_str!("fonts.xml").as_bytes().to_vec();
    parts.doc_props.core = core(&title, house).into_bytes();
    parts.doc_props.app = app().into_bytes();
    if let Some(ending) = logo {
        name_picture(&mut parts, ending);
    }
    packed(parts, logo.unwrap_or("png")).map_err(|error| error.to_string())
}

/// The part on numbering is always there, whether or not a list is.
fn with_numberings(mut docx: Docx) -> Docx {
    docx.document_rels.has_numberings = true;
    docx
}

/// The body with what the crate cannot say, and in the order that the format asks for.
fn document(bytes: &[u8], has_sheets: bool) -> Result<Vec<u8>, String> {
    let xml = std::str::from_utf8(bytes).map_err(|error| error.to_string())?;
    let xml = xml.replace("<w:rPr />", "").replace("<w:trHeight w:val=\"1\" w:hRule=\"atLeast\" />", "<w:tblHeader />");
    let xml = between(&xml, "<w:numPr>", "</w:numPr>", |own| {
        let level = own.find("<w:ilvl").map_or("", |at| own[at..].trim_end_matches("</w:numPr>"));
        own.replace(level, "").replace("<w:numPr>", &format!("<w:numPr>{level}"))
    });
    let xml = between(&xml, "<w:rPr>", "</w:rPr>", |own| {
        const CODE: &str = "<w:rStyle w:val=\"Code\" />";
        if own.contains(CODE) { own.replace(CODE, "").replace("<w:rPr>", &format!("<w:rPr>{CODE}")) } else { own.to_owned() }
    });
    let xml = between(&xml, "<w:tblPr>", "</w:tblPr>", |own| {
        let style = ["FactTable", "SheetTable"].into_iter().find(|style| own.contains(style)).unwrap_or("ReportTable");
        let look = "<w:tblLook w:val=\"0420\" w:firstRow=\"1\" w:lastRow=\"0\" w:firstColumn=\"0\" w:lastColumn=\"0\" w:noHBand=\"0\" w:noVBand=\"1\" />";
        format!("<w:tblPr><w:tblStyle w:val=\"{style}\" /><w:tblW w:w=\"0\" w:type=\"auto\" /><w:tblLayout w:type=\"fixed\" />{look}</w:tblPr>")
    });
    let xml = between(&xml, "<w:tblGrid>", "</w:tblGrid>", |own| own.replace(" w:type=\"dxa\"", ""));
    let xml = between(&xml, "<w:sectPr>", "</w:sectPr>", |own| {
        let references: String = own.split_inclusive("/>").filter(|part| part.contains("Reference ")).map(|part| part.replace("<w:sectPr>", "")).collect();
        let first = if own.contains("<w:titlePg />") { "<w:titlePg />" } else { "" };
        let size = "<w:pgSz w:w=\"16838\" w:h=\"11906\" w:orient=\"landscape\" />";
        let (top, bottom) = if has_sheets { (1_021, 907) } else { (1_247, 1_134) };
        let margins =
            format!("<w:pgMar w:top=\"{top}\" w:right=\"1134\" w:bottom=\"{bottom}\" w:left=\"1134\" w:header=\"567\" w:footer=\"567\" w:gutter=\"0\" />");
        format!("<w:sectPr>{references}{size}{margins}<w:cols w:space=\"708\" />{first}</w:sectPr>")
    });
    Ok(xml.into_bytes())
}

/// Replaces every stretch from one mark to another, both included. Text is escaped, so that no mark stands in it.
fn between(xml: &str, from: &str, to: &str, new: impl Fn(&str) -> String) -> String {
    let mut result = String::with_capacity(xml.len());
    let mut rest = xml;
    while let Some(start) = rest.find(from) {
        let Some(end) = rest[start..].find(to).map(|end| start + end + to.len()) else { break };
        result.push_str(&rest[..start]);
        result.push_str(&new(&rest[start..end]));
        rest = &rest[end..];
    }
    result.push_str(rest);
    result
}

fn styles(house: &HouseStyle) -> String {
    let colour = head_colour(house);
    // Pale text cannot be read on white, nor white on a pale head.
    let (heading, on_head) = if is_light(&colour) { ("1F2933", "1F2933") } else { (colour.as_str(), "FFFFFF") };
    include_str!("styles.xml").replace("{heading}", heading).replace("{on-head}", on_head).replace("{rule}", &colour).replace("{page}", &PAGE.to_string())
}

fn numberings(starts: &[u64]) -> String {
    let level = |level: usize, format: &str, text: &str| {
        let left = 360 * (level + 1);
        format!(
            "<w:lvl w:ilvl=\"{level}\"><w:start w:val=\"1\" /><w:numFmt w:val=\"{format}\" /><w:lvlText w:val=\"{text}\" /><w:lvlJc w:val=\"left\" />\
             <w:pPr><w:ind w:left=\"{left}\" w:hanging=\"360\" /></w:pPr></w:lvl>"
        )
    };
    let bullets: String = (0..9).map(|at| level(at, "bullet", if at % 2 == 0 { "•" } else { "–" })).collect();
    let numbers: String = (0..9).map(|at| level(at, ["decimal", "lowerLetter", "lowerRoman"][at % 3], &format!("%{}.", at + 1))).collect();
    let begins = |(index, start): (usize, &u64)| {
        let overrides: String =
            (0..9).map(|at| format!("<w:lvlOverride w:ilvl=\"{at}\"><w:startOverride w:val=\"{}\" /></w:lvlOverride>", (*start).min(32_000))).collect();
        format!("<w:num w:numId=\"{}\"><w:abstractNumId w:val=\"2\" />{overrides}</w:num>", FIRST_NUMBERED + index)
    };
    let lists: String = starts.iter().enumerate().map(begins).collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\
         <w:numbering xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">\
         <w:abstractNum w:abstractNumId=\"1\"><w:multiLevelType w:val=\"hybridMultilevel\" />{bullets}</w:abstractNum>\
         <w:abstractNum w:abstractNumId=\"2\"><w:multiLevelType w:val=\"hybridMultilevel\" />{numbers}</w:abstractNum>\
         <w:num w:numId=\"2\"><w:abstractNumId w:val=\"1\" /></w:num>{lists}</w:numbering>"
    )
}

/// Properties of the document; no date, since no clock is asked.
fn core(title: &str, house: &HouseStyle) -> String {
    let creator = escaped(house.prepared_by.as_deref().unwrap_or("clausewise"));
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\
         <cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>{}</dc:title><dc:creator>{creator}</dc:creator>\
         <cp:lastModifiedBy>{creator}</cp:lastModifiedBy><dc:language>en-GB</dc:language></cp:coreProperties>",
        escaped(title)
    )
}

fn app() -> String {
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\
     <Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties\"><Application>clausewise</Application></Properties>"
        .to_owned()
}

/// The crate takes every picture for one in PNG, and gives it no words for those who do not see it.
fn name_picture(parts: &mut XMLDocx, ending: &str) {
    let with = |bytes: &[u8], from: &str, to: &str| String::from_utf8_lossy(bytes).replace(from, to).into_bytes();
    parts.document_rels = with(&parts.document_rels, "rIdLogo.png", &format!("rIdLogo.{ending}"));
    parts.document = with(&parts.document, "<wp:docPr id=\"1\" name=\"Figure\" />", "<wp:docPr id=\"1\" name=\"Logo\" descr=\"Logo\" />");
}

fn packed(parts: XMLDocx, picture: &str) -> zip::result::ZipResult<Vec<u8>> {
    let mut files: Vec<(String, Vec<u8>)> = vec![
        ("[Content_Types].xml".to_owned(), parts.content_type),
        ("_rels/.rels".to_owned(), parts.rels),
        ("docProps/app.xml".to_owned(), parts.doc_props.app),
        ("docProps/core.xml".to_owned(), parts.doc_props.core),
        ("docProps/custom.xml".to_owned(), parts.doc_props.custom),
        ("word/_rels/document.xml.rels".to_owned(), parts.document_rels),
        ("word/document.xml".to_owned(), parts.document),
        ("word/styles.xml".to_owned(), parts.styles),
        ("word/settings.xml".to_owned(), parts.settings),
        ("word/fontTable.xml".to_owned(), parts.font_table),
        ("word/comments.xml".to_owned(), parts.comments),
        ("word/commentsExtended.xml".to_owned(), parts.comments_extended),
        ("word/numbering.xml".to_owned(), parts.numberings),
    ];
    let numbered = |name: &'static str, list: Vec<Vec<u8>>| list.into_iter().enumerate().map(move |(at, part)| (format!("word/{name}{}.xml", at + 1), part));
    files.extend(numbered("header", parts.headers));
    files.extend(numbered("footer", parts.footers));
    files.extend(parts.media.into_iter().map(|(name, bytes)| (format!("word/media/{name}.{picture}"), bytes)));
    let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated).last_modified_time(zip::DateTime::default());
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        archive.start_file(name, options)?;
        archive.write_all(&bytes)?;
    }
    Ok(archive.finish()?.into_inner())
}
