//! The request id: the client's own if it is sane, else a new one; echoed, logged, and named in every problem.

use std::sync::Arc;

use axum::extract::Request;
use axum::http::{Extensions, HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;

const HEADER: HeaderName = HeaderName::from_static("x-request-id");
const MAX_LENGTH: usize = 64;

/// Under this id the request stands in the log.
#[derive(Clone, Debug)]
pub struct RequestId(Arc<str>);

impl RequestId {
    /// The id of the request with these extensions.
    pub fn of(extensions: &Extensions) -> Self {
        extensions.get::<Self>().cloned().unwrap_or_else(|| Self("".into()))
    }

    /// The id, to keep.
    pub fn text(&self) -> Arc<str> {
        self.0.clone()
    }

    /// The id.
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

/// Gives every request its id.
pub(super) async fn set(mut request: Request, next: Next) -> Response {
    let given =
        request.headers().get(HEADER).and_then(|value| value.to_str().ok()).filter(|text| is_sane(text));
    let text =
        given.map_or_else(|| format!("req_{}", hex::encode(rand::random::<[u8; 12]>())), str::to_owned);
    let id = RequestId(text.into());
    request.extensions_mut().insert(id.clone());
    let mut response = next.run(request).await;
    if let Ok(value) = HeaderValue::from_str(id.as_str()) {
        response.headers_mut().insert(HEADER, value);
    }
    response
}

fn is_sane(text: &str) -> bool {
    (1..=MAX_LENGTH).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'))
}

#[cfg(test)]
mod tests {
    use super::is_sane;

    #[test]
    fn nothing_strange_reaches_the_log() {
        assert!(is_sane("01H455-a_b.c"));
        for bad in ["", "a b", "a\u{7f}", "<script>", "ä", &"x".repeat(65)] {
            assert!(!is_sane(bad), "{bad}");
        }
    }
}
