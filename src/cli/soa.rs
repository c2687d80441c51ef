//! `soa`: the Statement of Applicability.

use super::args::{Global, Soa};
use super::deliver;
use super::exit::{Exit, Failure};
use crate::report::StatementOfApplicability;

/// Writes the statement of applicability.
pub(super) fn run(global: &Global, command: &Soa) -> Result<Exit, Failure> {
    let prepared = deliver::prepare(global, &command.deliver)?;
    let run = &prepared.run;
    prepared.write(&StatementOfApplicability::new(&run.assessment, &run.framework, &run.settings, command.items))
}
