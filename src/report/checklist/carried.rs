//! Rows of earlier findings and of samples, and the auditor's independence.

use super::context::{Context, short};
use super::view::{EvidenceSoFar, Independence, Previous, Responsible, Row, RowSort, SampleLot, Samples};
use crate::assessment::{Drawn, EarlierFinding, Lot, NamedAt, Relation, Responsible as ResponsibleFor, SelfAudit};
use crate::framework::Expectation;
use crate::vocabulary::{count, listing, read_date};

/// What is asked of a record of a sample where the kind has no question of its own.
pub(super) const ASK_OF_RECORD: &str = "Does it hold what it has to hold, is it true, and what followed from it?";
/// In front of the reason why a record is in a sample.
pub(super) const IN_SAMPLE: &str = "in the sample: ";
/// Said of a record without a finding, and behind the number of findings.
pub(super) const NO_FINDING: &str = "no finding on this record";

/// Earlier findings, as rows.
pub(super) fn previous(context: &Context<'_>) -> Previous {
    let report = context.assessment.earlier_findings.last_audit.as_ref();
    let report = report.map_or_else(String::new, |audit| format!(" The last report of an internal audit is {} of {} ({}).", audit.id, audit.date, audit.path));
    let since = format!("Carried in are findings that are still open, and those that were found or closed since {}.{report}", context.plan.since);
    Previous { since, rows: context.plan.earlier.iter().map(|finding| previous_row(context, finding)).collect() }
}

fn previous_row(context: &Context<'_>, finding: &EarlierFinding) -> Row {
    let name = finding.id.split_once(':').map_or(finding.id.as_str(), |(_, name)| name);
    let only_told = finding.id.starts_with("report:");
    let grade = finding.grade.as_ref().map(|grade| format!(" ({grade})")).unwrap_or_default();
    let mut row = Context::row(finding.id.clone(), RowSort::Previous, format!("{name}{grade}: {}", finding.description));
    row.clause = listing(&finding.clauses);
    row.questions = vec![if only_told {
        "What was done about it, and who decided so?".to_owned()
    } else if finding.open {
        "How far is it, is its cause known, and what keeps it from being closed?".to_owned()
    } else {
        "Does what was done still work, and has nothing like it come back?".to_owned()
    }];
    row.whom = finding.owner.clone().unwrap_or_else(|| "SMS manager".to_owned());
    let said = |label: &str, text: &Option<String>| text.as_ref().map(|text| format!("{label}: {}", text.trim_end_matches('.')));
    row.look_at = [said("action", &finding.action), said("correction", &finding.correction), said("cause", &finding.cause)].into_iter().flatten().collect();
    row.expect = vec!["the action carried out, its effect reviewed, no recurrence".to_owned()];
    row.evidence = vec![EvidenceSoFar {
        path: finding.path.clone(),
        line: finding.line,
        place: format!("{}:{}", finding.path, finding.line),
        what: if only_told { "Internal audit report".to_owned() } else { "Nonconformity record".to_owned() },
        commit: finding.commit.as_deref().map(short),
        last_changed_on: finding.last_changed_on.clone(),
        passage: None,
    }];
    let found = [said("source", &finding.source), said("found", &finding.date)].into_iter().flatten().collect::<Vec<_>>().join(", ");
    let state = match (&finding.closed_on, finding.open) {
        (Some(day), _) => format!("closed on {day}"),
        (None, false) => "closed, without a day".to_owned(),
        (None, true) if only_told => named_at(finding),
        (None, true) => finding.due.as_ref().map_or_else(
            || "still open".to_owned(),
            |due| {
                let day = |text: &str| read_date(text).day();
                let late = day(due).zip(day(&context.assessment.provenance.as_of)).is_some_and(|(due, as_of)| due < as_of);
                format!("still open, due on {}{}", due.trim_end_matches('.'), if late { ", overdue" } else { "" })
            },
        ),
    };
    row.documents_say =
        [Some(state), (!found.is_empty()).then_some(found), said("effect", &finding.effectiveness)].into_iter().flatten().collect::<Vec<_>>().join("; ");
    context.finished(row, None)
}

/// Where documents name a finding that only a report tells.
fn named_at(finding: &EarlierFinding) -> String {
    const MOST: usize = 3;
    let place = |at: &NamedAt| {
        let lines = if at.end_line > at.line { format!("{}-{}", at.line, at.end_line) } else { at.line.to_string() };
        let says = at.says.as_ref().map(|says| format!(": {says}")).unwrap_or_default();
        if at.only_report {
            let quote = at.quote.as_ref().map(|quote| format!(" \u{201c}{quote}\u{201d}")).unwrap_or_default();
            format!("{}:{lines}{quote}", at.path)
        } else {
            format!("{}:{lines} ({}{says})", at.path, at.id)
        }
    };
    let places: Vec<String> = finding.named_at.iter().take(MOST).map(place).collect();
    let more = finding.named_at.len().saturating_sub(MOST);
    let more = if more > 0 { format!(" and {}", count(more, "more place", "more places")) } else { String::new() };
    match finding.named_at.first() {
        None => "not matched to a record by its id".to_owned(),
        Some(first) if first.only_report => {
            let whose = if first.shares_words { "names the audit, perhaps this finding" } else { "names the audit; read there whether this finding is meant" };
            format!("not matched to a record by its id; {whose}: {}{more}", places.join(", "))
        }
        Some(_) => format!("named in {}{more}", places.join(", ")),
    }
}

/// The samples, as rows.
pub(super) fn samples(context: &Context<'_>) -> Samples {
    let lots = &context.plan.lots;
    let method = if context.plan.kind.samples {
        let period = lots.period.map(|(first, last)| format!("{first} to {last}")).unwrap_or_default();
        format!(
            "Judgement-based, by a rule of thumb: all of up to 10 records of the period that are held here; of more, ten or the square root of their number, at most 30. Whether the records held here are all that happened is not shown: reconcile each number with the source, such as the ticket system. A record belongs to the period by any of its main days, such as those on which it was raised, carried out or closed, and while it is said to be open. Records with an open finding of this review and what matters most are taken whole; for a fault that more than 30 records share, one record stands; the record that was open the longest, the first and the last of the period are in; then comes one of each service, team and month, where the records tell them and as far as the size allows. The rest is drawn by a hash (SHA-256) of seed, kind and record id, so that the same seed gives the same sample and one more record does not reshuffle it. Period: {period}. Seed: {}. As an aid: no fault in 22 records gives about 90 % confidence that fewer than one in ten is at fault, in 29 about 95 %.",
            lots.seed
        )
    } else {
        String::new()
    };
    let empty = lots.empty.iter().map(|(kind, others)| match others {
        0 if context.framework.kinds.get(kind).is_some_and(|of| context.assessment.records.iter().all(|records| records.documented_information != of.id)) => {
            format!("{}: none held here", context.title(kind))
        }
        number => format!("{}: none held here for the period, {} outside it or without a readable day", context.title(kind), number),
    });
    Samples { method, lots: lots.lots.iter().map(|lot| sample_lot(context, lot)).collect(), empty: empty.collect() }
}

fn sample_lot(context: &Context<'_>, lot: &Lot) -> SampleLot {
    let clauses = context.framework.clauses_of(&lot.kind);
    let period = context.plan.lots.period.map(|(first, last)| format!("from {first} to {last}")).unwrap_or_default();
    let mut method = format!("Records of this kind held here in the period {period}: {}", lot.population);
    if lot.undated > 0 {
        method.push_str(&format!("; {} without a readable day {} not counted", lot.undated, if lot.undated == 1 { "is" } else { "are" }));
    }
    method.push_str(&format!(
        ". Whether these are all that happened is not shown; reconcile with the source. Size by the rule: {}; drawn: {}.",
        if lot.wanted == lot.population { "all".to_owned() } else { lot.wanted.to_string() },
        lot.drawn.len()
    ));
    if !lot.strata.is_empty() {
        let strata: Vec<String> = lot.strata.iter().map(|(title, number)| format!("{number} {title}")).collect();
        method.push_str(&format!(" Taken whole: {}.", listing(&strata)));
    }
    if lot.with_findings > 0 {
        let taken = match lot.shared_by_more_than {
            None => "all taken".to_owned(),
            Some(most) => format!("all taken whose fault no more than {most} share; for a fault of more, one record stands"),
        };
        method.push_str(&format!(" With an open finding of this review: {}; {taken}.", lot.with_findings));
    }
    let spread: Vec<String> = lot.spread.iter().map(|(title, drawn, all)| format!("{title} {drawn} of {all}")).collect();
    if !spread.is_empty() && lot.drawn.len() < lot.population {
        method.push_str(&format!(" Different ones in the sample: {}.", listing(&spread)));
    }
    if lot.drawn.len() > lot.wanted {
        method.push_str(&format!(" What is taken in any case ({}) exceeds the size, so nothing was drawn by hash beside it.", lot.always));
    }
    SampleLot {
        kind: lot.kind.clone(),
        title: context.title(&lot.kind),
        clauses: clauses.join(", "),
        population: lot.population,
        undated: lot.undated,
        wanted: lot.wanted,
        drawn: lot.drawn.len(),
        method,
        rows: lot.drawn.iter().map(|drawn| sample_row(context, lot, drawn)).collect(),
    }
}

fn sample_row(context: &Context<'_>, lot: &Lot, Drawn { record, reason }: &Drawn) -> Row {
    let title = record.title.as_ref().map_or_else(|| record.id.clone(), |title| format!("{}: {title}", record.id));
    let mut row = Context::row(format!("sample:{}/{}", lot.kind, record.id), RowSort::Sample, title);
    let clauses = context.framework.clauses_of(&lot.kind);
    let leading = clauses.first().and_then(|number| context.framework.clauses.iter().find(|clause| clause.number == *number));
    row.clause = clauses.join(", ");
    let ask = context.plan.audits.sample(&lot.kind).map(|sample| sample.ask.clone());
    row.questions = vec![ask.unwrap_or_else(|| ASK_OF_RECORD.to_owned())];
    row.whom = leading.map(|clause| clause.whom.clone()).unwrap_or_default();
    if let Some(name) = &record.asked {
        row.whom = format!("named in the record: {name}");
        row.people = vec![name.clone()];
    }
    row.look_at = vec![format!("{IN_SAMPLE}{reason}")];
    let fields = filled_fields(context, &lot.kind);
    row.expect = if fields.is_empty() { Vec::new() } else { vec![format!("filled in: {}", listing(&fields))] };
    row.evidence = vec![EvidenceSoFar {
        path: record.path.clone(),
        line: record.line,
        place: format!("{}:{}", record.path, record.line),
        what: record.day.map_or_else(|| context.title(&lot.kind), |day| format!("{} of {day}", context.title(&lot.kind))),
        commit: record.commit.as_ref().map(|(id, _)| short(id)),
        last_changed_on: record.commit.as_ref().map(|(_, day)| day.clone()),
        passage: None,
    }];
    row.findings = context.findings_in(record);
    let state = match (record.closed, record.open) {
        (Some(day), _) => format!("closed on {day}; "),
        (None, true) => "open; ".to_owned(),
        (None, false) => String::new(),
    };
    row.documents_say = match row.findings.len() {
        0 => format!("{state}{NO_FINDING}"),
        number => format!("{state}{} on this record", count(number, "finding", "findings")),
    };
    context.finished(row, None)
}

/// The fields that every record of a kind has to have filled.
fn filled_fields(context: &Context<'_>, kind: &str) -> Vec<String> {
    let mut fields: Vec<String> = Vec::new();
    for (_, requirement) in context.framework.requirements() {
        for asked in &requirement.expects {
            if let Expectation::Complete { kind: of, fields: names, when, .. } = &asked.expectation
                && of == kind
                && when.0.is_empty()
            {
                fields.extend(names.iter().map(|name| name.replace('_', " ")));
            }
        }
    }
    let mut seen = std::collections::BTreeSet::new();
    fields.retain(|field| seen.insert(field.clone()));
    fields
}

/// The auditor against what is audited.
pub(super) fn independence(context: &Context<'_>, auditor: Option<&str>) -> Independence {
    let found = &context.plan.independence;
    let mut warnings: Vec<String> = found.own.iter().map(warning).collect();
    let mut touched: Vec<&String> = found.own.iter().flat_map(|own| &own.clauses).collect();
    let order: Vec<&String> = context.plan.clauses.iter().map(|clause| &clause.number).collect();
    touched.sort_by_key(|clause| order.iter().position(|other| other == clause));
    touched.dedup();
    let ties = &context.plan.kind.ties;
    if found.unknown && ties.is_empty() {
        warnings.push("The configuration names internal auditors (roles: auditors), and this is none of them.".to_owned());
    }
    let line = match auditor {
        Some(name) if touched.is_empty() && !ties.is_empty() => {
            format!(
                "The documents here name {name} for nothing that is audited. Ties to this client stand in no document of the client: each member of the team answers the questions below before the audit."
            )
        }
        None if !ties.is_empty() => {
            "Ties of the team to this client stand in no document of the client: each member of the team answers the questions below before the audit."
                .to_owned()
        }
        None => "No auditor is named. Nobody audits own work: the people below answer for what is audited.".to_owned(),
        Some(name) if touched.is_empty() => {
            format!(
                "By the registers and records here, {name} answers for nothing of what is audited and did none of the work on record. What stands nowhere is to be asked."
            )
        }
        Some(name) => format!("{name} is not independent for {}: somebody else is to audit it. The reasons stand below.", listing(&touched)),
    };
    let line = match (&context.plan.programmed, auditor) {
        (Some(audit), Some(name)) => {
            format!("The audit programme names {name} for {} on {} ({}). Held against what it plans for that audit: {line}", audit.id, audit.date, audit.place)
        }
        _ => line,
    };
    // Whoever comes from outside is no client's process owner; that list is for auditors of the organization itself.
    let responsible = if ties.is_empty() { found.responsible.iter().map(responsible).collect() } else { Vec::new() };
    Independence { auditor: auditor.map(str::to_owned), line, warnings, ties: ties.clone(), responsible }
}

fn words(one: &ResponsibleFor) -> String {
    match one.relation {
        Relation::OwnsProcess => format!("owner of the process {}", one.what),
        Relation::HoldsRole => format!("holder of the role {}", one.what),
        Relation::TopManagement => "top management".to_owned(),
        Relation::Accountable => "named as accountable for these sub-clauses".to_owned(),
        Relation::OwnsDocument => format!("owner of the document {}", one.what),
        Relation::DidWork => {
            let field = one.field.as_deref().unwrap_or_default().replace('_', " ");
            format!("named as \u{201c}{field}\u{201d} in {} of the kind {}", count(one.number, "record", "records"), one.what.to_lowercase())
        }
    }
}

fn warning(own: &SelfAudit) -> String {
    let one = &own.responsibility;
    format!("{} is {} ({}:{}), which touches {}.", one.person, words(one), one.path, one.line, listing(&own.clauses))
}

fn responsible(one: &ResponsibleFor) -> Responsible {
    Responsible { person: one.person.clone(), what: words(one), clauses: one.clauses.join(", "), place: format!("{}:{}", one.path, one.line) }
}
