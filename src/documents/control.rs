//! Document control data, wherever people put them.

use std::collections::BTreeMap;

use super::document::Table;
use super::record::Record;
use crate::vocabulary::{Place, Spanned, is_placeholder, key_of, plain};
use crate::yaml::{Node, NodeKind};

/// What controls a document: who owns it, which version it is, who approved it and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the names are the field's own")]
pub enum ControlField {
    Id,
    Title,
    Kind,
    Owner,
    Version,
    Status,
    ApprovedBy,
    ApprovedOn,
    EffectiveOn,
    LastReview,
    NextReview,
    ReviewInterval,
    Classification,
    Clauses,
}

impl ControlField {
    /// Our name, as in front matter and in reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::Title => "title",
            Self::Kind => "kind",
            Self::Owner => "owner",
            Self::Version => "version",
            Self::Status => "status",
            Self::ApprovedBy => "approved_by",
            Self::ApprovedOn => "approved_on",
            Self::EffectiveOn => "effective_on",
            Self::LastReview => "last_review",
            Self::NextReview => "next_review",
            Self::ReviewInterval => "review_interval",
            Self::Classification => "classification",
            Self::Clauses => "clauses",
        }
    }

    /// The field that a name means, in any of its usual forms.
    pub fn from_name(name: &str) -> Option<Self> {
        Some(match key_of(name).as_str() {
            "id" | "document_id" | "doc_id" | "document_number" | "document_no" | "document_ref" | "document_reference" | "doc_number" | "doc_no"
            | "policy_number" | "policy_id" | "policy_no" | "document_code" | "procedure_number" => Self::Id,
            "title" | "name" | "document_title" | "document_name" | "policy_title" | "policy_name" => Self::Title,
            "kind" | "type" | "document_type" | "doc_type" | "documented_information" => Self::Kind,
            "owner" | "document_owner" | "policy_owner" | "process_owner" | "plan_owner" | "owned_by" | "responsible" | "doc_owner" | "procedure_owner"
            | "standard_owner" | "content_owner" | "business_owner" | "owners" => Self::Owner,
            "version" | "revision" | "document_version" | "current_version" | "version_number" | "version_no" | "revision_number" | "rev" | "ver" => {
                Self::Version
            }
            "status" | "document_status" | "state" | "policy_status" | "approval_status" => Self::Status,
            "approved_by"
            | "approver"
            | "approval"
            | "approved"
            | "authorised_by"
            | "authorized_by"
            | "approvers"
            | "approving_authority"
            | "approval_authority"
            | "policy_approver"
            | "document_approver" => Self::ApprovedBy,
            "approved_on" | "approval_date" | "date_approved" | "date_of_approval" | "approved_date" | "date_of_board_approval" => Self::ApprovedOn,
            "effective_on" | "effective_date" | "valid_from" | "effective" | "date_effective" | "effective_from" | "in_force_since" | "date_of_issue"
            | "issue_date" => Self::EffectiveOn,
            "last_review"
            | "last_reviewed"
            | "reviewed_on"
            | "last_review_date"
            | "review_date"
            | "last_reviewed_on"
            | "date_reviewed"
            | "date_of_last_review"
            | "last_reviewed_date" => Self::LastReview,
            "next_review"
            | "next_review_date"
            | "review_due"
            | "next_review_due"
            | "review_by"
            | "next_review_on"
            | "date_of_next_review"
            | "next_scheduled_review"
            | "scheduled_review"
            | "review_due_date"
            | "due_for_review"
            | "review_due_by" => Self::NextReview,
            "review_interval" | "review_cycle" | "review_frequency" | "review_period" | "frequency_of_review" | "review_schedule" => Self::ReviewInterval,
            "classification"
            | "confidentiality"
            | "information_classification"
            | "document_classification"
            | "security_classification"
            | "classification_level" => Self::Classification,
            "clauses" | "clause" | "iso_clauses" | "satisfies" => Self::Clauses,
            _ => return None,
        })
    }
}

/// Where a control value was written. In the order in which they win.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ControlSource {
    /// Front matter, or the head of a YAML document.
    Head,
    /// A table with names in its first column.
    Table,
    /// A line such as `**Owner:** Jane`.
    BoldLine,
    /// The newest row of the version history.
    History,
    /// A table of approvals or signatures.
    Approval,
    /// A line such as `**Next review:** 2027-01-01` at the end of the document.
    Foot,
}

impl ControlSource {
    /// For people.
    pub fn words(self) -> &'static str {
        match self {
            Self::Head => "the head",
            Self::Table => "the control table",
            Self::BoldLine => "a line of the text",
            Self::History => "the newest row of the version history",
            Self::Approval => "the table of approvals",
            Self::Foot => "a line at its foot",
        }
    }
}

/// One value of the control data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ControlValue {
    /// As written; several joined by ", ".
    pub value: String,
    /// Where.
    pub at: Place,
    /// In which part of the document.
    pub source: ControlSource,
}

/// All control data of a document: every value that was found for each field, the one that counts first.
#[derive(Clone, Debug, Default)]
pub struct DocumentControl(BTreeMap<ControlField, Vec<ControlValue>>);

impl DocumentControl {
    /// The value that counts; none where nothing or only a placeholder is written.
    pub fn get(&self, field: ControlField) -> Option<&ControlValue> {
        self.0.get(&field)?.iter().find(|value| !is_placeholder(&value.value))
    }

    /// Every value that was found.
    pub fn all(&self, field: ControlField) -> &[ControlValue] {
        self.0.get(&field).map(Vec::as_slice).unwrap_or_default()
    }

    /// Fields and the value that counts, in a fixed order.
    pub fn values(&self) -> impl Iterator<Item = (ControlField, &ControlValue)> {
        self.0.keys().filter_map(|field| self.get(*field).map(|value| (*field, value)))
    }

    /// Two places that say different things of one field.
    pub fn disagreements(&self) -> Vec<(ControlField, &ControlValue, &ControlValue)> {
        let comparable = |field: &ControlField| !matches!(field, ControlField::Title | ControlField::Kind | ControlField::Clauses);
        self.0
            .iter()
            .filter(|(field, _)| comparable(field))
            .filter_map(|(field, values)| {
                let mut real = values.iter().filter(|value| !is_placeholder(&value.value));
                let first = real.next()?;
                let other = real.find(|value| value.source != first.source && !same(*field, &value.value, &first.value))?;
                Some((*field, first, other))
            })
            .collect()
    }

    pub(super) fn add(&mut self, field: ControlField, value: &str, at: Place, source: ControlSource) {
        let value = value.trim();
        if value.is_empty() {
            return;
        }
        let values = self.0.entry(field).or_default();
        values.push(ControlValue { value: value.to_owned(), at, source });
        values.sort_by_key(|value| value.source);
    }

    /// One or two such lines at the end may be those of the last entry of a list; a document's own foot says more.
    pub(super) fn keep_foot_of_a_document(&mut self) {
        const FEWEST: usize = 3;
        let is_foot = |value: &ControlValue| value.source == ControlSource::Foot;
        if self.0.values().filter(|values| values.iter().any(is_foot)).count() < FEWEST {
            self.0.values_mut().for_each(|values| values.retain(|value| !is_foot(value)));
            self.0.retain(|_, values| !values.is_empty());
        }
    }

    pub(super) fn read_head(&mut self, head: &Record) {
        for field in &head.fields {
            let Some(control) = ControlField::from_name(&field.name.value) else { continue };
            let value = joined(&field.value);
            // `valid_from` of an agreement and `type` of a record are fields of their own, not control data twice.
            let taken = self.all(control).iter().any(|value| value.source == ControlSource::Head);
            if !value.is_empty() && !taken {
                self.add(control, &value, field.value.at, ControlSource::Head);
            }
        }
    }

    /// Reads a two-column table of names and values, or a version history.
    pub(super) fn read_table(&mut self, table: &Table) {
        if let Some(newest) = newest_of_history(table) {
            for (field, cell) in newest {
                self.add(field, &cell.value, cell.at, ControlSource::History);
            }
            return;
        }
        if let Some(approval) = approval_of(table) {
            for (field, cell) in approval {
                if !self.all(field).iter().any(|value| value.source == ControlSource::Approval) {
                    self.add(field, &cell.value, cell.at, ControlSource::Approval);
                }
            }
            return;
        }
        if table.header.len() != 2 {
            return;
        }
        let header_pair = [table.header.clone()];
        let pairs: Vec<(ControlField, &Spanned<String>)> = header_pair
            .iter()
            .chain(&table.rows)
            .filter_map(|row| {
                let name = row.first()?.value.trim_end_matches(':').trim();
                Some((ControlField::from_name(name)?, row.get(1)?))
            })
            .collect();
        // One fitting row may be chance; a register of two columns is not a control table.
        if pairs.len() < 2 || pairs.len() * 2 < table.rows.len() {
            return;
        }
        for (field, cell) in pairs {
            if !self.all(field).iter().any(|value| value.source == ControlSource::Table) {
                self.add(field, &cell.value, cell.at, ControlSource::Table);
            }
        }
    }
}

/// Version and date of the newest row of a version history; none where the table is none.
fn newest_of_history(table: &Table) -> Option<Vec<(ControlField, &Spanned<String>)>> {
    let column = |names: &[&str]| table.header.iter().position(|cell| names.contains(&plain(&cell.value).as_str()));
    let version = column(&["version", "revision", "ver", "rev"])?;
    let date = column(&["date", "revision date", "release date"])?;
    column(&["changes", "change", "description", "summary of changes", "change summary", "author", "revision author", "summary"])?;
    // The newest row is the one with the highest version, wherever it stands.
    let key = |row: &&Vec<Spanned<String>>| version_key(row.get(version).map_or("", |cell| cell.value.as_str()));
    let newest = table.rows.iter().filter(|row| row.get(date).is_some_and(|cell| !cell.value.trim().is_empty())).max_by_key(key)?;
    let mut found = vec![(ControlField::Version, newest.get(version)?)];
    let approver = column(&["approver", "approved by", "approved", "authorised by", "authorized by"]);
    found.extend(approver.and_then(|index| newest.get(index)).filter(|cell| !cell.value.trim().is_empty()).map(|cell| (ControlField::ApprovedBy, cell)));
    Some(found)
}

/// Who approved and when, of a table of approvals: `Name | Position | Approval status`, `Role | Name | Signature | Date`.
/// The first row that is signed counts; where one says that its role is to approve, that one.
fn approval_of(table: &Table) -> Option<Vec<(ControlField, &Spanned<String>)>> {
    let column = |names: &[&str]| table.header.iter().position(|cell| names.contains(&plain(&cell.value).as_str()));
    let name = column(&["name", "approver", "approved by", "person", "signatory", "full name"])?;
    let signed =
        column(&["signature", "approval status", "approval", "approved", "signed", "sign off", "approval date", "date approved", "date signed", "signed on"])?;
    let date = column(&["date", "approval date", "date approved", "date signed", "signed on"]);
    let filled = |row: &[Spanned<String>], index: usize| row.get(index).is_some_and(|cell| !cell.value.trim().is_empty() && !is_placeholder(&cell.value));
    let is_signed = |row: &&Vec<Spanned<String>>| filled(row, name) && (filled(row, signed) || date.is_some_and(|date| filled(row, date)));
    let approves = |row: &&Vec<Spanned<String>>| row.iter().any(|cell| plain(&cell.value).starts_with("approv"));
    let row = table.rows.iter().find(|row| is_signed(row) && approves(row)).or_else(|| table.rows.iter().find(is_signed))?;
    let mut found = vec![(ControlField::ApprovedBy, row.get(name)?)];
    let day = date.and_then(|index| row.get(index)).filter(|cell| !cell.value.trim().is_empty());
    found.extend(day.map(|cell| (ControlField::ApprovedOn, cell)));
    Some(found)
}

fn version_key(version: &str) -> Vec<u32> {
    version.split(|character: char| !character.is_ascii_digit()).filter_map(|part| part.parse().ok()).collect()
}

impl ControlField {
    /// Whether two ways to write a value mean the same.
    pub fn same(self, left: &str, right: &str) -> bool {
        same(self, left, right)
    }
}

fn same(field: ControlField, left: &str, right: &str) -> bool {
    use crate::vocabulary::{Interval, read_date};
    if plain(left) == plain(right) {
        return true;
    }
    match field {
        ControlField::Version => {
            let trimmed = |text: &str| {
                let mut key = version_key(text);
                while key.last() == Some(&0) {
                    key.pop();
                }
                key
            };
            !version_key(left).is_empty() && trimmed(left) == trimmed(right)
        }
        ControlField::ApprovedOn | ControlField::EffectiveOn | ControlField::LastReview | ControlField::NextReview => {
            let (left, right) = (read_date(left).day(), read_date(right).day());
            left.is_some() && left == right
        }
        ControlField::ReviewInterval => Interval::parse(left).is_some() && Interval::parse(left) == Interval::parse(right),
        // "Jane Doe (SMS manager)" and "Jane Doe" are one person.
        ControlField::Owner | ControlField::ApprovedBy => plain(left).contains(&plain(right)) || plain(right).contains(&plain(left)),
        _ => false,
    }
}

fn joined(node: &Node) -> String {
    match &node.kind {
        NodeKind::Null => String::new(),
        NodeKind::Text(text) => text.trim().to_owned(),
        NodeKind::List(items) => items.iter().map(joined).filter(|item| !item.is_empty()).collect::<Vec<_>>().join(", "),
        NodeKind::Map(pairs) => pairs.iter().map(|(_, value)| joined(value)).filter(|item| !item.is_empty()).collect::<Vec<_>>().join(", "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn approvals_are_read_from_their_table() {
        let cell = |text: &str| Spanned::new(text.to_owned(), Place::line(1));
        let row = |cells: &[&str]| cells.iter().map(|text| cell(text)).collect::<Vec<_>>();
        let table = Table {
            header: row(&["Role", "Name", "Signature", "Date"]),
            rows: vec![row(&["Author", "Jane Doe", "JD", "2026-01-02"]), row(&["Approver", "Max Muster", "MM", "2026-01-05"])],
            at: Place::line(1),
        };
        let mut control = DocumentControl::default();
        control.read_table(&table);
        let value = |field| control.get(field).map(|value| value.value.clone());
        assert_eq!((value(ControlField::ApprovedBy).as_deref(), value(ControlField::ApprovedOn).as_deref()), (Some("Max Muster"), Some("2026-01-05")));
        let mut unsigned = DocumentControl::default();
        unsigned.read_table(&Table { rows: vec![row(&["Approver", "Max Muster", "", "[DATE]"])], ..table });
        assert!(unsigned.get(ControlField::ApprovedBy).is_none());
    }

    #[test]
    fn versions_dates_and_people_are_compared_by_meaning() {
        assert!(same(ControlField::Version, "v1.0", "1"));
        assert!(!same(ControlField::Version, "1.1", "1.2"));
        assert!(same(ControlField::ApprovedOn, "2025-06-03", "3 June 2025"));
        assert!(same(ControlField::Owner, "Jane Doe (SMS manager)", "Jane Doe"));
        assert!(same(ControlField::ReviewInterval, "annually", "12 months"));
    }
}
