//! What a session did, day by day, and what would be hit if it went away.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use wahana_domain::campaigns::CampaignState;
use wahana_domain::{CampaignId, Rule, SenderPoolId, SessionId};
use wahana_store::sessions::statistics::{HitCampaign, HitPool, SessionDay};

use crate::sessions::session::no_session;
use wahana_api_kit::ApiState;
use wahana_api_kit::extract::{Json, Path, Query};
use wahana_api_kit::problem::{Answer, Problem};
use wahana_api_kit::scoped::{Scoped, need};

/// Most days that are told at once.
const MAX_DAYS: u16 = 90;

pub(crate) fn router() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new().routes(routes!(statistics)).routes(routes!(impact))
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct StatisticsQuery {
    /// How many days, today included.
    #[serde(default = "a_month")]
    #[param(required = false, minimum = 1, maximum = 90, default = 30)]
    days: u16,
}

const fn a_month() -> u16 {
    30
}

/// What a session did.
#[derive(Debug, Serialize, ToSchema)]
struct SessionStatisticsView {
    /// The zone that days are counted in: that of the session's pace.
    #[schema(example = "Asia/Jakarta")]
    time_zone: &'static str,
    /// Day by day, oldest first; days without anything included.
    days: Vec<SessionDayView>,
}

/// What a session did on one day. Each happening counts on the day it happened.
#[derive(Debug, Serialize, ToSchema)]
struct SessionDayView {
    date: NaiveDate,
    /// Messages that left.
    #[schema(example = 214)]
    sent: i64,
    /// Of those, messages of class bulk.
    #[schema(example = 180)]
    bulk: i64,
    /// Of all, messages that began a chat.
    #[schema(example = 18)]
    new_chats: i64,
    /// Messages that reached a device.
    #[schema(example = 209)]
    delivered: i64,
    /// Messages that were read.
    #[schema(example = 140)]
    read: i64,
    #[schema(example = 1)]
    failed: i64,
    /// Messages that came.
    #[schema(example = 37)]
    received: i64,
}

impl From<SessionDay> for SessionDayView {
    fn from(day: SessionDay) -> Self {
        let SessionDay { date, sent, bulk, new_chats, delivered, read, failed, received } = day;
        Self { date, sent, bulk, new_chats, delivered, read, failed, received }
    }
}

/// Show a session's statistics
///
/// What it sent and received, day by day in the zone of its pace. Needs the scope `sessions:read`.
#[utoipa::path(get, path = "/sessions/{id}/statistics", tag = "sessions", operation_id = "session_statistics", params(("id" = SessionId, Path), StatisticsQuery), responses((status = 200, body = SessionStatisticsView)))]
async fn statistics(
    scoped: Scoped<need::SessionsRead>,
    Path(id): Path<SessionId>,
    Query(query): Query<StatisticsQuery>,
) -> Answer<Json<SessionStatisticsView>> {
    if !(1..=MAX_DAYS).contains(&query.days) {
        return Err(Problem::field("days", Rule::OutOfRange { min: 1, max: MAX_DAYS.into() }));
    }
    let session = scoped.tenant.sessions().get(id).await?.ok_or_else(no_session)?;
    let zone = session.policy.time_zone;
    let days = scoped.tenant.sessions().days(id, zone, query.days).await?;
    Ok(Json(SessionStatisticsView {
        time_zone: zone.name(),
        days: days.into_iter().map(SessionDayView::from).collect(),
    }))
}

/// What would be hit if a session were deleted or logged out.
#[derive(Debug, Serialize, ToSchema)]
struct SessionImpactView {
    /// Messages that wait in its lane: a deletion takes them back, a logout lets them wait for another phone.
    #[schema(example = 40)]
    waiting_messages: i64,
    /// Campaigns that send through it and have not ended.
    campaigns: Vec<HitCampaignView>,
    /// Sender pools that it is a member of.
    sender_pools: Vec<HitPoolView>,
}

/// A campaign that sends through a session and has not ended.
#[derive(Debug, Serialize, ToSchema)]
struct HitCampaignView {
    id: CampaignId,
    #[schema(example = "Promo akhir tahun")]
    name: String,
    state: CampaignState,
    /// People who have no message yet.
    #[schema(example = 380)]
    people_left: i32,
    /// Whether no other session sends it: without this one it pauses.
    only_sender: bool,
}

/// A sender pool that a session is a member of.
#[derive(Debug, Serialize, ToSchema)]
struct HitPoolView {
    id: SenderPoolId,
    #[schema(example = "Pengingat pesanan")]
    name: String,
    /// Its other members that may send.
    #[schema(example = 2)]
    others: i64,
}

/// Show what the end of a session would hit
///
/// Before it is deleted or logged out: what waits in its lane, and what sends through it. Needs the scope
/// `sessions:read`.
#[utoipa::path(get, path = "/sessions/{id}/impact", tag = "sessions", operation_id = "session_impact", params(("id" = SessionId, Path)), responses((status = 200, body = SessionImpactView)))]
async fn impact(
    scoped: Scoped<need::SessionsRead>,
    Path(id): Path<SessionId>,
) -> Answer<Json<SessionImpactView>> {
    scoped.tenant.sessions().get(id).await?.ok_or_else(no_session)?;
    let hit = scoped.tenant.sessions().impact(id).await?;
    let campaign = |HitCampaign { id, name, state, people_left, only_sender }| HitCampaignView {
        id,
        name,
        state,
        people_left,
        only_sender,
    };
    let pool = |HitPool { id, name, others }| HitPoolView { id, name, others };
    Ok(Json(SessionImpactView {
        waiting_messages: hit.waiting,
        campaigns: hit.campaigns.into_iter().map(campaign).collect(),
        sender_pools: hit.pools.into_iter().map(pool).collect(),
    }))
}
