//! Which kind of documented information a document is, once its subject is known.

use super::lexicon::Lexicon;
use super::reading::Reading;
use super::score::Points;
use crate::documents::{Document, Format};
use crate::framework::{DocumentedInformation, Form, Sort};

/// How well a kind fits a document whose subject is known.
pub(super) struct Fitting {
    pub(super) kind: String,
    pub(super) score: f64,
    /// Whether something speaks for this very kind, and not only for its subject.
    pub(super) is_own: bool,
    /// Whether that is more than the word of the title, which says the sort and not the subject.
    pub(super) is_named: bool,
}

/// Which of some kinds a document may be, best first: by their own names, by the word of its title, by its form, else in
/// the order given.
pub(super) fn kinds_of(lexicon: &Lexicon<'_>, document: &Document, reading: &Reading, kinds: &[String], points: &Points) -> Vec<Fitting> {
    let sorts: Vec<Sort> = reading.title.sorts.iter().chain(&reading.name.sorts).copied().collect();
    let dated = reading.title.dated || reading.name.dated;
    let declared = kinds.iter().filter_map(|id| lexicon.kind_index(id).map(|index| (index, lexicon.kinds[index])));
    let mut scored: Vec<Fitting> = declared
        .enumerate()
        .map(|(order, (index, kind))| {
            let named = points.kinds.get(&index).copied().unwrap_or(0.0);
            // "How we review" is no record of a review: a record without a date needs more than such a word.
            let told = if kind.form == Form::Record && !dated && document.format == Format::Markdown { 1.0 } else { 3.0 };
            let by_sort = if sorts.iter().any(|sort| fits_sort(*sort, kind.sort)) { told } else { 0.0 };
            // A procedure on reviews is not a review that was held.
            let rules = sorts.iter().any(|sort| matches!(sort, Sort::Policy | Sort::Process | Sort::Procedure));
            let named = if rules && kind.form == Form::Record && document.format == Format::Markdown { named - 12.0 } else { named };
            let is_named = points.shown.get(&index).copied().unwrap_or(0.0) >= 2.0;
            let is_own = is_named || by_sort > 0.0 || dated && kind.form == Form::Record;
            // The earlier a kind stands in its subject, the likelier it is where nothing tells more.
            Fitting { kind: kind.id.clone(), score: named + by_sort + form(document, kind, dated) - order as f64 * 0.2, is_own, is_named }
        })
        .collect();
    scored.sort_by(|left, right| right.score.total_cmp(&left.score).then_with(|| left.kind.cmp(&right.kind)));
    scored
}

/// Words for one sort are often used for its neighbour.
fn fits_sort(written: Sort, kind: Sort) -> bool {
    written == kind
        || matches!(
            (written, kind),
            (Sort::Process, Sort::Procedure)
                | (Sort::Procedure, Sort::Process)
                | (Sort::Catalogue, Sort::Register)
                | (Sort::Record, Sort::Report)
                | (Sort::Report, Sort::Record)
        )
}

/// Data files hold registers and records; prose mostly neither, unless its title bears a year.
fn form(document: &Document, kind: &DocumentedInformation, dated: bool) -> f64 {
    let is_list = document.lists.iter().any(|(_, records)| records.len() > 1);
    match (document.format, kind.form) {
        (Format::Yaml | Format::Csv, Form::Register) if is_list => 5.0,
        (Format::Yaml | Format::Csv, Form::Record) => 4.0,
        (Format::Yaml | Format::Csv, Form::Document) => -6.0,
        (Format::Markdown, Form::Record) if dated => 3.5,
        (Format::Markdown, Form::Document) if dated => 0.0,
        (Format::Markdown, Form::Document) if document.tables.is_empty() => 1.5,
        (Format::Markdown, Form::Document) => 1.0,
        _ => 0.0,
    }
}
