//! One clock for everything that happens later: a heap and a single task, however many sessions there are.

use std::{
    cmp::{Ordering, Reverse},
    collections::BinaryHeap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use tokio::{sync::Notify, time::Instant};

use crate::{hooks::Delivery, session::Session};

/// What happens later.
pub(crate) enum Due {
    /// The next step of a session's life; dropped if the session has been stopped or restarted since.
    Step { session: Arc<Session>, epoch: u64, step: Step },
    /// An ack for an own message.
    Ack { session: Arc<Session>, chat: Box<str>, id: Box<str>, n: u32, level: i8, restricted: bool },
    /// Somebody writes.
    Inbound { session: Arc<Session>, from: Box<str>, text: Box<str> },
    /// A webhook's next try, or a late first one.
    Hook(Box<Delivery>),
}

/// A step of a session's life.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Step {
    /// The connection to WhatsApp stands, or another try has failed (so many before it).
    Connected(u32),
    /// The QR code changes.
    NextQr(u32),
    /// Nobody had to scan.
    AutoScan,
    /// The lost connection is noticed.
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

    /// Waits until something is due and hands it out. Runs in one task only.
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
