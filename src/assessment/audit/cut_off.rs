//! Since when earlier findings are carried into an audit.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::Date;

use super::earlier::EarlierFinding;
use super::planned::PlannedDay;
use super::reports::AuditReport;
use crate::framework::PreviousSince;
use crate::vocabulary::{ClauseNumber, RequirementId, count, read_date};

/// Since when closed findings, and those that only a report tells, are carried in.
#[derive(Clone, Debug)]
pub(super) struct CutOff {
    /// In words, to follow "since".
    pub(super) words: String,
    /// For findings that name no clause of this audit.
    otherwise: Date,
    /// By audited sub-clause, where that matters.
    by_clause: Vec<(ClauseNumber, Date)>,
    as_of: Date,
}

/// That stage 1 comes before an audit, and its day where documents say that it still lies ahead.
type Stage1<'run> = Option<&'run PlannedDay>;

impl CutOff {
    /// The same day for all findings.
    fn on(day: Date, why: &str, as_of: Date) -> Self {
        Self { words: format!("{day}: {why}"), otherwise: day, by_clause: Vec::new(), as_of }
    }

    /// As somebody asked, or as this kind of audit has it.
    pub(super) fn new(
        asked: Option<Date>,
        rule: PreviousSince,
        stage_1: Option<Stage1<'_>>,
        reports: &[AuditReport],
        audited: &[ClauseNumber],
        as_of: Date,
    ) -> Self {
        let years = |number: i32| as_of.checked_sub(number.years()).unwrap_or(as_of);
        match (asked, rule) {
            (Some(day), _) => Self::on(day, "as asked for", as_of),
            (None, PreviousSince::TwoYears) if stage_1.is_some() => match stage_1.flatten() {
                Some(ahead) => {
                    let why = format!(
                        "the last two years; stage 1 is planned for {} ({}:{}), and nothing shows that any visit of a certification body was held",
                        ahead.day, ahead.path, ahead.line
                    );
                    Self::on(years(2), &why, as_of)
                }
                None => Self::on(years(2), "the last two years, since no visit of a certification body but stage 1 comes before this one", as_of),
            },
            (None, PreviousSince::TwoYears) => Self::on(years(2), "the last two years, since no visit of a certification body came before", as_of),
            (None, PreviousSince::Year) => Self::on(years(1), "one year, since the last visit", as_of),
            (None, PreviousSince::Cycle) => Self::on(years(3), "the three years of the cycle", as_of),
            (None, PreviousSince::LastAudit) if reports.is_empty() => Self::on(years(1), "one year, since there is no report of an internal audit here", as_of),
            (None, PreviousSince::LastAudit) => Self::since_each(reports, audited, years(1), as_of),
        }
    }

    /// For each sub-clause since the last internal audit that covered it.
    fn since_each(reports: &[AuditReport], audited: &[ClauseNumber], without: Date, as_of: Date) -> Self {
        let mut by_clause = Vec::new();
        let mut by_report: BTreeMap<(Date, &str), usize> = BTreeMap::new();
        let mut uncovered = 0;
        for clause in audited {
            match reports.iter().rev().find(|report| report.may_cover(clause)) {
                Some(report) => {
                    *by_report.entry((report.date, &report.id)).or_default() += 1;
                    by_clause.push((clause.clone(), report.date));
                }
                None => {
                    uncovered += 1;
                    by_clause.push((clause.clone(), without));
                }
            }
        }
        let mut words = match by_report.iter().next() {
            None => format!("{without}: one year, since no report of an internal audit covers what is audited here"),
            Some(((day, id), _)) if by_report.len() == 1 => format!("{day}: the last internal audit that covered this, {id}"),
            Some(_) => {
                let each = by_report.iter().map(|((day, id), number)| format!("{id} of {day} for {}", count(*number, "sub-clause", "sub-clauses")));
                format!("the last internal audit that covered the sub-clause: {}", each.collect::<Vec<_>>().join(", "))
            }
        };
        if uncovered > 0 && !by_report.is_empty() {
            words.push_str(&format!("; since {without} for {} that no report covers", count(uncovered, "sub-clause", "sub-clauses")));
        }
        let otherwise = reports.last().map_or(without, |report| report.date);
        Self { words, otherwise, by_clause, as_of }
    }

    /// The earliest day of the sub-clauses that a finding touches.
    fn of(&self, finding: &EarlierFinding) -> Date {
        let number = |text: &String| RequirementId::parse(text).map(|id| id.clause().clone()).or_else(|| ClauseNumber::parse(text));
        let named: Vec<ClauseNumber> = finding.clauses.iter().filter_map(number).collect();
        let touched = |clause: &ClauseNumber| named.iter().any(|own| own.contains(clause) || clause.contains(own));
        self.by_clause.iter().filter(|(clause, _)| touched(clause)).map(|(_, day)| *day).min().unwrap_or(self.otherwise)
    }

    /// Open ones always; others if they were found or closed since then. What only a report tells has no end that anything
    /// here could show, and is looked at once more.
    pub(super) fn carries(&self, finding: &EarlierFinding) -> bool {
        let since = self.of(finding);
        let day = |text: &Option<String>| text.as_deref().and_then(|text| read_date(text).day());
        let recent = |day: Option<Date>| day.is_some_and(|day| day >= since && day <= self.as_of);
        let found = day(&finding.date);
        if found.is_some_and(|day| day > self.as_of) {
            return false;
        }
        let only_told = finding.id.starts_with("report:");
        recent(found) || recent(day(&finding.closed_on)) || (finding.open && !only_told)
    }
}
