//! The way into every handler of the operator: a logged-in user who operates this installation, and the rows of all.
//!
//! API keys are never operators: a key belongs to an organization.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use wahana_store::System;
use wahana_store::db::audit::ActorKind;

use crate::auth::Caller;
use crate::problem::{Code, Problem};
use crate::scoped::{actor, identify};
use crate::state::ApiState;

/// An operator of the installation.
pub struct Operator {
    /// All rows; acts stand in the audit log under the operator's name.
    pub system: System,
}

impl FromRequestParts<ApiState> for Operator {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &ApiState) -> Result<Self, Problem> {
        let caller = identify(parts, state).await?;
        if !matches!(&caller, Caller::User(user) if user.operator) {
            return Err(Problem::of(Code::OperatorRequired));
        }
        let actor = actor(&caller, ActorKind::Operator, parts, state);
        Ok(Self { system: state.store.system().acting(actor) })
    }
}
