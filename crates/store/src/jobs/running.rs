//! The fence and the end of jobs on plain queues, and what is done about workers that vanished.

use std::time::Duration;

use chrono::{DateTime, Utc};
use wahana_domain::jobs::{JobState, QueueCode};
use wahana_domain::{JobId, OrganizationId, Reason};
use wahana_jobs::Outcome;

use super::SystemJobs;
use crate::StoreError;
use crate::db::interval::pg_interval;

/// A job that is ours to do now.
#[derive(Clone, Debug)]
pub struct FencedJob {
    /// The job.
    pub id: JobId,
    /// Whose it is.
    pub organization: OrganizationId,
    /// Its persisted name.
    pub kind: String,
    /// What was recorded.
    pub payload: serde_json::Value,
    /// Number of this attempt, from 1.
    pub attempt: u32,
    /// When the fence was taken.
    pub started_at: DateTime<Utc>,
    /// The trace it belongs to.
    pub traceparent: Option<String>,
}

impl SystemJobs<'_> {
    /// Takes the fence of a released job; `None` if it is gone or somebody else has it.
    #[tracing::instrument(level = "debug", target = "wahana_store::db", skip_all, fields(otel.kind = "client",
        otel.name = "fence jobs", db.system.name = "postgresql", db.operation.name = "fence",
        db.query.summary = "fence jobs", db.collection.name = "jobs"))]
    pub async fn fence(
        self,
        job: JobId,
        owner: &str,
        lease: Duration,
    ) -> Result<Option<FencedJob>, StoreError> {
        let started_at = self.system.store.clock().now();
        let row = sqlx::query!(
            r#"update jobs
               set state = 'running', attempt = attempt + 1, owner = $2, lease_until = now() + $3::interval,
                   started_at = $4
               where id = $1
                 and state = 'released'
                 and not exists (select 1 from queue_holds h where coalesce(h.queue, jobs.queue) = jobs.queue)
               returning organization_id as "organization: OrganizationId", kind, payload, attempt,
                         traceparent"#,
            job.0,
            owner,
            pg_interval(lease),
            started_at,
        )
        .fetch_optional(self.system.store.pool())
        .await?;
        if row.is_none() {
            self.hold_job(job).await?;
        }
        Ok(row.map(|r| FencedJob {
            id: job,
            organization: r.organization,
            kind: r.kind,
            payload: r.payload,
            attempt: r.attempt.max(1) as u32,
            started_at,
            traceparent: r.traceparent,
        }))
    }

    /// Puts a released job of a queue that an operator holds back among those that wait.
    async fn hold_job(self, job: JobId) -> Result<(), StoreError> {
        sqlx::query!(
            r#"update jobs set state = 'pending', released_at = null where id = $1 and state = 'released'
               and exists (select 1 from queue_holds h where coalesce(h.queue, jobs.queue) = jobs.queue)"#,
            job.0
        )
        .execute(self.system.store.pool())
        .await?;
        Ok(())
    }

    /// Writes down how an attempt ended. A lost lease makes it a no-op: somebody else has the job.
    pub async fn settle(
        self,
        job: &FencedJob,
        owner: &str,
        outcome: &Outcome,
        run_at: Option<DateTime<Utc>>,
    ) -> Result<(), StoreError> {
        let mut tx = self.system.begin().await?;
        // The same wish may wait already; then this one need not wait beside it, and ends.
        let over = matches!(outcome, Outcome::Done);
        let ours = sqlx::query_file!(
            "src/jobs/settle_job.sql",
            job.id.0,
            owner,
            job.attempt as i32,
            over,
            outcome.as_str(),
            run_at,
            outcome.code().map(Reason::as_str),
            outcome.detail(),
        )
        .fetch_optional(&mut *tx)
        .await?;
        let nothing_to_tell = matches!(outcome, Outcome::Defer { .. }) || (over && job.attempt == 1);
        if ours.is_some() && !nothing_to_tell {
            sqlx::query!(
                "insert into attempts (
                     job_id, organization_id, kind, n, owner, started_at, finished_at, outcome, code, detail
                 )
                 values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
                job.id.0,
                job.organization.0,
                job.kind,
                job.attempt as i32,
                owner,
                job.started_at,
                self.system.store.clock().now(),
                outcome.as_str(),
                outcome.code().map(Reason::as_str),
                outcome.detail(),
            )
            .execute(&mut *tx)
            .await?;
        }
        tx.commit().await
    }

    /// Keeps the leases of these jobs alive, as far as they are still this owner's. Returns which are.
    #[tracing::instrument(level = "debug", target = "wahana_store::db", skip_all, fields(otel.kind = "client",
        otel.name = "renew jobs", db.system.name = "postgresql", db.operation.name = "renew",
        db.query.summary = "renew jobs", db.collection.name = "jobs"))]
    pub async fn renew_leases(
        self,
        jobs: &[JobId],
        owner: &str,
        lease: Duration,
    ) -> Result<Vec<JobId>, StoreError> {
        let ids: Vec<_> = jobs.iter().map(|job| job.0).collect();
        let renewed = sqlx::query_scalar!(
            r#"with ours as (
                   -- What is locked is ending just now.
                   select id
                   from jobs
                   where id = any($1) and state = 'running' and owner = $2
                   for update skip locked
               )
               update jobs j
               set lease_until = now() + $3::interval
               from ours
               where j.id = ours.id
               returning j.id as "id: JobId""#,
            &ids,
            owner,
            pg_interval(lease),
        )
        .fetch_all(self.system.store.pool())
        .await?;
        Ok(renewed)
    }

    /// How many jobs stand in each state per queue, and how old the oldest due one is: for metrics.
    pub async fn queue_depths(self) -> Result<Vec<QueueDepth>, StoreError> {
        let mut tx = self.system.begin().await?;
        // The whole table is wanted, and `Plans::Once` would read it through an index.
        sqlx::query("set local enable_seqscan = on").execute(&mut *tx).await?;
        let rows = sqlx::query_as!(
            QueueDepth,
            r#"select queue, state as "state: JobState", count(*) as "jobs!",
                      coalesce(extract(epoch from $1 - min(run_at)), 0)::float8 as "oldest_seconds!"
               from jobs group by queue, state"#,
            self.system.store.clock().now(),
        )
        .fetch_all(&mut *tx)
        .await?;
        Ok(rows)
    }
}

/// Jobs of one queue in one state.
#[derive(Clone, Debug)]
pub struct QueueDepth {
    /// The queue.
    pub queue: QueueCode,
    /// The state.
    pub state: JobState,
    /// How many.
    pub jobs: i64,
    /// Seconds since the oldest of them was due; negative while none is.
    pub oldest_seconds: f64,
}
