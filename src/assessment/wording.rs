//! The tool's voice: what each fault is called and what settles it. Checks state facts; only this module speaks.

use crate::vocabulary::{count, list_some, listing, plain};

/// A fact that a check has established.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Fact {
    Absent {
        title: String,
        remedy: String,
        demanded_by: Vec<String>,
        /// What would be it and is not yet filled in, with what it is: a template, a stub.
        unfinished: Option<(String, String)>,
    },
    FieldEmpty {
        record: String,
        field: String,
        kind: String,
        placeholder: Option<String>,
    },
    TopicMissing {
        document: String,
        topic: String,
        terms: Vec<String>,
    },
    TopicEmpty {
        document: String,
        topic: String,
    },
    ControlMissing {
        document: String,
        fields: Vec<&'static str>,
    },
    Draft {
        document: String,
        status: String,
    },
    NotApproved {
        document: String,
        fields: Vec<&'static str>,
    },
    WrongApprover {
        document: String,
        approver: String,
        role: &'static str,
        people: Vec<String>,
        /// Where the organization writes who approves.
        rule: Option<String>,
    },
    ApprovedInFuture {
        document: String,
        date: String,
        as_of: String,
    },
    ReviewOverdue {
        document: String,
        due: String,
        how: String,
        as_of: String,
    },
    IntervalMissed {
        title: String,
        last: Option<String>,
        of: Option<String>,
        interval: String,
        due: String,
        source: Option<String>,
        fallback: bool,
    },
    PeriodMissing {
        title: String,
        of: Option<String>,
        periods: Vec<String>,
        before: String,
        after: String,
        interval: String,
    },
    NoInterval {
        title: String,
        fallback: String,
    },
    NoNumber {
        record: String,
        field: String,
        value: Option<String>,
    },
    NobodyNamed {
        what: String,
        kind: String,
    },
    ChangedAfterApproval {
        document: String,
        approved_on: String,
        commit: String,
        date: String,
        characters: usize,
    },
    AlteredAfterClosure {
        record: String,
        fields: Vec<String>,
        commit: String,
        date: String,
    },
    BrokenLink {
        target: String,
        anchor: bool,
    },
    LinkedMissing {
        missing: Vec<String>,
        naming: Vec<String>,
    },
    UnknownReference {
        record: String,
        field: String,
        value: String,
        kind: String,
    },
    Placeholder {
        document: String,
        value: String,
    },
    DuplicateId {
        id: String,
        other: String,
        /// Under which id the register of documents lists one of them, with the places; may be empty.
        listed: String,
    },
    ControlDisagrees {
        field: &'static str,
        first: String,
        first_source: &'static str,
        other: String,
        other_source: &'static str,
        first_line: u32,
    },
    Unreadable {
        cause: String,
    },
    Uncommitted {
        document: String,
    },
    BadDate {
        field: String,
        value: String,
        ambiguous: bool,
    },
    BadValue {
        field: String,
        value: String,
        expected: String,
    },
    UnknownKind {
        value: String,
        nearest: Option<String>,
    },
    UnknownClause {
        value: String,
        nearest: Vec<String>,
    },
    Empty {
        document: String,
        stub: bool,
        /// What names it as the description of something.
        named_by: Option<String>,
    },
    UnsafeName {
        why: String,
    },
    Hidden {
        message: String,
    },
    LinkNotFollowed {
        reason: String,
    },
    MappingWithoutMatch {
        pattern: String,
    },
    AcceptanceExpired {
        what: String,
        until: String,
    },
    AcceptanceUnmatched {
        what: String,
    },
    OutOfOrder {
        record: String,
        first: String,
        first_date: String,
        then: String,
        then_date: String,
    },
    TooLate {
        record: String,
        from: String,
        to: String,
        days: u32,
        found: Option<String>,
    },
    FieldsMissing {
        record: String,
        fields: Vec<String>,
        any: bool,
        fault: String,
    },
    /// Without a record where nothing of the other kind is there, so that none is named.
    NoCounterpart {
        record: Option<String>,
        there: String,
        /// That one names it under some field, and shows what is wanted.
        names_it: String,
        fault: String,
        /// What the record says of the other in its own words; may be empty.
        says: String,
    },
    NotInAllLists {
        member: String,
        present: Vec<String>,
        absent: Vec<String>,
    },
    SamePerson {
        record: String,
        person: String,
        field: String,
        other: String,
        fault: String,
    },
    NotInList {
        record: String,
        field: String,
        value: String,
        allowed: Vec<String>,
    },
    Overdue {
        record: String,
        field: String,
        date: String,
        as_of: String,
        fault: String,
    },
    InFuture {
        record: String,
        field: String,
        date: String,
        as_of: String,
    },
    Disagrees {
        record: String,
        fault: String,
    },
    Broken {
        record: String,
        fault: String,
        detail: String,
    },
}

/// A field's name for people.
pub(super) fn field_words(field: &str) -> String {
    field.replace('_', " ")
}

fn fields_words(fields: &[String]) -> String {
    listing(&fields.iter().map(|field| field_words(field)).collect::<Vec<_>>())
}

impl Fact {
    /// The day by which something should have been done, where that is the fault.
    pub(super) fn due(&self) -> Option<&str> {
        match self {
            Self::ReviewOverdue { due, .. } | Self::IntervalMissed { due, last: Some(_), .. } => Some(due),
            Self::Overdue { date, .. } => Some(date),
            _ => None,
        }
    }

    /// What is wrong, and what settles it.
    pub(super) fn words(&self) -> (String, String) {
        match self {
            Self::Absent { title, remedy, demanded_by, unfinished } => {
                let asks = if demanded_by.len() == 1 { "asks" } else { "ask" };
                let missing = format!("not found here: {}, which {} {asks} for", lower_first(title), listing(demanded_by));
                match unfinished {
                    Some((path, what)) => (format!("{missing}; {path} is {what}"), format!("fill in {path}, where it is to be this: {remedy}")),
                    None => (missing, remedy.clone()),
                }
            }
            Self::FieldEmpty { record, field, kind, placeholder } => {
                let how = placeholder.as_ref().map_or_else(|| "has no".to_owned(), |value| format!("has only the placeholder {value} for"));
                (format!("{record} {how} {}", field_words(field)), format!("fill the field \"{}\" of the {}", field_words(field), lower_first(kind)))
            }
            Self::TopicMissing { document, topic, terms } => {
                let looked = if terms.is_empty() { String::new() } else { format!(" (looked for: {})", list_some(terms, 4)) };
                (
                    format!("nothing in {document} speaks of {}{looked}", lower_first(topic)),
                    format!("add a section on {}, or map the document that has it", lower_first(topic)),
                )
            }
            Self::TopicEmpty { document, topic } => {
                (format!("{document} has a heading on {} and nothing under it", lower_first(topic)), "write what the heading promises".to_owned())
            }
            Self::ControlMissing { document, fields } => {
                let names: Vec<String> = fields.iter().map(|field| field_words(field)).collect();
                (format!("{document} does not state its {}", listing(&names)), format!("add {} to the head of the document", listing(fields)))
            }
            Self::Draft { document, status } => {
                (format!("{document} has the status \"{status}\""), "have it reviewed and approved, and set the status".to_owned())
            }
            Self::NotApproved { document, fields } => {
                let names: Vec<String> = fields.iter().map(|field| field_words(field)).collect();
                (format!("{document} does not say {}", listing(&names)), "have it approved, and record by whom and on which day".to_owned())
            }
            Self::WrongApprover { document, approver, role, people, rule } => (
                format!(
                    "{document} was approved by {approver}, who is not among {role} (named in clausewise.yaml: {}{})",
                    list_some(people, 4),
                    rule.as_ref().map(|place| format!("; who approves is written in {place}")).unwrap_or_default()
                ),
                format!("have it approved by {role}, or complete \"roles\" in clausewise.yaml"),
            ),
            Self::ApprovedInFuture { document, date, as_of } => {
                (format!("{document} is dated as approved on {date}, after the day of this assessment ({as_of})"), "correct the date".to_owned())
            }
            Self::ReviewOverdue { document, due, how, as_of } => (
                format!("the review of {document} was due on {due} ({how}), before {as_of}"),
                "review the document, record it, and set the next review".to_owned(),
            ),
            Self::IntervalMissed { title, last, of, interval, due, source, fallback } => {
                let whom = of.as_ref().map(|of| format!(" for {of}")).unwrap_or_default();
                let basis = if *fallback {
                    format!("{interval}, the custom of certification bodies, since the organization states no interval")
                } else {
                    let source = source.as_ref().map(|source| format!(", {source}")).unwrap_or_default();
                    format!("the organization's own interval of {interval}{source}")
                };
                let message = match last {
                    Some(last) => format!("the latest {}{whom} is of {last}; the next was due by {due} ({basis})", lower_first(title)),
                    None => format!("there is no {}{whom} with a date ({basis})", lower_first(title)),
                };
                (message, "do it and record it, or change the planned interval where it is stated".to_owned())
            }
            Self::PeriodMissing { title, of, periods, before, after, interval } => {
                let whom = of.as_ref().map(|of| format!(" of {of}")).unwrap_or_default();
                let title = lower_first(title);
                let message = if periods.is_empty() {
                    format!("no {title}{whom} between {before} and {after}, longer than the organization's own interval of {interval}")
                } else {
                    format!("no {title}{whom} for {} (the organization's own interval is {interval})", listing(periods))
                };
                (message, "find out why it was left out, and make up for it as far as that is still of use".to_owned())
            }
            Self::NoInterval { title, fallback } => (
                format!("no planned interval is stated for {}; judged by {fallback}, the custom of certification bodies", lower_first(title)),
                "state the organization's own interval under \"intervals\" in clausewise.yaml, and in the process".to_owned(),
            ),
            Self::NoNumber { record, field, value } => {
                let what = value.as_ref().map_or_else(|| "is empty".to_owned(), |value| format!("is \"{value}\", without a number"));
                (format!("the {} of {record} {what}", field_words(field)), format!("give the {} a number and a unit", field_words(field)))
            }
            Self::NobodyNamed { what, kind } => (format!("nobody is named for {what} in the {}", lower_first(kind)), "name a person or a post".to_owned()),
            Self::ChangedAfterApproval { document, approved_on, commit, date, characters } => (
                format!(
                    "{document} was approved on {approved_on} and its text changed on {date} (commit {}, {} differ)",
                    short(commit),
                    count(*characters, "character", "characters")
                ),
                "have the new text approved under a new version, or restore the approved one".to_owned(),
            ),
            Self::AlteredAfterClosure { record, fields, commit, date } => (
                format!("{record} was closed and then altered on {date} (commit {}): {}", short(commit), fields_words(fields)),
                "append a note instead of changing a closed record, or reopen it".to_owned(),
            ),
            Self::BrokenLink { target, anchor } => {
                let what = if *anchor { "has no such heading" } else { "is not there" };
                (format!("the link leads to {target}, which {what}"), "correct the link, or add what it leads to".to_owned())
            }
            Self::LinkedMissing { missing, naming } => {
                let (documents, are) = (count(missing.len(), "linked document", "linked documents"), if missing.len() == 1 { "is" } else { "are" });
                let by = count(naming.len(), "document", "documents");
                let what = format!("{documents} {are} not here: {}; named by {by}: {}", list_some(missing, 4), list_some(naming, 4));
                (what, "correct the links, or add what they lead to".to_owned())
            }
            Self::UnknownReference { record, field, value, kind } => (
                format!("{record} names {value} as its {}, and no {} is called that", field_words(field), lower_first(kind)),
                "correct the reference, or add what it names".to_owned(),
            ),
            Self::Placeholder { document, value } => (format!("{document} still holds the placeholder {value}"), "replace it by what belongs there".to_owned()),
            Self::DuplicateId { id, other, listed } => {
                (format!("the id {id} is used twice; the other place is {other}{listed}"), "give each its own id, or withdraw one".to_owned())
            }
            Self::ControlDisagrees { field, first, first_source, other, other_source, first_line } => (
                format!("{} is \"{first}\" in {first_source} (line {first_line}) and \"{other}\" in {other_source}", field_words(field)),
                "make the two places agree".to_owned(),
            ),
            Self::Unreadable { cause } => (format!("cannot be read: {cause}"), "mend the file, so that it can be read and controlled".to_owned()),
            Self::Uncommitted { document } => (format!("{document} differs from the last commit"), "commit it".to_owned()),
            Self::BadDate { field, value, ambiguous } => {
                let why = if *ambiguous { "can be read in two ways" } else { "is no day of the calendar" };
                (format!("{} is \"{value}\", which {why}", field_words(field)), "write the date as YYYY-MM-DD".to_owned())
            }
            Self::BadValue { field, value, expected } => {
                (format!("{} is \"{value}\", expected {expected}", field_words(field)), "correct the value".to_owned())
            }
            Self::UnknownKind { value, nearest } => {
                let hint = nearest.as_ref().map(|nearest| format!("; did you mean \"{nearest}\"?")).unwrap_or_default();
                (format!("the kind \"{value}\" is not in the clause map{hint}"), "use a kind that \"clausewise clauses --kinds\" lists".to_owned())
            }
            Self::UnknownClause { value, nearest } => {
                (format!("\"{value}\" is no clause of the map; near it are {}", listing(nearest)), "correct the number".to_owned())
            }
            Self::Empty { document, stub, named_by } => {
                let what = if *stub { "is a stub: a title without text is no evidence" } else { "is empty" };
                let named = named_by.as_ref().map(|by| format!("; {by}")).unwrap_or_default();
                (format!("{document} {what}{named}"), "write it or remove it".to_owned())
            }
            Self::UnsafeName { why } => (why.clone(), "rename one of them".to_owned()),
            Self::Hidden { message } => (message.clone(), "remove the character".to_owned()),
            Self::LinkNotFollowed { reason } => (reason.clone(), "put the document itself here".to_owned()),
            Self::MappingWithoutMatch { pattern } => (format!("the mapping \"{pattern}\" matches no file"), "correct the pattern or remove it".to_owned()),
            Self::AcceptanceExpired { what, until } => {
                (format!("the acceptance of {what} expired on {until}"), "close the gap, or accept it again with a reason".to_owned())
            }
            Self::AcceptanceUnmatched { what } => (format!("the acceptance of {what} matches no finding"), "remove it".to_owned()),
            Self::OutOfOrder { record, first, first_date, then, then_date } => (
                format!("{record}: {} ({then_date}) is before {} ({first_date})", field_words(then), field_words(first)),
                "correct the date that is wrong, and leave a note of the correction".to_owned(),
            ),
            Self::TooLate { record, from, to, days, found } => {
                let what = found.as_ref().map_or_else(|| "is still open".to_owned(), |found| format!("is of {found}"));
                (
                    format!("{record}: {} {what}, more than {} after {}", field_words(to), count(*days as usize, "day", "days"), field_words(from)),
                    "do it, and find out why it took so long".to_owned(),
                )
            }
            Self::FieldsMissing { record, fields, any, fault } => {
                let joint = if *any { "none of" } else { "no" };
                let detail = format!("{joint} {}", fields_words(fields));
                (said(&format!("{record}: {}", lower_first(fault)), &detail), format!("record the {}", fields_words(fields)))
            }
            Self::NoCounterpart { record: None, there, fault, .. } => {
                (format!("{fault} (none is named: no {} is here)", lower_first(there)), format!("add the {}, or say where it is kept", lower_first(there)))
            }
            Self::NoCounterpart { record: Some(record), there, names_it, fault, says } => (
                format!(
                    "{record}: {} (no {} {names_it}{})",
                    lower_first(fault),
                    lower_first(there),
                    if says.is_empty() { String::new() } else { format!("; its entry says \u{201c}{says}\u{201d}") }
                ),
                format!("add the {}, or name {record} in the one that covers it", lower_first(there)),
            ),
            Self::NotInAllLists { member, present, absent } => {
                (format!("{member} is in {} and not in {}", listing(present), listing(absent)), "decide which is right, and make the lists agree".to_owned())
            }
            Self::SamePerson { record, person, field, other, fault } => (
                format!("{record}: {} ({person} is named under \"{}\" and under \"{}\")", lower_first(fault), field_words(field), field_words(other)),
                "let somebody else do it, or write down how impartiality was kept".to_owned(),
            ),
            Self::NotInList { record, field, value, allowed } => (
                format!("{record}: {} is \"{value}\"; known are {}", field_words(field), list_some(allowed, 8)),
                "correct the value, or add it where the values are listed".to_owned(),
            ),
            Self::Overdue { record, field, date, as_of, fault } => (
                format!("{record}: {} ({} was {date}, before {as_of})", lower_first(fault), field_words(field)),
                "finish it, or decide a new date and record why".to_owned(),
            ),
            Self::InFuture { record, field, date, as_of } => {
                (format!("{record}: {} is {date}, after the day of this assessment ({as_of})", field_words(field)), "correct the date".to_owned())
            }
            Self::Broken { record, fault, detail } => {
                let whose = if record.is_empty() { fault.clone() } else { format!("{record}: {}", lower_first(fault)) };
                (said(&whose, detail), "find out which is right, and mend what is not".to_owned())
            }
            Self::Disagrees { record, fault } => (format!("{record}: {}", lower_first(fault)), "correct the record, or do what it leaves out".to_owned()),
        }
    }
}

/// A fault with its detail: "a report shows no trend (no trend)" would say one thing twice.
fn said(fault: &str, detail: &str) -> String {
    if plain(fault).contains(&plain(detail)) { fault.to_owned() } else { format!("{fault} ({detail})") }
}

/// "Service catalogue" within a sentence; abbreviations and names keep their capitals.
pub(super) fn lower_first(text: &str) -> String {
    let mut characters = text.chars();
    match (characters.next(), characters.next()) {
        (Some(first), Some(second)) if first.is_uppercase() && (second.is_lowercase() || second == ' ') => {
            first.to_lowercase().collect::<String>() + &text[first.len_utf8()..]
        }
        _ => text.to_owned(),
    }
}

fn short(commit: &str) -> &str {
    commit.get(..7).unwrap_or(commit)
}
