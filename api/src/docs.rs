//! The documentation that the binary carries: `/api/openapi.json` and a page to browse it.

use std::sync::OnceLock;

use axum::Router;
use axum::http::header;
use axum::response::IntoResponse;
use axum::routing::get;
use utoipa_swagger_ui::{Config, SwaggerUi};

use wahana_api_kit::ApiState;
use wahana_api_kit::problem::{Problem, errors_markdown};

/// `/api/openapi.json`, `/api/docs`, `/api/errors.md`.
pub(crate) fn router() -> Router<ApiState> {
    let page = SwaggerUi::new("/api/docs")
        .config(Config::from("/api/openapi.json").persist_authorization(false).try_it_out_enabled(true));
    Router::from(page)
        .route("/api/openapi.json", get(document))
        .route("/api/v1/openapi.json", get(document))
        .route("/api/errors.md", get(errors))
}

async fn document() -> Result<impl IntoResponse, Problem> {
    static DOCUMENT: OnceLock<Result<String, String>> = OnceLock::new();
    let made = DOCUMENT.get_or_init(|| crate::openapi().to_json().map_err(|error| error.to_string()));
    let json = made.as_deref().map_err(Problem::internal)?;
    Ok(([(header::CONTENT_TYPE, "application/json")], json))
}

async fn errors() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "text/markdown; charset=utf-8")], errors_markdown())
}
