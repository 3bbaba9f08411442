//! Runs lanes: an apalis worker over [`super::backend`], one task per handler, graceful stop.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use apalis::prelude::WorkerBuilderExt;
use apalis_core::monitor::Monitor;
use apalis_core::worker::builder::WorkerBuilder;
use apalis_core::worker::ext::parallelize::ParallelizeExt;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use super::backend::LaneBackend;
use super::claims::Claims;
use super::keeper;
use super::leases::{Held, Leases};
use super::types::Settled;
use super::wake;
use crate::measure::LANES;
use crate::runtime::{guarded, keep_running};
use crate::{Claim, MAX_SLOTS, Queue, QueueError, Slots};

/// Options of a lane worker.
#[derive(Clone, Debug)]
pub struct LaneWorkerOpts {
    /// Concurrent jobs of this process; adjustable at runtime.
    pub slots: Slots,
    /// Duration of a lease, ms. It is renewed every second, so this is the delay that a crash costs, not a
    /// limit on the duration of a job.
    pub lease_ms: u64,
    /// Longest interval between two polls of Redis, ms. A push wakes the worker at once; polling is the
    /// fallback.
    pub poll_ms: u64,
    /// Time for running jobs to finish and settle after shutdown.
    pub drain: Duration,
}

impl Default for LaneWorkerOpts {
    fn default() -> Self {
        Self { slots: Slots::new(32), lease_ms: 30_000, poll_ms: 100, drain: Duration::from_secs(20) }
    }
}

/// Runs lanes until `shutdown`, then drains: no new claims; unstarted ones are given back; running ones
/// finish and settle within `opts.drain`. Redis may stall, restart or lose everything meanwhile. The job of a
/// handler that panics is dropped here (Postgres still has it).
pub async fn run_lanes<F, Fut>(
    queue: Queue,
    opts: LaneWorkerOpts,
    shutdown: CancellationToken,
    handler: F,
) -> Result<(), QueueError>
where
    F: Fn(Claim) -> Fut + Send + Sync + 'static,
    Fut: Future<Output = Settled> + Send + 'static,
{
    let (leases, returned) = Leases::new(queue.clone(), Duration::from_millis(opts.lease_ms.max(1)));
    let stop = CancellationToken::new();
    let keeper = tokio::spawn(keeper::keep(leases.clone(), returned, stop.clone()));
    let wake = Arc::new(Notify::new());
    let listener = tokio::spawn(wake::listen(queue, wake.clone()));

    let claims = Arc::new(Claims {
        leases: leases.clone(),
        wake,
        slots: opts.slots,
        poll: Duration::from_millis(opts.poll_ms.max(1)),
        shutdown: shutdown.clone(),
    });
    let handler = Arc::new(handler);
    let build = || monitor(claims.clone(), handler.clone());
    keep_running(LANES, opts.drain, shutdown, build, || {}).await;

    leases.over.cancel();
    listener.abort();
    let unfinished = leases.abandon_all();
    if unfinished > 0 {
        tracing::warn!(unfinished, "drain time is over, unfinished leases will expire");
    }
    stop.cancel();
    let _ = tokio::time::timeout(keeper::FAREWELL, keeper).await;
    Ok(())
}

fn monitor<F, Fut>(claims: Arc<Claims>, handler: Arc<F>) -> Monitor
where
    F: Fn(Claim) -> Fut + Send + Sync + 'static,
    Fut: Future<Output = Settled> + Send + 'static,
{
    Monitor::new().register(move |_| {
        let (handler, slots) = (handler.clone(), claims.slots.clone());
        WorkerBuilder::new("lanes")
            .backend(LaneBackend::new(claims.clone()))
            .concurrency(MAX_SLOTS)
            .parallelize(tokio::spawn)
            .build(move |held: Held| work(held, slots.clone(), handler.clone()))
    })
}

async fn work<F, Fut>(mut held: Held, slots: Slots, handler: Arc<F>)
where
    F: Fn(Claim) -> Fut,
    Fut: Future<Output = Settled>,
{
    let _occupied = slots.occupy();
    let claim = held.start(slots);
    let outcome = guarded(LANES, claim.job, async { handler(claim).await }).await;
    held.settle(outcome.unwrap_or(Settled::Drop)).await;
}
