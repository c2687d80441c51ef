//! The status of a sub-clause, out of what registers, configuration and evidence say. Nothing is guessed: where they do
//! not say it, it is to be stated.

use super::listed::Listed;
use super::parties::Party;
use super::registers::{OwnNames, Process, Role};
use super::said::{Basis, Remark, ResponsibilityStatus, Said, Standing};
use crate::assessment::settings::Settings;
use crate::framework::{Clause, Obligation};
use crate::vocabulary::plain;

/// What registers and configuration say of all sub-clauses.
pub(super) struct Registers<'run> {
    pub(super) settings: &'run Settings,
    pub(super) processes: Vec<Process>,
    pub(super) roles: Vec<Role>,
    pub(super) parties: Vec<Party>,
    pub(super) own: OwnNames,
}

/// What they come to for one sub-clause.
#[derive(Debug, Default)]
pub(super) struct Derived {
    pub(super) standing: Option<Standing>,
    pub(super) performed_by: Vec<Said>,
    pub(super) accountable: Vec<Said>,
    pub(super) interfaces: Vec<Said>,
    /// Ids of the parties that take part.
    pub(super) parties: Vec<Said>,
    pub(super) remarks: Vec<Remark>,
    /// Whether a row of the register of processes is about it.
    pub(super) has_process: bool,
}

/// Who performs: ourselves, others, and those of whom nothing says which of the two they are.
#[derive(Debug, Default)]
struct Performers {
    own: Option<Said>,
    others: Vec<Said>,
    strange: bool,
}

impl Registers<'_> {
    /// What follows for a sub-clause that is not wholly untriggered.
    pub(super) fn derive(&self, clause: &Clause, has_evidence: bool, listed: &[Listed]) -> Derived {
        let mut derived = Derived::default();
        let mut performers = self.performers(clause, &mut derived);
        listed_parties(clause, listed, &mut performers, &mut derived);
        let (status, source) = match (&performers.own, performers.others.as_slice()) {
            _ if performers.strange => {
                derived.standing = Some(Standing::to_be_stated("nothing says whether who performs it is a unit of the organization or another party"));
                return derived;
            }
            (Some(own), []) => (ResponsibilityStatus::Performed, own.clone()),
            (Some(own), [other, ..]) => (ResponsibilityStatus::PerformedWithOthers, both(own, other)),
            (None, []) => {
                derived.standing = Some(Standing::to_be_stated("no register and no statement says who performs it"));
                return derived;
            }
            (None, [other, ..]) => match derived.accountable.first() {
                // The owner of the process is the part that stays; whether a single requirement is wholly done by
                // another party is for the organization to state.
                Some(owner) => {
                    let words = "only another party is named as performer; where single requirements are wholly performed by it, state so for each of them";
                    derived.remarks.push(Remark::at(words, other));
                    (ResponsibilityStatus::PerformedWithOthers, both(other, owner))
                }
                None => {
                    derived.standing = Some(Standing::to_be_stated("only another party is named, and nobody of the organization who answers for it"));
                    return derived;
                }
            },
        };
        derived.standing = Some(if !has_evidence {
            derived.remarks.push(Remark::at("who performs it is said, and nothing here shows that it is done", &source));
            Standing::to_be_stated(format!("{} says who performs it; no evidence of it was found", source.from))
        } else if status.is_with_others() && matches!(top(clause), 4 | 5) {
            derived.remarks.push(Remark::at("clauses 4 and 5 are shown by the organization itself; others may support", &source));
            Standing::to_be_stated("others take part by the registers; say what the organization itself does")
        } else {
            Standing::stated(status, &source)
        });
        derived
    }

    fn performers(&self, clause: &Clause, derived: &mut Derived) -> Performers {
        let mut performers = Performers::default();
        for process in self.processes.iter().filter(|process| process.clauses.contains(&clause.number)) {
            derived.has_process = true;
            derived.accountable.extend(process.owner.clone());
            derived.interfaces.extend(process.interfaces.clone());
            if let Some(said) = &process.performed_by {
                derived.performed_by.push(said.clone());
                self.sort_out(said, &mut performers, derived);
            }
        }
        for role in self.roles.iter().filter(|role| role.clauses.contains(&clause.number)) {
            for holder in &role.holders {
                // Who owns the process answers for it; roles answer where no process of the register does.
                if derived.accountable.is_empty() {
                    derived.accountable.push(Said { value: format!("{} ({})", holder.value, role.name.value), ..holder.clone() });
                }
                if derived.performed_by.is_empty() && performers.own.is_none() {
                    derived.performed_by.push(Said { value: role.name.value.clone(), ..holder.clone() });
                    performers.own = Some(holder.clone());
                }
            }
        }
        if is_for_top_management(clause) && !self.settings.roles.top_management.is_empty() {
            let path = self.settings.path.clone().unwrap_or_else(|| "clausewise.yaml".to_owned());
            let names = self.settings.roles.top_management.join(", ");
            let said = Said { from: format!("{path}, roles.top_management"), ..Said::at(format!("top management: {names}"), Basis::Configuration, path, 0) };
            derived.performed_by.insert(0, said.clone());
            derived.accountable.insert(0, Said { value: names, ..said.clone() });
            performers.own.get_or_insert(said);
        }
        self.parts(clause, &mut performers, derived);
        performers
    }

    /// Which parts of a text on who performs are ourselves, and which are others.
    fn sort_out(&self, said: &Said, performers: &mut Performers, derived: &mut Derived) {
        if let Some(why) = self.own.knows(&said.value) {
            performers.own.get_or_insert_with(|| said.clone().because(&why));
            return;
        }
        let named: Vec<&Party> = self.parties.iter().filter(|party| party.is_named_in(&said.value)).collect();
        for party in &named {
            performers.others.push(said.clone());
            derived.parties.push(Said { value: party.id.clone(), ..said.clone() });
        }
        // "at night and on weekends Smith and Sons" names one party, though it has three parts.
        let is_of_party = |part: &str| named.iter().any(|party| party.is_named_in(part) || plain(&party.name.value).contains(&plain(part)));
        let rest = said.value.split([',', ';', '+', '/']).filter(|part| !is_of_party(part)).flat_map(|part| part.split(" and "));
        for part in rest.map(str::trim).filter(|part| !part.is_empty()) {
            if let Some(why) = self.own.knows(part) {
                performers.own.get_or_insert_with(|| said.clone().because(&format!("{part}: {why}")));
            } else {
                performers.strange = true;
                let words = format!(
                    "\u{201c}{part}\u{201d} is neither in the register of other parties nor known as a unit, role or person of the organization; say which it is"
                );
                derived.remarks.push(Remark::at(words, said));
            }
        }
    }

    /// Parts of the process that the register of other parties gives to one of them.
    fn parts(&self, clause: &Clause, performers: &mut Performers, derived: &mut Derived) {
        for party in &self.parties {
            for process in party.processes.iter().filter(|process| process.clauses.contains(&clause.number)) {
                // A party that runs a part of a process touches the sub-clause that the process is mainly about; for
                // the others only the organization can tell.
                let is_main = process.clauses.first() == Some(&clause.number) || derived.parties.iter().any(|known| known.value == party.id);
                if is_main {
                    performers.others.push(process.said.clone());
                    derived.parties.push(Said { value: party.id.clone(), ..process.said.clone() });
                    derived.performed_by.push(Said { value: format!("{}: {}", party.id, process.said.value), ..process.said.clone() });
                } else {
                    let words = format!("{} runs \u{201c}{}\u{201d}; say whether that touches this sub-clause", party.id, process.said.value);
                    derived.remarks.push(Remark::at(words, &process.said));
                }
            }
        }
    }
}

/// Parties that a register names as who does a part. It tells no more than that, so somebody has to be known who performs the rest.
fn listed_parties(clause: &Clause, listed: &[Listed], performers: &mut Performers, derived: &mut Derived) {
    if matches!(top(clause), 4 | 5) || (performers.own.is_none() && performers.others.is_empty()) {
        return;
    }
    for one in listed {
        performers.others.push(one.parts.clone());
        derived.parties.push(Said { value: one.party.clone(), ..one.parts.clone() });
        derived.performed_by.push(Said { value: format!("{}: {}", one.party, one.parts.value), ..one.parts.clone() });
    }
}

/// Two sources that together say a thing.
fn both(first: &Said, second: &Said) -> Said {
    Said { from: format!("{}; {}", first.from, second.from), ..first.clone() }
}

fn top(clause: &Clause) -> u16 {
    clause.number().map_or(0, |number| number.top())
}

/// Whether it is addressed to top management: clause 5, and what begins with what top management has to do.
fn is_for_top_management(clause: &Clause) -> bool {
    top(clause) == 5 || clause.requirements.first().is_some_and(|first| first.obligation.contains(&Obligation::TopManagement))
}
