//! Slots limit how many jobs of a queue run at once in this process; their number can change at runtime.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::Context;

use futures::task::AtomicWaker;

/// Maximum number of slots; the layers below are sized for it.
pub const MAX_SLOTS: usize = 1_000;

/// The slots of one queue; clones share them.
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

/// A job that only waits: while this value lives, another job may use its slot.
#[must_use]
#[derive(Debug)]
pub struct Resting(Slots);

/// A slot reserved for a job that is on its way to its handler. The handler takes it; dropping the job frees
/// it.
#[derive(Clone)]
pub(crate) struct Reserved(Arc<Mutex<Option<Occupied>>>);

impl Reserved {
    /// Takes the slot; works once.
    pub(crate) fn take(&self) -> Option<Occupied> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

impl Slots {
    /// This number of slots, at most [`MAX_SLOTS`].
    pub fn new(most: usize) -> Self {
        let most = AtomicUsize::new(most.min(MAX_SLOTS));
        Self(Arc::new(Inner { most, running: 0.into(), resting: 0.into(), freed: AtomicWaker::new() }))
    }

    /// Changes the number. If more jobs run, they finish, and none starts until there is room. 0 stops the
    /// queue here.
    pub fn set(&self, most: usize) {
        self.0.most.store(most.min(MAX_SLOTS), Ordering::Relaxed);
        self.0.freed.wake();
    }

    /// Number of slots.
    pub fn most(&self) -> usize {
        self.0.most.load(Ordering::Relaxed)
    }

    /// Running jobs that do not rest.
    pub fn running(&self) -> usize {
        self.0.running.load(Ordering::Relaxed)
    }

    /// Running jobs that rest.
    pub(crate) fn resting(&self) -> usize {
        self.0.resting.load(Ordering::Relaxed)
    }

    /// Takes a slot even if none is free, because the job has already been fetched.
    pub(crate) fn occupy(&self) -> Occupied {
        self.0.running.fetch_add(1, Ordering::Relaxed);
        Occupied(self.clone())
    }

    /// Lends the slot of a running job.
    pub(crate) fn rest(&self) -> Resting {
        self.0.resting.fetch_add(1, Ordering::Relaxed);
        self.0.running.fetch_sub(1, Ordering::Relaxed);
        self.0.freed.wake();
        Resting(self.clone())
    }

    /// Reserves a slot for a job that has not reached its handler.
    pub(crate) fn reserve(&self) -> Reserved {
        Reserved(Arc::new(Mutex::new(Some(self.occupy()))))
    }

    /// Whether all slots are in use; if so, the task is woken when that changes.
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
    /// Continues at once even if others use its slot: for a moment, more jobs run than there are slots.
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
        assert_eq!(slots.most(), MAX_SLOTS);
    }
}
