//! What can be referred to: ids and names of every kind.

use std::collections::{BTreeMap, BTreeSet};

use super::inventory::Inventory;
use super::records::says_none_text;
use crate::documents::ControlField;
use crate::vocabulary::plain;

/// Fields that name a thing beside its id.
const NAMES: [&str; 6] = ["name", "title", "party", "article", "asset", "process"];

/// Ids and names of what is there, by kind.
#[derive(Clone, Debug, Default)]
pub(super) struct ReferenceIndex {
    by_kind: BTreeMap<String, BTreeSet<String>>,
}

impl ReferenceIndex {
    pub(super) fn new(inventory: &Inventory<'_>) -> Self {
        let mut by_kind: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for (kind, holding) in &inventory.holdings {
            let names = by_kind.entry((*kind).to_owned()).or_default();
            for record in &holding.records {
                names.extend(record.own_id(inventory).map(|id| plain(&id)));
                names.extend(NAMES.iter().filter_map(|field| record.text(inventory, field)).map(plain));
            }
            for reference in &holding.documents {
                let control = &reference.document.control;
                names.extend([ControlField::Id, ControlField::Title].iter().filter_map(|field| control.get(*field)).map(|value| plain(&value.value)));
                names.insert(plain(&reference.document.path.stem()));
            }
        }
        Self { by_kind }
    }

    /// Whether a text names something of a kind (or a special case of it): exactly, or by an id at its beginning
    /// ("SVC-MAIL Business Email", "Corvid Telecom (WAN)").
    pub(super) fn knows(&self, inventory: &Inventory<'_>, kind: &str, text: &str) -> bool {
        self.named(inventory, kind, text).is_some()
    }

    /// The name under which a text is known.
    pub(super) fn named(&self, inventory: &Inventory<'_>, kind: &str, text: &str) -> Option<&str> {
        let kinds = self.by_kind.iter().filter(|(id, _)| inventory.framework.is_a(id, kind));
        let candidates = [plain(text), plain(text.split(['(', ':', '|']).next().unwrap_or_default()), plain(text.split_whitespace().next().unwrap_or_default())];
        for (_, names) in kinds {
            for candidate in candidates.iter().filter(|candidate| !candidate.is_empty()) {
                if let Some(name) = names.get(candidate) {
                    return Some(name);
                }
            }
        }
        None
    }
}

/// Whether two texts name the same thing of a kind.
pub(super) fn same_thing(left: &str, right: &str) -> bool {
    let head = |text: &str| plain(text.split_whitespace().next().unwrap_or_default());
    !says_none_text(left) && (plain(left) == plain(right) || (left.contains('-') && head(left) == head(right)))
}
