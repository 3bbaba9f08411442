//! Shared by both kinds of worker: the claim of a handler, a call of the handler that catches panics, and the
//! loop that restarts an apalis monitor until shutdown.
//!
//! A handler always runs on its own task (`parallelize(tokio::spawn)`), so the death of a worker does not
//! abort it.

use std::future::Future;
use std::panic::AssertUnwindSafe;
use std::time::Duration;

use apalis_core::monitor::Monitor;
use futures::FutureExt;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::lanes::{Class, LaneId};
use crate::measure;
use crate::{Resting, Slots};

/// Id of a job, the same as in Postgres.
pub type JobId = Uuid;

const RESTART_DELAY: Duration = Duration::from_millis(500);

/// One delivery of a job to a handler.
#[derive(Clone, Debug)]
pub struct Claim {
    /// The job to run. It may have been delivered before.
    pub job: JobId,
    /// The lane it came from; `None` for a plain queue.
    pub lane: Option<LaneId>,
    /// Its class; always `Hi` for a plain queue.
    pub class: Class,
    /// Cancelled when the lease was lost or the drain time is over: another worker may get the job, so start
    /// nothing that cannot be undone. The result of the handler is still used if possible. A plain queue
    /// never cancels it.
    pub lost: CancellationToken,
    pub(crate) slots: Slots,
}

impl Claim {
    /// Lends the slot of this job to another one while the returned value lives: for a handler that only
    /// waits.
    pub fn rest(&self) -> Resting {
        self.slots.rest()
    }
}

/// Runs a handler; `None` means it panicked (logged, counted; the job is dropped here, Postgres still has
/// it).
pub(crate) async fn guarded<T>(queue: &'static str, job: JobId, work: impl Future<Output = T>) -> Option<T> {
    match AssertUnwindSafe(work).catch_unwind().await {
        Ok(value) => Some(value),
        Err(_) => {
            measure::panicked(queue);
            tracing::error!(queue.name = queue, job.id = %job, "handler panicked");
            None
        }
    }
}

/// Runs monitors made by `build` until `shutdown`, then up to `drain` longer for running jobs. A monitor that
/// ends early (apalis-redis does on every Redis error) is replaced by a new one; `ended` is called after
/// each.
pub(crate) async fn keep_running(
    queue: &'static str,
    drain: Duration,
    shutdown: CancellationToken,
    mut build: impl FnMut() -> Monitor,
    mut ended: impl FnMut(),
) {
    while !shutdown.is_cancelled() {
        let signal = shutdown.clone();
        let monitor = build().with_terminator(async move { tokio::time::sleep(drain).await });
        let result = monitor
            .run_with_signal(async move {
                signal.cancelled().await;
                Ok(())
            })
            .await;
        ended();
        if shutdown.is_cancelled() {
            break;
        }
        measure::worker_restarted(queue);
        // Every error of Redis ends one.
        tracing::warn!(queue.name = queue, ?result, "worker ended, starting another");
        let _ = tokio::time::timeout(RESTART_DELAY, shutdown.cancelled()).await;
    }
}
