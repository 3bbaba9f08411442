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
use wahana_domain::jobs::Queue;
use wahana_domain::messages::{Class, MessageState};
use wahana_domain::number_check::NumberCheckMode;
use wahana_domain::{MessageId, NamedPerson, OrganizationId, Phone};
use wahana_jobs::{Job, SendMessage};

use super::TenantMessages;
use super::media::preparations::{self, HOLD};
use crate::contacts::number_checks;
use crate::db::idempotency::{Claim, Idempotency, look_up};
use crate::messages::{Acceptance, NewMessage};
use crate::{ANSWER, StoreError, Tenant, Tx, Wake, within};

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

impl TenantMessages<'_> {
    /// Records a message and its job, both or neither; with a key, once.
    ///
    /// Opt-outs stop bulk messages only (a receipt may still go); what was suppressed by hand stops everything. It is
    /// recorded even if the caller stops waiting.
    pub async fn accept(self, new: NewMessage, key: Option<Idempotency>) -> Result<Acceptance, StoreError> {
        let request_id = self.tenant.actor.as_ref().and_then(|actor| actor.request_id.clone());
        let asked = Asked { new, key, traceparent: wahana_trace::traceparent(), request_id };
        let work = || {
            let tenant = self.tenant.clone();
            move |batch| {
                let tenant = tenant.clone();
                async move { answer(&tenant, batch).await }
            }
        };
        let answer = self.tenant.store.accepting.0.ask(self.tenant.organization(), asked, work).await;
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

/// Checks and writes all of them; `None` for those that have to be asked again. Only what fails in the commit is uncertain.
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
    let verdicts = sqlx::query_file!(
        "src/messages/accept_messages.sql",
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
        &columns.file_holds as &[Option<DateTime<Utc>>],
    )
    .fetch_all(&mut *tx)
    .await?;
    want_files(&mut tx, tenant.organization(), group, |id| verdicts.iter().any(|v| v.id == id && v.accepted))
        .await?;
    let mut answers: Vec<Option<Acceptance>> = Vec::with_capacity(group.len());
    for asked in group {
        let Some(verdict) = verdicts.iter().find(|verdict| verdict.id == asked.new.id) else {
            answers.push(None);
            continue;
        };
        if verdict.accepted {
            let digits = asked.new.phone.as_deref().filter(|_| wants_check(&asked.new));
            if let Some(phone) = digits.and_then(Phone::from_whatsapp) {
                let (people, at) = ([NamedPerson::of_phone(phone)], asked.new.created_at);
                number_checks::want(&mut tx, tenant.organization(), asked.new.session, &people, at).await?;
            }
            if asked.new.state() == MessageState::Queued {
                tx.wake(Wake::Lane(asked.new.session));
            }
            answers.push(Some(Acceptance::Accepted));
            continue;
        }
        // A repeated key gets the answer of the first request, even if it would be refused now.
        let earlier = match &asked.key {
            Some(key) => look_up(&mut tx, &key.key, key.fingerprint, now).await?,
            None => Claim::First,
        };
        answers.push(match earlier {
            Claim::Replay { status, response } => Some(Acceptance::Replay { status, response }),
            Claim::Reused => Some(Acceptance::KeyReused),
            Claim::First => match (verdict.known, &verdict.blocked, verdict.consented, verdict.complete) {
                (false, ..) => Some(Acceptance::NoSession),
                (true, Some(reason), ..) => Some(Acceptance::Suppressed(reason.clone().into())),
                (true, None, false, _) => Some(Acceptance::NoConsent),
                (true, None, true, false) => Some(Acceptance::NoMedia),
                // The key was taken a moment ago and is free now.
                (true, None, true, true) => None,
            },
        });
    }
    Ok((tx, answers))
}

/// Asks for the files of the messages that were accepted. In the order of their hashes, so that two groups that want the
/// same files do not wait for each other.
async fn want_files(
    tx: &mut Tx,
    organization: OrganizationId,
    group: &[Asked],
    accepted: impl Fn(MessageId) -> bool,
) -> Result<(), StoreError> {
    let mut wanted: Vec<_> = group
        .iter()
        .filter(|asked| accepted(asked.new.id))
        .filter_map(|asked| Some((asked.new.file.as_ref()?, &asked.new)))
        .collect();
    wanted.sort_by_key(|(wish, _)| wish.hash());
    for (wish, new) in wanted {
        let waits = waits_for_file(new).then_some(new.id);
        let ready = preparations::want(tx, organization, None, wish, waits, new.created_at).await?;
        if ready && waits.is_some() {
            preparations::unhold(tx, new.id).await?;
        }
    }
    Ok(())
}

/// Whether the message waits for its file from the start. One for later asks for an address when its time comes.
fn waits_for_file(new: &NewMessage) -> bool {
    new.file.is_some() && new.state() == MessageState::Queued
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
    file_holds: Vec<Option<DateTime<Utc>>>,
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
            columns.file_holds.push(waits_for_file(new).then(|| new.created_at + HOLD));
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
