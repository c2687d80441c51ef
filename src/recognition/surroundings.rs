//! What the documents around one tell of it: incident response among security policies is that to security incidents.

use super::candidate::{Candidate, Matched, Recognised};
use super::kind::{Fitting, kinds_of};
use super::lexicon::{Class, Lexicon};
use super::reading::Reading;
use super::score::{MOST_CANDIDATES, Points};
use crate::documents::Document;
use crate::framework::{Among, Subject, is_within};

/// Puts first what a document is among its neighbours, where the clause map says that its subject depends on them. What
/// it would be elsewhere stays its second candidate.
pub(super) fn apply(lexicon: &Lexicon<'_>, documents: &[&Document], readings: &[Reading], judged: &mut [Recognised]) {
    let all: Vec<&Among> = lexicon.subjects.iter().filter_map(|subject| subject.among.as_ref()).collect();
    let prevailing: Vec<&Among> = all.into_iter().filter(|among| prevails(lexicon, judged, &among.clause)).collect();
    for ((document, reading), recognised) in documents.iter().zip(readings).zip(judged) {
        let Some(among) = recognised.candidates.first().and_then(|first| subject_of(lexicon, first)).and_then(|subject| subject.among.as_ref()) else {
            continue;
        };
        if prevailing.iter().any(|other| other.clause == among.clause) && speaks_of(lexicon, reading, &among.clause) {
            put_first(lexicon, document, reading, among, recognised);
        }
    }
}

fn subject_of<'map>(lexicon: &Lexicon<'map>, candidate: &Candidate) -> Option<&'map Subject> {
    lexicon.framework.subject_of(&candidate.kind)
}

/// Whether the documents of the repository are mostly about a clause. Those that it is to decide about are not counted.
fn prevails(lexicon: &Lexicon<'_>, judged: &[Recognised], clause: &str) -> bool {
    /// Fewer tell nothing of a repository.
    const FEWEST: usize = 5;
    const SHARE: f64 = 0.4;
    let firsts = judged.iter().filter_map(|recognised| recognised.candidates.first());
    let others = firsts.filter(|first| subject_of(lexicon, first).is_some_and(|subject| subject.among.is_none()));
    let (mut within, mut number) = (0_usize, 0_usize);
    for first in others {
        number += 1;
        within += usize::from(first.clauses.first().is_some_and(|first| is_within(first, clause)));
    }
    within >= FEWEST && within as f64 >= SHARE * number as f64
}

/// Whether the document itself says anything of the clause.
fn speaks_of(lexicon: &Lexicon<'_>, reading: &Reading, clause: &str) -> bool {
    let of_clause = |subject: usize| lexicon.subjects[subject].clauses.first().is_some_and(|number| is_within(number, clause));
    let titles = reading.title.hits.iter().chain(&reading.name.hits).chain(&reading.folder.hits);
    let headings = reading.headings.iter().flat_map(|heading| &heading.hits);
    let mut entries = titles.chain(headings).chain(reading.text.keys()).map(|entry| &lexicon.entries[*entry]);
    entries.any(|entry| entry.meanings.iter().any(|meaning| meaning.class != Class::Other && of_clause(meaning.subject)))
}

fn put_first(lexicon: &Lexicon<'_>, document: &Document, reading: &Reading, among: &Among, recognised: &mut Recognised) {
    let candidates = &mut recognised.candidates;
    let first = match candidates.iter().position(|candidate| among.kinds.contains(&candidate.kind)) {
        // Read as such by itself: it only goes first.
        Some(index) => candidates.remove(index),
        None => {
            let fitting = kinds_of(lexicon, document, reading, &among.kinds, &Points::default()).into_iter().next();
            let (Some(Fitting { kind, .. }), Some(elsewhere)) = (fitting, candidates.first().cloned()) else { return };
            let mut matched = elsewhere.matched;
            matched.push(Matched { line: 0, text: format!("most documents beside it are about {}", among.clause) });
            Candidate { clauses: lexicon.framework.clauses_of(&kind), kind, matched, ..elsewhere }
        }
    };
    recognised.could_be.retain(|kind| *kind != first.kind);
    candidates.insert(0, first);
    candidates.truncate(MOST_CANDIDATES);
}
