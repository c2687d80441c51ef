//! Where a record stands among others: by the number in its id, or by its name beside theirs.

use super::inventory::Inventory;
use super::records::RecordRef;
use crate::framework::Form;
use crate::repository::RepoPath;

/// "INC-2026-0012" is number 12 of the sequence INC-2026-, four digits wide.
pub(super) fn numbered(id: &str) -> Option<(String, u64, usize)> {
    let digits = id.chars().rev().take_while(char::is_ascii_digit).count();
    let (prefix, number) = id.split_at(id.len() - digits);
    (digits > 0 && digits < 10 && prefix.chars().any(char::is_alphabetic)).then_some(())?;
    // A number that is a day or a month is no place in a sequence.
    Some((prefix.to_owned(), number.parse().ok()?, digits))
}

/// How faults speak of a sequence of ids.
pub(super) fn of(prefix: &str) -> String {
    format!("numbers {prefix}")
}

/// How faults speak of what comes after a record, or should.
pub(super) fn after(id: &str) -> String {
    format!("after {id}")
}

/// What a missing file would come after: the record beside it whose file is named in the same form and precedes it.
pub(super) fn before_file(inventory: &Inventory<'_>, missing: &RepoPath) -> Option<String> {
    let stem = missing.stem();
    let beside = |record: &&RecordRef<'_>| {
        let path = &record.document.path;
        std::ptr::eq(record.record, &record.document.head) && folder(path) == folder(missing) && precedes(&path.stem(), &stem)
    };
    records(inventory).filter(beside).max_by_key(|record| record.document.path.stem()).map(|record| after(&record.id(inventory)))
}

/// What a record with an unknown id would come after.
pub(super) fn before_id(inventory: &Inventory<'_>, kind: &str, id: &str) -> Option<String> {
    let ids = inventory.holding(kind).records.iter().filter(|record| record.kind.form == Form::Record).filter_map(|record| record.own_id(inventory));
    ids.filter(|other| precedes(other, id)).max().map(|before| after(&before))
}

fn records<'all, 'run>(inventory: &'all Inventory<'run>) -> impl Iterator<Item = &'all RecordRef<'run>> {
    inventory.holdings.values().flat_map(|holding| &holding.records).filter(|record| record.kind.form == Form::Record && record.kind.dated_by.is_some())
}

/// Whether a name is of the same form as another and comes before it: MR-2025-02 and MR-2026-01.
fn precedes(name: &str, other: &str) -> bool {
    let form = |text: &str| text.chars().map(|character| if character.is_ascii_digit() { '0' } else { character }).collect::<String>();
    name < other && form(name) == form(other) && form(name) != name
}

fn folder(path: &RepoPath) -> &[u8] {
    let bytes = path.as_bytes();
    &bytes[..bytes.len() - path.file_name().len()]
}
