//! Other queues that do the same work: insert a row before each push, pass a job through Redis, post to the
//! stub, update the row. Their programs are in `load-tests/peers`; each side has a Postgres and a Redis of
//! its own.

mod install;
mod talk;

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::Context;
use chrono::{DateTime, Utc};
use clap::ValueEnum;
use serde_json::json;
use sqlx::PgPool;
use sqlx::postgres::PgPoolOptions;
use tokio::process::Command;
use tokio::time::Instant;
use url::Url;
use uuid::Uuid;
use wahana_domain::Clock;
use wahana_embedded::{Options, Services};
use wahana_waha::client_message_id;

use crate::meter::{Cpu, Meter, PeakMemory, Watched};
use crate::stub::LOOP;
use crate::traffic::Traffic;
use install::Installed;
use talk::Talker;

/// The table of all sides that insert a row before a send and update it afterwards.
pub(crate) const LEDGER: &str = "create table if not exists ledger (
         id uuid primary key, chat_id text not null, body text not null, state text not null,
         waha_id text, created_at timestamptz not null default now(), sent_at timestamptz
     ) with (fillfactor = 75)";
/// Jobs that a peer's worker runs at once.
const CONCURRENCY: usize = 50;
/// Time limit for progress of a peer.
const STUCK: Duration = Duration::from_secs(60);

/// A queue to compare with.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub(crate) enum Peer {
    /// BullMQ on Node.js, the row after each send updated on its own.
    Bullmq,
    /// The same, with rows that end at the same time updated together.
    BullmqTogether,
    /// SAQ on Python, rows updated together.
    Saq,
}

impl Peer {
    /// In the report.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Bullmq => "bullmq",
            Self::BullmqTogether => "bullmq_together",
            Self::Saq => "saq",
        }
    }
}

/// A running peer: producer, worker, Postgres, Redis.
pub(crate) struct Side {
    pub(crate) peer: Peer,
    installed: Installed,
    services: Services,
    pool: PgPool,
    stub: Url,
    logs: PathBuf,
    producer: Talker,
    worker: Option<Talker>,
    sent: u64,
}

/// Cost of a period at full speed.
pub(crate) struct Work {
    pub(crate) seconds: f64,
    pub(crate) cpu: Cpu,
    pub(crate) peak_mb: f64,
}

impl Side {
    /// Installs missing packages, then starts everything.
    pub(crate) async fn start(peer: Peer, durable: bool, stub: &Url, logs: &Path) -> anyhow::Result<Self> {
        let installed = install::install(peer).await?;
        let logs = logs.join(peer.name());
        std::fs::create_dir_all(&logs)?;
        let options = if durable { Options::keep(Some(logs.join("data"))) } else { Options::throwaway() };
        let services = Services::start(options).await?;
        let pool = PgPoolOptions::new().max_connections(1).connect(&services.database_url).await?;
        sqlx::query(LEDGER).execute(&pool).await?;
        let producer = Talker::start("producer", told(&services, installed.producer())?, &logs).await?;
        let (stub, worker) = (stub.clone(), None);
        let mut side = Self { peer, installed, services, pool, stub, logs, producer, worker, sent: 0 };
        side.start_worker(1, CONCURRENCY).await?;
        Ok(side)
    }

    /// Replaces the worker by one process with this number of queues and of concurrent jobs in each.
    pub(crate) async fn start_worker(&mut self, queues: usize, concurrency: usize) -> anyhow::Result<()> {
        if let Some(worker) = self.worker.take() {
            worker.stop().await;
        }
        let mut command = told(&self.services, self.installed.worker())?;
        command
            .env("STUB_URL", self.stub.as_str().trim_end_matches('/'))
            .env("QUEUES", queues.to_string())
            .env("CONCURRENCY", concurrency.to_string())
            .env("TOGETHER", if self.peer == Peer::Bullmq { "0" } else { "1" });
        self.worker = Some(Talker::start("worker", command, &self.logs).await?);
        Ok(())
    }

    /// Its name as a sender at the stub.
    pub(crate) fn sender(&self) -> String {
        format!("{}-{}", LOOP, self.peer.name())
    }

    /// Sends to these people at full speed; `count` is the number of texts that the stub received.
    pub(crate) async fn work(
        &mut self,
        traffic: Traffic,
        people: std::ops::Range<u64>,
        count: impl AsyncFn() -> anyhow::Result<u64>,
    ) -> anyhow::Result<Work> {
        let n = people.end - people.start;
        self.load(traffic, people).await?;
        let wanted = count().await? + n;
        let (meter, memory) = (self.meter(), PeakMemory::watch(self.watched()));
        let started = Clock::System.now();
        let Self { producer, pool, .. } = self;
        let pushed = producer.tell("push");
        let arrived = async {
            let (mut last, mut moved) = (0, Instant::now());
            loop {
                let now = count().await?;
                if now >= wanted {
                    return anyhow::Ok(());
                }
                if now > last {
                    (last, moved) = (now, Instant::now());
                }
                anyhow::ensure!(moved.elapsed() < STUCK, "stuck {} texts before the end", wanted - now);
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };
        let both = async { tokio::try_join!(pushed, arrived) };
        both.await.with_context(|| format!("{} at full speed", self.peer.name()))?;
        let last = all_written(pool).await?;
        self.sent += n;
        let seconds = (last - started).as_seconds_f64().max(1e-6);
        Ok(Work { seconds, cpu: meter.stop(), peak_mb: memory.stop().await })
    }

    /// Sends to these people one by one at a steady rate. Returns when each push was acknowledged, in
    /// microseconds since 1970, by the id at WAHA.
    pub(crate) async fn trickle(
        &mut self,
        traffic: Traffic,
        people: std::ops::Range<u64>,
        rate: u64,
    ) -> anyhow::Result<HashMap<String, i64>> {
        let n = people.end - people.start;
        self.load(traffic, people).await?;
        let out = self.logs.join("pushed.jsonl");
        self.producer.tell(&format!("trickle {rate} {}", out.display())).await?;
        all_written(&self.pool).await?;
        self.sent += n;
        let lines = std::fs::read_to_string(&out)?;
        lines.lines().map(|line| Ok(serde_json::from_str::<(String, i64)>(line)?)).collect()
    }

    /// Gives the producer its messages, before the measurement starts.
    async fn load(&mut self, traffic: Traffic, people: std::ops::Range<u64>) -> anyhow::Result<()> {
        let (file, session) = (self.logs.join("messages.jsonl"), self.sender());
        let line = |n| {
            json!({
                "id": Uuid::now_v7(), "wahaId": client_message_id(rand::random()), "session": session,
                "chatId": format!("{}@c.us", traffic.digits(n)), "text": traffic.text(n),
            })
            .to_string()
        };
        std::fs::write(&file, people.map(line).collect::<Vec<_>>().join("\n"))?;
        self.producer.tell(&format!("load {}", file.display())).await
    }

    /// The processes of this side.
    pub(crate) fn watched(&self) -> Vec<Watched> {
        let process = |name, pid| Watched { name, pid, with_children: false };
        let mut watched = vec![
            Watched {
                name: "postgres",
                pid: self.services.postgres_pid().unwrap_or_default(),
                with_children: true,
            },
            process("redis", self.services.redis_pid().unwrap_or_default()),
            process("producer", self.producer.pid()),
        ];
        watched.extend(self.worker.iter().map(|worker| process("worker", worker.pid())));
        watched
    }

    pub(crate) fn meter(&self) -> Meter {
        Meter::start(&self.watched())
    }

    /// Checks that every row is `sent` under the id that the stub received, and that the stub received each
    /// once.
    pub(crate) async fn check(&self, taken: &[String]) -> anyhow::Result<()> {
        let rows: Vec<String> =
            sqlx::query_scalar("select waha_id from ledger where state = 'sent' order by 1")
                .fetch_all(&self.pool)
                .await?;
        let mut taken = taken.to_vec();
        taken.sort();
        anyhow::ensure!(
            rows.len() as u64 == self.sent && rows == taken,
            "{} does not add up: {} to send, {} rows sent, {} texts at the stub",
            self.peer.name(),
            self.sent,
            rows.len(),
            taken.len()
        );
        Ok(())
    }

    pub(crate) async fn stop(self) {
        let Self { producer, worker, pool, services, .. } = self;
        producer.stop().await;
        if let Some(worker) = worker {
            worker.stop().await;
        }
        pool.close().await;
        services.stop().await;
    }
}

/// Tells a program where its Postgres and Redis are, as the usual drivers expect it.
fn told(services: &Services, mut command: Command) -> anyhow::Result<Command> {
    let url: Url = services.database_url.parse()?;
    let folder =
        url.query_pairs().find(|(name, _)| name == "host").context("no socket of Postgres")?.1.into_owned();
    command
        .env("PGHOST", folder)
        .env("PGPORT", url.port().unwrap_or(5432).to_string())
        .env("PGUSER", url.username())
        .env("PGDATABASE", url.path().trim_start_matches('/'))
        .env("REDIS_SOCKET", services.redis_url.trim_start_matches("redis+unix://"));
    Ok(command)
}

/// Waits until every row is `sent`; returns when the last one was.
async fn all_written(pool: &PgPool) -> anyhow::Result<DateTime<Utc>> {
    let deadline = Instant::now() + STUCK;
    loop {
        let (open, last): (i64, DateTime<Utc>) = sqlx::query_as(
            "select count(*) filter (where state <> 'sent'), coalesce(max(sent_at), now()) from ledger",
        )
        .fetch_one(pool)
        .await?;
        if open == 0 {
            return Ok(last);
        }
        anyhow::ensure!(Instant::now() < deadline, "{open} rows are never written");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}
