//! Running a plain queue: an apalis-redis worker with every guard rail of [`super`], a handler per job on its own task.

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

use super::shifts::{Shift, Shifts};
use super::storage::{Envelope, Storage, config};
use super::{janitor, shifts};
use crate::lanes::Class;
use crate::measure;
use crate::runtime::{guarded, keep_running};
use crate::slots::Reserved;
use crate::{Claim, MOST_SLOTS, Queue, QueueError, Slots};

/// How a process works on one plain queue.
#[derive(Clone, Debug)]
pub struct PlainWorkerOpts {
    /// Jobs that run at the same time in this process; may change meanwhile.
    pub slots: Slots,
    /// Time between two looks at an empty queue, ms: the worst push-to-start.
    pub poll_ms: u64,
    /// Time for running jobs to finish after shutdown.
    pub drain: Duration,
    /// How long a job stays with a process that gave no sign of life (rounded up to whole heartbeats of 2 s, at least
    /// two). Signs are sent every second, so this is not how long a job may take.
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

/// Runs a plain queue until `shutdown`, then drains. The handler's end is the end of the job here, whatever its result:
/// it must have written down in Postgres what is to happen next. A handler that panics ends its job too.
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
    let shifts = Arc::new(Shifts::new(queue.clone(), name));
    let books = tokio::spawn({
        let shifts = shifts.clone();
        async move { shifts.keep_books().await }
    });
    let sweeper = tokio::spawn(janitor::sweep_forever(queue.clone(), name));

    let context = Arc::new(JobContext { name, slots: opts.slots.clone(), shifts: shifts.clone(), handler });
    let patience = tokio::spawn({
        let (shutdown, drain) = (shutdown.clone(), opts.drain);
        async move {
            shutdown.cancelled().await;
            tokio::time::sleep(drain + 2 * shifts::TICK).await;
        }
    });
    let build = || monitor(&queue, &opts, context.clone());
    let ended = || shifts.all_over(!shutdown.is_cancelled());
    keep_running(name, opts.drain, shutdown.clone(), build, ended).await;

    // A worker that died leaves its running jobs behind; they too have the time to drain.
    books.abort();
    sweeper.abort();
    tokio::select! {
        () = shifts.close_books() => {}
        _ = patience => tracing::warn!(queue.name = name, "stopped with jobs running or unacked, others take them over"),
    }
    let _ = tokio::time::timeout(shifts::TICK, janitor::sweep(&queue, name)).await;
    Ok(())
}

/// What a job needs, shared by all shifts.
struct JobContext<F> {
    name: &'static str,
    slots: Slots,
    shifts: Arc<Shifts>,
    handler: F,
}

fn monitor<F, Fut>(queue: &Queue, opts: &PlainWorkerOpts, context: Arc<JobContext<F>>) -> Monitor
where
    F: Fn(Claim) -> Fut + Send + Sync + 'static,
    Fut: Future<Output = ()> + Send + 'static,
{
    let shift = context.shifts.begin();
    let config = config(queue, context.name, opts.orphaned_after);
    let (conn, opts) = (queue.conn.clone(), opts.clone());
    Monitor::new().register(move |_| {
        let (context, shift) = (context.clone(), shift.clone());
        let poll = Duration::from_millis(opts.poll_ms);
        WorkerBuilder::new(shift.name.clone())
            .backend(Storage::new(conn.clone(), config.clone(), poll, opts.slots.clone()))
            .concurrency(MOST_SLOTS)
            .catch_panic()
            .parallelize(tokio::spawn)
            .build(move |payload: Vec<u8>, task: TaskId, slot: Data<Reserved>| {
                work(payload, task.to_string(), slot.0, shift.clone(), context.clone())
            })
    })
}

/// Never an error and never a panic: apalis would retry or bury by its own rules.
async fn work<F, Fut>(
    payload: Vec<u8>,
    task: String,
    slot: Reserved,
    shift: Arc<Shift>,
    context: Arc<JobContext<F>>,
) where
    F: Fn(Claim) -> Fut,
    Fut: Future<Output = ()>,
{
    let _occupied = slot.take();
    shift.started(&task);
    match serde_json::from_slice::<Envelope>(&payload) {
        Ok(Envelope { job }) => {
            measure::claimed(context.name, 1);
            // Before the work: a release that meets this entry still waiting is the one that the fence now finds, and any
            // later one gets an entry of its own. If it went after the work, a release meanwhile would be refused and lost.
            context.shifts.forget(job).await;
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
            if let Err(error) = context.shifts.bury(&payload).await {
                tracing::error!(queue.name = context.name, error.message = %error, "cannot keep the payload");
            }
        }
    }
    shift.finished(task);
}
