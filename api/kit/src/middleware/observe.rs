//! One line of log and one observation per request, and one of the request log if its caller is known. Never the query, a header or a body: they may hold secrets.

use std::time::Instant;

use axum::extract::{MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::Response;
use tracing::{Instrument, field};

use super::RequestId;
use crate::problem::Code;
use crate::request_log::{Answered, CallerSlot, RequestLog};

/// Logs and measures. Time is measured here and nowhere else in the API.
pub(super) async fn request(State(log): State<RequestLog>, mut request: Request, next: Next) -> Response {
    let start = Instant::now();
    let method = request.method().clone();
    // The route, not the path: ids would make a metric per message.
    let route = request.extensions().get::<MatchedPath>().map_or("none", MatchedPath::as_str).to_owned();
    let id = RequestId::of(request.extensions());
    let span = tracing::info_span!(
        "request",
        request.id = id.as_str(),
        otel.kind = "server",
        otel.name = format!("{} {route}", label(&method)),
        http.request.method = label(&method),
        http.route = route,
        http.response.status_code = field::Empty,
        otel.status_code = field::Empty,
    );
    let parent = request.headers().get("traceparent").and_then(|value| value.to_str().ok());
    wahana_trace::continues(&span, parent);
    let path = request.uri().path().to_owned();
    let slot = CallerSlot::default();
    request.extensions_mut().insert(slot.clone());
    let response = next.run(request).instrument(span.clone()).await;
    let status = response.status();
    span.record("http.response.status_code", status.as_u16());
    if status.is_server_error() {
        span.record("otel.status_code", "ERROR");
    }
    let took = start.elapsed();
    if let Some(caller) = slot.caller().cloned() {
        let (method, route, request_id) = (label(&method), route.clone(), id.text());
        let code = response.extensions().get::<Code>().copied();
        log.note(Answered { caller, method, route, path, status, code, took, request_id });
    }
    let seconds = took.as_secs_f64();
    metrics::counter!("http_requests_total", "method" => label(&method), "route" => route.clone(), "status" => status.as_str().to_owned())
        .increment(1);
    metrics::histogram!("http_request_seconds", "route" => route.clone()).record(seconds);
    let millis = (seconds * 1000.0).round();
    let of_the_dashboard = route == "none" && status.is_success();
    if of_the_dashboard || route.ends_with("z") || route == "/metrics" {
        tracing::debug!(http.request.method = %method, http.route = route, http.response.status_code = status.as_u16(), duration_ms = millis, request.id = id.as_str(), "request");
    } else {
        tracing::info!(http.request.method = %method, http.route = route, http.response.status_code = status.as_u16(), duration_ms = millis, request.id = id.as_str(), "request");
    }
    response
}

/// A client may invent methods; a metric may not.
fn label(method: &axum::http::Method) -> &'static str {
    match method.as_str() {
        "GET" => "GET",
        "POST" => "POST",
        "PUT" => "PUT",
        "PATCH" => "PATCH",
        "DELETE" => "DELETE",
        "HEAD" => "HEAD",
        "OPTIONS" => "OPTIONS",
        _ => "other",
    }
}
