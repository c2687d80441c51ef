//! What a row still needs, by what its status has to be backed with. Where a rule of the map has found it, its finding
//! stands in the row already.

use super::rows::SubClause;
use super::said::{Answer, Basis, Remark, ResponsibilityStatus, Said};
use crate::assessment::inventory::Inventory;
use crate::vocabulary::plain;

/// The circumstance whose absence is rare.
const EXTERNAL_SUPPLIERS: &str = "external-suppliers";

/// Words of an entry that something is bought from outside.
const BOUGHT: [&str; 10] = ["licence", "license", "licences", "licenses", "subscription", "cloud", "saas", "iaas", "paas", "leased"];

/// Registers in which such an entry would stand.
const WHERE_BOUGHT: [&str; 2] = ["asset-register", "configuration-item-register"];

pub(super) fn warn(inventory: &Inventory<'_>, row: &mut SubClause) {
    if row.status.answer != Answer::Stated {
        return;
    }
    match row.status.status {
        Some(ResponsibilityStatus::PerformedWithOthers | ResponsibilityStatus::PerformedByOthers) => backing(row),
        Some(ResponsibilityStatus::NotTriggered) => {
            if row.condition.period_from.is_none() {
                row.remarks.push(Remark::plain("from which day on it was looked at is to be stated; not-triggered holds for a period and lapses with it"));
            }
            if depends_on(inventory, row, EXTERNAL_SUPPLIERS) {
                row.remarks.extend(bought(inventory).iter().map(|said| {
                    Remark::at(
                        format!("\u{201c}{}\u{201d} seems to come from outside; an organization with no external supplier at all is rare", said.value),
                        said,
                    )
                }));
            }
        }
        _ => {}
    }
}

/// What others do has to lead to the party and a person who answers for it. What the party lacks, agreement and record of
/// control, stands with the party and is cited in the row already.
fn backing(row: &mut SubClause) {
    let missing = [
        (row.other_parties.is_empty(), "which other party takes part is to be stated"),
        (row.accountable.is_empty(), "who of the organization answers for it is to be stated"),
        (
            row.status.status == Some(ResponsibilityStatus::PerformedByOthers) && row.items.len() > 1,
            "wholly performed by another party is a statement on single requirements; state for each of them who performs it",
        ),
    ];
    row.remarks.extend(missing.into_iter().filter(|(is_missing, _)| *is_missing).map(|(_, words)| Remark::plain(words)));
}

fn depends_on(inventory: &Inventory<'_>, row: &SubClause, circumstance: &str) -> bool {
    let clause = inventory.framework.clauses.iter().find(|clause| clause.number == row.clause);
    clause.is_some_and(|clause| {
        clause.requirements.iter().any(|item| item.condition.as_ref().and_then(|condition| condition.on.as_deref()) == Some(circumstance))
    })
}

/// The first entry of a register that seems to be bought from outside.
fn bought(inventory: &Inventory<'_>) -> Option<Said> {
    WHERE_BOUGHT.iter().flat_map(|kind| &inventory.holding(kind).records).find_map(|record| {
        let mut scalars = Vec::new();
        record.record.fields.iter().for_each(|field| field.value.scalars(&mut scalars));
        let is_bought = |text: &str| plain(text).split(' ').any(|word| BOUGHT.contains(&word));
        scalars.iter().any(|(text, _)| is_bought(text)).then(|| {
            let place = record.place(inventory, "id");
            Said::at(record.id(inventory), Basis::Register, place.path, place.line)
        })
    })
}
