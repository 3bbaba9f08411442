//! Deleting a session: what sends through it, and what of it is taken back.

use serde_json::json;
use wahana_domain::{CampaignId, SessionId};
use wahana_jobs::SyncSession;

use super::TenantSessions;
use super::choices::{ScheduledMessages, scheduled_messages};
use crate::{Enqueue, StoreError, Tx};

/// A campaign that sends through a session and has not ended.
#[derive(Clone, Debug)]
pub struct SenderOf {
    /// The campaign.
    pub id: CampaignId,
    /// Its name.
    pub name: String,
}

/// How the deletion of a session ended.
#[derive(Clone, Debug)]
pub enum Deletion {
    /// Messages of it wait for their time.
    Scheduled(ScheduledMessages),
    /// It will be unpaired and removed.
    Deleted,
    /// There is no such session.
    NotFound,
    /// These send through it.
    InUse {
        /// Campaigns that have not ended.
        campaigns: Vec<SenderOf>,
        /// Names of the sender pools it is a member of.
        pools: Vec<String>,
    },
}

impl TenantSessions<'_> {
    /// Deletes a session: takes back what it has not sent, and has it unpaired and removed at WAHA. Unless `force`,
    /// not while campaigns or sender pools send through it; with it, they lose this sender, and a campaign pauses if
    /// it was the last.
    /// Scheduled messages are taken back only with `cancel_scheduled`.
    pub async fn delete(
        self,
        id: SessionId,
        force: bool,
        cancel_scheduled: bool,
    ) -> Result<Deletion, StoreError> {
        let now = self.tenant.store.clock().now();
        let mut tx = self.tenant.begin().await?;
        let found = sqlx::query_scalar!(
            "select 1 as one from sessions where id = $1 and deleted_at is null for update",
            id.0
        )
        .fetch_optional(&mut *tx)
        .await?;
        if found.is_none() {
            return Ok(Deletion::NotFound);
        }
        let campaigns = open_campaigns(&mut tx, id).await?;
        let pools = pools_of(&mut tx, id).await?;
        if !campaigns.is_empty() || !pools.is_empty() {
            if !force {
                return Ok(Deletion::InUse { campaigns, pools });
            }
            drop_sender(&mut tx, id).await?;
        }
        let scheduled = scheduled_messages(&mut tx, id, now).await?;
        if scheduled.count > 0 && !cancel_scheduled {
            return Ok(Deletion::Scheduled(scheduled));
        }
        crate::jobs::withdraw::of_session(&mut tx, id, now).await?;
        sqlx::query!("update sessions set desired = 'deleted', deleted_at = $2 where id = $1", id.0, now)
            .execute(&mut *tx)
            .await?;
        tx.enqueue(Enqueue::now(self.tenant.organization(), SyncSession { session: id })).await?;
        tx.audit("session.delete", id, json!({ "force": force, "scheduled": scheduled.count })).await?;
        tx.commit().await?;
        Ok(Deletion::Deleted)
    }
}

async fn open_campaigns(tx: &mut Tx, session: SessionId) -> Result<Vec<SenderOf>, StoreError> {
    Ok(sqlx::query_as!(
        SenderOf,
        r#"select c.id as "id: CampaignId", c.name
           from campaigns c
           join campaign_senders s on s.campaign_id = c.id
           where s.session_id = $1 and c.state in ('scheduled', 'running', 'paused')
           order by c.id"#,
        session.0
    )
    .fetch_all(&mut **tx)
    .await?)
}

async fn pools_of(tx: &mut Tx, session: SessionId) -> Result<Vec<String>, StoreError> {
    Ok(sqlx::query_scalar!(
        "select p.name
         from sender_pools p
         join sender_pool_members m on m.pool_id = p.id
         where m.session_id = $1
         order by p.id",
        session.0
    )
    .fetch_all(&mut **tx)
    .await?)
}

async fn drop_sender(tx: &mut Tx, session: SessionId) -> Result<(), StoreError> {
    sqlx::query!("delete from campaign_senders where session_id = $1", session.0).execute(&mut **tx).await?;
    sqlx::query!("delete from sender_pool_members where session_id = $1", session.0)
        .execute(&mut **tx)
        .await?;
    sqlx::query!("delete from sender_pool_contacts where session_id = $1", session.0)
        .execute(&mut **tx)
        .await?;
    sqlx::query!(
        "update campaigns c
         set state = case state when 'running' then 'paused'::campaign_state else 'draft'::campaign_state end
         where state in ('running', 'scheduled')
           and not exists (select 1 from campaign_senders s where s.campaign_id = c.id)",
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
