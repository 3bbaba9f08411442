//! What this process holds behind fences, and the one task that keeps those leases alive. So a lease says how soon the
//! death of a worker is noticed, not how long a call may take.
//!
//! Must never: renew a lease whose handler is gone, or call something ours whose lease may have run out.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::Instant;
use wahana_domain::JobId;
use wahana_store::{Store, within};

/// Renewals per lease: two may fail.
const PER_LEASE: u32 = 3;

/// All leases of this process.
pub(crate) struct Leases {
    store: Store,
    owner: String,
    lease: Duration,
    next: AtomicU64,
    /// By number, for Redis may deliver a job twice: the job, and until when it is surely ours if the fence let us in.
    held: Mutex<HashMap<u64, (JobId, Instant)>>,
}

/// A job that is being worked on. Dropped, its lease is left to run out.
pub(crate) struct Lease {
    number: u64,
    leases: Arc<Leases>,
}

impl Leases {
    pub(crate) fn new(store: Store, owner: String, lease: Duration) -> Arc<Self> {
        Arc::new(Self { store, owner, lease, next: AtomicU64::new(0), held: Mutex::default() })
    }

    /// To be called before the fence is asked for: the lease begins later than this, so it ends later, too.
    pub(crate) fn hold(self: &Arc<Self>, job: JobId) -> Lease {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        self.held().insert(number, (job, Instant::now() + self.lease));
        Lease { number, leases: self.clone() }
    }

    /// Renews what is held, for ever; abort the task to end it.
    pub(crate) async fn keep(self: Arc<Self>) {
        loop {
            tokio::time::sleep(self.lease / PER_LEASE).await;
            let jobs: Vec<JobId> = self.held().values().map(|(job, _)| *job).collect();
            if !jobs.is_empty() {
                self.renew(&jobs).await;
            }
        }
    }

    async fn renew(&self, jobs: &[JobId]) {
        let until = Instant::now() + self.lease;
        // The next try must not wait for one that never answers.
        let renewal = self.store.system();
        let renewal = renewal.jobs().renew_leases(jobs, &self.owner, self.lease);
        match within(self.lease / PER_LEASE, renewal).await {
            Ok(renewed) => {
                self.held()
                    .values_mut()
                    .filter(|(job, _)| renewed.contains(job))
                    .for_each(|(_, end)| *end = until);
            }
            Err(error) => tracing::warn!(jobs = jobs.len(), error.message = %error, "cannot renew leases"),
        }
    }

    fn held(&self) -> MutexGuard<'_, HashMap<u64, (JobId, Instant)>> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Lease {
    /// Whether nobody else can have the job. Not so after this process stood still for longer than its lease.
    pub(crate) fn is_ours(&self) -> bool {
        self.leases.held().get(&self.number).is_some_and(|(_, end)| Instant::now() < *end)
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        self.leases.held().remove(&self.number);
    }
}
