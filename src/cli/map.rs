//! `map`: what documents without annotation seem to be.

use super::args::{Global, Map};
use super::exit::{Exit, Failure};
use super::{output, pipeline};
use crate::report;

/// Prints the proposal.
pub(super) fn run(global: &Global, command: &Map) -> Result<Exit, Failure> {
    let recognised = pipeline::recognise(global, &command.path)?;
    let identities = recognised.identities()?;
    let text = report::map_json(&recognised.framework, &identities).map_err(Failure::Internal)?;
    output::print(&text)?;
    Ok(Exit::Clean)
}
