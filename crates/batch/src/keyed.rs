//! Batches per key. A key has a task only while it has work: the first caller starts it, those that come meanwhile
//! gather for its next batch, and it ends when none is left.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};
use std::hash::Hash;
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use futures::FutureExt;
use tokio::sync::oneshot;

use crate::NoAnswer;

type Asked<Q, A> = (Q, oneshot::Sender<A>);
/// A key without an entry has no task.
type Waiting<K, Q, A> = HashMap<K, Vec<Asked<Q, A>>>;

/// What became of an item.
#[derive(Debug)]
pub enum Verdict<Q, A> {
    /// Its caller gets this.
    Answer(A),
    /// It must be worked on again, in the next batch.
    Again(Q),
}

/// Works on items `Q` in batches per key `K` and answers each with an `A`. As many wait as there are callers. Clones are
/// handles to the same one.
#[derive(Debug)]
pub struct KeyedBatcher<K, Q, A> {
    waiting: Arc<Mutex<Waiting<K, Q, A>>>,
    max_items: usize,
    exclusive: fn(&Q) -> Option<&str>,
}

impl<K, Q, A> Clone for KeyedBatcher<K, Q, A> {
    fn clone(&self) -> Self {
        Self { waiting: self.waiting.clone(), max_items: self.max_items, exclusive: self.exclusive }
    }
}

impl<K, Q, A> KeyedBatcher<K, Q, A>
where
    K: Clone + Eq + Hash + Send + 'static,
    Q: Send + 'static,
    A: Send + 'static,
{
    /// At most `max_items` in a batch; two items for which `exclusive` gives the same text never share one.
    pub fn new(max_items: usize, exclusive: fn(&Q) -> Option<&str>) -> Self {
        Self { waiting: Arc::default(), max_items, exclusive }
    }

    /// The answer to this item. If its key has no task, `work` makes what the task of that key calls with each batch;
    /// it gives as many verdicts as it gets items, in their order. Dropping the future does not take the item back.
    ///
    /// # Errors
    /// The work on its batch ended without an answer; what it did is not known.
    pub async fn ask<F, Fut>(&self, key: K, item: Q, work: impl FnOnce() -> F) -> Result<A, NoAnswer>
    where
        F: FnMut(Vec<Q>) -> Fut + Send + 'static,
        Fut: Future<Output = Vec<Verdict<Q, A>>> + Send + 'static,
    {
        self.join(key, item, work).await.map_err(|_| NoAnswer)
    }

    fn join<F, Fut>(&self, key: K, item: Q, work: impl FnOnce() -> F) -> oneshot::Receiver<A>
    where
        F: FnMut(Vec<Q>) -> Fut + Send + 'static,
        Fut: Future<Output = Vec<Verdict<Q, A>>> + Send + 'static,
    {
        let (caller, answer) = oneshot::channel();
        let asked = (item, caller);
        let first = match lock(&self.waiting).entry(key.clone()) {
            Entry::Occupied(mut waiting) => {
                waiting.get_mut().push(asked);
                None
            }
            Entry::Vacant(free) => {
                free.insert(Vec::new());
                Some(asked)
            }
        };
        if let Some(asked) = first {
            let task = Task { batcher: self.clone(), key, ended: false };
            tokio::spawn(task.run(vec![asked], work()));
        }
        answer
    }
}

impl<K, Q, A> KeyedBatcher<K, Q, A> {
    /// Whether no key has a task.
    #[cfg(test)]
    pub(crate) fn is_idle(&self) -> bool {
        lock(&self.waiting).is_empty()
    }

    /// The first that wait, each exclusive text once.
    fn take(&self, waiting: &mut Vec<Asked<Q, A>>) -> Vec<Asked<Q, A>> {
        let (mut room, exclusive) = (self.max_items, self.exclusive);
        let mut taken = HashSet::new();
        let fits: Vec<bool> = waiting
            .iter()
            .map(|(item, _)| {
                let fits = room > 0 && exclusive(item).is_none_or(|text| taken.insert(text));
                room -= usize::from(fits);
                fits
            })
            .collect();
        let (mut batch, mut rest) = (Vec::new(), Vec::new());
        for (asked, fits) in waiting.drain(..).zip(fits) {
            if fits { batch.push(asked) } else { rest.push(asked) }
        }
        *waiting = rest;
        batch
    }
}

/// The task of a key. Dropped before its end, as when the runtime ends, it takes its entry along: nobody would ever
/// work on that key again.
struct Task<K: Eq + Hash, Q, A> {
    batcher: KeyedBatcher<K, Q, A>,
    key: K,
    /// The entry is gone; one that is there belongs to a later task.
    ended: bool,
}

impl<K, Q, A> Task<K, Q, A>
where
    K: Clone + Eq + Hash,
{
    async fn run<F, Fut>(mut self, mut batch: Vec<Asked<Q, A>>, mut work: F)
    where
        F: FnMut(Vec<Q>) -> Fut,
        Fut: Future<Output = Vec<Verdict<Q, A>>>,
    {
        while !batch.is_empty() {
            let (items, callers): (Vec<Q>, Vec<_>) = batch.into_iter().unzip();
            let done = AssertUnwindSafe(async { work(items).await }).catch_unwind().await;
            let mut again = Vec::new();
            for (caller, verdict) in callers.into_iter().zip(done.unwrap_or_default()) {
                match verdict {
                    Verdict::Answer(answer) => drop(caller.send(answer)), // the caller may be gone
                    Verdict::Again(item) => again.push((item, caller)),
                }
            }
            batch = self.next(again);
        }
    }

    /// The next batch; an empty one ends the task, and the entry is gone under the same lock.
    fn next(&mut self, again: Vec<Asked<Q, A>>) -> Vec<Asked<Q, A>> {
        let batcher = self.batcher.clone();
        let mut all = lock(&batcher.waiting);
        let waiting = all.entry(self.key.clone()).or_default();
        waiting.splice(..0, again);
        let batch = batcher.take(waiting);
        if batch.is_empty() {
            all.remove(&self.key);
            self.ended = true;
        }
        batch
    }
}

impl<K: Eq + Hash, Q, A> Drop for Task<K, Q, A> {
    fn drop(&mut self) {
        if !self.ended {
            lock(&self.batcher.waiting).remove(&self.key);
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
