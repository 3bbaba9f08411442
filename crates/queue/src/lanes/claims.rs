//! Fetches jobs: waits until a lane is due and claims at most as many jobs as there are free slots, so that a
//! claimed job starts at once. Redis errors are logged and retried here.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Notify;
use tokio::task::yield_now;
use tokio_util::sync::CancellationToken;
use wahana_backoff::Backoff;

use super::lease::LeaseHandle;
use super::leases::{Held, Leases};
use super::scripts::{self, call};
use super::types::Class;
use crate::measure::{self, LANES};
use crate::{MAX_SLOTS, QueueError, Slots};

/// Maximum number of jobs in one call, so that a script stays short.
const PER_CLAIM: usize = 50;
const BACKOFF_MIN: Duration = Duration::from_millis(50);
const BACKOFF_MAX: Duration = Duration::from_secs(1);

/// now, next due or -1, leases that had run out, (lane, job, class, token)
type Claimed = (i64, i64, u64, Vec<(String, String, String, String)>);

/// The claim loop of one worker.
pub(super) struct Claims {
    pub leases: Arc<Leases>,
    pub wake: Arc<Notify>,
    pub slots: Slots,
    pub poll: Duration,
    pub shutdown: CancellationToken,
}

impl Claims {
    /// The next jobs; empty only at shutdown.
    pub(super) async fn next(&self) -> Vec<Held> {
        let mut backoff = Backoff::new(BACKOFF_MIN, BACKOFF_MAX);
        while !self.shutdown.is_cancelled() {
            let free = self.free().await;
            if free == 0 {
                self.pause(&self.leases.freed, self.poll).await;
                continue;
            }
            match self.claim(free.min(PER_CLAIM)).await {
                // Jobs that arrive after the signal go back unstarted (their drop does it).
                Ok((held, _)) if !held.is_empty() && !self.shutdown.is_cancelled() => return held,
                Ok((_, wait)) => {
                    backoff.reset();
                    self.pause(&self.wake, wait).await;
                }
                Err(error) => {
                    measure::redis_error(LANES, "claim");
                    tracing::warn!(error.message = %error, "cannot claim");
                    let _ = tokio::time::timeout(backoff.next_pause(), self.shutdown.cancelled()).await;
                }
            }
        }
        Vec::new()
    }

    /// Number of free slots, once it no longer grows between two yields to the runtime: jobs that were
    /// settled by the same statement end together and are replaced by one claim.
    async fn free(&self) -> usize {
        let free = || {
            let held = self.leases.count();
            let room = self.slots.most().saturating_sub(held.saturating_sub(self.slots.resting()));
            room.min(MAX_SLOTS.saturating_sub(held))
        };
        let mut before = free();
        loop {
            yield_now().await;
            let now = free();
            if now <= before {
                return now;
            }
            before = now;
        }
    }

    async fn pause(&self, hint: &Notify, at_most: Duration) {
        tokio::select! {
            () = hint.notified() => {}
            () = tokio::time::sleep(at_most) => {}
            () = self.shutdown.cancelled() => {}
        }
    }

    /// One claim of up to `wanted` jobs, and how long to wait if it found nothing.
    async fn claim(&self, wanted: usize) -> Result<(Vec<Held>, Duration), QueueError> {
        let mut claim = call(&scripts::CLAIM, &self.leases.queue);
        claim.arg(self.leases.lease.as_millis() as u64).arg(self.leases.next_token());
        for _ in 0..wanted {
            claim.arg(rand::random::<f64>());
        }
        let (now, due, expired, rows): Claimed =
            claim.invoke_async(&mut self.leases.queue.conn.clone()).await?;
        if expired > 0 {
            measure::leases_expired(expired);
            tracing::warn!(expired, "took back leases that were not renewed");
        }
        let mut held = Vec::with_capacity(rows.len());
        for (lane, job, class, token) in rows {
            match (lane.parse(), job.parse()) {
                (Ok(lane), Ok(job)) => {
                    held.push(self.leases.hold(LeaseHandle { lane, job, token }, Class::from_letter(&class)));
                }
                _ => self.bury(&lane, &job, &token).await?,
            }
        }
        measure::claimed(LANES, held.len());
        let wait = u64::try_from(due - now).map_or(self.poll, |ms| Duration::from_millis(ms.max(1)));
        Ok((held, wait.min(self.poll)))
    }

    /// Moves an entry that is not an id (another program wrote it) to the list `dead`, which keeps 1,000.
    async fn bury(&self, lane: &str, job: &str, token: &str) -> Result<(), QueueError> {
        measure::undecodable(LANES);
        tracing::error!(lane.id = lane, job.id = job, "not a job id, moved to the dead list");
        let dead = format!("{}:dead", self.leases.queue.lanes_key());
        let conn = &mut self.leases.queue.conn.clone();
        let () = redis::pipe()
            .lpush(&dead, format!("{lane}/{job}"))
            .ignore()
            .ltrim(&dead, 0, 999)
            .ignore()
            .query_async(conn)
            .await?;
        let mut settle = call(&scripts::SETTLE, &self.leases.queue);
        settle.arg(lane).arg(job).arg(token).arg("drop").arg(0).arg(0).arg("");
        let _: Vec<i64> = settle.invoke_async(conn).await?;
        Ok(())
    }
}
