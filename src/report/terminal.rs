//! Findings at a terminal, drawn by miette.

use std::fmt;

use miette::{
    Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents, Severity, SourceCode, SourceSpan, SpanContents,
};

use super::markdown::place;
use super::words::MAY_ANSWER;
use crate::assessment::{Assessment, Finding, FindingPlace};
use crate::framework::Grade;
use crate::vocabulary::{count, listing, sanitize};

/// Findings that are drawn with their lines; the others are listed.
const DRAWN: usize = 60;

/// How to draw.
#[derive(Clone, Copy, Debug)]
pub struct Painting {
    /// With colours.
    pub color: bool,
    /// Only the findings and the count.
    pub quiet: bool,
}

/// A few lines of a file around a finding, harmless to show.
#[derive(Clone, Debug)]
pub struct Excerpt {
    /// Number of the first line.
    pub first_line: u32,
    /// The lines.
    pub text: String,
    /// Byte in them at which the marked part begins.
    pub start: usize,
    /// Its length in bytes.
    pub length: usize,
}

/// Findings gravest first, then what was not checked, then the count.
///
/// # Errors
/// The drawing library's words, if it cannot draw.
pub fn terminal(assessment: &Assessment, excerpt: &mut dyn FnMut(&FindingPlace) -> Option<Excerpt>, painting: &Painting) -> Result<String, String> {
    let theme = if painting.color { GraphicalTheme::unicode() } else { GraphicalTheme::unicode_nocolor() };
    let handler = GraphicalReportHandler::new_themed(theme).with_width(100).with_links(false);
    let open: Vec<&Finding> = assessment.findings.iter().filter(|finding| finding.accepted.is_none()).collect();
    let mut text = String::new();
    for finding in open.iter().take(DRAWN) {
        // What is absent has no line of its own to show.
        let lines = if finding.missing.is_some() { None } else { excerpt(&finding.location) };
        let drawing = Drawing::new(finding, lines);
        handler.render_report(&mut text, &drawing).map_err(|error| error.to_string())?;
        text.push('\n');
    }
    for finding in open.iter().skip(DRAWN) {
        text.push_str(&format!("{}: {}: {} [{}]\n", sanitize(&place(&finding.location)), finding.grade.word(), sanitize(&finding.message), finding.rule));
    }
    text.push_str(&closing(assessment, &open, painting));
    Ok(text)
}

fn closing(assessment: &Assessment, open: &[&Finding], painting: &Painting) -> String {
    let provenance = &assessment.provenance;
    let mut lines = Vec::new();
    for entry in provenance.not_checked.iter().filter(|entry| entry.matters || !painting.quiet) {
        let line = entry.line.map(|line| format!(":{line}")).unwrap_or_default();
        lines.push(format!("not checked: {}{line}: {}", sanitize(&entry.path), sanitize(&entry.reason)));
    }
    let grades: Vec<String> = Grade::ALL
        .iter()
        .map(|grade| (grade, open.iter().filter(|finding| finding.grade == *grade).count()))
        .filter(|(_, number)| *number > 0)
        .map(|(grade, number)| format!("{number} {}", grade.word()))
        .collect();
    let detail = if grades.is_empty() { String::new() } else { format!(" ({})", grades.join(", ")) };
    let accepted = match assessment.tally.accepted {
        0 => String::new(),
        number => format!("; {} accepted", count(number, "finding", "findings")),
    };
    let state = match (&provenance.commit, provenance.uncommitted) {
        (None, _) => "a plain folder, in no Git repository or without a commit".to_owned(),
        (Some(commit), 0) => format!("commit {}", &commit[..commit.len().min(7)]),
        (Some(commit), number) => format!("commit {} with {}", &commit[..commit.len().min(7)], count(number, "uncommitted change", "uncommitted changes")),
    };
    lines.push(format!("{}{detail}{accepted}, as of {}, {state}", count(open.len(), "finding", "findings"), provenance.as_of));
    if !painting.quiet {
        let verdicts: Vec<String> = crate::assessment::Verdict::ALL
            .iter()
            .map(|verdict| (verdict.word(), assessment.tally.verdicts.get(verdict.word()).copied().unwrap_or(0)))
            .filter(|(_, number)| *number > 0)
            .map(|(word, number)| format!("{number} {word}"))
            .collect();
        lines.push(format!("{}: {}", count(assessment.requirements.len(), "requirement", "requirements"), listing(&verdicts)));
        lines.push("grades are proposals and documents can only support: an auditor decides".to_owned());
    }
    if provenance.partial {
        lines.push("the assessment is incomplete: see what was not checked".to_owned());
    }
    lines.join("\n") + "\n"
}

/// One finding as miette wants it.
#[derive(Debug)]
struct Drawing {
    message: String,
    rule: String,
    help: String,
    severity: Severity,
    window: Option<Window>,
    label: Option<SourceSpan>,
}

impl Drawing {
    fn new(finding: &Finding, excerpt: Option<Excerpt>) -> Self {
        let mut help = asked(finding);
        for folded in finding.folded.iter().take(6) {
            help.push_str(&format!("\nalso caused by this: {}", sanitize(folded)));
        }
        if finding.folded.len() > 6 {
            help.push_str(&format!("\nand {} more", finding.folded.len() - 6));
        }
        if let Some(records) = finding.may_answer_words() {
            help.push_str(&format!("\n{MAY_ANSWER}: {}", sanitize(&records)));
        }
        if let Some(places) = finding.named_in_words() {
            help.push_str(&format!("\nalso named in: {}", sanitize(&places)));
        }
        let at = sanitize(&place(&finding.location));
        let (window, label, message) = match excerpt {
            Some(excerpt) => {
                let span = SourceSpan::new(excerpt.start.into(), excerpt.length);
                let name = sanitize(&finding.location.path);
                (Some(Window { name, text: excerpt.text, first_line: excerpt.first_line as usize }), Some(span), sanitize(&finding.message))
            }
            None => (None, None, format!("{at}: {}", sanitize(&finding.message))),
        };
        let severity = match finding.grade {
            Grade::Major => Severity::Error,
            Grade::Minor => Severity::Warning,
            Grade::Observation | Grade::Opportunity => Severity::Advice,
        };
        Self { message, rule: format!("{} {}", finding.grade.word(), finding.rule), help, severity, window, label }
    }
}

/// The remedy, and what asks for it.
fn asked(finding: &Finding) -> String {
    let verb = if finding.requirements.len() == 1 { "asks" } else { "ask" };
    let by = match finding.requirements.as_slice() {
        [] => String::new(),
        ids => format!("\n{} {verb} for it ({} line {} of the clause map)", listing(ids), finding.asked_by.path, finding.asked_by.line),
    };
    let elsewhere = if finding.missing.is_some() { "; if it is kept elsewhere, map the file or declare it external in clausewise.yaml" } else { "" };
    format!("{}{elsewhere}{by}", sanitize(&finding.remedy))
}

impl fmt::Display for Drawing {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message)
    }
}

impl std::error::Error for Drawing {}

impl Diagnostic for Drawing {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        Some(Box::new(&self.rule))
    }
    fn severity(&self) -> Option<Severity> {
        Some(self.severity)
    }
    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        Some(Box::new(&self.help))
    }
    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.window.as_ref().map(|window| window as &dyn SourceCode)
    }
    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        self.label.map(|span| Box::new(std::iter::once(LabeledSpan::new_with_span(None, span))) as Box<dyn Iterator<Item = LabeledSpan>>)
    }
}

/// Lines of a file that keep their numbers.
#[derive(Debug)]
struct Window {
    name: String,
    text: String,
    first_line: usize,
}

impl SourceCode for Window {
    fn read_span<'a>(&'a self, span: &SourceSpan, before: usize, after: usize) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let inner = self.text.as_str().read_span(span, before, after)?;
        let contents = MietteSpanContents::new_named(
            self.name.clone(),
            inner.data(),
            *inner.span(),
            inner.line() + self.first_line - 1,
            inner.column(),
            inner.line_count(),
        );
        Ok(Box::new(contents))
    }
}
