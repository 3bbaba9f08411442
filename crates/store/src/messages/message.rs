//! Messages of an organization: what one is, how it is found and taken back. How it is accepted stands in `accepting`;
//! what becomes of it on the way is written by `sending` and `inbound_work`.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use serde::Deserialize;
use sqlx::types::Json;
use wahana_domain::campaigns::CampaignState;
use wahana_domain::messages::{Class, Content, Direction, MessageState};
use wahana_domain::number_check::NumberCheckMode;
use wahana_domain::suppressions::SuppressionReasonCode;
use wahana_domain::waiting::WaitingFor;
use wahana_domain::{CampaignId, MediaId, MessageId, PersonKey, ReasonCode, SenderPoolId, SessionId};

use super::TenantMessages;
use super::media::preparations::FileWish;
use crate::{Page, PageRequest, StoreError, Tx};

/// A message, with what is known of its job and campaign.
#[derive(Clone, Debug)]
pub struct Message {
    /// Its id.
    pub id: MessageId,
    /// The session it leaves from or came to.
    pub session_id: SessionId,
    /// The campaign it belongs to.
    pub campaign_id: Option<CampaignId>,
    /// The sender pool that chose the session.
    pub pool_id: Option<SenderPoolId>,
    /// Which way it went.
    pub direction: Direction,
    /// Which line of the lane it waits in.
    pub class: Class,
    /// How far it is.
    pub state: MessageState,
    /// The key of the person, or the chat of the group.
    pub chat_id: String,
    /// What WAHA calls that chat, if not so: the chat that was written to, or that an event named.
    pub waha_chat_id: Option<String>,
    /// E.164 digits of the other person, where known.
    pub phone: Option<String>,
    /// What it says: to be read by `MessageContent::read`.
    pub content: serde_json::Value,
    /// The bare WhatsApp id.
    pub waha_id: Option<String>,
    /// Not before this time.
    pub send_at: Option<DateTime<Utc>>,
    /// Not after this time.
    pub expires_at: Option<DateTime<Utc>>,
    /// Why it failed or was cancelled, or what the last attempt ran into.
    pub error_code: Option<String>,
    /// The same for people.
    pub error_detail: Option<String>,
    /// When it was accepted or came.
    pub created_at: DateTime<Utc>,
    /// When WhatsApp took it.
    pub sent_at: Option<DateTime<Utc>>,
    /// When it reached the device.
    pub delivered_at: Option<DateTime<Utc>>,
    /// When it was read.
    pub read_at: Option<DateTime<Utc>>,
    /// When nobody had to wait for it any more.
    pub settled_at: Option<DateTime<Utc>>,
    /// When its author last changed its words.
    pub edited_at: Option<DateTime<Utc>>,
    /// When its author deleted it for everyone; its content is shown to nobody then.
    pub deleted_at: Option<DateTime<Utc>>,
    /// Of a group: how many members have it.
    pub group_delivered: Option<i32>,
    /// Of a group: how many members have read it.
    pub group_read: Option<i32>,
    /// Of a group: how many members it has, the account included; where known.
    pub group_members: Option<i32>,
    /// Reactions to it, the newest of each person.
    pub reactions: Option<Json<Vec<MessageReaction>>>,
    /// When its job is due, if it has one.
    pub job_run_at: Option<DateTime<Utc>>,
    /// What the job's last attempt ran into.
    pub job_code: Option<String>,
    /// Why its job is not due, if neither a wish nor a retry is the reason.
    pub held_for: Option<WaitingFor>,
    /// The state of its campaign, if it has one.
    pub campaign_state: Option<CampaignState>,
}

/// A reaction to a message.
#[derive(Clone, Debug, Deserialize)]
pub struct MessageReaction {
    /// The chat id of the person who reacted; empty: the account itself.
    pub author: String,
    /// The emoji.
    pub emoji: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// A message to accept.
#[derive(Clone, Debug)]
pub struct NewMessage {
    /// Its id; also the id of its job.
    pub id: MessageId,
    /// The session it leaves from.
    pub session: SessionId,
    /// The pool that chose the session, and may choose another one of its members while it waits.
    pub pool: Option<SenderPoolId>,
    /// The key of the person, or the chat of the group.
    pub chat_id: String,
    /// E.164 digits of the person as they were given, where a number is known.
    pub phone: Option<String>,
    /// What it says, validated.
    pub content: Content,
    /// Whether the number is checked first, should nobody have written there before.
    pub check_number: NumberCheckMode,
    /// Which line of the lane it waits in.
    pub class: Class,
    /// The bare WhatsApp id we choose for it.
    pub waha_id: String,
    /// When it was accepted.
    pub created_at: DateTime<Utc>,
    /// Not before this time; `None` is now.
    pub send_at: Option<DateTime<Utc>>,
    /// Not after this time.
    pub expires_at: Option<DateTime<Utc>>,
    /// The person's time zone, where it is known better than from the number.
    pub time_zone: Option<Tz>,
    /// A file that has to be fetched or converted before it can be sent.
    pub file: Option<FileWish>,
}

impl NewMessage {
    /// The state it starts in.
    pub fn state(&self) -> MessageState {
        if self.send_at.is_some_and(|at| at > self.created_at) {
            MessageState::Scheduled
        } else {
            MessageState::Queued
        }
    }

    pub(crate) fn media(&self) -> Option<MediaId> {
        match self.content.media()?.source {
            wahana_domain::messages::MediaSource::Id(id) => Some(id),
            wahana_domain::messages::MediaSource::Url(_) => None,
        }
    }
}

/// Whether a message was accepted.
#[derive(Clone, Debug, PartialEq)]
pub enum Acceptance {
    /// It is recorded, and its job with it.
    Accepted,
    /// The same request was accepted before; this was the answer.
    Replay {
        /// The HTTP status.
        status: u16,
        /// The answer.
        response: serde_json::Value,
    },
    /// The idempotency key was used for another request.
    KeyReused,
    /// There is no such session.
    NoSession,
    /// There is no such file.
    NoMedia,
    /// The person must not be written to, for this reason.
    Suppressed(SuppressionReasonCode),
    /// The person did not agree to bulk messages, and the organization asks for that.
    NoConsent,
}

/// Which messages of a list are wanted; `None` is all.
#[derive(Clone, Debug, Default)]
pub struct MessageFilter {
    /// Of this session.
    pub session: Option<SessionId>,
    /// In this state.
    pub state: Option<MessageState>,
    /// Of this campaign.
    pub campaign: Option<CampaignId>,
    /// Which way they went.
    pub direction: Option<Direction>,
    /// Of this person.
    pub person: Option<PersonKey>,
    /// In the chat with this key.
    pub chat_id: Option<String>,
    /// Which of a lane's two lines it belongs to.
    pub class: Option<Class>,
    /// With this error code.
    pub code: Option<ReasonCode>,
    /// With these words in its text or caption, in any case.
    pub text: Option<String>,
    /// Accepted or received at this time or later.
    pub from: Option<DateTime<Utc>>,
    /// Accepted or received before this time.
    pub to: Option<DateTime<Utc>>,
}

/// One try of a message's job.
#[derive(Clone, Debug)]
pub struct Attempt {
    /// Its number, from 1.
    pub n: i32,
    /// When it began.
    pub started_at: DateTime<Utc>,
    /// When it ended.
    pub finished_at: DateTime<Utc>,
    /// How it ended.
    pub outcome: String,
    /// A stable code, if it did not go well.
    pub code: Option<String>,
    /// The same for people.
    pub detail: Option<String>,
}

/// Whether a message was taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cancellation {
    /// It was.
    Cancelled,
    /// There is no such message.
    NotFound,
    /// Too late: it is in this state.
    TooLate(MessageState),
}

/// Selects messages with all their columns; the rest of the statement follows.
macro_rules! select_messages {
    ($rest:literal, $($value:tt)*) => {
        sqlx::query_as!(
            Message,
            r#"select m.id as "id: MessageId", m.session_id as "session_id: SessionId",
                      m.campaign_id as "campaign_id: CampaignId", m.pool_id as "pool_id: SenderPoolId",
                      m.direction as "direction: Direction", m.class as "class: Class",
                      m.state as "state: MessageState", m.chat_id, m.waha_chat_id, m.phone, m.content, m.waha_id,
                      m.send_at, m.expires_at, m.error_code, m.error_detail, m.created_at, m.sent_at,
                      m.delivered_at, m.read_at, m.settled_at, m.edited_at, m.deleted_at,
                      m.group_delivered, m.group_read, members_of(m.session_id, m.chat_id) as group_members,
                      reactions_to(m.id) as "reactions: Json<Vec<MessageReaction>>",
                      j.run_at as "job_run_at?",
                      j.error_code as "job_code?", j.held_for as "held_for?: WaitingFor",
                      c.state as "campaign_state?: CampaignState"
               from messages m
               left join jobs j on j.id = m.id
               left join campaigns c on c.id = m.campaign_id
            "# + $rest,
            $($value)*
        )
    };
}

impl TenantMessages<'_> {
    /// One message; `None` when there is none.
    pub async fn get(self, id: MessageId) -> Result<Option<Message>, StoreError> {
        read(&mut self.tenant.begin().await?, id).await
    }

    /// The message that has this WhatsApp id in this session.
    pub async fn by_whatsapp_id(
        self,
        session: SessionId,
        waha_id: &str,
    ) -> Result<Option<MessageId>, StoreError> {
        let mut tx = self.tenant.begin().await?;
        let found = sqlx::query_scalar!(
            r#"select id as "id: MessageId" from messages where session_id = $1 and waha_id = $2"#,
            session.0,
            waha_id,
        );
        Ok(found.fetch_optional(&mut *tx).await?)
    }

    /// Messages, newest first.
    pub async fn list(self, filter: &MessageFilter, page: PageRequest) -> Result<Page<Message>, StoreError> {
        let mut tx = self.tenant.begin().await?;
        let rows = select_messages!(
            "where ($1::uuid is null or m.session_id = $1)
               and ($2::message_state is null or m.state = $2)
               and ($3::uuid is null or m.campaign_id = $3)
               and ($4::message_direction is null or m.direction = $4)
               and ($5::text is null or m.chat_id = $5)
               and ($6::uuid is null or m.id < $6)
               and ($8::text is null or m.chat_id = $8)
               and ($9::message_class is null or m.class = $9)
               and ($10::text is null or m.error_code = $10)
               and ($11::text is null
                    or m.deleted_at is null and strpos(lower(words_of(m.content)), lower($11)) > 0)
               and ($12::timestamptz is null or m.created_at >= $12)
               and ($13::timestamptz is null or m.created_at < $13)
             order by m.id desc
             limit $7",
            filter.session.map(|id| id.0),
            filter.state as Option<MessageState>,
            filter.campaign.map(|id| id.0),
            filter.direction as Option<Direction>,
            filter.person.as_ref().map(PersonKey::as_str),
            page.before,
            page.fetch(),
            filter.chat_id,
            filter.class as Option<Class>,
            filter.code.as_ref().map(ReasonCode::as_str),
            filter.text,
            filter.from,
            filter.to,
        )
        .fetch_all(&mut *tx)
        .await?;
        Ok(Page::cut(rows, page, |row| row.id.0))
    }

    /// A message and every try to send it, oldest first; `None` when there is no such message.
    pub async fn attempts(self, id: MessageId) -> Result<Option<(Message, Vec<Attempt>)>, StoreError> {
        let mut tx = self.tenant.begin().await?;
        let Some(message) = read(&mut tx, id).await? else { return Ok(None) };
        let attempts = sqlx::query_as!(
            Attempt,
            "select n, started_at, finished_at, outcome, code, detail
             from attempts
             where job_id = $1
             order by started_at, n",
            id.0
        )
        .fetch_all(&mut *tx)
        .await?;
        Ok(Some((message, attempts)))
    }

    /// Takes a message back that is not on its way yet.
    pub async fn cancel(self, id: MessageId) -> Result<Cancellation, StoreError> {
        let now = self.tenant.store.clock().now();
        let mut tx = self.tenant.begin().await?;
        // The job first: workers lock in this order too.
        sqlx::query!("delete from jobs where id = $1 and state in ('pending', 'released')", id.0)
            .execute(&mut *tx)
            .await?;
        let cancelled = sqlx::query!(
            r#"update messages set state = 'cancelled', settled_at = $2
               where id = $1 and direction = 'outbound' and state in ('accepted', 'scheduled', 'queued')"#,
            id.0,
            now,
        )
        .execute(&mut *tx)
        .await?
        .rows_affected();
        if cancelled == 0 {
            let state = sqlx::query_scalar!(
                r#"select state as "state: MessageState" from messages where id = $1"#,
                id.0
            )
            .fetch_optional(&mut *tx)
            .await?;
            return Ok(state.map_or(Cancellation::NotFound, Cancellation::TooLate));
        }
        tx.audit("message.cancel", id, serde_json::json!({})).await?;
        tx.commit().await?;
        Ok(Cancellation::Cancelled)
    }
}

async fn read(tx: &mut Tx, id: MessageId) -> Result<Option<Message>, StoreError> {
    Ok(select_messages!("where m.id = $1", id.0).fetch_optional(&mut **tx).await?)
}
