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
    /// Names of each kind, special cases of it included.
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
        let joined = |wanted: &String| by_kind.iter().filter(|(id, _)| inventory.framework.is_a(id, wanted)).flat_map(|(_, names)| names.clone()).collect();
        Self { by_kind: inventory.framework.kinds.keys().map(|kind| (kind.clone(), joined(kind))).collect() }
    }

    /// Whether a text names something of a kind (or a special case of it): exactly, or by an id at its beginning
    /// ("SVC-MAIL Business Email", "Corvid Telecom (WAN)").
    pub(super) fn knows(&self, kind: &str, text: &str) -> bool {
        let Some(names) = self.by_kind.get(kind).filter(|names| !names.is_empty()) else { return false };
        let known = |part: &str| names.contains(&plain(part));
        known(text)
            || text.split_whitespace().next().is_some_and(|first| first.len() < text.len() && known(first))
            || text.split(['(', ':', '|']).next().is_some_and(|head| head.len() < text.len() && known(head))
    }
}

/// Whether a path is the place that a register names, from whichever folder it does so.
pub(super) fn lies_at(path: &str, place: &str) -> bool {
    let place = place.trim().trim_start_matches("./").trim_start_matches('/');
    !place.is_empty() && path.strip_suffix(place).is_some_and(|above| above.is_empty() || above.ends_with('/'))
}

/// Whether two texts name the same thing of a kind.
pub(super) fn same_thing(left: &str, right: &str) -> bool {
    let head = |text: &str| plain(text.split_whitespace().next().unwrap_or_default());
    !says_none_text(left) && (plain(left) == plain(right) || (left.contains('-') && head(left) == head(right)))
}
