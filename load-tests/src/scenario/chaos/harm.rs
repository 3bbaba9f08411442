//! Injects the faults of the plan, and ends them.

use std::time::Duration;

use anyhow::Context;
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use tokio::time::Instant;
use wahana_waha_sim::Faults;

use super::net::Weather;
use super::plan::{Event, Fault, Server};
use super::world::{DRAIN, World, usual_faults};

/// Time after its drain time in which a process that was asked to end must have ended.
const AFTER_DRAIN: Duration = Duration::from_secs(2);

/// Waits for the fault's time, injects it, waits, and ends it. Returns what went wrong with the process
/// itself.
pub(super) async fn inflict(world: &World, event: Event, started: Instant) -> anyhow::Result<Option<String>> {
    tokio::time::sleep_until(started + event.at).await;
    let end = Instant::now() + event.lasts;
    let mut complaint = None;
    match event.fault {
        Fault::Kill(n) => {
            let mut process = world.processes[n].lock().await;
            process.kill().await;
            tokio::time::sleep_until(end).await;
            process.restart()?;
        }
        Fault::Freeze(n) => {
            let process = world.processes[n].lock().await;
            process.signal(Signal::SIGSTOP)?;
            tokio::time::sleep_until(end).await;
            process.signal(Signal::SIGCONT)?;
        }
        Fault::Deploy(n) => {
            let mut process = world.processes[n].lock().await;
            process.signal(Signal::SIGTERM)?;
            complaint = process.ends(DRAIN + AFTER_DRAIN).await.err().map(|error| error.to_string());
            process.restart()?;
        }
        Fault::RedisDies => {
            let _turn = world.redis.lock().await;
            world.services.kill_redis().await;
            tokio::time::sleep_until(end).await;
            world.services.start_redis().await?;
        }
        Fault::RedisForgets => {
            let _turn = world.redis.lock().await;
            flush(world).await;
        }
        Fault::RedisStalls => {
            let _turn = world.redis.lock().await;
            signal(world.services.redis_pid(), Signal::SIGSTOP);
            tokio::time::sleep_until(end).await;
            signal(world.services.redis_pid(), Signal::SIGCONT);
        }
        Fault::PostgresDies => {
            let _turn = world.postgres.lock().await;
            world.services.kill_postgres().await;
            tokio::time::sleep_until(end).await;
            world.services.start_postgres().await?;
        }
        Fault::PostgresFast => restart_postgres(world, Signal::SIGINT, end).await?,
        Fault::PostgresImmediate => restart_postgres(world, Signal::SIGQUIT, end).await?,
        Fault::NodeRestarts => world.sim.restart_node(),
        Fault::WahaErrs => {
            world.sim.set_faults(Faults {
                connection_closed: 0.05,
                hang: 0.05,
                hang_ms: 5_000,
                drop_before: 0.05,
                drop_after: 0.1,
                ..usual_faults()
            });
            tokio::time::sleep_until(end).await;
            world.sim.set_faults(usual_faults());
        }
        Fault::Network { process, server, weather } => {
            set_all(world, process, server, weather);
            tokio::time::sleep_until(end).await;
            set_all(world, process, server, Weather::Clear);
        }
    }
    Ok(complaint)
}

async fn restart_postgres(world: &World, how: Signal, end: Instant) -> anyhow::Result<()> {
    let _turn = world.postgres.lock().await;
    signal(world.services.postgres_pid(), how);
    // The watcher of the services may have restarted it meanwhile, or may be doing so.
    tokio::time::sleep_until(end).await;
    Ok(world.services.start_postgres().await?)
}

fn set_all(world: &World, process: Option<usize>, server: Server, weather: Weather) {
    world.proxies(process, server).into_iter().for_each(|proxy| proxy.set(weather));
}

/// Redis may be down because of another fault; then there is nothing to flush.
async fn flush(world: &World) {
    let flushed = async {
        let mut redis = redis::Client::open(world.services.redis_url.as_str())?
            .get_multiplexed_async_connection()
            .await?;
        redis::cmd("FLUSHALL").query_async::<()>(&mut redis).await.context("FLUSHALL")
    };
    drop(tokio::time::timeout(Duration::from_secs(2), flushed).await);
}

fn signal(pid: Option<u32>, signal: Signal) {
    if let Some(pid) = pid.and_then(|pid| i32::try_from(pid).ok()) {
        let _ = kill(Pid::from_raw(pid), signal);
    }
}
