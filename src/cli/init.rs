//! `init`: a configuration from what is there, and stubs for what is missing.

use std::io::Write;
use std::path::{Path, PathBuf};

use include_dir::{Dir, include_dir};

use super::args::{Global, Init};
use super::config::NAME;
use super::exit::{Exit, Failure};
use super::pipeline::Recognised;
use super::{output, pipeline};
use crate::assessment::{Confidence, Identity, propose};
use crate::report;
use crate::yaml::{Addition, add};

/// The stubs: those of `examples/starter`, one for each thing that clause 7.5.4 wants in writing.
static STARTER: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/examples/starter");

/// Writes `clausewise.yaml`, and with `--scaffold` the stubs. Never over an existing file.
pub(super) fn run(global: &Global, command: &Init) -> Result<Exit, Failure> {
    let root = &command.path;
    if !root.is_dir() {
        return Err(Failure::Usage(format!("{}: no such folder; make it first", root.display())));
    }
    if root.join("HEAD").is_file() && root.join("objects").is_dir() {
        return Err(Failure::Usage(format!("{}: a bare repository has no work tree to write to; clone it first", root.display())));
    }
    let recognised = pipeline::recognise_any(global, root)?;
    let identities = recognised.identities()?;
    let mut said = String::new();
    let file = root.join(NAME);
    if file.symlink_metadata().is_ok() {
        if !command.scaffold {
            return Err(Failure::Usage(format!("{}: is there already and stays as it is; `clausewise map --write` adds to it", file.display())));
        }
        said += &format!("{} is there already and stays as it is\n", file.display());
    } else {
        let text = configuration(&recognised, &identities, command)?;
        create(root, Path::new(NAME), text.as_bytes())?;
        said += &format!("{} written: read it, each line counts as said by you\n", file.display());
    }
    if command.scaffold {
        for (path, text) in missing_stubs(&recognised, &identities) {
            said += &match create(root, &path, text.as_bytes()) {
                Ok(()) => format!("{} written\n", path.display()),
                Err(Failure::Output { cause, .. }) => format!("{} left alone: {cause}\n", path.display()),
                Err(other) => return Err(other),
            };
        }
        said += "A stub counts as nothing until somebody fills it in.\n";
    }
    said += "Next: `clausewise map` shows what the documents seem to be, `clausewise gap` what they support.\n";
    output::print(&said).map(|()| Exit::Clean)
}

fn configuration(recognised: &Recognised, identities: &[Identity<'_>], command: &Init) -> Result<String, Failure> {
    let proposal = propose(&recognised.framework, &recognised.settings, identities);
    let is_empty = identities.is_empty();
    let has_readme = is_empty
        || identities.iter().any(|identity| identity.document.path.below(&recognised.snapshot.prefix).is_some_and(|path| path.to_string() == "README.md"));
    let text = report::new_configuration(&proposal, command.organization.as_deref(), has_readme);
    let mappings: Vec<Addition> = report::proposal(identities, &recognised.snapshot.prefix, Confidence::High, &|_| false)
        .into_iter()
        .map(|(pattern, kind)| Addition::Pair(pattern, kind))
        .collect();
    add(&text, &["documents", "map"], &mappings).map_err(Failure::Internal)
}

/// Stubs of kinds that no document is or could be.
fn missing_stubs(recognised: &Recognised, identities: &[Identity<'_>]) -> Vec<(PathBuf, &'static str)> {
    let there = |kind: &str| {
        identities.iter().any(|identity| {
            let could_be = identity.recognised.iter().flat_map(|recognised| &recognised.could_be);
            identity.kinds.iter().map(|kind| &kind.id).chain(could_be).any(|id| recognised.framework.is_a(id, kind))
        })
    };
    let files = STARTER.dirs().flat_map(Dir::files);
    let stubs = files.filter_map(|file| {
        let text = file.contents_utf8()?;
        let kind = text.lines().find_map(|line| line.strip_prefix("kind:")).map(str::trim)?;
        (!there(kind)).then(|| (file.path().to_path_buf(), text))
    });
    let mut stubs: Vec<(PathBuf, &str)> = stubs.collect();
    stubs.sort();
    stubs
}

/// Creates a file that is not there yet, below the root and through no link.
fn create(root: &Path, path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let target = root.join(path);
    let failed = |cause: String| Failure::Output { path: target.display().to_string(), cause };
    let folder = target.parent().unwrap_or(root);
    std::fs::create_dir_all(folder).map_err(|error| failed(error.to_string()))?;
    let inside = std::fs::canonicalize(folder).ok().zip(std::fs::canonicalize(root).ok()).is_some_and(|(folder, root)| folder.starts_with(root));
    if !inside {
        return Err(failed("its folder lies outside the root".to_owned()));
    }
    let mut file = std::fs::OpenOptions::new().write(true).create_new(true).open(&target).map_err(|error| match error.kind() {
        std::io::ErrorKind::AlreadyExists => failed("there is a file of that name already".to_owned()),
        _ => failed(error.to_string()),
    })?;
    file.write_all(bytes).map_err(|error| failed(error.to_string()))
}
