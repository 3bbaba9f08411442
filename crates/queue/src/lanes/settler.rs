//! Ends many leases in one call of Redis: handlers that finish at the same moment need not ask one by one. Nobody waits
//! for a group to fill; while one is under way, the next gathers.

use std::sync::Arc;

use tokio::sync::{mpsc, oneshot};
use tokio::task::yield_now;

use super::leases::Slip;
use super::scripts::{self, call};
use super::types::Settled;
use crate::{Queue, QueueError};

/// Most leases in one call, so that a script stays short.
const MOST: usize = 64;

struct Ending {
    slip: Slip,
    how: Settled,
    answer: oneshot::Sender<Result<bool, Arc<QueueError>>>,
}

/// The way to the one task that ends the leases of a process. The task ends with it.
pub(super) struct Settler(mpsc::UnboundedSender<Ending>);

impl Settler {
    pub(super) fn new(queue: Queue) -> Self {
        let (sender, mut endings) = mpsc::unbounded_channel();
        tokio::spawn(async move {
            let mut group = Vec::with_capacity(MOST);
            while endings.recv_many(&mut group, MOST).await > 0 {
                // Jobs that were written down together end here in one turn of the runtime.
                yield_now().await;
                while group.len() < MOST
                    && let Ok(ending) = endings.try_recv()
                {
                    group.push(ending);
                }
                let landed = settle(&queue, &group).await.map_err(Arc::new);
                for (place, ending) in group.drain(..).enumerate() {
                    let ours = landed.as_ref().map(|all| all.get(place) == Some(&1)).map_err(Arc::clone);
                    let _ = ending.answer.send(ours); // whoever asked may be gone
                }
            }
        });
        Self(sender)
    }

    /// One fenced settle. `false`: the token no longer held the lease and nothing was changed.
    pub(super) async fn settle(&self, slip: &Slip, how: Settled) -> Result<bool, Arc<QueueError>> {
        let gone = || Arc::new(QueueError::Content("the settling task ended".into()));
        let (answer, told) = oneshot::channel();
        self.0.send(Ending { slip: slip.clone(), how, answer }).map_err(|_| gone())?;
        told.await.map_err(|_| gone())?
    }
}

async fn settle(queue: &Queue, group: &[Ending]) -> Result<Vec<i64>, QueueError> {
    let mut settle = call(&scripts::SETTLE, queue);
    for Ending { slip, how, .. } in group {
        let (action, not_before, until, scope) = match *how {
            Settled::Drop => ("drop", 0, 0, ""),
            Settled::Again { not_before_ms } => ("again", not_before_ms, 0, ""),
            Settled::DropAndPark { until_ms, scope } => ("drop", 0, until_ms, scope.word()),
        };
        settle.arg(slip.lane.to_string()).arg(slip.job.to_string()).arg(&slip.token);
        settle.arg(action).arg(not_before).arg(until).arg(scope);
    }
    Ok(settle.invoke_async(&mut queue.conn.clone()).await?)
}
