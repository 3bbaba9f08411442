//! Which node a session goes to: the least loaded by share of its capacity, among those that have its labels and
//! room, are not cordoned and not dead. Nodes that just failed to answer come last.

use std::fmt;

use sqlx::types::Json;
use wahana_domain::NodeId;
use wahana_domain::nodes::Labels;

use super::SystemNodes;
use crate::StoreError;

/// Where a session may go.
#[derive(Clone, Debug, Default)]
pub struct PlacementWish {
    /// Labels that the node must have; `engine` is one that every node has.
    pub labels: Labels,
    /// Not there.
    pub not_on: Option<NodeId>,
    /// Only among nodes of this storage group.
    pub storage_group: Option<String>,
}

/// Why there is no node for a session: how many nodes failed by what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NoRoom {
    /// Nodes in all.
    pub nodes: i64,
    /// Without the labels, of another storage group, or the one it is on.
    pub unfit: i64,
    /// Fitting but cordoned.
    pub cordoned: i64,
    /// Fitting but dead.
    pub dead: i64,
    /// Fitting but full.
    pub full: i64,
}

impl fmt::Display for NoRoom {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { nodes, unfit, cordoned, dead, full } = self;
        write!(
            f,
            "of {nodes} WAHA servers {unfit} do not fit what the session asks for, {cordoned} are cordoned, \
             {dead} are dead and {full} are full"
        )
    }
}

impl SystemNodes<'_> {
    /// The node for a session that wishes this.
    pub async fn place(self, wish: &PlacementWish) -> Result<Result<NodeId, NoRoom>, StoreError> {
        let candidates = sqlx::query!(
            r#"select n.id as "id: NodeId", n.cordoned, n.health = 'dead' as "dead!",
                      (n.labels || jsonb_build_object('engine', coalesce(n.engine, ''))) @> $1
                      and n.id is distinct from $2
                      and ($3::text is null or n.storage_group is not distinct from $3) as "fits!",
                      count(s.id) >= n.capacity as "full!"
               from nodes n
               left join sessions s on s.node_id = n.id and s.deleted_at is null
               where n.removed_at is null
               group by n.id
               order by n.health = 'degraded', count(s.id)::float8 / n.capacity, n.id"#,
            Json(&wish.labels) as _,
            wish.not_on.map(|id| id.0),
            wish.storage_group,
        )
        .fetch_all(self.system.store.pool())
        .await?;
        let mut none = NoRoom { nodes: candidates.len() as i64, ..NoRoom::default() };
        for node in candidates {
            match (node.fits, node.cordoned, node.dead, node.full) {
                (false, ..) => none.unfit += 1,
                (_, true, ..) => none.cordoned += 1,
                (_, _, true, _) => none.dead += 1,
                (_, _, _, true) => none.full += 1,
                _ => return Ok(Ok(node.id)),
            }
        }
        Ok(Err(none))
    }
}
