//! Chaos: several processes of each role work while the seed's plan kills, freezes and cuts things;
//! afterwards nothing may be lost, nothing sent twice, nothing left in doubt.
//!
//! The plan and the traffic come from the seed, but not the exact millisecond at which a process is hit: a
//! seed that fails because of a race may need several runs.

mod customer;
mod harm;
mod history;
mod net;
mod plan;
mod process;
mod roles;
mod traffic;
mod verdict;
mod world;

use std::time::Duration;

use anyhow::Context;
use futures::StreamExt;
use futures::stream::FuturesUnordered;
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::json;
use tokio::task::JoinSet;
use tokio::time::Instant;

use self::plan::Event;
use self::traffic::Load;
use self::world::World;
use crate::cli::{ChaosArgs, Common};

/// Time limit for all work to end after the last fault.
const REST_WITHIN: Duration = Duration::from_secs(180);
const LOOK: Duration = Duration::from_millis(250);
/// How often unfinished work is printed.
const TELL_EVERY: Duration = Duration::from_secs(5);

/// Runs it; returns whether all checks passed.
pub(super) async fn run(args: &ChaosArgs, common: &Common) -> anyhow::Result<bool> {
    let load = Load {
        seed: common.seed,
        recipients: args.recipients,
        length: Duration::from_secs_f64(args.minutes * 60.0),
    };
    let plan = plan::draw(common.seed, load.length);
    eprintln!(
        "seed {}, {} faults in {:.0} s; begins, lasts, what:",
        common.seed,
        plan.len(),
        load.length.as_secs_f64()
    );
    plan.iter().for_each(|event| eprintln!("  {event}"));

    let world = World::start(common.seed, args.logs.as_deref()).await?;
    if !world.skewed {
        eprintln!(
            "clocks are not skewed: libfaketime is not installed (Debian: apt-get install libfaketime)"
        );
    }
    history::note_all(&world.pool).await?;
    let (tenants, audience) = traffic::arrange(&world.url(), load).await?;
    let campaigns: Vec<_> = tenants.iter().flat_map(|tenant| tenant.campaigns.clone()).collect();
    let customers: Vec<_> = tenants.iter().map(|tenant| tenant.customer.clone()).collect();

    let people: usize = audience.values().map(std::collections::BTreeSet::len).sum();
    let bar = progress(people as u64);
    let started = Instant::now();
    let mut traffic = JoinSet::new();
    for tenant in tenants {
        traffic.spawn(async move { tenant.act(load, started).await });
    }
    let complaints = rage(&world, &plan, started, &bar).await?;
    while let Some(done) = traffic.join_next().await {
        done.context("the traffic")??;
        bar.set_position(world.sim.sent());
    }
    let calm = Instant::now();
    let unresolved = come_to_rest(&world, calm, &bar).await?;
    let rest = calm.elapsed();
    bar.finish_and_clear();

    let verdict = verdict::look(&world, &audience, &campaigns, unresolved).await?;
    let mut report = verdict.json();
    report["scenario"] = "chaos".into();
    report["seed"] = common.seed.into();
    report["clock_skew"] = world.skewed.into();
    report["faults"] = plan.len().into();
    report["people"] = people.into();
    report["sent"] = world.sim.sent().into();
    report["requests_repeated"] = customers.iter().map(customer::Customer::repeats).sum::<u64>().into();
    report["seconds_of_faults"] = json!(load.length.as_secs_f64());
    report["seconds_to_rest"] = json!((rest.as_secs_f64() * 10.0).round() / 10.0);
    report["drains_too_long"] = complaints.len().into();
    if common.json {
        verdict.lines().iter().for_each(|line| eprintln!("{line}"));
        println!("{report}");
    } else {
        println!(
            "\nchaos, seed {}: {} faults, {people} people, {:.1} s to rest",
            common.seed,
            plan.len(),
            rest.as_secs_f64()
        );
        verdict.lines().iter().for_each(|line| println!("{line}"));
        println!("{report}");
    }
    let ok = verdict.ok();
    world.stop().await;
    Ok(ok)
}

/// Injects all faults of the plan. Returns failures of deploys.
async fn rage(
    world: &World,
    plan: &[Event],
    started: Instant,
    bar: &ProgressBar,
) -> anyhow::Result<Vec<String>> {
    let mut harm: FuturesUnordered<_> = plan
        .iter()
        .map(|event| async move { (event, harm::inflict(world, *event, started).await) })
        .collect();
    let mut complaints = Vec::new();
    let mut tick = tokio::time::interval(LOOK);
    loop {
        tokio::select! {
            done = harm.next() => {
                let Some((event, done)) = done else { return Ok(complaints) };
                say(bar, &format!("{:6.1} s  over: {}", started.elapsed().as_secs_f64(), event.fault));
                if let Some(complaint) = done.with_context(|| event.to_string())? {
                    say(bar, &complaint);
                    complaints.push(complaint);
                }
            }
            _ = tick.tick() => bar.set_position(world.sim.sent()),
        }
    }
}

/// Waits a limited time until all work has ended; returns what has not. It is not checked again later,
/// because a webhook that arrives late or twice may be in progress.
async fn come_to_rest(world: &World, calm: Instant, bar: &ProgressBar) -> anyhow::Result<Vec<String>> {
    let (mut quiet, mut told) = (0, Instant::now());
    loop {
        let left = verdict::unresolved(world).await?;
        bar.set_position(world.sim.sent());
        bar.set_message(format!("calm, {} to come to rest", left.len()));
        if told.elapsed() > TELL_EVERY {
            told = Instant::now();
            let examples: Vec<&str> = left.iter().take(4).map(String::as_str).collect();
            say(
                bar,
                &format!(
                    "after {:.0} s of calm, {} left: {}",
                    calm.elapsed().as_secs_f64(),
                    left.len(),
                    examples.join("; ")
                ),
            );
        }
        // Several times, because between two checks something may move from one place to the other.
        quiet = if left.is_empty() { quiet + 1 } else { 0 };
        if quiet > 2 || calm.elapsed() > REST_WITHIN {
            return Ok(left);
        }
        tokio::time::sleep(LOOK).await;
    }
}

/// Prints above the progress bar; also without a terminal.
fn say(bar: &ProgressBar, line: &str) {
    bar.suspend(|| eprintln!("{line}"));
}

fn progress(people: u64) -> ProgressBar {
    let style = ProgressStyle::with_template("{elapsed:>4} {bar:40} {pos}/{len} sent {msg}");
    ProgressBar::new(people).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}
