//! Documents: what the files say, with the line of everything. Knows no clauses: a claim is a text with a place.

mod control;
mod csv_file;
mod defect;
mod document;
mod front_matter;
mod html_heading;
mod markdown;
mod placeholder;
mod read;
mod record;
mod revisions;
mod secret;
mod text_file;
mod traces;
mod versions;
mod yaml_file;

pub use control::{ControlField, ControlSource, ControlValue, DocumentControl};
pub use csv_file::csv_delimiter;
pub use defect::{Cause, Defect};
pub use document::{Document, Format, Link, Passage, Section, Table, Task};
pub use read::{Documents, Selection, read_documents};
pub use record::{Record, RecordField};
pub use revisions::{ContentChange, ContentEdit, RecordAlteration, Revisions, Window, compare_revisions};
pub use traces::{Appearance, Beginning, Removal, Traces};
