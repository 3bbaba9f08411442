//! The fence a worker takes before it sends, and how what happened is written down.
//!
//! Both take many messages at once: workers gather what is ready and pay one round trip for all of it.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use sqlx::types::Json;
use uuid::Uuid;
use wahana_domain::messages::{Class, Content, FenceVerdict};
use wahana_domain::policy::Typing;
use wahana_domain::sessions::SessionStatus;
use wahana_domain::{CampaignId, MessageId, NodeId, OrganizationId, Phone, Reason, SessionId};
use wahana_jobs::{Job, Outcome, SendMessage};

use super::SystemMessages;
use crate::StoreError;
use crate::db::interval::pg_interval;

/// The end of a chat in which a message may still be on its way.
const CHAT_END: TimeDelta = TimeDelta::days(2);

/// A message that is ours to send now: nobody else will, until the lease ends.
#[derive(Clone, Debug)]
pub struct Fenced {
    /// The message.
    pub message: MessageId,
    /// Whose it is.
    pub organization: OrganizationId,
    /// The session it leaves from.
    pub session: SessionId,
    /// The session's name at WAHA.
    pub waha_name: String,
    /// The node the session lives on.
    pub node: NodeId,
    /// Its class.
    pub class: Class,
    /// The key of the person or group.
    pub person: String,
    /// The person's number as it was given, where known.
    pub phone: Option<String>,
    /// The chat to write to, as WAHA names it.
    pub chat_id: String,
    /// What to say.
    pub content: Content,
    /// The bare id we chose for it.
    pub waha_id: Option<String>,
    /// How the session pretends to type before it, if it does.
    pub typing: Option<Typing>,
    /// Number of this attempt, from 1.
    pub attempt: u32,
    /// When it became due, or was released, whichever was later.
    pub due_at: DateTime<Utc>,
    /// When it was handed to Redis.
    pub released_at: Option<DateTime<Utc>>,
    /// When the fence was taken.
    pub started_at: DateTime<Utc>,
    /// The trace it belongs to.
    pub traceparent: Option<String>,
}

/// A message, and the lane that it was claimed from.
pub type LaneClaim = (MessageId, SessionId);

/// What the fence said about one message.
#[derive(Clone, Debug)]
pub enum Fence {
    /// Send it.
    Go(Box<Fenced>),
    /// Not now: it went back to wait; its lane should rest until the session works again.
    NotWorking(SessionStatus),
    /// Not now: it went back to wait, for WhatsApp lets the account open no chats. Its bulk line should rest.
    Parked {
        /// Until when.
        until: DateTime<Utc>,
    },
    /// Not now, or never: its campaign is paused, an operator holds it back, or it was cancelled, suppressed or too late. Nothing to do.
    Held,
    /// There is no such job any more, or somebody else has it.
    Gone,
}

/// What became of one attempt.
#[derive(Clone, Debug)]
pub struct Settlement {
    /// The message.
    pub message: MessageId,
    /// Whose it is.
    pub organization: OrganizationId,
    /// The session it left from.
    pub session: SessionId,
    /// Number of the attempt.
    pub attempt: u32,
    /// When the fence was taken.
    pub started_at: DateTime<Utc>,
    /// How it ended.
    pub outcome: Outcome,
    /// The bare id WAHA gave it, if it said.
    pub waha_id: Option<String>,
    /// When it is due again, for `Retry` and `Defer`.
    pub run_at: Option<DateTime<Utc>>,
}

struct FenceRow {
    id: MessageId,
    verdict: String,
    organization_id: OrganizationId,
    session_id: SessionId,
    waha_name: String,
    node_id: NodeId,
    status: SessionStatus,
    class: Class,
    person: String,
    phone: Option<String>,
    chat_id: String,
    content: serde_json::Value,
    waha_id: Option<String>,
    typing: Option<Json<Typing>>,
    attempt: i32,
    parked_until: Option<DateTime<Utc>>,
    due_at: DateTime<Utc>,
    released_at: Option<DateTime<Utc>>,
    traceparent: Option<String>,
}

impl FenceRow {
    /// Strict: the statement is ours, so a word that is not in the table is a fault of this version.
    fn verdict(&self) -> Result<FenceVerdict, StoreError> {
        Ok(self.verdict.parse()?)
    }

    fn fence(self, started_at: DateTime<Utc>) -> Result<(LaneClaim, Fence), StoreError> {
        let claim = (self.id, self.session_id);
        let fence = match self.verdict()? {
            FenceVerdict::Go => Fence::Go(Box::new(Fenced {
                message: self.id,
                organization: self.organization_id,
                session: self.session_id,
                waha_name: self.waha_name,
                node: self.node_id,
                class: self.class,
                person: self.person,
                phone: self.phone,
                chat_id: self.chat_id,
                content: serde_json::from_value(self.content)?,
                waha_id: self.waha_id,
                typing: self.typing.map(|typing| typing.0),
                attempt: self.attempt.max(0) as u32 + 1,
                due_at: self.due_at,
                released_at: self.released_at,
                started_at,
                traceparent: self.traceparent,
            })),
            FenceVerdict::NotWorking => Fence::NotWorking(self.status),
            FenceVerdict::Parked => Fence::Parked { until: self.parked_until.unwrap_or(started_at) },
            FenceVerdict::Gone
            | FenceVerdict::Paused
            | FenceVerdict::Cancelled
            | FenceVerdict::Expired
            | FenceVerdict::Suppressed
            | FenceVerdict::NoConsent
            | FenceVerdict::NotOnWhatsapp
            | FenceVerdict::ChatBusy
            | FenceVerdict::Unchecked
            | FenceVerdict::NoFile => Fence::Held,
        };
        Ok((claim, fence))
    }
}

impl SystemMessages<'_> {
    /// Takes the fence for these messages, each claimed from the lane beside it. What is not in the answer is
    /// [`Fence::Gone`]; so is a claim from a lane that the message has left.
    ///
    /// In one statement: `queued -> sending` for what may go; back to `pending` for what has to wait; `cancelled`
    /// or `expired` for what must not go any more.
    #[tracing::instrument(level = "debug", target = "wahana_store::db", skip_all, fields(otel.kind = "client",
        otel.name = "fence messages", db.system.name = "postgresql", db.operation.name = "fence",
        db.query.summary = "fence messages", db.collection.name = "messages"))]
    pub async fn fence(
        self,
        claims: &[LaneClaim],
        owner: &str,
        lease: Duration,
    ) -> Result<Vec<(LaneClaim, Fence)>, StoreError> {
        let ids: Vec<Uuid> = claims.iter().map(|(message, _)| message.0).collect();
        let lanes: Vec<Uuid> = claims.iter().map(|(_, lane)| lane.0).collect();
        let now = self.system.store.clock().now();
        let rows = sqlx::query_file_as!(
            FenceRow,
            "src/messages/fence_sends.sql",
            &ids,
            owner,
            pg_interval(lease),
            now,
            &lanes,
            MessageId::new(now - CHAT_END, 0).0,
        )
        .fetch_all(self.system.store.pool())
        .await?;
        for row in rows.iter().filter(|row| row.verdict == FenceVerdict::Unchecked.as_str()) {
            // It was asked for when it was accepted; an answer may have expired since.
            let Some(phone) = row.phone.as_deref().and_then(Phone::from_whatsapp) else { continue };
            if let Err(error) =
                self.system.number_checks().want_check(row.organization_id, row.session_id, phone).await
            {
                tracing::warn!(message.id = %row.id, error.message = %error, "cannot ask for a number to be checked; the message comes again");
            }
        }
        for row in rows.iter().filter(|row| row.verdict == FenceVerdict::NoFile.as_str()) {
            if let Err(error) = self.system.media().want_for_message(row.id).await {
                tracing::warn!(message.id = %row.id, error.message = %error, "cannot ask for a file; the message comes again");
            }
        }
        rows.into_iter().map(|row| row.fence(now)).collect()
    }

    /// Writes down what became of these attempts: the message's state, the job's end or next try, the attempt
    /// itself and the session's usage. What was sent goes in one statement, the rest in one transaction.
    ///
    /// An attempt whose lease was lost meanwhile can still prove that the message was sent; nothing else it says counts,
    /// for somebody else may be at it. What WhatsApp itself said (an ack may overtake the answer) is not turned back.
    #[tracing::instrument(level = "debug", target = "wahana_store::db", skip_all, fields(otel.kind = "client",
        otel.name = "settle messages", db.system.name = "postgresql", db.operation.name = "settle",
        db.query.summary = "settle messages", db.collection.name = "messages"))]
    pub async fn settle(self, owner: &str, settlements: &[Settlement]) -> Result<(), StoreError> {
        let (sent, rest): (Vec<_>, Vec<_>) =
            settlements.iter().partition(|s| matches!(s.outcome, Outcome::Done));
        if !sent.is_empty() {
            self.settle_sent(owner, &Columns::of(&sent)).await?;
        }
        if !rest.is_empty() {
            self.settle_rest(owner, &rest).await?;
        }
        Ok(())
    }

    /// Of all settlements nearly all; nothing here is decided, so one statement does it.
    async fn settle_sent(self, owner: &str, columns: &Columns<'_>) -> Result<(), StoreError> {
        sqlx::query_file!(
            "src/messages/settle_sent.sql",
            &columns.ids,
            &columns.attempts,
            &columns.waha_ids as &[Option<&str>],
            &columns.started_ats,
            &columns.organizations,
            &columns.sessions,
            self.system.store.clock().now(),
            owner,
            SendMessage::NAME,
        )
        .execute(self.system.store.pool())
        .await?;
        Ok(())
    }

    async fn settle_rest(self, owner: &str, settlements: &[&Settlement]) -> Result<(), StoreError> {
        let columns = Columns::of(settlements);
        let now = self.system.store.clock().now();
        let mut tx = self.system.begin().await?;
        // What the outcome makes of the message, if the edge exists from where it is now.
        sqlx::query!(
            "update messages m
             set state = x.state, waha_id = coalesce(x.waha_id, m.waha_id),
                 settled_at = case when x.outcome = 'give_up' then $6::timestamptz end, error_code = x.code,
                 error_detail = x.detail
             from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $7::message_state[],
                         $8::int[]) as x (id, outcome, waha_id, code, detail, state, attempt)
             where m.id = x.id
               and x.state = any (message_next(m.state))
               and m.state = 'sending'
               and exists (
                   select 1
                   from jobs j
                   where j.id = x.id and j.state = 'running' and j.owner = $9 and j.attempt = x.attempt
               )",
            &columns.ids,
            &columns.outcomes as &[&str],
            &columns.waha_ids as &[Option<&str>],
            &columns.codes as &[Option<&str>],
            &columns.details as &[Option<&str>],
            now,
            &columns.states as &[wahana_domain::messages::MessageState],
            &columns.attempts,
            owner,
        )
        .execute(&mut *tx)
        .await?;
        sqlx::query_file!(
            "src/messages/settle_unsent.sql",
            &columns.ids,
            &columns.outcomes as &[&str],
            &columns.attempts,
            &columns.run_ats as &[Option<DateTime<Utc>>],
            &columns.codes as &[Option<&str>],
            &columns.details as &[Option<&str>],
            &columns.started_ats,
            &columns.organizations,
            &columns.sessions,
            owner,
            now,
            SendMessage::NAME,
        )
        .execute(&mut *tx)
        .await?;
        for lost in settlements.iter().filter(|s| matches!(s.outcome, Outcome::Unknown { .. })) {
            tx.enqueue(crate::messages::resolving::resolve_soon(lost.organization, lost.message, now))
                .await?;
        }
        tx.commit().await
    }

    /// Which campaigns have all their recipients released and settled, now marked finished.
    pub async fn finish_campaigns(self) -> Result<Vec<CampaignId>, StoreError> {
        let finished = sqlx::query_scalar!(
            r#"update campaigns c
               set state = 'finished', finished_at = $1, updated_at = $1
               where c.state = 'running'
                 and c.cursor >= c.total
                 and not exists (
                     select 1
                     from campaign_progress p
                     where p.campaign_id = c.id
                       and p.state in ('accepted', 'scheduled', 'queued', 'sending', 'unknown')
                     group by p.state
                     having sum(p.n) > 0
                 )
               returning id as "id: CampaignId""#,
            self.system.store.clock().now(),
        )
        .fetch_all(self.system.store.pool())
        .await?;
        Ok(finished)
    }
}

/// Settlements turned into the columns of an UNNEST.
#[derive(Default)]
struct Columns<'a> {
    ids: Vec<Uuid>,
    organizations: Vec<Uuid>,
    sessions: Vec<Uuid>,
    outcomes: Vec<&'a str>,
    states: Vec<wahana_domain::messages::MessageState>,
    attempts: Vec<i32>,
    run_ats: Vec<Option<DateTime<Utc>>>,
    waha_ids: Vec<Option<&'a str>>,
    codes: Vec<Option<&'a str>>,
    details: Vec<Option<&'a str>>,
    started_ats: Vec<DateTime<Utc>>,
}

impl<'a> Columns<'a> {
    fn of(settlements: &[&'a Settlement]) -> Self {
        use wahana_domain::messages::MessageState;
        let mut columns = Self::default();
        for s in settlements {
            columns.ids.push(s.message.0);
            columns.organizations.push(s.organization.0);
            columns.sessions.push(s.session.0);
            columns.outcomes.push(s.outcome.as_str());
            columns.states.push(match s.outcome {
                Outcome::Done => MessageState::Sent,
                Outcome::Retry { .. } | Outcome::Defer { .. } => MessageState::Queued,
                Outcome::GiveUp { .. } => MessageState::Failed,
                Outcome::Unknown { .. } => MessageState::Unknown,
            });
            columns.attempts.push(s.attempt as i32);
            columns.run_ats.push(s.run_at);
            columns.waha_ids.push(s.waha_id.as_deref());
            columns.codes.push(s.outcome.code().map(Reason::as_str));
            columns.details.push(s.outcome.detail());
            columns.started_ats.push(s.started_at);
        }
        columns
    }
}
