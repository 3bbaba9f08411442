//! Dead letters: jobs that gave up. They stay until somebody replays them, with every attempt on record.

use chrono::{DateTime, Utc};
use serde_json::json;
use uuid::Uuid;
use wahana_domain::jobs::{JobKindCode, Queue};
use wahana_domain::{CampaignId, JobId, OrganizationId, ReasonCode, SessionId};

use super::{SystemDeadLetters, TenantDeadLetters};
use crate::{Page, PageRequest, StoreError, Tx, Wake};

/// A job that gave up.
#[derive(Clone, Debug)]
pub struct DeadLetter {
    /// The job; of a message, the message's own uuid.
    pub id: JobId,
    /// Its kind.
    pub kind: JobKindCode,
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

/// Most dead letters put back in one transaction.
pub const BATCH: i64 = 1_000;

/// Which dead letters; `None` is any.
#[derive(Clone, Debug, Default)]
pub struct DeadFilter {
    /// These.
    pub jobs: Option<Vec<JobId>>,
    /// That gave up for this reason.
    pub code: Option<ReasonCode>,
    /// Of this organization.
    pub organization: Option<OrganizationId>,
    /// Of this campaign.
    pub campaign: Option<CampaignId>,
    /// Of the lane of this session.
    pub session: Option<SessionId>,
    /// Of this kind.
    pub kind: Option<JobKindCode>,
    /// Recorded at this time or later.
    pub since: Option<DateTime<Utc>>,
    /// Recorded before this time.
    pub until: Option<DateTime<Utc>>,
}

impl DeadFilter {
    fn ids(&self) -> Option<Vec<Uuid>> {
        self.jobs.as_ref().map(|jobs| jobs.iter().map(|job| job.0).collect())
    }

    fn code(&self) -> Option<&str> {
        self.code.as_ref().map(ReasonCode::as_str)
    }

    fn kind(&self) -> Option<&str> {
        self.kind.as_ref().map(JobKindCode::as_str)
    }
}

/// What a replay did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Replayed {
    /// Put back to work.
    pub replayed: u64,
    /// Of the same filter, still dead: ask again.
    pub left: u64,
}

/// Dead letters of one kind that gave up for one reason.
#[derive(Clone, Debug)]
pub struct DeadGroup {
    /// The kind.
    pub kind: JobKindCode,
    /// The reason.
    pub error_code: Option<String>,
    /// How many.
    pub jobs: i64,
    /// When the oldest was recorded.
    pub oldest: DateTime<Utc>,
}

impl TenantDeadLetters<'_> {
    /// Dead letters, newest first; with `code`, only those that gave up for this reason.
    pub async fn list(
        self,
        code: Option<&ReasonCode>,
        page: PageRequest,
    ) -> Result<Page<DeadLetter>, StoreError> {
        let mut tx = self.tenant.begin().await?;
        let rows = sqlx::query_as!(
            DeadLetter,
            r#"select id as "id: JobId", kind, payload, attempt, error_code, error_detail, created_at
               from jobs
               where state = 'dead' and ($1::text is null or error_code = $1)
                 and ($2::uuid is null or id < $2)
               order by id desc
               limit $3"#,
            code.map(ReasonCode::as_str),
            page.before,
            page.fetch(),
        )
        .fetch_all(&mut *tx)
        .await?;
        Ok(Page::cut(rows, page, |row| row.id.0))
    }

    /// How many dead letters of each kind gave up for each reason, the most first.
    pub async fn groups(self) -> Result<Vec<DeadGroup>, StoreError> {
        groups(self.tenant.begin().await?, Some(self.tenant.organization())).await
    }

    /// How many dead letters these are.
    pub async fn count(self, filter: &DeadFilter) -> Result<u64, StoreError> {
        let own = DeadFilter { organization: Some(self.tenant.organization()), ..filter.clone() };
        count(&mut self.tenant.begin().await?, &own).await
    }

    /// Puts dead letters back to work, the oldest first and at most [`BATCH`] at once.
    pub async fn replay(self, filter: &DeadFilter) -> Result<Replayed, StoreError> {
        let own = DeadFilter { organization: Some(self.tenant.organization()), ..filter.clone() };
        replay(self.tenant.begin().await?, &own).await
    }
}

impl SystemDeadLetters<'_> {
    /// How many dead letters of each kind gave up for each reason, the most first.
    pub async fn groups(self) -> Result<Vec<DeadGroup>, StoreError> {
        groups(self.system.begin().await?, None).await
    }

    /// How many dead letters these are.
    pub async fn count(self, filter: &DeadFilter) -> Result<u64, StoreError> {
        count(&mut self.system.begin().await?, filter).await
    }

    /// Puts dead letters back to work, the oldest first and at most [`BATCH`] at once.
    pub async fn replay(self, filter: &DeadFilter) -> Result<Replayed, StoreError> {
        replay(self.system.begin().await?, filter).await
    }
}

async fn groups(mut tx: Tx, organization: Option<OrganizationId>) -> Result<Vec<DeadGroup>, StoreError> {
    Ok(sqlx::query_as!(
        DeadGroup,
        r#"select kind, error_code, count(*) as "jobs!", min(created_at) as "oldest!"
           from jobs
           where state = 'dead' and ($1::uuid is null or organization_id = $1)
           group by kind, error_code
           order by 3 desc
           limit 200"#,
        organization.map(|id| id.0),
    )
    .fetch_all(&mut *tx)
    .await?)
}

async fn count(tx: &mut Tx, filter: &DeadFilter) -> Result<u64, StoreError> {
    let ids = filter.ids();
    let n = sqlx::query_scalar!(
        r#"select count(*) as "n!"
           from jobs
           where state = 'dead' and ($1::uuid[] is null or id = any($1))
             and ($2::text is null or error_code = $2) and ($3::uuid is null or organization_id = $3)
             and ($4::uuid is null or campaign_id = $4) and ($5::uuid is null or lane = $5)
             and ($6::text is null or kind = $6) and ($7::timestamptz is null or created_at >= $7)
             and ($8::timestamptz is null or created_at < $8)"#,
        ids.as_deref(),
        filter.code(),
        filter.organization.map(|id| id.0),
        filter.campaign.map(|id| id.0),
        filter.session.map(|id| id.0),
        filter.kind(),
        filter.since,
        filter.until,
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok(n.max(0) as u64)
}

async fn replay(mut tx: Tx, filter: &DeadFilter) -> Result<Replayed, StoreError> {
    let ids = filter.ids();
    let now = tx.store().clock().now();
    let back = sqlx::query_file!(
        "src/jobs/replay_dead_letters.sql",
        ids.as_deref(),
        filter.code(),
        filter.organization.map(|id| id.0),
        filter.campaign.map(|id| id.0),
        filter.session.map(|id| id.0),
        filter.kind(),
        filter.since,
        filter.until,
        BATCH,
        now,
    )
    .fetch_all(&mut *tx)
    .await?;
    for job in &back {
        let queue = Queue::plain(&job.queue).map(Wake::Queue);
        if let Some(wake) = job.lane.map(Wake::Lane).or(queue) {
            tx.wake(wake);
        }
    }
    let left = count(&mut tx, filter).await?;
    if !back.is_empty() {
        let target = filter.jobs.as_deref().filter(|jobs| jobs.len() == 1).map(|jobs| jobs[0].to_string());
        let detail = json!({ "replayed": back.len(), "left": left, "code": filter.code, "kind": filter.kind,
            "campaign": filter.campaign, "session": filter.session, "since": filter.since, "until": filter.until });
        tx.audit_of(filter.organization, "dead_letters.replay", target, detail).await?;
    }
    tx.commit().await?;
    Ok(Replayed { replayed: back.len() as u64, left })
}
