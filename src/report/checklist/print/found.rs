//! Findings in print: told in words once, and by a number everywhere else.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::super::view::{AuditChecklist, FoundSoFar, Row, RowSort};
use super::places::Places;

/// Digits of a number, unless two findings would share it.
const DIGITS: usize = 5;

/// A finding at a row.
#[derive(Serialize)]
pub(super) struct Told<'view> {
    number: &'view str,
    grade: Option<&'view str>,
    /// What is wrong, at the row that tells it.
    message: Option<String>,
    place: Option<String>,
    /// The row that tells it, at the others.
    see: Option<&'view str>,
}

/// A finding in the list of open ones.
#[derive(Serialize)]
pub(super) struct Open<'view> {
    number: &'view str,
    grade: Option<&'view str>,
    /// What is wrong: the rule's name in words; in full where no row tells it.
    what: String,
    /// The row that tells it.
    see: Option<&'view str>,
    requirements: &'view str,
    place: String,
}

/// Where each finding is told, and the length of its number.
pub(super) struct Findings<'view> {
    homes: BTreeMap<&'view str, &'view str>,
    digits: usize,
    places: Places<'view>,
}

impl<'view> Findings<'view> {
    pub(super) fn new(view: &'view AuditChecklist, places: Places<'view>) -> Self {
        let mut homes: BTreeMap<&str, &str> = BTreeMap::new();
        let mut settle = |row: &'view Row| row.findings.iter().for_each(|finding| _ = homes.entry(&finding.fingerprint).or_insert(&row.id));
        view.rows().filter(|row| row.sort == RowSort::Requirement).for_each(&mut settle);
        view.rows().for_each(&mut settle);
        let all: BTreeSet<&str> = homes.keys().copied().chain(view.open_findings.iter().map(|finding| finding.fingerprint.as_str())).collect();
        let tells_apart = |digits: &usize| all.iter().map(|fingerprint| shortened(fingerprint, *digits)).collect::<BTreeSet<_>>().len() == all.len();
        Self { digits: (DIGITS..64).find(tells_apart).unwrap_or(64), homes, places }
    }

    /// A finding at a row.
    pub(super) fn told(&self, finding: &'view FoundSoFar, row: &str) -> Told<'view> {
        let see = self.homes.get(finding.fingerprint.as_str()).copied().filter(|home| *home != row);
        Told {
            number: shortened(&finding.fingerprint, self.digits),
            grade: finding.grade.as_deref(),
            message: see.is_none().then(|| self.places.shortened(&finding.message)),
            place: (see.is_none() && !finding.place.is_empty()).then(|| self.places.short(&finding.place).to_owned()),
            see,
        }
    }

    /// A finding in the list of open ones.
    pub(super) fn open(&self, finding: &'view FoundSoFar) -> Open<'view> {
        let see = self.homes.get(finding.fingerprint.as_str()).copied();
        Open {
            number: shortened(&finding.fingerprint, self.digits),
            grade: finding.grade.as_deref(),
            what: if see.is_some() { finding.rule.replace('-', " ") } else { self.places.shortened(&finding.message) },
            see,
            requirements: &finding.requirements,
            place: self.places.short(&finding.place).to_owned(),
        }
    }
}

fn shortened(fingerprint: &str, digits: usize) -> &str {
    fingerprint.get(..digits).unwrap_or(fingerprint)
}
