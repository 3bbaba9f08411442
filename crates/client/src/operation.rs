//! What an operation is: name, method and path. Which ones there are stands in `operations.rs`.
//! It must never know how a request is sent.

use reqwest::Method;

/// An operation of docs/openapi.json.
#[derive(Clone, Debug)]
pub struct Operation {
    /// Its `operationId`.
    pub name: &'static str,
    /// Its method.
    pub method: Method,
    /// Its path, with `{id}` where a value belongs.
    pub path: &'static str,
}

impl Operation {
    /// Whether it has the same effect when it is sent twice.
    pub(crate) fn is_idempotent(&self) -> bool {
        matches!(self.method, Method::GET | Method::PUT | Method::DELETE)
    }
}
