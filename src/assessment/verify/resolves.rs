//! Links and references lead somewhere.

use std::collections::BTreeSet;

use super::super::inventory::Inventory;
use super::super::outcome::{Outcome, Status};
use super::super::records::{RecordRef, members_of, place_in, says_none_text};
use super::super::sequence;
use super::super::wording::Fact;
use super::fault;
use crate::documents::{Document, Link};
use crate::framework::{BuiltIn, FieldType};
use crate::repository::RepoPath;
use crate::vocabulary::slug;

/// Links of documents and references of records lead somewhere.
pub(super) fn resolves(inventory: &Inventory<'_>, kind: &str, field: Option<&str>) -> Outcome {
    let mut outcome = Outcome::new(Status::NothingToJudge);
    let wanted = |id: &str| kind == "all" || inventory.framework.is_a(id, kind);
    for (document, kinds) in inventory.controlled_documents().filter(|(_, kinds)| field.is_none() && kinds.iter().any(|known| wanted(&known.id))) {
        outcome.status = Status::Judged;
        let before = outcome.faults.len();
        links(inventory, document, &mut outcome);
        if outcome.faults.len() == before && !document.links.is_empty() {
            let provenance = kinds.iter().map(|kind| kind.provenance).max().unwrap_or(super::super::outcome::Identified::Inferred);
            outcome.cite(inventory, &document.path, document.links[0].at.line, "links", provenance);
        }
    }
    for (id, holding) in inventory.holdings.iter().filter(|(id, _)| wanted(id)) {
        for record in holding.records.iter().filter(|record| super::is_sure(record.provenance)) {
            debug_assert_eq!(record.kind.id.as_str(), *id);
            references(inventory, record, field, &mut outcome);
        }
    }
    outcome
}

fn links(inventory: &Inventory<'_>, document: &Document, outcome: &mut Outcome) {
    for link in &document.links {
        let Some(target) = local_target(&link.target) else { continue };
        let (path, anchor) = target.split_once('#').map_or((target.as_str(), ""), |(path, anchor)| (path, anchor));
        let bases = if path.is_empty() { vec![document.path.clone()] } else { bases(inventory, document, link, path) };
        let Some(found) = bases.iter().find(|resolved| inventory.documents.paths.contains(resolved) || resolved.as_bytes().is_empty()) else {
            let mut found = broken(document, link, &target, path, false);
            found.missing_kind = kind_beside(inventory, document, link);
            found.about.extend(bases.iter().find_map(|base| sequence::before_file(inventory, base)));
            outcome.faults.push(found);
            continue;
        };
        let other = inventory.documents.at(found);
        if !anchor.is_empty() && other.is_some_and(|other| !other.sections.is_empty() && !anchors(other).contains(&anchor.to_lowercase())) {
            outcome.faults.push(broken(document, link, &target, path, true));
        }
    }
}

/// The file of this repository to which a link leads; none for one that leads elsewhere or nowhere.
pub(in crate::assessment) fn leads_to(inventory: &Inventory<'_>, document: &Document, link: &Link) -> Option<RepoPath> {
    let target = local_target(&link.target)?;
    let path = target.split('#').next().filter(|path| !path.is_empty())?;
    bases(inventory, document, link, path).into_iter().find(|resolved| inventory.documents.paths.contains(resolved))
}

/// The kind that a register says a missing file is, in the same entry; only where there is nothing of that kind.
fn kind_beside(inventory: &Inventory<'_>, document: &Document, link: &Link) -> Option<String> {
    let holds = |record: &&crate::documents::Record| record.at.line <= link.at.line && link.at.line <= record.at.end_line;
    let entry = document.lists.iter().flat_map(|(_, records)| records).find(holds)?;
    let kind = entry.field("kind")?.value.as_text()?;
    inventory.kind(kind).filter(|kind| !inventory.has(&kind.id)).map(|kind| kind.id.clone())
}

/// Where a path may lead: from where the document stands; a bare path in a field also from the roots.
fn bases(inventory: &Inventory<'_>, document: &Document, link: &Link, path: &str) -> Vec<RepoPath> {
    let mut bases: Vec<RepoPath> = document.path.join(path).into_iter().collect();
    if link.bare_path && !path.split('/').any(|part| part == "..") {
        let path = path.trim_start_matches('/');
        bases.push(RepoPath::new([inventory.prefix, path.as_bytes()].concat()));
        bases.push(RepoPath::new(path));
    }
    bases
}

fn broken(document: &Document, link: &Link, target: &str, path: &str, anchor: bool) -> crate::assessment::outcome::Fault {
    let mut found = fault(BuiltIn::BrokenReference, document, link.at, target, Fact::BrokenLink { target: target.to_owned(), anchor });
    if !anchor {
        found.missing = vec![slug(&RepoPath::new(path).stem()), slug(&link.text)];
    }
    found
}

/// The target of a link that stays in the repository, percent signs undone; none for addresses of other places.
pub(in crate::assessment) fn local_target(target: &str) -> Option<String> {
    let has_scheme = target
        .split_once(':')
        .is_some_and(|(scheme, _)| !scheme.is_empty() && scheme.chars().all(|character| character.is_ascii_alphanumeric() || "+-.".contains(character)));
    if has_scheme || target.starts_with("//") || target.is_empty() || target.contains("{{") || target.contains("{%") {
        return None;
    }
    let without_query = target.split('?').next().unwrap_or_default();
    let mut bytes = Vec::with_capacity(without_query.len());
    let mut rest = without_query.bytes();
    while let Some(byte) = rest.next() {
        let hex = |byte: Option<u8>| byte.and_then(|byte| (byte as char).to_digit(16));
        if byte == b'%' {
            let mut ahead = rest.clone();
            if let (Some(high), Some(low)) = (hex(ahead.next()), hex(ahead.next())) {
                bytes.push(u8::try_from(high * 16 + low).unwrap_or(b'?'));
                rest = ahead;
                continue;
            }
        }
        bytes.push(byte);
    }
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

/// The anchors of a document's headings, as Git hosts make them.
fn anchors(document: &Document) -> BTreeSet<String> {
    let mut seen = BTreeSet::new();
    for section in &document.sections {
        let base: String = section
            .title
            .to_lowercase()
            .chars()
            .filter_map(|character| match character {
                ' ' => Some('-'),
                character if character.is_alphanumeric() || character == '-' || character == '_' => Some(character),
                _ => None,
            })
            .collect();
        let mut anchor = base.clone();
        let mut number = 1;
        while !seen.insert(anchor.clone()) {
            anchor = format!("{base}-{number}");
            number += 1;
        }
    }
    seen
}

fn references(inventory: &Inventory<'_>, record: &RecordRef<'_>, only: Option<&str>, outcome: &mut Outcome) {
    let reference_fields = record.kind.fields.iter().filter(|field| matches!(field.kind, FieldType::Reference | FieldType::References));
    for field in reference_fields.filter(|field| only.is_none_or(|only| field.name == only)) {
        let (Some(of), Some(written)) = (field.of.as_deref(), record.filled(inventory, &field.name)) else { continue };
        // What is kept elsewhere, or is nowhere here and need not be, cannot be looked up.
        let demanded = inventory.kind(of).is_some_and(|kind| kind.demanded.is_some());
        if inventory.is_external(of) || inventory.has_unread(of) || (!inventory.has(of) && !demanded) {
            continue;
        }
        outcome.status = Status::Judged;
        for (value, at) in members_of(&written.value).into_iter().filter(|(value, _)| !says_none_text(value)) {
            if inventory.references.knows(of, &value) {
                continue;
            }
            let id = record.id(inventory);
            let title = inventory.kind(of).map_or(of, |kind| kind.title.as_str()).to_owned();
            let fact = Fact::UnknownReference { record: id.clone(), field: field.name.clone(), value: value.clone(), kind: title };
            let mut found = fault(BuiltIn::BrokenReference, record.document, at, format!("{}={value}", field.name), fact);
            found.subject = id;
            found.place = Some(place_in(record.document, at));
            found.missing = vec![slug(&value)];
            found.missing_kind = (!inventory.has(of)).then(|| of.to_owned());
            found.about.extend(sequence::before_id(inventory, of, &value));
            outcome.faults.push(found);
        }
    }
}
