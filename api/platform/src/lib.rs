//! Routes about using Wahana itself: accounts, keys, the home screen, the stream of changes.

mod accounts;
mod analytics;
mod notifications;

use utoipa_axum::router::OpenApiRouter;
use wahana_api_kit::ApiState;

/// Routes with JSON bodies; answered within the request timeout.
pub fn quick() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .merge(analytics::home::router())
        .merge(notifications::stream::router())
        .merge(accounts::logins::router())
        .merge(accounts::user::router())
        .merge(accounts::devices::router())
        .merge(accounts::api_keys::router())
        .merge(accounts::request_log::router())
        .merge(accounts::audit::router())
}
