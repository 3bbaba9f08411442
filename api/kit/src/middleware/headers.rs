//! Headers that keep browsers from doing what we did not mean.

use axum::extract::Request;
use axum::http::{HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;

/// For answers that are no page: nothing may be loaded, run or framed.
const NO_PAGE: &str = "default-src 'none'; frame-ancestors 'none'";
/// For the documentation: its own scripts only, none inline.
const DOCS: &str = "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/// Adds them where the handler did not set its own.
pub(super) async fn add(request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let is_api = path == "/api" || path.starts_with("/api/");
    let is_docs = path.starts_with("/api/docs");
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let mut set = |name, value| {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    };
    set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(header::REFERRER_POLICY, "no-referrer");
    if is_api {
        set(header::CONTENT_SECURITY_POLICY, if is_docs { DOCS } else { NO_PAGE });
        set(header::CACHE_CONTROL, if is_docs { "no-cache" } else { "no-store" });
    }
    response
}
