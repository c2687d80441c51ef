//! `explain`: what a clause, requirement, rule or kind of documented information asks.

use super::args::{Explain, Global};
use super::exit::{Exit, Failure};
use super::{output, pipeline};
use crate::report;

/// Explains one id.
pub(super) fn run(global: &Global, command: &Explain) -> Result<Exit, Failure> {
    let framework = pipeline::framework(global, None)?;
    match report::explain(&framework, command.id.trim()) {
        Some(text) => output::print(&text).map(|()| Exit::Clean),
        None => {
            let near = report::nearest_ids(&framework, command.id.trim());
            Err(Failure::Usage(format!(
                "explain {}: neither a clause (8.6.1), a requirement (8.6.1-s3), a rule nor a kind of documented information; near it are {near}",
                command.id
            )))
        }
    }
}
