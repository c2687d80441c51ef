//! Accepted gaps: they stay in every report, counted apart, and lapse.

use super::finding::{Acceptance, Finding, FindingPlace};
use super::inventory::Inventory;
use super::outcome::{Breach, Fault};
use super::wording::Fact;
use crate::framework::BuiltIn;

/// Marks findings that the organization has accepted; acceptances that lapsed or match nothing are faults.
pub(super) fn accept(inventory: &Inventory<'_>, findings: &mut [Finding]) -> Vec<Fault> {
    let Some(path) = &inventory.settings.path else { return Vec::new() };
    let mut faults = Vec::new();
    for accepted in &inventory.settings.accepted {
        let matches = |finding: &Finding| {
            (finding.rule == accepted.what || finding.requirements.contains(&accepted.what))
                && accepted.path.as_ref().is_none_or(|path| finding.location.path.ends_with(path.as_str()))
        };
        let expired = accepted.until < inventory.as_of.0;
        let mut matched = false;
        for finding in findings.iter_mut().filter(|finding| matches(finding)) {
            matched = true;
            if !expired && finding.accepted.is_none() {
                finding.accepted =
                    Some(Acceptance { reason: accepted.reason.clone(), owner: accepted.owner.clone(), until: accepted.until.to_string(), rejected: false });
            }
        }
        let lapse = match (expired, matched) {
            (true, true) => Some((BuiltIn::AcceptanceExpired, Fact::AcceptanceExpired { what: accepted.what.clone(), until: accepted.until.to_string() })),
            (_, false) => Some((BuiltIn::AcceptanceUnmatched, Fact::AcceptanceUnmatched { what: accepted.what.clone() })),
            (false, true) => None,
        };
        if let Some((check, fact)) = lapse {
            let at = accepted.at;
            let target = format!("{} {}", accepted.what, accepted.path.as_deref().unwrap_or_default());
            let place = FindingPlace { path: path.clone(), line: at.line, column: at.column, end_line: at.end_line, end_column: at.end_column };
            faults.push(Fault::new(Breach::Check(check), path.clone(), target, place, fact));
        }
    }
    faults
}
