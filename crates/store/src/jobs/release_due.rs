//! Releasing bulk jobs that are due, where each needs a look of its own: the window of its recipient, the rate and
//! window of its campaign, whether it begins a chat. Lanes without any of these go through `relay` alone.

use chrono::{DateTime, Utc};
use sqlx::types::Json;
use uuid::Uuid;
use wahana_domain::messages::Class;
use wahana_domain::policy::CampaignPace;
use wahana_domain::waiting::WaitingFor;
use wahana_domain::{CampaignId, JobId, SessionId};

use super::SystemLanes;
use crate::jobs::relay::Released;
use crate::{StoreError, Tx};

/// Due jobs of one lane; nobody else takes them until this is put back.
pub struct Due {
    tx: Tx,
    lane: SessionId,
    /// The jobs, oldest first.
    pub jobs: Vec<DueJob>,
    /// Of campaigns with a rate of their own: when the next message is due by it. Those that others are at are missing.
    pub rates: Vec<(CampaignId, Option<DateTime<Utc>>)>,
}

/// A job that is due.
#[derive(Clone, Debug)]
pub struct DueJob {
    /// The job; also the message.
    pub job: JobId,
    /// E.164 digits, unless it goes to a group.
    pub phone: Option<String>,
    /// The person's time zone, where somebody told us.
    pub time_zone: Option<String>,
    /// Whether it begins a chat.
    pub new_chat: bool,
    /// The campaign it belongs to.
    pub campaign: Option<CampaignId>,
    /// That campaign's own rate and window.
    pub pace: Option<Json<CampaignPace>>,
}

/// A job that may not go yet.
#[derive(Clone, Copy, Debug)]
pub struct Held {
    /// The job.
    pub job: JobId,
    /// Until when.
    pub until: DateTime<Utc>,
    /// Why.
    pub why: WaitingFor,
}

impl SystemLanes<'_> {
    /// Takes up to `n` bulk jobs of this lane that are due. Those of paused campaigns stay.
    pub async fn take_due(self, lane: SessionId, n: u32) -> Result<Due, StoreError> {
        let mut tx = self.system.begin().await?;
        let jobs = sqlx::query_as!(
            DueJob,
            r#"select j.id as "job: JobId", m.phone, m.time_zone, m.new_chat,
                      j.campaign_id as "campaign: CampaignId", c.pace as "pace?: Json<CampaignPace>"
               from jobs j
               join messages m on m.id = j.id
               left join campaigns c on c.id = j.campaign_id
               where j.lane = $1 and j.class = 'bulk' and j.state = 'pending' and j.run_at <= $2
                 and (c.id is null or c.state = 'running')
               order by j.run_at, j.id
               limit $3
               for update of j skip locked"#,
            lane.0,
            self.system.store.clock().now(),
            i64::from(n),
        )
        .fetch_all(&mut *tx)
        .await?;
        let rated = |job: &DueJob| {
            job.campaign.filter(|_| job.pace.as_ref().is_some_and(|p| p.messages_per_hour.is_some()))
        };
        let campaigns: Vec<Uuid> = jobs.iter().filter_map(rated).map(|id| id.0).collect();
        let rates = if campaigns.is_empty() { Vec::new() } else { lock_rates(&mut tx, &campaigns).await? };
        Ok(Due { tx, lane, jobs, rates })
    }
}

/// Does not wait for a locked campaign: the transaction that holds it may be waiting for a job of ours.
async fn lock_rates(
    tx: &mut Tx,
    campaigns: &[Uuid],
) -> Result<Vec<(CampaignId, Option<DateTime<Utc>>)>, StoreError> {
    let rows = sqlx::query!(
        r#"select id as "id: CampaignId", rate_due_at
           from campaigns
           where id = any($1)
           for update skip locked"#,
        campaigns
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.rate_due_at)).collect())
}

impl Due {
    /// Releases those that may go, puts off those that may not, and notes when campaigns with a rate are due again.
    pub async fn release(
        mut self,
        open: &[JobId],
        held: &[Held],
        rates: &[(CampaignId, DateTime<Utc>)],
    ) -> Result<Vec<Released>, StoreError> {
        let now = self.tx.store().clock().now();
        let (ids, due): (Vec<Uuid>, Vec<DateTime<Utc>>) = rates.iter().map(|(id, due)| (id.0, *due)).unzip();
        if !ids.is_empty() {
            sqlx::query!(
                "update campaigns c
                 set rate_due_at = x.due
                 from unnest($1::uuid[], $2::timestamptz[]) as x (id, due)
                 where c.id = x.id",
                &ids,
                &due,
            )
            .execute(&mut *self.tx)
            .await?;
        }
        self.hold(held).await?;
        let open: Vec<Uuid> = open.iter().map(|job| job.0).collect();
        sqlx::query!(
            r#"with queued as (
                   update messages set state = 'queued' where id = any($1) and state = 'scheduled'
               )
               update jobs set state = 'released', released_at = $2, held_for = null where id = any($1)"#,
            &open,
            now,
        )
        .execute(&mut *self.tx)
        .await?;
        self.tx.commit().await?;
        Ok(open
            .into_iter()
            .map(|id| Released { job: JobId(id), lane: self.lane, class: Class::Bulk })
            .collect())
    }

    async fn hold(&mut self, held: &[Held]) -> Result<(), StoreError> {
        if held.is_empty() {
            return Ok(());
        }
        let ids: Vec<Uuid> = held.iter().map(|h| h.job.0).collect();
        let until: Vec<DateTime<Utc>> = held.iter().map(|h| h.until).collect();
        let why: Vec<&str> = held.iter().map(|h| h.why.as_str()).collect();
        // What waited for its `send_at` waits for something else now.
        sqlx::query!(
            r#"with x as (
                   select * from unnest($1::uuid[], $2::timestamptz[], $3::text[]) as x (id, until, why)
               ), queued as (
                   update messages m set state = 'queued' from x where m.id = x.id and m.state = 'scheduled'
               )
               update jobs j set run_at = x.until, held_for = x.why from x where j.id = x.id"#,
            &ids,
            &until,
            &why as &[&str],
        )
        .execute(&mut *self.tx)
        .await?;
        Ok(())
    }
}
