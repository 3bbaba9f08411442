//! One look at everything. What costs more is asked less often.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta, Utc};
use wahana_domain::SessionId;
use wahana_domain::jobs::{JobState, Queue};
use wahana_queue::{LaneView, Queue as RedisQueue};
use wahana_scheduler::runnable::oldest_runnable;
use wahana_store::fleet::nodes::Node;
use wahana_store::jobs::workers::Worker;
use wahana_store::operator::controls::{Control, Hold, Target};
use wahana_store::operator::overview::{COUNTED, CountedErrors, CountedJobs, LaneName};
use wahana_store::{Store, System};

/// Counts and errors are asked this often.
const SELDOM: Duration = Duration::from_secs(5);
/// Lanes looked at: in Redis, and of those the fullest by name.
const LANES: usize = 1_000;
const LANES_SHOWN: usize = 40;

/// A lane with something in it.
#[derive(Clone, Debug)]
pub(crate) struct LaneLine {
    /// Organization and session.
    pub(crate) name: String,
    pub(crate) waiting: u64,
    pub(crate) running: u64,
    /// Why it does not run this instant.
    pub(crate) waits_for: &'static str,
    /// Until it may go on.
    pub(crate) resumes_in: Option<TimeDelta>,
    /// Since its oldest job was released.
    pub(crate) age: Option<TimeDelta>,
}

/// A queue.
#[derive(Clone, Debug, Default)]
pub(crate) struct QueueLine {
    pub(crate) name: &'static str,
    pub(crate) pending: i64,
    pub(crate) released: i64,
    pub(crate) running: i64,
    pub(crate) dead: i64,
    pub(crate) oldest_runnable: TimeDelta,
    /// As operators decided.
    pub(crate) held: bool,
}

/// Everything that is shown.
#[derive(Clone, Debug)]
pub(crate) struct View {
    pub(crate) now: DateTime<Utc>,
    pub(crate) queues: Vec<QueueLine>,
    /// Not all jobs were counted.
    pub(crate) at_least: bool,
    pub(crate) lanes: Vec<LaneLine>,
    pub(crate) workers: Vec<Worker>,
    pub(crate) nodes: Vec<Node>,
    pub(crate) errors: Vec<CountedErrors>,
    pub(crate) controls: Vec<Control>,
    /// Messages per second.
    pub(crate) rate: f64,
    pub(crate) outbound_held: bool,
    /// Why this is not fresh.
    pub(crate) trouble: Option<String>,
}

/// Asks, and remembers what need not be asked each time.
pub(crate) struct Gatherer {
    store: Store,
    system: System,
    redis: RedisQueue,
    asked: Option<Instant>,
    counts: Vec<CountedJobs>,
    errors: Vec<CountedErrors>,
    sent: Option<(i64, DateTime<Utc>, DateTime<Utc>)>,
    rate: f64,
}

impl Gatherer {
    pub(crate) fn new(store: Store, system: System, redis: RedisQueue) -> Self {
        let (counts, errors) = (Vec::new(), Vec::new());
        Self { store, system, redis, asked: None, counts, errors, sent: None, rate: 0.0 }
    }

    /// Pauses or resumes something.
    pub(crate) async fn hold(&self, target: Target, paused: bool) -> anyhow::Result<()> {
        self.system.controls().set_paused(target, paused, Some("wahana top")).await?;
        Ok(())
    }

    /// One look.
    pub(crate) async fn look(&mut self) -> anyhow::Result<View> {
        let now = self.store.clock().now();
        if self.asked.is_none_or(|at| at.elapsed() >= SELDOM) {
            self.counts = self.system.overview().count_jobs().await?;
            self.errors = self.system.overview().recent_errors().await?;
            self.asked = Some(Instant::now());
        }
        let controls = self.system.controls().get().await?;
        let held = |hold| controls.iter().any(|c| c.paused && (c.hold == hold || c.hold == Hold::All));
        let ages = oldest_runnable(&self.store, &self.redis).await?;
        let count = |queue, state| {
            let of = |c: &&CountedJobs| c.queue.is(queue) && c.state == state;
            self.counts.iter().find(of).map_or(0, |c| c.jobs)
        };
        let line = |queue: &Queue| QueueLine {
            name: queue.as_str(),
            pending: count(*queue, JobState::Pending),
            released: count(*queue, JobState::Released),
            running: count(*queue, JobState::Running),
            dead: count(*queue, JobState::Dead),
            oldest_runnable: ages.get(queue).copied().unwrap_or_default(),
            held: held(Hold::Queue(*queue)),
        };
        let queues = Queue::ALL.iter().map(line).collect();
        let outbound_held = held(Hold::Outbound);
        let at_least = self.counts.iter().map(|c| c.jobs).sum::<i64>() >= COUNTED;
        let rate = self.rate(now).await?;
        Ok(View {
            now,
            queues,
            at_least,
            lanes: self.lanes(now).await?,
            workers: self.system.workers().list().await?,
            nodes: self.system.nodes().list().await?,
            errors: self.errors.clone(),
            controls,
            rate,
            outbound_held,
            trouble: None,
        })
    }

    /// Messages per second since the last look at the figure; at first, of this quarter of an hour.
    async fn rate(&mut self, now: DateTime<Utc>) -> anyhow::Result<f64> {
        let (sent, quarter) = self.system.overview().sent_this_quarter().await?;
        let since = match self.sent {
            Some((before, then_quarter, then)) if then_quarter == quarter => Some((before, then)),
            _ => None,
        };
        let (before, from) = since.unwrap_or((0, quarter));
        let seconds = (now - from).as_seconds_f64();
        // Over some seconds, because messages are counted in batches.
        if since.is_none() || seconds >= SELDOM.as_secs_f64() {
            self.rate = (sent - before).max(0) as f64 / seconds.max(1.0);
            self.sent = Some((sent, quarter, now));
        }
        Ok(self.rate)
    }

    /// The fullest lanes, the longest waiting first.
    async fn lanes(&self, now: DateTime<Utc>) -> anyhow::Result<Vec<LaneLine>> {
        let mut views = self.redis.lanes_overview(None, LANES).await?;
        views.retain(|lane| lane.depth.waiting() + lane.depth.leased > 0);
        views.sort_by_key(|lane| std::cmp::Reverse(lane.depth.waiting()));
        views.truncate(LANES_SHOWN);
        let ids: Vec<SessionId> = views.iter().map(|lane| SessionId(lane.lane)).collect();
        let names: HashMap<SessionId, LaneName> = self
            .system
            .overview()
            .lane_names(&ids)
            .await?
            .into_iter()
            .map(|name| (name.session, name))
            .collect();
        let since: HashMap<SessionId, DateTime<Utc>> =
            self.system.lanes().oldest_released(&ids).await?.into_iter().collect();
        let mut lines: Vec<LaneLine> = views.iter().map(|lane| line(lane, &names, &since, now)).collect();
        lines.sort_by_key(|line| std::cmp::Reverse(line.age));
        Ok(lines)
    }
}

fn line(
    view: &LaneView,
    names: &HashMap<SessionId, LaneName>,
    since: &HashMap<SessionId, DateTime<Utc>>,
    now: DateTime<Utc>,
) -> LaneLine {
    let id = SessionId(view.lane);
    let name = names.get(&id).map_or_else(|| id.to_string(), |n| format!("{}, {}", n.name, n.organization));
    let resumes_in = view.next_at_ms.map(|at| TimeDelta::milliseconds(at - now.timestamp_millis()));
    LaneLine {
        name,
        waiting: view.depth.waiting(),
        running: view.depth.leased,
        waits_for: view.waiting_for.as_str(),
        resumes_in: resumes_in.filter(|left| *left > TimeDelta::zero()),
        age: since.get(&id).map(|since| (now - *since).max(TimeDelta::zero())),
    }
}
