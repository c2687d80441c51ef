//! Answers of a filled-in checklist against the rows of today: what is new, what changed, and what cannot be taken over.
//! Decides; reads and writes no file.

mod file;
mod read;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::answers::FilledIn;
use crate::vocabulary::{count, list_some, plain};

pub use file::{FileHead, is_ours, statements_file};
use read::{Claim, claim};

/// Heads of the columns of a checklist.
#[derive(Clone, Copy, Debug)]
pub struct Columns {
    /// Stable id of the row.
    pub id: &'static str,
    /// What was asked.
    pub question: &'static str,
    /// Where evidence was found.
    pub evidence: &'static str,
    /// Filled in: the result.
    pub result: &'static str,
    /// Filled in: exactly what was seen.
    pub evidence_seen: &'static str,
    /// Filled in: who was asked.
    pub auditee: &'static str,
    /// Filled in: who asked.
    pub auditor: &'static str,
    /// Filled in: the day.
    pub date: &'static str,
    /// Filled in: anything else.
    pub notes: &'static str,
    /// Columns that are not read back; any other one somebody added.
    pub others: &'static [&'static str],
}

/// What a person fills in; empty where nothing is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fields {
    /// The result.
    pub result: String,
    /// Exactly what was seen.
    pub evidence_seen: String,
    /// Who was asked.
    pub auditee: String,
    /// Who asked.
    pub auditor: String,
    /// The day, YYYY-MM-DD.
    pub date: String,
    /// Anything else.
    pub notes: String,
}

impl Fields {
    /// Names and values, in the order of the columns.
    pub fn pairs(&self) -> [(&'static str, &str); 6] {
        [
            ("result", &self.result),
            ("evidence seen", &self.evidence_seen),
            ("auditee", &self.auditee),
            ("auditor", &self.auditor),
            ("date", &self.date),
            ("notes", &self.notes),
        ]
    }

    /// Whether nothing is filled in.
    pub fn is_empty(&self) -> bool {
        self.pairs().iter().all(|(_, value)| value.is_empty())
    }
}

/// A row that a checklist of today has.
#[derive(Clone, Debug, Default)]
pub struct KnownRow {
    /// Its id.
    pub id: String,
    /// What its question reads, as each form shows it; empty where that is not known any more.
    pub questions: BTreeSet<String>,
    /// What its evidence reads, as each form shows it.
    pub evidence_shown: BTreeSet<String>,
    /// Hash of what is asked and known; empty where that is not known.
    pub hash: String,
    /// Files that hold the evidence, from the root of the system.
    pub evidence: Vec<String>,
    /// Whether the clause map asks it, in the same words everywhere.
    pub is_fixed: bool,
    /// The answer that is kept.
    pub kept: Option<KeptAnswer>,
}

/// An answer that is kept under `assessments/`.
#[derive(Clone, Debug, Default)]
pub struct KeptAnswer {
    /// What it says.
    pub fields: Fields,
    /// What a checklist shows of it: names may be left out, strange characters made visible.
    pub shown: Vec<Fields>,
    /// Its file, from the repository's root.
    pub path: String,
    /// Its line.
    pub line: u32,
}

/// On what terms answers are taken over.
#[derive(Clone, Debug)]
pub struct Terms<'run> {
    /// Heads of columns.
    pub columns: Columns,
    /// Words that a result may have.
    pub results: Vec<String>,
    /// Schema of a checklist.
    pub schema: &'run str,
    /// Edition of the standard.
    pub standard: &'run str,
    /// Version of the clause map.
    pub map_version: &'run str,
    /// The day of the assessment.
    pub as_of: Date,
    /// Who answered, where a row names nobody.
    pub assessor: Option<&'run str>,
    /// The file that answers go to, from the repository's root.
    pub target: &'run str,
    /// Whether texts come back exactly as they were written; Markdown says the same in other characters.
    pub exact: bool,
}

/// What importing comes to.
#[derive(Clone, Debug, Default)]
pub struct Import {
    /// Rows that can be taken over, in the order of the file.
    pub changes: Vec<Change>,
    /// What cannot.
    pub refused: Vec<Refusal>,
    /// What somebody should know.
    pub remarks: Vec<String>,
    /// Rows in which nothing is filled in and nothing is kept.
    pub unanswered: usize,
}

/// A row that can be taken over.
#[derive(Clone, Debug)]
pub struct Change {
    /// Id of the row.
    pub id: String,
    /// What becomes of it.
    pub sort: ChangeSort,
    /// What is filled in.
    pub fields: Fields,
    /// Why it does not hold any more.
    pub stale: Option<String>,
    /// Hash of the row when the checklist was written.
    pub hash: String,
    /// Files that hold the evidence.
    pub evidence: Vec<String>,
}

/// What becomes of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChangeSort {
    /// Nothing was kept.
    New,
    /// Something else was kept: field, from, to.
    Changed(Vec<(&'static str, String, String)>),
    /// It is kept already.
    Same,
    /// Nothing is filled in any more; what is kept stays, at this place.
    Emptied(String),
}

/// A row that cannot be taken over, and why.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Refusal {
    /// Where: sheet and cell, or line.
    pub place: String,
    /// Why, and what to do.
    pub why: String,
}

impl Refusal {
    fn new(place: impl Into<String>, why: impl Into<String>) -> Self {
        Self { place: place.into(), why: why.into() }
    }
}

/// Why a file as a whole cannot be taken over: another schema, standard or clause map.
///
/// # Errors
/// In words, with what to do.
pub fn check_origin(filled_in: &FilledIn, terms: &Terms<'_>) -> Result<(), String> {
    let says = |name: &str| filled_in.meta.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
    let same = |left: &str, right: &str| if terms.exact { left == right } else { plain(left) == plain(right) };
    if let Some(schema) = says("schema").filter(|schema| *schema != terms.schema) {
        let family = terms.schema.rsplit_once('/').map_or(terms.schema, |(family, _)| family);
        return Err(if schema.starts_with(family) {
            format!("it was written as {schema}, and this version reads {}; write the checklist again and copy the answers over", terms.schema)
        } else {
            format!("it is no checklist but {schema}; import a file that `clausewise checklist` wrote")
        });
    }
    if let Some(standard) = says("standard").filter(|standard| !same(standard, terms.standard)) {
        return Err(format!("it was written for {standard}, and this is {}; say --framework as when it was written", terms.standard));
    }
    if let Some(version) = says("map_version").or_else(|| says("clause_map")).filter(|version| !same(version, terms.map_version)) {
        return Err(format!(
            "it was written with version {version} of the clause map, and this is {}; questions may have changed, so write the checklist again and copy the answers over",
            terms.map_version
        ));
    }
    Ok(())
}

/// What importing a file comes to. Rows are matched by their ids, never by their order.
pub fn import(filled_in: &FilledIn, known: &BTreeMap<String, KnownRow>, terms: &Terms<'_>) -> Import {
    let mut result = Import { remarks: filled_in.remarks.clone(), ..Import::default() };
    result.remarks.extend(columns_remarks(filled_in, terms));
    result.remarks.extend(sheet_remarks(filled_in));
    let mut claims: BTreeMap<String, Claim> = BTreeMap::new();
    let mut order: Vec<String> = Vec::new();
    let mut contradicted: BTreeSet<String> = BTreeSet::new();
    for row in filled_in.tables.iter().flat_map(|table| &table.rows) {
        let claim = match claim(row, known, filled_in, terms) {
            Ok(Some(claim)) => claim,
            Ok(None) => continue,
            Err(refusals) => {
                result.refused.extend(refusals);
                continue;
            }
        };
        match claims.get(&claim.id) {
            Some(first) if first.fields != claim.fields => {
                let why = format!("{} stands at {} too, with another answer; leave one of them", claim.id, first.place);
                result.refused.push(Refusal::new(&claim.place, why));
                contradicted.insert(claim.id);
            }
            Some(_) => {}
            None => {
                order.push(claim.id.clone());
                claims.insert(claim.id.clone(), claim);
            }
        }
    }
    for id in order.iter().filter(|id| !contradicted.contains(*id)) {
        if let (Some(claim), Some(row)) = (claims.remove(id), known.get(id)) {
            settle(claim, row, terms, &mut result);
        }
    }
    result
}

/// What becomes of a claim beside the answer that is kept.
fn settle(claim: Claim, row: &KnownRow, terms: &Terms<'_>, result: &mut Import) {
    let Claim { id, place, fields, stale, hash } = claim;
    let change = |sort: ChangeSort, fields: Fields, stale: Option<String>| Change { id: id.clone(), sort, fields, stale, hash, evidence: row.evidence.clone() };
    let Some(kept) = &row.kept else {
        if fields.is_empty() {
            result.unanswered += 1;
        } else {
            result.changes.push(change(ChangeSort::New, fields, stale));
        }
        return;
    };
    if fields.is_empty() {
        result.changes.push(change(ChangeSort::Emptied(format!("{}:{}", kept.path, kept.line)), kept.fields.clone(), None));
        return;
    }
    let fields = unveiled(fields, kept);
    let differences: Vec<_> = kept.fields.pairs().into_iter().zip(fields.pairs()).filter(|((_, from), (_, to))| from != to).collect();
    let differences: Vec<_> = differences.into_iter().map(|((name, from), (_, to))| (name, from.to_owned(), to.to_owned())).collect();
    if differences.is_empty() {
        result.changes.push(change(ChangeSort::Same, fields, None));
        return;
    }
    // Of several answers to one row, that of the latest day counts, and of one day that of the last file.
    let (new, old) = ((fields.date.as_str(), terms.target), (kept.fields.date.as_str(), kept.path.as_str()));
    if new < old && terms.target != kept.path {
        let day = if kept.fields.date.is_empty() { "no day".to_owned() } else { kept.fields.date.clone() };
        let why = format!("{id}: the answer of {day} in {}:{} would go on counting; give the new one a later day, or correct it there", kept.path, kept.line);
        result.refused.push(Refusal::new(place, why));
        return;
    }
    result.changes.push(change(ChangeSort::Changed(differences), fields, stale));
}

/// Fields that show what is kept, some of it left out or made visible, are what is kept.
fn unveiled(fields: Fields, kept: &KeptAnswer) -> Fields {
    let same = |left: &str, right: &str| left == right || joined(left) == joined(right);
    let one = |which: fn(&Fields) -> &String| {
        let value = which(&fields);
        let shown = kept.shown.iter().chain([&kept.fields]).any(|shown| same(which(shown), value));
        if shown { which(&kept.fields).clone() } else { value.clone() }
    };
    let result = if plain(&fields.result) == plain(&kept.fields.result) { kept.fields.result.clone() } else { fields.result.clone() };
    Fields {
        result,
        evidence_seen: one(|fields| &fields.evidence_seen),
        auditee: one(|fields| &fields.auditee),
        auditor: one(|fields| &fields.auditor),
        date: fields.date.clone(),
        notes: one(|fields| &fields.notes),
    }
}

/// A text with single blanks: programs break lines and pad as they like.
fn joined(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Columns that somebody added, and columns that somebody took away.
/// What somebody wrote on a sheet that is no list of rows: it stays in the file, and that is said.
fn sheet_remarks(filled_in: &FilledIn) -> Vec<String> {
    let sheets = filled_in.meta.iter().filter(|(name, _)| name == "not_read_back").flat_map(|(_, sheets)| sheets.split(", "));
    let filled = sheets.filter_map(|sheet| filled_in.passed_over.iter().find(|(name, rows)| plain(name) == plain(sheet) && *rows > 0));
    filled
        .map(|(name, rows)| {
            let rows = count(*rows, "row is", "rows are");
            format!("sheet {name}: {rows} filled in and not read back; what is kept of a requirement is the result in its own row")
        })
        .collect()
}

fn columns_remarks(filled_in: &FilledIn, terms: &Terms<'_>) -> Vec<String> {
    let Columns { id, question, evidence, result, evidence_seen, auditee, auditor, date, notes, others } = terms.columns;
    let filled = [evidence_seen, auditee, auditor, date, notes];
    let is_ours = |head: &String| [id, question, evidence, result].iter().chain(&filled).chain(others).any(|ours| plain(ours) == plain(head));
    let mut added: BTreeSet<String> = BTreeSet::new();
    let mut missing: BTreeSet<&str> = BTreeSet::new();
    for table in &filled_in.tables {
        added.extend(table.heads.iter().filter(|head| !is_ours(head)).map(|head| format!("`{head}`")));
        missing.extend(filled.iter().chain([&question]).filter(|head| !table.heads.iter().any(|known| plain(known) == plain(head))));
    }
    let mut remarks = Vec::new();
    if !added.is_empty() {
        let added: Vec<String> = added.into_iter().collect();
        remarks.push(format!("columns that somebody added are not read: {}", list_some(&added, 10)));
    }
    if !missing.is_empty() {
        let missing: Vec<String> = missing.into_iter().map(|head| format!("`{head}`")).collect();
        remarks.push(format!("columns that are missing, so that what is kept of them stays: {}", list_some(&missing, 10)));
    }
    remarks
}

#[cfg(test)]
mod tests;
