//! Where documents name what only the report of an audit tells: by the finding's own id, by an id that its row names, or by
//! the id of the report.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::assessment::ids::{IdAt, each_id, ids};
use crate::assessment::inventory::Inventory;
use crate::documents::{Document, Record};
use crate::vocabulary::{RequirementId, Spanned, plain, shortened};

/// A place that names a finding.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, schemars::JsonSchema, Serialize)]
pub struct NamedAt {
    /// Whether only the report is named, so that another finding of it may be meant.
    pub only_report: bool,
    /// Whether the text there has words in common with the finding.
    #[serde(skip)]
    pub shares_words: bool,
    /// Where it stands.
    pub path: String,
    /// First line.
    pub line: u32,
    /// Last line.
    pub end_line: u32,
    /// The id that stands there.
    pub id: String,
    /// What the record of that id says of its state and result, where it is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub says: Option<String>,
    /// The sentence there that has most words in common with the finding, where only the report is named.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quote: Option<String>,
}

/// What is looked for: a row of a report.
pub(super) struct Sought {
    /// Id of the finding, such as `IAR-2026-01/4`.
    pub(super) id: String,
    /// Id of the report.
    pub(super) report: String,
    /// Path of the report.
    pub(super) path: String,
    /// Ids that the row itself names.
    pub(super) named: Vec<String>,
    /// The longer words of the row, by which a text on its report can be told to speak of it.
    words: BTreeSet<String>,
    /// The word for what sort of finding it is, such as "idea".
    sort: Option<String>,
}

impl Sought {
    pub(super) fn new(id: String, report: String, path: String, row: &str, (text, grade): (&str, &str), common: &CommonWords) -> Self {
        let own = |word: &&str| word.contains('-') && word.len() <= 40 && word.starts_with(char::is_alphabetic) && RequirementId::parse(word).is_none();
        let named = ids(row).filter(own).filter(|word| plain(word) != plain(&report)).map(str::to_owned).collect();
        let sort = plain(grade.split([',', ';', '(']).next().unwrap_or_default()).split(' ').find(|word| common.is_telling(word)).map(str::to_owned);
        Self { words: common.longer_words(text), sort, id, report, path, named }
    }
}

/// For each of them the places that name it, the best first: one pass over all documents.
pub(super) fn named_at(inventory: &Inventory<'_>, sought: &[Sought], common: &CommonWords) -> Vec<Vec<NamedAt>> {
    // What names the report alone is held against each of its findings: both are few, or nobody could tell them apart.
    const MOST: usize = 200;
    let mut wanted: BTreeMap<String, Vec<(usize, bool)>> = BTreeMap::new();
    for (index, one) in sought.iter().enumerate() {
        let of_report = wanted.entry(plain(&one.report)).or_default();
        if of_report.len() < MOST {
            of_report.push((index, true));
        }
        one.named.iter().chain([&one.id]).for_each(|id| wanted.entry(plain(id)).or_default().push((index, false)));
    }
    let mut found: Vec<BTreeSet<(Reverse<usize>, NamedAt)>> = sought.iter().map(|_| BTreeSet::new()).collect();
    if sought.is_empty() {
        return Vec::new();
    }
    // What another row of the report names is about that row, and nonconformities on record are carried in by themselves.
    let of_rows: BTreeSet<String> = sought.iter().flat_map(|one| &one.named).map(|id| plain(id)).collect();
    for identity in inventory.identified {
        let path = identity.document.path.to_string();
        let is = |kind: &str| identity.kinds.iter().any(|one| inventory.framework.is_a(&one.id, kind));
        let of_audits = identity.kinds.is_empty() || is("nonconformity-record") || is("internal-audit-report") || is("audit-programme");
        let mut in_prose: BTreeSet<usize> = BTreeSet::new();
        let mut reports_named = 0;
        each_id(identity.document, &mut |id, mention| {
            let Some(wanted) = wanted.get(&plain(id)) else { return };
            let about_another = mention.record.and_then(own_id).is_some_and(|own| of_rows.contains(&plain(own)));
            reports_named += usize::from(wanted.iter().any(|(_, only_report)| *only_report));
            let no_reports = of_audits || about_another || reports_named > MOST;
            let words = common.longer_words(mention.text);
            for (index, only_report) in wanted {
                if sought[*index].path == path || *only_report && no_reports {
                    continue;
                }
                let alike = words.intersection(&sought[*index].words).count();
                let mut place = place(identity.document, &path, id, *only_report, mention);
                if *only_report {
                    (place.shares_words, place.quote) = common.quote(mention.text, id, &sought[*index]);
                    in_prose.extend(mention.record.is_none().then_some(*index));
                }
                found[*index].insert((Reverse(alike), place));
            }
        });
        let rows = if in_prose.is_empty() { Vec::new() } else { rows(identity.document, common) };
        for index in in_prose {
            found[index].extend(decisions(&rows, &path, &sought[index]));
            found[index].extend(of_its_sort(identity.document, &path, &sought[index]));
        }
    }
    found.into_iter().map(best_first).collect()
}

fn own_id(record: &Record) -> Option<&str> {
    record.field("id").or(record.fields.first())?.value.as_text()
}

/// The record of the id as a whole; else the text in which it stands.
fn place(document: &Document, path: &str, id: &str, only_report: bool, mention: IdAt<'_>) -> NamedAt {
    let record = mention
        .record
        .or_else(|| document.lists.is_empty().then_some(&document.head))
        .filter(|record| own_id(record).is_some_and(|own| plain(own) == plain(id)));
    let (line, end_line) = record.map_or((mention.line, mention.end_line), |record| (record.at.line, record.at.end_line));
    NamedAt {
        only_report,
        shares_words: false,
        path: path.to_owned(),
        line: line.max(1),
        end_line,
        id: id.to_owned(),
        says: record.and_then(state),
        quote: None,
    }
}

/// What a record says of its state and result.
fn state(record: &Record) -> Option<String> {
    let text = |names: &[&str]| names.iter().find_map(|name| record.field(name)?.value.as_text()).filter(|text| !text.trim().is_empty());
    let parts = [text(&["status", "state"]), text(&["result", "outcome", "effectiveness"])];
    let words: Vec<String> = parts.into_iter().flatten().map(|text| shortened(text.trim().trim_end_matches('.'), 120)).collect();
    (!words.is_empty()).then(|| words.join("; "))
}

/// Records of the id first, then what has most words in common with the finding; the report alone only where nothing names
/// the finding itself, and of each document once.
fn best_first(found: BTreeSet<(Reverse<usize>, NamedAt)>) -> Vec<NamedAt> {
    let is_named = found.iter().any(|(_, place)| !place.only_report);
    let mut places: Vec<NamedAt> = found.into_iter().map(|(_, place)| place).filter(|place| !is_named || !place.only_report).collect();
    // What may speak of the finding itself leaves nothing to be said by a place that only names its audit.
    let is_near = places.iter().any(|place| place.shares_words);
    places.retain(|place| !is_near || place.shares_words);
    places.sort_by_key(|place| place.says.is_none());
    let mut seen = BTreeSet::new();
    places.retain(|place| seen.insert((place.path.clone(), if place.only_report { 0 } else { place.line })));
    places
}

/// The cells of a row, each with its longer words.
type Row<'run> = Vec<(&'run Spanned<String>, BTreeSet<String>)>;

/// Rows of the tables of a document that tell something of its subject.
fn rows<'run>(document: &'run Document, common: &CommonWords) -> Vec<Row<'run>> {
    let rows = document.tables.iter().filter(|table| !table.is_history()).flat_map(|table| &table.rows);
    rows.map(|row| row.iter().map(|cell| (cell, common.longer_words(&cell.value))).collect()).collect()
}

/// Rows of tables in a document that speaks of the report in its text, such as the decisions of a review: they name no id,
/// so that several words in common are asked for.
fn decisions(rows: &[Row<'_>], path: &str, sought: &Sought) -> Vec<(Reverse<usize>, NamedAt)> {
    const ALIKE: usize = 3;
    let near = rows.iter().filter_map(|row| {
        let cells = row.iter().map(|(cell, words)| (words.intersection(&sought.words).count(), cell));
        let (alike, cell) = cells.max_by_key(|(alike, _)| *alike).filter(|(alike, _)| *alike >= ALIKE)?;
        let line = cell.at.line.max(1);
        let place = NamedAt {
            only_report: true,
            shares_words: true,
            path: path.to_owned(),
            line,
            end_line: line,
            id: sought.report.clone(),
            says: None,
            quote: Some(shortened(cell.value.trim(), QUOTE)),
        };
        Some((Reverse(alike), place))
    });
    near.collect()
}

/// Sentences of a document that speaks of the report which name several findings of its sort: "two ideas of the audit taken
/// up". What speaks of one idea has words in common with the one it means. In many such sentences others are meant too.
fn of_its_sort(document: &Document, path: &str, sought: &Sought) -> Vec<(Reverse<usize>, NamedAt)> {
    const MOST: usize = 2;
    let Some(sort) = &sought.sort else { return Vec::new() };
    let stem: String = sort.chars().take(sort.chars().count().saturating_sub(1)).collect();
    let names_several = |text: &str| plain(text).split(' ').any(|word| word != sort && word.starts_with(&stem) && word.len() <= sort.len() + 2);
    let sentences = document.passages.iter().flat_map(|passage| passage.text.split(['.', ';']).map(move |sentence| (passage.line, sentence.trim())));
    let near: Vec<(u32, &str)> = sentences.filter(|(_, sentence)| names_several(sentence)).take(MOST + 1).collect();
    if near.len() > MOST {
        return Vec::new();
    }
    let place = |(line, sentence): (u32, &str)| NamedAt {
        only_report: true,
        shares_words: true,
        path: path.to_owned(),
        line,
        end_line: line,
        id: sought.report.clone(),
        says: None,
        quote: Some(shortened(sentence, QUOTE)),
    };
    near.into_iter().map(|one| (Reverse(0), place(one))).collect()
}

/// The most characters of a sentence that are quoted.
const QUOTE: usize = 160;

/// Function words of all languages of the map, which tell nothing of a finding.
pub(super) struct CommonWords(BTreeSet<String>);

impl CommonWords {
    pub(super) fn new(inventory: &Inventory<'_>) -> Self {
        let languages = inventory.framework.languages.values();
        Self(languages.flat_map(|language| language.words.common_words.iter()).map(|word| plain(word)).collect())
    }

    fn is_telling(&self, word: &str) -> bool {
        const LONGER: usize = 4;
        word.chars().count() >= LONGER && !word.bytes().any(|byte| byte.is_ascii_digit()) && !self.0.contains(word)
    }

    /// How many of the finding's words stand in a text.
    fn alike(&self, text: &str, sought: &Sought) -> usize {
        self.longer_words(text).intersection(&sought.words).count()
    }

    /// Whether a sentence of a text may speak of the finding, and the one that has most words in common with it; where none
    /// has several, the one with the id.
    fn quote(&self, text: &str, id: &str, sought: &Sought) -> (bool, Option<String>) {
        const ALIKE: usize = 2;
        let sentences: Vec<&str> = text.split_inclusive(['.', ';']).collect();
        // A full stop within a word or a number ends no sentence.
        let mut whole: Vec<String> = Vec::new();
        for piece in sentences {
            match whole.last_mut().filter(|last| !piece.starts_with(char::is_whitespace) && !last.is_empty()) {
                Some(last) => last.push_str(piece),
                None => whole.push(piece.to_owned()),
            }
        }
        let alike = whole.iter().map(|sentence| (self.alike(sentence, sought), sentence)).filter(|(alike, _)| *alike >= ALIKE);
        let best = alike.reduce(|best, other| if other.0 > best.0 { other } else { best }).map(|(_, sentence)| sentence);
        let named = || whole.iter().find(|sentence| sentence.contains(id));
        let chosen = best.or_else(named).map_or(text, String::as_str).split_whitespace().collect::<Vec<_>>().join(" ");
        let chosen = chosen.trim_end_matches(['.', ';']);
        (best.is_some(), (chosen != id).then(|| shortened(chosen, QUOTE)))
    }

    /// The beginnings of the words of a text that may tell what it is about, so that "newcomers" is alike to "newcomer's".
    fn longer_words(&self, text: &str) -> BTreeSet<String> {
        const BEGINNING: usize = 6;
        let all = plain(text);
        all.split(' ').filter(|word| self.is_telling(word)).map(|word| word.strip_suffix('s').unwrap_or(word).chars().take(BEGINNING).collect()).collect()
    }
}
