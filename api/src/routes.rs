//! What the crates of this folder answer, with and without their document.

use utoipa::openapi::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use wahana_api_kit::ApiState;

/// Routes with JSON bodies; answered within the request timeout.
pub(crate) fn quick() -> OpenApiRouter<ApiState> {
    wahana_api_messaging::quick().merge(wahana_api_platform::quick()).merge(wahana_api_operator::quick())
}

/// Everything, described in addition to what `base` says.
pub(crate) fn described(base: OpenApi) -> OpenApiRouter<ApiState> {
    OpenApiRouter::with_openapi(base).nest("/api/v1", quick().merge(wahana_api_messaging::uploads()))
}
