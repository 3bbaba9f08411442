//! Runs a plain queue: an apalis-redis worker with the workarounds of [`super`], one task per handler.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use apalis::prelude::WorkerBuilderExt;
use apalis_core::monitor::Monitor;
use apalis_core::task::data::Data;
use apalis_core::task::task_id::TaskId;
use apalis_core::worker::builder::WorkerBuilder;
use apalis_core::worker::ext::parallelize::ParallelizeExt;
use tokio_util::sync::CancellationToken;

use super::incarnations::{Incarnations, WorkerIncarnation};
use super::storage::{Envelope, Storage, config};
use super::{incarnations, janitor};
use crate::lanes::Class;
use crate::measure;
use crate::runtime::{guarded, keep_running};
use crate::slots::Reserved;
use crate::{Claim, MAX_SLOTS, Queue, QueueError, Slots};

/// Options of a worker of one plain queue.
#[derive(Clone, Debug)]
pub struct PlainWorkerOpts {
    /// Concurrent jobs of this process; adjustable at runtime.
    pub slots: Slots,
    /// Interval between two polls of an empty queue, ms: the longest delay from push to start.
    pub poll_ms: u64,
    /// Time for running jobs to finish after shutdown.
    pub drain: Duration,
    /// Time without heartbeat after which the jobs of a process are given to others (rounded up to whole
    /// heartbeats of 2 s, at least two). Heartbeats are sent every second, so this does not limit the
    /// duration of a job.
    pub orphaned_after: Duration,
}

impl Default for PlainWorkerOpts {
    fn default() -> Self {
        Self {
            slots: Slots::new(16),
            poll_ms: 100,
            drain: Duration::from_secs(20),
            orphaned_after: Duration::from_secs(30),
        }
    }
}

/// Runs a plain queue until `shutdown`, then drains. When a handler returns or panics, its job is removed
/// here; the handler must have recorded in Postgres what happens next.
pub async fn run_plain<F, Fut>(
    queue: Queue,
    name: &'static str,
    opts: PlainWorkerOpts,
    shutdown: CancellationToken,
    handler: F,
) -> Result<(), QueueError>
where
    F: Fn(Claim) -> Fut + Send + Sync + 'static,
    Fut: Future<Output = ()> + Send + 'static,
{
    let incarnations = Arc::new(Incarnations::new(queue.clone(), name));
    let maintenance = tokio::spawn({
        let incarnations = incarnations.clone();
        async move { incarnations.maintain().await }
    });
    let sweeper = tokio::spawn(janitor::sweep_forever(queue.clone(), name));

    let context =
        Arc::new(JobContext { name, slots: opts.slots.clone(), incarnations: incarnations.clone(), handler });
    let patience = tokio::spawn({
        let (shutdown, drain) = (shutdown.clone(), opts.drain);
        async move {
            shutdown.cancelled().await;
            tokio::time::sleep(drain + 2 * incarnations::TICK).await;
        }
    });
    let build = || monitor(&queue, &opts, context.clone());
    let ended = || incarnations.all_over(!shutdown.is_cancelled());
    keep_running(name, opts.drain, shutdown.clone(), build, ended).await;

    // Running jobs of a worker that died also get the drain time.
    maintenance.abort();
    sweeper.abort();
    tokio::select! {
        () = incarnations.finish() => {}
        _ = patience => tracing::warn!(queue.name = name, "stopped with running or unacked jobs; other workers take them over"),
    }
    let _ = tokio::time::timeout(incarnations::TICK, janitor::sweep(&queue, name)).await;
    Ok(())
}

/// What a job needs, shared by all incarnations.
struct JobContext<F> {
    name: &'static str,
    slots: Slots,
    incarnations: Arc<Incarnations>,
    handler: F,
}

fn monitor<F, Fut>(queue: &Queue, opts: &PlainWorkerOpts, context: Arc<JobContext<F>>) -> Monitor
where
    F: Fn(Claim) -> Fut + Send + Sync + 'static,
    Fut: Future<Output = ()> + Send + 'static,
{
    let incarnation = context.incarnations.begin();
    let config = config(queue, context.name, opts.orphaned_after);
    let (conn, opts) = (queue.conn.clone(), opts.clone());
    Monitor::new().register(move |_| {
        let (context, incarnation) = (context.clone(), incarnation.clone());
        let poll = Duration::from_millis(opts.poll_ms);
        WorkerBuilder::new(incarnation.name.clone())
            .backend(Storage::new(conn.clone(), config.clone(), poll, opts.slots.clone()))
            .concurrency(MAX_SLOTS)
            .catch_panic()
            .parallelize(tokio::spawn)
            .build(move |payload: Vec<u8>, task: TaskId, slot: Data<Reserved>| {
                work(payload, task.to_string(), slot.0, incarnation.clone(), context.clone())
            })
    })
}

/// It never returns an error and never panics: apalis would retry or discard the job by its own rules.
async fn work<F, Fut>(
    payload: Vec<u8>,
    task: String,
    slot: Reserved,
    incarnation: Arc<WorkerIncarnation>,
    context: Arc<JobContext<F>>,
) where
    F: Fn(Claim) -> Fut,
    Fut: Future<Output = ()>,
{
    let _occupied = slot.take();
    if !incarnation.start(&task) {
        return;
    }
    match serde_json::from_slice::<Envelope>(&payload) {
        Ok(Envelope { job }) => {
            measure::claimed(context.name, 1);
            // Before the work: a release that found this entry waiting is the one that the fence now sees,
            // and any later release gets an entry of its own. After the work, a release in between would be
            // refused and lost.
            context.incarnations.forget(job).await;
            let claim = Claim {
                job,
                lane: None,
                class: Class::Hi,
                lost: CancellationToken::new(),
                slots: context.slots.clone(),
            };
            guarded(context.name, job, async { (context.handler)(claim).await }).await;
            measure::settled(context.name, "drop");
        }
        Err(error) => {
            tracing::error!(queue.name = context.name, error.message = %error, "payload is not a job, moved to the dead list");
            if let Err(error) = context.incarnations.bury(&payload).await {
                tracing::error!(queue.name = context.name, error.message = %error, "cannot move the payload to the dead list");
            }
        }
    }
    incarnation.finished(task);
}
