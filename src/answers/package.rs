//! What is inside a zipped file, before anything else opens it: which kind of workbook it is, whether its parts have honest
//! names, and how large they become.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use crate::vocabulary::sanitize;

/// The most parts that a workbook may have.
const PARTS: usize = 5_000;
/// The most that all parts together may hold when expanded.
const EXPANDED: u64 = 192 * 1024 * 1024;

/// Kind of a workbook.
pub(super) enum Package {
    /// `.xlsx`.
    Excel,
    /// `.ods`.
    OpenDocument,
}

/// Looks at every part. Nothing is written anywhere.
///
/// # Errors
/// In words: what makes it unfit to be read.
pub(super) fn inspect(bytes: &[u8]) -> Result<Package, String> {
    let broken = |error: zip::result::ZipError| format!("the workbook is damaged: {error}");
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(broken)?;
    if archive.len() > PARTS {
        return Err(format!("the workbook has more than {PARTS} parts; no checklist has"));
    }
    let mut names = Vec::new();
    let mut expanded = 0;
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(broken)?;
        let name = part.name().map_err(broken)?.into_owned();
        if is_dishonest(&name) || part.is_symlink() {
            return Err(format!("the workbook has a part that points outside of it ({}); it was not made by an office program", sanitize(&name)));
        }
        if part.encrypted() {
            return Err("the workbook has a password; save it without one".to_owned());
        }
        // What a part says of its size is no more than a claim.
        let room = EXPANDED - expanded;
        expanded += std::io::copy(&mut part.take(room + 1), &mut std::io::sink()).map_err(|error| format!("the workbook is damaged: {error}"))?;
        if expanded > EXPANDED {
            return Err(format!("the workbook would expand to more than {} MiB; no checklist does", EXPANDED / 1024 / 1024));
        }
        names.push(name.to_lowercase());
    }
    let has = |wanted: &str| names.iter().any(|name| name == wanted);
    if names.iter().any(|name| name.ends_with("vbaproject.bin") || name.starts_with("basic/")) {
        return Err("the workbook holds macros; save it as .xlsx without them".to_owned());
    }
    if has("xl/workbook.xml") {
        Ok(Package::Excel)
    } else if has("content.xml") && archive_says(bytes, "mimetype").is_some_and(|kind| kind.starts_with("application/vnd.oasis.opendocument.spreadsheet")) {
        Ok(Package::OpenDocument)
    } else if has("word/document.xml") {
        Err("a Word file; answers are read from .xlsx, .ods, .csv and .md".to_owned())
    } else {
        Err("no workbook that is known; save it as .xlsx".to_owned())
    }
}

/// Text of a part that [`inspect`] has found to be small enough.
pub(super) fn archive_says(bytes: &[u8], name: &str) -> Option<String> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut text = String::new();
    archive.by_name(name).ok()?.take(EXPANDED).read_to_string(&mut text).ok()?;
    Some(text)
}

/// Whether a name leads out of the folder in which it would be unpacked.
fn is_dishonest(name: &str) -> bool {
    let is_drive = name.as_bytes().get(1) == Some(&b':');
    name.starts_with(['/', '\\']) || is_drive || name.contains('\0') || name.split(['/', '\\']).any(|step| step == "..")
}
