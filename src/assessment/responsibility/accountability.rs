//! The rules on what others may do (clauses 1.2, 4.3 and 8.2.3), each with what is here and what was found.

use super::checks::{Check, CheckResult, Looked, check, froms};
use super::parties::Party;
use super::registers::{OwnNames, Process};
use super::rows::SubClause;
use super::said::Said;
use crate::framework::{Relation, Rule};
use crate::vocabulary::{ClauseNumber, count, list_some};

/// The six rules.
pub(super) fn of_rules(looked: &Looked<'_, '_>, rows: &[SubClause], processes: &[Process], own: &OwnNames) -> Vec<Check> {
    vec![own_leadership(looked, rows), accountable(looked), controlled(looked), not_all(looked, processes, own), audit(rows), holder(looked)]
}

fn own_leadership(looked: &Looked<'_, '_>, rows: &[SubClause]) -> Check {
    const LOOKED_FOR: &str = "Clauses 4 and 5 and the management review shown by the organization itself";
    let id = "R1";
    let given_away = |rule: &Rule| {
        let Some(Relation::Agrees { kind, .. }) = &rule.relation else { return false };
        kind == super::stated::KIND && rule.contradicts.unwrap_or(false)
    };
    let of_own = |id: &String| id.starts_with("4.") || id.starts_with("5.") || id.starts_with("9.3");
    let about_own =
        |finding: &crate::assessment::finding::Finding| finding.requirements.iter().any(of_own) && !finding.requirements.iter().any(|id| id == "4.3-s1");
    let remarks = looked.of_rules(given_away, about_own);
    let wanted: Vec<&SubClause> =
        rows.iter().filter(|row| ClauseNumber::parse(&row.clause).is_some_and(|number| matches!(number.top(), 4 | 5)) || row.clause == "9.3").collect();
    let open: Vec<&str> = wanted.iter().filter(|row| row.status.status.is_none()).map(|row| row.clause.as_str()).collect();
    let mut result = if !remarks.is_empty() {
        check(id, LOOKED_FOR, CheckResult::NotFound, "a row of the statement gives it away", Vec::new())
    } else if open.is_empty() {
        let mut places: Vec<String> = wanted.iter().map(|row| row.status.from.clone()).collect();
        places.sort();
        places.dedup();
        check(id, LOOKED_FOR, CheckResult::Found, format!("stated for all {} sub-clauses", wanted.len()), places.into_iter().take(3).collect())
    } else {
        check(id, LOOKED_FOR, CheckResult::ForTheAuditor, format!("nothing says who performs: {}", list_some(&open, 14)), Vec::new())
    };
    result.remarks = remarks;
    result
}

/// A check on each registered party.
fn each_party(looked: &Looked<'_, '_>, id: &'static str, looked_for: &'static str, of: impl Fn(&Party) -> Option<&Said>) -> Check {
    if looked.parties.is_empty() {
        return check(id, looked_for, CheckResult::ForTheAuditor, "no confirmed register of other parties was found", Vec::new());
    }
    let missing: Vec<&str> = looked.parties.iter().filter(|party| of(party).is_none()).map(|party| party.id.as_str()).collect();
    let places: Vec<&Said> = looked.parties.iter().filter_map(&of).collect();
    let all = count(looked.parties.len(), "party", "parties");
    if missing.is_empty() {
        check(id, looked_for, CheckResult::Found, format!("for all of {all}"), froms(&places))
    } else {
        check(id, looked_for, CheckResult::NotFound, format!("not for {} of {all}: {}", missing.len(), list_some(&missing, 8)), froms(&places))
    }
}

fn accountable(looked: &Looked<'_, '_>) -> Check {
    each_party(looked, "R2", "For each other party a person of the organization who stays accountable", |party| party.accountable.as_ref())
}

fn controlled(looked: &Looked<'_, '_>) -> Check {
    // Findings on a party stand with the party.
    each_party(looked, "R3", "For each other party a record of the control over it (8.2.3.2)", |party| party.control_record.as_ref())
}

fn not_all(looked: &Looked<'_, '_>, processes: &[Process], own: &OwnNames) -> Check {
    const LOOKED_FOR: &str = "Services, components and processes of which the organization runs a part itself";
    let id = "R4";
    let remarks = looked.of_rules(|rule| matches!(rule.relation, Some(Relation::NotEvery(_))), |_| true);
    let performs_itself = |said: &Said| said.value.split([',', ';', '+', '/']).any(|part| own.knows(part.trim()).is_some());
    let itself: Vec<&Said> = processes.iter().filter_map(|process| process.performed_by.as_ref()).filter(|said| performs_itself(said)).collect();
    let mut result = if !remarks.is_empty() {
        check(id, LOOKED_FOR, CheckResult::NotFound, "lists show one of them wholly run by others", Vec::new())
    } else if itself.is_empty() {
        check(id, LOOKED_FOR, CheckResult::ForTheAuditor, "no register says which processes the organization runs itself", Vec::new())
    } else {
        let words = format!(
            "of {} it runs {} itself or in part; for services and components see the lists of services and of other parties",
            count(processes.len(), "process", "processes"),
            itself.len()
        );
        check(id, LOOKED_FOR, CheckResult::ForTheAuditor, words, itself.iter().take(1).map(|said| said.from.clone()).collect())
    };
    result.remarks = remarks;
    result
}

fn audit(rows: &[SubClause]) -> Check {
    const LOOKED_FOR: &str = "Internal audits that are bought in: a programme of one's own and somebody who answers for it";
    let id = "R5";
    let Some(row) = rows.iter().find(|row| row.clause == "9.2.2") else {
        return check(id, LOOKED_FOR, CheckResult::ForTheAuditor, "not in the map", Vec::new());
    };
    if row.other_parties.is_empty() {
        return check(id, LOOKED_FOR, CheckResult::ForTheAuditor, "nothing says that internal audits are bought in", Vec::new());
    }
    let programme = row.documents.iter().find(|document| document.documented_information == "audit-programme").map(|document| document.path.clone());
    let programme = programme.or_else(|| {
        row.records.iter().find(|records| records.documented_information == "audit-programme").and_then(|records| records.kept_in.first().cloned())
    });
    let parties = row.other_parties.iter().map(|said| said.value.as_str()).collect::<Vec<_>>().join(", ");
    match (programme, row.accountable.first()) {
        (Some(programme), Some(person)) => {
            check(id, LOOKED_FOR, CheckResult::Found, format!("{parties} audits; {} answers for it", person.value), vec![programme, person.from.clone()])
        }
        (None, _) => check(
            id,
            LOOKED_FOR,
            CheckResult::NotFound,
            format!("{parties} audits, and no programme was found"),
            froms(&row.other_parties.iter().collect::<Vec<_>>()),
        ),
        (_, None) => check(
            id,
            LOOKED_FOR,
            CheckResult::NotFound,
            format!("{parties} audits, and nobody is named who answers for it"),
            froms(&row.other_parties.iter().collect::<Vec<_>>()),
        ),
    }
}

fn holder(looked: &Looked<'_, '_>) -> Check {
    const LOOKED_FOR: &str = "One organization that would hold the certificate, named in the scope";
    let id = "R6";
    let named = looked.scope.and_then(|scope| scope.organization.as_ref());
    match named {
        Some(said) => check(id, LOOKED_FOR, CheckResult::Found, said.value.clone(), vec![said.from.clone()]),
        None => check(
            id,
            LOOKED_FOR,
            CheckResult::ForTheAuditor,
            "no field of the scope names it; read its text",
            looked.scope.map(|scope| scope.path.clone()).into_iter().collect(),
        ),
    }
}
