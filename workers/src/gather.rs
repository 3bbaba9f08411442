//! Group commit: what many handlers want of Postgres at the same moment goes in one statement.
//!
//! Nobody waits for a batch to fill: while one is under way, the next gathers. Alone, a request goes at once.

use std::sync::Arc;

use tokio::sync::{Mutex, mpsc, oneshot};
use wahana_store::{ANSWER, StoreError, within};

/// Most requests in one statement.
const MOST: usize = 128;
/// Statements under way at the same time.
const LANES: usize = 1;

type Waiting<Q, A> = (Q, oneshot::Sender<Result<A, Arc<StoreError>>>);

/// Gathers requests `Q` and answers each with an `A`.
pub(crate) struct Gather<Q, A> {
    requests: mpsc::UnboundedSender<Waiting<Q, A>>,
}

impl<Q: Send + 'static, A: Send + 'static> Gather<Q, A> {
    /// `work` answers a batch: as many answers as requests, in their order.
    pub(crate) fn new<F, Fut>(work: F) -> Self
    where
        F: Fn(Vec<Q>) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<Vec<A>, StoreError>> + Send,
    {
        let (requests, receiver) = mpsc::unbounded_channel::<Waiting<Q, A>>();
        let (receiver, work) = (Arc::new(Mutex::new(receiver)), Arc::new(work));
        for _ in 0..LANES {
            let (receiver, work) = (receiver.clone(), work.clone());
            tokio::spawn(async move {
                loop {
                    let mut batch = Vec::new();
                    if receiver.lock().await.recv_many(&mut batch, MOST).await == 0 {
                        return;
                    }
                    let (questions, askers): (Vec<Q>, Vec<_>) = batch.into_iter().unzip();
                    answer(askers, within(ANSWER, work(questions)).await);
                }
            });
        }
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
