//! What the organization's own statement says of each row goes before what the registers say, where it can be.

use jiff::civil::Date;

use super::conditions::{ConditionOf, ConditionState};
use super::listed::Listed;
use super::parties::Party;
use super::rows::SubClause;
use super::said::{Answer, Remark, ResponsibilityStatus, Said, Standing};
use super::stated::{Row, Target};
use crate::framework::Clause;
use crate::vocabulary::ClauseNumber;

/// The rows of the organization's own statement.
pub(super) struct OwnRows {
    pub(super) rows: Vec<Row>,
    pub(super) as_of: Date,
}

impl OwnRows {
    /// Takes up what is said of a sub-clause.
    pub(super) fn take_up(&self, clause: &Clause, row: &mut SubClause, parties: &[Party], listed: &[Listed]) {
        let Some(number) = clause.number() else { return };
        let stated = self.of_clause(&number);
        let Some(own) = stated.first() else { return };
        row.reviewed_by.clone_from(&own.reviewed_by);
        row.reviewed_on.clone_from(&own.reviewed_on);
        if row.status.answer == Answer::ToBeStated && own.status.is_some() {
            // What registers leave open, the statement answers.
            row.remarks.clear();
        }
        row.remarks.extend(stated.iter().flat_map(|own| own.findings.clone()));
        if let Some(other) = stated.iter().find(|other| other.allowed() != own.allowed()) {
            row.status = Standing::to_be_stated(format!("the statement says two things of it: {} and {}", own.about.from, other.about.from));
            return;
        }
        let standing = self.standing(own, &row.condition, &row.clause, &row.status);
        if standing.answer == Answer::Refused {
            // A refused row is not repeated; only its place is told.
            row.status = standing;
            return;
        }
        compare(own, row, parties, listed);
        row.status = standing;
        take_values(own, row);
    }

    /// The rows about a sub-clause: those that name it most exactly.
    fn of_clause(&self, number: &ClauseNumber) -> Vec<&Row> {
        let depth = |row: &Row| match &row.target {
            Target::Clause(target) if target.contains(number) => Some(target.to_string().matches('.').count()),
            _ => None,
        };
        let most = self.rows.iter().filter_map(depth).max();
        self.rows.iter().filter(|row| most.is_some() && depth(row) == most).collect()
    }

    /// What is said of one requirement by itself.
    pub(super) fn of_item(&self, id: &str, condition: &ConditionOf, row: &SubClause) -> Option<(Standing, Vec<Remark>)> {
        let own = self.rows.iter().find(|own| own.target == Target::Requirement(id.to_owned()))?;
        let mut remarks = own.findings.clone();
        let standing = self.standing(own, condition, &row.clause, &Standing::to_be_stated("its own row says no status"));
        if standing.answer != Answer::Refused {
            let names = |said: &Option<Said>, words: &str| said.as_ref().map(|said| Remark::at(format!("{words}: {}", said.value), said));
            remarks.extend(names(&own.performed_by, "performed by"));
            remarks.extend(names(&own.accountable, "accountable"));
            remarks.extend(own.other_parties.iter().map(|said| Remark::at(format!("other party: {}", said.value), said)));
            remarks.extend(own.agreements.iter().map(|said| Remark::at(format!("agreement: {}", said.value), said)));
            remarks.extend(names(&own.control, "control"));
            remarks.extend(names(&own.condition, "condition"));
            remarks.extend(names(&own.action, "action"));
            remarks.extend(names(&own.remarks, "remark"));
        }
        Some((standing, remarks))
    }

    /// The status that a row comes to.
    fn standing(&self, own: &Row, condition: &ConditionOf, clause: &str, before: &Standing) -> Standing {
        let Some(said) = &own.status else { return before.clone() };
        let Some(status) = own.allowed() else {
            return Standing::refused(said, "no status that a requirement of clauses 4 to 10 can have");
        };
        let top = ClauseNumber::parse(clause).map_or(0, |number| number.top());
        match status {
            ResponsibilityStatus::PerformedByOthers if matches!(top, 4 | 5) => {
                Standing::refused(said, "clauses 4 and 5 are shown by the organization itself, others may only support")
            }
            ResponsibilityStatus::NotTriggered => match condition.state {
                ConditionState::Unconditional => Standing::refused(said, "it depends on no condition and is always asked for"),
                ConditionState::Triggered => Standing::refused(said, "the registers and records show that the condition came about"),
                ConditionState::Mixed => Standing::refused(
                    said,
                    "that covers an event and never the capability; it can be stated only for the requirements that depend on the event",
                ),
                _ if own.period.1.is_some_and(|until| until < self.as_of) => {
                    if before.status == Some(ResponsibilityStatus::NotTriggered) {
                        before.clone()
                    } else {
                        Standing::to_be_stated(format!("{}: its period is over; look again whether the condition came about", said.from))
                    }
                }
                _ => Standing::stated(status, said),
            },
            _ => Standing::stated(status, said),
        }
    }
}

/// Where statement and registers differ, both are shown.
fn compare(own: &Row, row: &mut SubClause, parties: &[Party], listed: &[Listed]) {
    let Some(status) = own.allowed() else { return };
    let place = own.status.as_ref().unwrap_or(&own.about);
    if status == ResponsibilityStatus::Performed {
        for said in &row.other_parties {
            row.remarks.push(Remark::at(format!("stated as performed, and the registers give a part of it to {}", said.value), said));
        }
    }
    if status.is_with_others() {
        let known =
            |said: &Said| parties.iter().any(|party| party.is_named_in(&said.value) && own.other_parties.iter().any(|own| party.is_named_in(&own.value)));
        // A register that names a party leaves open what it does; where the statement says who takes part, that is answered.
        let is_listed = |said: &Said| listed.iter().any(|one| one.parts.from == said.from);
        let unnamed: Vec<Said> = row.other_parties.iter().filter(|said| !known(said) && !is_listed(said)).cloned().collect();
        if !own.other_parties.is_empty() {
            let words = |said: &Said| Remark::at(format!("the registers name {} too, the statement does not", said.value), said);
            row.remarks.extend(unnamed.iter().map(words));
        }
    }
    if row.status.status == Some(ResponsibilityStatus::NotTriggered) && status != ResponsibilityStatus::NotTriggered {
        row.remarks.push(Remark::at(format!("stated so, and by the assessment its condition did not come about: {}", row.condition.proof), place));
    }
}

/// What the row says itself replaces what registers say.
fn take_values(own: &Row, row: &mut SubClause) {
    let replace = |target: &mut Vec<Said>, said: &[Said]| {
        if !said.is_empty() {
            *target = said.to_vec();
        }
    };
    replace(&mut row.performed_by, own.performed_by.as_slice());
    replace(&mut row.accountable, own.accountable.as_slice());
    replace(&mut row.other_parties, &own.other_parties);
    replace(&mut row.agreements, &own.agreements);
    replace(&mut row.controls, own.control.as_slice());
    replace(&mut row.interfaces, own.interfaces.as_slice());
    if let Some(said) = &own.condition {
        let before = std::mem::take(&mut row.condition.proof);
        let stated = format!("{} ({})", said.value, said.from);
        row.condition.proof = if before.is_empty() { stated } else { format!("{stated}; by the assessment: {before}") };
    }
    if let (Some(from), until) = own.period {
        row.condition.period_from = Some(from.to_string());
        row.condition.period_to = until.map(|day| day.to_string());
    }
    match (own.allowed(), &own.action) {
        (_, Some(action)) => row.remarks.push(Remark::at(format!("action: {}", action.value), action)),
        (Some(ResponsibilityStatus::Planned), None) => {
            row.remarks.push(Remark::at("planned names its action, and none is named here", own.status.as_ref().unwrap_or(&own.about)));
        }
        _ => {}
    }
    row.remarks.extend(own.remarks.as_ref().map(|said| Remark::at(said.value.clone(), said)));
}

/// Where nothing is said of a sub-clause and something of each of its requirements, these answer for it.
pub(super) fn from_items(row: &mut SubClause) {
    let stated: Vec<ResponsibilityStatus> =
        row.items.iter().filter(|item| item.status.answer == Answer::Stated).filter_map(|item| item.status.status).collect();
    if stated.len() < row.items.len() || row.items.iter().any(|item| item.inherited) {
        return;
    }
    let Some(first) = stated.first().copied() else { return };
    let status = if stated.iter().all(|status| *status == first) {
        first
    } else if stated.contains(&ResponsibilityStatus::Planned) {
        return;
    } else if stated.iter().any(|status| status.is_with_others()) {
        ResponsibilityStatus::PerformedWithOthers
    } else {
        ResponsibilityStatus::Performed
    };
    let source = row.items.iter().find(|item| item.status.basis.is_some()).map(|item| item.status.clone());
    if let Some(source) = source {
        row.status = Standing {
            answer: Answer::Stated,
            status: Some(status),
            word: status.word().to_owned(),
            from: format!("stated requirement by requirement, the first at {}", source.from),
            ..source
        };
    }
}
