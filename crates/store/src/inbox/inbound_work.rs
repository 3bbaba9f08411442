//! What WAHA told us, turned into what we know: acks, incoming messages, the state of sessions.

use chrono::{DateTime, Utc};
use uuid::Uuid;
use wahana_domain::messages::MessageState;
use wahana_domain::rejections::RejectionLimits;
use wahana_domain::sessions::SessionStatus;
use wahana_domain::{
    ConversationId, InboundEventId, MessageId, OrganizationId, PersonKey, Phone, Reason, SessionId,
};

use super::SystemInbox;
use crate::contacts::people;
use crate::inbox::lids;
use crate::inbox::opt_outs;
use crate::sessions::rejections::{self, Refused};
use crate::{StoreError, Tx, Wake};

use super::message_changes;
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

    /// Moves our messages forward by what WhatsApp proved; at most one proof per id. Never back. What WhatsApp refused
    /// is weighed in the same transaction.
    #[tracing::instrument(level = "debug", target = "wahana_store::db", skip_all, fields(otel.kind = "client",
        otel.name = "update messages", db.system.name = "postgresql", db.operation.name = "update",
        db.query.summary = "update messages", db.collection.name = "messages"))]
    pub async fn apply_proofs(
        self,
        session: SessionId,
        proofs: &[Proof],
        limits: &RejectionLimits,
    ) -> Result<Applied, StoreError> {
        if proofs.iter().all(|proof| proof.state != MessageState::Failed) {
            let rows = apply(self.system.store.pool(), session, proofs).await?;
            let got_through = rows.iter().filter_map(|row| row.accepted_sent_at).max();
            if let Some(sent_at) = got_through {
                let mut tx = self.system.begin().await?;
                rejections::got_through(&mut tx, session, sent_at).await?;
                tx.commit().await?;
            }
            return Ok(Applied { known: rows.into_iter().map(|row| row.waha_id).collect(), parked: None });
        }
        let mut tx = self.system.begin().await?;
        let rows = apply(&mut *tx, session, proofs).await?;
        if let Some(sent_at) = rows.iter().filter_map(|row| row.accepted_sent_at).max() {
            rejections::got_through(&mut tx, session, sent_at).await?;
        }
        let told = |waha_id: &str| {
            let chat = |proof: &Proof| proof.waha_id == waha_id && proof.code == Some(Reason::ChatRefused);
            proofs.iter().any(chat)
        };
        // That the account is restricted was told with the ack, and is heeded beside this.
        let counts = |row: &&AppliedRow| {
            let own = proofs.iter().find(|proof| proof.waha_id == row.waha_id);
            row.refused && own.is_some_and(|proof| proof.code != Some(Reason::Restricted))
        };
        let refused: Vec<Refused> = rows
            .iter()
            .filter(counts)
            .map(|row| Refused { message: row.id, told: told(&row.waha_id) })
            .collect();
        let parked = match refused.is_empty() {
            true => None,
            false => rejections::note_refused(&mut tx, session, &refused, limits).await?,
        };
        tx.commit().await?;
        Ok(Applied { known: rows.into_iter().map(|row| row.waha_id).collect(), parked })
    }
}

/// What proofs did.
#[derive(Clone, Debug, Default)]
pub struct Applied {
    /// The ids that are messages of ours, moved or not.
    pub known: Vec<String>,
    /// WhatsApp refuses most new chats of the session: its bulk line rests until then.
    pub parked: Option<DateTime<Utc>>,
}

struct AppliedRow {
    waha_id: String,
    id: MessageId,
    /// WhatsApp refused it now.
    refused: bool,
    /// When it was sent, if it is a sign that WhatsApp takes new chats.
    accepted_sent_at: Option<DateTime<Utc>>,
}

async fn apply(
    db: impl sqlx::PgExecutor<'_>,
    session: SessionId,
    proofs: &[Proof],
) -> Result<Vec<AppliedRow>, StoreError> {
    {
        let waha_ids: Vec<&str> = proofs.iter().map(|p| p.waha_id.as_str()).collect();
        let states: Vec<MessageState> = proofs.iter().map(|p| p.state).collect();
        let ats: Vec<DateTime<Utc>> = proofs.iter().map(|p| p.at).collect();
        let codes: Vec<Option<&str>> = proofs.iter().map(|p| p.code.map(Reason::as_str)).collect();
        let details: Vec<Option<&str>> = proofs.iter().map(|p| p.detail.as_deref()).collect();
        let rows = sqlx::query_file_as!(
            AppliedRow,
            "src/inbox/apply_proofs.sql",
            session.0,
            &waha_ids as &[&str],
            &states as &[MessageState],
            &ats,
            &codes as &[Option<&str>],
            &details as &[Option<&str>],
        )
        .fetch_all(db)
        .await?;
        Ok(rows)
    }
}

impl SystemInbox<'_> {
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
            let stored = sqlx::query_file!(
                "src/inbox/store_seen.sql",
                // Of the same moment the first that came is the first.
                MessageId::new(message.at, (n as u128) << 64 | u128::from(rand::random::<u64>())).0,
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
        let groups: Vec<&str> = seen
            .iter()
            .map(|message| message.chat_id.as_str())
            .filter(|chat| chat.ends_with("@g.us"))
            .collect();
        message_changes::ask_for_names(&mut tx, organization, session, &groups, now).await?;
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
