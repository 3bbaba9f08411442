//! Whether each part of the installation works, from what its processes last said of themselves.

use chrono::{DateTime, TimeDelta, Utc};
use serde::Serialize;
use utoipa::ToSchema;
use wahana_domain::jobs::WorkerRole;
use wahana_domain::nodes::NodeHealth;
use wahana_store::fleet::nodes::Node;
use wahana_store::jobs::workers::Worker;

/// Processes that were silent for this long are down, not only degraded.
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

/// State of a part; a worse one comes later.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum PartState {
    /// It works.
    Ok,
    /// No process can tell.
    Unknown,
    /// It works in part, or was silent for some seconds.
    Degraded,
    /// It does not work.
    Down,
}

/// Why a part does not work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum PartReason {
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

/// One part of the installation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct PartView {
    pub(crate) part: Part,
    pub(crate) state: PartState,
    /// Since when, where that is known.
    since: Option<DateTime<Utc>>,
    /// Why, if it does not work.
    reason: Option<PartReason>,
}

impl PartView {
    fn new(part: Part, state: PartState, since: Option<DateTime<Utc>>, reason: Option<PartReason>) -> Self {
        Self { part, state, since, reason }
    }

    /// It works.
    pub(crate) fn ok(part: Part, since: Option<DateTime<Utc>>) -> Self {
        Self::new(part, PartState::Ok, since, None)
    }
}

/// All parts but the API, while the database answers.
pub(crate) fn parts(processes: &[Worker], nodes: &[Node], now: DateTime<Utc>) -> Vec<PartView> {
    vec![
        PartView::ok(Part::Database, None),
        redis(processes, now),
        running(Part::Scheduler, WorkerRole::Scheduler, processes, now),
        running(Part::Workers, WorkerRole::Worker, processes, now),
        of_nodes(nodes),
    ]
}

/// All parts but the API, while the database does not answer.
pub(crate) fn while_database_is_down(since: DateTime<Utc>) -> Vec<PartView> {
    let unknown = |part| PartView::new(part, PartState::Unknown, None, Some(PartReason::NobodyToAsk));
    let database =
        PartView::new(Part::Database, PartState::Down, Some(since), Some(PartReason::NotAnswering));
    let others = [Part::Redis, Part::Scheduler, Part::Workers, Part::Nodes].map(unknown);
    std::iter::once(database).chain(others).collect()
}

fn lives(process: &Worker, now: DateTime<Utc>) -> bool {
    !process.is_lost(now) && !process.draining
}

fn running(part: Part, role: WorkerRole, processes: &[Worker], now: DateTime<Utc>) -> PartView {
    let of_role = || processes.iter().filter(|process| process.role.is(role));
    if let Some(since) = of_role().filter(|process| lives(process, now)).map(|p| p.started_at).min() {
        return PartView::ok(part, Some(since));
    }
    let last = of_role().map(|process| process.seen_at).max();
    match last {
        Some(seen) if now - seen <= DOWN_AFTER => {
            PartView::new(part, PartState::Degraded, last, Some(PartReason::Silent))
        }
        _ => PartView::new(part, PartState::Down, last, Some(PartReason::None)),
    }
}

/// Redis as the living processes see it.
fn redis(processes: &[Worker], now: DateTime<Utc>) -> PartView {
    let (well, ill): (Vec<&Worker>, Vec<&Worker>) =
        processes.iter().filter(|process| lives(process, now)).partition(|p| p.redis_error.is_none());
    let since = ill.iter().map(|process| process.redis_since).min();
    match (well.is_empty(), ill.is_empty()) {
        (true, true) => PartView::new(Part::Redis, PartState::Unknown, None, Some(PartReason::NobodyToAsk)),
        (false, true) => PartView::ok(Part::Redis, well.iter().map(|process| process.redis_since).max()),
        (true, false) => PartView::new(Part::Redis, PartState::Down, since, Some(PartReason::NotAnswering)),
        (false, false) => {
            PartView::new(Part::Redis, PartState::Degraded, since, Some(PartReason::SomeNotAnswering))
        }
    }
}

fn of_nodes(nodes: &[Node]) -> PartView {
    let ill: Vec<&Node> =
        nodes.iter().filter(|n| matches!(n.health, NodeHealth::Dead | NodeHealth::Degraded)).collect();
    let since = ill.iter().map(|node| node.health_since).min();
    let (state, reason) = if nodes.is_empty() {
        (PartState::Down, PartReason::None)
    } else if nodes.iter().all(|node| node.health == NodeHealth::Dead) {
        (PartState::Down, PartReason::NotAnswering)
    } else if !ill.is_empty() {
        (PartState::Degraded, PartReason::SomeNotAnswering)
    } else if nodes.iter().all(|node| node.health == NodeHealth::Unknown) {
        (PartState::Unknown, PartReason::NobodyToAsk)
    } else {
        return PartView::ok(Part::Nodes, nodes.iter().map(|node| node.health_since).max());
    };
    PartView::new(Part::Nodes, state, since, Some(reason))
}
