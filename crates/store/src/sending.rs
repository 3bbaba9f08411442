//! The fence a worker takes before it sends, and how what happened is written down.
//!
//! Both take many messages at once: workers gather what is ready and pay one round trip for all of it.

use std::time::Duration;

use chrono::{DateTime, Utc};
use sqlx::types::Json;
use uuid::Uuid;
use wahana_domain::messages::{Class, Content, FenceVerdict};
use wahana_domain::policy::Typing;
use wahana_domain::sessions::SessionStatus;
use wahana_domain::{CampaignId, MessageId, NodeId, OrganizationId, Reason, SessionId};
use wahana_jobs::{Job, Outcome, SendMessage};

use crate::{StoreError, System};

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
    /// WhatsApp's chat.
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

    fn fence(self, started_at: DateTime<Utc>) -> Result<((MessageId, SessionId), Fence), StoreError> {
        let claim = (self.id, self.session_id);
        let fence = match self.verdict()? {
            FenceVerdict::Go => Fence::Go(Box::new(Fenced {
                message: self.id,
                organization: self.organization_id,
                session: self.session_id,
                waha_name: self.waha_name,
                node: self.node_id,
                class: self.class,
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
            | FenceVerdict::NotOnWhatsapp
            | FenceVerdict::Unchecked => Fence::Held,
        };
        Ok((claim, fence))
    }
}

impl System {
    /// Takes the fence for these messages, each claimed from the lane beside it. What is not in the answer is
    /// [`Fence::Gone`]; so is a claim from a lane that the message has left.
    ///
    /// In one statement: `queued -> sending` for what may go; back to `pending` for what has to wait; `cancelled`
    /// or `expired` for what must not go any more.
    pub async fn fence_sends(
        &self,
        claims: &[(MessageId, SessionId)],
        owner: &str,
        lease: Duration,
    ) -> Result<Vec<((MessageId, SessionId), Fence)>, StoreError> {
        let ids: Vec<Uuid> = claims.iter().map(|(message, _)| message.0).collect();
        let lanes: Vec<Uuid> = claims.iter().map(|(_, lane)| lane.0).collect();
        let now = self.store.clock().now();
        let rows = sqlx::query_as!(
            FenceRow,
            r#"with locked as (
                   -- By id alone: asked for the state too, Postgres reads the whole index of released jobs.
                   select id, lane, attempt, state, greatest(run_at, created_at) as due_at, released_at, traceparent from jobs where id = any($1) for update skip locked
               ), mine as (
                   -- It may stand in two lanes of Redis after it went to another sender; only one of them is its own.
                   select id, attempt, due_at, released_at, traceparent from locked where state = 'released'
                     and (id, lane) in (select * from unnest($1::uuid[], $5::uuid[]))
               ), facts as (
                   select m.id, m.organization_id, m.session_id, s.waha_name, s.node_id, s.status, m.class, m.chat_id,
                          m.content, m.waha_id, nullif(s.policy -> 'typing', 'null'::jsonb) as typing, mine.attempt,
                          s.bulk_parked_until as parked_until, s.bulk_park_code as park_code, mine.due_at, mine.released_at, mine.traceparent,
                          case when m.state <> 'queued' then 'gone'
                               when c.state = 'paused' then 'paused'
                               when exists (select 1 from sending_holds h where coalesce(h.organization_id, s.organization_id) = s.organization_id
                                    and coalesce(h.node_id, s.node_id) = s.node_id and coalesce(h.session_id, s.id) = s.id) then 'paused'
                               when c.state = 'cancelled' then 'cancelled'
                               when m.expires_at <= $4 then 'expired'
                               when exists (select 1 from suppressions x where x.organization_id = m.organization_id
                                    and x.phone = m.phone and (m.class = 'bulk' or x.reason = 'manual')) then 'suppressed'
                               when s.status <> 'working' or s.desired <> 'running' or s.moving_to is not null then 'not_working'
                               when s.bulk_parked_until > $4 then
                                   -- Cold is bulk, and whoever never wrote to us; replies flow on.
                                   case when m.class = 'bulk' or (m.phone is not null and not exists (select 1 from messages i
                                        where i.session_id = m.session_id and i.chat_id = m.chat_id and i.direction = 'inbound')) then 'parked'
                                        else 'go' end
                               -- Whoever wrote to us, or got something from us, has WhatsApp.
                               when m.check_number is not null and m.phone is not null and not exists (select 1 from messages i
                                    where i.session_id = m.session_id and i.chat_id = m.chat_id
                                      and i.state in ('received', 'delivered', 'read', 'played')) then
                                   case (select n.on_whatsapp from number_checks n where n.organization_id = m.organization_id and n.phone = m.phone and n.expires_at > $4)
                                        when true then 'go' when false then 'not_on_whatsapp'
                                        else case when m.check_number = 'require' then 'unchecked' else 'go' end end
                               else 'go' end as verdict
                   from mine join messages m on m.id = mine.id join sessions s on s.id = m.session_id
                   left join campaigns c on c.id = m.campaign_id
               ), running as (
                   update jobs j set state = 'running', attempt = j.attempt + 1, owner = $2, lease_until = now() + $3::interval, started_at = $4
                   from facts f where j.id = f.id and f.verdict = 'go'
               ), waiting as (
                   update jobs j set state = 'pending', released_at = null,
                          run_at = case f.verdict when 'parked' then f.parked_until when 'unchecked' then $4::timestamptz + interval '1 minute' else j.run_at end,
                          error_code = case f.verdict when 'parked' then f.park_code when 'unchecked' then 'number_check' else j.error_code end
                   from facts f where j.id = f.id and f.verdict in ('paused', 'not_working', 'parked', 'unchecked')
               ), over as (
                   delete from jobs j using facts f where j.id = f.id and f.verdict in ('gone', 'cancelled', 'expired', 'suppressed', 'not_on_whatsapp')
               ), moved as (
                   update messages m set state = (case f.verdict when 'go' then 'sending' when 'expired' then 'expired' when 'not_on_whatsapp' then 'failed' else 'cancelled' end)::message_state,
                          error_code = case when f.verdict = 'go' then m.error_code else f.verdict end,
                          settled_at = case when f.verdict = 'go' then null else $4::timestamptz end
                   from facts f where m.id = f.id and f.verdict in ('go', 'expired', 'cancelled', 'suppressed', 'not_on_whatsapp')
               )
               select id as "id: MessageId", verdict as "verdict!", organization_id as "organization_id: OrganizationId",
                      session_id as "session_id: SessionId", waha_name, node_id as "node_id: NodeId", status as "status: SessionStatus",
                      class as "class: Class", chat_id, content, waha_id, typing as "typing: Json<Typing>", attempt, parked_until,
                      due_at as "due_at!", released_at, traceparent
               from facts"#,
            &ids,
            owner,
            pg_interval(lease),
            now,
            &lanes,
        )
        .fetch_all(self.store.pool())
        .await?;
        for row in rows.iter().filter(|row| row.verdict == FenceVerdict::Unchecked.as_str()) {
            // It was asked for when it was accepted; an answer may have expired since.
            let digits = row.chat_id.split('@').next().unwrap_or_default();
            if let Err(error) = self.want_check(row.organization_id, row.session_id, digits).await {
                tracing::warn!(message = %row.id, %error, "cannot ask for a number to be checked; the message comes again");
            }
        }
        rows.into_iter().map(|row| row.fence(now)).collect()
    }

    /// Writes down what became of these attempts: the message's state, the job's end or next try, the attempt
    /// itself and the session's usage. What was sent goes in one statement, the rest in one transaction.
    ///
    /// An attempt whose lease was lost meanwhile can still prove that the message was sent; nothing else it says counts,
    /// for somebody else may be at it. What WhatsApp itself said (an ack may overtake the answer) is not turned back.
    pub async fn settle_sends(&self, owner: &str, settlements: &[Settlement]) -> Result<(), StoreError> {
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
    async fn settle_sent(&self, owner: &str, columns: &Columns<'_>) -> Result<(), StoreError> {
        sqlx::query!(
            r#"with x as (
                   select * from unnest($1::uuid[], $2::int[], $3::text[], $4::timestamptz[], $5::uuid[], $6::uuid[])
                       as x (id, attempt, waha_id, started_at, organization_id, session_id)
               ), moved as (
                   update messages m set state = 'sent', waha_id = coalesce(x.waha_id, m.waha_id), sent_at = coalesce(m.sent_at, $7),
                          settled_at = $7, error_code = null, error_detail = null
                   from x where m.id = x.id and 'sent' = any (message_next(m.state)) and not refused_by_whatsapp(m.state, m.error_code)
               ), over as (
                   delete from jobs j using x where j.id = x.id
               ), used as (
                   insert into session_usage as u (session_id, organization_id, quarter, sent, bulk, new_chats, last_at)
                   select x.session_id, x.organization_id, date_bin('15 minutes', $7::timestamptz, 'epoch'),
                          count(*), count(*) filter (where m.class = 'bulk'), count(*) filter (where m.new_chat), $7
                   from x join messages m on m.id = x.id group by 1, 2 order by 1
                   on conflict (session_id, quarter) do update
                   set sent = u.sent + excluded.sent, bulk = u.bulk + excluded.bulk, new_chats = u.new_chats + excluded.new_chats,
                       last_at = excluded.last_at
               )
               insert into attempts (job_id, organization_id, kind, n, owner, started_at, finished_at, outcome)
               select id, organization_id, $9, attempt, $8, started_at, $7, 'done' from x"#,
            &columns.ids,
            &columns.attempts,
            &columns.waha_ids as &[Option<&str>],
            &columns.started_ats,
            &columns.organizations,
            &columns.sessions,
            self.store.clock().now(),
            owner,
            SendMessage::NAME,
        )
        .execute(self.store.pool())
        .await?;
        Ok(())
    }

    async fn settle_rest(&self, owner: &str, settlements: &[&Settlement]) -> Result<(), StoreError> {
        let columns = Columns::of(settlements);
        let now = self.store.clock().now();
        let mut tx = self.begin().await?;
        // What the outcome makes of the message, if the edge exists from where it is now.
        sqlx::query!(
            r#"update messages m set state = x.state, waha_id = coalesce(x.waha_id, m.waha_id),
                      settled_at = case when x.outcome = 'give_up' then $6::timestamptz end,
                      error_code = x.code, error_detail = x.detail
               from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $7::message_state[], $8::int[])
                    as x (id, outcome, waha_id, code, detail, state, attempt)
               where m.id = x.id and x.state = any (message_next(m.state)) and m.state = 'sending'
                 and exists (select 1 from jobs j where j.id = x.id and j.state = 'running' and j.owner = $9 and j.attempt = x.attempt)"#,
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
        sqlx::query!(
            r#"with x as (
                   select * from unnest($1::uuid[], $2::text[], $3::int[], $4::timestamptz[], $5::text[], $6::text[], $7::timestamptz[], $8::uuid[], $9::uuid[])
                       as x (id, outcome, attempt, run_at, code, detail, started_at, organization_id, session_id)
               ), again as (
                   update jobs j set state = 'pending', run_at = x.run_at, released_at = null, owner = null, lease_until = null,
                          attempt = case when x.outcome = 'defer' then j.attempt - 1 else j.attempt end,
                          error_code = x.code, error_detail = x.detail
                   from x where j.id = x.id and x.outcome in ('retry', 'defer') and j.state = 'running' and j.owner = $10 and j.attempt = x.attempt
               ), dead as (
                   update jobs j set state = 'dead', owner = null, lease_until = null, error_code = x.code, error_detail = x.detail
                   from x join messages m on m.id = x.id where j.id = x.id and x.outcome = 'give_up' and m.state = 'failed'
                      and j.state = 'running' and j.owner = $10 and j.attempt = x.attempt
               ), over as (
                   -- Also what we give up on and WhatsApp meanwhile proved to have.
                   delete from jobs j using x, messages m where j.id = x.id and m.id = x.id
                      and (x.outcome = 'unknown' or x.outcome = 'give_up' and m.state <> 'failed')
                      and j.state = 'running' and j.owner = $10 and j.attempt = x.attempt
               ), used as (
                   insert into session_usage as u (session_id, organization_id, quarter, sent, bulk, new_chats, last_at)
                   select x.session_id, x.organization_id, date_bin('15 minutes', $11::timestamptz, 'epoch'),
                          count(*), count(*) filter (where m.class = 'bulk'), count(*) filter (where m.new_chat), $11
                   from x join messages m on m.id = x.id where x.outcome = 'unknown' group by 1, 2 order by 1
                   on conflict (session_id, quarter) do update
                   set sent = u.sent + excluded.sent, bulk = u.bulk + excluded.bulk, new_chats = u.new_chats + excluded.new_chats,
                       last_at = excluded.last_at
               )
               insert into attempts (job_id, organization_id, kind, n, owner, started_at, finished_at, outcome, code, detail)
               select id, organization_id, $12, attempt, $10, started_at, $11, outcome, code, detail from x where outcome <> 'defer'"#,
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
            tx.enqueue(crate::resolving::resolve_soon(lost.organization, lost.message, now)).await?;
        }
        tx.commit().await
    }

    /// Which campaigns have all their recipients released and settled, now marked finished.
    pub async fn finish_campaigns(&self) -> Result<Vec<CampaignId>, StoreError> {
        let finished = sqlx::query_scalar!(
            r#"update campaigns c set state = 'finished', finished_at = $1, updated_at = $1
               where c.state = 'running' and c.cursor >= c.total and not exists (
                   select 1 from campaign_progress p where p.campaign_id = c.id
                   and p.state in ('accepted', 'scheduled', 'queued', 'sending', 'unknown') group by p.state having sum(p.n) > 0)
               returning id as "id: CampaignId""#,
            self.store.clock().now(),
        )
        .fetch_all(self.store.pool())
        .await?;
        Ok(finished)
    }
}

pub(crate) fn pg_interval(duration: Duration) -> sqlx::postgres::types::PgInterval {
    sqlx::postgres::types::PgInterval { months: 0, days: 0, microseconds: duration.as_micros() as i64 }
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
