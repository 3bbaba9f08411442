//! What WAHA told us, turned into what we know: acks, incoming messages, the state of sessions.

use chrono::{DateTime, Utc};
use uuid::Uuid;
use wahana_domain::messages::MessageState;
use wahana_domain::sessions::SessionStatus;
use wahana_domain::{ConversationId, InboundEventId, MessageId, OrganizationId, Phone, Reason, SessionId};

use crate::lids::{self, is_lid};
use crate::{StoreError, System, Wake};

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

/// A message that WAHA saw and we did not send.
#[derive(Clone, Debug)]
pub struct SeenMessage {
    /// The bare WhatsApp id.
    pub waha_id: String,
    /// Whether the account's own phone sent it.
    pub from_me: bool,
    /// The chat it is in; may be a LID.
    pub chat_id: String,
    /// The other person's number, where the event tells it.
    pub phone: Option<Phone>,
    /// Whether the other person asks to be left alone.
    pub opt_out: bool,
    /// What the other person calls themself; `None` in groups, where it is the writer's name.
    pub name: Option<String>,
    /// What it says, as content JSON.
    pub content: serde_json::Value,
    /// When it was sent.
    pub at: DateTime<Utc>,
}

/// News about a session.
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

impl System {
    /// Events of a session that wait, oldest first.
    pub async fn waiting_events(
        &self,
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
        .fetch_all(self.store.pool())
        .await?;
        Ok(rows)
    }

    /// Marks events as worked through.
    pub async fn events_done(&self, events: &[InboundEventId]) -> Result<(), StoreError> {
        let ids: Vec<Uuid> = events.iter().map(|e| e.0).collect();
        sqlx::query!(
            "update inbound_events set processed_at = $2 where id = any($1)",
            &ids,
            self.store.clock().now()
        )
        .execute(self.store.pool())
        .await?;
        Ok(())
    }

    /// Keeps events for another look.
    pub async fn events_again(&self, events: &[InboundEventId], error: &str) -> Result<(), StoreError> {
        let ids: Vec<Uuid> = events.iter().map(|e| e.0).collect();
        sqlx::query!(
            "update inbound_events set tries = tries + 1, error = $2 where id = any($1)",
            &ids,
            error
        )
        .execute(self.store.pool())
        .await?;
        Ok(())
    }

    /// Moves our messages forward by what WhatsApp proved; at most one proof per id. Never back. Returns the ids
    /// that are messages of ours, moved or not.
    pub async fn apply_proofs(
        &self,
        session: SessionId,
        proofs: &[Proof],
    ) -> Result<Vec<String>, StoreError> {
        let waha_ids: Vec<&str> = proofs.iter().map(|p| p.waha_id.as_str()).collect();
        let states: Vec<MessageState> = proofs.iter().map(|p| p.state).collect();
        let ats: Vec<DateTime<Utc>> = proofs.iter().map(|p| p.at).collect();
        let codes: Vec<Option<&str>> = proofs.iter().map(|p| p.code.map(Reason::as_str)).collect();
        let details: Vec<Option<&str>> = proofs.iter().map(|p| p.detail.as_deref()).collect();
        let known = sqlx::query_scalar!(
            r#"with x as (
                   select * from unnest($2::text[], $3::message_state[], $4::timestamptz[], $5::text[], $6::text[]) as x (waha_id, state, at, code, detail)
               ), ours as (
                   select m.id, m.waha_id, m.state as was, x.state, x.at, x.code, x.detail
                   from x join messages m on m.session_id = $1 and m.waha_id = x.waha_id and m.direction = 'outbound'
                   order by m.id for update of m
               ), moved as (
                   update messages m set state = o.state, error_code = o.code, error_detail = o.detail,
                          sent_at = case when o.state = 'failed' then m.sent_at else coalesce(m.sent_at, o.at) end,
                          delivered_at = case when o.state in ('delivered', 'read', 'played') then coalesce(m.delivered_at, o.at) else m.delivered_at end,
                          read_at = case when o.state in ('read', 'played') then coalesce(m.read_at, o.at) else m.read_at end,
                          settled_at = coalesce(m.settled_at, o.at)
                   from ours o where m.id = o.id and o.state = any (message_next(o.was))
                     -- WAHA's own echo is no news after WhatsApp refused it; events come in any order.
                     and not (o.state = 'sent' and refused_by_whatsapp(m.state, m.error_code))
               ), over as (
                   -- Proven: whatever job still waits for it must not send it again.
                   delete from jobs j using ours o where j.id = o.id and o.was in ('queued', 'failed') and o.state <> 'failed'
               )
               select waha_id as "waha_id!" from ours"#,
            session.0,
            &waha_ids as &[&str],
            &states as &[MessageState],
            &ats,
            &codes as &[Option<&str>],
            &details as &[Option<&str>],
        )
        .fetch_all(self.store.pool())
        .await?;
        Ok(known)
    }

    /// Stores messages that WAHA saw and we did not send, each once and with its conversation, and opts out who asks
    /// for it. What was written under a LID belongs to the chat of its number, where that is known.
    pub async fn store_seen(
        &self,
        organization: OrganizationId,
        session: SessionId,
        seen: &[SeenMessage],
    ) -> Result<(), StoreError> {
        let now = self.store.clock().now();
        let mut tx = self.begin().await?;
        for (n, message) in seen.iter().enumerate() {
            let digits = lids::digits(&mut tx, organization, session, message).await?;
            let lid = digits.as_ref().and(Some(&message.chat_id)).filter(|chat| is_lid(chat));
            let chat_id = match (lid, &digits) {
                (Some(_), Some(digits)) => format!("{digits}@c.us"),
                _ => message.chat_id.clone(),
            };
            let (direction, state) =
                if message.from_me { ("outbound", "sent") } else { ("inbound", "received") };
            // A message that is known already changes no conversation. What the phone itself wrote was seen by its owner.
            sqlx::query!(
                r#"with stored as (
                       insert into messages (id, organization_id, session_id, direction, class, state, chat_id, phone, content, waha_id, created_at, sent_at, settled_at, lid)
                       values ($1, $2, $3, $4::text::message_direction, 'transactional', $5::text::message_state, $6, $7, $8, $9, $10, $10, $10, $15)
                       on conflict do nothing returning id
                   )
                   insert into conversations as c (id, organization_id, session_id, chat_id, phone, name, unread, last_message_id, created_at)
                   select $11, $2, $3, $6, $7, $12, case when $13 then 0 else 1 end, id, $14 from stored
                   on conflict (session_id, chat_id) do update set last_message_id = greatest(c.last_message_id, excluded.last_message_id),
                       unread = case when $13 then 0 else c.unread + 1 end, phone = coalesce(excluded.phone, c.phone), name = coalesce(excluded.name, c.name)"#,
                // They came in this order and are taken in at one moment: what comes before the random part tells them apart.
                MessageId::new(now, (n as u128) << 64 | u128::from(rand::random::<u64>())).0,
                organization.0,
                session.0,
                direction,
                state,
                chat_id,
                digits,
                message.content,
                message.waha_id,
                message.at,
                ConversationId::new(now, rand::random()).0,
                message.name,
                message.from_me,
                now,
                lid,
            )
            .execute(&mut *tx)
            .await?;
            if let Some(digits) = digits.filter(|_| message.opt_out) {
                lids::opt_out(&mut tx, organization, &digits).await?;
            }
        }
        sqlx::query!("update sessions set last_inbound_at = $2 where id = $1", session.0, now)
            .execute(&mut *tx)
            .await?;
        tx.commit().await
    }

    /// Takes over a session's status, unless newer news is known already. A change is noted in its timeline and
    /// wakes its lane.
    pub async fn apply_status(&self, session: SessionId, news: &StatusNews) -> Result<bool, StoreError> {
        let now = self.store.clock().now();
        let told = DateTime::from_timestamp_millis(news.event_ms).filter(|_| news.event_ms > 0);
        let at = told.map_or(now, |told| told.min(now));
        let mut tx = self.begin().await?;
        let before = sqlx::query!(
            r#"with before as (
                   select id, organization_id, status, phone, needs_human_since, caught_up_to
                   from sessions where id = $1 and status_event_ms <= $3 for update
               ), after as (
                   update sessions s set status = $2, status_event_ms = $3,
                          status_since = case when s.status = $2 then s.status_since else $4 end,
                          phone = coalesce($5, s.phone), push_name = coalesce($6, s.push_name),
                          -- Another number has to be warmed up anew.
                          warm_up_from = case when $5 <> s.phone then $4 else s.warm_up_from end,
                          needs_human_since = case when $2 in ('scan_qr_code', 'passkey_required') then coalesce(s.needs_human_since, $4)
                                                   -- Somebody logged in.
                                                   when $2 = 'working' or ($2 = 'starting' and $5 is not null) then null
                                                   else s.needs_human_since end,
                          caught_up_to = case when $2 = 'working' then coalesce(s.caught_up_to, $4) else s.caught_up_to end,
                          -- A new connection is heard anew; what is wrong with its node stays.
                          trouble = case when $2 = 'working' and s.status <> 'working' and s.trouble <> 'node_away' then null else s.trouble end,
                          unheard_since = case when $2 = 'working' and s.status <> 'working' then null else s.unheard_since end,
                          unacked_since = case when $2 = 'working' and s.status <> 'working' then null else s.unacked_since end,
                          last_ack_at = case when $2 = 'working' and s.status <> 'working' then greatest(s.last_ack_at, $4) else s.last_ack_at end,
                          last_event_at = case when $2 = 'working' and s.status <> 'working' then greatest(s.last_event_at, $4) else s.last_event_at end,
                          -- It rested because it did not work: that is over now.
                          parked_until = case when $2 = 'working'::session_status and s.park_code in ('session_not_working', 'node_unreachable')
                                         then null else s.parked_until end
                   from before b where s.id = b.id
               ), told as (
                   insert into session_events (session_id, organization_id, at, status, code, detail)
                   select id, organization_id, $4, $2,
                          -- That a new session has to be paired is no trouble.
                          case when $2 in ('scan_qr_code', 'passkey_required') and needs_human_since is null and phone is not null then 'needs_scan' end,
                          case when $2 in ('scan_qr_code', 'passkey_required') and needs_human_since is null then
                               case when phone is null then 'somebody has to scan its QR code'
                                    else 'WhatsApp logged this device out: somebody has to scan its QR code again; nothing else helps' end end
                   from before where status <> $2
               )
               select organization_id as "organization: OrganizationId", status <> $2 as "changed!", caught_up_to is not null as "known!" from before"#,
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
            crate::supervision::recover_soon(&mut tx, before.organization, session, now).await?;
        }
        if changed && news.status == SessionStatus::Working {
            tx.wake(Wake::Lane(session));
        }
        tx.commit().await?;
        Ok(changed)
    }
}

impl System {
    /// Throws away old events that were worked through.
    pub async fn forget_events(&self, keep_events: std::time::Duration) -> Result<(), StoreError> {
        let now = self.store.clock().now();
        let before = now - chrono::TimeDelta::from_std(keep_events).unwrap_or(chrono::TimeDelta::days(3));
        sqlx::query!(
            "delete from inbound_events where id in (select id from inbound_events where processed_at < $1 limit 50000)",
            before,
        )
        .execute(self.store.pool())
        .await?;
        Ok(())
    }
}
