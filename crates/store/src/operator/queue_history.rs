//! How the queues were, minute by minute: written by schedulers with their figures, read for charts and for what stands
//! there now.

use chrono::{DateTime, TimeDelta, Utc};
use wahana_domain::jobs::QueueCode;

use super::SystemQueueHistory;
use crate::StoreError;

/// How long it is kept.
const KEEP: TimeDelta = TimeDelta::days(7);
/// A figure older than this is none of now.
const NOW: TimeDelta = TimeDelta::minutes(10);

/// One queue as a scheduler just saw it.
#[derive(Clone, Debug, PartialEq)]
pub struct QueueSample {
    /// The queue.
    pub queue: QueueCode,
    /// Jobs that wait in Postgres.
    pub pending: i64,
    /// Jobs that wait in Redis.
    pub released: i64,
    /// Jobs that run.
    pub running: i64,
    /// Jobs that gave up.
    pub dead: i64,
    /// How long the oldest waits that nothing but a free worker keeps from running.
    pub oldest_seconds: f64,
}

/// One queue in one minute.
#[derive(Clone, Debug, PartialEq)]
pub struct QueueMinute {
    /// When it began.
    pub minute: DateTime<Utc>,
    /// When it was last looked at in this minute.
    pub taken_at: DateTime<Utc>,
    /// How it was then; the longest wait is that of the whole minute.
    pub sample: QueueSample,
    /// Of the lanes: messages sent so far in the quarter of an hour that the minute lies in.
    pub sent: Option<i64>,
}

impl SystemQueueHistory<'_> {
    /// Notes how the queues are now.
    pub async fn record(self, samples: &[QueueSample]) -> Result<(), StoreError> {
        let (sent, _) = self.system.overview().sent_this_quarter().await?;
        let counts = |of: fn(&QueueSample) -> i64| samples.iter().map(of).collect::<Vec<i64>>();
        sqlx::query!(
            "insert into queue_history as h (
                 minute, queue, taken_at, pending, released, running, dead, oldest_seconds, sent
             )
             select date_trunc('minute', $1::timestamptz), x.queue, $1, x.pending, x.released, x.running,
                    x.dead, x.oldest_seconds, case when x.queue = 'lanes' then $8::bigint end
             from unnest($2::text[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::float8[])
                 as x (queue, pending, released, running, dead, oldest_seconds)
             order by 2
             on conflict (minute, queue) do update set
                 taken_at = excluded.taken_at, pending = excluded.pending, released = excluded.released,
                 running = excluded.running, dead = excluded.dead, sent = excluded.sent,
                 oldest_seconds = greatest(h.oldest_seconds, excluded.oldest_seconds)",
            self.system.store.clock().now(),
            &samples.iter().map(|s| s.queue.as_str().to_owned()).collect::<Vec<_>>(),
            &counts(|s| s.pending),
            &counts(|s| s.released),
            &counts(|s| s.running),
            &counts(|s| s.dead),
            &samples.iter().map(|s| s.oldest_seconds).collect::<Vec<_>>(),
            sent,
        )
        .execute(self.system.store.pool())
        .await?;
        Ok(())
    }

    /// Throws away what is older than a week.
    pub async fn forget(self) -> Result<(), StoreError> {
        sqlx::query!("delete from queue_history where minute < $1", self.system.store.clock().now() - KEEP)
            .execute(self.system.store.pool())
            .await?;
        Ok(())
    }

    /// Every minute since then, oldest first; a minute in which nobody looked is missing.
    pub async fn list(self, since: DateTime<Utc>) -> Result<Vec<QueueMinute>, StoreError> {
        let rows =
            sqlx::query!("select * from queue_history where minute >= $1 order by minute, queue", since)
                .fetch_all(self.system.store.pool())
                .await?;
        let minutes = rows.into_iter().map(|row| {
            let sample = QueueSample {
                queue: row.queue.into(),
                pending: row.pending,
                released: row.released,
                running: row.running,
                dead: row.dead,
                oldest_seconds: row.oldest_seconds,
            };
            QueueMinute { minute: row.minute, taken_at: row.taken_at, sample, sent: row.sent }
        });
        Ok(minutes.collect())
    }

    /// How the queues were when a scheduler last looked; nothing when that is minutes ago.
    pub async fn now(self) -> Result<Vec<QueueMinute>, StoreError> {
        let mut minutes = self.list(self.system.store.clock().now() - NOW).await?;
        let last = minutes.last().map(|last| last.minute);
        minutes.retain(|minute| Some(minute.minute) == last);
        Ok(minutes)
    }
}
