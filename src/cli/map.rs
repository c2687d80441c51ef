//! `map`: what documents without annotation seem to be, and taking it over into the configuration.

use super::args::{Global, Map, MapFormat, Sure};
use super::exit::{Exit, Failure};
use super::pipeline::Recognised;
use super::{config, output, pipeline};
use crate::assessment::{Confidence, GitFacts, Identity};
use crate::report;
use crate::repository::{CodeOwners, History};
use crate::vocabulary::count;
use crate::yaml::{Addition, add};

/// Prints the proposal, explains one document, or writes the confirmed mapping.
pub(super) fn run(global: &Global, command: &Map) -> Result<Exit, Failure> {
    let recognised = pipeline::recognise(global, &command.path)?;
    let identities = recognised.identities()?;
    if let Some(path) = &command.explain {
        let found = find(&recognised, &identities, path)?;
        let history = History::walk(&recognised.snapshot)?;
        let facts = GitFacts::of(&history, &CodeOwners::read(&recognised.snapshot), &found.document.path);
        return output::print(&report::map_arithmetic(&recognised.framework, found, facts.as_ref())).map(|()| Exit::Clean);
    }
    if command.write {
        return write(&recognised, &identities, command);
    }
    let text = match command.format {
        MapFormat::Json => report::map_json(&recognised.framework, &identities).map_err(Failure::Internal)?,
        MapFormat::Text => report::map_table(&recognised.framework, &identities, command.all, output::colored(global)),
    };
    output::print(&text).map(|()| Exit::Clean)
}

fn find<'all, 'run>(recognised: &Recognised, identities: &'all [Identity<'run>], path: &str) -> Result<&'all Identity<'run>, Failure> {
    let wanted = path.trim_start_matches("./");
    let found = identities.iter().find(|identity| {
        let below = identity.document.path.below(&recognised.snapshot.prefix).map(|path| path.to_string());
        identity.document.path.to_string() == wanted || below.as_deref() == Some(wanted)
    });
    found.ok_or_else(|| Failure::Usage(format!("--explain {path}: no document that was read has this path; `clausewise map` lists them")))
}

fn write(recognised: &Recognised, identities: &[Identity<'_>], command: &Map) -> Result<Exit, Failure> {
    if recognised.snapshot.from_objects {
        return Err(Failure::Usage("--write: a commit cannot be written to; run it in a working tree, without --rev".to_owned()));
    }
    let file = recognised.located.configuration();
    let at_least = match command.at_least {
        Sure::High => Confidence::High,
        Sure::Medium => Confidence::Medium,
        Sure::Low => Confidence::Low,
    };
    let mappings: Vec<Addition> = report::proposal(identities, &recognised.snapshot.prefix, at_least, &|pattern| {
        recognised.settings.mappings.iter().any(|mapping| mapping.pattern == pattern)
    })
    .into_iter()
    .map(|(pattern, kind)| Addition::Pair(pattern, kind))
    .collect();
    let known = |pattern: &str| recognised.settings.not.iter().any(|mapping| mapping.pattern == pattern);
    let refused: Vec<Addition> = command.not.iter().filter(|pattern| !known(pattern)).map(|pattern| Addition::Item(pattern.clone())).collect();
    let shown = file.display();
    if mappings.is_empty() && refused.is_empty() {
        return output::print(&format!("{shown}: nothing to add\n")).map(|()| Exit::Clean);
    }
    let before = if file.exists() { config::text_of(&file)? } else { report::configuration_head().to_owned() };
    let refuse = |cause: String| Failure::Usage(format!("{shown}: {cause}; nothing was written"));
    let after = add(&before, &["documents", "map"], &mappings).and_then(|text| add(&text, &["documents", "not"], &refused)).map_err(refuse)?;
    output::write_file(&file, after.as_bytes())?;
    let mut said = format!("{shown}: {} added", count(mappings.len(), "mapping", "mappings"));
    if !refused.is_empty() {
        said += &format!(", {} marked as no evidence", count(refused.len(), "pattern", "patterns"));
    }
    output::print(&format!("{said}. Read them: each line now counts as said by you.\n")).map(|()| Exit::Clean)
}
