//! Which sessions have to leave their node: because it is drained, or because it is dead and others can take over.

use std::time::Duration;

use chrono::{DateTime, Utc};
use serde_json::json;
use wahana_domain::{NodeId, SessionId};

use super::SystemNodes;
use crate::StoreError;

/// A node whose sessions have to leave.
#[derive(Clone, Debug)]
pub struct Leaving {
    /// The node.
    pub node: NodeId,
    /// Its name.
    pub name: String,
    /// Whether it is dead, so that nobody can be asked to stop anything.
    pub dead: bool,
    /// Whether sessions may go where somebody has to scan them again.
    pub may_scan: bool,
    /// Sessions on their way already.
    pub moving: i64,
}

/// How far the draining of a node is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DrainProgress {
    /// Since when; `None` while it is not drained.
    pub since: Option<DateTime<Utc>>,
    /// Sessions that are still on it.
    pub left: i64,
    /// Of those, on their way.
    pub moving: i64,
    /// Sessions that left since then.
    pub moved: i64,
    /// Of those, that somebody has to scan again.
    pub needs_scan: i64,
    /// Moves that failed since then.
    pub failed: i64,
}

impl SystemNodes<'_> {
    /// Drains a node: it takes no new sessions, and those it has move away. False when there is none.
    pub async fn drain(self, id: NodeId, may_scan: bool) -> Result<bool, StoreError> {
        let mut tx = self.system.begin().await?;
        let found = sqlx::query!(
            "update nodes
             set cordoned = true, draining_since = coalesce(draining_since, $2), drain_scans = $3
             where id = $1 and removed_at is null",
            id.0,
            self.system.store.clock().now(),
            may_scan,
        )
        .execute(&mut *tx)
        .await?;
        if found.rows_affected() == 0 {
            return Ok(false);
        }
        tx.audit_of(None, "node.drain", Some(id.to_string()), json!({ "may_scan": may_scan })).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// How far the draining of a node is; `None` when there is no such node.
    pub async fn drain_progress(self, id: NodeId) -> Result<Option<DrainProgress>, StoreError> {
        Ok(sqlx::query_as!(
            DrainProgress,
            r#"select n.draining_since as since,
                      (
                          select count(*) from sessions s where s.node_id = n.id and s.deleted_at is null
                      ) as "left!",
                      count(m.id) filter (where m.state = 'moving') as "moving!",
                      count(m.id) filter (where m.state = 'done') as "moved!",
                      count(m.id) filter (where m.state = 'done' and m.needs_scan) as "needs_scan!",
                      count(m.id) filter (where m.state = 'failed') as "failed!"
               from nodes n
               left join session_moves m on m.from_node_id = n.id and m.created_at >= n.draining_since
               where n.id = $1 and n.removed_at is null
               group by n.id"#,
            id.0,
        )
        .fetch_optional(self.system.store.pool())
        .await?)
    }

    /// Nodes whose sessions have to leave: drained ones, and those of a storage group that have been dead for `fence`.
    pub async fn leaving(self, fence: Duration) -> Result<Vec<Leaving>, StoreError> {
        Ok(sqlx::query_as!(
            Leaving,
            r#"select n.id as "node: NodeId", n.name, n.health = 'dead' as "dead!",
                      n.drain_scans and n.health <> 'dead' as "may_scan!",
                      (
                          select count(*)
                          from session_moves m
                          where m.from_node_id = n.id and m.state = 'moving'
                      ) as "moving!"
               from nodes n
               where n.removed_at is null
                 and (
                     n.draining_since is not null and n.health <> 'dead'
                     or n.health = 'dead' and n.storage_group is not null and n.health_since < $1
                 )"#,
            self.system.store.clock().now() - fence,
        )
        .fetch_all(self.system.store.pool())
        .await?)
    }

    /// Sessions of a node that do not move yet, longest there first; those whose last move failed come last.
    pub async fn sessions_to_leave(self, node: NodeId, limit: i64) -> Result<Vec<SessionId>, StoreError> {
        Ok(sqlx::query_scalar!(
            r#"select s.id as "id: SessionId"
               from sessions s
               where s.node_id = $1 and s.deleted_at is null and s.moving_to is null
               order by exists (
                            select 1 from session_moves m where m.session_id = s.id and m.state = 'failed'
                        ),
                        s.id
               limit $2"#,
            node.0,
            limit,
        )
        .fetch_all(self.system.store.pool())
        .await?)
    }
}
