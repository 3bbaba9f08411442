//! The query string.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use serde::de::DeserializeOwned;

use super::{nul_problem, serde_problem};
use crate::problem::Problem;
use crate::state::ApiState;

/// The query string. Give the type `#[serde(deny_unknown_fields)]`.
pub struct Query<T>(pub T);

impl<T: DeserializeOwned> FromRequestParts<ApiState> for Query<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &ApiState) -> Result<Self, Problem> {
        read(parts.uri.query().unwrap_or_default()).map(Self)
    }
}

pub(super) fn read<T: DeserializeOwned>(query: &str) -> Result<T, Problem> {
    if query.contains("%00") {
        return Err(nul_problem());
    }
    let pairs = serde_urlencoded::Deserializer::new(url::form_urlencoded::parse(query.as_bytes()));
    serde_path_to_error::deserialize(pairs)
        .map_err(|error| serde_problem(&error.path().to_string(), &error.inner().to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paging::{Cursor, Limit};
    use crate::problem::Code;
    use serde::Deserialize;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct List {
        #[serde(default, rename = "limit")]
        _limit: Limit,
        #[serde(rename = "cursor")]
        _cursor: Option<Cursor>,
    }

    #[test]
    fn mistakes_name_their_field() {
        assert!(read::<List>("").is_ok() && read::<List>("limit=200").is_ok());
        for (query, code, field) in [
            ("limit=0", Code::InvalidField, "limit"),
            ("limit=201", Code::InvalidField, "limit"),
            ("limit=many", Code::InvalidField, "limit"),
            ("cursor=x", Code::InvalidField, "cursor"),
            ("page=2", Code::UnknownField, "page"),
        ] {
            let problem = read::<List>(query).unwrap_err();
            assert_eq!(
                (problem.code, problem.field.as_deref()),
                (code, Some(field)),
                "{query}: {}",
                problem.detail
            );
        }
    }
}
