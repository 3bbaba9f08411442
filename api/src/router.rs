//! The whole router: what the crates of this folder answer, behind the same limits and middleware.

use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use utoipa_axum::router::OpenApiRouter;
use wahana_api_kit::ApiState;
use wahana_api_kit::middleware::{self, timeout};

use crate::routes::quick;
use crate::{dashboard, docs, health};

/// The whole HTTP surface: `/api/v1/...`, the same under `/api/...`, the documentation, health for operators, and
/// the dashboard everywhere else.
pub fn router(state: ApiState) -> Router {
    let log = state.request_log.clone();
    let api = limited(quick(), state.config.request_timeout, state.config.json_max_bytes)
        .merge(limited(
            wahana_api_messaging::uploads(),
            state.config.upload_timeout,
            state.config.media_max_bytes,
        ))
        .merge(wahana_api_messaging::inbound(&state));
    let router = Router::new()
        .nest("/api/v1", api.clone())
        .nest("/api", api)
        .merge(docs::router())
        .merge(health::router())
        .merge(dashboard::router())
        .with_state(state);
    middleware::wrap(router, log)
}

fn limited(routes: OpenApiRouter<ApiState>, within: Duration, most_bytes: usize) -> Router<ApiState> {
    Router::from(routes)
        .layer(DefaultBodyLimit::max(most_bytes))
        .layer(axum::middleware::from_fn_with_state(within, timeout))
}
