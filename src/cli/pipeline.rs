//! From a path to an assessment.

use std::path::Path;

use super::args::Global;
use super::config::{self, Configuration};
use super::exit::{Exit, Failure};
use super::house::house;
use super::watch::Watch;
use crate::assessment::{Assessment, Case, Identity, NotChecked, Provenance, Settings, assess, identify};
use crate::documents::{Cause, Documents, Window, compare_revisions, read_documents};
use crate::framework::{Framework, MapSource};
use crate::recognition::Vocabularies;
use crate::report::HouseStyle;
use crate::repository::{CodeOwners, History, RepoPath, Skipped, Snapshot};
use crate::vocabulary::{AsOf, read_date};

/// What came of a run.
pub(super) struct Run {
    pub(super) framework: Framework,
    pub(super) settings: Settings,
    pub(super) snapshot: Snapshot,
    pub(super) assessment: Assessment,
    pub(super) house: HouseStyle,
}

/// Assesses the repository at a path.
pub(super) fn run(global: &Global, path: &Path) -> Result<Run, Failure> {
    let as_of = as_of(global)?;
    let watch = Watch::start(global);
    if !path.is_dir() {
        Snapshot::open(path, None)?;
    }
    let located = config::locate(global, path)?;
    watch.step("listing files");
    let snapshot = Snapshot::open(&located.root, global.rev.as_deref())?;
    let configuration = config::read(global, &located, &snapshot)?;
    watch.step("reading the clause map");
    let framework = framework(global, configuration.framework.as_deref())?;
    let Configuration { settings, selection, include, report, .. } = configuration.complete(&framework, snapshot.work_tree.as_deref())?;
    let house = house(&report, &snapshot)?;
    let window = Window { after: settings.imported_on, until: as_of.0 };
    watch.step("reading documents and history");
    let (documents, history) =
        rayon::join(|| read_documents(&snapshot, &selection, &|path: &RepoPath| watch.reading(&path.to_string())), || History::walk(&snapshot));
    let (documents, history) = (documents?, history?);
    something_there(&documents, &snapshot, &include, path)?;
    watch.step("comparing revisions");
    let revisions = compare_revisions(&snapshot, &history, &documents, window)?;
    watch.step("recognising documents");
    let vocabularies = Vocabularies::of(&framework);
    let identities = identify(&vocabularies, &settings, &documents, &snapshot.prefix, false).map_err(Failure::Internal)?;
    watch.step("assessing");
    let no_history = no_history(&snapshot, &history, window);
    let mapped = |path: &RepoPath| {
        let below = path.below(&snapshot.prefix).map(|path| path.to_string()).unwrap_or_default();
        settings.mappings.iter().any(|mapping| mapping.matcher.is_match(&below))
    };
    let mut not_checked = not_checked(&snapshot, &documents, &mapped);
    not_checked.extend(history_not_checked(&snapshot, &history, no_history.as_deref(), &settings, as_of, global));
    let provenance = provenance(&framework, &snapshot, &settings, as_of, not_checked);
    let assessment = assess(&Case {
        vocabularies: &vocabularies,
        settings: &settings,
        documents: &documents,
        identities: &identities,
        history: &history,
        owners: &CodeOwners::read(&snapshot),
        revisions: &revisions,
        no_history,
        uncommitted: snapshot.uncommitted.iter().cloned().collect(),
        prefix: &snapshot.prefix,
        as_of,
        provenance,
    });
    watch.step("writing the report");
    Ok(Run { framework, settings, snapshot, assessment, house })
}

/// Assesses another revision of the same repository, by the same map and on the same day.
pub(super) fn run_at(global: &Global, path: &Path, rev: &str) -> Result<Run, Failure> {
    run(&Global { rev: Some(rev.to_owned()), ..global.clone() }, path)
}

/// A repository that has been read and not yet assessed.
pub(super) struct Recognised {
    pub(super) framework: Framework,
    pub(super) settings: Settings,
    pub(super) snapshot: Snapshot,
    pub(super) documents: Documents,
    pub(super) located: config::Located,
    include: Vec<String>,
}

impl Recognised {
    /// What every document is, or seems to be; those that say it themselves are read as well.
    pub(super) fn identities(&self) -> Result<Vec<Identity<'_>>, Failure> {
        identify(&Vocabularies::of(&self.framework), &self.settings, &self.documents, &self.snapshot.prefix, true).map_err(Failure::Internal)
    }
}

/// Reads the repository at a path, without its history; something must be there.
pub(super) fn recognise(global: &Global, path: &Path) -> Result<Recognised, Failure> {
    let recognised = recognise_any(global, path)?;
    something_there(&recognised.documents, &recognised.snapshot, &recognised.include, path)?;
    Ok(recognised)
}

/// Reads the repository at a path, without its history; it may be empty.
pub(super) fn recognise_any(global: &Global, path: &Path) -> Result<Recognised, Failure> {
    if !path.is_dir() {
        Snapshot::open(path, None)?;
    }
    let located = config::locate(global, path)?;
    let snapshot = Snapshot::open(&located.root, global.rev.as_deref())?;
    let configuration = config::read(global, &located, &snapshot)?;
    let framework = framework(global, configuration.framework.as_deref())?;
    let Configuration { settings, selection, include, .. } = configuration.complete(&framework, snapshot.work_tree.as_deref())?;
    let documents = read_documents(&snapshot, &selection, &|_: &RepoPath| ())?;
    Ok(Recognised { framework, settings, snapshot, documents, located, include })
}

/// A run that finds nothing to check must not look like a good one.
fn something_there(documents: &Documents, snapshot: &Snapshot, include: &[String], path: &Path) -> Result<(), Failure> {
    if documents.all.is_empty() && documents.not_followed.is_empty() && snapshot.skipped.is_empty() {
        let usual = "*.md, *.yaml, *.yml, *.csv, *.tsv and office files".to_owned();
        let tried = if include.is_empty() { usual } else { format!("{usual}, of these only {}", include.join(", ")) };
        return Err(Failure::Nothing { path: path.display().to_string(), tried });
    }
    Ok(())
}

/// The clause map that the command line, or else the configuration, names.
pub(super) fn framework(global: &Global, named: Option<&str>) -> Result<Framework, Failure> {
    let default = "iso20000-1-2018";
    let argument = if global.framework == default { named.unwrap_or(default) } else { &global.framework };
    let source = MapSource::from_argument(argument);
    if let MapSource::Folder(folder) = &source {
        // A repository that is not trusted does not choose what it is judged by.
        if global.framework == default {
            return Err(Failure::Usage(format!("the configuration names the framework `{argument}`; a map of one's own is named with --framework")));
        }
        if !folder.is_dir() {
            return Err(Failure::Usage(format!("--framework {argument}: no clause map of that id and no such folder; known is {default}")));
        }
    }
    Ok(Framework::load(&source)?)
}

#[expect(clippy::disallowed_methods, reason = "the command line is the one place where the environment and the clock are read")]
fn as_of(global: &Global) -> Result<AsOf, Failure> {
    if let Some(text) = &global.as_of {
        let strict = text.len() == 10 && text.as_bytes()[4] == b'-';
        let day = read_date(text).day().filter(|_| strict);
        return day.map(AsOf).ok_or_else(|| Failure::Usage(format!("--as-of {text}: not a day; write it as YYYY-MM-DD")));
    }
    let seconds = std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|text| text.trim().parse::<i64>().ok());
    let now = || std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).map_or(0, |since| i64::try_from(since.as_secs()).unwrap_or(0));
    let timestamp = jiff::Timestamp::from_second(seconds.unwrap_or_else(now)).map_err(|error| Failure::Usage(format!("SOURCE_DATE_EPOCH: {error}")))?;
    Ok(AsOf(timestamp.to_zoned(jiff::tz::TimeZone::UTC).date()))
}

/// Why nothing can be said of history, where that is so and matters.
fn no_history(snapshot: &Snapshot, history: &History, window: Window) -> Option<String> {
    if window.is_empty() {
        // Nothing that could have happened in Git counts, so nothing is missing.
        return None;
    }
    if !snapshot.has_history() {
        return Some("there is no Git history here".to_owned());
    }
    if snapshot.shallow {
        return Some("this is a shallow clone; fetch all of it (`git fetch --unshallow`, or `fetch-depth: 0` in CI)".to_owned());
    }
    history.incomplete.clone()
}

fn entry(path: String, line: Option<u32>, reason: &str, matters: bool) -> NotChecked {
    NotChecked { path, line, reason: reason.to_owned(), matters }
}

/// Files that were not read. One that could have been evidence makes the assessment incomplete.
fn not_checked(snapshot: &Snapshot, documents: &Documents, mapped: &dyn Fn(&RepoPath) -> bool) -> Vec<NotChecked> {
    let mut list: Vec<NotChecked> = snapshot.skipped.iter().map(|Skipped { path, reason }| entry(path.to_string(), None, reason, true)).collect();
    list.extend(documents.not_followed.iter().map(|Skipped { path, reason }| entry(path.to_string(), None, reason, false)));
    for document in &documents.all {
        for defect in document.defects.iter().filter(|defect| matches!(defect.cause, Cause::NotRead | Cause::HeadNotRead)) {
            let line = (defect.at.line > 0).then_some(defect.at.line);
            // YAML of another tool, such as a template, is no candidate unless it, or the configuration, says so.
            let foreign = document.kinds.is_empty() && !mapped(&document.path) && defect.message.starts_with("not readable YAML");
            list.push(entry(document.path.to_string(), line, &defect.message, !foreign));
        }
    }
    list.sort();
    list
}

/// What of history was not looked at, and why.
fn history_not_checked(
    snapshot: &Snapshot,
    history: &History,
    no_history: Option<&str>,
    settings: &Settings,
    as_of: AsOf,
    global: &Global,
) -> Option<NotChecked> {
    if let Some(reason) = no_history.filter(|_| snapshot.has_history()) {
        let matters = !(snapshot.shallow && global.allow_shallow);
        return Some(entry(".git".to_owned(), None, &format!("rules that need history were not assessed: {reason}"), matters));
    }
    if let Some(reason) = &history.incomplete {
        return Some(entry(".git".to_owned(), None, reason, true));
    }
    let day = settings.imported_on.filter(|day| *day >= as_of.0)?;
    let reason = format!(
        "rules that need history had nothing to judge: the documents were brought into Git on {day} (`imported_on`), and later changes are after {as_of}"
    );
    Some(entry(".git".to_owned(), None, &reason, false))
}

fn provenance(framework: &Framework, snapshot: &Snapshot, settings: &Settings, as_of: AsOf, not_checked: Vec<NotChecked>) -> Provenance {
    let root = RepoPath::new(snapshot.prefix.strip_suffix(b"/").unwrap_or(&snapshot.prefix)).to_string();
    let mut notes = snapshot.notes.clone();
    if !snapshot.has_history() && notes.is_empty() {
        notes.push("the folder is in no Git repository: nothing is known of its history".to_owned());
    }
    if let Some(day) = settings.imported_on {
        notes.push(format!("the documents were brought into Git on {day}; history up to that day proves nothing and accuses nobody"));
    }
    notes.push("dates and authors of commits are what the committing machines claim; dates are the committer's, in UTC, names after .mailmap".to_owned());
    Provenance {
        tool: "clausewise".to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        framework: framework.head.edition.clone(),
        map_version: framework.head.map_version.clone(),
        root: if root.is_empty() { ".".to_owned() } else { root },
        commit: snapshot.commit.as_ref().map(|commit| commit.id.clone()),
        // Where history was cut off, no day of a commit is told.
        committed_on: snapshot.commit.as_ref().filter(|_| !snapshot.shallow).and_then(|commit| commit.date).map(|day| day.to_string()),
        uncommitted: snapshot.uncommitted.len(),
        shallow: snapshot.shallow,
        as_of: as_of.to_string(),
        partial: not_checked.iter().any(|entry| entry.matters),
        not_checked,
        notes,
    }
}

/// The exit code of a run whose report has been written.
pub(super) fn exit_of(assessment: &Assessment, findings: bool) -> Exit {
    if assessment.provenance.partial {
        Exit::Incomplete
    } else if findings {
        Exit::Findings
    } else {
        Exit::Clean
    }
}
