//! Routes about running an installation: its status, WAHA servers, jobs, holds.

mod fleet;
mod jobs;
mod operator;

use utoipa_axum::router::OpenApiRouter;
use wahana_api_kit::ApiState;

/// Routes with JSON bodies; answered within the request timeout.
pub fn quick() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .merge(operator::status::router())
        .merge(fleet::nodes::router())
        .merge(fleet::moves::router())
        .merge(jobs::dead_letters::router())
        .merge(jobs::job::router())
        .merge(jobs::lanes::router())
        .merge(operator::queue_history::router())
        .merge(operator::controls::router())
        .merge(operator::plans::router())
        .merge(operator::overview::router())
}
