//! What a session did, day by day, and what would be hit if it went away.

use chrono::NaiveDate;
use chrono_tz::Tz;
use wahana_domain::campaigns::CampaignState;
use wahana_domain::{CampaignId, SenderPoolId, SessionId};

use super::TenantSessions;
use crate::StoreError;

/// What a session did on one day of its time zone.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct SessionDay {
    /// The day.
    pub date: NaiveDate,
    /// Messages that left.
    pub sent: i64,
    /// Of those, messages of class bulk.
    pub bulk: i64,
    /// Of all, messages that began a chat.
    pub new_chats: i64,
    /// Messages that reached a device.
    pub delivered: i64,
    /// Messages that were read.
    pub read: i64,
    /// Messages that failed.
    pub failed: i64,
    /// Messages that came.
    pub received: i64,
}

/// What a session's end would hit.
#[derive(Clone, Debug, Default)]
pub struct Impact {
    /// Messages that wait in its lane.
    pub waiting: i64,
    /// Campaigns that send through it and have not ended.
    pub campaigns: Vec<HitCampaign>,
    /// Sender pools that it is a member of.
    pub pools: Vec<HitPool>,
}

/// A campaign that sends through a session and has not ended.
#[derive(Clone, Debug)]
pub struct HitCampaign {
    /// Its id.
    pub id: CampaignId,
    /// Its name.
    pub name: String,
    /// How far it is.
    pub state: CampaignState,
    /// People who have no message yet.
    pub people_left: i32,
    /// Whether no other session sends it.
    pub only_sender: bool,
}

/// A sender pool that a session is a member of.
#[derive(Clone, Debug)]
pub struct HitPool {
    /// Its id.
    pub id: SenderPoolId,
    /// Its name.
    pub name: String,
    /// Its other members that may send.
    pub others: i64,
}

impl TenantSessions<'_> {
    /// What a session did on the last `days` days of this zone, oldest first, today included. Reads its messages.
    pub async fn days(self, session: SessionId, zone: Tz, days: u16) -> Result<Vec<SessionDay>, StoreError> {
        let now = self.tenant.store.clock().now();
        let mut tx = self.tenant.begin().await?;
        Ok(sqlx::query_file_as!(
            SessionDay,
            "src/sessions/session_days.sql",
            session.0,
            now,
            zone.name(),
            i32::from(days),
        )
        .fetch_all(&mut *tx)
        .await?)
    }

    /// What the end of a session would hit.
    pub async fn impact(self, session: SessionId) -> Result<Impact, StoreError> {
        let mut tx = self.tenant.begin().await?;
        let waiting = sqlx::query_scalar!(
            r#"select count(*) as "n!" from jobs where lane = $1 and state in ('pending', 'released')"#,
            session.0
        )
        .fetch_one(&mut *tx)
        .await?;
        let campaigns = sqlx::query_as!(
            HitCampaign,
            r#"select c.id as "id: CampaignId", c.name, c.state as "state: CampaignState",
                      greatest(c.total - c.cursor, 0) as "people_left!",
                      not exists (
                          select 1 from campaign_senders o where o.campaign_id = c.id and o.session_id <> $1
                      ) as "only_sender!"
               from campaigns c
               join campaign_senders s on s.campaign_id = c.id
               where s.session_id = $1 and c.state in ('scheduled', 'running', 'paused')
               order by c.id"#,
            session.0
        )
        .fetch_all(&mut *tx)
        .await?;
        let pools = sqlx::query_as!(
            HitPool,
            r#"select p.id as "id: SenderPoolId", p.name,
                      (
                          select count(*)
                          from sender_pool_members o
                          where o.pool_id = p.id and o.session_id <> $1 and o.enabled
                      ) as "others!"
               from sender_pools p
               join sender_pool_members m on m.pool_id = p.id
               where m.session_id = $1
               order by p.id"#,
            session.0
        )
        .fetch_all(&mut *tx)
        .await?;
        Ok(Impact { waiting, campaigns, pools })
    }
}
