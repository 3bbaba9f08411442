//! What a request says, read strictly: every mistake becomes a problem that names the field.

mod binary;
mod if_match;
mod json;
mod paged;
mod path;
mod query;
mod serde_rule;

pub use binary::Binary;
pub use if_match::{ETag, IfMatch, etag};
pub use json::{Json, read as read_strictly};
pub use paged::{NoFilter, Paged};
pub use path::Path;
pub use query::Query;
use serde_rule::serde_problem;
pub use serde_rule::serde_rule;

pub use wahana_service::checks::Check;

use serde::{Deserialize, Deserializer};
use wahana_domain::Rule;

use crate::problem::Problem;

/// Tells null from absence.
///
/// # Errors
/// When the value cannot be read.
pub fn given<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
) -> Result<Option<Option<T>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}

/// Postgres holds no NUL in text, and nobody needs one.
fn nul_problem() -> Problem {
    Problem::rule(Rule::NulCharacter)
}
