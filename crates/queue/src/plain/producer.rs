//! The producers' side of plain queues.

use std::time::Duration;

use apalis_core::task::builder::TaskBuilder;
use apalis_redis::queries::push_tasks;

use super::storage::{Envelope, base, config};
use crate::{JobId, Queue, QueueError};

/// More than this stays in Postgres; apalis-redis breaks at 8,000.
const MAX_WAITING: u64 = 2_000;
const IDS_PER_CALL: usize = 500;

impl Queue {
    /// Pushes jobs that may run now. An id that already waits is not added again; the id of a running job is.
    /// [`QueueError::Full`] if more than 2,000 would wait; then nothing (or only the first chunks of 500) was
    /// pushed, and pushing all again is safe.
    #[tracing::instrument(level = "debug", target = "wahana_queue::messaging", skip_all, fields(
        otel.kind = "producer", otel.name = format!("push {queue}"), messaging.system = "redis",
        messaging.operation.name = "push", messaging.operation.type = "send", messaging.destination.name = queue,
        messaging.batch.message_count = ids.len()))]
    pub async fn plain_push(&self, queue: &'static str, ids: &[JobId]) -> Result<(), QueueError> {
        let config = config(self, queue, Duration::from_secs(30)); // only workers use this duration
        for chunk in ids.chunks(IDS_PER_CALL) {
            let depth = self.plain_depth(queue).await?;
            if depth + chunk.len() as u64 > MAX_WAITING {
                return Err(QueueError::Full { queue, depth });
            }
            let mut tasks = Vec::with_capacity(chunk.len());
            for job in chunk {
                let payload = serde_json::to_vec(&Envelope { job: *job })
                    .map_err(|error| QueueError::Content(error.to_string()))?;
                tasks.push(TaskBuilder::new(payload).idempotency_key(job.to_string()).build());
            }
            push_tasks(&mut self.conn.clone(), &config, &tasks)
                .await
                .map_err(|error| QueueError::Apalis(error.to_string()))?;
        }
        Ok(())
    }

    /// Number of waiting jobs of a plain queue, running ones excluded.
    pub async fn plain_depth(&self, queue: &str) -> Result<u64, QueueError> {
        let base = base(self, queue);
        let (scheduled, active): (u64, u64) = redis::pipe()
            .zcard(format!("{base}:scheduled"))
            .llen(format!("{base}:active"))
            .query_async(&mut self.conn.clone())
            .await?;
        Ok(scheduled + active)
    }

    /// Payloads that were not jobs, newest first; the last 1,000 are kept.
    pub async fn plain_dead(&self, queue: &str, max: usize) -> Result<Vec<Vec<u8>>, QueueError> {
        let key = format!("{}:undecodable", base(self, queue));
        let last = isize::try_from(max).unwrap_or(isize::MAX) - 1;
        Ok(redis::cmd("LRANGE").arg(key).arg(0).arg(last).query_async(&mut self.conn.clone()).await?)
    }
}
