//! Every command that the README shows does what it says.

#![expect(clippy::expect_used, clippy::disallowed_methods, reason = "a test may fall, and says where")]

use std::path::Path;
use std::process::Command;

/// The commands in the README's console blocks.
fn commands() -> Vec<String> {
    let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).expect("a README");
    let blocks = text.split("```console\n").skip(1).filter_map(|block| block.split("```").next().map(str::to_owned));
    blocks.flat_map(|block| block.lines().map(str::to_owned).collect::<Vec<_>>()).collect()
}

#[test]
fn the_first_two_commands_run_the_main_job_and_the_tests() {
    let commands = commands();
    assert!(commands[0].starts_with("cargo run --release -- gap examples/complete"), "{}", commands[0]);
    assert_eq!(commands[1], "cargo test");
}

#[test]
fn every_command_of_the_program_works() {
    let commands = commands();
    let program = commands.iter().filter_map(|command| command.strip_prefix("clausewise ").or_else(|| command.strip_prefix("cargo run --release -- ")));
    // Where a command writes, it writes beside the examples and not into this project.
    let folder = tempfile::tempdir().expect("a folder");
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    std::os::unix::fs::symlink(examples, folder.path().join("examples")).expect("a link");
    std::os::unix::fs::symlink(Path::new(env!("CARGO_MANIFEST_DIR")).join("clauses"), folder.path().join("clauses")).expect("a link");
    let mut tried = 0;
    for arguments in program {
        let arguments: Vec<&str> = arguments.split_whitespace().collect();
        let output = Command::new(env!("CARGO_BIN_EXE_clausewise")).args(&arguments).current_dir(folder.path()).output().expect("the program");
        let shown = arguments.join(" ");
        assert_eq!(output.status.code(), Some(0), "clausewise {shown}: {}", String::from_utf8_lossy(&output.stderr));
        let files: Vec<&str> = arguments.windows(2).filter(|pair| pair[0] == "-o").map(|pair| pair[1]).collect();
        assert!(!output.stdout.is_empty() || !files.is_empty(), "clausewise {shown} says nothing");
        for file in files {
            assert!(std::fs::metadata(folder.path().join(file)).is_ok_and(|file| file.len() > 1_000), "clausewise {shown} does not write {file}");
        }
        tried += 1;
    }
    assert!(tried >= 10, "only {tried} commands are shown");
}

#[test]
fn every_file_that_the_readme_names_is_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(root.join("README.md")).expect("a README");
    for word in text.split('`').skip(1).step_by(2).filter(|word| word.ends_with(".md") && !word.contains(' ') && *word != "report.md" && !word.starts_with('-'))
    {
        assert!(root.join(word).is_file(), "the README names {word}");
    }
}
