//! The whole way of a message: API, Postgres, relay, Redis, worker, WAHA, recorded as `sent`. Once one by one through
//! the API, once as a campaign; beside two loops without a queue, half of each before and half behind.

use std::collections::BTreeMap;
use std::ops::Range;
use std::time::Duration;

use anyhow::{Context, bail};
use chrono::{DateTime, TimeDelta, Utc};
use indicatif::ProgressBar;
use serde_json::{Value, json};
use tokio::time::Instant;
use wahana_domain::Clock;

use super::loops::Sender;
use crate::account::text;
use crate::check::{Invariants, LOOP};
use crate::cli::{Common, WayArgs};
use crate::load::{bar, post_all};
use crate::meter::Cpu;
use crate::report::Report;
use crate::stack::{Stack, Wanted};
use crate::statements::{self, Counted};
use crate::traffic::{HEADER, TEMPLATE, Traffic};

const CONNECTIONS: usize = 32;
/// When nothing more arrives at the stub for this long, the run has failed.
const STUCK: Duration = Duration::from_secs(60);
const LOOK: Duration = Duration::from_millis(20);

/// How one way of entering went.
struct Way {
    /// From the first accepted message, or the start of the campaign, to the last recorded `sent`.
    seconds: f64,
    /// From the same moment to the first send at the stub.
    first_send: TimeDelta,
    cpu: Cpu,
    /// The dearest statements, if they were counted.
    statements: Vec<Counted>,
}

struct Run<'a> {
    stack: &'a Stack,
    traffic: Traffic,
    bar: ProgressBar,
    /// The next person nobody wrote to yet.
    next: u64,
    /// Whether statements are counted.
    statements: bool,
}

pub(crate) async fn run(args: &WayArgs, common: &Common) -> anyhow::Result<bool> {
    let stack = Stack::start(
        common,
        Wanted { sessions: args.sessions, sending: true, keys: CONNECTIONS, statements: args.statements },
    )
    .await?;
    let mut report = super::report("way", common, &stack).await?;
    let n = args.messages;
    let warm_up = (n / 20).max(5);
    let (traffic, bar) = (Traffic::new(common.seed), bar(4 * n + 2 * warm_up, "sending"));
    let loops = Sender::new(&stack.stub_url, traffic, bar.clone())?;
    let mut run = Run { stack: &stack, traffic, bar, next: 0, statements: args.statements };

    run.by_api(warm_up).await?;
    loops.plain(run.take(warm_up)).await?;
    let mut seconds = [0.0; 2];
    run.loops(&loops, n / 2, &mut seconds).await?;
    let api = run.by_api(n).await?;
    let campaign = run.by_campaign(n).await?;
    run.loops(&loops, n - n / 2, &mut seconds).await?;
    run.bar.finish_and_clear();

    put(&mut report, n, &api, &campaign, seconds);
    let invariants = Invariants::after_sending(&stack, warm_up + 2 * n).await?;
    stack.stop().await;
    Ok(report.print(common.json, &invariants))
}

impl Run<'_> {
    /// The next people.
    fn take(&mut self, n: u64) -> Range<u64> {
        self.next += n;
        self.next - n..self.next
    }

    /// Both loops; adds up how long each took.
    async fn loops(&mut self, loops: &Sender, n: u64, seconds: &mut [f64; 2]) -> anyhow::Result<()> {
        seconds[0] += loops.plain(self.take(n)).await?;
        seconds[1] += loops.ledger(self.stack.store.pool(), self.take(n)).await?;
        Ok(())
    }

    async fn by_api(&mut self, n: u64) -> anyhow::Result<Way> {
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

    async fn by_campaign(&mut self, n: u64) -> anyhow::Result<Way> {
        let senders: Vec<_> = self.stack.account.sessions.iter().map(|(id, _)| id).collect();
        let content = json!({"type": "text", "text": TEMPLATE});
        let campaign = self
            .stack
            .account
            .post("campaigns", json!({"name": "Load", "session_ids": senders, "content": content}))
            .await?;
        let id = text(&campaign, "id")?;
        let list = tempfile::NamedTempFile::new()?;
        let range = self.take(n);
        std::fs::write(list.path(), range.fold(HEADER.to_owned(), |list, n| list + &self.traffic.line(n)))?;
        let imported = self.stack.account.upload(&format!("campaigns/{id}/recipients"), list.path()).await?;
        anyhow::ensure!(imported["accepted"] == n, "the import took {}", imported);
        let before = self.stack.stub_count().await?;
        self.forget_statements().await?;
        let (meter, started) = (self.stack.meter(), Clock::System.now());
        self.stack.account.post(&format!("campaigns/{id}/start"), json!({})).await?;
        self.until_sent(before + n).await?;
        let cpu = meter.stop();
        let way = self.way(started, cpu).await?;
        self.until_finished(&id).await?;
        Ok(way)
    }

    async fn forget_statements(&self) -> anyhow::Result<()> {
        if self.statements {
            statements::forget(self.stack.store.pool()).await?;
        }
        Ok(())
    }

    /// Waits until the stub took so many texts and no job is left.
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
        // Not the texts of the way before: none of them is that late.
        let taken = self.stack.stub_taken().await?;
        let sends = taken
            .iter()
            .filter(|taken| taken.session != LOOP)
            .filter_map(|taken| DateTime::from_timestamp_micros(taken.at));
        let first = sends.filter(|at| *at > since - TimeDelta::milliseconds(5)).min().unwrap_or(since);
        let seconds = (last - since).max(TimeDelta::microseconds(1)).as_seconds_f64();
        Ok(Way { seconds, first_send: first - since, cpu, statements })
    }

    async fn until_finished(&self, campaign: &str) -> anyhow::Result<()> {
        let started = Instant::now();
        loop {
            let progress: Value = self.stack.account.get(&format!("campaigns/{campaign}/progress")).await?;
            if progress["state"] == "finished" {
                return Ok(());
            }
            anyhow::ensure!(started.elapsed() < STUCK, "the campaign does not finish: {progress}");
            tokio::time::sleep(LOOK * 5).await;
        }
    }
}

fn put(report: &mut Report, n: u64, api: &Way, campaign: &Way, loop_seconds: [f64; 2]) {
    let n = n as f64;
    let [plain, ledger] = loop_seconds.map(|seconds| n / seconds.max(1e-9));
    report.section("messages per second, from the first accepted to the last recorded as sent");
    report.put("api_messages_per_s", n / api.seconds, "posted one by one over 32 connections");
    report.put(
        "campaign_messages_per_s",
        n / campaign.seconds,
        "imported before, from the start of the campaign",
    );
    report.put("plain_loop_per_s", plain, "the same posts to the same stub, 32 at a time, nothing else");
    report.put("ledger_loop_per_s", ledger, "the same, a row written before and after, 50 rows at once");
    report.put("plain_loop_ratio", n / api.seconds / plain, "API way, of the plain loop's rate");
    report.put("ledger_loop_ratio", n / api.seconds / ledger, "API way, of the ledger loop's rate");
    report.put(
        "campaign_plain_loop_ratio",
        n / campaign.seconds / plain,
        "campaign, of the plain loop's rate",
    );
    report.put(
        "campaign_ledger_loop_ratio",
        n / campaign.seconds / ledger,
        "campaign, of the ledger loop's rate",
    );
    for (name, way) in [("api", api), ("campaign", campaign)] {
        let first_send = way.first_send.num_microseconds().unwrap_or_default() as f64 / 1000.0;
        report.put(
            format!("{name}_first_send_ms"),
            first_send,
            if name == "api" {
                "from the first accepted message to the first send"
            } else {
                "from the start of the campaign to its first send"
            },
        );
    }
    for (name, way) in [("api", api), ("campaign", campaign)] {
        report.section(if name == "api" {
            "where the time goes: CPU seconds for 10,000 messages through the API"
        } else {
            "and as a campaign"
        });
        for (process, seconds) in &way.cpu.0 {
            let meaning = match *process {
                "client" => "this program, which makes the load",
                "stub" => "instead of WAHA",
                _ => "",
            };
            report.put(format!("{name}_way_{process}_cpu_s_per_10k"), seconds / n * 10_000.0, meaning);
        }
        if !way.statements.is_empty() {
            statements::put(report, name, n, &way.statements);
        }
    }
}
