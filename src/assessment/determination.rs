//! The verdict on one requirement, drawn from what came of its expectations.

use serde::Serialize;

use super::absence::Judged;
use super::applicability::Trigger;
use super::inventory::Inventory;
use super::outcome::{Confidence, Evidence, Identified, Outcome, Status};
use super::wording::lower_first;
use crate::framework::Grade;
use crate::vocabulary::{count, list_some};

/// What the documents say of a requirement. None of them means that a requirement is met: an auditor decides that.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, schemars::JsonSchema, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Documents speak for it as far as documents can.
    Supported,
    /// There is evidence, and something is missing.
    PartlySupported,
    /// What is demanded was not found here.
    NoEvidence,
    /// Documents speak against it.
    Contradicted,
    /// Only an interview or an observation can settle it.
    NeedsAuditor,
    /// What it depends on did not occur.
    NotTriggered,
    /// The evidence is declared to be elsewhere; unverified.
    External,
    /// It could not be assessed here.
    NotAssessed,
}

impl Verdict {
    /// All verdicts, in the order of reports.
    pub const ALL: [Self; 8] = [
        Self::Supported,
        Self::PartlySupported,
        Self::NoEvidence,
        Self::Contradicted,
        Self::NeedsAuditor,
        Self::NotTriggered,
        Self::External,
        Self::NotAssessed,
    ];

    /// The word of the interface.
    pub fn word(self) -> &'static str {
        match self {
            Self::Supported => "supported",
            Self::PartlySupported => "partly-supported",
            Self::NoEvidence => "no-evidence",
            Self::Contradicted => "contradicted",
            Self::NeedsAuditor => "needs-auditor",
            Self::NotTriggered => "not-triggered",
            Self::External => "external",
            Self::NotAssessed => "not-assessed",
        }
    }
}

/// What settles a requirement that is left to an auditor.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SettledBy {
    /// People: by an interview or an observation.
    #[default]
    People,
    /// An answer to the question whether it is asked for at all.
    Answer,
    /// Somebody who reads or confirms a document that could be what is asked for.
    Confirmation,
}

/// The verdict on one requirement, with its reason and evidence.
#[derive(Clone, Debug, PartialEq, Eq, schemars::JsonSchema, Serialize)]
pub struct Determination {
    /// Id of the requirement.
    pub id: String,
    /// Number of its sub-clause.
    pub clause: String,
    /// Title of the sub-clause.
    pub title: String,
    /// What is asked, in our words.
    pub intent: String,
    /// The verdict.
    pub verdict: Verdict,
    /// How sure.
    pub confidence: Confidence,
    /// Why.
    pub reason: String,
    /// Kinds of documented information for which something is there that could be it, and nobody has said so.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub unconfirmed: Vec<String>,
    /// What speaks for it.
    pub evidence: Vec<Evidence>,
    /// Fingerprints of the findings that speak to it.
    pub findings: Vec<String>,
    /// What is to be asked before anything else: whether it is asked for at all. None where that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub depends_on: Option<String>,
    /// For what is left to an auditor: what settles it.
    #[serde(skip)]
    pub settled_by: SettledBy,
    /// The first question for an auditor.
    pub question: String,
    /// All questions.
    pub questions: Vec<String>,
    /// Whom to ask.
    pub whom: String,
    /// What a person stated on it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub statement: Option<super::statements::Stated>,
    /// Words of what is asked for: document, record, content, interval, conduct ...
    pub obligation: Vec<String>,
}

/// What the outcomes of one requirement come to.
struct Balance<'all> {
    speaking: Vec<&'all Outcome>,
    faulty: usize,
    /// Faults that are more than an observation.
    weighty: usize,
    contradicting: bool,
    not_found: usize,
    absent: Vec<&'all str>,
    external: Vec<&'all str>,
    cannot_tell: Vec<&'all str>,
    to_confirm: Vec<&'all str>,
    facts: Vec<String>,
}

/// Draws the verdict on a requirement. Faults that were folded beneath another cause have been taken out before.
pub(super) fn determine(inventory: &Inventory<'_>, judged: &Judged<'_>, demanded_absent: &[&str], more_facts: &[(String, bool)]) -> Determination {
    let balance = weigh(inventory, judged, demanded_absent, more_facts);
    let (verdict, reason) = verdict_of(judged, &balance);
    let mut evidence: Vec<Evidence> = judged.outcomes.iter().flat_map(|outcome| outcome.evidence.iter().cloned()).collect();
    evidence.sort();
    evidence.dedup_by(|left, right| left.path == right.path && left.line == right.line && left.documented_information == right.documented_information);
    Evidence::one_for_each_record(&mut evidence);
    evidence.truncate(12);
    let inferred_only = !evidence.is_empty() && evidence.iter().all(|evidence| evidence.provenance == Identified::Inferred);
    let (verdict, reason) = match verdict {
        Verdict::Supported if inferred_only => (Verdict::PartlySupported, "seems to be there; to be confirmed".to_owned()),
        other => (other, reason),
    };
    let speaking = balance.speaking.iter().map(|outcome| outcome.confidence).min();
    let depends_on = match &judged.trigger {
        Trigger::Unknown(untold) if verdict == Verdict::NeedsAuditor && balance.speaking.is_empty() => Some(untold.asks()),
        _ => None,
    };
    let confidence = if inferred_only { Confidence::Low } else { speaking.unwrap_or(Confidence::High) };
    Determination {
        id: judged.requirement.id.clone(),
        clause: judged.clause.number.clone(),
        title: judged.clause.title.clone(),
        intent: judged.requirement.intent.clone(),
        verdict,
        confidence,
        reason,
        unconfirmed: judged.outcomes.iter().filter_map(|outcome| outcome.could_be.clone()).collect(),
        evidence: if verdict == Verdict::NotTriggered { Vec::new() } else { evidence },
        findings: Vec::new(),
        statement: None,
        settled_by: settled_by(judged, &balance, depends_on.is_some()),
        depends_on,
        question: judged.requirement.ask.first().cloned().unwrap_or_default(),
        questions: judged.requirement.ask.clone(),
        whom: judged.requirement.whom.clone().unwrap_or_else(|| judged.clause.whom.clone()),
        obligation: judged.requirement.obligation.iter().map(|obligation| obligation.words().to_owned()).collect(),
    }
}

/// What depends on an answer is asked first; what then only people can show stays with them, whatever is confirmed.
fn settled_by(judged: &Judged<'_>, balance: &Balance<'_>, is_asked_whether: bool) -> SettledBy {
    let is_for_people = judged.requirement.is_conduct() || judged.requirement.expects.is_empty();
    match (is_asked_whether, is_for_people, balance.to_confirm.is_empty()) {
        (true, ..) => SettledBy::Answer,
        (false, true, _) | (false, false, true) => SettledBy::People,
        (false, false, false) => SettledBy::Confirmation,
    }
}

fn weigh<'all>(inventory: &Inventory<'_>, judged: &'all Judged<'_>, demanded_absent: &[&str], more_facts: &[(String, bool)]) -> Balance<'all> {
    let mut balance = Balance {
        speaking: Vec::new(),
        faulty: more_facts.len(),
        weighty: more_facts.len(),
        contradicting: more_facts.iter().any(|(_, contradicts)| *contradicts),
        not_found: 0,
        absent: Vec::new(),
        external: Vec::new(),
        cannot_tell: Vec::new(),
        to_confirm: Vec::new(),
        facts: more_facts.iter().map(|(fact, _)| fact.clone()).collect(),
    };
    for outcome in &judged.outcomes {
        for fault in &outcome.faults {
            balance.faulty += 1;
            balance.weighty += usize::from(inventory.own_grade_of(fault) <= Grade::Minor);
            balance.contradicting |= fault.contradicts;
            balance.facts.push(fault.words());
        }
        if outcome.speaks_for() {
            balance.speaking.push(outcome);
        }
        match &outcome.status {
            Status::NotFound => balance.not_found += 1,
            Status::Absent(kind) if inventory.is_external(kind) => balance.external.push(kind),
            // Absence of what only a judgement would ask for is a question.
            Status::Absent(_) if judged.requirement.rests_on_judgement() => balance.not_found += 1,
            Status::Absent(kind) if demanded_absent.contains(&kind.as_str()) => balance.absent.push(kind),
            Status::CannotTell(reason) => balance.cannot_tell.push(reason),
            Status::ToConfirm(reason) => balance.to_confirm.push(reason),
            _ => {}
        }
    }
    balance
}

fn verdict_of(judged: &Judged<'_>, balance: &Balance<'_>) -> (Verdict, String) {
    if let Trigger::DoesNotHold(proof) = &judged.trigger {
        return (Verdict::NotTriggered, proof.clone());
    }
    let facts = summary(&balance.facts);
    if balance.contradicting {
        return (Verdict::Contradicted, format!("documents speak against it: {facts}"));
    }
    if judged.requirement.is_conduct() {
        let seen = if balance.speaking.is_empty() {
            "documents cannot settle it"
        } else {
            "documents support it as far as they can; an interview or observation settles it"
        };
        return (Verdict::NeedsAuditor, if facts.is_empty() { seen.to_owned() } else { format!("{seen}; to note: {facts}") });
    }
    if judged.requirement.expects.is_empty() {
        return (Verdict::NeedsAuditor, "documents cannot settle it".to_owned());
    }
    let absent = || {
        let mut names: Vec<String> = balance.absent.iter().map(|kind| kind.replace('-', " ")).collect();
        let mut seen = std::collections::BTreeSet::new();
        names.retain(|name| seen.insert(name.clone()));
        list_some(&names, 3)
    };
    if balance.speaking.is_empty() {
        return nothing_speaks(judged, balance, &facts, &absent());
    }
    let open = if balance.cannot_tell.is_empty() { &balance.to_confirm } else { &balance.cannot_tell };
    if !open.is_empty() && balance.faulty == 0 && balance.absent.is_empty() {
        let verdict = if balance.cannot_tell.is_empty() { Verdict::NeedsAuditor } else { Verdict::NotAssessed };
        return (verdict, format!("what could be read speaks for it, but {}", list_some(open, 2)));
    }
    if balance.faulty == 0 && balance.absent.is_empty() && (balance.not_found == 0 || judged.requirement.rests_on_judgement()) {
        let places: usize = balance.speaking.iter().map(|outcome| outcome.evidence.len()).sum();
        let to_come: Vec<&String> = judged.outcomes.iter().flat_map(|outcome| &outcome.to_come).collect();
        let to_come = if to_come.is_empty() { String::new() } else { format!("; still to come in {}", list_some(&to_come, 3)) };
        return (Verdict::Supported, format!("documents support it ({} cited){to_come}", count(places, "place", "places")));
    }
    let mut parts = Vec::new();
    if !facts.is_empty() {
        parts.push(facts);
    }
    if !balance.absent.is_empty() {
        parts.push(format!("not found: {}", absent()));
    }
    if parts.is_empty() {
        parts.push("part of what is asked for was not found".to_owned());
    }
    (Verdict::PartlySupported, parts.join("; "))
}

fn nothing_speaks(judged: &Judged<'_>, balance: &Balance<'_>, facts: &str, absent: &str) -> (Verdict, String) {
    if let Trigger::Unknown(untold) = &judged.trigger {
        let open = untold.says("no register or record here says whether");
        let if_so = if untold.question.is_some() { " If so" } else { "; if so" };
        return (Verdict::NeedsAuditor, format!("{open}{if_so}, this is asked for{}", untold.hint()));
    }
    if !balance.absent.is_empty() {
        return (Verdict::NoEvidence, format!("not found here: {absent}"));
    }
    if balance.weighty > 0 {
        return (Verdict::NoEvidence, facts.to_owned());
    }
    if balance.faulty > 0 {
        return (Verdict::NeedsAuditor, format!("it need not be written down, and what was looked for is not there: {facts}"));
    }
    if !balance.external.is_empty() {
        return (
            Verdict::External,
            format!(
                "declared to be kept elsewhere, not verified: {}",
                balance.external.iter().map(|kind| kind.replace('-', " ")).collect::<Vec<_>>().join(", ")
            ),
        );
    }
    if let Some(reason) = balance.cannot_tell.first() {
        return (Verdict::NotAssessed, (*reason).to_owned());
    }
    if let Some(reason) = balance.to_confirm.first() {
        return (Verdict::NeedsAuditor, (*reason).to_owned());
    }
    let judgement = judged.requirement.condition.as_ref().map(|condition| condition.text.as_str());
    match judgement {
        Some(text) => (Verdict::NeedsAuditor, format!("nothing that was looked for settles it, and it is asked for {}", lower_first(text))),
        None if balance.not_found > 0 => (Verdict::NeedsAuditor, "what is there says nothing on it; it need not be written down".to_owned()),
        None => (Verdict::NeedsAuditor, "nothing that was looked for settles it, and it need not be written down in this form".to_owned()),
    }
}

fn summary(facts: &[String]) -> String {
    match facts {
        [] => String::new(),
        [one] => one.clone(),
        [one, two] => format!("{one}; {two}"),
        [one, two, rest @ ..] => format!("{one}; {two}; and {} more", rest.len()),
    }
}
