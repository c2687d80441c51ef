//! What tables of documents hold.

use super::series::parts_named;
use super::{Breach, Fault, Outcome, Rule, Status};
use crate::assessment::inventory::Inventory;
use crate::assessment::outcome::{Confidence, Identified};
use crate::assessment::records::{place_in, says_none_text};
use crate::assessment::verify::{name_of, nowhere, subject_of};
use crate::assessment::wording::Fact;
use crate::documents::Document;
use crate::framework::FilledColumns;
use crate::vocabulary::{Place, Spanned, is_placeholder, plain};

/// In tables with some columns, no cell of theirs is empty.
pub(super) fn filled_columns(inventory: &Inventory<'_>, rule: &Rule, relation: &FilledColumns) -> Outcome {
    let holding = inventory.holding(&relation.kind);
    if holding.documents.is_empty() {
        return nowhere(inventory, &relation.kind);
    }
    let mut outcome = Outcome::new(Status::NothingToJudge);
    for reference in holding.documents.iter().filter(|reference| reference.provenance != Identified::Inferred) {
        for table in reference.document.tables.iter().filter(|table| !table.is_history()) {
            let column = |names: &Vec<String>| table.header.iter().position(|cell| names.iter().any(|name| plain(name) == plain(&cell.value)));
            let filled: Option<Vec<usize>> = relation.columns.iter().map(column).collect();
            let numbers: Option<Vec<usize>> = relation.numbers.iter().map(column).collect();
            let (Some(filled), Some(numbers)) = (filled, numbers) else { continue };
            outcome.status = Status::Judged;
            outcome.cite(inventory, &reference.document.path, table.at.line, &relation.kind, reference.provenance);
            for row in &table.rows {
                let text = |index: usize| row.get(index).map(|cell| cell.value.trim()).unwrap_or_default();
                let is_empty = |index: usize| text(index).is_empty() || is_placeholder(text(index)) || ["-", "–", "—"].contains(&text(index));
                let is_bare = |index: usize| !text(index).chars().any(|character| character.is_ascii_digit()) && !says_none_text(text(index));
                let empty = filled.iter().find(|index| is_empty(**index)).or_else(|| numbers.iter().find(|index| is_bare(**index)));
                if let Some(index) = empty {
                    outcome.faults.push(of_row(rule, reference.document, row, &table.header[*index].value));
                }
            }
        }
    }
    outcome
}

fn of_row(rule: &Rule, document: &Document, row: &[Spanned<String>], column: &str) -> Fault {
    let name = row.iter().map(|cell| cell.value.trim()).find(|text| !text.is_empty()).unwrap_or("a row").to_owned();
    let detail = format!("{column} of \u{201c}{}\u{201d}", crate::vocabulary::shortened(&name, 60));
    let fact = Fact::Broken { record: name_of(document), fault: rule.fault.trim_end_matches('.').to_owned(), detail };
    let place = place_in(document, Place::line(row.first().map_or(1, |cell| cell.at.line)));
    // A row is known by what it begins with; what it also refers to, such as a change, is another thing.
    let about = parts_named(&document.path.to_string(), &name);
    Fault { confidence: Confidence::Medium, about, ..Fault::new(Breach::Rule(rule.id.clone()), subject_of(document), format!("{column} {name}"), place, fact) }
}
