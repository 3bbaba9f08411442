//! The lanes of all organizations: what waits in each, for what and until when. For operators.

use std::collections::{BTreeMap, HashMap};

use axum::extract::State;
use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;
use wahana_domain::messages::Class;
use wahana_domain::sessions::SessionStatus;
use wahana_domain::waiting::{LaneWait, WaitingFor};
use wahana_domain::{OrganizationId, SessionId};
use wahana_store::jobs::lane_limits::LaneLimit;
use wahana_store::jobs::relay::LaneFacts;
use wahana_store::operator::lanes::{BusyLane, BusyLaneFilter};
use wahana_store::{Page, PageRequest, System};

use wahana_api_kit::ApiState;
use wahana_api_kit::extract::{Json, Paged};
use wahana_api_kit::operator::Operator;
use wahana_api_kit::paging::{PageQuery, PageView};
use wahana_api_kit::problem::Answer;
use wahana_api_kit::waiting::WaitingView;
use wahana_service::messages::waiting::Waiting;

/// Lanes looked at, those that wait longest.
const MAX_LANES: i64 = 2_000;

pub(crate) fn router() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new().routes(routes!(list))
}

/// A lane in which something waits or runs.
#[derive(Debug, Serialize, ToSchema)]
struct BusyLaneView {
    session_id: SessionId,
    #[schema(example = "Toko Batik Sari")]
    session_name: String,
    status: SessionStatus,
    organization_id: OrganizationId,
    #[schema(example = "Toko Batik Sari")]
    organization_name: String,
    /// Jobs that are due and have not begun, counted up to 1,000.
    #[schema(example = 40)]
    runnable: i64,
    /// Of those, in Redis.
    #[schema(example = 12)]
    released: i64,
    /// Jobs that are not due yet, counted up to 1,000.
    #[schema(example = 0)]
    later: i64,
    /// Jobs that run.
    #[schema(example = 1)]
    running: i64,
    /// Since when the oldest due job waits.
    oldest_at: Option<DateTime<Utc>>,
    /// What it waits for; null for nothing but its turn between two messages, or a free worker.
    waiting: Option<WaitingView>,
}

/// A page of lanes, and what all of them wait for.
#[derive(Debug, Serialize, ToSchema)]
struct BusyLanesView {
    #[serde(flatten)]
    page: PageView<BusyLaneView>,
    /// How many lanes wait for what, whatever `waiting_for` says; `nothing` is their turn or a free worker.
    by_reason: BTreeMap<LaneWait, usize>,
    /// Whether those are all: at most the 2,000 lanes are looked at that wait longest.
    complete: bool,
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ListFilter {
    /// Only of this organization.
    organization_id: Option<OrganizationId>,
    /// Only this one.
    session_id: Option<SessionId>,
    /// Only lanes that wait for this; `nothing` is their turn or a free worker.
    #[param(inline)]
    waiting_for: Option<LaneWait>,
    /// Only lanes whose oldest due job waits for so many seconds or longer.
    min_age_seconds: Option<u32>,
}

/// List lanes
///
/// Those in which something waits or runs, of all organizations: who waits longest comes first, so a page may shift while
/// they move. For operators.
#[utoipa::path(get, path = "/operator/lanes", tag = "operator", operation_id = "list_lanes", params(PageQuery, ListFilter), responses((status = 200, body = BusyLanesView)))]
async fn list(
    State(state): State<ApiState>,
    operator: Operator,
    Paged { page, filter: query }: Paged<ListFilter>,
) -> Answer<Json<BusyLanesView>> {
    let now = state.store.clock().now();
    let filter = BusyLaneFilter {
        organization: query.organization_id,
        session: query.session_id,
        waiting_since: query.min_age_seconds.map(|age| now - TimeDelta::seconds(age.into())),
    };
    let lanes = operator.system.overview().busy_lanes(filter, MAX_LANES).await?;
    let complete = (lanes.len() as i64) < MAX_LANES;
    let mut lanes = explained(&operator.system, lanes, now).await?;
    let mut by_reason = BTreeMap::new();
    for (_, waiting) in &lanes {
        *by_reason.entry(wait(waiting)).or_default() += 1;
    }
    if let Some(wanted) = query.waiting_for {
        lanes.retain(|(_, waiting)| wait(waiting) == wanted);
    }
    let page = cut(lanes, page);
    let page = counted(&operator.system, page).await?;
    Ok(Json(BusyLanesView { page, by_reason, complete }))
}

type Explained = (BusyLane, Option<WaitingView>);

fn wait(waiting: &Option<WaitingView>) -> LaneWait {
    LaneWait::of(waiting.as_ref().map(|waiting| waiting.reason))
}

/// Adds what each lane waits for.
async fn explained(system: &System, lanes: Vec<BusyLane>, now: DateTime<Utc>) -> Answer<Vec<Explained>> {
    let ids: Vec<SessionId> = lanes.iter().map(|lane| lane.session).collect();
    let facts = system.lanes().facts(&ids).await?.into_iter();
    let facts: HashMap<SessionId, LaneFacts> = facts.map(|facts| (facts.session, facts)).collect();
    let limits = system.lanes().limits(&ids).await?;
    let explain = |lane: BusyLane| {
        let waiting = facts.get(&lane.session).and_then(|facts| waits_for(&lane, facts, &limits, now));
        (lane, waiting)
    };
    Ok(lanes.into_iter().map(explain).collect())
}

/// The bulk line rests more often, so what holds the transactional one holds all.
fn waits_for(
    lane: &BusyLane,
    facts: &LaneFacts,
    limits: &[LaneLimit],
    now: DateTime<Utc>,
) -> Option<WaitingView> {
    let of = |class| Waiting::of_line(facts, limits, class, now);
    let nothing_due = lane.oldest_at.is_none() && !facts.has_recipients;
    of(Class::Transactional)
        .or_else(|| nothing_due.then(|| Waiting::new(WaitingFor::SendAt, lane.next_at)))
        .or_else(|| of(Class::Bulk))
        .map(WaitingView::from)
}

/// The rows of a page. They have no order by id, so the cursor is a place.
fn cut(lanes: Vec<Explained>, page: PageRequest) -> Page<Explained> {
    let from = page.before.map_or(0, |place| usize::try_from(place.as_u128()).unwrap_or(usize::MAX));
    let until = from.saturating_add(page.limit as usize);
    let next = (lanes.len() > until).then(|| Uuid::from_u128(until as u128));
    Page { items: lanes.into_iter().skip(from).take(page.limit as usize).collect(), next }
}

/// Adds how much waits in each lane.
async fn counted(system: &System, page: Page<Explained>) -> Answer<PageView<BusyLaneView>> {
    let ids: Vec<SessionId> = page.items.iter().map(|(lane, _)| lane.session).collect();
    let pending = system.overview().count_pending(&ids).await?.into_iter();
    let pending: HashMap<SessionId, (i64, i64)> =
        pending.map(|(lane, due, later)| (lane, (due, later))).collect();
    Ok(PageView::of(page, |(lane, waiting)| {
        let (due, later) = pending.get(&lane.session).copied().unwrap_or_default();
        BusyLaneView {
            session_id: lane.session,
            session_name: lane.name,
            status: lane.status,
            organization_id: lane.organization,
            organization_name: lane.organization_name,
            runnable: due + lane.released,
            released: lane.released,
            later,
            running: lane.running,
            oldest_at: lane.oldest_at,
            waiting,
        }
    }))
}
