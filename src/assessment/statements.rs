//! What assessors state after interviews and observations: files under `assessments/` that join the automatic
//! determinations. A statement settles what documents cannot; it never hides what documents say against it.

use std::collections::BTreeMap;

use serde::Serialize;

use super::determination::{Determination, Verdict};
use super::finding::{Acceptance, Finding};
use super::inventory::Inventory;
use super::outcome::{Breach, Fault};
use super::records::place_in;
pub(super) use super::statement_file::holds_statements;
use super::statement_file::{About, Entry, Outcome, entries};
use super::wording::Fact;
use crate::framework::BuiltIn;
use crate::repository::RepoPath;
use crate::vocabulary::{Place, RequirementId, list_some};

/// A person's determination on one requirement, as a report shows it.
#[derive(Clone, Debug, PartialEq, Eq, schemars::JsonSchema, Serialize)]
pub struct Stated {
    /// The result, in the words of a verdict.
    pub result: Verdict,
    /// Who.
    pub by: String,
    /// When.
    pub on: String,
    /// Until when it holds.
    pub until: Option<String>,
    /// On what grounds.
    pub reason: String,
    /// The documents it rests on.
    pub evidence: Vec<String>,
    /// Where it is stated.
    pub path: String,
    /// Line.
    pub line: u32,
    /// Why it is not taken up, where it is not: it lapsed, its evidence changed, or documents speak against it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub not_taken_up: Option<String>,
    /// The verdict of the documents alone.
    pub documents: Verdict,
    /// Its reason.
    pub documents_say: String,
}

/// A filled-in row of a checklist, whatever the row is about: a requirement, a fixed question, a record of a sample, a
/// finding of an earlier audit. Only those on requirements are judged.
#[derive(Clone, Debug, PartialEq, Eq, schemars::JsonSchema, Serialize)]
pub struct Answer {
    /// Id of the row.
    pub row: String,
    /// The result, in a word of the checklist or of a verdict.
    pub result: Option<String>,
    /// Who answered.
    pub by: Option<String>,
    /// When.
    pub on: Option<String>,
    /// Until when it holds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<String>,
    /// On what grounds.
    pub reason: Option<String>,
    /// Exactly what was seen.
    pub evidence_seen: Option<String>,
    /// Who was asked.
    pub auditee: Option<String>,
    /// Anything else.
    pub notes: Option<String>,
    /// In which audit.
    pub audit: Option<String>,
    /// Hash of the row when the checklist was written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hash: Option<String>,
    /// The documents it rests on.
    pub evidence: Vec<String>,
    /// Where it is kept.
    pub path: String,
    /// Line.
    pub line: u32,
    /// Why it does not hold any more, where it does not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stale: Option<String>,
}

/// What came of the statements.
#[derive(Debug, Default)]
pub(super) struct TakenUp {
    /// What is wrong with them.
    pub(super) faults: Vec<Fault>,
    /// Every filled-in row, in the order of row, day and place.
    pub(super) answers: Vec<Answer>,
}

/// A result on a requirement that is whole: it can be judged.
struct Judgement<'all, 'run> {
    entry: &'all Entry<'run>,
    result: Verdict,
    lapse: Option<String>,
}

/// Takes up the statements that are there: on determinations, and on findings.
pub(super) fn take_up(inventory: &Inventory<'_>, determinations: &mut [Determination], findings: &mut [Finding]) -> TakenUp {
    let mut taken = TakenUp::default();
    if inventory.settings.without_statements {
        return taken;
    }
    let entries = read(inventory, &mut taken.faults);
    let mut judgements: BTreeMap<String, Judgement<'_, '_>> = BTreeMap::new();
    for entry in &entries {
        let lapse = lapse(inventory, entry);
        match &entry.about {
            About::Row { id, result } => {
                taken.answers.push(answer(entry, id, *result, lapse.clone()));
                if RequirementId::parse(id).is_some() && !determinations.iter().any(|determination| determination.id == *id) {
                    let why = format!("there is no requirement {id}");
                    taken.faults.push(fault(BuiltIn::StatementInvalid, entry, "a person's statement is about nothing", why));
                }
                let verdict = result.and_then(|result| result.verdict);
                if let Some(result) = verdict.filter(|_| entry.by.is_some() && entry.on.is_some() && entry.grounds().is_some()) {
                    let rank = |judgement: &Judgement<'_, '_>| (judgement.lapse.is_none(), judgement.entry.on);
                    let new = Judgement { entry, result, lapse };
                    // Of several, the latest that still holds counts.
                    if judgements.get(id).is_none_or(|old| rank(old) <= rank(&new)) {
                        judgements.insert(id.clone(), new);
                    }
                }
            }
            About::Finding { fingerprint, rejected } => {
                taken.faults.extend(lapse.clone().map(|why| stale(entry, why)));
                let mut found = findings.iter_mut().filter(|finding| finding.fingerprint == *fingerprint).peekable();
                if found.peek().is_none() {
                    let why = format!("no finding has the fingerprint {fingerprint} any more");
                    taken.faults.push(fault(BuiltIn::StatementInvalid, entry, "a person's statement is about nothing", why));
                }
                for finding in found.filter(|finding| lapse.is_none() && finding.accepted.is_none()) {
                    let until = entry.until.map_or_else(|| "not limited".to_owned(), |until| until.to_string());
                    let (reason, owner) = (entry.reason.clone().unwrap_or_default(), entry.by.clone().unwrap_or_default());
                    finding.accepted = Some(Acceptance { reason, owner, until, rejected: *rejected });
                }
            }
        }
    }
    for determination in determinations {
        if let Some(judgement) = judgements.remove(&determination.id) {
            taken.faults.extend(judgement.lapse.clone().map(|why| stale(judgement.entry, why)));
            settle(inventory, determination, judgement);
        }
    }
    taken.answers.sort_by(|left, right| (&left.row, &left.on, &left.path, left.line).cmp(&(&right.row, &right.on, &right.path, right.line)));
    taken
}

/// A statement settles an open question. Where documents speak against the requirement, or something is missing, it is
/// shown beside that and turns nothing to the better.
fn settle(inventory: &Inventory<'_>, determination: &mut Determination, Judgement { entry, result, lapse }: Judgement<'_, '_>) {
    let (automatic, before) = (determination.verdict, determination.reason.clone());
    let (by, on) = (entry.by.clone().unwrap_or_default(), entry.on.map(|on| on.to_string()).unwrap_or_default());
    let grounds = entry.grounds().unwrap_or_default().to_owned();
    let is_open = matches!(automatic, Verdict::NeedsAuditor | Verdict::External | Verdict::NotAssessed);
    let is_worse = matches!(result, Verdict::PartlySupported | Verdict::NoEvidence | Verdict::Contradicted);
    let depends = inventory.framework.requirement(&determination.id).is_some_and(|(_, requirement)| requirement.condition.is_some());
    let against = (!is_open && !is_worse && automatic != result).then(|| format!("what is here is {}: {before}", automatic.word()));
    let left_out =
        (result == Verdict::NotTriggered && !depends).then(|| "it depends on nothing that could fail to occur, and no requirement is left out".to_owned());
    let not_taken_up = lapse.or(left_out).or(against);
    if let Some(why) = &not_taken_up {
        determination.reason = format!("{before}; {by} stated {} on {on}, not taken up: {why}", result.word());
    } else {
        determination.verdict = if is_open || is_worse { result } else { automatic };
        determination.depends_on = None;
        determination.reason = format!("stated by {by} on {on}: {grounds} (from documents alone: {}, {before})", automatic.word());
    }
    determination.statement = Some(Stated {
        result,
        by,
        on,
        until: entry.until.map(|until| until.to_string()),
        reason: grounds,
        evidence: entry.evidence.clone(),
        path: entry.document.path.to_string(),
        line: entry.at.line,
        not_taken_up,
        documents: automatic,
        documents_say: before,
    });
}

fn answer(entry: &Entry<'_>, row: &str, result: Option<&'static Outcome>, stale: Option<String>) -> Answer {
    Answer {
        row: row.to_owned(),
        result: result.map(|result| result.word.to_owned()),
        by: entry.by.clone(),
        on: entry.on.map(|on| on.to_string()),
        until: entry.until.map(|until| until.to_string()),
        reason: entry.reason.clone(),
        evidence_seen: entry.evidence_seen.clone(),
        auditee: entry.auditee.clone(),
        notes: entry.notes.clone(),
        audit: entry.audit.clone(),
        hash: entry.hash.clone(),
        evidence: entry.evidence.clone(),
        path: entry.document.path.to_string(),
        line: entry.at.line,
        stale,
    }
}

/// Why a statement does not hold any more.
fn lapse(inventory: &Inventory<'_>, entry: &Entry<'_>) -> Option<String> {
    if let Some(until) = entry.until.filter(|until| *until < inventory.as_of.0) {
        return Some(format!("it held until {until}"));
    }
    if let Some(why) = &entry.stale {
        return Some(why.clone());
    }
    let on = entry.on?;
    if on > inventory.as_of.0 {
        return Some(format!("it was made on {on}, after the day of this assessment"));
    }
    let changed = |path: &&String| {
        let full = RepoPath::new([inventory.prefix, path.as_bytes()].concat());
        let is_gone = !inventory.documents.paths.contains(&full);
        let is_changed = inventory
            .history
            .last_change(&full)
            .is_some_and(|commit| commit.date > on && commit.date <= inventory.as_of.0 && inventory.settings.imported_on.is_none_or(|day| commit.date > day));
        is_gone || is_changed || inventory.uncommitted.contains(&full)
    };
    let changed: Vec<String> = entry.evidence.iter().filter(changed).cloned().collect();
    (!changed.is_empty()).then(|| format!("its evidence has changed since: {}", list_some(&changed, 3)))
}

/// Every entry of the files that hold statements; those that cannot be understood are faults.
fn read<'run>(inventory: &Inventory<'run>, faults: &mut Vec<Fault>) -> Vec<Entry<'run>> {
    let mut read = Vec::new();
    for document in inventory.identified.iter().map(|identity| identity.document).filter(|document| holds_statements(document)) {
        for entry in entries(document) {
            match entry {
                Ok(entry) => read.push(entry),
                Err((at, why)) => {
                    let fact = Fact::Broken { record: document.path.to_string(), fault: "a person's statement cannot be understood".to_owned(), detail: why };
                    let place = place_in(document, Place { end_line: at.line, ..at });
                    faults.push(Fault::new(Breach::Check(BuiltIn::StatementInvalid), document.path.to_string(), at.line.to_string(), place, fact));
                }
            }
        }
    }
    read
}

fn stale(entry: &Entry<'_>, why: String) -> Fault {
    fault(BuiltIn::StatementStale, entry, "a person's statement does not hold any more", why)
}

fn fault(check: BuiltIn, entry: &Entry<'_>, what: &str, why: String) -> Fault {
    let target = match &entry.about {
        About::Row { id, .. } => id.clone(),
        About::Finding { fingerprint, .. } => fingerprint.clone(),
    };
    let path = entry.document.path.to_string();
    let fact = Fact::Broken { record: format!("{target} by {}", entry.by.as_deref().unwrap_or("somebody")), fault: what.to_owned(), detail: why };
    let place = place_in(entry.document, Place { end_line: entry.at.line, ..entry.at });
    Fault::new(Breach::Check(check), path, target, place, fact)
}
