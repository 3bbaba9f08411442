//! Ends several leases in one call of Redis, for handlers that finish at the same moment. No group waits to
//! fill: while one call is running, the next group collects.

use std::sync::Arc;

use wahana_batch::{BatchWindow, Batcher, share};

use super::lease::LeaseHandle;
use super::scripts::{self, call};
use super::types::Settled;
use crate::{Queue, QueueError};

/// Maximum number of leases in one call, so that a script stays short.
const MAX_ENDINGS: usize = 64;
/// Maximum number of endings that wait for the next call: more than a process has slots.
const MAX_WAITING: usize = 4096;

struct Ending {
    handle: LeaseHandle,
    how: Settled,
}

/// Handle of the task that ends the leases of a process. Dropping the last handle ends the task.
pub(super) struct Settler(Batcher<Ending, Result<bool, Arc<QueueError>>>);

impl Settler {
    pub(super) fn new(queue: Queue) -> Self {
        // Jobs that were settled by the same statement in Postgres arrive in one turn of the runtime.
        let window = BatchWindow::of(MAX_ENDINGS, MAX_WAITING).turns(1);
        Self(Batcher::new(window, move |endings: Vec<Ending>| {
            let queue = queue.clone();
            async move {
                let landed = settle(&queue, &endings).await;
                let ours = |landed: Vec<i64>| {
                    (0..endings.len()).map(|place| landed.get(place) == Some(&1)).collect()
                };
                share(endings.len(), landed.map(ours))
            }
        }))
    }

    /// One settle. `false`: the token no longer held the lease, and nothing was changed.
    pub(super) async fn settle(&self, handle: &LeaseHandle, how: Settled) -> Result<bool, Arc<QueueError>> {
        let answer = self.0.ask(Ending { handle: handle.clone(), how }).await;
        answer.unwrap_or_else(|gone| Err(Arc::new(QueueError::Content(gone.to_string()))))
    }
}

#[tracing::instrument(level = "debug", target = "wahana_queue::messaging", skip_all, fields(
    otel.kind = "client", otel.name = "settle lanes", messaging.system = "redis", messaging.operation.name = "settle",
    messaging.operation.type = "settle", messaging.destination.name = "lanes",
    messaging.batch.message_count = endings.len()))]
async fn settle(queue: &Queue, endings: &[Ending]) -> Result<Vec<i64>, QueueError> {
    let mut settle = call(&scripts::SETTLE, queue);
    for Ending { handle, how } in endings {
        let (action, not_before, until, scope) = match *how {
            Settled::Drop => ("drop", 0, 0, ""),
            Settled::Again { not_before_ms } => ("again", not_before_ms, 0, ""),
            Settled::DropAndPark { until_ms, scope } => ("drop", 0, until_ms, scope.word()),
        };
        settle.arg(handle.lane.to_string()).arg(handle.job.to_string()).arg(&handle.token);
        settle.arg(action).arg(not_before).arg(until).arg(scope);
    }
    Ok(settle.invoke_async(&mut queue.conn.clone()).await?)
}
