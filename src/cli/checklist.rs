//! `checklist`: the checklist of an audit.

use super::args::{By, Checklist, Global};
use super::deliver;
use super::exit::{Exit, Failure};
use crate::assessment::{AuditRequest, PlanError, plan};
use crate::report::AuditChecklist;
use crate::report::checklist::GroupedBy;
use crate::vocabulary::read_date;

/// Writes the checklist.
pub(super) fn run(global: &Global, command: &Checklist) -> Result<Exit, Failure> {
    let request = request(command)?;
    let prepared = deliver::prepare(global, &command.deliver)?;
    let run = &prepared.run;
    let plan = plan(&run.framework, &run.assessment, &run.settings, &request).map_err(|PlanError(why)| Failure::Usage(why))?;
    let by = match command.by {
        By::Clause => GroupedBy::Clause,
        By::Process => GroupedBy::Process,
    };
    prepared.write(&AuditChecklist::new(&run.assessment, &run.framework, &run.settings, &plan, by))
}

/// What was typed, understood before anything is read.
fn request(command: &Checklist) -> Result<AuditRequest, Failure> {
    let previous_since = command.previous_since.as_ref().map(|text| {
        let day = read_date(text).day().filter(|_| text.len() == 10 && text.as_bytes()[4] == b'-');
        day.ok_or_else(|| Failure::Usage(format!("--previous-since {text}: not a day; write it as YYYY-MM-DD")))
    });
    let kind = command.audit.into();
    if command.year.is_some() && kind != crate::framework::AuditId::Surveillance {
        return Err(Failure::Usage("--year: only a surveillance audit has a year of the cycle (--audit surveillance)".to_owned()));
    }
    Ok(AuditRequest {
        kind,
        clauses: command.clause.clone(),
        processes: command.process.clone(),
        auditor: command.auditor.as_ref().map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()),
        seed: command.seed.clone(),
        year: command.year,
        previous_since: previous_since.transpose()?,
    })
}
