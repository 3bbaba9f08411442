//! The dashboard: its files, and its page at every address that is none of the API's. It is built apart from the API,
//! which is only told how to read its files; without them a page says how to build it.

use std::borrow::Cow;

use axum::Router;
use axum::extract::{OriginalUri, State};
use axum::http::{HeaderMap, HeaderName, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};
use tower_http::compression::CompressionLayer;

use wahana_api_kit::ApiState;
use wahana_api_kit::problem::{Code, Problem};

const INDEX: &str = "index.html";
const NOT_BUILT: &str = include_str!("dashboard_not_built.html");

/// Scripts are files of ours, never inline; the design system sets styles on elements.
const POLICY: &str = "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
    img-src 'self' data: blob:; media-src 'self' blob:; object-src 'none'; frame-ancestors 'none'; \
    base-uri 'none'; form-action 'self'";

/// What answers where no route does.
pub(crate) fn router() -> Router<ApiState> {
    Router::new().fallback(serve).layer(CompressionLayer::new())
}

async fn serve(
    State(state): State<ApiState>,
    method: Method,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let path = uri.path();
    let of_the_api = path == "/api" || path.starts_with("/api/");
    if of_the_api || !matches!(method, Method::GET | Method::HEAD) {
        return Err(Problem::of(Code::NoSuchRoute));
    }
    let read = state.config.dashboard;
    let path = path.trim_start_matches('/');
    // What the build left for itself begins with a dot.
    if !path.is_empty()
        && !path.starts_with('.')
        && let Some(bytes) = read(path)
    {
        return Ok(answer(path, bytes, &headers));
    }
    // The app finds its screen by the address. A script that is gone must not be answered with a page.
    if !path.is_empty() && !wants_page(&headers) {
        return Err(Problem::of(Code::NoSuchRoute));
    }
    let page = read(INDEX).unwrap_or(Cow::Borrowed(NOT_BUILT.as_bytes()));
    Ok(answer(INDEX, page, &headers))
}

fn wants_page(headers: &HeaderMap) -> bool {
    let accept = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok());
    accept.is_some_and(|accept| accept.contains("text/html"))
}

/// Names below `assets/` change with the content; everything else is asked for again.
fn answer(path: &str, bytes: Cow<'static, [u8]>, headers: &HeaderMap) -> Response {
    let common =
        [(header::CONTENT_SECURITY_POLICY, POLICY.to_owned()), (header::CONTENT_TYPE, content_type(path))];
    if path.starts_with("assets/") {
        return (common, [(header::CACHE_CONTROL, "public, max-age=31536000, immutable")], bytes)
            .into_response();
    }
    let tag = format!("W/\"{}\"", hex::encode(&Sha256::digest(&bytes)[..16]));
    let known = headers.get(header::IF_NONE_MATCH).is_some_and(|value| value == tag.as_str());
    let fresh: [(HeaderName, String); 2] =
        [(header::CACHE_CONTROL, "no-cache".to_owned()), (header::ETAG, tag)];
    if known {
        return (StatusCode::NOT_MODIFIED, common, fresh).into_response();
    }
    (common, fresh, bytes).into_response()
}

fn content_type(path: &str) -> String {
    let kind = mime_guess::from_path(path).first_or_octet_stream();
    if kind.type_() == "text" { format!("{kind}; charset=utf-8") } else { kind.to_string() }
}
