//! One attempt: the content is made ready, WAHA is called, what happened is written down.

use std::sync::Arc;
use std::time::Duration;

use backon::Retryable;
use chrono::{DateTime, TimeDelta, Utc};
use tokio_util::sync::CancellationToken;
use wahana_backoff::pauses;
use wahana_batch::{BatchWindow, Batcher, Expected, NoAnswer, share};
use wahana_domain::sessions::ParkReason;
use wahana_domain::{MessageId, Reason, SessionId};
use wahana_jobs::{Job, Outcome, SendMessage};
use wahana_queue::Claim;
use wahana_store::inbox::inbound_work::Proof;
use wahana_store::messages::sending::{Fence, Fenced, LaneClaim, Settlement};
use wahana_store::sessions::rejections::ChatRefusal;
use wahana_store::sessions::signals::Restriction;
use wahana_store::{ANSWER, StoreError, within};
use wahana_waha::{ChatId, ErrorCode, Outgoing, Sent, Standing, WahaClient, WahaError};

use super::verdict::Verdict;
use super::{RestorePoint, outgoing, typing, verdict};
use crate::Workers;
use crate::jobs::leases::{Lease, Leases};
use crate::sessions::account;

/// Most messages in one statement.
const MAX_BATCH: usize = 128;
/// Requests that may wait for the next statement: more than a process has slots.
const MAX_WAITING: usize = 4096;
/// How long the end of a send waits for those that are under way, to be written down together. Nobody waits for it but its
/// lane, whose next message is a pause away.
const LINGER: Duration = Duration::from_millis(10);
/// First and longest pause between two tries to write down what happened.
const WRITE_AGAIN: [Duration; 2] = [Duration::from_millis(100), Duration::from_secs(2)];
/// How long a lane rests when it cannot be written down why.
const STORE_AWAY: TimeDelta = TimeDelta::seconds(5);
/// How long WAHA may take to say whether an account is restricted; its lane waits meanwhile.
const ASK_ACCOUNT: Duration = Duration::from_secs(10);

/// Sends messages. Fences and settlements of many messages go together.
pub(crate) struct Sender {
    workers: Workers,
    /// What this process holds.
    pub(crate) leases: Arc<Leases>,
    restored: Arc<RestorePoint>,
    /// Cancelled at shutdown: what runs should end soon.
    draining: CancellationToken,
    /// Sends that WAHA was asked for and has not answered.
    running: Expected,
    fences: Batcher<(MessageId, SessionId), Result<Fence, Arc<StoreError>>>,
    settlements: Batcher<Settlement, Result<(), Arc<StoreError>>>,
}

/// How an attempt ended.
pub(crate) struct Attempt {
    /// What is written down.
    pub(crate) outcome: Outcome,
    /// The bare id WAHA gave the message.
    waha_id: Option<String>,
    /// What a deferral holds.
    pub(crate) holds: Holds,
    /// How far WAHA says it is, where it had been sent before.
    seen: Option<Proof>,
}

/// What rests while a message is deferred.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Holds {
    /// The whole lane.
    Lane,
    /// Its bulk line.
    Bulk,
    /// The message alone.
    Message,
}

impl From<Outcome> for Attempt {
    fn from(outcome: Outcome) -> Self {
        Self { outcome, waha_id: None, holds: Holds::Lane, seen: None }
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
        // No timer: a batch waits for requests that are being made at this moment.
        let window = BatchWindow::of(MAX_BATCH, MAX_WAITING).turns(usize::MAX);
        let fences = Batcher::new(window, move |claims: Vec<LaneClaim>| {
            let (store, owner) = (store.clone(), owner.clone());
            async move {
                let fenced = within(ANSWER, store.system().messages().fence(&claims, &owner, lease)).await;
                let count = claims.len();
                share(count, fenced.map(|fenced| in_order(fenced, claims)))
            }
        });
        let running = Expected::default();
        let window = BatchWindow::of(MAX_BATCH, MAX_WAITING).turns(usize::MAX);
        let window = window.expecting(running.clone(), LINGER);
        let (store, owner) = (workers.store.clone(), workers.options.owner.clone());
        let settlements = Batcher::new(window, move |settlements: Vec<Settlement>| {
            let (store, owner) = (store.clone(), owner.clone());
            async move {
                let settled = within(ANSWER, store.system().messages().settle(&owner, &settlements)).await;
                let count = settlements.len();
                share(count, settled.map(|_| vec![(); count]))
            }
        });
        Self { workers, leases, restored, draining, running, fences, settlements }
    }

    pub(crate) fn now(&self) -> DateTime<Utc> {
        self.workers.store.clock().now()
    }

    /// Whether this message is ours to send now.
    pub(crate) async fn fence(&self, message: MessageId, lane: SessionId) -> Result<Fence, Arc<StoreError>> {
        self.fences.ask((message, lane)).await.unwrap_or_else(|gone| Err(unanswered(gone)))
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
        tracing::debug!(organization.id = %fenced.organization, session.id = %fenced.session, job.attempt = fenced.attempt, job.outcome = outcome, error.type = code, "attempt ended");
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
        let _running = self.running.announce();
        // If we stalled past our lease, another worker may be sending already: do nothing.
        if !lease.is_ours() {
            let detail = "the worker stood still for longer than its lease".into();
            return Outcome::Retry { code: Reason::WorkerStalled, detail }.into();
        }
        match client.send(&fenced.waha_name, &chat, ready, fenced.waha_id.as_deref()).await {
            Ok(Sent { message_id }) => {
                Attempt { waha_id: message_id.map(|id| id.bare().to_owned()), ..Outcome::Done.into() }
            }
            Err(error) => self.failed(fenced, &client, &error).await,
        }
    }

    /// What becomes of the message, and of its lane: that is written to Postgres first, so that people see it and no
    /// other worker sends on.
    async fn failed(&self, fenced: &Fenced, client: &WahaClient, error: &WahaError) -> Attempt {
        let (system, session) = (self.workers.store.system(), fenced.session);
        let parked = match verdict::of(error, self.now(), rand::random()) {
            Verdict::Message(outcome) => return outcome.into(),
            Verdict::Rest { until, code } => {
                within(ANSWER, system.sessions().park_lane(session, until, code))
                    .await
                    .map(|()| (until, code))
            }
            Verdict::BackOff => {
                metrics::counter!("session_rate_limits_total").increment(1);
                let until =
                    within(ANSWER, system.sessions().back_off(session, error.retry_after, rand::random()))
                        .await;
                until.map(|until| (until, ParkReason::RateLimited))
            }
            Verdict::Refused => {
                metrics::counter!("session_restrictions_total", "signal" => "send").increment(1);
                return self
                    .refused(fenced, client, error)
                    .await
                    .unwrap_or_else(|error| self.away(session, &error));
            }
        };
        match parked {
            Ok((until, code)) => {
                metrics::counter!("lane_parks_total", "code" => code.as_str()).increment(1);
                Outcome::Defer { until, code: code.reason() }.into()
            }
            Err(error) => self.away(session, &error),
        }
    }

    /// WhatsApp refused the chat (error 463, or 475 for the quota): the account is asked first whether it is restricted.
    /// If it is not, or WAHA cannot ask, it is this chat alone, until others are refused as well.
    async fn refused(
        &self,
        fenced: &Fenced,
        client: &WahaClient,
        error: &WahaError,
    ) -> Result<Attempt, StoreError> {
        let (system, session) = (self.workers.store.system(), fenced.session);
        let sessions = system.sessions();
        let asked = tokio::time::timeout(ASK_ACCOUNT, client.account(&fenced.waha_name)).await;
        let standing = match asked {
            Ok(Ok(account)) => account.standing(),
            Ok(Err(_)) | Err(_) => Standing::Unknown,
        };
        let told = (error.code == ErrorCode::MessageCapping).then(|| Restriction {
            code: ParkReason::MessageCapping,
            until: None,
            detail: format!("WhatsApp refused a new chat: {}", error.message),
        });
        let (until, code) = match account::restriction(standing).or(told) {
            Some(restriction) => {
                (within(ANSWER, sessions.restrict(session, &restriction)).await?, restriction.code)
            }
            None => {
                let limits = &self.workers.options.rejections;
                let refusal = within(ANSWER, sessions.refuse_chat(session, fenced.message, limits)).await?;
                let detail = error.message.clone();
                match refusal {
                    ChatRefusal::Parked { until } => (until, ParkReason::ManyRejections),
                    ChatRefusal::Final => {
                        return Ok(Outcome::GiveUp { code: Reason::RejectedByWhatsapp, detail }.into());
                    }
                    ChatRefusal::Again { at } => {
                        let outcome = Outcome::Defer { until: at, code: Reason::ChatRefused };
                        return Ok(Attempt { holds: Holds::Message, ..outcome.into() });
                    }
                }
            }
        };
        metrics::counter!("lane_parks_total", "code" => code.as_str()).increment(1);
        Ok(Attempt { holds: Holds::Bulk, ..Outcome::Defer { until, code: code.reason() }.into() })
    }

    fn away(&self, session: SessionId, error: &StoreError) -> Attempt {
        tracing::warn!(session.id = %session, error.message = %error, "cannot note that the lane rests");
        Outcome::Defer { until: self.now() + STORE_AWAY, code: Reason::StoreUnavailable }.into()
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
        let [first, longest] = WRITE_AGAIN;
        // Never ends with an error: these pauses have no end.
        let _ = (|| self.write_down(settlement.clone()))
            .retry(pauses(first, longest))
            .notify(|error, _| {
                tracing::warn!(message.id = %fenced.message, error.message = %error, "cannot write down what became of a message, trying again");
            })
            .await;
        if let Some(seen) = attempt.seen {
            let limits = self.workers.options.rejections;
            let moved = within(
                ANSWER,
                self.workers.store.system().inbox().apply_proofs(fenced.session, &[seen], &limits),
            )
            .await;
            if let Err(error) = moved {
                tracing::warn!(message.id = %fenced.message, error.message = %error, "cannot write down how far a message is that WAHA has");
            }
        }
    }

    async fn write_down(&self, settlement: Settlement) -> Result<(), Arc<StoreError>> {
        self.settlements.ask(settlement).await.unwrap_or_else(|gone| Err(unanswered(gone)))
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

/// One fence per claim, in the order of the claims; a message that is not among the rows is gone.
fn in_order(mut fenced: Vec<(LaneClaim, Fence)>, claims: Vec<LaneClaim>) -> Vec<Fence> {
    let mut take = |claim| {
        let at = fenced.iter().position(|(c, _)| *c == claim);
        at.map_or(Fence::Gone, |at| fenced.swap_remove(at).1)
    };
    claims.into_iter().map(&mut take).collect()
}

fn unanswered(gone: NoAnswer) -> Arc<StoreError> {
    Arc::new(StoreError::Unreadable(gone.to_string()))
}
