//! What a pace comes to before it is saved: the day it makes, hour by hour, and what binds it. Writes nothing.

use axum::extract::State;
use chrono::{DateTime, Days, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use wahana_domain::policy::{PacingPolicy, PolicyWish};
use wahana_domain::{Rule, SessionId};
use wahana_pacing::day::{DayPlan, Hour, plan};
use wahana_pacing::{WaitingFor, gap};

use crate::sessions::session::no_session;
use wahana_api_kit::ApiState;
use wahana_api_kit::extract::{Check, Json, Path};
use wahana_api_kit::problem::Answer;
use wahana_api_kit::scoped::{Scoped, need};

/// So many days are told, the first hour by hour: enough to see a warm-up grow.
const DAYS: u64 = 7;

pub(crate) fn router() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new().routes(routes!(preview))
}

/// A pace to try.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "policy": {"gap_min_ms": 30000, "gap_max_ms": 60000},
    "new_chat_percent": 40,
}))]
struct PreviewPolicy {
    #[schema(value_type = PacingPolicy)]
    policy: PolicyWish,
    /// How many of the messages begin a chat, in percent; matters for `new_chats_per_day`.
    #[serde(default = "all")]
    #[schema(default = 100, maximum = 100)]
    new_chat_percent: u8,
}

const fn all() -> u8 {
    100
}

/// What a pace comes to, if there is always somebody to write to.
#[derive(Debug, Serialize, ToSchema)]
struct PolicyPreviewView {
    /// The mean pause between two messages in milliseconds, breaks included.
    #[schema(example = 45000)]
    mean_pause_ms: u64,
    /// When bulk messages may go today.
    open: Vec<SpanView>,
    /// Today hour by hour, as if nothing had been sent yet; 24 of them, or 23 or 25 when the clock changes.
    hours: Vec<HourView>,
    /// Seven days, today first: a warm-up lets each hold more.
    days: Vec<PlannedDayView>,
}

/// A span of time.
#[derive(Debug, Serialize, ToSchema)]
struct SpanView {
    from: DateTime<Utc>,
    to: DateTime<Utc>,
}

/// One clock hour of a day.
#[derive(Debug, Serialize, ToSchema)]
struct HourView {
    /// When it begins.
    at: DateTime<Utc>,
    /// Bulk messages in it.
    #[schema(example = 60)]
    messages: u64,
    /// What keeps it from holding more; `turn` is the pause between two messages.
    binding: WaitingFor,
}

/// What a day could hold.
#[derive(Debug, Serialize, ToSchema)]
struct PlannedDayView {
    date: NaiveDate,
    /// Bulk messages.
    #[schema(example = 420)]
    messages: u64,
    /// What keeps it from holding more.
    binding: WaitingFor,
}

impl PolicyPreviewView {
    fn of(policy: &PacingPolicy, days: Vec<DayPlan>) -> Self {
        let day =
            |day: &DayPlan| PlannedDayView { date: day.date, messages: day.messages, binding: day.binding };
        let hour = |Hour { at, messages, binding }: &Hour| HourView {
            at: *at,
            messages: *messages,
            binding: *binding,
        };
        let today = days.first();
        Self {
            mean_pause_ms: gap::mean_ms(policy).round() as u64,
            open: today
                .into_iter()
                .flat_map(|day| &day.open)
                .map(|&(from, to)| SpanView { from, to })
                .collect(),
            hours: today.into_iter().flat_map(|day| &day.hours).map(hour).collect(),
            days: days.iter().map(day).collect(),
        }
    }
}

/// Preview a pace
///
/// What a session could send by this pace, hour by hour and for a week, and which limit binds when. Counted from the
/// mean pause, with somebody to write to at any time, everybody living by the session's clock; its warm-up goes on from
/// where it is. Nothing is changed. Needs the scope `sessions:read`.
#[utoipa::path(post, path = "/sessions/{id}/policy/preview", tag = "sessions", operation_id = "preview_policy", params(("id" = SessionId, Path)), request_body = PreviewPolicy, responses((status = 200, body = PolicyPreviewView)))]
async fn preview(
    State(state): State<ApiState>,
    scoped: Scoped<need::SessionsRead>,
    Path(id): Path<SessionId>,
    Json(body): Json<PreviewPolicy>,
) -> Answer<Json<PolicyPreviewView>> {
    let PreviewPolicy { policy: PolicyWish { policy, .. }, new_chat_percent } = body;
    let mut check = Check::default();
    check.inside("policy", policy.validate());
    if new_chat_percent > 100 {
        check.wrong("new_chat_percent", Rule::OutOfRange { min: 0, max: 100 });
    }
    check.done()?;
    scoped.tenant.sessions().get(id).await?.ok_or_else(no_session)?;
    let facts = scoped.tenant.lanes().facts(&[id]).await?;
    let lane = &facts.first().ok_or_else(no_session)?.state;
    let now = state.store.clock().now();
    // A number that never sent begins its warm-up with the first day.
    let warm_up_from = lane.warm_up_from.or(Some(now));
    let new_chats = f64::from(new_chat_percent) / 100.0;
    let days = (0..DAYS).map(|day| plan(&policy, warm_up_from, new_chats, now + Days::new(day))).collect();
    Ok(Json(PolicyPreviewView::of(&policy, days)))
}
