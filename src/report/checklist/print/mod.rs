//! The checklist as it is printed and filled in by hand: one table for each sub-clause or process, its samples beneath it,
//! nothing told twice. All rows of the view are in it; what is shortened stands in full in the other forms.

mod apart;
mod entry;
mod found;
mod places;

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use self::apart::{Conditions, Untriggered, apart};
use self::entry::{Entry, Printer, tells};
use self::found::Open;
use self::places::{IndexedFile, Places, SharedCommit};
use super::asked::WALKED;
use super::carried::ASK_OF_RECORD;
use super::view::{Answer, AuditChecklist, Group, Row, RowSort, SampleLot};

/// What the print template gets beside the view.
#[derive(Serialize)]
pub(super) struct Printed<'view> {
    /// How to read the tables, one sentence or two each.
    notes: Vec<String>,
    previous: Table<'view>,
    groups: Vec<PrintedGroup<'view>>,
    /// Samples that belong to none of the groups.
    lots: Vec<Lot<'view>>,
    open: Vec<Open<'view>>,
    /// Two side by side.
    files: Vec<Vec<IndexedFile<'view>>>,
    /// What most files share, said once.
    files_note: Option<String>,
    /// The commit that most evidence has.
    shared: Option<SharedCommit<'view>>,
}

/// A group: its rows, those that nothing triggers, its samples.
#[derive(Serialize)]
struct PrintedGroup<'view> {
    part: Option<&'view str>,
    title: &'view str,
    purpose: &'view str,
    documentation: &'view str,
    note: &'view str,
    table: Table<'view>,
    /// The rows of the table in full, for Markdown.
    rows: Vec<&'view Row>,
    untriggered: Vec<Untriggered<'view>>,
    /// Rows that documents support and that need no sample: to be confirmed on sight; and the same in full, for Markdown.
    on_sight: Vec<Entry<'view>>,
    on_sight_rows: Vec<&'view Row>,
    lots: Vec<Lot<'view>>,
    counted: Vec<Counted<'view>>,
}

/// What was counted for a row, told above its table: a cell is too narrow for it.
#[derive(Serialize)]
struct Counted<'view> {
    id: &'view str,
    title: &'view str,
    facts: Vec<Fact>,
}

/// What was counted, as a sentence; where that is a long list, its members by themselves, two side by side.
#[derive(Serialize)]
struct Fact {
    text: String,
    pairs: Vec<Vec<String>>,
}

impl Fact {
    fn new(text: &str) -> Self {
        const LONG: usize = 7;
        let (head, members) = text.split_once(": ").unwrap_or((text, ""));
        let members: Vec<String> = members.split("; ").map(str::to_owned).collect();
        if members.len() < LONG {
            return Self { text: text.to_owned(), pairs: Vec::new() };
        }
        Self { text: format!("{head}: {}", members.len()), pairs: members.chunks(2).map(<[String]>::to_vec).collect() }
    }
}

/// Rows of one table, and what they all share.
#[derive(Serialize)]
struct Table<'view> {
    /// Whom to ask, where it is the same for most rows.
    whom: Option<&'view str>,
    /// What is to be looked at and what counts at each row.
    everywhere: Vec<&'view str>,
    /// Auditee, auditor and day, where all rows have an answer by the same.
    auditee: &'view str,
    auditor: &'view str,
    date: &'view str,
    rows: Vec<Entry<'view>>,
}

/// A sample.
#[derive(Serialize)]
struct Lot<'view> {
    title: &'view str,
    clauses: &'view str,
    method: &'view str,
    /// What is asked of each record; none where it is what is always asked.
    question: Option<&'view str>,
    /// Whether the reasons tell the records apart.
    has_reasons: bool,
    table: Table<'view>,
}

/// The checklist for print.
pub(super) fn printed(view: &AuditChecklist) -> Printed<'_> {
    let printer = Printer::new(view);
    let mut taken: BTreeSet<&str> = BTreeSet::new();
    let mut conditions = Conditions::new(view);
    let mut groups: Vec<PrintedGroup<'_>> = view.groups.iter().map(|group| printed_group(&printer, view, group, &mut taken, &mut conditions)).collect();
    let lists = share_lists(&mut groups);
    let rest = view.samples.lots.iter().filter(|lot| !taken.contains(lot.kind.as_str()));
    let (files, files_note) = printer.places.index(view);
    Printed {
        notes: notes(view, &printer, lists, groups.iter().all(|group| group.on_sight.is_empty())),
        previous: table(&printer, &view.previous.rows.iter().collect::<Vec<_>>()),
        groups,
        lots: rest.map(|lot| printed_lot(&printer, lot)).collect(),
        open: view.open_findings.iter().map(|finding| printer.findings.open(finding)).collect(),
        files,
        files_note,
        shared: Places::shared(view),
    }
}

/// Long lists of records that several rows of a sub-clause rest on stand at the first of them under a number, and by that
/// number at the others; says how many there are.
fn share_lists(groups: &mut [PrintedGroup<'_>]) -> usize {
    /// From so many files on, a list is worth a number.
    const LONG: usize = 4;
    let mut number = 0;
    for group in groups {
        let mut all: BTreeMap<String, usize> = BTreeMap::new();
        let is_long = |place: &str| place.split("; ").count() >= LONG;
        for place in group.table.rows.iter_mut().flat_map(Entry::places).filter(|place| is_long(place)) {
            *all.entry(place.clone()).or_default() += 1;
        }
        let mut told: BTreeMap<String, usize> = BTreeMap::new();
        for place in group.table.rows.iter_mut().flat_map(Entry::places).filter(|place| all.get(*place).is_some_and(|rows| *rows > 1)) {
            if let Some(known) = told.get(place.as_str()) {
                *place = format!("sample S{known} above");
                continue;
            }
            number += 1;
            let list = std::mem::take(place);
            *place = format!("sample S{number}: {list}");
            told.insert(list, number);
        }
    }
    number
}

fn notes(view: &AuditChecklist, printer: &Printer<'_>, lists: usize, on_sight_is_empty: bool) -> Vec<String> {
    let mut notes = vec![
        "\u{201c}supported\u{201d} alone says that documents support the requirement; \u{201c}needs-auditor\u{201d} alone, that they do so as far as they can and an interview or an observation settles it."
            .to_owned(),
        "Findings of this review of documents bear the numbers F1, F2 and so on, the same as in the gap report of the same state and day; a number that is not here is a finding that this checklist does not look at. All others stand in the list in front, and each once more at its first requirement. Elsewhere its number stands, with the row that tells it and the heading above that row.".to_owned(),
        "Auditee, auditor and date stand once above the table of a sub-clause or process, for its samples too; exceptions are written in the row.".to_owned(),
    ];
    if !on_sight_is_empty {
        notes.push("Rows that documents support and that need no sample stand in one line each under their sub-clause, to be confirmed on sight; their questions stand in the workbook.".to_owned());
    }
    notes.extend(printer.places.note());
    if lists > 0 {
        notes.push("Records that several rows of a sub-clause rest on stand at the first of these rows as \u{201c}sample S1\u{201d} and so on, and by that number at the others.".to_owned());
    }
    if view.rows().any(|row| row.expect.iter().any(|text| text == WALKED)) {
        notes.push(format!("What counts at each walk through a process: {WALKED}."));
    }
    if view.samples.lots.iter().any(|lot| lot.rows.iter().any(|row| row.questions.iter().any(|question| question == ASK_OF_RECORD))) {
        notes.push(format!("Of each record of a sample without a question of its own: {ASK_OF_RECORD}"));
    }
    notes
}

fn printed_group<'view>(
    printer: &Printer<'view>,
    view: &'view AuditChecklist,
    group: &'view Group,
    taken: &mut BTreeSet<&'view str>,
    conditions: &mut Conditions<'view>,
) -> PrintedGroup<'view> {
    let of_group = |lot: &&SampleLot| {
        let leading = lot.clauses.split(", ").next().unwrap_or_default();
        let has = |row: &Row| row.sort == RowSort::Requirement && row.clause == leading;
        group.id == leading || group.rows.iter().any(has)
    };
    let lots: Vec<&SampleLot> = view.samples.lots.iter().filter(|lot| !taken.contains(lot.kind.as_str())).filter(of_group).collect();
    taken.extend(lots.iter().map(|lot| lot.kind.as_str()));
    let (untriggered, on_sight, rows) = apart(printer, group, conditions);
    PrintedGroup {
        part: group.part.as_deref(),
        title: &group.title,
        purpose: &group.purpose,
        documentation: &group.documentation,
        note: &group.note,
        table: table(printer, &rows),
        rows,
        untriggered,
        on_sight: on_sight.iter().map(|row| printer.entry(row, None, &[])).collect(),
        on_sight_rows: on_sight,
        lots: lots.into_iter().map(|lot| printed_lot(printer, lot)).collect(),
        counted: group.rows.iter().filter(|row| !row.facts.is_empty()).map(|row| counted(printer, row)).collect(),
    }
}

fn counted<'view>(printer: &Printer<'_>, row: &'view Row) -> Counted<'view> {
    Counted { id: &row.id, title: &row.title, facts: row.facts.iter().map(|fact| Fact::new(&printer.places.shortened(fact))).collect() }
}

fn table<'view>(printer: &Printer<'view>, rows: &[&'view Row]) -> Table<'view> {
    let whom = most(rows);
    let everywhere: Vec<&str> = match rows {
        [first, _, ..] => first
            .look_at
            .iter()
            .chain(&first.expect)
            .map(String::as_str)
            .filter(|text| rows.iter().all(|row| stands_in(row, text)) && tells(first, text))
            .collect(),
        _ => Vec::new(),
    };
    let common = |field: fn(&Answer) -> &String| shared(rows, |row| field(&row.answer).as_str()).unwrap_or_default();
    let entry = |row: &&'view Row| printer.entry(row, whom, &everywhere);
    let mut table = Table {
        whom,
        auditee: common(|answer| &answer.auditee),
        auditor: common(|answer| &answer.auditor),
        date: common(|answer| &answer.date),
        rows: rows.iter().map(entry).collect(),
        everywhere,
    };
    let (auditee, auditor, date) = (table.auditee, table.auditor, table.date);
    table.rows.iter_mut().for_each(|row| row.without(auditee, auditor, date));
    table
}

/// Whom to ask at more than half of the rows.
pub(super) fn most<'view>(rows: &[&'view Row]) -> Option<&'view str> {
    let number = |whom: &str| rows.iter().filter(|row| row.whom == whom).count();
    rows.iter().map(|row| row.whom.as_str()).find(|whom| !whom.is_empty() && number(whom) * 2 > rows.len())
}

fn stands_in(row: &Row, text: &str) -> bool {
    row.look_at.iter().chain(&row.expect).any(|other| other == text)
}

/// What all rows have, if all have the same and it is something.
fn shared<'view>(rows: &[&'view Row], of: impl Fn(&'view Row) -> &'view str) -> Option<&'view str> {
    let first = of(rows.first()?);
    (!first.is_empty() && rows.iter().all(|row| of(row) == first)).then_some(first)
}

fn printed_lot<'view>(printer: &Printer<'view>, lot: &'view SampleLot) -> Lot<'view> {
    let rows: Vec<&Row> = lot.rows.iter().collect();
    let question = lot.rows.first().and_then(|row| row.questions.first()).map(String::as_str);
    let reasons: BTreeSet<&Vec<String>> = lot.rows.iter().map(|row| &row.look_at).collect();
    let all_for_one_reason = lot.drawn == lot.population && reasons.len() <= 1;
    let mut table = table(printer, &rows);
    table.everywhere = lot.rows.first().map(|row| row.expect.iter().map(String::as_str).collect()).unwrap_or_default();
    Lot {
        title: &lot.title,
        clauses: &lot.clauses,
        method: &lot.method,
        question: question.filter(|question| *question != ASK_OF_RECORD),
        has_reasons: !all_for_one_reason,
        table,
    }
}
