//! What assessors state after interviews and observations: files under `assessments/` that join the automatic
//! determinations. A statement settles what documents cannot; it never hides what documents say against it.

use jiff::civil::Date;
use serde::Serialize;

use super::determination::{Determination, Verdict};
use super::finding::{Acceptance, Finding};
use super::inventory::Inventory;
use super::outcome::{Breach, Fault};
use super::records::place_in;
use super::wording::Fact;
use crate::documents::{Document, Record};
use crate::framework::BuiltIn;
use crate::repository::RepoPath;
use crate::vocabulary::{Place, list_some, plain, read_date};
use crate::yaml::NodeKind;

/// First words of the schema by which a file of statements is known.
pub(super) const SCHEMA: &str = "clausewise/statements/";

/// A person's determination on one requirement, as a report shows it.
#[derive(Clone, Debug, PartialEq, Eq, schemars::JsonSchema, Serialize)]
pub struct Stated {
    /// The result, in the words of a verdict.
    pub result: Verdict,
    /// Who.
    pub by: String,
    /// When.
    pub on: String,
    /// Until when it holds.
    pub until: Option<String>,
    /// On what grounds.
    pub reason: String,
    /// The documents it rests on.
    pub evidence: Vec<String>,
    /// Where it is stated.
    pub path: String,
    /// Line.
    pub line: u32,
    /// Why it is not taken up, where it is not: it lapsed, its evidence changed, or documents speak against it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub not_taken_up: Option<String>,
}

/// What one entry is about.
enum About {
    Requirement(String, Verdict),
    Finding { fingerprint: String, rejected: bool },
}

struct Statement<'run> {
    document: &'run Document,
    at: Place,
    about: About,
    by: String,
    on: Date,
    until: Option<Date>,
    reason: String,
    evidence: Vec<String>,
}

/// Takes up the statements that are there: on determinations, and on findings. Gives back what is wrong with them.
pub(super) fn take_up(inventory: &Inventory<'_>, determinations: &mut [Determination], findings: &mut [Finding]) -> Vec<Fault> {
    let mut faults = Vec::new();
    if inventory.settings.without_statements {
        return faults;
    }
    for statement in read(inventory, &mut faults) {
        let lapse = lapse(inventory, &statement);
        if let Some(why) = &lapse {
            faults.push(fault(BuiltIn::StatementStale, &statement, "a person's statement does not hold any more", why.clone()));
        }
        match &statement.about {
            About::Requirement(id, result) => match determinations.iter_mut().find(|determination| determination.id == *id) {
                Some(determination) => settle(determination, &statement, *result, lapse),
                None => {
                    faults.push(fault(BuiltIn::StatementInvalid, &statement, "a person's statement is about nothing", format!("there is no requirement {id}")))
                }
            },
            About::Finding { fingerprint, rejected } => {
                let mut found = findings.iter_mut().filter(|finding| finding.fingerprint == *fingerprint).peekable();
                if found.peek().is_none() {
                    let why = format!("no finding has the fingerprint {fingerprint} any more");
                    faults.push(fault(BuiltIn::StatementInvalid, &statement, "a person's statement is about nothing", why));
                }
                for finding in found.filter(|finding| lapse.is_none() && finding.accepted.is_none()) {
                    let until = statement.until.map_or_else(|| "not limited".to_owned(), |until| until.to_string());
                    let reason = statement.reason.clone();
                    finding.accepted = Some(Acceptance { reason, owner: statement.by.clone(), until, rejected: *rejected });
                }
            }
        }
    }
    faults
}

/// A statement settles an open question. Where documents speak against the requirement, or something is missing, it is
/// shown beside that and turns nothing to the better.
fn settle(determination: &mut Determination, statement: &Statement<'_>, result: Verdict, lapse: Option<String>) {
    let automatic = determination.verdict;
    let is_open = matches!(automatic, Verdict::NeedsAuditor | Verdict::External | Verdict::NotAssessed);
    let is_worse = matches!(result, Verdict::PartlySupported | Verdict::NoEvidence | Verdict::Contradicted);
    let against = (!is_open && !is_worse && automatic != result).then(|| format!("what is here is {}: {}", automatic.word(), determination.reason));
    let not_taken_up = lapse.or(against);
    if not_taken_up.is_none() {
        let before = determination.reason.clone();
        determination.verdict = if is_open || is_worse { result } else { automatic };
        determination.reason =
            format!("stated by {} on {}: {} (from documents alone: {}, {before})", statement.by, statement.on, statement.reason, automatic.word());
    } else if let Some(why) = &not_taken_up {
        determination.reason = format!("{}; {} stated {} on {}, not taken up: {why}", determination.reason, statement.by, result.word(), statement.on);
    }
    determination.statement = Some(Stated {
        result,
        by: statement.by.clone(),
        on: statement.on.to_string(),
        until: statement.until.map(|until| until.to_string()),
        reason: statement.reason.clone(),
        evidence: statement.evidence.clone(),
        path: statement.document.path.to_string(),
        line: statement.at.line,
        not_taken_up,
    });
}

/// Why a statement does not hold any more.
fn lapse(inventory: &Inventory<'_>, statement: &Statement<'_>) -> Option<String> {
    if let Some(until) = statement.until.filter(|until| *until < inventory.as_of.0) {
        return Some(format!("it held until {until}"));
    }
    if statement.on > inventory.as_of.0 {
        return Some(format!("it was made on {}, after the day of this assessment", statement.on));
    }
    let changed = |path: &&String| {
        let full = RepoPath::new([inventory.prefix, path.as_bytes()].concat());
        let is_gone = !inventory.documents.paths.contains(&full);
        let is_changed = inventory.history.last_change(&full).is_some_and(|commit| {
            commit.date > statement.on && commit.date <= inventory.as_of.0 && inventory.settings.imported_on.is_none_or(|day| commit.date > day)
        });
        is_gone || is_changed || inventory.uncommitted.contains(&full)
    };
    let changed: Vec<String> = statement.evidence.iter().filter(changed).cloned().collect();
    (!changed.is_empty()).then(|| format!("its evidence has changed since: {}", list_some(&changed, 3)))
}

/// Every statement of the files that hold some; entries that cannot be understood are faults.
fn read<'run>(inventory: &Inventory<'run>, faults: &mut Vec<Fault>) -> Vec<Statement<'run>> {
    let mut statements = Vec::new();
    for document in inventory.identified.iter().map(|identity| identity.document).filter(|document| holds_statements(document)) {
        let head = |key: &str| document.head.field(key).and_then(|field| field.value.as_text()).map(str::to_owned);
        let entries = document.lists.iter().filter(|(key, _)| key == "statements").flat_map(|(_, records)| records);
        for entry in entries {
            match statement(document, entry, &head) {
                Ok(statement) => statements.push(statement),
                Err(why) => {
                    let fact = Fact::Broken { record: document.path.to_string(), fault: "a person's statement cannot be understood".to_owned(), detail: why };
                    let place = place_in(document, Place { end_line: entry.at.line, ..entry.at });
                    faults.push(Fault::new(Breach::Check(BuiltIn::StatementInvalid), document.path.to_string(), entry.at.line.to_string(), place, fact));
                }
            }
        }
    }
    statements
}

/// Whether a file says that it holds statements.
pub(super) fn holds_statements(document: &Document) -> bool {
    document.head.field("schema").and_then(|field| field.value.as_text()).is_some_and(|schema| schema.starts_with(SCHEMA))
}

fn statement<'run>(document: &'run Document, entry: &'run Record, head: &dyn Fn(&str) -> Option<String>) -> Result<Statement<'run>, String> {
    let text = |key: &str| entry.field(key).and_then(|field| field.value.as_text()).filter(|text| !text.trim().is_empty()).map(str::to_owned);
    let or_head = |key: &str| text(key).or_else(|| head(key));
    let day = |key: &str| -> Result<Option<Date>, String> {
        or_head(key).map(|text| read_date(&text).day().ok_or_else(|| format!("`{key}` is \"{text}\", which is no day"))).transpose()
    };
    let about = match (text("requirement"), text("finding")) {
        (Some(id), None) => {
            let word = text("result").ok_or("it needs a `result`")?;
            let result = result_of(&word).ok_or_else(|| format!("the result \"{word}\" is none of {}", RESULTS.map(|(word, _)| word).join(", ")))?;
            About::Requirement(id, result)
        }
        (None, Some(fingerprint)) => match text("decision").map(|word| plain(&word)).as_deref() {
            Some("accept" | "accepted") => About::Finding { fingerprint, rejected: false },
            Some("reject" | "rejected") => About::Finding { fingerprint, rejected: true },
            _ => return Err("a statement on a finding needs `decision: accept` or `decision: reject`".to_owned()),
        },
        _ => return Err("it needs either a `requirement` or a `finding`".to_owned()),
    };
    let evidence = entry.field("evidence").map(|field| match &field.value.kind {
        NodeKind::List(items) => {
            items.iter().filter_map(|item| item.as_text().or_else(|| item.get("path").and_then(crate::yaml::Node::as_text))).map(path_of).collect()
        }
        _ => field.value.as_text().into_iter().map(path_of).collect(),
    });
    Ok(Statement {
        document,
        at: entry.at,
        about,
        by: or_head("assessor").or_else(|| or_head("owner")).ok_or("nobody is named as `assessor`")?,
        on: day("made_on")?.ok_or("it needs the day, `made_on`")?,
        until: day("until")?,
        reason: text("reason").ok_or("it needs a `reason`")?,
        evidence: evidence.unwrap_or_default(),
    })
}

/// `governance/scope.md:12` is evidence in that file.
fn path_of(text: &str) -> String {
    let text = text.trim();
    match text.rsplit_once(':') {
        Some((path, line)) if !line.is_empty() && line.bytes().all(|byte| byte.is_ascii_digit()) => path.to_owned(),
        _ => text.to_owned(),
    }
}

/// The words of a result: those of a verdict, and those of a filled-in checklist.
const RESULTS: [(&str, Verdict); 10] = [
    ("supported", Verdict::Supported),
    ("partly-supported", Verdict::PartlySupported),
    ("no-evidence", Verdict::NoEvidence),
    ("contradicted", Verdict::Contradicted),
    ("needs-auditor", Verdict::NeedsAuditor),
    ("conform", Verdict::Supported),
    ("opportunity", Verdict::Supported),
    ("observation", Verdict::Supported),
    ("minor", Verdict::PartlySupported),
    ("major", Verdict::Contradicted),
];

fn result_of(word: &str) -> Option<Verdict> {
    RESULTS.iter().find(|(known, _)| plain(known) == plain(word)).map(|(_, verdict)| *verdict)
}

fn fault(check: BuiltIn, statement: &Statement<'_>, what: &str, why: String) -> Fault {
    let target = match &statement.about {
        About::Requirement(id, _) => id.clone(),
        About::Finding { fingerprint, .. } => fingerprint.clone(),
    };
    let path = statement.document.path.to_string();
    let fact = Fact::Broken { record: format!("{target} by {}", statement.by), fault: what.to_owned(), detail: why };
    let place = place_in(statement.document, Place { end_line: statement.at.line, ..statement.at });
    Fault::new(Breach::Check(check), path, target, place, fact)
}
