//! The task that renews leases, outside of apalis's poll loop, and gives unstarted claims back.
//!
//! It must never renew a lease whose job is over. Its calls are also the heartbeat by which the scripts
//! distinguish an outage of Redis from a dead worker, so it makes one every second, even without leases.

use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use super::lease::LeaseHandle;
use super::leases::Leases;
use super::scripts::{self, call};
use super::types::Settled;
use crate::QueueError;
use crate::measure::{self, LANES};

const RENEW_PER_CALL: usize = 200;
const RENEW_EVERY_MAX: Duration = Duration::from_secs(1);
/// Time after shutdown in which the keeper still tries to give unstarted claims back.
pub(super) const FAREWELL: Duration = Duration::from_secs(2);

/// Renews leases and gives unstarted claims back until `stop`, then gives back the remaining ones.
pub(super) async fn keep(
    leases: Arc<Leases>,
    mut returned: mpsc::UnboundedReceiver<LeaseHandle>,
    stop: CancellationToken,
) {
    let mut tick = tokio::time::interval((leases.lease / 3).min(RENEW_EVERY_MAX));
    tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let mut owed: Vec<LeaseHandle> = Vec::new();
    loop {
        tokio::select! {
            _ = tick.tick() => leases.renew_all().await,
            Some(handle) = returned.recv() => owed.push(handle),
            () = stop.cancelled() => break,
        }
        owed = give_back(&leases, owed).await;
    }
    while let Ok(handle) = returned.try_recv() {
        owed.push(handle);
    }
    give_back(&leases, owed).await;
}

/// Returns those for which Redis failed.
async fn give_back(leases: &Leases, handles: Vec<LeaseHandle>) -> Vec<LeaseHandle> {
    let mut owed = Vec::new();
    for handle in handles {
        if leases.settler.settle(&handle, Settled::Again { not_before_ms: 0 }).await.is_err() {
            owed.push(handle);
        }
    }
    owed
}

/// Like `chunks`, but an empty slice gives one empty chunk: its call is the heartbeat.
fn chunks_or_once(handles: &[LeaseHandle]) -> impl Iterator<Item = &[LeaseHandle]> {
    let once = handles.is_empty().then_some(handles);
    once.into_iter().chain(handles.chunks(RENEW_PER_CALL))
}

impl Leases {
    /// Renews all leases; one that could not be renewed for its whole duration counts as lost.
    async fn renew_all(&self) {
        let handles: Vec<LeaseHandle> = self.table().values().map(|entry| entry.handle.clone()).collect();
        for chunk in chunks_or_once(&handles) {
            match self.renew(chunk).await {
                Ok(lost) => {
                    lost.iter().for_each(|token| self.lose(token));
                    self.mark_renewed(chunk);
                }
                Err(error) => {
                    measure::redis_error(LANES, "renew");
                    tracing::warn!(error.message = %error, "cannot renew leases");
                    self.lose_stale(chunk);
                }
            }
        }
    }

    async fn renew(&self, handles: &[LeaseHandle]) -> Result<Vec<String>, QueueError> {
        let mut renew = call(&scripts::RENEW, &self.queue);
        renew.arg(self.lease.as_millis() as u64);
        for handle in handles {
            renew.arg(handle.lane.to_string()).arg(handle.job.to_string()).arg(&handle.token);
        }
        Ok(renew.invoke_async(&mut self.queue.conn.clone()).await?)
    }

    fn mark_renewed(&self, handles: &[LeaseHandle]) {
        let mut table = self.table();
        for handle in handles {
            if let Some(entry) = table.get_mut(&handle.token) {
                entry.renewed = Instant::now();
            }
        }
    }

    /// Cancels the handlers but keeps the entries: after an outage, Redis gives live workers the duration of
    /// one lease, so a renewal may still succeed.
    fn lose_stale(&self, handles: &[LeaseHandle]) {
        let table = self.table();
        for entry in handles.iter().filter_map(|handle| table.get(&handle.token)) {
            if entry.renewed.elapsed() > self.lease && !entry.lost.is_cancelled() {
                measure::lease_lost();
                entry.lost.cancel();
            }
        }
    }
}
