//! The arithmetic: points for each subject, and what follows from them.

use std::collections::{BTreeMap, HashMap, HashSet};

use rayon::prelude::*;

use super::candidate::{Arithmetic, Candidate, Contribution, Matched, Recognised, Silence, Zone};
use super::kind::{Fitting, kinds_of};
use super::lexicon::{Class, Lexicon};
use super::reading::{Heading, Reading, hash_of};
use super::surroundings;
use crate::documents::{ControlField, Document, Format};
use crate::framework::{Form, Sort};
use crate::vocabulary::{Confidence, plain, shortened};

/// Fewer points say nothing: recognition abstains on the absolute amount of what speaks for a subject.
pub const FEWEST_POINTS: f64 = 3.2;
/// Without a telling title, name or columns more is needed.
pub const FEWEST_FROM_TEXT: f64 = 4.0;
/// Where only the text speaks of a subject whose words stand everywhere, more still.
pub const FEWEST_OF_BROAD: f64 = 4.7;
/// A second subject is offered when it is nearly as strong as the first.
const NEARLY: f64 = 0.7;
/// No more than so many candidates.
pub(super) const MOST_CANDIDATES: usize = 3;
/// As much of a line as is shown.
const SHOWN_TEXT: usize = 160;
/// The first page of a folder with fewer words than this tells what is in the folder, and is none of it.
const INDEX_THAT_SAYS_SOMETHING: usize = 160;
/// Columns that are by themselves those of one kind.
const TELLING_COLUMNS: f64 = 2.5;
/// From here on an identification can be of high confidence.
const STRONG: f64 = 7.0;

/// Says of each document what it seems to be. What many documents of the repository say alike counts for little in any
/// of them, so all are read before one is judged.
pub fn recognise(lexicon: &Lexicon<'_>, documents: &[&Document], prefix: &[u8]) -> Vec<Recognised> {
    let boilerplate = boilerplate(documents);
    let readings: Vec<Reading> = documents.par_iter().map(|document| Reading::of(lexicon, document, prefix, &boilerplate)).collect();
    let telling = Telling::new(&readings);
    let mut judged: Vec<Recognised> =
        documents.par_iter().zip(&readings).map(|(document, reading)| Judge { lexicon, document, reading, telling: &telling }.judge()).collect();
    surroundings::apply(lexicon, documents, &readings, &mut judged);
    judged
}

/// Passages that stand word for word in several documents: they say nothing of any of them.
fn boilerplate(documents: &[&Document]) -> HashSet<u64> {
    const SEVERAL: usize = 3;
    let own: Vec<HashSet<u64>> = documents
        .par_iter()
        .filter(|document| document.format == Format::Markdown)
        .map(|document| document.passages.iter().map(|passage| hash_of(&passage.text)).collect())
        .collect();
    let mut seen: HashMap<u64, usize> = HashMap::new();
    own.into_iter().flatten().for_each(|hash| *seen.entry(hash).or_default() += 1);
    seen.into_iter().filter(|(_, count)| *count >= SEVERAL).map(|(hash, _)| hash).collect()
}

/// How telling each phrase is over the repository itself.
struct Telling {
    documents: f64,
    having: HashMap<usize, usize>,
}

impl Telling {
    fn new(readings: &[Reading]) -> Self {
        let mut having: HashMap<usize, usize> = HashMap::new();
        for reading in readings {
            reading.text.keys().for_each(|entry| *having.entry(*entry).or_default() += 1);
        }
        Self { documents: readings.len() as f64, having }
    }

    /// 1 for a phrase of few documents, down to a half for one that stands in nearly all of them.
    fn weight(&self, entry: usize) -> f64 {
        const FEW: f64 = 12.0;
        if self.documents < FEW {
            return 1.0;
        }
        let share = self.having.get(&entry).copied().unwrap_or(0) as f64 / self.documents;
        ((1.0 / share.max(f64::EPSILON)).ln() / FEW.ln()).clamp(0.5, 1.0)
    }
}

struct Judge<'run> {
    lexicon: &'run Lexicon<'run>,
    document: &'run Document,
    reading: &'run Reading,
    telling: &'run Telling,
}

/// What one subject got.
#[derive(Clone, Debug, Default)]
pub(super) struct Points {
    pub(super) title: f64,
    pub(super) columns: f64,
    headings: f64,
    pub(super) text: f64,
    /// The title or the file's name says the subject in full.
    named: bool,
    pub(super) total: f64,
    /// Points by kind, for choosing among the kinds of the subject.
    pub(super) kinds: HashMap<usize, f64>,
    /// As `kinds`, of what stands in title, path, columns and headings only.
    pub(super) shown: HashMap<usize, f64>,
    contributions: Vec<Contribution>,
    sums: Vec<(&'static str, f64)>,
}

impl Judge<'_> {
    fn judge(&self) -> Recognised {
        let factors = self.factors();
        let factor: f64 = factors.iter().map(|(_, factor)| factor).product();
        let mut subjects = self.points();
        let text_sum: f64 = subjects.values().map(|points| points.text).sum();
        for points in subjects.values_mut() {
            // A text about everything is about nothing: what counts is the share that is about the subject.
            let focus = if text_sum > 0.0 { (points.text / text_sum).sqrt() } else { 0.0 };
            let text = 4.0 * (1.0 - (-points.text / 4.0).exp()) * focus;
            let headings = 3.0 * (1.0 - (-points.headings / 3.0).exp());
            points.sums = vec![
                ("title and path", points.title),
                ("columns", points.columns),
                ("headings together, capped", headings),
                ("text together, capped, by its share of all that the text speaks of", text),
            ];
            points.total = (points.title + points.columns + headings + text) * factor;
        }
        let mut ranked: Vec<(usize, Points)> = subjects.into_iter().collect();
        ranked.sort_by(|left, right| right.1.total.total_cmp(&left.1.total).then(left.0.cmp(&right.0)));
        let mut silence = self.silence(ranked.first());
        let mut candidates = if silence.is_some() { Vec::new() } else { self.candidates(&ranked, text_sum, factor) };
        if candidates.first().is_some_and(|first| self.is_form_of(first)) {
            silence = Some(Silence::Form);
            candidates.clear();
        }
        let is_none = matches!(silence, Some(Silence::Form | Silence::Illustration));
        let could_be = if self.document.is_stub() || is_none { Vec::new() } else { self.could_be(&ranked, &candidates) };
        Recognised {
            candidates,
            could_be,
            silence,
            arithmetic: ranked.into_iter().take(4).map(|(subject, points)| self.arithmetic(subject, points, &factors)).collect(),
            language: self.reading.language.clone(),
            is_template: self.reading.is_template,
            has_text: self.reading.has_text,
            has_sentences: self.reading.has_sentences,
        }
    }

    /// Whether it is a form, and no record of a day: by its name, or as the template of a record or of anything.
    fn is_form_of(&self, candidate: &Candidate) -> bool {
        let reading = self.reading;
        let is_record = self.lexicon.framework.kinds.get(&candidate.kind).is_some_and(|kind| kind.form == Form::Record);
        let is_dated = reading.title.dated || reading.name.dated;
        !is_dated && (reading.is_form || reading.is_blank || is_record && reading.is_template)
    }

    fn silence(&self, best: Option<&(usize, Points)>) -> Option<Silence> {
        if self.document.is_stub() {
            return Some(Silence::Stub);
        }
        if self.reading.is_illustration {
            return Some(Silence::Illustration);
        }
        let heading = if self.reading.title.text.is_empty() { &self.reading.name } else { &self.reading.title };
        let enough = best.is_some_and(|(subject, best)| {
            let is_broad = self.lexicon.subjects[*subject].broad && !best.named && best.columns < TELLING_COLUMNS;
            let telling = best.title > 0.0 || best.columns > 0.0 || !self.reading.title.sorts.is_empty();
            let fewest = match (is_broad, telling) {
                (true, _) => FEWEST_OF_BROAD,
                (false, true) => FEWEST_POINTS,
                (false, false) => FEWEST_FROM_TEXT,
            };
            // Of a file that cannot be read there is only the name: it must be that of the thing.
            (best.named || !self.document.is_unread()) && best.total >= fewest
        });
        match enough {
            true => None,
            false if is_nothing(heading) || is_nothing(&self.reading.name) => Some(Silence::Nothing(heading.text.clone())),
            false if self.document.is_unread() => Some(Silence::Unread),
            false => Some(Silence::TooLittle),
        }
    }

    /// What the whole sum is multiplied with.
    fn factors(&self) -> Vec<(&'static str, f64)> {
        let reading = self.reading;
        let mut factors = Vec::new();
        if is_nothing(&reading.name) || is_nothing(&reading.title) {
            factors.push(("a title or name of documents that are evidence for nothing", 0.35));
        }
        if reading.title.about || reading.name.about {
            factors.push(("a title that announces a lesson", 0.6));
        }
        if reading.is_readme {
            // A README tells of a folder; the one at the root tells of the repository.
            factors.push(("a README", if reading.folder.text.is_empty() { 0.35 } else { 0.75 }));
        }
        if reading.is_index && reading.words < INDEX_THAT_SAYS_SOMETHING {
            factors.push(("the short first page of a folder: it leads to what the folder holds", 0.7));
        }
        if is_over(self.document) {
            factors.push(("a status that says it is no longer in force", 0.4));
        }
        if reading.in_folder_of_nothing {
            factors.push(("a folder of documents that are mostly no evidence", 0.7));
        }
        let sorts = reading.title.sorts.iter().chain(&reading.name.sorts);
        if sorts.into_iter().any(|sort| matches!(sort, Sort::Policy | Sort::Plan | Sort::Procedure | Sort::Process | Sort::Agreement | Sort::Register)) {
            factors.push(("a title that calls it a policy, plan, process, procedure, agreement or register", 1.2));
        }
        if self.document.format == Format::Markdown && !self.document.is_unread() {
            // An empty form or a page of three lines has the title of the thing and not the thing.
            const USUAL: f64 = 500.0;
            /// Points of an outline of which a document has all or nearly all headings.
            const WHOLE_OUTLINE: f64 = 2.6;
            let length = (reading.words.max(20) as f64 / USUAL).powf(0.2).clamp(0.6, 1.2);
            // A decision or an alert told in a few lines under all its usual headings is whole.
            let is_whole = reading.outlines.iter().any(|outline| outline.points >= WHOLE_OUTLINE);
            let length = if is_whole { length.max(1.0) } else { length };
            factors.push(("how much it says", length));
        }
        let per_hundred = |count: usize| count as f64 * 100.0 / (reading.words.max(60)) as f64;
        let own = per_hundred(reading.own_voice);
        let teaching = per_hundred(reading.teaching_voice);
        if own > 0.0 || teaching > 0.0 {
            factors.push(("its voice: rules of one's own, or a lesson", (1.0 + 0.15 * own.min(2.0) - 0.35 * teaching.min(2.0)).clamp(0.4, 1.25)));
        }
        factors
    }

    fn points(&self) -> BTreeMap<usize, Points> {
        let mut subjects: BTreeMap<usize, Points> = BTreeMap::new();
        self.title_points(&mut subjects);
        self.heading_points(&mut subjects);
        self.text_points(&mut subjects);
        self.shape_points(&mut subjects);
        subjects
    }

    /// What columns and outline say.
    fn shape_points(&self, subjects: &mut BTreeMap<usize, Points>) {
        for fit in self.reading.fits.iter().chain(&self.reading.outlines) {
            let Some(subject) = self.subject_of(fit.kind) else { continue };
            let points = subjects.entry(subject).or_default();
            *points.kinds.entry(fit.kind).or_default() += fit.points;
            *points.shown.entry(fit.kind).or_default() += fit.points;
            if fit.points > points.columns {
                points.columns = fit.points;
                points.contributions.retain(|contribution| contribution.zone != Zone::Columns);
                points.contributions.push(Contribution {
                    zone: Zone::Columns,
                    phrase: self.lexicon.kinds[fit.kind].title.clone(),
                    count: 1,
                    line: fit.line,
                    text: shortened(&fit.names, SHOWN_TEXT),
                    points: fit.points,
                });
            }
        }
    }

    fn subject_of(&self, kind: usize) -> Option<usize> {
        let id = &self.lexicon.kinds[kind].id;
        self.lexicon.subjects.iter().position(|subject| subject.kinds.contains(id))
    }

    /// The title and the file's name say much the same: the better of both counts, the other a little. A name that says
    /// nothing, such as an id or `index`, gives way to the folder's.
    fn title_points(&self, subjects: &mut BTreeMap<usize, Points>) {
        let reading = self.reading;
        let is_id = reading.name.hits.is_empty() && (reading.title.hits.is_empty() || self.document.format != Format::Markdown);
        let name = match (reading.name.silent, is_id) {
            (true, _) => (&reading.folder, 0.85),
            (false, true) => (&reading.folder, 0.5),
            (false, false) => (&reading.name, 0.85),
        };
        let by_title = self.best_of(&reading.title, Zone::Title, 1.0);
        let by_name = self.best_of(name.0, Zone::Name, name.1);
        let by_place = self.place_among_records();
        for (subject, found) in by_title.iter().chain(&by_name).chain(by_place.as_ref().map(|(subject, found)| (subject, found))) {
            let points = subjects.entry(*subject).or_default();
            let other = points.title;
            let own = found.contribution.points;
            points.title = own.max(other) + 0.25 * own.min(other);
            points.named |= found.in_full;
            if let Some(kind) = found.kind {
                *points.kinds.entry(kind).or_default() += own * 2.0;
                *points.shown.entry(kind).or_default() += own;
            }
            points.contributions.push(found.contribution.clone());
        }
    }

    /// What the folder says of a dated file: `incidents/2026-01-12-mail.md` is an incident whatever it is called.
    fn place_among_records(&self) -> Option<(usize, Found)> {
        // Enough for a few lines: a record is often told in no more.
        const POINTS: f64 = 5.4;
        let kind = self.reading.kept_as?;
        let (phrase, text) = (format!("a dated file in {}", self.reading.folder.text), self.document.path.to_string());
        let contribution = Contribution { zone: Zone::Name, phrase, count: 1, line: 0, text, points: POINTS };
        Some((self.subject_of(kind)?, Found { contribution, kind: Some(kind), in_full: true }))
    }

    /// The best phrase of a title for each subject.
    fn best_of(&self, heading: &Heading, zone: Zone, weight: f64) -> BTreeMap<usize, Found> {
        let mut best: BTreeMap<usize, Found> = BTreeMap::new();
        for entry in heading.hits.iter().map(|index| &self.lexicon.entries[*index]) {
            let cover = (entry.words as f64 / heading.meaning as f64).min(1.0);
            for meaning in &entry.meanings {
                let points = weight
                    * match meaning.class {
                        Class::Name => 6.0 * (0.3 + 0.7 * cover),
                        Class::Phrase => 4.0 * cover,
                        Class::Word => 2.4 * cover,
                        Class::Other => continue,
                    };
                let in_full = meaning.class == Class::Name && cover >= 0.6;
                let text = if zone == Zone::Title { shortened(&heading.text, SHOWN_TEXT) } else { self.document.path.to_string() };
                let contribution = Contribution { zone, phrase: entry.phrase.clone(), count: 1, line: heading.line, text, points };
                let found = Found { contribution, kind: meaning.kind, in_full };
                match best.get(&meaning.subject) {
                    Some(known) if known.contribution.points >= points => {}
                    _ => {
                        best.insert(meaning.subject, found);
                    }
                }
            }
        }
        best
    }

    fn heading_points(&self, subjects: &mut BTreeMap<usize, Points>) {
        let number = self.reading.headings.len() as f64;
        let mut about: BTreeMap<usize, f64> = BTreeMap::new();
        for heading in &self.reading.headings {
            for (subject, found) in self.best_of(heading, Zone::Heading, 0.22) {
                *about.entry(subject).or_default() += 1.0;
                let points = subjects.entry(subject).or_default();
                points.headings += found.contribution.points;
                if let Some(kind) = found.kind {
                    *points.kinds.entry(kind).or_default() += found.contribution.points;
                    // A heading that is the kind's own name may well stand over the thing itself.
                    *points.shown.entry(kind).or_default() += if found.in_full { 2.0 } else { found.contribution.points };
                }
                points.contributions.push(Contribution { text: shortened(&heading.text, SHOWN_TEXT), ..found.contribution });
            }
        }
        for (subject, count) in about {
            // One heading among twenty is a section, not the subject.
            let share: f64 = (3.0 * count / number).min(1.0);
            if let Some(points) = subjects.get_mut(&subject) {
                points.headings *= 0.4 + 0.6 * share;
            }
        }
    }

    fn text_points(&self, subjects: &mut BTreeMap<usize, Points>) {
        let damping = (1.0 + self.reading.words as f64 / 600.0).powf(0.4);
        for (entry, mention) in &self.reading.text {
            let found = &self.lexicon.entries[*entry];
            let per_hundred = mention.count as f64 * 100.0 / self.reading.words.max(60) as f64;
            let strength = self.telling.weight(*entry) * (1.0 + (mention.count as f64).ln()) * if mention.opening { 1.5 } else { 1.0 } / damping;
            for meaning in &found.meanings {
                let points = match meaning.class {
                    Class::Name => 0.9 * strength,
                    Class::Phrase => 0.8 * strength,
                    // A single word tells by its share of the text, and only so much.
                    Class::Word => (0.4 * per_hundred).min(1.2) * self.telling.weight(*entry),
                    Class::Other => continue,
                } / found.meanings.len() as f64;
                let subject = subjects.entry(meaning.subject).or_default();
                subject.text += points;
                if let Some(kind) = meaning.kind {
                    *subject.kinds.entry(kind).or_default() += points * 0.5;
                }
                let passage = self.document.passages.get(mention.passage);
                let line = passage.map_or(0, |passage| passage.line);
                let text = passage.map(|passage| shortened(&passage.text, SHOWN_TEXT)).unwrap_or_default();
                subject.contributions.push(Contribution { zone: Zone::Text, phrase: found.phrase.clone(), count: mention.count, line, text, points });
            }
        }
        // A map has no order; sums of fractions must not depend on it.
        for points in subjects.values_mut() {
            points.text = (points.text * 1e6).round() / 1e6;
        }
    }

    fn candidates(&self, ranked: &[(usize, Points)], text_sum: f64, factor: f64) -> Vec<Candidate> {
        let best = ranked.first().map_or(0.0, |(_, points)| points.total);
        let nearly = ranked.iter().enumerate().filter(|(rank, (_, points))| *rank == 0 || points.total >= FEWEST_POINTS.max(NEARLY * best));
        nearly
            .take(MOST_CANDIDATES)
            .map(|(_, (subject, points))| {
                let kinds = kinds_of(self.lexicon, self.document, self.reading, &self.lexicon.subjects[*subject].kinds, points);
                let kind = kinds.into_iter().next().map(|fitting| fitting.kind).unwrap_or_default();
                Candidate {
                    clauses: self.lexicon.framework.clauses_of(&kind),
                    kind,
                    score: (points.total / (points.total + 6.0) * 100.0).round() / 100.0,
                    confidence: if self.document.is_unread() { Confidence::Low } else { confidence(points, text_sum, factor) },
                    matched: matched(points),
                }
            })
            .collect()
    }

    /// Kinds that a person should think of before calling them missing: near ones of the recognised subjects, and of
    /// subjects for which something speaks.
    fn could_be(&self, ranked: &[(usize, Points)], candidates: &[Candidate]) -> Vec<String> {
        const SOMETHING: f64 = 2.0;
        const NEAR: f64 = 5.0;
        let mut kinds = Vec::new();
        for (rank, (subject, points)) in ranked.iter().enumerate().filter(|(_, (_, points))| points.total >= SOMETHING) {
            let scored = kinds_of(self.lexicon, self.document, self.reading, &self.lexicon.subjects[*subject].kinds, points);
            let best = scored.first().map_or(0.0, |fitting| fitting.score);
            // The sort of the title belongs to the first subject; for another, its own kind must be named.
            let own = |fitting: &Fitting| if rank == 0 { fitting.is_own } else { fitting.is_named };
            kinds.extend(scored.into_iter().filter(|fitting| own(fitting) && fitting.score >= best - NEAR).map(|fitting| fitting.kind));
        }
        kinds.retain(|kind| candidates.iter().all(|candidate| candidate.kind != *kind));
        kinds
    }

    fn arithmetic(&self, subject: usize, mut points: Points, factors: &[(&'static str, f64)]) -> Arithmetic {
        sort(&mut points.contributions);
        points.contributions.truncate(12);
        Arithmetic {
            subject: self.lexicon.subjects[subject].title.clone(),
            points: points.total,
            sums: points.sums,
            factors: factors.to_vec(),
            contributions: points.contributions,
        }
    }
}

struct Found {
    contribution: Contribution,
    kind: Option<usize>,
    in_full: bool,
}

/// High where the title names the subject and the text agrees, or columns and name do; low where only text speaks.
fn confidence(points: &Points, text_sum: f64, factor: f64) -> Confidence {
    const AGREES: f64 = 0.3;
    let agrees = text_sum > 0.0 && points.text / text_sum >= AGREES || points.headings >= 1.0 || points.columns >= 2.0;
    let lessens = factor < 0.75;
    if points.named && agrees && points.total >= STRONG && !lessens {
        Confidence::High
    } else if points.named && !lessens || points.columns >= TELLING_COLUMNS {
        Confidence::Medium
    } else {
        Confidence::Low
    }
}

/// Strongest first; a line is shown once.
fn matched(points: &Points) -> Vec<Matched> {
    const SHOWN: usize = 4;
    let mut contributions = points.contributions.clone();
    sort(&mut contributions);
    let mut lines: Vec<Matched> = Vec::new();
    for contribution in contributions {
        if lines.len() < SHOWN && lines.iter().all(|line| line.line != contribution.line) {
            lines.push(Matched { line: contribution.line, text: contribution.text });
        }
    }
    lines
}

fn sort(contributions: &mut [Contribution]) {
    contributions.sort_by(|left, right| {
        right.points.total_cmp(&left.points).then(left.zone.cmp(&right.zone)).then(left.line.cmp(&right.line)).then_with(|| left.phrase.cmp(&right.phrase))
    });
}

/// Whether its control data say that it is not in force, or never was.
fn is_over(document: &Document) -> bool {
    const OVER: [&str; 9] = ["obsolete", "retired", "deprecated", "superseded", "rejected", "withdrawn", "archived", "abandoned", "cancelled"];
    let status = document.control.get(ControlField::Status).map(|status| plain(&status.value));
    status.is_some_and(|status| OVER.iter().any(|over| status.split(' ').any(|word| word == *over)))
}

/// Whether a title is, for the most part, one of documents that are evidence for nothing.
fn is_nothing(heading: &Heading) -> bool {
    heading.nothing > 0 && heading.nothing * 4 >= heading.meaning * 3
}
