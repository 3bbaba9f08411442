//! The sign of life of this scheduler, and what it sees of Redis; the API, which sees only Postgres, shows both.

use std::time::Duration;

use tokio_util::sync::CancellationToken;
use wahana_domain::jobs::WorkerRole;
use wahana_store::jobs::workers::Worker;
use wahana_store::within;

use crate::{Scheduler, every};

const EVERY: Duration = Duration::from_secs(3);
/// How long a scheduler that ends may take to say so.
const FAREWELL: Duration = Duration::from_secs(2);

pub(crate) async fn run(scheduler: Scheduler, shutdown: CancellationToken) {
    let Scheduler { store, queue, options, .. } = scheduler;
    let started_at = store.clock().now();
    let sign = Worker {
        owner: format!("{}-{:08x}", std::process::id(), rand::random::<u32>()),
        role: WorkerRole::Scheduler.into(),
        host: options.host,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        started_at,
        seen_at: started_at,
        draining: false,
        converts: Vec::new(),
        slots: Default::default(),
        redis_error: None,
        redis_since: started_at,
    };
    let (owner, system) = (sign.owner.clone(), store.system());
    every("heartbeat", EVERY, shutdown, async move || {
        let sign = Worker { redis_error: queue.trouble().await, ..sign.clone() };
        system.workers().beat(&sign).await?;
        Ok(())
    })
    .await;
    // Without this, the end of the process is noticed by the missing heartbeat.
    if let Err(error) = within(FAREWELL, store.system().workers().forget(&owner)).await {
        tracing::debug!(error.message = %error, "cannot say that this scheduler ended");
    }
}
