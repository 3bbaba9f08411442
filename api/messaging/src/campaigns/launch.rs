//! Campaigns started, unscheduled, paused, resumed, cancelled.

use axum::extract::State;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use wahana_domain::{CampaignId, Rule};
use wahana_service::campaigns::launch;
use wahana_store::campaigns::CommandTerms;

use crate::campaigns::campaign::CampaignView;
use crate::campaigns::problems::problem_of;
use wahana_api_kit::ApiState;
use wahana_api_kit::extract::{IfMatch, Json, Path, Query};
use wahana_api_kit::problem::{Answer, Problem};
use wahana_api_kit::scoped::{Scoped, need};

pub(crate) fn router() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(start))
        .routes(routes!(unschedule))
        .routes(routes!(pause))
        .routes(routes!(resume))
        .routes(routes!(cancel))
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct StartQuery {
    /// Start or resume it although it will probably not be through by its deadline; it goes on after that.
    #[serde(default)]
    #[param(required = false)]
    accept_late: bool,
}

/// What is started or resumed.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"version": 4}))]
struct StartCampaign {
    /// The version that you looked at, as the dry run, the preview or the campaign named it; the `ETag` of these, sent
    /// as
    /// `If-Match`, says the same. If the campaign is in another version now, nothing is started.
    version: Option<i32>,
}

impl StartQuery {
    fn terms(self, IfMatch(tag): IfMatch, body: Option<Json<StartCampaign>>) -> Answer<CommandTerms> {
        let named = body.and_then(|Json(body)| body.version);
        if tag.is_some() && named.is_some() && tag != named {
            return Err(Problem::field("version", Rule::NotBoth { other: "If-Match".into() }));
        }
        Ok(CommandTerms { version: named.or(tag), accept_late: self.accept_late })
    }
}

/// Start a campaign
///
/// A draft begins to send, or waits for its `send_at`. If its pace names a deadline that it cannot keep, it is refused
/// (see its forecast) unless `accept_late` is set; if nobody would get it, always. With a `version` it is refused when
/// it changed since: what is launched is what you looked at. Needs the scope `campaigns:write`.
#[utoipa::path(post, path = "/campaigns/{id}/start", tag = "campaigns", operation_id = "start_campaign", params(("id" = CampaignId, Path), StartQuery, ("If-Match" = Option<String>, Header)), request_body = Option<StartCampaign>, responses((status = 200, body = CampaignView)))]
async fn start(
    State(state): State<ApiState>,
    scoped: Scoped<need::CampaignsWrite>,
    Path(id): Path<CampaignId>,
    Query(query): Query<StartQuery>,
    wanted: IfMatch,
    body: Option<Json<StartCampaign>>,
) -> Answer<Json<CampaignView>> {
    let now = state.store.clock().now();
    let terms = query.terms(wanted, body)?;
    Ok(Json(launch::start(&scoped.tenant, id, terms, now).await.map_err(problem_of)?.into()))
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
/// If its deadline has passed, it is refused unless `accept_late` is set; with a `version` when it changed since. Needs
/// the scope `campaigns:write`.
#[utoipa::path(post, path = "/campaigns/{id}/resume", tag = "campaigns", operation_id = "resume_campaign", params(("id" = CampaignId, Path), StartQuery, ("If-Match" = Option<String>, Header)), request_body = Option<StartCampaign>, responses((status = 200, body = CampaignView)))]
async fn resume(
    State(state): State<ApiState>,
    scoped: Scoped<need::CampaignsWrite>,
    Path(id): Path<CampaignId>,
    Query(query): Query<StartQuery>,
    wanted: IfMatch,
    body: Option<Json<StartCampaign>>,
) -> Answer<Json<CampaignView>> {
    let now = state.store.clock().now();
    let terms = query.terms(wanted, body)?;
    Ok(Json(launch::resume(&scoped.tenant, id, terms, now).await.map_err(problem_of)?.into()))
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
