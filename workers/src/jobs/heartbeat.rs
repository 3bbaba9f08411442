//! The sign of life of this process: who it is and how busy, every few seconds. On the way back it hears how many jobs
//! operators want at once.
//!
//! Must never: be what a lease hangs on. A worker whose sign of life fails works on.

use std::collections::BTreeMap;
use std::time::Duration;

use tokio_util::sync::CancellationToken;
use wahana_domain::jobs::{Queue, QueueCode, WorkerRole};
use wahana_media::Converters;
use wahana_queue::{Queue as RedisQueue, Slots};
use wahana_store::jobs::workers::{SlotUse, Worker};
use wahana_store::{ANSWER, Store, within};

use crate::WorkerOptions;

/// Files that are fetched or converted at once, unless operators say otherwise.
const MAX_MEDIA: usize = 8;
/// How often; operators are promised five seconds.
const EVERY: Duration = Duration::from_secs(3);

/// The slots of every queue in this process.
#[derive(Clone)]
pub(crate) struct AllSlots(Vec<(Queue, usize, Slots)>);

impl AllSlots {
    pub(crate) fn new(options: &WorkerOptions) -> Self {
        let settings = |queue| match queue {
            Queue::Lanes => options.lane_concurrency,
            // Each holds a file in memory, and may run a program.
            Queue::Media => options.plain_concurrency.min(MAX_MEDIA),
            _ => options.plain_concurrency,
        };
        let slots = |queue: &Queue| (*queue, settings(*queue), Slots::new(settings(*queue)));
        Self(Queue::ALL.iter().map(slots).collect())
    }

    pub(crate) fn of(&self, queue: Queue) -> Slots {
        self.0
            .iter()
            .find(|(known, ..)| *known == queue)
            .map_or_else(|| Slots::new(1), |(_, _, slots)| slots.clone())
    }

    /// As operators set them, or as the settings say.
    fn follow(&self, wanted: &BTreeMap<Queue, usize>) {
        for (queue, settings, slots) in &self.0 {
            let most = wanted.get(queue).copied().unwrap_or(*settings);
            if most != slots.most() {
                tracing::info!(queue.name = queue.as_str(), from = slots.most(), to = most, "slots changed");
                slots.set(most);
            }
        }
    }

    fn used(&self) -> BTreeMap<QueueCode, SlotUse> {
        let of = |slots: &Slots| SlotUse { most: slots.most(), running: slots.running() };
        self.0.iter().map(|(queue, _, slots)| ((*queue).into(), of(slots))).collect()
    }
}

/// Says that we live, for ever; abort the task to end it.
pub(crate) async fn beat(
    store: Store,
    redis: RedisQueue,
    options: WorkerOptions,
    converters: Converters,
    slots: AllSlots,
    draining: CancellationToken,
) {
    let started_at = store.clock().now();
    loop {
        let worker = Worker {
            owner: options.owner.clone(),
            role: WorkerRole::Worker.into(),
            host: options.host.clone(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            started_at,
            seen_at: started_at,
            draining: draining.is_cancelled(),
            converts: converters.conversions().iter().map(ToString::to_string).collect(),
            slots: slots.used().into(),
            redis_error: redis.trouble().await,
            redis_since: started_at,
        };
        for (queue, slots) in &worker.slots.0 {
            metrics::gauge!("worker_slots", "queue" => queue.to_string()).set(slots.most as f64);
            metrics::gauge!("worker_slots_busy", "queue" => queue.to_string()).set(slots.running as f64);
        }
        match within(ANSWER, store.system().workers().beat(&worker)).await {
            Ok(wanted) => slots.follow(&wanted),
            Err(error) => tracing::debug!(error.message = %error, "cannot say that this worker lives"),
        }
        // The news that it drains does not wait for the next beat.
        if draining.is_cancelled() {
            tokio::time::sleep(EVERY).await;
        } else {
            let _ = tokio::time::timeout(EVERY, draining.cancelled()).await;
        }
    }
}
