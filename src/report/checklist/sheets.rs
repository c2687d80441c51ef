//! The checklist as tables: the rows to fill in, the samples, earlier findings, and the facts of the audit.

use jiff::civil::Date;

use super::view::{Answer, AuditChecklist, FoundSoFar, Row, SCHEMA, heads};
use crate::framework::{AuditId, Grade};
use crate::report::workbook::{Cell, Column, Content, Sheet, Workbook};

/// Names of the sheets.
const CHECKLIST: &str = "Checklist";
const SAMPLES: &str = "Samples";
const PREVIOUS: &str = "Previous findings";
const HEAD: &str = "Head";
const NONCONFORMITIES: &str = "Nonconformities";
const CONCERNS: &str = "Areas of concern";
const OPEN: &str = "Open findings";
const STAGE_1: &str = "Concerns of stage 1";
/// Rows of the sheet for them.
const FOUND: usize = 20;

pub(super) fn workbook(view: &AuditChecklist) -> Workbook {
    let rows = view.groups.iter().flat_map(|group| &group.rows);
    let samples = view.samples.lots.iter().flat_map(|lot| &lot.rows);
    let mut meta = view.cover.meta(SCHEMA);
    let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    meta.push(pair("audit", &view.audit.kind));
    meta.push(pair("seed", &view.audit.seed));
    meta.push(pair("sheets", &[CHECKLIST, SAMPLES, PREVIOUS].join(", ")));
    meta.extend(view.rows().map(|row| (format!("hash:{}", row.id), row.hash.clone())));
    let found: Vec<Sheet> = open(view).into_iter().chain(stage1(view)).chain(found(view)).collect();
    meta.extend(found.iter().map(|sheet| pair("not_read_back", &sheet.name)));
    let rows = [sheet(CHECKLIST, view, rows).register(), sheet(SAMPLES, view, samples), sheet(PREVIOUS, view, view.previous.rows.iter())];
    Workbook {
        title: format!("Audit checklist: {}, {}", view.audit.title, view.cover.organization),
        sheets: rows.into_iter().chain(found).chain([head(view)]).collect(),
        meta,
    }
}

fn columns(view: &AuditChecklist) -> Vec<Column> {
    let results = view.audit.results.iter().map(|choice| choice.word.clone()).collect();
    vec![
        Column::new(heads::ID, 13.0, Content::Text),
        Column::new(heads::CLAUSE, 7.0, Content::Word),
        Column::new(heads::QUESTION, 38.0, Content::Text),
        Column::new(heads::WHOM, 11.0, Content::Text),
        Column::new(heads::LOOK_AT, 24.0, Content::Text),
        Column::new(heads::EVIDENCE, 24.0, Content::Text),
        Column::new(heads::DOCUMENTS_SAY, 25.0, Content::Text),
        Column::new(heads::RESULT, 11.0, Content::Choice(results)),
        Column::new(heads::EVIDENCE_SEEN, 22.0, Content::Blank),
        Column::new(heads::AUDITEE, 9.0, Content::Blank),
        Column::new(heads::AUDITOR, 9.0, Content::Blank),
        Column::new(heads::DATE, 10.0, Content::BlankDate),
        Column::new(heads::NOTES, 14.0, Content::Blank),
    ]
}

fn sheet<'view>(name: &str, view: &AuditChecklist, rows: impl Iterator<Item = &'view Row>) -> Sheet {
    Sheet::new(name, columns(view), rows.map(cells).collect())
}

fn cells(row: &Row) -> Vec<Cell> {
    let Answer { result, evidence_seen, auditee, auditor, date, notes, .. } = &row.answer;
    let questions = std::iter::once(&row.title).chain(&row.questions).cloned().collect::<Vec<_>>();
    let evidence = row.files.iter().map(|file| match &file.commit {
        Some(commit) => format!("{} ({}, commit {commit})", file.place, file.what),
        None => format!("{} ({})", file.place, file.what),
    });
    let at = |finding: &FoundSoFar| if finding.place.is_empty() { String::new() } else { format!(" ({})", finding.place) };
    let findings = row.findings.iter().map(|finding| {
        let grade = finding.grade.as_ref().map(|grade| format!(", {grade}")).unwrap_or_default();
        format!("{}{grade}: {}{}", finding.number, finding.message, at(finding))
    });
    let stale = row.answer.stale.iter().map(|why| format!("The answer kept here is stale: {why}"));
    let said = std::iter::once(row.documents_say.clone()).chain(row.facts.iter().cloned()).chain(findings).chain(row.grade_note.clone()).chain(stale);
    let text = |text: &String| Cell::text(text.as_str());
    vec![
        text(&row.id),
        text(&row.clause),
        lines(questions),
        text(&row.whom),
        lines(row.look_at.iter().chain(&row.expect).cloned()),
        lines(evidence),
        lines(said),
        text(result),
        text(evidence_seen),
        text(auditee),
        text(auditor),
        date.parse::<Date>().map_or_else(|_| text(date), Cell::Date),
        text(notes),
    ]
}

/// Where the auditor of a certification body writes down what was found: nonconformities with their grades, or areas of
/// concern, which have none. It is for the report of the audit; what is read back are the results of rows.
fn found(view: &AuditChecklist) -> Option<Sheet> {
    if view.audit.kind == AuditId::Internal.word() {
        return None;
    }
    let (name, what, end) = if view.audit.graded { (NONCONFORMITIES, "What was found", "Conclusion") } else { (CONCERNS, "Concern", "Recommendation") };
    let mut columns = vec![
        Column::new("No.", 18.0, Content::Word),
        Column::new("Requirement", 18.0, Content::Blank),
        Column::new(what, 80.0, Content::Blank),
        Column::new("Objective evidence", 70.0, Content::Blank),
    ];
    if view.audit.graded {
        let grades = [Grade::Major, Grade::Minor].map(Grade::word).map(str::to_owned).to_vec();
        columns.push(Column::new("Graded as", 14.0, Content::Choice(grades)));
    }
    let row = |name: String| -> Vec<Cell> { std::iter::once(Cell::text(name)).chain(columns.iter().skip(1).map(|_| Cell::Empty)).collect() };
    let rows: Vec<Vec<Cell>> = (1..=FOUND.max(view.blank_forms)).map(|number| row(number.to_string())).chain([row(end.to_owned())]).collect();
    Some(Sheet::new(name, columns, rows))
}

/// The open findings with their numbers; none where nothing is open.
fn open(view: &AuditChecklist) -> Option<Sheet> {
    let mut columns = vec![
        Column::new("No.", 8.0, Content::Word),
        Column::new("Finding so far", 90.0, Content::Text),
        Column::new("Where", 50.0, Content::Text),
        Column::new("Requirements", 24.0, Content::Text),
    ];
    if view.audit.graded {
        columns.push(Column::new("Proposed grade", 14.0, Content::Word));
    }
    let row = |finding: &FoundSoFar| {
        let cells = [&finding.number, &finding.message, &finding.place, &finding.requirements];
        cells.into_iter().chain(&finding.grade).map(|text| Cell::text(text.as_str())).collect()
    };
    (!view.open_findings.is_empty()).then(|| Sheet::new(OPEN, columns, view.open_findings.iter().map(row).collect()))
}

/// Where the areas of concern of stage 1 are entered.
fn stage1(view: &AuditChecklist) -> Option<Sheet> {
    view.stage1_concerns.as_ref()?;
    let columns = vec![
        Column::new("No.", 8.0, Content::Word),
        Column::new("Concern", 60.0, Content::Blank),
        Column::new("Requirement", 18.0, Content::Blank),
        Column::new("What was done", 60.0, Content::Blank),
        Column::new("Settled", 12.0, Content::Blank),
    ];
    let row = |number: usize| std::iter::once(Cell::text(number.to_string())).chain((0..4).map(|_| Cell::Empty)).collect();
    Some(Sheet::new(STAGE_1, columns, (1..=FOUND).map(row).collect()))
}

fn lines(lines: impl IntoIterator<Item = String>) -> Cell {
    Cell::text(lines.into_iter().filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n"))
}

/// The facts of the audit, what is to be filled in about it, its method and the independence of the auditor.
fn head(view: &AuditChecklist) -> Sheet {
    let audit = &view.audit;
    let mut rows: Vec<(String, String)> = Vec::new();
    let mut row = |name: &str, value: &str| rows.push((name.to_owned(), value.to_owned()));
    row("Audit", &audit.title);
    row("Number", &audit.number);
    row("Dates", &audit.dates);
    row("Lead auditor", &audit.auditor);
    row("Team", &audit.team);
    row("Organization", &view.cover.organization);
    row("Scope of the system", audit.system.as_deref().unwrap_or("no scope statement was found"));
    row("Scope of the audit", &audit.scope);
    row("Criteria", &audit.criteria.join("\n"));
    row("State that was read", &view.cover.read);
    row("As of", &view.cover.as_of);
    row("Grading", &audit.grading);
    audit.results.iter().for_each(|choice| row(&format!("Result: {}", choice.word), &choice.meaning));
    view.summary.iter().for_each(|line| row("In short", line));
    row("Open findings", &view.open_note);
    view.method.iter().for_each(|line| row("Method", line));
    row("Samples", &view.samples.method);
    view.samples.lots.iter().for_each(|lot| row(&format!("Sample: {}", lot.title), &lot.method));
    row("Previous findings", &view.previous.since);
    row("Independence", &view.independence.line);
    view.independence.warnings.iter().for_each(|warning| row("Independence: warning", warning));
    view.independence.ties.iter().for_each(|question| row("Independence: to ask the team", question));
    view.independence.responsible.iter().for_each(|one| row(&format!("Answers: {}", one.person), &format!("{} ({}), {}", one.what, one.clauses, one.place)));
    view.sign_off.iter().for_each(|line| row(&format!("Signature: {}", line.role), &line.name));
    view.limits.iter().for_each(|line| row("Limits", line));
    let columns = vec![Column::new("What", 28.0, Content::Text), Column::new("Value", 100.0, Content::Text)];
    Sheet::new(HEAD, columns, rows.into_iter().map(|(name, value)| vec![Cell::text(name), Cell::text(value)]).collect())
}
