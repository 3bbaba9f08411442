//! A connection that knows whether it waits for an answer, because apalis-redis does not tell whether a fetch
//! is running.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use redis::aio::{ConnectionLike, ConnectionManager};
use redis::{Cmd, Pipeline, RedisFuture, Value};

/// Clones share the connection and the count.
#[derive(Clone)]
pub(super) struct Watched {
    inner: ConnectionManager,
    asking: Arc<AtomicUsize>,
}

/// A command, until its answer was read or the caller was dropped.
struct Asking(Arc<AtomicUsize>);

impl Drop for Asking {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Watched {
    pub(super) fn new(inner: ConnectionManager) -> Self {
        Self { inner, asking: Arc::default() }
    }

    /// Whether an answer is outstanding.
    pub(super) fn is_asking(&self) -> bool {
        self.asking.load(Ordering::Relaxed) > 0
    }

    fn ask(&self) -> Asking {
        self.asking.fetch_add(1, Ordering::Relaxed);
        Asking(self.asking.clone())
    }
}

impl ConnectionLike for Watched {
    fn req_packed_command<'a>(&'a mut self, command: &'a Cmd) -> RedisFuture<'a, Value> {
        let asking = self.ask();
        Box::pin(async move {
            let _asking = asking;
            self.inner.req_packed_command(command).await
        })
    }

    fn req_packed_commands<'a>(
        &'a mut self,
        commands: &'a Pipeline,
        offset: usize,
        count: usize,
    ) -> RedisFuture<'a, Vec<Value>> {
        let asking = self.ask();
        Box::pin(async move {
            let _asking = asking;
            self.inner.req_packed_commands(commands, offset, count).await
        })
    }

    fn get_db(&self) -> i64 {
        self.inner.get_db()
    }
}
