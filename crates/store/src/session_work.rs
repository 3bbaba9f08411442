//! What workers and reconcilers read and write about sessions and nodes.

use secrecy::SecretString;
use wahana_domain::sessions::{Desired, SessionStatus};
use wahana_domain::{NodeId, OrganizationId, SessionId};
use wahana_jobs::SyncSession;

use crate::{Enqueue, StoreError, System};

/// A session as the worker needs it that brings it about at WAHA.
#[derive(Clone, Debug)]
pub struct SessionWork {
    /// The session.
    pub id: SessionId,
    /// Whose it is.
    pub organization: OrganizationId,
    /// Its name at WAHA.
    pub waha_name: String,
    /// The node it lives on.
    pub node: NodeId,
    /// What its owner wants.
    pub desired: Desired,
    /// What WAHA last said.
    pub status: SessionStatus,
    /// The key that signs its webhooks.
    pub hmac_key: SecretString,
}

/// A session as the reconciler compares it with WAHA's list.
#[derive(Clone, Debug)]
pub struct PlacedSession {
    /// The session.
    pub id: SessionId,
    /// Whose it is.
    pub organization: OrganizationId,
    /// Its name at WAHA.
    pub waha_name: String,
    /// What its owner wants.
    pub desired: Desired,
    /// What WAHA last said.
    pub status: SessionStatus,
}

impl System {
    /// The session, deleted or not; `None` if there never was one.
    pub async fn session_work(&self, id: SessionId) -> Result<Option<SessionWork>, StoreError> {
        let row = sqlx::query!(
            r#"select organization_id as "organization: OrganizationId", waha_name, node_id as "node: NodeId",
                      desired as "desired: Desired", status as "status: SessionStatus", hmac_key_sealed
               from sessions where id = $1"#,
            id.0,
        )
        .fetch_optional(self.store.pool())
        .await?;
        row.map(|r| {
            Ok(SessionWork {
                id,
                organization: r.organization,
                waha_name: r.waha_name,
                node: r.node,
                desired: r.desired,
                status: r.status,
                hmac_key: self.store.keyring().open(&r.hmac_key_sealed)?,
            })
        })
        .transpose()
    }

    /// The sessions placed on a node that are not deleted.
    pub async fn placed_on(&self, node: NodeId) -> Result<Vec<PlacedSession>, StoreError> {
        let rows = sqlx::query_as!(
            PlacedSession,
            r#"select id as "id: SessionId", organization_id as "organization: OrganizationId", waha_name,
                      desired as "desired: Desired", status as "status: SessionStatus"
               from sessions where node_id = $1 and desired <> 'deleted'"#,
            node.0,
        )
        .fetch_all(self.store.pool())
        .await?;
        Ok(rows)
    }

    /// Asks for these sessions to be brought about again.
    pub async fn sync_sessions(&self, sessions: &[PlacedSession]) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        for session in sessions {
            tx.enqueue(Enqueue::now(session.organization, SyncSession { session: session.id })).await?;
        }
        tx.commit().await
    }
}
