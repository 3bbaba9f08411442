//! One task that works on batches and answers each caller.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use futures::FutureExt;
use tokio::sync::mpsc::error::TrySendError;
use tokio::sync::{mpsc, oneshot};

use crate::NoAnswer;
use crate::window::{BatchWindow, Filler};

type Asked<Q, A> = (Q, oneshot::Sender<A>);

/// Works on items `Q` in batches and answers each with an `A`. Cheap to clone; the task ends with the last clone.
#[derive(Debug)]
pub struct Batcher<Q, A>(mpsc::Sender<Asked<Q, A>>);

impl<Q, A> Clone for Batcher<Q, A> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<Q: Send + 'static, A: Send + 'static> Batcher<Q, A> {
    /// Starts the task. `work` gives as many answers as it gets items, in their order.
    pub fn new<F, Fut>(window: BatchWindow<Q>, mut work: F) -> Self
    where
        F: FnMut(Vec<Q>) -> Fut + Send + 'static,
        Fut: Future<Output = Vec<A>> + Send,
    {
        let (sender, receiver) = window.channel::<Asked<Q, A>>();
        let mut filler = Filler::new(window, |(item, _)| item, receiver);
        tokio::spawn(async move {
            let mut batch = Vec::new();
            while filler.fill(&mut batch).await {
                let (items, callers): (Vec<Q>, Vec<_>) = batch.drain(..).unzip();
                let work = AssertUnwindSafe(async { work(items).await }).catch_unwind();
                let Ok(answers) = work.await else { continue };
                for (caller, answer) in callers.into_iter().zip(answers) {
                    drop(caller.send(answer)); // the caller may be gone
                }
            }
        });
        Self(sender)
    }

    /// The answer to this item. Waits for room if too many wait. Dropping the future does not take the item back.
    ///
    /// # Errors
    /// The work on its batch ended without an answer; what it did is not known.
    pub async fn ask(&self, item: Q) -> Result<A, NoAnswer> {
        let (caller, answer) = oneshot::channel();
        match self.0.try_send((item, caller)) {
            Ok(()) => {}
            Err(TrySendError::Full(asked)) => self.0.send(asked).await.map_err(|_| NoAnswer)?,
            Err(TrySendError::Closed(_)) => return Err(NoAnswer),
        }
        answer.await.map_err(|_| NoAnswer)
    }
}

/// The answers of `count` callers whose batch succeeds or fails as a whole: they share its error.
pub fn share<A, E>(count: usize, result: Result<Vec<A>, E>) -> Vec<Result<A, Arc<E>>> {
    match result {
        Ok(answers) => answers.into_iter().map(Ok).collect(),
        Err(error) => {
            let error = Arc::new(error);
            (0..count).map(|_| Err(error.clone())).collect()
        }
    }
}
