//! The complete path of a message: API, Postgres, relay, Redis, worker, WAHA, recorded as `sent`. Once one by
//! one through the API, once as a campaign. Baseline: two loops without a queue, half of each before and half
//! after.

use serde_json::json;

use super::loops::Sender;
use super::sending::{CONNECTIONS, Run, Way};
use crate::check::Invariants;
use crate::cli::{Common, WayArgs};
use crate::load::bar;
use crate::report::Report;
use crate::stack::{Stack, Wanted};
use crate::statements::Counted;
use crate::traffic::Traffic;

/// Length to which statements are cut for people.
const SHOWN: usize = 110;

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
    both_loops(&mut run, &loops, n / 2, &mut seconds).await?;
    let api = run.by_api(n).await?;
    let campaign = run.by_campaign(n).await?;
    both_loops(&mut run, &loops, n - n / 2, &mut seconds).await?;
    run.bar.finish_and_clear();

    put(&mut report, n, &api, &campaign, seconds);
    let invariants = Invariants::after_sending(&stack, warm_up + 2 * n).await?;
    stack.stop().await;
    Ok(report.print(common.json, &invariants))
}

/// Runs both loops; adds up how long each took.
async fn both_loops(run: &mut Run<'_>, loops: &Sender, n: u64, seconds: &mut [f64; 2]) -> anyhow::Result<()> {
    seconds[0] += loops.plain(run.take(n)).await?;
    seconds[1] += loops.ledger(run.stack.store.pool(), run.take(n)).await?;
    Ok(())
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
            put_statements(report, name, n, &way.statements);
        }
    }
}

/// Adds the most expensive statements to the report: milliseconds and calls per 10,000 messages.
fn put_statements(report: &mut Report, name: &str, messages: f64, dearest: &[Counted]) {
    let per_10k = 10_000.0 / messages;
    let list = dearest.iter().map(|(query, calls, ms, rows)| {
        json!({"ms_per_10k": ms * per_10k, "calls_per_10k": *calls as f64 * per_10k, "rows_per_10k": *rows as f64 * per_10k, "query": query})
    });
    report.put_json(format!("{name}_statements"), list.collect());
    report.line(format!("  {:>10} {:>10} {:>10}  statement, {name} way", "ms/10k", "calls/10k", "ms/call"));
    for (query, calls, ms, _) in dearest {
        let shown: String = query.chars().take(SHOWN).collect();
        let per_call = ms / (*calls).max(1) as f64;
        report.line(format!(
            "  {:>10.0} {:>10.0} {per_call:>10.3}  {shown}",
            ms * per_10k,
            *calls as f64 * per_10k
        ));
    }
}
