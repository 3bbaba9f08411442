//! The audit log: who did what, when and from where. Written in the transaction of the act, read by pages, never
//! changed.
//!
//! Must never: hold a secret or a message's words; `detail` names what changed.

use std::fmt::Display;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde_json::Value;
use wahana_domain::{AuditEventId, OrganizationId};

pub use super::actor::{Actor, ActorKind};
use super::{SystemAudit, TenantAudit};
use crate::{Page, PageRequest, StoreError, Tx};

/// An act on record.
#[derive(Clone, Debug)]
pub struct AuditEvent {
    /// Its id.
    pub id: AuditEventId,
    /// Whose things it touched; `None` for the platform's.
    pub organization: Option<OrganizationId>,
    /// `user`, `key`, `operator`, `cli` or `system`.
    pub actor_kind: String,
    /// Who, for people.
    pub actor: String,
    /// What was done, such as `campaign.pause`.
    pub action: String,
    /// To what: an id, or the name of a queue, node or number.
    pub target: Option<String>,
    /// What changed.
    pub detail: Value,
    /// The request, if it was one.
    pub request_id: Option<String>,
    /// Where it came from.
    pub address: Option<String>,
    /// When.
    pub at: DateTime<Utc>,
}

/// Which acts are wanted; `None` is any.
#[derive(Clone, Debug, Default)]
pub struct AuditFilter {
    /// Of this organization.
    pub organization: Option<OrganizationId>,
    /// This one, or with a trailing dot all of its family (`campaign.`).
    pub action: Option<String>,
    /// On this.
    pub target: Option<String>,
    /// By this person or key, by the label.
    pub actor: Option<String>,
}

impl Tx {
    /// Puts an act of this transaction's actor on record; it counts when the transaction commits.
    pub(crate) async fn audit(
        &mut self,
        action: &str,
        target: impl Display,
        detail: Value,
    ) -> Result<(), StoreError> {
        let organization = self.organization();
        self.audit_of(organization, action, Some(target.to_string()), detail).await
    }

    /// The same for a transaction over all rows, which has to say whose things it touches.
    pub(crate) async fn audit_of(
        &mut self,
        organization: Option<OrganizationId>,
        action: &str,
        target: Option<String>,
        detail: Value,
    ) -> Result<(), StoreError> {
        let now = self.store().clock().now();
        let actor = self.actor().cloned().unwrap_or_else(|| Arc::new(Actor::system()));
        sqlx::query!(
            "insert into audit_events (
                 id, organization_id, actor_kind, actor_id, actor, action, target, detail, request_id,
                 address, at
             )
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
            AuditEventId::new(now, rand::random()).0,
            organization.map(|id| id.0),
            actor.kind.as_str(),
            actor.id,
            &*actor.label,
            action,
            target,
            detail,
            actor.request_id.as_deref(),
            actor.address.map(|address| address.to_string()),
            now,
        )
        .execute(&mut **self)
        .await?;
        Ok(())
    }
}

impl TenantAudit<'_> {
    /// Puts an act on record that spans several transactions, such as an import, once it is done.
    pub async fn record(self, action: &str, target: Option<String>, detail: Value) -> Result<(), StoreError> {
        let mut tx = self.tenant.begin().await?;
        tx.audit_of(Some(self.tenant.organization()), action, target, detail).await?;
        tx.commit().await
    }

    /// What was done to this organization's things, newest first: by its members, its keys, and by operators.
    pub async fn list(self, filter: &AuditFilter, page: PageRequest) -> Result<Page<AuditEvent>, StoreError> {
        let own = AuditFilter { organization: Some(self.tenant.organization()), ..filter.clone() };
        read(&mut self.tenant.begin().await?, &own, page).await
    }
}

impl SystemAudit<'_> {
    /// Everything that was done, newest first.
    pub async fn list(self, filter: &AuditFilter, page: PageRequest) -> Result<Page<AuditEvent>, StoreError> {
        read(&mut self.system.begin().await?, filter, page).await
    }
}

async fn read(tx: &mut Tx, filter: &AuditFilter, page: PageRequest) -> Result<Page<AuditEvent>, StoreError> {
    let rows = sqlx::query_as!(
        AuditEvent,
        r#"select id as "id: AuditEventId", organization_id as "organization: OrganizationId", actor_kind,
                  actor, action, target, detail, request_id, address, at
           from audit_events
           where ($1::uuid is null or organization_id = $1)
             and ($2::text is null or action = $2 or (right($2, 1) = '.' and starts_with(action, $2)))
             and ($3::text is null or target = $3) and ($4::text is null or actor = $4)
             and ($5::uuid is null or id < $5)
           order by id desc
           limit $6"#,
        filter.organization.map(|id| id.0),
        filter.action.as_deref(),
        filter.target.as_deref(),
        filter.actor.as_deref(),
        page.before,
        page.fetch(),
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(Page::cut(rows, page, |row| row.id.0))
}
