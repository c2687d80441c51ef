//! `map`: what documents without annotation seem to be.

use super::args::{Global, Map};
use super::exit::{Exit, Failure};
use super::{output, pipeline};
use crate::report;

/// Prints the proposal.
pub(super) fn run(global: &Global, command: &Map) -> Result<Exit, Failure> {
    let recognised = pipeline::recognise(global, &command.path)?;
    let identities = recognised.identities()?;
    if let Some(path) = &command.explain {
        let wanted = path.trim_start_matches("./");
        let found = identities.iter().find(|identity| {
            let below = identity.document.path.below(&recognised.snapshot.prefix).map(|path| path.to_string());
            identity.document.path.to_string() == wanted || below.as_deref() == Some(wanted)
        });
        let found = found.ok_or_else(|| Failure::Usage(format!("--explain {path}: no document that was read has this path; `clausewise map` lists them")))?;
        return output::print(&report::map_arithmetic(&recognised.framework, found)).map(|()| Exit::Clean);
    }
    let text = report::map_json(&recognised.framework, &identities).map_err(Failure::Internal)?;
    output::print(&text)?;
    Ok(Exit::Clean)
}
