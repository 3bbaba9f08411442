//! How messages are accepted: those of one organization that come at the same moment are recorded together.
//!
//! Nobody waits for a group to fill: while one transaction of an organization is under way, the next gathers; alone, a
//! message goes at once. Organizations do not wait for each other.
//!
//! Must never: let one message that Postgres refuses fail the others of its group.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use uuid::Uuid;
use wahana_batch::{KeyedBatcher, Verdict, together_or_alone};
use wahana_domain::messages::{Class, MessageState};
use wahana_domain::number_check::NumberCheckMode;
use wahana_domain::{MessageId, OrganizationId};
use wahana_jobs::{Job, Queue, SendMessage};

use crate::idempotency::{Claim, Idempotency, look_up};
use crate::messages::{Acceptance, NewMessage};
use crate::{ANSWER, StoreError, Tenant, Tx, Wake, number_checks, within};

/// Most messages in one transaction.
const MAX_MESSAGES: usize = 64;

/// A message that wants to be accepted.
struct Asked {
    new: NewMessage,
    key: Option<Idempotency>,
    traceparent: Option<String>,
    request_id: Option<Arc<str>>,
}

/// Gathers the messages of each organization while its transaction before is under way.
#[derive(Clone)]
pub(crate) struct AcceptBatcher(KeyedBatcher<OrganizationId, Asked, Result<Acceptance, StoreError>>);

impl AcceptBatcher {
    pub(crate) fn new() -> Self {
        // The second message under an idempotency key wants the answer of the first, so they do not share a transaction.
        Self(KeyedBatcher::new(MAX_MESSAGES, |asked| asked.key.as_ref().map(|key| key.key.as_str())))
    }
}

impl Tenant {
    /// Records a message and its job, both or neither; with a key, once.
    ///
    /// Opt-outs stop bulk messages only (a receipt may still go); what was suppressed by hand stops everything. It is
    /// recorded even if the caller stops waiting.
    pub async fn accept_message(
        &self,
        new: NewMessage,
        key: Option<Idempotency>,
    ) -> Result<Acceptance, StoreError> {
        let request_id = self.actor.as_ref().and_then(|actor| actor.request_id.clone());
        let asked = Asked { new, key, traceparent: wahana_trace::traceparent(), request_id };
        let work = || {
            let tenant = self.clone();
            move |batch| {
                let tenant = tenant.clone();
                async move { answer(&tenant, batch).await }
            }
        };
        let answer = self.store.accepting.0.ask(self.organization(), asked, work).await;
        answer.unwrap_or(Err(StoreError::Unavailable(sqlx::Error::WorkerCrashed)))
    }
}

/// Records a batch; a message that Postgres refuses does not fail the others.
async fn answer(tenant: &Tenant, batch: Vec<Asked>) -> Vec<Verdict<Asked, Result<Acceptance, StoreError>>> {
    let outage = |error: &StoreError| error.is_unavailable();
    let recorded =
        together_or_alone(tenant, &batch, outage, |tenant, some| Box::pin(record(tenant, some))).await;
    match recorded {
        Ok(answers) => {
            let verdict = |(asked, answer): (Asked, Result<Option<Acceptance>, StoreError>)| match answer {
                Ok(Some(acceptance)) => Verdict::Answer(Ok(acceptance)),
                Ok(None) => Verdict::Again(asked),
                Err(error) => Verdict::Answer(Err(error)),
            };
            batch.into_iter().zip(answers).map(verdict).collect()
        }
        Err(error) => {
            let mut shared: Vec<_> = batch.iter().skip(1).filter_map(|_| error.shared()).collect();
            shared.push(error);
            shared.into_iter().map(|error| Verdict::Answer(Err(error))).collect()
        }
    }
}

/// Checks and writes all of them; `None` for whoever has to be asked again. Only what fails in the commit is uncertain.
async fn record(tenant: &Tenant, group: &[Asked]) -> Result<Vec<Option<Acceptance>>, StoreError> {
    let (tx, answers) = within(ANSWER, write(tenant, group)).await?;
    within(ANSWER, tx.commit()).await.map_err(StoreError::of_commit)?;
    Ok(answers)
}

/// All of them in one statement of a transaction.
async fn write(tenant: &Tenant, group: &[Asked]) -> Result<(Tx, Vec<Option<Acceptance>>), StoreError> {
    let columns = Columns::of(group)?;
    let now = tenant.store.clock().now();
    let mut tx = tenant.begin_planned_once().await?;
    let verdicts = sqlx::query!(
        r#"with x as materialized (
               select * from unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::message_class[], $8::message_state[],
                                    $9::text[], $10::timestamptz[], $11::timestamptz[], $12::timestamptz[], $13::text[], $14::uuid[],
                                    $15::text[], $16::bytea[], $17::smallint[], $18::jsonb[], $19::timestamptz[], $23::text[], $24::uuid[], $25::text[], $26::text[], $27::number_check_mode[])
                   as x (id, session_id, chat_id, phone, content, class, state, waha_id, send_at, expires_at, created_at, payload, media_id,
                         key, fingerprint, status, response, key_expires_at, time_zone, pool_id, traceparent, request_id, check_number)
           ), judged as materialized (
               select x.*, (select true from sessions s where s.id = x.session_id and s.deleted_at is null) is not null as known,
                      (select b.reason from suppressions b where b.organization_id = $1 and b.phone = x.phone
                          and (b.reason = 'manual' or x.class = 'bulk')) as blocked,
                      x.media_id is null or (select true from media f where f.id = x.media_id) is not null as complete,
                      row_number() over (partition by x.session_id, x.chat_id order by x.id) = 1 as first
               from x
           ), claimed as (
               -- In order, so that two groups with the same keys do not wait for each other.
               insert into idempotency_keys as k (organization_id, key, fingerprint, status, response, expires_at)
               select $1, key, fingerprint, status, response, key_expires_at from judged
               where key is not null and known and blocked is null and complete order by key
               on conflict (organization_id, key) do update
                   set fingerprint = excluded.fingerprint, status = excluded.status, response = excluded.response, expires_at = excluded.expires_at
                   where k.expires_at <= $20
               returning key
           ), message as (
               insert into messages (id, organization_id, session_id, direction, class, state, chat_id, phone, content, waha_id, send_at, expires_at, created_at, time_zone, pool_id, request_id, check_number, new_chat)
               select id, $1, session_id, 'outbound', class, state, chat_id, phone, content::jsonb, waha_id, send_at, expires_at, created_at, time_zone, pool_id, request_id, check_number,
                      phone is not null and first and chat_is_new(session_id, chat_id)
               from judged
               where known and blocked is null and complete and (key is null or key in (select key from claimed))
               returning id
           ), job as (
               insert into jobs (id, organization_id, kind, queue, lane, class, payload, run_at, created_at, traceparent)
               select id, $1, $21, $22, session_id, class, payload::jsonb, coalesce(send_at, created_at), created_at, traceparent from judged join message using (id)
           )
           select j.id as "id!: MessageId", j.known as "known!", j.blocked, j.complete as "complete!", message.id is not null as "accepted!"
           from judged j left join message on message.id = j.id"#,
        tenant.organization().0,
        &columns.ids,
        &columns.sessions,
        &columns.chats as &[&str],
        &columns.phones as &[Option<&str>],
        &columns.contents,
        &columns.classes as &[Class],
        &columns.states as &[MessageState],
        &columns.waha_ids as &[&str],
        &columns.send_ats as &[Option<DateTime<Utc>>],
        &columns.expires_ats as &[Option<DateTime<Utc>>],
        &columns.created_ats,
        &columns.payloads,
        &columns.media as &[Option<Uuid>],
        &columns.keys as &[Option<&str>],
        &columns.fingerprints as &[Option<Vec<u8>>],
        &columns.statuses as &[Option<i16>],
        &columns.responses as &[Option<serde_json::Value>],
        &columns.key_ends as &[Option<DateTime<Utc>>],
        now,
        SendMessage::NAME,
        Queue::Lanes.as_str(),
        &columns.time_zones as &[Option<&str>],
        &columns.pools as &[Option<Uuid>],
        &columns.traces as &[Option<&str>],
        &columns.request_ids as &[Option<&str>],
        &columns.check_numbers as &[Option<NumberCheckMode>],
    )
    .fetch_all(&mut *tx)
    .await?;
    let mut answers: Vec<Option<Acceptance>> = Vec::with_capacity(group.len());
    for asked in group {
        let Some(verdict) = verdicts.iter().find(|verdict| verdict.id == asked.new.id) else {
            answers.push(None);
            continue;
        };
        if verdict.accepted {
            if let Some(phone) = asked.new.phone.as_ref().filter(|_| wants_check(&asked.new)) {
                let (phones, at) = (std::slice::from_ref(phone), asked.new.created_at);
                number_checks::want(&mut tx, tenant.organization(), asked.new.session, phones, at).await?;
            }
            if asked.new.state() == MessageState::Queued {
                tx.wake(Wake::Lane(asked.new.session));
            }
            answers.push(Some(Acceptance::Accepted));
            continue;
        }
        // Who used the key before hears what was said then, even if it would be refused now.
        let earlier = match &asked.key {
            Some(key) => look_up(&mut tx, &key.key, key.fingerprint, now).await?,
            None => Claim::First,
        };
        answers.push(match earlier {
            Claim::Replay { status, response } => Some(Acceptance::Replay { status, response }),
            Claim::Reused => Some(Acceptance::KeyReused),
            Claim::First => match (verdict.known, &verdict.blocked, verdict.complete) {
                (false, ..) => Some(Acceptance::NoSession),
                (true, Some(reason), _) => Some(Acceptance::Suppressed(reason.clone())),
                (true, None, false) => Some(Acceptance::NoMedia),
                // The key was taken a moment ago and is free now.
                (true, None, true) => None,
            },
        });
    }
    Ok((tx, answers))
}

/// Whether the number is to be checked before a stranger is written to.
fn wants_check(new: &NewMessage) -> bool {
    new.check_number != NumberCheckMode::Skip
}

/// Messages turned into the columns of an UNNEST.
#[derive(Default)]
struct Columns<'a> {
    ids: Vec<Uuid>,
    sessions: Vec<Uuid>,
    chats: Vec<&'a str>,
    phones: Vec<Option<&'a str>>,
    contents: Vec<String>,
    classes: Vec<Class>,
    states: Vec<MessageState>,
    waha_ids: Vec<&'a str>,
    send_ats: Vec<Option<DateTime<Utc>>>,
    expires_ats: Vec<Option<DateTime<Utc>>>,
    created_ats: Vec<DateTime<Utc>>,
    time_zones: Vec<Option<&'static str>>,
    pools: Vec<Option<Uuid>>,
    traces: Vec<Option<&'a str>>,
    request_ids: Vec<Option<&'a str>>,
    check_numbers: Vec<Option<NumberCheckMode>>,
    payloads: Vec<String>,
    media: Vec<Option<Uuid>>,
    keys: Vec<Option<&'a str>>,
    fingerprints: Vec<Option<Vec<u8>>>,
    statuses: Vec<Option<i16>>,
    responses: Vec<Option<serde_json::Value>>,
    key_ends: Vec<Option<DateTime<Utc>>>,
}

impl<'a> Columns<'a> {
    fn of(group: &'a [Asked]) -> Result<Self, StoreError> {
        let mut columns = Self::default();
        for Asked { new, key, traceparent, request_id, .. } in group {
            columns.ids.push(new.id.0);
            columns.sessions.push(new.session.0);
            columns.chats.push(&new.chat_id);
            columns.phones.push(new.phone.as_deref());
            columns.contents.push(serde_json::to_string(&new.content)?);
            columns.classes.push(new.class);
            columns.states.push(new.state());
            columns.waha_ids.push(&new.waha_id);
            columns.send_ats.push(new.send_at);
            columns.expires_ats.push(new.expires_at);
            columns.created_ats.push(new.created_at);
            columns.time_zones.push(new.time_zone.map(|zone| zone.name()));
            columns.traces.push(traceparent.as_deref());
            columns.request_ids.push(request_id.as_deref());
            columns.check_numbers.push(wants_check(new).then_some(new.check_number));
            columns.pools.push(new.pool.map(|id| id.0));
            columns.payloads.push(serde_json::to_string(&SendMessage { message: new.id })?);
            columns.media.push(new.media().map(|id| id.0));
            columns.keys.push(key.as_ref().map(|key| key.key.as_str()));
            columns.fingerprints.push(key.as_ref().map(|key| key.fingerprint.to_vec()));
            columns.statuses.push(key.as_ref().map(|key| key.status as i16));
            columns.responses.push(key.as_ref().map(|key| key.response.clone()));
            columns.key_ends.push(key.as_ref().map(|key| key.expires_at));
        }
        Ok(columns)
    }
}
