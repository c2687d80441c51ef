//! Reports: views of an assessment and the forms they are written in. Decides nothing.

mod configuration;
mod escape;
mod explain;
mod gap;
mod lists;
mod machine;
mod map;
mod map_table;
mod markdown;
mod terminal;
mod words;

pub use configuration::new_configuration;
pub use explain::{explain, nearest_ids};
pub use gap::gap_markdown;
pub use lists::{clauses_list, kinds_list, map_summary, rules_list};
pub use machine::{json, json_lines};
pub use map::{configuration_head, map_arithmetic, map_json, proposal};
pub use map_table::map_table;
pub use markdown::findings_markdown;
pub use terminal::{Excerpt, Painting, terminal};
