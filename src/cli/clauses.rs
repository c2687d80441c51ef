//! `clauses`: the clause map.

use super::args::{Clauses, ClausesAction, Global};
use super::exit::{Exit, Failure};
use super::{output, pipeline};
use crate::framework::{Framework, MapSource};
use crate::report;

/// Lists the clause map, or checks one.
pub(super) fn run(global: &Global, command: &Clauses) -> Result<Exit, Failure> {
    match &command.action {
        Some(ClausesAction::Check { dir }) => {
            if !dir.is_dir() {
                return Err(Failure::Usage(format!("clauses check {}: there is no such folder", dir.display())));
            }
            let framework = Framework::load(&MapSource::Folder(dir.clone()))?;
            output::print(&report::map_summary(&framework)).map(|()| Exit::Clean)
        }
        None => {
            let framework = pipeline::framework(global, None)?;
            let text = if command.kinds { report::kinds_list(&framework) } else { report::clauses_list(&framework) };
            output::print(&text).map(|()| Exit::Clean)
        }
    }
}
