//! Campaigns: listed, written, changed, deleted. Their people stand in `recipients`.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use wahana_domain::campaigns::{CampaignKind, CampaignState, EndReason};
use wahana_domain::messages::Content;
use wahana_domain::number_check::NumberCheckMode;
use wahana_domain::policy::CampaignPace;
use wahana_domain::template::Template;
use wahana_domain::{CampaignId, SenderPoolId, SessionId};
use wahana_service::campaigns::draft::{self, Draft, DraftChange, Recorded, template};
use wahana_store::campaigns::Campaign;

use crate::campaigns::problems::{no_campaign, problem_of, problem_of_change};
use crate::messages::send_at::SendAt;
use wahana_api_kit::ApiState;
use wahana_api_kit::extract::{ETag, IfMatch, Json, Paged, Path, etag, given};
use wahana_api_kit::idempotency::{IdempotencyKey, replay, stored};
use wahana_api_kit::paging::{PageQuery, PageView};
use wahana_api_kit::problem::{Answer, Problem};
use wahana_api_kit::scoped::{Scoped, need};

pub(crate) fn router() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new().routes(routes!(list, create)).routes(routes!(get, change, delete))
}

/// A campaign.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct CampaignView {
    id: CampaignId,
    /// Grows with each change of name, text, audience, pace or senders; start it with the one that you looked at.
    #[schema(example = 4)]
    version: i32,
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
    /// What it is for: somebody who wants no marketing may still get information.
    kind: CampaignKind,
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
    /// Why it ended before everybody got it, if nobody cancelled it.
    end_reason: Option<EndReason>,
    /// Whether it goes on after its deadline, because the person who started or resumed it accepted that.
    late_accepted: bool,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
    /// The member or key that changed it last, for people.
    #[schema(example = "sari@toko.example")]
    changed_by: Option<String>,
}

impl From<Campaign> for CampaignView {
    fn from(campaign: Campaign) -> Self {
        let template = template(&campaign.content).unwrap_or_default();
        Self {
            id: campaign.id,
            version: campaign.version,
            name: campaign.name,
            content: campaign.content.0,
            state: campaign.state,
            session_ids: campaign.senders,
            pool_id: campaign.pool,
            variables: template.iter().flat_map(Template::variables).collect(),
            required: template.iter().flat_map(Template::required).collect(),
            check_number: campaign.check_number.unwrap_or_default(),
            kind: campaign.kind,
            total: campaign.total,
            rejected: campaign.rejected,
            duplicates: campaign.duplicates,
            suppressed: campaign.suppressed,
            pace: campaign.pace.0,
            send_at: campaign.send_at,
            started_at: campaign.started_at,
            finished_at: campaign.finished_at,
            end_reason: campaign.end_reason,
            late_accepted: campaign.late_accepted,
            created_at: campaign.created_at,
            updated_at: campaign.updated_at,
            changed_by: campaign.changed_by,
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
    /// What it is for: somebody who wants no marketing may still get information.
    #[serde(default)]
    #[schema(default = "marketing")]
    kind: CampaignKind,
    /// Once launched, it starts at this time: of RFC 3339, or a local time such as `2027-01-15 10:00` in the
    /// `time_zone` beside it.
    #[schema(value_type = Option<String>, example = "2027-01-15T10:00:00+07:00")]
    send_at: Option<SendAt>,
    /// The zone of a local `send_at` (IANA); not kept.
    #[schema(value_type = Option<String>, example = "Asia/Jakarta")]
    time_zone: Option<Tz>,
    /// Its own rate, window and deadline; the paces of its sessions hold as well.
    #[serde(default)]
    pace: CampaignPace,
}

/// What to change of a draft, or of a paused campaign; what is left out stays.
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
    /// Null: it starts when it is launched. Only for drafts.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>, example = "2027-01-15T10:00:00+07:00")]
    send_at: Option<Option<SendAt>>,
    /// The zone of a local `send_at` (IANA); not kept.
    #[schema(value_type = Option<String>, example = "Asia/Jakarta")]
    time_zone: Option<Tz>,
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

/// When it starts; a problem for a local time that cannot be placed.
fn resolved(send_at: Option<SendAt>, zone: Option<Tz>) -> Answer<Option<DateTime<Utc>>> {
    let at = send_at.map(|at| at.resolve(zone)).transpose();
    at.map_err(|rule| Problem::field("send_at", rule))
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
    let CreateCampaign { name, content, session_ids: sessions, pool_id: pool, check_number, kind, .. } = body;
    let (send_at, pace) = (resolved(body.send_at, body.time_zone)?, body.pace);
    let wanted = Draft { name, content, sessions, pool, check_number, kind, send_at, pace };
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
#[utoipa::path(get, path = "/campaigns/{id}", tag = "campaigns", operation_id = "get_campaign", params(("id" = CampaignId, Path)),
    responses((status = 200, body = CampaignView, headers(("ETag" = String, description = "its version")))))]
async fn get(
    scoped: Scoped<need::CampaignsRead>,
    Path(id): Path<CampaignId>,
) -> Answer<(ETag, Json<CampaignView>)> {
    let campaign = scoped.tenant.campaigns().get(id).await?.ok_or_else(no_campaign)?;
    Ok((etag(campaign.version), Json(campaign.into())))
}

/// Change a campaign
///
/// A draft, or a paused campaign: then the change counts for everybody who has not got it yet, and its `send_at` stays.
/// A running one has to be paused first. With `If-Match` it is refused (412) when somebody else changed it since the
/// answer whose `ETag` that is. Needs the scope `campaigns:write`.
#[utoipa::path(patch, path = "/campaigns/{id}", tag = "campaigns", operation_id = "change_campaign",
    params(("id" = CampaignId, Path), ("If-Match" = Option<String>, Header, description = "the `ETag` of the version that you changed")),
    request_body = ChangeCampaign,
    responses((status = 200, body = CampaignView, headers(("ETag" = String, description = "its version")))))]
async fn change(
    State(state): State<ApiState>,
    scoped: Scoped<need::CampaignsWrite>,
    Path(id): Path<CampaignId>,
    IfMatch(version): IfMatch,
    Json(body): Json<ChangeCampaign>,
) -> Answer<(ETag, Json<CampaignView>)> {
    let ChangeCampaign { name, content, session_ids: sessions, pool_id: pool, send_at, time_zone, pace } =
        body;
    let send_at = send_at.map(|at| resolved(at, time_zone)).transpose()?;
    let change = DraftChange { version, name, content, sessions, pool, send_at, pace };
    let changed = draft::change(&scoped.tenant, id, change, state.store.clock().now()).await;
    let changed = changed.map_err(problem_of_change)?;
    Ok((etag(changed.version), Json(changed.into())))
}

/// Delete a draft
///
/// With its recipients. Needs the scope `campaigns:write`.
#[utoipa::path(delete, path = "/campaigns/{id}", tag = "campaigns", operation_id = "delete_campaign", params(("id" = CampaignId, Path)), responses((status = 204, description = "deleted")))]
async fn delete(scoped: Scoped<need::CampaignsWrite>, Path(id): Path<CampaignId>) -> Answer<StatusCode> {
    draft::delete(&scoped.tenant, id).await.map_err(problem_of)?;
    Ok(StatusCode::NO_CONTENT)
}
