//! What a request says, read strictly: every mistake becomes a problem that names the field.

mod check;
mod json;
mod path;
mod query;
mod serde_rule;

pub(crate) use check::Check;
pub(crate) use json::{Json, read as read_strictly};
pub(crate) use path::Path;
pub(crate) use query::Query;
use serde_rule::serde_problem;
pub(crate) use serde_rule::serde_rule;

use wahana_domain::Rule;

use crate::problem::Problem;

/// Postgres holds no NUL in text, and nobody needs one.
fn nul_problem() -> Problem {
    Problem::rule(Rule::NulCharacter)
}
