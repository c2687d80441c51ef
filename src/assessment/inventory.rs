//! What is there: documents and records by kind of documented information.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::OnceLock;

use rayon::prelude::*;

use super::audit::{ProcessesByName, Responsibility, responsibilities};
use super::depth::depth_at;
use super::entered;
use super::finding::FindingPlace;
use super::outcome::{Breach, Confidence, Evidence, Fault, Identified};
use super::promises::{StatedInterval, intervals};
use super::recognition::{Identification, Identity};
use super::records::{FieldNames, RecordRef, records_of};
use super::references::ReferenceIndex;
use super::settings::Settings;
use super::topics::{TopicPlaces, TopicWords};
use crate::documents::{Cause, Document, Documents, Format, RecordAlteration, Revisions};
use crate::framework::{Asked, BuiltIn, Circumstance, DocumentedInformation, Form, Framework, Grade, Rule};
use crate::repository::{History, RepoPath};
use crate::vocabulary::AsOf;

/// A document that is some documented information.
#[derive(Clone, Copy, Debug)]
pub(super) struct DocumentRef<'run> {
    pub(super) document: &'run Document,
    pub(super) provenance: Identified,
}

/// What is there of one kind.
#[derive(Clone, Debug, Default)]
pub(super) struct Holding<'run> {
    /// Documents with content.
    pub(super) documents: Vec<DocumentRef<'run>>,
    /// Documents that are only a title.
    pub(super) stubs: Vec<DocumentRef<'run>>,
    /// Records, entries and heads.
    pub(super) records: Vec<RecordRef<'run>>,
}

/// Everything the assessment looks at, in one place and by kind.
pub struct Inventory<'run> {
    pub(super) framework: &'run Framework,
    pub(super) settings: &'run Settings,
    pub(super) documents: &'run Documents,
    pub(super) history: &'run History,
    pub(super) revisions: &'run Revisions,
    pub(super) as_of: AsOf,
    /// The root of the assessment within the repository: "" or ending with `/`.
    pub(super) prefix: &'run [u8],
    /// Why history cannot be told, where it cannot.
    pub(super) no_history: Option<String>,
    /// Files that differ from the commit.
    pub(super) uncommitted: BTreeSet<RepoPath>,
    /// What each document is, beside it.
    pub identified: &'run [Identity<'run>],
    pub(super) holdings: BTreeMap<&'run str, Holding<'run>>,
    /// As `holdings`, each kind with its special cases; every kind of the framework is there.
    joined: BTreeMap<&'run str, Holding<'run>>,
    pub(super) references: ReferenceIndex,
    names: BTreeMap<&'run str, FieldNames>,
    /// The words of all topics.
    pub(super) topic_words: TopicWords,
    /// Where each document that is anything speaks of them, by the document's place in memory.
    topics: HashMap<usize, TopicPlaces>,
    /// Planned intervals by kind, the organization's own: configured, or read from its documents.
    pub(super) intervals: BTreeMap<String, StatedInterval>,
    /// By kind, documents that could be of it and were not recognised as it.
    possible: BTreeMap<&'run str, Vec<&'run Document>>,
    /// Paths of documents that only the configuration calls what they are.
    mapped_only: BTreeSet<String>,
    /// By circumstance, what is asked where something was entered and nothing else shows that it came about.
    asked: BTreeMap<&'run str, String>,
    /// What processes are called.
    pub(super) processes_by_name: ProcessesByName,
    /// Who answers for what: asked for by several views, and worked out once.
    responsible: OnceLock<Vec<Responsibility>>,
}

impl<'run> Inventory<'run> {
    pub(super) fn new(case: &super::assess::Case<'run>) -> Self {
        let framework = case.vocabularies.framework;
        let names: BTreeMap<&str, FieldNames> =
            framework.kinds.values().map(|kind| (kind.id.as_str(), FieldNames::new(kind, case.settings.fields.get(&kind.id)))).collect();
        let mut inventory = Self {
            framework,
            settings: case.settings,
            documents: case.documents,
            history: case.history,
            revisions: case.revisions,
            as_of: case.as_of,
            prefix: case.prefix,
            no_history: case.no_history.clone(),
            uncommitted: case.uncommitted.iter().cloned().collect(),
            identified: case.identities,
            holdings: BTreeMap::new(),
            joined: BTreeMap::new(),
            references: ReferenceIndex::default(),
            names,
            intervals: intervals(framework, case.settings, case.identities),
            possible: BTreeMap::new(),
            topics: HashMap::new(),
            topic_words: TopicWords::new(framework),
            mapped_only: BTreeSet::new(),
            asked: BTreeMap::new(),
            processes_by_name: ProcessesByName::new(framework),
            responsible: OnceLock::new(),
        };
        let only_mapped = |kinds: &[Identification]| !kinds.is_empty() && kinds.iter().all(|kind| kind.provenance == Identified::Mapped);
        inventory.mapped_only = inventory.identified.iter().filter(|one| only_mapped(&one.kinds)).map(|one| one.document.path.to_string()).collect();
        inventory.topics = topics(framework, &inventory.topic_words, case.identities);
        inventory.possible = possible(&inventory);
        inventory.fill();
        inventory.references = ReferenceIndex::new(&inventory);
        let circumstances = framework.circumstances().iter();
        inventory.asked = circumstances.filter_map(|one| Some((one.id.as_str(), entered::question(&inventory, one)?))).collect();
        inventory
    }

    /// Everything that anybody here answers for or did.
    pub(super) fn responsible(&self) -> &[Responsibility] {
        self.responsible.get_or_init(|| responsibilities(self))
    }

    /// What is asked where something was entered that a circumstance depends on.
    pub(super) fn asked_of(&self, circumstance: &Circumstance) -> Option<&String> {
        self.asked.get(circumstance.id.as_str())
    }

    fn fill(&mut self) {
        let framework = self.framework;
        let mut holdings: BTreeMap<&'run str, Holding<'run>> = BTreeMap::new();
        for identity in self.identified {
            let Identity { document, kinds, .. } = identity;
            // A list may name the kind of each of its records by itself; then nothing about it is a guess.
            let by_own_kind = self.records_by_own_kind(document, kinds);
            for (kind, record) in &by_own_kind {
                holdings.entry(kind.id.as_str()).or_default().records.push(RecordRef { document, record, kind, provenance: Identified::Declared });
            }
            for identification in kinds.iter().filter(|_| by_own_kind.is_empty()) {
                let Some(kind) = framework.kinds.get(&identification.id) else { continue };
                let reference = DocumentRef { document, provenance: identification.provenance };
                let holding = holdings.entry(kind.id.as_str()).or_default();
                if identity.is_unfinished() && (kind.form != Form::Record || identification.provenance == Identified::Inferred) {
                    holding.stubs.push(reference);
                    continue;
                }
                holding.documents.push(reference);
                // What could not be read holds records that nobody knows; it is no ground for calling them incomplete.
                if document.is_unread() {
                    continue;
                }
                holding.records.extend(records_of(document, kind, identification.provenance));
            }
        }
        self.holdings = holdings;
        self.joined = framework.kinds.keys().map(|kind| (kind.as_str(), self.join(kind))).collect();
    }

    fn records_by_own_kind(&self, document: &'run Document, kinds: &[Identification]) -> Vec<(&'run DocumentedInformation, &'run crate::documents::Record)> {
        if kinds.iter().any(|kind| kind.provenance != Identified::Inferred) {
            return Vec::new();
        }
        let named = |record: &'run crate::documents::Record| {
            let word = record.field("kind")?.value.as_text()?;
            self.framework.kinds.get(word).map(|kind| (kind, record))
        };
        let found: Vec<(&DocumentedInformation, &crate::documents::Record)> =
            document.lists.iter().flat_map(|(_, records)| records.iter().filter_map(named)).collect();
        // A register of documents names the kind of each of them, and is none of these.
        let is_one_kind = found.iter().all(|(kind, _)| kind.id == found[0].0.id);
        if kinds.is_empty() || is_one_kind { found } else { Vec::new() }
    }

    /// What is there of a kind, special cases of it included.
    pub(super) fn holding(&self, kind: &str) -> &Holding<'run> {
        static NOTHING: Holding<'static> = Holding { documents: Vec::new(), stubs: Vec::new(), records: Vec::new() };
        self.joined.get(kind).unwrap_or(&NOTHING)
    }

    fn join(&self, kind: &str) -> Holding<'run> {
        let mut joined = Holding::default();
        for (id, holding) in &self.holdings {
            if self.framework.is_a(id, kind) {
                joined.documents.extend(&holding.documents);
                joined.stubs.extend(&holding.stubs);
                joined.records.extend(&holding.records);
            }
        }
        joined
    }

    /// Whether documents or records of a kind are there.
    pub(super) fn has(&self, kind: &str) -> bool {
        let holding = self.holding(kind);
        !holding.documents.is_empty() || !holding.records.is_empty()
    }

    /// Where a document speaks of which topics.
    pub(super) fn topics_of(&self, document: &Document) -> &TopicPlaces {
        static NOWHERE: TopicPlaces = TopicPlaces::nowhere();
        self.topics.get(&std::ptr::from_ref(document).addr()).unwrap_or(&NOWHERE)
    }

    /// Documents that nobody has said to be anything and that could be of a kind, or of a special case of it.
    pub(super) fn could_be(&self, kind: &str) -> Vec<&'run Document> {
        let of_kind = |id: &&&str| self.framework.is_a(id, kind);
        let mut documents: Vec<&Document> = self.possible.keys().filter(of_kind).flat_map(|id| &self.possible[id]).copied().collect();
        documents.sort_by(|left, right| left.path.cmp(&right.path));
        documents.dedup_by(|left, right| left.path == right.path);
        documents
    }

    /// Whether a kind is declared to be kept elsewhere.
    pub(super) fn is_external(&self, kind: &str) -> bool {
        self.settings.external.iter().any(|external| self.framework.is_a(&external.kind, kind) || external.kind == kind)
    }

    pub(super) fn names(&self, kind: &str) -> Option<&FieldNames> {
        self.names.get(kind)
    }

    pub(super) fn kind(&self, id: &str) -> Option<&'run DocumentedInformation> {
        self.framework.kinds.get(id)
    }

    /// Documents that are declared or mapped to be evidence, each once.
    pub(super) fn controlled_documents(&self) -> impl Iterator<Item = (&'run Document, &[Identification])> {
        self.identified
            .iter()
            .filter(|one| one.kinds.iter().any(|kind| kind.provenance != Identified::Inferred))
            .map(|one| (one.document, one.kinds.as_slice()))
    }

    /// Whether all of history up to the as-of date was made before the documents were brought into Git.
    pub(super) fn is_history_silent(&self) -> bool {
        self.settings.imported_on.is_some_and(|day| day >= self.as_of.0)
    }

    /// Whether Git, which knows the document since before a day, shows no change of its content after it.
    pub(super) fn is_content_unchanged_since(&self, document: &Document, day: jiff::civil::Date) -> bool {
        let changes = self.history.changes_with_moves(&document.path);
        let came = changes.last().and_then(|first| self.history.commits.get(first.commit as usize)).map(|commit| commit.date);
        let is_known = came.is_some_and(|came| came <= day) && self.settings.imported_on.is_none_or(|imported| imported <= day);
        is_known && self.revisions.edits.get(&document.path).is_none_or(|edit| edit.date <= day)
    }

    /// Evidence at a line of a document.
    pub(super) fn evidence(&self, path: &RepoPath, line: u32, kind: &str, provenance: Identified) -> Evidence {
        let change = self.history.last_change(path);
        Evidence {
            path: path.to_string(),
            line,
            documented_information: kind.to_owned(),
            provenance,
            commit: change.map(|commit| commit.id.clone()),
            last_changed_on: change.map(|commit| commit.date.to_string()),
            passage: None,
            record: None,
        }
    }

    /// The smallest record around a place; a document's head is around all of its entries.
    pub(super) fn record_around(&self, place: &FindingPlace) -> Option<RecordRef<'run>> {
        let is_around = |record: &&RecordRef<'_>| {
            let at = record.record.at;
            at.line <= place.line && place.line <= at.end_line && record.document.path.to_string() == place.path
        };
        let around = self.holdings.values().flat_map(|holding| &holding.records).filter(is_around);
        around.min_by_key(|record| record.record.at.end_line - record.record.at.line).copied()
    }

    /// How sure anything can be that is said of a document: what a mapping says it is, is of medium confidence.
    pub(super) fn confidence_at(&self, place: Option<&FindingPlace>) -> Confidence {
        let known = place.and_then(|place| self.mapped_only.contains(place.path.as_str()).then_some(Confidence::Medium));
        known.unwrap_or(Confidence::High)
    }

    /// The rule that names what a check finds in a kind, or in a more general one.
    pub(super) fn special_of_kind(&self, check: BuiltIn, kind: &str) -> Option<String> {
        let is_case = |rule: &&Rule| rule.special_case_of == Some(check) && rule.of_kind.as_ref().is_some_and(|of| self.framework.is_a(kind, of));
        self.framework.rules.values().find(is_case).map(|rule| rule.id.clone())
    }

    /// Whether something of a kind is there that could not be read: then nothing is known of what it holds.
    pub(super) fn has_unread(&self, kind: &str) -> bool {
        let in_part = |document: &Document| document.format == Format::Csv && document.defects.iter().any(|defect| defect.cause == Cause::NotUnderstood);
        self.holding(kind).documents.iter().any(|reference| reference.document.is_unread() || in_part(reference.document))
    }

    /// A number that rules count by: the organization's own, else the default.
    pub(super) fn threshold(&self, name: &str, default: u32) -> u32 {
        self.settings.thresholds.get(name).copied().unwrap_or(default)
    }

    /// The rule by which a requirement names the faults of a check.
    pub(super) fn special(&self, asked: &Asked, check: BuiltIn) -> Option<String> {
        let is_case = |name: &&String| self.framework.rules.get(*name).is_some_and(|rule| rule.special_case_of == Some(check));
        asked.special.iter().find(is_case).cloned()
    }

    /// The rule that names a fault.
    pub(super) fn rule_of(&self, fault: &Fault) -> Option<&'run Rule> {
        if let Some(special) = &fault.special {
            return self.framework.rules.get(special);
        }
        match &fault.breach {
            Breach::Check(check) => self.framework.built_in(*check),
            Breach::Rule(id) => self.framework.rules.get(id),
        }
    }

    /// The proposed grade of a fault: the organization's own, else the fault's, else the rule's.
    pub(super) fn grade_of(&self, fault: &Fault) -> Grade {
        let own = self.rule_of(fault).and_then(|rule| self.settings.grades.get(&rule.id)).copied();
        own.unwrap_or_else(|| self.own_grade_of(fault))
    }

    /// The grade before the organization's settings, which grade findings and turn no verdict.
    pub(super) fn own_grade_of(&self, fault: &Fault) -> Grade {
        fault.grade.or(self.rule_of(fault).map(|rule| rule.grade)).unwrap_or(Grade::Observation)
    }

    /// Alterations of a record after it was closed.
    pub(super) fn alterations(&self, record: &RecordRef<'_>) -> impl Iterator<Item = &RecordAlteration> {
        let line = record.record.at.line;
        self.revisions.alterations.get(&record.document.path).into_iter().flatten().filter(move |alteration| alteration.line == line)
    }
}

fn topics(framework: &Framework, words: &TopicWords, identities: &[Identity<'_>]) -> HashMap<usize, TopicPlaces> {
    // A record whose kind has no topics, its own or those of a more general kind, is never asked for one.
    let with_topics: Vec<&str> = framework.kinds.values().filter(|kind| !kind.sections.is_empty()).map(|kind| kind.id.as_str()).collect();
    let has_topics = |kind: &Identification| kind.provenance == Identified::Inferred || with_topics.iter().any(|general| framework.is_a(&kind.id, general));
    let asked: Vec<&Document> = identities.iter().filter(|identity| identity.kinds.iter().any(has_topics)).map(|identity| identity.document).collect();
    asked.into_par_iter().map(|document| (std::ptr::from_ref(document).addr(), words.places(document))).collect()
}

fn possible<'run>(inventory: &Inventory<'run>) -> BTreeMap<&'run str, Vec<&'run Document>> {
    let mut possible: BTreeMap<&str, Vec<&Document>> = BTreeMap::new();
    let is_open = |identity: &&Identity<'_>| identity.kinds.iter().all(|kind| kind.provenance == Identified::Inferred);
    // What still waits to be filled in is nothing yet, whatever it could become.
    for identity in inventory.identified.iter().filter(is_open).filter(|identity| identity.kinds.is_empty() || !identity.is_unfinished()) {
        let named = identity.recognised.iter().flat_map(|recognised| &recognised.could_be).map(String::as_str);
        for kind in named.chain(by_its_topics(inventory, identity)) {
            possible.entry(kind).or_default().push(identity.document);
        }
    }
    possible
}

/// Documents of the recognised subjects in whose topics the document goes far: a policy on disaster recovery that holds
/// what a continuity plan holds may well be that plan.
fn by_its_topics<'run>(inventory: &Inventory<'run>, identity: &Identity<'run>) -> Vec<&'run str> {
    let framework = inventory.framework;
    let siblings = identity.kinds.iter().filter_map(|kind| framework.subject_of(&kind.id)).flat_map(|subject| &subject.kinds);
    let goes_far = |kind: &&String| {
        let prose = framework.kinds.get(*kind).filter(|kind| kind.form == Form::Document);
        let found = prose.and_then(|kind| depth_at(&inventory.topic_words, inventory.topics_of(identity.document), identity.document, kind));
        found.is_some_and(|depth| depth.covered.len() * 5 >= (depth.covered.len() + depth.missing.len()) * 3)
    };
    siblings.filter(|kind| identity.kinds.iter().all(|known| known.id != **kind)).filter(goes_far).map(String::as_str).collect()
}
