//! Lanes of all organizations that have something in them: for operators.

use chrono::{DateTime, Utc};
use wahana_domain::sessions::SessionStatus;
use wahana_domain::{OrganizationId, SessionId};

use super::SystemOverview;
use crate::StoreError;

/// Jobs counted at most, of each lane.
const COUNTED: i64 = 1_000;

/// A lane in which something waits or runs.
#[derive(Clone, Debug)]
pub struct BusyLane {
    /// The session, which is the lane.
    pub session: SessionId,
    /// Its name.
    pub name: String,
    /// What WAHA says of it.
    pub status: SessionStatus,
    /// Whose it is.
    pub organization: OrganizationId,
    /// The name of the organization.
    pub organization_name: String,
    /// Jobs in Redis that have not begun.
    pub released: i64,
    /// Jobs that run.
    pub running: i64,
    /// Since when the oldest waits that is due.
    pub oldest_at: Option<DateTime<Utc>>,
    /// When the next one becomes due, if none is.
    pub next_at: Option<DateTime<Utc>>,
}

/// Which lanes; `None` is any.
#[derive(Clone, Copy, Debug, Default)]
pub struct BusyLaneFilter {
    /// Of this organization.
    pub organization: Option<OrganizationId>,
    /// This one.
    pub session: Option<SessionId>,
    /// Whose oldest due job waits since then, or longer.
    pub waiting_since: Option<DateTime<Utc>>,
}

impl SystemOverview<'_> {
    /// Lanes in which something waits or runs, or whose campaign has people left: those first that wait longest. A look
    /// or two per session, however many jobs there are.
    pub async fn busy_lanes(self, filter: BusyLaneFilter, limit: i64) -> Result<Vec<BusyLane>, StoreError> {
        let lanes = sqlx::query_as!(
            BusyLane,
            r#"with held as (
                   select lane, count(*) filter (where state = 'released') as released, count(*) filter (where state = 'running') as running,
                          min(released_at) filter (where state = 'released') as since
                   from jobs where state in ('released', 'running') and lane is not null group by lane
               ), seen as (
                   select s.id, s.name, s.status, s.organization_id, coalesce(h.released, 0) as released, coalesce(h.running, 0) as running, h.since,
                          least((select run_at from jobs where lane = s.id and class = 'transactional' and state = 'pending' order by run_at limit 1),
                                (select run_at from jobs where lane = s.id and class = 'bulk' and state = 'pending' order by run_at limit 1)) as run_at,
                          exists (select 1 from campaign_senders cs join campaigns c on c.id = cs.campaign_id
                                  where cs.session_id = s.id and c.state = 'running' and c.cursor < c.total) as has_recipients
                   from sessions s left join held h on h.lane = s.id
                   where s.deleted_at is null and ($1::uuid is null or s.organization_id = $1) and ($2::uuid is null or s.id = $2)
               ), aged as (
                   select *, least(since, case when run_at <= $3 then run_at end) as oldest_at, case when run_at > $3 then run_at end as next_at from seen
               )
               select l.id as "session: SessionId", l.name, l.status as "status: SessionStatus", l.organization_id as "organization: OrganizationId",
                      o.name as organization_name, l.released as "released!", l.running as "running!", l.oldest_at, l.next_at
               from aged l join organizations o on o.id = l.organization_id
               where (l.run_at is not null or l.released > 0 or l.running > 0 or l.has_recipients) and ($4::timestamptz is null or l.oldest_at <= $4)
               order by l.oldest_at nulls last, l.next_at nulls last, l.id limit $5"#,
            filter.organization.map(|id| id.0),
            filter.session.map(|id| id.0),
            self.system.store.clock().now(),
            filter.waiting_since,
            limit,
        )
        .fetch_all(self.system.store.pool())
        .await?;
        Ok(lanes)
    }

    /// How many due and how many later jobs wait in Postgres in each of these lanes, up to a thousand of each.
    pub async fn count_pending(self, lanes: &[SessionId]) -> Result<Vec<(SessionId, i64, i64)>, StoreError> {
        let ids: Vec<uuid::Uuid> = lanes.iter().map(|id| id.0).collect();
        let rows = sqlx::query!(
            r#"select lane as "lane!: SessionId",
                      (select count(*) from (select 1 from jobs where lane = x.lane and class in ('transactional', 'bulk') and state = 'pending' and run_at <= $2 limit $3) due) as "due!",
                      (select count(*) from (select 1 from jobs where lane = x.lane and class in ('transactional', 'bulk') and state = 'pending' and run_at > $2 limit $3) later) as "later!"
               from unnest($1::uuid[]) as x (lane)"#,
            &ids,
            self.system.store.clock().now(),
            COUNTED,
        )
        .fetch_all(self.system.store.pool())
        .await?;
        Ok(rows.into_iter().map(|row| (row.lane, row.due, row.later)).collect())
    }
}
