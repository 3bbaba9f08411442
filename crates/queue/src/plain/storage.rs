//! Our use of apalis-redis: configuration, payload, and the backend.

use std::task::{Context, Poll};
use std::time::Duration;

use apalis_core::backend::finalize::Ephemeral;
use apalis_core::backend::{Backend, BackendConfig};
use apalis_core::worker::context::WorkerContext;
use apalis_redis::{Config, RedisStorage, RedisTask};
use redis::aio::ConnectionManager;
use serde::{Deserialize, Serialize};
use tokio::time::{Interval, MissedTickBehavior};

use super::watched::Watched;
use crate::{JobId, MAX_SLOTS, Queue, Slots};

const HEARTBEAT: Duration = Duration::from_secs(2);
/// Time for which a second push of a waiting job is refused.
const SAME_JOB_REFUSED: Duration = Duration::from_secs(3600);

/// The payload of a job in apalis-redis.
#[derive(Serialize, Deserialize)]
pub(super) struct Envelope {
    pub job: JobId,
}

/// `{prefix:plain:name}`: the name of a queue at apalis and the root of its keys.
pub(super) fn base(queue: &Queue, name: &str) -> String {
    queue.tag(&format!("plain:{name}"))
}

/// Batch 1: a job is fetched only when it can start, and acks are sent between any two fetches.
pub(super) fn config(queue: &Queue, name: &str, orphaned_after: Duration) -> Config {
    Config::default()
        .queue(base(queue, name))
        .batch_size(1)
        .lock_tasks(false)
        .emit_events(false)
        .persist_results(true)
        .heartbeat_interval(HEARTBEAT)
        .missed_heartbeats(orphaned_after.as_secs().div_ceil(HEARTBEAT.as_secs()).max(2) as usize)
        .idempotency_ttl(Some(SAME_JOB_REFUSED))
}

/// [`RedisStorage`] with four corrections: payloads stay bytes (no payload can be an error of the backend),
/// the poll timer cannot lose its waker, the ack channel has room for every running job, and nothing is
/// fetched without a slot.
pub(super) struct Storage {
    inner: RedisStorage<Vec<u8>, Watched>,
    conn: Watched,
    rhythm: Interval,
    slots: Slots,
}

impl Storage {
    pub(super) fn new(conn: ConnectionManager, config: Config, poll: Duration, slots: Slots) -> Self {
        let conn = Watched::new(conn);
        let inner = RedisStorage::new(conn.clone()).with_config(config);
        let mut rhythm = tokio::time::interval(poll.max(Duration::from_millis(1)));
        rhythm.set_missed_tick_behavior(MissedTickBehavior::Delay);
        Self { inner, conn, rhythm, slots }
    }
}

impl Backend for Storage {
    type Task = RedisTask;
    type Error = apalis_redis::Error;

    fn poll_ready(&mut self, cx: &mut Context<'_>, worker: &WorkerContext) -> Poll<Result<(), Self::Error>> {
        self.inner.poll_ready(cx, worker)
    }

    fn poll_next(
        &mut self,
        cx: &mut Context<'_>,
        worker: &WorkerContext,
    ) -> Poll<Option<Result<RedisTask, Self::Error>>> {
        // Poll until pending, so that the waker is always registered (apalis's own strategies do not).
        while self.rhythm.poll_tick(cx).is_ready() {}
        // A fetch that began is polled to its end even without a free slot: meanwhile apalis sends no
        // heartbeat, and the job that it returns belongs to us.
        if self.slots.are_full(cx) && !self.conn.is_asking() {
            return Poll::Pending;
        }
        // The slot is taken here and not when the job starts: another job would be fetched in between.
        self.inner.poll_next(cx, worker).map_ok(|mut task| {
            task.inject_data(self.slots.reserve());
            task
        })
    }

    fn poll_close(&mut self, cx: &mut Context<'_>, worker: &WorkerContext) -> Poll<Result<(), Self::Error>> {
        self.inner.poll_close(cx, worker)
    }
}

impl BackendConfig for Storage {
    type Args = Vec<u8>;
    type Id = String;
    type Kind = Ephemeral;
    type Config = Config;
    type Layer = <RedisStorage<Vec<u8>, Watched> as BackendConfig>::Layer;

    fn config(&self) -> &Config {
        self.inner.config()
    }

    /// The ack channel of apalis holds 4 x batch. With a batch of 1, the fifth job that ends while nobody
    /// reads the channel (graceful stop: it is read only after all jobs ended) would wait for ever. So the
    /// layer is created with a larger batch than the one used for fetching.
    fn middleware(&mut self, worker: &mut WorkerContext) -> Self::Layer {
        let config = self.inner.config().clone();
        let roomy = config.clone().batch_size(MAX_SLOTS.div_ceil(4) + 1);
        let mut inner = self.inner.clone().with_config(roomy);
        let layer = inner.middleware(worker);
        self.inner = inner.with_config(config);
        layer
    }
}
