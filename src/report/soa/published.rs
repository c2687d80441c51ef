//! The statement for programs.

use schemars::JsonSchema;
use serde::Serialize;

use super::super::cover::Cover;
use super::{SCHEMA, nothing_excluded};
use crate::assessment::{Check, ClaimQuestion, OwnStatement, Party, Responsibility, Scope, Service, SubClause};

/// A statement of applicability, schema `clausewise/soa/v1`. It may gain fields; names and meanings stay.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(title = "Statement of applicability")]
pub(in crate::report) struct SoaFile<'run> {
    /// Always `clausewise/soa/v1`.
    schema: &'static str,
    /// Of whom, of which state, by which map, on which day.
    cover: &'run Cover,
    /// That no requirement has been left out.
    declaration: String,
    /// The organization's own statement, where there is one.
    statement: Option<&'run OwnStatement>,
    /// Whether who approved it is top management by the configuration; null where nothing tells.
    approved_by_top_management: Option<bool>,
    /// The scope statement, where there is one.
    scope: Option<&'run Scope>,
    /// Every lowest sub-clause, in natural order, with its requirements.
    rows: &'run [SubClause],
    /// Other parties that take part, by their register.
    parties: &'run [Party],
    /// Services of the catalogue.
    services: &'run [Service],
    /// Checks of the scope statement.
    scope_checks: &'run [Check],
    /// The rules on what others may do.
    rules: &'run [Check],
    /// Six questions on whether conformity can be claimed at all, with what documents and configuration say to each.
    claim: &'run [ClaimQuestion],
}

impl<'run> SoaFile<'run> {
    pub(super) fn new(cover: &'run Cover, responsibility: &'run Responsibility) -> Self {
        Self {
            schema: SCHEMA,
            cover,
            declaration: nothing_excluded(&cover.standard),
            statement: responsibility.statement.as_ref(),
            approved_by_top_management: responsibility.approved_by_top_management,
            scope: responsibility.scope.as_ref(),
            rows: &responsibility.rows,
            parties: &responsibility.parties,
            services: &responsibility.services,
            scope_checks: &responsibility.scope_checks,
            rules: &responsibility.rules,
            claim: &responsibility.claim,
        }
    }
}
