//! Relations over many records of one kind.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::Date;

use super::names::{Named, own_names};
use super::{Break, Judge, Outcome, Verdict};
use crate::assessment::inventory::Inventory;
use crate::assessment::records::RecordRef;
use crate::assessment::sequence;
use crate::framework::{Clustered, EachPart, Holds, NotAlike, Rule, TakenUp, Tests};
use crate::vocabulary::{Period, count, list_some, plain, read_date};
use crate::yaml::{Node, NodeKind};

/// Records that are alike in some fields do not come in clusters: one fault at the last of each cluster.
pub(super) fn clustered(judge: &Judge<'_, '_>, relation: &Clustered) -> Outcome {
    let inventory = judge.inventory;
    let number = relation.threshold.as_ref().map_or(relation.number, |name| inventory.threshold(name, relation.number)).max(2) as usize;
    let mut groups: BTreeMap<Vec<String>, Vec<(Date, String)>> = BTreeMap::new();
    let named = relation.unless_named_by.as_ref().map(|listed| Named::new(inventory, &listed.kind, Some(&listed.field), &Tests::default()));
    let is_named = |record: &RecordRef<'_>| named.as_ref().is_some_and(|named| !named.of(&own_names(inventory, record)).is_empty());
    let passes = |record: &&RecordRef<'_>| {
        !is_named(record) && record.passes(inventory, &relation.filter) && (relation.unless.0.is_empty() || !record.passes(inventory, &relation.unless))
    };
    for record in inventory.holding(&relation.kind).records.iter().filter(passes) {
        let alike: Option<Vec<String>> = relation.same.iter().map(|field| record.text(inventory, field).map(plain)).collect();
        if let (Some(alike), Some(day)) = (alike, record.day(inventory, &relation.date)) {
            groups.entry(alike).or_default().push((day, record.id(inventory)));
        }
    }
    // Of a long row of them only its end is reported: it is one matter.
    let mut at_end: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for members in groups.values_mut() {
        members.sort();
        let close =
            |start: usize| members.get(start + number - 1).is_some_and(|last| last.0 <= members[start].0.saturating_add(i64::from(relation.days).days()));
        if let Some(start) = (0..members.len()).rev().find(|start| close(*start)) {
            let cluster: Vec<String> = members[start..start + number].iter().map(|(_, id)| id.clone()).collect();
            at_end.insert(members[start + number - 1].1.clone(), cluster);
        }
    }
    judge.each(|record| match at_end.get(&record.id(inventory)) {
        None => Verdict::Holds,
        Some(cluster) => {
            let fields: Vec<String> = relation.same.iter().filter_map(|field| record.text(inventory, field)).map(str::to_owned).collect();
            let detail = format!("{} within {} days: {}; {}", number, relation.days, list_some(cluster, 6), fields.join(", "));
            Verdict::breaks(relation.same[0].as_str(), judge.broken(record, detail))
        }
    })
}

/// Records do not share the same times of day in all of some fields: one fault for each group that does.
pub(super) fn not_alike(judge: &Judge<'_, '_>, relation: &NotAlike) -> Outcome {
    let inventory = judge.inventory;
    // A day alone says little: many things happen on one day. A time of day has a colon.
    let times = |record: &RecordRef<'_>| -> Option<Vec<String>> {
        let time = |field: &String| record.text(inventory, field).filter(|text| text.contains(':')).map(str::to_owned);
        relation.fields.iter().map(time).collect()
    };
    let mut groups: BTreeMap<Vec<String>, Vec<String>> = BTreeMap::new();
    for record in inventory.holding(&relation.kind).records.iter().filter(|record| record.passes(inventory, &relation.filter)) {
        if let Some(times) = times(record) {
            groups.entry(times).or_default().push(record.id(inventory));
        }
    }
    judge.each(|record| {
        let Some(alike) = times(record).and_then(|times| groups.get(&times)) else { return Verdict::Nothing };
        if alike.len() < relation.number as usize {
            return Verdict::Holds;
        }
        if alike.first() != Some(&record.id(inventory)) {
            return Verdict::Nothing;
        }
        let detail = format!("{}: {}", count(alike.len(), "record", "records"), list_some(alike, 6));
        Verdict::breaks(relation.fields[0].as_str(), judge.broken(record, detail))
    })
}

/// What one record of a series decides, a later one takes up.
pub(super) fn taken_up(inventory: &Inventory<'_>, rule: &Rule, relation: &TakenUp) -> Outcome {
    let records = &inventory.holding(&relation.kind).records;
    let texts: Vec<(Option<Date>, String)> = records.iter().map(|record| (record.day(inventory, &relation.date), text_of(record))).collect();
    let none = Tests::default();
    let judge = Judge::new(inventory, rule, &relation.kind, &none, &none);
    judge.each(|record| {
        let (Some(day), Some(field)) = (record.day(inventory, &relation.date), record.filled(inventory, &relation.field)) else { return Verdict::Nothing };
        let later: Vec<&String> =
            texts.iter().filter(|(then, _)| then.is_some_and(|then| then > day && then <= inventory.as_of.0)).map(|(_, text)| text).collect();
        let ids = ids_in(&scalars(&field.value));
        if later.is_empty() || ids.is_empty() {
            return Verdict::Nothing;
        }
        // "All actions of MR-2025-02 are done" takes up each of them.
        let own = own_names(inventory, record);
        let as_a_whole = later.iter().any(|text| text.contains(" all actions ") && own.iter().any(|name| text.contains(&format!(" {name} "))));
        if as_a_whole {
            return Verdict::Holds;
        }
        let lost: Vec<String> = ids.into_iter().filter(|id| !later.iter().any(|text| text.contains(&format!(" {} ", plain(id))))).collect();
        if lost.is_empty() {
            return Verdict::Holds;
        }
        // What never came after it cannot have taken it up.
        let about = vec![sequence::after(&record.id(inventory))];
        Verdict::Breaks(Box::new(Break { about, ..Break::new(relation.field.as_str(), judge.broken(record, list_some(&lost, 5))) }))
    })
}

/// Each part of a field holds something.
pub(super) fn each_part(judge: &Judge<'_, '_>, relation: &EachPart) -> Outcome {
    let inventory = judge.inventory;
    let mut known: Vec<String> = Vec::new();
    for kind in ["role-register", "role-description"] {
        for record in &inventory.holding(kind).records {
            known.extend(["role", "title", "holder", "person"].iter().filter_map(|field| record.text(inventory, field)).map(plain));
        }
    }
    judge.each(|record| {
        let Some(field) = record.filled(inventory, &relation.field) else { return Verdict::Nothing };
        let listed = record.document.lists.iter().find(|(key, _)| *key == field.key && field.value.as_text() == Some("(list)"));
        let parts = match listed {
            Some((_, entries)) => entries.iter().map(|entry| entry.fields.iter().map(|field| scalars(&field.value)).collect::<Vec<_>>().join("; ")).collect(),
            None => parts_of(&field.value),
        };
        let (mut details, mut about) = (Vec::new(), Vec::new());
        for part in parts {
            let lacking = relation.holds.iter().find(|holds| match holds {
                Holds::Date => !holds_date(&part),
                Holds::Person => !names_somebody(&part, &known),
            });
            if let Some(lacking) = lacking {
                details.push(format!("no {} in \"{}\"", lacking.words(), crate::vocabulary::shortened(part.trim(), 60)));
                about.extend(parts_named(&record.document.path.to_string(), &part));
            }
        }
        if details.is_empty() {
            return Verdict::Holds;
        }
        Verdict::Breaks(Box::new(Break { about, ..Break::new(relation.field.as_str(), judge.broken(record, list_some(&details, 3))) }))
    })
}

fn scalars(value: &Node) -> String {
    let mut scalars = Vec::new();
    value.scalars(&mut scalars);
    scalars.iter().map(|(text, _)| *text).collect::<Vec<_>>().join("; ")
}

/// All that a record says, in plain words between blanks.
fn text_of(record: &RecordRef<'_>) -> String {
    let mut text: Vec<String> = record.record.fields.iter().map(|field| plain(&scalars(&field.value))).collect();
    if std::ptr::eq(record.record, &record.document.head) {
        text.extend(record.document.passages.iter().map(|passage| plain(&passage.text)));
    }
    format!(" {} ", text.join(" "))
}

/// Ids such as `MRA-2026-07` in a text.
fn ids_in(text: &str) -> Vec<String> {
    let is_id = |word: &&str| {
        let letters = word.chars().take_while(char::is_ascii_uppercase).count();
        letters >= 2 && word.contains('-') && word.ends_with(|last: char| last.is_ascii_digit())
    };
    text.split(|character: char| !(character.is_alphanumeric() || character == '-')).filter(is_id).map(str::to_owned).collect()
}

/// What a part of a record goes by: the ids in it, else all that it says.
pub(super) fn parts_named(path: &str, part: &str) -> Vec<String> {
    let ids = ids_in(part);
    let names = if ids.is_empty() { vec![plain(part)] } else { ids };
    names.into_iter().map(|name| format!("{path} {name}")).collect()
}

/// Members of a list, or what stands between semicolons and line ends.
fn parts_of(value: &Node) -> Vec<String> {
    match &value.kind {
        NodeKind::List(items) => items.iter().map(scalars).collect(),
        _ => scalars(value).split([';', '\n']).map(str::to_owned).filter(|part| part.split_whitespace().count() > 1).collect(),
    }
}

/// A day, a month with its year, a quarter.
fn holds_date(part: &str) -> bool {
    let words: Vec<&str> = part.split(|character: char| character.is_whitespace() || ",()".contains(character)).filter(|word| !word.is_empty()).collect();
    (1..=3).any(|length| {
        words
            .windows(length)
            .map(|window| window.join(" "))
            .any(|text| read_date(&text).day().is_some() || (text.len() > 4 && text.contains("20") && Period::parse(&text).is_some()))
    })
}

/// Two capitalised words in a row, or a post that the roles know.
fn names_somebody(part: &str, known: &[String]) -> bool {
    let capital = |word: &str| word.chars().next().is_some_and(char::is_uppercase) && word.chars().nth(1).is_some_and(char::is_lowercase);
    let words: Vec<&str> = part.split(|character: char| !(character.is_alphanumeric() || "-'’.".contains(character))).filter(|word| !word.is_empty()).collect();
    let text = format!(" {} ", plain(part));
    words.windows(2).any(|pair| capital(pair[0]) && capital(pair[1])) || known.iter().any(|post| !post.is_empty() && text.contains(&format!(" {post} ")))
}
