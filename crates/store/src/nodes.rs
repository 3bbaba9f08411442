//! WAHA servers. The platform's own: no organization sees them, so everything here is on [`System`].

use chrono::{DateTime, Utc};
use secrecy::SecretString;
use wahana_domain::NodeId;

use crate::{StoreError, System};

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
    /// When it last answered.
    pub seen_at: Option<DateTime<Utc>>,
    /// Why it did not answer last time.
    pub error: Option<String>,
    /// Sessions on it that are not deleted.
    pub sessions: i64,
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

impl System {
    /// Adds a node, or changes the one of this name.
    pub async fn upsert_node(&self, node: NewNode) -> Result<NodeId, StoreError> {
        let sealed = self.store.keyring().seal(&node.api_key)?;
        let mut tx = self.begin().await?;
        let id = sqlx::query_scalar!(
            r#"insert into nodes (id, name, base_url, api_key_sealed, engine, capacity) values ($1, $2, $3, $4, $5, $6)
               on conflict (name) do update set base_url = excluded.base_url, api_key_sealed = excluded.api_key_sealed,
                   engine = coalesce(excluded.engine, nodes.engine), capacity = excluded.capacity
               returning id as "id: NodeId""#,
            NodeId::new(self.store.clock().now(), rand::random()).0,
            node.name,
            node.base_url,
            sealed,
            node.engine,
            node.capacity,
        )
        .fetch_one(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(id)
    }

    /// Every node, by name.
    pub async fn nodes(&self) -> Result<Vec<Node>, StoreError> {
        let mut tx = self.begin().await?;
        Ok(sqlx::query_as!(
            Node,
            r#"select n.id as "id: NodeId", name, base_url, engine, version, capacity, cordoned, seen_at, error,
                      (select count(*) from sessions s where s.node_id = n.id and s.deleted_at is null) as "sessions!"
               from nodes n order by name"#,
        )
        .fetch_all(&mut *tx)
        .await?)
    }

    /// The address and key of a node; `None` when there is no such node.
    pub async fn node_access(&self, id: NodeId) -> Result<Option<NodeAccess>, StoreError> {
        let mut tx = self.begin().await?;
        let row = sqlx::query!("select base_url, api_key_sealed from nodes where id = $1", id.0)
            .fetch_optional(&mut *tx)
            .await?;
        row.map(|row| {
            Ok(NodeAccess {
                id,
                base_url: row.base_url,
                api_key: self.store.keyring().open(&row.api_key_sealed)?,
            })
        })
        .transpose()
    }

    /// The node that is least full, among those that take new sessions; `None` when all are full or cordoned.
    pub(crate) async fn least_loaded_node(&self) -> Result<Option<NodeId>, StoreError> {
        let mut tx = self.begin().await?;
        Ok(sqlx::query_scalar!(
            r#"select n.id as "id: NodeId"
               from nodes n left join sessions s on s.node_id = n.id and s.deleted_at is null
               where not n.cordoned
               group by n.id having count(s.id) < n.capacity
               order by count(s.id)::float8 / n.capacity, n.id limit 1"#,
        )
        .fetch_optional(&mut *tx)
        .await?)
    }
}
