//! The deadline and the progress of a run: the two places that look at the machine's time.

use std::io::IsTerminal;
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::args::Global;
use super::exit::Exit;

/// Watches a run: ends it at its deadline, and shows its progress where somebody looks.
pub(super) struct Watch {
    current: Arc<Mutex<String>>,
    bar: ProgressBar,
    started: Instant,
    verbose: bool,
    /// Dropped with the watch, which ends the thread that waits for the deadline.
    _alive: Sender<()>,
}

impl Watch {
    #[expect(clippy::disallowed_methods, reason = "how long a step takes is shown with -v and decides nothing")]
    pub(super) fn start(global: &Global) -> Self {
        let current = Arc::new(Mutex::new(String::from("the repository")));
        let (alive, deadline) = channel::<()>();
        let seconds = global.timeout;
        let reading = Arc::clone(&current);
        std::thread::spawn(move || {
            if let Err(RecvTimeoutError::Timeout) = deadline.recv_timeout(Duration::from_secs(seconds)) {
                let name = reading.lock().map(|name| name.clone()).unwrap_or_default();
                super::output::line_on_stderr(&format!(
                    "error[timeout]: {name}: still being read after {seconds} seconds; exclude it, or allow more with --timeout"
                ));
                super::output::end_now(Exit::Incomplete);
            }
        });
        let shown = !global.quiet && std::io::stderr().is_terminal();
        let bar = if shown { ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr_with_hz(8)) } else { ProgressBar::hidden() };
        if let Ok(style) = ProgressStyle::with_template("{spinner} {msg}") {
            bar.set_style(style);
        }
        Self { current, bar, started: Instant::now(), verbose: global.verbose > 0, _alive: alive }
    }

    /// Says what is being read.
    pub(super) fn reading(&self, name: &str) {
        if let Ok(mut current) = self.current.lock() {
            name.clone_into(&mut current);
        }
    }

    /// Says how far it is.
    pub(super) fn step(&self, message: &str) {
        if self.verbose {
            super::output::line_on_stderr(&format!("{:>8.3} s  {message}", self.started.elapsed().as_secs_f64()));
        }
        if !self.bar.is_hidden() {
            self.bar.set_message(message.to_owned());
            self.bar.tick();
        }
        self.reading(message);
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
