//! The lanes as an apalis backend: apalis-core's `Persistence`, reduced to fetching. Leases, renewals and
//! settles live in `leases.rs`, outside apalis's poll loop, because apalis acks only when its buffer is empty
//! and stops a worker on the first error. Nothing here ever returns an error.

use std::convert::Infallible;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use apalis_core::backend::finalize::Ephemeral;
use apalis_core::backend::persistence::{Persisted, Persistence, TaskEvent};
use apalis_core::backend::{Backend, BackendConfig};
use apalis_core::layers::Identity;
use apalis_core::task::Task;
use apalis_core::task::builder::TaskBuilder;
use apalis_core::task::task_id::TaskId;
use apalis_core::worker::context::WorkerContext;

use super::claims::Claims;
use super::leases::Held;

/// Safety net that makes apalis poll again; the fetch itself waits for work.
const HEARTBEAT: Duration = Duration::from_secs(1);

#[derive(Clone)]
pub(super) struct LanePersistence(Arc<Claims>);

impl Persistence for LanePersistence {
    type Compact = Held;
    type Response = ();
    type Error = Infallible;

    /// Workers are not registered: a lease belongs to a claim, not to a worker.
    async fn register(&mut self, _: &WorkerContext) -> Result<(), Infallible> {
        Ok(())
    }

    async fn heartbeat(&mut self, _: &WorkerContext) -> Result<(), Infallible> {
        Ok(())
    }

    /// Runs on its own task: apalis drops this future at shutdown, and jobs in an answer that is still on its
    /// way must be given back.
    async fn fetch_next(&mut self, _: &WorkerContext) -> Result<Vec<Task<Held>>, Infallible> {
        let claims = self.0.clone();
        let held = tokio::spawn(async move { claims.next().await }).await.unwrap_or_default();
        Ok(held.into_iter().map(task).collect())
    }

    async fn reenqueue_abandoned(
        &mut self,
        tasks: Vec<Task<Held>>,
        _: &WorkerContext,
    ) -> Result<u64, Infallible> {
        let count = tasks.len() as u64;
        drop(tasks); // dropping an unstarted claim gives it back
        Ok(count)
    }

    /// No events are emitted: the handler's task settles the job.
    async fn handle_events(&mut self, _: Vec<TaskEvent<()>>, _: &WorkerContext) -> Result<(), Infallible> {
        Ok(())
    }

    /// Lanes are filled by `Queue::lane_push`. A claim that reaches this is unstarted; dropping it gives it
    /// back.
    async fn push_tasks(&mut self, tasks: Vec<Task<Held>>) -> Result<(), Infallible> {
        drop(tasks);
        Ok(())
    }
}

fn task(held: Held) -> Task<Held> {
    let id = TaskId::from_string(held.token());
    TaskBuilder::new(held).task_id(id).build()
}

pub(super) struct LaneBackend(Persisted<LanePersistence>);

impl LaneBackend {
    pub(super) fn new(claims: Arc<Claims>) -> Self {
        Self(Persisted::new(LanePersistence(claims)))
    }
}

impl Backend for LaneBackend {
    type Task = Task<Held>;
    type Error = Infallible;

    fn poll_ready(&mut self, cx: &mut Context<'_>, worker: &WorkerContext) -> Poll<Result<(), Infallible>> {
        self.0.poll_ready(cx, worker, HEARTBEAT)
    }

    fn poll_next(
        &mut self,
        cx: &mut Context<'_>,
        worker: &WorkerContext,
    ) -> Poll<Option<Result<Self::Task, Infallible>>> {
        self.0.poll_next(cx, worker)
    }

    fn poll_close(&mut self, cx: &mut Context<'_>, worker: &WorkerContext) -> Poll<Result<(), Infallible>> {
        self.0.poll_close(cx, worker)
    }
}

impl BackendConfig for LaneBackend {
    type Args = Held;
    type Id = String;
    type Kind = Ephemeral;
    type Config = ();
    type Layer = Identity;

    fn config(&self) -> &() {
        &()
    }

    fn middleware(&mut self, _: &mut WorkerContext) -> Identity {
        Identity::new()
    }
}
