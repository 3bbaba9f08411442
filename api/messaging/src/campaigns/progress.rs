//! How far a campaign is: its funnel, its rate and when it will be through; as an answer and as a stream.

use std::collections::BTreeMap;
use std::time::Duration;

use axum::extract::State;
use axum::response::IntoResponse;
use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use wahana_domain::CampaignId;
use wahana_domain::campaigns::CampaignState;
use wahana_store::campaigns::progress::Progress;

use crate::campaigns::problems::no_campaign;
use wahana_api_kit::ApiState;
use wahana_api_kit::extract::{Json, Path};
use wahana_api_kit::problem::Answer;
use wahana_api_kit::scoped::{Scoped, need};
use wahana_api_kit::sse::{Watch, watch};

/// How often a stream looks at its campaign.
const LOOK: Duration = Duration::from_secs(1);

pub(crate) fn router() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new().routes(routes!(progress)).routes(routes!(watch_progress))
}

/// How far a campaign is.
#[derive(Debug, PartialEq, Serialize, ToSchema)]
struct ProgressView {
    state: CampaignState,
    /// Recipients.
    #[schema(example = 1200)]
    total: i64,
    /// How many of them have no message yet.
    #[schema(example = 380)]
    waiting: i64,
    /// How many messages are in each state.
    #[schema(value_type = BTreeMap<String, i64>)]
    by_state: BTreeMap<&'static str, i64>,
    /// Refused lines of all uploads.
    #[schema(example = 8)]
    rejected: i64,
    /// Of those, because the person must not be written to.
    #[schema(example = 14)]
    suppressed: i64,
    /// What its working sessions may send per minute by their pauses.
    #[schema(example = 1.3)]
    rate_per_minute: f64,
    /// About when the last message is sent, caps and quiet hours not counted; null while nothing is being sent.
    eta: Option<DateTime<Utc>>,
}

impl ProgressView {
    fn of(progress: Progress, now: DateTime<Utc>) -> Self {
        // To the minute: otherwise each look would differ from the one before.
        let eta =
            progress.eta(now).and_then(|eta| DateTime::from_timestamp((eta.timestamp() / 60 + 1) * 60, 0));
        Self {
            state: progress.state,
            total: progress.total,
            waiting: progress.waiting,
            by_state: progress.by_state,
            rejected: progress.rejected,
            suppressed: progress.suppressed,
            rate_per_minute: progress.rate_per_minute,
            eta,
        }
    }
}

/// Show how far a campaign is
///
/// Needs the scope `campaigns:read`.
#[utoipa::path(get, path = "/campaigns/{id}/progress", tag = "campaigns", operation_id = "campaign_progress", params(("id" = CampaignId, Path)), responses((status = 200, body = ProgressView)))]
async fn progress(
    State(state): State<ApiState>,
    scoped: Scoped<need::CampaignsRead>,
    Path(id): Path<CampaignId>,
) -> Answer<Json<ProgressView>> {
    let progress = scoped.tenant.campaigns().progress(id).await?.ok_or_else(no_campaign)?;
    Ok(Json(ProgressView::of(progress, state.store.clock().now())))
}

/// Watch how far a campaign is
///
/// A stream of server-sent events: `progress` now and when it changed, at most once a second; `auth.expired` when
/// your credentials end. Needs the scope `campaigns:read`.
#[utoipa::path(get, path = "/campaigns/{id}/progress/stream", tag = "campaigns", operation_id = "watch_campaign", params(("id" = CampaignId, Path)),
    responses((status = 200, body = ProgressView, content_type = "text/event-stream")))]
async fn watch_progress(
    State(state): State<ApiState>,
    scoped: Scoped<need::CampaignsRead>,
    Path(id): Path<CampaignId>,
) -> Answer<impl IntoResponse> {
    scoped.tenant.campaigns().get(id).await?.ok_or_else(no_campaign)?;
    let what = Watch { event: "progress", every: LOOK, until: scoped.caller.expires_at() };
    let (tenant, clock) = (scoped.tenant, state.store.clock().clone());
    Ok(watch(state, what, move || {
        let (tenant, clock) = (tenant.clone(), clock.clone());
        async move {
            let progress = tenant.campaigns().progress(id).await?;
            Ok(progress.map(|progress| ProgressView::of(progress, clock.now())))
        }
    }))
}
