//! What reading a session's chats back needs to know, and how it is noted.

use chrono::{DateTime, Utc};
use wahana_domain::SessionId;
use wahana_domain::messages::MessageState;
use wahana_domain::sessions::SessionSignal;

use super::SystemInbox;
use crate::StoreError;
use crate::sessions::signals::note;

/// What is known of messages that WAHA shows.
#[derive(Clone, Debug, Default)]
pub struct KnownMessages {
    /// The bare ids of all that are known.
    pub ids: Vec<String>,
    /// Our own among them, and how far each is.
    pub own: Vec<(String, MessageState)>,
}

impl SystemInbox<'_> {
    /// Up to when everything of a session is known; `None` if it never worked.
    pub async fn caught_up_to(self, session: SessionId) -> Result<Option<DateTime<Utc>>, StoreError> {
        let known = sqlx::query_scalar!("select caught_up_to from sessions where id = $1", session.0)
            .fetch_optional(self.system.store.pool())
            .await?;
        Ok(known.flatten())
    }

    /// Which of these bare ids are messages of the session.
    pub async fn known_messages(
        self,
        session: SessionId,
        waha_ids: &[String],
    ) -> Result<KnownMessages, StoreError> {
        let rows = sqlx::query!(
            r#"select waha_id as "waha_id!", direction = 'outbound' as "own!", state as "state: MessageState"
               from messages where session_id = $1 and waha_id = any($2)"#,
            session.0,
            waha_ids,
        )
        .fetch_all(self.system.store.pool())
        .await?;
        let mut known = KnownMessages::default();
        for row in rows {
            if row.own {
                known.own.push((row.waha_id.clone(), row.state));
            }
            known.ids.push(row.waha_id);
        }
        Ok(known)
    }

    /// Notes that everything up to `until` is known, and what was missed.
    pub async fn caught_up(
        self,
        session: SessionId,
        until: DateTime<Utc>,
        messages: usize,
        acks: usize,
    ) -> Result<(), StoreError> {
        let mut tx = self.system.begin().await?;
        sqlx::query!(
            "update sessions set caught_up_to = greatest(caught_up_to, $2) where id = $1",
            session.0,
            until
        )
        .execute(&mut *tx)
        .await?;
        if messages + acks > 0 {
            let detail = format!("read back what was missed: {messages} messages, {acks} acks");
            note(&mut tx, session, SessionSignal::Recovered, &detail, self.system.store.clock().now())
                .await?;
        }
        tx.commit().await
    }

    /// Notes that WAHA reported something of a session, and whether an ack was among it; written at most every few
    /// seconds.
    pub async fn heard(self, session: SessionId, at: DateTime<Utc>, acked: bool) -> Result<(), StoreError> {
        sqlx::query!(
            "update sessions
             set last_event_at = $2, unheard_since = null,
                 trouble = case
                               when trouble = 'deaf' or $3 and trouble = 'unacked' then null
                               else trouble
                           end,
                 last_ack_at = case when $3 then $2 else last_ack_at end,
                 unacked_since = case when $3 then null else unacked_since end
             where id = $1
               and (
                   last_event_at is null
                   or last_event_at < $2::timestamptz - interval '5 seconds'
                   or unheard_since is not null
                   or $3
                      and (
                          last_ack_at is null
                          or last_ack_at < $2::timestamptz - interval '5 seconds'
                          or unacked_since is not null
                      )
               )",
            session.0,
            at,
            acked,
        )
        .execute(self.system.store.pool())
        .await?;
        Ok(())
    }
}
