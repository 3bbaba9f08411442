//! Loops that turn state into work. Any number of replicas may run: rows are taken with SKIP LOCKED, nobody leads.
//!
//! Nothing here gets input: a wake only says that it is worth looking now, state says what to do, and a tick looks
//! anyway. So recovery is the same code as the happy way.

mod campaigns;
mod fleet;
mod jobs;
mod messages;
mod operator;
mod sessions;
pub use jobs::runnable;
pub use sessions::supervisor::Supervision;

use std::time::Duration;

use tokio_util::sync::CancellationToken;
use wahana_backoff::Backoff;
use wahana_fleet::Fleet;
use wahana_queue::Queue as RedisQueue;
use wahana_store::Store;

/// What the loops work with.
#[derive(Clone)]
pub struct Scheduler {
    /// The truth.
    pub store: Store,
    /// What may run now.
    pub queue: RedisQueue,
    /// The WAHA servers.
    pub fleet: Fleet,
    /// How often and how much.
    pub options: SchedulerOptions,
    /// What was written down of the limits that hold lanes.
    written_limits: jobs::limits::LimitCache,
}

/// How often and how much.
#[derive(Clone, Debug)]
pub struct SchedulerOptions {
    /// The machine it runs on, for operators.
    pub host: String,
    /// Longest pause between two looks for work nobody woke us for.
    pub tick: Duration,
    /// Jobs a lane holds in Redis, at least; fast lanes hold more, enough for two seconds.
    pub lane_window: u32,
    /// Jobs a plain queue holds in Redis.
    pub plain_window: u32,
    /// How often sessions are compared with what WAHA says.
    pub roster_every: Duration,
    /// A node that has not answered for this long counts as dead.
    pub node_dead_after: Duration,
    /// How long a node must be dead before its sessions are started at another one of its storage group.
    pub dead_node_fence: Duration,
    /// Sessions that leave one node at the same time.
    pub moves_at_once: u32,
    /// How long a member of a sender pool may be out before its waiting messages go to its peers.
    pub pool_patience: Duration,
    /// When sessions count as ill, and how much is done about it.
    pub supervision: Supervision,
    /// How long inbound events are kept after they were worked through.
    pub keep_events: Duration,
    /// How long a file is kept that nothing refers to.
    pub keep_media: Duration,
}

impl Default for SchedulerOptions {
    fn default() -> Self {
        Self {
            host: String::new(),
            tick: Duration::from_millis(500),
            lane_window: 20,
            plain_window: 400,
            roster_every: Duration::from_secs(30),
            node_dead_after: Duration::from_secs(90),
            dead_node_fence: Duration::from_secs(120),
            moves_at_once: 5,
            pool_patience: Duration::from_secs(30),
            supervision: Supervision::default(),
            keep_events: Duration::from_secs(3 * 24 * 3600),
            keep_media: Duration::from_secs(30 * 24 * 3600),
        }
    }
}

/// Why a round of a loop failed; the next round tries again.
#[derive(Debug, thiserror::Error)]
pub enum RoundError {
    /// Postgres.
    #[error(transparent)]
    Store(#[from] wahana_store::StoreError),
    /// Redis.
    #[error(transparent)]
    Queue(#[from] wahana_queue::QueueError),
    /// It was broken off.
    #[error("not done within {} s", .0.as_secs())]
    TooLong(Duration),
}

/// A round takes at least this long before it counts as stuck on a connection that does not answer.
const STUCK: Duration = Duration::from_secs(60);

/// A round that may be broken off: what it did not get done, another one finds.
async fn in_time(
    limit: Duration,
    round: impl Future<Output = Result<(), RoundError>>,
) -> Result<(), RoundError> {
    tokio::time::timeout(limit, round).await.unwrap_or(Err(RoundError::TooLong(limit)))
}

impl Scheduler {
    /// A scheduler that knows nothing yet.
    pub fn new(store: Store, queue: RedisQueue, fleet: Fleet, options: SchedulerOptions) -> Self {
        Self { store, queue, fleet, options, written_limits: jobs::limits::LimitCache::default() }
    }

    /// Runs all loops until `shutdown`. Failing rounds are logged and tried again; it never ends by itself.
    pub async fn run(self, shutdown: CancellationToken) {
        tokio::join!(
            jobs::relay::run(self.clone(), shutdown.clone()),
            jobs::reconcile::run(self.clone(), shutdown.clone()),
            sessions::session_reconciler::run(self.clone(), shutdown.clone()),
            sessions::pools::run(self.clone(), shutdown.clone()),
            messages::files::run(self.clone(), shutdown.clone()),
            fleet::draining::run(self.clone(), shutdown.clone()),
            sessions::supervisor::run(self.clone(), shutdown.clone()),
            operator::figures::run(self.clone(), shutdown.clone()),
            operator::heartbeat::run(self.clone(), shutdown.clone()),
            operator::gauges::run(self, shutdown),
        );
    }
}

/// Calls `round` every `every` until shutdown; a failing round is logged, and the next one comes a little later.
async fn every<F>(name: &'static str, every: Duration, shutdown: CancellationToken, mut round: F)
where
    F: AsyncFnMut() -> Result<(), RoundError>,
{
    let longest = Duration::from_secs(5).max(every);
    let mut backoff = Backoff::new((every * 2).clamp(Duration::from_millis(500), longest), longest);
    let limit = STUCK.max(every * 10);
    loop {
        let pause = match in_time(limit, round()).await {
            Ok(()) => {
                backoff.reset();
                every
            }
            Err(error) => {
                metrics::counter!("scheduler_failed_rounds_total", "loop" => name).increment(1);
                tracing::warn!(loop.name = name, error.message = %error, "round failed, trying again");
                backoff.next_pause()
            }
        };
        if shutdown.run_until_cancelled(tokio::time::sleep(pause)).await.is_none() {
            return;
        }
    }
}
