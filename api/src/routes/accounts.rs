//! stub
use utoipa_axum::router::OpenApiRouter;
use crate::ApiState;
pub(super) fn router() -> OpenApiRouter<ApiState> { OpenApiRouter::new() }
