//! What the templates lay out: worded, ordered and counted; nothing in it is escaped.

use std::collections::BTreeMap;

use serde::Serialize;

use super::super::cover::Cover;
use super::super::words::top_title;
use super::table::OneTable;
use super::{nothing_excluded, rows};
use crate::assessment::{
    Check, ClaimQuestion, Party, Responsibility, ResponsibilityStatus, Said, Service, Stance as Answer, StatedItem, SubClause, TO_BE_STATED,
};
use crate::framework::Framework;
use crate::vocabulary::{ClauseNumber, count};

/// Everything that the templates lay out.
#[derive(Debug, Serialize)]
pub(super) struct View {
    /// That no requirement has been left out.
    declaration: String,
    /// That it is a form so far, where nothing it could be filled from is confirmed; else empty.
    unconfirmed: String,
    /// Whether requirements are listed under their sub-clauses.
    items: bool,
    head: Head,
    counts: Vec<Count>,
    scope: Vec<String>,
    scope_text: String,
    scope_checks: Vec<CheckLine>,
    rules: Vec<CheckLine>,
    /// Whether a claim is possible at all.
    claim: Vec<ClaimLine>,
    /// Where paths in it begin; empty where they are whole.
    claim_paths: String,
    services: Vec<ServiceLine>,
    parties: Vec<PartyLine>,
    party_remarks: Vec<PartyRemarks>,
    /// The statement as one table with its annexes.
    table: OneTable,
    tops: Vec<Top>,
    /// Sub-clauses whose status cannot be.
    refused: Vec<Open>,
    /// Places in the organization's own statement that name no sub-clause.
    unplaced: Vec<String>,
    limits: Vec<String>,
}

#[derive(Debug, Serialize)]
struct Head {
    /// Version of the organization's own statement, or that there is none.
    statement: String,
    scope: String,
    prepared_by: String,
    approved_by: String,
    approved_on: String,
    approval_note: String,
}

#[derive(Debug, Serialize)]
struct Count {
    status: String,
    number: usize,
    meaning: &'static str,
}

#[derive(Debug, Serialize)]
struct CheckLine {
    id: &'static str,
    looked_for: &'static str,
    result: &'static str,
    words: String,
    places: String,
    remarks: Vec<String>,
}

#[derive(Debug, Serialize)]
struct ClaimLine {
    number: usize,
    question: &'static str,
    says: Vec<ClaimSaid>,
    ask: Vec<String>,
}

#[derive(Debug, Serialize)]
struct ClaimSaid {
    text: String,
    places: String,
}

#[derive(Debug, Serialize)]
struct ServiceLine {
    id: String,
    name: String,
    status: String,
    owner: String,
    in_scope: String,
    parties: String,
}

#[derive(Debug, Serialize)]
struct PartyLine {
    name: String,
    sort: String,
    runs: Vec<String>,
    agreements: String,
    control: String,
    accountable: String,
}

#[derive(Debug, Serialize)]
struct PartyRemarks {
    name: String,
    remarks: Vec<String>,
}

#[derive(Debug, Serialize)]
struct Top {
    number: String,
    title: &'static str,
    rows: Vec<Line>,
}

#[derive(Debug, Serialize)]
struct Line {
    clause: String,
    title: String,
    heading: bool,
    applicable: &'static str,
    status: String,
    status_from: String,
    performed_by: String,
    accountable: String,
    other_parties: String,
    condition: String,
    /// What stands under the table, as pairs of a heading's key and lines.
    more: More,
    items: Vec<ItemLine>,
}

#[derive(Debug, Serialize)]
struct More {
    performed_by: Vec<String>,
    accountable: Vec<String>,
    other_parties: Vec<String>,
    agreements: Vec<String>,
    controls: Vec<String>,
    documents: Vec<String>,
    records: Vec<String>,
    intervals: Vec<String>,
    interfaces: Vec<String>,
    related: String,
    remarks: Vec<String>,
    reviewed: String,
}

#[derive(Debug, Serialize)]
struct ItemLine {
    id: String,
    intent: String,
    status: String,
    condition: String,
    verdict: String,
    evidence: String,
    remarks: Vec<String>,
}

#[derive(Debug, Serialize)]
struct Open {
    clause: String,
    title: String,
    why: String,
}

/// What a person has to enter.
const TO_BE_FILLED_IN: &str = "to be filled in";

impl View {
    pub(super) fn new(responsibility: &Responsibility, framework: &Framework, cover: &Cover, items: bool) -> Self {
        let all = &responsibility.rows;
        let with = |answer: Answer| all.iter().filter(|row| row.status.answer == answer).map(open).collect();
        let scope = responsibility.scope.as_ref();
        Self {
            declaration: nothing_excluded(&cover.standard),
            items,
            head: head(responsibility),
            counts: counts(all),
            scope: scope.map(scope_lines).unwrap_or_default(),
            unconfirmed: unconfirmed(responsibility),
            scope_text: scope.and_then(|scope| scope.text.as_ref()).map(|text| text.value.clone()).unwrap_or_default(),
            scope_checks: responsibility.scope_checks.iter().map(check).collect(),
            rules: responsibility.rules.iter().map(check).collect(),
            claim: responsibility.claim.iter().enumerate().map(|(at, asked)| claim(at, asked, &cover.root)).collect(),
            claim_paths: if matches!(cover.root.as_str(), "" | ".") { String::new() } else { format!("Paths here begin at {}.", cover.root) },
            services: responsibility.services.iter().map(service).collect(),
            parties: responsibility.parties.iter().map(party).collect(),
            party_remarks: responsibility.parties.iter().filter(|party| !party.remarks.is_empty()).map(party_remarks).collect(),
            table: OneTable::new(responsibility, &cover.root),
            tops: tops(all),
            refused: with(Answer::Refused),
            unplaced: responsibility.statement.iter().flat_map(|statement| &statement.unplaced).map(rows::one_sourced).collect(),
            limits: vec![framework.head.limits.clone()],
        }
    }
}

/// What a reader has to know first, where the documents are only recognised: nothing of it is said by anybody.
fn unconfirmed(responsibility: &Responsibility) -> String {
    let documents: BTreeMap<&str, bool> =
        responsibility.rows.iter().flat_map(|row| &row.documents).map(|document| (document.path.as_str(), document.confirmed)).collect();
    if documents.is_empty() || documents.values().any(|confirmed| *confirmed) || responsibility.statement.is_some() {
        return String::new();
    }
    format!(
        "This is a form to fill in and no statement yet. Nobody has said yet what the documents here are, and it is filled from what is confirmed alone: the registers of processes, roles, other parties and services, and the configuration. The table shows for which sub-clauses {} to be evidence; the command clausewise map proposes them for confirmation.",
        count(documents.len(), "document seems", "documents seem")
    )
}

fn head(responsibility: &Responsibility) -> Head {
    let statement = responsibility.statement.as_ref();
    let of = |said: Option<&Said>| said.map_or_else(|| TO_BE_FILLED_IN.to_owned(), rows::one_sourced);
    let scope = responsibility.scope.as_ref().map(|scope| {
        let version = scope.version.as_ref().map(|version| format!(", version {}", version.value)).unwrap_or_default();
        let approved = scope.approved_on.as_ref().map(|day| format!(", approved on {}", day.value)).unwrap_or_default();
        format!("{} ({}{version}{approved})", scope.title, scope.path)
    });
    Head {
        statement: statement.map_or_else(
            || "none in this repository; what follows comes from its registers, its configuration and the assessment".to_owned(),
            |statement| {
                let version = statement.version.as_ref().map_or_else(|| "without a version".to_owned(), |version| format!("version {}", version.value));
                let status = statement.status.as_ref().map(|status| format!(", {}", status.value)).unwrap_or_default();
                format!("{version}{status} ({})", statement.path)
            },
        ),
        scope: scope.unwrap_or_else(|| "not found".to_owned()),
        prepared_by: of(statement.and_then(|statement| statement.owner.as_ref())),
        approved_by: of(statement.and_then(|statement| statement.approved_by.as_ref())),
        approved_on: of(statement.and_then(|statement| statement.approved_on.as_ref())),
        approval_note: match responsibility.approved_by_top_management {
            Some(true) => "the statement named above, not this print; named as top management in the configuration".to_owned(),
            Some(false) => "the statement named above, not this print; not named as top management in the configuration: for the auditor".to_owned(),
            None => String::new(),
        },
    }
}

fn counts(all: &[SubClause]) -> Vec<Count> {
    let meaning = |status: ResponsibilityStatus| match status {
        ResponsibilityStatus::Performed => "the organization does it itself",
        ResponsibilityStatus::PerformedWithOthers => "part of it is done by other parties, under control",
        ResponsibilityStatus::PerformedByOthers => "wholly done by another party, under control; single requirements of clauses 6 to 10 only",
        ResponsibilityStatus::NotTriggered => "its condition did not come about in the period; it is looked at again",
        ResponsibilityStatus::Planned => "not met yet, with the action that will",
    };
    let of_status = |status: ResponsibilityStatus| Count {
        status: status.word().to_owned(),
        number: all.iter().filter(|row| row.status.status == Some(status)).count(),
        meaning: meaning(status),
    };
    let of_answer = |answer: Answer, word: &str, meaning: &'static str| Count {
        status: word.to_owned(),
        number: all.iter().filter(|row| row.status.answer == answer).count(),
        meaning,
    };
    let mut counts: Vec<Count> = ResponsibilityStatus::ALL.into_iter().map(of_status).collect();
    counts.push(of_answer(Answer::ToBeStated, TO_BE_STATED, "no register, configuration or statement says it, or not in full"));
    counts.push(of_answer(Answer::Refused, "refused", "the organization's own statement says what cannot be; a finding tells it"));
    counts.push(of_answer(Answer::Heading, "heading", "the sub-clause holds no requirement of its own"));
    counts
}

fn scope_lines(scope: &crate::assessment::Scope) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = |name: &str, said: Option<&Said>| lines.extend(said.map(|said| format!("{name}: {}", rows::one_sourced(said))));
    line("Organization", scope.organization.as_ref());
    line("Version", scope.version.as_ref());
    line("Status", scope.status.as_ref());
    line("Approved by", scope.approved_by.as_ref());
    line("Approved on", scope.approved_on.as_ref());
    line("In force since", scope.effective_on.as_ref());
    if let Some(text) = &scope.text {
        lines.push(format!("Stands at {}", text.from));
    }
    if !scope.confirmed {
        lines.push("Recognised as the scope and not yet confirmed".to_owned());
    }
    lines
}

fn check(check: &Check) -> CheckLine {
    CheckLine {
        id: check.id,
        looked_for: check.looked_for,
        result: check.result.words(),
        words: check.words.clone(),
        places: crate::vocabulary::list_some(&check.places, 4),
        remarks: check.remarks.iter().map(rows::remark).collect(),
    }
}

fn claim(at: usize, asked: &ClaimQuestion, root: &str) -> ClaimLine {
    let says = asked.says.iter().map(|said| ClaimSaid { text: said.text.clone(), places: rows::by_file(&said.places, root) });
    ClaimLine { number: at + 1, question: asked.question, says: says.collect(), ask: asked.ask.clone() }
}

fn service(service: &Service) -> ServiceLine {
    ServiceLine {
        id: service.id.value.clone(),
        name: service.name.clone(),
        status: service.status.as_ref().map(|said| said.value.clone()).unwrap_or_default(),
        owner: service.owner.as_ref().map_or_else(|| TO_BE_STATED.to_owned(), |said| said.value.clone()),
        in_scope: match &service.in_scope {
            Some(said) => format!("yes ({})", said.from),
            None if service.live => "not named in the scope".to_owned(),
            None => "no".to_owned(),
        },
        parties: service.parties.join(", "),
    }
}

fn party(party: &Party) -> PartyLine {
    let name = if party.id == party.name.value { party.id.clone() } else { format!("{}: {}", party.id, party.name.value) };
    let processes = party.processes.iter().map(|process| match process.clauses.first() {
        Some(clause) => format!("{} ({clause})", process.said.value),
        None => process.said.value.clone(),
    });
    let components = party.components.iter().map(|said| said.value.clone());
    let stated = |said: String| if said.is_empty() { TO_BE_STATED.to_owned() } else { said };
    PartyLine {
        name,
        sort: party.sort.as_ref().map_or_else(|| TO_BE_STATED.to_owned(), |said| said.value.clone()),
        runs: components.chain(processes).collect(),
        agreements: stated(rows::sourced(&party.agreements)),
        control: stated(party.control_record.as_ref().map(rows::one_sourced).unwrap_or_default()),
        accountable: stated(party.accountable.as_ref().map(|said| said.value.clone()).unwrap_or_default()),
    }
}

fn party_remarks(party: &Party) -> PartyRemarks {
    PartyRemarks { name: party.id.clone(), remarks: party.remarks.iter().map(rows::remark).collect() }
}

fn tops(all: &[SubClause]) -> Vec<Top> {
    let mut tops: Vec<Top> = Vec::new();
    for row in all {
        let number = ClauseNumber::parse(row.clause.split('.').next().unwrap_or_default());
        let Some(number) = number else { continue };
        let is_next = tops.last().is_none_or(|top| top.number != number.to_string());
        if is_next {
            tops.push(Top { title: top_title(&number).unwrap_or_default(), number: number.to_string(), rows: Vec::new() });
        }
        if let Some(top) = tops.last_mut() {
            top.rows.push(line(row));
        }
    }
    tops
}

fn line(row: &SubClause) -> Line {
    let heading = row.status.answer == Answer::Heading;
    let stated = |text: String| if text.is_empty() && !heading { TO_BE_STATED.to_owned() } else { text };
    let sourced = |said: &[Said]| said.iter().map(rows::one_sourced).collect::<Vec<_>>();
    Line {
        clause: row.clause.clone(),
        title: row.title.clone(),
        heading,
        applicable: row.applicable,
        status: row.status.word.clone(),
        // Why nothing is stated is said once, for all of them.
        status_from: if row.status.answer == Answer::ToBeStated { String::new() } else { row.status.from.clone() },
        performed_by: stated(rows::values(&row.performed_by)),
        accountable: stated(rows::values(&row.accountable)),
        other_parties: rows::values(&row.other_parties),
        condition: rows::condition(&row.condition),
        more: More {
            performed_by: sourced(&row.performed_by),
            accountable: sourced(&row.accountable),
            other_parties: sourced(&row.other_parties),
            agreements: sourced(&row.agreements),
            controls: sourced(&row.controls),
            documents: row.documents.iter().map(rows::document).collect(),
            records: row.records.iter().map(rows::records).collect(),
            intervals: row.cycles.iter().map(rows::cycle).collect(),
            interfaces: sourced(&row.interfaces),
            related: row.related.join(", "),
            remarks: row.remarks.iter().map(rows::remark).collect(),
            reviewed: match (&row.reviewed_by, &row.reviewed_on) {
                (Some(by), Some(on)) => format!("{} on {} ({})", by.value, on.value, on.from),
                (Some(by), None) => rows::one_sourced(by),
                (None, Some(on)) => rows::one_sourced(on),
                (None, None) => String::new(),
            },
        },
        items: row.items.iter().map(item).collect(),
    }
}

fn item(item: &StatedItem) -> ItemLine {
    ItemLine {
        id: item.id.clone(),
        intent: item.intent.clone(),
        status: item.status.word.clone(),
        condition: rows::condition(&item.condition),
        verdict: item.verdict.clone(),
        evidence: crate::vocabulary::list_some(&item.evidence, 3),
        remarks: item.remarks.iter().map(rows::remark).collect(),
    }
}

fn open(row: &SubClause) -> Open {
    Open { clause: row.clause.clone(), title: row.title.clone(), why: row.status.from.clone() }
}
