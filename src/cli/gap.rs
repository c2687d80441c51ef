//! `gap`: the gap report.

use super::args::{Gap, Global};
use super::exit::{Exit, Failure};
use super::{deliver, pipeline};
use crate::report::GapReport;

/// Writes the gap report.
pub(super) fn run(global: &Global, command: &Gap) -> Result<Exit, Failure> {
    let prepared = deliver::prepare(global, &command.deliver)?;
    let earlier = command.since.as_deref().map(|since| pipeline::run_at(global, &command.deliver.path, since)).transpose()?;
    let since = command.since.as_deref().zip(earlier.as_ref().map(|run| &run.assessment));
    let run = &prepared.run;
    prepared.write(&GapReport::new(&run.assessment, &run.framework, &run.settings, since))
}
