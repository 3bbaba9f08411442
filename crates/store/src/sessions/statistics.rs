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
        Ok(sqlx::query_as!(
            SessionDay,
            r#"with span as (
                   select ($2::timestamptz at time zone $3)::date as today, ($2::timestamptz at time zone $3)::date - ($4::int - 1) as first
               ), used as (
                   select (quarter at time zone $3)::date as day, sum(sent) as sent, sum(bulk) as bulk, sum(new_chats) as new_chats
                   from session_usage, span where session_id = $1 and quarter >= first::timestamp at time zone $3 group by 1
               ), told as (
                   select (e.at at time zone $3)::date as day, count(*) filter (where e.what = 'delivered') as delivered,
                          count(*) filter (where e.what = 'read') as read, count(*) filter (where e.what = 'failed') as failed,
                          count(*) filter (where e.what = 'received') as received
                   from span, messages m cross join lateral (values
                       ('delivered', case when m.direction = 'outbound' then coalesce(m.delivered_at, m.read_at) end),
                       ('read', case when m.direction = 'outbound' then m.read_at end),
                       ('failed', case when m.state = 'failed' then m.settled_at end),
                       ('received', case when m.direction = 'inbound' then m.created_at end)) as e (what, at)
                   where m.session_id = $1 and e.at >= first::timestamp at time zone $3 group by 1
               )
               select d::date as "date!", coalesce(u.sent, 0) as "sent!", coalesce(u.bulk, 0) as "bulk!", coalesce(u.new_chats, 0) as "new_chats!",
                      coalesce(t.delivered, 0) as "delivered!", coalesce(t.read, 0) as "read!", coalesce(t.failed, 0) as "failed!",
                      coalesce(t.received, 0) as "received!"
               from span cross join generate_series(first::timestamp, today::timestamp, interval '1 day') as d
               left join used u on u.day = d::date left join told t on t.day = d::date order by d"#,
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
            r#"select c.id as "id: CampaignId", c.name, c.state as "state: CampaignState", greatest(c.total - c.cursor, 0) as "people_left!",
                      not exists (select 1 from campaign_senders o where o.campaign_id = c.id and o.session_id <> $1) as "only_sender!"
               from campaigns c join campaign_senders s on s.campaign_id = c.id
               where s.session_id = $1 and c.state in ('scheduled', 'running', 'paused') order by c.id"#,
            session.0
        )
        .fetch_all(&mut *tx)
        .await?;
        let pools = sqlx::query_as!(
            HitPool,
            r#"select p.id as "id: SenderPoolId", p.name,
                      (select count(*) from sender_pool_members o where o.pool_id = p.id and o.session_id <> $1 and o.enabled) as "others!"
               from sender_pools p join sender_pool_members m on m.pool_id = p.id where m.session_id = $1 order by p.id"#,
            session.0
        )
        .fetch_all(&mut *tx)
        .await?;
        Ok(Impact { waiting, campaigns, pools })
    }
}
