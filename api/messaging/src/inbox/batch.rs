//! Takes what WAHA reports to Postgres: whatever arrives while one transaction runs goes into the next one together.
//!
//! Never says "received" before the commit.

use std::sync::Arc;

use chrono::TimeDelta;
use tokio::sync::{mpsc, oneshot};
use wahana_domain::SessionId;
use wahana_store::inbox::inbound::{InboundSession, NewInboundEvent};
use wahana_store::{ANSWER, Store, StoreError, within};

use wahana_api_kit::cache::Cache;
use wahana_api_kit::problem::{Answer, Problem};

/// How long a deleted session may still report, and how often its key is opened.
const SESSION_LIFETIME: TimeDelta = TimeDelta::seconds(5);
/// Events that may wait for the next transaction; more are told to come back.
const WAITING: usize = 4096;
/// Most events of one transaction.
const TOGETHER: usize = 256;
/// Bodies of one transaction, roughly: with large ones fewer go together.
const TOGETHER_BYTES: usize = 8 * 1024 * 1024;

struct Delivery {
    event: NewInboundEvent,
    bytes: usize,
    done: oneshot::Sender<Answer<()>>,
}

/// The way in for events.
#[derive(Clone)]
pub(crate) struct InboundBatch {
    sender: mpsc::Sender<Delivery>,
    sessions: Arc<Cache<SessionId, Option<Arc<InboundSession>>>>,
}

impl InboundBatch {
    /// Starts the task that writes; it ends with the last handle.
    pub(crate) fn start(store: Store) -> Self {
        let (sender, receiver) = mpsc::channel(WAITING);
        tokio::spawn(write_all(store, receiver));
        Self { sender, sessions: Arc::new(Cache::new(SESSION_LIFETIME)) }
    }

    /// The session of an address, if it exists.
    pub(crate) async fn session(&self, store: &Store, id: SessionId) -> Answer<Option<Arc<InboundSession>>> {
        let now = store.clock().now();
        if let Some(known) = self.sessions.get(&id, now) {
            return Ok(known);
        }
        let found = store.system().inbox().session(id).await?.map(Arc::new);
        self.sessions.put(id, found.clone(), now);
        Ok(found)
    }

    /// Stores an event; returns after the commit. `bytes` is the size of its body.
    pub(crate) async fn take(&self, event: NewInboundEvent, bytes: usize) -> Answer<()> {
        let (done, answer) = oneshot::channel();
        self.sender.send(Delivery { event, bytes, done }).await.map_err(Problem::internal)?;
        answer.await.map_err(Problem::internal)?
    }
}

async fn write_all(store: Store, mut receiver: mpsc::Receiver<Delivery>) {
    let mut next = receiver.recv().await;
    while let Some(first) = next.take() {
        let (batch, left) = gather(first, &mut receiver);
        write(&store, batch).await;
        next = match left {
            Some(left) => Some(left),
            None => receiver.recv().await,
        };
    }
}

/// What waits already, up to the limits; the one that did not fit comes back.
fn gather(first: Delivery, receiver: &mut mpsc::Receiver<Delivery>) -> (Vec<Delivery>, Option<Delivery>) {
    let mut bytes = first.bytes;
    let mut batch = vec![first];
    while batch.len() < TOGETHER {
        let Ok(delivery) = receiver.try_recv() else { break };
        bytes += delivery.bytes;
        if bytes > TOGETHER_BYTES {
            return (batch, Some(delivery));
        }
        batch.push(delivery);
    }
    (batch, None)
}

/// All in one transaction; if Postgres refuses one of them, each on its own, so that the others do not suffer.
async fn write(store: &Store, batch: Vec<Delivery>) {
    let (events, answers): (Vec<_>, Vec<_>) =
        batch.into_iter().map(|delivery| (delivery.event, delivery.done)).unzip();
    metrics::counter!("inbound_events_total").increment(events.len() as u64);
    // Nobody is told anything before this answers, so it must answer: WAHA repeats what got a 503.
    match within(ANSWER, store.system().inbox().receive(&events)).await {
        Err(error) if !error.is_unavailable() && events.len() > 1 => {
            tracing::warn!(%error, events = events.len(), "a batch of events was refused; trying one by one");
            for (event, done) in events.into_iter().zip(answers) {
                tell(done, within(ANSWER, store.system().inbox().receive(&[event])).await);
            }
        }
        Ok(()) => answers.into_iter().for_each(|done| tell(done, Ok(()))),
        Err(error) => {
            let problem = Problem::from(error);
            answers.into_iter().for_each(|done| drop(done.send(Err(problem.clone()))));
        }
    }
}

fn tell(done: oneshot::Sender<Answer<()>>, result: Result<(), StoreError>) {
    // The client may be gone; the event is stored all the same.
    drop(done.send(result.map_err(Problem::from)));
}
