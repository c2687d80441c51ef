//! Parties that registers other than that of the parties name as who does a part: a control that a supplier keeps.

use super::evidence::RestingDocument;
use super::parties::Party;
use super::registers::sure;
use super::said::{Basis, Remark, Said};
use crate::assessment::inventory::Inventory;
use crate::assessment::records::RecordRef;
use crate::framework::{DocumentedInformation, FieldType, Form};
use crate::vocabulary::{list_some, plain};

/// What one register gives to one party.
#[derive(Clone, Debug)]
pub(super) struct Listed {
    /// The party's id.
    pub(super) party: String,
    /// The ids of the entries that name it, with the place of the first.
    pub(super) parts: Said,
}

/// The register of the parties, which says more of them, and what is read by itself.
const READ_ELSEWHERE: [&str; 2] = ["other-party-register", super::stated::KIND];

/// The most entries that are named for one party.
const ENTRIES: usize = 6;

/// Parties named by the registers among the documents that a sub-clause rests on.
pub(super) fn listed(inventory: &Inventory<'_>, documents: &[RestingDocument], parties: &[Party]) -> Vec<Listed> {
    let mut kinds: Vec<&str> = documents.iter().filter(|document| document.confirmed).map(|document| document.documented_information.as_str()).collect();
    kinds.sort_unstable();
    kinds.dedup();
    kinds.retain(|kind| !READ_ELSEWHERE.contains(kind));
    let kinds = kinds.into_iter().filter_map(|kind| inventory.kind(kind)).filter(|kind| kind.form == Form::Register);
    kinds.flat_map(|kind| parties.iter().filter_map(move |party| of_party(inventory, kind, party))).collect()
}

fn of_party(inventory: &Inventory<'_>, kind: &DocumentedInformation, party: &Party) -> Option<Listed> {
    let is_reference = |kind: FieldType| matches!(kind, FieldType::Reference | FieldType::References);
    let fields = kind.fields.iter().filter(|field| is_reference(field.kind) && field.of.as_deref() == Some("other-party-register"));
    let fields: Vec<&str> = fields.map(|field| field.name.as_str()).collect();
    let named_in = |record: &&RecordRef<'_>| fields.iter().find(|field| record.members(inventory, field).iter().any(|(text, _)| party.is_named_in(text)));
    let entries = sure(inventory, &kind.id).filter(|record| is_done(inventory, record));
    let entries: Vec<(&RecordRef<'_>, &str)> = entries.filter_map(|record| Some((record, *named_in(&record)?))).collect();
    let (first, field) = entries.first()?;
    let place = first.place(inventory, field);
    let ids: Vec<String> = entries.iter().map(|(record, _)| record.id(inventory)).collect();
    let parts = Said::at(list_some(&ids, ENTRIES), Basis::Register, place.path, place.line);
    Some(Listed { party: party.id.clone(), parts })
}

/// Whether an entry is in force: who would do what was refused, or is only planned, does nothing yet.
fn is_done(inventory: &Inventory<'_>, record: &RecordRef<'_>) -> bool {
    const NOT_DONE: [&str; 10] = ["planned", "proposed", "declined", "refused", "rejected", "retired", "withdrawn", "removed", "ended", "not"];
    let begins = |text: &str| NOT_DONE.contains(&plain(text).split(' ').next().unwrap_or_default());
    !["status", "decision"].iter().filter_map(|field| record.text(inventory, field)).any(begins)
}

/// That a party is named tells not yet what it does.
pub(super) fn remark(one: &Listed) -> Remark {
    let words = format!("the register names {} in {}; say whether it does a part of that or is only concerned", one.party, one.parts.value);
    Remark::at(words, &one.parts)
}
