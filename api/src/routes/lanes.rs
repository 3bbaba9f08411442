//! The lane of a session: what its two lines may do now, what they wait for, and how much of today's caps is used.

use axum::extract::State;
use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use wahana_domain::SessionId;
use wahana_domain::messages::Class;
use wahana_pacing::{Grant, grant};
use wahana_store::lane_limits::LaneLimit;
use wahana_store::relay::LaneFacts;

use super::message_view::WaitingView;
use super::sessions::no_session;
use crate::ApiState;
use crate::extract::{Json, Path};
use crate::problem::Answer;
use crate::scoped::{Scoped, need};

pub(super) fn router() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new().routes(routes!(show))
}

/// The lane of a session.
#[derive(Debug, Serialize, ToSchema)]
struct LaneView {
    /// Messages that somebody waits for.
    transactional: LineView,
    /// Campaigns and other bulk messages.
    bulk: LineView,
    /// Messages sent in the last 24 hours.
    sent_24h: u32,
    /// Of those, chats begun.
    new_chats_24h: u32,
}

/// One of the two lines of a lane.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct LineView {
    /// What it waits for; null while nothing but the pause between two messages holds it.
    waiting: Option<WaitingView>,
    /// Messages that the caps still allow; null for no limit.
    left: Option<u32>,
    /// Chats that may still be begun today; null for no limit.
    new_chats_left: Option<u32>,
    /// When a window closes next.
    open_until: Option<DateTime<Utc>>,
}

impl LineView {
    pub(super) fn of(facts: &LaneFacts, limits: &[LaneLimit], class: Class, now: DateTime<Utc>) -> Self {
        match grant(&facts.state, class, now) {
            Grant::Closed { .. } => Self {
                waiting: waiting(facts, limits, class, now),
                left: Some(0),
                new_chats_left: Some(0),
                open_until: None,
            },
            Grant::Open(room) => Self {
                waiting: waiting(facts, limits, class, now),
                left: room.left,
                new_chats_left: room.new_chats,
                open_until: room.until,
            },
        }
    }
}

/// What one line of a lane waits for; `None` while nothing but the pause between two messages holds it.
pub(super) fn waiting(
    facts: &LaneFacts,
    limits: &[LaneLimit],
    class: Class,
    now: DateTime<Utc>,
) -> Option<WaitingView> {
    match grant(&facts.state, class, now) {
        Grant::Closed { why, until } => Some(WaitingView::new(why, until)),
        Grant::Open(_) => WaitingView::of_limit(limits, facts.session, class, now),
    }
}

/// Show a session's lane
///
/// What its messages wait for now and until when, and what today's caps leave. Needs the scope `sessions:read`.
#[utoipa::path(get, path = "/sessions/{id}/lane", tag = "sessions", operation_id = "session_lane", params(("id" = SessionId, Path)), responses((status = 200, body = LaneView)))]
async fn show(
    State(state): State<ApiState>,
    scoped: Scoped<need::SessionsRead>,
    Path(id): Path<SessionId>,
) -> Answer<Json<LaneView>> {
    scoped.tenant.session(id).await?.ok_or_else(no_session)?;
    let facts = scoped.tenant.lane_facts(&[id]).await?;
    let facts = facts.first().ok_or_else(no_session)?;
    let limits = scoped.tenant.lane_limits(&[id]).await?;
    let now = state.store.clock().now();
    let day = || facts.state.usage.iter().filter(|used| used.quarter > now - chrono::TimeDelta::hours(24));
    Ok(Json(LaneView {
        transactional: LineView::of(facts, &limits, Class::Transactional, now),
        bulk: LineView::of(facts, &limits, Class::Bulk, now),
        sent_24h: day().map(|used| used.sent).sum(),
        new_chats_24h: day().map(|used| used.new_chats).sum(),
    }))
}
