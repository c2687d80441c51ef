//! What a clause, requirement, rule or kind of documented information asks, in plain text.

use super::words::{capitalised, top_title};
use crate::framework::{ApprovedBy, Clause, DocumentedInformation, Expectation, FieldTest, Form, Framework, Grade, Requirement, Rule, Tests};
use crate::vocabulary::{ClauseNumber, listing};

const WIDTH: usize = 96;

/// The page about one id; none where the map has nothing of that name.
pub fn explain(framework: &Framework, id: &str) -> Option<String> {
    if let Some((clause, requirement)) = framework.requirement(id) {
        return Some(of_requirement(framework, clause, requirement));
    }
    if let Some(number) = ClauseNumber::parse(id) {
        return of_clause_number(framework, &number);
    }
    if let Some(kind) = framework.kinds.get(id) {
        return Some(of_kind(framework, kind));
    }
    framework.rules.get(id).map(|rule| of_rule(framework, rule))
}

/// The ids that are spelled most like a word.
pub fn nearest_ids(framework: &Framework, word: &str) -> String {
    let ids = framework
        .clauses
        .iter()
        .map(|clause| clause.number.clone())
        .chain(framework.requirements().map(|(_, requirement)| requirement.id.clone()))
        .chain(framework.kinds.keys().cloned())
        .chain(framework.rules.keys().cloned());
    let mut near: Vec<(usize, String)> = ids.map(|id| (strsim::damerau_levenshtein(&id, word), id)).collect();
    near.sort();
    listing(&near.into_iter().take(3).map(|(_, id)| id).collect::<Vec<_>>())
}

/// A page that is written line by line.
struct Page(String);

impl Page {
    fn new(title: &str) -> Self {
        Self(format!("{title}\n{}\n", "=".repeat(title.chars().count().min(WIDTH))))
    }

    fn text(&mut self, text: &str) {
        self.0.push('\n');
        self.0.push_str(&textwrap::fill(text.trim(), WIDTH));
        self.0.push('\n');
    }

    fn heading(&mut self, title: &str) {
        self.0.push_str(&format!("\n{title}\n"));
    }

    fn item(&mut self, text: &str) {
        let options = textwrap::Options::new(WIDTH).initial_indent("  - ").subsequent_indent("    ");
        self.0.push_str(&textwrap::fill(text.trim(), options));
        self.0.push('\n');
    }

    fn labelled(&mut self, label: &str, text: &str) {
        let first = format!("  {label:<14}");
        let options = textwrap::Options::new(WIDTH).initial_indent(&first).subsequent_indent("                ");
        self.0.push_str(&textwrap::fill(text.trim(), options));
        self.0.push('\n');
    }
}

fn of_clause_number(framework: &Framework, number: &ClauseNumber) -> Option<String> {
    if let Some(clause) = framework.clauses.iter().find(|clause| clause.number().as_ref() == Some(number)) {
        return Some(of_clause(framework, clause));
    }
    let below: Vec<&Clause> = framework.clauses.iter().filter(|clause| clause.number().is_some_and(|other| number.contains(&other))).collect();
    if below.is_empty() {
        return None;
    }
    let title = framework.groups.iter().find(|(group, _)| group == number).map(|(_, title)| title.as_str()).or_else(|| top_title(number));
    let mut page = Page::new(format!("{number} {}", title.unwrap_or_default()).trim());
    page.heading("Sub-clauses");
    for clause in below {
        page.item(&format!("{} {} ({})", clause.number, clause.title, crate::vocabulary::count(clause.requirements.len(), "requirement", "requirements")));
    }
    page.text("Ask for one of them, such as `clausewise explain 8.6.1`.");
    Some(page.0)
}

fn of_clause(framework: &Framework, clause: &Clause) -> String {
    let mut page = Page::new(&format!("{} {}", clause.number, clause.title));
    page.text(&clause.purpose);
    page.heading("What must be written down");
    page.text(&clause.documentation);
    if let Some(interval) = &clause.interval {
        page.heading("Intervals");
        page.text(interval);
    }
    page.heading("Requirements");
    for requirement in &clause.requirements {
        page.labelled(&requirement.id, &requirement.intent);
    }
    if clause.requirements.is_empty() {
        page.text("None of its own: it only gives an overview.");
    }
    page.heading("Documented information that counts");
    for kind in kinds_of(framework, clause) {
        let demanded = kind.demanded.as_ref().map_or("usual, not demanded", |_| "demanded");
        page.item(&format!("{} ({demanded}): {}", kind.id, kind.title));
    }
    page.heading("In an interview");
    page.item(&format!("whom to ask: {}", clause.whom));
    if !clause.related.is_empty() {
        page.item(&format!("an auditor follows from here to {}", listing(&clause.related)));
    }
    limits(&mut page, framework, clause);
    page.0
}

fn kinds_of<'map>(framework: &'map Framework, clause: &Clause) -> Vec<&'map DocumentedInformation> {
    let mut ids: Vec<&str> = clause.requirements.iter().flat_map(|requirement| &requirement.expects).filter_map(|asked| asked.expectation.kind()).collect();
    ids.sort_unstable();
    ids.dedup();
    ids.into_iter().filter_map(|id| framework.kinds.get(id)).collect()
}

fn of_requirement(framework: &Framework, clause: &Clause, requirement: &Requirement) -> String {
    let mut page = Page::new(&format!("{} in {} {}", requirement.id, clause.number, clause.title));
    page.text(&requirement.intent);
    page.heading("What kind of demand it is");
    for obligation in &requirement.obligation {
        page.item(obligation.words());
    }
    if let Some(condition) = &requirement.condition {
        page.item(&format!("conditional: {}", condition.text));
        if let Some(circumstance) = condition.on.as_deref().and_then(|on| framework.circumstance(on)) {
            let kinds: Vec<&str> = circumstance.known_by.iter().map(|known| known.kind.as_str()).collect();
            page.item(&format!("whether {} is read from: {}", circumstance.title, listing(&kinds)));
        }
    }
    page.heading("What counts as evidence, and is looked for");
    for asked in &requirement.expects {
        let special = if asked.special.is_empty() { String::new() } else { format!(" (else: {})", asked.special.join(", ")) };
        page.item(&format!("{}{special}", expectation_words(framework, &asked.expectation)));
    }
    if requirement.expects.is_empty() {
        page.item("nothing: documents cannot settle it");
    }
    page.heading("What the tool cannot see");
    page.text(if requirement.is_conduct() {
        "This is conduct. Documents support it at most; an interview or an observation settles it, so the verdict is always a question for the auditor unless documents speak against it."
    } else {
        "Whether what is written is adequate, understood, effective and true. Evidence that is kept elsewhere counts only where clausewise.yaml says where it is."
    });
    page.heading(&format!("Questions for the {}", requirement.whom.as_deref().unwrap_or(&clause.whom)));
    for question in &requirement.ask {
        page.item(question);
    }
    if !clause.related.is_empty() {
        page.heading("Related clauses");
        page.item(&listing(&clause.related));
    }
    limits(&mut page, framework, clause);
    page.0
}

fn of_kind(framework: &Framework, kind: &DocumentedInformation) -> String {
    let mut page = Page::new(&format!("{} ({})", kind.title, kind.id));
    page.text(&kind.about);
    page.heading("Is it demanded?");
    match &kind.demanded {
        Some(demand) => {
            page.item(&format!("yes, by {}; where there is none, a finding of grade {} is proposed", listing(&demand.by), demand.if_absent.word()));
            if let Some(note) = &demand.note {
                page.item(note);
            }
        }
        None => page.item("no: it is usual, and its absence is never a gap"),
    }
    if let Some(claimed) = &kind.claimed_elsewhere {
        page.item(claimed);
    }
    if kind.interval.is_some() {
        page.item("at planned intervals; the organization sets them (`intervals` in clausewise.yaml)");
    }
    page.heading("How it is recognised");
    page.item(&format!("`kind: {}` in the head of the document, or under `documents: map:` in clausewise.yaml", kind.id));
    page.item(&format!("names: {}", kind.recognised_by.names.join(", ")));
    if !kind.fields.is_empty() {
        page.heading(if kind.form == Form::Document { "Fields of its head" } else { "Fields" });
        for field in &kind.fields {
            let also = if field.also.is_empty() { String::new() } else { format!("also: {}", field.also.join(", ")) };
            let of = field.of.as_ref().map(|of| format!("names a {of}; ")).unwrap_or_default();
            page.labelled(&format!("{} ", field.name), &format!("{of}{also}"));
        }
    }
    if !kind.sections.is_empty() {
        page.heading("Sections or topics");
        for section in &kind.sections {
            page.item(&format!("{}: {}", section.id, section.title));
        }
    }
    page.heading("Requirements that use it");
    let users: Vec<String> = framework
        .requirements()
        .filter(|(_, requirement)| requirement.expects.iter().any(|asked| asked.expectation.kind() == Some(kind.id.as_str())))
        .map(|(_, requirement)| requirement.id.clone())
        .collect();
    page.item(&if users.is_empty() { "none directly".to_owned() } else { listing(&users) });
    page.0
}

fn of_rule(framework: &Framework, rule: &Rule) -> String {
    let mut page = Page::new(&rule.id);
    page.text(&rule.fault);
    page.heading("In short");
    page.labelled("grade", &format!("{} (a proposal; an auditor decides)", rule.grade.word()));
    let mut requirements = rule.requirements.clone();
    requirements.extend(
        framework
            .requirements()
            .filter(|(_, requirement)| requirement.expects.iter().any(|asked| asked.names(&rule.id)))
            .map(|(_, requirement)| requirement.id.clone()),
    );
    if requirements.is_empty() {
        requirements.push("whatever requirement expects what it looks for".to_owned());
    }
    page.labelled("requirements", &listing(&requirements));
    for (heading, text) in [
        ("What it looks for", &rule.looks_for),
        ("Why an auditor asks", &rule.why),
        ("What satisfies it", &rule.satisfied_by),
        ("What it cannot see", &rule.cannot_see),
    ] {
        page.heading(heading);
        page.text(text);
    }
    if let Some(remedy) = &rule.remedy {
        page.heading("What to do about it");
        page.text(&format!("{}.", capitalised(remedy.trim_end_matches('.'))));
    }
    if !rule.explained_by.is_empty() {
        page.text(&format!("Told beneath {}, where that is about the same thing.", listing(&rule.explained_by)));
    }
    if !rule.mandated {
        page.text("The standard does not demand this by itself.");
    }
    page.0
}

fn limits(page: &mut Page, framework: &Framework, clause: &Clause) {
    page.heading("Basis and limits");
    page.item(&format!("basis of this sub-clause: {}", clause.basis.words()));
    page.item(&framework.head.limits);
}

fn expectation_words(framework: &Framework, expectation: &Expectation) -> String {
    let title = |kind: &str| framework.kinds.get(kind).map_or_else(|| kind.to_owned(), |found| format!("{} ({kind})", found.title));
    let all = |kind: &str| if kind == "all" { "every document and record".to_owned() } else { title(kind) };
    match expectation {
        Expectation::Exists(kind) => format!("{} is there and has content", title(kind)),
        Expectation::Records { kind, filter, at_least } => format!("at least {at_least} of {}{}", title(kind), tests_words(filter)),
        Expectation::Complete { kind, fields, when, .. } => format!("{}: {} filled in every one{}", title(kind), listing(fields), tests_words(when)),
        Expectation::Covers { kind, section, .. } => {
            let topic = framework.kinds.get(kind).and_then(|kind| kind.section(section)).map_or(section.as_str(), |section| section.title.as_str());
            format!("{} speaks of: {topic}", title(kind))
        }
        Expectation::Controlled { kind, control } => format!("{} states {}", all(kind), listing(control)),
        Expectation::Approved { kind, by } => {
            let by = match by {
                Some(ApprovedBy::TopManagement) => " by top management",
                Some(ApprovedBy::AuthorizedManagers) => " by a manager with the authority",
                None => "",
            };
            format!("{} is approved{by}, is no draft, and the day is not in the future", all(kind))
        }
        Expectation::Reviewed { kind } => format!("{} is not past its own next review", all(kind)),
        Expectation::Regular { kind, per, .. } => {
            let per = per.as_ref().map(|per| format!(", for each {per}")).unwrap_or_default();
            format!("{} comes at the organization's own interval{per}", title(kind))
        }
        Expectation::Measured { kind, measure, target, .. } => format!("{}: {measure} is named and {target} holds a number", title(kind)),
        Expectation::Responsibility { kind, terms, field } => match field {
            Some(field) => format!("{} names somebody as {field}", title(kind)),
            None => format!("{} names somebody for {}", title(kind), terms.join(", ")),
        },
        Expectation::Unchanged { kind } => format!("{} was not changed after its approval (Git)", all(kind)),
        Expectation::Unaltered { kind } => format!("{} was not altered after it was closed (Git)", all(kind)),
        Expectation::Resolves { .. } => "links and references lead somewhere".to_owned(),
        Expectation::Rule(rule) => {
            let (fault, grade) = framework.rules.get(rule).map_or((rule.as_str(), Grade::Minor), |rule| (rule.fault.as_str(), rule.grade));
            format!("not: {} ({rule}, {})", fault.trim_end_matches('.'), grade.word())
        }
    }
}

fn tests_words(tests: &Tests) -> String {
    if tests.0.is_empty() {
        return String::new();
    }
    let words = |test: &FieldTest| match (&test.is, &test.is_not, test.present, test.above) {
        (Some(values), ..) => format!("{} is {}", test.field, values.join(" or ")),
        (_, Some(values), ..) => format!("{} is not {}", test.field, values.join(" or ")),
        (_, _, Some(true), _) => format!("{} is filled", test.field),
        (_, _, Some(false), _) => format!("{} is empty", test.field),
        (_, _, _, Some(limit)) => format!("{} is above {limit}", test.field),
        _ => match (&test.begins, &test.mentions) {
            (Some(values), _) => format!("{} begins with {}", test.field, values.join(" or ")),
            (_, Some(values)) => format!("{} mentions {}", test.field, values.join(" or ")),
            _ => match (&test.after, &test.same_as) {
                (Some(other), _) => format!("{} is after {other}", test.field),
                (_, Some(other)) => format!("{} is the same as {other}", test.field),
                _ => String::new(),
            },
        },
    };
    format!(" where {}", tests.0.iter().map(words).collect::<Vec<_>>().join(" and "))
}
