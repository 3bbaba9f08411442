//! Campaigns: written, launched, paused, ended, watched. Their people stand in `recipients`.

use std::collections::BTreeMap;
use std::time::Duration;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use wahana_domain::campaigns::CampaignState;
use wahana_domain::messages::Content;
use wahana_domain::number_check::NumberCheckMode;
use wahana_domain::policy::CampaignPace;
use wahana_domain::template::Template;
use wahana_domain::{CampaignId, SenderPoolId, SessionId};
use wahana_service::campaigns::draft::{self, Draft, DraftChange, Recorded, template};
use wahana_service::campaigns::launch;
use wahana_store::campaigns::Campaign;
use wahana_store::campaigns::progress::Progress;

use crate::campaigns::problems::{no_campaign, problem_of};
use wahana_api_kit::ApiState;
use wahana_api_kit::extract::{Json, Paged, Path, Query, given};
use wahana_api_kit::idempotency::{IdempotencyKey, replay, stored};
use wahana_api_kit::paging::{PageQuery, PageView};
use wahana_api_kit::problem::Answer;
use wahana_api_kit::scoped::{Scoped, need};
use wahana_api_kit::sse::{Watch, watch};

/// How often a stream looks at its campaign.
const LOOK: Duration = Duration::from_secs(1);

pub(crate) fn router() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(list, create))
        .routes(routes!(get, change, delete))
        .routes(routes!(start))
        .routes(routes!(unschedule))
        .routes(routes!(pause))
        .routes(routes!(resume))
        .routes(routes!(cancel))
        .routes(routes!(progress))
        .routes(routes!(watch_progress))
}

/// A campaign.
#[derive(Debug, Serialize, ToSchema)]
struct CampaignView {
    id: CampaignId,
    #[schema(example = "Promo akhir tahun")]
    name: String,
    /// Its words are a template: `{Hi|Hello} {{name|friend}}`.
    content: Content,
    state: CampaignState,
    session_ids: Vec<SessionId>,
    /// The sender pool whose members these are.
    pool_id: Option<SenderPoolId>,
    /// The variables of the template; those in `required` every recipient must have.
    #[schema(example = json!(["name", "order"]))]
    variables: Vec<String>,
    #[schema(example = json!(["order"]))]
    required: Vec<String>,
    /// Whether numbers are checked before strangers are written to.
    check_number: NumberCheckMode,
    /// Recipients.
    #[schema(example = 1200)]
    total: i32,
    /// Refused lines of all uploads; duplicates and suppressed ones included.
    #[schema(example = 8)]
    rejected: i32,
    #[schema(example = 3)]
    duplicates: i32,
    #[schema(example = 14)]
    suppressed: i32,
    /// Its own rate, window and deadline.
    pace: CampaignPace,
    send_at: Option<DateTime<Utc>>,
    started_at: Option<DateTime<Utc>>,
    finished_at: Option<DateTime<Utc>>,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

impl From<Campaign> for CampaignView {
    fn from(campaign: Campaign) -> Self {
        let template = template(&campaign.content).unwrap_or_default();
        Self {
            id: campaign.id,
            name: campaign.name,
            content: campaign.content.0,
            state: campaign.state,
            session_ids: campaign.senders,
            pool_id: campaign.pool,
            variables: template.iter().flat_map(Template::variables).collect(),
            required: template.iter().flat_map(Template::required).collect(),
            check_number: campaign.check_number.unwrap_or_default(),
            total: campaign.total,
            rejected: campaign.rejected,
            duplicates: campaign.duplicates,
            suppressed: campaign.suppressed,
            pace: campaign.pace.0,
            send_at: campaign.send_at,
            started_at: campaign.started_at,
            finished_at: campaign.finished_at,
            created_at: campaign.created_at,
            updated_at: campaign.updated_at,
        }
    }
}

/// A campaign to make.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "name": "Promo akhir tahun",
    "content": {"type": "text", "text": "Halo {{name}}, pesanan batik Anda sudah siap diambil."},
    "session_ids": ["ses_01kb8v2m5xe7s9q4h6n0r3t8wz"],
    "send_at": "2026-12-01T02:00:00Z",
}))]
struct CreateCampaign {
    #[schema(min_length = 1, max_length = 200)]
    name: String,
    /// Its words are a template: `{Hi|Hello} {{name|friend}}`.
    content: Content,
    /// The sessions that send it, side by side: 1 to 50. Give these or `pool_id`.
    #[serde(default)]
    #[schema(required = false, min_items = 1, max_items = 50)]
    session_ids: Vec<SessionId>,
    /// The sender pool whose members send it; who joins the pool later sends too.
    pool_id: Option<SenderPoolId>,
    /// Whether numbers are checked before strangers are written to: who has no WhatsApp is not. `require` waits for
    /// the check, `prefer` does not.
    #[serde(default)]
    #[schema(default = "skip")]
    check_number: NumberCheckMode,
    /// Once launched, it starts at this time.
    send_at: Option<DateTime<Utc>>,
    /// Its own rate, window and deadline; the paces of its sessions hold as well.
    #[serde(default)]
    pace: CampaignPace,
}

/// What to change of a draft; what is left out stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"name": "Promo akhir tahun", "send_at": "2026-12-05T02:00:00Z"}))]
struct ChangeCampaign {
    #[schema(min_length = 1, max_length = 200)]
    name: Option<String>,
    content: Option<Content>,
    #[schema(min_items = 1, max_items = 50)]
    session_ids: Option<Vec<SessionId>>,
    /// Takes the place of the sessions, as they take its place.
    pool_id: Option<SenderPoolId>,
    /// Null: it starts when it is launched.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<DateTime<Utc>>)]
    send_at: Option<Option<DateTime<Utc>>>,
    /// Replaces the whole pace.
    pace: Option<CampaignPace>,
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ListFilter {
    /// In this state.
    state: Option<CampaignState>,
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

/// List campaigns
///
/// Newest first. Needs the scope `campaigns:read`.
#[utoipa::path(get, path = "/campaigns", tag = "campaigns", operation_id = "list_campaigns", params(ListFilter, PageQuery), responses((status = 200, body = PageView<CampaignView>)))]
async fn list(
    scoped: Scoped<need::CampaignsRead>,
    Paged { page, filter }: Paged<ListFilter>,
) -> Answer<Json<PageView<CampaignView>>> {
    let page = scoped.tenant.campaigns().list(filter.state, page).await?;
    Ok(Json(PageView::of(page, CampaignView::from)))
}

/// Create a campaign
///
/// A draft: upload its recipients, then start it. Needs the scope `campaigns:write`.
#[utoipa::path(post, path = "/campaigns", tag = "campaigns", operation_id = "create_campaign", request_body = CreateCampaign,
    params(("Idempotency-Key" = Option<String>, Header, max_length = 255)), responses((status = 201, body = CampaignView)))]
async fn create(
    State(state): State<ApiState>,
    scoped: Scoped<need::CampaignsWrite>,
    key: IdempotencyKey,
    Json(body): Json<CreateCampaign>,
) -> Answer<Response> {
    let now = stored(state.store.clock().now());
    let once = key.once("POST /campaigns", &body)?;
    let CreateCampaign { name, content, session_ids: sessions, pool_id: pool, check_number, send_at, pace } =
        body;
    let wanted = Draft { name, content, sessions, pool, check_number, send_at, pace };
    let new = draft::prepare(&scoped.tenant, wanted, now).await.map_err(problem_of)?;
    let view = CampaignView::from(new.draft());
    let claim = once.map(|once| once.claim(StatusCode::CREATED, &view, now)).transpose()?;
    match draft::record(&scoped.tenant, &new, claim.as_ref()).await.map_err(problem_of)? {
        Recorded::Created(_) => Ok((StatusCode::CREATED, Json(view)).into_response()),
        Recorded::Replay { status, response } => Ok(replay(status, response)),
    }
}

/// Show a campaign
///
/// Needs the scope `campaigns:read`.
#[utoipa::path(get, path = "/campaigns/{id}", tag = "campaigns", operation_id = "get_campaign", params(("id" = CampaignId, Path)), responses((status = 200, body = CampaignView)))]
async fn get(scoped: Scoped<need::CampaignsRead>, Path(id): Path<CampaignId>) -> Answer<Json<CampaignView>> {
    Ok(Json(scoped.tenant.campaigns().get(id).await?.ok_or_else(no_campaign)?.into()))
}

/// Change a draft
///
/// Needs the scope `campaigns:write`.
#[utoipa::path(patch, path = "/campaigns/{id}", tag = "campaigns", operation_id = "change_campaign", params(("id" = CampaignId, Path)), request_body = ChangeCampaign, responses((status = 200, body = CampaignView)))]
async fn change(
    State(state): State<ApiState>,
    scoped: Scoped<need::CampaignsWrite>,
    Path(id): Path<CampaignId>,
    Json(body): Json<ChangeCampaign>,
) -> Answer<Json<CampaignView>> {
    let ChangeCampaign { name, content, session_ids: sessions, pool_id: pool, send_at, pace } = body;
    let change = DraftChange { name, content, sessions, pool, send_at, pace };
    let changed = draft::change(&scoped.tenant, id, change, state.store.clock().now()).await;
    Ok(Json(changed.map_err(problem_of)?.into()))
}

/// Delete a draft
///
/// With its recipients. Needs the scope `campaigns:write`.
#[utoipa::path(delete, path = "/campaigns/{id}", tag = "campaigns", operation_id = "delete_campaign", params(("id" = CampaignId, Path)), responses((status = 204, description = "deleted")))]
async fn delete(scoped: Scoped<need::CampaignsWrite>, Path(id): Path<CampaignId>) -> Answer<StatusCode> {
    draft::delete(&scoped.tenant, id).await.map_err(problem_of)?;
    Ok(StatusCode::NO_CONTENT)
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct StartQuery {
    /// Start or resume it although it will probably not be through by its deadline.
    #[serde(default)]
    #[param(required = false)]
    accept_late: bool,
}

/// Start a campaign
///
/// A draft begins to send, or waits for its `send_at`. If its pace names a deadline that it cannot keep, it is refused
/// (see its forecast) unless `accept_late` is set; if nobody would get it, always. Needs the scope `campaigns:write`.
#[utoipa::path(post, path = "/campaigns/{id}/start", tag = "campaigns", operation_id = "start_campaign", params(("id" = CampaignId, Path), StartQuery), responses((status = 200, body = CampaignView)))]
async fn start(
    State(state): State<ApiState>,
    scoped: Scoped<need::CampaignsWrite>,
    Path(id): Path<CampaignId>,
    Query(query): Query<StartQuery>,
) -> Answer<Json<CampaignView>> {
    let now = state.store.clock().now();
    let started = launch::start(&scoped.tenant, id, query.accept_late, now).await.map_err(problem_of)?;
    Ok(Json(started.into()))
}

/// Make a scheduled campaign a draft again
///
/// Needs the scope `campaigns:write`.
#[utoipa::path(post, path = "/campaigns/{id}/unschedule", tag = "campaigns", operation_id = "unschedule_campaign", params(("id" = CampaignId, Path)), responses((status = 200, body = CampaignView)))]
async fn unschedule(
    scoped: Scoped<need::CampaignsWrite>,
    Path(id): Path<CampaignId>,
) -> Answer<Json<CampaignView>> {
    Ok(Json(launch::unschedule(&scoped.tenant, id).await.map_err(problem_of)?.into()))
}

/// Pause a campaign
///
/// Nothing more of it is sent until it is resumed. Needs the scope `campaigns:write`.
#[utoipa::path(post, path = "/campaigns/{id}/pause", tag = "campaigns", operation_id = "pause_campaign", params(("id" = CampaignId, Path)), responses((status = 200, body = CampaignView)))]
async fn pause(
    scoped: Scoped<need::CampaignsWrite>,
    Path(id): Path<CampaignId>,
) -> Answer<Json<CampaignView>> {
    Ok(Json(launch::pause(&scoped.tenant, id).await.map_err(problem_of)?.into()))
}

/// Resume a campaign
///
/// If its deadline has passed, it is refused unless `accept_late` is set. Needs the scope `campaigns:write`.
#[utoipa::path(post, path = "/campaigns/{id}/resume", tag = "campaigns", operation_id = "resume_campaign", params(("id" = CampaignId, Path), StartQuery), responses((status = 200, body = CampaignView)))]
async fn resume(
    State(state): State<ApiState>,
    scoped: Scoped<need::CampaignsWrite>,
    Path(id): Path<CampaignId>,
    Query(query): Query<StartQuery>,
) -> Answer<Json<CampaignView>> {
    let now = state.store.clock().now();
    let resumed = launch::resume(&scoped.tenant, id, query.accept_late, now).await.map_err(problem_of)?;
    Ok(Json(resumed.into()))
}

/// Cancel a campaign
///
/// For good: what is not on its way yet is taken back. Needs the scope `campaigns:write`.
#[utoipa::path(post, path = "/campaigns/{id}/cancel", tag = "campaigns", operation_id = "cancel_campaign", params(("id" = CampaignId, Path)), responses((status = 200, body = CampaignView)))]
async fn cancel(
    scoped: Scoped<need::CampaignsWrite>,
    Path(id): Path<CampaignId>,
) -> Answer<Json<CampaignView>> {
    Ok(Json(launch::cancel(&scoped.tenant, id).await.map_err(problem_of)?.into()))
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
