//! People who must not be the same.

use super::{Judge, Outcome, Verdict};
use crate::assessment::records::says_none_text;
use crate::assessment::wording::Fact;
use crate::vocabulary::plain;

/// The people of one field are not among those of others.
pub(super) fn someone_other_than(judge: &Judge<'_, '_>, field: &str, others: &[String]) -> Outcome {
    judge.each(|record| {
        let people = record.members(judge.inventory, field);
        let mut compared = false;
        for other in others {
            for (name, _) in record.members(judge.inventory, other) {
                compared = true;
                if let Some((person, _)) = people.iter().find(|(person, _)| same_person(person, &name)) {
                    return Verdict::contradicts(
                        field,
                        Fact::SamePerson {
                            record: record.id(judge.inventory),
                            person: person.clone(),
                            field: field.to_owned(),
                            other: other.clone(),
                            fault: judge.fault_words(),
                        },
                    );
                }
            }
        }
        if compared && !people.is_empty() { Verdict::Holds } else { Verdict::Nothing }
    })
}

/// "Jane Doe" and "Jane Doe (service desk)" are one person.
fn same_person(left: &str, right: &str) -> bool {
    let name = |text: &str| plain(text.split(['(', '<']).next().unwrap_or_default());
    !says_none_text(left) && !name(left).is_empty() && name(left) == name(right)
}
