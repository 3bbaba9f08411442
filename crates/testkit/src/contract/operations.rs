//! Which operation of the document a request is.

use serde_json::Value;

/// Where the document's paths begin; the same operations answer without the version, too.
const VERSIONED: &str = "/api/v1";
const UNVERSIONED: &str = "/api";

/// Addresses under `/api` that are no operations: WAHA's, and the documentation itself.
const OTHERS: &[&str] = &["/waha/", "/docs", "/openapi.json", "/errors.md"];

/// All operations of a document.
pub(super) struct Operations(Vec<Operation>);

struct Operation {
    method: String,
    segments: Vec<String>,
    pointer: String,
}

/// What a request is to the document.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Found<'a> {
    /// The operation at this JSON pointer.
    Operation(&'a str),
    /// No operation, and no other address that the document does not describe.
    Unknown,
    /// Outside of the document.
    Outside,
}

impl Operations {
    pub(super) fn of(document: &Value) -> Self {
        let mut operations = Vec::new();
        for (path, item) in document["paths"].as_object().into_iter().flatten() {
            let segments: Vec<String> = path.split('/').map(str::to_owned).collect();
            for method in item.as_object().into_iter().flat_map(serde_json::Map::keys) {
                let pointer = format!("/paths/{}/{method}", path.replace('~', "~0").replace('/', "~1"));
                operations.push(Operation {
                    method: method.to_uppercase(),
                    segments: segments.clone(),
                    pointer,
                });
            }
        }
        // A literal segment beats a parameter: `/messages/cancel` is no message.
        operations.sort_by_key(|operation| operation.segments.iter().filter(|s| is_parameter(s)).count());
        Self(operations)
    }

    /// Finds the operation; `path` without its query.
    pub(super) fn find(&self, method: &str, path: &str) -> Found<'_> {
        let rest = path.strip_prefix(VERSIONED).filter(|rest| rest.is_empty() || rest.starts_with('/'));
        let Some(rest) = rest.or_else(|| path.strip_prefix(UNVERSIONED)) else { return Found::Outside };
        if !rest.starts_with('/') || OTHERS.iter().any(|other| rest.starts_with(other)) {
            return Found::Outside;
        }
        // Where GET is answered, HEAD is.
        let method = if method == "HEAD" { "GET" } else { method };
        let whole = format!("{VERSIONED}{rest}");
        let segments: Vec<&str> = whole.split('/').collect();
        let found = self.0.iter().find(|operation| operation.method == method && operation.takes(&segments));
        found.map_or(Found::Unknown, |operation| Found::Operation(&operation.pointer))
    }
}

impl Operation {
    fn takes(&self, path: &[&str]) -> bool {
        let fits =
            |(wanted, given): (&String, &&str)| wanted == given || is_parameter(wanted) && !given.is_empty();
        self.segments.len() == path.len() && self.segments.iter().zip(path).all(fits)
    }
}

fn is_parameter(segment: &str) -> bool {
    segment.starts_with('{')
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_request_finds_its_operation() {
        let paths = json!({"paths": {
            "/api/v1/messages/{id}": {"get": {}}, "/api/v1/messages/cancel": {"post": {}, "get": {}},
        }});
        let operations = Operations::of(&paths);
        let one = Found::Operation("/paths/~1api~1v1~1messages~1{id}/get");
        assert_eq!(operations.find("GET", "/api/v1/messages/msg_1"), one);
        assert_eq!(operations.find("HEAD", "/api/messages/msg_1"), one);
        let cancel = Found::Operation("/paths/~1api~1v1~1messages~1cancel/get");
        assert_eq!(operations.find("GET", "/api/v1/messages/cancel"), cancel);
        assert_eq!(operations.find("DELETE", "/api/v1/messages/msg_1"), Found::Unknown);
        assert_eq!(operations.find("GET", "/api/v1/messages/"), Found::Unknown);
        assert_eq!(operations.find("POST", "/api/waha/ses_1"), Found::Outside);
        assert_eq!(operations.find("GET", "/healthz"), Found::Outside);
        assert_eq!(operations.find("GET", "/apiary"), Found::Outside);
    }
}
