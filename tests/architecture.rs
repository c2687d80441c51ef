//! The floors of the crate documentation: a stage imports only what stands below it.
#![expect(clippy::disallowed_methods, reason = "a test may fall, and says where")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

fn sources(folder: &Path) -> Vec<PathBuf> {
    walkdir::WalkDir::new(folder)
        .into_iter()
        .flatten()
        .map(walkdir::DirEntry::into_path)
        .filter(|path| path.extension().is_some_and(|ending| ending == "rs"))
        .collect()
}

/// Top-level modules that a source names as `crate::name`, its unit tests left out.
fn named_modules(source: &str) -> BTreeSet<String> {
    let code = source.split("#[cfg(test)]").next().unwrap_or_default();
    let words = code.split("crate::").skip(1);
    words
        .map(|rest| rest.chars().take_while(|character| character.is_alphanumeric() || *character == '_').collect())
        .filter(|name: &String| !name.is_empty())
        .collect()
}

#[test]
fn a_stage_imports_only_what_stands_below_it() {
    let floors: BTreeMap<&str, &[&str]> = BTreeMap::from([
        ("vocabulary", &[][..]),
        ("yaml", &["vocabulary"]),
        ("repository", &["vocabulary"]),
        ("framework", &["vocabulary", "yaml"]),
        ("documents", &["vocabulary", "yaml", "repository"]),
        ("answers", &["vocabulary", "documents"]),
        ("recognition", &["vocabulary", "framework", "documents"]),
        ("assessment", &["vocabulary", "yaml", "framework", "documents", "answers", "repository", "recognition"]),
        ("report", &["vocabulary", "yaml", "framework", "recognition", "assessment"]),
        ("cli", &["vocabulary", "yaml", "repository", "framework", "documents", "answers", "recognition", "assessment", "report"]),
    ]);
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut breaches = Vec::new();
    for (module, below) in &floors {
        for path in sources(&root.join(module)) {
            let source = std::fs::read_to_string(&path).expect("a source file");
            for named in named_modules(&source) {
                if named != *module && floors.contains_key(named.as_str()) && !below.contains(&named.as_str()) {
                    breaches.push(format!("{} imports {named}", path.strip_prefix(&root).expect("below src").display()));
                }
            }
        }
    }
    assert!(breaches.is_empty(), "{breaches:#?}");
}

#[test]
fn the_assessment_touches_no_files_clock_environment_or_output() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/assessment");
    for path in sources(&root) {
        let source = std::fs::read_to_string(&path).expect("a source file");
        for forbidden in ["std::fs", "std::env", "SystemTime", "Instant::now", "println!", "eprintln!", "std::process"] {
            assert!(!source.contains(forbidden), "{} uses {forbidden}", path.display());
        }
    }
}

#[test]
fn no_file_outgrows_what_one_can_hold_in_the_head() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for path in ["src", "tests"].iter().flat_map(|folder| sources(&root.join(folder))) {
        let lines = std::fs::read_to_string(&path).expect("a source file").lines().count();
        assert!(lines <= 500, "{} has {lines} lines", path.display());
    }
}
