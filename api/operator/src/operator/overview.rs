//! The installation at a glance: for operators.

use axum::extract::State;
use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use wahana_domain::jobs::{QueueCode, WorkerRole};
use wahana_domain::nodes::NodeHealth;
use wahana_store::fleet::nodes::Node;
use wahana_store::jobs::workers::Worker;
use wahana_store::operator::queue_history::{QueueMinute, QueueSample};

use wahana_api_kit::ApiState;
use wahana_api_kit::extract::Json;
use wahana_api_kit::operator::Operator;
use wahana_api_kit::problem::Answer;

pub(crate) fn router() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new().routes(routes!(overview))
}

/// The installation at a glance.
#[derive(Debug, Serialize, ToSchema)]
struct OperatorOverviewView {
    /// Each queue when a scheduler last looked; none when that is over ten minutes ago.
    queues: Vec<QueueView>,
    /// The longest that anything waits for nothing but a free worker; null while no scheduler tells.
    oldest_runnable_seconds: Option<f64>,
    workers: ProcessesView,
    schedulers: ProcessesView,
    nodes: NodeCountsView,
    /// Jobs that gave up, of all organizations.
    #[schema(example = 0)]
    dead_letters: i64,
}

/// A queue.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub(crate) struct QueueView {
    pub(crate) queue: QueueCode,
    /// Jobs that wait in Postgres.
    #[schema(example = 340)]
    pub(crate) pending: i64,
    /// Jobs that wait in Redis.
    #[schema(example = 24)]
    released: i64,
    /// Jobs that run.
    #[schema(example = 8)]
    running: i64,
    /// Jobs that gave up.
    #[schema(example = 0)]
    dead: i64,
    /// How long the oldest waits, or waited, for nothing but a free worker; of the minute's looks the longest.
    #[schema(example = 12)]
    pub(crate) oldest_seconds: f64,
    /// When a scheduler looked.
    at: DateTime<Utc>,
}

/// Processes of one role.
#[derive(Debug, Default, Serialize, ToSchema)]
struct ProcessesView {
    /// They live.
    #[schema(example = 2)]
    working: u32,
    /// They finish what runs.
    #[schema(example = 0)]
    draining: u32,
    /// They were not heard of for 15 seconds.
    #[schema(example = 0)]
    lost: u32,
}

/// WAHA servers by health.
#[derive(Debug, Default, Serialize, ToSchema)]
struct NodeCountsView {
    #[schema(example = 3)]
    healthy: u32,
    #[schema(example = 0)]
    degraded: u32,
    #[schema(example = 0)]
    dead: u32,
    /// Not asked yet.
    #[schema(example = 0)]
    unknown: u32,
    #[schema(example = 1)]
    cordoned: u32,
    /// Sessions that fit in all, and those that are placed.
    #[schema(example = 1500)]
    capacity: i64,
    #[schema(example = 340)]
    sessions: i64,
}

impl From<QueueMinute> for QueueView {
    fn from(QueueMinute { taken_at, sample, .. }: QueueMinute) -> Self {
        let QueueSample { queue, pending, released, running, dead, oldest_seconds } = sample;
        Self { queue, pending, released, running, dead, oldest_seconds, at: taken_at }
    }
}

impl ProcessesView {
    fn of(processes: &[Worker], role: WorkerRole, now: DateTime<Utc>) -> Self {
        let mut view = Self::default();
        for process in processes.iter().filter(|process| process.role.is(role)) {
            let count = match (process.is_lost(now), process.draining) {
                (true, _) => &mut view.lost,
                (_, true) => &mut view.draining,
                _ => &mut view.working,
            };
            *count += 1;
        }
        view
    }
}

impl NodeCountsView {
    fn of(nodes: &[Node]) -> Self {
        let mut view = Self::default();
        for node in nodes {
            let count = match node.health {
                NodeHealth::Healthy => &mut view.healthy,
                NodeHealth::Degraded => &mut view.degraded,
                NodeHealth::Dead => &mut view.dead,
                NodeHealth::Unknown => &mut view.unknown,
            };
            *count += 1;
            view.cordoned += u32::from(node.cordoned);
            view.capacity += i64::from(node.capacity);
            view.sessions += node.sessions;
        }
        view
    }
}

/// Show the installation at a glance
///
/// Everything of an operator's home screen in one cheap call. For operators.
#[utoipa::path(get, path = "/operator/overview", tag = "operator", operation_id = "get_operator_overview", responses((status = 200, body = OperatorOverviewView)))]
async fn overview(State(state): State<ApiState>, operator: Operator) -> Answer<Json<OperatorOverviewView>> {
    let now = state.store.clock().now();
    let system = &operator.system;
    let queues: Vec<QueueView> =
        system.queue_history().now().await?.into_iter().map(QueueView::from).collect();
    let processes = system.workers().processes().await?;
    Ok(Json(OperatorOverviewView {
        oldest_runnable_seconds: queues.iter().map(|queue| queue.oldest_seconds).max_by(f64::total_cmp),
        queues,
        workers: ProcessesView::of(&processes, WorkerRole::Worker, now),
        schedulers: ProcessesView::of(&processes, WorkerRole::Scheduler, now),
        nodes: NodeCountsView::of(&system.nodes().list().await?),
        dead_letters: system.dead_letters().groups().await?.iter().map(|group| group.jobs).sum(),
    }))
}
