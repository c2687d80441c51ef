//! What an assessment was made from, so that it can be made again.

use jiff::civil::Date;
use serde::Serialize;

/// What an assessment was made from.
#[derive(Clone, Debug, PartialEq, Eq, schemars::JsonSchema, Serialize)]
pub struct Provenance {
    /// The program.
    pub tool: String,
    /// Its version.
    pub version: String,
    /// Edition of the standard.
    pub framework: String,
    /// Version of the clause map.
    pub map_version: String,
    /// The folder, relative to the repository's root; "." for the root itself.
    pub root: String,
    /// The commit; none for a plain folder.
    pub commit: Option<String>,
    /// The day of that commit, by its committer, in UTC.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub committed_on: Option<String>,
    /// Files that differ from the commit.
    pub uncommitted: usize,
    /// Whether history was cut off by the clone.
    pub shallow: bool,
    /// The day of the assessment.
    pub as_of: String,
    /// Whether something was not checked that could matter.
    pub partial: bool,
    /// What was not checked.
    pub not_checked: Vec<NotChecked>,
    /// What a reader must know about the state that was read.
    pub notes: Vec<String>,
}

impl Provenance {
    /// How many days before the day of the assessment the state that was read was changed for the last time. What is not
    /// committed yet is of no known day.
    pub fn days_behind(&self) -> Option<i32> {
        let day = |text: &str| text.parse::<Date>().ok();
        let (committed, as_of) = (day(self.last_change()?)?, day(&self.as_of)?);
        Some(committed.until(as_of).ok()?.get_days()).filter(|days| *days > 0)
    }

    /// Whether the state that was read is of a later day than the one as of which it was judged.
    pub fn is_judged_earlier(&self) -> bool {
        self.last_change().is_some_and(|last| last > self.as_of.as_str())
    }

    /// Whether a day lies after the last change, so that what was done by then cannot show.
    pub fn cannot_show(&self, day: &str) -> bool {
        // Days are written so that their text is in their order.
        self.last_change().is_some_and(|last| day > last && last < self.as_of.as_str())
    }

    fn last_change(&self) -> Option<&str> {
        self.committed_on.as_deref().filter(|_| self.uncommitted == 0)
    }
}

/// Something that was not checked.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, schemars::JsonSchema, Serialize)]
pub struct NotChecked {
    /// Path from the repository's root.
    pub path: String,
    /// Line, where there is one.
    pub line: Option<u32>,
    /// Why, and what to do.
    pub reason: String,
    /// Whether it could have been evidence, so that the assessment is incomplete.
    pub matters: bool,
}
