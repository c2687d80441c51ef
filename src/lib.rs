//! clausewise reads a repository of service management documents and records, holds them against a map of
//! ISO/IEC 20000-1:2018, and says what they support, what is missing, where, and how bad it is.
//!
//! The pipeline is the program:
//!
//! ```text
//! repository  ->  documents  ->  recognition  ->  assessment  ->  report
//!                 framework  ----^----------------^
//! ```
//!
//! A folder for each stage. A stage imports only what stands below it, and a test holds it to that:
//!
//! | floor | module | holds |
//! |---|---|---|
//! | 0 | [`vocabulary`], [`yaml`] | clause numbers, places, dates, intervals; YAML with places. No input or output. |
//! | 1 | [`repository`] | files of a work tree or revision, and when they changed. Knows no documents. |
//! | 1 | [`framework`] | the clause map. Knows no documents. |
//! | 2 | [`documents`] | what files say, with lines. Knows no clauses. |
//! | 3 | [`answers`] | tables that people filled in and hand back. Knows no clauses. |
//! | 3 | [`recognition`] | what a document nobody annotated seems to be, and why. |
//! | 4 | [`assessment`] | what the documents support of what the framework asks. Pure: no files, no clock, no output. |
//! | 5 | [`report`] | views and templates. Decides nothing. |
//! | 6 | [`cli`] | arguments, configuration, exit codes, one file for each command. |
//!
//! Data says what is expected (`clauses/`), code knows how each kind of expectation is verified
//! (`assessment/verify`, one file each) and how each relation holds (`assessment/relation`).
//!
//! Three failures are three types: an error ends the run and no assessment was made; a
//! [`documents::Defect`] is a place that could not be understood, and the run goes on; an
//! [`assessment::Finding`] is the product.

pub mod answers;
pub mod assessment;
pub mod cli;
pub mod documents;
pub mod framework;
pub mod recognition;
pub mod report;
pub mod repository;
pub mod vocabulary;
pub mod yaml;

/// Stack of every thread that reads foreign text: 64 levels of nesting fit with room to spare.
pub const STACK_BYTES: usize = 32 * 1024 * 1024;
