//! Whom the documents, the configuration and Git name, for reports that leave names out.
//!
//! A field that asks for "a person or a post" is as often filled with a role, a board or a team. A report without roles is
//! of no use, and one with names must not go out: so a text counts as a person's name if it stands where people are
//! named, has the form of a name, is not the name of a role, party, service or process of the organization's own registers,
//! and has none of the words by which posts, groups and parties are called.

use std::collections::BTreeSet;

use super::inventory::Inventory;
use super::not_names::is_word_of_posts;
use super::records::{RecordRef, members_of, says_none_text};
use crate::documents::{ControlField, Document, Record, Table};
use crate::framework::{FieldType, Form};
use crate::repository::CodeOwners;
use crate::vocabulary::{is_placeholder, key_of, plain};
use crate::yaml::{Node, NodeKind};

/// Persons, and names that are none.
#[derive(Clone, Debug, Default)]
pub struct NamedPeople {
    /// Names of persons as they are written, and addresses and handles by which they go.
    pub names: BTreeSet<String>,
    /// Names of organizations, services and roles, which stay even where a person's name is part of them.
    pub others: BTreeSet<String>,
}

/// Keys under which people stand, beside everything that ends with `by` or `owner`.
const KEYS: [&str; 30] = [
    "by",
    "approver",
    "approvers",
    "assessor",
    "assignee",
    "attendees",
    "auditee",
    "auditees",
    "auditor",
    "auditors",
    "author",
    "authors",
    "chair",
    "contact",
    "contact_person",
    "contacts",
    "deputy",
    "employee",
    "holder",
    "interviewed",
    "interviewees",
    "manager",
    "owner",
    "participants",
    "people",
    "person",
    "present",
    "requester",
    "reviewer",
    "signatory",
];

/// Words that join what belongs to one name.
const PARTICLES: [&str; 20] =
    ["van", "von", "de", "der", "den", "del", "della", "di", "da", "dos", "du", "la", "le", "bin", "ibn", "al", "el", "ter", "zu", "af"];

/// Fields of registers that name what is no person.
const NAMES_OF_OTHERS: [&str; 5] = ["name", "party", "role", "process", "service"];

/// Everybody who is named.
pub(super) fn named_people(inventory: &Inventory<'_>, owners: &CodeOwners) -> NamedPeople {
    let mut finder = Finder { others: others(inventory), found: NamedPeople::default() };
    finder.found.others = finder.others.names.clone();
    let settings = inventory.settings;
    let roles = [&settings.roles.top_management, &settings.roles.authorized_managers, &settings.roles.auditors];
    let configured = roles.into_iter().flatten().chain(settings.accepted.iter().map(|accepted| &accepted.owner));
    configured.chain(settings.external.iter().filter_map(|external| external.owner.as_ref())).for_each(|text| finder.take(text, true));
    for record in inventory.holdings.values().flat_map(|holding| &holding.records) {
        typed(inventory, record, &mut finder);
    }
    inventory.documents.all.iter().for_each(|document| finder.document(document));
    for commit in &inventory.history.commits {
        finder.take(&commit.author, true);
        commit.approvals.iter().for_each(|approval| finder.take(approval, true));
    }
    owners.everyone().for_each(|owner| finder.take(owner, true));
    finder.found
}

/// Fields of which the map says that they hold a person or a post.
fn typed(inventory: &Inventory<'_>, record: &RecordRef<'_>, finder: &mut Finder) {
    for field in record.kind.fields.iter().filter(|field| field.kind == FieldType::Person) {
        if let Some(found) = record.filled(inventory, &field.name) {
            found.value.as_text().into_iter().for_each(|text| finder.take(text, true));
            members_of(&found.value).iter().for_each(|(text, _)| finder.take(text, true));
        }
    }
}

#[derive(Default)]
struct Others {
    names: BTreeSet<String>,
    plain: BTreeSet<String>,
}

impl Others {
    /// Whether a text is the name of one of them. Where it is not sure to name somebody, the beginning of one is enough:
    /// people shorten the names of parties ("Stratus Nine" for "Stratus Nine Cloud Ltd").
    fn has(&self, text: &str, sure: bool) -> bool {
        let text = plain(text);
        let begins = format!("{text} ");
        self.plain.contains(&text) || !sure && self.plain.range(begins.clone()..).next().is_some_and(|other| other.starts_with(&begins))
    }
}

/// Names in registers that are no persons: parties, services, processes, roles; and the organization itself.
fn others(inventory: &Inventory<'_>) -> Others {
    let mut others = Others::default();
    let mut add = |text: &str| {
        others.names.insert(text.trim().to_owned());
        others.plain.insert(plain(text));
    };
    inventory.settings.organization.iter().chain(&inventory.settings.unit).for_each(|name| add(name));
    for record in inventory.holdings.values().flat_map(|holding| &holding.records) {
        let is_of_others = |name: &str, kind: FieldType| kind != FieldType::Person && NAMES_OF_OTHERS.contains(&name);
        for field in record.kind.fields.iter().filter(|field| is_of_others(&field.name, field.kind)) {
            if record.kind.form == Form::Register || field.name == "role" {
                record.text(inventory, &field.name).into_iter().for_each(&mut add);
            }
        }
    }
    others
}

struct Finder {
    others: Others,
    found: NamedPeople,
}

impl Finder {
    fn document(&mut self, document: &Document) {
        for field in [ControlField::Owner, ControlField::ApprovedBy] {
            document.control.all(field).iter().for_each(|value| self.take(&value.value, true));
        }
        self.record(&document.head);
        document.lists.iter().flat_map(|(_, records)| records).chain(&document.table_records).for_each(|record| self.record(record));
        document.tables.iter().for_each(|table| self.table(table));
    }

    fn record(&mut self, record: &Record) {
        record.fields.iter().for_each(|field| self.node(&field.key, &field.value));
    }

    fn node(&mut self, key: &str, node: &Node) {
        match &node.kind {
            NodeKind::Text(text) if is_key_of_people(key) => self.take(text, false),
            NodeKind::List(items) => items.iter().for_each(|item| self.node(key, item)),
            NodeKind::Map(pairs) => pairs.iter().for_each(|(name, value)| self.node(&key_of(&name.value), value)),
            _ => {}
        }
    }

    /// Columns of people, those of tables of versions, and the names in tables of approvals and in tables of control data.
    fn table(&mut self, table: &Table) {
        let heads: Vec<String> = table.header.iter().map(|cell| key_of(&cell.value)).collect();
        let signs = heads.iter().any(|head| head.starts_with("sign") || head.starts_with("approv"));
        for row in std::iter::once(&table.header).chain(&table.rows) {
            for (cell, head) in row.iter().zip(&heads) {
                if is_key_of_people(head) || signs && ["name", "full_name", "who"].contains(&head.as_str()) {
                    self.take(&cell.value, false);
                }
            }
            if let [name, value] = row.as_slice()
                && is_key_of_people(&key_of(name.value.trim_end_matches(':')))
            {
                self.take(&value.value, false);
            }
        }
    }

    /// The names in a text. Only where it is sure to name somebody can a single word be a name.
    fn take(&mut self, text: &str, sure: bool) {
        const LONGEST: usize = 2_000;
        if text.len() > LONGEST || says_none_text(text) || is_placeholder(text) {
            return;
        }
        for word in text.split(|character: char| character.is_whitespace() || "<>(),;".contains(character)).filter(|word| word.contains('@')) {
            self.address(word);
        }
        let turned = turned_round(text);
        for piece in turned.iter().map(String::as_str).chain(pieces(text)) {
            let words: Vec<&str> = piece.split_whitespace().collect();
            let fits = if words.len() == 1 { sure && turned.is_none() } else { true };
            if fits && is_form_of_a_name(&words) && !words.iter().any(|word| is_word_of_posts(word)) && !self.others.has(piece, sure) {
                self.found.names.insert(words.join(" "));
            }
        }
    }

    /// An address or handle of a person; those of posts (`service.desk@`) and of teams (`@org/team`) stay.
    fn address(&mut self, word: &str) {
        let local = word.trim_start_matches('@').split('@').next().unwrap_or_default();
        let is_team = word.starts_with('@') && word.contains('/');
        if !is_team && !local.is_empty() && !local.split(['.', '-', '_', '+']).any(is_word_of_posts) {
            self.found.names.insert(word.to_owned());
        }
    }
}

fn is_key_of_people(key: &str) -> bool {
    KEYS.contains(&key) || key.ends_with("_by") || key.ends_with("_owner") || key.ends_with("_manager") || key.contains("_by_")
}

/// The parts of a text that may each be a name.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    const JOINTS: [&str; 9] = [" and ", " und ", " et ", " y ", " for ", " on ", " as ", " by ", " - "];
    let mut pieces: Vec<&str> = text.split([',', ';', '\n', '/', '|', '&', '(', ')', '<', '>', ':', '–']).collect();
    for joint in JOINTS {
        pieces = pieces.into_iter().flat_map(|piece| piece.split(joint)).collect();
    }
    pieces.into_iter().map(str::trim).filter(|piece| !piece.is_empty())
}

/// "Vance, Ingrid".
fn turned_round(text: &str) -> Option<String> {
    let (last, first) = text.trim().split_once(", ")?;
    let one_word = |part: &str| part.split_whitespace().count() == 1 && is_form_of_a_name(&[part]);
    (one_word(last) && one_word(first)).then(|| format!("{first} {last}"))
}

/// Up to five words, each with a capital (or in a writing that knows none), joined by nothing but particles.
fn is_form_of_a_name(words: &[&str]) -> bool {
    let is_part = |word: &&str| {
        let begins = word.chars().next().is_some_and(|first| first.is_alphabetic() && !first.is_lowercase());
        let letters = word.chars().all(|character| character.is_alphabetic() || "'’-.".contains(character));
        letters && (begins || PARTICLES.contains(word))
    };
    // Shouted abbreviations ("IT", "SMS AG") are no names.
    let has_small = |word: &&str| word.chars().any(|character| !character.is_uppercase() && character.is_alphabetic()) || word.chars().count() > 4;
    let real = |word: &&&str| !PARTICLES.contains(*word) && word.chars().count() > 1;
    (1..=5).contains(&words.len()) && words.iter().all(is_part) && words.iter().filter(real).any(has_small) && words.concat().chars().count() > 2
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, sure: bool) -> Vec<String> {
        let mut others = Others::default();
        others.plain.extend([plain("Corvid Networks"), plain("Stratus Nine Cloud Ltd"), plain("Hugo Marsh Ltd")]);
        let mut finder = Finder { others, found: NamedPeople::default() };
        finder.take(text, sure);
        finder.found.names.into_iter().collect()
    }

    #[test]
    fn people_are_found_in_what_people_write() {
        assert_eq!(found("Ingrid Vance", false), ["Ingrid Vance"]);
        assert_eq!(found("Managing Director (Ingrid Vance)", false), ["Ingrid Vance"]);
        assert_eq!(found("Ingrid Vance and Tomas O'Reyes; Jan van der Berg", false), ["Ingrid Vance", "Jan van der Berg", "Tomas O'Reyes"]);
        assert_eq!(found("Vance, Ingrid", false), ["Ingrid Vance"]);
        assert_eq!(found("I. Vance <ingrid.vance@example.org>", false), ["I. Vance", "ingrid.vance@example.org"]);
        assert_eq!(found("Ingrid", true), ["Ingrid"]);
        assert!(found("Ingrid", false).is_empty());
        assert_eq!(found("Hugo Marsh", true), ["Hugo Marsh"], "whoever trades under the own name is a person all the same");
        assert!(found("Capacity manager; Stratus Nine for its platform", false).is_empty(), "a party's name, shortened");
    }

    #[test]
    fn posts_groups_and_parties_are_no_people() {
        for text in [
            "Change Advisory Board",
            "Service desk",
            "Operations",
            "Head of IT",
            "IT",
            "Corvid Networks",
            "CIO",
            "Service desk Leeds (16)",
            "Two engineers who joined in July",
            "TBD",
            "none",
            "@org/team",
            "service.desk@example.org",
            "Iron Vault Ltd",
        ] {
            assert!(found(text, true).is_empty(), "{text}: {:?}", found(text, true));
        }
    }
}
