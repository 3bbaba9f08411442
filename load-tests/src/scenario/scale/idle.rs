//! Cost of idle lanes: CPU of an idle system with some sessions, then with thousands more.

use std::time::Duration;

use crate::account::Account;
use crate::cli::ScaleArgs;
use crate::load::bar;
use crate::meter::{Cpu, Meter, memory_mb};
use crate::report::Report;
use crate::stack::{Stack, Wanted};

/// Start-up is over by then.
const CALM: Duration = Duration::from_secs(3);

/// Measures, and returns the tenant with the many sessions.
pub(super) async fn measure(
    stack: &mut Stack,
    args: &ScaleArgs,
    report: &mut Report,
) -> anyhow::Result<Account> {
    let few = rest(stack, args.idle_seconds).await?;
    let wanted = Wanted { sessions: args.sessions, sending: true, keys: 1, ..Wanted::default() };
    stack.stop_sending().await;
    let many = stack.open_account("Many", &wanted).await?;
    let rested = rest(stack, args.idle_seconds).await?;
    let per_minute = |cpu: &Cpu, name: &str| cpu.of(name) * 60.0 / args.idle_seconds as f64;
    report.section("CPU seconds per minute with nothing to do");
    report.put("idle_sessions", f64::from(args.sessions), "added for the second of the two");
    for (name, _) in &few.0 {
        report.put(format!("idle_few_{name}_cpu_s_per_min"), per_minute(&few, name), "");
        report.put(format!("idle_many_{name}_cpu_s_per_min"), per_minute(&rested, name), "");
    }
    let more_ms = (rested.sum() - few.sum()) * 1_000.0 * 60.0 / args.idle_seconds as f64;
    report.put(
        "idle_lane_cpu_ms_per_min",
        more_ms / f64::from(args.sessions),
        "of one more lane with nothing to do",
    );
    report.put("idle_many_memory_mb", memory_mb(&stack.watched()), "of all roles and servers");
    Ok(many)
}

/// The CPU of fresh roles that have no work.
async fn rest(stack: &mut Stack, seconds: u64) -> anyhow::Result<Cpu> {
    stack.stop_sending().await;
    stack.clear().await?;
    stack.start_sending()?;
    tokio::time::sleep(CALM).await;
    let (meter, bar) = (Meter::start(&stack.watched()), bar(seconds, "nothing to do"));
    for _ in 0..seconds {
        tokio::time::sleep(Duration::from_secs(1)).await;
        bar.inc(1);
    }
    bar.finish_and_clear();
    Ok(meter.stop())
}
