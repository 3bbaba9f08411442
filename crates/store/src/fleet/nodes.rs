//! The registry of WAHA servers. The platform's own: no organization sees them, so everything here is on [`System`].
//! Which node a session goes to is decided in `placement`.

use std::time::Duration;

use chrono::{DateTime, Utc};
use secrecy::SecretString;
use serde_json::json;
use sqlx::types::Json;
use wahana_domain::nodes::{Labels, NodeHealth};
use wahana_domain::sessions::SessionStatus;
use wahana_domain::{NodeId, OrganizationId, SessionId};

use super::SystemNodes;
use crate::StoreError;

/// A WAHA server to add or change.
#[derive(Clone, Debug)]
pub struct NewNode {
    /// Our name for it; the same name changes the node that has it.
    pub name: String,
    /// Where it answers, without `/api`.
    pub base_url: String,
    /// Its API key; sealed before it is stored.
    pub api_key: SecretString,
    /// Its engine, if known (`NOWEB`, `GOWS`, ...).
    pub engine: Option<String>,
    /// Most sessions it takes.
    pub capacity: i32,
}

/// What to change of a node; `None` leaves it.
#[derive(Clone, Debug, Default)]
pub struct NodeChange {
    /// Another address, without `/api`.
    pub base_url: Option<String>,
    /// Another API key.
    pub api_key: Option<SecretString>,
    /// Another capacity.
    pub capacity: Option<i32>,
    /// Other labels, all of them.
    pub labels: Option<Labels>,
    /// Another storage group; an inner `None` is none.
    pub storage_group: Option<Option<String>>,
    /// Another rate of all its sessions together; an inner `None` is no limit.
    pub messages_per_minute: Option<Option<i32>>,
}

/// A WAHA server as operators see it: without its key.
#[derive(Clone, Debug)]
pub struct Node {
    /// Its id.
    pub id: NodeId,
    /// Our name for it.
    pub name: String,
    /// Where it answers.
    pub base_url: String,
    /// Its engine, if known.
    pub engine: Option<String>,
    /// Its version, if it was ever reached.
    pub version: Option<String>,
    /// Most sessions it takes.
    pub capacity: i32,
    /// Whether it takes no new sessions.
    pub cordoned: bool,
    /// Since when its sessions are being moved away.
    pub draining_since: Option<DateTime<Utc>>,
    /// Whether it answers.
    pub health: NodeHealth,
    /// Since when.
    pub health_since: DateTime<Utc>,
    /// Words to place sessions by.
    pub labels: Json<Labels>,
    /// Nodes of one group share WAHA's session storage: a session moves between them without a new scan.
    pub storage_group: Option<String>,
    /// Most messages a minute of all its sessions together; `None` is no limit.
    pub messages_per_minute: Option<i32>,
    /// When it last answered.
    pub seen_at: Option<DateTime<Utc>>,
    /// Why it did not answer last time.
    pub error: Option<String>,
    /// Sessions on it that are not deleted.
    pub sessions: i64,
    /// How many of them work.
    pub working: i64,
    /// When it was added.
    pub created_at: DateTime<Utc>,
}

/// A session on a node, as operators see it.
#[derive(Clone, Debug)]
pub struct PlacedOn {
    /// The session.
    pub id: SessionId,
    /// Whose it is.
    pub organization: OrganizationId,
    /// What its owner calls it.
    pub name: String,
    /// What WAHA last said of it.
    pub status: SessionStatus,
    /// Since when.
    pub status_since: DateTime<Utc>,
    /// Whether it is on its way to another node.
    pub moving: bool,
}

/// What a client of a WAHA server needs.
#[derive(Clone, Debug)]
pub struct NodeAccess {
    /// Its id.
    pub id: NodeId,
    /// Where it answers.
    pub base_url: String,
    /// Its API key.
    pub api_key: SecretString,
}

/// How the removal of a node ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NodeRemoval {
    /// It is gone.
    Removed,
    /// There is no such node.
    NotFound,
    /// Sessions are placed on it: how many, and the first of them.
    InUse {
        /// How many.
        count: i64,
        /// At most ten of them.
        sessions: Vec<SessionId>,
    },
}

impl SystemNodes<'_> {
    /// Adds a node, or changes the one of this name. Refused by `nodes_base_url` when another has the address.
    pub async fn upsert(self, node: NewNode) -> Result<NodeId, StoreError> {
        let sealed = self.system.store.keyring().seal(&node.api_key)?;
        let now = self.system.store.clock().now();
        let mut tx = self.system.begin().await?;
        let id = sqlx::query_scalar!(
            r#"insert into nodes (
                   id, name, base_url, api_key_sealed, engine, capacity, health_since, created_at
               )
               values ($1, $2, $3, $4, $5, $6, $7, $7)
               on conflict (name)
               where removed_at is null
               do update set
                   base_url = excluded.base_url, api_key_sealed = excluded.api_key_sealed,
                   engine = coalesce(excluded.engine, nodes.engine), capacity = excluded.capacity
               returning id as "id: NodeId""#,
            NodeId::new(now, rand::random()).0,
            node.name,
            node.base_url,
            sealed,
            node.engine,
            node.capacity,
            now,
        )
        .fetch_one(&mut *tx)
        .await?;
        let detail = json!({ "name": node.name, "base_url": node.base_url, "capacity": node.capacity });
        tx.audit_of(None, "node.add", Some(id.to_string()), detail).await?;
        tx.commit().await?;
        Ok(id)
    }

    /// Every node, by name.
    pub async fn list(self) -> Result<Vec<Node>, StoreError> {
        self.read_nodes(None).await
    }

    /// One node; `None` when there is none, or it was removed.
    pub async fn get(self, id: NodeId) -> Result<Option<Node>, StoreError> {
        Ok(self.read_nodes(Some(id)).await?.pop())
    }

    async fn read_nodes(self, one: Option<NodeId>) -> Result<Vec<Node>, StoreError> {
        Ok(sqlx::query_as!(
            Node,
            r#"select n.id as "id: NodeId", n.name, base_url, engine, version, capacity, cordoned,
                      draining_since, health as "health: NodeHealth", health_since,
                      labels as "labels: Json<Labels>", storage_group,
                      n.messages_per_minute, seen_at, error, n.created_at,
                      count(s.id) as "sessions!",
                      count(s.id) filter (where s.status = 'working') as "working!"
               from nodes n
               left join sessions s on s.node_id = n.id and s.deleted_at is null
               where n.removed_at is null and ($1::uuid is null or n.id = $1)
               group by n.id
               order by n.name"#,
            one.map(|id| id.0),
        )
        .fetch_all(self.system.store.pool())
        .await?)
    }

    /// The sessions on a node that are not deleted, oldest first.
    pub async fn sessions_on(self, node: NodeId, limit: i64) -> Result<Vec<PlacedOn>, StoreError> {
        Ok(sqlx::query_as!(
            PlacedOn,
            r#"select id as "id: SessionId", organization_id as "organization: OrganizationId", name,
                      status as "status: SessionStatus", status_since, moving_to is not null as "moving!"
               from sessions where node_id = $1 and deleted_at is null order by id limit $2"#,
            node.0,
            limit,
        )
        .fetch_all(self.system.store.pool())
        .await?)
    }

    /// Changes a node; false when there is none. Refused by `nodes_base_url` when another has the address.
    pub async fn change(self, id: NodeId, change: NodeChange) -> Result<bool, StoreError> {
        let sealed = change.api_key.as_ref().map(|key| self.system.store.keyring().seal(key)).transpose()?;
        let detail = json!({ "base_url": change.base_url, "capacity": change.capacity, "labels": change.labels,
                             "storage_group": change.storage_group, "api_key": change.api_key.is_some(),
                             "messages_per_minute": change.messages_per_minute });
        let mut tx = self.system.begin().await?;
        let changed = sqlx::query!(
            "update nodes
             set base_url = coalesce($2, base_url), api_key_sealed = coalesce($3, api_key_sealed),
                 capacity = coalesce($4, capacity), labels = coalesce($5, labels),
                 storage_group = case when $6 then $7 else storage_group end,
                 messages_per_minute = case when $8 then $9 else messages_per_minute end
             where id = $1 and removed_at is null",
            id.0,
            change.base_url,
            sealed,
            change.capacity,
            change.labels.as_ref().map(Json) as _,
            change.storage_group.is_some(),
            change.storage_group.flatten(),
            change.messages_per_minute.is_some(),
            change.messages_per_minute.flatten(),
        )
        .execute(&mut *tx)
        .await?;
        if changed.rows_affected() == 0 {
            return Ok(false);
        }
        tx.audit_of(None, "node.change", Some(id.to_string()), detail).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// Lets no new sessions onto a node, or lets them again, which also ends its draining. False when there is none.
    pub async fn cordon(self, id: NodeId, cordoned: bool) -> Result<bool, StoreError> {
        let mut tx = self.system.begin().await?;
        let changed = sqlx::query!(
            r#"update nodes set cordoned = $2, draining_since = case when $2 then draining_since end
               where id = $1 and removed_at is null"#,
            id.0,
            cordoned,
        )
        .execute(&mut *tx)
        .await?;
        if changed.rows_affected() == 0 {
            return Ok(false);
        }
        let action = if cordoned { "node.cordon" } else { "node.uncordon" };
        tx.audit_of(None, action, Some(id.to_string()), json!({})).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// Removes a node on which no sessions are left.
    pub async fn remove(self, id: NodeId) -> Result<NodeRemoval, StoreError> {
        let mut tx = self.system.begin().await?;
        let found = sqlx::query_scalar!(
            "select 1 as one from nodes where id = $1 and removed_at is null for update",
            id.0
        )
        .fetch_optional(&mut *tx)
        .await?;
        if found.is_none() {
            return Ok(NodeRemoval::NotFound);
        }
        let mut sessions = sqlx::query_scalar!(
            r#"select id as "id: SessionId"
               from sessions
               where node_id = $1 and deleted_at is null
               order by id"#,
            id.0
        )
        .fetch_all(&mut *tx)
        .await?;
        if !sessions.is_empty() {
            let count = sessions.len() as i64;
            sessions.truncate(10);
            return Ok(NodeRemoval::InUse { count, sessions });
        }
        sqlx::query!("update nodes set removed_at = $2 where id = $1", id.0, self.system.store.clock().now())
            .execute(&mut *tx)
            .await?;
        tx.audit_of(None, "node.remove", Some(id.to_string()), json!({})).await?;
        tx.commit().await?;
        Ok(NodeRemoval::Removed)
    }

    /// The address and key of a node, removed or not; `None` when there never was such a node.
    pub async fn access(self, id: NodeId) -> Result<Option<NodeAccess>, StoreError> {
        let mut tx = self.system.begin().await?;
        let row = sqlx::query!("select base_url, api_key_sealed from nodes where id = $1", id.0)
            .fetch_optional(&mut *tx)
            .await?;
        row.map(|row| {
            Ok(NodeAccess {
                id,
                base_url: row.base_url,
                api_key: self.system.store.keyring().open(&row.api_key_sealed)?,
            })
        })
        .transpose()
    }

    /// Notes that a node answered, with its version and engine, or why it did not; silent for longer than
    /// `dead_after` it counts as dead. Returns its health where that changed.
    pub async fn record_check(
        self,
        node: NodeId,
        answer: Result<(&str, &str), &str>,
        dead_after: Duration,
    ) -> Result<Option<NodeHealth>, StoreError> {
        let (version, engine, error) = match answer {
            Ok((version, engine)) => (Some(version), Some(engine), None),
            Err(error) => (None, None, Some(error)),
        };
        let now = self.system.store.clock().now();
        let mut tx = self.system.begin().await?;
        let changed = sqlx::query_scalar!(
            r#"with noted as (
                   select id, health as was, case when $4::text is null then 'healthy'::node_health
                          when coalesce(seen_at, created_at) < $6 then 'dead' else 'degraded' end as health
                   from nodes where id = $1 for update
               )
               update nodes n set version = coalesce($2, version), engine = coalesce($3, engine), error = $4,
                      seen_at = case when $4::text is null then $5 else seen_at end, health = noted.health,
                      health_since = case when noted.was = noted.health then health_since else $5 end
               from noted where n.id = noted.id
               returning case when noted.was <> noted.health then noted.health end as "health: NodeHealth""#,
            node.0,
            version,
            engine,
            error,
            now,
            now - dead_after,
        )
        .fetch_optional(&mut *tx)
        .await?
        .flatten();
        if changed == Some(NodeHealth::Dead) {
            // Nobody knows how they are. What WAHA says when it answers again is newer.
            sqlx::query!(
                "with lost as (
                     update sessions
                     set status = 'unknown', status_since = $2
                     where node_id = $1 and deleted_at is null and desired = 'running'
                       and status not in ('unknown', 'pending')
                     returning id, organization_id
                 )
                 insert into session_events (session_id, organization_id, at, status, code, detail)
                 select id, organization_id, $2, 'unknown', 'node_dead', 'its WAHA server does not answer'
                 from lost",
                node.0,
                now,
            )
            .execute(&mut *tx)
            .await?;
        }
        tx.commit().await?;
        Ok(changed)
    }
}
