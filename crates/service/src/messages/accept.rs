//! Accepting a message: checked, addressed, recorded with its job. The only way in, for requests and for everything else
//! that sends.

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use chrono_tz::Tz;
use thiserror::Error;
use wahana_domain::chat_id::client_message_id;
use wahana_domain::messages::{Class, Content};
use wahana_domain::number_check::NumberCheckMode;
use wahana_domain::suppressions::SuppressionReasonCode;
use wahana_domain::{ChatId, MessageId, Rule, SenderPoolId, SessionId};
use wahana_store::db::idempotency::Idempotency;
use wahana_store::messages::{Acceptance, NewMessage};
use wahana_store::{StoreError, Tenant};

use crate::checks::WrongField;
use crate::contacts::people::{self, WhoError};
use crate::messages::media::{self, FileError};
use crate::messages::mentions::{self, MentionError};
use crate::messages::reply_to::{self, ReplyError};
use crate::sessions::sender_choice::{self, ChoiceError};

/// How far ahead a message may be scheduled.
const MAX_AHEAD: TimeDelta = TimeDelta::days(366);
/// A schedule that is late by no more than this counts as now.
const MAX_LATE: TimeDelta = TimeDelta::hours(1);

/// What sends a message.
#[derive(Clone, Copy, Debug)]
pub enum Sender {
    /// This session.
    Session(SessionId),
    /// A member that the pool chooses.
    Pool(SenderPoolId),
}

/// A message as somebody wants it.
#[derive(Clone, Debug)]
pub struct Draft {
    /// What sends it.
    pub sender: Sender,
    /// A phone number as people write it, a chat (`<id>@g.us`, `<digits>@c.us`, `<digits>@lid`), or an `@username`.
    pub to: String,
    /// What it says.
    pub content: Content,
    /// Which line of the lane it waits in.
    pub class: Class,
    /// Whether the number is checked first, should it be a new chat.
    pub check_number: NumberCheckMode,
    /// Not before this time; `None` is now.
    pub send_at: Option<DateTime<Utc>>,
    /// Not after this time.
    pub expires_at: Option<DateTime<Utc>>,
    /// The person's time zone, where it is known better than from the number.
    pub time_zone: Option<Tz>,
}

/// Why a message was not accepted. Nothing was written.
#[derive(Debug, Error)]
pub enum AcceptError {
    /// Postgres.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A field of the draft breaks a rule.
    #[error(transparent)]
    Wrong(#[from] WrongField),
    /// The sender pool chose nobody.
    #[error(transparent)]
    Choice(ChoiceError),
    /// There is no such session.
    #[error("there is no such session")]
    NoSession,
    /// The person must not be written to, for this reason.
    #[error("the number is on the suppression list ({0})")]
    Suppressed(SuppressionReasonCode),
    /// The person did not agree to bulk messages, and the organization asks for that.
    #[error("the consent of this person is not on record, and your organization asks for it")]
    NoConsent,
    /// The idempotency key was used for another request.
    #[error("the idempotency key was used for another request")]
    KeyReused,
}

impl From<FileError> for AcceptError {
    fn from(error: FileError) -> Self {
        match error {
            FileError::Store(error) => Self::Store(error),
            FileError::Wrong(wrong) => Self::Wrong(wrong),
        }
    }
}

impl From<ReplyError> for AcceptError {
    fn from(error: ReplyError) -> Self {
        match error {
            ReplyError::Store(error) => Self::Store(error),
            ReplyError::Wrong(wrong) => Self::Wrong(wrong),
        }
    }
}

/// What became of a draft that was not refused.
#[derive(Clone, Debug, PartialEq)]
pub enum Accepted {
    /// It is recorded with its job.
    Recorded,
    /// The same request was accepted before; this was the answer.
    Replay {
        /// The HTTP status.
        status: u16,
        /// The answer.
        response: serde_json::Value,
    },
}

/// A time as Postgres keeps it: in microseconds.
pub fn stored(at: DateTime<Utc>) -> DateTime<Utc> {
    at.trunc_subsecs(6)
}

/// Checks a draft, chooses the session, and resolves the recipient and the message that is replied to. Writes nothing.
///
/// # Errors
/// See [`AcceptError`].
pub async fn prepare(
    tenant: &Tenant,
    mut draft: Draft,
    now: DateTime<Utc>,
) -> Result<NewMessage, AcceptError> {
    check_content(&draft.content)?;
    let (chat_id, phone) = recipient(tenant, &draft.to).await?;
    check_times(&draft, now)?;
    let (session, pool) = match draft.sender {
        Sender::Session(session) => (session, None),
        Sender::Pool(pool) => {
            if phone.is_none() {
                return Err(WrongField::new("pool_id", Rule::PoolNeedsPerson).into());
            }
            let chosen = sender_choice::choose(tenant, pool, &chat_id, draft.class, now).await;
            (chosen.map_err(AcceptError::Choice)?, Some(pool))
        }
    };
    reply_to::resolve(tenant, session, &chat_id, &mut draft.content).await?;
    mentions::resolve(tenant, &chat_id, &mut draft.content).await.map_err(|error| match error {
        MentionError::Store(error) => AcceptError::from(error),
        MentionError::Wrong(wrong) => wrong.into(),
    })?;
    let file = media::wish(tenant, &draft.content).await?;
    let id = MessageId::new(now, rand::random());
    Ok(NewMessage {
        id,
        session,
        pool,
        chat_id,
        phone,
        content: draft.content,
        check_number: draft.check_number,
        class: draft.class,
        waha_id: client_message_id(id.0.as_u128()),
        created_at: now,
        send_at: draft.send_at.map(stored),
        expires_at: draft.expires_at.map(stored),
        time_zone: draft.time_zone,
        file,
    })
}

/// Records a prepared message with its job, both or neither; with a key, once.
///
/// # Errors
/// See [`AcceptError`].
pub async fn record(
    tenant: &Tenant,
    new: NewMessage,
    key: Option<Idempotency>,
) -> Result<Accepted, AcceptError> {
    match tenant.messages().accept(new, key).await? {
        Acceptance::Accepted => Ok(Accepted::Recorded),
        Acceptance::Replay { status, response } => Ok(Accepted::Replay { status, response }),
        Acceptance::KeyReused => Err(AcceptError::KeyReused),
        Acceptance::NoSession => Err(AcceptError::NoSession),
        Acceptance::NoMedia => Err(WrongField::new("content.media.id", Rule::NoSuchFile).into()),
        Acceptance::Suppressed(reason) => Err(AcceptError::Suppressed(reason)),
        Acceptance::NoConsent => Err(AcceptError::NoConsent),
    }
}

/// Checks what a message says.
///
/// # Errors
/// The field that breaks a rule.
pub fn check_content(content: &Content) -> Result<(), WrongField> {
    content.validate().map_err(|found| WrongField::inside("content", found))
}

/// The key of the chat, and the E.164 digits if it is that of a person whose number is known.
async fn recipient(tenant: &Tenant, to: &str) -> Result<(String, Option<String>), AcceptError> {
    if let Ok(chat) = ChatId::parse(to)
        && chat.is_group()
    {
        return Ok((chat.as_str().to_owned(), None));
    }
    let person = people::named(tenant, to).await.map_err(|error| match error {
        WhoError::Store(error) => AcceptError::Store(error),
        WhoError::Wrong(rule) => WrongField::new("to", rule).into(),
    })?;
    Ok((person.key.to_string(), person.digits().map(str::to_owned)))
}

/// The rule that a schedule breaks; `None` if it breaks none.
pub(crate) fn wrong_send_at(send_at: DateTime<Utc>, now: DateTime<Utc>) -> Option<Rule> {
    if send_at > now + MAX_AHEAD {
        return Some(Rule::TooFar { days: MAX_AHEAD.num_days().unsigned_abs() });
    }
    (send_at < now - MAX_LATE).then_some(Rule::InPast)
}

fn check_times(draft: &Draft, now: DateTime<Utc>) -> Result<(), WrongField> {
    let due = draft.send_at.unwrap_or(now);
    if let Some(rule) = wrong_send_at(due, now) {
        return Err(WrongField::new("send_at", rule));
    }
    if draft.expires_at.is_some_and(|end| end <= due.max(now)) {
        return Err(WrongField::new("expires_at", Rule::NotAfterSendAt));
    }
    Ok(())
}
