//! `If-Match`: the version of a thing that the client looked at, and the `ETag` that tells it.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderName, header};
use wahana_domain::Rule;

use crate::problem::Problem;
use crate::state::ApiState;

/// The version that `If-Match` names; `None` without the header, and for `*`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct IfMatch(pub Option<i32>);

/// The `ETag` of a version, as an answer carries it.
pub type ETag = [(HeaderName, String); 1];

/// The `ETag` of this version.
pub fn etag(version: i32) -> ETag {
    [(header::ETAG, format!("\"{version}\""))]
}

impl FromRequestParts<ApiState> for IfMatch {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &ApiState) -> Result<Self, Problem> {
        let Some(value) = parts.headers.get(header::IF_MATCH) else { return Ok(Self(None)) };
        let wrong = || Problem::field("If-Match", Rule::BadEtag);
        read(value.to_str().map_err(|_| wrong())?).ok_or_else(wrong)
    }
}

/// Proxies that compress answers make a tag weak; it names the same version.
fn read(text: &str) -> Option<IfMatch> {
    let text = text.trim();
    if text == "*" {
        return Some(IfMatch(None));
    }
    let tag = text.strip_prefix("W/").unwrap_or(text);
    let version = tag.strip_prefix('"')?.strip_suffix('"')?;
    version.parse().ok().map(|version| IfMatch(Some(version)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn b44_a_tag_names_a_version() {
        assert_eq!(read(&etag(7)[0].1), Some(IfMatch(Some(7))));
        assert_eq!(read(" W/\"7\" "), Some(IfMatch(Some(7))));
        assert_eq!(read("*"), Some(IfMatch(None)));
        for wrong in ["", "7", "\"\"", "\"x\"", "\"1\", \"2\"", "W/7"] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }
}
