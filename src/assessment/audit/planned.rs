//! Days ahead that the documents themselves name: audits of the programme, reviews by top management, certification.

use jiff::civil::Date;
use rayon::prelude::*;

use super::reports::planned_audits;
use crate::assessment::inventory::Inventory;
use crate::documents::{ControlField, Document, Format};
use crate::framework::{DaysAhead, Event};
use crate::vocabulary::{read_date, shortened};

/// A day ahead, and what is to happen on it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PlannedDay {
    /// The day.
    pub day: Date,
    /// What.
    pub event: Event,
    /// More on it, in the words of the register; often nothing.
    pub about: String,
    /// Where it stands.
    pub path: String,
    /// Line.
    pub line: u32,
}

impl PlannedDay {
    /// Whether it is the day of a first stage.
    pub fn is_stage_1(&self) -> bool {
        self.event == Event::Stage1
    }
}

/// How far behind the name of the event its day may stand, in words.
const REACH: usize = 9;

/// Every such day after the day of the assessment, in order; each event of a day once.
pub(super) fn planned_days(inventory: &Inventory<'_>) -> Vec<PlannedDay> {
    let mut days = programme(inventory);
    let spoken: Vec<&DaysAhead> = inventory.framework.languages.values().map(|language| &language.words.days_ahead).collect();
    let said = inventory.identified.par_iter().filter(|one| one.not_evidence().is_none()).map(|one| one.document);
    let told_in = |document: &Document| -> Vec<PlannedDay> {
        let sentences = document
            .passages
            .iter()
            .flat_map(|passage| passage.text.split([';', '\n']).flat_map(|part| part.split(". ")).map(|sentence| (sentence, passage.line)));
        sentences.filter_map(|(sentence, line)| told(&spoken, document, sentence, line)).collect()
    };
    let in_text = said.filter(|document| document.format == Format::Markdown && !document.is_withdrawn()).flat_map_iter(told_in);
    days.extend(in_text.collect::<Vec<_>>());
    days.retain(|planned| planned.day > inventory.as_of.0);
    days.sort();
    days.dedup_by(|later, first| (later.day, later.event) == (first.day, first.event));
    days
}

fn programme(inventory: &Inventory<'_>) -> Vec<PlannedDay> {
    planned_audits(inventory)
        .into_iter()
        .map(|(day, entry)| PlannedDay {
            day,
            event: Event::InternalAudit,
            about: entry.text(inventory, "scope").map(|scope| shortened(scope, 48)).unwrap_or_default(),
            path: entry.document.path.to_string(),
            line: entry.place(inventory, "date").line,
        })
        .collect()
}

/// The event and the day of a sentence such as "stage 1 of the certification on 17 November".
fn told(spoken: &[&DaysAhead], document: &Document, sentence: &str, line: u32) -> Option<PlannedDay> {
    // Most sentences tell of no day.
    if !sentence.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let words: Vec<&str> = sentence.split_whitespace().collect();
    let bare = |word: &str| word.trim_matches(|character: char| !character.is_alphanumeric()).to_lowercase();
    let plain: Vec<String> = words.iter().map(|word| bare(word)).collect();
    for (language, event, name) in
        spoken.iter().flat_map(|one| one.events.iter().flat_map(move |(event, names)| names.iter().map(move |name| (one, event, name))))
    {
        let parts: Vec<&str> = name.split(' ').collect();
        let Some(at) = plain.windows(parts.len()).position(|window| window.iter().zip(&parts).all(|(word, part)| word == part)) else { continue };
        let led_by = at.checked_sub(1).and_then(|before| plain.get(before)).map(String::as_str).unwrap_or_default();
        if language.of_another.iter().any(|word| word == led_by) {
            continue;
        }
        let from = at + parts.len();
        let is_on = |word: &&str| language.on.iter().any(|on| *on == word.to_lowercase());
        let on = (from..words.len().min(from + REACH)).find(|index| words.get(*index).is_some_and(is_on));
        if let Some(day) = on.and_then(|on| day_at(document, words.get(on + 1..)?)) {
            return Some(PlannedDay { day, event: *event, about: String::new(), path: document.path.to_string(), line });
        }
    }
    None
}

/// The day with which words begin. One without a year is the next of its kind after the day of the document.
fn day_at(document: &Document, words: &[&str]) -> Option<Date> {
    let joined = |number: usize| words.get(..number).map(|words| words.join(" ").trim_end_matches(['.', ',', ';', ':', ')']).replace(',', ""));
    let whole = [3, 1].into_iter().filter_map(joined).find_map(|text| read_date(&text).day());
    whole.or_else(|| {
        let without_year = joined(2)?;
        let written = written_on(document)?;
        [written.year(), written.year() + 1].into_iter().filter_map(|year| read_date(&format!("{without_year} {year}")).day()).find(|day| *day >= written)
    })
}

fn written_on(document: &Document) -> Option<Date> {
    let head = ["date", "held_on"].iter().find_map(|key| read_date(document.head.field(key)?.value.as_text()?).day());
    head.or_else(|| document.control.get(ControlField::ApprovedOn).and_then(|value| read_date(&value.value).day()))
}
