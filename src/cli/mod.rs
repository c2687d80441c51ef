//! The command line: arguments, configuration, exit codes, one file for each command.

mod args;
mod check;
mod checklist;
mod clauses;
mod config;
mod deliver;
mod excerpts;
mod exit;
mod explain;
mod gap;
mod generated;
mod house;
mod import;
mod init;
mod known_rows;
mod map;
mod output;
mod pipeline;
mod rules;
mod soa;
mod watch;

use std::process::ExitCode;

use clap::Parser;
use rayon::ThreadPoolBuilder;

use args::{Arguments, Command};
use exit::{Exit, Failure};

/// Runs the program and gives back its exit code.
pub fn main() -> ExitCode {
    // A fault of our own is told here, where the thread that it ended is joined; its stack does not depend on the system.
    let worker = std::thread::Builder::new().stack_size(crate::STACK_BYTES).spawn(run_guarded);
    match worker.map(std::thread::JoinHandle::join) {
        Ok(Ok(code)) => code.into(),
        Ok(Err(_)) | Err(_) => Exit::Internal.into(),
    }
}

fn run_guarded() -> Exit {
    output::quiet_panics();
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => return output::usage(&error),
    };
    match on_threads(arguments.global.jobs, || run(&arguments)) {
        Ok(exit) => exit,
        Err(failure) => output::failure(&failure),
    }
}

/// Does a command on as many threads as were asked for, or as the machine has; each has room for the nesting of foreign text.
fn on_threads(jobs: Option<usize>, work: impl FnOnce() -> Result<Exit, Failure> + Send) -> Result<Exit, Failure> {
    let pool = ThreadPoolBuilder::new().num_threads(jobs.unwrap_or(0)).stack_size(crate::STACK_BYTES).build();
    pool.map_err(|error| Failure::Internal(format!("no threads: {error}")))?.install(work)
}

fn run(arguments: &Arguments) -> Result<Exit, Failure> {
    let global = &arguments.global;
    match &arguments.command {
        Command::Check(command) => check::run(global, command),
        Command::Gap(command) => gap::run(global, command),
        Command::Checklist(command) => checklist::run(global, command),
        Command::Soa(command) => soa::run(global, command),
        Command::Map(command) => map::run(global, command),
        Command::Import(command) => import::run(global, command),
        Command::Init(command) => init::run(global, command),
        Command::Explain(command) => explain::run(global, command),
        Command::Clauses(command) => clauses::run(global, command),
        Command::Rules => rules::run(global),
        Command::Schema(command) => generated::schema(command),
        Command::Completions(command) => generated::completions(command),
        Command::Man => generated::man(),
    }
}
