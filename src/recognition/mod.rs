//! What a document nobody annotated seems to be: read from its title, its name, its headings, its columns and its text,
//! by the vocabularies of the clause map. Says why, and abstains where little is said. No verdict rests on it alone.

mod candidate;
mod columns;
mod kind;
mod lexicon;
mod normal;
mod reading;
mod score;
mod sections;
mod surroundings;
mod vocabularies;

pub use candidate::{Candidate, Contribution, Matched, Recognised, Silence, Zone};
pub use lexicon::Lexicon;
pub use score::{FEWEST_FROM_TEXT, FEWEST_OF_BROAD, FEWEST_POINTS, recognise};
pub use sections::{SectionOn, sections_on};
pub use vocabularies::Vocabularies;

/// Words of a text that no vocabulary of the map knows, as they are written.
pub fn words_without_meaning(lexicon: &Lexicon<'_>, text: &str) -> Vec<String> {
    lexicon.unknown_words(text).into_iter().map(str::to_owned).collect()
}
