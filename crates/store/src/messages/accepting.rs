//! How messages are accepted: those of one organization that come at the same moment are recorded together.
//!
//! Nobody waits for a group to fill: while one transaction of an organization is under way, the next gathers; alone, a
//! message goes at once. Organizations do not wait for each other.
//!
//! Must never: let one message that Postgres refuses fail the others of its group.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, Utc};
use tokio::sync::oneshot;
use uuid::Uuid;
use wahana_domain::messages::{Class, MessageState};
use wahana_domain::number_check::NumberCheckMode;
use wahana_domain::{MessageId, OrganizationId};
use wahana_jobs::{Job, Queue, SendMessage};

use super::TenantMessages;
use crate::contacts::number_checks;
use crate::db::idempotency::{Claim, Idempotency, look_up};
use crate::messages::{Acceptance, NewMessage};
use crate::{ANSWER, StoreError, Tenant, Tx, Wake, within};

/// Most messages in one transaction.
const MOST: usize = 64;

/// A message that wants to be accepted.
struct Asked {
    new: NewMessage,
    key: Option<Idempotency>,
    traceparent: Option<String>,
    request_id: Option<Arc<str>>,
    answer: oneshot::Sender<Result<Acceptance, StoreError>>,
}

/// What waits behind the transaction under way, per organization; who has no entry has none under way.
#[derive(Clone, Default)]
pub(crate) struct Desk(Arc<Mutex<HashMap<OrganizationId, Vec<Asked>>>>);

impl TenantMessages<'_> {
    /// Records a message and its job, both or neither; with a key, once.
    ///
    /// Opt-outs stop bulk messages only (a receipt may still go); what was suppressed by hand stops everything. It is
    /// recorded even if the caller stops waiting.
    pub async fn accept(self, new: NewMessage, key: Option<Idempotency>) -> Result<Acceptance, StoreError> {
        let (answer, told) = oneshot::channel();
        let request_id = self.tenant.actor.as_ref().and_then(|actor| actor.request_id.clone());
        let asked = Asked { new, key, traceparent: wahana_trace::traceparent(), request_id, answer };
        let desk = self.tenant.store.desk.clone();
        let first = match desk.lock().entry(self.tenant.organization()) {
            std::collections::hash_map::Entry::Occupied(mut waiting) => {
                waiting.get_mut().push(asked);
                None
            }
            std::collections::hash_map::Entry::Vacant(free) => {
                free.insert(Vec::new());
                Some(asked)
            }
        };
        if let Some(asked) = first {
            tokio::spawn(Shift { desk, tenant: self.tenant.clone() }.work(vec![asked]));
        }
        told.await.unwrap_or(Err(StoreError::Unavailable(sqlx::Error::WorkerCrashed)))
    }
}

impl Desk {
    fn lock(&self) -> MutexGuard<'_, HashMap<OrganizationId, Vec<Asked>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The one task that records an organization's messages, as long as there are any.
struct Shift {
    desk: Desk,
    tenant: Tenant,
}

impl Shift {
    async fn work(self, mut group: Vec<Asked>) {
        let shift = OnPanic(&self);
        loop {
            let again = answer(&self.tenant, group).await;
            let mut desk = self.desk.lock();
            let waiting = desk.entry(self.tenant.organization()).or_default();
            waiting.splice(..0, again);
            group = next_group(waiting);
            if group.is_empty() {
                desk.remove(&self.tenant.organization());
                std::mem::forget(shift);
                return;
            }
        }
    }
}

/// A task that dies must not leave its organization's entry behind: everybody would wait for it.
struct OnPanic<'a>(&'a Shift);

impl Drop for OnPanic<'_> {
    fn drop(&mut self) {
        self.0.desk.lock().remove(&self.0.tenant.organization());
    }
}

/// The first that wait, each idempotency key once: the second under a key wants the answer of the first.
fn next_group(waiting: &mut Vec<Asked>) -> Vec<Asked> {
    let (mut group, mut keys, mut rest) = (Vec::new(), HashSet::new(), Vec::new());
    for asked in waiting.drain(..) {
        let fits = group.len() < MOST && asked.key.as_ref().is_none_or(|key| keys.insert(key.key.clone()));
        if fits { group.push(asked) } else { rest.push(asked) }
    }
    *waiting = rest;
    group
}

/// Records a group and answers; returns who must be asked again.
async fn answer(tenant: &Tenant, group: Vec<Asked>) -> Vec<Asked> {
    let error = match record(tenant, &group).await {
        Ok(answers) => return tell(group, answers),
        Err(error) => error,
    };
    let mut again = Vec::new();
    for asked in group {
        let refused = match error.shared() {
            Some(outage) => outage,
            None => match record(tenant, std::slice::from_ref(&asked)).await {
                Ok(answers) => {
                    again.extend(tell(vec![asked], answers));
                    continue;
                }
                Err(error) => error,
            },
        };
        let _ = asked.answer.send(Err(refused)); // who asked may be gone
    }
    again
}

fn tell(group: Vec<Asked>, answers: Vec<Option<Acceptance>>) -> Vec<Asked> {
    let mut again = Vec::new();
    for (asked, acceptance) in group.into_iter().zip(answers) {
        match acceptance {
            Some(acceptance) => drop(asked.answer.send(Ok(acceptance))), // who asked may be gone
            None => again.push(asked),
        }
    }
    again
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
