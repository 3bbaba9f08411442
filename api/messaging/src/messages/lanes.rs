//! The lane of a session: what its two lines may do now, what they wait for, and how much of today's caps is used.

use axum::extract::State;
use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use wahana_domain::SessionId;
use wahana_domain::messages::Class;
use wahana_service::messages::line::Line;

use crate::sessions::session::no_session;
use wahana_api_kit::ApiState;
use wahana_api_kit::extract::{Json, Path};
use wahana_api_kit::problem::Answer;
use wahana_api_kit::scoped::{Scoped, need};
use wahana_api_kit::waiting::WaitingView;

pub(crate) fn router() -> OpenApiRouter<ApiState> {
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
    #[schema(example = 214)]
    sent_24h: u32,
    /// Of those, chats begun.
    #[schema(example = 18)]
    new_chats_24h: u32,
}

/// One of the two lines of a lane.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LineView {
    /// What it waits for; null while nothing but the pause between two messages holds it.
    waiting: Option<WaitingView>,
    /// Messages that the caps still allow; null for no limit.
    left: Option<u32>,
    /// Chats that may still be begun today; null for no limit.
    new_chats_left: Option<u32>,
    /// When a window closes next.
    open_until: Option<DateTime<Utc>>,
}

impl From<Line> for LineView {
    fn from(line: Line) -> Self {
        let Line { waiting, left, new_chats_left, open_until } = line;
        Self { waiting: waiting.map(WaitingView::from), left, new_chats_left, open_until }
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
    scoped.tenant.sessions().get(id).await?.ok_or_else(no_session)?;
    let facts = scoped.tenant.lanes().facts(&[id]).await?;
    let facts = facts.first().ok_or_else(no_session)?;
    let limits = scoped.tenant.lanes().limits(&[id]).await?;
    let now = state.store.clock().now();
    let day = || facts.state.usage.iter().filter(|used| used.quarter > now - chrono::TimeDelta::hours(24));
    Ok(Json(LaneView {
        transactional: Line::of(facts, &limits, Class::Transactional, now).into(),
        bulk: Line::of(facts, &limits, Class::Bulk, now).into(),
        sent_24h: day().map(|used| used.sent).sum(),
        new_chats_24h: day().map(|used| used.new_chats).sum(),
    }))
}
