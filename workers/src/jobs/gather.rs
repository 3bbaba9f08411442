//! Group commit: what many handlers want of Postgres at the same moment goes in one statement.
//!
//! Most of what a statement costs it costs once, however many rows it has, so requests go together where they come
//! together. While one statement is under way, the next gathers.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::sync::{mpsc, oneshot};
use tokio::task::yield_now;
use tokio::time::{Instant, timeout_at};
use wahana_store::{ANSWER, StoreError, within};

/// Most requests in one statement.
const MOST: usize = 128;

type Waiting<Q, A> = (Q, oneshot::Sender<Result<A, Arc<StoreError>>>);

/// How long a batch waits for requests that are not made yet: while there are any on their way, so long at most.
#[derive(Clone, Debug, Default)]
pub(crate) struct Linger {
    /// Requests that will be made soon.
    pub(crate) on_their_way: Arc<AtomicUsize>,
    /// The longest wait.
    pub(crate) at_most: Duration,
}

/// Gathers requests `Q` and answers each with an `A`.
pub(crate) struct Gather<Q, A> {
    requests: mpsc::UnboundedSender<Waiting<Q, A>>,
}

impl<Q: Send + 'static, A: Send + 'static> Gather<Q, A> {
    /// `work` answers a batch: as many answers as requests, in their order. A batch waits for those that are being made
    /// at this moment, and as `linger` says for those that will be.
    pub(crate) fn new<F, Fut>(linger: Linger, work: F) -> Self
    where
        F: Fn(Vec<Q>) -> Fut + Send + 'static,
        Fut: Future<Output = Result<Vec<A>, StoreError>> + Send,
    {
        let (requests, mut receiver) = mpsc::unbounded_channel::<Waiting<Q, A>>();
        tokio::spawn(async move {
            let mut batch = Vec::new();
            while receiver.recv_many(&mut batch, MOST).await > 0 {
                join(&mut receiver, &mut batch, &linger).await;
                let (questions, askers): (Vec<Q>, Vec<_>) = batch.drain(..).unzip();
                answer(askers, within(ANSWER, work(questions)).await);
            }
        });
        Self { requests }
    }

    /// The answer to this request; an error is shared by its whole batch.
    pub(crate) async fn ask(&self, request: Q) -> Result<A, Arc<StoreError>> {
        let (sender, receiver) = oneshot::channel();
        let gone = || Arc::new(StoreError::Unreadable("the gathering task ended".into()));
        self.requests.send((request, sender)).map_err(|_| gone())?;
        receiver.await.map_err(|_| gone())?
    }
}

/// Lets others join the batch: those that are waited for, and as long as each turn of the runtime brings more.
async fn join<T>(requests: &mut mpsc::UnboundedReceiver<T>, batch: &mut Vec<T>, linger: &Linger) {
    let end = Instant::now() + linger.at_most;
    while linger.on_their_way.load(Ordering::Relaxed) > 0 && batch.len() < MOST {
        match timeout_at(end, requests.recv_many(batch, MOST - batch.len())).await {
            Ok(1..) => {}
            Ok(0) | Err(_) => return,
        }
    }
    let mut before = 0;
    while batch.len() > before && batch.len() < MOST {
        before = batch.len();
        yield_now().await;
        while batch.len() < MOST
            && let Ok(request) = requests.try_recv()
        {
            batch.push(request);
        }
    }
}

fn answer<A>(askers: Vec<oneshot::Sender<Result<A, Arc<StoreError>>>>, answers: Result<Vec<A>, StoreError>) {
    match answers {
        Ok(answers) => {
            askers.into_iter().zip(answers).for_each(|(asker, answer)| drop(asker.send(Ok(answer))))
        }
        Err(error) => {
            let error = Arc::new(error);
            askers.into_iter().for_each(|asker| drop(asker.send(Err(error.clone()))));
        }
    }
}
