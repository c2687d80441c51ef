//! The vocabularies of a clause map, compiled once for all that asks for them.

use std::sync::OnceLock;

use super::lexicon::Lexicon;
use crate::framework::Framework;

/// The vocabularies of a clause map. They are compiled when the first document must be read for what it is: that is half of
/// what a run on a single document takes, and a repository that says everything itself needs none of it.
pub struct Vocabularies<'map> {
    /// The clause map.
    pub framework: &'map Framework,
    lexicon: OnceLock<Result<Lexicon<'map>, String>>,
}

impl<'map> Vocabularies<'map> {
    /// The vocabularies of a map, not compiled yet.
    pub fn of(framework: &'map Framework) -> Self {
        Self { framework, lexicon: OnceLock::new() }
    }

    /// All of them, compiled.
    ///
    /// # Errors
    /// A text, where the phrases cannot be compiled (too many for the matcher).
    pub fn lexicon(&self) -> Result<&Lexicon<'map>, String> {
        self.lexicon.get_or_init(|| Lexicon::new(self.framework)).as_ref().map_err(Clone::clone)
    }
}
