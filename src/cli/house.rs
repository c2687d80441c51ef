//! The house style of reports, as `report:` in `clausewise.yaml` states it.

use base64::Engine;
use serde::Deserialize;

use super::exit::Failure;
use crate::report::{HouseStyle, languages};
use crate::repository::{RepoPath, Snapshot};

/// The most that a logo may hold: it becomes part of every page.
const LOGO_BYTES: u64 = 512 * 1024;

/// `report:` in the file.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct ReportFile {
    prepared_by: Option<String>,
    classification: Option<String>,
    colour: Option<String>,
    logo: Option<String>,
    language: Option<String>,
}

/// The house style; what cannot be used is told with its remedy.
pub(super) fn house(file: &ReportFile, snapshot: &Snapshot) -> Result<HouseStyle, Failure> {
    let fault = |message: String| Failure::Usage(format!("clausewise.yaml: report: {message}"));
    if let Some(colour) = file.colour.as_ref().filter(|colour| !HouseStyle::is_colour(colour)) {
        return Err(fault(format!("`{colour}` is no colour; write it as \"#1a4f8b\", with the quotes")));
    }
    if let Some(language) = file.language.as_ref().filter(|language| !languages().contains(language)) {
        return Err(fault(format!("there are no headings in `{language}`; known are {}", languages().join(", "))));
    }
    let logo = file.logo.as_ref().map(|path| logo(path, snapshot).map_err(|cause| fault(format!("the logo {path} {cause}")))).transpose()?;
    Ok(HouseStyle {
        prepared_by: file.prepared_by.clone(),
        classification: file.classification.clone(),
        colour: file.colour.clone(),
        logo,
        language: file.language.clone(),
    })
}

/// A picture of the repository as a `data:` address. Only pictures that cannot carry a program.
fn logo(path: &str, snapshot: &Snapshot) -> Result<String, String> {
    let wanted = RepoPath::new([snapshot.prefix.as_slice(), path.as_bytes()].concat());
    let entry = snapshot.entries.iter().find(|entry| entry.path == wanted).ok_or("is not there; paths are relative to clausewise.yaml")?;
    let bytes = snapshot.reader().map_err(|error| error.to_string())?.read(entry, LOGO_BYTES).map_err(|error| error.to_string())?;
    let sort = match bytes.as_slice() {
        [0x89, b'P', b'N', b'G', ..] => "png",
        [0xFF, 0xD8, 0xFF, ..] => "jpeg",
        _ => return Err("is neither PNG nor JPEG".to_owned()),
    };
    Ok(format!("data:image/{sort};base64,{}", base64::engine::general_purpose::STANDARD.encode(bytes)))
}
