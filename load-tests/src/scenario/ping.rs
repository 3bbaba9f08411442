//! Lower bound of a hand-over through Redis: LPUSH on one connection, BRPOP on another.

use std::time::Duration;

use chrono::{DateTime, Utc};
use redis::aio::MultiplexedConnection;
use tokio::time::{Instant, MissedTickBehavior};
use wahana_domain::Clock;

const KEY: &str = "load-tests:ping";

/// Pings at this rate; microseconds from just before LPUSH to the return of BRPOP.
pub(crate) async fn pings(redis_url: &str, rate: u64, seconds: u64) -> anyhow::Result<Vec<i64>> {
    let client = redis::Client::open(redis_url)?;
    // A blocking call must not share a connection.
    let (mut push, pop) = (client.get_multiplexed_async_connection().await?, blocking(&client).await?);
    let total = rate * seconds;
    let popping = tokio::spawn(pop_all(pop, total));
    let mut beat = tokio::time::interval_at(Instant::now(), Duration::from_secs(1) / rate as u32);
    beat.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut pushed = Vec::new();
    for n in 0..total {
        beat.tick().await;
        pushed.push(Clock::System.now());
        redis::cmd("LPUSH").arg(KEY).arg(n).exec_async(&mut push).await?;
    }
    let popped = popping.await??;
    Ok(pushed
        .into_iter()
        .zip(popped)
        .map(|(from, to)| (to - from).num_microseconds().unwrap_or_default())
        .collect())
}

/// A connection without a timeout for answers.
async fn blocking(client: &redis::Client) -> anyhow::Result<MultiplexedConnection> {
    let config = redis::AsyncConnectionConfig::new().set_response_timeout(None);
    Ok(client.get_multiplexed_async_connection_with_config(&config).await?)
}

async fn pop_all(mut pop: MultiplexedConnection, total: u64) -> anyhow::Result<Vec<DateTime<Utc>>> {
    let mut popped = Vec::new();
    for _ in 0..total {
        let _: (String, u64) = redis::cmd("BRPOP").arg(KEY).arg(0).query_async(&mut pop).await?;
        popped.push(Clock::System.now());
    }
    Ok(popped)
}
