//! Texts that are slow, outputs that fail, and the machine around the program.

use std::fs::OpenOptions;
use std::io::Read;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::support::{AS_OF, Output, Repo, document, policy};

/// A repository of one document and the time that its assessment takes.
fn time_of(text: &str) -> Duration {
    time_of_command("check", 1, text)
}

#[expect(clippy::disallowed_methods, reason = "the test asks how long the program takes, not what day it is")]
fn time_of_command(command: &str, code: i32, text: &str) -> Duration {
    let repo = Repo::plain();
    repo.write("policy.md", text);
    let start = Instant::now();
    let output = repo.run(&[command]);
    assert_eq!(output.code, Some(code), "{}", output.stderr);
    start.elapsed()
}

// G64
#[test]
fn deep_quotes_and_lists_overflow_nothing() {
    for deep in [
        "> ".repeat(40_000),
        "- ".repeat(40_000),
        (0..800).map(|level| format!("{}- a\n", "  ".repeat(level))).collect(),
        "*a ".repeat(40_000),
        "[".repeat(40_000),
    ] {
        time_of(&format!("{}\n{deep}deep\n", policy()));
    }
}

// G65
#[test]
fn slow_patterns_take_no_longer_than_their_length() {
    const BYTES: usize = 256 * 1024;
    let usual = time_of(&policy());
    for pattern in ["[a](<b", "a***", "[ (](", "!-- <", "a <![CDATA[", "* "] {
        let fill = |bytes: usize| format!("{}\n{}\n", policy(), pattern.repeat(bytes / pattern.len()));
        let (half, whole) = (time_of(&fill(BYTES / 2)), time_of(&fill(BYTES)));
        let net = |time: Duration| time.saturating_sub(usual);
        // Unoptimised and beside other work; what is told apart is a slope from a curve.
        assert!(net(whole) < net(half) * 5 / 2 + Duration::from_millis(1_500), "{pattern:?}: {half:?} and {whole:?} over {usual:?}");
        assert!(net(whole) < Duration::from_secs(10), "{pattern:?}: {whole:?}");
    }
}

/// One thing over and over in one paragraph, one line, one table: whatever relates words to each other takes no longer.
#[test]
fn no_text_takes_longer_than_its_length() {
    const BYTES: usize = 512 * 1024;
    let plan = "---\nkind: service-continuity-plan\ntitle: Plan\n---\n\n# Plan\n\n";
    let usual = time_of_command("gap", 0, plan);
    let things = [
        "[one](a.md) and ",
        "policy ",
        "service level agreement ",
        "This plan is reviewed annually. ",
        "<insert name> TBD ",
        "password=abcd1234 ",
        "INC-2026-001 ",
        "## Recovery of services\n\ninvocation criteria\n\n",
        "## Roles\n\nrecovery procedures\n\n## Recovery\n\n",
        "**Owner:** Ann Lee ",
    ];
    let fill = |thing: &str, bytes: usize| format!("{plan}{}\n", thing.repeat(bytes / thing.len()));
    let cells = |_: &str, bytes: usize| {
        let row = |cell: &str| format!("|{}\n", cell.repeat(bytes / 6));
        format!("{plan}{}{}{}", row("a|"), row("-|"), row("b|"))
    };
    let all = things.iter().map(|thing| (*thing, &fill as &dyn Fn(&str, usize) -> String)).chain([("cells", &cells as &dyn Fn(&str, usize) -> String)]);
    for (thing, text) in all {
        let (half, whole) = (time_of_command("gap", 0, &text(thing, BYTES / 2)), time_of_command("gap", 0, &text(thing, BYTES)));
        let net = |time: Duration| time.saturating_sub(usual);
        assert!(net(whole) < net(half) * 5 / 2 + Duration::from_millis(1_500), "{thing:?}: {half:?} and {whole:?} over {usual:?}");
        assert!(net(whole) < Duration::from_secs(15), "{thing:?}: {whole:?}");
    }
}

/// The program on a small repository, with an environment of its own.
fn check(repo: &Repo, arguments: &[&str], environment: &[(&str, &str)]) -> Output {
    let mut program = repo.program(repo.path());
    program.args(["check", "--as-of", AS_OF]).args(arguments).envs(environment.iter().copied());
    Output::of(program)
}

fn small() -> Repo {
    let repo = Repo::new();
    repo.write("policy.md", policy().replace("status: approved", "status: draft"));
    repo.commit("2026-01-05");
    repo
}

// G83
#[test]
fn a_reader_that_goes_away_changes_nothing() {
    let repo = small();
    for form in ["text", "json", "jsonl", "markdown"] {
        let mut program = repo.program(repo.path());
        program.args(["check", "--format", form, "--as-of", AS_OF]).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = program.spawn().unwrap();
        let mut first = [0];
        child.stdout.take().unwrap().read_exact(&mut first).unwrap();
        let output = child.wait_with_output().unwrap();
        assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(1), &b""[..]), "{form}");
    }
}

// G84
#[test]
fn a_full_disk_behind_standard_output_is_told() {
    let repo = small();
    for command in [&["check"][..], &["check", "--format", "json"], &["gap"], &["rules"], &["--help"]] {
        let mut program: Command = repo.program(repo.path());
        let full = OpenOptions::new().write(true).open("/dev/full").unwrap();
        let output = program.args(command).args(["--as-of", AS_OF]).stdout(full).output().unwrap();
        let told = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(5), "{command:?} {told}");
        assert_eq!(told.lines().count(), 1, "{command:?} {told}");
        assert!(told.starts_with("error[output]: standard output"), "{command:?} {told}");
    }
}

// G85
#[test]
fn colour_is_decided_by_flag_then_no_color_then_force_then_terminal() {
    let repo = small();
    let cases: [(&[&str], &[(&str, &str)], bool); 10] = [
        (&[], &[], false),
        (&[], &[("TERM", "dumb")], false),
        (&[], &[("CLICOLOR_FORCE", "1")], true),
        (&[], &[("CLICOLOR_FORCE", "0")], false),
        (&[], &[("NO_COLOR", "1"), ("CLICOLOR_FORCE", "1")], false),
        (&[], &[("NO_COLOR", "0"), ("CLICOLOR_FORCE", "1")], false),
        (&[], &[("NO_COLOR", ""), ("CLICOLOR_FORCE", "1")], true),
        (&["--color", "always"], &[("NO_COLOR", "1")], true),
        (&["--color", "never"], &[("CLICOLOR_FORCE", "1")], false),
        (&["--color", "auto"], &[("CLICOLOR_FORCE", "1"), ("TERM", "dumb")], true),
    ];
    let mut wrong = Vec::new();
    for (arguments, environment, colored) in cases {
        let output = check(&repo, arguments, environment);
        assert_eq!((output.code, output.stderr.as_str()), (Some(1), ""), "no progress off a terminal");
        if output.stdout.contains('\x1b') != colored {
            wrong.push(format!("{arguments:?} {environment:?} should give {colored}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

// G97
#[test]
fn the_machine_leaves_no_trace_in_a_report() {
    let repo = Repo::new();
    for (index, kind) in ["service-management-policy", "information-security-policy", "change-management-policy", "service-continuity-plan"].iter().enumerate()
    {
        repo.write(format!("policies/{kind}.md"), document(kind, &format!("DOC-{index}")).replace("status: approved", "status: draft"));
    }
    repo.commit("2026-01-05");
    repo.git(&["clone", "-q", ".", "../elsewhere/with another name"]);
    let elsewhere = repo.beside("elsewhere/with another name");
    for form in [["check", "--format", "text"], ["check", "--format", "json"], ["gap", "--format", "md"]] {
        let expected = repo.run(&form);
        assert_eq!(expected.code, Some(if form[0] == "gap" { 0 } else { 1 }));
        let report = |change: &dyn Fn(&mut Command)| {
            let mut program = repo.program(repo.path());
            program.args(form).args(["--as-of", AS_OF]);
            change(&mut program);
            Output::of(program)
        };
        let changes: [(&str, &dyn Fn(&mut Command)); 8] = [
            ("time zone", &|program| {
                program.env("TZ", "Pacific/Kiritimati");
            }),
            ("language", &|program| {
                program.env("LANG", "tr_TR.UTF-8").env("LC_ALL", "tr_TR.UTF-8");
            }),
            ("no home", &|program| {
                program.env_remove("HOME");
            }),
            ("one thread", &|program| {
                program.args(["-j", "1"]);
            }),
            ("many threads", &|program| {
                program.args(["-j", "16"]);
            }),
            ("another place to stand", &|program| {
                program.current_dir("/").arg(repo.path());
            }),
            ("another clone", &|program| {
                program.current_dir(&elsewhere);
            }),
            ("another clock", &|program| {
                program.env("SOURCE_DATE_EPOCH", "1");
            }),
        ];
        for (name, change) in changes {
            assert_eq!(report(change), expected, "{name}");
        }
    }
}

#[test]
fn what_reads_documents_takes_no_more_threads_than_asked_for() {
    let repo = small();
    for command in ["check", "gap", "map", "init"] {
        // Room for one thread and not for the two thousand that the library would make by itself.
        let program = repo.program(repo.path());
        let mut shell = Command::new("sh");
        shell.args(["-c", "ulimit -v 3000000; exec \"$0\" \"$@\""]).arg(program.get_program()).args([command, "-j", "1", "--as-of", AS_OF]);
        shell.current_dir(repo.path()).env_clear().envs(program.get_envs().filter_map(|(name, value)| Some((name, value?))));
        shell.env("RAYON_NUM_THREADS", "2000");
        let output = Output::of(shell);
        assert!(matches!(output.code, Some(0 | 1)), "{command}: {output:?}");
    }
}

// G98
#[test]
fn the_day_is_printed_and_a_day_that_is_none_is_refused() {
    let repo = small();
    let day = |arguments: &[&str], environment: &[(&str, &str)]| -> Output {
        let mut program = repo.program(repo.path());
        program.args(["check"]).args(arguments).envs(environment.iter().copied());
        Output::of(program)
    };
    assert!(day(&[], &[("SOURCE_DATE_EPOCH", "1767614400")]).stdout.contains("as of 2026-01-05"));
    assert!(day(&["--as-of", "2026-02-03"], &[("SOURCE_DATE_EPOCH", "1767614400")]).stdout.contains("as of 2026-02-03"));
    let today = day(&[], &[]).stdout;
    assert!(today.contains("as of 20"), "{today}");
    let future = day(&["--as-of", "2999-12-31"], &[]);
    assert_eq!(future.code, Some(1));
    assert!(future.stdout.contains("as of 2999-12-31"));
    for malformed in ["2026-02-30", "15/10/2026", "2026-10", "yesterday", "", "2026-10-15T00:00:00Z"] {
        day(&["--as-of", malformed], &[]).is_refusal(2, &["--as-of", "YYYY-MM-DD"]);
    }
    day(&[], &[("SOURCE_DATE_EPOCH", "99999999999999")]).is_refusal(2, &["SOURCE_DATE_EPOCH"]);
}
