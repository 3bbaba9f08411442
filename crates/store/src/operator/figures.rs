//! Figures over all tenants for `/metrics`: how many of what, by state. Bounded in number, never by tenant.

use super::SystemOverview;
use crate::{Store, StoreError};

/// One figure: which family, which label, how many (or how old, in seconds).
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// The family, such as `sessions`.
    pub family: String,
    /// The value of its label.
    pub label: String,
    /// The figure.
    pub value: f64,
}

impl SystemOverview<'_> {
    /// Sessions by status, parked lanes by why, campaigns by state, people that wait in running campaigns, messages
    /// in doubt, events that wait and how old the oldest is, nodes by health, what operators hold back. Reads small tables and partial indexes
    /// only.
    pub async fn figures(self) -> Result<Vec<Figure>, StoreError> {
        let now = self.system.store.clock().now();
        let rows = sqlx::query!(
            r#"select 'sessions' as "family!", status::text as "label!", count(*)::float8 as "value!" from sessions
                 where desired = 'running' and deleted_at is null group by 2
               union all
               select 'lanes_parked', coalesce(case when parked_until > $1 then park_code else bulk_park_code end, 'unknown'), count(*)
                 from sessions where deleted_at is null and greatest(parked_until, bulk_parked_until) > $1 group by 2
               union all
               select 'campaigns', state::text, count(*) from campaigns where state in ('scheduled', 'running') group by 2
               union all
               select 'campaign_recipients', 'waiting', coalesce(sum(total - cursor), 0) from campaigns where state = 'running'
               union all
               select 'messages_in_doubt', '', count(*) from jobs where kind = 'resolve_message' and state <> 'dead'
               union all
               select 'inbound_events', 'waiting', count(*) from inbound_events where processed_at is null
               union all
               select 'inbound_events', 'oldest_seconds', coalesce(greatest(extract(epoch from $1 - min(received_at)), 0), 0)
                 from inbound_events where processed_at is null
               union all
               select 'holds', scope, count(*) from controls where paused group by 2
               union all
               select 'nodes', health::text, count(*) from nodes where removed_at is null group by 2"#,
            now,
        )
        .fetch_all(self.system.store.pool())
        .await?;
        Ok(rows.into_iter().map(|r| Figure { family: r.family, label: r.label, value: r.value }).collect())
    }
}

/// Connections of this process to Postgres.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PoolUse {
    /// Open ones that nobody uses.
    pub idle: u32,
    /// In use.
    pub used: u32,
    /// The most there may be.
    pub most: u32,
}

impl Store {
    /// How much of the pool is in use now.
    pub fn pool_use(&self) -> PoolUse {
        let (open, idle) = (self.pool().size(), self.pool().num_idle() as u32);
        PoolUse { idle, used: open.saturating_sub(idle), most: self.pool().options().get_max_connections() }
    }
}
