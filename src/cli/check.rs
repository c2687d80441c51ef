//! `check`: findings for a CI job.

use super::args::{Check, CheckFormat, Global};
use super::excerpts::Excerpts;
use super::exit::{Exit, Failure};
use super::{output, pipeline};
use crate::assessment::Finding;
use crate::report::{self, Painting};
use crate::vocabulary::ClauseNumber;

/// Assesses, prints findings, and exits by them.
pub(super) fn run(global: &Global, command: &Check) -> Result<Exit, Failure> {
    let mut run = pipeline::run(global, &command.path)?;
    run.assessment.findings.retain(|finding| is_selected(finding, command));
    let text = match command.format {
        CheckFormat::Text => {
            let painting = Painting { color: output::colored(global), quiet: global.quiet };
            let mut excerpts = Excerpts::new(&run.snapshot)?;
            report::terminal(&run.assessment, &mut |place| excerpts.around(place), &painting)
        }
        CheckFormat::Json => report::json(&run.assessment),
        CheckFormat::Jsonl => report::json_lines(&run.assessment),
        CheckFormat::Markdown => report::findings_markdown(&run.assessment),
    };
    output::print(&text.map_err(Failure::Internal)?)?;
    let fails = command.fail_on.grade().is_some_and(|grade| run.assessment.open_findings(grade).next().is_some());
    Ok(pipeline::exit_of(&run.assessment, fails))
}

fn is_selected(finding: &Finding, command: &Check) -> bool {
    let names = |word: &String| {
        let clause = ClauseNumber::parse(word);
        let below = |id: &String| {
            let own = id.split_once('-').and_then(|(number, _)| ClauseNumber::parse(number));
            clause.as_ref().zip(own).is_some_and(|(clause, own)| clause.contains(&own))
        };
        finding.rule == *word || finding.requirements.contains(word) || finding.requirements.iter().any(below)
    };
    (command.select.is_empty() || command.select.iter().any(names)) && !command.ignore.iter().any(names)
}
