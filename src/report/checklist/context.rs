//! What every row is made from: the assessment, the map and the plan, looked up once.

use std::collections::{BTreeMap, BTreeSet};

use sha2::{Digest, Sha256};

use super::super::markdown::place_of;
use super::people::People;
use super::view::{Answer, EvidenceFile, EvidenceSoFar, FoundSoFar, Row, RowSort};
use crate::assessment::{Answer as Kept, Assessment, AuditPlan, Determination, DocumentView, Finding, RecordFacts, Verdict};
use crate::framework::{AuditId, Form, Framework};
use crate::vocabulary::{listing, plain};

/// Findings that are shown at one row; more are counted.
const FINDINGS: usize = 6;
/// Findings that point at the very documents of a row and are shown there; more are counted.
const AT_DOCUMENTS: usize = 20;

pub(super) struct Context<'run> {
    pub(super) framework: &'run Framework,
    pub(super) assessment: &'run Assessment,
    pub(super) plan: &'run AuditPlan<'run>,
    determinations: BTreeMap<&'run str, &'run Determination>,
    answers: BTreeMap<&'run str, Vec<&'run Kept>>,
    findings: BTreeMap<&'run str, Vec<&'run Finding>>,
    people: People<'run>,
}

impl<'run> Context<'run> {
    pub(super) fn new(assessment: &'run Assessment, framework: &'run Framework, plan: &'run AuditPlan<'run>) -> Self {
        let mut answers: BTreeMap<&str, Vec<&Kept>> = BTreeMap::new();
        assessment.answers.iter().for_each(|answer| answers.entry(&answer.row).or_default().push(answer));
        let mut findings: BTreeMap<&str, Vec<&Finding>> = BTreeMap::new();
        for finding in assessment.findings.iter().filter(|finding| finding.accepted.is_none()) {
            finding.requirements.iter().for_each(|id| findings.entry(id).or_default().push(finding));
        }
        let determinations = assessment.requirements.iter().map(|item| (item.id.as_str(), item)).collect();
        Self { framework, assessment, plan, determinations, answers, findings, people: People::new(assessment, framework) }
    }

    pub(super) fn determination(&self, id: &str) -> Option<&'run Determination> {
        self.determinations.get(id).copied()
    }

    /// Whether this audit grades at all.
    pub(super) fn graded(&self) -> bool {
        self.plan.kind.graded
    }

    /// The title of a kind of documented information.
    pub(super) fn title(&self, kind: &str) -> String {
        self.framework.kinds.get(kind).map_or_else(|| kind.to_owned(), |kind| kind.title.clone())
    }

    /// A finding as this audit shows it.
    pub(super) fn found(&self, finding: &Finding) -> FoundSoFar {
        FoundSoFar {
            number: finding.shown_number(),
            fingerprint: finding.fingerprint.clone(),
            rule: finding.rule.clone(),
            grade: self.graded().then(|| finding.grade.word().to_owned()),
            message: finding.message.clone(),
            place: place_of(finding),
            requirements: listing(&finding.requirements),
        }
    }

    /// The open findings on some requirements, gravest first, each once; and how many more there are.
    pub(super) fn findings_on(&self, ids: &[String]) -> (Vec<FoundSoFar>, usize) {
        let all = gravest_first(ids.iter().filter_map(|id| self.findings.get(id.as_str())).flatten().copied().collect());
        let more = all.len().saturating_sub(FINDINGS);
        (all.into_iter().take(FINDINGS).map(|finding| self.found(finding)).collect(), more)
    }

    /// The open findings that point at the documents and registers of some kinds, and then those on some requirements;
    /// how many there are of the first sort, and how many more than are shown.
    /// `only_these`: of the requirements' other findings only those that say that such a document is missing.
    pub(super) fn findings_on_documents(&self, kinds: &[String], ids: &[String], only_these: bool) -> (Vec<FoundSoFar>, usize, usize) {
        let is_whole = |kind: &&String| self.framework.kinds.get(*kind).is_some_and(|kind| kind.form != Form::Record);
        let kinds: Vec<&String> = kinds.iter().filter(is_whole).collect();
        let is_one = |document: &&DocumentView| document.documented_information.iter().any(|one| kinds.iter().any(|kind| self.framework.is_a(&one.id, kind)));
        let paths: BTreeSet<&str> = self.assessment.documents.iter().filter(is_one).map(|document| document.path.as_str()).collect();
        let points = |finding: &&Finding| finding.accepted.is_none() && !finding.is_nowhere && paths.contains(finding.location.path.as_str());
        let mut all = gravest_first(self.assessment.findings.iter().filter(points).collect());
        let pointing = all.len();
        let known: BTreeSet<&str> = all.iter().map(|finding| finding.fingerprint.as_str()).collect();
        let others: Vec<&Finding> = ids.iter().filter_map(|id| self.findings.get(id.as_str())).flatten().copied().collect();
        let is_asked = |finding: &&Finding| !only_these || finding.missing.as_ref().is_some_and(|missing| kinds.contains(&missing));
        let others = others.into_iter().filter(|finding| !known.contains(finding.fingerprint.as_str())).filter(is_asked);
        let others = gravest_first(others.collect());
        all.extend(others);
        let shown = FINDINGS.max(pointing.min(AT_DOCUMENTS));
        let more = all.len().saturating_sub(shown);
        (all.into_iter().take(shown).map(|finding| self.found(finding)).collect(), pointing, more)
    }

    /// The open findings that lie in a record.
    pub(super) fn findings_in(&self, record: &RecordFacts) -> Vec<FoundSoFar> {
        let open = self.assessment.findings.iter().filter(|finding| finding.accepted.is_none());
        open.filter(|finding| record.holds(&finding.location)).map(|finding| self.found(finding)).collect()
    }

    /// The documents of some kinds, as evidence.
    pub(super) fn documents_of(&self, kinds: &[String], most: usize) -> Vec<EvidenceSoFar> {
        let mut found = Vec::new();
        for kind in kinds {
            let is_one = |document: &&DocumentView| document.documented_information.iter().any(|one| self.framework.is_a(&one.id, kind));
            let mut of_kind: Vec<&DocumentView> = self.assessment.documents.iter().filter(is_one).filter(|document| document.not_evidence.is_none()).collect();
            // Of records the latest come first; they are named by day or number.
            of_kind.sort_by(|left, right| right.path.cmp(&left.path));
            for document in of_kind.into_iter().take(most) {
                let git = document.git.as_ref();
                found.push(EvidenceSoFar {
                    path: document.path.clone(),
                    line: 0,
                    place: document.path.clone(),
                    what: self.title(kind),
                    commit: git.and_then(|git| git.commit.as_deref()).map(short),
                    last_changed_on: git.and_then(|git| git.last_changed_on.clone()),
                    passage: None,
                });
            }
        }
        found
    }

    /// How many of some requirements documents alone support, and which not.
    pub(super) fn verdicts(&self, ids: &[String]) -> String {
        let verdicts: Vec<(&String, Verdict)> = ids.iter().filter_map(|id| Some((id, documents_alone(self.determination(id)?)))).collect();
        let of = |verdict: Verdict| verdicts.iter().filter(|(_, other)| *other == verdict).map(|(id, _)| id.as_str()).collect::<Vec<_>>();
        let others = Verdict::ALL.into_iter().filter(|verdict| *verdict != Verdict::Supported).map(|verdict| (verdict, of(verdict)));
        let others: Vec<String> = others.filter(|(_, ids)| !ids.is_empty()).map(|(verdict, ids)| format!("{} ({})", ids.join(", "), verdict.word())).collect();
        let not = if others.is_empty() { String::new() } else { format!("; not: {}", others.join("; ")) };
        match verdicts.as_slice() {
            [] => String::new(),
            [(id, verdict)] => format!("{id}: {}", verdict.word()),
            all => format!("Of {} requirements: {} {}{not}", all.len(), of(Verdict::Supported).len(), Verdict::Supported.word()),
        }
    }

    /// Requirements by id, or all of a sub-clause or clause.
    pub(super) fn requirements_of(&self, named: &[String]) -> Vec<String> {
        let mut ids = Vec::new();
        for text in named {
            if text.contains('-') {
                ids.push(text.clone());
                continue;
            }
            let clauses = self.framework.clauses.iter().filter(|clause| clause.number == *text || clause.number.starts_with(&format!("{text}.")));
            ids.extend(clauses.flat_map(|clause| &clause.requirements).map(|requirement| requirement.id.clone()));
        }
        ids
    }

    /// Gives a row the names of whom to ask, its hash, and what was answered to it.
    pub(super) fn finished(&self, mut row: Row, verdict: Option<Verdict>) -> Row {
        (row.whom, row.people) = self.people.of(&row);
        row.hash = hash(&row, verdict);
        row.files = files(&row.evidence);
        let kept = self.answers.get(row.id.as_str()).map(Vec::as_slice).unwrap_or_default();
        let of_this = |answer: &&&Kept| audit_of(answer).is_none_or(|audit| audit == self.plan.kind.id);
        let is_choice = |word: &str| self.plan.kind.results.iter().any(|result| plain(&result.word) == plain(word));
        let usable = |answer: &&&Kept| of_this(answer) && answer.result.as_deref().is_none_or(is_choice);
        // Answers are in the order of their days.
        let chosen = kept.iter().rfind(usable).copied();
        if let Some(answer) = chosen {
            let changed = answer.hash.as_ref().is_some_and(|hash| *hash != row.hash);
            let changed = changed.then(|| "the question, the evidence or what the documents say has changed since it was answered".to_owned());
            row.answer = Answer {
                result: answer.result.clone().unwrap_or_default(),
                evidence_seen: answer.evidence_seen.clone().or_else(|| answer.reason.clone()).unwrap_or_default(),
                auditee: answer.auditee.clone().unwrap_or_default(),
                auditor: answer.by.clone().unwrap_or_default(),
                date: answer.on.clone().unwrap_or_default(),
                notes: answer.notes.clone().unwrap_or_default(),
                stale: answer.stale.clone().or(changed),
                kept_in: Some(format!("{}:{}", answer.path, answer.line)),
            };
        }
        let others = kept.iter().filter(|answer| chosen.is_none_or(|chosen| !std::ptr::eq(chosen, **answer)) && answer.result.is_some());
        for answer in others {
            let audit = answer.audit.as_ref().map(|audit| format!(" in {audit}")).unwrap_or_default();
            let by = answer.by.as_ref().map(|by| format!(" by {by}")).unwrap_or_default();
            let on = answer.on.as_ref().map(|on| format!(" on {on}")).unwrap_or_default();
            let grounds = answer.evidence_seen.as_ref().or(answer.reason.as_ref()).map(|grounds| format!(" ({grounds})")).unwrap_or_default();
            let said = format!("Answered{audit}{by}{on}: {}{grounds}.", answer.result.as_deref().unwrap_or_default());
            row.documents_say = join(&row.documents_say, &said);
        }
        row
    }

    /// An empty row.
    pub(super) fn row(id: String, sort: RowSort, title: String) -> Row {
        Row {
            id,
            sort,
            clause: String::new(),
            title,
            questions: Vec::new(),
            whom: String::new(),
            people: Vec::new(),
            look_at: Vec::new(),
            expect: Vec::new(),
            evidence: Vec::new(),
            files: Vec::new(),
            verdict: None,
            documents_say: String::new(),
            depends_on: None,
            facts: Vec::new(),
            findings: Vec::new(),
            grade_note: None,
            answer: Answer::default(),
            hash: String::new(),
        }
    }
}

/// Gravest first, each once.
fn gravest_first(mut findings: Vec<&Finding>) -> Vec<&Finding> {
    findings.sort_by_key(|finding| (finding.grade, &finding.location, &finding.fingerprint));
    findings.dedup_by(|left, right| left.fingerprint == right.fingerprint);
    findings
}

/// The verdict of the documents, whatever a person stated.
pub(super) fn documents_alone(determination: &Determination) -> Verdict {
    determination.statement.as_ref().map_or(determination.verdict, |statement| statement.documents)
}

/// First digits of a commit.
pub(super) fn short(commit: &str) -> String {
    commit.get(..12).unwrap_or(commit).to_owned()
}

/// Two sentences.
pub(super) fn join(left: &str, right: &str) -> String {
    match (left.is_empty(), right.is_empty()) {
        (true, _) => right.to_owned(),
        (_, true) => left.to_owned(),
        _ => format!("{}. {right}", left.trim_end_matches('.')),
    }
}

/// Evidence file by file, in the order in which the files come, with the lines of each.
fn files(evidence: &[EvidenceSoFar]) -> Vec<EvidenceFile> {
    let mut files: Vec<(EvidenceFile, Vec<u32>)> = Vec::new();
    for place in evidence {
        match files.iter_mut().find(|(file, _)| file.path == place.path && file.what == place.what) {
            Some((file, lines)) => {
                lines.push(place.line);
                file.passage = file.passage.take().or_else(|| place.passage.clone());
            }
            None => {
                let EvidenceSoFar { path, what, commit, last_changed_on, passage, line, .. } = place.clone();
                files.push((EvidenceFile { place: path.clone(), path, what, commit, last_changed_on, passage }, vec![line]));
            }
        }
    }
    let placed = |(mut file, mut lines): (EvidenceFile, Vec<u32>)| {
        lines.retain(|line| *line > 0);
        lines.sort_unstable();
        lines.dedup();
        let ranges = lines.chunk_by(|left, right| left + 1 == *right).filter_map(|run| Some((run.first()?, run.last()?)));
        let words: Vec<String> = ranges.map(|(first, last)| if first == last { first.to_string() } else { format!("{first}-{last}") }).collect();
        if !words.is_empty() {
            file.place = format!("{}:{}", file.path, words.join(", "));
        }
        file
    };
    files.into_iter().map(placed).collect()
}

/// The kind of audit that an answer says it was given in.
fn audit_of(answer: &Kept) -> Option<AuditId> {
    let said = plain(answer.audit.as_deref()?).replace(' ', "");
    AuditId::ALL.into_iter().find(|id| said.starts_with(id.word()))
}

fn hash(row: &Row, verdict: Option<Verdict>) -> String {
    let mut hash = Sha256::new();
    let mut part = |text: &str| {
        hash.update(text.as_bytes());
        hash.update([0]);
    };
    part(&row.title);
    row.questions.iter().for_each(|question| part(question));
    for evidence in &row.evidence {
        part(&evidence.path);
        part(evidence.commit.as_deref().unwrap_or_default());
    }
    part(verdict.map_or("", Verdict::word));
    hash.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}
