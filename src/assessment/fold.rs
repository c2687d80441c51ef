//! One cause, one finding: what is caused solely by something absent folds beneath the finding about it.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::absence::Absence;
use super::beneath;
use super::inventory::Inventory;
use super::outcome::{Breach, Fault};
use super::wording::Fact;
use crate::framework::{BuiltIn, DocumentedInformation, Form, Grade};
use crate::vocabulary::slug;

/// A fault with the requirements that it speaks to.
pub(super) struct Raised {
    pub(super) fault: Fault,
    pub(super) requirements: Vec<String>,
    /// What folds beneath it.
    pub(super) folded: Vec<Fault>,
}

/// Faults that are about one missing thing, and the names it goes by.
type Group = (BTreeSet<String>, Vec<(Fault, Vec<String>)>);

/// Where the faults of an assessment went.
pub(super) struct Folded {
    /// Faults that stand by themselves.
    pub(super) raised: Vec<Raised>,
    /// Keys of the faults that were folded: they turn no verdict.
    pub(super) away: BTreeSet<FaultKey>,
    /// Keys of those that keep theirs, with the grade of what they fold beneath: they weigh no less.
    pub(super) beneath: BTreeMap<FaultKey, Grade>,
}

/// What makes two faults one: rule, subject, target.
pub(super) type FaultKey = (Breach, String, String);

/// The key of a fault.
pub(super) fn key(fault: &Fault) -> FaultKey {
    (fault.breach.clone(), fault.subject.clone(), fault.target.clone())
}

/// Folds faults beneath the finding that there is nothing of a kind, and faults that share one missing thing beneath the
/// gravest of them.
pub(super) fn fold(inventory: &Inventory<'_>, absences: Vec<Absence<'_>>, mut faults: Vec<(Fault, Vec<String>)>) -> Folded {
    let mut away = BTreeSet::new();
    let mut absent: Vec<(Named, Raised)> = absences
        .into_iter()
        .map(|absence| (Named::new(inventory, absence.kind), Raised { fault: absence.fault, requirements: absence.requirements, folded: Vec::new() }))
        .collect();
    let never = never_there(inventory, &absent, &mut faults);
    absent.extend(never);
    name_by_kind(inventory, &mut faults);
    let mut groups = Groups::default();
    let mut alone = Vec::new();
    // A typed reference tells of which kind a missing id is; links to a file of that name are about the same.
    let by_kind = |fault: &Fault| absent.iter().position(|(kind, _)| fault.missing_kind.as_ref().is_some_and(|missing| kind.ids.contains(missing)));
    let known: BTreeMap<String, usize> = faults
        .iter()
        .filter_map(|(fault, _)| Some((by_kind(fault)?, &fault.missing)))
        .flat_map(|(index, missing)| missing.iter().filter(|name| !name.is_empty()).map(move |name| (name.clone(), index)))
        .collect();
    for (fault, requirements) in faults {
        let by_kind = absent.iter().position(|(kind, _)| fault.missing_kind.as_ref().is_some_and(|missing| kind.ids.contains(missing)));
        let is_reference = fault.check() == Some(BuiltIn::BrokenReference);
        let by_name = || fault.missing.iter().filter(|_| is_reference).find_map(|name| known.get(name).copied());
        let cause = by_kind.or_else(by_name).or_else(|| absent.iter().position(|(kind, _)| kind.explains(&fault))).and_then(|index| absent.get_mut(index));
        if let Some((_, raised)) = cause {
            // What is demanded and absent was looked for by all that rest on it.
            let is_told = raised.fault.check() == Some(BuiltIn::Absent);
            lay_beneath(inventory, raised, (fault, requirements), &mut away, !is_told);
        } else if is_about_something_missing(&fault) {
            groups.add(fault, requirements);
        } else {
            alone.push(Raised { fault, requirements, folded: Vec::new() });
        }
    }
    let mut raised: Vec<Raised> = absent.into_iter().map(|(_, raised)| raised).collect();
    for (_, members) in groups.all {
        raised.extend(lead(members, &mut away));
    }
    raised.extend(alone);
    beneath::by_place(inventory, &mut raised, &mut away);
    beneath::by_record(inventory, &mut raised, &mut away);
    beneath::by_explanation(inventory, &mut raised, &mut away);
    let carried = |one: &Raised| one.folded.iter().filter(|fault| fault.carried).map(key).collect::<Vec<_>>();
    let beneath = raised.iter().flat_map(|one| carried(one).into_iter().map(|key| (key, inventory.own_grade_of(&one.fault)))).collect();
    Folded { raised, away, beneath }
}

/// Lays a fault beneath a finding. What a requirement asks for goes there with it, so that its verdict stays; dead
/// references and faults of documents as such turn none.
pub(super) fn lay_beneath(inventory: &Inventory<'_>, cause: &mut Raised, beneath: (Fault, Vec<String>), away: &mut BTreeSet<FaultKey>, carries: bool) {
    let (mut fault, requirements) = beneath;
    let is_asked_for = inventory.rule_of(&fault).is_some_and(|rule| rule.requirements.is_empty()) && fault.check() != Some(BuiltIn::BrokenReference);
    if carries && is_asked_for {
        fault.carried = true;
        for requirement in requirements {
            if !cause.requirements.contains(&requirement) {
                cause.requirements.push(requirement);
            }
        }
    } else {
        away.insert(key(&fault));
    }
    cause.folded.push(fault);
}

/// Kinds of which nothing is there although nothing demands them, each with the fault that says most of it: a promise
/// that was never kept, else a relation in which nothing of the kind names anything, else one that asks for any of it.
fn never_there<'run>(inventory: &Inventory<'run>, absent: &[(Named, Raised)], faults: &mut Vec<(Fault, Vec<String>)>) -> Vec<(Named, Raised)> {
    let rank = |fault: &Fault| match (&fault.fact, &fault.breach) {
        (Fact::IntervalMissed { .. }, _) => Some(0),
        (Fact::NoCounterpart { .. }, _) => Some(1),
        (_, Breach::Rule(_)) => Some(2),
        _ => None,
    };
    let mut leading: BTreeMap<&str, (u8, usize)> = BTreeMap::new();
    for (index, (fault, _)) in faults.iter().enumerate() {
        let kind = fault.missing_kind.as_deref().filter(|kind| !absent.iter().any(|(known, _)| known.ids.iter().any(|id| id == kind)));
        if let (Some(kind), Some(rank)) = (kind, rank(fault)) {
            let best = leading.entry(kind).or_insert((rank, index));
            *best = (*best).min((rank, index));
        }
    }
    let kinds: BTreeMap<usize, &DocumentedInformation> = leading.into_iter().filter_map(|(kind, (_, index))| Some((index, inventory.kind(kind)?))).collect();
    let mut leaders = Vec::new();
    for (index, (fault, requirements)) in std::mem::take(faults).into_iter().enumerate() {
        match kinds.get(&index) {
            Some(kind) => leaders.push((Named::new(inventory, kind), Raised { fault, requirements, folded: Vec::new() })),
            None => faults.push((fault, requirements)),
        }
    }
    leaders
}

/// A dead link may name a kind of which something else is there: last year's programme. Where one file only is so named,
/// references to what nobody knows of that kind are about it: to all of them where the file held several, as registers do.
fn name_by_kind(inventory: &Inventory<'_>, faults: &mut Vec<(Fault, Vec<String>)>) {
    let mut unknown: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for (fault, _) in faults.iter().filter(|(fault, _)| fault.missing_kind.is_none()) {
        if let Fact::UnknownReference { kind, value, .. } = &fault.fact {
            unknown.entry(kind).or_default().insert(slug(value));
        }
    }
    let mut names: Vec<(usize, Vec<String>)> = Vec::new();
    for kind in inventory.framework.kinds.values() {
        let Some(values) = unknown.get(kind.title.as_str()).filter(|values| kind.form == Form::Register || values.len() == 1) else { continue };
        let named = Named::new(inventory, kind);
        let links: Vec<usize> = faults.iter().enumerate().filter(|(_, (fault, _))| named.explains(fault)).map(|(index, _)| index).collect();
        let files: BTreeSet<Option<&String>> = links.iter().map(|index| faults[*index].0.missing.first()).collect();
        if files.len() == 1 {
            names.extend(links.into_iter().map(|index| (index, values.iter().cloned().collect())));
        }
    }
    for (index, more) in &names {
        faults[*index].0.missing.extend(more.iter().cloned());
    }
    // What is known under more names comes first, so that the others find it.
    let first: BTreeSet<usize> = names.into_iter().map(|(index, _)| index).collect();
    let (named, others): (Vec<_>, Vec<_>) = std::mem::take(faults).into_iter().enumerate().partition(|(index, _)| first.contains(index));
    faults.extend(named.into_iter().chain(others).map(|(_, fault)| fault));
}

/// An absent kind and the forms of its names.
struct Named {
    /// The kind and its special cases.
    ids: Vec<String>,
    names: Vec<String>,
}

impl Named {
    fn new(inventory: &Inventory<'_>, kind: &DocumentedInformation) -> Self {
        let names = kind.recognised_by.names.iter().chain([&kind.title, &kind.id]).map(|name| singular(&slug(name))).collect();
        let ids = inventory.framework.kinds.keys().filter(|id| inventory.framework.is_a(id, &kind.id)).cloned().collect();
        Self { ids, names }
    }

    /// Whether the kind's absence explains a dead link.
    fn explains(&self, fault: &Fault) -> bool {
        let Fact::BrokenLink { target, .. } = &fault.fact else { return false };
        let folder = target.rsplit('/').nth(1).map(|folder| singular(&slug(folder)));
        if folder.is_some_and(|folder| self.names.contains(&folder)) {
            return true;
        }
        fault.missing.iter().map(|missing| singular(missing)).any(|missing| self.names.iter().any(|name| names_it(&missing, name)))
    }
}

/// Whether a file's name or a link's text names a kind: `service-catalogue`, `our-service-catalogue-2026`, `catalogue`.
fn names_it(missing: &str, name: &str) -> bool {
    // Words that half of all documents end with tell nothing by themselves.
    const GENERAL: [&str; 16] = [
        "policy",
        "plan",
        "proces",
        "procedure",
        "register",
        "report",
        "record",
        "review",
        "agreement",
        "list",
        "management",
        "service",
        "system",
        "analysi",
        "audit",
        "change",
    ];
    if missing == name || contains_words(missing, name) {
        return true;
    }
    let one_word = !missing.contains('-') && missing.len() >= 4 && !GENERAL.contains(&missing);
    (missing.contains('-') || one_word) && contains_words(name, missing)
}

/// `improvements` and `improvement` are one word here.
fn singular(name: &str) -> String {
    name.split('-').map(|word| if word.len() > 3 { word.strip_suffix('s').unwrap_or(word) } else { word }).collect::<Vec<_>>().join("-")
}

fn contains_words(text: &str, part: &str) -> bool {
    format!("-{text}-").contains(&format!("-{part}-"))
}

fn is_about_something_missing(fault: &Fault) -> bool {
    !fault.missing.is_empty()
}

/// Groups of faults that are about one missing thing, found by its names.
#[derive(Default)]
struct Groups {
    all: Vec<Group>,
    by_name: HashMap<String, Vec<usize>>,
    /// By the telling last word of a name.
    by_word: HashMap<String, Vec<usize>>,
}

impl Groups {
    /// Joins a fault to the faults that are about the same missing thing. Only a broken reference, a list without a
    /// member, or a record that was removed names it for certain; faults of relations join such a group and make none.
    fn add(&mut self, fault: Fault, requirements: Vec<String>) {
        let names: BTreeSet<String> = fault.missing.iter().filter(|name| !name.is_empty()).cloned().collect();
        let subject = slug(&fault.subject);
        let fits = |index: &usize| {
            let (known, members) = &self.all[*index];
            let by_reference = is_certain(&fault) || members.iter().any(|(member, _)| is_certain(member));
            // Beside a list, only what is said of the member itself is about it.
            let is_list = |fault: &Fault| fault.target == LISTS;
            // A relation that names one thing only, or a series for it, is about it.
            let alone = |fault: &Fault| fault.missing.len() == 1;
            let by_name =
                (is_list(&fault) && members.iter().any(|(member, _)| alone(member))) || (alone(&fault) && members.iter().any(|(member, _)| is_list(member)));
            let by_list = by_name
                || (is_list(&fault) && members.iter().any(|(member, _)| known.contains(&subject) || names.contains(&slug(&member.subject))))
                || (members.iter().any(|(member, _)| is_list(member)) && known.contains(&subject));
            by_reference || by_list
        };
        let near = names.iter().flat_map(|name| self.by_name.get(name).into_iter().chain(telling(name).and_then(|word| self.by_word.get(word)))).flatten();
        let found = near.copied().collect::<BTreeSet<usize>>().into_iter().find(fits);
        let index = match found {
            Some(index) => index,
            None => {
                self.all.push((BTreeSet::new(), Vec::new()));
                self.all.len() - 1
            }
        };
        // A relation's fault names much beside the missing thing; only what is certain widens what a group is about.
        if found.is_none() || is_certain(&fault) {
            for name in names {
                if let Some(word) = telling(&name) {
                    self.by_word.entry(word.to_owned()).or_default().push(index);
                }
                self.by_name.entry(name.clone()).or_default().push(index);
                self.all[index].0.insert(name);
            }
        }
        self.all[index].1.push((fault, requirements));
    }
}

/// Target of faults that a member lacks in one of several lists.
const LISTS: &str = "lists";

fn is_certain(fault: &Fault) -> bool {
    matches!(fault.check(), Some(BuiltIn::BrokenReference | BuiltIn::RecordDeleted | BuiltIn::EmptyDocument))
}

/// One thing is named by its id in one place and by its file's name in another; they share their telling last word.
fn telling(name: &str) -> Option<&str> {
    let last = name.rsplit('-').next().unwrap_or_default();
    (last.len() >= 3 && last.chars().any(char::is_alphabetic)).then_some(last)
}

/// Within a group the fault of a relation says more than a dead link; the rest folds beneath it. Where lists differ and
/// much else fails for the same member, the lists are the cause; where one thing fails, that is.
fn lead(mut members: Vec<(Fault, Vec<String>)>, away: &mut BTreeSet<FaultKey>) -> Vec<Raised> {
    let is_rule = |fault: &Fault| matches!(fault.breach, Breach::Rule(_));
    let is_list = |fault: &Fault| fault.target == LISTS;
    let others = members.iter().filter(|(fault, _)| is_rule(fault) && !is_list(fault)).count();
    if members.iter().any(|(fault, _)| is_list(fault)) && others > 0 {
        members.sort_by_key(|(fault, _)| if others == 1 { is_list(fault) || !is_rule(fault) } else { !is_list(fault) });
        let folded = members.split_off(1);
        let mut raised: Vec<Raised> = members.into_iter().map(|(fault, requirements)| Raised { fault, requirements, folded: Vec::new() }).collect();
        for (fault, _) in folded {
            away.insert(key(&fault));
            raised[0].folded.push(fault);
        }
        return raised;
    }
    let rank = |fault: &Fault| match fault.check() {
        None => 0,
        Some(BuiltIn::BrokenReference) => 1,
        Some(BuiltIn::RecordDeleted) => 2,
        Some(_) => 3,
    };
    let rules = members.iter().filter(|(fault, _)| is_rule(fault)).count();
    members.sort_by_key(|(fault, _)| rank(fault));
    let leads = if rules == 0 { 1 } else { rules };
    let folded = members.split_off(leads);
    let mut raised: Vec<Raised> = members.into_iter().map(|(fault, requirements)| Raised { fault, requirements, folded: Vec::new() }).collect();
    // Several relations fail for one missing thing: they are one finding too, with the requirements of all.
    if let Some((first, others)) = raised.split_first_mut() {
        for requirement in others.iter().filter(|_| !folded.is_empty()).flat_map(|other| &other.requirements) {
            if !first.requirements.contains(requirement) {
                first.requirements.push(requirement.clone());
            }
        }
    }
    if !folded.is_empty() {
        let others: Vec<Fault> = raised.drain(1..).map(|other| other.fault).collect();
        for fault in folded.into_iter().map(|(fault, _)| fault) {
            away.insert(key(&fault));
            raised[0].folded.push(fault);
        }
        raised[0].folded.extend(others);
    }
    raised
}

/// Merges faults of one key, with the requirements of all of them.
pub(super) fn merge(faults: Vec<(Fault, String)>) -> Vec<(Fault, Vec<String>)> {
    let mut order: Vec<FaultKey> = Vec::new();
    let mut merged: BTreeMap<FaultKey, (Fault, Vec<String>)> = BTreeMap::new();
    for (fault, requirement) in faults {
        let key = key(&fault);
        let special = fault.special.clone();
        let entry = merged.entry(key.clone()).or_insert_with(|| {
            order.push(key);
            (fault, Vec::new())
        });
        // Where one requirement has a name of its own for it, that says more.
        if entry.0.special.is_none() {
            entry.0.special = special;
        }
        if !requirement.is_empty() && !entry.1.contains(&requirement) {
            entry.1.push(requirement);
        }
    }
    order.into_iter().filter_map(|key| merged.remove(&key)).collect()
}
