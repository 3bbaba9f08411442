//! Timers: one heap and one task for all sessions.

use std::{
    cmp::{Ordering, Reverse},
    collections::BinaryHeap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use tokio::{sync::Notify, time::Instant};

use crate::{hooks::Delivery, session::Session};

/// A timer event.
pub(crate) enum Due {
    /// The next step of a session's lifecycle; dropped if the session has been stopped or restarted since.
    Step { session: Arc<Session>, epoch: u64, step: Step },
    /// An ack for an own message.
    Ack { session: Arc<Session>, chat: Box<str>, id: Box<str>, n: u32, level: i8, restricted: bool },
    /// An incoming message.
    Inbound { session: Arc<Session>, from: Box<str>, text: Box<str> },
    /// The next attempt of a webhook, or a delayed first one.
    Hook(Box<Delivery>),
}

/// A step of a session's lifecycle.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Step {
    /// Connected to WhatsApp, or another attempt failed (with the number of attempts before it).
    Connected(u32),
    /// The QR code changes.
    NextQr(u32),
    /// Nobody had to scan.
    AutoScan,
    /// A lost connection is noticed.
    NoticeDrop,
    /// The node is up again.
    Boot,
}

struct Entry {
    at: Instant,
    order: u64,
    due: Due,
}

#[derive(Default)]
struct Heap {
    entries: BinaryHeap<Reverse<Entry>>,
    order: u64,
}

#[derive(Default)]
pub(crate) struct Timers {
    heap: Mutex<Heap>,
    sooner: Notify,
}

impl Timers {
    pub(crate) fn after(&self, delay: Duration, due: Due) {
        let at = Instant::now() + delay;
        let mut heap = self.heap.lock().unwrap_or_else(PoisonError::into_inner);
        let first = heap.entries.peek().is_none_or(|Reverse(entry)| at < entry.at);
        heap.order += 1;
        let order = heap.order;
        heap.entries.push(Reverse(Entry { at, order, due }));
        drop(heap);
        if first {
            self.sooner.notify_one();
        }
    }

    /// Waits for the next due event and returns it. Used by one task only.
    pub(crate) async fn next(&self) -> Due {
        loop {
            let wait = match self.pop(Instant::now()) {
                Ok(due) => return due,
                Err(at) => at,
            };
            match wait {
                Some(at) => tokio::select! {
                    () = tokio::time::sleep_until(at) => (),
                    () = self.sooner.notified() => (),
                },
                None => self.sooner.notified().await,
            }
        }
    }

    pub(crate) fn waiting(&self) -> usize {
        self.heap.lock().unwrap_or_else(PoisonError::into_inner).entries.len()
    }

    fn pop(&self, now: Instant) -> Result<Due, Option<Instant>> {
        let mut heap = self.heap.lock().unwrap_or_else(PoisonError::into_inner);
        match heap.entries.peek() {
            Some(Reverse(entry)) if entry.at > now => Err(Some(entry.at)),
            None => Err(None),
            Some(_) => heap.entries.pop().map(|Reverse(entry)| entry.due).ok_or(None),
        }
    }
}

impl PartialEq for Entry {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Entry {}

impl PartialOrd for Entry {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Entry {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.at, self.order).cmp(&(other.at, other.order))
    }
}
