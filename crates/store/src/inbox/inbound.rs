//! What WAHA reports, taken in: stored once, and a job for the session in the same transaction.

use chrono::{DateTime, Utc};
use secrecy::SecretString;
use sqlx::types::Json;
use uuid::Uuid;
use wahana_domain::{InboundEventId, JobId, OrganizationId, SessionId};
use wahana_jobs::{Job, ProcessInbound};

use super::SystemInbox;
use crate::{StoreError, Tx, Wake};

/// What the receiver must know of a session before it believes an event.
#[derive(Clone, Debug)]
pub struct InboundSession {
    /// The session.
    pub id: SessionId,
    /// Whose it is.
    pub organization: OrganizationId,
    /// Its name at WAHA.
    pub waha_name: String,
    /// Signs its events.
    pub hmac_key: SecretString,
}

/// An event to be stored.
#[derive(Clone, Debug)]
pub struct NewInboundEvent {
    /// Whose it is.
    pub organization: OrganizationId,
    /// The session it is about.
    pub session: SessionId,
    /// WAHA's id: the same on every delivery of the event.
    pub event_id: String,
    /// WAHA's name of the event.
    pub event: String,
    /// The whole body.
    pub body: serde_json::Value,
}

impl SystemInbox<'_> {
    /// The session of an event; `None` if there is none or it was deleted.
    #[tracing::instrument(level = "debug", target = "wahana_store::db", skip_all, fields(otel.kind = "client",
        otel.name = "select sessions", db.system.name = "postgresql", db.operation.name = "select",
        db.query.summary = "select sessions", db.collection.name = "sessions"))]
    pub async fn session(self, id: SessionId) -> Result<Option<InboundSession>, StoreError> {
        let row = sqlx::query!(
            r#"select organization_id as "organization: OrganizationId", waha_name, hmac_key_sealed
               from sessions where id = $1 and deleted_at is null"#,
            id.0,
        )
        .fetch_optional(&self.system.store.pool)
        .await?;
        let Some(row) = row else { return Ok(None) };
        let hmac_key = self.system.store.keyring().open(&row.hmac_key_sealed)?;
        Ok(Some(InboundSession { id, organization: row.organization, waha_name: row.waha_name, hmac_key }))
    }

    /// Stores events, each once however often it is delivered, and a job for every session that has one. All or nothing.
    pub async fn receive(self, events: &[NewInboundEvent]) -> Result<(), StoreError> {
        let now = self.system.store.clock().now();
        let mut tx = self.system.begin().await?;
        let fresh = insert_events(&mut tx, events, now).await?;
        if !fresh.is_empty() {
            enqueue_processing(&mut tx, &fresh, now).await?;
            tx.wake(Wake::Queue(ProcessInbound::QUEUE));
        }
        tx.commit().await
    }
}

/// The sessions (with their organizations) that have an event they had not before.
async fn insert_events(
    tx: &mut Tx,
    events: &[NewInboundEvent],
    now: DateTime<Utc>,
) -> Result<Vec<(Uuid, Uuid)>, StoreError> {
    let ids: Vec<Uuid> = events.iter().map(|_| InboundEventId::new(now, rand::random()).0).collect();
    let organizations: Vec<Uuid> = events.iter().map(|event| event.organization.0).collect();
    let sessions: Vec<Uuid> = events.iter().map(|event| event.session.0).collect();
    let event_ids: Vec<&str> = events.iter().map(|event| event.event_id.as_str()).collect();
    let names: Vec<&str> = events.iter().map(|event| event.event.as_str()).collect();
    let bodies: Vec<Json<&serde_json::Value>> = events.iter().map(|event| Json(&event.body)).collect();
    let rows = sqlx::query!(
        "insert into inbound_events (id, organization_id, session_id, event_id, event, body, received_at)
         select e.*, $7
         from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::jsonb[]) as e
         on conflict (session_id, event_id) do nothing
         returning session_id, organization_id",
        &ids,
        &organizations,
        &sessions,
        &event_ids as &[&str],
        &names as &[&str],
        &bodies as &[Json<&serde_json::Value>],
        now,
    )
    .fetch_all(&mut **tx)
    .await?;
    let mut fresh: Vec<(Uuid, Uuid)> =
        rows.into_iter().map(|row| (row.session_id, row.organization_id)).collect();
    // Sorted: two transactions that touch the same jobs take them in the same order and cannot deadlock.
    fresh.sort_unstable();
    fresh.dedup();
    Ok(fresh)
}

/// One job per session. Where one waits already, its row is locked by the update that changes nothing, so a worker
/// cannot begin it before our events are committed; if it has begun, it no longer conflicts and a new job is made.
/// With `do nothing` it could begin in between, miss the events, and nobody would look again.
async fn enqueue_processing(
    tx: &mut Tx,
    sessions: &[(Uuid, Uuid)],
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let mut ids = Vec::with_capacity(sessions.len());
    let mut payloads = Vec::with_capacity(sessions.len());
    let mut keys = Vec::with_capacity(sessions.len());
    for (session, _) in sessions {
        let job = ProcessInbound { session: SessionId(*session) };
        ids.push(JobId::new(now, rand::random()).0);
        payloads.push(serde_json::to_value(&job)?);
        keys.push(job.dedup_key().unwrap_or_default());
    }
    let organizations: Vec<Uuid> = sessions.iter().map(|(_, organization)| *organization).collect();
    sqlx::query!(
        "insert into jobs (id, organization_id, kind, queue, payload, dedup_key, run_at, created_at)
         select j.id, j.organization_id, $5, $6, j.payload, j.dedup_key, $7, $7
         from unnest($1::uuid[], $2::uuid[], $3::jsonb[], $4::text[])
             as j (id, organization_id, payload, dedup_key)
         on conflict (dedup_key)
         where dedup_key is not null and state in ('pending', 'released')
         do update set run_at = jobs.run_at",
        &ids,
        &organizations,
        &payloads,
        &keys,
        ProcessInbound::NAME,
        ProcessInbound::QUEUE.as_str(),
        now,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
