//! The proof of the rules: a good system is broken in every way we can think of, one small edit at a time, and exactly
//! the findings that the edit deserves must appear. Edits that do no harm must yield nothing.
//!
//! Each file in `cases/` is a list of cases, each an edit of `examples/complete` and what must come of it:
//! `cargo test --test mutations -- --nocapture` tells how many were caught. Whoever works on cases or on the clause map
//! can do so without building: `MUTATIONS_ROOT` names another checkout to take cases, example and clause map from,
//! `MUTATIONS_PROGRAM` the program to run, and `MUTATION` a part of the names of the cases to run, or several with bars between them.
//! Cases that touch different files share a copy and a run, see `pool.rs`; with `MUTATIONS_ALONE=1` each has its own.
#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::disallowed_methods, reason = "a test may fall, and says where")]
#![expect(clippy::print_stdout, reason = "the count of what was caught is what this test is read for")]

#[path = "../copying/mod.rs"]
mod copying;
mod edit;
mod pool;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use edit::{Edit, Ground};
use rayon::prelude::*;
use serde::Deserialize;
use serde_json::Value;

/// The day of the example.
const AS_OF: &str = "2026-10-15";

/// One edit, or several that belong together, and what must come of it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    /// What was done, in words; no two cases share one.
    name: String,
    /// Number of the domain's list of rules that it proves, where it has one.
    #[serde(default)]
    judgement_rule: Option<String>,
    /// For an edit that does no harm: the family of rules that must stay silent.
    #[serde(default)]
    harmless: Option<String>,
    /// The case has a history in Git: documents were brought into it on this day, and committed then.
    #[serde(default)]
    imported_on: Option<String>,
    /// Another day than the example's.
    #[serde(default)]
    as_of: Option<String>,
    /// What is done.
    edits: Vec<Edit>,
    /// The exact findings.
    #[serde(default)]
    finds: Vec<Expected>,
    /// Verdicts that must come of it; others are not looked at.
    #[serde(default)]
    verdicts: BTreeMap<String, String>,
}

/// A finding that must appear.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, PartialOrd, Ord)]
#[serde(deny_unknown_fields)]
struct Expected {
    rule: String,
    requirements: Vec<String>,
    /// The file that it must point at; a finding about something that is not there points nowhere.
    #[serde(default, rename = "in")]
    path: Option<String>,
    #[serde(default)]
    grade: Option<String>,
    /// What the reason of a raised grade must say; without it nothing is asked of the reason.
    #[serde(default)]
    because: Option<String>,
}

fn root() -> PathBuf {
    std::env::var_os("MUTATIONS_ROOT").map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from)
}

fn example() -> PathBuf {
    root().join("examples/complete")
}

fn cases() -> Vec<Case> {
    let folder = root().join("tests/mutations/cases");
    let mut files: Vec<PathBuf> = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let read = |file: &PathBuf| -> Vec<Case> {
        let text = std::fs::read_to_string(file).unwrap();
        serde_saphyr::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
    };
    let cases: Vec<Case> = files.iter().flat_map(read).collect();
    let mut names = BTreeSet::new();
    for case in &cases {
        assert!(names.insert(&case.name), "two cases are called {:?}", case.name);
        let said = usize::from(case.harmless.is_some()) + usize::from(!case.finds.is_empty());
        assert!(said == 1, "{:?} must either find something or be harmless", case.name);
        assert!(!case.edits.is_empty(), "{:?} edits nothing", case.name);
    }
    cases
}

fn run(folder: &Path, as_of: &str) -> Output {
    let own = || env!("CARGO_BIN_EXE_clausewise").into();
    let mut program = Command::new(std::env::var_os("MUTATIONS_PROGRAM").unwrap_or_else(own));
    program.args(["check", folder.to_str().unwrap(), "--format", "json", "--as-of", as_of, "-j", "1"]);
    if std::env::var_os("MUTATIONS_ROOT").is_some() {
        program.arg("--framework").arg(root().join("clauses/iso20000-1-2018"));
    }
    program.output().unwrap()
}

/// What cases do wrong when they are edited into one copy; nothing if all is as it should be.
fn verify(cases: &[&Case]) -> Option<String> {
    let ground = Ground::new(&example(), cases.iter().find_map(|case| case.imported_on.as_deref()));
    for edit in cases.iter().flat_map(|case| &case.edits) {
        if let Err(why) = ground.apply(edit) {
            return Some(format!("the edit cannot be made: {why}"));
        }
    }
    let output = run(ground.folder(), cases.iter().find_map(|case| case.as_of.as_deref()).unwrap_or(AS_OF));
    let Ok(assessment) = serde_json::from_slice::<Value>(&output.stdout) else {
        return Some(format!("no assessment: {}", String::from_utf8_lossy(&output.stderr)));
    };
    let mut found: Vec<&Value> = assessment["findings"].as_array().unwrap().iter().filter(|finding| finding["accepted"].is_null()).collect();
    let mut wrong = Vec::new();
    for expected in cases.iter().flat_map(|case| &case.finds) {
        match found.iter().position(|finding| is(finding, expected)) {
            Some(index) => drop(found.remove(index)),
            None => wrong.push(format!("missed: {} {:?} in {}", expected.rule, expected.requirements, expected.path.as_deref().unwrap_or("any place"))),
        }
    }
    wrong.extend(found.iter().map(|finding| {
        let place = format!("{}:{}", finding["location"]["path"].as_str().unwrap(), finding["location"]["line"]);
        format!("not asked for: {} {} {} {place} {}", finding["grade"], finding["rule"], finding["requirements"], finding["message"])
    }));
    for (id, verdict) in cases.iter().flat_map(|case| &case.verdicts) {
        let all = assessment["requirements"].as_array().unwrap();
        let is = all.iter().find(|item| item["id"] == id.as_str()).map_or("not in the map", |item| item["verdict"].as_str().unwrap());
        if is != verdict {
            wrong.push(format!("{id} is {is}, expected {verdict}"));
        }
    }
    (!wrong.is_empty()).then(|| wrong.join("\n    "))
}

/// What cases do wrong, by their names.
type Settled<'cases> = Vec<(&'cases str, Option<String>)>;

/// What each case of a group does wrong, and how many runs it took to tell. A group that does not give exactly what its
/// members expect is split, down to the single case.
fn settle<'cases>(group: &[&'cases Case]) -> (Settled<'cases>, usize) {
    match (verify(group), group) {
        (None, _) => (group.iter().map(|case| (case.name.as_str(), None)).collect(), 1),
        (wrong, [case]) => (vec![(case.name.as_str(), wrong)], 1),
        _ => {
            let (first, second) = group.split_at(group.len() / 2);
            let ((mut results, runs), (more, others)) = rayon::join(|| settle(first), || settle(second));
            results.extend(more);
            (results, 1 + runs + others)
        }
    }
}

fn is(finding: &Value, expected: &Expected) -> bool {
    let requirements: BTreeSet<&str> = finding["requirements"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
    finding["rule"] == expected.rule.as_str()
        && requirements == expected.requirements.iter().map(String::as_str).collect()
        && expected.path.as_ref().is_none_or(|path| finding["location"]["path"] == path.as_str())
        && expected.grade.as_ref().is_none_or(|grade| finding["grade"] == grade.as_str())
        && expected.because.as_ref().is_none_or(|because| finding["grade_reason"].as_str().is_some_and(|reason| reason.contains(because)))
}

#[test]
fn every_fault_is_found_and_no_harmless_edit_is_accused() {
    let wanted = std::env::var("MUTATION").unwrap_or_default();
    let cases: Vec<Case> = cases().into_iter().filter(|case| wanted.split('|').any(|part| case.name.contains(part))).collect();
    // Whatever is wrong before any edit is wrong in every case; to find that out case by case would take long.
    assert_eq!(verify(&[]), None, "the example is not in order as it is");
    let settled: Vec<(Settled<'_>, usize)> = pool::groups(&cases, &example()).par_iter().map(|group| settle(group)).collect();
    let runs: usize = settled.iter().map(|(_, runs)| runs).sum();
    let mut wrong_of: BTreeMap<&str, Option<String>> = settled.into_iter().flat_map(|(results, _)| results).collect();
    let results: Vec<(&Case, Option<String>)> =
        cases.iter().map(|case| (case, wrong_of.remove(case.name.as_str()).expect("every case is in a group"))).collect();
    for (case, wrong) in results.iter().filter_map(|(case, wrong)| Some((case, wrong.as_ref()?))) {
        println!("{} {:?}\n    {wrong}", if case.harmless.is_some() { "FALSE ALARM" } else { "NOT AS EXPECTED" }, case.name);
    }
    let (harmless, faults): (Vec<_>, Vec<_>) = results.iter().partition(|(case, _)| case.harmless.is_some());
    let caught = faults.iter().filter(|(_, wrong)| wrong.is_none()).count();
    let alarms = harmless.iter().filter(|(_, wrong)| wrong.is_some()).count();
    println!("mutations: {caught} of {} caught, {alarms} false alarms over {} harmless edits; {runs} runs", faults.len(), harmless.len());
    assert!(results.iter().all(|(_, wrong)| wrong.is_none()), "see above");
}

/// A rule of the clause map, as far as it is read here.
#[derive(Debug, Deserialize)]
struct Rule {
    /// Number of the domain's list of rules, where it has one.
    #[serde(default)]
    judgement_rule: Option<String>,
}

/// The rules of the clause map by their ids.
fn rules() -> BTreeMap<String, Rule> {
    let folder = root().join("clauses/iso20000-1-2018/rules");
    let read = |file: PathBuf| -> (String, Rule) {
        let rule = serde_saphyr::from_str(&std::fs::read_to_string(&file).unwrap()).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        (file.file_stem().unwrap().to_string_lossy().into_owned(), rule)
    };
    std::fs::read_dir(folder).unwrap().map(|entry| read(entry.unwrap().path())).collect()
}

/// Whether a case expects a finding of a rule that carries this number.
fn proves(case: &Case, rules: &BTreeMap<String, Rule>, number: &str) -> bool {
    case.finds.iter().filter_map(|expected| rules.get(&expected.rule)).any(|rule| rule.judgement_rule.as_deref() == Some(number))
}

/// The domain's own list of rules, D01 to D24 and so on: each number has a rule, and a case of that number in which a
/// rule of that number speaks.
#[test]
fn every_number_of_the_domain_is_proved_by_a_rule_of_that_number() {
    let families = [("D", 24), ("P", 23), ("C", 19), ("R", 24), ("E", 17)];
    let numbers: BTreeSet<String> = families.iter().flat_map(|(letter, last)| (1..=*last).map(move |number| format!("{letter}{number:02}"))).collect();
    assert_eq!(numbers.len(), 107);
    let (rules, cases) = (rules(), cases());
    let carried: BTreeSet<&String> = rules.values().filter_map(|rule| rule.judgement_rule.as_ref()).collect();
    let without_rule: Vec<&String> = numbers.iter().filter(|number| !carried.contains(number)).collect();
    assert!(without_rule.is_empty(), "no rule has the number {without_rule:?}");
    let named: BTreeSet<&String> = cases.iter().filter_map(|case| case.judgement_rule.as_ref()).chain(carried).collect();
    let unknown: Vec<&&String> = named.iter().filter(|number| !numbers.contains(**number)).collect();
    assert!(unknown.is_empty(), "no such numbers: {unknown:?}");
    let proved = |number: &str| cases.iter().any(|case| case.judgement_rule.as_deref() == Some(number) && proves(case, &rules, number));
    let without_case: Vec<&String> = numbers.iter().filter(|number| !proved(number)).collect();
    assert!(without_case.is_empty(), "no case of that number expects a rule of that number: {without_case:?}");
}

/// A case that bears a number and expects only rules without it, or with another, would prove nothing about it.
#[test]
fn every_case_with_a_number_expects_a_rule_of_that_number() {
    // Where all of something is missing, that is one finding for whatever rests on it, and no rule about its content
    // speaks beside it: a register that is not there has no incomplete entry.
    const FOR_EVERY_NUMBER: &str = "missing-documented-information";
    let (rules, cases) = (rules(), cases());
    let wrong: Vec<(&str, &str)> = cases
        .iter()
        .filter(|case| case.harmless.is_none())
        .filter_map(|case| Some((case, case.judgement_rule.as_deref()?)))
        .filter(|(case, number)| !proves(case, &rules, number) && case.finds.iter().all(|expected| expected.rule != FOR_EVERY_NUMBER))
        .map(|(case, number)| (number, case.name.as_str()))
        .collect();
    assert!(wrong.is_empty(), "the number of the case is that of none of the rules it expects: {wrong:#?}");
}

#[test]
fn every_rule_has_a_case() {
    let proved: BTreeSet<String> = cases().into_iter().flat_map(|case| case.finds).map(|expected| expected.rule).collect();
    // Whose approval counts is asked of two policies only, and each names the fault in its own way.
    const ONLY_IN_SPECIAL_CASES: [&str; 1] = ["wrong-approver"];
    let without: Vec<String> = rules().into_keys().filter(|rule| !proved.contains(rule) && !ONLY_IN_SPECIAL_CASES.contains(&rule.as_str())).collect();
    assert!(without.is_empty(), "no case proves {without:#?}");
}
