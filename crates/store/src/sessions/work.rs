//! What workers and reconcilers read and write about sessions and nodes.

use secrecy::SecretString;
use wahana_domain::sessions::{Desired, SessionStatus};
use wahana_domain::{NodeId, OrganizationId, SessionId};
use wahana_jobs::SyncSession;

use super::SystemSessions;
use crate::{Enqueue, StoreError};

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
    /// Grows with each node it is placed on.
    pub placement_epoch: i32,
    /// Whether it is on its way to another node: then no command may reach it.
    pub moving: bool,
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
    /// Whether WhatsApp lets it open no new chats, as far as we know.
    pub restricted: bool,
}

/// A session that stands at a node where it does not belong.
#[derive(Clone, Debug)]
pub struct Astray {
    /// The session.
    pub id: SessionId,
    /// Its name at WAHA.
    pub waha_name: String,
    /// Whether that node and its own share WAHA's storage: deleting the copy would then unpair the session itself.
    pub shares_storage: bool,
    /// Whether it works where it belongs.
    pub works: bool,
}

impl SystemSessions<'_> {
    /// The session, deleted or not; `None` if there never was one.
    pub async fn work(self, id: SessionId) -> Result<Option<SessionWork>, StoreError> {
        let row = sqlx::query!(
            r#"select organization_id as "organization: OrganizationId", waha_name, node_id as "node: NodeId",
                      desired as "desired: Desired", status as "status: SessionStatus", hmac_key_sealed,
                      placement_epoch, moving_to is not null as "moving!"
               from sessions where id = $1"#,
            id.0,
        )
        .fetch_optional(self.system.store.pool())
        .await?;
        row.map(|r| {
            Ok(SessionWork {
                id,
                organization: r.organization,
                waha_name: r.waha_name,
                node: r.node,
                desired: r.desired,
                status: r.status,
                hmac_key: self.system.store.keyring().open(&r.hmac_key_sealed)?,
                placement_epoch: r.placement_epoch,
                moving: r.moving,
            })
        })
        .transpose()
    }

    /// The sessions placed on a node that are not deleted and not on their way to another one.
    pub async fn placed_on(self, node: NodeId) -> Result<Vec<PlacedSession>, StoreError> {
        let rows = sqlx::query_as!(
            PlacedSession,
            r#"select id as "id: SessionId", organization_id as "organization: OrganizationId", waha_name,
                      desired as "desired: Desired", status as "status: SessionStatus",
                      coalesce(
                          bulk_parked_until > $2 and bulk_park_code in ('restricted', 'message_capping'),
                          false
                      ) as "restricted!"
               from sessions
               where node_id = $1 and desired <> 'deleted' and moving_to is null"#,
            node.0,
            self.system.store.clock().now(),
        )
        .fetch_all(self.system.store.pool())
        .await?;
        Ok(rows)
    }

    /// Asks for these sessions to be brought about again.
    pub async fn sync(self, sessions: &[PlacedSession]) -> Result<(), StoreError> {
        let mut tx = self.system.begin().await?;
        for session in sessions {
            tx.enqueue(Enqueue::now(session.organization, SyncSession { session: session.id })).await?;
        }
        tx.commit().await
    }

    /// Sessions of ours among these names at a node where they are not placed, and are not on their way from.
    pub async fn astray_at(self, node: NodeId, waha_names: &[&str]) -> Result<Vec<Astray>, StoreError> {
        Ok(sqlx::query_as!(
            Astray,
            r#"select s.id as "id: SessionId", s.waha_name,
                      coalesce(here.storage_group = there.storage_group, false) as "shares_storage!",
                      s.status = 'working' as "works!"
               from sessions s join nodes there on there.id = s.node_id join nodes here on here.id = $1
               where s.waha_name = any($2) and s.node_id <> $1 and s.moving_to is null"#,
            node.0,
            waha_names as &[&str],
        )
        .fetch_all(self.system.store.pool())
        .await?)
    }

    /// Under which placement a session is now: what WAHA tells of an earlier one is old news.
    pub async fn placement_epoch(self, session: SessionId) -> Result<i32, StoreError> {
        let epoch = sqlx::query_scalar!("select placement_epoch from sessions where id = $1", session.0)
            .fetch_optional(self.system.store.pool())
            .await?;
        Ok(epoch.unwrap_or_default())
    }
}
