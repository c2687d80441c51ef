//! `gap`: the gap report.

use super::args::{Gap, GapFormat, Global};
use super::exit::{Exit, Failure};
use super::{output, pipeline};
use crate::report;

/// Writes the gap report.
pub(super) fn run(global: &Global, command: &Gap) -> Result<Exit, Failure> {
    let format = format_of(command)?;
    if let Some(path) = &command.output {
        output::can_write(path)?;
    }
    let run = pipeline::run(global, &command.path)?;
    let text = match format {
        GapFormat::Md => report::gap_markdown(&run.assessment, &run.framework, &run.settings),
        GapFormat::Json => report::json(&run.assessment),
    }
    .map_err(Failure::Internal)?;
    match &command.output {
        Some(path) => output::write_file(path, text.as_bytes())?,
        None => output::print(&text)?,
    }
    Ok(pipeline::exit_of(&run.assessment, false))
}

fn format_of(command: &Gap) -> Result<GapFormat, Failure> {
    let ending = command.output.as_ref().and_then(|path| path.extension()).map(|ending| ending.to_string_lossy().to_lowercase());
    match (command.format, ending.as_deref()) {
        (Some(format), _) => Ok(format),
        (None, None | Some("md" | "markdown")) => Ok(GapFormat::Md),
        (None, Some("json")) => Ok(GapFormat::Json),
        (None, Some(other)) => Err(Failure::Usage(format!("-o: no report form ends with .{other}; known are .md and .json, or say --format"))),
    }
}
