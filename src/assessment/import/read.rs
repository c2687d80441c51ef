//! One filled-in row: whether it is a row of ours, and what it claims.

use std::collections::BTreeMap;

use super::{Fields, KnownRow, Refusal, Terms, joined};
use crate::answers::{Answered, FilledIn, TableRow, read_answered_day};
use crate::vocabulary::{listing, plain, shortened};

/// Words for a row that holds notes and no result, the first one that the audit knows.
const NO_RESULT: [&str; 2] = ["not audited", "not looked at"];

/// What a row says.
pub(super) struct Claim {
    pub(super) id: String,
    pub(super) place: String,
    pub(super) fields: Fields,
    pub(super) stale: Option<String>,
    pub(super) hash: String,
}

/// Reads a row; none where it is no row of a checklist.
pub(super) fn claim(row: &TableRow, known: &BTreeMap<String, KnownRow>, filled_in: &FilledIn, terms: &Terms<'_>) -> Result<Option<Claim>, Vec<Refusal>> {
    let columns = terms.columns;
    let answers = [columns.result, columns.evidence_seen, columns.auditee, columns.auditor, columns.date, columns.notes];
    let is_filled = answers.iter().any(|head| !row.text(head).is_empty());
    let refuse = |head: &str, why: String| vec![Refusal::new(place_or_row(row, head), why)];
    let id = row.text(columns.id);
    if id.is_empty() {
        // A heading, or a line of somebody's own.
        return if is_filled { Err(refuse(columns.id, "the row has an answer and no id; give it the id of its question".to_owned())) } else { Ok(None) };
    }
    let Some(known_row) = known.get(id).or_else(|| known.values().find(|row| row.id.eq_ignore_ascii_case(id))) else {
        return Err(refuse(columns.id, unknown(id, known)));
    };
    let hash = filled_in.meta.iter().find(|(name, _)| name.strip_prefix("hash:") == Some(&known_row.id)).map(|(_, hash)| hash.as_str());
    if hash.is_some_and(|hash| hash.len() != 16 || !hash.bytes().all(|byte| byte.is_ascii_hexdigit())) {
        return Err(refuse(columns.id, format!("the hash of {id} in the hidden sheet was altered; write the checklist again and copy the answers over")));
    }
    if let Some(why) = altered(row, known_row, hash, terms) {
        return Err(refuse(columns.question, why));
    }
    let fields = fields(row, known_row, terms)?;
    let stale = (!fields.is_empty()).then(|| stale(row, known_row, hash, terms)).flatten();
    let hash = match (hash, &stale) {
        (Some(hash), _) => hash.to_owned(),
        // What it was is not told; that it was another is.
        (None, Some(_)) => "not known".to_owned(),
        (None, None) => known_row.hash.clone(),
    };
    Ok(Some(Claim { id: known_row.id.clone(), place: row.place.clone(), fields, stale, hash }))
}

fn unknown(id: &str, known: &BTreeMap<String, KnownRow>) -> String {
    let near = known.keys().map(|other| (strsim::damerau_levenshtein(id, other), other)).min().filter(|(distance, _)| *distance <= 3);
    let near = near.map(|(_, other)| format!("; did you mean {other}?")).unwrap_or_default();
    format!("no row has the id \"{}\"{near} Ids are those of the checklist as it was written", shortened(id, 80))
}

/// Why a row does not ask what it should.
fn altered(row: &TableRow, known: &KnownRow, hash: Option<&str>, terms: &Terms<'_>) -> Option<String> {
    let question = row.cell(terms.columns.question)?;
    let form = |text: &str| if terms.exact { joined(text) } else { plain(text) };
    if known.questions.is_empty() || known.questions.iter().any(|asked| form(asked) == form(&question.text)) {
        return None;
    }
    // A question about a record follows the record; then the answer is stale, and nobody altered anything.
    if !known.is_fixed && hash != Some(known.hash.as_str()) {
        return None;
    }
    let asked = known.questions.first().map(|asked| shortened(&joined(asked), 160)).unwrap_or_default();
    Some(format!("the question of {} was altered; an answer to another question is none to this one, which is \"{asked}\". Put it back", known.id))
}

/// Why an answer does not hold any more.
fn stale(row: &TableRow, known: &KnownRow, hash: Option<&str>, terms: &Terms<'_>) -> Option<String> {
    if known.hash.is_empty() {
        return None;
    }
    let form = |text: &str| if terms.exact { joined(text) } else { plain(text) };
    let has_changed = match (hash, row.cell(terms.columns.evidence)) {
        (Some(hash), _) => hash != known.hash,
        (None, Some(evidence)) => !known.evidence_shown.iter().any(|shown| form(shown) == form(&evidence.text)),
        (None, None) => false,
    };
    has_changed.then(|| "the evidence, the question or what the documents say has changed since the checklist was written".to_owned())
}

/// What is filled in, checked. A column that is missing says what is kept.
fn fields(row: &TableRow, known: &KnownRow, terms: &Terms<'_>) -> Result<Fields, Vec<Refusal>> {
    let columns = terms.columns;
    let mut refused = Vec::new();
    let kept = known.kept.as_ref().map(|kept| kept.fields.clone()).unwrap_or_default();
    let mut text = |head: &str, kept: &str| match row.cell(head) {
        Some(Answered { is_error: true, text, place, .. }) => {
            refused.push(Refusal::new(place, format!("a formula failed in this cell ({text}); write what it should say")));
            String::new()
        }
        Some(cell) => cell.text.clone(),
        None if row.has(head) => String::new(),
        None => kept.to_owned(),
    };
    let mut fields = Fields {
        result: text(columns.result, ""),
        evidence_seen: text(columns.evidence_seen, &kept.evidence_seen),
        auditee: text(columns.auditee, &kept.auditee),
        auditor: text(columns.auditor, &kept.auditor),
        date: text(columns.date, &kept.date),
        notes: text(columns.notes, &kept.notes),
    };
    if let Some(cell) = row.cell(columns.date).filter(|cell| !cell.is_error) {
        match read_answered_day(cell) {
            Ok(Some(day)) if day > terms.as_of => {
                let why = format!("{day} is after the day of this assessment, {0}; correct the day, or say --as-of {day}", terms.as_of);
                refused.push(Refusal::new(&cell.place, why));
            }
            Ok(day) => fields.date = day.map(|day| day.to_string()).unwrap_or_default(),
            Err(why) => refused.push(Refusal::new(&cell.place, why)),
        }
    }
    if fields.is_empty() {
        return if refused.is_empty() { Ok(fields) } else { Err(refused) };
    }
    if fields.result.is_empty() {
        let word = NO_RESULT.iter().find(|word| terms.results.iter().any(|result| plain(result) == plain(word))).unwrap_or(&NO_RESULT[0]);
        fields.result = (*word).to_owned();
    } else {
        match terms.results.iter().find(|word| plain(word) == plain(&fields.result)) {
            Some(word) => fields.result.clone_from(word),
            None => {
                let why = format!("the result \"{}\" is none of {}; write one of these words", shortened(&fields.result, 60), listing(&terms.results));
                refused.push(Refusal::new(place_or_row(row, columns.result), why));
            }
        }
        if !NO_RESULT.iter().any(|word| plain(word) == plain(&fields.result)) {
            by_whom(row, terms, &mut fields, &mut refused);
        }
    }
    if refused.is_empty() { Ok(fields) } else { Err(refused) }
}

/// A judgement is somebody's, of some day.
fn by_whom(row: &TableRow, terms: &Terms<'_>, fields: &mut Fields, refused: &mut Vec<Refusal>) {
    if fields.auditor.is_empty() {
        match terms.assessor {
            Some(assessor) => fields.auditor = assessor.to_owned(),
            None => {
                let why = "the row has a result and names no auditor; name one, or say --assessor NAME";
                refused.push(Refusal::new(place_or_row(row, terms.columns.auditor), why));
            }
        }
    }
    if fields.date.is_empty() {
        match terms.assessor {
            Some(_) => fields.date = terms.as_of.to_string(),
            None => {
                let why = format!("the row has a result and no day; write one, or say --assessor NAME to take {} for it", terms.as_of);
                refused.push(Refusal::new(place_or_row(row, terms.columns.date), why));
            }
        }
    }
}

/// An empty cell has its address too, where the table has the column.
fn place_or_row(row: &TableRow, head: &str) -> String {
    row.address(head).unwrap_or_else(|| format!("{}, column {head}", row.place))
}
