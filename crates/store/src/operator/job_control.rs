//! Doing something about one job by hand: try it again now, or take it back.

use wahana_domain::jobs::{JobOrMessageState, JobState, Queue};
use wahana_domain::{JobId, MessageId, OrganizationId, SessionId};
use wahana_jobs::{Job, SendMessage};

use super::{SystemJobControl, TenantJobControl};
use crate::jobs::dead_letters::DeadFilter;
use crate::messages::Cancellation;
use crate::{StoreError, Wake};

/// What became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Acted {
    /// It is done.
    Done,
    /// There is no such job.
    NotFound,
    /// Not in this state.
    WrongState(JobOrMessageState),
}

impl TenantJobControl<'_> {
    /// Has a job done now: a dead letter begins anew, one that waits for its next try need not wait.
    pub async fn retry(self, id: JobId) -> Result<Acted, StoreError> {
        let now = self.tenant.store.clock().now();
        let mut tx = self.tenant.begin().await?;
        let job = sqlx::query!(
            r#"select state as "state: JobState", lane as "lane: SessionId", queue
               from jobs
               where id = $1
               for update"#,
            id.0
        )
        .fetch_optional(&mut *tx)
        .await?;
        let Some(job) = job else { return Ok(Acted::NotFound) };
        match job.state {
            JobState::Dead => {
                // Ended here and now: its lock would hide the row from the replay.
                tx.commit().await?;
                self.tenant
                    .dead_letters()
                    .replay(&DeadFilter { jobs: Some(vec![id]), ..DeadFilter::default() })
                    .await?;
            }
            JobState::Pending => {
                sqlx::query!("update jobs set run_at = least(run_at, $2) where id = $1", id.0, now)
                    .execute(&mut *tx)
                    .await?;
                let queue = Queue::plain(&job.queue).map(Wake::Queue);
                if let Some(wake) = job.lane.map(Wake::Lane).or(queue) {
                    tx.wake(wake);
                }
                tx.audit("job.retry", id, serde_json::json!({})).await?;
                tx.commit().await?;
            }
            JobState::Released | JobState::Running => return Ok(Acted::WrongState(job.state.into())),
        }
        Ok(Acted::Done)
    }

    /// Takes a job back that does not run: of a send, the message is cancelled with it; a dead letter is thrown away.
    pub async fn cancel(self, id: JobId) -> Result<Acted, StoreError> {
        let mut tx = self.tenant.begin().await?;
        let job = sqlx::query!(
            r#"select state as "state: JobState", kind from jobs where id = $1 for update"#,
            id.0
        )
        .fetch_optional(&mut *tx)
        .await?;
        let Some(job) = job else { return Ok(Acted::NotFound) };
        if job.state == JobState::Running {
            return Ok(Acted::WrongState(job.state.into()));
        }
        if job.kind == SendMessage::NAME && job.state != JobState::Dead {
            drop(tx);
            return Ok(match self.tenant.messages().cancel(MessageId(id.0)).await? {
                Cancellation::Cancelled => Acted::Done,
                Cancellation::NotFound => Acted::NotFound,
                Cancellation::TooLate(state) => Acted::WrongState(state.into()),
            });
        }
        sqlx::query!("delete from jobs where id = $1", id.0).execute(&mut *tx).await?;
        tx.audit("job.cancel", id, serde_json::json!({ "kind": job.kind, "was": job.state })).await?;
        tx.commit().await?;
        Ok(Acted::Done)
    }
}

impl SystemJobControl<'_> {
    /// Whose job this is.
    pub async fn organization_of(self, id: JobId) -> Result<Option<OrganizationId>, StoreError> {
        Ok(sqlx::query_scalar!(
            r#"select organization_id as "id: OrganizationId" from jobs where id = $1"#,
            id.0
        )
        .fetch_optional(self.system.store.pool())
        .await?)
    }
}
