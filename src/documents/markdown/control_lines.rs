//! Control data in lines of the text: `**Owner:** Jane | **Version:** 3.1`, at the head of a document or at its foot.

use std::ops::Range;

use super::super::control::{ControlField, ControlSource};
use super::BodyReader;
use crate::vocabulary::Place;

/// What stands between several values on one line.
pub(super) const SEPARATORS: [char; 3] = ['|', '·', '•'];
/// So many lines are the head of a document.
const HEAD_LINES: u32 = 80;
/// So many lines are its foot, which repeats what controls it. Who owns something and how it stands is said of the last entry
/// of a list in the same words, and is not read there.
const FOOT_LINES: u32 = 30;

impl BodyReader<'_, '_> {
    pub(super) fn end_strong(&mut self, range: Range<usize>) {
        let Some(from) = self.strong.take() else { return };
        let name = self.text.get(from..).unwrap_or_default().trim().trim_end_matches(':').trim();
        let at_line_start = from == 0 || self.text[..from].ends_with([' ', '|']);
        if !at_line_start || self.table.is_some() || self.heading.is_some() {
            return;
        }
        let line = self.line(range.start);
        let is_read = |field: &ControlField| line <= HEAD_LINES || self.last_line.saturating_sub(line) < FOOT_LINES && is_of_foot(*field);
        if let Some(field) = ControlField::from_name(name).filter(is_read) {
            self.bold_name = Some((field, self.text.len(), range.end));
        }
    }

    pub(super) fn end_bold_value(&mut self, end: usize) {
        let Some((field, from, start)) = self.bold_name.take() else { return };
        let raw = self.text.get(from..).unwrap_or_default();
        let raw = raw.split_once(" | ").map_or(raw, |(value, _)| value).trim_end_matches(|last: char| last.is_whitespace() || SEPARATORS.contains(&last));
        let named = self.text.get(..from).is_some_and(|name| name.trim_end().ends_with(':')) || raw.trim_start().starts_with(':');
        let value = raw.trim().trim_start_matches(':').trim();
        if named && !value.is_empty() && value.chars().count() <= 120 {
            let at = self.place(start..end.max(start));
            let at = Place { end_line: at.line, end_column: at.column + u32::try_from(raw.chars().count()).unwrap_or(0), ..at };
            let value = value.to_owned();
            let source = if at.line <= HEAD_LINES { ControlSource::BoldLine } else { ControlSource::Foot };
            self.document.control.add(field, &value, at, source);
        }
    }
}

fn is_of_foot(field: ControlField) -> bool {
    use ControlField::{ApprovedBy, ApprovedOn, EffectiveOn, LastReview, NextReview, ReviewInterval, Version};
    matches!(field, Version | ApprovedBy | ApprovedOn | EffectiveOn | LastReview | NextReview | ReviewInterval)
}
