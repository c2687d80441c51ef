//! `clausewise.yaml`: what the organization says of itself.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use globset::{Glob, GlobSet, GlobSetBuilder};
use jiff::civil::Date;
use serde::Deserialize;

use super::args::Global;
use super::exit::Failure;
use super::house::ReportFile;
use crate::assessment::{Accepted, External, Mapping, Roles, Settings};
use crate::documents::Selection;
use crate::framework::{Effort, Framework, Grade};
use crate::repository::{RepoPath, Snapshot};
use crate::vocabulary::{Interval, Place, Spanned, read_date};
use crate::yaml::{Limits, Node, decode, read_all};

/// Name of the file.
pub(super) const NAME: &str = "clausewise.yaml";

/// Numbers that rules count by, each with the default that `docs/configuration.md` gives.
const THRESHOLDS: [&str; 5] = ["approval_grace_days", "configuration_update_days", "repeated_incidents", "backfilled_days", "backfilled_records"];

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct File {
    organization: Organization,
    framework: Option<String>,
    documents: Documents,
    roles: RolesFile,
    intervals: BTreeMap<String, String>,
    fields: BTreeMap<String, BTreeMap<String, String>>,
    external: Vec<ExternalFile>,
    imported_on: Option<String>,
    grades: BTreeMap<String, Grade>,
    efforts: BTreeMap<String, Effort>,
    thresholds: BTreeMap<String, String>,
    accepted: Vec<AcceptedFile>,
    report: ReportFile,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Organization {
    name: Option<String>,
    unit: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Documents {
    include: Vec<String>,
    exclude: Vec<String>,
    map: BTreeMap<String, OneOrMany>,
    not: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct RolesFile {
    top_management: Vec<String>,
    authorized_managers: Vec<String>,
    auditors: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ExternalFile {
    kind: String,
    system: String,
    #[serde(default)]
    pointer: Option<String>,
    #[serde(default)]
    owner: Option<String>,
    #[serde(default)]
    last_checked: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct AcceptedFile {
    #[serde(alias = "requirement")]
    rule: String,
    #[serde(default)]
    path: Option<String>,
    reason: String,
    owner: String,
    until: String,
}

/// One word or a list of words.
#[derive(Debug, Default)]
struct OneOrMany(Vec<String>);

impl<'de> Deserialize<'de> for OneOrMany {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl<'de> serde::de::Visitor<'de> for Visitor {
            type Value = OneOrMany;
            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("a kind of documented information, or a list of kinds")
            }
            fn visit_str<E>(self, text: &str) -> Result<OneOrMany, E> {
                Ok(OneOrMany(vec![text.to_owned()]))
            }
            fn visit_seq<A: serde::de::SeqAccess<'de>>(self, mut items: A) -> Result<OneOrMany, A::Error> {
                let mut words = Vec::new();
                while let Some(word) = items.next_element()? {
                    words.push(word);
                }
                Ok(OneOrMany(words))
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}

/// What the configuration comes to.
pub(super) struct Configuration {
    pub(super) settings: Settings,
    pub(super) selection: Selection,
    /// Patterns of what is looked at, where the file states any.
    pub(super) include: Vec<String>,
    /// The framework that the file names, where the command line names none.
    pub(super) framework: Option<String>,
    /// House style of reports.
    pub(super) report: ReportFile,
    text: Option<(PathBuf, Node)>,
}

/// The folder to assess, and the configuration file on disk that counts for it.
pub(super) struct Located {
    pub(super) root: PathBuf,
    file: Option<PathBuf>,
}

impl Located {
    /// The configuration file: the one that is there, else the place where it belongs.
    pub(super) fn configuration(&self) -> PathBuf {
        self.file.clone().unwrap_or_else(|| self.root.join(NAME))
    }
}

/// Finds the folder to assess: the nearest folder at or above `path` that holds the file, up to the repository's root;
/// else `path` itself.
pub(super) fn locate(global: &Global, path: &Path) -> Result<Located, Failure> {
    let here = |file| Located { root: path.to_path_buf(), file };
    if global.no_config {
        return Ok(here(None));
    }
    if let Some(file) = &global.config {
        if !file.is_file() {
            let what = "there is no such configuration file; leave --config out to use the one beside the documents";
            return Err(Failure::Usage(format!("{}: {what}", file.display())));
        }
        return Ok(here(Some(file.clone())));
    }
    Ok(match nearest(path) {
        Some(file) => Located { root: file.parent().map_or_else(|| path.to_path_buf(), Path::to_path_buf), file: Some(file) },
        None => here(None),
    })
}

fn nearest(path: &Path) -> Option<PathBuf> {
    let start = std::fs::canonicalize(path).ok()?;
    let mut found = None;
    for folder in start.ancestors() {
        let file = folder.join(NAME);
        if found.is_none() && std::fs::symlink_metadata(&file).is_ok_and(|metadata| metadata.is_file()) {
            // The path as the user gave it stays in messages where it is the same folder.
            found = Some(if folder == start { path.join(NAME) } else { file });
        }
        let is_bare = folder.join("HEAD").is_file() && folder.join("objects").is_dir();
        if is_bare || folder.join(".git").exists() {
            return found.filter(|_| !is_bare);
        }
    }
    // Outside a repository there is no root up to which to look.
    found.filter(|file| file.parent() == Some(path))
}

/// Reads the configuration that belongs to a state of the repository: the commit's own where files come from a commit.
pub(super) fn read(global: &Global, located: &Located, snapshot: &Snapshot) -> Result<Configuration, Failure> {
    if snapshot.from_objects && global.config.is_none() {
        let name = RepoPath::new([snapshot.prefix.as_slice(), NAME.as_bytes()].concat());
        let entry = snapshot.entries.iter().find(|entry| entry.path == name).filter(|_| !global.no_config);
        let Some(entry) = entry else { return nothing() };
        let failed = |cause: String| Failure::Usage(format!("{name}: cannot be read: {cause}"));
        let bytes = snapshot.reader()?.read(entry, 1024 * 1024).map_err(|error| failed(error.to_string()))?;
        let text = String::from_utf8(bytes).map_err(|_| failed("not UTF-8; save it as UTF-8".to_owned()))?;
        return from_text(global, &text, PathBuf::from(name.to_string()));
    }
    match &located.file {
        Some(file) => {
            let text = text_of(file)?;
            from_text(global, &text, file.clone())
        }
        None => nothing(),
    }
}

/// The text of a configuration file.
pub(super) fn text_of(file: &Path) -> Result<String, Failure> {
    let bytes = std::fs::read(file).map_err(|error| Failure::Usage(format!("{}: cannot be read: {error}", file.display())))?;
    String::from_utf8(bytes).map_err(|_| Failure::Usage(format!("{}: not UTF-8; save it as UTF-8", file.display())))
}

fn nothing() -> Result<Configuration, Failure> {
    let selection = selection(&[], &[], None).map_err(|fault| Failure::Configuration(vec![fault]))?;
    Ok(Configuration { settings: Settings::default(), selection, include: Vec::new(), framework: None, report: ReportFile::default(), text: None })
}

fn from_text(global: &Global, text: &str, file: PathBuf) -> Result<Configuration, Failure> {
    let shown = file.display().to_string();
    let fault = |at: Place, message: &str| format!("{shown}:{}:{}: {message}", at.line.max(1), at.column.max(1));
    let mut documents = read_all(text, Limits::FRONT_MATTER).map_err(|error| Failure::Configuration(vec![fault(error.at, &error.message)]))?;
    let node = match documents.len() {
        0 => return from_text(global, "{}", file),
        1 => documents.remove(0),
        _ => return Err(Failure::Configuration(vec![fault(Place::line(1), "several YAML documents; keep one")])),
    };
    if node.is_empty() {
        return nothing();
    }
    let parsed: File = decode(&node).map_err(|error| Failure::Configuration(vec![fault(error.at, &error.message)]))?;
    let mut faults = Vec::new();
    let place = |path: &[&str]| path.iter().try_fold(&node, |node, key| node.get(key)).map_or_else(|| Place::line(1), |node| node.at);
    let mut day = |text: &str, at: Place| {
        let day = read_date(text).day();
        if day.is_none() {
            faults.push(fault(at, &format!("`{text}` is no date; write it as YYYY-MM-DD")));
        }
        day
    };
    let mut settings = Settings {
        organization: parsed.organization.name,
        unit: parsed.organization.unit,
        roles: Roles { top_management: parsed.roles.top_management, authorized_managers: parsed.roles.authorized_managers, auditors: parsed.roles.auditors },
        fields: parsed.fields,
        grades: if is_distrusted(global) { BTreeMap::new() } else { parsed.grades },
        efforts: parsed.efforts,
        imported_on: parsed.imported_on.as_deref().and_then(|text| day(text, place(&["imported_on"]))),
        ..Settings::default()
    };
    for external in parsed.external {
        let last_checked: Option<Date> = external.last_checked.as_deref().and_then(|text| day(text, place(&["external"])));
        settings.external.push(External { kind: external.kind, system: external.system, pointer: external.pointer, owner: external.owner, last_checked });
    }
    let accepted_nodes = node.get("accepted").and_then(Node::as_list).unwrap_or_default();
    for (accepted, accepted_node) in parsed.accepted.into_iter().zip(accepted_nodes) {
        if let Some(until) = day(&accepted.until, accepted_node.at)
            && !is_distrusted(global)
        {
            settings.accepted.push(Accepted {
                what: accepted.rule,
                path: accepted.path,
                reason: accepted.reason,
                owner: accepted.owner,
                until,
                at: accepted_node.at,
            });
        }
    }
    for (kind, text) in &parsed.intervals {
        let at = place(&["intervals", kind]);
        match Interval::parse(text) {
            Some(interval) => {
                settings.intervals.insert(kind.clone(), Spanned::new(interval, at));
            }
            None => faults.push(fault(at, &format!("`{text}` is no interval; write `6 months`, `90 days` or `quarterly`"))),
        }
    }
    let mapped = parsed.documents.map.into_iter().map(|(pattern, kinds)| (pattern.clone(), kinds.0, place(&["documents", "map", &pattern])));
    let refused = parsed.documents.not.into_iter().map(|pattern| (pattern, Vec::new(), place(&["documents", "not"])));
    for (pattern, kinds, at) in mapped.chain(refused) {
        match safe_glob(&pattern) {
            Ok(glob) => {
                let list = if kinds.is_empty() { &mut settings.not } else { &mut settings.mappings };
                list.push(Mapping { pattern, matcher: glob.compile_matcher(), kinds, at });
            }
            Err(cause) => faults.push(fault(at, &cause)),
        }
    }
    for (name, text) in &parsed.thresholds {
        let at = place(&["thresholds", name]);
        match text.trim().parse::<u32>() {
            _ if !THRESHOLDS.contains(&name.as_str()) => {
                faults.push(fault(at, &format!("there is no threshold `{name}`; known are {}", THRESHOLDS.join(", "))));
            }
            Ok(number) => {
                settings.thresholds.insert(name.clone(), number);
            }
            Err(_) => faults.push(fault(at, &format!("`{text}` is no number"))),
        }
    }
    let selection = match selection(&parsed.documents.include, &parsed.documents.exclude, None) {
        Ok(selection) => Some(selection),
        Err(cause) => {
            faults.push(fault(place(&["documents"]), &cause));
            None
        }
    };
    if is_distrusted(global) {
        // What softens a verdict counts only when it comes from outside the repository.
        settings.external.clear();
        settings.thresholds.clear();
        settings.without_statements = true;
        settings.not.clear();
        settings.imported_on = None;
    }
    match selection {
        Some(selection) if faults.is_empty() => Ok(Configuration {
            settings,
            selection,
            include: parsed.documents.include,
            framework: parsed.framework,
            report: parsed.report,
            text: Some((file, node)),
        }),
        _ => Err(Failure::Configuration(faults)),
    }
}

/// Whether the file comes from a repository that the user does not trust: it may then not soften the verdict.
fn is_distrusted(global: &Global) -> bool {
    global.untrusted && global.config.is_none()
}

/// A pattern that stays below the root.
fn safe_glob(pattern: &str) -> Result<Glob, String> {
    if pattern.starts_with('/') || pattern.split('/').any(|part| part == "..") {
        return Err(format!("the pattern `{pattern}` leaves the folder of the file; patterns are relative to it"));
    }
    Glob::new(pattern).map_err(|error| format!("the pattern `{pattern}` cannot be used: {error}"))
}

fn selection(include: &[String], exclude: &[String], configuration: Option<RepoPath>) -> Result<Selection, String> {
    let set = |patterns: &[String]| -> Result<GlobSet, String> {
        let mut builder = GlobSetBuilder::new();
        for pattern in patterns {
            builder.add(safe_glob(pattern)?);
        }
        builder.build().map_err(|error| error.to_string())
    };
    let include = if include.is_empty() { None } else { Some(set(include)?) };
    Ok(Selection { include, exclude: set(exclude)?, configuration })
}

impl Configuration {
    /// Names the file by its path in the repository, and checks the words that only the framework knows.
    pub(super) fn complete(mut self, framework: &Framework, work_tree: Option<&Path>) -> Result<Self, Failure> {
        let Some((file, node)) = &self.text else { return Ok(self) };
        let absolute = std::fs::canonicalize(file).unwrap_or_else(|_| file.clone());
        let relative = work_tree.and_then(|root| absolute.strip_prefix(root).ok()).map(|path| RepoPath::from_relative(path).to_string());
        self.settings.path = Some(relative.unwrap_or_else(|| NAME.to_owned()));
        let mut faults = Vec::new();
        let mut unknown = |word: &str, path: &[&str], known: &mut dyn Iterator<Item = &String>, what: &str| {
            let at = path.iter().try_fold(node, |node, key| node.get(key)).map_or_else(|| Place::line(1), |node| node.at);
            let known: Vec<&String> = known.collect();
            if known.iter().any(|known| *known == word) {
                return;
            }
            let nearest = known.into_iter().min_by_key(|known| strsim::damerau_levenshtein(known, word));
            let hint = nearest.map(|nearest| format!("; did you mean `{nearest}`?")).unwrap_or_default();
            faults.push(format!("{}:{}:{}: `{word}` is no {what} of the clause map{hint}", file.display(), at.line, at.column));
        };
        for mapping in &self.settings.mappings {
            for kind in &mapping.kinds {
                unknown(kind, &["documents", "map", &mapping.pattern], &mut framework.kinds.keys(), "kind of documented information");
            }
        }
        for kind in self.settings.intervals.keys() {
            unknown(kind, &["intervals", kind], &mut framework.kinds.keys(), "kind of documented information");
        }
        for kind in self.settings.fields.keys() {
            unknown(kind, &["fields", kind], &mut framework.kinds.keys(), "kind of documented information");
        }
        for external in &self.settings.external {
            unknown(&external.kind, &["external"], &mut framework.kinds.keys(), "kind of documented information");
        }
        for rule in self.settings.grades.keys() {
            unknown(rule, &["grades", rule], &mut framework.rules.keys(), "rule");
        }
        for name in self.settings.efforts.keys() {
            unknown(name, &["efforts", name], &mut framework.rules.keys().chain(framework.kinds.keys()), "rule or kind of documented information");
        }
        if faults.is_empty() { Ok(self) } else { Err(Failure::Configuration(faults)) }
    }
}
