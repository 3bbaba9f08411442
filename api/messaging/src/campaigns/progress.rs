//! How far a campaign is: its funnel, its rate and when it will be through; as an answer and as a stream.

use std::collections::BTreeMap;
use std::sync::LazyLock;
use std::time::Duration;

use axum::extract::State;
use axum::response::IntoResponse;
use chrono::{DateTime, TimeDelta, Utc};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use wahana_domain::CampaignId;
use wahana_domain::campaigns::CampaignState;
use wahana_domain::waiting::WaitingFor;
use wahana_service::campaigns::progress::{Estimate, estimate};
use wahana_store::Tenant;
use wahana_store::campaigns::progress::Progress;

use crate::campaigns::problems::{no_campaign, problem_of};
use wahana_api_kit::ApiState;
use wahana_api_kit::cache::Cache;
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
    /// How many were sent in the last minute.
    #[schema(example = 1.0)]
    rate_per_minute: f64,
    /// When the last message is probably sent, by the forecast: quiet hours, caps and rates are counted; null while
    /// nothing is being sent, and when it would never end.
    eta: Option<DateTime<Utc>>,
    /// The same if the random pauses come out short.
    eta_earliest: Option<DateTime<Utc>>,
    /// The same if they come out long.
    eta_latest: Option<DateTime<Utc>>,
    /// What limits it first; null while nothing is being sent.
    limited_by: Option<WaitingFor>,
}

/// Estimates of running campaigns, which are costly. A campaign that was changed or paused meanwhile has another key.
static ESTIMATES: LazyLock<Cache<(CampaignId, i32, CampaignState), Estimate>> =
    LazyLock::new(|| Cache::new(ESTIMATE_AGAIN));

/// How old an estimate may be.
const ESTIMATE_AGAIN: TimeDelta = TimeDelta::seconds(20);

impl ProgressView {
    fn of(progress: Progress, estimate: Option<Estimate>) -> Self {
        let eta = estimate.and_then(|estimate| estimate.eta);
        Self {
            state: progress.state,
            total: progress.total,
            waiting: progress.waiting,
            by_state: progress.by_state,
            rejected: progress.rejected,
            suppressed: progress.suppressed,
            rate_per_minute: progress.sent_last_minute as f64,
            eta: eta.and_then(|eta| minute(eta.likely)),
            eta_earliest: eta.and_then(|eta| minute(eta.earliest)),
            eta_latest: eta.and_then(|eta| minute(eta.latest)),
            limited_by: estimate.map(|estimate| estimate.limited_by),
        }
    }
}

/// To the minute: otherwise each look would differ from the one before.
fn minute(at: DateTime<Utc>) -> Option<DateTime<Utc>> {
    DateTime::from_timestamp((at.timestamp() / 60 + 1) * 60, 0)
}

/// How far a campaign is now; `None` when there is none.
async fn look(tenant: &Tenant, id: CampaignId, now: DateTime<Utc>) -> Answer<Option<ProgressView>> {
    let Some(progress) = tenant.campaigns().progress(id).await? else { return Ok(None) };
    if progress.state != CampaignState::Running {
        return Ok(Some(ProgressView::of(progress, None)));
    }
    let key = (id, progress.version, progress.state);
    let estimate = match ESTIMATES.get(&key, now) {
        Some(estimate) => estimate,
        None => {
            let estimate = estimate(tenant, id, now).await.map_err(problem_of)?;
            ESTIMATES.put(key, estimate, now);
            estimate
        }
    };
    Ok(Some(ProgressView::of(progress, Some(estimate))))
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
    let now = state.store.clock().now();
    Ok(Json(look(&scoped.tenant, id, now).await?.ok_or_else(no_campaign)?))
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
        async move { look(&tenant, id, clock.now()).await }
    }))
}
