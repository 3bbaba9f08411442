//! Whether each part of the installation works, from what its processes last said of themselves.

use chrono::{DateTime, TimeDelta, Utc};
use serde::Serialize;
use utoipa::ToSchema;
use wahana_domain::jobs::WorkerRole;
use wahana_domain::nodes::NodeHealth;
use wahana_store::fleet::nodes::Node;
use wahana_store::jobs::workers::Worker;

/// Processes that were silent for so long are not only late.
const DOWN_AFTER: TimeDelta = TimeDelta::seconds(60);

/// A part of the installation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Part {
    /// The server that answers this.
    Api,
    /// Postgres.
    Database,
    /// Redis, as the processes see it that use it.
    Redis,
    /// It hands out what is due.
    Scheduler,
    /// They send.
    Workers,
    /// The WAHA servers.
    Nodes,
}

/// How a part is; what is worse comes later.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Light {
    /// It works.
    Ok,
    /// Nobody is there who could say.
    Unknown,
    /// It works in part, or was not heard of for a moment.
    Late,
    /// It does not work.
    Down,
}

/// Why a part does not work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum LightReason {
    /// It does not answer.
    NotAnswering,
    /// Some of it does not answer.
    SomeNotAnswering,
    /// It was not heard of for some seconds.
    Silent,
    /// There is none.
    None,
    /// What could say it does not run, or cannot be asked.
    NobodyToAsk,
}

/// How one part is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct LightView {
    pub(crate) part: Part,
    pub(crate) state: Light,
    /// Since when, where that is known.
    since: Option<DateTime<Utc>>,
    /// Why, if it does not work.
    reason: Option<LightReason>,
}

impl LightView {
    fn new(part: Part, state: Light, since: Option<DateTime<Utc>>, reason: Option<LightReason>) -> Self {
        Self { part, state, since, reason }
    }

    /// It works.
    pub(crate) fn ok(part: Part, since: Option<DateTime<Utc>>) -> Self {
        Self::new(part, Light::Ok, since, None)
    }
}

/// What is seen while the database answers.
pub(crate) fn lights(processes: &[Worker], nodes: &[Node], now: DateTime<Utc>) -> Vec<LightView> {
    vec![
        LightView::ok(Part::Database, None),
        redis(processes, now),
        running(Part::Scheduler, WorkerRole::Scheduler, processes, now),
        running(Part::Workers, WorkerRole::Worker, processes, now),
        of_nodes(nodes),
    ]
}

/// What is known while it does not.
pub(crate) fn in_the_dark(since: DateTime<Utc>) -> Vec<LightView> {
    let unknown = |part| LightView::new(part, Light::Unknown, None, Some(LightReason::NobodyToAsk));
    let database = LightView::new(Part::Database, Light::Down, Some(since), Some(LightReason::NotAnswering));
    let others = [Part::Redis, Part::Scheduler, Part::Workers, Part::Nodes].map(unknown);
    std::iter::once(database).chain(others).collect()
}

fn lives(process: &Worker, now: DateTime<Utc>) -> bool {
    !process.is_lost(now) && !process.draining
}

fn running(part: Part, role: WorkerRole, processes: &[Worker], now: DateTime<Utc>) -> LightView {
    let of_role = || processes.iter().filter(|process| process.role.is(role));
    if let Some(since) = of_role().filter(|process| lives(process, now)).map(|p| p.started_at).min() {
        return LightView::ok(part, Some(since));
    }
    let last = of_role().map(|process| process.seen_at).max();
    match last {
        Some(seen) if now - seen <= DOWN_AFTER => {
            LightView::new(part, Light::Late, last, Some(LightReason::Silent))
        }
        _ => LightView::new(part, Light::Down, last, Some(LightReason::None)),
    }
}

/// As those see it that live.
fn redis(processes: &[Worker], now: DateTime<Utc>) -> LightView {
    let (well, ill): (Vec<&Worker>, Vec<&Worker>) =
        processes.iter().filter(|process| lives(process, now)).partition(|p| p.redis_error.is_none());
    let since = ill.iter().map(|process| process.redis_since).min();
    match (well.is_empty(), ill.is_empty()) {
        (true, true) => LightView::new(Part::Redis, Light::Unknown, None, Some(LightReason::NobodyToAsk)),
        (false, true) => LightView::ok(Part::Redis, well.iter().map(|process| process.redis_since).max()),
        (true, false) => LightView::new(Part::Redis, Light::Down, since, Some(LightReason::NotAnswering)),
        (false, false) => {
            LightView::new(Part::Redis, Light::Late, since, Some(LightReason::SomeNotAnswering))
        }
    }
}

fn of_nodes(nodes: &[Node]) -> LightView {
    let ill: Vec<&Node> =
        nodes.iter().filter(|n| matches!(n.health, NodeHealth::Dead | NodeHealth::Degraded)).collect();
    let since = ill.iter().map(|node| node.health_since).min();
    let (state, reason) = if nodes.is_empty() {
        (Light::Down, LightReason::None)
    } else if nodes.iter().all(|node| node.health == NodeHealth::Dead) {
        (Light::Down, LightReason::NotAnswering)
    } else if !ill.is_empty() {
        (Light::Late, LightReason::SomeNotAnswering)
    } else if nodes.iter().all(|node| node.health == NodeHealth::Unknown) {
        (Light::Unknown, LightReason::NobodyToAsk)
    } else {
        return LightView::ok(Part::Nodes, nodes.iter().map(|node| node.health_since).max());
    };
    LightView::new(Part::Nodes, state, since, Some(reason))
}
