//! How long an assessment takes, and what it takes of memory, on repositories that grow.
//!
//! `cargo bench` builds a repository of N documents and M commits with `git fast-import`, runs the program on it as a
//! whole process (one warm-up, then the median of five), and beside it `git log --name-only` and a plain read of all
//! files. It prints a table in Markdown; nothing here passes or fails.
#![expect(clippy::expect_used, clippy::print_stdout, reason = "a test may fall, and says where")]

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const COMMITS: usize = 5_000;
const RUNS: usize = 5;

fn main() {
    let sizes = [1_000, 5_000, 10_000];
    println!("| documents | commits | `gap` | per document | peak memory | plain folder, no history | `git log --name-only` | read all files | ratio |");
    println!("|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
    for documents in sizes {
        let folder = tempfile::tempdir().expect("a temporary folder");
        generate(folder.path(), documents);
        let plain = tempfile::tempdir().expect("a temporary folder");
        copy_files(folder.path(), plain.path());
        let gap = median(|| run(folder.path()));
        let without = median(|| run(plain.path()));
        let log = median(|| git_log(folder.path()));
        let read = median(|| read_all(folder.path()));
        let sum = log + read;
        println!(
            "| {documents} | {COMMITS} | {} | {:.0} µs | {} | {} | {} | {} | {:.2} |",
            seconds(gap),
            gap.as_secs_f64() * 1e6 / documents as f64,
            peak_memory(folder.path()),
            seconds(without),
            seconds(log),
            seconds(read),
            gap.as_secs_f64() / sum.as_secs_f64()
        );
    }
    println!("\nRatio: `gap` to the sum of `git log --name-only` and reading all files.");
    recognition();
}

/// Documents that nobody annotated: the time of `map` as a whole process, in which recognition is nearly all there is.
fn recognition() {
    println!("\n| documents without annotation | words | `map` | per document | read all files |\n|---:|---:|---:|---:|---:|");
    for documents in [2_500, 5_000, 10_000] {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let words: usize = (0..documents).map(|index| found_document(folder.path(), index)).sum();
        let map = median(|| map_of(folder.path()));
        let read = median(|| read_all(folder.path()));
        println!("| {documents} | {words} | {} | {:.0} µs | {} |", seconds(map), map.as_secs_f64() * 1e6 / documents as f64, seconds(read));
    }
}

fn map_of(folder: &Path) {
    let status = Command::new(env!("CARGO_BIN_EXE_clausewise"))
        .args(["map", "--no-config", "--format", "json"])
        .arg(folder)
        .stdout(Stdio::null())
        .status()
        .expect("the program");
    assert!(status.success(), "the program ended with {status}");
}

/// A page of some 500 words about one subject or about nothing; gives back how many words it has.
fn found_document(folder: &Path, index: usize) -> usize {
    const SUBJECTS: [(&str, &str); 6] = [
        ("Access control policy", "Privileged access is reviewed by the system owner and revoked on the last working day"),
        ("Handling incidents", "The incident commander restores the service and the engineer on call updates the status page"),
        ("Backup and restore", "The backup is copied to the second site and a test restore shows whether it can be used"),
        ("Soup of the season", "The carrots are peeled and simmer in butter until the kitchen smells of them"),
        ("Release checklist", "The release is deployed to staging and rolled back when the smoke test fails"),
        ("Notes of the meeting", "The group talked about the weather and the paint of the hall and came to no end"),
    ];
    let (title, sentence) = SUBJECTS[index % SUBJECTS.len()];
    let mut text = format!("# {title} {index}\n");
    for section in 0..5 {
        write!(text, "\n## Part {section} of {index}\n\n").expect("text");
        for line in 0..6 {
            write!(text, "{sentence}, which was told in case {} of part {section}. ", index * 31 + line).expect("text");
        }
    }
    let path = folder.join(format!("area-{:03}", index / 50));
    std::fs::create_dir_all(&path).expect("a folder");
    std::fs::write(path.join(format!("page-{index:05}.md")), &text).expect("a file");
    text.split_whitespace().count()
}

fn seconds(time: Duration) -> String {
    format!("{:.3} s", time.as_secs_f64())
}

#[expect(clippy::disallowed_methods, reason = "a benchmark measures time")]
fn median(mut work: impl FnMut()) -> Duration {
    work();
    let mut times: Vec<Duration> = (0..RUNS)
        .map(|_| {
            let start = Instant::now();
            work();
            start.elapsed()
        })
        .collect();
    times.sort();
    times[RUNS / 2]
}

fn run(folder: &Path) {
    let status = Command::new(env!("CARGO_BIN_EXE_clausewise"))
        .args(["gap", "--as-of", "2026-10-15", "--format", "json"])
        .arg(folder)
        .stdout(Stdio::null())
        .status()
        .expect("the program");
    assert!(status.success(), "the program ended with {status}");
}

fn git_log(folder: &Path) {
    let status = Command::new("git").arg("-C").arg(folder).args(["log", "--name-only", "--no-renames"]).stdout(Stdio::null()).status().expect("git");
    assert!(status.success());
}

fn read_all(folder: &Path) {
    let mut bytes = 0usize;
    for entry in walkdir::WalkDir::new(folder).into_iter().filter_entry(|entry| entry.file_name() != ".git").flatten() {
        if entry.file_type().is_file() {
            bytes += std::fs::read(entry.path()).expect("a file").len();
        }
    }
    assert!(bytes > 0);
}

/// Peak resident memory as the `time` program reports it; "–" where there is none.
fn peak_memory(folder: &Path) -> String {
    let output = Command::new("/usr/bin/time")
        .args(["-f", "%M"])
        .arg(env!("CARGO_BIN_EXE_clausewise"))
        .args(["gap", "--as-of", "2026-10-15", "--format", "json"])
        .arg(folder)
        .stdout(Stdio::null())
        .output();
    let kibibytes = output.ok().and_then(|output| String::from_utf8_lossy(&output.stderr).trim().lines().last()?.parse::<f64>().ok());
    kibibytes.map_or_else(|| "–".to_owned(), |kibibytes| format!("{:.0} MiB", kibibytes / 1024.0))
}

/// A repository of documents, registers and records in folders of fifty, and a history that touches four files a commit.
fn generate(folder: &Path, documents: usize) {
    let mut stream = String::new();
    let paths: Vec<String> = (0..documents).map(path_of).collect();
    writeln!(stream, "commit refs/heads/main\ncommitter Bench <bench@example.org> 1735689600 +0000\ndata 5\nfirst").expect("text");
    for (index, path) in paths.iter().enumerate() {
        file(&mut stream, path, &content(index, 0));
    }
    for commit in 1..COMMITS {
        let time = 1_735_689_600 + commit * 3_600;
        writeln!(stream, "commit refs/heads/main\ncommitter Bench <bench@example.org> {time} +0000\ndata 4\nmore").expect("text");
        for step in 0..4 {
            // A stride that is prime to the sizes touches all files in turn.
            let index = (commit * 7_919 + step * 104_729) % documents;
            file(&mut stream, &paths[index], &content(index, commit));
        }
    }
    let git = |arguments: &[&str]| {
        let mut command = Command::new("git");
        command.arg("-C").arg(folder).args(arguments).stdout(Stdio::null()).stderr(Stdio::null());
        command
    };
    assert!(git(&["init", "-b", "main"]).status().expect("git").success());
    let mut import = git(&["fast-import", "--quiet"]).stdin(Stdio::piped()).spawn().expect("git");
    import.stdin.take().expect("input").write_all(stream.as_bytes()).expect("written");
    assert!(import.wait().expect("git").success());
    assert!(git(&["reset", "--hard", "main"]).status().expect("git").success());
}

fn file(stream: &mut String, path: &str, content: &str) {
    write!(stream, "M 100644 inline {path}\ndata {}\n{content}\n", content.len()).expect("text");
}

fn path_of(index: usize) -> String {
    let (folder, ending) = (index / 50, if index.is_multiple_of(3) { "md" } else { "yaml" });
    format!("area-{folder:03}/item-{index:05}.{ending}")
}

fn content(index: usize, round: usize) -> String {
    if index.is_multiple_of(3) {
        let body = "The desk records each request, looks at impact and urgency, and calls in the engineer on duty when half of the time is gone. ".repeat(6);
        return format!(
            "---\nid: PRC-{index}\ntitle: Process {index}\nkind: incident-management-process\nowner: Jane Doe\nversion: \"1.{round}\"\nstatus: approved\napproved_by: Max Roe\napproved_on: 2026-01-12\nnext_review: 2027-01-11\n---\n# Process {index}\n\n## Recording\n\n{body}\n\n## Escalation\n\n{body}\n"
        );
    }
    format!(
        "kind: incident-record\nid: INC-{index}\nopened: 2026-03-04\nservice: SVC-{}\nclassification: hardware\nimpact: low\nurgency: high\npriority: P3\nactions: looked at it, exchanged the part, tested it with the user in round {round}\nresolved_on: 2026-03-05\nresolution: part exchanged\nclosed_on: 2026-03-06\nstatus: closed\nmajor: no\n",
        index % 7
    )
}

fn copy_files(from: &Path, to: &Path) {
    for entry in walkdir::WalkDir::new(from).into_iter().filter_entry(|entry| entry.file_name() != ".git").flatten() {
        let target = to.join(entry.path().strip_prefix(from).expect("below"));
        if entry.file_type().is_dir() {
            std::fs::create_dir_all(target).expect("a folder");
        } else {
            std::fs::copy(entry.path(), target).expect("a copy");
        }
    }
}
