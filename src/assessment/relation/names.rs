//! Who names whom: records of a kind under the names by which others know them.

use std::collections::{BTreeSet, HashMap};

use crate::assessment::inventory::Inventory;
use crate::assessment::records::RecordRef;
use crate::framework::Tests;
use crate::vocabulary::plain;

/// Records of one kind by name, built once for a rule, so that relations stay linear.
pub(super) struct Named<'all, 'run> {
    records: Vec<&'all RecordRef<'run>>,
    by_name: HashMap<String, Vec<usize>>,
}

impl<'all, 'run> Named<'all, 'run> {
    /// Records under what a field of theirs names; under their own id and name where no field is given.
    pub(super) fn new(inventory: &'all Inventory<'run>, kind: &str, by: Option<&str>, tests: &Tests) -> Self {
        let records: Vec<&RecordRef<'run>> = inventory.holding(kind).records.iter().filter(|record| record.passes(inventory, tests)).collect();
        let mut by_name: HashMap<String, Vec<usize>> = HashMap::new();
        for (index, record) in records.iter().enumerate() {
            let names = match by {
                Some(field) => record.members(inventory, field).into_iter().flat_map(|(value, _)| forms(&value)).collect::<BTreeSet<String>>(),
                None => own_names(inventory, record),
            };
            for name in names.into_iter().filter(|name| !name.is_empty()) {
                by_name.entry(name).or_default().push(index);
            }
        }
        Self { records, by_name }
    }

    /// The records that go by one of some names, in their order.
    pub(super) fn of(&self, names: &BTreeSet<String>) -> Vec<&'all RecordRef<'run>> {
        let found: BTreeSet<usize> = names.iter().filter_map(|name| self.by_name.get(name)).flatten().copied().collect();
        found.into_iter().map(|index| self.records[index]).collect()
    }
}

/// The names of a record itself.
pub(super) fn own_names(inventory: &Inventory<'_>, record: &RecordRef<'_>) -> BTreeSet<String> {
    let names = ["name", "party", "title"].iter().filter_map(|field| record.text(inventory, field)).map(plain);
    names.chain(record.own_id(inventory).map(|id| plain(&id))).filter(|name| !name.is_empty()).collect()
}

/// The names that a field of a record holds; those of the record itself where no field is given.
pub(super) fn names_in(inventory: &Inventory<'_>, record: &RecordRef<'_>, key: Option<&str>) -> BTreeSet<String> {
    match key {
        Some(key) => record.members(inventory, key).into_iter().flat_map(|(value, _)| forms(&value)).filter(|name| !name.is_empty()).collect(),
        None => own_names(inventory, record),
    }
}

/// "SVC-MAIL Business Email (live)" names SVC-MAIL, and so on.
fn forms(value: &str) -> Vec<String> {
    vec![plain(value), plain(value.split_whitespace().next().unwrap_or_default()), plain(value.split('(').next().unwrap_or_default())]
}
