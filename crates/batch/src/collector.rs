//! One task that works on batches for callers that want no answer.

use std::panic::AssertUnwindSafe;

use futures::FutureExt;
use tokio::sync::mpsc;

use crate::window::{BatchWindow, Filler};

/// Takes items and works on them in batches. Cheap to clone; the task ends with the last clone.
#[derive(Debug)]
pub struct Collector<T>(mpsc::Sender<T>);

impl<T> Clone for Collector<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<T: Send + 'static> Collector<T> {
    /// Starts the task.
    pub fn new<F, Fut>(window: BatchWindow<T>, mut work: F) -> Self
    where
        F: FnMut(Vec<T>) -> Fut + Send + 'static,
        Fut: Future<Output = ()> + Send,
    {
        let (sender, receiver) = window.channel();
        let mut filler = Filler::new(window, |item| item, receiver);
        tokio::spawn(async move {
            let mut batch = Vec::new();
            while filler.fill(&mut batch).await {
                let items = std::mem::take(&mut batch);
                // The panic hook has logged it; the items of this batch are lost.
                let _ = AssertUnwindSafe(async { work(items).await }).catch_unwind().await;
            }
        });
        Self(sender)
    }

    /// Hands an item over without waiting; `false`: too many wait, it is dropped.
    pub fn offer(&self, item: T) -> bool {
        self.0.try_send(item).is_ok()
    }
}
