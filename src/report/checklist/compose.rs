//! From an assessment and a plan to the checklist.

use std::collections::BTreeSet;

use super::asked::{chain_rows, fixed_row, requirement_row, walk_row};
use super::carried::{independence, previous, samples};
use super::context::Context;
use super::facts::in_short;
use super::open;
use super::people::index;
use super::view::{Audit, AuditChecklist, Choice, FoundSoFar, Group, Row, SCHEMA, Signature};
use crate::assessment::{Assessment, AuditPlan, NextAudit, PlannedClause, Settings};
use crate::framework::{AuditId, Clause, Framework, Grade, Process};
use crate::report::cover::Cover;
use crate::report::words::top_title;
use crate::vocabulary::{ClauseNumber, RequirementId, count, listing};

/// Said where the areas of concern of stage 1 are entered.
const STAGE_1: &str = "The report of stage 1 is not held here: enter its areas of concern.";

/// That stage 1 still lies ahead, where documents say so.
fn stage_1(plan: &AuditPlan<'_>) -> Option<String> {
    let ahead = plan.stage_1.as_ref()?;
    Some(format!("Documents say stage 1 is planned for {} ({}:{}); nothing shows that it was held.", ahead.day, ahead.path, ahead.line))
}

/// What the programme plans for the audit for which a checklist is taken.
fn programmed(audit: &NextAudit) -> String {
    let scope = audit.scope.as_ref().map(|scope| format!(" {scope};")).unwrap_or_default();
    let clauses = if audit.clauses.is_empty() {
        String::new()
    } else {
        format!(" clauses {};", listing(&audit.clauses.iter().map(ToString::to_string).collect::<Vec<_>>()))
    };
    format!("for {} the programme plans:{scope}{clauses} see {}", audit.id, audit.place)
}

/// How rows are grouped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GroupedBy {
    /// By sub-clause.
    Clause,
    /// By process, and what belongs to none by sub-clause.
    Process,
}

impl AuditChecklist {
    /// The checklist of a planned audit.
    pub fn new(assessment: &Assessment, framework: &Framework, settings: &Settings, plan: &AuditPlan<'_>, by: GroupedBy) -> Self {
        let context = Context::new(assessment, framework, plan);
        let auditor = plan.auditor.as_deref();
        let (groups, previous, samples) = (groups(&context, by), previous(&context), samples(&context));
        let mut checklist = Self {
            schema: SCHEMA.to_owned(),
            cover: Cover::new(assessment, settings),
            audit: audit(&context, auditor),
            method: Vec::new(),
            independence: independence(&context, auditor),
            groups,
            previous,
            samples,
            summary: stage_1(plan).into_iter().chain(plan.kind.questions.iter().filter(|question| concerns(&context, &question.requirements)).flat_map(|question| in_short(&context, question))).collect(),
            by_person: Vec::new(),
            stage1_concerns: (plan.kind.id == AuditId::Stage2).then(|| stage_1(plan).map_or_else(|| STAGE_1.to_owned(), |ahead| format!("{ahead} {STAGE_1}"))),
            open_note: String::new(),
            open_findings: Vec::new(),
            blank_forms: 0,
            blank_forms_note: String::new(),
            sign_off: sign_off(&context, auditor),
            limits: vec![
                "Documents support; they do not settle. What is called evidence so far is where to look first, and nothing here replaces what an auditor sees and hears.".to_owned(),
                framework.head.limits.clone(),
            ],
        };
        open::list(&context, &mut checklist);
        (checklist.blank_forms, checklist.blank_forms_note) = blank_forms(&context, &checklist);
        checklist.by_person = index(checklist.rows());
        let answered = |row: &&Row| !row.answer.result.is_empty();
        checklist.audit.rows = checklist.rows().count();
        checklist.audit.answered = checklist.rows().filter(answered).count();
        checklist.audit.stale = checklist.rows().filter(|row| row.answer.stale.is_some()).count();
        checklist.method = method(&context, &checklist, by);
        checklist
    }
}

fn audit(context: &Context<'_>, auditor: Option<&str>) -> Audit {
    let (kind, plan) = (context.plan.kind, context.plan);
    let day = |day: Option<jiff::civil::Date>| day.map(|day| day.to_string()).unwrap_or_default();
    let scope = if plan.chosen.is_empty() { "everything that this kind of audit looks at".to_owned() } else { format!("only {}", listing(&plan.chosen)) };
    let programmed_scope = plan.programmed.as_ref().map(programmed);
    let scope = std::iter::once(scope).chain(programmed_scope).collect::<Vec<_>>().join("; ");
    let planned = |of: fn(&NextAudit) -> String| plan.programmed.as_ref().map(of).unwrap_or_default();
    Audit {
        kind: kind.id.word().to_owned(),
        title: kind.title.clone(),
        aim: kind.aim.clone(),
        looks_at: kind.looks_at.clone(),
        criteria: vec![context.framework.head.edition.clone(), "the organization's own policies, plans, procedures and agreements".to_owned()],
        scope,
        system: context.assessment.audit_facts.scope.as_ref().map(|(text, place)| format!("{text} ({place})")),
        grading: kind.grading.clone(),
        graded: kind.graded,
        results: kind.results.iter().map(|result| Choice { word: result.word.clone(), meaning: result.meaning.clone() }).collect(),
        year: plan.turn.as_ref().map(|(half, _)| half.year),
        period_from: day(plan.lots.period.map(|(first, _)| first)),
        period_to: day(plan.lots.period.map(|(_, last)| last)),
        seed: plan.lots.seed.clone(),
        number: planned(|audit| audit.id.clone()),
        dates: planned(|audit| format!("{}, as planned", audit.date)),
        auditor: auditor.unwrap_or_default().to_owned(),
        team: String::new(),
        rows: 0,
        answered: 0,
        stale: 0,
    }
}

fn groups(context: &Context<'_>, by: GroupedBy) -> Vec<Group> {
    let mut groups = vec![fixed_questions(context)];
    match by {
        GroupedBy::Clause => groups.extend(by_clause(context, &context.plan.clauses.iter().collect::<Vec<_>>())),
        GroupedBy::Process => {
            let mut taken: BTreeSet<&str> = BTreeSet::new();
            let mut part = Some("Processes".to_owned());
            for process in &context.plan.audits.processes {
                let own = |clause: &&PlannedClause| process.clauses.contains(&clause.number) && !taken.contains(clause.number.as_str());
                let clauses: Vec<&PlannedClause> = context.plan.clauses.iter().filter(own).collect();
                taken.extend(clauses.iter().map(|clause| clause.number.as_str()));
                if !clauses.is_empty() {
                    groups.push(of_process(context, process, &clauses, part.take()));
                }
            }
            let rest: Vec<&PlannedClause> = context.plan.clauses.iter().filter(|clause| !taken.contains(clause.number.as_str())).collect();
            groups.extend(by_clause(context, &rest));
        }
    }
    groups.extend(chains(context));
    groups.retain(|group| !group.rows.is_empty() || !group.note.is_empty());
    groups
}

/// Whether something that speaks to these clauses or requirements belongs to what was chosen.
fn concerns(context: &Context<'_>, ids: &[String]) -> bool {
    let clause = |id: &String| RequirementId::parse(id).map(|id| id.clause().clone()).or_else(|| ClauseNumber::parse(id));
    let planned =
        |number: &ClauseNumber| context.plan.clauses.iter().filter_map(|clause| ClauseNumber::parse(&clause.number)).any(|other| number.contains(&other));
    context.plan.chosen.is_empty() || ids.iter().filter_map(clause).any(|number| planned(&number))
}

fn fixed_questions(context: &Context<'_>) -> Group {
    let kind = context.plan.kind;
    let asked = kind.questions.iter().filter(|question| concerns(context, &question.requirements));
    Group {
        id: kind.id.word().to_owned(),
        part: Some("Fixed questions".to_owned()),
        title: format!("What is always asked: {}", kind.title),
        purpose: String::new(),
        documentation: String::new(),
        note: String::new(),
        rows: asked.map(|question| fixed_row(context, question)).collect(),
    }
}

fn chains(context: &Context<'_>) -> Option<Group> {
    let all = context.plan.kind.chains.then_some(&context.plan.audits.chains)?;
    let rows: Vec<Row> = all.iter().filter(|chain| concerns(context, &chain.steps)).flat_map(|chain| chain_rows(context, chain)).collect();
    (!rows.is_empty()).then(|| Group {
        id: "chains".to_owned(),
        part: Some("Links between processes".to_owned()),
        title: "Chains, traced forward and backward".to_owned(),
        purpose: "Whether the processes know of each other shows where one record leads to the next.".to_owned(),
        documentation: String::new(),
        note: String::new(),
        rows,
    })
}

fn clause_of<'run>(context: &Context<'run>, number: &str) -> Option<&'run Clause> {
    context.framework.clauses.iter().find(|clause| clause.number == number)
}

/// The requirements of a sub-clause, after the walks through its process.
fn rows(context: &Context<'_>, planned: &PlannedClause, clause: &Clause) -> Vec<Row> {
    let mut rows = Vec::new();
    for process in context.plan.audits.processes.iter().filter(|_| context.plan.kind.processes) {
        let of_clause = process.questions.iter().filter(|question| question.clause.as_ref().or(process.clauses.first()) == Some(&clause.number));
        rows.extend(of_clause.map(|question| walk_row(context, process, question, clause)));
    }
    let asked = clause.requirements.iter().filter(|requirement| planned.requirements.contains(&requirement.id));
    rows.extend(asked.map(|requirement| requirement_row(context, clause, requirement)));
    rows
}

fn by_clause(context: &Context<'_>, planned: &[&PlannedClause]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let mut last = None;
    for planned in planned {
        let (Some(clause), Some(number)) = (clause_of(context, &planned.number), ClauseNumber::parse(&planned.number)) else { continue };
        let second = context.framework.groups.iter().find(|(group, _)| group.contains(&number));
        // Clause 8 is most of the standard: its parts are headings by themselves.
        let heading = second.map(|(group, title)| if group.top() == 8 { format!("{group} {title}") } else { top_heading(group) });
        let part = heading.filter(|heading| last.as_ref() != Some(heading));
        last = part.clone().or(last);
        let overview = if clause.requirements.is_empty() { "A heading: it only gives an overview and holds no requirement of its own." } else { "" };
        groups.push(Group {
            id: clause.number.clone(),
            part,
            title: format!("{} {}", clause.number, clause.title),
            purpose: clause.purpose.clone(),
            documentation: clause.documentation.clone(),
            note: planned.weak.clone().unwrap_or_else(|| overview.to_owned()),
            rows: rows(context, planned, clause),
        });
    }
    groups
}

/// "4 Context of the organization" for a clause of the second level that has none below it.
fn top_heading(number: &ClauseNumber) -> String {
    let top = ClauseNumber::parse(&number.top().to_string());
    top.as_ref().and_then(|top| top_title(top).map(|title| format!("{top} {title}"))).unwrap_or_else(|| number.to_string())
}

fn of_process(context: &Context<'_>, process: &Process, planned: &[&PlannedClause], part: Option<String>) -> Group {
    let clauses: Vec<(&PlannedClause, &Clause)> = planned.iter().filter_map(|planned| Some((*planned, clause_of(context, &planned.number)?))).collect();
    let own = context.assessment.processes.iter().find(|view| view.process.as_deref() == Some(&process.id));
    let owner = own.and_then(|own| Some(format!("Here: {}, owned by {} ({}:{}).", own.name, own.owner.as_ref()?, own.path, own.line)));
    let weak = clauses.iter().filter_map(|(planned, _)| planned.weak.clone());
    Group {
        id: process.id.clone(),
        part,
        title: format!("{} ({})", process.title, listing(&clauses.iter().map(|(_, clause)| clause.number.clone()).collect::<Vec<_>>())),
        purpose: clauses.first().map(|(_, clause)| clause.purpose.clone()).unwrap_or_default(),
        documentation: clauses.iter().map(|(_, clause)| clause.documentation.as_str()).collect::<Vec<_>>().join(" "),
        note: owner.into_iter().chain(weak).collect::<Vec<_>>().join(" "),
        rows: clauses.iter().flat_map(|(planned, clause)| rows(context, planned, clause)).collect(),
    }
}

fn sign_off(context: &Context<'_>, auditor: Option<&str>) -> Vec<Signature> {
    let line = |role: &str, name: &str, states: &str| Signature { role: role.to_owned(), name: name.to_owned(), states: states.to_owned() };
    let heard =
        if context.graded() { "the findings and their evidence were explained and understood" } else { "the areas of concern were explained and understood" };
    vec![
        line("Lead auditor", auditor.unwrap_or_default(), "the audit was carried out as it is recorded here, by people who did not audit their own work"),
        line("Auditor", "", "as above, for the rows that bear the name"),
        line("For the audited organization", "", heard),
    ]
}

/// How many blank forms there are: one at the least for each finding that is proposed as a nonconformity, up to a limit.
fn blank_forms(context: &Context<'_>, checklist: &AuditChecklist) -> (usize, String) {
    const FEWEST: usize = 8;
    const MOST: usize = 36;
    let is_nonconformity = |finding: &&FoundSoFar| [Grade::Major, Grade::Minor].iter().any(|grade| finding.grade.as_deref() == Some(grade.word()));
    let proposed = checklist.open_findings.iter().filter(is_nonconformity).filter(|_| context.graded()).count();
    let note = format!("Documents alone propose {proposed} major and minor findings. There is room for {MOST}; a copy of this page takes the others.");
    (proposed.clamp(FEWEST, MOST), if proposed > MOST { note } else { String::new() })
}

/// How the checklist came about, in sentences.
fn method(context: &Context<'_>, checklist: &AuditChecklist, by: GroupedBy) -> Vec<String> {
    let plan = context.plan;
    let requirements: usize = plan.clauses.iter().map(|clause| clause.requirements.len()).sum();
    let all = context.assessment.requirements.len();
    let mut lines = vec![if requirements == all {
        format!("All {all} requirements of clauses 4 to 10 are rows; none can be left out. 8.3.1 is a heading, since it holds no requirement of its own.")
    } else {
        let number = plan.clauses.iter().filter(|clause| !clause.requirements.is_empty()).count();
        format!("Rows are {requirements} of the {all} requirements of clauses 4 to 10, in {}.", count(number, "sub-clause", "sub-clauses"))
    }];
    if !plan.chosen.is_empty() {
        lines.push(format!("Only {} was asked for; the audit as such looks at more.", listing(&plan.chosen)));
    }
    if let Some((half, why)) = &plan.turn {
        let halves = plan.audits.rotation.halves.iter().map(|half| format!("year {}: {} ({})", half.year, half.title, listing(&half.clauses)));
        lines.push(format!("Over the cycle all of clause 8 is seen, by halves: {}; 8.1 and the core each year.", halves.collect::<Vec<_>>().join("; ")));
        lines.push(format!("This is year {}, {}: {}.", half.year, half.title, why));
        let weak: Vec<String> = plan.clauses.iter().filter(|clause| clause.weak.is_some()).map(|clause| clause.number.clone()).collect();
        let found = if weak.is_empty() { "None is weak.".to_owned() } else { format!("So these come on top: {}.", listing(&weak)) };
        lines.push(format!("{} {found}", plan.audits.rotation.weak.text.trim()));
    }
    lines.push(match by {
        GroupedBy::Clause => "Rows stand by sub-clause.".to_owned(),
        GroupedBy::Process => "Rows stand by process; what belongs to no process follows by sub-clause.".to_owned(),
    });
    let audit = &checklist.audit;
    if audit.answered > 0 || audit.stale > 0 {
        lines.push(format!(
            "{} of {} filled in already, from statements that are kept in the repository; {} stale.",
            audit.answered,
            count(audit.rows, "row is", "rows are"),
            count(audit.stale, "answer is", "answers are")
        ));
    }
    lines
}
