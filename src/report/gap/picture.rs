//! The picture by clause: three numbers for each, as a table, as bars and as a radar.

use serde::Serialize;

use super::super::words::top_title;
use crate::assessment::{Assessment, ClauseTally};
use crate::framework::{Framework, Grade};
use crate::vocabulary::ClauseNumber;

/// A part of a whole.
#[derive(Clone, Copy, Debug, Serialize)]
pub(super) struct Part {
    pub(super) part: usize,
    pub(super) of: usize,
    /// In hundredths, rounded; none where there is nothing to divide.
    pub(super) percent: Option<usize>,
}

/// A clause, or a second-level clause below it.
#[derive(Debug, Serialize)]
pub(super) struct ClauseRow {
    pub(super) number: String,
    pub(super) title: String,
    pub(super) top: bool,
    pub(super) documents: Part,
    pub(super) records: Part,
    pub(super) open: Part,
    pub(super) major: usize,
    pub(super) minor: usize,
    pub(super) other: usize,
}

/// The same as drawings: lengths and points of an SVG, computed here since a template only lays out.
#[derive(Debug, Serialize)]
pub(super) struct Picture {
    pub(super) rows: Vec<ClauseRow>,
    pub(super) bars: Vec<Bar>,
    /// Height of the drawing of bars.
    pub(super) bars_height: usize,
    pub(super) radar: Radar,
}

/// The bars of one clause: their tops, and their lengths out of 100.
#[derive(Debug, Serialize)]
pub(super) struct Bar {
    pub(super) label: String,
    pub(super) title: String,
    pub(super) top: usize,
    pub(super) documents: Part,
    pub(super) records: Part,
    pub(super) open: Part,
}

/// A radar within a square of 400 by 400, its centre in the middle, its radius 140.
#[derive(Debug, Serialize)]
pub(super) struct Radar {
    /// Whether there is anything to draw.
    pub(super) shown: bool,
    pub(super) axes: Vec<Axis>,
    /// Points of the polygons, as SVG writes them. A clause that asks for none has no point: it is no zero.
    pub(super) documents: String,
    pub(super) records: String,
    /// The same points one by one.
    pub(super) document_points: Vec<Point>,
    pub(super) record_points: Vec<Point>,
    /// Rings at a quarter, a half, three quarters and the whole.
    pub(super) rings: Vec<String>,
}

/// Where a share lies on its axis.
#[derive(Debug, Serialize)]
pub(super) struct Point {
    pub(super) x: String,
    pub(super) y: String,
}

/// One axis: its end, and where its label stands.
#[derive(Debug, Serialize)]
pub(super) struct Axis {
    pub(super) label: String,
    pub(super) x: String,
    pub(super) y: String,
    pub(super) label_x: String,
    pub(super) label_y: String,
    /// `start`, `middle` or `end`.
    pub(super) anchor: &'static str,
}

const CENTRE: f64 = 200.0;
const RADIUS: f64 = 140.0;
const BAR_STEP: usize = 54;

impl Picture {
    pub(super) fn new(assessment: &Assessment, framework: &Framework) -> Self {
        let rows = clause_rows(assessment, framework);
        let tops: Vec<&ClauseRow> = rows.iter().filter(|row| row.top).collect();
        let bar = |(index, row): (usize, &&ClauseRow)| Bar {
            label: row.number.clone(),
            title: row.title.clone(),
            top: 10 + index * BAR_STEP,
            documents: row.documents,
            records: row.records,
            open: row.open,
        };
        let bars: Vec<Bar> = tops.iter().enumerate().map(bar).collect();
        let second: Vec<&ClauseRow> = radar_rows(&rows);
        Self { bars_height: 20 + bars.len() * BAR_STEP, bars, radar: Radar::new(&second), rows }
    }
}

/// The axes of the radar: clauses 4 to 7, 9 and 10, and the parts of clause 8, which is most of the standard.
fn radar_rows(rows: &[ClauseRow]) -> Vec<&ClauseRow> {
    rows.iter().filter(|row| (row.top && row.number != "8") || (!row.top && row.number.starts_with("8."))).collect()
}

impl Radar {
    fn new(rows: &[&ClauseRow]) -> Self {
        let share = |part: Part| (part.of > 0).then(|| ratio(part.part, part.of));
        let ring = |size: f64| line(&points(&vec![Some(size); rows.len()]));
        let documents = points(&rows.iter().map(|row| share(row.documents)).collect::<Vec<_>>());
        let records = points(&rows.iter().map(|row| share(row.records)).collect::<Vec<_>>());
        let axis = |(index, row): (usize, &&ClauseRow)| {
            let (x, y) = at(index, rows.len(), 1.0);
            let (label_x, label_y) = at(index, rows.len(), 1.13);
            let anchor = match label_x - CENTRE {
                offset if offset > 12.0 => "start",
                offset if offset < -12.0 => "end",
                _ => "middle",
            };
            Axis { label: row.number.clone(), x: figure(x), y: figure(y), label_x: figure(label_x), label_y: figure(label_y + 5.0), anchor }
        };
        Self {
            shown: rows.iter().any(|row| row.documents.part + row.records.part > 0),
            axes: rows.iter().enumerate().map(axis).collect(),
            documents: line(&documents),
            records: line(&records),
            document_points: documents,
            record_points: records,
            rings: [0.25, 0.5, 0.75, 1.0].map(ring).to_vec(),
        }
    }
}

fn points(shares: &[Option<f64>]) -> Vec<Point> {
    let point = |(index, share): (usize, &Option<f64>)| {
        let (x, y) = at(index, shares.len(), (*share)?);
        Some(Point { x: figure(x), y: figure(y) })
    };
    shares.iter().enumerate().filter_map(point).collect()
}

fn line(points: &[Point]) -> String {
    points.iter().map(|point| format!("{},{}", point.x, point.y)).collect::<Vec<_>>().join(" ")
}

/// A point on an axis, the first of which points up.
fn at(index: usize, of: usize, share: f64) -> (f64, f64) {
    let turn = ratio(index, of.max(1)) * std::f64::consts::TAU;
    (CENTRE + RADIUS * share * turn.sin(), CENTRE - RADIUS * share * turn.cos())
}

#[expect(clippy::cast_precision_loss, reason = "counts of requirements are small")]
fn ratio(part: usize, of: usize) -> f64 {
    part as f64 / of as f64
}

/// One digit behind the point: the same text on every machine.
fn figure(value: f64) -> String {
    format!("{value:.1}")
}

/// Rows for clauses 4 to 10 and the second level below each.
fn clause_rows(assessment: &Assessment, framework: &Framework) -> Vec<ClauseRow> {
    let mut rows = Vec::new();
    let mut last_top = None;
    for (number, title) in &framework.groups {
        if last_top != Some(number.top()) {
            last_top = Some(number.top());
            if let Some(top) = ClauseNumber::parse(&number.top().to_string()) {
                rows.push(clause_row(assessment, &top, top_title(&top).unwrap_or_default(), true));
            }
        }
        rows.push(clause_row(assessment, number, title, false));
    }
    rows
}

fn clause_row(assessment: &Assessment, number: &ClauseNumber, title: &str, top: bool) -> ClauseRow {
    let inside: Vec<&ClauseTally> =
        assessment.clauses.iter().filter(|clause| ClauseNumber::parse(&clause.number).is_some_and(|other| number.contains(&other))).collect();
    let sum = |value: fn(&ClauseTally) -> usize| inside.iter().map(|clause| value(clause)).sum::<usize>();
    let graded = |grades: &[Grade]| {
        inside.iter().map(|clause| grades.iter().map(|grade| clause.findings.get(grade.word()).copied().unwrap_or(0)).sum::<usize>()).sum::<usize>()
    };
    ClauseRow {
        number: number.to_string(),
        title: title.to_owned(),
        top,
        documents: part(sum(|clause| clause.documents.supported), sum(|clause| clause.documents.of)),
        records: part(sum(|clause| clause.records.supported), sum(|clause| clause.records.of)),
        open: part(sum(|clause| clause.open.count), sum(|clause| clause.open.of)),
        major: graded(&[Grade::Major]),
        minor: graded(&[Grade::Minor]),
        other: graded(&[Grade::Observation, Grade::Opportunity]),
    }
}

pub(super) fn part(part: usize, of: usize) -> Part {
    Part { part, of, percent: (of > 0).then(|| (part * 100 + of / 2) / of) }
}
