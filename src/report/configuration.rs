//! The configuration that `init` writes: the starter's, with what the documents themselves tell.

use std::fmt::Write;

use crate::assessment::{Proposal, Told};
use crate::vocabulary::sanitize;
use crate::yaml::scalar;

/// The configuration of `examples/starter`, which is what `init` writes where nothing is known.
const STARTER: &str = include_str!("../../examples/starter/clausewise.yaml");

/// The text of a new configuration.
pub fn new_configuration(proposal: &Proposal, organization: Option<&str>, has_readme: bool) -> String {
    let mut text = String::new();
    let mut in_intervals = false;
    for line in STARTER.lines() {
        let key = line.trim_start().split(':').next().unwrap_or_default();
        match key {
            "name" if organization.is_some() => {
                let _ = writeln!(text, "  name: {}", scalar(organization.unwrap_or_default()));
            }
            "top_management" => names(&mut text, line, key, &proposal.top_management, "who approved the service management policy"),
            "authorized_managers" => names(&mut text, line, key, &proposal.authorized_managers, "who approved the information security policy"),
            "auditors" => names(&mut text, line, key, &proposal.auditors, "who made internal audits"),
            "# intervals" if !proposal.intervals.is_empty() => {
                in_intervals = true;
                intervals(&mut text, proposal);
            }
            "not" if !has_readme => text.push_str("  not: []\n"),
            _ if in_intervals && line.starts_with("#   ") => {
                // What was read is stated above; the rest stays a reminder.
                if !proposal.intervals.keys().any(|kind| line.contains(&format!("  {kind}:"))) {
                    text.push_str(line);
                    text.push('\n');
                }
            }
            _ => {
                in_intervals = false;
                text.push_str(line);
                text.push('\n');
            }
        }
    }
    services(&mut text, &proposal.services);
    text
}

fn names(text: &mut String, line: &str, key: &str, told: &[Told], how: &str) {
    let Some(first) = told.first() else {
        text.push_str(line);
        text.push('\n');
        return;
    };
    let values: Vec<String> = told.iter().map(|one| scalar(&one.value)).collect();
    let _ = writeln!(text, "  {key}: [{}]  # {how}: {}:{}", values.join(", "), sanitize(&first.path), first.line);
}

fn intervals(text: &mut String, proposal: &Proposal) {
    text.push_str("# Read in the documents; correct what was read wrongly.\nintervals:\n");
    for (kind, stated) in &proposal.intervals {
        let _ = writeln!(text, "  {kind}: {}  # {}", stated.interval, sanitize(&stated.source()));
    }
}

fn services(text: &mut String, services: &[Told]) {
    let Some(first) = services.first() else { return };
    let names: Vec<String> = services.iter().map(|service| sanitize(&service.value)).collect();
    let _ = writeln!(text, "\n# Services in the catalogue ({}): {}.", sanitize(&first.path), names.join(", "));
    text.push_str("# The scope, the service management plan, the configuration items and the service level agreements should name the same.\n");
}
