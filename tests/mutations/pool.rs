//! Cases that are proved together, in one copy of the example and one run of the program.
//!
//! A case alone costs a copy and a run; there are more than a thousand. Most of them touch other files than their
//! neighbours do, so several are put into one copy, and what is found there must be exactly what all of them expect
//! together. Where it is not, the group is split in halves and each half is tried again, down to the single case: only
//! what a case does when it is alone is ever reported, so a group can make nobody fail.
//!
//! What a group could hide: a finding that one member misses and another one happens to cause, and a false alarm of one
//! that folds beneath a finding of another. Members of a group expect no rule in common, so whoever stands in for a missed
//! finding would have to cause one of a rule that it does not expect, about the same requirements and, where the case names
//! a place, in a file that it does not touch. `MUTATIONS_ALONE=1` runs each case alone and hides nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::Case;

/// How many cases share a copy at most. Of 1,368 cases, groups of 4, 6, 8, 12, 16 and 24 made 409, 308, 257, 220, 229 and
/// 297 runs: larger ones get into each other's way too often.
const MEMBERS: usize = 12;

/// Cases that are edited into one copy.
#[derive(Default)]
struct Group<'cases> {
    members: Vec<&'cases Case>,
    touched: BTreeSet<String>,
    rules: BTreeSet<&'cases str>,
}

impl<'cases> Group<'cases> {
    fn has_room(&self, touched: &BTreeSet<String>, rules: &BTreeSet<&str>) -> bool {
        self.members.len() < MEMBERS && self.touched.is_disjoint(touched) && self.rules.is_disjoint(rules)
    }

    fn add(&mut self, case: &'cases Case, touched: BTreeSet<String>, rules: BTreeSet<&'cases str>) {
        self.members.push(case);
        self.touched.extend(touched);
        self.rules.extend(rules);
    }
}

/// The cases in groups; the same cases always make the same groups.
pub(crate) fn groups<'cases>(cases: &'cases [Case], example: &Path) -> Vec<Vec<&'cases Case>> {
    if std::env::var_os("MUTATIONS_ALONE").is_some() {
        return cases.iter().map(|case| vec![case]).collect();
    }
    // A history is of one case, and a verdict speaks of everything that bears on it.
    let (pooled, alone): (Vec<&Case>, Vec<&Case>) = cases.iter().partition(|case| case.imported_on.is_none() && case.verdicts.is_empty());
    let mut days: BTreeMap<Option<&str>, Vec<&Case>> = BTreeMap::new();
    for case in pooled {
        days.entry(case.as_of.as_deref()).or_default().push(case);
    }
    let together = days.into_values().flat_map(|cases| spread(&cases, example));
    alone.into_iter().map(|case| vec![case]).chain(together).collect()
}

/// Neighbours in a file of cases are about the same registers: each begins its search for a group one further on.
fn spread<'cases>(cases: &[&'cases Case], example: &Path) -> Vec<Vec<&'cases Case>> {
    let number = cases.len().div_ceil(MEMBERS);
    let mut groups: Vec<Group<'cases>> = Vec::new();
    groups.resize_with(number, Group::default);
    for (index, &case) in cases.iter().enumerate() {
        let touched: BTreeSet<String> = case.edits.iter().flat_map(|edit| edit.touches(example)).collect();
        let rules: BTreeSet<&str> = case.finds.iter().map(|expected| expected.rule.as_str()).collect();
        let free = (0..groups.len()).map(|step| (index + step) % groups.len()).find(|&at| groups[at].has_room(&touched, &rules));
        let at = free.unwrap_or_else(|| {
            groups.push(Group::default());
            groups.len() - 1
        });
        groups[at].add(case, touched, rules);
    }
    groups.into_iter().map(|group| group.members).filter(|members| !members.is_empty()).collect()
}
