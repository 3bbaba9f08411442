//! What each line of a lane waits for, as the relay last saw it: limits that no row shows, such as rates.

use chrono::{DateTime, Utc};
use uuid::Uuid;
use wahana_domain::SessionId;
use wahana_domain::messages::Class;
use wahana_domain::waiting::WaitingFor;

use super::{SystemLanes, TenantLanes};
use crate::{StoreError, Tx};

/// What one line of a lane waits for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LaneLimit {
    /// The lane.
    pub session: SessionId,
    /// Which of its lines.
    pub class: Class,
    /// Why.
    pub waiting_for: WaitingFor,
    /// Until when, if that is known.
    pub until: Option<DateTime<Utc>>,
    /// Since when.
    pub since: DateTime<Utc>,
}

/// A line, and why and until when it waits; `None` when for nothing but its turn.
pub type LineNews = (SessionId, Class, Option<(WaitingFor, Option<DateTime<Utc>>)>);

impl SystemLanes<'_> {
    /// Notes what these lines wait for now; a line that waits for nothing but its turn is told as `None`.
    pub async fn record_limits(self, limits: &[LineNews]) -> Result<(), StoreError> {
        let sessions: Vec<Uuid> = limits.iter().map(|(session, ..)| session.0).collect();
        let classes: Vec<Class> = limits.iter().map(|(_, class, _)| *class).collect();
        let why: Vec<Option<&str>> =
            limits.iter().map(|(.., limit)| limit.map(|(why, _)| why.as_str())).collect();
        let until: Vec<Option<DateTime<Utc>>> =
            limits.iter().map(|(.., limit)| limit.and_then(|(_, until)| until)).collect();
        sqlx::query!(
            "with x as (
                 select *
                 from unnest($1::uuid[], $2::message_class[], $3::text[], $4::timestamptz[])
                     as x (session_id, class, why, until)
             ), free as (
                 delete from lane_limits l
                 using x
                 where l.session_id = x.session_id and l.class = x.class and x.why is null
             )
             insert into lane_limits as l (session_id, organization_id, class, waiting_for, until, since)
             select x.session_id, s.organization_id, x.class, x.why, x.until, $5
             from x
             join sessions s on s.id = x.session_id
             where x.why is not null
             order by 1, 3
             on conflict (session_id, class) do update set
                 waiting_for = excluded.waiting_for, until = excluded.until,
                 since = case when l.waiting_for = excluded.waiting_for then l.since else excluded.since end",
            &sessions,
            &classes as &[Class],
            &why as &[Option<&str>],
            &until as &[Option<DateTime<Utc>>],
            self.system.store.clock().now(),
        )
        .execute(self.system.store.pool())
        .await?;
        Ok(())
    }
}

impl TenantLanes<'_> {
    /// What the lines of these lanes wait for; those that wait for nothing but their turn are left out.
    pub async fn limits(self, sessions: &[SessionId]) -> Result<Vec<LaneLimit>, StoreError> {
        of(&mut self.tenant.begin().await?, sessions).await
    }
}

impl SystemLanes<'_> {
    /// As [`Tenant::lane_limits`], of lanes of all organizations.
    pub async fn limits(self, sessions: &[SessionId]) -> Result<Vec<LaneLimit>, StoreError> {
        of(&mut self.system.begin().await?, sessions).await
    }
}

async fn of(tx: &mut Tx, sessions: &[SessionId]) -> Result<Vec<LaneLimit>, StoreError> {
    let ids: Vec<Uuid> = sessions.iter().map(|id| id.0).collect();
    Ok(sqlx::query_as!(
        LaneLimit,
        r#"select session_id as "session: SessionId", class as "class: Class",
                  waiting_for as "waiting_for: WaitingFor", until, since
           from lane_limits
           where session_id = any($1)"#,
        &ids,
    )
    .fetch_all(&mut **tx)
    .await?)
}
