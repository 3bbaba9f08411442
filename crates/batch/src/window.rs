//! Which items share a batch: limits, and how long a batch stays open for more. The loop that fills a batch.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::sync::mpsc;
use tokio::task::yield_now;
use tokio::time::{Instant, timeout_at};

/// The weight of one item, and the most that a batch weighs.
type Weight<T> = (fn(&T) -> usize, usize);

/// How large a batch gets and how long it stays open. [`BatchWindow::of`] is a batch of what waits already.
#[derive(Debug)]
pub struct BatchWindow<T> {
    max_items: usize,
    max_waiting: usize,
    weight: Option<Weight<T>>,
    open_for: Duration,
    expected: Option<(Expected, Duration)>,
    turns: usize,
}

impl<T> BatchWindow<T> {
    /// At most `max_items` in a batch, and `max_waiting` behind it: beyond that, callers wait for room.
    pub const fn of(max_items: usize, max_waiting: usize) -> Self {
        Self { max_items, max_waiting, weight: None, open_for: Duration::ZERO, expected: None, turns: 0 }
    }

    /// The items of a batch weigh at most `most` together; an item that is heavier is a batch of its own.
    #[must_use]
    pub fn weighing(mut self, weight: fn(&T) -> usize, most: usize) -> Self {
        self.weight = Some((weight, most));
        self
    }

    /// From its first item on a batch gathers for this long.
    #[must_use]
    pub fn open_for(mut self, time: Duration) -> Self {
        self.open_for = time;
        self
    }

    /// While items are announced that are not there yet, a batch waits for them, for this long at most.
    #[must_use]
    pub fn expecting(mut self, expected: Expected, at_most: Duration) -> Self {
        self.expected = Some((expected, at_most));
        self
    }

    /// A batch stays open for turns of the runtime as long as each brings more, `turns` at most: callers that become
    /// ready together join the same batch, and no timer runs.
    #[must_use]
    pub fn turns(mut self, turns: usize) -> Self {
        self.turns = turns;
        self
    }

    pub(crate) fn channel<C>(&self) -> (mpsc::Sender<C>, mpsc::Receiver<C>) {
        mpsc::channel(self.max_waiting)
    }
}

/// Counts items that will come soon. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Expected(Arc<AtomicUsize>);

impl Expected {
    /// One more item will come, until what is returned is dropped.
    pub fn announce(&self) -> Announced {
        self.0.fetch_add(1, Ordering::Relaxed);
        Announced(self.clone())
    }

    fn any(&self) -> bool {
        self.0.load(Ordering::Relaxed) > 0
    }
}

/// An item that will come.
#[derive(Debug)]
pub struct Announced(Expected);

impl Drop for Announced {
    fn drop(&mut self) {
        self.0.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Fills batches from a channel. `C` is what travels in it: an item `T`, alone or with the way back to its caller.
pub(crate) struct Filler<T, C> {
    window: BatchWindow<T>,
    item: fn(&C) -> &T,
    receiver: mpsc::Receiver<C>,
    /// Came out of the channel and did not fit.
    left: Option<C>,
}

impl<T, C> Filler<T, C> {
    pub(crate) fn new(window: BatchWindow<T>, item: fn(&C) -> &T, receiver: mpsc::Receiver<C>) -> Self {
        Self { window, item, receiver, left: None }
    }

    /// Fills the empty `batch`; `false` once every sender is gone.
    pub(crate) async fn fill(&mut self, batch: &mut Vec<C>) -> bool {
        match self.left.take() {
            Some(first) => batch.push(first),
            None if self.window.weight.is_some() => match self.receiver.recv().await {
                Some(first) => batch.push(first),
                None => return false,
            },
            None => {
                if self.receiver.recv_many(batch, self.window.max_items).await == 0 {
                    return false;
                }
            }
        }
        if self.window.open_for > Duration::ZERO {
            tokio::time::sleep(self.window.open_for).await;
        }
        if self.window.expected.is_some() {
            self.wait_for_expected(batch).await;
        }
        self.take_waiting(batch);
        let (mut turns, mut before) = (self.window.turns, 0);
        while turns > 0 && batch.len() > before && self.has_room(batch) {
            (turns, before) = (turns - 1, batch.len());
            yield_now().await;
            self.take_waiting(batch);
        }
        true
    }

    fn has_room(&self, batch: &[C]) -> bool {
        batch.len() < self.window.max_items && self.left.is_none()
    }

    async fn wait_for_expected(&mut self, batch: &mut Vec<C>) {
        let Some((expected, at_most)) = self.window.expected.clone() else { return };
        let end = Instant::now() + at_most;
        while expected.any() && self.has_room(batch) {
            let room = self.window.max_items - batch.len();
            match timeout_at(end, self.receiver.recv_many(batch, room)).await {
                Ok(1..) => {}
                Ok(0) | Err(_) => return,
            }
        }
    }

    /// What is in the channel already, up to the limits.
    fn take_waiting(&mut self, batch: &mut Vec<C>) {
        let (item, weight) = (self.item, self.window.weight);
        let weigh = |one: &C| weight.map_or(0, |(weigh, _)| weigh(item(one)));
        let most = weight.map_or(usize::MAX, |(_, most)| most);
        let mut total = if weight.is_some() { batch.iter().map(weigh).sum() } else { 0_usize };
        while batch.len() < self.window.max_items && self.left.is_none() {
            let Ok(next) = self.receiver.try_recv() else { return };
            total = total.saturating_add(weigh(&next));
            if total > most {
                self.left = Some(next);
                return;
            }
            batch.push(next);
        }
    }
}
