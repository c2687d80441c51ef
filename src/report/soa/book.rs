//! The statement as a workbook: the register to be completed by hand, and what it rests on.

use super::super::cover::Cover;
use super::super::places::by_file;
use super::super::workbook::{Cell, Column, Content, Sheet, Workbook};
use super::{SCHEMA, nothing_excluded, rows};
use crate::assessment::{Cycle, Responsibility, ResponsibilityStatus, Said, SubClause, TO_BE_STATED};
use crate::vocabulary::read_date;

pub(super) fn workbook(cover: &Cover, responsibility: &Responsibility) -> Workbook {
    let all = &responsibility.rows;
    Workbook {
        title: format!("Statement of Applicability: {}", cover.organization),
        sheets: vec![
            statement(all).register(),
            items(all),
            parties(responsibility),
            services(responsibility),
            checks(responsibility),
            claim(responsibility),
            evidence(all),
            about(cover, responsibility),
        ],
        meta: cover.meta(SCHEMA),
    }
}

fn columns(columns: &[(&str, f64, Content)]) -> Vec<Column> {
    columns.iter().map(|(head, width, content)| Column::new(head, *width, content.clone())).collect()
}

/// The same, the last `machines` of them for programs: in the file and not on paper.
fn columns_and(all: &[(&str, f64, Content)], machines: usize) -> Vec<Column> {
    let people = all.len().saturating_sub(machines);
    columns(all).into_iter().enumerate().map(|(at, column)| if at < people { column } else { column.off_paper() }).collect()
}

/// Only the five can be chosen.
fn statuses() -> Content {
    Content::Choice(ResponsibilityStatus::ALL.map(|status| status.word().to_owned()).to_vec())
}

fn texts(texts: impl IntoIterator<Item = String>) -> Cell {
    Cell::text(texts.into_iter().collect::<Vec<_>>().join("\n"))
}

fn day(text: Option<&String>) -> Cell {
    text.map_or(Cell::Empty, |text| read_date(text).day().map_or_else(|| Cell::text(text.clone()), Cell::Date))
}

fn said(said: Option<&Said>) -> Cell {
    said.map_or(Cell::Empty, |said| Cell::text(said.value.clone()))
}

/// Values, or that they are to be stated, where the row asks for them.
fn stated(values: &[Said], asked: bool) -> Cell {
    if values.is_empty() && asked { Cell::text(TO_BE_STATED) } else { texts(values.iter().map(|said| said.value.clone())) }
}

fn statement(all: &[SubClause]) -> Sheet {
    use Content::{BlankDate, Date, Text, Word};
    let heads = columns(&[
        ("Clause", 8.0, Word),
        ("Title", 22.0, Text),
        ("Applicable", 10.5, Word),
        ("Status", 19.0, statuses()),
        ("Status said by", 24.0, Text),
        ("Performed by", 24.0, Text),
        ("Proposed, to be confirmed", 24.0, Text),
        ("Accountable", 17.0, Text),
        ("Other party", 13.0, Text),
        ("Agreement", 18.0, Text),
        ("Control", 22.0, Text),
        ("Condition", 26.0, Text),
        ("Condition state", 13.0, Word),
        ("Period from", 11.5, Date),
        ("Period to", 11.5, Date),
        ("Documents", 88.0, Text),
        ("Records", 62.0, Text),
        ("Own interval", 24.0, Text),
        ("Last done", 17.0, Text),
        ("Next due", 17.0, Text),
        ("Interfaces", 18.0, Text),
        ("Remarks", 44.0, Text),
        ("Reviewed by", 14.0, Content::Blank),
        ("Reviewed on", 12.0, BlankDate),
    ]);
    let row = |row: &SubClause| {
        let holds_requirements = !row.items.is_empty();
        let with_others = row.status.status.is_some_and(ResponsibilityStatus::is_with_others);
        let each = |of: fn(&Cycle) -> Option<String>| texts(row.cycles.iter().filter_map(of));
        vec![
            Cell::text(row.clause.clone()),
            Cell::text(row.title.clone()),
            Cell::text(row.applicable),
            Cell::text(row.status.word.clone()),
            Cell::text(row.status.from.clone()),
            stated(&row.performed_by, holds_requirements),
            said(row.proposed.as_ref()),
            stated(&row.accountable, holds_requirements),
            stated(&row.other_parties, with_others),
            stated(&row.agreements, with_others),
            stated(&row.controls, with_others),
            Cell::text(row.condition.text.clone()),
            Cell::text(row.condition.state.word()),
            day(row.condition.period_from.as_ref()),
            day(row.condition.period_to.as_ref()),
            texts(row.documents.iter().map(rows::document)),
            texts(row.records.iter().map(rows::records)),
            each(|cycle| Some(format!("{}: {}", cycle.title, cycle.interval.as_ref().map_or(TO_BE_STATED, |said| said.value.as_str())))),
            each(|cycle| Some(format!("{}: {}", cycle.title, cycle.last_done.as_deref().unwrap_or("none yet")))),
            each(|cycle| cycle.next_due.as_ref().map(|day| format!("{}: {day}", cycle.title))),
            texts(row.interfaces.iter().map(|said| said.value.clone())),
            texts(row.remarks.iter().map(rows::remark)),
            said(row.reviewed_by.as_ref()),
            day(row.reviewed_on.as_ref().map(|said| &said.value)),
        ]
    };
    Sheet { frozen_columns: 2, ..Sheet::new("Statement", heads, all.iter().map(row).collect()) }
}

fn items(all: &[SubClause]) -> Sheet {
    use Content::{Date, Text, Verdict, Word};
    let all_columns = [
        ("Requirement", 10.5, Word),
        ("Asked for, in our words", 34.0, Text),
        ("Status", 19.5, statuses()),
        ("Condition", 24.0, Text),
        ("Condition state", 12.0, Word),
        ("Period from", 10.5, Date),
        ("Period to", 10.5, Date),
        ("Documents say", 15.0, Verdict),
        ("Why", 30.0, Text),
        ("Evidence", 34.0, Text),
        ("Remarks", 17.0, Text),
        ("Clause", 9.0, Word),
        ("Status said by", 34.0, Text),
        ("Proof", 40.0, Text),
        ("Findings", 20.0, Text),
    ];
    let heads = columns_and(&all_columns, 4);
    let lines = all.iter().flat_map(|row| row.items.iter().map(move |item| (row, item)));
    let cells = lines.map(|(row, item)| {
        vec![
            Cell::text(item.id.clone()),
            Cell::text(item.intent.clone()),
            Cell::text(item.status.word.clone()),
            Cell::text(item.condition.text.clone()),
            Cell::text(item.condition.state.word()),
            day(item.condition.period_from.as_ref()),
            day(item.condition.period_to.as_ref()),
            Cell::text(item.verdict.clone()),
            Cell::text(item.reason.clone()),
            texts(by_file(&item.evidence, usize::MAX)),
            texts(item.remarks.iter().map(rows::remark)),
            Cell::text(row.clause.clone()),
            Cell::text(if item.inherited { format!("as {}", row.clause) } else { item.status.from.clone() }),
            Cell::text(item.condition.proof.clone()),
            texts(item.finding_numbers.iter().cloned()),
        ]
    });
    Sheet::new("Items", heads, cells.collect())
}

fn parties(responsibility: &Responsibility) -> Sheet {
    use Content::{Text, Word};
    let heads = columns(&[
        ("Party", 14.0, Word),
        ("Name", 22.0, Text),
        ("Type", 16.0, Text),
        ("Services", 16.0, Text),
        ("Components", 32.0, Text),
        ("Processes", 32.0, Text),
        ("Sub-clauses", 12.0, Text),
        ("Agreement", 28.0, Text),
        ("Controls", 36.0, Text),
        ("Control record", 30.0, Text),
        ("Relationship owner", 16.0, Text),
        ("Accountable", 16.0, Text),
        ("Register", 26.0, Text),
        ("Remarks", 40.0, Text),
    ]);
    let cells = responsibility.parties.iter().map(|party| {
        let clauses: Vec<&str> = party.processes.iter().filter_map(|process| process.clauses.first()).map(String::as_str).collect();
        vec![
            Cell::text(party.id.clone()),
            Cell::text(party.name.value.clone()),
            said(party.sort.as_ref()),
            texts(party.services.iter().map(|said| said.value.clone())),
            texts(party.components.iter().map(|said| said.value.clone())),
            texts(party.processes.iter().map(|process| process.said.value.clone())),
            Cell::text(clauses.join(", ")),
            texts(party.agreements.iter().map(rows::one_sourced)),
            texts(party.controls.iter().map(|said| said.value.clone())),
            texts(party.control_record.iter().map(rows::one_sourced)),
            said(party.relationship_owner.as_ref()),
            said(party.accountable.as_ref()),
            Cell::text(party.name.from.clone()),
            texts(party.remarks.iter().map(rows::remark)),
        ]
    });
    Sheet::new("Parties", heads, cells.collect())
}

fn services(responsibility: &Responsibility) -> Sheet {
    use Content::{Text, Word};
    let heads = columns(&[
        ("Service", 16.0, Word),
        ("Name", 34.0, Text),
        ("Status", 14.0, Text),
        ("Owner", 24.0, Text),
        ("Delivered by", 24.0, Text),
        ("Other parties", 24.0, Text),
        ("In the scope at", 34.0, Text),
        ("Catalogue", 34.0, Text),
    ]);
    let cells = responsibility.services.iter().map(|service| {
        vec![
            Cell::text(service.id.value.clone()),
            Cell::text(service.name.clone()),
            said(service.status.as_ref()),
            said(service.owner.as_ref()),
            said(service.delivered_by.as_ref()),
            texts(service.parties.iter().cloned()),
            service
                .in_scope
                .as_ref()
                .map_or_else(|| Cell::text(if service.live { "not named in the scope" } else { "" }), |said| Cell::text(said.from.clone())),
            Cell::text(service.id.from.clone()),
        ]
    });
    Sheet::new("Services", heads, cells.collect())
}

fn checks(responsibility: &Responsibility) -> Sheet {
    use Content::{Text, Word};
    let heads = columns(&[
        ("Check", 24.0, Word),
        ("Looked for", 44.0, Text),
        ("Result", 14.0, Word),
        ("In words", 50.0, Text),
        ("Where", 40.0, Text),
        ("Remarks", 40.0, Text),
    ]);
    let cells = responsibility.scope_checks.iter().chain(&responsibility.rules).map(|check| {
        vec![
            Cell::text(check.id),
            Cell::text(check.looked_for),
            Cell::text(check.result.words()),
            Cell::text(check.words.clone()),
            texts(check.places.iter().cloned()),
            texts(check.remarks.iter().map(rows::remark)),
        ]
    });
    Sheet::new("Scope checks", heads, cells.collect())
}

/// Six questions on whether conformity can be claimed at all.
fn claim(responsibility: &Responsibility) -> Sheet {
    use Content::{Blank, Text};
    let heads = columns(&[("Question", 40.0, Text), ("Documents say", 90.0, Text), ("To ask", 50.0, Text), ("Answer", 40.0, Blank)]);
    let cells = responsibility.claim.iter().enumerate().map(|(at, asked)| {
        vec![Cell::text(format!("{}. {}", at + 1, asked.question)), texts(asked.says.iter().map(rows::claimed)), texts(asked.ask.iter().cloned()), Cell::Empty]
    });
    Sheet::new("Before a claim", heads, cells.collect())
}

fn evidence(all: &[SubClause]) -> Sheet {
    use Content::{Date, Number, Text, Word};
    let heads = columns(&[
        ("Clause", 9.0, Word),
        ("Documented information", 28.0, Text),
        ("Title or kind", 32.0, Text),
        ("Where", 46.0, Text),
        ("Version", 9.0, Word),
        ("Approved on", 11.5, Date),
        ("Owner", 18.0, Text),
        ("Number", 8.0, Number),
        ("From", 11.5, Date),
        ("To", 11.5, Date),
        ("Confirmed", 11.0, Word),
    ]);
    let mut cells = Vec::new();
    for row in all {
        cells.extend(row.documents.iter().map(|document| {
            vec![
                Cell::text(row.clause.clone()),
                Cell::text(document.documented_information.clone()),
                Cell::text(document.title.clone()),
                Cell::text(document.path.clone()),
                Cell::text(document.version.clone().unwrap_or_default()),
                day(document.approved_on.as_ref()),
                Cell::text(document.owner.clone().unwrap_or_default()),
                Cell::Empty,
                Cell::Empty,
                Cell::Empty,
                Cell::text(if document.confirmed { "yes" } else { "no" }),
            ]
        }));
        cells.extend(row.records.iter().map(|records| {
            vec![
                Cell::text(row.clause.clone()),
                Cell::text(records.documented_information.clone()),
                Cell::text(records.title.clone()),
                texts(records.kept_in.iter().cloned()),
                Cell::Empty,
                Cell::Empty,
                Cell::Empty,
                records.number.map_or(Cell::Empty, Cell::number),
                day(records.first.as_ref()),
                day(records.last.as_ref()),
                Cell::text(if records.elsewhere { "elsewhere" } else { "" }),
            ]
        }));
    }
    Sheet::new("Evidence", heads, cells)
}

/// The header of the statement, and its approval to be filled in.
fn about(cover: &Cover, responsibility: &Responsibility) -> Sheet {
    let heads = columns(&[("What", 30.0, Content::Text), ("Value", 90.0, Content::Text)]);
    let statement = responsibility.statement.as_ref();
    let scope = responsibility.scope.as_ref();
    let of = |said: Option<&Said>| said.map_or_else(|| "to be filled in".to_owned(), rows::one_sourced);
    let text = scope.and_then(|scope| scope.text.as_ref()).map_or_else(|| "not found".to_owned(), rows::one_sourced);
    let pairs = [
        ("Organization", cover.organization.clone()),
        ("Unit", cover.unit.clone().unwrap_or_default()),
        ("Standard", cover.standard.clone()),
        ("Declaration", nothing_excluded(&cover.standard)),
        ("Scope statement", text),
        ("Version of the scope", scope.and_then(|scope| scope.version.as_ref()).map(rows::one_sourced).unwrap_or_default()),
        (
            "Version of the organization's own statement",
            statement.and_then(|statement| statement.version.as_ref()).map_or_else(|| "none of its own".to_owned(), rows::one_sourced),
        ),
        ("State that was read", cover.state.clone()),
        ("As of", cover.as_of.clone()),
        ("Prepared by", of(statement.and_then(|statement| statement.owner.as_ref()))),
        ("Approved by top management", of(statement.and_then(|statement| statement.approved_by.as_ref()))),
        ("Approved on", of(statement.and_then(|statement| statement.approved_on.as_ref()))),
    ];
    Sheet::new("About", heads, pairs.into_iter().map(|(name, value)| vec![Cell::text(name), Cell::text(value)]).collect())
}
