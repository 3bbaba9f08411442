//! Cost of a message from backlogs of a thousand to a million: recipients of a campaign, and queued jobs.
//! Only a period in the middle is measured, without the start of the roles.

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::Context;
use serde_json::{Value, json};
use sqlx::PgPool;
use wahana_domain::CampaignId;

use crate::check::Invariants;
use crate::cli::ScaleArgs;
use crate::load::bar;
use crate::meter::Cpu;
use crate::report::Report;
use crate::rows::copy_message;
use crate::stack::Stack;
use crate::traffic::{TEMPLATE, Traffic};

/// Maximum number of measured texts; a small backlog gives fewer.
const MEASURED: u64 = 5_000;
const STUCK: Duration = Duration::from_secs(60);
const LOOK: Duration = Duration::from_millis(10);

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Campaign,
    Jobs,
}

impl Kind {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Campaign => "campaign",
            Self::Jobs => "jobs",
        }
    }
}

/// One backlog.
pub(super) struct Point {
    pub(super) kind: Kind,
    pub(super) backlog: u64,
    messages: u64,
    seconds: f64,
    cpu: Cpu,
    /// Storage of the backlog.
    stored: Stored,
}

/// Storage of a backlog before anything is sent.
#[derive(Clone, Copy, Default)]
struct Stored {
    /// From the upload to the answer that the campaign runs.
    accepted_s: f64,
    pg_bytes_each: f64,
    redis_mb_before: f64,
    redis_mb_peak: f64,
}

impl Point {
    /// CPU seconds of roles and servers for 10,000 messages.
    pub(super) fn cpu_s_per_10k(&self) -> f64 {
        self.cpu.sum() / self.messages.max(1) as f64 * 10_000.0
    }

    pub(super) fn json(&self) -> Value {
        json!({
            "kind": self.kind.name(), "backlog": self.backlog, "messages": self.messages,
            "cpu_s_per_10k": self.cpu_s_per_10k(), "msgs_per_s": self.messages as f64 / self.seconds.max(1e-9),
            "accepted_s": self.stored.accepted_s, "pg_bytes_each": self.stored.pg_bytes_each,
            "redis_mb_before": self.stored.redis_mb_before, "redis_mb_peak": self.stored.redis_mb_peak,
        })
    }
}

/// Every backlog, of both kinds.
pub(super) async fn curve(
    stack: &mut Stack,
    args: &ScaleArgs,
    seed: u64,
    invariants: &mut Invariants,
) -> anyhow::Result<Vec<Point>> {
    let bar = bar(2 * args.backlog.len() as u64, "dispatching out of backlogs");
    bar.enable_steady_tick(Duration::from_millis(200));
    let mut points = Vec::new();
    for kind in [Kind::Campaign, Kind::Jobs] {
        for &backlog in &args.backlog {
            let runs = if backlog < MEASURED { args.runs } else { 1 };
            let mut point = Point {
                kind,
                backlog,
                messages: 0,
                seconds: 0.0,
                cpu: Cpu::default(),
                stored: Stored::default(),
            };
            for _ in 0..runs {
                let checked = once(stack, &mut point, Traffic::new(seed)).await;
                let checked = checked.with_context(|| format!("{} of {backlog}", kind.name()))?;
                *invariants = std::mem::take(invariants).and(checked);
            }
            points.push(point);
            bar.inc(1);
        }
    }
    bar.finish_and_clear();
    Ok(points)
}

/// Starts with an empty system, creates a backlog, and sends some thousand texts of it.
async fn once(stack: &mut Stack, point: &mut Point, traffic: Traffic) -> anyhow::Result<Invariants> {
    stack.stop_sending().await;
    stack.clear().await?;
    let before = stored_bytes(stack.store.pool()).await?;
    point.stored.redis_mb_before = redis_mb(&stack.services.redis_url).await?;
    let mut launch = Launch::none();
    match point.kind {
        Kind::Campaign => launch = import(stack, traffic, point.backlog).await?,
        Kind::Jobs => queue(stack, traffic, point.backlog).await?,
    }
    let bytes = stored_bytes(stack.store.pool()).await? - before;
    point.stored.pg_bytes_each = bytes as f64 / point.backlog as f64;
    stack.start_sending()?;
    point.stored.accepted_s = launch.run(stack).await?;
    measure(stack, point).await?;
    stack.stop_sending().await;
    let recorded: i64 =
        sqlx::query_scalar("select count(*) from messages").fetch_one(stack.store.pool()).await?;
    Invariants::at_rest(stack, recorded as u64).await
}

/// A campaign that is imported and not started.
struct Launch {
    campaign: Option<CampaignId>,
    import_s: f64,
}

impl Launch {
    fn none() -> Self {
        Self { campaign: None, import_s: 0.0 }
    }

    /// Starts it; returns the seconds from the upload to the answer, without pauses in between.
    async fn run(self, stack: &Stack) -> anyhow::Result<f64> {
        let Some(campaign) = self.campaign else { return Ok(0.0) };
        let started = Instant::now();
        stack.account.client.start_campaign(campaign).await?;
        Ok(self.import_s + started.elapsed().as_secs_f64())
    }
}

async fn import(stack: &Stack, traffic: Traffic, n: u64) -> anyhow::Result<Launch> {
    let campaign = stack.account.draft("Scale", stack.account.session_ids(), TEMPLATE).await?;
    let list = traffic.list(0..n)?;
    let path: &Path = list.path();
    let started = Instant::now();
    let answer = stack.account.upload(campaign, path).await?;
    let import_s = started.elapsed().as_secs_f64();
    anyhow::ensure!(answer.accepted == n, "the import answered {answer:?}");
    Ok(Launch { campaign: Some(campaign), import_s })
}

async fn queue(stack: &Stack, traffic: Traffic, n: u64) -> anyhow::Result<()> {
    let session_of = stack.account.session_of();
    let (to, text) = (format!("+{}", traffic.digits(0)), traffic.text(0));
    let template = stack.account.send(session_of(0), to, text).await?;
    copy_message(stack.store.pool(), template, n - 1, session_of, &indicatif::ProgressBar::hidden()).await
}

/// Measures from the first tenth of the texts until enough were sent.
async fn measure(stack: &Stack, point: &mut Point) -> anyhow::Result<()> {
    let measured = (point.backlog * 7 / 10).min(MEASURED);
    let peak = &mut point.stored.redis_mb_peak;
    let first = until(stack, measured / 10, peak).await?;
    let (meter, started) = (crate::meter::Meter::start(&stack.watched()), Instant::now());
    let last = until(stack, (first + measured).min(point.backlog), peak).await?;
    point.cpu.add(meter.stop());
    point.seconds += started.elapsed().as_secs_f64();
    point.messages += last - first;
    Ok(())
}

/// Waits until the stub received this number of texts; returns how many it received.
async fn until(stack: &Stack, wanted: u64, redis_mb_peak: &mut f64) -> anyhow::Result<u64> {
    let started = Instant::now();
    for look in 0u32.. {
        let count = stack.stub_count().await?;
        if count >= wanted {
            return Ok(count);
        }
        if look % 20 == 0 {
            *redis_mb_peak = redis_mb_peak.max(redis_mb(&stack.services.redis_url).await?);
        }
        anyhow::ensure!(started.elapsed() < STUCK, "stuck at {count} of {wanted} texts");
        tokio::time::sleep(LOOK).await;
    }
    Ok(0)
}

/// Size of all tables and indexes.
async fn stored_bytes(pool: &PgPool) -> anyhow::Result<i64> {
    let bytes = sqlx::query_scalar(
        "select sum(pg_total_relation_size(t::text::regclass))::int8
         from unnest(array['messages', 'jobs', 'attempts', 'recipients', 'campaigns']) t",
    );
    Ok(bytes.fetch_one(pool).await?)
}

/// Memory of Redis, in MiB.
pub(super) async fn redis_mb(url: &str) -> anyhow::Result<f64> {
    let mut redis = redis::Client::open(url)?.get_multiplexed_async_connection().await?;
    let info: String = redis::cmd("INFO").arg("memory").query_async(&mut redis).await?;
    let used = info.lines().find_map(|line| line.strip_prefix("used_memory:")).context("no used_memory")?;
    Ok(used.trim().parse::<f64>()? / 1_048_576.0)
}

/// The longest backlog of each kind, and how the cost grew up to it.
pub(super) fn put(report: &mut Report, points: &[Point]) {
    for kind in [Kind::Campaign, Kind::Jobs] {
        let of_kind = || points.iter().filter(|point| point.kind == kind);
        let (Some(least), Some(most)) =
            (of_kind().min_by_key(|point| point.backlog), of_kind().max_by_key(|point| point.backlog))
        else {
            continue;
        };
        let name = kind.name();
        report.section(match kind {
            Kind::Campaign => "the longest campaign",
            Kind::Jobs => "the longest queue of jobs",
        });
        report.put(format!("{name}_backlog"), most.backlog as f64, "");
        let growth = most.cpu_s_per_10k() / least.cpu_s_per_10k().max(1e-9);
        report.put(
            format!("{name}_dispatch_growth"),
            growth,
            "CPU per message, of that out of the shortest; 1 is flat",
        );
        report.put(format!("{name}_redis_mb_before"), most.stored.redis_mb_before, "");
        report.put(format!("{name}_redis_mb_peak"), most.stored.redis_mb_peak, "while it is sent");
        let each = if kind == Kind::Campaign { "a recipient" } else { "a message and its job" };
        report.put(format!("{name}_pg_bytes_each"), most.stored.pg_bytes_each, each);
        if kind == Kind::Campaign {
            report.put(
                "launch_accepted_s",
                most.stored.accepted_s,
                "from the upload to the answer that it runs",
            );
        }
    }
}
