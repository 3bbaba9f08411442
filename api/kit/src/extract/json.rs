//! A JSON body, in and out.

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{FromRequest, OptionalFromRequest, Request};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::error::Category;
use wahana_domain::Rule;

use super::{nul_problem, serde_problem};
use crate::problem::{Code, Problem};
use crate::state::ApiState;

/// A JSON body. Give the type `#[serde(deny_unknown_fields)]`.
pub struct Json<T>(pub T);

impl<T: DeserializeOwned> FromRequest<ApiState> for Json<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &ApiState) -> Result<Self, Problem> {
        if !is_json(request.headers()) {
            return Err(not_json());
        }
        let body = Bytes::from_request(request, state).await.map_err(body_problem)?;
        read(&body).map(Self)
    }
}

/// `None` for an empty body, whatever its type says.
impl<T: DeserializeOwned> OptionalFromRequest<ApiState> for Json<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &ApiState) -> Result<Option<Self>, Problem> {
        let json = is_json(request.headers());
        let body = Bytes::from_request(request, state).await.map_err(body_problem)?;
        match (body.is_empty(), json) {
            (true, _) => Ok(None),
            (false, true) => read(&body).map(|body| Some(Self(body))),
            (false, false) => Err(not_json()),
        }
    }
}

impl<T: Serialize> IntoResponse for Json<T> {
    fn into_response(self) -> Response {
        axum::Json(self.0).into_response()
    }
}

/// Reads strictly: no trailing characters, no NUL.
pub fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, Problem> {
    if has_escaped_nul(body) {
        return Err(nul_problem());
    }
    // Every body is an object; serde would also take the fields of a struct as a list.
    if body.trim_ascii_start().starts_with(b"[") {
        return Err(Problem::rule(Rule::WrongType { expected: "an object".into() }));
    }
    let mut json = serde_json::Deserializer::from_slice(body);
    let value = serde_path_to_error::deserialize(&mut json).map_err(|error| {
        let path = error.path().to_string();
        let inner = error.into_inner();
        if inner.is_data() { serde_problem(&path, &inner.to_string()) } else { syntax(&inner) }
    })?;
    json.end().map_err(|error| syntax(&error))?;
    Ok(value)
}

fn not_json() -> Problem {
    Problem::new(Code::UnsupportedMediaType, "send Content-Type: application/json")
}

fn syntax(error: &serde_json::Error) -> Problem {
    let (line, character) = (error.line(), error.column());
    let detail = match error.classify() {
        Category::Eof if line <= 1 && character == 0 => "the body is empty; send a JSON object".to_owned(),
        Category::Eof => {
            "the JSON ends too early: a brace, bracket or quotation mark is not closed".to_owned()
        }
        _ => format!("this is no JSON from line {line}, character {character} on"),
    };
    Problem::new(Code::InvalidJson, detail)
}

fn body_problem(rejection: BytesRejection) -> Problem {
    if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
        return Problem::of(Code::TooLarge);
    }
    tracing::debug!(error.message = %rejection.body_text(), "a body broke off");
    Problem::of(Code::InvalidBody)
}

fn is_json(headers: &HeaderMap) -> bool {
    let value = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    essence == "application/json" || (essence.starts_with("application/") && essence.ends_with("+json"))
}

/// Whether a string of this JSON holds `\u0000`; `\\u0000` is a backslash and five letters.
fn has_escaped_nul(body: &[u8]) -> bool {
    let mut rest = body;
    while let Some(at) = rest.iter().position(|byte| *byte == b'\\') {
        if rest[at + 1..].starts_with(b"u0000") {
            return true;
        }
        rest = rest.get(at + 2..).unwrap_or_default();
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Outer {
        #[serde(rename = "list")]
        _list: Vec<Inner>,
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Inner {
        #[serde(rename = "n")]
        _n: u8,
    }

    #[test]
    fn every_mistake_names_its_field() {
        let cases: [(&str, Code, Option<&str>); 11] = [
            ("", Code::InvalidJson, None),
            ("{", Code::InvalidJson, None),
            ("{} x", Code::MissingField, Some("list")),
            (r#"{"list":[]} x"#, Code::InvalidJson, None),
            ("[]", Code::InvalidField, None),
            (r#"{"list":7}"#, Code::InvalidField, Some("list")),
            (r#"{"list":[{"n":1},{"n":"x"}]}"#, Code::InvalidField, Some("list[1].n")),
            (r#"{"list":[{}]}"#, Code::MissingField, Some("list[0].n")),
            (r#"{"list":[],"lisst":1}"#, Code::UnknownField, Some("lisst")),
            (r#"{"list":[{"n":1,"m":2}]}"#, Code::UnknownField, Some("list[0].m")),
            (r#"{"list":[{"n":256}]}"#, Code::InvalidField, Some("list[0].n")),
        ];
        for (body, code, field) in cases {
            let problem = read::<Outer>(body.as_bytes()).unwrap_err();
            assert_eq!((problem.code, problem.field.as_deref()), (code, field), "{body}: {}", problem.detail);
        }
    }

    #[test]
    fn nul_is_found_but_not_imagined() {
        assert!(has_escaped_nul(br#""a\u0000""#) && has_escaped_nul(br#""\\\u0000""#));
        assert!(
            !has_escaped_nul(br#""a\\u0000""#) && !has_escaped_nul(br#""\u0001\"#) && !has_escaped_nul(b"")
        );
    }
}
