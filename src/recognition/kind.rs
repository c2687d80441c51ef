//! Which kind of documented information a document is, once its subject is known.

use super::lexicon::Lexicon;
use super::reading::Reading;
use super::score::Points;
use crate::documents::{Document, Format};
use crate::framework::{DocumentedInformation, Form, Sort};

/// The kind of a subject that fits best: by its own name, by the word of its title, by its form; else the subject's first.
pub(super) fn kind_of(lexicon: &Lexicon<'_>, document: &Document, reading: &Reading, subject: usize, points: &Points) -> String {
    let sorts: Vec<Sort> = reading.title.sorts.iter().chain(&reading.name.sorts).copied().collect();
    let declared = &lexicon.subjects[subject].kinds;
    let kinds = declared.iter().filter_map(|id| lexicon.kind_index(id).map(|index| (index, lexicon.kinds[index])));
    let scored = kinds.enumerate().map(|(order, (index, kind))| {
        let named = points.kinds.get(&index).copied().unwrap_or(0.0);
        let by_sort = if sorts.iter().any(|sort| fits_sort(*sort, kind.sort)) { 3.0 } else { 0.0 };
        // The earlier a kind stands in its subject, the likelier it is where nothing tells more.
        let dated = reading.title.dated || reading.name.dated;
        (named + by_sort + form(document, kind, dated) - order as f64 * 0.2, order, &kind.id)
    });
    let best = scored.max_by(|left, right| left.0.total_cmp(&right.0).then(right.1.cmp(&left.1)));
    best.map_or_else(|| declared.first().cloned().unwrap_or_default(), |(_, _, id)| id.clone())
}

/// Words for one sort are often used for its neighbour.
fn fits_sort(written: Sort, kind: Sort) -> bool {
    written == kind || matches!((written, kind), (Sort::Process, Sort::Procedure) | (Sort::Procedure, Sort::Process) | (Sort::Catalogue, Sort::Register))
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
