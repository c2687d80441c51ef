//! `gap`: the gap report.

use super::args::{Gap, Global};
use super::deliver;
use super::exit::{Exit, Failure};
use crate::report::GapReport;

/// Writes the gap report.
pub(super) fn run(global: &Global, command: &Gap) -> Result<Exit, Failure> {
    let prepared = deliver::prepare(global, &command.deliver)?;
    let run = &prepared.run;
    prepared.write(&GapReport::new(&run.assessment, &run.framework, &run.settings))
}
