//! Repairs: workers that vanished, what Redis lost, campaigns that begin and end by themselves, old events.

use std::time::Duration;

use chrono::TimeDelta;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;
use wahana_domain::SessionId;
use wahana_queue::Epoch;

use crate::{RoundError, Scheduler, every};

const ROUND: Duration = Duration::from_secs(1);
/// How often what Postgres released is compared with what Redis holds.
const COMPARE: Duration = Duration::from_secs(5);
/// How long a plain job may be on its way through Redis before it is released again; the fence makes that harmless.
const PLAIN_LOST: TimeDelta = TimeDelta::seconds(60);
/// How often old events are thrown away.
const CLEAN: Duration = Duration::from_secs(600);

struct Reconciler {
    scheduler: Scheduler,
    epoch: Option<Epoch>,
    compared: Instant,
    cleaned: Option<Instant>,
}

pub(crate) async fn run(scheduler: Scheduler, shutdown: CancellationToken) {
    let mut reconciler = Reconciler { scheduler, epoch: None, compared: Instant::now(), cleaned: None };
    every("reconcile", ROUND, shutdown, async move || reconciler.round().await).await;
}

impl Reconciler {
    async fn round(&mut self) -> Result<(), RoundError> {
        let system = self.scheduler.store.system();
        let lost = system.messages().take_back_lost_leases().await?;
        if lost > 0 {
            metrics::counter!("jobs_lost_leases_total").increment(lost);
            tracing::warn!(lost, "took back jobs of workers that vanished");
        }
        system.campaigns().start_due().await?;
        for campaign in system.campaigns().end_overdue().await? {
            tracing::info!(campaign.id = %campaign, "campaign ended at its deadline");
        }
        for campaign in system.messages().finish_campaigns().await? {
            tracing::info!(campaign.id = %campaign, "campaign finished");
        }
        if self.cleaned.is_none_or(|at| at.elapsed() > CLEAN) {
            self.cleaned = Some(Instant::now());
            system.inbox().forget_events(self.scheduler.options.keep_events).await?;
            system.sessions().forget_rejections().await?;
            system.idempotency().forget().await?;
            system.devices().forget_logins().await?;
            system.workers().forget_lost().await?;
            system.queue_history().forget().await?;
            system.request_log().forget().await?;
            system.pairing_links().forget().await?;
        }
        self.compare_with_redis().await
    }

    /// Redis may forget everything at any time. A new epoch says that it did.
    async fn compare_with_redis(&mut self) -> Result<(), RoundError> {
        let Scheduler { store, queue, .. } = &self.scheduler;
        let epoch = queue.epoch().await?;
        let forgot = self.epoch.as_ref() != Some(&epoch);
        if !forgot && self.compared.elapsed() < COMPARE {
            return Ok(());
        }
        let now = store.clock().now();
        store.system().lanes().unrelease_plain(if forgot { now } else { now - PLAIN_LOST }).await?;
        let released = store.system().lanes().released_per_lane().await?;
        let ids: Vec<_> = released.iter().map(|(lane, _)| lane.0).collect();
        let depths = queue.lane_depths(&ids).await?;
        let short: Vec<SessionId> = released
            .iter()
            .zip(depths)
            .filter(|((_, n), depth)| forgot || depth.waiting() + depth.leased < *n as u64)
            .map(|((lane, _), _)| *lane)
            .collect();
        if !short.is_empty() {
            let jobs = self.scheduler.push_again(&short).await?;
            tracing::info!(lanes = short.len(), jobs, forgot, "told Redis again what it should hold");
        }
        self.epoch = Some(epoch);
        self.compared = Instant::now();
        Ok(())
    }
}
