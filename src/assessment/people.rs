//! Whether two names are one person.

use super::records::says_none_text;
use crate::vocabulary::plain;

/// "Jane Doe" and "Jane Doe (service desk)" are one person.
pub(super) fn same_person(left: &str, right: &str) -> bool {
    let name = |text: &str| plain(text.split(['(', '<']).next().unwrap_or_default());
    !says_none_text(left) && !name(left).is_empty() && name(left) == name(right)
}
