//! What registers say of documents.

use std::collections::HashMap;

use super::{Judge, Outcome, Verdict};
use crate::assessment::wording::field_words;
use crate::documents::{ControlField, Document};
use crate::framework::DescribesDocuments;
use crate::vocabulary::{plain, read_date};

/// What a register says of documents is what they say themselves.
pub(super) fn describes_documents(judge: &Judge<'_, '_>, relation: &DescribesDocuments) -> Outcome {
    let inventory = judge.inventory;
    let in_force = inventory.controlled_documents().map(|(document, _)| document).filter(|document| !document.is_withdrawn());
    // An id that two documents bear names neither; that is told there.
    let mut by_id: HashMap<String, Option<&Document>> = HashMap::new();
    for (id, document) in in_force.filter_map(|document| Some((plain(&document.control.get(ControlField::Id)?.value), document))) {
        by_id.entry(id).and_modify(|known| *known = None).or_insert(Some(document));
    }
    let approved = |document: &Document| document.control.get(ControlField::ApprovedOn).and_then(|value| read_date(&value.value).day());
    judge.each(|record| {
        let named = record.text(inventory, &relation.key).and_then(|id| by_id.get(&plain(id)).copied().flatten());
        let Some(document) = named else { return Verdict::Nothing };
        // A register that is older than the document could not know it.
        if approved(record.document).zip(approved(document)).is_none_or(|(register, own)| register < own) {
            return Verdict::Nothing;
        }
        for name in &relation.compare {
            let (Some(field), Some(listed)) = (ControlField::from_name(name), record.text(inventory, name)) else { continue };
            let Some(own) = document.control.get(field).filter(|own| !field.same(listed, &own.value)) else { continue };
            // What a document says of itself in two ways is told there.
            if document.control.disagreements().iter().any(|(other, ..)| *other == field) {
                continue;
            }
            let detail = format!("{} \"{listed}\" here, \"{}\" in {}:{}", field_words(name), own.value, document.path, own.at.line);
            return Verdict::breaks(name.as_str(), judge.broken(record, detail));
        }
        Verdict::Holds
    })
}
