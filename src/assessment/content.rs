//! Checks of what documents hold as such: secrets, an edition that is no more, numbers missing in a sequence.

use std::collections::BTreeMap;

use super::inventory::Inventory;
use super::outcome::{Breach, Confidence, Fault, Identified};
use super::records::{RecordRef, place_in};
use super::sequence;
use super::verify::{name_of, subject_of};
use super::wording::Fact;
use crate::documents::{Document, Format};
use crate::framework::{BuiltIn, Form};
use crate::vocabulary::{Place, count, list_some, plain, slug};

/// Every fault of this sort.
pub(super) fn faults(inventory: &Inventory<'_>) -> Vec<Fault> {
    let mut faults = Vec::new();
    for identity in inventory.identified.iter().filter(|identity| !identity.refused) {
        secrets(identity.document, &mut faults);
    }
    for (document, kinds) in inventory.controlled_documents() {
        if kinds.iter().any(|kind| CLAIMING.contains(&kind.id.as_str())) {
            faults.extend(superseded_edition(document));
        }
    }
    faults.extend(without_amendment(inventory));
    gaps(inventory, &mut faults);
    faults
}

fn fault(check: BuiltIn, document: &Document, at: Place, target: String, said: (&str, String)) -> Fault {
    let fact = Fact::Broken { record: name_of(document), fault: said.0.to_owned(), detail: said.1 };
    Fault::new(Breach::Check(check), subject_of(document), target, place_in(document, at), fact)
}

/// A secret is told by its sort and line, never by its text.
fn secrets(document: &Document, faults: &mut Vec<Fault>) {
    for secret in &document.secrets {
        let detail = format!("line {}", secret.at.line);
        let mut found = fault(
            BuiltIn::SecretInText,
            document,
            secret.at,
            format!("{} {}", secret.value, secret.at.line),
            ("it seems to hold a secret or personal data", format!("{}, {detail}", secret.value)),
        );
        found.confidence = Confidence::Medium;
        faults.push(found);
    }
}

/// Kinds by which an organization says by which edition it works.
const CLAIMING: [&str; 5] = ["scope-statement", "service-management-policy", "service-management-plan", "audit-programme", "internal-audit-report"];

/// A document that claims an edition of the standard which has been replaced.
fn superseded_edition(document: &Document) -> Option<Fault> {
    const OLD: [&str; 2] = ["20000 1 2011", "20000 1 2005"];
    const PAST: [&str; 12] =
        ["former", "formerly", "previous", "previously", "replaced", "replaces", "withdrawn", "superseded", "transition", "until", "earlier", "old"];
    let mut head = Vec::new();
    document.head.fields.iter().for_each(|field| field.value.scalars(&mut head));
    let history: Vec<u32> = document
        .tables
        .iter()
        .filter(|table| table.is_history())
        .flat_map(|table| table.rows.iter().filter_map(|row| row.first()).map(|cell| cell.at.line))
        .collect();
    let passages = document.passages.iter().filter(|passage| !history.contains(&passage.line));
    let texts = head.iter().map(|(text, at)| (*text, *at)).chain(passages.map(|passage| (passage.text.as_str(), Place::line(passage.line))));
    let mut claims = texts.filter(|(text, _)| {
        let text = plain(text);
        OLD.iter().any(|old| text.contains(old)) && !text.split(' ').any(|word| PAST.contains(&word))
    });
    let (text, at) = claims.next()?;
    let detail = crate::vocabulary::shortened(text.trim(), 100);
    Some(fault(BuiltIn::SupersededEdition, document, at, "edition".to_owned(), ("it claims an edition of the standard that has been replaced", detail)))
}

/// The edition of 2018 is named, and nowhere its amendment of 2024: one fault, where the edition is named first.
fn without_amendment(inventory: &Inventory<'_>) -> Option<Fault> {
    const EDITION: &str = "20000 1 2018";
    const AMENDMENT: [&str; 6] = ["amendment 1", "amd 1", "amd1", "amd 1 2024", "a1 2024", "amendment of 2024"];
    // Registers often keep the title and the edition apart.
    const YEARS: [&str; 3] = ["20000", "2018", "2024"];
    const HINTS: [&str; 5] = ["20000", "mendment", "md", "MD", "A1"];
    let mut claim = None;
    for (document, kinds) in inventory.controlled_documents() {
        let mut texts = Vec::new();
        document.head.fields.iter().for_each(|field| field.value.scalars(&mut texts));
        document.lists.iter().flat_map(|(_, records)| records).flat_map(|record| &record.fields).for_each(|field| field.value.scalars(&mut texts));
        let passages = document.passages.iter().map(|passage| (passage.text.as_str(), Place::line(passage.line)));
        let cells = document.tables.iter().flat_map(|table| table.rows.iter().flatten()).map(|cell| (cell.value.as_str(), cell.at));
        for (text, at) in texts.into_iter().chain(passages).chain(cells) {
            if !HINTS.iter().any(|hint| text.contains(hint)) {
                continue;
            }
            let said = format!(" {} ", plain(text));
            if YEARS.iter().any(|year| said.contains(year)) && AMENDMENT.iter().any(|amendment| said.contains(&format!(" {amendment} "))) {
                return None;
            }
            let is_claim = said.contains(EDITION) && kinds.iter().any(|kind| CLAIMING.contains(&kind.id.as_str()));
            if claim.is_none() && is_claim {
                claim = Some((document, at));
            }
        }
    }
    let (document, at) = claim?;
    let said = ("it names the edition of 2018, and nothing here speaks of its amendment 1 of 2024", "ISO/IEC 20000-1:2018".to_owned());
    Some(Fault { confidence: Confidence::Medium, ..fault(BuiltIn::EditionWithoutAmendment, document, at, "amendment".to_owned(), said) })
}

/// Numbers missing in otherwise dense sequences of ids: one fault for each sequence.
fn gaps(inventory: &Inventory<'_>, faults: &mut Vec<Fault>) {
    for (kind, holding) in &inventory.holdings {
        if inventory.kind(kind).is_none_or(|kind| kind.form != Form::Record) || inventory.has_unread(kind) {
            continue;
        }
        let mut sequences: BTreeMap<(String, usize), BTreeMap<u64, &RecordRef<'_>>> = BTreeMap::new();
        for record in holding.records.iter().filter(|record| record.provenance != Identified::Inferred) {
            if let Some((prefix, number, width)) = record.text(inventory, "id").and_then(sequence::numbered) {
                sequences.entry((prefix, width)).or_default().insert(number, record);
            }
        }
        for ((prefix, width), records) in sequences {
            faults.extend(gap(inventory, &prefix, width, &records));
        }
    }
}

fn gap(inventory: &Inventory<'_>, prefix: &str, width: usize, records: &BTreeMap<u64, &RecordRef<'_>>) -> Option<Fault> {
    const FEWEST: usize = 6;
    /// A number that was skipped for the newest ones is no trace of anything.
    const AFTER: usize = 3;
    /// Sequences that are shared with other things, or given by chance, have many holes.
    const MOST_IN_A_HUNDRED: u64 = 10;
    let (first, last) = (*records.keys().next()?, *records.keys().next_back()?);
    let present = records.len() as u64;
    let span = last - first + 1;
    let holes = span - present;
    if records.len() < FEWEST || holes == 0 || holes > 1.max(span * MOST_IN_A_HUNDRED / 100) {
        return None;
    }
    let missing: Vec<String> = (first..=last).filter(|number| !records.contains_key(number)).map(|number| format!("{prefix}{number:0width$}")).collect();
    if records.range((first..=last).find(|number| !records.contains_key(number))?..).count() < AFTER {
        return None;
    }
    let (after_number, after) = records.range((first..=last).find(|number| !records.contains_key(number))?..).next()?;
    let fact = Fact::Broken {
        record: after.kind.title.clone(),
        fault: format!("{} missing in the sequence", if missing.len() == 1 { "a number is" } else { "numbers are" }),
        detail: format!("{}; {}", list_some(&missing, 8), count(records.len(), "record", "records")),
    };
    let place = after.place(inventory, "id");
    let names = missing.iter().map(|id| slug(id)).collect();
    let is_export = after.document.format == Format::Csv;
    let confidence = if is_export { Confidence::Low } else { Confidence::Medium };
    // One number that is missing may have been given to another record by mistake.
    let mut about = Vec::new();
    if missing.len() == 1 {
        about.push(sequence::of(prefix));
        about.extend(records.range(..*after_number).next_back().map(|(_, before)| sequence::after(&before.id(inventory))));
    }
    Some(Fault { confidence, missing: names, about, ..Fault::new(Breach::Check(BuiltIn::IdGap), prefix, missing.join(" "), place, fact) })
}
