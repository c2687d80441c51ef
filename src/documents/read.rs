//! Reading all documents of a snapshot, on all cores.

use std::collections::{BTreeSet, HashMap};

use globset::GlobSet;
use rayon::prelude::*;

use super::defect::{Cause, Defect};
use super::document::{Document, Format};
use super::secret::secrets;
use super::text_file::text_of;
use super::{csv_file, markdown, yaml_file};
use crate::repository::{Entry, EntryKind, Reader, RepoPath, RepositoryError, Skipped, Snapshot};
use crate::vocabulary::Place;

const MARKDOWN_BYTES: u64 = 4 * 1024 * 1024;
const RECORD_BYTES: u64 = 64 * 1024 * 1024;
/// Present, not read: office files, pictures, and texts in other markup.
const BINARIES: [&str; 21] = [
    "adoc", "asciidoc", "rst", "org", "textile", "pdf", "doc", "docx", "odt", "rtf", "xls", "xlsx", "ods", "ppt", "pptx", "odp", "vsd", "vsdx", "png", "jpg",
    "jpeg",
];

/// Which files are looked at.
#[derive(Clone, Debug)]
pub struct Selection {
    /// Only these, where anything is said.
    pub include: Option<GlobSet>,
    /// Never these.
    pub exclude: GlobSet,
    /// Hidden files that are looked at all the same.
    pub configuration: Option<RepoPath>,
}

/// Everything that was read.
#[derive(Debug, Default)]
pub struct Documents {
    /// In the order of their paths.
    pub all: Vec<Document>,
    /// Links, submodules and special files in the place of documents.
    pub not_followed: Vec<Skipped>,
    /// Every path of the snapshot below the root, and every folder on the way.
    pub paths: BTreeSet<RepoPath>,
    by_path: HashMap<RepoPath, usize>,
}

impl Documents {
    /// The document at a path.
    pub fn at(&self, path: &RepoPath) -> Option<&Document> {
        self.by_path.get(path).map(|index| &self.all[*index])
    }
}

/// Reads every candidate of a snapshot. `tick` is told the path of each before it is read.
///
/// # Errors
/// A repository that cannot be opened any more.
pub fn read_documents(snapshot: &Snapshot, selection: &Selection, tick: &(dyn Fn(&RepoPath) + Sync)) -> Result<Documents, RepositoryError> {
    let candidates: Vec<(&Entry, Format)> = snapshot.entries.iter().filter_map(|entry| candidate(entry, snapshot, selection)).collect();
    let results: Result<Vec<Vec<Document>>, RepositoryError> = candidates
        .par_chunks(64)
        .map(|chunk| {
            let mut reader = snapshot.reader()?;
            Ok(chunk
                .iter()
                .filter(|(entry, _)| entry.kind == EntryKind::File)
                .map(|(entry, format)| {
                    tick(&entry.path);
                    read_one(&mut reader, entry, *format)
                })
                .collect())
        })
        .collect();
    let all: Vec<Document> = results?.into_iter().flatten().collect();
    let not_followed = candidates
        .iter()
        .filter_map(|(entry, _)| {
            let reason = match entry.kind {
                EntryKind::File => return None,
                EntryKind::Link => "a symbolic link, which is never followed; put the document itself here",
                EntryKind::Submodule => "a submodule, which is another repository; assess it by itself",
                EntryKind::Special => "no regular file, so it was not opened",
            };
            Some(Skipped { path: entry.path.clone(), reason: reason.to_owned() })
        })
        .collect();
    let by_path = all.iter().enumerate().map(|(index, document)| (document.path.clone(), index)).collect();
    Ok(Documents { all, not_followed, paths: all_paths(snapshot), by_path })
}

fn all_paths(snapshot: &Snapshot) -> BTreeSet<RepoPath> {
    let mut paths = BTreeSet::new();
    for entry in &snapshot.entries {
        let bytes = entry.path.as_bytes();
        for (index, _) in bytes.iter().enumerate().filter(|(_, byte)| **byte == b'/') {
            paths.insert(RepoPath::new(&bytes[..index]));
        }
        paths.insert(entry.path.clone());
    }
    paths
}

fn candidate<'snapshot>(entry: &'snapshot Entry, snapshot: &Snapshot, selection: &Selection) -> Option<(&'snapshot Entry, Format)> {
    let relative = entry.path.below(&snapshot.prefix)?;
    if relative.is_hidden() || Some(&entry.path) == selection.configuration.as_ref() || relative.file_name() == b"clausewise.yaml" {
        return None;
    }
    let path = String::from_utf8_lossy(relative.as_bytes()).into_owned();
    let included = selection.include.as_ref().is_none_or(|include| include.is_match(&path));
    if !included || selection.exclude.is_match(&path) {
        return None;
    }
    let format = match relative.ending().as_str() {
        "md" | "markdown" | "mdown" | "mkd" | "mdx" | "qmd" => Format::Markdown,
        // Markdown that a site generator or a template engine still works on: `policy.md.tmpl`, `manual.html.md.erb`.
        "tmpl" | "tpl" | "erb" | "j2" | "jinja" | "liquid" | "in" if is_markdown_template(&relative) => Format::Markdown,
        "yaml" | "yml" => Format::Yaml,
        "csv" | "tsv" => Format::Csv,
        ending if BINARIES.contains(&ending) => Format::Binary,
        // A link or submodule could stand for anything, a folder of policies included.
        _ if entry.kind == EntryKind::Link || entry.kind == EntryKind::Submodule => Format::Binary,
        _ => return None,
    };
    Some((entry, format))
}

fn is_markdown_template(path: &RepoPath) -> bool {
    path.stem().to_lowercase().ends_with(".md")
}

fn read_one(reader: &mut Reader, entry: &Entry, format: Format) -> Document {
    let path = entry.path.clone();
    let unread = |path: RepoPath, defect: Defect| {
        let mut document = Document::new(path, format);
        document.defects.push(defect);
        document
    };
    let limit = match format {
        Format::Markdown => MARKDOWN_BYTES,
        Format::Yaml | Format::Csv => RECORD_BYTES,
        Format::Binary => return Document::new(path, Format::Binary),
    };
    let bytes = match reader.read(entry, limit) {
        Ok(bytes) => bytes,
        Err(error) => return unread(path, Defect::new(Cause::NotRead, Place::default(), error.to_string())),
    };
    let text = match text_of(bytes) {
        Ok(text) => text,
        Err(defect) => return unread(path, defect),
    };
    if text.trim().is_empty() {
        return unread(path, Defect::new(Cause::Empty, Place::line(1), "empty; write it or remove it"));
    }
    let mut document = match format {
        Format::Markdown => markdown::read(path, &text),
        Format::Yaml => yaml_file::read(path, &text),
        Format::Csv => csv_file::read(path, &text),
        Format::Binary => Document::new(path, Format::Binary),
    };
    document.secrets = secrets(&text);
    document
}

/// Reads one text again, as it was in another revision.
pub(super) fn read_text(path: RepoPath, bytes: Vec<u8>) -> Option<Document> {
    let format = path.ending();
    let text = text_of(bytes).ok()?;
    Some(match format.as_str() {
        "yaml" | "yml" => yaml_file::read(path, &text),
        "csv" | "tsv" => csv_file::read(path, &text),
        _ => markdown::read(path, &text),
    })
}
