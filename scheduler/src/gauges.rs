//! Figures that only Postgres knows, for `/metrics`.

use std::time::Duration;

use tokio_util::sync::CancellationToken;

use crate::{Scheduler, every};

pub(crate) async fn run(scheduler: Scheduler, shutdown: CancellationToken) {
    every("gauges", Duration::from_secs(5), shutdown, async move || {
        let depths = scheduler.store.system().queue_depths().await?;
        for queue in wahana_jobs::Queue::ALL {
            for state in ["pending", "released", "running", "dead"] {
                let depth = depths.iter().find(|d| d.queue == queue.as_str() && d.state == state);
                metrics::gauge!("queue_jobs", "queue" => queue.as_str(), "state" => state).set(depth.map_or(0.0, |d| d.jobs as f64));
                if state == "pending" {
                    let oldest = depth.map_or(0.0, |d| d.oldest_seconds.max(0.0));
                    metrics::gauge!("queue_oldest_due_seconds", "queue" => queue.as_str()).set(oldest);
                }
            }
        }
        Ok(())
    })
    .await;
}
