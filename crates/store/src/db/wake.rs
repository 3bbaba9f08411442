//! Waking the relay: NOTIFY, coalesced per process.
//!
//! A NOTIFY inside every transaction would make all commits wait for one lock of Postgres, so commits hand their
//! wakes to one task: while it sends some, the next gather. A wake that gets lost costs one tick of the relay, nothing else.

use std::collections::BTreeSet;

use sqlx::PgPool;
use sqlx::postgres::PgListener;
use uuid::Uuid;
use wahana_batch::{BatchWindow, Collector};
use wahana_domain::SessionId;
use wahana_domain::jobs::Queue;

use crate::{ANSWER, Store, StoreError, within};

const CHANNEL: &str = "wahana_wake";
const EVERYWHERE: &str = "everywhere";
/// Wakes that may wait, and that one statement sends at most: far more than commits of one round trip.
const MAX_WAKES: usize = 16_384;

/// What has new work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wake {
    /// The lane of this session.
    Lane(SessionId),
    /// A plain queue.
    Queue(Queue),
    /// Anything: something that held much of it back has ended.
    Everywhere,
}

impl Wake {
    fn payload(self) -> String {
        match self {
            Self::Lane(session) => session.0.simple().to_string(),
            Self::Queue(queue) => queue.as_str().to_owned(),
            Self::Everywhere => EVERYWHERE.to_owned(),
        }
    }

    fn parse(text: &str) -> Option<Self> {
        if text == EVERYWHERE {
            return Some(Self::Everywhere);
        }
        let queue = Queue::plain(text).map(Self::Queue);
        queue.or_else(|| Uuid::try_parse(text).ok().map(|id| Self::Lane(SessionId(id))))
    }
}

/// Takes wakes; sends those that gathered meanwhile together.
#[derive(Clone)]
pub(crate) struct Waker(Collector<Wake>);

impl Waker {
    pub(crate) fn new(pool: PgPool) -> Self {
        Self(Collector::new(BatchWindow::of(MAX_WAKES, MAX_WAKES), move |wakes: Vec<Wake>| {
            let pool = pool.clone();
            async move { send(&pool, wakes).await }
        }))
    }

    pub(crate) fn wake(&self, wake: Wake) {
        // Refused only when very many wait, or while the process ends; the relay's tick finds the work.
        let _ = self.0.offer(wake);
    }
}

async fn send(pool: &PgPool, wakes: Vec<Wake>) {
    let payloads: BTreeSet<String> = wakes.into_iter().map(Wake::payload).collect();
    let payloads: Vec<String> = payloads.into_iter().collect();
    let sent = sqlx::query!("select pg_notify($1, x) from unnest($2::text[]) as x", CHANNEL, &payloads)
        .fetch_all(pool);
    let sent = within(ANSWER, async { Ok(sent.await?) }).await;
    if let Err(error) = sent {
        tracing::debug!(error.message = %error, "wake not sent; the relay's tick will find the work");
    }
}

/// Hears the wakes of all processes.
pub struct WakeListener(PgListener);

impl Store {
    /// Listens from now on, on a connection of its own that reconnects by itself.
    pub async fn listen(&self) -> Result<WakeListener, StoreError> {
        let mut listener = PgListener::connect_with(&self.pool).await?;
        listener.listen(CHANNEL).await?;
        Ok(WakeListener(listener))
    }
}

impl WakeListener {
    /// The next wake; `None` when the connection was lost in between, and so perhaps wakes with it.
    pub async fn next(&mut self) -> Result<Option<Wake>, StoreError> {
        loop {
            match self.0.try_recv().await? {
                None => return Ok(None),
                Some(notification) => {
                    if let Some(wake) = Wake::parse(notification.payload()) {
                        return Ok(Some(wake));
                    }
                }
            }
        }
    }
}
