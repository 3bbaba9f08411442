//! One attempt: the content is made ready, WAHA is called, what happened is written down.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use tokio_util::sync::CancellationToken;
use wahana_domain::{MessageId, Reason, SessionId};
use wahana_jobs::{Job, Outcome, SendMessage};
use wahana_queue::Claim;
use wahana_store::inbound_work::Proof;
use wahana_store::sending::{Fence, Fenced, Settlement};
use wahana_store::signals::Restriction;
use wahana_store::{ANSWER, StoreError, within};
use wahana_waha::{ChatId, Outgoing, Sent, WahaError};

use super::verdict::Verdict;
use super::{RestorePoint, outgoing, typing, verdict};
use crate::Workers;
use crate::gather::{Gather, Linger};
use crate::leases::{Lease, Leases};

/// How long the end of a send waits for those that are under way, to be written down together. Nobody waits for it but its
/// lane, whose next message is a pause away.
const LINGER: Duration = Duration::from_millis(10);
/// First pause between two tries to write down what happened.
const WRITE_AGAIN: Duration = Duration::from_millis(100);
/// How long a lane rests when it cannot be written down why.
const STORE_AWAY: TimeDelta = TimeDelta::seconds(5);

/// Sends messages. Fences and settlements of many messages go together.
pub(crate) struct Sender {
    workers: Workers,
    /// What this process holds.
    pub(crate) leases: Arc<Leases>,
    restored: Arc<RestorePoint>,
    /// Cancelled at shutdown: what runs should end soon.
    draining: CancellationToken,
    /// Sends that WAHA was asked for and has not answered.
    running: Arc<AtomicUsize>,
    fences: Gather<(MessageId, SessionId), Fence>,
    settlements: Gather<Settlement, ()>,
}

/// A send under way; one that panics ends too.
struct Running(Arc<AtomicUsize>);

impl Running {
    fn begin(count: &Arc<AtomicUsize>) -> Self {
        count.fetch_add(1, Ordering::Relaxed);
        Self(count.clone())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// How an attempt ended.
pub(crate) struct Attempt {
    /// What is written down.
    pub(crate) outcome: Outcome,
    /// The bare id WAHA gave the message.
    waha_id: Option<String>,
    /// Whether a deferral holds the bulk line only.
    pub(crate) bulk_only: bool,
    /// How far WAHA says it is, where it had been sent before.
    seen: Option<Proof>,
}

impl From<Outcome> for Attempt {
    fn from(outcome: Outcome) -> Self {
        Self { outcome, waha_id: None, bulk_only: false, seen: None }
    }
}

impl Sender {
    pub(crate) fn new(
        workers: Workers,
        leases: Arc<Leases>,
        restored: Arc<RestorePoint>,
        draining: CancellationToken,
    ) -> Self {
        let (store, owner, lease) =
            (workers.store.clone(), workers.options.owner.clone(), workers.options.lease);
        let fences = Gather::new(Linger::default(), move |claims: Vec<(MessageId, SessionId)>| {
            let (store, owner) = (store.clone(), owner.clone());
            async move {
                let mut fenced = store.system().fence_sends(&claims, &owner, lease).await?;
                let mut take = |claim| {
                    fenced
                        .iter()
                        .position(|(c, _)| *c == claim)
                        .map_or(Fence::Gone, |at| fenced.swap_remove(at).1)
                };
                Ok(claims.into_iter().map(&mut take).collect())
            }
        });
        let linger = Linger { at_most: LINGER, ..Linger::default() };
        let running = linger.on_their_way.clone();
        let (store, owner) = (workers.store.clone(), workers.options.owner.clone());
        let settlements = Gather::new(linger, move |settlements: Vec<Settlement>| {
            let (store, owner) = (store.clone(), owner.clone());
            async move {
                store.system().settle_sends(&owner, &settlements).await?;
                Ok(vec![(); settlements.len()])
            }
        });
        Self { workers, leases, restored, draining, running, fences, settlements }
    }

    pub(crate) fn now(&self) -> DateTime<Utc> {
        self.workers.store.clock().now()
    }

    /// Whether this message is ours to send now.
    pub(crate) async fn fence(&self, message: MessageId, lane: SessionId) -> Result<Fence, Arc<StoreError>> {
        self.fences.ask((message, lane)).await
    }

    /// Tries to send a fenced message once.
    pub(crate) async fn attempt(&self, fenced: &Fenced, lease: &Lease, claim: &Claim) -> Attempt {
        let attempt = match outgoing::prepare(&self.workers, fenced).await {
            Ok(ready) => match self.restored.sent_since(&self.workers, fenced).await {
                Ok(Some(seen)) => {
                    Attempt { waha_id: Some(seen.waha_id.clone()), seen: Some(seen), ..Outcome::Done.into() }
                }
                Ok(None) => self.call(fenced, &ready, lease, claim).await,
                Err(unseen) => {
                    Outcome::Retry { code: Reason::RestoreCheckFailed, detail: unseen.to_string() }.into()
                }
            },
            Err(outcome) => outcome.into(),
        };
        metrics::counter!("messages_attempts_total", "outcome" => attempt.outcome.as_str()).increment(1);
        let (outcome, code) = (attempt.outcome.as_str(), attempt.outcome.code().map_or("", Reason::as_str));
        tracing::debug!(organization = %fenced.organization, session = %fenced.session, n = fenced.attempt, outcome, code, "attempt ended");
        attempt
    }

    async fn call(&self, fenced: &Fenced, ready: &Outgoing, lease: &Lease, claim: &Claim) -> Attempt {
        let Ok(chat) = ChatId::parse(&fenced.chat_id) else {
            return Outcome::GiveUp {
                code: Reason::BadChat,
                detail: format!("{} is no chat of WhatsApp", fenced.chat_id),
            }
            .into();
        };
        let client = match self.workers.fleet.client(fenced.node).await {
            Ok(client) => client,
            Err(error) => {
                return Outcome::Retry { code: Reason::NodeUnknown, detail: error.to_string() }.into();
            }
        };
        typing::before(&client, fenced, &chat, claim, &self.draining).await;
        let _running = Running::begin(&self.running);
        // Whoever stood still for so long that others may be at it keeps his hands off.
        if !lease.is_ours() {
            let detail = "the worker stood still for longer than its lease".into();
            return Outcome::Retry { code: Reason::WorkerStalled, detail }.into();
        }
        match client.send(&fenced.waha_name, &chat, ready, fenced.waha_id.as_deref()).await {
            Ok(Sent { message_id }) => {
                Attempt { waha_id: message_id.map(|id| id.bare().to_owned()), ..Outcome::Done.into() }
            }
            Err(error) => self.failed(fenced, &error).await,
        }
    }

    /// What becomes of the message, and of its lane: that is written to Postgres first, so that people see it and no
    /// other worker sends on.
    async fn failed(&self, fenced: &Fenced, error: &WahaError) -> Attempt {
        let (system, session) = (self.workers.store.system(), fenced.session);
        let parked = match verdict::of(error, self.now(), rand::random()) {
            Verdict::Message(outcome) => return outcome.into(),
            Verdict::Rest { until, code } => {
                within(ANSWER, system.park_lane(session, until, code)).await.map(|()| (until, code, false))
            }
            Verdict::BackOff => {
                metrics::counter!("session_rate_limits_total").increment(1);
                let until = within(ANSWER, system.back_off(session, error.retry_after, rand::random())).await;
                until.map(|until| (until, Reason::RateLimited, false))
            }
            Verdict::Restricted => {
                metrics::counter!("session_restrictions_total", "signal" => "send").increment(1);
                let detail = format!("WhatsApp refused a new chat: {}", error.message);
                let restriction = Restriction { code: Reason::Restricted, until: None, detail };
                within(ANSWER, system.restrict(session, &restriction))
                    .await
                    .map(|until| (until, Reason::Restricted, true))
            }
        };
        match parked {
            Ok((until, code, bulk_only)) => {
                metrics::counter!("lane_parks_total", "code" => code.as_str()).increment(1);
                Attempt { bulk_only, ..Outcome::Defer { until, code }.into() }
            }
            Err(error) => {
                tracing::warn!(%session, %error, "cannot note that the lane rests");
                Outcome::Defer { until: self.now() + STORE_AWAY, code: Reason::StoreUnavailable }.into()
            }
        }
    }

    /// Writes down how the attempt ended, again and again until it is written: it did happen.
    pub(crate) async fn settle(&self, fenced: Fenced, attempt: Attempt) {
        let (outcome, run_at) = self.next(attempt.outcome, fenced.attempt);
        let settlement = Settlement {
            message: fenced.message,
            organization: fenced.organization,
            session: fenced.session,
            attempt: fenced.attempt,
            started_at: fenced.started_at,
            outcome,
            waha_id: attempt.waha_id,
            run_at,
        };
        let mut pause = WRITE_AGAIN;
        while let Err(error) = self.settlements.ask(settlement.clone()).await {
            tracing::warn!(message = %fenced.message, %error, "cannot write down what became of a message, trying again");
            tokio::time::sleep(pause).await;
            pause = (pause * 2).min(Duration::from_secs(2));
        }
        if let Some(seen) = attempt.seen {
            let moved =
                within(ANSWER, self.workers.store.system().apply_proofs(fenced.session, &[seen])).await;
            if let Err(error) = moved {
                tracing::warn!(message = %fenced.message, %error, "cannot write down how far a message is that WAHA has");
            }
        }
    }

    /// When it is due again; a retry whose attempts are used up becomes a dead letter.
    fn next(&self, outcome: Outcome, attempt: u32) -> (Outcome, Option<DateTime<Utc>>) {
        match outcome {
            Outcome::Retry { code, detail } => match SendMessage::RETRY.after(attempt, rand::random()) {
                Some(pause) => {
                    let due = self.now() + TimeDelta::from_std(pause).unwrap_or_default();
                    (Outcome::Retry { code, detail }, Some(due))
                }
                None => (Outcome::GiveUp { code, detail }, None),
            },
            Outcome::Defer { until, code } => (Outcome::Defer { until, code }, Some(until)),
            other => (other, None),
        }
    }
}
