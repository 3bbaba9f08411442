//! WhatsApp accounts of an organization: what their owner wants of them. What WAHA says of them is written by the
//! inbound side; here it is only read.

use chrono::{DateTime, Utc};
use secrecy::SecretString;
use serde_json::json;
use sqlx::types::Json;
use wahana_domain::health::{Health, HealthReasonCode};
use wahana_domain::nodes::Labels;
use wahana_domain::policy::PacingPolicy;
use wahana_domain::sessions::{Desired, QuotaStatus, SessionStatus};
use wahana_domain::{NodeId, SessionId};
use wahana_jobs::{AnyJob, LogoutSession, RestartSession, SyncSession};

use super::TenantSessions;
use super::choices::choose_zone;
use crate::fleet::nodes::NodeAccess;
use crate::fleet::placement::{NoRoom, PlacementWish};
use crate::{Enqueue, Page, PageRequest, StoreError, Tx, Wake};

/// A session as its organization sees it.
#[derive(Clone, Debug)]
pub struct Session {
    /// Its id; also its lane.
    pub id: SessionId,
    /// What its owner calls it.
    pub name: String,
    /// What it is for.
    pub description: Option<String>,
    /// What its owner wants of it.
    pub desired: Desired,
    /// What WAHA last said of it.
    pub status: SessionStatus,
    /// Since when.
    pub status_since: DateTime<Utc>,
    /// E.164 digits of the paired phone.
    pub phone: Option<String>,
    /// The name the phone's owner chose at WhatsApp.
    pub push_name: Option<String>,
    /// Its pace.
    pub policy: Json<PacingPolicy>,
    /// Nothing at all leaves before.
    pub parked_until: Option<DateTime<Utc>>,
    /// No bulk message leaves before.
    pub bulk_parked_until: Option<DateTime<Utc>>,
    /// Why nothing at all leaves.
    pub park_code: Option<String>,
    /// Why no bulk message leaves.
    pub bulk_park_code: Option<String>,
    /// How far WhatsApp's quota of new chats is used up, as WAHA last reported.
    pub quota_status: Option<QuotaStatus>,
    /// New chats of a cycle; `None` is no limit.
    pub quota_total: Option<i32>,
    /// Of those, begun.
    pub quota_used: Option<i32>,
    /// When the quota resets.
    pub quota_resets_at: Option<DateTime<Utc>>,
    /// When WAHA was asked for the quota.
    pub quota_checked_at: Option<DateTime<Utc>>,
    /// How it is.
    pub health: Health,
    /// Why it is not healthy.
    pub health_reason: Option<HealthReasonCode>,
    /// Since when.
    pub health_since: DateTime<Utc>,
    /// When it last received a message.
    pub last_inbound_at: Option<DateTime<Utc>>,
    /// When it last sent one.
    pub last_outbound_at: Option<DateTime<Utc>>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
}

/// A session to make.
#[derive(Clone, Debug)]
pub struct NewSession {
    /// Unique among the organization's sessions.
    pub name: String,
    /// What it is for.
    pub description: Option<String>,
    /// Its pace, validated.
    pub policy: PacingPolicy,
    /// Whether its time zone is the organization's, whatever the pace says.
    pub follow_zone: bool,
    /// Running or stopped.
    pub desired: Desired,
    /// Labels that its node must have.
    pub placement: Labels,
}

/// What to change of a session; `None` leaves it.
#[derive(Clone, Debug, Default)]
pub struct SessionChange {
    /// Another name.
    pub name: Option<String>,
    /// Another description; an inner `None` removes it.
    pub description: Option<Option<String>>,
    /// Another pace, validated.
    pub policy: Option<PacingPolicy>,
    /// Whether the time zone of that pace is the organization's, whatever it says.
    pub follow_zone: bool,
}

/// What pairing needs to know of a session.
#[derive(Clone, Debug)]
pub struct Pairing {
    /// What WAHA last said of it.
    pub status: SessionStatus,
    /// Since when.
    pub status_since: DateTime<Utc>,
    /// When WAHA last told it, by WAHA's clock; while it waits for a scan, at each new code.
    pub told_at: Option<DateTime<Utc>>,
    /// Its name at WAHA.
    pub waha_name: String,
    /// Its WAHA server.
    pub node: NodeAccess,
}

/// A line of a session's history.
#[derive(Clone, Debug)]
pub struct SessionEvent {
    /// When.
    pub at: DateTime<Utc>,
    /// The status it came to.
    pub status: SessionStatus,
    /// What happened, for programs; `None` for a mere change of status.
    pub code: Option<String>,
    /// More, for people.
    pub detail: Option<String>,
}

/// Something to be done with a session at WAHA.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SessionCommand {
    /// Connect it.
    Start,
    /// Disconnect it, keep it paired.
    Stop,
    /// Stop and start it.
    Restart,
    /// Unpair it; it will ask for a QR scan.
    Logout,
}

impl SessionCommand {
    const fn desired(self) -> Option<Desired> {
        match self {
            Self::Start | Self::Restart => Some(Desired::Running),
            Self::Stop => Some(Desired::Stopped),
            Self::Logout => None,
        }
    }

    /// The name in the audit log.
    const fn action(self) -> &'static str {
        match self {
            Self::Start => "session.start",
            Self::Stop => "session.stop",
            Self::Restart => "session.restart",
            Self::Logout => "session.logout",
        }
    }

    /// The job that carries it out. Restarting a session that was logged out on the phone keeps the refused pairing, so
    /// that pairing is removed first: a session that should run then shows a QR code.
    fn job(self, session: SessionId, logged_out: bool) -> AnyJob {
        match self {
            Self::Start | Self::Restart if logged_out => LogoutSession { session }.into(),
            Self::Start | Self::Stop => SyncSession { session }.into(),
            Self::Restart => RestartSession { session }.into(),
            Self::Logout => LogoutSession { session }.into(),
        }
    }
}

/// The name at WAHA: ours, unique over all tenants, at most 54 characters (docs/waha.md section 3).
fn waha_name(id: SessionId) -> String {
    let text = id.to_string();
    format!("w_{}", text.trim_start_matches("ses_"))
}

/// Selects sessions with all their columns; the rest of the statement follows. `$1` is the time of the health.
macro_rules! select_sessions {
    ($rest:literal, $($value:tt)*) => {
        sqlx::query_as!(
            Session,
            r#"select id as "id: SessionId", name, description, desired as "desired: Desired",
                      status as "status: SessionStatus", status_since, phone, push_name,
                      policy as "policy: Json<PacingPolicy>", parked_until, bulk_parked_until, park_code,
                      bulk_park_code, last_inbound_at, created_at,
                      quota_status as "quota_status: QuotaStatus", quota_total, quota_used,
                      quota_resets_at, quota_checked_at,
                      (
                          select max(last_at) from session_usage u where u.session_id = s.id
                      ) as last_outbound_at,
                      h.health as "health!: Health", h.reason as "health_reason: HealthReasonCode",
                      h.since as "health_since!"
               from sessions s
               cross join lateral session_health(s, $1) h
            "# + $rest,
            $($value)*
        )
    };
}

impl TenantSessions<'_> {
    /// Makes a session on the least loaded node and has it created at WAHA, or says why no node takes it. Refused
    /// by `sessions_name` when the name is taken.
    pub async fn create(self, mut new: NewSession) -> Result<Result<Session, NoRoom>, StoreError> {
        let wish = PlacementWish { labels: new.placement.clone(), ..PlacementWish::default() };
        let node = match self.tenant.store.system().nodes().place(&wish).await? {
            Ok(node) => node,
            Err(none) => return Ok(Err(none)),
        };
        let now = self.tenant.store.clock().now();
        let id = SessionId::new(now, rand::random());
        let hmac_key = SecretString::from(random_key());
        let mut tx = self.tenant.begin().await?;
        let own_zone = choose_zone(&mut tx, &mut new.policy, new.follow_zone).await?;
        sqlx::query!(
            "insert into sessions (
                 id, organization_id, node_id, name, description, waha_name, hmac_key_sealed, desired,
                 status_since, policy, created_at, placement, own_time_zone
             )
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $9, $11, $12)",
            id.0,
            self.tenant.organization().0,
            node.0,
            new.name,
            new.description,
            waha_name(id),
            self.tenant.store.keyring().seal(&hmac_key)?,
            new.desired as Desired,
            now,
            Json(&new.policy) as _,
            Json(&new.placement) as _,
            own_zone,
        )
        .execute(&mut *tx)
        .await?;
        tx.enqueue(Enqueue::now(self.tenant.organization(), SyncSession { session: id })).await?;
        tx.audit("session.create", id, json!({ "name": new.name })).await?;
        let session =
            read(&mut tx, id).await?.ok_or_else(|| StoreError::Unreadable("a session just made".into()))?;
        tx.commit().await?;
        Ok(Ok(session))
    }

    /// One session; `None` when there is none, or it is deleted.
    pub async fn get(self, id: SessionId) -> Result<Option<Session>, StoreError> {
        let mut tx = self.tenant.begin().await?;
        read(&mut tx, id).await
    }

    /// Its sessions, or those that are so, newest first.
    pub async fn list(self, health: Option<Health>, page: PageRequest) -> Result<Page<Session>, StoreError> {
        let mut tx = self.tenant.begin().await?;
        let rows = select_sessions!(
            "where deleted_at is null and ($2::uuid is null or id < $2)
               and ($4::text is null or h.health = $4)
             order by id desc
             limit $3",
            self.tenant.store.clock().now(),
            page.before,
            page.fetch(),
            health as Option<Health>,
        )
        .fetch_all(&mut *tx)
        .await?;
        Ok(Page::cut(rows, page, |row| row.id.0))
    }

    /// Changes a session; `None` when there is none. Refused by `sessions_name` when the name is taken.
    pub async fn change(
        self,
        id: SessionId,
        mut change: SessionChange,
    ) -> Result<Option<Session>, StoreError> {
        let mut tx = self.tenant.begin().await?;
        let own_zone = match &mut change.policy {
            Some(policy) => Some(choose_zone(&mut tx, policy, change.follow_zone).await?),
            None => None,
        };
        sqlx::query!(
            "update sessions
             set name = coalesce($2, name), description = case when $3 then $4 else description end,
                 policy = coalesce($5, policy), own_time_zone = coalesce($6, own_time_zone)
             where id = $1 and deleted_at is null",
            id.0,
            change.name,
            change.description.is_some(),
            change.description.flatten(),
            change.policy.as_ref().map(Json) as _,
            own_zone,
        )
        .execute(&mut *tx)
        .await?;
        // The new pace may let the next message go earlier.
        tx.wake(Wake::Lane(id));
        let session = read(&mut tx, id).await?;
        if session.is_some() {
            tx.audit("session.change", id, json!({ "policy": change.policy })).await?;
        }
        tx.commit().await?;
        Ok(session)
    }

    /// Has something done with a session at WAHA; `None` when there is none.
    pub async fn command(
        self,
        id: SessionId,
        command: SessionCommand,
    ) -> Result<Option<Session>, StoreError> {
        let mut tx = self.tenant.begin().await?;
        let logged_out = sqlx::query_scalar!(
            r#"update sessions set desired = coalesce($2, desired) where id = $1 and deleted_at is null
               returning trouble is not distinct from 'logged_out' as "logged_out!""#,
            id.0,
            command.desired() as Option<Desired>,
        )
        .fetch_optional(&mut *tx)
        .await?;
        let Some(logged_out) = logged_out else { return Ok(None) };
        tx.enqueue(Enqueue::now(self.tenant.organization(), command.job(id, logged_out))).await?;
        tx.audit(command.action(), id, json!({})).await?;
        let session = read(&mut tx, id).await?;
        tx.commit().await?;
        Ok(session)
    }

    /// What pairing needs; `None` when there is no such session.
    pub async fn pairing(self, id: SessionId) -> Result<Option<Pairing>, StoreError> {
        let mut tx = self.tenant.begin().await?;
        let row = sqlx::query!(
            r#"select node_id as "node: NodeId", waha_name, status as "status: SessionStatus",
                      status_since, status_event_ms
               from sessions where id = $1 and deleted_at is null"#,
            id.0
        )
        .fetch_optional(&mut *tx)
        .await?;
        drop(tx);
        let Some(row) = row else { return Ok(None) };
        let node = self.tenant.store.system().nodes().access(row.node).await?;
        let told_at =
            DateTime::from_timestamp_millis(row.status_event_ms).filter(|_| row.status_event_ms > 0);
        let (status, status_since, waha_name) = (row.status, row.status_since, row.waha_name);
        Ok(node.map(|node| Pairing { status, status_since, told_at, waha_name, node }))
    }

    /// The newest lines of a session's history, newest first; `None` when there is no such session.
    pub async fn events(self, id: SessionId, limit: u32) -> Result<Option<Vec<SessionEvent>>, StoreError> {
        let mut tx = self.tenant.begin().await?;
        if read(&mut tx, id).await?.is_none() {
            return Ok(None);
        }
        let events = sqlx::query_as!(
            SessionEvent,
            r#"select at, status as "status: SessionStatus", code, detail
               from session_events
               where session_id = $1
               order by id desc
               limit $2"#,
            id.0,
            i64::from(limit),
        )
        .fetch_all(&mut *tx)
        .await?;
        Ok(Some(events))
    }
}

async fn read(tx: &mut Tx, id: SessionId) -> Result<Option<Session>, StoreError> {
    let now = tx.store().clock().now();
    Ok(select_sessions!("where id = $2 and deleted_at is null", now, id.0).fetch_optional(&mut **tx).await?)
}

/// 256 random bits as hex: what WAHA signs its events with.
fn random_key() -> String {
    let bytes: [u8; 32] = rand::random();
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_at_waha_are_short_and_plain() {
        let name = waha_name(SessionId::new(DateTime::UNIX_EPOCH, u128::MAX));
        assert!(name.len() <= 54 && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_'), "{name}");
        assert_eq!(random_key().len(), 64);
    }
}
