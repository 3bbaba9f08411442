//! The machine on which the figures were measured.

use serde_json::{Value, json};
use sqlx::PgPool;

/// Cores, processor, and the load when the run began.
pub(crate) fn machine() -> Value {
    let cores = std::thread::available_parallelism().map_or(0, std::num::NonZero::get);
    let cpuinfo = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let cpu = cpuinfo
        .lines()
        .find_map(|line| line.strip_prefix("model name")?.split_once(": "))
        .map_or("unknown", |(_, name)| name);
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let load: Vec<f64> = load.split(' ').take(3).filter_map(|n| n.parse().ok()).collect();
    json!({"cores": cores, "cpu": cpu, "load_average": load, "os": std::env::consts::OS})
}

/// Versions of all participants.
pub(crate) async fn versions(pool: &PgPool, redis_url: &str) -> anyhow::Result<Value> {
    let postgres: String = sqlx::query_scalar("show server_version").fetch_one(pool).await?;
    let mut redis = redis::Client::open(redis_url)?.get_multiplexed_async_connection().await?;
    let info: String = redis::cmd("INFO").arg("server").query_async(&mut redis).await?;
    let field =
        |name: &str| info.lines().find_map(|line| line.strip_prefix(name)).map(|v| v.trim().to_owned());
    let redis = field("valkey_version:")
        .map(|v| format!("Valkey {v}"))
        .or_else(|| field("redis_version:"))
        .unwrap_or_default();
    let build = if cfg!(debug_assertions) { "debug" } else { "release" };
    Ok(json!({"wahana": env!("CARGO_PKG_VERSION"), "build": build, "postgres": postgres, "redis": redis}))
}
