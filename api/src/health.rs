//! For operators and their machines: is it alive, is it ready, what does it measure.

use axum::Router;
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use axum::routing::get;

use wahana_api_kit::ApiState;
use wahana_api_kit::problem::{Answer, Code, Problem};

/// `/healthz`, `/readyz`, `/metrics`. No secrets, no tenants; keep them off the public address anyway.
pub(crate) fn router() -> Router<ApiState> {
    Router::new().route("/healthz", get(alive)).route("/readyz", get(ready)).route("/metrics", get(metrics))
}

/// The process answers.
async fn alive() -> &'static str {
    "ok\n"
}

/// Postgres answers and has this version's schema. The API does not need Redis.
async fn ready(State(state): State<ApiState>) -> Answer<&'static str> {
    if state.shutdown.is_cancelled() {
        return Err(Problem::new(Code::Unavailable, "this process is ending").retry_after(1));
    }
    state.store.ready().await.map_err(|error| {
        tracing::warn!(error.message = %error, "not ready");
        Problem::new(Code::Unavailable, "the database does not answer or is not migrated").retry_after(2)
    })?;
    Ok("ready\n")
}

async fn metrics(State(state): State<ApiState>) -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], (state.metrics)())
}
