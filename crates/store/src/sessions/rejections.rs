//! What WhatsApp's rejections make of a session: one chat is tried again later, or the bulk line rests until a probe gets
//! through or a member lets it try again. Decided by `wahana_domain::rejections` under the lock of the session's row.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;
use sqlx::types::Json;
use uuid::Uuid;
use wahana_domain::jobs::Queue;
use wahana_domain::rejections::{Rejection, RejectionLimits, RejectionSign, sign};
use wahana_domain::sessions::{ParkReason, SessionSignal};
use wahana_domain::{MessageId, OrganizationId, Reason, SessionId};
use wahana_jobs::{CheckAccount, Job, SendMessage};

use super::signals::{forget_rejection_count, note};
use super::{SystemSessions, TenantSessions};
use crate::db::interval::pg_interval;
use crate::{Enqueue, StoreError, Tx, Wake};

/// A rejection that is older says nothing of today.
const COUNTS: TimeDelta = TimeDelta::days(1);
/// Rejections are kept for this long.
const KEPT: TimeDelta = TimeDelta::days(14);

/// A message that WhatsApp refused.
#[derive(Clone, Copy, Debug)]
pub struct Refused {
    /// The message.
    pub message: MessageId,
    /// Whether WhatsApp said that it is about new chats (error 463).
    pub told: bool,
}

/// What becomes of a message whose send WhatsApp refused for its chat (GOWS: nothing went out).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChatRefusal {
    /// It is tried once more at this time.
    Again {
        /// When.
        at: DateTime<Utc>,
    },
    /// It was tried again already.
    Final,
    /// It is not the chat: the bulk line rests until then.
    Parked {
        /// The end of the rest.
        until: DateTime<Utc>,
    },
}

/// The session's row, locked.
struct Locked {
    organization: OrganizationId,
    since: Option<DateTime<Utc>>,
    bulk_parked_until: Option<DateTime<Utc>>,
    bulk_parked_since: Option<DateTime<Utc>>,
    bulk_park_code: Option<String>,
}

impl SystemSessions<'_> {
    /// A send was refused with error 463 while WAHA says that the account is free, or cannot tell.
    pub async fn refuse_chat(
        self,
        session: SessionId,
        message: MessageId,
        limits: &RejectionLimits,
    ) -> Result<ChatRefusal, StoreError> {
        let now = self.system.store.clock().now();
        let mut tx = self.system.begin().await?;
        let again = ChatRefusal::Again { at: now + span(limits.retry) };
        let Some(locked) = lock(&mut tx, session).await? else { return Ok(again) };
        let refused = [Refused { message, told: true }];
        let parked = weigh(&mut tx, session, &locked, &refused, limits, now).await?;
        let tries = sqlx::query_scalar!("select tries from rejections where message_id = $1", message.0)
            .fetch_optional(&mut *tx)
            .await?;
        tx.enqueue(Enqueue::now(locked.organization, CheckAccount { session })).await?;
        tx.commit().await?;
        Ok(match parked {
            Some(until) => ChatRefusal::Parked { until },
            None if tries.is_some_and(|tries| tries > 1) => ChatRefusal::Final,
            None => again,
        })
    }

    /// Forgets old rejections.
    pub async fn forget_rejections(self) -> Result<(), StoreError> {
        let before = self.system.store.clock().now() - KEPT;
        sqlx::query!("delete from rejections where at < $1", before)
            .execute(self.system.store.pool())
            .await?;
        Ok(())
    }
}

impl TenantSessions<'_> {
    /// Lets the bulk line of a session try again that rests because WhatsApp refused most new chats, and counts anew.
    /// `None` when there is no such session; `false` when it does not rest for this.
    pub async fn try_again(self, id: SessionId) -> Result<Option<bool>, StoreError> {
        let now = self.tenant.store.clock().now();
        let mut tx = self.tenant.begin().await?;
        let known =
            sqlx::query_scalar!("select 1 as one from sessions where id = $1 and deleted_at is null", id.0)
                .fetch_optional(&mut *tx)
                .await?;
        if known.is_none() {
            return Ok(None);
        }
        let released = release(&mut tx, id, "a member lets it try again", now).await?;
        tx.audit("session.try_again", id, json!({ "released": released })).await?;
        tx.commit().await?;
        Ok(Some(released))
    }
}

/// Notes what WhatsApp refused, in the transaction that failed the messages. Returns the end of the rest if the bulk line
/// has to rest.
pub(crate) async fn note_refused(
    tx: &mut Tx,
    session: SessionId,
    refused: &[Refused],
    limits: &RejectionLimits,
) -> Result<Option<DateTime<Utc>>, StoreError> {
    let now = tx.store().clock().now();
    let Some(locked) = lock(tx, session).await? else { return Ok(None) };
    let parked = weigh(tx, session, &locked, refused, limits, now).await?;
    if parked.is_none() {
        let told: Vec<Uuid> = refused.iter().filter(|one| one.told).map(|one| one.message.0).collect();
        again_once(tx, &told, now + span(limits.retry)).await?;
        tx.enqueue(Enqueue::now(locked.organization, CheckAccount { session })).await?;
    }
    Ok(parked)
}

/// Somebody who never wrote to us got a message that was sent since the rest began: WhatsApp takes new chats again.
pub(crate) async fn got_through(
    tx: &mut Tx,
    session: SessionId,
    sent_at: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let now = tx.store().clock().now();
    let locked = lock(tx, session).await?;
    let Some(began) = locked.and_then(|locked| locked.bulk_parked_since.or(locked.since)) else {
        return Ok(false);
    };
    // What was sent before the rest says nothing of what WhatsApp takes now.
    if sent_at <= began {
        return Ok(false);
    }
    release(tx, session, "a message to a new chat arrived", now).await
}

async fn lock(tx: &mut Tx, session: SessionId) -> Result<Option<Locked>, StoreError> {
    Ok(sqlx::query_as!(
        Locked,
        r#"select organization_id as "organization: OrganizationId", rejections_since as since,
                  bulk_parked_until, bulk_parked_since, bulk_park_code
           from sessions
           where id = $1
           for update"#,
        session.0,
    )
    .fetch_optional(&mut **tx)
    .await?)
}

/// Writes the rejections down and parks the bulk line if they are a sign of the account.
async fn weigh(
    tx: &mut Tx,
    session: SessionId,
    locked: &Locked,
    refused: &[Refused],
    limits: &RejectionLimits,
    now: DateTime<Utc>,
) -> Result<Option<DateTime<Utc>>, StoreError> {
    let ids: Vec<Uuid> = refused.iter().map(|one| one.message.0).collect();
    let told: Vec<bool> = refused.iter().map(|one| one.told).collect();
    sqlx::query_file!("src/sessions/record_rejections.sql", &ids, &told, now).execute(&mut **tx).await?;
    let rows = sqlx::query_file!("src/sessions/count_rejections.sql", session.0, now - COUNTS)
        .fetch_all(&mut **tx)
        .await?;
    let count = |row: i32| u32::try_from(row).unwrap_or_default();
    let rejections: Vec<Rejection> = rows
        .iter()
        .map(|row| Rejection { told: row.told, accepted_after: count(row.accepted_after) })
        .collect();
    let found = sign(&rejections, limits);
    let first = found.and_then(|(_, n)| rows.get(n.saturating_sub(1))).map(|row| row.at);
    // Already at rest: a probe, or what was on its way, was refused as well.
    let Some(since) = locked.since.or(first) else { return Ok(None) };
    let until = rest(tx, session, locked, since, limits, now).await?;
    keep_for_replay(tx, session, since, now).await?;
    if let (None, Some((sign, n))) = (locked.since, found) {
        note(tx, session, SessionSignal::ManyRejections, &detail(sign, n, limits, until), now).await?;
        metrics::counter!("session_restrictions_total", "signal" => "rejections").increment(1);
    }
    tx.wake(Wake::Lane(session));
    Ok(Some(until))
}

fn detail(sign: RejectionSign, n: usize, limits: &RejectionLimits, until: DateTime<Utc>) -> String {
    let what = match sign {
        RejectionSign::InARow => format!("WhatsApp refused {n} new chats in a row"),
        RejectionSign::Share => format!("WhatsApp refused {n} of the last {} new chats", limits.window),
        RejectionSign::Told => format!("WhatsApp refused {n} new chats in a row with error 463"),
    };
    format!("{what}; bulk messages wait until {}, then one goes ahead to see", until.to_rfc3339())
}

/// Parks the bulk line, unless WhatsApp itself said until when it has to rest.
async fn rest(
    tx: &mut Tx,
    session: SessionId,
    locked: &Locked,
    since: DateTime<Utc>,
    limits: &RejectionLimits,
    now: DateTime<Utc>,
) -> Result<DateTime<Utc>, StoreError> {
    let own = ParkReason::ManyRejections.as_str();
    let held = locked.bulk_parked_until.filter(|end| *end > now);
    if let Some(end) = held.filter(|_| locked.bulk_park_code.as_deref() != Some(own)) {
        return Ok(end);
    }
    let until = held.unwrap_or(now).max(now + span(limits.pause));
    sqlx::query!(
        "update sessions
         set bulk_parked_until = $2, bulk_park_code = $3, rejections_since = $4, rejection_pause = $5,
             bulk_parked_since = case when bulk_parked_until > $6 then coalesce(bulk_parked_since, $6) else $6 end
         where id = $1",
        session.0,
        until,
        own,
        since,
        pg_interval(limits.pause),
        now,
    )
    .execute(&mut **tx)
    .await?;
    Ok(until)
}

/// Makes dead letters of what was refused since the first of the row, so that it can be sent again.
async fn keep_for_replay(
    tx: &mut Tx,
    session: SessionId,
    since: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let rows = sqlx::query_scalar!(
        r#"select m.id as "id: MessageId"
           from rejections r
           join messages m on m.id = r.message_id
           where r.session_id = $1 and r.at >= $2 and r.cold and refused_by_whatsapp(m.state, m.error_code)
           order by m.id
           for update of m"#,
        session.0,
        since,
    )
    .fetch_all(&mut **tx)
    .await?;
    insert_jobs(tx, &rows, "dead", Reason::ManyRejections, now).await?;
    let ids: Vec<Uuid> = rows.iter().map(|id| id.0).collect();
    sqlx::query!(
        "update messages set error_code = $2 where id = any($1) and error_code <> $2",
        &ids,
        Reason::ManyRejections.as_str(),
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Has messages sent once more that WhatsApp refused for their chat, under another id; a second refusal stands.
async fn again_once(tx: &mut Tx, told: &[Uuid], at: DateTime<Utc>) -> Result<(), StoreError> {
    if told.is_empty() {
        return Ok(());
    }
    let again = sqlx::query_scalar!(
        r#"update messages m
           set state = case when r.tries = 1 then 'queued' else m.state end,
               error_code = case when r.tries = 1 then m.error_code else $2 end,
               settled_at = case when r.tries = 1 then null else m.settled_at end,
               waha_id = case when r.tries = 1 then another_waha_id(m.id, m.waha_id) else m.waha_id end
           from rejections r
           where m.id = any($1) and r.message_id = m.id and m.state = 'failed'
           returning case when m.state = 'queued' then m.id end as "id: MessageId""#,
        told,
        Reason::RejectedByWhatsapp.as_str(),
    )
    .fetch_all(&mut **tx)
    .await?;
    let again: Vec<MessageId> = again.into_iter().flatten().collect();
    insert_jobs(tx, &again, "pending", Reason::ChatRefused, at).await
}

/// Jobs of messages that have none, or a dead one.
async fn insert_jobs(
    tx: &mut Tx,
    messages: &[MessageId],
    state: &str,
    code: Reason,
    run_at: DateTime<Utc>,
) -> Result<(), StoreError> {
    let ids: Vec<Uuid> = messages.iter().map(|id| id.0).collect();
    let payloads = messages
        .iter()
        .map(|message| serde_json::to_value(SendMessage { message: *message }).map(Json))
        .collect::<Result<Vec<_>, _>>()?;
    sqlx::query_file!(
        "src/sessions/insert_refused_jobs.sql",
        &ids,
        &payloads as &[Json<serde_json::Value>],
        state,
        code.as_str(),
        run_at,
        SendMessage::NAME,
        Queue::Lanes.as_str(),
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Ends the rest, if there is one, and the count of rejections.
async fn release(tx: &mut Tx, session: SessionId, why: &str, now: DateTime<Utc>) -> Result<bool, StoreError> {
    let own = ParkReason::ManyRejections.as_str();
    let released = sqlx::query!(
        "update sessions
         set rejections_since = null,
             bulk_parked_until = case when bulk_park_code = $2 then null else bulk_parked_until end,
             bulk_parked_since = case when bulk_park_code = $2 then null else bulk_parked_since end,
             bulk_park_code = nullif(bulk_park_code, $2)
         where id = $1 and rejections_since is not null",
        session.0,
        own,
    )
    .execute(&mut **tx)
    .await?
    .rows_affected()
        > 0;
    if !released {
        return Ok(false);
    }
    forget_rejection_count(tx, session).await?;
    sqlx::query!(
        "update jobs set run_at = $2
         where lane = $1 and state = 'pending' and run_at > $2 and error_code = $3",
        session.0,
        now,
        own,
    )
    .execute(&mut **tx)
    .await?;
    note(tx, session, SessionSignal::RejectionsOver, why, now).await?;
    tx.wake(Wake::Lane(session));
    Ok(true)
}

fn span(time: std::time::Duration) -> TimeDelta {
    TimeDelta::from_std(time).unwrap_or(TimeDelta::hours(1))
}
