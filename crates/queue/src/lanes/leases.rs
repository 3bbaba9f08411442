//! The leases of this process. A settle ends a lease and is retried until Redis confirms it; a claim that is
//! dropped before its handler started is given back. `keeper.rs` renews leases.
//!
//! It must never end a lease that another process holds (the token decides).

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use backon::Retryable;
use tokio::sync::{Notify, mpsc};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;
use wahana_backoff::pauses;

use super::lease::LeaseHandle;
use super::settler::Settler;
use super::types::{Class, Settled};
use crate::measure::{self, LANES};
use crate::{Claim, Queue, Slots};

/// First and longest pause between two attempts to end a lease.
const SETTLE_AGAIN: [Duration; 2] = [Duration::from_millis(40), Duration::from_secs(2)];

pub(super) struct Entry {
    pub handle: LeaseHandle,
    pub renewed: Instant,
    pub lost: CancellationToken,
    /// The handler is done; if the lease is gone now, its own settle ended it.
    settling: bool,
}

/// All leases of one `run_lanes`.
pub(super) struct Leases {
    pub queue: Queue,
    pub settler: Settler,
    pub lease: Duration,
    /// Cancelled when the drain time is over: then nothing is retried.
    pub over: CancellationToken,
    /// Notified whenever a lease ends, that is, a worker slot becomes free.
    pub freed: Notify,
    run: String,
    calls: AtomicU64,
    table: Mutex<HashMap<String, Entry>>,
    unstarted: mpsc::UnboundedSender<LeaseHandle>,
}

/// A claimed job. If it is dropped before [`Held::start`], it goes back to its lane; after that, its lease
/// expires.
pub(super) struct Held {
    handle: LeaseHandle,
    class: Class,
    lost: CancellationToken,
    leases: Arc<Leases>,
    started: bool,
}

impl Leases {
    /// The table, and the channel on which unstarted claims come back to [`keep`].
    #[expect(clippy::disallowed_methods, reason = "a name used once, not an id")]
    pub(super) fn new(queue: Queue, lease: Duration) -> (Arc<Self>, mpsc::UnboundedReceiver<LeaseHandle>) {
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

    /// A token prefix that is unique among all claim calls of all processes.
    pub(super) fn next_token(&self) -> String {
        format!("{}.{}", self.run, self.calls.fetch_add(1, Ordering::Relaxed))
    }

    /// Number of jobs that are claimed and not settled.
    pub(super) fn count(&self) -> usize {
        self.table().len()
    }

    pub(super) fn hold(self: &Arc<Self>, handle: LeaseHandle, class: Class) -> Held {
        let lost = CancellationToken::new();
        let entry =
            Entry { handle: handle.clone(), renewed: Instant::now(), lost: lost.clone(), settling: false };
        self.table().insert(handle.token.clone(), entry);
        Held { handle, class, lost, leases: self.clone(), started: false }
    }

    /// Tells every running handler that its lease is no longer renewed. Returns their number.
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
            tracing::warn!(lane.id = %entry.handle.lane, job.id = %entry.handle.job, "lease lost");
            entry.lost.cancel();
        }
        self.freed.notify_one();
    }
}

impl Held {
    /// Unique per delivery.
    pub(super) fn token(&self) -> String {
        self.handle.token.clone()
    }

    /// From here on, the handler owns the job.
    pub(super) fn start(&mut self, slots: Slots) -> Claim {
        self.started = true;
        let (job, lane) = (self.handle.job, Some(self.handle.lane));
        Claim { job, lane, class: self.class, lost: self.lost.clone(), slots }
    }

    /// Ends the lease; retried until Redis confirms it or the drain time is over. Meanwhile the lease is
    /// renewed.
    pub(super) async fn settle(self, how: Settled) {
        let leases = &self.leases;
        leases.mark_settling(&self.handle.token);
        let attempt = || leases.settler.settle(&self.handle, how);
        let [first, longest] = SETTLE_AGAIN;
        let result = attempt
            .retry(pauses(first, longest))
            .when(|_| !leases.over.is_cancelled())
            .notify(|error, _| {
                measure::redis_error(LANES, "settle");
                tracing::debug!(error.message = %error, "cannot settle, trying again");
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
        self.leases.forget(&self.handle.token);
        if !self.started {
            // The keeper may have ended; then the lease expires.
            let _ = self.leases.unstarted.send(self.handle.clone());
        }
    }
}
