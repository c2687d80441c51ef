//! Which document is which documented information, and how that is known.

use serde::Serialize;

use super::outcome::Identified;
use super::settings::Settings;
use crate::documents::{Document, Format};
use crate::framework::{DocumentedInformation, Framework};
use crate::vocabulary::{Spanned, plain, slug};

/// "This document is that documented information."
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Identification {
    /// Kind of documented information.
    pub id: String,
    /// How it is known.
    pub provenance: Identified,
    /// How well it fits, 0 to 1; 1 for what is declared or mapped.
    pub score: f64,
    /// What spoke for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub matched: Option<String>,
}

/// Recognises documents by what they say, by what the settings say, and else by their titles and names.
pub(super) struct Recognizer<'run> {
    framework: &'run Framework,
    settings: &'run Settings,
    prefix: &'run [u8],
    /// Names of kinds in plain words, longest first.
    names: Vec<(String, &'run DocumentedInformation)>,
}

impl<'run> Recognizer<'run> {
    pub(super) fn new(framework: &'run Framework, settings: &'run Settings, prefix: &'run [u8]) -> Self {
        let mut names: Vec<(String, &DocumentedInformation)> = framework
            .kinds
            .values()
            .flat_map(|kind| {
                let title = plain(&kind.title);
                // People call the description of a process by the process alone: "Incident management".
                let process = title.strip_suffix(" process").map(str::to_owned);
                let names = kind.recognised_by.names.iter().map(|name| plain(name));
                names.chain([title.clone()]).chain(process).map(move |name| (name, kind))
            })
            .filter(|(name, _)| name.contains(' '))
            .collect();
        names.sort_by(|left, right| right.0.len().cmp(&left.0.len()).then_with(|| left.cmp_names(right)));
        Self { framework, settings, prefix, names }
    }

    /// What a document is. Kinds that it declares and the map lacks are left out; the hygiene checks report them.
    pub(super) fn identify(&self, document: &Document) -> Vec<Identification> {
        let path = document.path.below(self.prefix).map(|path| path.to_string()).unwrap_or_default();
        if self.settings.not.iter().any(|pattern| pattern.matcher.is_match(&path)) {
            return Vec::new();
        }
        let sure = |kind: &str, provenance| Identification { id: kind.to_owned(), provenance, score: 1.0, matched: None };
        let mut found: Vec<Identification> =
            document.kinds.iter().filter_map(|kind| self.kind_named(kind)).map(|kind| sure(&kind.id, Identified::Declared)).collect();
        for mapping in self.settings.mappings.iter().filter(|mapping| mapping.matcher.is_match(&path)) {
            for kind in &mapping.kinds {
                if !found.iter().any(|known| known.id == *kind) {
                    found.push(sure(kind, Identified::Mapped));
                }
            }
        }
        if found.is_empty() && document.kinds.is_empty() {
            found.extend(self.infer(document));
        }
        found
    }

    /// The kind that a document's own word names: an id of the map, or the kind's title.
    pub(super) fn kind_named(&self, word: &Spanned<String>) -> Option<&'run DocumentedInformation> {
        let wanted = slug(&word.value);
        self.framework.kinds.get(&wanted).or_else(|| self.framework.kinds.values().find(|kind| slug(&kind.title) == wanted))
    }

    fn infer(&self, document: &Document) -> Option<Identification> {
        const NEVER: [&str; 9] = ["readme", "license", "licence", "contributing", "code of conduct", "changelog", "security", "authors", "index"];
        let stem = plain(&document.path.stem());
        if NEVER.contains(&stem.as_str()) || document.is_stub() {
            return None;
        }
        let title = document.title.as_ref().map(|title| plain(&title.value)).unwrap_or_default();
        let by_title = self.longest_name(&title).map(|(name, kind)| (name, kind, 0.8));
        let by_name = || self.longest_name(&stem).map(|(name, kind)| (name, kind, if document.format == Format::Binary { 0.7 } else { 0.6 }));
        let (name, kind, score) = by_title.or_else(by_name)?;
        // A title that says more than the name is probably about it rather than being it.
        let share = name.len() as f64 / title.len().max(stem.len()).max(name.len()) as f64;
        let score = (score * (0.5 + share / 2.0) * 100.0).round() / 100.0;
        (score >= 0.5).then(|| Identification { id: kind.id.clone(), provenance: Identified::Inferred, score, matched: Some(name) })
    }

    fn longest_name(&self, text: &str) -> Option<(String, &'run DocumentedInformation)> {
        let padded = format!(" {text} ");
        self.names.iter().find(|(name, _)| padded.contains(&format!(" {name} "))).map(|(name, kind)| (name.clone(), *kind))
    }
}

trait CompareNames {
    fn cmp_names(&self, other: &Self) -> std::cmp::Ordering;
}

impl CompareNames for (String, &DocumentedInformation) {
    fn cmp_names(&self, other: &Self) -> std::cmp::Ordering {
        self.0.cmp(&other.0).then_with(|| self.1.id.cmp(&other.1.id))
    }
}
