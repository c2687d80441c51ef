//! `import`: a filled-in checklist, read back into `assessments/`.

use std::path::{Component, Path, PathBuf};

use jiff::civil::Date;

use super::args::{Global, Import as Arguments};
use super::exit::{Exit, Failure};
use super::known_rows::{COLUMNS, kind_of, known_rows, result_words};
use super::pipeline::Run;
use super::{output, pipeline};
use crate::answers::{FILE_BYTES, FilledIn, read_answers};
use crate::assessment::{Change, ChangeSort, FileHead, Import, Terms, check_origin, import, is_ours, statements_file};
use crate::framework::AuditId;
use crate::report::checklist::SCHEMA;
use crate::vocabulary::{count, read_date, shortened, slug};

/// The folder of statements.
const FOLDER: &str = "assessments";
/// The most that a file of statements holds before it is one of another kind.
const STATEMENTS_BYTES: u64 = 64 * 1024 * 1024;

/// Reads a filled-in checklist back.
pub(super) fn run(global: &Global, command: &Arguments) -> Result<Exit, Failure> {
    let name = command.file.display().to_string();
    let usage = |why: String| Failure::Usage(format!("{name}: {why}"));
    if global.rev.is_some() {
        return Err(Failure::Usage("--rev: answers are written to the work tree; leave --rev out".to_owned()));
    }
    let bytes = file_bytes(&command.file).map_err(usage)?;
    let filled_in = read_answers(&name, &bytes, &[COLUMNS.id, COLUMNS.result]).map_err(usage)?;
    let run = pipeline::run(global, &command.path)?;
    let work_tree =
        run.snapshot.work_tree.clone().ok_or_else(|| Failure::Usage("a bare repository has no work tree to write to; clone it first".to_owned()))?;
    let kind = kind_of(&filled_in, command.audit.as_deref(), &run.framework);
    let target = target(command, &run, &work_tree, kind)?;
    let as_of = read_date(&run.assessment.provenance.as_of).day().unwrap_or_default();
    let plan = planned(command, &run, &filled_in, kind, &target, as_of)?;
    let head =
        FileHead { audit: &audit_name(command, kind), standard: &run.assessment.provenance.framework, map_version: &run.assessment.provenance.map_version };
    let mut said = told(&plan, global.verbose > 0);
    let stops = !plan.refused.is_empty() && !command.partial;
    if !stops {
        said += &written(&plan, &target, &head, command.dry_run)?;
    }
    output::print(&lines(&format!("{name}\n{said}")))?;
    for refusal in &plan.refused {
        output::line_on_stderr(&format!("error[import]: {name}: {}: {}", refusal.place, refusal.why));
    }
    if stops {
        let rows = count(plan.refused.len(), "place was", "places were");
        output::line_on_stderr(&format!("{rows} refused and nothing was written; correct them, or say --partial to take over the rest"));
        return Ok(Exit::Usage);
    }
    Ok(if plan.refused.is_empty() { Exit::Clean } else { Exit::Incomplete })
}

fn file_bytes(path: &Path) -> Result<Vec<u8>, String> {
    let metadata = std::fs::metadata(path).map_err(|error| error.to_string())?;
    if !metadata.is_file() {
        return Err("it is no file; name the checklist that was filled in".to_owned());
    }
    if metadata.len() > FILE_BYTES as u64 {
        return Err(format!("the file is larger than {} MiB; no checklist is", FILE_BYTES / 1024 / 1024));
    }
    std::fs::read(path).map_err(|error| error.to_string())
}

fn planned(command: &Arguments, run: &Run, filled_in: &FilledIn, kind: Option<AuditId>, target: &Target, as_of: Date) -> Result<Import, Failure> {
    let known = known_rows(run, filled_in, kind)?;
    let terms = Terms {
        columns: COLUMNS,
        results: result_words(&run.framework, kind),
        schema: SCHEMA,
        standard: &run.assessment.provenance.framework,
        map_version: &run.assessment.provenance.map_version,
        as_of,
        assessor: command.assessor.as_deref().map(str::trim).filter(|name| !name.is_empty()),
        target: &target.shown,
        exact: filled_in.is_exact,
    };
    check_origin(filled_in, &terms).map_err(|why| Failure::Usage(format!("{}: {why}", command.file.display())))?;
    Ok(import(filled_in, &known, &terms))
}

/// Where answers go.
struct Target {
    /// On this machine.
    path: PathBuf,
    /// From the repository's root.
    shown: String,
    /// What is there already.
    old: Option<String>,
}

/// The file that answers go to: below the root, through no link, and nobody else's.
fn target(command: &Arguments, run: &Run, work_tree: &Path, kind: Option<AuditId>) -> Result<Target, Failure> {
    let prefix = String::from_utf8_lossy(&run.snapshot.prefix).into_owned();
    let root = work_tree.join(prefix.trim_end_matches('/'));
    let as_of = &run.assessment.provenance.as_of;
    let wanted = match &command.output {
        Some(path) => std::path::absolute(path).map_err(|error| Failure::Usage(format!("-o {}: {error}", path.display())))?,
        None => {
            let name = slug(command.audit.as_deref().unwrap_or_else(|| kind.map_or("audit", AuditId::word)));
            let name = if name.is_empty() { "audit".to_owned() } else { name.chars().take(60).collect() };
            root.join(FOLDER).join(format!("{name}-{as_of}.yaml"))
        }
    };
    let refused = |why: &str| Failure::Usage(format!("{}: {why}", wanted.display()));
    let inside = below(&root, &wanted).ok_or_else(|| refused("answers are written below the root of the system only; name a file there with -o"))?;
    if !inside.extension().is_some_and(|ending| ending == "yaml" || ending == "yml") {
        return Err(refused("answers are kept as YAML; let the name end with .yaml"));
    }
    let path = root.join(&inside);
    let mut step = root.clone();
    for component in inside.components() {
        step.push(component);
        if step.symlink_metadata().is_ok_and(|metadata| metadata.is_symlink()) {
            return Err(Failure::Usage(format!("{}: is a link, and nothing is written through links; name another file with -o", step.display())));
        }
    }
    let there = path.ancestors().skip(1).find(|folder| folder.is_dir()).unwrap_or(&root);
    output::can_write(&there.join(".clausewise-import"))?;
    let old = match path.metadata() {
        Err(_) => None,
        Ok(metadata) if metadata.is_file() && metadata.len() <= STATEMENTS_BYTES => {
            let text = std::fs::read(&path).ok().and_then(|bytes| String::from_utf8(bytes).ok()).filter(|text| is_ours(text));
            Some(text.ok_or_else(|| {
                refused("was not written by `clausewise import` and stays as it is; name another file with -o, or another audit with --audit")
            })?)
        }
        Ok(_) => return Err(refused("is no file of answers and stays as it is; name another file with -o")),
    };
    let shown = format!("{prefix}{}", inside.display().to_string().replace('\\', "/"));
    Ok(Target { path, shown, old })
}

/// A path from the root, where it leads to nothing but what lies below; the folder may be missing, and links on the way
/// to the root are nobody's fault.
fn below(root: &Path, wanted: &Path) -> Option<PathBuf> {
    let is_plain = |path: &Path| path.components().all(|component| matches!(component, Component::Normal(name) if name != ".git"));
    let absolute = std::path::absolute(root).ok()?;
    let canonical = std::fs::canonicalize(root).ok()?;
    let near = wanted.strip_prefix(&absolute).or_else(|_| wanted.strip_prefix(&canonical)).map(Path::to_path_buf);
    let inside = near.ok().or_else(|| {
        let folder = std::fs::canonicalize(wanted.parent()?).ok()?;
        Some(folder.strip_prefix(&canonical).ok()?.join(wanted.file_name()?))
    })?;
    (is_plain(&inside) && inside.file_name().is_some()).then_some(inside)
}

/// Kind of the audit, then its name: by the kind answers are found again.
fn audit_name(command: &Arguments, kind: Option<AuditId>) -> String {
    let name = command.audit.as_deref().map(str::trim).unwrap_or_default();
    match kind.map(AuditId::word) {
        Some(kind) if name.is_empty() => kind.to_owned(),
        Some(kind) if !slug(name).replace('-', "").starts_with(kind) => format!("{kind} {name}"),
        _ if name.is_empty() => "audit".to_owned(),
        _ => name.to_owned(),
    }
}

fn written(plan: &Import, target: &Target, head: &FileHead<'_>, dry_run: bool) -> Result<String, Failure> {
    let changes: Vec<&Change> = plan.changes.iter().filter(|change| matches!(change.sort, ChangeSort::New | ChangeSort::Changed(_))).collect();
    if changes.is_empty() {
        return Ok("nothing to write\n".to_owned());
    }
    let text = statements_file(target.old.as_deref(), head, &changes).map_err(Failure::Internal)?;
    let answers = count(changes.len(), "answer", "answers");
    if dry_run {
        return Ok(format!("would write {answers} to {}; nothing was written (--dry-run)\n", target.shown));
    }
    if let Some(folder) = target.path.parent() {
        std::fs::create_dir_all(folder).map_err(|error| Failure::Output { path: folder.display().to_string(), cause: error.to_string() })?;
    }
    output::write_file(&target.path, text.as_bytes())?;
    Ok(format!("{answers} written to {}\n", target.shown))
}

/// What would change, row by row.
fn told(plan: &Import, all: bool) -> String {
    let number = |wanted: fn(&ChangeSort) -> bool| plan.changes.iter().filter(|change| wanted(&change.sort)).count();
    let stale = plan.changes.iter().filter(|change| change.stale.is_some()).count();
    let mut said = format!(
        "{} new, {} changed, {} the same, {} emptied, {stale} stale, {} refused, {} not answered\n",
        number(|sort| *sort == ChangeSort::New),
        number(|sort| matches!(sort, ChangeSort::Changed(_))),
        number(|sort| *sort == ChangeSort::Same),
        number(|sort| matches!(sort, ChangeSort::Emptied(_))),
        plan.refused.len(),
        plan.unanswered,
    );
    for Change { id, sort, fields, stale, .. } in &plan.changes {
        let short = |text: &str| if text.is_empty() { "(nothing)".to_owned() } else { shortened(&text.split_whitespace().collect::<Vec<_>>().join(" "), 60) };
        match sort {
            ChangeSort::New => {
                let by: Vec<&str> = [fields.auditor.as_str(), fields.date.as_str()].into_iter().filter(|text| !text.is_empty()).collect();
                said += &format!("new      {id}: {}{}\n", fields.result, if by.is_empty() { String::new() } else { format!(" ({})", by.join(", ")) });
            }
            ChangeSort::Changed(differences) => {
                for (field, from, to) in differences {
                    said += &format!("changed  {id}: {field}: {} -> {}\n", short(from), short(to));
                }
            }
            ChangeSort::Same if all => said += &format!("same     {id}: {}\n", fields.result),
            ChangeSort::Same => {}
            ChangeSort::Emptied(place) => said += &format!("emptied  {id}: what is kept in {place} stays; to withdraw it, write `not audited` as the result\n"),
        }
        if let Some(why) = stale {
            said += &format!("stale    {id}: {why}\n");
        }
    }
    plan.remarks.iter().for_each(|remark| said += &format!("note     {remark}\n"));
    said
}

/// Foreign text in lines of ours: no line is written by anybody else.
fn lines(text: &str) -> String {
    text.lines().map(|line| crate::vocabulary::sanitize(line) + "\n").collect()
}
