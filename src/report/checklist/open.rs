//! The open findings of this review: which of them stand in a checklist, and how many others there are.

use std::collections::BTreeSet;

use super::context::Context;
use super::view::AuditChecklist;
use crate::assessment::{DocumentView, Finding};
use crate::framework::{Form, Grade};
use crate::vocabulary::{RequirementId, count};

/// Lists what is open within what is audited, and whatever a row shows, so that the head leaves nothing out; and says how
/// much of all it is.
pub(super) fn list(context: &Context<'_>, checklist: &mut AuditChecklist) {
    let listed = listed(context, checklist);
    let open: Vec<&Finding> = context.assessment.findings.iter().filter(|finding| finding.accepted.is_none()).collect();
    checklist.open_note = note(context, &open, &listed);
    checklist.open_findings = listed.iter().map(|finding| context.found(finding)).collect();
}

fn listed<'run>(context: &Context<'run>, checklist: &AuditChecklist) -> Vec<&'run Finding> {
    let shown: BTreeSet<&str> = checklist.rows().flat_map(|row| &row.findings).map(|finding| finding.fingerprint.as_str()).collect();
    let documents = documents_looked_at(context);
    let of_documents = |finding: &Finding| {
        let clauses = &context.plan.kind.requirements.of_documents;
        let is_control = |id: &String| RequirementId::parse(id).is_some_and(|id| clauses.contains(&id.clause().to_string()));
        !finding.is_nowhere && documents.contains(finding.location.path.as_str()) && finding.requirements.iter().any(is_control)
    };
    // An audit without grades leaves nothing out for its grade.
    let is_grave = |finding: &Finding| !context.graded() || finding.grade <= Grade::Minor;
    let belongs =
        |finding: &&Finding| shown.contains(finding.fingerprint.as_str()) || is_grave(finding) && (is_asked(context, finding) || of_documents(finding));
    let mut listed: Vec<&Finding> = context.assessment.findings.iter().filter(|finding| finding.accepted.is_none()).filter(belongs).collect();
    listed.sort_by_key(|finding| finding.number);
    listed
}

fn is_asked(context: &Context<'_>, finding: &Finding) -> bool {
    context.plan.clauses.iter().any(|clause| clause.requirements.iter().any(|id| finding.requirements.contains(id)))
}

/// Documents and registers that the fixed questions name, that requirements of this audit expect, or by which documents are
/// kept under control where this audit looks at that.
fn documents_looked_at<'run>(context: &Context<'run>) -> BTreeSet<&'run str> {
    let asked = context
        .plan
        .clauses
        .iter()
        .flat_map(|clause| &clause.requirements)
        .filter_map(|id| context.framework.requirement(id))
        .map(|(_, requirement)| requirement);
    let of_documents = &context.plan.kind.requirements.of_documents;
    let control = context.framework.requirements().filter(|(clause, _)| of_documents.contains(&clause.number)).map(|(_, requirement)| requirement);
    let asked = asked.chain(control);
    let expected = asked.flat_map(|requirement| &requirement.expects).filter_map(|asked| asked.expectation.kind());
    let named = context.plan.kind.questions.iter().flat_map(|question| &question.kinds).map(String::as_str);
    let is_whole = |kind: &&str| context.framework.kinds.get(*kind).is_some_and(|kind| kind.form != Form::Record);
    let kinds: BTreeSet<&str> = expected.chain(named).filter(is_whole).collect();
    let is_one = |document: &&DocumentView| document.documented_information.iter().any(|one| kinds.iter().any(|kind| context.framework.is_a(&one.id, kind)));
    context.assessment.documents.iter().filter(is_one).map(|document| document.path.as_str()).collect()
}

/// How much of all that is open stands here, and where the rest belongs.
fn note(context: &Context<'_>, open: &[&Finding], listed: &[&Finding]) -> String {
    let is_listed = |finding: &&&Finding| listed.iter().any(|other| other.fingerprint == finding.fingerprint);
    let all = count(open.len(), "open finding", "open findings");
    if listed.len() == open.len() {
        return match open.len() {
            0 => String::new(),
            1 => "This is the one open finding of this review.".to_owned(),
            _ => format!("These are all {all} of this review."),
        };
    }
    let rest: Vec<&Finding> = open.iter().filter(|finding| !is_listed(finding)).copied().collect();
    let slight = rest.iter().filter(|finding| is_asked(context, finding)).count();
    let elsewhere = rest.len() - slight;
    const ELSEWHERE: &str = "to what this audit does not look at";
    let others = match (slight, elsewhere) {
        (0, 1) => format!("the other one belongs {ELSEWHERE}"),
        (0, _) => format!("the others belong {ELSEWHERE}"),
        (1, 0) => "the other one is graded lower than minor".to_owned(),
        (_, 0) => "the others are graded lower than minor".to_owned(),
        _ => format!("of the others, {slight} graded lower than minor, and {elsewhere} belonging {ELSEWHERE}"),
    };
    format!("{} of {all} of this review; {others}. The gap report has them all.", listed.len())
}
