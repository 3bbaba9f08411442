//! The one task that keeps leases alive, off apalis's poll loop, and gives unstarted claims back.
//!
//! Must never: renew a lease whose job is over. Its calls are also the sign of life by which Redis tells an outage from a
//! dead worker, so one goes out every second, held leases or not.

use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use super::leases::{Leases, Slip};
use super::scripts::{self, call};
use super::types::Settled;
use crate::QueueError;
use crate::measure::{self, LANES};

const RENEW_PER_CALL: usize = 200;
const RENEW_EVERY_MAX: Duration = Duration::from_secs(1);
/// How long the keeper may still try to give unstarted claims back after the end.
pub(super) const FAREWELL: Duration = Duration::from_secs(2);

/// Renews leases and gives unstarted claims back until `stop`, then once more what is left.
pub(super) async fn keep(
    leases: Arc<Leases>,
    mut returned: mpsc::UnboundedReceiver<Slip>,
    stop: CancellationToken,
) {
    let mut tick = tokio::time::interval((leases.lease / 3).min(RENEW_EVERY_MAX));
    tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let mut owed: Vec<Slip> = Vec::new();
    loop {
        tokio::select! {
            _ = tick.tick() => leases.renew_all().await,
            Some(slip) = returned.recv() => owed.push(slip),
            () = stop.cancelled() => break,
        }
        owed = give_back(&leases, owed).await;
    }
    while let Ok(slip) = returned.try_recv() {
        owed.push(slip);
    }
    give_back(&leases, owed).await;
}

/// Returns those that Redis did not take.
async fn give_back(leases: &Leases, slips: Vec<Slip>) -> Vec<Slip> {
    let mut owed = Vec::new();
    for slip in slips {
        if leases.settler.settle(&slip, Settled::Again { not_before_ms: 0 }).await.is_err() {
            owed.push(slip);
        }
    }
    owed
}

/// Like `chunks`, but nothing held is still one call: it is the sign of life the other workers go by.
fn chunks_or_once(slips: &[Slip]) -> impl Iterator<Item = &[Slip]> {
    let once = slips.is_empty().then_some(slips);
    once.into_iter().chain(slips.chunks(RENEW_PER_CALL))
}

impl Leases {
    /// Renews everything held; what cannot be renewed for a whole lease counts as lost.
    async fn renew_all(&self) {
        let slips: Vec<Slip> = self.table().values().map(|entry| entry.slip.clone()).collect();
        for chunk in chunks_or_once(&slips) {
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

    async fn renew(&self, slips: &[Slip]) -> Result<Vec<String>, QueueError> {
        let mut renew = call(&scripts::RENEW, &self.queue);
        renew.arg(self.lease.as_millis() as u64);
        for slip in slips {
            renew.arg(slip.lane.to_string()).arg(slip.job.to_string()).arg(&slip.token);
        }
        Ok(renew.invoke_async(&mut self.queue.conn.clone()).await?)
    }

    fn mark_renewed(&self, slips: &[Slip]) {
        let mut table = self.table();
        for slip in slips {
            if let Some(entry) = table.get_mut(&slip.token) {
                entry.renewed = Instant::now();
            }
        }
    }

    /// The handlers are warned, but the entries stay: Redis gives living workers the time of one lease after an
    /// outage, so the renewals may still be in time.
    fn lose_stale(&self, slips: &[Slip]) {
        let table = self.table();
        for entry in slips.iter().filter_map(|slip| table.get(&slip.token)) {
            if entry.renewed.elapsed() > self.lease && !entry.lost.is_cancelled() {
                measure::lease_lost();
                entry.lost.cancel();
            }
        }
    }
}
