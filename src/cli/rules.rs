//! `rules`: the rules, with their grades and requirements.

use super::args::Global;
use super::exit::{Exit, Failure};
use super::{output, pipeline};
use crate::report;

/// Lists the rules.
pub(super) fn run(global: &Global) -> Result<Exit, Failure> {
    let framework = pipeline::framework(global, None)?;
    output::print(&report::rules_list(&framework)).map(|()| Exit::Clean)
}
