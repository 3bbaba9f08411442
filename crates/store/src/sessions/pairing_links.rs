//! Links by which somebody without a login pairs one session. Only the hash of a link's token is kept.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;
use wahana_domain::sessions::SessionSignal;
use wahana_domain::{OrganizationId, PairingLinkId, SessionId};
use wahana_jobs::RestartSession;

use super::{SystemPairingLinks, TenantPairingLinks};
use crate::sessions::signals::note;
use crate::{Enqueue, StoreError};

/// The shortest time between two restarts for holders of a link.
const RESTART_PAUSE: TimeDelta = TimeDelta::minutes(2);

/// A link that works.
#[derive(Clone, Debug)]
pub struct PairingLink {
    /// Its id.
    pub id: PairingLinkId,
    /// Its creator, for people.
    pub created_by: String,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it ends.
    pub expires_at: DateTime<Utc>,
}

/// What a link opens.
#[derive(Clone, Copy, Debug)]
pub struct Opened {
    /// The link.
    pub link: PairingLinkId,
    /// Whose session it is.
    pub organization: OrganizationId,
    /// The session, and nothing else.
    pub session: SessionId,
    /// When the link ends.
    pub expires_at: DateTime<Utc>,
}

impl TenantPairingLinks<'_> {
    /// Makes a link to a session; `None` when there is no such session.
    pub async fn create(
        self,
        session: SessionId,
        token_hash: [u8; 32],
        expires_at: DateTime<Utc>,
    ) -> Result<Option<PairingLink>, StoreError> {
        let now = self.tenant.store.clock().now();
        let mut tx = self.tenant.begin().await?;
        let created_by = tx.actor_label();
        let made = sqlx::query_as!(
            PairingLink,
            r#"insert into pairing_links (
                   id, organization_id, session_id, token_hash, created_by, created_at, expires_at
               )
               select $1, organization_id, id, $3, $4, $5, $6
               from sessions
               where id = $2 and deleted_at is null
               returning id as "id: PairingLinkId", created_by, created_at, expires_at"#,
            PairingLinkId::new(now, rand::random()).0,
            session.0,
            &token_hash[..],
            &*created_by,
            now,
            expires_at,
        )
        .fetch_optional(&mut *tx)
        .await?;
        if let Some(link) = &made {
            let detail = json!({ "link": link.id.to_string(), "expires_at": expires_at });
            tx.audit("pairing_link.create", session, detail).await?;
        }
        tx.commit().await?;
        Ok(made)
    }

    /// The links of a session that work, newest first; `None` when there is no such session.
    pub async fn list(self, session: SessionId) -> Result<Option<Vec<PairingLink>>, StoreError> {
        if self.tenant.sessions().get(session).await?.is_none() {
            return Ok(None);
        }
        let mut tx = self.tenant.begin().await?;
        let links = sqlx::query_as!(
            PairingLink,
            r#"select id as "id: PairingLinkId", created_by, created_at, expires_at from pairing_links
               where session_id = $1 and revoked_at is null and expires_at > $2 order by id desc limit 100"#,
            session.0,
            self.tenant.store.clock().now(),
        )
        .fetch_all(&mut *tx)
        .await?;
        Ok(Some(links))
    }

    /// Ends a link; `false` when there is none that works.
    pub async fn revoke(self, session: SessionId, link: PairingLinkId) -> Result<bool, StoreError> {
        let now = self.tenant.store.clock().now();
        let mut tx = self.tenant.begin().await?;
        let revoked = sqlx::query!(
            "update pairing_links
             set revoked_at = $3
             where session_id = $1 and id = $2 and revoked_at is null and expires_at > $3",
            session.0,
            link.0,
            now,
        )
        .execute(&mut *tx)
        .await?
        .rows_affected()
            > 0;
        if revoked {
            tx.audit("pairing_link.revoke", session, json!({ "link": link.to_string() })).await?;
        }
        tx.commit().await?;
        Ok(revoked)
    }
}

impl SystemPairingLinks<'_> {
    /// What the link with this hash opens, while it works and its session is there.
    pub async fn open(self, token_hash: &[u8; 32]) -> Result<Option<Opened>, StoreError> {
        Ok(sqlx::query_as!(
            Opened,
            r#"select l.id as "link: PairingLinkId", l.organization_id as "organization: OrganizationId",
                      s.id as "session: SessionId", l.expires_at
               from pairing_links l
               join sessions s on s.id = l.session_id and s.deleted_at is null
               where l.token_hash = $1 and l.revoked_at is null and l.expires_at > $2"#,
            &token_hash[..],
            self.system.store.clock().now(),
        )
        .fetch_optional(self.system.store.pool())
        .await?)
    }

    /// Has a session restarted whose QR codes all ran out, so that it shows codes again for the holder of a link. Not
    /// while somebody is paired, and at most once in two minutes, restarts of the supervisor included. Returns whether.
    pub async fn restart_unscanned(self, session: SessionId) -> Result<bool, StoreError> {
        let now = self.system.store.clock().now();
        let mut tx = self.system.begin().await?;
        let due = sqlx::query!(
            r#"select s.organization_id as "organization: OrganizationId", s.node_id
               from sessions s
               where s.id = $1 and s.desired = 'running' and s.deleted_at is null and s.moving_to is null
                 and s.status = 'failed' and s.needs_human_since is not null
                 and s.trouble is distinct from 'logged_out'
                 and not exists (select 1 from node_restarts r where r.session_id = s.id and r.at > $2)
               for update of s skip locked"#,
            session.0,
            now - RESTART_PAUSE,
        )
        .fetch_optional(&mut *tx)
        .await?;
        let Some(due) = due else { return Ok(false) };
        sqlx::query!(
            "insert into node_restarts (node_id, session_id, at) values ($1, $2, $3)",
            due.node_id,
            session.0,
            now,
        )
        .execute(&mut *tx)
        .await?;
        let detail = "restarted because its pairing link was opened and its QR codes had run out";
        note(&mut tx, session, SessionSignal::Restart, detail, now).await?;
        tx.enqueue(Enqueue::now(due.organization, RestartSession { session })).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// Throws away links that ended.
    pub async fn forget(self) -> Result<(), StoreError> {
        sqlx::query!("delete from pairing_links where expires_at < $1", self.system.store.clock().now())
            .execute(self.system.store.pool())
            .await?;
        Ok(())
    }
}
