//! Removes the finished jobs that apalis-redis would keep for ever (371 bytes each), in chunks, and reports
//! the depth.

use std::sync::LazyLock;
use std::time::Duration;

use redis::Script;

use super::storage::base;
use crate::measure;
use crate::{Queue, QueueError};

static SWEEP: LazyLock<Script> = LazyLock::new(|| Script::new(include_str!("lua/sweep.lua")));

const PER_CALL: u64 = 500;
const EVERY: Duration = Duration::from_secs(1);

/// Sweeps until the task is aborted.
pub(super) async fn sweep_forever(queue: Queue, name: &'static str) {
    loop {
        if let Err(error) = sweep(&queue, name).await {
            measure::redis_error(name, "sweep");
            tracing::debug!(error.message = %error, "cannot sweep");
        }
        tokio::time::sleep(EVERY).await;
    }
}

/// Sweeps until nothing is left.
pub(super) async fn sweep(queue: &Queue, name: &'static str) -> Result<(), QueueError> {
    let conn = &mut queue.conn.clone();
    loop {
        let removed: u64 = SWEEP.key(base(queue, name)).arg(PER_CALL).invoke_async(conn).await?;
        if removed < PER_CALL {
            break;
        }
    }
    measure::depth(name, queue.plain_depth(name).await?);
    Ok(())
}
