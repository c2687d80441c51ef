//! One number for each finding, the same in every paper that is made from one assessment.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::support::{Repo, example};
use crate::{of_gaps, rows};

/// The numbers of the gap report of the example with faults, by fingerprint.
fn numbers() -> BTreeMap<String, String> {
    let gap = Repo::plain().run_in(&example("gaps"), &["gap", "--format", "json"]);
    let gap: Value = serde_json::from_str(&gap.stdout).unwrap();
    let findings = gap["findings"].as_array().unwrap();
    let of = |finding: &Value| (finding["fingerprint"].as_str().unwrap().to_owned(), format!("F{}", finding["number"]));
    let numbers: BTreeMap<String, String> = findings.iter().filter(|finding| finding["accepted"].is_null()).map(of).collect();
    assert!(numbers.len() > 30);
    numbers
}

#[test]
fn a_finding_has_the_number_of_the_gap_report_in_every_checklist() {
    let numbers = numbers();
    let markdown = Repo::plain().run_in(&example("gaps"), &["gap"]).stdout;
    for arguments in [&["--audit", "stage1"][..], &["--audit", "stage2"], &["--clause", "8.3"], &["--process", "incident-management", "--by", "process"]] {
        let checklist = of_gaps(arguments);
        let open = checklist["open_findings"].as_array().unwrap();
        assert!(!open.is_empty(), "{arguments:?}");
        for finding in rows(&checklist).iter().flat_map(|row| row["findings"].as_array().unwrap()).chain(open) {
            let (number, fingerprint) = (finding["number"].as_str().unwrap(), finding["fingerprint"].as_str().unwrap());
            assert_eq!(Some(number), numbers.get(fingerprint).map(String::as_str), "{arguments:?}: {finding}");
            let message = &finding["message"].as_str().unwrap()[1..];
            let told = markdown.lines().any(|line| line.contains(&format!("**{number} ")) || line.contains(&format!("{number}: ")) || line.contains(message));
            assert!(told, "{number} {message}");
        }
    }
}

#[test]
fn papers_show_people_numbers_and_no_fingerprints() {
    let numbers = numbers();
    for command in [&["gap"][..], &["checklist", "--audit", "stage2"], &["soa"]] {
        let paper = Repo::plain().run_in(&example("gaps"), command).stdout;
        for fingerprint in numbers.keys() {
            assert!(!paper.contains(fingerprint), "{command:?}: {fingerprint}");
        }
        assert!(!paper.contains("other reports show too"), "{command:?}");
    }
    let soa = Repo::plain().run_in(&example("gaps"), &["soa", "--format", "json"]);
    let soa: Value = serde_json::from_str(&soa.stdout).unwrap();
    let contract = soa["parties"].as_array().unwrap().iter().flat_map(|party| party["remarks"].as_array().unwrap());
    let contract = contract.into_iter().find(|remark| remark["text"].as_str().unwrap().contains("contract-expired")).unwrap();
    let number = &numbers[contract["finding"].as_str().unwrap()];
    let paper = Repo::plain().run_in(&example("gaps"), &["soa"]).stdout;
    let line = paper.lines().find(|line| line.contains("contract-expired") && line.starts_with("- ")).unwrap();
    assert!(line.ends_with(&format!("\\[{number}\\]")), "{line}");
}
