//! What the program does when the repository, the machine or the user is at fault: one test for each given fault.
//!
//! The ids in the comments are those of the list of faults that the project was given.
#![cfg(unix)]
#![expect(clippy::type_complexity, reason = "tables of cases read best as they are")]

#[cfg(test)]
mod damage;
#[cfg(test)]
mod files;
#[cfg(test)]
mod heads;
#[cfg(test)]
mod history;
#[cfg(test)]
mod machine;
#[cfg(test)]
mod repository;
#[cfg(test)]
mod settings;
#[cfg(test)]
#[expect(dead_code, reason = "the faults need none of the examples")]
#[path = "../support/mod.rs"]
mod support;
#[cfg(test)]
mod texts;
#[cfg(test)]
mod yaml;
