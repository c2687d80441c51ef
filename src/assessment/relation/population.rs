//! Relations over all records of a kind, or over several lists as wholes.

use std::collections::BTreeSet;

use super::names::{Named, own_names};
use super::{Breach, Fault, Judge, NOTHING, Outcome, Status, Verdict};
use crate::assessment::applicability::{Trigger, of_condition};
use crate::assessment::finding::FindingPlace;
use crate::assessment::inventory::Inventory;
use crate::assessment::outcome::Identified;
use crate::assessment::records::RecordRef;
use crate::assessment::verify::nowhere;
use crate::assessment::wording::Fact;
use crate::framework::{AnyRecord, CoversAll, NotEvery, NotTriggeredHolds, Rule};
use crate::vocabulary::{ClauseNumber, list_some, plain};

/// At least one record passes, where there is something that asks for it.
pub(super) fn any_record(inventory: &Inventory<'_>, rule: &Rule, relation: &AnyRecord) -> Outcome {
    let records = &inventory.holding(&relation.kind).records;
    let asking = inventory.holding(&relation.given.kind).records.iter().find(|record| is_sure(record) && record.passes(inventory, &relation.given.filter));
    let Some(asking) = asking else { return Outcome::new(Status::NothingToJudge) };
    // Where the standard demands the kind, its absence is told as such.
    let is_demanded = inventory.kind(&relation.kind).is_some_and(|kind| kind.demanded.is_some());
    let told = is_demanded || inventory.is_external(&relation.kind) || inventory.has(&relation.kind) || !inventory.could_be(&relation.kind).is_empty();
    if records.is_empty() && told {
        return nowhere(inventory, &relation.kind);
    }
    let mut outcome = Outcome::new(Status::Judged);
    if let Some(record) = records.iter().find(|record| record.passes(inventory, &relation.filter)) {
        outcome.cite(inventory, &record.document.path, record.first_line().line.max(1), &relation.kind, record.provenance);
    } else if records.iter().all(is_sure) {
        let given = inventory.kind(&relation.given.kind).map_or(relation.given.kind.as_str(), |kind| kind.title.as_str());
        let detail = format!("though the {} has {}, {}", given.to_lowercase(), asking.id(inventory), asking.place(inventory, "id").shown());
        let at = records.first().unwrap_or(asking);
        let missing_kind = records.is_empty().then(|| relation.kind.clone());
        outcome.faults.push(Fault { missing_kind, ..of_list(rule, &relation.kind, at.document.path.to_string(), detail) });
    }
    outcome
}

/// Of some lists, not so many consist wholly of records that pass.
pub(super) fn not_every(inventory: &Inventory<'_>, rule: &Rule, relation: &NotEvery) -> Outcome {
    let mut judged: Vec<(&str, &str, &RecordRef<'_>, bool)> = Vec::new();
    for list in &relation.lists {
        let records: Vec<&RecordRef<'_>> = inventory.holding(&list.kind).records.iter().filter(|record| is_sure(record)).collect();
        if let Some(first) = records.first() {
            judged.push((&list.label, &list.kind, first, records.iter().all(|record| record.passes(inventory, &list.filter))));
        }
    }
    let Some((_, kind, first, _)) = judged.first() else { return Outcome::absent(&relation.lists[0].kind) };
    let whole: Vec<String> = judged.iter().filter(|(.., whole)| *whole).map(|(label, ..)| (*label).to_owned()).collect();
    let mut outcome = Outcome::new(Status::Judged);
    let number = u32::try_from(whole.len()).unwrap_or(u32::MAX);
    if number >= relation.from && number <= relation.to {
        let at = judged.iter().find(|(.., whole)| *whole).unwrap_or(&judged[0]);
        outcome.faults.push(of_list(rule, at.1, at.2.document.path.to_string(), list_some(&whole, 5)));
    } else {
        outcome.cite(inventory, &first.document.path, first.first_line().line.max(1), kind, first.provenance);
    }
    outcome
}

/// Together, fields name every sub-clause that holds a requirement, or every member of a list.
pub(super) fn covers_all(inventory: &Inventory<'_>, rule: &Rule, relation: &CoversAll) -> Outcome {
    let with_field =
        |kind: &&String| inventory.holding(kind).records.iter().any(|record| is_sure(record) && record.filled(inventory, &relation.field).is_some());
    let first = relation.kinds.first().and_then(|kind| inventory.kind(kind)).filter(|kind| kind.demanded.is_some() && !inventory.has(&kind.id));
    if let Some(absent) = first {
        return nowhere(inventory, &absent.id);
    }
    let Some(kind) = relation.kinds.iter().find(with_field) else {
        return relation.kinds.first().map_or_else(|| Outcome::new(Status::NothingToJudge), |kind| nowhere(inventory, kind));
    };
    let newest = newest_together(inventory, kind, relation);
    let Some(first) = newest.first() else { return Outcome::new(Status::NothingToJudge) };
    let missing = missing_of(inventory, relation, &newest);
    let mut outcome = Outcome::new(Status::Judged);
    outcome.cite(inventory, &first.document.path, first.first_line().line.max(1), kind, first.provenance);
    if !missing.is_empty() {
        outcome.faults.push(of_list(rule, kind, first.document.path.to_string(), list_some(&missing, 12)));
    }
    outcome
}

/// The records of the newest document; where that covers less than half, those of the documents before it too, newest
/// first: a cycle may be planned in several parts.
fn newest_together<'all, 'run>(inventory: &'all Inventory<'run>, kind: &str, relation: &CoversAll) -> Vec<&'all RecordRef<'run>> {
    let day = |record: &RecordRef<'_>| record.kind.dated_by.as_deref().and_then(|field| record.day(inventory, field));
    let records: Vec<&RecordRef<'run>> = inventory.holding(kind).records.iter().filter(|record| is_sure(record)).collect();
    let mut documents: Vec<(Option<jiff::civil::Date>, String)> = Vec::new();
    for record in &records {
        let path = record.document.path.to_string();
        match documents.iter_mut().find(|(_, known)| *known == path) {
            Some((newest, _)) => *newest = (*newest).max(day(record)),
            None => documents.push((day(record), path)),
        }
    }
    documents.sort_by(|left, right| right.cmp(left));
    let wanted = wanted(inventory, relation).len();
    let mut taken: Vec<&RecordRef<'run>> = Vec::new();
    for (_, path) in documents {
        taken.extend(records.iter().filter(|record| record.document.path.to_string() == path));
        if missing_of(inventory, relation, &taken).len() * 2 < wanted {
            break;
        }
    }
    taken
}

fn wanted(inventory: &Inventory<'_>, relation: &CoversAll) -> Vec<String> {
    match &relation.of {
        Some(listed) => {
            let records = &inventory.holding(&listed.kind).records;
            records.iter().flat_map(|record| record.members(inventory, &listed.field)).map(|(value, _)| value).collect()
        }
        None => inventory.framework.clauses.iter().filter(|clause| !clause.requirements.is_empty()).map(|clause| clause.number.clone()).collect(),
    }
}

/// Who says what counts: for what was held its report, for what is planned the plan; and what was held without a plan.
fn saying<'all, 'run>(inventory: &'all Inventory<'run>, relation: &CoversAll, records: &[&'all RecordRef<'run>]) -> Vec<&'all RecordRef<'run>> {
    let Some(held) = relation.held.as_ref().filter(|held| records.iter().all(|record| record.kind.id != held.kind)) else { return records.to_vec() };
    let reports = Named::new(inventory, &held.kind, Some(&held.field), &NOTHING);
    let fills = |record: &&RecordRef<'_>| record.filled(inventory, &relation.field).is_some();
    let mut saying = Vec::new();
    for record in records {
        let mut own = reports.of(&own_names(inventory, record));
        own.retain(fills);
        if own.is_empty() { saying.push(*record) } else { saying.extend(own) }
    }
    let day = |record: &RecordRef<'_>| record.kind.dated_by.as_deref().and_then(|field| record.day(inventory, field));
    let since = records.iter().filter_map(|record| day(record)).min();
    let unplanned = |record: &&RecordRef<'_>| record.filled(inventory, &held.field).is_none() && day(record) >= since;
    saying.extend(inventory.holding(&held.kind).records.iter().filter(|record| is_sure(record)).filter(unplanned).filter(fills));
    saying
}

fn missing_of(inventory: &Inventory<'_>, relation: &CoversAll, records: &[&RecordRef<'_>]) -> Vec<String> {
    let said: Vec<String> =
        saying(inventory, relation, records).into_iter().flat_map(|record| record.members(inventory, &relation.field)).map(|(value, _)| value).collect();
    let wanted = wanted(inventory, relation);
    if relation.of.is_some() {
        let said: BTreeSet<String> = said.iter().map(|value| plain(value)).collect();
        let named = |member: &String| {
            let member = plain(member);
            said.iter()
                .any(|said| *said == member || said == "all" || said.starts_with("all processes") || format!(" {said} ").contains(&format!(" {member} ")))
        };
        return wanted.into_iter().filter(|member| !named(member)).collect();
    }
    let ranges: Vec<(ClauseNumber, ClauseNumber)> = said.iter().flat_map(|text| clause_ranges(text)).collect();
    let all = said.iter().any(|text| plain(text).starts_with("all"));
    let covered = |number: &String| {
        let Some(number) = ClauseNumber::parse(number) else { return true };
        all || ranges.iter().any(|(from, to)| from.contains(&number) || to.contains(&number) || (*from <= number && number <= *to))
    };
    wanted.into_iter().filter(|number| !covered(number)).collect()
}

/// "8.6", "4 to 10", "8.2.1-8.2.4", "clauses 9 and 10".
fn clause_ranges(text: &str) -> Vec<(ClauseNumber, ClauseNumber)> {
    let spaced = text.replace(['–', '—'], " - ").replace('-', " - ");
    let words: Vec<&str> = spaced.split(|character: char| character.is_whitespace() || "(),;".contains(character)).filter(|word| !word.is_empty()).collect();
    let number = |word: &str| ClauseNumber::parse(word.trim_end_matches('.'));
    let mut ranges = Vec::new();
    for (index, word) in words.iter().enumerate() {
        let Some(from) = number(word) else { continue };
        let joined = words.get(index + 1).is_some_and(|word| ["to", "-", "through", "until", "bis"].contains(word));
        let to = words.get(index + 2).filter(|_| joined).and_then(|word| number(word)).unwrap_or_else(|| from.clone());
        ranges.push((from, to));
    }
    ranges
}

/// A row that calls a clause not triggered is not refuted by the registers.
pub(super) fn not_triggered_holds(judge: &Judge<'_, '_>, relation: &NotTriggeredHolds) -> Outcome {
    let inventory = judge.inventory;
    judge.each(|record| {
        let Some(written) = record.text(inventory, &relation.clause) else { return Verdict::Nothing };
        let named = |clause: &str, id: &str| {
            id == written || ClauseNumber::parse(written).is_some_and(|number| ClauseNumber::parse(clause).is_some_and(|other| number.contains(&other)))
        };
        let conditions: Vec<&str> = inventory
            .framework
            .requirements()
            .filter(|(clause, requirement)| named(&clause.number, &requirement.id))
            .filter_map(|(_, requirement)| requirement.condition.as_ref()?.on.as_deref())
            .collect();
        // A clause that depends on nothing is always to be met.
        let unconditional = conditions.is_empty();
        let holding = conditions.iter().find(|on| of_condition(inventory, on) == Trigger::Holds);
        match holding {
            _ if unconditional => {
                Verdict::contradicts(relation.clause.as_str(), judge.broken(record, "it depends on nothing and is always asked for".to_owned()))
            }
            Some(on) => {
                let title = inventory.framework.circumstance(on).map_or((*on).to_owned(), |circumstance| circumstance.title.clone());
                Verdict::contradicts(relation.clause.as_str(), judge.broken(record, format!("the registers show that {title}")))
            }
            None => Verdict::Holds,
        }
    })
}

fn is_sure(record: &RecordRef<'_>) -> bool {
    record.provenance != Identified::Inferred
}

/// A fault of a list as a whole.
fn of_list(rule: &Rule, kind: &str, path: String, detail: String) -> Fault {
    let place = FindingPlace { path, line: 1, column: 1, end_line: 1, end_column: 1 };
    let fact = Fact::Broken { record: String::new(), fault: rule.fault.trim_end_matches('.').to_owned(), detail };
    Fault { contradicts: rule.contradicts.unwrap_or(false), ..Fault::new(Breach::Rule(rule.id.clone()), kind, "list", place, fact) }
}
