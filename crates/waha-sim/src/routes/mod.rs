//! All routes of WAHA that the simulator knows, and the key check before them.

mod auth;
mod chats;
mod contacts;
mod control;
mod groups;
mod media;
mod messages;
mod misc;
mod profile;
mod send;
mod sessions;
mod status;

use std::sync::Arc;

use axum::{
    Router,
    extract::{Request, State},
    http::Method,
    middleware::{self, Next},
    response::{IntoResponse, Response},
};
use secrecy::ExposeSecret;

use crate::{answer::Refusal, config::Version, sim::Sim};

type Routes = Router<Arc<Sim>>;

pub(crate) fn router(sim: Arc<Sim>) -> Router {
    Router::new()
        .merge(sessions::routes())
        .merge(auth::routes())
        .merge(send::routes())
        .merge(media::routes())
        .merge(messages::routes())
        .merge(chats::routes())
        .merge(contacts::routes())
        .merge(groups::routes())
        .merge(status::routes())
        .merge(profile::routes())
        .merge(misc::routes())
        .fallback(no_route)
        .method_not_allowed_fallback(no_route)
        .layer(middleware::from_fn_with_state(Arc::clone(&sim), check_key))
        .merge(control::routes())
        .with_state(sim)
}

/// A known path with another method is not known either (transcript A13).
async fn no_route(method: Method, uri: axum::http::Uri) -> Refusal {
    Refusal::not_found(format!("Cannot {method} {}", uri.path()))
}

/// All routes except `/ping` require the key; in the query only since 2026.4.3 (docs/waha.md section 1).
async fn check_key(State(sim): State<Arc<Sim>>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let open = !(path.starts_with("/api") || path.starts_with("/health"));
    let Some(key) = sim.config.api_key.as_ref().filter(|_| !open) else { return next.run(request).await };
    let header = request.headers().get("x-api-key").and_then(|value| value.to_str().ok());
    let query = request.uri().query().unwrap_or_default();
    let query = url::form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "x-api-key");
    let query = query.filter(|_| sim.config.version >= Version::V2026_7);
    let given = header.or(query.as_ref().map(|(_, value)| value.as_ref()));
    if given == Some(key.expose_secret()) {
        next.run(request).await
    } else {
        Refusal::unauthorized().into_response()
    }
}
