//! What a request says, read strictly: every mistake becomes a problem that names the field.

mod binary;
mod check;
mod json;
mod paged;
mod path;
mod query;

pub use binary::Binary;
pub use check::Check;
pub use json::{Json, read as read_strictly};
pub use paged::{NoFilter, Paged};
pub use path::Path;
pub use query::Query;

use serde::{Deserialize, Deserializer};

use crate::problem::{Code, Problem};

/// Tells null from absence.
pub fn given<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
) -> Result<Option<Option<T>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}

/// Turns serde's words into a problem; `path` is where it happened ("." is the whole).
fn serde_problem(path: &str, message: &str) -> Problem {
    let place = path.trim_matches('.');
    let quoted = |start: &str| message.strip_prefix(start).and_then(|rest| rest.split('`').next());
    if let Some(name) = quoted("unknown field `") {
        return Problem::new(Code::UnknownField, message).at(join(place, name));
    }
    if let Some(name) = quoted("missing field `") {
        return Problem::new(Code::MissingField, message).at(join(place, name));
    }
    if let Some(name) = quoted("duplicate field `") {
        return Problem::field(join(place, name), message);
    }
    let problem = Problem::new(Code::InvalidField, message);
    if place.is_empty() { problem } else { problem.at(place) }
}

fn join(parent: &str, name: &str) -> String {
    // serde_path_to_error already ends with the name where the name was read as a key.
    if parent.is_empty() || parent == name || parent.ends_with(&format!(".{name}")) {
        return if parent.is_empty() { name.to_owned() } else { parent.to_owned() };
    }
    format!("{parent}.{name}")
}

/// Postgres holds no NUL in text, and nobody needs one.
fn nul_problem() -> Problem {
    Problem::new(Code::InvalidField, "text must not contain the NUL character (\\u0000)")
}
