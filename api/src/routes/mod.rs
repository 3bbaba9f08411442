//! All routes. To add a noun: its file here, one line in `quick` (and in `uploads`, if it takes files).

mod accounts;
mod api_keys;
mod audit;
mod campaign_dry_run;
mod campaign_errors;
mod campaign_findings;
mod campaign_forecast;
mod campaign_preview;
mod campaigns;
mod contact_batches;
mod contacts;
mod controls;
mod conversations;
mod dashboard;
mod dead_letters;
mod devices;
mod docs;
mod health;
mod inbound;
mod jobs;
mod lanes;
mod logins;
mod media;
mod message_batches;
mod message_view;
mod messages;
mod nodes;
mod number_checks;
mod operator_lanes;
mod operator_overview;
mod overview;
mod pairing;
mod pairing_links;
mod policy_preview;
mod queue_history;
mod received_media;
mod recipient_uploads;
mod recipients;
mod reply_to;
mod request_log;
mod send;
mod sender_pools;
mod session_statistics;
mod sessions;
mod status;
mod stream;
mod suppressions;

pub use dashboard::ReadAsset;
pub(crate) use status::Board;

use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use utoipa_axum::router::OpenApiRouter;

use crate::middleware::{self, timeout};
use crate::{ApiState, openapi};

/// Routes with JSON bodies; answered within the request timeout.
fn quick() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .merge(overview::router())
        .merge(status::router())
        .merge(stream::router())
        .merge(logins::router())
        .merge(accounts::router())
        .merge(devices::router())
        .merge(api_keys::router())
        .merge(request_log::router())
        .merge(sessions::router())
        .merge(policy_preview::router())
        .merge(session_statistics::router())
        .merge(pairing::router())
        .merge(pairing_links::router())
        .merge(sender_pools::router())
        .merge(nodes::router())
        .merge(lanes::router())
        .merge(messages::router())
        .merge(message_batches::router())
        .merge(send::router())
        .merge(conversations::router())
        .merge(contacts::router())
        .merge(contact_batches::router())
        .merge(number_checks::router())
        .merge(suppressions::router())
        .merge(campaigns::router())
        .merge(campaign_forecast::router())
        .merge(campaign_preview::router())
        .merge(campaign_dry_run::router())
        .merge(campaign_errors::router())
        .merge(recipients::router())
        .merge(dead_letters::router())
        .merge(audit::router())
        .merge(controls::router())
        .merge(jobs::router())
        .merge(operator_overview::router())
        .merge(operator_lanes::router())
        .merge(queue_history::router())
}

/// Routes that take files; answered within the upload timeout. They set their own body limits.
fn uploads() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .merge(media::uploads())
        .merge(received_media::uploads())
        .merge(send::uploads())
        .merge(contacts::uploads())
        .merge(recipient_uploads::uploads())
}

/// Everything, with its document.
pub(crate) fn described() -> OpenApiRouter<ApiState> {
    OpenApiRouter::with_openapi(openapi::base()).nest("/api/v1", quick().merge(uploads()))
}

/// The whole HTTP surface: `/api/v1/...`, the same under `/api/...`, the documentation, health for operators, and
/// the dashboard everywhere else.
pub fn router(state: ApiState) -> Router {
    let log = state.request_log.clone();
    let api = limited(quick(), state.config.request_timeout, state.config.json_max_bytes)
        .merge(limited(uploads(), state.config.upload_timeout, state.config.media_max_bytes))
        .merge(inbound::router(&state.config));
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
