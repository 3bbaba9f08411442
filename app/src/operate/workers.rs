//! `wahana workers`: processes of workers and schedulers.

use serde_json::json;
use wahana_config::Config;

use crate::output::{self, Output};
use crate::wire;

/// Lists them.
pub(super) async fn list(config: &Config, out: Output) -> anyhow::Result<()> {
    let store = wire::store(config, wahana_store::Plans::PerValue)?;
    let now = store.clock().now();
    let rows = wire::cli_system(config).await?.workers().list().await?.into_iter().map(|worker| {
        let state = match (worker.is_lost(now), worker.draining) {
            (true, _) => "lost",
            (_, true) => "draining",
            _ => "works",
        };
        let slots = worker.slots.0.iter();
        let by_queue: serde_json::Map<_, _> = slots
            .clone()
            .map(|(queue, slots)| (queue.to_string(), json!({"most": slots.most, "running": slots.running})))
            .collect();
        let object = json!({
            "owner": worker.owner, "role": worker.role, "host": worker.host, "version": worker.version,
            "state": state, "started_at": worker.started_at, "seen_at": worker.seen_at, "slots": by_queue,
            "redis_error": worker.redis_error,
        });
        let slots: Vec<String> =
            slots.map(|(queue, slots)| format!("{queue} {}/{}", slots.running, slots.most)).collect();
        let seen = output::time(worker.seen_at);
        let cells = [worker.owner, worker.host, worker.version, state.to_owned(), seen, slots.join(", ")];
        (object, cells)
    });
    out.rows(["WORKER", "HOST", "VERSION", "STATE", "SEEN", "SLOTS"], rows.collect::<Vec<_>>())
}
