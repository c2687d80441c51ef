//! Findings in print: all in the list in front, once more at the row that tells them, and by their numbers everywhere else.

use std::collections::BTreeMap;

use serde::Serialize;

use super::super::view::{AuditChecklist, FoundSoFar, Row, RowSort};
use super::places::Places;

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
    /// The heading under which that row stands.
    section: Option<&'view str>,
}

/// A finding in the list of open ones.
#[derive(Serialize)]
pub(super) struct Open<'view> {
    number: &'view str,
    grade: Option<&'view str>,
    what: String,
    requirements: &'view str,
    place: String,
}

/// Where each finding is told: the row, and the heading above it.
pub(super) struct Findings<'view> {
    homes: BTreeMap<&'view str, (&'view str, &'view str)>,
    places: Places<'view>,
}

impl<'view> Findings<'view> {
    pub(super) fn new(view: &'view AuditChecklist, places: Places<'view>) -> Self {
        let groups = view.groups.iter().flat_map(|group| group.rows.iter().map(|row| (row, group.title.as_str())));
        let lots = view.samples.lots.iter().flat_map(|lot| lot.rows.iter().map(|row| (row, lot.title.as_str())));
        let rows: Vec<(&Row, &str)> = groups.chain(lots).collect();
        let mut homes: BTreeMap<&str, (&str, &str)> = BTreeMap::new();
        // At the requirement that it speaks to first; at those that follow from that one it is a reference.
        let own = |row: &'view Row| row.findings.iter().filter(|finding| finding.requirements.split([' ', ',']).next() == Some(row.id.as_str()));
        for (row, section) in rows.iter().filter(|(row, _)| row.sort == RowSort::Requirement) {
            own(row).for_each(|finding| _ = homes.entry(&finding.fingerprint).or_insert((&row.id, section)));
        }
        let mut settle = |(row, section): &(&'view Row, &'view str)| {
            row.findings.iter().for_each(|finding| _ = homes.entry(&finding.fingerprint).or_insert((&row.id, section)));
        };
        rows.iter().filter(|(row, _)| row.sort == RowSort::Requirement).for_each(&mut settle);
        rows.iter().for_each(&mut settle);
        Self { homes, places }
    }

    /// A finding at a row.
    pub(super) fn told(&self, finding: &'view FoundSoFar, row: &str) -> Told<'view> {
        let home = self.homes.get(finding.fingerprint.as_str()).filter(|(home, _)| *home != row);
        Told {
            number: &finding.number,
            grade: finding.grade.as_deref(),
            message: home.is_none().then(|| self.places.shortened(&finding.message)),
            place: (home.is_none() && !finding.place.is_empty()).then(|| self.places.short(&finding.place).to_owned()),
            see: home.map(|(row, _)| *row),
            section: home.map(|(_, section)| *section),
        }
    }

    /// A finding in the list of open ones.
    pub(super) fn open(&self, finding: &'view FoundSoFar) -> Open<'view> {
        Open {
            number: &finding.number,
            grade: finding.grade.as_deref(),
            what: self.places.shortened(&finding.message),
            requirements: &finding.requirements,
            place: self.places.short(&finding.place).to_owned(),
        }
    }
}
