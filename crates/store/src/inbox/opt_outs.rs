//! Opt-outs and opt-ins by reply: a person asks to be left alone, or takes that back. Each is answered, if the organization
//! wants that, and put on record with the message, its time and its words.

use chrono::{DateTime, TimeDelta, Utc};
use wahana_domain::consent::{ConsentEventKind, ConsentSource, OptOutScope};
use wahana_domain::opt_out::{ReplyIntent, Request};
use wahana_domain::{OrganizationId, PersonKey, SessionId};

use crate::contacts::consents::{self, ConsentSettings, NewEvent};
use crate::inbox::seen::SeenMessage;
use crate::messages::replies;
use crate::{StoreError, Tx};

/// The detail of a suppression that a reply made. Only these are lifted by a reply.
const BY_REPLY: &str = "replied to be left alone";
/// A person gets no second confirmation within this time: two machines could go on answering each other.
const CONFIRM_AGAIN: TimeDelta = TimeDelta::hours(1);

/// A message that asks for something, and its sender.
pub(crate) struct Reply<'a> {
    pub(crate) organization: OrganizationId,
    pub(crate) session: SessionId,
    pub(crate) person: &'a PersonKey,
    /// The digits of the number, where known.
    pub(crate) digits: Option<&'a str>,
    pub(crate) message: &'a SeenMessage,
}

/// Does what the message asks for, if it asks for something.
pub(crate) async fn apply(tx: &mut Tx, reply: &Reply<'_>) -> Result<(), StoreError> {
    let Some(Request { intent, scope }) = reply.message.request else { return Ok(()) };
    let settings = consents::read_settings(tx, reply.organization).await?;
    match intent {
        ReplyIntent::OptOut => opt_out(tx, reply, scope.unwrap_or(settings.opt_out_scope), &settings).await,
        ReplyIntent::OptIn => opt_in(tx, reply, &settings).await,
    }
}

/// Writes down that a person asked to be left alone. Of several requests the last one counts, and the wider scope.
async fn opt_out(
    tx: &mut Tx,
    reply: &Reply<'_>,
    scope: OptOutScope,
    settings: &ConsentSettings,
) -> Result<(), StoreError> {
    let at = reply.message.at.min(tx.store().clock().now());
    sqlx::query!(
        "insert into suppressions as s (organization_id, person, phone, reason, detail, created_at, scope)
         values ($1, $2, $5, 'opt_out', $4, $3, $6)
         on conflict (organization_id, person) do update set
             created_at = greatest(s.created_at, excluded.created_at),
             scope = case when s.scope = 'all' then s.scope else excluded.scope end
         where s.reason = 'opt_out' and s.detail = $4",
        reply.organization.0,
        reply.person.as_str(),
        at,
        BY_REPLY,
        reply.digits,
        scope.as_str(),
    )
    .execute(&mut **tx)
    .await?;
    sqlx::query!(
        "delete from consents where organization_id = $1 and person = $2 and given_at <= $3",
        reply.organization.0,
        reply.person.as_str(),
        at,
    )
    .execute(&mut **tx)
    .await?;
    let confirmed = confirm(tx, reply, settings.opt_out_confirmation.as_deref()).await?;
    record(tx, reply, ConsentEventKind::OptOut, Some(scope), confirmed).await
}

/// Lifts what the person asked for before this message. What a member of the organization suppressed stays, and so does a
/// request that is newer than the message. To be written to again is a consent.
async fn opt_in(tx: &mut Tx, reply: &Reply<'_>, settings: &ConsentSettings) -> Result<(), StoreError> {
    let lifted = sqlx::query!(
        "delete from suppressions
         where organization_id = $1
           and person = $2
           and reason = 'opt_out'
           and detail = $4
           and created_at <= $3",
        reply.organization.0,
        reply.person.as_str(),
        reply.message.at,
        BY_REPLY,
    )
    .execute(&mut **tx)
    .await?;
    let blocked = sqlx::query_scalar!(
        r#"select exists (
               select 1 from suppressions where organization_id = $1 and person = $2
           ) as "blocked!""#,
        reply.organization.0,
        reply.person.as_str()
    )
    .fetch_one(&mut **tx)
    .await?;
    if blocked {
        return Ok(());
    }
    let agreed = sqlx::query!(
        "insert into consents as c (organization_id, person, source, detail, given_at)
         values ($1, $2, 'message', $3, $4)
         on conflict (organization_id, person) do nothing",
        reply.organization.0,
        reply.person.as_str(),
        reply.message.content.content.body.words(),
        reply.message.at,
    )
    .execute(&mut **tx)
    .await?;
    if lifted.rows_affected() + agreed.rows_affected() == 0 {
        return Ok(());
    }
    let confirmed = confirm(tx, reply, settings.opt_in_confirmation.as_deref()).await?;
    record(tx, reply, ConsentEventKind::OptIn, None, confirmed).await
}

/// Answers the person, if there is something to answer and they got no answer of this kind lately.
async fn confirm(
    tx: &mut Tx,
    reply: &Reply<'_>,
    text: Option<&str>,
) -> Result<Option<DateTime<Utc>>, StoreError> {
    let Some(text) = text else { return Ok(None) };
    let now = tx.store().clock().now();
    let lately = sqlx::query_scalar!(
        r#"select exists (
               select 1
               from consent_events
               where organization_id = $1 and person = $2 and confirmed_at > $3
           ) as "lately!""#,
        reply.organization.0,
        reply.person.as_str(),
        now - CONFIRM_AGAIN,
    )
    .fetch_one(&mut **tx)
    .await?;
    if lately {
        return Ok(None);
    }
    replies::send_text(tx, reply.organization, reply.session, reply.person, reply.digits, text).await?;
    Ok(Some(now))
}

async fn record(
    tx: &mut Tx,
    reply: &Reply<'_>,
    kind: ConsentEventKind,
    scope: Option<OptOutScope>,
    confirmed_at: Option<DateTime<Utc>>,
) -> Result<(), StoreError> {
    let event = NewEvent {
        person: reply.person,
        phone: reply.digits,
        kind,
        scope,
        source: ConsentSource::Message,
        session: Some(reply.session),
        waha_id: Some(&reply.message.waha_id),
        words: reply.message.content.content.body.words(),
        detail: None,
        at: reply.message.at,
        confirmed_at,
    };
    consents::record(tx, reply.organization, event).await
}
