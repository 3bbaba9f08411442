//! The leases this process holds: ended by a fenced settle that is retried until it lands, given back when a claim is
//! dropped before its handler started. `keeper.rs` renews them.
//!
//! Must never: end a lease that another process holds (the token decides).

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use backon::Retryable;
use tokio::sync::{Notify, mpsc};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;
use wahana_backoff::pauses;

use super::settler::Settler;
use super::types::{Class, LaneId, Settled};
use crate::measure::{self, LANES};
use crate::{Claim, JobId, Queue, Slots};

/// First and longest pause between two tries to end a lease.
const SETTLE_AGAIN: [Duration; 2] = [Duration::from_millis(40), Duration::from_secs(2)];

/// Which lease: enough to renew or end it.
#[derive(Clone, Debug)]
pub(super) struct Slip {
    pub lane: LaneId,
    pub job: JobId,
    pub token: String,
}

pub(super) struct Entry {
    pub slip: Slip,
    pub renewed: Instant,
    pub lost: CancellationToken,
    /// The handler is done; a lease that is gone now was ended by its own settle.
    settling: bool,
}

/// All leases of one `run_lanes`.
pub(super) struct Leases {
    pub queue: Queue,
    pub settler: Settler,
    pub lease: Duration,
    /// Cancelled when the time to drain is over: nothing is retried any more.
    pub over: CancellationToken,
    /// Told whenever a lease ends, that is, a worker slot becomes free.
    pub freed: Notify,
    run: String,
    calls: AtomicU64,
    table: Mutex<HashMap<String, Entry>>,
    unstarted: mpsc::UnboundedSender<Slip>,
}

/// A claimed job. Dropped before [`Held::start`] it goes back to its lane; dropped after, its lease runs out.
pub(super) struct Held {
    slip: Slip,
    class: Class,
    lost: CancellationToken,
    leases: Arc<Leases>,
    started: bool,
}

impl Leases {
    /// The table, and the line on which unstarted claims come back to [`keep`].
    #[expect(clippy::disallowed_methods, reason = "a name used once, not an id")]
    pub(super) fn new(queue: Queue, lease: Duration) -> (Arc<Self>, mpsc::UnboundedReceiver<Slip>) {
        let (unstarted, returned) = mpsc::unbounded_channel();
        let leases = Self {
            settler: Settler::new(queue.clone()),
            queue,
            lease,
            over: CancellationToken::new(),
            freed: Notify::new(),
            run: Uuid::new_v4().simple().to_string(),
            calls: AtomicU64::new(0),
            table: Mutex::default(),
            unstarted,
        };
        (Arc::new(leases), returned)
    }

    /// A token prefix no other claim call of any process uses.
    pub(super) fn next_token(&self) -> String {
        format!("{}.{}", self.run, self.calls.fetch_add(1, Ordering::Relaxed))
    }

    /// Jobs claimed and not yet settled, waiting for their handler or running.
    pub(super) fn count(&self) -> usize {
        self.table().len()
    }

    pub(super) fn hold(self: &Arc<Self>, slip: Slip, class: Class) -> Held {
        let lost = CancellationToken::new();
        let entry =
            Entry { slip: slip.clone(), renewed: Instant::now(), lost: lost.clone(), settling: false };
        self.table().insert(slip.token.clone(), entry);
        Held { slip, class, lost, leases: self.clone(), started: false }
    }

    /// Tells every running handler that its lease will not be renewed any more. Returns how many there are.
    pub(super) fn abandon_all(&self) -> usize {
        let table = std::mem::take(&mut *self.table());
        table.values().for_each(|entry| entry.lost.cancel());
        table.len()
    }

    pub(super) fn table(&self) -> MutexGuard<'_, HashMap<String, Entry>> {
        self.table.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn mark_settling(&self, token: &str) {
        if let Some(entry) = self.table().get_mut(token) {
            entry.settling = true;
        }
    }

    fn forget(&self, token: &str) {
        self.table().remove(token);
        self.freed.notify_one();
    }

    pub(super) fn lose(&self, token: &str) {
        let entry = self.table().remove(token);
        if let Some(entry) = entry.filter(|entry| !entry.settling) {
            measure::lease_lost();
            tracing::warn!(lane.id = %entry.slip.lane, job.id = %entry.slip.job, "lease lost");
            entry.lost.cancel();
        }
        self.freed.notify_one();
    }
}

impl Held {
    /// Unique per delivery.
    pub(super) fn token(&self) -> String {
        self.slip.token.clone()
    }

    /// From here on the job is the handler's.
    pub(super) fn start(&mut self, slots: Slots) -> Claim {
        self.started = true;
        let (job, lane) = (self.slip.job, Some(self.slip.lane));
        Claim { job, lane, class: self.class, lost: self.lost.clone(), slots }
    }

    /// Ends the lease; retried until it lands or the time to drain is over. The lease is renewed meanwhile.
    pub(super) async fn settle(self, how: Settled) {
        let leases = &self.leases;
        leases.mark_settling(&self.slip.token);
        let attempt = || leases.settler.settle(&self.slip, how);
        let [first, longest] = SETTLE_AGAIN;
        let result = attempt
            .retry(pauses(first, longest))
            .when(|_| !leases.over.is_cancelled())
            .notify(|error, _| {
                measure::redis_error(LANES, "settle");
                tracing::debug!(error.message = %error, "settle did not land, trying again");
            })
            .await;
        let outcome = match (result, how) {
            (Err(_), _) => "abandoned",
            (Ok(false), _) => "late",
            (Ok(true), Settled::Drop) => "drop",
            (Ok(true), Settled::Again { .. }) => "again",
            (Ok(true), Settled::DropAndPark { .. }) => "park",
        };
        measure::settled(LANES, outcome);
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        self.leases.forget(&self.slip.token);
        if !self.started {
            // The keeper may be gone at the very end; then the lease runs out.
            let _ = self.leases.unstarted.send(self.slip.clone());
        }
    }
}
