//! The proposal as a table for people: what each document seems to be, in the order of the clauses.

use std::collections::BTreeMap;

use crate::assessment::{Confidence, Identified, Identity, foreign_documents};
use crate::framework::Framework;
use crate::recognition::Silence;
use crate::vocabulary::{ClauseNumber, count, sanitize, shortened};

/// More documents of one kind in one folder than this share a line, unless all are asked for.
const FOLD: usize = 4;

/// One document, or several of one folder that are alike.
struct Row {
    title: String,
    sure: String,
    /// What has to be alike for rows to share a line: the sureness as a word.
    sort: String,
    folder: String,
    path: String,
    because: String,
}

/// The table. With `all` nothing is folded, and what was passed over is listed with the reason.
pub fn map_table(framework: &Framework, identities: &[Identity<'_>], all: bool, colored: bool) -> String {
    let paint = |code: &str, text: &str| if colored { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() };
    let mut groups: BTreeMap<Option<ClauseNumber>, Vec<Row>> = BTreeMap::new();
    let mut counts = Counts { unknown_language: foreign_documents(identities), ..Counts::default() };
    let mut passed_over: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for identity in identities {
        counts.add(identity);
        let path = sanitize(&identity.document.path.to_string());
        if identity.kinds.is_empty() {
            passed_over.entry(identity.not_evidence().unwrap_or_default()).or_default().push(path.clone());
        }
        for kind in &identity.kinds {
            let number = framework.clauses_of(&kind.id).first().and_then(|number| ClauseNumber::parse(number));
            let because = kind.matched.as_ref().map_or_else(String::new, |matched| match matched.line {
                0 => "by its path".to_owned(),
                line => format!("line {line}: {}", shortened(&sanitize(&matched.text), 76)),
            });
            let word = kind.confidence.map_or_else(|| kind.provenance.word(), Confidence::word);
            groups.entry(number).or_default().push(Row {
                title: framework.kinds.get(&kind.id).map_or_else(|| kind.id.clone(), |kind| kind.title.clone()),
                sure: kind.confidence.map_or_else(|| word.to_owned(), |_| format!("{:.2} {word}", kind.score)),
                sort: word.to_owned(),
                folder: path.rsplit_once('/').map_or_else(String::new, |(folder, _)| folder.to_owned()),
                path: path.clone(),
                because,
            });
        }
    }
    let mut page = String::new();
    for (number, rows) in groups {
        let number = number.map(|number| number.to_string()).unwrap_or_default();
        let title = framework.clauses.iter().find(|clause| clause.number == number).map_or("", |clause| clause.title.as_str());
        page += &format!("{}\n", paint("1", &format!("{number} {title}")));
        for row in if all { rows } else { folded(rows) } {
            page += &format!("  {:<44} {:<11} {}\n", shortened(&row.title, 44), row.sure, row.path);
            if !row.because.is_empty() {
                page += &format!("{}\n", paint("2", &format!("  {:<56} {}", "", row.because)));
            }
        }
        page.push('\n');
    }
    if all {
        for (reason, paths) in passed_over {
            page += &format!("{}\n", paint("1", &format!("No evidence: {}", sanitize(&reason))));
            page.extend(paths.iter().map(|path| format!("  {path}\n")));
            page.push('\n');
        }
    }
    page + &counts.words(all)
}

/// Documents of one kind in one folder, alike in how sure they are, share a line.
fn folded(rows: Vec<Row>) -> Vec<Row> {
    let mut numbers: BTreeMap<(String, String, String), usize> = BTreeMap::new();
    let key = |row: &Row| (row.title.clone(), row.sort.clone(), row.folder.clone());
    rows.iter().for_each(|row| *numbers.entry(key(row)).or_default() += 1);
    let mut kept: Vec<Row> = Vec::new();
    for row in rows {
        match numbers.get(&key(&row)).copied().unwrap_or(0) {
            0 => {}
            number if number > FOLD => {
                numbers.insert(key(&row), 0);
                let because = if row.because.is_empty() { String::new() } else { format!("the first of them {}", row.because) };
                let path = format!("{}/ ({})", row.folder, count(number, "document", "documents"));
                kept.push(Row { sure: row.sort.clone(), path, because, ..row });
            }
            _ => kept.push(row),
        }
    }
    kept
}

#[derive(Default)]
struct Counts {
    read: usize,
    said: usize,
    by_confidence: BTreeMap<Confidence, usize>,
    stubs: usize,
    refused: usize,
    nothing: usize,
    unknown_language: usize,
}

impl Counts {
    fn add(&mut self, identity: &Identity<'_>) {
        self.read += 1;
        let Some(recognised) = &identity.recognised else {
            self.refused += usize::from(identity.refused);
            return;
        };
        if identity.kinds.iter().any(|kind| kind.provenance != Identified::Inferred) {
            self.said += 1;
        } else if let Some(candidate) = recognised.candidates.first() {
            *self.by_confidence.entry(candidate.confidence).or_default() += 1;
        } else if recognised.silence == Some(Silence::Stub) {
            self.stubs += 1;
        } else {
            self.nothing += 1;
        }
    }

    fn words(&self, all: bool) -> String {
        let of = |confidence| self.by_confidence.get(&confidence).copied().unwrap_or(0);
        let seems: usize = self.by_confidence.values().sum();
        let mut page = format!("{} read: ", count(self.read, "document", "documents"));
        let mut parts = Vec::new();
        if self.said > 0 {
            parts.push(format!("{} declared or mapped", self.said));
        }
        parts.push(format!("{seems} recognised ({} high, {} medium, {} low)", of(Confidence::High), of(Confidence::Medium), of(Confidence::Low)));
        let hint = if all || self.nothing == 0 { "" } else { " (--all lists them)" };
        parts.push(format!("{} passed over{hint}", self.nothing));
        if self.stubs > 0 {
            parts.push(count(self.stubs, "stub", "stubs"));
        }
        if self.refused > 0 {
            parts.push(format!("{} marked as no evidence", self.refused));
        }
        page += &parts.join(", ");
        page += ".\n";
        if self.unknown_language > 0 {
            page += &format!(
                "{} in a language without a vocabulary: what they are can only be told by names in other languages. Another language is one file in the clause map.\n",
                count(self.unknown_language, "document is", "documents are")
            );
        }
        if seems > 0 {
            page += "\n\
                     A score rates what a document is, never how good it is. Confirm what is right:\n  \
                     clausewise map --write                        takes over what is of high confidence into clausewise.yaml\n  \
                     clausewise map --write --at-least medium      and what the title or the columns say\n  \
                     clausewise map --explain PATH                 shows how the points of one document come about\n\
                     A wrong guess is corrected by one line under `documents: map:` (PATH: KIND) or `documents: not:` (- PATH).\n";
        }
        page
    }
}
