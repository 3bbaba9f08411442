//! How fast messages are accepted, by one and by 32 connections, against a handler that does one INSERT. Only
//! the API runs and no session works, so nothing is sent meanwhile. The two sides take turns, so that other
//! load on the machine affects both.

use crate::check::Invariants;
use crate::child::Child;
use crate::cli::{ApiArgs, Common};
use crate::client::Target;
use crate::load::{Load, bar, post_all};
use crate::meter::Cpu;
use crate::report::{Report, median};
use crate::stack::{Stack, Wanted};
use crate::traffic::Traffic;

const SESSIONS: u16 = 50;
const CONNECTIONS: usize = 32;
/// Turns of each side.
const TURNS: u64 = 3;

/// One side of the comparison.
struct Side {
    name: &'static str,
    targets: Vec<Target>,
    /// With one connection, and with many.
    loads: [Load; 2],
    cpu: [Cpu; 2],
}

pub(crate) async fn run(args: &ApiArgs, common: &Common) -> anyhow::Result<bool> {
    let mut stack = Stack::start(
        common,
        Wanted { sessions: SESSIONS, sending: false, keys: CONNECTIONS, ..Wanted::default() },
    )
    .await?;
    let (bare, bare_url) =
        Child::start_own("bare", &[("DATABASE_URL", &stack.services.database_url)], &stack.logs).await?;
    stack.adopt(bare);
    let mut report = super::report("api", common, &stack).await?;
    let authority = bare_url.trim_start_matches("http://").to_owned();
    let bare = Target { authority, path: "/messages", key: String::new() };
    let side = |name, targets| Side { name, targets, loads: Default::default(), cpu: Default::default() };
    let mut sides = [side("api", stack.account.targets(CONNECTIONS)), side("bare", vec![bare; CONNECTIONS])];
    let accepted = take_turns(&stack, &mut sides, args, common.seed).await?;
    for (case, name) in ["c1", "c32"].into_iter().enumerate() {
        put(&mut report, case, name, &sides);
    }
    let invariants = Invariants::without_sending(&stack, accepted).await?;
    stack.stop().await;
    Ok(report.print(common.json, &invariants))
}

/// Runs both sides in turns; returns how many messages the product accepted.
async fn take_turns(stack: &Stack, sides: &mut [Side; 2], args: &ApiArgs, seed: u64) -> anyhow::Result<u64> {
    let (traffic, session_of) = (Traffic::new(seed), stack.account.session_of());
    let body = move |n| traffic.message(session_of(n), n);
    let per_turn = [(args.messages / 4 / TURNS).max(1), (args.messages / TURNS).max(1)];
    let warm_up = per_turn[0];
    let steps = 2 * (warm_up + TURNS * (per_turn[0] + per_turn[1]));
    let bar = bar(steps, "posting");
    let mut next = 0;
    for side in sides.iter() {
        post_all(&side.targets, 0..warm_up, body.clone(), &bar).await?;
    }
    next += warm_up;
    for _ in 0..TURNS {
        for (case, n) in per_turn.into_iter().enumerate() {
            for side in sides.iter_mut() {
                let connections = if case == 0 { 1 } else { side.targets.len() };
                let meter = stack.meter();
                let load = post_all(&side.targets[..connections], next..next + n, body.clone(), &bar).await?;
                side.cpu[case].add(meter.stop());
                side.loads[case].add(load);
            }
            next += n;
        }
    }
    bar.finish_and_clear();
    Ok(next)
}

fn put(report: &mut Report, case: usize, name: &'static str, sides: &[Side; 2]) {
    report.section(if case == 0 { "one connection" } else { "32 connections" });
    let [api, bare] = sides;
    for side in sides {
        let load = &side.loads[case];
        report.put(format!("{name}_{}_per_s", side.name), load.rate(), "answers per second");
        report.put_spread(&format!("{name}_{}", side.name), &load.micros, "from request to answer");
        let per_10k = 10_000.0 / load.micros.len().max(1) as f64;
        for process in [side.name, "postgres"] {
            report.put(
                format!("{name}_{}_by_{process}_cpu_s_per_10k", side.name),
                side.cpu[case].of(process) * per_10k,
                "CPU seconds for 10,000 messages",
            );
        }
    }
    report.put(
        format!("{name}_rate_ratio"),
        api.loads[case].rate() / bare.loads[case].rate().max(1e-9),
        "of the bare handler's rate; 1 would be free",
    );
    report.put(
        format!("{name}_p50_ratio"),
        median(&api.loads[case].micros) / median(&bare.loads[case].micros).max(1.0),
        "times the bare handler's median answer",
    );
}
