//! The clause map that is part of the program: complete, in our own words, and described by its schemas.
#![expect(clippy::expect_used, clippy::disallowed_methods, clippy::panic, reason = "a test may fall, and says where")]

mod copying;

use std::path::{Path, PathBuf};

use copying::copy_folder;

use clausewise::framework::{Basis, Framework, MapSource, schemas};

fn map_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("clauses/iso20000-1-2018")
}

fn framework() -> Framework {
    Framework::load(&MapSource::Embedded).unwrap_or_else(|error| panic!("{:#?}", error.0))
}

#[test]
fn it_has_all_items_of_all_sub_clauses() {
    let framework = framework();
    assert_eq!(framework.requirements().count(), 388);
    assert_eq!(framework.clauses.len(), 63);
    // Items in each clause from 4 to 10.
    let in_clause = |top: u16| framework.requirements().filter(|(clause, _)| clause.number().is_some_and(|number| number.top() == top)).count();
    assert_eq!([4, 5, 6, 7, 8, 9, 10].map(in_clause), [12, 22, 37, 41, 218, 38, 20]);
    // Amendment 1:2024 is part of it.
    assert!(framework.requirement("4.1-s2").expect("the climate item").1.intent.contains("climate"));
}

#[test]
fn no_item_is_left_empty() {
    for (clause, requirement) in framework().requirements() {
        assert!(!requirement.intent.trim().is_empty(), "{}", requirement.id);
        assert!(!requirement.expects.is_empty() || !requirement.ask.is_empty(), "{}", requirement.id);
        assert!(requirement.ask.iter().all(|question| question.trim_end().ends_with(['?', '.', ')'])), "{}: {:?}", requirement.id, requirement.ask);
        assert!(matches!(clause.basis, Basis::Checked | Basis::Expert));
    }
}

#[test]
fn the_fifteen_things_of_7_5_4_are_kinds_that_it_demands() {
    let framework = framework();
    let things = [
        "scope-statement",
        "service-management-policy",
        "service-management-objectives",
        "service-management-plan",
        "change-management-policy",
        "information-security-policy",
        "service-continuity-plan",
        "process-description",
        "service-requirements",
        "service-catalogue",
        "service-level-agreement",
        "supplier-contract",
        "internal-agreement",
        "major-incident-procedure",
    ];
    for thing in things {
        let kind = framework.kinds.get(thing).expect(thing);
        let demand = kind.demanded.as_ref().unwrap_or_else(|| panic!("{thing} is not demanded"));
        assert!(demand.by.iter().any(|by| by.starts_with("7.5.4-")), "{thing} is demanded by {:?}", demand.by);
    }
    // The fifteenth is records.
    assert!(framework.requirement("7.5.4-l").expect("records").1.expects.len() >= 2);
}

#[test]
fn its_words_promise_no_more_than_documents_can() {
    // A vocabulary holds the words by which people's own documents are recognised: any word.
    let is_told = |entry: &walkdir::DirEntry| entry.file_type().is_file() && !entry.path().parent().is_some_and(|folder| folder.ends_with("vocabulary"));
    for entry in walkdir::WalkDir::new(map_folder()).into_iter().flatten().filter(is_told) {
        let text = std::fs::read_to_string(entry.path()).expect("a map file").to_lowercase();
        for word in ["compliant", "annually", "certified", "statement of applicability is required"] {
            // Other names of fields are people's own as well.
            let told = text.lines().filter(|line| line.contains(word)).any(|line| !line.contains("also:"));
            assert!(!told, "{} says `{word}`", entry.path().display());
        }
    }
}

#[test]
fn the_schemas_for_editors_are_fresh() {
    for (name, schema) in schemas() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("clauses/schema").join(name);
        let kept = std::fs::read_to_string(&path).expect("a schema file");
        let fresh = serde_json::to_string_pretty(&schema).expect("a schema") + "\n";
        assert_eq!(kept, fresh, "run `cargo run -- schema {}` and keep what it prints in {}", name.trim_end_matches(".schema.json"), path.display());
        assert!(fresh.contains("draft-07"));
    }
}

#[test]
fn the_map_fits_its_schemas() {
    let schema_of = |folder: &str, name: &str| match folder {
        _ if name == "subjects.yaml" => "subjects.schema.json",
        _ if name == "audits.yaml" => "audits.schema.json",
        "vocabulary" => "vocabulary.schema.json",
        "clauses" => "clauses.schema.json",
        "documented-information" => "documented-information.schema.json",
        "rules" => "rule.schema.json",
        _ => "framework.schema.json",
    };
    let all = schemas();
    for entry in walkdir::WalkDir::new(map_folder()).into_iter().flatten().filter(|entry| entry.file_type().is_file()) {
        let folder = entry.path().parent().and_then(Path::file_name).map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let (_, schema) = all.iter().find(|(name, _)| *name == schema_of(&folder, &entry.file_name().to_string_lossy())).expect("a schema");
        let validator = jsonschema::validator_for(schema.as_value()).expect("a valid schema");
        let text = std::fs::read_to_string(entry.path()).expect("a map file");
        let value: serde_json::Value = serde_saphyr::from_str(&text).expect("YAML");
        let faults: Vec<String> = validator.iter_errors(&value).map(|fault| format!("{}: {fault}", fault.instance_path())).collect();
        assert!(faults.is_empty(), "{}: {faults:#?}", entry.path().display());
    }
}

#[test]
fn each_fault_of_a_broken_map_is_named_with_its_line() {
    let folder = tempfile::tempdir().expect("a folder");
    copy_folder(&map_folder(), folder.path());
    let edit = |name: &str, from: &str, to: &str| {
        let path = folder.path().join(name);
        let text = std::fs::read_to_string(&path).expect("a map file");
        assert!(text.contains(from), "{name} has no {from}");
        std::fs::write(path, text.replacen(from, to, 1)).expect("written");
    };
    edit("rules/self-audit.yaml", "grade: minor", "grade: grave");
    edit("clauses/4.3.yaml", "whom: top management", "whoom: top management");
    edit("clauses/8.6.yaml", "obligation: [record]", "obligations: [record]");
    let faults = Framework::load(&MapSource::Folder(folder.path().to_path_buf())).expect_err("a broken map").0;
    let told: Vec<String> = faults.iter().map(ToString::to_string).collect();
    assert!(told.iter().any(|fault| fault.starts_with("rules/self-audit.yaml:4:") && fault.contains("grave")), "{told:#?}");
    assert!(told.iter().any(|fault| fault.starts_with("clauses/4.3.yaml:") && fault.contains("did you mean `whom`?")), "{told:#?}");
    assert!(told.iter().any(|fault| fault.starts_with("clauses/8.6.yaml:") && fault.contains("`obligation`")), "{told:#?}");
}

#[test]
fn what_leads_nowhere_in_a_map_is_named() {
    let folder = tempfile::tempdir().expect("a folder");
    copy_folder(&map_folder(), folder.path());
    std::fs::remove_file(folder.path().join("documented-information/scope-statement.yaml")).expect("removed");
    std::fs::remove_file(folder.path().join("rules/broken-reference.yaml")).expect("removed");
    let faults = Framework::load(&MapSource::Folder(folder.path().to_path_buf())).expect_err("a broken map").0;
    let told: Vec<String> = faults.iter().map(ToString::to_string).collect();
    assert!(told.iter().any(|fault| fault.starts_with("clauses/4.3.yaml:") && fault.contains("`scope-statement` is not declared")), "{told:#?}");
    assert!(told.iter().any(|fault| fault.contains("BrokenReference")), "{told:#?}");
}

/// Our reader goes through one library, the card's other one reads the same: a file that two readers see differently
/// would mean two things to two people.
#[test]
fn two_readers_of_yaml_see_the_same_map() {
    for entry in walkdir::WalkDir::new(map_folder()).into_iter().flatten().filter(|entry| entry.file_type().is_file()) {
        let text = std::fs::read_to_string(entry.path()).expect("a map file");
        let one: serde_json::Value = serde_saphyr::from_str(&text).expect("YAML");
        let other: serde_json::Value = serde_yaml::from_str(&text).expect("YAML");
        assert_eq!(one, other, "{}", entry.path().display());
    }
}
