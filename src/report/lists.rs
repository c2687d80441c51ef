//! Lists of the clause map and the rules.

use crate::framework::Framework;
use crate::vocabulary::count;

/// The clauses with how many requirements each has.
pub fn clauses_list(framework: &Framework) -> String {
    let mut text = format!("{}, map {}\n\n", framework.head.edition, framework.head.map_version);
    for (group, title) in &framework.groups {
        text.push_str(&format!("{group:<8} {title}\n"));
        for clause in framework.clauses.iter().filter(|clause| clause.number().is_some_and(|number| group.contains(&number))) {
            let items = count(clause.requirements.len(), "requirement", "requirements");
            if clause.number == group.to_string() {
                text.push_str(&format!("{:<10} {items}\n", ""));
            } else {
                text.push_str(&format!("  {:<8} {} ({items})\n", clause.number, clause.title));
            }
        }
    }
    text.push_str(&format!("\n{}\n`clausewise explain 8.6.1` tells one of them.\n", summary_line(framework)));
    text
}

/// The kinds of documented information.
pub fn kinds_list(framework: &Framework) -> String {
    let width = framework.kinds.keys().map(String::len).max().unwrap_or(0);
    let mut text = String::new();
    for kind in framework.kinds.values() {
        let demanded = kind.demanded.as_ref().map_or_else(|| "usual, not demanded".to_owned(), |demand| format!("demanded by {}", demand.by.join(", ")));
        text.push_str(&format!("{:<width$}  {demanded}\n", kind.id));
    }
    text
}

/// The rules with grade and requirements.
pub fn rules_list(framework: &Framework) -> String {
    let width = framework.rules.keys().map(String::len).max().unwrap_or(0);
    let mut text = String::new();
    for rule in framework.rules.values() {
        let mut requirements = rule.requirements.clone();
        requirements.extend(
            framework
                .requirements()
                .filter(|(_, requirement)| requirement.expects.iter().any(|asked| asked.names(&rule.id)))
                .map(|(_, requirement)| requirement.id.clone()),
        );
        text.push_str(&format!("{:<width$}  {:<11}  {}\n", rule.id, rule.grade.word(), requirements.join(", ")).trim_end_matches(' ').replace(" \n", "\n"));
    }
    text
}

/// One line on a map that has no fault.
pub fn map_summary(framework: &Framework) -> String {
    format!("{}: no faults. {}\n", framework.head.id, summary_line(framework))
}

fn summary_line(framework: &Framework) -> String {
    format!(
        "{} in {}, {} of documented information, {}.",
        count(framework.requirements().count(), "requirement", "requirements"),
        count(framework.clauses.len(), "sub-clause", "sub-clauses"),
        count(framework.kinds.len(), "kind", "kinds"),
        count(framework.rules.len(), "rule", "rules")
    )
}
