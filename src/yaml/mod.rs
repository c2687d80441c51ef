//! YAML as text with places: every value and key keeps the line and column it was written at.
//!
//! All YAML of the program is read here, through one reader with budgets against hostile input, so that `1.10`
//! stays `1.10`, a duplicate key is refused and a finding points at the word. Input and output live elsewhere.

mod decode;
mod edit;
mod node;
mod read;

pub use decode::{DecodeError, decode};
pub use edit::{Addition, add, scalar};
pub use node::{Key, Node, NodeKind};
pub use read::{Limits, YamlError, read_all};
