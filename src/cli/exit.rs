//! Exit codes, the same in every format, and the failures that lead to them.

use std::process::ExitCode;

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Exit {
    /// Nothing at or above the threshold.
    Clean,
    /// Findings at or above the threshold.
    Findings,
    /// Usage or configuration: nothing was checked.
    Usage,
    /// Something was not checked.
    Incomplete,
    /// Nothing to check.
    Nothing,
    /// Output not written.
    Output,
    /// A fault of the program.
    Internal,
}

impl Exit {
    pub(super) fn code(self) -> u8 {
        match self {
            Self::Clean => 0,
            Self::Findings => 1,
            Self::Usage => 2,
            Self::Incomplete => 3,
            Self::Nothing => 4,
            Self::Output => 5,
            Self::Internal => 70,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.code())
    }
}

/// Why no assessment was made, or why its report was not written.
#[derive(Debug, thiserror::Error)]
pub(super) enum Failure {
    /// The user's path, revision or repository.
    #[error(transparent)]
    Repository(#[from] crate::repository::RepositoryError),
    /// The clause map.
    #[error(transparent)]
    Framework(#[from] crate::framework::FrameworkError),
    /// The configuration file: each fault with its place.
    #[error("the configuration has {} fault(s)", .0.len())]
    Configuration(Vec<String>),
    /// Something the user asked for that is not there.
    #[error("{0}")]
    Usage(String),
    /// The report could not be written.
    #[error("{path}: the report could not be written ({cause}); give another place with -o")]
    Output {
        /// Where to.
        path: String,
        /// The system's words.
        cause: String,
    },
    /// There is nothing that could be a document.
    #[error("{path}: no document below this folder (tried {tried}); name the folder that holds them, or see `documents.include` in clausewise.yaml")]
    Nothing {
        /// As given.
        path: String,
        /// Names that were looked for.
        tried: String,
    },
    /// A fault of the program.
    #[error("{0}; this is a fault of clausewise, please report it")]
    Internal(String),
}

impl Failure {
    pub(super) fn exit(&self) -> Exit {
        match self {
            Self::Repository(_) | Self::Framework(_) | Self::Configuration(_) | Self::Usage(_) => Exit::Usage,
            Self::Output { .. } => Exit::Output,
            Self::Nothing { .. } => Exit::Nothing,
            Self::Internal(_) => Exit::Internal,
        }
    }

    /// A short name for the error, stable between versions.
    pub(super) fn code(&self) -> &'static str {
        match self {
            Self::Repository(_) => "repository",
            Self::Framework(_) => "clause-map",
            Self::Configuration(_) => "configuration",
            Self::Usage(_) => "usage",
            Self::Output { .. } => "output",
            Self::Nothing { .. } => "nothing",
            Self::Internal(_) => "internal",
        }
    }
}
