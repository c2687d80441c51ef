//! The only place that prints and writes.

use std::io::{IsTerminal, Write};
use std::path::Path;

use super::args::{ColorChoice, Global};
use super::exit::{Exit, Failure};
use crate::vocabulary::sanitize;

/// Writes to standard output. A reader that went away is no fault; a full disk is.
pub(super) fn print(text: &str) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(Failure::Output { path: "standard output".to_owned(), cause: error.to_string() }),
        _ => Ok(()),
    }
}

/// One line on standard error; nothing can be done if that fails.
pub(super) fn line_on_stderr(line: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{}", sanitize(line));
}

/// Ends the program from another thread than the one that works.
#[expect(clippy::exit, reason = "the deadline must end a run that hangs in foreign code")]
pub(super) fn end_now(exit: Exit) -> ! {
    std::process::exit(i32::from(exit.code()))
}

/// A panic is a fault of the program: one line, no trace of insides.
pub(super) fn quiet_panics() {
    std::panic::set_hook(Box::new(|info| {
        let place = info.location().map(|location| format!("{}:{}", location.file(), location.line())).unwrap_or_default();
        line_on_stderr(&format!("error[internal]: {place}: clausewise failed; please report it with the command that you ran"));
        end_now(Exit::Internal);
    }));
}

/// What clap has to say: help and version go to standard output, faults to standard error.
pub(super) fn usage(error: &clap::Error) -> Exit {
    use clap::error::ErrorKind;
    let text = error.render();
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            let text = if std::io::stdout().is_terminal() { text.ansi().to_string() } else { text.to_string() };
            match print(&text) {
                Ok(()) => Exit::Clean,
                Err(error) => failure(&error),
            }
        }
        _ => {
            let _ = write!(std::io::stderr().lock(), "{text}");
            Exit::Usage
        }
    }
}

/// One line for each error, first cause first.
pub(super) fn failure(failure: &Failure) -> Exit {
    let code = failure.code();
    match failure {
        Failure::Configuration(faults) => faults.iter().for_each(|fault| line_on_stderr(&format!("error[{code}]: {fault}"))),
        Failure::Framework(error) => error.0.iter().for_each(|fault| line_on_stderr(&format!("error[{code}]: {fault}"))),
        other => line_on_stderr(&format!("error[{code}]: {other}")),
    }
    if failure.exit() == Exit::Usage {
        line_on_stderr("no assessment was made");
    }
    failure.exit()
}

/// Makes sure that a file can be written, before the long work begins.
pub(super) fn can_write(path: &Path) -> Result<(), Failure> {
    let folder = folder_of(path);
    let failed = |cause: String| Failure::Output { path: path.display().to_string(), cause };
    if path.is_dir() {
        return Err(failed("it is a folder".to_owned()));
    }
    tempfile::Builder::new().prefix(".clausewise").tempfile_in(folder).map(drop).map_err(|error| failed(error.to_string()))
}

/// Writes a file whole or not at all.
pub(super) fn write_file(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let failed = |cause: String| Failure::Output { path: path.display().to_string(), cause };
    let mut file = tempfile::Builder::new().prefix(".clausewise").tempfile_in(folder_of(path)).map_err(|error| failed(error.to_string()))?;
    file.write_all(bytes).and_then(|()| file.as_file().sync_all()).map_err(|error| failed(error.to_string()))?;
    set_usual_mode(&file);
    file.persist(path).map_err(|error| failed(error.error.to_string()))?;
    Ok(())
}

/// Temporary files are private; a report is for others to read.
fn set_usual_mode(file: &tempfile::NamedTempFile) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let _ = file.as_file().set_permissions(std::fs::Permissions::from_mode(0o644));
    }
    #[cfg(not(unix))]
    let _ = file;
}

fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// Whether to colour: the flag, then NO_COLOR, then CLICOLOR_FORCE, then the terminal.
#[expect(clippy::disallowed_methods, reason = "the command line is the one place where the environment is read")]
pub(super) fn colored(global: &Global) -> bool {
    let set = |name: &str| std::env::var(name).is_ok_and(|value| !value.is_empty() && value != "0");
    match global.color {
        ColorChoice::Always => true,
        ColorChoice::Never => false,
        ColorChoice::Auto if std::env::var("NO_COLOR").is_ok_and(|value| !value.is_empty()) => false,
        ColorChoice::Auto if set("CLICOLOR_FORCE") => true,
        ColorChoice::Auto => std::io::stdout().is_terminal() && std::env::var("TERM").map_or(true, |term| term != "dumb"),
    }
}
