//! JSON, for programs.

use crate::assessment::Assessment;

/// The whole assessment.
///
/// # Errors
/// None that a value of this shape can cause; in words, if one occurs all the same.
pub fn json(assessment: &Assessment) -> Result<String, String> {
    serde_json::to_string_pretty(assessment).map(|text| text + "\n").map_err(|error| error.to_string())
}

/// One finding a line.
///
/// # Errors
/// None that a value of this shape can cause; in words, if one occurs all the same.
pub fn json_lines(assessment: &Assessment) -> Result<String, String> {
    assessment.findings.iter().map(|finding| serde_json::to_string(finding).map(|line| line + "\n").map_err(|error| error.to_string())).collect()
}
