//! How many jobs of a queue run at once in this process: a number that may change while they run.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::Context;

use futures::task::AtomicWaker;

/// The most slots that can be set: what the layers below are built for.
pub const MOST_SLOTS: usize = 1_000;

/// The slots of one queue; clones are the same slots.
#[derive(Clone, Debug)]
pub struct Slots(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    most: AtomicUsize,
    running: AtomicUsize,
    resting: AtomicUsize,
    freed: AtomicWaker,
}

/// A slot in use; free again when dropped.
pub(crate) struct Occupied(Slots);

/// A job that only lets time pass: while this lives, its slot is another's.
#[must_use]
#[derive(Debug)]
pub struct Resting(Slots);

/// A slot taken for a job on its way to its handler: that takes it along, or it is free again with the job.
#[derive(Clone)]
pub(crate) struct Reserved(Arc<Mutex<Option<Occupied>>>);

impl Reserved {
    /// The slot, once.
    pub(crate) fn take(&self) -> Option<Occupied> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

impl Slots {
    /// So many, at most [`MOST_SLOTS`].
    pub fn new(most: usize) -> Self {
        let most = AtomicUsize::new(most.min(MOST_SLOTS));
        Self(Arc::new(Inner { most, running: 0.into(), resting: 0.into(), freed: AtomicWaker::new() }))
    }

    /// From now on so many. Fewer than run: those finish, and nothing starts until there is room. 0 stops the queue here.
    pub fn set(&self, most: usize) {
        self.0.most.store(most.min(MOST_SLOTS), Ordering::Relaxed);
        self.0.freed.wake();
    }

    /// How many there are.
    pub fn most(&self) -> usize {
        self.0.most.load(Ordering::Relaxed)
    }

    /// Jobs that run and do not rest.
    pub fn running(&self) -> usize {
        self.0.running.load(Ordering::Relaxed)
    }

    /// Jobs that have begun and rest.
    pub(crate) fn resting(&self) -> usize {
        self.0.resting.load(Ordering::Relaxed)
    }

    /// Takes a slot, whether one is free or not: the job is here.
    pub(crate) fn occupy(&self) -> Occupied {
        self.0.running.fetch_add(1, Ordering::Relaxed);
        Occupied(self.clone())
    }

    /// Lends the slot of a job that runs.
    pub(crate) fn rest(&self) -> Resting {
        self.0.resting.fetch_add(1, Ordering::Relaxed);
        self.0.running.fetch_sub(1, Ordering::Relaxed);
        self.0.freed.wake();
        Resting(self.clone())
    }

    /// Takes a slot for a job that is not with its handler yet.
    pub(crate) fn reserve(&self) -> Reserved {
        Reserved(Arc::new(Mutex::new(Some(self.occupy()))))
    }

    /// Whether all are in use; if so, the task is woken when that changes.
    pub(crate) fn are_full(&self, cx: &Context<'_>) -> bool {
        self.0.freed.register(cx.waker());
        self.running() >= self.most()
    }
}

impl From<usize> for Slots {
    fn from(most: usize) -> Self {
        Self::new(most)
    }
}

impl Drop for Occupied {
    fn drop(&mut self) {
        self.0.0.running.fetch_sub(1, Ordering::Relaxed);
        self.0.0.freed.wake();
    }
}

impl Drop for Resting {
    /// Goes on at once, though others have its slot: for a moment there run more than should.
    fn drop(&mut self) {
        self.0.0.running.fetch_add(1, Ordering::Relaxed);
        self.0.0.resting.fetch_sub(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slot_is_free_again_when_its_job_ends() {
        let slots = Slots::new(2);
        let first = slots.occupy();
        let _second = slots.occupy();
        assert_eq!((slots.running(), slots.most()), (2, 2));
        assert!(slots.are_full(&Context::from_waker(std::task::Waker::noop())));
        drop(first);
        assert!(!slots.are_full(&Context::from_waker(std::task::Waker::noop())));
        slots.set(1);
        assert!(slots.are_full(&Context::from_waker(std::task::Waker::noop())));
        slots.set(usize::MAX);
        assert_eq!(slots.most(), MOST_SLOTS);
    }
}
