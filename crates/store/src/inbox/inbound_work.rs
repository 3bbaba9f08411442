//! What WAHA told us, turned into what we know: acks, incoming messages, the state of sessions.

use chrono::{DateTime, Utc};
use uuid::Uuid;
use wahana_domain::messages::MessageState;
use wahana_domain::sessions::SessionStatus;
use wahana_domain::{
    ConversationId, InboundEventId, MessageId, OrganizationId, PersonKey, Phone, Reason, SessionId,
};

use super::SystemInbox;
use crate::contacts::people;
use crate::inbox::lids;
use crate::inbox::opt_outs;
use crate::{StoreError, Tx, Wake};

pub use super::seen::SeenMessage;

/// An event that waits to be worked through.
#[derive(Clone, Debug)]
pub struct WaitingEvent {
    /// Its row.
    pub id: InboundEventId,
    /// How often it was looked at before.
    pub tries: i32,
    /// When it came.
    pub received_at: DateTime<Utc>,
    /// WAHA's envelope as it came.
    pub body: serde_json::Value,
}

/// Proof from WhatsApp about one of our messages.
#[derive(Clone, Debug)]
pub struct Proof {
    /// The bare WhatsApp id.
    pub waha_id: String,
    /// How far it is.
    pub state: MessageState,
    /// When WhatsApp said so.
    pub at: DateTime<Utc>,
    /// Why it failed, for `failed`.
    pub code: Option<Reason>,
    /// The same for people.
    pub detail: Option<String>,
}

/// A reported change of a session.
#[derive(Clone, Debug)]
pub struct StatusNews {
    /// Its status now.
    pub status: SessionStatus,
    /// WAHA's time of it, in milliseconds: older news does not undo newer.
    pub event_ms: i64,
    /// The account's number, once known.
    pub phone: Option<String>,
    /// The account's name, once known.
    pub push_name: Option<String>,
}

impl SystemInbox<'_> {
    /// Events of a session that wait, oldest first.
    #[tracing::instrument(level = "debug", target = "wahana_store::db", skip_all, fields(otel.kind = "client",
        otel.name = "select inbound_events", db.system.name = "postgresql", db.operation.name = "select",
        db.query.summary = "select inbound_events", db.collection.name = "inbound_events"))]
    pub async fn waiting_events(
        self,
        session: SessionId,
        limit: i64,
    ) -> Result<Vec<WaitingEvent>, StoreError> {
        let rows = sqlx::query_as!(
            WaitingEvent,
            r#"select id as "id: InboundEventId", tries, received_at, body from inbound_events
               where session_id = $1 and processed_at is null order by id limit $2"#,
            session.0,
            limit,
        )
        .fetch_all(self.system.store.pool())
        .await?;
        Ok(rows)
    }

    /// Marks events as worked through.
    #[tracing::instrument(level = "debug", target = "wahana_store::db", skip_all, fields(otel.kind = "client",
        otel.name = "update inbound_events", db.system.name = "postgresql", db.operation.name = "update",
        db.query.summary = "update inbound_events", db.collection.name = "inbound_events"))]
    pub async fn events_done(self, events: &[InboundEventId]) -> Result<(), StoreError> {
        let ids: Vec<Uuid> = events.iter().map(|e| e.0).collect();
        sqlx::query!(
            "update inbound_events set processed_at = $2 where id = any($1)",
            &ids,
            self.system.store.clock().now()
        )
        .execute(self.system.store.pool())
        .await?;
        Ok(())
    }

    /// Keeps events for another look.
    #[tracing::instrument(level = "debug", target = "wahana_store::db", skip_all, fields(otel.kind = "client",
        otel.name = "update inbound_events", db.system.name = "postgresql", db.operation.name = "update",
        db.query.summary = "update inbound_events", db.collection.name = "inbound_events"))]
    pub async fn events_again(self, events: &[InboundEventId], error: &str) -> Result<(), StoreError> {
        let ids: Vec<Uuid> = events.iter().map(|e| e.0).collect();
        sqlx::query!(
            "update inbound_events set tries = tries + 1, error = $2 where id = any($1)",
            &ids,
            error
        )
        .execute(self.system.store.pool())
        .await?;
        Ok(())
    }

    /// Moves our messages forward by what WhatsApp proved; at most one proof per id. Never back. Returns the ids
    /// that are messages of ours, moved or not.
    #[tracing::instrument(level = "debug", target = "wahana_store::db", skip_all, fields(otel.kind = "client",
        otel.name = "update messages", db.system.name = "postgresql", db.operation.name = "update",
        db.query.summary = "update messages", db.collection.name = "messages"))]
    pub async fn apply_proofs(self, session: SessionId, proofs: &[Proof]) -> Result<Vec<String>, StoreError> {
        let waha_ids: Vec<&str> = proofs.iter().map(|p| p.waha_id.as_str()).collect();
        let states: Vec<MessageState> = proofs.iter().map(|p| p.state).collect();
        let ats: Vec<DateTime<Utc>> = proofs.iter().map(|p| p.at).collect();
        let codes: Vec<Option<&str>> = proofs.iter().map(|p| p.code.map(Reason::as_str)).collect();
        let details: Vec<Option<&str>> = proofs.iter().map(|p| p.detail.as_deref()).collect();
        let known = sqlx::query_file_scalar!(
            "src/inbox/apply_proofs.sql",
            session.0,
            &waha_ids as &[&str],
            &states as &[MessageState],
            &ats,
            &codes as &[Option<&str>],
            &details as &[Option<&str>],
        )
        .fetch_all(self.system.store.pool())
        .await?;
        Ok(known)
    }

    /// Stores messages that WAHA saw and we did not send, each once and with its conversation, and opts out or
    /// back in the people who ask for it. What was written under a LID belongs to the person behind it, where that is known.
    pub async fn store_seen(
        self,
        organization: OrganizationId,
        session: SessionId,
        seen: &[SeenMessage],
    ) -> Result<(), StoreError> {
        let now = self.system.store.clock().now();
        let mut tx = self.system.begin().await?;
        for (n, message) in seen.iter().enumerate() {
            let person = lids::person(&mut tx, organization, session, message).await?;
            let chat_id = person.as_ref().map_or(message.chat_id.as_str(), PersonKey::as_str);
            let named = Some(message.chat_id.as_str()).filter(|named| *named != chat_id);
            // A number that a member said is somebody else's does not count.
            let told =
                message.phone.as_ref().filter(|told| person.as_ref() == Some(&PersonKey::of_phone(told)));
            let digits = told.map(Phone::digits).or_else(|| person.as_ref().and_then(PersonKey::digits));
            let (direction, state) =
                if message.from_me { ("outbound", "sent") } else { ("inbound", "received") };
            // A message that is known already changes no conversation. What the phone itself wrote was seen by its owner.
            let stored = sqlx::query!(
                "with stored as (
                     insert into messages (
                         id, organization_id, session_id, direction, class, state, chat_id, phone, content,
                         waha_id, created_at, sent_at, settled_at, waha_chat_id
                     )
                     values ($1, $2, $3, $4::text::message_direction, 'transactional',
                             $5::text::message_state, $6, $7, $8, $9, $10, $10, $10, $15)
                     on conflict do nothing
                     returning id
                 )
                 insert into conversations as c (
                     id, organization_id, session_id, chat_id, phone, name, unread, last_message_id,
                     created_at
                 )
                 select $11, $2, $3, $6, $7, $12, case when $13 then 0 else 1 end, id, $14
                 from stored
                 on conflict (session_id, chat_id) do update set
                     last_message_id = greatest(c.last_message_id, excluded.last_message_id),
                     unread = case when $13 then 0 else c.unread + 1 end,
                     phone = coalesce(excluded.phone, c.phone), name = coalesce(excluded.name, c.name)",
                // They came in this order and are taken in at one moment: what comes before the random part tells them apart.
                MessageId::new(now, (n as u128) << 64 | u128::from(rand::random::<u64>())).0,
                organization.0,
                session.0,
                direction,
                state,
                chat_id,
                digits,
                serde_json::to_value(&message.content)?,
                message.waha_id,
                message.at,
                ConversationId::new(now, rand::random()).0,
                message.name,
                message.from_me,
                now,
                named,
            )
            .execute(&mut *tx)
            .await?;
            // WAHA tells old messages again after an outage: an old STOP must not undo a START that came after it.
            if let Some(person) = person.as_ref().filter(|_| stored.rows_affected() > 0) {
                name_person(&mut tx, organization, person, message).await?;
                let reply = opt_outs::Reply { organization, session, person, digits, message };
                opt_outs::apply(&mut tx, &reply).await?;
            }
        }
        sqlx::query!("update sessions set last_inbound_at = $2 where id = $1", session.0, now)
            .execute(&mut *tx)
            .await?;
        tx.commit().await
    }

    /// Takes over a session's status, unless newer news is known already. A change is noted in its timeline and
    /// wakes its lane.
    pub async fn apply_status(self, session: SessionId, news: &StatusNews) -> Result<bool, StoreError> {
        let now = self.system.store.clock().now();
        let told = DateTime::from_timestamp_millis(news.event_ms).filter(|_| news.event_ms > 0);
        let at = told.map_or(now, |told| told.min(now));
        let mut tx = self.system.begin().await?;
        let before = sqlx::query_file!(
            "src/inbox/apply_session_status.sql",
            session.0,
            news.status as SessionStatus,
            news.event_ms,
            at,
            news.phone,
            news.push_name,
        )
        .fetch_optional(&mut *tx)
        .await?;
        let changed = before.as_ref().is_some_and(|before| before.changed);
        if let Some(before) =
            before.filter(|before| before.changed && before.known && news.status == SessionStatus::Working)
        {
            // It was away: what came meanwhile may not have been told.
            crate::sessions::supervision::recover_soon(&mut tx, before.organization, session, now).await?;
        }
        if changed && news.status == SessionStatus::Working {
            tx.wake(Wake::Lane(session));
        }
        tx.commit().await?;
        Ok(changed)
    }
}

/// Somebody wrote: of a number with several forms that one is written to under which WAHA names the chat, and the username
/// is known. That the chat is named by a LID is no reason to leave a number that works.
async fn name_person(
    tx: &mut Tx,
    organization: OrganizationId,
    person: &PersonKey,
    message: &SeenMessage,
) -> Result<(), StoreError> {
    let has_forms = message.phone.as_ref().is_some_and(|phone| phone.forms().len() > 1);
    let is_number = message.chat_id.ends_with("@c.us");
    let chat = Some(message.chat_id.as_str()).filter(|_| has_forms && is_number && !message.from_me);
    let username = message.username.as_deref();
    if chat.is_none() && username.is_none() {
        return Ok(());
    }
    people::name(tx, organization, person, chat, username).await
}

impl SystemInbox<'_> {
    /// Throws away old events that were worked through.
    pub async fn forget_events(self, keep_events: std::time::Duration) -> Result<(), StoreError> {
        let now = self.system.store.clock().now();
        let before = now - chrono::TimeDelta::from_std(keep_events).unwrap_or(chrono::TimeDelta::days(3));
        sqlx::query!(
            "delete from inbound_events
             where id in (select id from inbound_events where processed_at < $1 limit 50000)",
            before,
        )
        .execute(self.system.store.pool())
        .await?;
        Ok(())
    }
}
