//! The one place where a problem becomes JSON. Also catches what axum itself answers (405, 413) and panics.

use std::any::Any;

use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderValue, Response as HttpResponse, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::RequestId;
use crate::problem::{Code, Problem};

/// Writes the body of every error.
pub(super) async fn write(request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    let id = RequestId::of(request.extensions());
    let mut response = next.run(request).await;
    let told = response.extensions_mut().remove::<Problem>();
    let Some(problem) = told.or_else(|| of_status(response.status())) else { return response };
    render(problem, response, path, &id)
}

/// What axum answers by itself.
fn of_status(status: StatusCode) -> Option<Problem> {
    let code = match status {
        StatusCode::METHOD_NOT_ALLOWED => Code::MethodNotAllowed,
        StatusCode::NOT_FOUND => Code::NoSuchRoute,
        StatusCode::PAYLOAD_TOO_LARGE => Code::TooLarge,
        StatusCode::UNSUPPORTED_MEDIA_TYPE => Code::UnsupportedMediaType,
        status if status.is_server_error() => Code::Internal,
        status if status.is_client_error() => Code::InvalidBody,
        _ => return None,
    };
    Some(Problem::of(code))
}

/// Keeps the headers (Allow, for example), replaces the body.
fn render(problem: Problem, response: Response, path: String, id: &RequestId) -> Response {
    let (mut parts, _) = response.into_parts();
    parts.status = problem.code.status();
    parts.headers.remove(header::CONTENT_LENGTH);
    parts.headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    if parts.status == StatusCode::UNAUTHORIZED {
        parts.headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer realm=\"wahana\""));
    }
    if let Some(seconds) = problem.retry_after {
        parts.headers.insert(header::RETRY_AFTER, seconds.into());
    }
    parts.extensions.insert(problem.code); // for the request log
    let body = serde_json::to_vec(&problem.view(path, id.as_str().to_owned())).unwrap_or_default();
    Response::from_parts(parts, Body::from(body))
}

/// A handler panicked: the reason goes to the log only.
pub(super) fn of_panic(panic: Box<dyn Any + Send>) -> HttpResponse<Body> {
    let text =
        panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied());
    Problem::internal(format_args!("panic: {}", text.unwrap_or("without words"))).into_response()
}
