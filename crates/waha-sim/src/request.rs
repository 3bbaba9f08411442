//! A request as WAHA's controllers see it: parameters, query and a body that is an object or nothing.

use std::collections::HashMap;

use axum::{
    extract::{FromRequest, Path, Query, Request},
    http::{HeaderMap, Method, StatusCode, header},
};
use bytes::Bytes;
use chrono::{DateTime, SecondsFormat, Utc};
use serde_json::{Map, Value, json};

use crate::{answer::Refusal, sim::Sim};

/// WAHA's limit for a JSON body (docs/waha.md 0.4).
const BODY_LIMIT: usize = 50 * 1024 * 1024;
/// Limit of what is read, so that a client that sends too much can still read the answer.
const READ_LIMIT: usize = 4 * BODY_LIMIT;

/// A request, fully read.
pub(crate) struct Req {
    pub(crate) body: Value,
    query: HashMap<String, String>,
    path: HashMap<String, String>,
    pub(crate) headers: HeaderMap,
    method: Method,
    path_and_query: String,
}

impl Req {
    /// A part of the path; empty if the route has none of that name.
    pub(crate) fn param(&self, name: &str) -> &str {
        self.path.get(name).map_or("", String::as_str)
    }

    pub(crate) fn query(&self, name: &str) -> Option<&str> {
        self.query.get(name).map(String::as_str)
    }

    /// A text of the body.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.body[name].as_str()
    }

    /// A number of the query; shape B if it is none (transcript C79).
    pub(crate) fn number(&self, name: &str) -> Result<Option<i64>, Refusal> {
        let Some(text) = self.query(name) else { return Ok(None) };
        let wrong = || {
            Refusal::bad_request(json!([format!(
                "{name} must be a number conforming to the specified constraints"
            )]))
        };
        text.parse().map(Some).map_err(|_| wrong())
    }

    /// A flag of the query; shape B if it is none (transcript A16).
    pub(crate) fn flag(&self, name: &str) -> Result<Option<bool>, Refusal> {
        match self.query(name) {
            None => Ok(None),
            Some("true") => Ok(Some(true)),
            Some("false") => Ok(Some(false)),
            Some(_) => Err(Refusal::bad_request(json!([format!("{name} must be a boolean value")]))),
        }
    }

    /// Shape E. Echoes the body, as WAHA does (docs/waha.md 0.4).
    pub(crate) fn exception(&self, sim: &Sim, name: &str, message: &str) -> Refusal {
        self.exception_with(
            sim,
            json!({ "message": message, "name": name, "stack": format!("{name}: {message}\n    at ...") }),
        )
    }

    pub(crate) fn exception_with(&self, sim: &Sim, exception: Value) -> Refusal {
        let mut request =
            json!({ "path": self.path_and_query, "method": self.method.as_str(), "query": self.query });
        if self.method != Method::GET && self.body.is_object() {
            request["body"] = self.body.clone();
        }
        server_error(sim, &exception, &request)
    }

    pub(crate) fn type_error(&self, sim: &Sim, message: &str) -> Refusal {
        self.exception(sim, "TypeError", message)
    }
}

impl FromRequest<std::sync::Arc<Sim>> for Req {
    type Rejection = Refusal;

    async fn from_request(request: Request, sim: &std::sync::Arc<Sim>) -> Result<Self, Refusal> {
        let (mut parts, body) = request.into_parts();
        let path = axum::RequestPartsExt::extract::<Path<HashMap<String, String>>>(&mut parts).await;
        let query = Query::<HashMap<String, String>>::try_from_uri(&parts.uri);
        let method = parts.method.clone();
        let path_and_query = parts.uri.path_and_query().map_or_else(String::new, ToString::to_string);
        let bytes = axum::body::to_bytes(body, READ_LIMIT).await;
        let length = bytes.as_ref().map_or(READ_LIMIT, Bytes::len);
        let Some(bytes) = bytes.ok().filter(|_| length <= BODY_LIMIT) else {
            return Err(too_large(sim, length, &method, &path_and_query));
        };
        Ok(Self {
            body: json_body(&parts.headers, &bytes)?,
            query: query.map(|Query(query)| query).unwrap_or_default(),
            path: path.map(|Path(path)| path).unwrap_or_default(),
            headers: parts.headers,
            method,
            path_and_query,
        })
    }
}

/// Any other content type than JSON is a missing body (transcript A54).
fn json_body(headers: &HeaderMap, bytes: &Bytes) -> Result<Value, Refusal> {
    let content_type =
        headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if !content_type.starts_with("application/json") || bytes.is_empty() {
        return Ok(Value::Object(Map::new()));
    }
    serde_json::from_slice(bytes).map_err(|error| Refusal::bad_request(error.to_string()))
}

fn too_large(sim: &Sim, length: usize, method: &Method, path: &str) -> Refusal {
    let exception = json!({
        "message": "request entity too large",
        "name": "PayloadTooLargeError",
        "expected": length,
        "length": length,
        "limit": BODY_LIMIT,
        "type": "entity.too.large",
        "stack": "PayloadTooLargeError: request entity too large\n    at ...",
    });
    server_error(sim, &exception, &json!({ "path": path, "method": method.as_str(), "query": {} }))
}

fn server_error(sim: &Sim, exception: &Value, request: &Value) -> Refusal {
    let now = DateTime::<Utc>::from_timestamp_millis(sim.now()).unwrap_or_default();
    let body = json!({
        "statusCode": 500,
        "timestamp": now.to_rfc3339_opts(SecondsFormat::Millis, true),
        "exception": exception,
        "request": request,
        "version": sim.environment(),
    });
    Refusal::json(StatusCode::INTERNAL_SERVER_ERROR, body)
}
