//! From an assessment to a document that is handed over, in one form or several.

use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::args::{Deliver, Global};
use super::exit::{Exit, Failure};
use super::output;
use super::pipeline::{self, Run};
use crate::report::{Deliverable, Dress, Form, OwnTemplates, Redaction, template_names, written};

/// The most that a template of the user may hold.
const TEMPLATE_BYTES: u64 = 1024 * 1024;

/// An assessed repository, and what is to be written of it.
pub(super) struct Prepared {
    pub(super) run: Run,
    wanted: Vec<(Option<PathBuf>, Form)>,
    dress: Dress,
}

/// Assesses, after having made sure that everything asked for can be written.
pub(super) fn prepare(global: &Global, command: &Deliver) -> Result<Prepared, Failure> {
    let wanted = wanted(command)?;
    for path in wanted.iter().filter_map(|(path, _)| path.as_ref()) {
        output::can_write(path)?;
    }
    let templates = templates(command.templates.as_deref())?;
    let run = pipeline::run(global, &command.path)?;
    let redaction = if command.redact { Redaction::of(&run.assessment.people) } else { Redaction::default() };
    let dress = Dress { house: run.house.clone(), templates, redaction, csv_raw: command.csv_raw };
    Ok(Prepared { run, wanted, dress })
}

impl Prepared {
    /// Writes a deliverable wherever it was asked for. The forms are made beside each other, and kept in the order asked for.
    pub(super) fn write<D: Deliverable + Sync>(&self, view: &D) -> Result<Exit, Failure> {
        let made: Vec<Result<Vec<u8>, String>> = self.wanted.par_iter().map(|(_, form)| written(view, *form, &self.dress)).collect();
        for ((path, _), bytes) in self.wanted.iter().zip(made) {
            let bytes = bytes.map_err(|fault| in_words(&self.dress.templates, fault))?;
            match path {
                Some(path) => output::write_file(path, &bytes)?,
                None => output::print(&String::from_utf8_lossy(&bytes))?,
            }
        }
        Ok(pipeline::exit_of(&self.run.assessment, false))
    }
}

/// A template of the user is the user's to mend; a built-in one is ours.
fn in_words(own: &OwnTemplates, fault: String) -> Failure {
    if own.is_empty() { Failure::Internal(fault) } else { Failure::Usage(format!("--templates: {fault}")) }
}

/// Where to write, and in which form; none for standard output.
fn wanted(command: &Deliver) -> Result<Vec<(Option<PathBuf>, Form)>, Failure> {
    let chosen = command.format.map(Form::from);
    if command.output.is_empty() {
        let form = chosen.unwrap_or(Form::Md);
        return if form.is_text() {
            Ok(vec![(None, form)])
        } else {
            Err(Failure::Usage(format!("-o: a .{} file cannot go to a terminal; say -o FILE", form.word())))
        };
    }
    command.output.iter().map(|path| Ok((Some(path.clone()), form_of(path, chosen)?))).collect()
}

fn form_of(path: &Path, chosen: Option<Form>) -> Result<Form, Failure> {
    if let Some(form) = chosen {
        return Ok(form);
    }
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    let known = Form::ALL.map(Form::word).join(", ");
    match ending.as_deref() {
        Some("markdown") => Ok(Form::Md),
        Some("htm") => Ok(Form::Html),
        Some(ending) => Form::ALL
            .into_iter()
            .find(|form| form.word() == ending)
            .ok_or_else(|| Failure::Usage(format!("-o: no report form ends with .{ending}; known are {known}, or say --format"))),
        None => Err(Failure::Usage(format!("-o: {} has no ending that names a form ({known}); say --format", path.display()))),
    }
}

/// The templates of a folder, by name. Files that replace no built-in template are pieces that the others include.
fn templates(folder: Option<&Path>) -> Result<OwnTemplates, Failure> {
    let Some(folder) = folder else { return Ok(OwnTemplates::new()) };
    let failed = |path: &Path, cause: String| Failure::Usage(format!("--templates: {}: {cause}", path.display()));
    let mut templates = OwnTemplates::new();
    for entry in walkdir::WalkDir::new(folder).max_depth(2).sort_by_file_name() {
        let entry = entry.map_err(|error| failed(folder, error.to_string()))?;
        let name = entry.path().strip_prefix(folder).unwrap_or(entry.path()).display().to_string().replace('\\', "/");
        let is_template = ["md", "html", "css", "js"].iter().any(|ending| name.ends_with(&format!(".{ending}")));
        if !entry.file_type().is_file() || !is_template {
            continue;
        }
        if entry.metadata().is_ok_and(|metadata| metadata.len() > TEMPLATE_BYTES) {
            return Err(failed(entry.path(), "larger than 1 MiB; a template is a page of text".to_owned()));
        }
        let text = std::fs::read(entry.path()).map_err(|error| failed(entry.path(), error.to_string()))?;
        let text = String::from_utf8(text).map_err(|_| failed(entry.path(), "not UTF-8; save it as UTF-8".to_owned()))?;
        templates.insert(name, text);
    }
    let built_in = template_names();
    if !templates.keys().any(|name| built_in.contains(name)) {
        return Err(failed(folder, format!("none of the files replaces a built-in template; those are {}", built_in.join(", "))));
    }
    Ok(templates)
}
