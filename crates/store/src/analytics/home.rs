//! What an organization sees at a glance: its home screen. Asked often, so every question here has a bound that does
//! not grow with its messages.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use wahana_domain::CampaignId;
use wahana_domain::campaigns::CampaignState;
use wahana_domain::health::Health;
use wahana_domain::messages::MessageState;
use wahana_domain::sessions::SessionStatus;
use wahana_domain::uuid_v7;

use super::TenantAnalytics;
use crate::{StoreError, Tx};

/// Messages of today looked at most, the newest.
pub const COUNTED_TODAY: i64 = 5_000;
/// Unread conversations looked at most, the newest.
const COUNTED_CONVERSATIONS: i64 = 1_000;
/// Dead letters counted at most.
const COUNTED_DEAD: i64 = 10_000;
/// Campaigns told.
const CAMPAIGNS: i64 = 5;

/// What an organization sees at a glance.
#[derive(Clone, Debug)]
pub struct OrganizationOverview {
    /// What it has done at least once.
    pub onboarding: Onboarding,
    /// How many campaigns run, wait for their time and are paused.
    pub campaigns: CampaignCounts,
    /// The newest of those, running ones first.
    pub newest_campaigns: Vec<OpenCampaign>,
    /// Conversations in which somebody wrote last and nobody looked.
    pub replies_waiting: i64,
    /// Its sessions by what WAHA says of them and how they are.
    pub sessions: Vec<CountedSessions>,
    /// Its messages since midnight.
    pub today: Today,
    /// Jobs that gave up.
    pub dead_letters: i64,
}

/// What an organization has done at least once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Onboarding {
    /// A phone is or was paired.
    pub session_paired: bool,
    /// A message left.
    pub message_sent: bool,
    /// A campaign was started or planned.
    pub campaign_started: bool,
}

/// How many campaigns are in each open state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CampaignCounts {
    /// They send.
    pub running: i64,
    /// They wait for their time.
    pub scheduled: i64,
    /// Somebody stopped them.
    pub paused: i64,
}

/// A campaign that has begun, or will by itself, and has not ended.
#[derive(Clone, Debug)]
pub struct OpenCampaign {
    /// Its id.
    pub id: CampaignId,
    /// Its name.
    pub name: String,
    /// Its state.
    pub state: CampaignState,
    /// When it began.
    pub started_at: Option<DateTime<Utc>>,
    /// People in it.
    pub total: i32,
    /// Messages that left.
    pub sent: i64,
    /// Of those, delivered.
    pub delivered: i64,
    /// Of those, read.
    pub read: i64,
    /// Messages that will not leave: failed, expired, cancelled.
    pub failed: i64,
}

/// Sessions that are alike.
#[derive(Clone, Debug)]
pub struct CountedSessions {
    /// What WAHA says.
    pub status: SessionStatus,
    /// How they are.
    pub health: Health,
    /// How many.
    pub sessions: i64,
}

/// An organization's messages since midnight in its zone.
#[derive(Clone, Debug)]
pub struct Today {
    /// Midnight.
    pub since: DateTime<Utc>,
    /// Messages that left, all of them.
    pub sent: i64,
    /// Messages by state, of the newest [`COUNTED_TODAY`].
    pub by_state: BTreeMap<&'static str, i64>,
    /// Whether those are all.
    pub complete: bool,
}

impl TenantAnalytics<'_> {
    /// What the organization sees at a glance.
    pub async fn home(self) -> Result<OrganizationOverview, StoreError> {
        let mut tx = self.tenant.begin().await?;
        Ok(OrganizationOverview {
            onboarding: onboarding(&mut tx).await?,
            campaigns: campaign_counts(&mut tx).await?,
            newest_campaigns: newest_campaigns(&mut tx).await?,
            replies_waiting: replies_waiting(&mut tx).await?,
            sessions: sessions(&mut tx).await?,
            today: today(&mut tx).await?,
            dead_letters: dead_letters(&mut tx).await?,
        })
    }
}

async fn onboarding(tx: &mut Tx) -> Result<Onboarding, StoreError> {
    Ok(sqlx::query_as!(
        Onboarding,
        r#"select exists (select 1 from sessions where phone is not null) as "session_paired!",
           exists (
               select 1
               from sessions s
               where exists (select 1 from session_usage u where u.session_id = s.id and u.sent > 0)
           ) as "message_sent!",
           exists (select 1 from campaigns where state <> 'draft') as "campaign_started!""#
    )
    .fetch_one(&mut **tx)
    .await?)
}

async fn campaign_counts(tx: &mut Tx) -> Result<CampaignCounts, StoreError> {
    Ok(sqlx::query_as!(
        CampaignCounts,
        r#"select count(*) filter (where state = 'running') as "running!",
                  count(*) filter (where state = 'scheduled') as "scheduled!",
                  count(*) filter (where state = 'paused') as "paused!"
           from campaigns
           where state in ('running', 'scheduled', 'paused')"#
    )
    .fetch_one(&mut **tx)
    .await?)
}

async fn newest_campaigns(tx: &mut Tx) -> Result<Vec<OpenCampaign>, StoreError> {
    Ok(sqlx::query_as!(
        OpenCampaign,
        r#"select c.id as "id: CampaignId", c.name, c.state as "state: CampaignState", c.started_at, c.total,
                  coalesce(p.sent, 0)::bigint as "sent!", coalesce(p.delivered, 0)::bigint as "delivered!",
                  coalesce(p.read, 0)::bigint as "read!", coalesce(p.failed, 0)::bigint as "failed!"
           from (select * from campaigns where state in ('running', 'scheduled', 'paused')
                 order by state = 'running' desc, id desc limit $1) c
           cross join lateral (
               select sum(n) filter (where state in ('sent', 'delivered', 'read', 'played')) as sent,
                      sum(n) filter (where state in ('delivered', 'read', 'played')) as delivered,
                      sum(n) filter (where state in ('read', 'played')) as read,
                      sum(n) filter (where state in ('failed', 'expired', 'cancelled')) as failed
               from campaign_progress where campaign_id = c.id
           ) p order by c.state = 'running' desc, c.id desc"#,
        CAMPAIGNS,
    )
    .fetch_all(&mut **tx)
    .await?)
}

async fn replies_waiting(tx: &mut Tx) -> Result<i64, StoreError> {
    Ok(sqlx::query_scalar!(
        r#"select count(*) as "n!"
           from (
               select session_id, chat_id
               from conversations
               where unread > 0
               order by last_message_id desc
               limit $1
           ) c
           join lateral (
               select direction
               from messages
               where session_id = c.session_id and chat_id = c.chat_id
               order by id desc
               limit 1
           ) m on m.direction = 'inbound'"#,
        COUNTED_CONVERSATIONS,
    )
    .fetch_one(&mut **tx)
    .await?)
}

async fn sessions(tx: &mut Tx) -> Result<Vec<CountedSessions>, StoreError> {
    Ok(sqlx::query_as!(
        CountedSessions,
        r#"select s.status as "status: SessionStatus", h.health as "health!: Health", count(*) as "sessions!"
           from sessions s
           cross join lateral session_health(s, $1) h
           where s.deleted_at is null
           group by 1, 2"#,
        tx.store().clock().now(),
    )
    .fetch_all(&mut **tx)
    .await?)
}

async fn today(tx: &mut Tx) -> Result<Today, StoreError> {
    let since = sqlx::query_scalar!(
        r#"select date_trunc('day', $1::timestamptz, time_zone) as "since!" from organizations"#,
        tx.store().clock().now(),
    )
    .fetch_one(&mut **tx)
    .await?;
    let sent = sqlx::query_scalar!(
        r#"select coalesce(sum(u.sent), 0)::bigint as "sent!" from sessions s
           join session_usage u on u.session_id = s.id and u.quarter >= $1"#,
        since,
    )
    .fetch_one(&mut **tx)
    .await?;
    let counts = sqlx::query!(
        r#"select state as "state: MessageState", count(*) as "n!"
           from (select state from messages where id >= $1 order by id desc limit $2) as newest group by 1"#,
        uuid_v7(since, 0),
        COUNTED_TODAY,
    )
    .fetch_all(&mut **tx)
    .await?;
    let complete = counts.iter().map(|row| row.n).sum::<i64>() < COUNTED_TODAY;
    let by_state = counts.into_iter().map(|row| (row.state.as_str(), row.n)).collect();
    Ok(Today { since, sent, by_state, complete })
}

async fn dead_letters(tx: &mut Tx) -> Result<i64, StoreError> {
    Ok(sqlx::query_scalar!(
        r#"select count(*) as "n!" from (select 1 from jobs where state = 'dead' limit $1) as dead"#,
        COUNTED_DEAD,
    )
    .fetch_one(&mut **tx)
    .await?)
}
