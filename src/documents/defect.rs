//! Places that could not be understood. The run goes on; the assessment makes findings of them.

use crate::vocabulary::Place;

/// A place that could not be understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Defect {
    /// Where; line 0 for the file as a whole.
    pub at: Place,
    /// Why.
    pub cause: Cause,
    /// In words, with what to do.
    pub message: String,
}

/// Why a place could not be understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cause {
    /// The file was not read at all: its content is unknown.
    NotRead,
    /// Its head was not read: what it is, who owns and approved it is unknown.
    HeadNotRead,
    /// It was read and part of it could not be understood.
    NotUnderstood,
    /// It holds nothing.
    Empty,
    /// It holds characters that hide or turn text.
    HiddenCharacters,
}

impl Defect {
    pub(super) fn new(cause: Cause, at: Place, message: impl Into<String>) -> Self {
        Self { at, cause, message: message.into() }
    }
}
