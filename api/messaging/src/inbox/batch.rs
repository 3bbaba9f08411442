//! Takes what WAHA reports to Postgres: whatever arrives while one transaction runs goes into the next one together.
//!
//! Never says "received" before the commit.

use std::sync::Arc;

use chrono::TimeDelta;
use wahana_batch::{BatchWindow, Batcher, together_or_alone};
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
}

/// The way in for events.
#[derive(Clone)]
pub(crate) struct InboundBatch {
    deliveries: Batcher<Delivery, Answer<()>>,
    sessions: Arc<Cache<SessionId, Option<Arc<InboundSession>>>>,
}

impl InboundBatch {
    /// Starts the task that writes; it ends with the last handle.
    pub(crate) fn start(store: Store) -> Self {
        let window =
            BatchWindow::of(TOGETHER, WAITING).weighing(|delivery: &Delivery| delivery.bytes, TOGETHER_BYTES);
        let deliveries = Batcher::new(window, move |batch: Vec<Delivery>| {
            let store = store.clone();
            async move { write(&store, batch).await }
        });
        Self { deliveries, sessions: Arc::new(Cache::new(SESSION_LIFETIME)) }
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
        self.deliveries.ask(Delivery { event, bytes }).await.map_err(Problem::internal)?
    }
}

/// All in one transaction; if Postgres refuses one of them, each on its own, so that the others do not suffer.
async fn write(store: &Store, batch: Vec<Delivery>) -> Vec<Answer<()>> {
    let events: Vec<NewInboundEvent> = batch.into_iter().map(|delivery| delivery.event).collect();
    metrics::counter!("inbound_events_total").increment(events.len() as u64);
    let outage = |error: &StoreError| {
        if !error.is_unavailable() {
            tracing::warn!(error.message = %error, events = events.len(), "a batch of events was refused; trying one by one");
        }
        error.is_unavailable()
    };
    // Nobody is told anything before this answers, so it must answer: WAHA repeats what got a 503.
    match together_or_alone(store, &events, outage, |store, some| Box::pin(receive(store, some))).await {
        Ok(answers) => answers.into_iter().map(|answer| answer.map_err(Problem::from)).collect(),
        Err(error) => {
            let problem = Problem::from(error);
            events.iter().map(|_| Err(problem.clone())).collect()
        }
    }
}

async fn receive(store: &Store, events: &[NewInboundEvent]) -> Result<Vec<()>, StoreError> {
    within(ANSWER, store.system().inbox().receive(events)).await?;
    Ok(vec![(); events.len()])
}
