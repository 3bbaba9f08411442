//! What operators hold back, how much runs at once, and who works.

use std::collections::BTreeMap;

use axum::extract::State;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use wahana_domain::Rule;
use wahana_domain::jobs::{Queue, QueueCode, WorkerRoleCode};
use wahana_store::jobs::workers::{SlotUse, Worker};
use wahana_store::operator::controls::{Control, Pausing, Target};

use wahana_api_kit::ApiState;
use wahana_api_kit::extract::{Check, Json};
use wahana_api_kit::operator::Operator;
use wahana_api_kit::problem::{Answer, Code, Problem};

/// Most jobs of a queue that one worker process may run at once.
const MAX_SLOTS: u32 = 1_000;

pub(crate) fn router() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(pause))
        .routes(routes!(resume))
        .routes(routes!(concurrency))
        .routes(routes!(workers))
}

/// What is not as the settings say.
#[derive(Debug, Serialize, ToSchema)]
struct ControlView {
    /// `all`, `outbound`, the name of a queue, or the id of an organization, node or session.
    #[schema(example = "outbound")]
    target: String,
    /// Whether it is held back.
    paused: bool,
    /// Of a queue: jobs at once per worker process; null if as its settings say.
    slots: Option<u32>,
    /// Why.
    #[schema(example = "WhatsApp is down")]
    reason: Option<String>,
    /// The operator that decided it.
    #[schema(example = "operator@wahana.example")]
    set_by: String,
    set_at: DateTime<Utc>,
}

impl From<Control> for ControlView {
    fn from(control: Control) -> Self {
        let Control { hold, paused, slots, reason, set_by, set_at } = control;
        Self { target: hold.to_string(), paused, slots, reason, set_by, set_at }
    }
}

/// Everything that is not as the settings say.
#[derive(Debug, Serialize, ToSchema)]
struct ControlsView {
    items: Vec<ControlView>,
}

/// What to hold back, or to let go again.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"target": "outbound", "reason": "WhatsApp is down"}))]
struct Pause {
    /// `all` (every job), `outbound` (everything that is sent; events are still taken in), a queue (`lanes`, `inbound`,
    /// `sessions`, `maintenance`, `media`), or the id of an organization, a node, a session or a campaign.
    target: String,
    /// Why; it stands in the audit log.
    #[schema(max_length = 500)]
    reason: Option<String>,
}

/// How many jobs of a queue each worker process runs at once.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"queue": "inbound", "slots": 8}))]
struct Concurrency {
    queue: Queue,
    /// 0 to 1,000; null is as the settings of each worker say.
    #[schema(maximum = 1000)]
    slots: Option<u32>,
}

/// A worker process.
#[derive(Debug, Serialize, ToSchema)]
struct WorkerView {
    /// Its name in attempts.
    #[schema(example = "worker-1-4f2a")]
    owner: String,
    role: WorkerRoleCode,
    #[schema(example = "worker-1")]
    host: String,
    #[schema(example = "0.1.0")]
    version: String,
    started_at: DateTime<Utc>,
    seen_at: DateTime<Utc>,
    /// Not heard of for 15 seconds. What it held is done by others when its leases end.
    lost: bool,
    /// It finishes what runs and takes nothing more.
    draining: bool,
    /// By queue.
    slots: BTreeMap<QueueCode, SlotView>,
    /// Why Redis does not answer it; null while it does.
    redis_error: Option<String>,
}

/// Slots of one queue in one process.
#[derive(Debug, Serialize, ToSchema)]
struct SlotView {
    #[schema(example = 8)]
    most: usize,
    #[schema(example = 3)]
    running: usize,
}

impl From<SlotUse> for SlotView {
    fn from(slots: SlotUse) -> Self {
        Self { most: slots.most, running: slots.running }
    }
}

impl WorkerView {
    fn of(worker: Worker, now: DateTime<Utc>) -> Self {
        let lost = worker.is_lost(now);
        let Worker { owner, role, host, version, started_at, seen_at, draining, slots, redis_error, .. } =
            worker;
        let slots = slots.0.into_iter().map(|(queue, slots)| (queue, slots.into())).collect();
        Self { owner, role, host, version, started_at, seen_at, lost, draining, slots, redis_error }
    }
}

/// Every worker process.
#[derive(Debug, Serialize, ToSchema)]
struct WorkersView {
    items: Vec<WorkerView>,
}

/// List what is held back or changed
///
/// For operators.
#[utoipa::path(get, path = "/operator/controls", tag = "operator", operation_id = "list_controls", responses((status = 200, body = ControlsView)))]
async fn list(operator: Operator) -> Answer<Json<ControlsView>> {
    let items = operator.system.controls().get().await?.into_iter().map(ControlView::from).collect();
    Ok(Json(ControlsView { items }))
}

/// Hold something back
///
/// Nothing of it starts any more, at the latest two seconds from now; what runs, finishes. For operators.
#[utoipa::path(post, path = "/operator/pause", tag = "operator", operation_id = "pause", request_body = Pause, responses((status = 200, body = ControlsView)))]
async fn pause(operator: Operator, Json(body): Json<Pause>) -> Answer<Json<ControlsView>> {
    set(operator, body, true).await
}

/// Let something go again
///
/// For operators.
#[utoipa::path(post, path = "/operator/resume", tag = "operator", operation_id = "resume", request_body = Pause, responses((status = 200, body = ControlsView)))]
async fn resume(operator: Operator, Json(body): Json<Pause>) -> Answer<Json<ControlsView>> {
    set(operator, body, false).await
}

async fn set(operator: Operator, body: Pause, paused: bool) -> Answer<Json<ControlsView>> {
    let target: Target = body.target.parse().map_err(|_| Problem::field("target", Rule::BadTarget))?;
    Check::default().length("reason", body.reason.as_deref().unwrap_or_default(), 0, 500).done()?;
    match operator.system.controls().set_paused(target, paused, body.reason.as_deref()).await? {
        Pausing::Done => list(operator).await,
        Pausing::NotFound => Err(Problem::not_found("organization, node, session or campaign")),
        Pausing::WrongState(state) => Err(Problem::new(Code::WrongState, format!("the campaign is {state}"))),
    }
}

/// Change how much runs at once
///
/// Workers hear of it within five seconds; nothing is restarted. For operators.
#[utoipa::path(put, path = "/operator/concurrency", tag = "operator", operation_id = "set_concurrency", request_body = Concurrency, responses((status = 200, body = ControlsView)))]
async fn concurrency(operator: Operator, Json(body): Json<Concurrency>) -> Answer<Json<ControlsView>> {
    if body.slots.is_some_and(|slots| slots > MAX_SLOTS) {
        return Err(Problem::field("slots", Rule::OutOfRange { min: 0, max: MAX_SLOTS.into() }));
    }
    operator.system.controls().set_slots(body.queue, body.slots).await?;
    list(operator).await
}

/// List workers
///
/// Lost ones are shown for an hour. For operators.
#[utoipa::path(get, path = "/operator/workers", tag = "operator", operation_id = "list_workers", responses((status = 200, body = WorkersView)))]
async fn workers(State(state): State<ApiState>, operator: Operator) -> Answer<Json<WorkersView>> {
    let now = state.store.clock().now();
    let items = operator
        .system
        .workers()
        .list()
        .await?
        .into_iter()
        .map(|worker| WorkerView::of(worker, now))
        .collect();
    Ok(Json(WorkersView { items }))
}
