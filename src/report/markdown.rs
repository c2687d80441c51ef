//! Findings as Markdown, for a job summary.

use super::escape::{code, markdown};
use crate::assessment::{Assessment, Finding, FindingPlace};
use crate::vocabulary::count;

/// The findings as a table.
///
/// # Errors
/// None; the signature is that of every form.
pub fn findings_markdown(assessment: &Assessment) -> Result<String, String> {
    let open: Vec<_> = assessment.findings.iter().filter(|finding| finding.accepted.is_none()).collect();
    let mut text = format!("## {} as of {}\n\n", count(open.len(), "finding", "findings"), assessment.provenance.as_of);
    if !open.is_empty() {
        text.push_str("| Grade | Where | Finding | Rule | Requirement |\n|---|---|---|---|---|\n");
    }
    for finding in open {
        let row = format!(
            "| {} | {} | {} | {} | {} |\n",
            finding.grade.word(),
            code(&place(&finding.location)),
            markdown(&finding.message),
            code(&finding.rule),
            finding.requirements.join(", ")
        );
        text.push_str(&row);
    }
    if assessment.provenance.partial {
        text.push_str("\nSomething was not checked:\n\n");
        for entry in assessment.provenance.not_checked.iter().filter(|entry| entry.matters) {
            text.push_str(&format!("- {}: {}\n", code(&entry.path), markdown(&entry.reason)));
        }
    }
    Ok(text)
}

/// Where people find what a finding is about; empty where it is about something that stands nowhere.
pub(super) fn place_of(finding: &Finding) -> String {
    if finding.is_nowhere { String::new() } else { place(&finding.location) }
}

/// `path:line`, or the path alone.
pub(super) fn place(place: &FindingPlace) -> String {
    match (place.path.is_empty(), place.line) {
        (true, _) => "the repository".to_owned(),
        (false, 0) => place.path.clone(),
        (false, line) => format!("{}:{line}", place.path),
    }
}
