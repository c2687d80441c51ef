//! The gap report as sheets.

use std::collections::BTreeMap;

use super::GapReport;
use super::picture::{ClauseRow, Part};
use super::plan::ActionRow;
use crate::report::places::by_file;
use crate::report::words::MAY_ANSWER;
use crate::report::workbook::{Cell, Chart, ChartForm, Column, Content, Sheet, Workbook};

/// Words of the state of an action.
const STATES: [&str; 4] = ["open", "in progress", "done", "accepted"];

pub(super) fn workbook(report: &GapReport<'_>) -> Workbook {
    Workbook {
        title: format!("Gap report: {}", report.cover.organization),
        sheets: vec![
            summary(report),
            picture(report),
            findings(report),
            plan(report),
            clauses(report),
            requirements(report),
            questions(report),
            evidence(report),
            limits(report),
        ],
        meta: report.cover.meta("clausewise/gap-workbook/v1"),
    }
}

fn summary(report: &GapReport<'_>) -> Sheet {
    let cover = &report.cover;
    let columns = vec![Column::new("What", 28.0, Content::Text), Column::new("Value", 24.0, Content::Text), Column::new("Meaning", 90.0, Content::Text)];
    let row = |name: &str, value: &str, about: &str| vec![Cell::text(name), Cell::text(value), Cell::text(about)];
    let mut rows = vec![
        row("Organization", &cover.organization, cover.unit.as_deref().unwrap_or_default()),
        row("Standard", &cover.standard, ""),
        row("State that was read", &cover.read, ""),
        row("As of", &cover.as_of, &format!("clause map {}, {}", cover.map_version, cover.tool)),
        row("In short", "", &report.summary.headline),
    ];
    rows.extend(report.summary.stays.iter().map(|sentence| row("", "", sentence)));
    rows.extend((1..).zip(&report.summary.first).map(|(index, step)| first_step(index, step)));
    rows.extend((!report.summary.begins.is_empty()).then(|| row("", "", &report.summary.begins)));
    rows.extend((!report.summary.next.is_empty()).then(|| row("", "", &report.summary.next)));
    rows.extend((!report.summary.stage_1.is_empty()).then(|| row("", "", &report.summary.stage_1)));
    rows.extend(report.summary.days.iter().map(|day| {
        let note = if day.note.is_empty() { String::new() } else { format!("; {}", day.note) };
        row("Ahead", &day.day, &format!("{} ({}){note}", day.what, day.place))
    }));
    rows.extend(report.summary.sentences.iter().map(|sentence| row("", "", sentence)));
    rows.extend(report.summary.figures.iter().map(|figure| row(figure.name, &figure.value, &figure.about)));
    let verdict = |verdict: &super::rows::VerdictRow| {
        vec![Cell::text(format!("Requirements: {}", verdict.verdict.replace('-', " "))), Cell::number(verdict.number), Cell::text(&verdict.meaning)]
    };
    rows.extend(report.summary.verdicts.iter().map(verdict));
    Sheet::new("Summary", columns, rows)
}

fn first_step(index: usize, step: &super::summary::FirstStep) -> Vec<Cell> {
    let message = if step.message.is_empty() { String::new() } else { format!("{}. ", step.message) };
    let decided: String = step.decided.iter().map(|one| format!("; a review decided something for {}", one.until)).collect();
    let owner = if step.owner.is_empty() { String::new() } else { format!("; {}", step.owner) };
    let text = format!("{message}{}. ({}{owner}; effort {}{decided})", step.action, step.number, step.effort);
    vec![Cell::text(format!("To do first, {index}")), Cell::text(&step.number), Cell::text(text)]
}

/// What is told of a finding beside its sentence.
fn beside(finding: &super::rows::FindingView) -> String {
    let mut lines: Vec<String> = finding.folded.iter().map(|line| format!("also caused by this: {line}")).collect();
    lines.extend(finding.build_on.iter().map(|there| format!("not found as such; {} {} ({})", there.lead, there.place, there.what)));
    lines.extend((!finding.may_answer.is_empty()).then(|| format!("{MAY_ANSWER}: {}", finding.may_answer)));
    lines.extend((!finding.named_in.is_empty()).then(|| format!("also named in: {}", finding.named_in)));
    lines.extend((!finding.remark.is_empty()).then(|| format!("note: {}", finding.remark)));
    lines.join("\n")
}

/// The stage of a certification audit, shortly.
fn stage(stops: &str) -> &str {
    match stops {
        "the first stage" => "stage 1",
        "the second stage" => "stage 2",
        other => other,
    }
}

/// The rows that are drawn: clauses 4 to 7, 9 and 10, and the parts of clause 8.
fn picture(report: &GapReport<'_>) -> Sheet {
    let columns = vec![
        Column::new("Clause", 9.0, Content::Word),
        Column::new("Title", 46.0, Content::Text),
        Column::new("Documents %", 13.0, Content::Number),
        Column::new("Records %", 13.0, Content::Number),
        Column::new("Open %", 13.0, Content::Number),
    ];
    let percent = |part: &Part| part.percent.map_or(Cell::Empty, Cell::number);
    let is_drawn = |row: &&ClauseRow| (row.top && row.number != "8") || (!row.top && row.number.starts_with("8."));
    let rows: Vec<Vec<Cell>> = report
        .picture
        .rows
        .iter()
        .filter(is_drawn)
        .map(|row| vec![Cell::text(&row.number), Cell::text(&row.title), percent(&row.documents), percent(&row.records), percent(&row.open)])
        .collect();
    let last = u32::try_from(rows.len().saturating_sub(1)).unwrap_or(0);
    let chart = |form, title: &str, values: Vec<u16>| Chart { form, title: title.to_owned(), categories: 0, values, rows: (0, last), most: Some(100) };
    let mut sheet = Sheet::new("Picture", columns, rows);
    sheet.charts = vec![chart(ChartForm::Bars, "Share of requirements by clause, in percent", vec![2, 3, 4])];
    if report.picture.radar.shown {
        sheet.charts.push(chart(ChartForm::Radar, "Supported by documents and by records, in percent", vec![2, 3]));
    }
    sheet
}

fn clauses(report: &GapReport<'_>) -> Sheet {
    let number = |head: &str| Column::new(head, 11.0, Content::Number);
    let columns = vec![
        Column::new("Clause", 9.0, Content::Word),
        Column::new("Title", 46.0, Content::Text),
        number("Documents"),
        number("of documents"),
        number("Records"),
        number("of records"),
        number("Open"),
        number("of all"),
        number("Major"),
        number("Minor"),
        number("Other"),
    ];
    let row = |row: &ClauseRow| {
        let mut cells = vec![Cell::text(&row.number), Cell::text(&row.title)];
        let figures = [row.documents.part, row.documents.of, row.records.part, row.records.of, row.open.part, row.open.of, row.major, row.minor, row.other];
        cells.extend(figures.map(Cell::number));
        cells
    };
    Sheet::new("Clauses", columns, report.picture.rows.iter().map(row).collect())
}

fn findings(report: &GapReport<'_>) -> Sheet {
    let columns = vec![
        Column::new("No.", 6.0, Content::Word),
        Column::new("Proposed grade", 12.0, Content::Grade),
        Column::new("Finding", 46.0, Content::Text),
        Column::new("Requirements", 14.0, Content::Text),
        Column::new("Where", 28.0, Content::Text),
        Column::new("Would stop", 11.0, Content::Word),
        Column::new("Remedy", 44.0, Content::Text),
        Column::new("Effort", 7.0, Content::Word),
        Column::new("Beside it", 27.0, Content::Text),
        Column::new("Why this grade", 22.0, Content::Text),
        Column::new("Action", 8.0, Content::Word).off_paper(),
        Column::new("When", 22.0, Content::Text).off_paper(),
        Column::new("Owner", 18.0, Content::Text).off_paper(),
        Column::new("Confidence", 11.0, Content::Word).off_paper(),
        Column::new("Rule", 30.0, Content::Word).off_paper(),
        Column::new("Fingerprint", 18.0, Content::Word).off_paper(),
    ];
    let actions: BTreeMap<&str, (&ActionRow, &str)> = report
        .plan
        .iter()
        .flat_map(|phase| phase.actions.iter().map(move |action| (action, phase.title)))
        .flat_map(|(action, title)| action.settled.iter().map(move |number| (number.as_str(), (action, title))))
        .collect();
    let row = |finding: &super::rows::FindingView| {
        // What a later record took up has no action.
        let action = actions.get(finding.number.as_str());
        let of_action = |text: fn(&ActionRow) -> &str| action.map_or(Cell::Empty, |(action, _)| Cell::text(text(action)));
        vec![
            Cell::text(&finding.number),
            Cell::text(finding.grade),
            Cell::text(&finding.message),
            Cell::text(finding.requirements.join(", ")),
            Cell::text(&finding.place),
            Cell::text(stage(finding.stops)),
            Cell::text(&finding.remedy),
            Cell::text(finding.effort),
            Cell::text(beside(finding)),
            Cell::text(&finding.raised),
            of_action(|action| &action.number),
            action.map_or(Cell::Empty, |(_, title)| Cell::text(*title)),
            of_action(|action| &action.owner),
            Cell::text(finding.confidence),
            Cell::text(&finding.rule),
            Cell::text(&finding.fingerprint),
        ]
    };
    let rows = report.parts.iter().flat_map(|part| &part.clauses).flat_map(|clause| &clause.findings).map(row).collect();
    Sheet::new("Findings", columns, rows).register()
}

fn plan(report: &GapReport<'_>) -> Sheet {
    let mut columns = vec![
        Column::new("No.", 6.0, Content::Word),
        Column::new("When", 16.0, Content::Text),
        Column::new("Action", 50.0, Content::Text),
        Column::new("Settles", 36.0, Content::Text),
        Column::new("Findings", 13.0, Content::Text),
        Column::new("Requirements", 14.0, Content::Text),
        Column::new("Grade", 11.0, Content::Grade),
        Column::new("Effort", 7.0, Content::Word),
        Column::new("After", 8.0, Content::Text),
        Column::new("Owner", 15.0, Content::Text),
        Column::new("Responsible", 16.0, Content::Blank),
        Column::new("Due", 11.0, Content::BlankDate),
        Column::new("State", 12.0, Content::Choice(STATES.map(str::to_owned).to_vec())),
    ];
    let is_decided = report.plan.iter().flat_map(|phase| &phase.actions).any(|action| !action.decided.is_empty());
    columns.extend(is_decided.then(|| Column::new("Already decided", 24.0, Content::Text)));
    let due = |action: &super::plan::ActionRow| match action.decided.as_slice() {
        [one] => one.until.parse().map_or(Cell::Empty, Cell::Date),
        _ => Cell::Empty,
    };
    let decisions = |action: &super::plan::ActionRow| {
        let words = |one: &super::plan::DecidedView| format!("{}: {}, {} ({})", one.until, one.what, one.who, one.place);
        action.decided.iter().map(words).collect::<Vec<_>>().join("\n")
    };
    let some = |items: &[String], more: usize| if more > 0 { format!("{} and {more} more", items.join(", ")) } else { items.join(", ") };
    let row = |phase: &super::plan::Phase, action: &super::plan::ActionRow| {
        vec![
            Cell::text(&action.number),
            Cell::text(phase.title),
            Cell::text(&action.action),
            Cell::text(&action.settles),
            Cell::text(some(&action.findings, action.findings_more)),
            Cell::text(action.requirements.join(", ")),
            Cell::text(action.grade),
            Cell::text(action.effort),
            Cell::text(action.after.join(", ")),
            Cell::text(&action.owner),
            Cell::Empty,
            due(action),
            Cell::text("open"),
        ]
        .into_iter()
        .chain(is_decided.then(|| Cell::text(decisions(action))))
        .collect()
    };
    let rows = report.plan.iter().flat_map(|phase| phase.actions.iter().map(move |action| row(phase, action))).collect();
    Sheet::new("Action plan", columns, rows)
}

fn requirements(report: &GapReport<'_>) -> Sheet {
    let columns = vec![
        Column::new("Requirement", 10.5, Content::Word),
        Column::new("Clause title", 18.0, Content::Text),
        Column::new("Asked for, in our words", 38.0, Content::Text),
        Column::new("Verdict", 15.5, Content::Verdict),
        Column::new("Why", 36.0, Content::Text),
        Column::new("Evidence", 40.0, Content::Text),
        Column::new("Question for the auditor", 38.0, Content::Text),
        Column::new("Ask", 18.0, Content::Text),
        Column::new("Confidence", 11.0, Content::Word).off_paper(),
    ];
    let row = |item: &crate::assessment::Determination| {
        let places: Vec<String> = item.evidence.iter().map(|evidence| format!("{}:{}", evidence.path, evidence.line)).collect();
        let places = by_file(&places, usize::MAX);
        vec![
            Cell::text(&item.id),
            Cell::text(&item.title),
            Cell::text(&item.intent),
            Cell::text(item.verdict.word()),
            Cell::text(&item.reason),
            Cell::text(places.join("\n")),
            Cell::text(&item.question),
            Cell::text(&item.whom),
            Cell::text(item.confidence.word()),
        ]
    };
    Sheet::new("Requirements", columns, report.assessment.requirements.iter().map(row).collect())
}

fn questions(report: &GapReport<'_>) -> Sheet {
    let columns = vec![
        Column::new("Requirement", 12.0, Content::Word),
        Column::new("Ask", 26.0, Content::Text),
        Column::new("Question", 66.0, Content::Text),
        Column::new("Seen so far", 48.0, Content::Text),
        Column::new("Answer", 54.0, Content::Blank),
    ];
    let row = |group: &super::rows::Questions, item: &super::rows::QuestionView| {
        vec![Cell::text(&item.id), Cell::text(&group.whom), Cell::text(&item.question), Cell::text(&item.seen), Cell::Empty]
    };
    Sheet::new("Questions", columns, report.questions.iter().flat_map(|group| group.items.iter().map(move |item| row(group, item))).collect())
}

fn evidence(report: &GapReport<'_>) -> Sheet {
    let columns = vec![
        Column::new("Requirement", 12.0, Content::Word),
        Column::new("Verdict", 16.0, Content::Verdict),
        Column::new("Place", 52.0, Content::Word),
        Column::new("Documented information", 34.0, Content::Text),
        Column::new("How it is known", 13.0, Content::Word),
        Column::new("Commit", 10.0, Content::Word),
        Column::new("Last change", 12.0, Content::Word),
    ];
    let row = |row: &super::rows::EvidenceRow| {
        vec![
            Cell::text(&row.id),
            Cell::text(row.verdict),
            Cell::text(&row.place),
            Cell::text(&row.kind),
            Cell::text(row.known),
            Cell::text(&row.commit),
            Cell::text(&row.changed),
        ]
    };
    // A row for each place is for filters; on paper the places stand with their requirements.
    Sheet::new("Evidence", columns, report.evidence.iter().map(row).collect()).off_paper("not printed, see Requirements")
}

fn limits(report: &GapReport<'_>) -> Sheet {
    let columns = vec![Column::new("Where", 44.0, Content::Text), Column::new("What to know", 110.0, Content::Text)];
    let mut rows: Vec<Vec<Cell>> =
        report.not_checked.iter().map(|row| vec![Cell::text(&row.name), Cell::text(format!("not checked: {}", row.value))]).collect();
    rows.extend(report.notes.iter().chain(&report.limits).map(|text| vec![Cell::text("This review"), Cell::text(text)]));
    Sheet::new("Limits", columns, rows)
}
