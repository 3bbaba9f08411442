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
        let lanes = sqlx::query_file_as!(
            BusyLane,
            "src/operator/busy_lanes.sql",
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
        let rows = sqlx::query_file!(
            "src/operator/count_pending.sql",
            &ids,
            self.system.store.clock().now(),
            COUNTED
        )
        .fetch_all(self.system.store.pool())
        .await?;
        Ok(rows.into_iter().map(|row| (row.lane, row.due, row.later)).collect())
    }
}
