//! Sends with the product end to end: one by one through the API, or as a campaign.

use std::collections::BTreeMap;
use std::ops::Range;
use std::time::Duration;

use anyhow::{Context, bail};
use chrono::{DateTime, TimeDelta, Utc};
use indicatif::ProgressBar;
use tokio::time::Instant;
use wahana_domain::campaigns::CampaignState;
use wahana_domain::{CampaignId, Clock};

use crate::load::post_all;
use crate::meter::Cpu;
use crate::stack::Stack;
use crate::statements::{self, Counted};
use crate::traffic::{TEMPLATE, Traffic};

/// Connections that post one by one.
pub(super) const CONNECTIONS: usize = 32;
/// The run fails if nothing arrives at the stub for this long.
const STUCK: Duration = Duration::from_secs(60);
const LOOK: Duration = Duration::from_millis(20);

/// Measurements of one entry point.
pub(super) struct Way {
    /// From the first accepted message, or the start of the campaign, to the last recorded `sent`.
    pub(super) seconds: f64,
    /// From the same moment to the first send at the stub.
    pub(super) first_send: TimeDelta,
    pub(super) cpu: Cpu,
    /// Time before that moment: the import of a campaign.
    pub(super) import_seconds: f64,
    pub(super) import_cpu: Cpu,
    /// The most expensive statements, if they were counted.
    pub(super) statements: Vec<Counted>,
}

pub(super) struct Run<'a> {
    pub(super) stack: &'a Stack,
    pub(super) traffic: Traffic,
    pub(super) bar: ProgressBar,
    /// The next unused recipient.
    pub(super) next: u64,
    /// Whether statements are counted.
    pub(super) statements: bool,
}

impl Run<'_> {
    /// The next people.
    pub(super) fn take(&mut self, n: u64) -> Range<u64> {
        self.next += n;
        self.next - n..self.next
    }

    /// Posts one by one.
    pub(super) async fn by_api(&mut self, n: u64) -> anyhow::Result<Way> {
        let (traffic, session_of) = (self.traffic, self.stack.account.session_of());
        let before = self.stack.stub_count().await?;
        self.forget_statements().await?;
        let (meter, range) = (self.stack.meter(), self.take(n));
        let body = move |n| traffic.message(session_of(n), n);
        let load =
            post_all(&self.stack.account.targets(CONNECTIONS), range, body, &ProgressBar::hidden()).await?;
        let first = load.first_accepted.context("nothing was accepted")?;
        self.until_sent(before + n).await?;
        let cpu = meter.stop();
        self.way(first, cpu).await
    }

    /// Uploads a list and starts the campaign.
    pub(super) async fn by_campaign(&mut self, n: u64) -> anyhow::Result<Way> {
        let account = &self.stack.account;
        let id = account.draft("Load", account.session_ids(), TEMPLATE).await?;
        let list = self.traffic.list(self.take(n))?;
        let (meter, clock) = (self.stack.meter(), Instant::now());
        let imported = self.stack.account.upload(id, list.path()).await?;
        anyhow::ensure!(imported.accepted == n, "the import took {imported:?}");
        let (import_cpu, import_seconds) = (meter.stop(), clock.elapsed().as_secs_f64());
        let before = self.stack.stub_count().await?;
        self.forget_statements().await?;
        let (meter, started) = (self.stack.meter(), Clock::System.now());
        self.stack.account.client.start_campaign(id).await?;
        self.until_sent(before + n).await?;
        let cpu = meter.stop();
        let way = self.way(started, cpu).await?;
        self.until_finished(id).await?;
        Ok(Way { import_seconds, import_cpu, ..way })
    }

    async fn forget_statements(&self) -> anyhow::Result<()> {
        if self.statements {
            statements::forget(self.stack.store.pool()).await?;
        }
        Ok(())
    }

    /// Waits until the stub received this number of texts and no job is left.
    async fn until_sent(&self, wanted: u64) -> anyhow::Result<()> {
        let (mut last, mut moved) = (self.stack.stub_count().await?, Instant::now());
        self.bar.inc(0);
        loop {
            let count = self.stack.stub_count().await?;
            if count > last {
                self.bar.inc(count - last);
                (last, moved) = (count, Instant::now());
            }
            if count >= wanted && self.jobs().await? == 0 {
                return Ok(());
            }
            if moved.elapsed() > STUCK {
                bail!(
                    "stuck at {count} of {wanted} texts; messages: {:?}, jobs: {:?}",
                    self.states("messages").await?,
                    self.states("jobs").await?
                );
            }
            tokio::time::sleep(LOOK).await;
        }
    }

    async fn jobs(&self) -> anyhow::Result<i64> {
        let jobs = sqlx::query_scalar("select count(*) from jobs where kind = 'send_message'");
        Ok(jobs.fetch_one(self.stack.store.pool()).await?)
    }

    async fn states(&self, table: &'static str) -> anyhow::Result<BTreeMap<String, i64>> {
        let query = match table {
            "jobs" => "select state::text, count(*) from jobs group by 1",
            _ => "select state::text, count(*) from messages group by 1",
        };
        let states: Vec<(String, i64)> = sqlx::query_as(query).fetch_all(self.stack.store.pool()).await?;
        Ok(states.into_iter().collect())
    }

    /// From then to the first send at the stub, and to the last message that is recorded as sent.
    async fn way(&self, since: DateTime<Utc>, cpu: Cpu) -> anyhow::Result<Way> {
        let statements = match self.statements {
            true => statements::dearest(self.stack.store.pool()).await?,
            false => Vec::new(),
        };
        let last: DateTime<Utc> = sqlx::query_scalar("select max(sent_at) from messages")
            .fetch_one(self.stack.store.pool())
            .await?;
        // Excludes texts of the previous entry point: none of them is that late.
        let taken = self.stack.stub_taken().await?;
        let sends = taken
            .iter()
            .filter(|taken| taken.is_ours())
            .filter_map(|taken| DateTime::from_timestamp_micros(taken.at));
        let first = sends.filter(|at| *at > since - TimeDelta::milliseconds(5)).min().unwrap_or(since);
        let seconds = (last - since).max(TimeDelta::microseconds(1)).as_seconds_f64();
        Ok(Way {
            seconds,
            first_send: first - since,
            cpu,
            import_seconds: 0.0,
            import_cpu: Cpu::default(),
            statements,
        })
    }

    async fn until_finished(&self, campaign: CampaignId) -> anyhow::Result<()> {
        let started = Instant::now();
        loop {
            let progress = self.stack.account.client.campaign_progress(campaign).await?;
            if progress.state == CampaignState::Finished {
                return Ok(());
            }
            anyhow::ensure!(started.elapsed() < STUCK, "the campaign does not finish: {progress:?}");
            tokio::time::sleep(LOOK * 5).await;
        }
    }
}
