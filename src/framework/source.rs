//! Where a clause map comes from: the binary, or a folder.

use std::path::{Path, PathBuf};

use include_dir::{Dir, DirEntry, include_dir};

static EMBEDDED: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/clauses/iso20000-1-2018");

/// Id of the map in the binary.
pub(crate) const EMBEDDED_ID: &str = "iso20000-1-2018";

/// A place from which a clause map is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MapSource {
    /// The map that is part of the program.
    Embedded,
    /// A folder with a map of one's own.
    Folder(PathBuf),
}

/// One file of a map.
pub(crate) struct MapFile {
    /// Path relative to the map's folder, with `/`.
    pub(crate) path: String,
    /// Its text, or why there is none.
    pub(crate) text: Result<String, String>,
}

impl MapSource {
    /// What `--framework` names: the id of the built-in map, or a folder.
    pub fn from_argument(argument: &str) -> Self {
        if argument == EMBEDDED_ID { Self::Embedded } else { Self::Folder(PathBuf::from(argument)) }
    }

    /// All YAML files, in the order of their paths.
    pub(crate) fn files(&self) -> Vec<MapFile> {
        let mut files = match self {
            Self::Embedded => embedded_files(),
            Self::Folder(folder) => folder_files(folder),
        };
        files.sort_by(|left, right| left.path.cmp(&right.path));
        files
    }
}

fn embedded_files() -> Vec<MapFile> {
    fn collect(folder: &Dir<'static>, files: &mut Vec<MapFile>) {
        for entry in folder.entries() {
            match entry {
                DirEntry::Dir(folder) => collect(folder, files),
                DirEntry::File(file) if file.path().extension().is_some_and(|ending| ending == "yaml") => {
                    let text = file.contents_utf8().map(str::to_owned).ok_or_else(|| "not UTF-8".to_owned());
                    files.push(MapFile { path: file.path().to_string_lossy().replace('\\', "/"), text });
                }
                DirEntry::File(_) => {}
            }
        }
    }
    let mut files = Vec::new();
    collect(&EMBEDDED, &mut files);
    files
}

fn folder_files(folder: &Path) -> Vec<MapFile> {
    walkdir::WalkDir::new(folder)
        .max_depth(4)
        .into_iter()
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_file())
        .filter(|entry| entry.path().extension().is_some_and(|ending| ending == "yaml" || ending == "yml"))
        .map(|entry| {
            let path = entry.path().strip_prefix(folder).unwrap_or(entry.path()).to_string_lossy().replace('\\', "/");
            let text =
                std::fs::read(entry.path()).map_err(|error| error.to_string()).and_then(|bytes| String::from_utf8(bytes).map_err(|_| "not UTF-8".to_owned()));
            MapFile { path, text }
        })
        .collect()
}
