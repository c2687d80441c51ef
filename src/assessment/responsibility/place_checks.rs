//! Checks that look into the text of the scope statement: places, words that do not last, certificates for things.

use super::checks::{Check, CheckResult, Looked, check};
use super::scope::Scope;
use crate::assessment::inventory::Inventory;
use crate::documents::{Document, Passage, Section};
use crate::vocabulary::{list_some, plain};

/// The places of the scope are those that the programme of audits goes to.
pub(super) fn locations(looked: &Looked<'_, '_>, document: &Document) -> Check {
    const LOOKED_FOR: &str = "The places of the scope in the programme of internal audits";
    let id = "scope-locations-audited";
    let programmes: Vec<&Document> = looked.inventory.holding("audit-programme").documents.iter().map(|reference| reference.document).collect();
    let places = places(looked.inventory, document);
    if places.is_empty() || programmes.is_empty() {
        let prose = prose(looked.inventory, document).filter(|_| places.is_empty());
        let words = match (&prose, places.is_empty()) {
            (Some(_), _) => "places stand in prose and were not compared",
            (None, true) => "the scope has no list of places to compare",
            (None, false) => "no programme of internal audits was found",
        };
        let where_it_is = prose.map(|line| format!("{}:{line}", document.path)).into_iter().collect();
        return check(id, LOOKED_FOR, CheckResult::ForTheAuditor, words, where_it_is);
    }
    let mut found = Vec::new();
    let mut missing = Vec::new();
    for (place, line) in &places {
        let at = programmes.iter().find_map(|programme| mention(programme, place).map(|line| format!("{}:{line}", programme.path)));
        match at {
            Some(at) => found.push(at),
            None => missing.push(format!("{place} ({}:{line})", document.path)),
        }
    }
    found.dedup();
    let names: Vec<&str> = places.iter().map(|(place, _)| place.as_str()).collect();
    if missing.is_empty() {
        check(id, LOOKED_FOR, CheckResult::Found, format!("named there: {}", list_some(&names, 8)), found)
    } else {
        check(id, LOOKED_FOR, CheckResult::NotFound, format!("not named there: {}", list_some(&missing, 8)), found)
    }
}

/// The parts of the scope under its headings on locations.
fn on_locations<'run>(inventory: &Inventory<'_>, document: &'run Document) -> Vec<&'run Section> {
    let topic = inventory.topic_words.number("scope-statement", "locations");
    let headings = topic.map(|topic| inventory.topics_of(document).headings(topic).collect::<Vec<usize>>()).unwrap_or_default();
    headings.iter().filter_map(|index| document.sections.get(*index)).collect()
}

/// The line of the first text under such a heading.
fn prose(inventory: &Inventory<'_>, document: &Document) -> Option<u32> {
    let first = |section: &Section| document.passages.get(section.passages.clone()).and_then(<[Passage]>::first).map(|passage| passage.line);
    on_locations(inventory, document).into_iter().find_map(first)
}

/// The places that the scope names: first column of the tables, or items, under its heading on locations.
fn places(inventory: &Inventory<'_>, document: &Document) -> Vec<(String, u32)> {
    let mut found: Vec<(String, u32)> = Vec::new();
    for section in on_locations(inventory, document) {
        let next = document.sections.iter().find(|other| other.at.line > section.at.line && other.level <= section.level);
        let inside = |line: u32| line > section.at.line && next.is_none_or(|next| line < next.at.line);
        let rows = document.tables.iter().filter(|table| inside(table.at.line)).flat_map(|table| &table.rows);
        found.extend(rows.filter_map(|row| row.first()).map(|cell| (short(&cell.value), cell.at.line)));
        if found.is_empty() {
            found.extend(document.passages[section.passages.clone()].iter().map(|passage| (short(&passage.text), passage.line)));
        }
    }
    // A sentence is no name of a place.
    found.retain(|(place, _)| !place.is_empty() && place.split(' ').count() <= 4);
    found
}

/// "Leeds, 14 Canal Wharf" is a place in Leeds.
fn short(text: &str) -> String {
    text.split([',', '(', ':', ';', '.']).next().unwrap_or_default().trim().to_owned()
}

/// The line on which a document speaks of a place, by its name or by the first word of it.
fn mention(document: &Document, place: &str) -> Option<u32> {
    let whole = plain(place);
    let first = whole.split(' ').next().filter(|word| word.chars().count() > 3).unwrap_or(&whole).to_owned();
    let line_of = |words: &str| line_with(document.passages.iter(), |text| text.contains(&format!(" {words} ")));
    line_of(&whole).or_else(|| line_of(&first))
}

fn line_with<'all>(mut passages: impl Iterator<Item = &'all Passage>, holds: impl Fn(&str) -> bool) -> Option<u32> {
    passages.find(|passage| holds(&format!(" {} ", plain(&passage.text)))).map(|passage| passage.line)
}

/// A certificate is one of a management system: no tool, product or other party is called certified.
pub(super) fn nothing_called_certified(document: &Document) -> Check {
    const LOOKED_FOR: &str = "No tool, product or other party that is called certified";
    let id = "scope-calls-nothing-certified";
    let line = line_with(document.passages.iter(), |text| [" certified ", " certificate ", " certification "].iter().any(|word| text.contains(word)));
    match line {
        None => check(id, LOOKED_FOR, CheckResult::Found, "no such word", vec![document.path.to_string()]),
        Some(line) => {
            let words = "the text speaks of certificates; see whose they are";
            check(id, LOOKED_FOR, CheckResult::ForTheAuditor, words, vec![format!("{}:{line}", document.path)])
        }
    }
}

/// Head counts and version numbers outlive no year.
pub(super) fn lasting(scope: &Scope) -> Check {
    const LOOKED_FOR: &str = "Nothing in the statement that soon becomes untrue: numbers of people, versions";
    const FLEETING: [&str; 10] = ["employees", "people", "staff", "persons", "fte", "headcount", "seats", "version", "release", "users"];
    let id = "scope-lasts";
    let Some(text) = &scope.text else { return check(id, LOOKED_FOR, CheckResult::ForTheAuditor, "no sentence that states the scope was found", Vec::new()) };
    let plain_text = plain(&text.value);
    let all: Vec<&str> = plain_text.split(' ').collect();
    let is_number = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit()) && !word.is_empty();
    let fleeting = all.windows(2).find(|pair| (is_number(pair[0]) && FLEETING[..7].contains(&pair[1])) || (FLEETING.contains(&pair[0]) && is_number(pair[1])));
    match fleeting {
        None => check(id, LOOKED_FOR, CheckResult::Found, "no such number", vec![text.from.clone()]),
        Some(pair) => check(id, LOOKED_FOR, CheckResult::NotFound, format!("\u{201c}{}\u{201d} will not last", pair.join(" ")), vec![text.from.clone()]),
    }
}

/// A scope names services and an organization, not a method or a list of processes.
pub(super) fn no_method(scope: &Scope) -> Check {
    const LOOKED_FOR: &str = "Services in the statement, not methods";
    const METHODS: [&str; 8] = ["itil", "cobit", "devops", "scrum", "agile", "prince2", "verism", "siam"];
    let id = "scope-names-no-method";
    let Some(text) = &scope.text else { return check(id, LOOKED_FOR, CheckResult::ForTheAuditor, "no sentence that states the scope was found", Vec::new()) };
    let words = format!(" {} ", plain(&text.value));
    match METHODS.iter().find(|method| words.contains(&format!(" {method} "))) {
        None => check(
            id,
            LOOKED_FOR,
            CheckResult::Found,
            "no method is named; whether the services are services a customer would know is for the auditor",
            vec![text.from.clone()],
        ),
        Some(method) => check(id, LOOKED_FOR, CheckResult::NotFound, format!("it names a method: {method}"), vec![text.from.clone()]),
    }
}

/// What other parties deliver is not the organization's own.
pub(super) fn parties_named(looked: &Looked<'_, '_>, document: &Document) -> Check {
    const LOOKED_FOR: &str = "Other parties outside the scope, what they run inside it under control";
    let id = "scope-other-parties";
    let mut named: Vec<String> = looked
        .parties
        .iter()
        .filter_map(|party| {
            document.passages.iter().find(|passage| party.is_named_in(&passage.text)).map(|passage| format!("{}:{}", document.path, passage.line))
        })
        .collect();
    named.sort();
    named.dedup();
    if looked.parties.is_empty() {
        return check(id, LOOKED_FOR, CheckResult::ForTheAuditor, "no confirmed register of other parties was found", Vec::new());
    }
    if named.is_empty() {
        return check(id, LOOKED_FOR, CheckResult::Found, "the scope names none of the registered parties", vec![document.path.to_string()]);
    }
    check(id, LOOKED_FOR, CheckResult::ForTheAuditor, "the scope names other parties; see that it does not take their work for its own", named)
}
