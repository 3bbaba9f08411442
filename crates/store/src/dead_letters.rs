//! Dead letters: jobs that gave up. They stay until somebody replays them, with every attempt on record.

use chrono::{DateTime, Utc};
use serde_json::json;
use uuid::Uuid;
use wahana_domain::{JobId, SessionId};
use wahana_jobs::Queue;

use crate::{Page, PageRequest, StoreError, Tenant, Wake};

/// A job that gave up.
#[derive(Clone, Debug)]
pub struct DeadLetter {
    /// The job; of a message, the message's own uuid.
    pub id: JobId,
    /// Its kind.
    pub kind: String,
    /// What was recorded: ids only.
    pub payload: serde_json::Value,
    /// Attempts made.
    pub attempt: i32,
    /// Why it gave up: a stable code.
    pub error_code: Option<String>,
    /// The same for people.
    pub error_detail: Option<String>,
    /// When it was recorded.
    pub created_at: DateTime<Utc>,
}

impl Tenant {
    /// Dead letters, newest first; with `code`, only those that gave up for this reason.
    pub async fn dead_letters(
        &self,
        code: Option<&str>,
        page: PageRequest,
    ) -> Result<Page<DeadLetter>, StoreError> {
        let mut tx = self.begin().await?;
        let rows = sqlx::query_as!(
            DeadLetter,
            r#"select id as "id: JobId", kind, payload, attempt, error_code, error_detail, created_at from jobs
               where state = 'dead' and ($1::text is null or error_code = $1) and ($2::uuid is null or id < $2) order by id desc limit $3"#,
            code,
            page.before,
            page.fetch(),
        )
        .fetch_all(&mut *tx)
        .await?;
        Ok(Page::cut(rows, page, |row| row.id.0))
    }

    /// Puts dead letters back to work: these, or with `code` all that gave up for this reason. Returns how many.
    pub async fn replay_dead_letters(
        &self,
        jobs: Option<&[JobId]>,
        code: Option<&str>,
    ) -> Result<u64, StoreError> {
        let ids: Option<Vec<Uuid>> = jobs.map(|jobs| jobs.iter().map(|job| job.0).collect());
        let now = self.store.clock().now();
        let mut tx = self.begin().await?;
        let back = sqlx::query!(
            r#"with back as (
                   update jobs set state = 'pending', run_at = $3, attempt = 0, error_code = null, error_detail = null
                   where state = 'dead' and ($1::uuid[] is null or id = any($1)) and ($2::text is null or error_code = $2)
                   returning id, lane, queue
               ), moved as (
                   update messages m set state = 'queued', settled_at = null, error_code = null, error_detail = null
                   from back where m.id = back.id and m.state = 'failed'
               )
               select lane as "lane: SessionId", queue from back"#,
            ids.as_deref(),
            code,
            now,
        )
        .fetch_all(&mut *tx)
        .await?;
        for job in &back {
            let queue = Queue::PLAIN.into_iter().find(|queue| queue.as_str() == job.queue);
            if let Some(wake) = job.lane.map(Wake::Lane).or(queue.map(Wake::Queue)) {
                tx.wake(wake);
            }
        }
        tx.audit("dead_letters.replay", code.unwrap_or("by id"), json!({ "replayed": back.len() })).await?;
        tx.commit().await?;
        Ok(back.len() as u64)
    }
}
