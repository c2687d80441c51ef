//! What is generated from the program itself: schemas, completions, the manual page.

use clap::CommandFactory;

use super::args::{Arguments, Completions, Schema};
use super::exit::{Exit, Failure};
use super::output;
use crate::framework::schemas;
use crate::report::output_schemas;

/// Prints the JSON Schema of a file of the clause map, or of what the program writes.
pub(super) fn schema(command: &Schema) -> Result<Exit, Failure> {
    let wanted = command.name.trim_end_matches(".schema.json");
    let of_map = schemas().into_iter().map(|(name, schema)| (name.trim_end_matches(".schema.json"), schema));
    let all: Vec<_> = of_map.chain(output_schemas()).collect();
    let Some((_, schema)) = all.iter().find(|(name, _)| *name == wanted) else {
        let known: Vec<&str> = all.iter().map(|(name, _)| *name).collect();
        return Err(Failure::Usage(format!("schema {}: known are {}", command.name, known.join(", "))));
    };
    let text = serde_json::to_string_pretty(schema).map_err(|error| Failure::Internal(error.to_string()))?;
    output::print(&format!("{text}\n")).map(|()| Exit::Clean)
}

/// Prints completions for a shell.
pub(super) fn completions(command: &Completions) -> Result<Exit, Failure> {
    let mut bytes = Vec::new();
    clap_complete::generate(command.shell, &mut Arguments::command(), "clausewise", &mut bytes);
    output::print(&String::from_utf8_lossy(&bytes)).map(|()| Exit::Clean)
}

/// Prints the manual page.
pub(super) fn man() -> Result<Exit, Failure> {
    let mut bytes = Vec::new();
    clap_mangen::Man::new(Arguments::command()).render(&mut bytes).map_err(|error| Failure::Internal(error.to_string()))?;
    output::print(&String::from_utf8_lossy(&bytes)).map(|()| Exit::Clean)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_arguments_are_sound() {
        Arguments::command().debug_assert();
    }
}
