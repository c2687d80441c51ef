//! Checks of documents as such, which no single requirement expects: placeholders, doubles, dates that cannot be read.

use std::collections::BTreeMap;

use jiff::ToSpan;

use super::finding::FindingPlace;
use super::inventory::Inventory;
use super::outcome::{Breach, Fault, Identified};
use super::recognition::{Identification, Identity};
use super::records::{RecordRef, members_of, place_in, says_none_text};
use super::references::lies_at;
use super::verify::{name_of, subject_of};
use super::wording::Fact;
use super::{content, custody, sequence};
use crate::documents::{Cause, ControlField, ControlValue, Document, Format};
use crate::framework::{BuiltIn, Expectation, FieldType};
use crate::repository::RepoPath;
use crate::vocabulary::{ClauseNumber, DateReading, Place, RequirementId, is_placeholder, plain, read_date};
use crate::yaml::NodeKind;

/// Every fault of documents as such.
pub(super) fn faults(inventory: &Inventory<'_>, uncommitted: &[RepoPath]) -> Vec<Fault> {
    let mut faults = Vec::new();
    for Identity { document, kinds, .. } in inventory.identified {
        defects(document, kinds, &mut faults);
        unknown_words(inventory, document, kinds, &mut faults);
    }
    for (document, kinds) in inventory.controlled_documents() {
        placeholders(document, &mut faults);
        disagreements(document, &mut faults);
        control_dates(document, &mut faults);
        control_interval(document, &mut faults);
        control_types(document, &mut faults);
        control_order(document, &mut faults);
        stub(inventory, document, kinds, &mut faults);
    }
    for holding in inventory.holdings.values() {
        for record in holding.records.iter().filter(|record| record.provenance != Identified::Inferred) {
            values(inventory, record, &mut faults);
        }
    }
    faults.extend(content::faults(inventory));
    faults.extend(custody::faults(inventory));
    doubles(inventory, &mut faults);
    names(inventory, &mut faults);
    settings(inventory, &mut faults);
    for path in uncommitted {
        if let Some(document) = inventory.identified.iter().find(|one| one.document.path == *path && !one.kinds.is_empty()).map(|one| one.document) {
            faults.push(fault(BuiltIn::Uncommitted, document, Place::line(1), "working tree", Fact::Uncommitted { document: path.to_string() }));
        }
    }
    for skipped in &inventory.documents.not_followed {
        let place = whole(&skipped.path);
        let fact = Fact::LinkNotFollowed { reason: format!("{} is {}", skipped.path, skipped.reason) };
        faults.push(at_path(BuiltIn::LinkNotFollowed, skipped.path.to_string(), "link", place, fact));
    }
    faults
}

fn fault(check: BuiltIn, document: &Document, at: Place, target: impl Into<String>, fact: Fact) -> Fault {
    at_path(check, subject_of(document), target, place_in(document, at), fact)
}

fn at_path(check: BuiltIn, subject: String, target: impl Into<String>, place: FindingPlace, fact: Fact) -> Fault {
    Fault::new(Breach::Check(check), subject, target, place, fact)
}

fn whole(path: &RepoPath) -> FindingPlace {
    FindingPlace { path: path.to_string(), line: 0, column: 1, end_line: 0, end_column: 1 }
}

fn defects(document: &Document, kinds: &[Identification], faults: &mut Vec<Fault>) {
    for defect in &document.defects {
        let (check, fact) = match defect.cause {
            Cause::NotRead | Cause::HeadNotRead | Cause::NotUnderstood => (BuiltIn::Unreadable, Fact::Unreadable { cause: defect.message.clone() }),
            Cause::Empty => (BuiltIn::EmptyDocument, Fact::Empty { document: document.path.to_string(), stub: false, named_by: None }),
            Cause::HiddenCharacters if kinds.is_empty() => continue,
            Cause::HiddenCharacters => (BuiltIn::HiddenCharacters, Fact::Hidden { message: defect.message.clone() }),
        };
        // A file of a foreign kind that happens to be no valid YAML is listed as not checked, not accused.
        let foreign = kinds.is_empty() && document.kinds.is_empty() && document.format != Format::Markdown;
        if foreign && defect.cause != Cause::Empty {
            continue;
        }
        if defect.cause == Cause::Empty && kinds.is_empty() && document.format != Format::Markdown {
            continue;
        }
        let target = format!("{:?} {}", defect.cause, plain(&defect.message));
        faults.push(fault(check, document, defect.at, target, fact));
    }
}

fn placeholders(document: &Document, faults: &mut Vec<Fault>) {
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for placeholder in &document.placeholders {
        let number = seen.entry(&placeholder.value).or_default();
        *number += 1;
        let fact = Fact::Placeholder { document: name_of(document), value: placeholder.value.clone() };
        faults.push(fault(BuiltIn::Placeholder, document, placeholder.at, format!("{} {number}", placeholder.value), fact));
    }
}

fn disagreements(document: &Document, faults: &mut Vec<Fault>) {
    for (field, first, other) in document.control.disagreements() {
        faults.push(fault(BuiltIn::ControlDisagrees, document, other.at, field.name(), disagreement(field, first, other)));
    }
}

/// Two places of a document that say different things of one field.
pub(super) fn disagreement(field: ControlField, first: &ControlValue, other: &ControlValue) -> Fact {
    Fact::ControlDisagrees {
        field: field.name(),
        first: first.value.clone(),
        first_source: first.source.words(),
        first_line: first.at.line,
        other: other.value.clone(),
        other_source: other.source.words(),
    }
}

fn control_dates(document: &Document, faults: &mut Vec<Fault>) {
    for field in [ControlField::ApprovedOn, ControlField::EffectiveOn, ControlField::LastReview, ControlField::NextReview] {
        let Some(value) = document.control.get(field) else { continue };
        if let Some(fact) = bad_date(field.name(), &value.value) {
            faults.push(fault(BuiltIn::BadDate, document, value.at, field.name(), fact));
        }
    }
}

/// A review interval that says no length of time.
fn control_interval(document: &Document, faults: &mut Vec<Fault>) {
    let value = document.control.get(ControlField::ReviewInterval);
    if let Some(value) = value.filter(|value| crate::vocabulary::Interval::parse(&value.value).is_none() && !says_none_text(&value.value)) {
        let expected = "a length of time such as 12 months".to_owned();
        let fact = Fact::BadValue { field: "review_interval".to_owned(), value: value.value.clone(), expected };
        faults.push(fault(BuiltIn::BadValue, document, value.at, "review_interval", fact));
    }
}

/// Control data that are no plain text: a mapping as title, a list as version.
fn control_types(document: &Document, faults: &mut Vec<Fault>) {
    for field in &document.head.fields {
        let Some(control) = ControlField::from_name(&field.name.value) else { continue };
        let many = matches!(control, ControlField::Kind | ControlField::Clauses | ControlField::Owner | ControlField::ApprovedBy);
        let wrong = (field.value.as_map().is_some() && control != ControlField::Clauses) || (field.value.as_list().is_some() && !many);
        if wrong || field.value.kind == NodeKind::Null {
            let value = field.value.type_name().to_owned();
            let fact = Fact::BadValue { field: control.name().to_owned(), value, expected: "text".to_owned() };
            faults.push(fault(BuiltIn::BadValue, document, field.name.at, control.name(), fact));
        }
    }
}

/// An approval older than the newest version, and a review that is planned further off than the document's own interval.
fn control_order(document: &Document, faults: &mut Vec<Fault>) {
    const SLACK: i64 = 31;
    let day = |field: ControlField| document.control.get(field).and_then(|value| read_date(&value.value).day());
    let said = |what: &str, detail: String| Fact::Broken { record: name_of(document), fault: what.to_owned(), detail };
    let newest = document.tables.iter().filter_map(crate::documents::Table::newest_version_on).max_by_key(|(day, _)| *day);
    if let (Some(approved), Some((version_on, at)), Some(value)) = (day(ControlField::ApprovedOn), newest, document.control.get(ControlField::ApprovedOn))
        && approved < version_on
    {
        let detail = format!("approved on {approved}; the newest version is of {version_on}, line {}", at.line);
        faults.push(fault(BuiltIn::ApprovalBeforeVersion, document, value.at, "approved_on", said("its approval is older than its newest version", detail)));
    }
    let interval = document.control.get(ControlField::ReviewInterval).and_then(|value| crate::vocabulary::Interval::parse(&value.value));
    let last = [ControlField::LastReview, ControlField::ApprovedOn, ControlField::EffectiveOn].into_iter().filter_map(day).max();
    if let (Some(interval), Some(last), Some(next), Some(value)) =
        (interval, last, day(ControlField::NextReview), document.control.get(ControlField::NextReview))
        && next > interval.after(last).saturating_add(SLACK.days())
    {
        let detail = format!("planned for {next}; {interval} after {last} is {}", interval.after(last));
        faults.push(fault(
            BuiltIn::ReviewPlannedTooLate,
            document,
            value.at,
            "next_review",
            said("its next review lies further off than its own interval", detail),
        ));
    }
}

fn bad_date(field: &str, value: &str) -> Option<Fact> {
    let ambiguous = match read_date(value) {
        DateReading::Ambiguous => true,
        DateReading::Impossible | DateReading::Other => false,
        DateReading::Day(_) | DateReading::Placeholder => return None,
    };
    (!says_none_text(value)).then(|| Fact::BadDate { field: field.to_owned(), value: value.to_owned(), ambiguous })
}

fn stub(inventory: &Inventory<'_>, document: &Document, kinds: &[Identification], faults: &mut Vec<Fault>) {
    let is_record = kinds.iter().any(|kind| inventory.kind(&kind.id).is_some_and(|kind| kind.form == crate::framework::Form::Record));
    if document.is_stub() && !is_record && !document.is_withdrawn() && document.defects.is_empty() {
        let found = fault(BuiltIn::EmptyDocument, document, Place::line(1), "body", Fact::Empty { document: name_of(document), stub: true, named_by: None });
        faults.push(Fault { missing: vec![crate::vocabulary::slug(&document.path.stem())], ..found });
    }
}

/// Requirements that only an interview settles and that look for some values of the field at fault: a strange value there is
/// a question to that interview, and no matter of how files are kept.
pub(super) fn asking_for_value(inventory: &Inventory<'_>, fault: &Fault) -> Vec<String> {
    let (Some(BuiltIn::BadValue), Some(place)) = (fault.check(), &fault.place) else { return Vec::new() };
    let of_record = |kind: &str| {
        let mut records = inventory.holding(kind).records.iter();
        records.any(|record| record.document.path.to_string() == place.path && record.id(inventory) == fault.subject)
    };
    let looks = |asked: &crate::framework::Asked| match &asked.expectation {
        Expectation::Records { kind, filter, .. } => filter.0.iter().any(|test| test.field == fault.target && test.is.is_some()) && of_record(kind),
        _ => false,
    };
    let asking = inventory.framework.requirements().filter(|(_, requirement)| requirement.is_conduct() && requirement.expects.iter().any(looks));
    asking.map(|(_, requirement)| requirement.id.clone()).collect()
}

/// Dates that are none, numbers that are none, choices that are not offered.
fn values(inventory: &Inventory<'_>, record: &RecordRef<'_>, faults: &mut Vec<Fault>) {
    for field in &record.kind.fields {
        let Some(written) = record.filled(inventory, &field.name) else { continue };
        let text = written.value.as_text();
        let fact = match (field.kind, text) {
            (FieldType::Date, Some(text)) => bad_date(&field.name, text).map(|fact| (BuiltIn::BadDate, fact)),
            (FieldType::Number, Some(text)) if !text.chars().any(|character| character.is_ascii_digit()) && !says_none_text(text) => {
                Some((BuiltIn::BadValue, Fact::BadValue { field: field.name.clone(), value: text.to_owned(), expected: "a number".to_owned() }))
            }
            (FieldType::Choice, _) => {
                let allowed: Vec<String> = field.values.iter().map(|value| plain(value)).collect();
                let strange = members_of(&written.value).into_iter().find(|(value, _)| !says_none_text(value) && !allowed.contains(&plain(value)));
                strange.map(|(value, _)| {
                    let expected = format!("one of {}", crate::vocabulary::listing(&field.values));
                    (BuiltIn::BadValue, Fact::BadValue { field: field.name.clone(), value, expected })
                })
            }
            (FieldType::Text | FieldType::Person, None) if written.value.as_map().is_some() => {
                let expected = "text".to_owned();
                Some((BuiltIn::BadValue, Fact::BadValue { field: field.name.clone(), value: written.value.type_name().to_owned(), expected }))
            }
            (FieldType::Date | FieldType::Number, None) => {
                let expected = if field.kind == FieldType::Date { "a date" } else { "a number" };
                Some((
                    BuiltIn::BadValue,
                    Fact::BadValue { field: field.name.clone(), value: written.value.type_name().to_owned(), expected: expected.to_owned() },
                ))
            }
            _ => None,
        };
        if let Some((check, fact)) = fact {
            let mut found = fault(check, record.document, written.value.at, field.name.clone(), fact);
            found.subject = record.id(inventory);
            faults.push(found);
        }
    }
    // A placeholder in a record is reported where the record is not complete without it; else here.
    if record.document.format == Format::Csv {
        for field in record.record.fields.iter().filter(|field| field.value.as_text().is_some_and(is_placeholder)) {
            let value = field.value.as_text().unwrap_or_default().to_owned();
            let fact = Fact::Placeholder { document: record.id(inventory), value };
            faults.push(fault(BuiltIn::Placeholder, record.document, field.value.at, format!("{} {}", record.id(inventory), field.key), fact));
        }
    }
}

/// Two live documents, or two records of a kind, with one id.
fn doubles(inventory: &Inventory<'_>, faults: &mut Vec<Fault>) {
    let mut documents: BTreeMap<String, Vec<(&Document, Place)>> = BTreeMap::new();
    for (document, _) in inventory.controlled_documents() {
        if let Some(id) = document.control.get(ControlField::Id).filter(|_| !document.is_withdrawn()) {
            documents.entry(plain(&id.value)).or_default().push((document, id.at));
        }
    }
    for places in documents.values().filter(|places| places.len() > 1) {
        for pair in places.windows(2) {
            let id = pair[1].0.control.get(ControlField::Id).map(|id| id.value.clone()).unwrap_or_default();
            let listed = pair.iter().find_map(|(document, _)| listed_otherwise(inventory, document, &id)).unwrap_or_default();
            let fact = Fact::DuplicateId { id, other: format!("{}:{}", pair[0].0.path, pair[0].1.line), listed };
            let mut found = fault(BuiltIn::DuplicateId, pair[1].0, pair[1].1, pair[1].0.path.to_string(), fact);
            found.contradicts = true;
            found.about.extend(sequence_of(&found.fact));
            faults.push(found);
        }
    }
    for holding in inventory.holdings.values() {
        let mut records: BTreeMap<String, Vec<&RecordRef<'_>>> = BTreeMap::new();
        for record in holding.records.iter().filter(|record| record.provenance != Identified::Inferred && record.kind.form != crate::framework::Form::Document)
        {
            let in_list = !std::ptr::eq(record.record, &record.document.head);
            if let Some(id) = record.text(inventory, "id").filter(|_| in_list) {
                records.entry(plain(id)).or_default().push(record);
            }
        }
        for same in records.values().filter(|same| same.len() > 1) {
            for pair in same.windows(2) {
                let first = pair[0].place(inventory, "id");
                let fact = Fact::DuplicateId { id: pair[1].id(inventory), other: format!("{}:{}", first.path, first.line), listed: String::new() };
                let place = pair[1].place(inventory, "id");
                let mut found = at_path(BuiltIn::DuplicateId, pair[1].id(inventory), format!("{} in {}", pair[1].kind.id, place.path), place, fact);
                found.contradicts = true;
                found.about.extend(sequence_of(&found.fact));
                found.special = inventory.special_of_kind(BuiltIn::DuplicateId, &pair[1].kind.id);
                faults.push(found);
            }
        }
    }
}

/// The other id under which the register of documents lists a document, in words: it may be the one that was meant.
fn listed_otherwise(inventory: &Inventory<'_>, document: &Document, id: &str) -> Option<String> {
    let path = document.path.to_string();
    let entries = &inventory.holding("document-register").records;
    let entry = entries.iter().find(|entry| entry.text(inventory, "location").is_some_and(|place| lies_at(&path, place)))?;
    let other = entry.text(inventory, "id").filter(|other| plain(other) != plain(id))?;
    let place = entry.place(inventory, "id");
    Some(format!("; {}:{} lists {path} as {other}", place.path, place.line))
}

/// The sequence that a doubled id belongs to.
fn sequence_of(fact: &Fact) -> Option<String> {
    let Fact::DuplicateId { id, .. } = fact else { return None };
    sequence::numbered(id).map(|(prefix, ..)| sequence::of(&prefix))
}

/// Kinds and clauses that a document names and the map lacks.
fn unknown_words(inventory: &Inventory<'_>, document: &Document, kinds: &[Identification], faults: &mut Vec<Fault>) {
    let framework = inventory.framework;
    let identified = kinds.iter().filter(|kind| kind.provenance != Identified::Inferred).count();
    // `kind: Deployment` of another tool is no misspelling; a file that also claims clauses or looks controlled is ours.
    let ours = document.format == Format::Markdown
        && (!document.claims.is_empty() || document.control.get(ControlField::Owner).is_some() || document.control.get(ControlField::ApprovedBy).is_some());
    if identified == 0 && (ours || !document.kinds.is_empty()) {
        for word in &document.kinds {
            let wanted = crate::vocabulary::slug(&word.value);
            let nearest = framework
                .kinds
                .keys()
                .map(|known| (strsim::damerau_levenshtein(known, &wanted), known))
                .min()
                .filter(|(distance, _)| *distance <= wanted.len() / 3);
            // In a file of which nothing else says that it is ours, only an obvious slip of the pen is told.
            if !ours && nearest.as_ref().is_none_or(|(distance, _)| *distance > 2 || wanted.len() < 8) {
                continue;
            }
            let fact = Fact::UnknownKind { value: word.value.clone(), nearest: nearest.map(|(_, known)| known.clone()) };
            faults.push(fault(BuiltIn::UnknownKind, document, word.at, word.value.clone(), fact));
        }
    }
    for claim in &document.claims {
        let is_number = |text: &str| {
            let number = ClauseNumber::parse(text);
            number.is_some_and(|number| framework.clauses.iter().any(|clause| clause.number().is_some_and(|other| number.contains(&other))))
        };
        // "4 to 7" claims all between them.
        let range = [" to ", "-", "–"].iter().find_map(|joint| claim.value.split_once(joint));
        let known = framework.requirement(&claim.value).is_some()
            || is_number(&claim.value)
            || range.is_some_and(|(from, to)| is_number(from.trim()) && is_number(to.trim()));
        if !known {
            let nearest = nearest_clauses(inventory, &claim.value);
            let fact = Fact::UnknownClause { value: claim.value.clone(), nearest };
            faults.push(fault(BuiltIn::UnknownClause, document, claim.at, claim.value.clone(), fact));
        }
    }
}

fn nearest_clauses(inventory: &Inventory<'_>, value: &str) -> Vec<String> {
    // Full-width digits are no digits of a clause number; only the search for what was meant reads them as such.
    let ascii = |character: char| match character {
        '０'..='９' => char::from_digit(character as u32 - '０' as u32, 10).unwrap_or(character),
        '．' => '.',
        other => other,
    };
    let value: String = value.trim().chars().map(ascii).collect();
    let value = RequirementId::parse(&value).map_or(value, |id| id.clause().to_string());
    let mut known: Vec<(usize, String)> =
        inventory.framework.clauses.iter().map(|clause| (strsim::damerau_levenshtein(&clause.number, &value), clause.number.clone())).collect();
    known.sort();
    known.into_iter().take(3).map(|(_, number)| number).collect()
}

/// File names that some systems cannot hold apart, or at all.
fn names(inventory: &Inventory<'_>, faults: &mut Vec<Fault>) {
    let mut folded: BTreeMap<String, Vec<&RepoPath>> = BTreeMap::new();
    for Identity { document, .. } in inventory.identified {
        folded.entry(document.path.to_string().to_lowercase()).or_default().push(&document.path);
    }
    for same in folded.values().filter(|same| same.len() > 1) {
        let why = format!("{} and {} are one file on systems that do not tell capitals apart", same[0], same[1]);
        faults.push(at_path(BuiltIn::UnsafeName, same[1].to_string(), "case", whole(same[1]), Fact::UnsafeName { why }));
    }
    let paths = &inventory.documents.paths;
    let is_folder = |path: &RepoPath| {
        let below = RepoPath::new([path.as_bytes(), b"/"].concat());
        paths.range(below.clone()..).next().is_some_and(|next| next.as_bytes().starts_with(below.as_bytes()))
    };
    for path in paths.iter().filter(|path| is_reserved(path) && !is_folder(path)) {
        let why = format!("{path} is a name that Windows reserves");
        faults.push(at_path(BuiltIn::UnsafeName, path.to_string(), "reserved", whole(path), Fact::UnsafeName { why }));
    }
}

/// Names of devices, and names that end with a dot or a blank, cannot be on Windows.
fn is_reserved(path: &RepoPath) -> bool {
    path.as_bytes().split(|byte| *byte == b'/').any(|part| {
        let name = String::from_utf8_lossy(part).to_lowercase();
        let stem = name.split('.').next().unwrap_or_default();
        let numbered = |prefix: &str| stem.strip_prefix(prefix).is_some_and(|number| matches!(number.as_bytes(), [b'1'..=b'9']));
        ["con", "prn", "aux", "nul"].contains(&stem) || numbered("com") || numbered("lpt") || name.ends_with('.') || name.ends_with(' ')
    })
}

/// Mappings that match nothing.
fn settings(inventory: &Inventory<'_>, faults: &mut Vec<Fault>) {
    let Some(path) = &inventory.settings.path else { return };
    let folder_length = path.rfind('/').map_or(0, |index| index + 1);
    for mapping in inventory.settings.mappings.iter().chain(&inventory.settings.not) {
        let matches = inventory
            .documents
            .paths
            .iter()
            .any(|candidate| candidate.below(&path.as_bytes()[..folder_length]).is_some_and(|below| mapping.matcher.is_match(below.to_string())));
        if !matches {
            let at = mapping.at;
            let place = FindingPlace { path: path.clone(), line: at.line, column: at.column, end_line: at.end_line, end_column: at.end_column };
            let fact = Fact::MappingWithoutMatch { pattern: mapping.pattern.clone() };
            let mut found = at_path(BuiltIn::MappingWithoutMatch, path.clone(), mapping.pattern.clone(), place, fact);
            found.missing_kind = mapping.kinds.first().cloned();
            faults.push(found);
        }
    }
}
