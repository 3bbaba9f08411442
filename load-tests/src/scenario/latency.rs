//! Latency of a message that has no reason to wait: an idle system, a steady low rate of messages over many
//! sessions; from the API's answer to the moment the stub reads the send. Baseline: a ping through Redis,
//! half of it before and half after. The steps in between are the timestamps that the product records.

use std::collections::HashMap;
use std::time::Duration;

use chrono::{DateTime, Utc};
use tokio::time::Instant;
use uuid::Uuid;

use super::ping::pings;
use crate::check::Invariants;
use crate::cli::{Common, LatencyArgs};
use crate::load::{bar, post_all};
use crate::report::{Report, median};
use crate::stack::{Stack, Wanted};
use crate::traffic::Traffic;
use crate::trickle::{Beat, CONNECTIONS, Posted, trickle};

const ALL_SENT_WITHIN: Duration = Duration::from_secs(30);

/// Id, id at WAHA, recorded, released, fenced.
type Row = (Uuid, String, DateTime<Utc>, DateTime<Utc>, DateTime<Utc>);

/// Timestamps of the product and the stub.
struct Timestamps {
    recorded: DateTime<Utc>,
    released: DateTime<Utc>,
    fenced: DateTime<Utc>,
    at_stub: DateTime<Utc>,
}

pub(crate) async fn run(args: &LatencyArgs, common: &Common) -> anyhow::Result<bool> {
    let stack = Stack::start(
        common,
        Wanted { sessions: args.sessions, sending: true, keys: CONNECTIONS as usize, ..Wanted::default() },
    )
    .await?;
    let mut report = super::report("latency", common, &stack).await?;
    keep_release_times(&stack).await?;
    let warm_up = warm_up(&stack, args, common.seed).await?;
    let ping_seconds = (args.seconds / 4).max(1);
    let bar = bar(args.rate * args.seconds, "posting at a steady rate");
    let mut ping = pings(&stack.services.redis_url, args.rate, ping_seconds).await?;
    let meter = stack.meter();
    let beat = Beat { rate: args.rate, messages: args.rate * args.seconds, first: warm_up };
    let posted = trickle(&stack.account, Traffic::new(common.seed), beat, &bar).await?;
    let cpu = meter.stop();
    all_sent(&stack, warm_up + posted.len() as u64).await?;
    ping.extend(pings(&stack.services.redis_url, args.rate, ping_seconds).await?);
    bar.finish_and_clear();
    let noted = noted(&stack).await?;
    put(&mut report, &posted, &noted, &ping);
    report.section("CPU seconds for 10,000 messages at this rate");
    for (process, seconds) in &cpu.0 {
        report.put(format!("{process}_cpu_s_per_10k"), seconds / posted.len() as f64 * 10_000.0, "");
    }
    let invariants = Invariants::after_sending(&stack, warm_up + posted.len() as u64).await?;
    stack.stop().await;
    Ok(report.print(common.json, &invariants))
}

/// The release time is deleted with the job, so a trigger keeps it; this costs some ten microseconds per
/// message.
async fn keep_release_times(stack: &Stack) -> anyhow::Result<()> {
    for statement in [
        "create table released_jobs (id uuid primary key, released_at timestamptz)",
        "create function keep_release_time() returns trigger language plpgsql as $$
         begin
             insert into released_jobs values (old.id, old.released_at) on conflict do nothing;
             return old;
         end $$",
        "create trigger keep_release_time before delete on jobs for each row
         when (old.released_at is not null) execute function keep_release_time()",
    ] {
        sqlx::query(statement).execute(stack.store.pool()).await?;
    }
    Ok(())
}

/// Warm-up of two seconds, so that connections are open and plans are cached.
async fn warm_up(stack: &Stack, args: &LatencyArgs, seed: u64) -> anyhow::Result<u64> {
    let (traffic, session_of) = (Traffic::new(seed), stack.account.session_of());
    let messages = (2 * args.rate).min(args.rate * args.seconds);
    let body = move |n| traffic.message(session_of(n), n);
    post_all(&stack.account.targets(4), 0..messages, body, &indicatif::ProgressBar::hidden()).await?;
    all_sent(stack, messages).await?;
    Ok(messages)
}

async fn all_sent(stack: &Stack, wanted: u64) -> anyhow::Result<()> {
    let started = Instant::now();
    while stack.stub_count().await? < wanted {
        anyhow::ensure!(
            started.elapsed() < ALL_SENT_WITHIN,
            "the stub took {} of {wanted} texts",
            stack.stub_count().await?
        );
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    // Until the last outcomes are recorded.
    while started.elapsed() < ALL_SENT_WITHIN {
        let jobs: i64 = sqlx::query_scalar("select count(*) from jobs where kind = 'send_message'")
            .fetch_one(stack.store.pool())
            .await?;
        if jobs == 0 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    Ok(())
}

/// Timestamps of every sent message, by its id.
async fn noted(stack: &Stack) -> anyhow::Result<HashMap<Uuid, Timestamps>> {
    let taken = stack.stub_taken().await?;
    let at_stub: HashMap<&str, DateTime<Utc>> =
        taken.iter().filter_map(|t| Some((t.id.as_str(), DateTime::from_timestamp_micros(t.at)?))).collect();
    let rows: Vec<Row> = sqlx::query_as(
        "select m.id, m.waha_id, m.created_at, r.released_at, a.started_at
         from messages m join released_jobs r on r.id = m.id join attempts a on a.job_id = m.id and a.n = 1",
    )
    .fetch_all(stack.store.pool())
    .await?;
    let noted = rows.into_iter().filter_map(|(id, waha_id, recorded, released, fenced)| {
        Some((id, Timestamps { recorded, released, fenced, at_stub: *at_stub.get(waha_id.as_str())? }))
    });
    Ok(noted.collect())
}

fn put(report: &mut Report, posted: &[Posted], noted: &HashMap<Uuid, Timestamps>, ping: &[i64]) {
    let pairs: Vec<(&Posted, &Timestamps)> =
        posted.iter().filter_map(|p| Some((p, noted.get(&p.id)?))).collect();
    let spread = |from: fn(&(&Posted, &Timestamps)) -> DateTime<Utc>,
                  to: fn(&(&Posted, &Timestamps)) -> DateTime<Utc>|
     -> Vec<i64> {
        pairs.iter().map(|pair| (to(pair) - from(pair)).num_microseconds().unwrap_or_default()).collect()
    };
    let started = spread(|(p, _)| p.accepted, |(_, n)| n.at_stub);
    report.section("from the API's answer to the send at the stub");
    report.put_spread("accepted_to_started", &started, "");
    report.put_spread("redis_ping", ping, "LPUSH to BRPOP on two connections");
    report.put("redis_ping_ratio", median(&started) / median(ping).max(1.0), "times the ping's median");
    let mut sorted = [started.clone(), ping.to_vec()];
    sorted.iter_mut().for_each(|s| s.sort_unstable());
    let p99 = |s: &[i64]| crate::report::percentile(s, 0.99);
    report.put(
        "redis_ping_p99_ratio",
        p99(&sorted[0]) / p99(&sorted[1]).max(1.0),
        "the same of the slowest hundredth",
    );
    report.section("where the time goes");
    report.put_spread(
        "asked_to_accepted",
        &spread(|(p, _)| p.asked, |(p, _)| p.accepted),
        "the API's own answer time",
    );
    report.put_spread(
        "accepted_to_released",
        &spread(|(p, _)| p.accepted, |(_, n)| n.released),
        "commit, wake, what the relay reads before it releases",
    );
    report.put_spread(
        "released_to_fenced",
        &spread(|(_, n)| n.released, |(_, n)| n.fenced),
        "release, Redis, claim by a worker",
    );
    report.put_spread(
        "fenced_to_started",
        &spread(|(_, n)| n.fenced, |(_, n)| n.at_stub),
        "the fence in Postgres, the call to WAHA",
    );
    report.put_spread(
        "recorded_to_started",
        &spread(|(_, n)| n.recorded, |(_, n)| n.at_stub),
        "from the row's created_at",
    );
    report.put("measured_messages", pairs.len() as f64, "");
}
